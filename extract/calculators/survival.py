"""Time to an event: Kaplan-Meier with log-log bounds, medians, reverse follow-up.

The estimate is ``scipy.stats.ecdf`` of right-censored data. Months are days / 30.4375
(field guide A12).
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ConfigDict

#: Days in a month.
MONTH: Final = 30.4375


class Subject(NamedTuple):
    """One patient: months under observation, and whether the event then happened."""

    months: float
    event: bool


class Step(NamedTuple):
    """The curve at one time: survival just after it, its 95 % bounds, numbers at risk."""

    months: float
    survival: float
    low: float | None
    high: float | None
    at_risk: int
    events: int


class Curve(BaseModel):
    """A Kaplan-Meier curve. ``median`` is None where it is not reached."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: int
    events: int
    median: float | None = None
    steps: tuple[Step, ...] = ()


def months(days: float) -> float:
    """Days as months of 30.4375 days."""
    return days / MONTH


def kaplan_meier(subjects: Sequence[Subject]) -> Curve:
    """The product-limit estimate over all subjects; empty for none.

    The median is the first time at which survival is at most one half. Bounds are None
    where the log-log transform has none (survival 1 or 0).

    Raises:
        ValueError: a subject was observed for less than no time.
    """
    if any(subject.months < 0 or math.isnan(subject.months) for subject in subjects):
        raise ValueError("time under observation cannot be negative")
    events = sum(subject.event for subject in subjects)
    if not subjects:
        return Curve(n=0, events=0)
    steps = tuple(_steps(subjects)) if events else ()
    median = next((s.months for s in steps if s.survival <= 0.5 + 1e-12), None)
    return Curve(n=len(subjects), events=events, median=median, steps=steps)


def reverse(subjects: Sequence[Subject]) -> list[Subject]:
    """The same subjects with events and censorings swapped, for the median follow-up."""
    return [Subject(subject.months, not subject.event) for subject in subjects]


def _steps(subjects: Sequence[Subject]) -> list[Step]:
    from scipy.stats import CensoredData, ecdf  # slow, and most runs do not need it

    times = [subject.months for subject in subjects]
    censored = [not subject.event for subject in subjects]
    estimate = ecdf(CensoredData.right_censored(times, censored)).sf
    with warnings.catch_warnings():
        # The bounds are not defined at survival 1 and 0; they come as nan.
        warnings.simplefilter("ignore", RuntimeWarning)
        bounds: Any = estimate.confidence_interval(0.95, method="log-log")
    found = []
    for index, time in enumerate(estimate.quantiles):
        happened = sum(s.event and s.months == time for s in subjects)
        if happened:
            found.append(
                Step(
                    float(time),
                    float(estimate.probabilities[index]),
                    _known(bounds.low.probabilities[index]),
                    _known(bounds.high.probabilities[index]),
                    sum(s.months >= time for s in subjects),
                    happened,
                )
            )
    return found


def _known(value: float) -> float | None:
    number = float(value)
    return None if math.isnan(number) else number
