"""Whether a patient was eligible for high-dose interleukin-2: seven criteria, explained.

The rules are the design's table "How a patient is judged"; the thresholds come from
:class:`extract.calculators.criteria.Criteria`. Judged at the first dose, or at the last
letter where none was given.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.calculators import verdicts
from extract.calculators.criteria import PUBLISHED, Criteria
from extract.calculators.histology import histology_criterion, newest
from extract.calculators.patient_outcome import assessments_of_interleukin
from extract.calculators.washout import washout_criterion
from extract.records import (
    Assessment,
    Clock,
    Criterion,
    DateSpan,
    Eligibility,
    PatientRecord,
    Reading,
    SettingLabel,
    Sites,
    Source,
)
from extract.values.kleene import Truth, agree, all_of
from extract.values.quantities import APPROXIMATE_BY

_CHASE_ECOG = "performance status at pre-assessment"
_CHASE_CAIX = "exact % of tumour cells positive for CAIX"
_CHASE_ECHO = "report of the stress echocardiogram"
_CHASE_SITES = "organs of disease on the baseline CT"
_CHASE_SETTING = "list of targeted therapies with the reason each was stopped"


def judge_eligibility(
    patient: PatientRecord, criteria: Criteria = PUBLISHED, *, as_planned: bool = False
) -> Eligibility:
    """Judge one patient by the given thresholds.

    With ``as_planned``, a patient who was treated is judged as if the first dose had been
    given on the day it was planned for, where a letter plans it.
    """
    at_plan = as_planned and patient.il2.given and bool(patient.il2.planned)
    if at_plan:
        il2 = patient.il2.model_copy(update={"first_doses": patient.il2.planned})
        patient = patient.model_copy(update={"il2": il2})
    judged = (
        histology_criterion(patient, criteria),
        caix_criterion(patient, criteria),
        ecog_criterion(patient, criteria),
        echo_criterion(patient),
        washout_criterion(patient, criteria),
        sites_criterion(patient, criteria),
    )
    setting = setting_verdict(patient, criteria)
    chase = [criterion.chase for criterion in judged if criterion.verdict is Truth.UNKNOWN]
    if setting is Truth.UNKNOWN:
        chase.insert(0, _CHASE_SETTING)
    return Eligibility(
        clock=Clock.PLANNED if at_plan else clock(patient),
        judged_on=judged_on(patient),
        setting=patient.setting.label,
        setting_verdict=setting,
        lines_failed=patient.setting.lines_failed,
        criteria=judged,
        eligible=all_of([setting, *(criterion.verdict for criterion in judged)]),
        chase=tuple(chase),
    )


def clock(patient: PatientRecord) -> Clock:
    """What the patient is judged at."""
    if patient.il2.given:
        return Clock.FIRST_DOSE
    return Clock.PLANNED if patient.il2.planned else Clock.LAST_LETTER


def judged_on(patient: PatientRecord) -> DateSpan | None:
    """The first dose, else the last letter; None where neither has a date."""
    if patient.il2.given:
        return patient.il2.first_dose
    dates = [letter.on for letter in patient.letters if letter.on is not None]
    return max(dates, key=lambda span: (span.latest, span.earliest), default=None)


def setting_verdict(patient: PatientRecord, criteria: Criteria) -> Truth:
    """The seventh criterion: one to three failed targeted lines, or consolidation."""
    setting = patient.setting
    if setting.label is SettingLabel.NONE:
        return Truth.NOT_MET
    if setting.label is SettingLabel.CONSOLIDATION:
        return Truth.MET
    if setting.failed_high == 0:
        return Truth.UNKNOWN
    return verdicts.salvage_verdict(setting.failed_low, setting.failed_high, criteria)


def in_time(patient: PatientRecord, on: DateSpan | None) -> bool:
    """Whether a letter of this date lies before or at the first dose, or none was given.

    Where the first dose has no date, the letters before the first one that tells of it.
    """
    if not patient.il2.given:
        return True
    if on is None:
        return False
    first = patient.il2.first_dose
    if first is not None:
        return on.earliest <= first.latest
    told = patient.il2.first_reported
    return told is not None and on.latest < told.earliest


def looks_back(patient: PatientRecord, on: DateSpan | None) -> bool:
    """Whether a letter after the first dose may still tell of the state before it.

    It may until a letter reports progression, a mixed response or relapse after
    interleukin-2, or death.
    """
    if not patient.il2.given or on is None or in_time(patient, on):
        return False
    first = patient.il2.first_dose
    found = assessments_of_interleukin(patient)
    ends = [item.reported for item in found if item.category in ("PD", "MR")]
    ends.extend(
        item.on for agent, item in patient.relapses if agent != "surgery" and item.value == "yes"
    )
    ends.extend(item.on for item in patient.deaths)
    return not any(
        end is not None
        and (first is None or end.latest >= first.earliest)
        and on.latest >= end.earliest
        for end in ends
    )


def oldest(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of the oldest letter that has any."""
    return newest(readings[::-1])


