"""Treatment tables: what a cell means by its column's title, or by its place in the row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from extract.fields.view import View
from extract.language.reading import Unit, UnitKind
from extract.language.trying import Trial, trial


class Column(StrEnum):
    """What the cells of a column hold."""

    AGENT = "agent"
    LINE = "line"
    START = "start"
    END = "end"
    PERIOD = "period"
    RESPONSE = "response"
    REASON = "reason"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its column and its characters in the letter."""

    column: Column
    start: int
    end: int


_TITLES: tuple[tuple[Column, Trial], ...] = tuple(
    (column, trial(words, re.IGNORECASE))
    for column, words in (
        (Column.REASON, r"\b(?:reason|why|stopped (?:for|because|due)|off for|cause|discontinu\w+ (?:reason|for)|stop reason)\b"),
        (Column.RESPONSE, r"\b(?:response|best|outcome|result|resp|recist|bor)\b"),
        (Column.START, r"\b(?:start\w*|from|commenc\w*|begun|began|first dose|date on|initiat\w*|on)\b"),
        (Column.END, r"\b(?:stop\w*|end\w*|finish\w*|to|last(?: dose)?|until|off|complet\w*|disc\w*|ceased)\b"),
        (Column.LINE, r"^\s*(?:line|no\.?|#|seq\w*|line no\.?)\s*$"),
        (Column.AGENT, r"\b(?:drugs?|agents?|treatments?|regimens?|therap(?:y|ies)|sact|medications?|protocol|chemotherapy)\b"),
        (Column.PERIOD, r"\b(?:dates?|period|when|given|duration)\b"),
        (Column.OTHER, r"\b(?:dose|cycles?|comment\w*|toxicit\w+|hospital|centre|notes?|schedule|grade|where|consultant)\b"),
    )
)  # fmt: skip


def cells(view: View, unit: Unit) -> list[Cell]:
    """The row's cells with their columns; empty where the table has no known titles."""
    header = _header(view, unit)
    if header is None or header.index == unit.index:
        return []
    text = view.text
    titles = list(_titled(text, header))
    own = _split(text, unit)
    if "|" in text[unit.start : unit.end] and len(own) == len(titles):
        pairs = zip((column for column, _, _ in titles), own, strict=True)
        return [Cell(column, a, b) for column, (a, b) in pairs if b > a]
    return [Cell(_nearest(text, titles, a, b), a, b) for a, b in own if b > a]


def _header(view: View, unit: Unit) -> Unit | None:
    """The nearest row above in the same table whose cells are titles."""
    units = view.reading.units
    for above in range(unit.index - 1, max(-1, unit.index - 25), -1):
        row = units[above]
        if row.kind is UnitKind.ROW:
            found = [column for column, _, _ in _titled(view.text, row)]
            known = {c for c in found if c is not Column.OTHER}
            if len(known) >= 2 and not re.search(r"\d{2}", view.text[row.start : row.end]):
                return row
        elif row.kind is UnitKind.HEADING or row.heading != unit.heading:
            return None
    return None


def _titled(text: str, row: Unit) -> Iterator[tuple[Column, int, int]]:
    for start, end in _split(text, row):
        title = text[start:end]
        column = next(
            (c for c, rule in _TITLES if len(title) < 40 and rule.search(title)), Column.OTHER
        )
        yield column, start, end


def _split(text: str, unit: Unit) -> list[tuple[int, int]]:
    """The cells of a row, empty ones kept where bars mark them."""
    raw = text[unit.start : unit.end]
    if "|" not in raw:
        return list(unit.cells)
    spans = []
    at = unit.start
    for part in raw.split("|"):
        lead = len(part) - len(part.lstrip())
        spans.append((at + lead, at + max(lead, len(part.rstrip()))))
        at += len(part) + 1
    if raw.lstrip().startswith("|"):
        spans = spans[1:]
    if raw.rstrip().endswith("|"):
        spans = spans[:-1]
    return spans


def _nearest(text: str, titles: list[tuple[Column, int, int]], start: int, end: int) -> Column:
    """The title above a cell, by columns of the page."""
    left, right = _x(text, start), _x(text, end)

    def distance(title: tuple[Column, int, int]) -> float:
        low, high = _x(text, title[1]), _x(text, title[2])
        return max(0, low - right, left - high) + abs(low - left) * 0.1

    return min(titles, key=distance)[0]


def _x(text: str, position: int) -> int:
    begin = text.rfind("\n", 0, position) + 1
    return len(text[begin:position].expandtabs(8))
