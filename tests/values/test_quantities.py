"""Quantity: what it allows, what it says of a threshold, and how it is written."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values import Bound, Quantity, holds

NUMBERS = st.integers(0, 10**6).map(lambda n: n / 100)


@st.composite
def quantities(draw):
    bound = draw(st.sampled_from(Bound))
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    return Quantity.bounded(bound, low, high)


WRITTEN = [
    ("90", 90, 90, False, False, False),
    ("80-90", 80, 90, False, False, False),
    (">80", 80, math.inf, True, False, False),
    (">=80", 80, math.inf, False, False, False),
    ("<5", -math.inf, 5, False, True, False),
    ("<=90", -math.inf, 90, False, False, False),
    ("~90", 90, 90, False, False, True),
    ("~80-90", 80, 90, False, False, True),
    ("12.5", 12.5, 12.5, False, False, False),
]


@pytest.mark.parametrize(("text", "low", "high", "low_open", "high_open", "approximate"), WRITTEN)
def test_written_forms(text, low, high, low_open, high_open, approximate):
    parsed = Quantity.parse(text)
    assert parsed == Quantity(low, high, low_open, high_open, approximate)
    assert str(parsed) == text


@pytest.mark.parametrize(
    ("loose", "plain"), [("≥ 80", ">=80"), ("80–90", "80-90"), ("≤5", "<=5"), (" > 80 ", ">80")]
)
def test_loose_forms(loose, plain):
    assert str(Quantity.parse(loose)) == plain


@pytest.mark.parametrize("text", ["", "80%", "abc", ">", "90-80", "~>80", "80-", "-5", "8O", "1e3"])
def test_parse_refuses(text):
    with pytest.raises(ValueError):
        Quantity.parse(text)


@pytest.mark.parametrize(
    "arguments",
    [
        (2, 1),
        (math.nan, 1),
        (-math.inf, math.inf),
        (1, math.inf, False, False, True),
        (1, 2, True),
        (1, 2, False, True),
    ],
)
def test_what_the_contract_cannot_write_is_refused(arguments):
    with pytest.raises(ValueError):
        Quantity(*arguments)


# The decisions of field guide A2 on "more than 80".
DECISIONS = [
    (">80", True), ("80", False), ("80-90", None), ("81-90", True), ("75-85", None), (">70", None),
    ("90", True), ("~90", True), ("~85", None), ("~80", None), ("~60", False), (">=80", None),
    ("<=90", None), ("<5", False), ("<=80", False), ("<80", False), (">90", True), ("100", True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "above"), DECISIONS)
def test_above_eighty(text, above):
    assert Quantity.parse(text).above(80) is above


@pytest.mark.parametrize(
    ("text", "enough"),
    [("56", True), (">=56", True), (">56", True), ("55", False), ("<56", False), ("<=56", None),
     ("50-60", None), ("~60", None), ("~70", True), ("~50", False), (">50", None)],
)  # fmt: skip
def test_at_least_fifty_six(text, enough):
    assert Quantity.parse(text).at_least(56) is enough


def test_kleene():
    assert holds(every=True, none=False) is True
    assert holds(every=False, none=True) is False
    assert holds(every=False, none=False) is None


def test_scaling():
    assert str(Quantity.parse(">8").scaled(7)) == ">56"
    assert str(Quantity.parse("1.4-2.6").rounded()) == "1-3"
    assert str(Quantity.parse("<2.4").rounded()) == "<2"


@given(quantities())
def test_text_round_trip(quantity):
    assert Quantity.parse(str(quantity)) == quantity


@given(quantities(), NUMBERS)
def test_relations_are_consistent(quantity, threshold):
    assert not (quantity.all_above(threshold) and quantity.none_above(threshold))
    assert not (quantity.all_at_least(threshold) and quantity.none_at_least(threshold))
    if quantity.all_above(threshold):
        assert quantity.all_at_least(threshold)
    if quantity.none_at_least(threshold):
        assert quantity.none_above(threshold)


@given(quantities(), NUMBERS, NUMBERS)
def test_relations_hold_for_every_number_allowed(quantity, threshold, number):
    allowed = (quantity.low < number or (quantity.low == number and not quantity.low_open)) and (
        number < quantity.high or (quantity.high == number and not quantity.high_open)
    )
    if allowed and quantity.all_above(threshold):
        assert number > threshold
    if allowed and quantity.none_above(threshold):
        assert number <= threshold
