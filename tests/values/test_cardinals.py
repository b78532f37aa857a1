"""Whole numbers in digits and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values import scan_numbers
from extract.values.cardinals import fold, word_value


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("eleven of the planned 14", [11, 14]),
        ("11/14 doses", [11, 14]),
        ("twelve and nine", [12, 9]),
        ("twenty-two of a possible twenty eight", [22, 28]),
        ("one hundred and five units, a hundred", [105, 100]),
        ("PS of nought, ECOG zero", [0, 0]),
        ("1,500 ml and 600,000 units", [1500, 600000]),
        ("1.5 mg, 50mg, T2, 4th, v1.2.3", []),
        ("forty-", [40]),
        ("often weighty tone someone", []),
        ("nine hundred and ninety-nine", [999]),
        ("seven-week", [7]),
        ("Eleven", [11]),
        ("2010", [2010]),
    ],
)
def test_numbers(text, numbers):
    assert [value for _, _, value in scan_numbers(text)] == numbers


def test_offsets():
    assert [
        "gave Twenty-two and 11".__getitem__(slice(start, end))
        for start, end, _ in scan_numbers("gave Twenty-two and 11")
    ] == ["Twenty-two", "11"]


@pytest.mark.parametrize("words", ["second", "", "twelveth", "point five"])
def test_what_is_no_number(words):
    assert word_value(words) in {None, 0}


ONES = "zero one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(number: int, hyphen: str) -> str:
    if number >= 100:
        rest = f" and {spelled(number % 100, hyphen)}" if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    if number >= 20:
        rest = f"{hyphen}{ONES[number % 10]}" if number % 10 else ""
        return TENS[number // 10 - 2] + rest
    return TEENS[number - 10] if number >= 10 else ONES[number]


@given(st.integers(0, 999), st.sampled_from("- "))
def test_every_number_in_words(number, hyphen):
    text = f"had {spelled(number, hyphen)} of"
    assert [value for _, _, value in scan_numbers(text)] == [number]


@given(st.text())
def test_fold_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


def test_fold_of_a_letter_that_lower_makes_two_of():
    assert fold("İSTANBUL 12") == "İstanbul 12"
