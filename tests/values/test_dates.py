"""EdtfDate: its interval, its EDTF form, and how two of them compare."""

from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values import EdtfDate, Precision
from extract.values.dates import APPROXIMATE_MARGIN, shift_days, shift_months

YEARS = st.integers(1900, 2100)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
BOOLS = st.booleans()


@st.composite
def edtf_dates(draw):
    approximate, margin = draw(BOOLS), draw(st.integers(0, 400))
    options = {"approximate": approximate, "margin_days": margin}
    match draw(st.sampled_from(Precision)):
        case Precision.DAY:
            return EdtfDate.of(draw(DAYS), **options)
        case Precision.MONTH:
            return EdtfDate.month(draw(YEARS), draw(st.integers(1, 12)), **options)
        case Precision.SEASON:
            return EdtfDate.season(draw(YEARS), draw(st.integers(21, 24)), **options)
        case _:
            return EdtfDate.year(draw(YEARS), **options)


@pytest.mark.parametrize(
    ("made", "text", "earliest", "latest"),
    [
        (EdtfDate.day(2010, 3, 4), "2010-03-04", date(2010, 3, 4), date(2010, 3, 4)),
        (EdtfDate.month(2010, 2), "2010-02", date(2010, 2, 1), date(2010, 2, 28)),
        (EdtfDate.month(2008, 2), "2008-02", date(2008, 2, 1), date(2008, 2, 29)),
        (EdtfDate.season(2010, 21), "2010-21", date(2010, 3, 1), date(2010, 5, 31)),
        (EdtfDate.season(2010, 22), "2010-22", date(2010, 6, 1), date(2010, 8, 31)),
        (EdtfDate.season(2010, 23), "2010-23", date(2010, 9, 1), date(2010, 11, 30)),
        (EdtfDate.season(2010, 24), "2010-24", date(2010, 12, 1), date(2011, 2, 28)),
        (EdtfDate.year(2010), "2010", date(2010, 1, 1), date(2010, 12, 31)),
        (
            EdtfDate.day(2010, 3, 4, approximate=True, margin_days=3),
            "2010-03-04~",
            date(2010, 3, 1),
            date(2010, 3, 7),
        ),
        (
            EdtfDate.month(2010, 3, margin_days=10),
            "2010-03",
            date(2010, 2, 19),
            date(2010, 4, 10),
        ),
    ],
)
def test_forms(made, text, earliest, latest):
    assert str(made) == text
    assert (made.earliest, made.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2010-03-04~", date(2010, 2, 25), date(2010, 3, 11)),
        ("2010-03~", date(2010, 2, 14), date(2010, 4, 15)),
        ("2010~", date(2009, 7, 5), date(2011, 6, 29)),
        ("2010-21~", date(2010, 1, 15), date(2010, 7, 15)),
        ("0044", date(44, 1, 1), date(44, 12, 31)),
    ],
)
def test_parse_widens_what_is_approximate(text, earliest, latest):
    parsed = EdtfDate.parse(text)
    assert (parsed.earliest, parsed.latest) == (earliest, latest)
    assert parsed.approximate == text.endswith("~")


@pytest.mark.parametrize(
    "text",
    ["", "2010-13", "2010-00", "2010-20", "2010-25", "2010-02-30", "2010-21-01", "10-03-04",
     "2010-3-4", "2010-03-04?", "2010-03-04%", "201X", "2010/2011", "2010-03-04 ", " 2010",
     "2010-03-04T10:00", "0000", "٢٠١٠", "2010-03-04~~", "2010-06-31"],
)  # fmt: skip
def test_parse_refuses(text):
    with pytest.raises(ValueError):
        EdtfDate.parse(text)


@pytest.mark.parametrize(
    "make",
    [
        lambda: EdtfDate.day(2010, 4, 31),
        lambda: EdtfDate.day(2010, 2, 29),
        lambda: EdtfDate.month(2010, 13),
        lambda: EdtfDate.season(2010, 20),
        lambda: EdtfDate.year(0),
        lambda: EdtfDate(date(2010, 1, 2), date(2010, 1, 1), Precision.DAY, date(2010, 1, 1)),
    ],
)
def test_impossible_dates_are_refused(make):
    with pytest.raises(ValueError):
        make()


