"""The physical lines of a letter and the cells that wide gaps and bars make of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from extract.language.trying import trial

#: What parts two cells of a line.
GAP: Final = trial(r"\t+|\s*\|\s*| {3,}|\s+/{2}\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line and its cells, as characters of the letter."""

    index: int
    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


def split_lines(text: str) -> list[Line]:
    """The lines of ``text`` in order, empty ones included."""
    found = []
    at = 0
    for index, raw in enumerate(re.split(r"\r\n|[\n\x0b\x0c\r\x85\u2028\u2029]", text)):
        # re.split drops the break itself: find where the line truly begins.
        at = text.index(raw, at) if raw else at
        found.append(Line(index, at, at + len(raw), tuple(_cells(text, at, at + len(raw)))))
        at += len(raw)
        if text[at : at + 2] == "\r\n":
            at += 2
        elif at < len(text):
            at += 1
    return found


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cells = []
    at = start
    for gap in GAP.finditer(text, start, end):
        if text[at : gap.start()].strip():
            cells.append((at, gap.start()))
        at = gap.end()
    if text[at:end].strip():
        cells.append((at, end))
    return cells
