"""What stands behind each number of the cohort: patients, and the facts of each.

The keys are the paths of ``outcomes.json`` (``headline.responders``); a ground is one
patient's share in a number, with the facts that gave it. A review of a fact can change
only numbers that have it, or another fact of that patient and field, among their grounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict

from extract.calculators.criteria import PUBLISHED, Basis, Criteria
from extract.calculators.cycles import sole_cycle
from extract.calculators.doses import COURSE, count_of
from extract.calculators.outcomes import Treated as Case
from extract.calculators.outcomes import last_class
from extract.calculators.patient_outcome import (
    INTERLEUKIN,
    assessments_of_interleukin,
    response_by,
)
from extract.calculators.survival import months
from extract.calculators.time_to_event import courses, subjects
from extract.calculators.toxicity import severe, support_in, terms_of
from extract.calculators.washout import last_targeted, washouts
from extract.records import CycleReading, DateSpan, PatientRecord, Reading, Source
from extract.values.kleene import Truth

_RESPONDED: Final = ("CR", "PR")


class Ground(BaseModel):
    """One patient's share in a number.

    Attributes:
        patient_id: who.
        value: what this patient brings to it, in words.
        sources: the facts it was read from.
        letters: letters whose date counts, where that is no fact of its own kind.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    patient_id: str
    value: str = ""
    sources: tuple[Source, ...] = ()
    letters: tuple[str, ...] = ()


Grounds = dict[str, tuple[Ground, ...]]


def grounds(patients: Iterable[PatientRecord], criteria: Criteria = PUBLISHED) -> Grounds:
    """What stands behind each number of the outcomes of judged patients.

    Raises:
        ValueError: a patient has not been judged.
    """
    cases = []
    for patient in sorted(patients, key=lambda p: p.patient_id):
        if patient.outcome is None:
            raise ValueError(f"patient {patient.patient_id} has not been judged")
        if patient.outcome.treated:
            cases.append(Case(patient, patient.outcome))
    found: dict[str, list[Ground]] = {}
    for case in cases:
        for key, ground in _of(case, criteria.response_basis):
            found.setdefault(key, []).append(ground)
    found.update(_times(cases))
    longest = _longest(cases)
    found["headline.longest_follow_up_months"] = [
        share for share in found["follow_up"] if share.patient_id in longest
    ]
    return {key: tuple(shares) for key, shares in found.items()}


def _of(case: Case, basis: Basis) -> Iterator[tuple[str, Ground]]:
    patient, outcome = case
    given = _ground(case, _date(patient.il2.first_dose), patient.il2.sources)
    yield "headline.treated", given
    setting = patient.setting
    label = f"{setting.label.value}: {setting.why}" if setting.why else setting.label.value
    group = _ground(case, label, setting.sources)
    if setting.label.value in ("salvage", "consolidation"):
        yield f"headline.{setting.label.value}", group
    yield f"by_setting.{setting.label.value}", group
    yield f"by_last_class.{last_class(case)}", _ground(case, *_last_line(patient))
    yield f"by_lines_failed.{setting.lines_failed}", group
    seen = _assessed(case)
    if outcome.evaluable:
        yield "headline.evaluable", seen
    else:
        yield (
            f"flow.excluded.{outcome.not_evaluable_because}",
            seen.model_copy(update={"value": outcome.not_evaluable_because}),
        )
    for each in Basis:
        category = response_by(outcome, each)
        share = _response(case, each)
        yield f"responses.table.{each.value}.{category or 'none'}", share
        if each is basis and outcome.evaluable:
            yield from _headline_responses(case, category, share)
    yield from _support(case)
    yield from _doses(case)
    yield from _toxicity(case)
    yield from _washout(case)


def _headline_responses(case: Case, category: str, share: Ground) -> Iterator[tuple[str, Ground]]:
    if category in _RESPONDED:
        yield "headline.responders", share
    if category == "CR":
        yield "headline.complete_responders", share
        if case.outcome.relapsed is Truth.MET:
            yield "headline.relapsed_after_complete", _relapse(case)


