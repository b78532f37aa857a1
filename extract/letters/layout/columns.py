"""Text set in columns is read column by column; tables and letterheads are not.

A gutter is a stretch of white that many lines in a row share. What tells columns from a
table is what stands on both sides: lines of running text that fill their width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.letters.layout.words import Line

#: Lines on each side of a gutter, words a line, and the share of lines that are full.
_LINES, _WORDS, _FULL = 6, 4, 0.5


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that share a left and a right margin; ``number`` 0 is the page's own width."""

    number: int
    lines: tuple[Line, ...]


def blocks(lines: Sequence[Line], unit: float) -> list[Block]:
    """The lines of a page in the order a person reads them."""
    found = _columns(lines, unit)
    if found is None:
        return [Block(0, tuple(lines))]
    first, last, x = found
    left, right = _parted(lines[first:last], x)
    before, after = blocks(lines[:first], unit), blocks(lines[last:], unit)
    return [
        *(block for block in before if block.lines),
        *(Block(1, block.lines) for block in blocks(left, unit)),
        *(Block(2, block.lines) for block in blocks(right, unit)),
        *(block for block in after if block.lines),
    ]


def _columns(lines: Sequence[Line], unit: float) -> tuple[int, int, float] | None:
    """The first and last line of text in columns, and where the gutter lies."""
    best: tuple[int, int, float] | None = None
    for x in _gutters(lines, unit):
        first = 0
        for last in range(len(lines) + 1):
            if last < len(lines) and not _crosses(lines[last], x, unit):
                continue
            run = lines[first:last]
            longer = best is None or last - first > best[1] - best[0]
            if longer and _in_columns(run, x, unit):
                best = (first, last, x)
            first = last + 1
    return best


def _gutters(lines: Sequence[Line], unit: float) -> list[float]:
    """Where white lies before the left edge that many lines' later parts share."""
    edges = sorted(
        (after[0].x0, after[0].x0 - before[-1].x1)
        for line in lines
        for before, after in _neighbours(line)
    )
    found: list[list[tuple[float, float]]] = []
    for edge in edges:
        if found and edge[0] - found[-1][-1][0] < unit:
            found[-1].append(edge)
        else:
            found.append([edge])
    return [
        median(x for x, _ in near) - min(white for _, white in near) / 2
        for near in found
        if len(near) >= _LINES
    ]


def _crosses(line: Line, x: float, unit: float) -> bool:
    return any(word.x0 < x + unit / 2 and word.x1 > x - unit / 2 for word in line.words) or (
        line.x0 < x < line.x1 and not any(a[-1].x1 < x < b[0].x0 for a, b in _neighbours(line))
    )


def _neighbours(line: Line) -> list[tuple[Sequence, Sequence]]:  # type: ignore[type-arg]
    return list(zip(line.cells, line.cells[1:], strict=False))


def _in_columns(lines: Sequence[Line], x: float, unit: float) -> bool:
    return all(_is_prose(side, unit) for side in _parted(lines, x))


def _is_prose(lines: Sequence[Line], unit: float) -> bool:
    if len(lines) < _LINES or median(len(line.words) for line in lines) < _WORDS:
        return False
    right = max(line.x1 for line in lines)
    full = sum(line.x1 > right - 8 * unit for line in lines)
    return full >= _FULL * len(lines) and not any(line.wide for line in lines)


def _parted(lines: Sequence[Line], x: float) -> tuple[list[Line], list[Line]]:
    left, right = [], []
    for line in lines:
        before = tuple(word for word in line.words if word.x1 <= x)
        after = tuple(word for word in line.words if word.x0 >= x)
        if before:
            left.append(Line(before, line.space, line.page_width))
        if after:
            right.append(Line(after, line.space, line.page_width))
    return left, right
