"""Summaries of a sample, and the comparison of two."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Final

from extract.calculators.cohort_models import Comparison, Summary
from extract.calculators.intervals import SMALL_SAMPLE, Interval, SmallSample

#: Doses: two series are similar where the whole interval of the difference lies within.
SIMILAR_WITHIN: Final = 2.0


def summary(values: Sequence[float]) -> Summary:
    """Mean, standard deviation (n - 1), range and linear quartiles of a sample."""
    n = len(values)
    warning = SmallSample(n=n) if n < SMALL_SAMPLE else None
    if n == 0:
        return Summary(n=0, warning=warning)
    if n == 1:
        quartiles = [float(values[0])] * 3
    else:
        quartiles = statistics.quantiles(values, n=4, method="inclusive")
    return Summary(
        n=n,
        mean=statistics.fmean(values),
        sd=statistics.stdev(values) if n > 1 else None,
        minimum=float(min(values)),
        q1=quartiles[0],
        median=quartiles[1],
        q3=quartiles[2],
        maximum=float(max(values)),
        warning=warning,
    )


def compared(ours: Sequence[float], other: Sequence[float]) -> Comparison | None:
    """Our sample against another: Welch's t and Mann-Whitney, through scipy.

    None where either has fewer than two values or both do not vary at all.
    """
    if min(len(ours), len(other)) < 2 or len({*ours}) == len({*other}) == 1:
        return None
    from scipy.stats import mannwhitneyu, ttest_ind  # slow, and most runs do not need it

    welch = ttest_ind(ours, other, equal_var=False)
    bounds = welch.confidence_interval(0.95)
    low, high = float(bounds.low), float(bounds.high)
    return Comparison(
        other=summary(other),
        difference=statistics.fmean(ours) - statistics.fmean(other),
        interval=Interval(low, high),
        welch_p=float(welch.pvalue),
        mann_whitney_p=float(mannwhitneyu(ours, other).pvalue),
        similar=low >= -SIMILAR_WITHIN and high <= SIMILAR_WITHIN,
    )
