"""Lengths of time."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values import Unit, scan_durations

# text with the length in [brackets], its value in days and in months
FORMS = [
    ("off for [8 weeks]", "56", "2"),
    ("off [6/52]", "42", "1"),
    ("for [3/12]", "90", "3"),
    ("for [3/7] only", "3", "0"),
    ("[18/12]", "540", "18"),
    ("[ten weeks] on", "70", "2"),
    ("[nine and a half weeks]", "66", "2"),
    ("[at least eight weeks]", ">=56", ">=2"),
    ("[>= 8 weeks]", ">=56", ">=2"),
    ("[more than 2 months]", ">60", ">2"),
    ("[over three months]", ">90", ">3"),
    ("[4-6 weeks]", "28-42", "1"),
    ("[four to six weeks]", "28-42", "1"),
    ("[2-3/52]", "14-21", "0-1"),
    ("[a fortnight]", "14", "0"),
    ("[fortnight]", "14", "0"),
    ("[a couple of months]", "~30-90", "~1-3"),
    ("[a few weeks]", "~14-42", "~0-1"),
    ("[10 wks]", "70", "2"),
    ("[63 days]", "63", "2"),
    ("[over a year]", ">365", ">12"),
    ("[two years] out", "730", "24"),
    ("at [24 months]", "720", "24"),
    ("an [eleven-week] gap", "77", "3"),
    ("a [20-year] history", "7300", "240"),
    ("[about 6 weeks]", "~42", "~1"),
    ("[nearly a month]", "~30", "~1"),
    ("[less than a month]", "<30", "<1"),
    ("[up to six weeks]", "<=42", "<=1"),
    ("[8 weeks or more]", ">=56", ">=2"),
    ("[8+ weeks]", ">=56", ">=2"),
    ("[6 weeks or so]", "~42", "~1"),
    ("[a year and a half]", "548", "18"),
    ("[1 year and 6 months]", "540", "18"),
    ("[2 weeks and 3 days]", "17", "1"),
    ("[half a year]", "182", "6"),
    ("[68 months]", "2040", "68"),
    ("[7 days] off", "7", "0"),
    ("the last [six weeks]", "42", "1"),
    ("[six weeks] ago", "42", "1"),
    ("recheck [6/52] + inc", "42", "1"),
    ("under the [two week] rule", "14", "0"),
    ("[=\\< 7 days] prior", "<=7", "<=0"),
    ("[no later than 6 months]", "<=180", "<=6"),
]


@pytest.mark.parametrize(("marked", "days", "months"), FORMS)
def test_form(marked, days, months):
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = scan_durations(text)
    assert [text[raw.start : raw.end] for raw in found] == [text[start:end]]
    assert str(found[0].days()) == days
    assert str(found[0].months()) == months


@pytest.mark.parametrize(
    "text",
    ["a 68-year-old man", "aged 45 years old", "a 53 year-old woman", "58 years of age",
     "6-weekly", "3 monthly", "6/12 nodes positive", "3/12 of cores", "on 3/12", "power 6/7",
     "12/12/10", "5/12/2010", "BP 134/80", "PS 0/1", "4/2", "weeks", "daily", "a dayroom",
     "July", "VA 6/12", "88/52", "BP 88/52", "07/12", "12/11-02/12",
     "wc 12/7", "Mon 7/12", "3/12ly", "five mornings a week",
     "twice a day", "50 micrograms a day", "at age 48 years", "Age >= 18 years",
     "11/14 doses", "monthly", "Monday"],
)  # fmt: skip
def test_no_duration(text):
    assert scan_durations(text) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("four weeks on and two off, then 6 weeks", ["four weeks", "6 weeks"]),
        ("4 weeks and 6 weeks", ["4 weeks", "6 weeks"]),
        ("survival of 23 months, 15 months after", ["23 months", "15 months"]),
    ],
)
def test_several(text, parts):
    assert [text[raw.start : raw.end] for raw in scan_durations(text)] == parts


def test_fields():
    (raw,) = scan_durations("over a year")
    assert (raw.low, raw.high, raw.low_open, raw.unit) == (1, math.inf, True, Unit.YEARS)
    (raw,) = scan_durations("under 2 weeks")
    assert (raw.low, raw.high, raw.high_open, raw.unit) == (-math.inf, 2, True, Unit.WEEKS)
    (raw,) = scan_durations("about four to six weeks")
    assert (raw.low, raw.high, raw.approximate) == (4, 6, True)


PIECES = st.lists(
    st.sampled_from(
        ["6", "/52", "/12", "/7", " ", "weeks", "months", "over", "a", "couple of", "few", "-",
         "two", "and a half", "years", "old", "fortnight", "or more", "+", "İ", "\n",
         "half", "days", "to"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(PIECES | st.text(max_size=60))
def test_never_overlaps_and_always_converts(text):
    end = 0
    for raw in scan_durations(text):
        assert end <= raw.start < raw.end <= len(text)
        end = raw.end
        str(raw.days())
        str(raw.months())
