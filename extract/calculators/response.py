"""Best overall response by RECIST 1.1 from serial assessments, and sums of diameters.

Field guide C3, after RECIST 1.1 (Eisenhauer 2009) and the EORTC's clarifications: in a
study without a control arm a response must be confirmed by a later assessment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from extract.calculators.criteria import PUBLISHED, Criteria

#: Best first. NE, not evaluable, is no response at all.
ORDER: Final = ("CR", "PR", "SD", "PD", "NE")
#: The same with a mixed response, which is none of RECIST's: it says less than PD.
_REPORTED: Final = ("CR", "PR", "SD", "PD", "MR", "NE")

_PROGRESSION_PERCENT: Final = 20.0
_PROGRESSION_MM: Final = 5.0
_PARTIAL_PERCENT: Final = -30.0


class Scan(NamedTuple):
    """An assessment: days from the first dose, and its RECIST category."""

    day: int
    category: str


class BestResponse(NamedTuple):
    """The best overall response without and with confirmation.

    ``look_again`` is true where a partial follows a complete response, which RECIST does
    not know: one of the two is wrong.
    """

    unconfirmed: str
    confirmed: str
    look_again: bool = False


class Diameters(NamedTuple):
    """Change of a sum of diameters in per cent of baseline and nadir, and the category."""

    from_baseline: float
    from_nadir: float
    category: str


def best(categories: Iterable[str]) -> str:
    """The best of some reported categories; "" where there is none."""
    known = [category for category in categories if category in _REPORTED]
    return min(known, key=_REPORTED.index, default="")


def best_overall_response(
    scans: Iterable[Scan], criteria: Criteria = PUBLISHED, new_therapy_day: int | None = None
) -> BestResponse:
    """The best overall response of one patient.

    Args:
        scans: assessments in any order; those after the first PD, or after the day a new
            anticancer therapy began, do not count.
        criteria: the days for stable disease and for confirmation.
        new_therapy_day: days from the first dose to the next therapy, if any.
    """
    series = counted(scans, new_therapy_day)
    if not series:
        return BestResponse("", "")
    graded = [
        "NE" if s.category == "SD" and s.day < criteria.stable_after_days else s.category
        for s in series
    ]
    falls = any(a.category == "CR" and b.category == "PR" for a, b in pairwise(series))
    return BestResponse(best(graded), _confirmed(series, criteria), falls)


def counted(scans: Iterable[Scan], new_therapy_day: int | None = None) -> list[Scan]:
    """The assessments that count, in order: up to the first PD and the next therapy."""
    series: list[Scan] = []
    for scan in sorted(scans):
        if new_therapy_day is not None and scan.day > new_therapy_day:
            break
        if scan.category in ORDER:
            series.append(scan)
        if scan.category == "PD":
            break
    return series


def _confirmed(series: Sequence[Scan], criteria: Criteria) -> str:
    if _has_confirmed(series, criteria, first="CR", later=("CR",), between=("CR", "NE")):
        return "CR"
    between = ("PR", "SD", "NE")
    if _has_confirmed(series, criteria, first="PR", later=("PR", "CR"), between=between):
        return "PR"
    controlled = [s for s in series if s.category in ("CR", "PR", "SD")]
    if any(s.day >= criteria.stable_after_days for s in controlled):
        return "SD"
    return "PD" if any(s.category == "PD" for s in series) else "NE"


def _has_confirmed(
    series: Sequence[Scan],
    criteria: Criteria,
    *,
    first: str,
    later: tuple[str, ...],
    between: tuple[str, ...],
) -> bool:
    for i, start in enumerate(series):
        if start.category != first:
            continue
        for j in range(i + 1, len(series)):
            gap = [scan.category for scan in series[i + 1 : j]]
            if not set(gap) <= {*between, *later} or _falls(gap):
                break
            few = max(gap.count("NE"), gap.count("SD")) <= criteria.confirm_over
            apart = series[j].day - start.day >= criteria.confirm_after_days
            if series[j].category in later and apart and few and not _falls([*gap, series[j][1]]):
                return True
    return False


def _falls(categories: Sequence[str]) -> bool:
    """Whether a partial response follows a complete one."""
    return "CR" in categories and "PR" in categories[categories.index("CR") :]


def target_response(baseline: float, nadir: float, current: float) -> Diameters:
    """The category that sums of target diameters (mm) give by themselves.

    PD: at least 20 % and 5 mm above the nadir; PR: at least 30 % below baseline; CR: all
    gone; else SD. New lesions and non-target disease are not seen here, nor the rule that
    nodes under 10 mm are normal.

    Raises:
        ValueError: a sum is negative, or baseline or nadir is 0 where it must divide.
    """
    if min(baseline, nadir, current) < 0 or baseline == 0:
        raise ValueError("sums of diameters are positive")
    change = 100 * (current - baseline) / baseline
    if nadir == 0:
        rise = 0.0 if current == 0 else float("inf")
    else:
        rise = 100 * (current - nadir) / nadir
    if current == 0:
        category = "CR"
    elif rise >= _PROGRESSION_PERCENT and current - nadir >= _PROGRESSION_MM:
        category = "PD"
    elif change <= _PARTIAL_PERCENT:
        category = "PR"
    else:
        category = "SD"
    return Diameters(change, rise, category)
