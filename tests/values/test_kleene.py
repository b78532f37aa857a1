"""Three-valued logic: Kleene's tables and the rules that follow from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values.kleene import Truth, agree, all_of, and_, any_of, for_every, not_, or_

MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN
truths = st.sampled_from(Truth)


@pytest.mark.parametrize(
    ("a", "b", "both"),
    [
        (MET, MET, MET),
        (MET, UNKNOWN, UNKNOWN),
        (MET, NOT_MET, NOT_MET),
        (UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, NOT_MET, NOT_MET),
        (NOT_MET, NOT_MET, NOT_MET),
    ],
)
def test_kleenes_table(a: Truth, b: Truth, both: Truth) -> None:
    assert and_(a, b) is and_(b, a) is both


def test_values_are_those_of_the_eligibility_table() -> None:
    assert [str(truth) for truth in Truth] == ["met", "not_met", "unknown"]


def test_of_bool() -> None:
    assert (Truth.of(True), Truth.of(False), Truth.of(None)) == (MET, NOT_MET, UNKNOWN)


def test_empty_conjunction_is_met_and_empty_disjunction_is_not() -> None:
    assert all_of([]) is MET
    assert any_of([]) is NOT_MET
    assert agree([]) is UNKNOWN


@given(st.lists(truths))
def test_all_of_is_not_met_by_one_and_unknown_by_doubt(parts: list[Truth]) -> None:
    verdict = all_of(parts)
    if NOT_MET in parts:
        assert verdict is NOT_MET
    elif UNKNOWN in parts:
        assert verdict is UNKNOWN
    else:
        assert verdict is MET


@given(truths, truths, truths)
def test_associative_and_absorbing(a: Truth, b: Truth, c: Truth) -> None:
    assert and_(a, and_(b, c)) is and_(and_(a, b), c)
    assert and_(a, or_(a, b)) is a


@given(truths, truths)
def test_de_morgan(a: Truth, b: Truth) -> None:
    assert not_(and_(a, b)) is or_(not_(a), not_(b))
    assert not_(not_(a)) is a


@given(st.lists(truths), truths, st.data())
def test_settling_a_doubt_never_turns_a_verdict_round(
    parts: list[Truth], settled: Truth, data: st.DataObject
) -> None:
    """Monotone: replacing an unknown can settle the whole, never reverse it."""
    before = all_of(parts)
    doubts = [i for i, part in enumerate(parts) if part is UNKNOWN]
    if not doubts:
        return
    parts[data.draw(st.sampled_from(doubts))] = settled
    assert before is UNKNOWN or all_of(parts) is before


@given(st.lists(st.integers(0, 5), min_size=1))
def test_for_every_is_met_for_all_and_not_met_for_none(values: list[int]) -> None:
    verdict = for_every(values, lambda value: value <= 1)
    low = [value <= 1 for value in values]
    assert verdict is (MET if all(low) else UNKNOWN if any(low) else NOT_MET)
