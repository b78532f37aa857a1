"""Years and months that the text has given before: read as a reader follows them."""

from __future__ import annotations

import pytest

from extract.fields import letterdate
from extract.fields.view import View
from extract.language.pipeline import Reader

LETTER = "Clinic date: 13 August 2012\n\nDear Dr Ash\n\n{}\n"


def told(reader: Reader, text: str) -> list[str]:
    view = View(reader.read(LETTER.format(text)), reader.lexicon)
    anchor, order, _ = letterdate.find(view)
    view = view.dated(anchor, order)
    ends = {raw.start: raw for pair in view.ranges for raw in pair}
    return [str(view.resolve(ends.get(raw.start, raw))) for raw in view.dates[1:]]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("It recurred in February 2008 and he began on 7th April of that year.", "2008-02 2008-04-07"),
        ("Nephrectomy in 2006 and in May that year interferon.", "2006 2006-05"),
        ("Nephrectomy 3 May 2011, then FOLFOX, 20 June to 28 November of the same year.",
         "2011-05-03 2011-06-20 2011-11-28"),
        ("Two weeks in August 2010, then two that November (the 8th and the 22nd).",
         "2010-08 2010-11 2010-11-08 2010-11-22"),
        ("Begun in October 2008 and stopped the following March.", "2008-10 2009-03"),
        ("IFN 2008, June-Oct, three times a week.", "2008 2008-06 2008-10"),
        ("He started in 2010 (April) and stopped in 2011 (August).", "2010 2010-04 2011 2011-08"),
        ("In 2009 it was begun in March and given up in November.", "2009 2009-03 2009-11"),
        ("The CT of 9th November 2009 showed growth; the last capsule was on the 16th.",
         "2009-11-09 2009-11-16"),
        ("Given on 30 August 2010; he went home on the 4th.", "2010-08-30 2010-09-04"),
        ("Both drugs until mid January 2009. The CT in January showed growth.", "2009-01 2009-01"),
        ("- sorafenib 4/10 -> 7/10. Rash.", "2010-04 2010-07"),
        ("- temsirolimus weekly 9/10 -> 12/11.", "2010-09 2011-12"),
        ("sunitinib 1/09 -> 3/10.", "2009-01 2010-03"),
        ("The scan of June 2011 was worse; it stopped at the end of that month.",
         "2011-06 2011-06"),
        ("Begun on 3 May 2011 and stopped later the same month.", "2011-05-03 2011-05"),
        ("Seen on 3 May 2011 and admitted that very day.", "2011-05-03 2011-05-03"),
        ("Begun in June 2010; the other drug the following month.", "2010-06 2010-07"),
        ("Stopped on 31 May 2011 and begun again the next day.", "2011-05-31 2011-06-01"),
        ("He relapsed in 2008 and died the following year.", "2008 2009"),
        ("Given on 2 August 2010. He came back on the 16th; it began the same evening.",
         "2010-08-02 2010-08-16 2010-08-16"),
    ],
)  # fmt: skip
def test_told_before(reader: Reader, text: str, dates: str) -> None:
    assert told(reader, text) == dates.split()


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        # Nothing points back: the latest that does not lie after the letter.
        ("Nephrectomy in 2006. A CT in June was clear.", "2006 2012-06"),
        ("Begun on 26 September 2011; the CT of 15 October showed growth.",
         "2011-09-26 2011-10-15"),
        ("The scan of May 2009 was better; that of 2nd August this year better still.",
         "2009-05 2012-08-02"),
        ("Diagnosed in 2009 and on sunitinib since March.", "2009 2012-03"),
        ("He was in ITU from 01/04 - 03/04.", "2012-04-01 2012-04-03"),
        ("Interleukin-2 given 02/07 - 06/07.", "2012-07-02 2012-07-06"),
        # No day can be told from a month, nor anything before the first date.
        ("Begun in June 2010 and stopped the same day.", "2010-06 None"),
        ("It stopped that month.", "None"),
        ("Seen on 3 May 2012 and referred to the same day unit.", "2012-05-03"),
        ("Seen on 3 May 2011.\n\nBloods were taken on the 1st.", "2011-05-03 2012-08-01"),
    ],
)  # fmt: skip
def test_not_told_before(reader: Reader, text: str, dates: str) -> None:
    assert told(reader, text) == dates.split()


def test_a_letter_without_a_date_still_follows_its_own(reader: Reader) -> None:
    view = View(
        reader.read("Dear Dr Ash\n\nBegun on 5 May 2010, stopped on the 28th.\n"), reader.lexicon
    )
    assert [str(view.resolve(raw)) for raw in view.dates] == ["2010-05-05", "2010-05-28"]
