"""Proportions with exact and Wilson intervals. The arithmetic is scipy's."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

#: Below this denominator a proportion says little.
SMALL_SAMPLE: Final = 5


class Interval(NamedTuple):
    """A confidence interval of a proportion, both ends between 0 and 1."""

    low: float
    high: float


class SmallSample(BaseModel):
    """A warning that goes with a number: too few patients to say much."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["small_sample"] = "small_sample"
    n: int
    limit: int = SMALL_SAMPLE


class Proportion(BaseModel):
    """``k`` of ``n``, the rate, its 95 % intervals, and a warning where ``n`` is small.

    ``rate`` and the intervals are None where ``n`` is 0.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    k: int
    n: int
    rate: float | None = None
    exact: Interval | None = None
    wilson: Interval | None = None
    warning: SmallSample | None = None


def proportion(k: int, n: int) -> Proportion:
    """The proportion of ``k`` in ``n`` with Clopper-Pearson and Wilson 95 % intervals.

    Raises:
        ValueError: unless 0 <= k <= n.
    """
    if not 0 <= k <= n:
        raise ValueError(f"no proportion: {k} of {n}")
    warning = SmallSample(n=n) if n < SMALL_SAMPLE else None
    if n == 0:
        return Proportion(k=0, n=0, warning=warning)
    return Proportion(
        k=k,
        n=n,
        rate=k / n,
        exact=clopper_pearson(k, n),
        wilson=wilson(k, n),
        warning=warning,
    )


def clopper_pearson(k: int, n: int, level: float = 0.95) -> Interval:
    """The exact interval of a binomial proportion. Raises ValueError unless 0 <= k <= n, n > 0."""
    return _interval(k, n, level, "exact")


def wilson(k: int, n: int, level: float = 0.95) -> Interval:
    """The Wilson score interval. Raises ValueError unless 0 <= k <= n, n > 0."""
    return _interval(k, n, level, "wilson")


def upper_bound(k: int, n: int, level: float = 0.95) -> float:
    """The one-sided exact upper bound. Raises ValueError unless 0 <= k <= n, n > 0."""
    return clopper_pearson(k, n, 2 * level - 1).high


@lru_cache(maxsize=4096)
def _interval(k: int, n: int, level: float, method: Literal["exact", "wilson"]) -> Interval:
    from scipy.stats import binomtest  # two seconds that most runs do not need

    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"no proportion: {k} of {n}")
    found = binomtest(k, n).proportion_ci(confidence_level=level, method=method)
    return Interval(float(found.low), float(found.high))
