"""From words on pages to a letter's text: lines, columns, running heads, paragraphs."""

from extract.letters.layout.flow import write_pages
from extract.letters.layout.words import Page, Word

__all__ = ["Page", "Word", "write_pages"]
