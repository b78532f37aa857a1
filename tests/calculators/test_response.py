"""Field guide C3: best overall response and sums of diameters."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.calculators.criteria import Criteria
from extract.calculators.response import (
    ORDER,
    BestResponse,
    Scan,
    best,
    best_overall_response,
    counted,
    target_response,
)


def series(text: str) -> list[Scan]:
    return [
        Scan(int(day), category)
        for category, day in (part.split(" d") for part in text.split(", "))
    ]


@pytest.mark.parametrize(
    ("scans", "unconfirmed", "confirmed"),
    [
        ("PR d30, SD d65, PR d100", "PR", "PR"),
        ("CR d40, NE d70, CR d100", "CR", "CR"),
        ("CR d40", "CR", "NE"),
        ("CR d50", "CR", "SD"),
        ("SD d30", "NE", "NE"),
        ("SD d42", "SD", "SD"),
        ("PR d60, PD d90", "PR", "SD"),
        ("PD d40, CR d200", "PD", "PD"),
        ("PR d60, PR d80", "PR", "SD"),
        ("PR d60, PR d88", "PR", "PR"),
        ("PR d60, CR d88", "CR", "PR"),
        ("PR d60, NE d80, NE d100, PR d120", "PR", "SD"),
        ("NE d60", "NE", "NE"),
        ("PD d60", "PD", "PD"),
    ],
)
def test_worked_examples(scans: str, unconfirmed: str, confirmed: str) -> None:
    found = best_overall_response(series(scans))
    assert (found.unconfirmed, found.confirmed) == (unconfirmed, confirmed)


def test_letter_five_is_a_confirmed_complete_response() -> None:
    first = date(2010, 7, 5)
    days = {date(2010, 9, 7): "PR", date(2010, 11, 16): "CR", date(2011, 3, 1): "CR"}
    found = best_overall_response([Scan((day - first).days, said) for day, said in days.items()])
    assert found == BestResponse("CR", "CR")
    assert (date(2011, 3, 1) - date(2010, 11, 16)).days == 105


def test_one_stable_disease_between_is_configurable() -> None:
    scans = series("PR d30, SD d65, PR d100")
    strict = Criteria(confirm_over=0)
    assert best_overall_response(scans, strict).confirmed == "SD"


def test_partial_after_complete_is_looked_at_again() -> None:
    found = best_overall_response(series("CR d60, PR d100"))
    assert found.look_again
    assert found.confirmed == "SD"


def test_after_another_therapy_nothing_counts() -> None:
    found = best_overall_response(series("SD d60, CR d200"), new_therapy_day=100)
    assert found.unconfirmed == "SD"


def test_no_scan_no_response() -> None:
    assert best_overall_response([]) == BestResponse("", "")


def test_best_ranks_a_mixed_response_below_progression() -> None:
    assert best(["MR", "NE"]) == "MR"
    assert best(["MR", "PD"]) == "PD"
    assert best(["SD", "PR", "CR"]) == "CR"
    assert best(["XX"]) == ""


scans = st.lists(st.builds(Scan, st.integers(1, 900), st.sampled_from(ORDER)), max_size=8)


@given(scans)
def test_confirmation_never_improves_a_response(found: list[Scan]) -> None:
    result = best_overall_response(found)
    if result.unconfirmed:
        assert ORDER.index(result.confirmed) >= ORDER.index(result.unconfirmed)


@given(scans, st.randoms())
def test_order_of_scans_does_not_matter(found: list[Scan], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert best_overall_response(shuffled) == best_overall_response(found)


@given(scans)
def test_nothing_counts_after_progression(found: list[Scan]) -> None:
    kept = counted(found)
    assert all(scan.category != "PD" for scan in kept[:-1])


@pytest.mark.parametrize(
    ("baseline", "nadir", "current", "from_nadir", "category"),
    [
        (84, 41, 49, 19.5, "PR"),  # +8 mm but not 20 %: not PD
        (84, 41, 50, 22.0, "PD"),
        (84, 20, 24, 20.0, "PR"),  # 20 % but only 4 mm: not PD
        (84, 41, 41, 0.0, "PR"),
        (84, 84, 70, -16.7, "SD"),
        (84, 41, 0, -100.0, "CR"),
        (84, 0, 6, float("inf"), "PD"),
    ],
)
def test_sums_of_diameters(
    baseline: float, nadir: float, current: float, from_nadir: float, category: str
) -> None:
    found = target_response(baseline, nadir, current)
    assert found.from_nadir == pytest.approx(from_nadir, abs=0.05)
    assert found.category == category


def test_change_from_baseline() -> None:
    assert target_response(84, 41, 41).from_baseline == pytest.approx(-51.2, abs=0.05)
    with pytest.raises(ValueError, match="positive"):
        target_response(0, 0, 5)
