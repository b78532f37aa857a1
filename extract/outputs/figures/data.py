"""What figures show, as plain data: the drawing adds nothing and leaves nothing out.

Times are months of 30.4375 days from the first dose of interleukin-2; a date known only
within an interval stands at its middle, and the interval goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from extract.calculators.cohort_models import Outcomes
from extract.calculators.criteria import Basis
from extract.calculators.explain import TITLES
from extract.calculators.patient_outcome import (
    INTERLEUKIN,
    assessments_of_interleukin,
    response_by,
)
from extract.calculators.survival import Subject, months
from extract.calculators.time_to_event import courses, subjects
from extract.records import DateSpan, Outcome, PatientRecord, SettingLabel
from extract.values.kleene import Truth

CATEGORIES: Final = ("CR", "PR", "SD", "PD", "MR", "NE")
#: The years before interleukin-2 that a lane shows, in months.
BEFORE: Final = -24.0
_ORDER: Final = (
    SettingLabel.SALVAGE,
    SettingLabel.CONSOLIDATION,
    SettingLabel.NONE,
    SettingLabel.UNKNOWN,
)


class When(NamedTuple):
    """A time in months: its middle, and the earliest and latest that the letters allow."""

    at: float
    low: float
    high: float


class Bar(NamedTuple):
    """A therapy on a lane.

    ``known`` says which end has a date: ``both``, ``start`` or ``end`` (the other time is
    the same then); ``current`` that it was still given when the patient was last seen.
    """

    agent: str
    drug_class: str
    start: When
    end: When
    known: str = "both"
    current: bool = False


class Mark(NamedTuple):
    """Something that happened at one time: a category of response, ``cycle`` or ``death``."""

    kind: str
    when: When


class Lane(NamedTuple):
    """One treated patient. ``ongoing``: alive and free of progression when last seen."""

    patient_id: str
    setting: str
    best: str
    last_seen: When | None
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    ongoing: bool


class Person(NamedTuple):
    """A row of the heat map: a verdict for each criterion, in the order of ``TITLES``."""

    patient_id: str
    verdicts: tuple[Truth, ...]
    eligible: Truth


def lanes(patients: Iterable[PatientRecord]) -> list[Lane]:
    """The treated patients with a dated first dose, by setting, longest follow-up first."""
    found = [
        _lane(patient, patient.outcome, first)
        for patient in patients
        if patient.outcome is not None
        and patient.outcome.treated
        and (first := patient.il2.first_dose) is not None
    ]
    order = {label.value: place for place, label in enumerate(_ORDER)}
    return sorted(
        found,
        key=lambda lane: (
            order[lane.setting],
            -(lane.last_seen.at if lane.last_seen else 0.0),
            lane.patient_id,
        ),
    )


def _lane(patient: PatientRecord, outcome: Outcome, first: DateSpan) -> Lane:
    last = _when(outcome.last_contact, first) if outcome.last_contact else None
    marks = [
        Mark(item.category, _when(when, first))
        for item in assessments_of_interleukin(patient)
        if (when := item.on or item.reported) is not None
    ]
    marks += [Mark("cycle", _when(c.start, first)) for c in patient.il2.cycles if c.start]
    if outcome.death is not None:
        marks.append(Mark("death", _when(outcome.death, first)))
    return Lane(
        patient_id=patient.patient_id,
        setting=patient.setting.label.value,
        best=outcome.best_response,
        last_seen=last,
        bars=tuple(_bars(patient, first)),
        marks=tuple(sorted(set(marks), key=lambda mark: (mark.when.at, mark.kind))),
        ongoing=not outcome.dead and not outcome.progressed and outcome.next_therapy is None,
    )


def _bars(patient: PatientRecord, first: DateSpan) -> Iterable[Bar]:
    """Therapies other than interleukin-2 that have a date at either end."""
    for episode in patient.episodes:
        start, end = episode.start, episode.end
        if not episode.given or episode.agent == INTERLEUKIN or (start is None and end is None):
            continue
        at = [_when(span, first) for span in (start, end) if span is not None]
        known = "both" if len(at) == 2 else "start" if start is not None else "end"
        current = episode.status == "current" and known == "start"
        yield Bar(episode.key, episode.drug_class, at[0], at[-1], known, current)


def _when(span: DateSpan, first: DateSpan) -> When:
    low, high = span.days_after(first)
    middle = (span.midpoint - first.midpoint).days
    return When(months(middle), months(min(low, middle)), months(max(high, middle)))


def survival_subjects(patients: Iterable[PatientRecord]) -> dict[str, list[Subject]]:
    """The patients of each time-to-event analysis, without names."""
    treated = [
        (patient, patient.outcome)
        for patient in patients
        if patient.outcome is not None and patient.outcome.treated
    ]
    return {
        name: [subject for _, subject in subjects(rows)] for name, rows in courses(treated).items()
    }


def at_risk(found: Sequence[Subject], times: Sequence[float]) -> list[int]:
    """How many are still watched, and free of the event, just before each time."""
    return [sum(subject.months >= time for subject in found) for time in times]


def responses_by_setting(
    patients: Iterable[PatientRecord], basis: Basis
) -> dict[str, dict[str, int]]:
    """How many treated patients of each setting have each best response, or ``none``."""
    found: dict[str, dict[str, int]] = {}
    for patient in patients:
        if patient.outcome is None or not patient.outcome.treated:
            continue
        group = found.setdefault(
            patient.setting.label.value, dict.fromkeys((*CATEGORIES, "none"), 0)
        )
        group[response_by(patient.outcome, basis) or "none"] += 1
    return {label.value: found[label.value] for label in _ORDER if label.value in found}


def people(patients: Iterable[PatientRecord]) -> list[Person]:
    """Every judged patient's verdicts, the eligible first, then by what is not met."""
    found = []
    for patient in patients:
        judged = patient.eligibility
        if judged is None:
            continue
        by_name = {criterion.name: criterion.verdict for criterion in judged.criteria}
        by_name["setting"] = judged.setting_verdict
        found.append(
            Person(
                patient.patient_id,
                tuple(by_name[name] for name in TITLES),
                judged.eligible,
            )
        )
    order = {Truth.MET: 0, Truth.UNKNOWN: 1, Truth.NOT_MET: 2}
    return sorted(found, key=lambda person: (order[person.eligible], person.patient_id))


class Box(NamedTuple):
    """A step of the flow: how many, what, its parts, and who left before the next step."""

    number: int
    what: str
    parts: tuple[tuple[str, int], ...] = ()
    left: tuple[tuple[str, int], ...] = ()


def flow(outcomes: Outcomes) -> list[Box]:
    """From letters to responders, with everyone who leaves on the way."""
    out, head = outcomes.flow, outcomes.headline
    reasons = {why: len(ids) for why, ids in out.excluded.items()}
    untreated = reasons.pop("not treated", 0)
    parts = [("salvage", head.salvage), ("consolidation", head.consolidation)]
    other = head.treated - head.salvage - head.consolidation
    if other:
        parts.append(("other or not settled", other))
    return [
        Box(out.letters, "letters read"),
        Box(out.patients, "patients", left=(("not given interleukin-2", untreated),)),
        Box(out.treated, "given high-dose interleukin-2", tuple(parts), tuple(reasons.items())),
        Box(
            out.evaluable,
            "evaluable for response",
            left=(("did not respond", head.evaluable - head.responders),),
        ),
        Box(
            head.responders,
            "responded",
            (
                ("completely", head.complete_responders),
                ("of these relapsed", head.relapsed_after_complete),
            ),
        ),
    ]