def _assessed(case: Case) -> Ground:
    """Every assessment of interleukin-2, which decides on evaluable or not."""
    found = assessments_of_interleukin(case.patient)
    said = ", ".join(f"{item.category} {_date(item.on or item.reported)}" for item in found)
    sources = _unique(s for item in found for s in item.sources)
    return _ground(case, said, (*sources, *case.patient.il2.sources))


def _response(case: Case, basis: Basis) -> Ground:
    """The assessments that gave the best response: those reported so, or all for RECIST."""
    category = response_by(case.outcome, basis)
    found = assessments_of_interleukin(case.patient)
    if basis is Basis.REPORTED:
        found = [item for item in found if item.category == category]
    said = category or "none"
    dates = ", ".join(_date(item.on or item.reported) for item in found if item.category == said)
    sources = _unique(s for item in found for s in item.sources)
    return _ground(case, f"{said} {dates}".strip(), sources)


def _relapse(case: Case) -> Ground:
    patient = case.patient
    told = [item for agent, item in patient.relapses if agent in (INTERLEUKIN, "")]
    worse = [item for item in assessments_of_interleukin(patient) if item.category == "PD"]
    sources = (*_sources(told), *(s for item in worse for s in item.sources))
    return _ground(case, "relapsed after a complete response", sources)


def _support(case: Case) -> Iterator[tuple[str, Ground]]:
    for name, readings in (("inotropes", case.patient.inotropes), ("icu", case.patient.icu)):
        said = {item.value for item in readings}
        value = "yes" if "yes" in said else "no" if said else "unknown"
        share = _ground(case, value, _sources(item for item in readings if item.value == value))
        yield f"toxicity.{name}.{value}", share
        if value == "yes":
            yield f"headline.{name}", share


def _doses(case: Case) -> Iterator[tuple[str, Ground]]:
    il2 = case.patient.il2
    given = {c.number: c.doses for c in il2.cycles if c.doses and count_of(c.doses) is not None}
    for number, reading in given.items():
        yield f"doses.by_cycle.{number}", _ground(case, reading.value, reading.sources)
    first = [given[number] for number in range(1, COURSE + 1) if number in given]
    if len(first) == COURSE:
        value = " + ".join(item.value for item in first)
        yield "doses.first_course_percent", _ground(case, value, _sources(first))
    if il2.total_doses and count_of(il2.total_doses) is not None:
        yield "doses.total", _ground(case, il2.total_doses.value, il2.total_doses.sources)
    elif given and len(given) == len(il2.cycles):
        value = " + ".join(item.value for item in given.values())
        yield "doses.total", _ground(case, value, _sources(given.values()))
    else:
        yield "doses.not_stated", _ground(case, "not stated for every cycle", il2.sources)


def _toxicity(case: Case) -> Iterator[tuple[str, Ground]]:
    patient = case.patient
    for term, items in terms_of(patient).items():
        yield from _term(case, "toxicity", term, items)
        if all(sole_cycle(item) is None for item in items):
            yield f"toxicity.cycle_not_told.{term}", _ground(case, "", _sources(items))
    for cycle in patient.il2.cycles:
        key = f"toxicity.by_cycle.{cycle.number}"
        yield f"{key}.given", _ground(case, _date(cycle.start), cycle.sources)
        for term, items in terms_of(patient, cycle.number).items():
            yield from _term(case, key, term, items)
        for name in ("inotropes", "icu"):
            verdict, items = support_in(patient, name, cycle.number)
            said = {Truth.MET: "yes", Truth.NOT_MET: "no"}.get(verdict, "unknown")
            yield f"{key}.{name}.{said}", _ground(case, said, _sources(items))


