"""Kaplan-Meier: against the definition, on the fixture and on generated cohorts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.calculators.survival import MONTH, Subject, kaplan_meier, months, reverse

subjects = st.lists(
    st.builds(Subject, st.integers(0, 40).map(float), st.booleans()), min_size=1, max_size=40
)


def product_limit(found: list[Subject]) -> dict[float, float]:
    """The estimate by its definition."""
    survival, curve = 1.0, {}
    for time in sorted({s.months for s in found if s.event}):
        at_risk = sum(s.months >= time for s in found)
        events = sum(s.event and s.months == time for s in found)
        survival *= 1 - events / at_risk
        curve[time] = survival
    return curve


@given(subjects)
def test_curve_is_the_product_limit(found: list[Subject]) -> None:
    curve = kaplan_meier(found)
    expected = product_limit(found)
    assert [step.months for step in curve.steps] == list(expected)
    assert [step.survival for step in curve.steps] == pytest.approx(list(expected.values()))
    assert sum(step.events for step in curve.steps) == curve.events == sum(s.event for s in found)


@given(subjects)
def test_bounds_hold_the_curve(found: list[Subject]) -> None:
    for step in kaplan_meier(found).steps:
        if step.low is not None and step.high is not None:
            assert step.low - 1e-9 <= step.survival <= step.high + 1e-9


@given(subjects)
def test_median_is_the_first_time_at_one_half(found: list[Subject]) -> None:
    below = [t for t, s in product_limit(found).items() if s <= 0.5 + 1e-12]
    assert kaplan_meier(found).median == (min(below) if below else None)


def test_log_log_bounds() -> None:
    """exp(-exp(log(-log S) +- z se / log S)) with Greenwood's variance, by hand."""
    found = [Subject(float(t), t <= 4) for t in range(1, 11)]
    step = kaplan_meier(found).steps[-1]
    greenwood = sum(1 / ((10 - i) * (9 - i)) for i in range(4))
    theta = 1.959964 * math.sqrt(greenwood) / math.log(step.survival)
    assert step.survival == pytest.approx(0.6)
    assert step.low == pytest.approx(step.survival ** math.exp(-theta), abs=1e-5)
    assert step.high == pytest.approx(step.survival ** math.exp(theta), abs=1e-5)


def test_none_all_and_one() -> None:
    assert kaplan_meier([]).n == 0
    assert kaplan_meier([Subject(5, False)]).median is None
    assert kaplan_meier([Subject(5, True)]).median == 5
    assert kaplan_meier([Subject(5, True)] * 3).steps[-1].survival == 0


def test_reverse_swaps_events() -> None:
    assert reverse([Subject(5, True), Subject(6, False)]) == [
        Subject(5, False),
        Subject(6, True),
    ]


@pytest.mark.parametrize("time", [-1.0, math.nan])
def test_time_cannot_be_negative(time: float) -> None:
    with pytest.raises(ValueError, match="negative"):
        kaplan_meier([Subject(time, True)])


def test_months() -> None:
    assert MONTH == 30.4375
    assert months(730) == pytest.approx(23.98, abs=0.005)
