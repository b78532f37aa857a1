"""From what is written to what is meant: years, order, bounds, plans, ranges."""

from datetime import date

import pytest

from extract.values import FAR_PAST, DateContext, EdtfDate, Kind, scan_dates


def context(anchor="2010-06-14", order="dmy"):
    return DateContext(None if anchor is None else EdtfDate.parse(anchor), order)


def meant(text, anchor="2010-06-14", order="dmy", future=False, prefer=None):
    (raw,) = scan_dates(text)
    return raw.resolve(context(anchor, order), future, prefer)


def written(*arguments, **options):
    found = meant(*arguments, **options)
    return None if found is None else str(found)


# ---------------------------------------------------------------- day-month order


@pytest.mark.parametrize(
    ("text", "dmy", "mdy"),
    [
        ("03/04/2010", "2010-04-03", "2010-03-04"),
        ("03/04/10", "2010-04-03", "2010-03-04"),
        ("13/04/2010", "2010-04-13", "2010-04-13"),
        ("04/13/2010", "2010-04-13", "2010-04-13"),
        ("04/04/2010", "2010-04-04", "2010-04-04"),
        ("on 3/4", "2010-04-03", "2010-03-04"),
        ("seen 3/27", None, "2010-03-27"),
        ("March 3, 2010", "2010-03-03", "2010-03-03"),
    ],
)
def test_order(text, dmy, mdy):
    assert written(text, order="dmy") == dmy
    assert written(text, order="mdy") == mdy


def test_month_then_two_digits():
    # A year from a British hand, a day from an American one, and a day where the year is ahead.
    assert written("since March 09") == "2009-03"
    assert written("since March 10") == "2010-03"
    assert written("since March 10", order="mdy") == "2010-03-10"
    assert written("since March 12") == "2010-03-12"
    assert written("since March 09", order="mdy") == "2009-03"  # nobody writes a day so


# -------------------------------------------------------------------------- years


@pytest.mark.parametrize(
    ("text", "anchor", "value"),
    [
        ("14.6.51", "2010-06-14", "1951-06-14"),
        ("14.6.09", "2010-06-14", "2009-06-14"),
        ("14.6.10", "2010-06-14", "2010-06-14"),
        ("14.1.11", "2010-06-14", "2011-01-14"),  # a booking
        ("14.1.13", "2010-06-14", "1913-01-14"),
        ("14.1.98", "1998-06-14", "1998-01-14"),
        ("14.1.05", None, "2005-01-14"),
        ("14.1.51", None, "1951-01-14"),
        ("Sept 98", "2010-06-14", "1998-09"),
    ],
)
def test_two_digit_years(text, anchor, value):
    assert written(text, anchor=anchor) == value


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("3 March", "2010-03-03", "2011-03-03"),
        ("14 June", "2010-06-14", "2010-06-14"),
        ("1 September", "2009-09-01", "2010-09-01"),
        ("29 February", "2008-02-29", "2012-02-29"),
        ("in June", "2010-06", "2010-06"),
        ("in July", "2009-07", "2010-07"),
        ("in the autumn", "2009-23", "2010-23"),
        ("at Christmas", "2009-12-25~", "2010-12-25~"),
        ("after Easter", "2010-04-04~", "2011-04-24~"),
        ("on Thursday", "2010-06-10~", "2010-06-17~"),
        ("on Monday", "2010-06-07~", "2010-06-21~"),
        ("on the 12th", "2010-06-12", "2010-07-12"),
        ("on the 31st", "2010-05-31", "2010-07-31"),
        ("on 1/9", "2009-09-01", "2010-09-01"),
        ("last March", "2010-03", "2010-03"),
        ("last Thursday", "2010-06-10~", "2010-06-10~"),
        ("next Thursday", "2010-06-17~", "2010-06-17~"),
        ("six weeks ago", "2010-05-03~", "2010-05-03~"),
        ("in six weeks' time", "2010-07-26~", "2010-07-26~"),
        ("3 March 2012", "2012-03-03", "2012-03-03"),
    ],
)
def test_past_and_plan(text, past, future):
    assert written(text) == past
    assert written(text, future=True) == future


