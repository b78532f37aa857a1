"""What became of one patient after the first dose of interleukin-2.

An assessment of interleukin-2 is one that a letter ties to it, or to no agent when it
lies after the first dose and before the next therapy. Dates known only within an
interval stand at its middle for counting days; intervals are kept for follow-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import isfinite

from extract.calculators.criteria import PUBLISHED, Basis, Criteria
from extract.calculators.response import BestResponse, Scan, best, best_overall_response
from extract.calculators.survival import MONTH
from extract.calculators.verdicts import quantity
from extract.patients.conflicts import outranks
from extract.records import Assessment, DateSpan, Outcome, PatientRecord, Reading, Source
from extract.values.kleene import Truth

INTERLEUKIN = "aldesleukin"
_RESPONSES = frozenset({"CR", "PR"})


def judge_outcome(patient: PatientRecord, criteria: Criteria = PUBLISHED) -> Outcome:
    """The outcome of one patient; one who was not treated has only the follow-up."""
    dead = bool(patient.deaths)
    last = last_contact(patient)
    if not patient.il2.given:
        return Outcome(
            treated=False,
            not_evaluable_because="not treated",
            dead=dead,
            death=patient.death,
            last_contact=last,
        )
    first = patient.il2.first_dose
    found = assessments_of_interleukin(patient)
    seen = _until_progression(found)
    known = [item for item in found if item.category != "NE"]
    recist = _recist(patient, found, first, criteria)
    responses = [item for item in seen if item.category in _RESPONSES]
    complete = [item for item in seen if item.category == "CR"]
    return Outcome(
        treated=True,
        best_response=best(item.category for item in seen),
        evaluable=bool(known),
        not_evaluable_because=_why_not(found, known),
        unconfirmed=recist.unconfirmed,
        confirmed=recist.confirmed,
        first_response=_first(responses, first),
        first_complete=_first(complete, first),
        progressed=has_progressed(patient, found, complete),
        progression=progression(patient, found, complete),
        relapsed=relapsed(patient, found, complete),
        dead=dead,
        death=patient.death,
        next_therapy=next_therapy(patient),
        last_contact=last,
        last_assessment=_last(known),
        follow_up_days=last.days_after(first) if last and first else None,
        sources=_sources(patient, found),
    )


def response_by(outcome: Outcome, basis: Basis) -> str:
    """The response category of a patient on one of the three bases; "" for none."""
    if basis is Basis.CONFIRMED:
        return outcome.confirmed
    return outcome.unconfirmed if basis is Basis.UNCONFIRMED else outcome.best_response


def assessments_of_interleukin(patient: PatientRecord) -> list[Assessment]:
    """The assessments after the first dose, in order, those tied to no agent included."""
    first = patient.il2.first_dose
    following = next_therapy(patient)
    found = [item for item in patient.responses if item.agent == INTERLEUKIN]
    for item in patient.responses:
        when = item.on or item.reported
        if item.agent or when is None or first is None or when.earliest <= first.latest:
            continue
        if following is None or when.latest < following.earliest:
            found.append(item)
    return sorted(settled(found), key=_when)


def settled(found: Sequence[Assessment]) -> list[Assessment]:
    """Assessments without those that another letter dates more closely and grades otherwise.

    Two letters that give one scan different categories are in conflict: the one with the
    exact date outranks the one with a compatible partial date.
    """
    return [item for item in found if not any(outranks(other, item) for other in found)]


def next_therapy(patient: PatientRecord) -> DateSpan | None:
    """The start of the first systemic therapy after interleukin-2; None where none is dated."""
    first = patient.il2.first_dose
    if first is None:
        return None
    starts = [
        start
        for episode in patient.episodes
        if episode.given
        and episode.agent != INTERLEUKIN
        and (start := episode.start) is not None
        and start.earliest > first.latest
    ]
    return min(starts, key=lambda span: (span.earliest, span.latest), default=None)


def progression(
    patient: PatientRecord, found: Sequence[Assessment], complete: Sequence[Assessment]
) -> DateSpan | None:
    """When progression was first shown: by a PD, or by a relapse after a complete response.

    Where no scan dates it, the days from the last assessment without it (else the first
    dose) to the letter that tells of it.
    """
    first = patient.il2.first_dose
    free = [item.on for item in found if item.category != "PD" and item.on is not None]
    told = [(item.on, item.reported) for item in found if item.category == "PD"]
    if complete:
        told.extend((None, r.on) for said, r in _relapses(patient) if said == "yes")
    shown = []
    for on, reported in told:
        known = [span for span in free if reported is not None and span.latest <= reported.latest]
        floor = max(known, key=lambda span: (span.latest, span.earliest), default=first)
        shown.append(_between(on, reported, floor))
    dated = [span for span in shown if span is not None]
    return min(dated, key=lambda span: (span.latest, span.earliest), default=None)


def has_progressed(
    patient: PatientRecord, found: Sequence[Assessment], complete: Sequence[Assessment]
) -> bool:
    """Whether a letter tells of progression, or of relapse after a complete response."""
    if any(item.category == "PD" for item in found):
        return True
    return bool(complete) and any(said == "yes" for said, _ in _relapses(patient))


def _between(
    on: DateSpan | None, reported: DateSpan | None, floor: DateSpan | None
) -> DateSpan | None:
    """The date of an event, or the days between what is known before and the letter."""
    if on is not None or reported is None or floor is None or floor.latest > reported.latest:
        return on or reported
    return DateSpan(
        edtf=f"{floor.earliest.isoformat()}/{reported.latest.isoformat()}",
        earliest=floor.earliest,
        latest=reported.latest,
        sources=(*floor.sources, *reported.sources),
    )


def relapsed(
    patient: PatientRecord, found: Sequence[Assessment], complete: Sequence[Assessment]
) -> Truth:
    """Whether the disease came back after a complete response; unknown without one.

    Not met where a letter says so, or where no letter tells of a return; the follow-up
    says for how long that has held.
    """
    if not complete:
        return Truth.UNKNOWN
    if any(said == "yes" for said, _ in _relapses(patient)):
        return Truth.MET
    first = _first(complete, patient.il2.first_dose)
    progressed = [item for item in found if item.category == "PD"]
    for item in progressed:
        when = item.on or item.reported
        if first is None or when is None or when.latest >= first.earliest:
            return Truth.MET
    return Truth.NOT_MET


def last_contact(patient: PatientRecord) -> DateSpan | None:
    """The death, else the date of the last letter: the patient was known of until then.

    Where no letter after the first dose is dated, the longest follow-up that a letter
    states, in months from the first dose.
    """
    if patient.death is not None:
        return patient.death
    dates = [letter.on for letter in patient.letters if letter.on is not None]
    last = max(dates, key=lambda span: (span.latest, span.earliest), default=None)
    first = patient.il2.first_dose
    if first is None or (last is not None and last.earliest > first.latest):
        return last
    return _stated_contact(patient, first) or last


def _stated_contact(patient: PatientRecord, first: DateSpan) -> DateSpan | None:
    stated = [found.low for item in patient.follow_up if (found := quantity(item.value))]
    longest = max((low for low in stated if isfinite(low)), default=None)
    if longest is None:
        return None
    days = timedelta(days=round(longest * MONTH))
    return DateSpan(
        edtf=f"{(first.midpoint + days).isoformat()}~",
        earliest=first.earliest + days,
        latest=first.latest + days,
        sources=tuple(source for item in patient.follow_up for source in item.sources),
    )


def _relapses(patient: PatientRecord) -> list[tuple[str, Reading]]:
    first = patient.il2.first_dose
    return [
        (item.value, item)
        for agent, item in patient.relapses
        if agent == INTERLEUKIN
        or (not agent and (first is None or item.on is None or item.on.earliest > first.latest))
    ]


def _until_progression(found: Sequence[Assessment]) -> list[Assessment]:
    """Without the assessments dated after a dated progression (field guide C3)."""
    ends = [item.on.latest for item in found if item.category == "PD" and item.on is not None]
    if not ends:
        return list(found)
    end = min(ends)
    return [item for item in found if item.on is None or item.on.earliest <= end]


def _recist(
    patient: PatientRecord,
    found: Sequence[Assessment],
    first: DateSpan | None,
    criteria: Criteria,
) -> BestResponse:
    if first is None:
        return BestResponse("", "")
    following = next_therapy(patient)
    new_day = (following.midpoint - first.midpoint).days if following else None
    scans = [
        Scan((when.midpoint - first.midpoint).days, item.category)
        for item in found
        if (when := item.on or item.reported) is not None
    ]
    return best_overall_response(scans, criteria, new_day)


def _why_not(found: Sequence[Assessment], known: Sequence[Assessment]) -> str:
    if known:
        return ""
    return "assessed as not evaluable" if found else "no assessment after the first dose"


def _first(items: Sequence[Assessment], floor: DateSpan | None) -> DateSpan | None:
    """The first of some assessments: the first dated one, else between first dose and letter."""
    dated = [item.on for item in items if item.on is not None]
    told = [_between(None, item.reported, floor) for item in items if item.on is None]
    dates = dated or [span for span in told if span is not None]
    return min(dates, key=lambda span: (span.earliest, span.latest), default=None)


def _last(items: Sequence[Assessment]) -> DateSpan | None:
    dates = [span for item in items if (span := item.on or item.reported) is not None]
    return max(dates, key=lambda span: (span.latest, span.earliest), default=None)


def _when(item: Assessment) -> tuple[str, str]:
    span = item.on or item.reported
    return (span.earliest.isoformat() if span else "9999"), item.category


def _sources(patient: PatientRecord, found: Sequence[Assessment]) -> tuple[Source, ...]:
    relapses = [source for _, item in _relapses(patient) for source in item.sources]
    deaths = [source for item in patient.deaths for source in item.sources]
    seen = [source for item in found for source in item.sources]
    return tuple(dict.fromkeys((*patient.il2.sources, *seen, *relapses, *deaths)))
