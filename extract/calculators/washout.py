"""The washout criterion: days from the last targeted dose to the first of interleukin-2.

The dates decide where every reading of both gives one verdict; a planned first dose
serves where none was given; a stated washout serves where the dates do not decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.calculators.criteria import Criteria
from extract.calculators.verdicts import stated_washout_verdict, washout_verdict
from extract.records import Criterion, DateSpan, Episode, PatientRecord, Reading, Source
from extract.values.kleene import Truth, agree

NAME = "washout"
_CHASE_LAST = "exact date of the last targeted dose, from the pharmacy or the chart"
_CHASE_FIRST = "date of the first dose of interleukin-2"


class Washout(NamedTuple):
    """An interval of days for one reading of both dates, and the dates themselves."""

    fewest: int
    most: int
    last_dose: DateSpan
    first_dose: DateSpan


def washouts(patient: PatientRecord) -> list[Washout]:
    """One interval of days for every reading of the two dates; none where one is missing.

    The last dose is that of the last targeted agent before interleukin-2; where agents
    were given together or overlap, the latest of them. A plan that a later targeted dose
    overtook has lapsed.
    """
    firsts = patient.il2.first_doses if patient.il2.given else patient.il2.planned
    found = [
        Washout(*first.days_after(last), last, first)
        for last in last_targeted_doses(patient)
        for first in firsts
    ]
    return found if patient.il2.given else [w for w in found if w.most >= 0]


def last_targeted_doses(patient: PatientRecord) -> tuple[DateSpan, ...]:
    """Every reading of the last dose of the last targeted agent; none where not dated."""
    agents = last_targeted(patient)
    final = [episode for episode in agents if episode.ends]
    undated = [episode for episode in agents if not episode.ends]
    if not final or undated:
        return ()
    latest = max(final, key=lambda episode: max(span.latest for span in episode.ends))
    return latest.ends


def last_targeted(patient: PatientRecord) -> list[Episode]:
    """The agents of the last targeted line before interleukin-2, and any given after it."""
    lines = [
        line
        for line in patient.lines
        if line.targeted is not Truth.NOT_MET and line.before_il2 is not Truth.NOT_MET
    ]
    if not lines:
        return []
    names = set(lines[-1].agents)
    last = [e for e in patient.episodes if e.key in names and e.washout]
    ends = [e.end for e in last if e.end is not None]
    earlier = {agent for line in lines[:-1] for agent in line.agents}
    outlasting = [
        e
        for e in patient.episodes
        if e.key in earlier
        and e.washout
        and e.end is not None
        and ends
        and e.end.earliest > max(span.latest for span in ends)
    ]
    return [*last, *outlasting]


def washout_criterion(patient: PatientRecord, criteria: Criteria) -> Criterion:
    """Judge the washout of one patient."""
    found = washouts(patient)
    verdict = agree(washout_verdict(w.fewest, w.most, criteria) for w in found)
    sources = tuple(
        dict.fromkeys(s for w in found for s in (*w.last_dose.sources, *w.first_dose.sources))
    )
    clock = "actual" if patient.il2.given else "planned"
    threshold = f">={criteria.washout_days} days"
    if verdict is not Truth.UNKNOWN:
        return Criterion(
            name=NAME,
            verdict=verdict,
            value=_interval(found),
            threshold=threshold,
            why=f"from the last targeted dose to the {clock} first dose",
            sources=sources,
        )
    stated = stated_washouts(patient)
    verdict = agree(stated_washout_verdict(item.value, criteria) for item in stated)
    value = "/".join(dict.fromkeys(item.value for item in stated)) or _interval(found)
    return Criterion(
        name=NAME,
        verdict=verdict,
        value=value,
        threshold=threshold,
        why="as stated; the dates do not decide" if stated else _why(patient, found),
        chase=_chase(patient) if verdict is Truth.UNKNOWN else "",
        sources=(*sources, *_sources(stated)),
    )


def stated_washouts(patient: PatientRecord) -> list[Reading]:
    """Stated washouts, of the last targeted agent or of none in particular."""
    last = {episode.agent for episode in last_targeted(patient)}
    return [item for agent, item in patient.washouts if not agent or agent.split("#")[0] in last]


def _interval(found: Sequence[Washout]) -> str:
    if not found:
        return ""
    low, high = min(w.fewest for w in found), max(w.most for w in found)
    return str(low) if low == high else f"{low}-{high}"


def _why(patient: PatientRecord, found: Sequence[Washout]) -> str:
    if found:
        return "the readings of the dates do not agree on a side"
    if not last_targeted(patient):
        return "no targeted therapy"
    return "a date is missing"


def _chase(patient: PatientRecord) -> str:
    firsts = patient.il2.first_doses if patient.il2.given else patient.il2.planned
    if not firsts:
        return _CHASE_FIRST
    if all(first.exact for first in firsts) or not last_targeted_doses(patient):
        return _CHASE_LAST
    return f"{_CHASE_LAST}; {_CHASE_FIRST}"


def _sources(readings: Sequence[Reading]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(s for item in readings for s in item.sources))