@pytest.mark.parametrize(
    "text",
    ["3 March", "in March", "last autumn", "last year", "since Christmas", "on Thursday",
     "six weeks ago", "today", "on the 12th", "last month", "on 3/4", "3 March last year"],
)  # fmt: skip
def test_no_letter_date_no_relative_date(text):
    assert meant(text, anchor=None) is None


@pytest.mark.parametrize(
    ("text", "anchor", "value"),
    [
        ("last autumn", "2013-05-01", "2012-23"),
        ("last autumn", "2013-10-01", "2012-23"),
        ("last autumn", "2013-12-01", "2013-23"),
        ("last winter", "2013-05-01", "2012-24"),
        ("last March", "2010-03-20", "2009-03"),
        ("last March", "2010-04-02", "2010-03"),
        ("this March", "2010-06-14", "2010-03"),
        ("next March", "2010-06-14", "2011-03"),
        ("since Christmas", "2010-12-24", "2009-12-25~"),
        ("since Christmas", "2010-12-28", "2010-12-25~"),
        ("last Christmas", "2010-12-28", "2010-12-25~"),
        ("six weeks ago", "2010-05", "2010-04~"),
        ("six weeks ago", "2010", None),
        ("two years ago", "2010", "2008~"),
        ("on Thursday", "2010-06", None),
        ("one month ago", "2010-03-31", "2010-02-28~"),
        ("today", "2010-06", "2010-06"),
        ("last month", "2010-01-05", "2009-12"),
        ("last year", "2010", "2009"),
    ],
)
def test_other_letters(text, anchor, value):
    assert written(text, anchor=anchor) == value


@pytest.mark.parametrize("text", ["31/04/10", "31.9.2010", "31 April 2010", "29 February 2009"])
def test_impossible_dates_have_no_value(text):
    assert meant(text) is None


def test_a_weekday_decides_the_year_of_a_plan():
    assert written("Monday 21 June") == "2010-06-21"  # of 2009 it was a Sunday
    assert written("Thursday 10 June") == "2010-06-10"
    assert written("Monday 3 March") == "2010-03-03"  # no near year has it


# ------------------------------------------------------------------------- bounds


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("March 2010", "2010-03-01", "2010-03-31"),
        ("early March 2010", "2010-03-01", "2010-03-10"),
        ("mid-March 2010", "2010-03-11", "2010-03-20"),
        ("late March 2010", "2010-03-21", "2010-03-31"),
        ("the end of March 2010", "2010-03-25", "2010-03-31"),
        ("the end of February 2010", "2010-02-25", "2010-02-28"),
        ("the beginning of March 2010", "2010-03-01", "2010-03-07"),
        ("start of March 2010", "2010-03-01", "2010-03-07"),
        ("mid to late March 2010", "2010-03-11", "2010-03-31"),
        ("early to mid March 2010", "2010-03-01", "2010-03-20"),
        ("the first week of March 2010", "2010-03-01", "2010-03-07"),
        ("the second week in March 2010", "2010-03-08", "2010-03-14"),
        ("the last week of March 2010", "2010-03-22", "2010-03-31"),
        ("the first half of March 2010", "2010-03-01", "2010-03-15"),
        ("latter part of March 2010", "2010-03-16", "2010-03-31"),
        ("early 2010", "2010-01-01", "2010-04-30"),
        ("mid-2009", "2009-05-01", "2009-08-31"),
        ("late 2009", "2009-09-01", "2009-12-31"),
        ("the end of 2009", "2009-11-01", "2009-12-31"),
        ("the beginning of 2009", "2009-01-01", "2009-02-28"),
        ("the second half of 2009", "2009-07-01", "2009-12-31"),
        ("early summer 2009", "2009-06-01", "2009-06-30"),
        ("late summer 2009", "2009-08-01", "2009-08-31"),
        ("w/c 1st March", "2010-03-01", "2010-03-07"),
        ("week commencing 01/03/10", "2010-03-01", "2010-03-07"),
        ("in June", "2010-06-01", "2010-06-14"),  # not after the letter
        ("six weeks ago", "2010-04-30", "2010-05-06"),
        ("about six weeks ago", "2010-04-27", "2010-05-09"),
        ("two months ago", "2010-03-30", "2010-04-29"),
        ("about two months ago", "2010-03-15", "2010-05-14"),
        ("ten days ago", "2010-06-03", "2010-06-05"),
        ("yesterday", "2010-06-13", "2010-06-13"),
        ("two years ago", "2007-11-02", "2009-03-01"),
        ("two to three weeks ago", "2010-05-21", "2010-06-03"),
        ("a couple of weeks ago", "2010-05-18", "2010-06-13"),
        ("over six weeks ago", str(FAR_PAST), "2010-05-03"),
        ("more than two months ago", str(FAR_PAST), "2010-04-14"),
        ("over two years ago", str(FAR_PAST), "2008-06-14"),
        ("less than six weeks ago", "2010-05-03", "2010-06-14"),
        ("since Christmas", "2009-12-24", "2010-01-01"),
        ("since Easter", "2010-03-31", "2010-04-08"),
        ("last Thursday", "2010-06-10", "2010-06-10"),
        ("last week", "2010-06-01", "2010-06-13"),
    ],
)
def test_bounds(text, earliest, latest):
    found = meant(text)
    assert (str(found.earliest), str(found.latest)) == (earliest, latest)


