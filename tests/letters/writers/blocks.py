"""A letter's text as lines and tables, for the writers of formats that have tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_GAP = re.compile(r"\s*\|\s*|\s{3,}|\t+")


@dataclass(frozen=True)
class Table:
    """Rows with the same number of cells."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        return len(self.rows[0])


def _is_rule(line: str) -> bool:
    return bool(line.strip()) and bool(re.fullmatch(r"[\s+|=_-]*", line))


def _cells(line: str) -> tuple[str, ...]:
    if _is_rule(line):
        return ()
    return tuple(cell.strip() for cell in _GAP.split(line.strip().strip("|").strip()))


def blocks(text: str) -> Iterator[str | Table]:
    """The lines of ``text``; runs of lines that are rows of one table as a table."""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    at = 0
    while at < len(lines):
        cells = _cells(lines[at])
        rows, end = [cells], at + 1
        while len(cells) >= 3 and end < len(lines):
            if len(_cells(lines[end])) == len(cells):
                rows.append(_cells(lines[end]))
            elif not _is_rule(lines[end]):
                break
            end += 1
        if len(rows) >= 2:
            yield Table(tuple(rows))
        else:
            yield lines[at]
            end = at + 1
        at = end