def ecog_criterion(patient: PatientRecord, criteria: Criteria) -> Criterion:
    """ECOG at the last letter before or at the first dose; Karnofsky where that is all.

    Where no letter before the first dose gives either, the earlier value that the first
    letter after it looks back to (the status on admission).
    """
    ecog = newest([item for item in patient.ecog if in_time(patient, item.on)])
    karnofsky = newest([item for item in patient.karnofsky if in_time(patient, item.on)])
    why, prefix = "last letter before or at the first dose", ""
    if not ecog and not karnofsky:
        looking_back = [item for item in patient.ecog_past if looks_back(patient, item.on)]
        ecog, why = oldest(looking_back), "looking back, in the first letter after the first dose"
    if ecog:
        verdict = agree(verdicts.ecog_verdict(item.value, criteria) for item in ecog)
        used = ecog
    else:
        verdict = agree(verdicts.karnofsky_verdict(item.value, criteria) for item in karnofsky)
        used, why, prefix = karnofsky, "from the Karnofsky index", "Karnofsky "
    return Criterion(
        name="ecog",
        verdict=verdict,
        value="/".join(f"{prefix}{item.value}" for item in used),
        threshold=f"0-{criteria.ecog_max}",
        why=why if used else "no letter before the first dose gives it",
        chase=_CHASE_ECOG if verdict is Truth.UNKNOWN else "",
        sources=_sources(used),
    )


def caix_criterion(patient: PatientRecord, criteria: Criteria) -> Criterion:
    """CAIX over all letters: numbers outrank words, closer numbers compatible wider ones."""
    numbers = [item for item in patient.caix if verdicts.quantity(item.value) is not None]
    used = closest(numbers) if numbers else list(patient.caix)
    verdict = agree(verdicts.caix_verdict(item.value, criteria) for item in used)
    return Criterion(
        name="caix",
        verdict=verdict,
        value="/".join(dict.fromkeys(item.value for item in used)),
        threshold=f">{criteria.caix_above_percent:g}",
        why=_caix_why(used),
        chase=_CHASE_CAIX if verdict is Truth.UNKNOWN else "",
        sources=_sources(used),
    )


def _caix_why(used: Sequence[Reading]) -> str:
    if not used:
        return "not stated"
    return "stated differently" if len({item.value for item in used}) > 1 else "stated"


def closest(numbers: Sequence[Reading]) -> list[Reading]:
    """The readings left when a closer number outranks a wider one that allows it."""
    kept: list[Reading] = []
    for item in sorted(numbers, key=lambda r: _width(r.value)):
        if not any(_within(other.value, item.value) for other in kept):
            kept.append(item)
    return kept


