"""The criteria on bare values: intervals and sets in, three-valued verdicts out.

Field guide 0.4 and C1: a criterion is met where it holds for every value allowed, not met
where for none, else unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from extract.calculators.criteria import PUBLISHED, Criteria
from extract.values.kleene import Truth, agree
from extract.values.quantities import Quantity

_QUALITATIVE_CAIX = {"positive": Truth.UNKNOWN, "negative": Truth.NOT_MET}


def quantity(text: str) -> Quantity | None:
    """A quantity of the contract; None for a word such as ``present``."""
    try:
        return Quantity.parse(text)
    except ValueError:
        return None


def ecog_verdict(value: str, criteria: Criteria = PUBLISHED) -> Truth:
    """ECOG performance status (0-5 or a range) at most the limit."""
    found = quantity(value)
    above = found.above(criteria.ecog_max) if found else None
    return Truth.UNKNOWN if above is None else Truth.of(not above)


def karnofsky_verdict(value: str, criteria: Criteria = PUBLISHED) -> Truth:
    """Karnofsky index in per cent, where no ECOG is given: 80 met, 70 unknown, 60 not met."""
    found = quantity(value)
    if found is None:
        return Truth.UNKNOWN
    if found.all_at_least(criteria.karnofsky_met):
        return Truth.MET
    if found.none_at_least(criteria.karnofsky_not_met):
        return Truth.NOT_MET
    return Truth.UNKNOWN


def caix_verdict(value: str, criteria: Criteria = PUBLISHED) -> Truth:
    """Per cent of tumour cells with CAIX above the threshold; "positive" is unknown."""
    found = quantity(value)
    if found is None:
        return _QUALITATIVE_CAIX.get(value, Truth.UNKNOWN)
    return Truth.of(found.above(criteria.caix_above_percent))


def h_score_percent(score: float) -> Quantity:
    """The per cent of positive cells that an H-score (0-300) allows: H/3 to min(100, H).

    Arithmetic only (field guide A2); not to be used where another formula was scored.
    Raises ValueError outside 0-300.
    """
    if not 0 <= score <= 300:
        raise ValueError("an H-score lies between 0 and 300")
    return Quantity(score / 3, min(100.0, score))


def washout_verdict(fewest: int, most: int, criteria: Criteria = PUBLISHED) -> Truth:
    """Days from the last targeted dose to the first of interleukin-2, as an interval."""
    if fewest >= criteria.washout_days:
        return Truth.MET
    return Truth.NOT_MET if most < criteria.washout_days else Truth.UNKNOWN


def stated_washout_verdict(value: str, criteria: Criteria = PUBLISHED) -> Truth:
    """A stated washout in days (``56``, ``>=56``)."""
    found = quantity(value)
    return Truth.of(found.at_least(criteria.washout_days)) if found else Truth.UNKNOWN


def organs_verdict(fewest: float, most: float, criteria: Criteria = PUBLISHED) -> Truth:
    """Organs with disease, as an interval; none at all is unknown (nothing to treat)."""
    if most <= 0:
        return Truth.UNKNOWN
    if most <= criteria.organs_max:
        return Truth.MET
    return Truth.NOT_MET if fewest > criteria.organs_max else Truth.UNKNOWN


def echo_verdict(result: str) -> Truth:
    """A stress echocardiogram: satisfactory met, unsatisfactory not met, else unknown."""
    known = {"satisfactory": Truth.MET, "unsatisfactory": Truth.NOT_MET}
    return known.get(result, Truth.UNKNOWN)


def salvage_verdict(fewest: int, most: int, criteria: Criteria = PUBLISHED) -> Truth:
    """Failed targeted lines, as an interval: one to the limit met, none or more not met."""
    every = range(fewest, most + 1)
    return agree(Truth.of(1 <= count <= criteria.failed_lines_max) for count in every)


def all_readings(verdicts: Iterable[Truth]) -> Truth:
    """What every reading agrees on; unknown where they differ or there is none."""
    return agree(verdicts)
