"""Field guide C2: proportions with exact and Wilson intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.calculators.intervals import (
    SmallSample,
    clopper_pearson,
    proportion,
    upper_bound,
    wilson,
)


@pytest.mark.parametrize(
    ("k", "n", "percent", "exact", "score"),
    [
        (9, 13, 69.2, (38.6, 90.9), (42.4, 87.3)),
        (6, 13, 46.2, (19.2, 74.9), (23.2, 70.9)),
        (9, 16, 56.2, (29.9, 80.2), (33.2, 76.9)),
        (6, 16, 37.5, (15.2, 64.6), (18.5, 61.4)),
        (0, 16, 0.0, (0.0, 20.6), (0.0, 19.4)),
        (0, 6, 0.0, (0.0, 45.9), (0.0, 39.0)),
        (28, 57, 49.1, (35.6, 62.7), (36.6, 61.7)),
        (14, 57, 24.6, (14.1, 37.8), (15.2, 37.1)),
        (5, 7, 71.4, (29.0, 96.3), None),
        (4, 6, 66.7, (22.3, 95.7), None),
        (4, 4, 100.0, (39.8, 100.0), None),
        (5, 9, 55.6, (21.2, 86.3), None),
    ],
)
def test_table(
    k: int,
    n: int,
    percent: float,
    exact: tuple[float, float],
    score: tuple[float, float] | None,
) -> None:
    found = proportion(k, n)
    assert found.rate is not None
    assert found.exact is not None
    assert found.wilson is not None
    assert 100 * found.rate == pytest.approx(percent, abs=0.06)
    assert [100 * end for end in found.exact] == pytest.approx(exact, abs=0.051)
    if score is not None:
        assert [100 * end for end in found.wilson] == pytest.approx(score, abs=0.051)


def test_one_sided_upper_bound() -> None:
    assert 100 * upper_bound(0, 16) == pytest.approx(17.1, abs=0.05)


def test_small_samples_warn_and_nothing_is_no_rate() -> None:
    assert proportion(4, 4).warning == SmallSample(n=4)
    assert proportion(4, 5).warning is None
    none = proportion(0, 0)
    assert (none.rate, none.exact, none.wilson) == (None, None, None)
    assert none.warning == SmallSample(n=0)


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3), (0, -1)])
def test_no_such_proportion(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        proportion(k, n)
    with pytest.raises(ValueError, match="no proportion"):
        clopper_pearson(1, 0)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_intervals_hold_the_rate_and_mirror(pair: tuple[int, int]) -> None:
    k, n = pair
    for method in (clopper_pearson, wilson):
        low, high = method(k, n)
        assert 0 <= low <= k / n <= high <= 1
        mirror = method(n - k, n)
        assert mirror.low == pytest.approx(1 - high, abs=1e-9)
        assert mirror.high == pytest.approx(1 - low, abs=1e-9)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_exact_is_the_beta_quantile(pair: tuple[int, int]) -> None:
    from scipy.stats import beta

    k, n = pair
    low, high = clopper_pearson(k, n)
    assert low == pytest.approx(0.0 if k == 0 else beta.ppf(0.025, k, n - k + 1), abs=1e-9)
    assert high == pytest.approx(1.0 if k == n else beta.ppf(0.975, k + 1, n - k), abs=1e-9)
