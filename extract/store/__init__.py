"""What runs know, kept: SQLite in the out folder, or PostgreSQL by URL."""

from extract.store.model import Item, KeptLetter, LetterRow, RunInfo
from extract.store.runs import Store

__all__ = ["Item", "KeptLetter", "LetterRow", "RunInfo", "Store"]
