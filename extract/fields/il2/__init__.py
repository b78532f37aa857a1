"""Interleukin-2: when its cycles began, the doses given, inotropes and intensive care."""

from __future__ import annotations

from collections.abc import Iterator

from extract.fields.il2.cycles import Cycles
from extract.fields.il2.found import TOTAL, Found
from extract.fields.il2.rows import with_labels
from extract.fields.il2.series import read_series
from extract.fields.il2.support import Support
from extract.fields.il2.tables import read_tables
from extract.fields.il2.topic import Topic, may_be_meant
from extract.fields.view import Draft, View
from extract.records import Field, Reason

__all__ = ["find", "may_be_meant"]


def find(view: View) -> tuple[Draft, ...]:
    """The facts of the fields of interleukin-2."""
    return view.once(_found)


def _found(view: View) -> tuple[Draft, ...]:
    return tuple(_drafts(with_labels(view)))


def _drafts(view: View) -> Iterator[Draft]:
    topic = Topic(view)
    if not topic.named:
        return
    found = _cycles(view, topic)
    if found and not topic.treated:  # doses counted: what seemed planned was given
        topic.treated = True
        found = _cycles(view, topic)
    drafts = [_draft(view, item) for item in _heaviest(found)]
    drafts += Support(view, topic).find()
    for draft in drafts:
        yield draft.flagged(Reason.INFERRED) if topic.implied else draft


def _cycles(view: View, topic: Topic) -> list[Found]:
    cycles = Cycles(view, topic)
    tables = read_tables(view, topic.cues, cycles.state.default, cycles.state.course)
    told, units = read_series(view, topic, cycles.atoms, frozenset(tables.units))
    return [*tables.found, *told, *cycles.read(units | tables.units)]


def _heaviest(found: list[Found]) -> list[Found]:
    best: dict[tuple[int, bool], int] = {}
    for item in found:
        key = (item.cycle, item.date is None)
        best[key] = max(best.get(key, 0), item.weight)
    kept = [f for f in found if f.weight == best[f.cycle, f.date is None]]
    return [f for f in kept if not any(_says_less(f, other) for other in kept)]


def _says_less(found: Found, other: Found) -> bool:
    """Whether another place of the letter gives the cycle's start more closely."""
    if found.cycle != other.cycle or found.date is None or other.date is None:
        return False
    wide, close = found.date, other.date
    inside = wide.earliest <= close.earliest and close.latest <= wide.latest
    return inside and wide.latest - wide.earliest > close.latest - close.earliest


def _draft(view: View, found: Found) -> Draft:
    item = "" if found.cycle == TOTAL else str(found.cycle)
    if found.date is not None:
        return view.draft(
            Field.IL2_CYCLE_START,
            str(found.date),
            (found.start, found.end),
            "il2_cycle",
            item=item,
            reasons=found.reasons,
            date=found.date,
        )
    return view.draft(
        Field.IL2_DOSES,
        str(found.doses),
        (found.start, found.end),
        "il2_doses",
        item=item,
        reasons=found.reasons,
    )
