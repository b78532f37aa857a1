"""Every form of date the letters hold: what is found, and what it means on 14 June 2010."""

import pytest

from extract.values import DateContext, EdtfDate, Kind, scan_dates

LETTER = DateContext(EdtfDate.parse("2010-06-14"))  # a Monday

# text with the date in [brackets], its kind, and its value in a letter of LETTER's date
FORMS = [
    # --- three numbers
    ("stopped [12.03.10]", Kind.NUMERIC, "2010-03-12"),
    ("stopped [12/3/10].", Kind.NUMERIC, "2010-03-12"),
    ("last dose [27/10/09]", Kind.FULL, "2009-10-27"),
    ("(CT [9-10-2009])", Kind.NUMERIC, "2009-10-09"),
    ("CT [12 / 03 / 10]", Kind.NUMERIC, "2010-03-12"),
    ("seen [03/15/10]", Kind.FULL, "2010-03-15"),
    ("CT [2010-03-03] shows", Kind.FULL, "2010-03-03"),
    ("on [2010/3/3]", Kind.FULL, "2010-03-03"),
    ("printed [20100303]", Kind.FULL, "2010-03-03"),
    ("taken [2010-Mar-03]", Kind.FULL, "2010-03-03"),
    ("16.20 on [01/02/2010].", Kind.NUMERIC, "2010-02-01"),
    ("date [31/04/10]", Kind.FULL, None),
    # --- scanning slips
    ("clinic [l2/O3/1O]", Kind.NUMERIC, "2010-03-12"),
    ("clinic [1O.O3.2O1O] seen", Kind.NUMERIC, "2010-03-10"),
    ("on [l2 March 2010]", Kind.FULL, "2010-03-12"),
    ("on [12 March 2O10]", Kind.FULL, "2010-03-12"),
    ("resected [2OO9]", Kind.YEAR, "2009"),
    # --- day and month in words
    ("stopped [03-MAR-10]", Kind.FULL, "2010-03-03"),
    ("stopped [3rd Mar]", Kind.DAY_MONTH, "2010-03-03"),
    ("stopped on [3rd of March]", Kind.DAY_MONTH, "2010-03-03"),
    ("stopped on the [12th March]", Kind.DAY_MONTH, "2010-03-12"),
    ("took it on [3 November]", Kind.DAY_MONTH, "2009-11-03"),
    ("on [14 June]", Kind.DAY_MONTH, "2010-06-14"),
    ("on [15 June]", Kind.DAY_MONTH, "2009-06-15"),
    ("on [29 February] he", Kind.DAY_MONTH, "2008-02-29"),
    ("on [3 March 2010] he", Kind.FULL, "2010-03-03"),
    ("on [3rd March, 2010]", Kind.FULL, "2010-03-03"),
    ("on [3 March '10]", Kind.FULL, "2010-03-03"),
    ("on [3 Mar 09] and", Kind.FULL, "2009-03-03"),
    ("on [3Mar2010]", Kind.FULL, "2010-03-03"),
    ("on [3/Mar/2010]", Kind.FULL, "2010-03-03"),
    ("on [3.Mar.2010]", Kind.FULL, "2010-03-03"),
    ("given on [12\nMarch 2010]", Kind.FULL, "2010-03-12"),
    ("on [March 3, 2010] (US)", Kind.FULL, "2010-03-03"),
    ("on [March 3rd]", Kind.DAY_MONTH, "2010-03-03"),
    ("on [March 3rd, 2010]", Kind.FULL, "2010-03-03"),
    ("on [March the third] 50 mg", Kind.DAY_MONTH, "2010-03-03"),
    ("CT [Mar-03-2010] clear", Kind.FULL, "2010-03-03"),
    ("CT [March 3] clear", Kind.DAY_MONTH, "2010-03-03"),
    ("on [the 3rd of May last year]", Kind.DAY_MONTH, "2009-05-03"),
    ("took the last on [the ninth of March]", Kind.DAY_MONTH, "2010-03-09"),
    ("on the [twelfth of March two thousand and ten]", Kind.FULL, "2010-03-12"),
    ("on the [twenty-first of June nineteen ninety-eight]", Kind.FULL, "1998-06-21"),
    ("on the [first of May twenty ten]", Kind.FULL, "2010-05-01"),
    ("stopped [3 March] 10 doses", Kind.DAY_MONTH, "2010-03-03"),
    ("on [3 March] 50 mg", Kind.DAY_MONTH, "2010-03-03"),
    ("[Wednesday 3 March]", Kind.DAY_MONTH, "2010-03-03"),
    ("seen [Tues. 4 May 2010]", Kind.FULL, "2010-05-04"),
    ("reviewed on [Sat 3/4/10]", Kind.NUMERIC, "2010-04-03"),
    ("he died on [Sunday the 6th], at home", Kind.DAY_ONLY, "2010-06-06"),
    ("on [Friday the 16th]", Kind.DAY_ONLY, "2010-04-16"),
    ("starting [next Monday 17 August]", Kind.DAY_MONTH, "2009-08-17"),
    ("[Wednesday, the twenty-first of April]", Kind.DAY_MONTH, "2010-04-21"),
    ("On [ll May] he", Kind.DAY_MONTH, "2010-05-11"),
    ("on the [l6th]. He", Kind.DAY_ONLY, "2010-05-16"),
    ("since [Apri1 2009]", Kind.MONTH_YEAR, "2009-04"),
    ("in [Novernber 2009]", Kind.MONTH_YEAR, "2009-11"),
    ("pazopanib from [1l/09]", Kind.NUMERIC_MY, "2009-11"),
    ("Su from [4/08], PR", Kind.NUMERIC_MY, "2008-04"),
    ("PD in [wk of 20/05/10]", Kind.FULL, "2010-05-20"),
    ("booked for [Monday 21 June]", Kind.DAY_MONTH, "2010-06-21"),  # the weekday decides
    ("[w/c 1st March]", Kind.DAY_MONTH, "2010-03-01"),
    ("[week commencing 1 March 2010]", Kind.FULL, "2010-03-01"),
    ("[wc 01/03/10] bed", Kind.NUMERIC, "2010-03-01"),
    # --- day alone
    ("on the [12th]", Kind.DAY_ONLY, "2010-06-12"),
    ("on the [9th] he was", Kind.DAY_ONLY, "2010-06-09"),
    ("on the [20th], when", Kind.DAY_ONLY, "2010-05-20"),
    ("until the [31st].", Kind.DAY_ONLY, "2010-05-31"),
    ("on the evening of the [19th]. Doses", Kind.DAY_ONLY, "2010-05-19"),
    ("in your letter of the [8th], as", Kind.DAY_ONLY, "2010-06-08"),
    ("stopped on the [thirteenth].", Kind.DAY_ONLY, "2010-06-13"),
    ("on the [12th of last month]", Kind.DAY_ONLY, "2010-05-12"),
    # --- two numbers
    ("last dose [27/10]", Kind.DAY_MONTH, "2009-10-27"),
    ("C6 ended [31/5]", Kind.DAY_MONTH, "2010-05-31"),
    ("washout since [1/5]", Kind.NUMERIC_MY, "2010-05-01"),
    ("relapsed [09/08] in the lung", Kind.NUMERIC_MY, "2008-09"),
    ("on [09/08] he", Kind.NUMERIC_MY, "2009-08-09"),
    ("relapsed [03/11]", Kind.NUMERIC_MY, "2009-11-03"),  # March 2011 is yet to come
    ("in [03/09] he", Kind.NUMERIC_MY, "2009-03"),
    ("stopped on [3/7] because", Kind.NUMERIC_MY, "2009-07-03"),
    ("diagnosed [11/98]", Kind.NUMERIC_MY, "1998-11"),
    ("[03/07] left nephrectomy", Kind.NUMERIC_MY, "2007-03"),
    ("First infusion is [9/4]. Do", Kind.NUMERIC_MY, "2010-04-09"),
    ("U&E [31/12] normal", Kind.DAY_MONTH, "2009-12-31"),
    ("Bloods [5/12]: Hb 131", Kind.NUMERIC_MY, "2009-12-05"),
    ("dose 7 ([10/9], 18:00)", Kind.NUMERIC_MY, "2009-09-10"),
    ("(Dr Lindqvist [15/9])", Kind.DAY_MONTH, "2009-09-15"),
    ("\n [27/6]  D1", Kind.DAY_MONTH, "2009-06-27"),
    # --- month and year
    ("resected [March 2010]", Kind.MONTH_YEAR, "2010-03"),
    ("resected in [Mar. 2010]", Kind.MONTH_YEAR, "2010-03"),
    ("[Sept 09] onwards", Kind.MONTH_YEAR, "2009-09"),
    ("[Sep '09] onwards", Kind.MONTH_YEAR, "2009-09"),
    ("[Sep ’09] onwards", Kind.MONTH_YEAR, "2009-09"),
    ("[MAR-10]", Kind.MONTH_YEAR, "2010-03"),
    ("in [03/2010]", Kind.MONTH_YEAR, "2010-03"),
    ("in [03.2010]", Kind.MONTH_YEAR, "2010-03"),
    ("in [2010-03] he", Kind.MONTH_YEAR, "2010-03"),
    ("since [may 2009]", Kind.MONTH_YEAR, "2009-05"),
    ("in [March, 2010]", Kind.MONTH_YEAR, "2010-03"),
    ("the CT of [March 09]", Kind.MONTH_YEAR, "2009-03"),
    ("[March two thousand and nine]", Kind.MONTH_YEAR, "2009-03"),
    ("[the end of March 2010]", Kind.MONTH_YEAR, "2010-03"),
    ("at [end-March 2010]", Kind.MONTH_YEAR, "2010-03"),
    ("[early March 2010]", Kind.MONTH_YEAR, "2010-03"),
    ("[mid-March 2010]", Kind.MONTH_YEAR, "2010-03"),
    ("[mid to late March 2010]", Kind.MONTH_YEAR, "2010-03"),
    ("[the first week of March 2010]", Kind.MONTH_YEAR, "2010-03"),
    # --- month alone
    ("in [March]", Kind.MONTH_ONLY, "2010-03"),
    ("in [June] he", Kind.MONTH_ONLY, "2010-06"),
    ("since [July]", Kind.MONTH_ONLY, "2009-07"),
    ("stopped [early April]", Kind.MONTH_ONLY, "2010-04"),
    ("stopped at [the end of June]", Kind.MONTH_ONLY, "2009-06"),  # the 25th is yet to come
    ("since [last March]", Kind.MONTH_ONLY, "2010-03"),
    ("since [last June]", Kind.MONTH_ONLY, "2009-06"),
    ("in [March last year]", Kind.MONTH_ONLY, "2009-03"),
    ("in [September of last year]", Kind.MONTH_ONLY, "2009-09"),
    ("the scan in [May] showed", Kind.MONTH_ONLY, "2010-05"),
    ("his holiday in [May]", Kind.MONTH_ONLY, "2010-05"),
    ("pazopanib from [May]", Kind.MONTH_ONLY, "2010-05"),
    ("since [may] he", Kind.MONTH_ONLY, "2010-05"),
    ("relapse [Oct], now", Kind.MONTH_ONLY, "2009-10"),
    ("[Nov] CT bigger", Kind.MONTH_ONLY, "2009-11"),
    ("On that [May] scan", Kind.MONTH_ONLY, "2010-05"),
    ("for Ms Marchbrook. In [January] there", Kind.MONTH_ONLY, "2010-01"),
    ("[January] scan stable", Kind.MONTH_ONLY, "2010-01"),
    ("[last month]", Kind.MONTH_ONLY, "2010-05"),
    ("[next month]", Kind.MONTH_ONLY, "2010-07"),
    # --- seasons and years
    ("in the [spring of 2010]", Kind.SEASON, "2010-21"),
    ("[summer 2009]", Kind.SEASON, "2009-22"),
    ("[autumn '09]", Kind.SEASON, "2009-23"),
    ("the [winter of 2009/10]", Kind.SEASON, "2009-24"),
    ("[last autumn]", Kind.SEASON, "2009-23"),
    ("in the [spring]", Kind.SEASON, "2010-21"),
    ("over the [summer]", Kind.SEASON, "2010-22"),
    ("[early summer 2009]", Kind.SEASON, "2009-22"),
    ("[summer last year]", Kind.SEASON, "2009-22"),
    ("[fall 2009]", Kind.SEASON, "2009-23"),
    ("in [2009]", Kind.YEAR, "2009"),
    ("Nephrectomy [2009]", Kind.YEAR, "2009"),
    ("[2009]: nephrectomy", Kind.YEAR, "2009"),
    ("resected ([2009])", Kind.YEAR, "2009"),
    ("[early 2010]", Kind.YEAR, "2010"),
    ("[mid-2010]", Kind.YEAR, "2010"),
    ("[the end of 2009]", Kind.YEAR, "2009"),
    ("[last year]", Kind.YEAR, "2009"),
    ("earlier [this year]", Kind.YEAR, "2010"),
    # --- weekdays
    ("on [Thursday]", Kind.WEEKDAY, "2010-06-10~"),
    ("[last Thursday]", Kind.WEEKDAY, "2010-06-10~"),
    ("[next Monday]", Kind.WEEKDAY, "2010-06-21~"),
    ("on [Monday] he", Kind.WEEKDAY, "2010-06-07~"),
    ("[this Friday]", Kind.WEEKDAY, "2010-06-18~"),
    ("[Friday last].", Kind.WEEKDAY, "2010-06-11~"),
    ("on [Thurs] he", Kind.WEEKDAY, "2010-06-10~"),
    # --- offsets
    ("[six weeks ago]", Kind.OFFSET, "2010-05-03~"),
    ("[6 weeks ago]", Kind.OFFSET, "2010-05-03~"),
    ("[6/52 ago]", Kind.OFFSET, "2010-05-03~"),
    ("[2/12 ago]", Kind.OFFSET, "2010-04-14~"),
    ("[3/7 ago]", Kind.OFFSET, "2010-06-11~"),
    ("[a fortnight ago]", Kind.OFFSET, "2010-05-31~"),
    ("[two months ago]", Kind.OFFSET, "2010-04-14~"),
    ("[about two months ago]", Kind.OFFSET, "2010-04-14~"),
    ("[two months earlier]", Kind.OFFSET, "2010-04-14~"),
    ("[some three months previously]", Kind.OFFSET, "2010-03-14~"),
    ("[over six weeks ago]", Kind.OFFSET, "2010-05-03~"),
    ("[two to three weeks ago]", Kind.OFFSET, "2010-05-27~"),
    ("[a few weeks ago]", Kind.OFFSET, "2010-05-17~"),
    ("[two years ago]", Kind.OFFSET, "2008~"),
    ("[a year ago]", Kind.OFFSET, "2009~"),
    ("[18 months ago]", Kind.OFFSET, "2008-12-14~"),
    ("[a year and a half ago]", Kind.OFFSET, "2008-12-14~"),
    ("[yesterday]", Kind.OFFSET, "2010-06-13~"),
    ("[the day before yesterday]", Kind.OFFSET, "2010-06-12~"),
    ("[last week]", Kind.OFFSET, "2010-06-07~"),
    ("[next week]", Kind.OFFSET, "2010-06-21~"),
    ("[tomorrow]", Kind.OFFSET, "2010-06-15~"),
    ("[in six weeks' time]", Kind.OFFSET, "2010-07-26~"),
    ("review [in 6/52]", Kind.OFFSET, "2010-07-26~"),
    ("I will see him again [in three months]", Kind.OFFSET, "2010-09-14~"),
    # --- feasts and today
    ("since [Christmas]", Kind.FEAST, "2009-12-25~"),
    ("since [Xmas]", Kind.FEAST, "2009-12-25~"),
    ("before [Easter]", Kind.FEAST, "2010-04-04~"),
    ("on [Good Friday]", Kind.FEAST, "2010-04-02~"),
    ("since [New Year]", Kind.FEAST, "2010-01-01~"),
    ("[Christmas 2008]", Kind.FEAST, "2008-12-25~"),
    ("on [Boxing Day]", Kind.FEAST, "2009-12-26~"),
    ("[today]", Kind.TODAY, "2010-06-14"),
    ("seen [this morning]", Kind.TODAY, "2010-06-14"),
    ("[tonight]", Kind.TODAY, "2010-06-14"),
]