def test_margins_stop_at_the_ends_of_the_calendar():
    assert EdtfDate.year(1, margin_days=10).earliest == date.min
    assert EdtfDate.year(9999, margin_days=10).latest == date.max
    assert shift_days(date(2010, 1, 1), -(10**9)) == date.min
    assert shift_months(date(2010, 1, 1), -(10**6)) == date.min
    assert shift_months(date(2010, 1, 1), 10**6) == date.max
    assert shift_months(date(2010, 3, 31), -1) == date(2010, 2, 28)
    assert shift_months(date(2010, 1, 31), 13) == date(2011, 2, 28)


def test_washout_examples_of_the_field_guide():
    last = EdtfDate.day(2010, 3, 12)
    assert EdtfDate.day(2010, 5, 7).days_after(last) == (56, 56)
    assert EdtfDate.day(2010, 5, 6).days_after(last) == (55, 55)
    march = EdtfDate.month(2010, 3)
    assert EdtfDate.day(2010, 4, 25).days_after(march) == (25, 55)
    assert EdtfDate.day(2010, 4, 26).days_after(march) == (26, 56)
    assert EdtfDate.day(2010, 5, 26).days_after(march) == (56, 86)


def test_refines():
    parse = EdtfDate.parse
    assert parse("2010-03-12").refines(parse("2010-03"))
    assert parse("2010-03").refines(parse("2010-21"))
    assert parse("2010-21").refines(parse("2010"))
    assert parse("2010-03-12").refines(parse("2010-03-10~"))
    assert not parse("2010-03").refines(parse("2010-03-12"))
    assert not parse("2010-03-12").refines(parse("2010-04"))
    assert not parse("2010-03-12").refines(parse("2010-03-12"))
    end = parse("2010-03").within(earliest=date(2010, 3, 25))
    assert end.refines(parse("2010-03"))
    assert not parse("2010-03-12").refines(end)
    assert not parse("2010-03-12").compatible(end)
    assert parse("2010-03-26").compatible(end)


def test_within_leaves_a_date_alone_that_it_does_not_touch():
    march = EdtfDate.month(2010, 3)
    assert march.within(earliest=date(2011, 1, 1)) == march
    assert march.within() == march


@given(edtf_dates())
def test_text_round_trip(made):
    parsed = EdtfDate.parse(str(made))
    assert str(parsed) == str(made)
    assert parsed.precision is made.precision
    assert parsed.start == made.start
    assert parsed.approximate == made.approximate


@given(edtf_dates())
def test_what_is_written_lies_within_the_bounds(made):
    assert made.earliest <= made.start <= made.latest


@given(edtf_dates(), edtf_dates())
def test_days_after_is_antisymmetric_and_agrees_with_compatible(a, b):
    low, high = a.days_after(b)
    assert low <= high
    assert b.days_after(a) == (-high, -low)
    assert a.compatible(b) == (low <= 0 <= high) == b.compatible(a)
    if a.refines(b):
        assert a.compatible(b)
        assert not b.refines(a)


@given(edtf_dates())
def test_bounds_agree_with_the_edtf_library(made):
    exact = EdtfDate.parse(str(made).rstrip("~"))
    theirs = edtf.parse_edtf(str(exact))
    lower, upper = theirs.lower_strict(), theirs.upper_strict()
    assert exact.earliest == date(*lower[:3])
    # Their winter ends with its year, ours with its February.
    if not str(exact).endswith("-24"):
        assert exact.latest == date(*upper[:3])
    if made.approximate and made.precision is not Precision.SEASON:  # they know no 2010-21~
        assert edtf.parse_edtf(str(made)).is_approximate
        margin = APPROXIMATE_MARGIN[made.precision]
        parsed = EdtfDate.parse(str(made))
        assert (exact.earliest - parsed.earliest).days == margin
        assert (parsed.latest - exact.latest).days == margin
