"""Table rows whose cells take several lines, each as one line again.

A line that has nothing in the first column and stands under cells of the row above goes on
with these cells. Where rows are set apart by white, every line of one is part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extract.letters.layout.hyphens import Hyphens
from extract.letters.layout.words import CELL_GAP, Line, Word

#: Cells of a row, at least: two may be a label and a sentence that hangs beside it.
_CELLS = 3
#: How far from a cell's left edge its next line may begin, in widths of a character.
_ASIDE = 0.6

Cell = tuple[Word, ...]


@dataclass(frozen=True)
class Row(Line):
    """A row of several lines: the words of its cells, cell by cell.

    Attributes:
        parted: its cells.
        head: its first line.
        last: its last one.
    """

    parted: tuple[Cell, ...]
    head: Line
    last: Line

    @property
    def x1(self) -> float:
        """Where its first line ends."""
        return self.head.x1

    @property
    def top(self) -> float:
        """The upper edge of its first line."""
        return self.head.top

    @property
    def bottom(self) -> float:
        """The lower edge of its first line."""
        return self.head.bottom

    @property
    def foot(self) -> float:
        """The lower edge of its last line."""
        return self.last.foot

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells."""
        return self.parted

    @cached_property
    def blanks(self) -> tuple[float, ...]:
        """One blank inside a cell; between cells what is white there."""
        found: list[float] = []
        for index, cell in enumerate(self.parted):
            if index:
                right = max(word.x1 for word in self.parted[index - 1])
                found.append(max(CELL_GAP, (cell[0].x0 - right) / self.space))
            found += [1.0] * (len(cell) - 1)
        return tuple(found)


def whole_rows(runs: Sequence[Sequence[Line]], unit: float, hyphens: Hyphens) -> list[list[Line]]:
    """The lines with the rows of tables on one line each.

    Args:
        runs: lines that stand close below each other, a list for each stretch of them.
        unit: the usual width of a character.
        hyphens: what is known of hyphens in the letter.
    """
    made = []
    for number, run in enumerate(runs):
        near = [*runs[max(0, number - 1) : number], *runs[number + 1 : number + 2]]
        tabled = any(_same_columns(run[0], other[0], unit) for other in near)
        made.append(list(_joined(run, unit, hyphens, tabled=tabled)))
    return made


def _joined(run: Sequence[Line], unit: float, hyphens: Hyphens, *, tabled: bool) -> Iterator[Line]:
    held: Line | None = None
    for line in run:
        columns = _columns(held, line, unit, tabled=tabled) if held else None
        if held and columns is not None:
            held = _with(held, line, columns, hyphens)
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _columns(row: Line, line: Line, unit: float, *, tabled: bool) -> list[int] | None:
    """The cells of ``row`` that those of ``line`` go on with; None where it does not."""
    if not _CELLS <= len(row.cells) > len(line.cells):
        return None
    if not tabled and line.x0 < row.x0 + unit:
        return None
    starts = [cell[0].x0 for cell in row.cells]
    found = []
    for cell in line.cells:
        column = min(range(len(starts)), key=lambda index: abs(starts[index] - cell[0].x0))
        after = starts[column + 1] if column + 1 < len(starts) else float("inf")
        if abs(starts[column] - cell[0].x0) > _ASIDE * unit or cell[-1].x1 > after:
            return None
        found.append(column)
    return found if len(set(found)) == len(found) else None


def _same_columns(one: Line, other: Line, unit: float) -> bool:
    starts = [cell[0].x0 for cell in one.cells]
    shared = sum(any(abs(x - cell[0].x0) <= _ASIDE * unit for x in starts) for cell in other.cells)
    return shared >= _CELLS


def _with(row: Line, line: Line, columns: Sequence[int], hyphens: Hyphens) -> Row:
    cells = list(row.cells)
    for column, more in zip(columns, line.cells, strict=True):
        *before, last = cells[column]
        glued = hyphens.glued(last, more[0].text)
        last = replace(last, text=hyphens.end(last, more[0].text), glued=glued)
        cells[column] = (*before, last, *more)
    head = row.head if isinstance(row, Row) else row
    words = tuple(word for cell in cells for word in cell)
    return Row(words, row.space, row.page_width, tuple(cells), head, line)
