"""Response duration, progression-free and overall survival (field guide C4).

Times run from the first dose of interleukin-2, response durations from the first
response. Progression-free survival and response duration are of the evaluable. A patient
without the event is censored at the last contact; one who goes on to another therapy
without progression, at the last assessment before it. Event dates known only within an
interval stand at its middle; the medians at the earliest and latest days go with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from extract.calculators.cohort_models import Survival
from extract.calculators.survival import Subject, kaplan_meier, months
from extract.records import DateSpan, Outcome, PatientRecord

_Patients = Sequence[tuple[PatientRecord, Outcome]]
_Day = Callable[[DateSpan], date]


class Course(NamedTuple):
    """One patient in one analysis: the start of the clock, and the event or last contact.

    ``contact`` is None where the event happened, dated or not.
    """

    patient_id: str
    start: DateSpan | None
    event: DateSpan | None
    contact: DateSpan | None


def survivals(treated: _Patients) -> dict[str, Survival]:
    """Every time-to-event analysis of the treated, by name."""
    return {name: survival(found) for name, found in courses(treated).items()}


def courses(treated: _Patients) -> dict[str, list[Course]]:
    """Who is in each time-to-event analysis, and from when to when."""
    evaluable = [(p.patient_id, p.il2.first_dose, o) for p, o in treated if o.evaluable]
    return {
        "overall": [
            Course(p.patient_id, p.il2.first_dose, o.death, None if o.dead else o.last_contact)
            for p, o in treated
        ],
        "progression_free": [Course(name, start, *_failure(o)) for name, start, o in evaluable],
        "response_duration": [
            Course(name, o.first_response, *_failure(o))
            for name, _, o in evaluable
            if o.first_response is not None
        ],
        "complete_response_duration": [
            Course(name, o.first_complete, *_failure(o))
            for name, _, o in evaluable
            if o.first_complete is not None
        ],
    }


def subjects(rows: Iterable[Course]) -> list[tuple[str, Subject]]:
    """The patients of an analysis that have dates, each with months and whether it happened."""
    return [
        (row.patient_id, _subject(row.start, row.event, row.contact, _middle))
        for row in rows
        if row.start is not None and (row.event is not None or row.contact is not None)
    ]


def survival(
    rows: Sequence[tuple[str, DateSpan | None, DateSpan | None, DateSpan | None]],
) -> Survival:
    """A Kaplan-Meier curve from (patient, start, event, last contact), as :class:`Course`.

    A row without a start, or with neither event nor contact, is left out (an event that no
    letter dates is no censoring); one whose event comes before its start counts from the
    start.
    """
    dated = [
        (patient, start, event, last)
        for patient, start, event, last in rows
        if start is not None and (event is not None or last is not None)
    ]
    kept = {patient for patient, *_ in dated}
    middle, early, late = (
        [_subject(start, event, last, day) for _, start, event, last in dated]
        for day in (_middle, _earliest, _latest)
    )
    return Survival(
        curve=kaplan_meier(middle),
        median_range=(kaplan_meier(early).median, kaplan_meier(late).median),
        patients=tuple(patient for patient, *_ in dated),
        not_dated=tuple(patient for patient, *_ in rows if patient not in kept),
    )


def _subject(start: DateSpan, event: DateSpan | None, last: DateSpan | None, day: _Day) -> Subject:
    end = event or last
    days = (day(end) - start.midpoint).days if end is not None else 0
    return Subject(months(max(days, 0)), event is not None)


def _failure(outcome: Outcome) -> tuple[DateSpan | None, DateSpan | None]:
    """Progression or death, whichever is first, and until when the patient was watched."""
    dates = [span for span in (outcome.progression, outcome.death) if span is not None]
    event = min(dates, key=lambda span: (span.earliest, span.latest), default=None)
    following = outcome.next_therapy
    if following is not None and (event is None or following.latest < event.earliest):
        return None, outcome.last_assessment or following
    happened = outcome.progressed or outcome.dead
    return event, None if happened else outcome.last_contact


def _middle(span: DateSpan) -> date:
    return span.midpoint


def _earliest(span: DateSpan) -> date:
    return span.earliest


def _latest(span: DateSpan) -> date:
    return span.latest