def _term(
    case: Case, key: str, term: str, items: Sequence[CycleReading]
) -> Iterator[tuple[str, Ground]]:
    grades = "/".join(dict.fromkeys(item.value for item in items))
    yield f"{key}.terms.{term}", _ground(case, grades, _sources(items))
    worst = [item for item in items if severe([item])]
    if worst:
        yield f"{key}.severe.{term}", _ground(case, grades, _sources(worst))


def _washout(case: Case) -> Iterator[tuple[str, Ground]]:
    if not last_targeted(case.patient):
        return
    found = washouts(case.patient)
    dates = [span for w in found for span in (w.last_dose, w.first_dose)]
    sources = _unique(s for span in dates for s in span.sources)
    if not found:
        yield "washout.missing", _ground(case, "a date is missing", _last_line(case.patient)[1])
        return
    low, high = min(w.fewest for w in found), max(w.most for w in found)
    value = f"{low} days" if low == high else f"{low}-{high} days"
    yield "washout.days", _ground(case, value, sources)


def _last_line(patient: PatientRecord) -> tuple[str, tuple[Source, ...]]:
    last = last_targeted(patient)
    names = " + ".join(dict.fromkeys(episode.key for episode in last))
    return names or "none", _unique(s for episode in last for s in episode.sources)


def _times(cases: Sequence[Case]) -> dict[str, list[Ground]]:
    """The time-to-event analyses and the follow-up, patient by patient."""
    by_id = {case.id: case for case in cases}
    found: dict[str, list[Ground]] = {}
    for name, rows in courses([(c.patient, c.outcome) for c in cases]).items():
        spans = {row.patient_id: (row.start, row.event, row.contact) for row in rows}
        shares = []
        for who, subject in subjects(rows):
            start, event, contact = spans[who]
            how = "event" if subject.event else "no event so far"
            value = f"{subject.months:.1f} months, {how}"
            shares.append(_timed(by_id[who], value, (start, event or contact)))
        found[f"survival.{name}"] = shares
    found["follow_up"] = [
        _timed(case, f"{_followed(case):.1f} months", (first, case.outcome.last_contact))
        for case in cases
        if case.outcome.follow_up_days is not None and (first := case.patient.il2.first_dose)
    ]
    return found


def _timed(case: Case, value: str, spans: Iterable[DateSpan | None]) -> Ground:
    """A share in a time: its dates' facts, and the letters that are dates themselves."""
    kept = [span for span in spans if span is not None]
    sources = _unique(s for span in kept for s in span.sources)
    letters = [
        letter.letter_id
        for span in kept
        if not span.sources
        for letter in case.patient.letters
        if letter.on == span
    ]
    if any(span == case.outcome.death for span in kept):
        sources = _unique((*sources, *_sources(case.patient.deaths)))
    if any(span == case.outcome.progression for span in kept):
        worse = [a for a in assessments_of_interleukin(case.patient) if a.category == "PD"]
        told = [item for _, item in case.patient.relapses]
        shown = (s for item in worse for s in item.sources)
        sources = _unique((*sources, *shown, *_sources(told)))
    return Ground(
        patient_id=case.id, value=value, sources=sources, letters=tuple(dict.fromkeys(letters))
    )


def _followed(case: Case) -> float:
    days = case.outcome.follow_up_days or (0, 0)
    return months(sum(days) / 2)


def _longest(cases: Sequence[Case]) -> set[str]:
    known = [c for c in cases if c.outcome.follow_up_days and sum(c.outcome.follow_up_days) >= 0]
    living = [c for c in known if not c.outcome.dead] or known
    most = max((_followed(c) for c in living), default=None)
    return {c.id for c in known if _followed(c) == most}


def _ground(case: Case, value: str, sources: Iterable[Source]) -> Ground:
    return Ground(patient_id=case.id, value=value, sources=_unique(sources))


def _sources(readings: Iterable[Reading]) -> tuple[Source, ...]:
    return _unique(s for item in readings for s in item.sources)


def _unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(sources))


def _date(span: DateSpan | None) -> str:
    return span.edtf if span else "not dated"