def _width(value: str) -> float:
    found = verdicts.quantity(value)
    if found is None:
        return 0.0
    margin = 2 * APPROXIMATE_BY if found.approximate else 0.0
    return min(found.high, 100.0) - max(found.low, 0.0) + margin


def _within(inner: str, outer: str) -> bool:
    """Whether every number that ``inner`` allows is allowed by ``outer``."""
    a, b = verdicts.quantity(inner), verdicts.quantity(outer)
    if a is None or b is None:
        return False
    margin = APPROXIMATE_BY if b.approximate else 0.0
    low, high = b.low - margin, b.high + margin
    above = a.low > low or (a.low == low and (a.low_open or not b.low_open))
    below = a.high < high or (a.high == high and (a.high_open or not b.high_open))
    return above and below


def echo_criterion(patient: PatientRecord) -> Criterion:
    """The last stress echocardiogram done by the first dose.

    An undated result that only a letter after the first dose tells of serves where there
    is no other.
    """
    done = [item for item in patient.stress_echo if _echo_counts(patient, item)]
    results = [item for item in done if item.category != "awaited"]
    first = patient.il2.first_dose if patient.il2.given else None
    if first is not None:
        early = [
            item
            for item in results
            if (span := item.on or item.reported) is None or span.earliest <= first.latest
        ]
        results = early or results
    used = _latest_tests(results) or done
    verdict = agree(verdicts.echo_verdict(item.category) for item in used)
    return Criterion(
        name="stress_echo",
        verdict=verdict,
        value="/".join(dict.fromkeys(item.category for item in used)),
        threshold="satisfactory",
        why="the last one done by the first dose" if used else "not mentioned",
        chase=_CHASE_ECHO if verdict is Truth.UNKNOWN else "",
        sources=tuple(dict.fromkeys(s for item in used for s in item.sources)),
    )


def _echo_counts(patient: PatientRecord, item: Assessment) -> bool:
    first = patient.il2.first_dose if patient.il2.given else None
    return first is None or item.on is None or item.on.earliest <= first.latest


def _latest_tests(results: Sequence[Assessment]) -> list[Assessment]:
    """The results of the newest test; an undated mention is as new as its letter."""
    dates = [span for item in results if (span := item.on or item.reported) is not None]
    if not dates:
        return list(results)
    last = max(dates, key=lambda span: (span.earliest, span.latest))
    return [
        item
        for item in results
        if (span := item.on or item.reported) is not None and span.compatible(last)
    ]


def sites_criterion(patient: PatientRecord, criteria: Criteria) -> Criterion:
    """Organs with disease in the last letter before or at the first dose that tells.

    Where none does, the first letter after it, as long as no progression or relapse has
    been reported since.
    """
    found = [item for item in patient.sites if in_time(patient, item.on)]
    after = [item for item in patient.sites if looks_back(patient, item.on)]
    last = found[-1] if found else next(iter(after), None)
    fewest, most = organ_count(last) if last else (0.0, 0.0)
    verdict = verdicts.organs_verdict(fewest, most, criteria) if last else Truth.UNKNOWN
    value = f"{fewest:g}" if fewest == most else f"{fewest:g}-{most:g}"
    return Criterion(
        name="sites",
        verdict=verdict,
        value=value if last else "",
        threshold=f"<={criteria.organs_max}",
        why=", ".join(last.organs) if last else "not described",
        chase=_CHASE_SITES if verdict is Truth.UNKNOWN else "",
        sources=last.sources if last else (),
    )


def organ_count(sites: Sites) -> tuple[float, float]:
    """The number of organs as an interval over the list and the number a letter gives."""
    listed = float(len(sites.organs))
    stated = verdicts.quantity(sites.count.value) if sites.count else None
    if stated is None:
        return listed, listed
    if not sites.organs:
        return max(stated.low, 0.0), min(stated.high, 19.0)
    return min(listed, stated.low), max(listed, min(stated.high, 19.0))


def _sources(readings: Sequence[Reading]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(s for item in readings for s in item.sources))
