"""Rows of a table as text: one line a row, cells below each other; or cell by cell.

A table that lays out a page (a column for the addresses, a cell with the whole letter)
is no table: a row with a cell of several longer paragraphs is written as these paragraphs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.letters.sheet import Sheet

#: Between two cells.
BAR = " | "
#: Characters of a cell of several paragraphs above which it is a text of its own.
_LONG = 160
#: The widest column that is filled up with blanks.
_WIDEST = 40


@dataclass(frozen=True)
class Cell:
    """One cell: its paragraphs, and where it stands in the original."""

    paragraphs: tuple[str, ...]
    where: str = ""
    page: int | None = None
    nested: bool = False

    @cached_property
    def line(self) -> str:
        """Its paragraphs on one line."""
        joined = ""
        for text in filter(None, (" ".join(paragraph.split()) for paragraph in self.paragraphs)):
            joined += ("; " if joined[-1] not in ".,;:" else " ") if joined else ""
            joined += text
        return joined

    @property
    def is_text(self) -> bool:
        """Whether it holds paragraphs that must not stand in a row."""
        several = sum(bool(text.strip()) for text in self.paragraphs) > 1
        return self.nested or (several and len(self.line) > _LONG)


def write_row(sheet: Sheet, cells: Sequence[Cell], widths: Mapping[int, int]) -> None:
    """Write one row; ``widths`` are those of the table's columns."""
    if len(cells) == 1 or any(cell.is_text for cell in cells):
        for cell in cells:
            for text in cell.paragraphs:
                sheet.add(text.rstrip(), page=cell.page, where=cell.where)
                sheet.end_line()
        return
    last = max((index for index, cell in enumerate(cells) if cell.line), default=-1)
    if last < 0:
        return
    for index, cell in enumerate(cells[: last + 1]):
        if index:
            sheet.add(BAR)
        sheet.add(cell.line, page=cell.page, where=cell.where)
        if index < last:
            sheet.blank(max(0, min(widths.get(index, 0), _WIDEST) - len(cell.line)))
    sheet.end_line()
