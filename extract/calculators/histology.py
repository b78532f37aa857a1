"""The histology criterion: stated favourable, or derived from type and features.

The design's table: met where stated favourable, or clear cell with alveolar above 50 %,
papillary absent and granular below 50 %; not met where stated intermediate or
unfavourable, not clear cell, papillary present, alveolar at most 50 % or granular 50 % or
more. A statement by the team outranks what could be derived (field guide A6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.calculators.criteria import Criteria
from extract.calculators.verdicts import quantity
from extract.records import Criterion, PatientRecord, Reading, Source
from extract.values.kleene import Truth, agree, all_of

NAME = "histology"
_CHASE = "specialist pathology review: architecture, cytoplasm, favourable group or not"


def histology_criterion(patient: PatientRecord, criteria: Criteria) -> Criterion:
    """Judge the histology of one patient over all letters."""
    if patient.histology_groups:
        return _stated(patient.histology_groups)
    types = newest(patient.histology)
    if patient.renal is Truth.NOT_MET and not types:
        return _criterion(Truth.NOT_MET, "non_renal", "another cancer, by the drugs given", ())
    if types and all(item.value != "clear_cell" for item in types):
        value = "/".join(sorted({item.value for item in types}))
        return _criterion(Truth.NOT_MET, value, "not clear cell", types)
    parts = {
        name: _feature(patient, name, criteria) for name in ("alveolar", "papillary", "granular")
    }
    features = [item for _, found in parts.values() for item in found]
    verdicts = [verdict for verdict, _ in parts.values()]
    clear = agree(Truth.of(item.value == "clear_cell") for item in types)
    verdict = all_of([clear, *verdicts])
    said = [f"{name} {item.value}" for name, (_, found) in parts.items() for item in found]
    value = ", ".join([*sorted({item.value for item in types}), *said])
    return _criterion(verdict, value, "derived from type and features", [*types, *features])


def newest(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of the newest letter that has any."""
    if not readings:
        return []
    last = readings[-1].sources[0].letter_id if readings[-1].sources else ""
    return [r for r in readings if any(s.letter_id == last for s in r.sources)] or [readings[-1]]


def _stated(groups: Sequence[Reading]) -> Criterion:
    last = newest(groups)
    verdict = agree(Truth.of(item.value == "favourable") for item in last)
    value = "/".join(sorted({item.value for item in last}))
    differ = len({item.value for item in groups}) > 1
    why = "stated; the newest letter is preferred" if differ else "stated"
    return _criterion(verdict, value, why, groups)


def _feature(patient: PatientRecord, name: str, criteria: Criteria) -> tuple[Truth, list[Reading]]:
    """Whether a feature is as favourable histology wants it, and the readings decided on."""
    found = newest([item for feature, item in patient.histology_features if feature == name])
    return agree(_as_wanted(name, item.value, criteria) for item in found), found


def _as_wanted(name: str, value: str, criteria: Criteria) -> Truth:
    if name == "alveolar":
        return _above(value, criteria.alveolar_above_percent)
    if name == "granular":
        return _below(value, criteria.granular_below_percent)
    return _absent(value)


def _above(value: str, percent: float) -> Truth:
    if value == "absent":
        return Truth.NOT_MET
    found = quantity(value)
    return Truth.of(found.above(percent)) if found else Truth.UNKNOWN


def _below(value: str, percent: float) -> Truth:
    if value == "absent":
        return Truth.MET
    found = quantity(value)
    at_least = found.at_least(percent) if found else None
    return Truth.UNKNOWN if at_least is None else Truth.of(not at_least)


def _absent(value: str) -> Truth:
    if value in ("absent", "present"):
        return Truth.of(value == "absent")
    found = quantity(value)
    above = found.above(0) if found else None
    return Truth.UNKNOWN if above is None else Truth.of(not above)


def _criterion(verdict: Truth, value: str, why: str, readings: Iterable[Reading]) -> Criterion:
    sources: tuple[Source, ...] = tuple(s for item in readings for s in item.sources)
    return Criterion(
        name=NAME,
        verdict=verdict,
        value=value,
        threshold="favourable",
        why=why if value else "not described",
        chase=_CHASE if verdict is Truth.UNKNOWN else "",
        sources=tuple(dict.fromkeys(sources)),
    )