def test_last_thursday_of_a_friday_may_be_either():
    found = meant("last Thursday", anchor="2010-06-11")
    assert (found.earliest, found.latest) == (date(2010, 6, 3), date(2010, 6, 10))
    assert str(found) == "2010-06-10~"


def test_a_typed_date_widens_what_is_worked_out_from_it():
    anchor = EdtfDate.day(2010, 6, 14, margin_days=7)
    (raw,) = scan_dates("six weeks ago")
    found = raw.resolve(DateContext(anchor))
    assert found is not None
    assert str(found) == "2010-05-03~"
    assert (found.earliest, found.latest) == (date(2010, 4, 23), date(2010, 5, 13))


# ----------------------------------------------------------------------- readings


def test_numbers_in_doubt_give_every_reading():
    (raw,) = scan_dates("03/04/2010")
    assert raw.ambiguous
    assert [str(one) for one in raw.readings(context())] == ["2010-04-03", "2010-03-04"]
    (raw,) = scan_dates("relapsed 09/08")
    assert raw.ambiguous
    assert [str(one) for one in raw.readings(context())] == ["2008-09", "2009-08-09"]
    assert str(raw.as_day_month(context())) == "2009-08-09"
    assert str(raw.as_month_year(context())) == "2008-09"
    (raw,) = scan_dates("since March 09")
    assert not raw.ambiguous
    (raw,) = scan_dates("13/04/2010")
    assert not raw.ambiguous
    assert [str(one) for one in raw.readings(context())] == ["2010-04-13"]


def test_prefer():
    assert written("relapsed 9/10", prefer="my") == "2010-09"
    assert written("relapsed 9/10", prefer="dm") == "2009-10-09"
    assert written("relapsed 31/5", prefer="my") == "2010-05-31"


def test_forward_words_say_so():
    forward = {"next Monday", "in six weeks' time", "tomorrow", "next month"}
    for text in forward | {"last Monday", "six weeks ago", "today", "3 March"}:
        (raw,) = scan_dates(text)
        assert raw.forward == (text in forward)


def test_a_narrative_offset_is_marked():
    (told,) = scan_dates("two months earlier")
    (plain,) = scan_dates("two months ago")
    assert told.offset is not None
    assert plain.offset is not None
    assert told.offset.narrative
    assert not plain.offset.narrative


def test_a_day_beside_its_month():
    text = "back to Sutent in October 2009 (on the 4th), as"
    assert [str(raw.resolve(context())) for raw in scan_dates(text)] == ["2009-10", "2009-10-04"]
    text = "May 2010, when new nodules appeared, progression on the 17th of that month."
    _, day = scan_dates(text)
    assert day.kind is Kind.DAY_ONLY
    assert str(day.resolve(context())) == "2010-05-17"