@pytest.mark.parametrize(("marked", "kind", "value"), FORMS, ids=[form[0] for form in FORMS])
def test_form(marked, kind, value):
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "", 1).replace("]", "", 1)
    found = scan_dates(text)
    # "the" may or may not be taken for part of the date.
    assert [text[raw.start : raw.end].removeprefix("the ") for raw in found] == [
        text[start:end].removeprefix("the ")
    ]
    assert found[0].kind is kind
    resolved = found[0].resolve(LETTER)
    assert (None if resolved is None else str(resolved)) == value


def test_slips_are_marked_and_true_digits_are_not():
    slipped, clean = scan_dates("seen l2/O3/1O and 12/04/10")
    assert slipped.ocr
    assert not clean.ocr


def test_several_dates_in_one_sentence():
    text = "stopped 12 March, CT 20 March, seen 1 April 2010, due Monday 21 June"
    assert [text[raw.start : raw.end] for raw in scan_dates(text)] == [
        "12 March",
        "20 March",
        "1 April 2010",
        "Monday 21 June",
    ]


def test_lists_of_dates_lend_each_other_weight():
    text = "doses on 3/5, 10/5 and 17/5; scans January, April and July"
    assert [text[raw.start : raw.end] for raw in scan_dates(text)] == [
        "3/5",
        "10/5",
        "17/5",
        "January",
        "April",
        "July",
    ]


def test_two_days_of_one_month():
    text = "on the 3rd and 10th March 2010"
    first, second = scan_dates(text)
    assert [str(raw.resolve(LETTER)) for raw in (first, second)] == ["2010-03-03", "2010-03-10"]
    assert text[first.start : first.end] == "3rd"
