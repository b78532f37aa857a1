"""What runs know, kept: SQLite in the out folder, or PostgreSQL by URL.

:class:`Store` is imported when it is first asked for: workers hand over rows and keep none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extract.store.model import Item, KeptLetter, LetterRow, RunInfo

if TYPE_CHECKING:
    from extract.store.runs import Store

__all__ = ["Item", "KeptLetter", "LetterRow", "RunInfo", "Store"]


def __getattr__(name: str) -> Any:
    if name == "Store":
        from extract.store.runs import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
