"""What stands over a unit: its headings, its label, its columns' titles, a line above a table."""

from __future__ import annotations

from extract.fields.view import View
from extract.language.reading import Unit, UnitKind

_LONGEST = 90
_LEADER = "...."
#: Fewer capitals than this are an abbreviation.
_SHORTEST = 4


def captions(view: View) -> list[str]:
    """For each unit by its index, the titles it stands under, joined by semicolons."""
    held: list[str] = []
    above = ""
    for unit in view.reading.units:
        own = view.text[unit.start : unit.end]
        titles = [_title(view, u) for u in view.reading.path(unit) if u.label or not u.marker]
        if unit.header is not None:
            titles.append(_title(view, view.reading.units[unit.header]))
        if unit.kind is UnitKind.PAIR:
            titles.append(unit.label)
        if unit.kind is UnitKind.ROW or _LEADER in own:
            titles.append(above)
            if _shouts(view, unit):
                above = own[:_LONGEST]
        elif unit.kind in (UnitKind.PROSE, UnitKind.HEADING):
            above = own if len(own) < _LONGEST and not own.endswith(".") else ""
        held.append(" ; ".join(titles))
    return held


def _shouts(view: View, unit: Unit) -> bool:
    """Whether a row begins in capitals: it is the title of the rows below it."""
    if not unit.cells:
        return False
    start, end = unit.cells[0]
    letters = [c for c in view.text[start:end] if c.isalpha()]
    return len(letters) > _SHORTEST and sum(c.isupper() for c in letters) >= 0.7 * len(letters)


def _title(view: View, unit: Unit) -> str:
    return unit.label or view.text[unit.start : min(unit.end, unit.start + _LONGEST)]
