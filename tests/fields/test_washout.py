"""The stated drug-free interval before interleukin-2."""

from __future__ import annotations

import pytest

from extract.fields import il2, washout
from extract.fields.view import View
from extract.language.pipeline import Reader
from extract.values.dates import EdtfDate

#: The drug-free interval.
WASHOUT: list[tuple[str, str, str, str]] = [
    ("2010-06-07", "dmy", "He will have been off sunitinib for ten weeks by the time he starts interleukin-2.", "w:sunitinib=70"),
    ("2010-06-07", "dmy", "IL-2 to start 14/06/10, >8 weeks off TKI.", "w=>56"),
    ("2010-06-07", "dmy", "IL-2 14/6/10 (washout 9/52).", "w=63"),
    ("2010-06-07", "dmy", "Interleukin-2 needs at least 8 weeks off TKI.", ""),
    ("2010-06-07", "dmy", "He has been off sunitinib for six weeks. We will think about IL-2 next month.", ""),
    ("2010-06-07", "dmy", "Pazopanib stopped 12 March. Admit 14 June for HD IL-2, a washout of 13 weeks.", "w:pazopanib=91"),
    ("2010-06-07", "dmy", "By the time of her first dose of IL-2 she will be at least nine weeks clear of everolimus.", "w:everolimus=>=63"),
    ("2010-07-11", "dmy", """DISCHARGE SUMMARY
Elective admission for high dose IL-2 cycle 1.
Sunitinib-free interval 65 days.""", "w:sunitinib=65"),
    ("2010-06-07", "dmy", "There will have been a gap of eleven weeks between her last axitinib and interleukin-2.", "w:axitinib=77"),
    ("2010-06-07", "dmy", "TKI-free interval before IL-2: 10 weeks", "w=70"),
    ("2010-06-07", "dmy", "IL-2 starts 14 June, 8 weeks and 3 days after his last sunitinib.", "w:sunitinib=59"),
    ("2010-06-07", "dmy", "Two months will have elapsed between sunitinib and interleukin-2.", "w:sunitinib=60"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, off sunitinib for nine weeks when he starts.", "w:sunitinib=63"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, nine weeks clear of sunitinib.", "w:sunitinib=63"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, nine weeks after his last sunitinib.", "w:sunitinib=63"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, nine weeks from his last dose of sunitinib.", "w:sunitinib=63"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, 63 days after the last sunitinib capsule.", "w:sunitinib=63"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, with a nine week washout from sunitinib.", "w:sunitinib=63"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, with a washout of at least eight weeks from pazopanib.", "w:pazopanib=>=56"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, more than eight weeks after stopping pazopanib.", "w:pazopanib=>56"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, having been off pazopanib for two months.", "w:pazopanib=60"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, by then 10/52 off sunitinib.", "w:sunitinib=70"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, and by that date will have had ten weeks off all tablets.", "w=70"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, (10 weeks since last axitinib).", "w:axitinib=70"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, after an interval of ten weeks from everolimus.", "w:everolimus=70"),
    ("2010-06-07", "dmy", "We shall admit him on 14 June 2010 for high dose interleukin-2, ten weeks having elapsed since the last everolimus.", "w:everolimus=70"),
    ("2010-06-07", "dmy", "At present he is six weeks off sunitinib.", ""),
    ("2010-06-07", "dmy", "He must be eight weeks off sunitinib before interleukin-2.", ""),
    ("2010-06-07", "dmy", "IL-2: he is now 12 weeks post interleukin-2 and off all treatment.", ""),
    ("2010-12-07", "dmy", "He is six months out from interleukin-2 and has been off treatment for six months.", ""),
    ("2010-06-07", "dmy", "Washout: 9 weeks (sunitinib). HD IL-2 admission 14/06/2010.", "w:sunitinib=63"),
    ("2010-06-07", "dmy", """HD IL-2 checklist
TKI washout (days): 63
Last TKI: sunitinib""", "w:sunitinib=63"),
    ("2010-06-07", "dmy", "HD IL-2 planned 14/06/10. Time since last TKI dose = 9 weeks.", "w=63"),
    ("2010-06-14", "dmy", "Referral: ?HD IL-2. Last sunitinib 12/4/10. She will be nine weeks out by the time a bed is free.", "w:sunitinib=63"),
    ("2010-06-14", "dmy", "IL-2 day 1 will be 9 weeks and 1 day from last axitinib.", "w:axitinib=64"),
    ("2010-06-02", "dmy", "Your bed is booked for Monday 14 June for the first week of interleukin-2 and 28 June for the second. You will have been off sunitinib for ten weeks.", "w:sunitinib=70"),
    ("2010-05-04", "dmy", """SMDT 04/05/10
Pt B: sunitinib stopped 29/3/10. HD IL-2 planned 7/6 (10/52 off TKI). PS 0.""", "w:sunitinib=70"),
    ("2010-05-04", "dmy", "Plan: IL-2 7 June, 70 days after last sunitinib dose.", "w:sunitinib=70"),
    ("2010-05-04", "dmy", "Will be 9+ weeks off sunitinib at start of IL-2.", "w:sunitinib=>=63"),
    ("2010-05-04", "dmy", "Min 8/52 washout from TKI required by protocol; IL-2 date TBC.", ""),
    ("2010-05-04", "dmy", "Wash out: 8 weeks completed. For IL-2.", "w=56"),
    ("2010-12-01", "dmy", "She has been off sunitinib for six months since IL-2.", ""),
    ("2010-12-01", "dmy", "His last sunitinib was on 4 October and he will start IL-2 on 13 December, which is ten weeks.", "w:sunitinib=70"),
    ("2010-12-01", "dmy", "He has had 10 weeks without any tablets and is now ready for IL-2 on Monday.", "w=70"),
    ("2010-12-01", "dmy", "Sunitinib last taken 4/10/10. IL-2 13/12/10. Washout 70 days.", "w:sunitinib=70"),
    ("2010-12-01", "dmy", "Washout: met (sunitinib stopped 4/10/10).", ""),
    ("2010-12-01", "dmy", "Sunitinib stopped > 8 weeks before interleukin-2.", "w:sunitinib=>56"),
    ("2010-12-01", "dmy", "TKI stopped at least 8 weeks prior to IL-2: yes", "w=>=56"),
    ("2010-12-01", "dmy", "IL-2 may only start once he has been off pazopanib for 8 weeks.", ""),
    ("2010-12-01", "dmy", "His pazopanib finished eleven weeks to the day before the first dose of interleukin-2.", "w:pazopanib=77"),
    ("2010-12-01", "dmy", "First dose of IL-2 6 Dec, 11/52 after pazopanib.", "w:pazopanib=77"),
    # A rule in the same sentence, a gap of the sentence before, and counted days
    ("2012-06-13", "dmy", "Admit for HD IL-2 when a bed is free. That gives 9 weeks sunitinib-free (our rule is 8).", "w:sunitinib=63"),
    ("2012-06-13", "dmy", "It was agreed that he should have interleukin-2 from 19 July, by which time he will have been clear of everolimus for eight weeks and three days.", "w:everolimus=59"),
    ("2012-06-13", "dmy", "We insist on at least eight weeks off after sunitinib. In her case it will be eight weeks and four days, as the bed for interleukin-2 is for 14 August.", "w:sunitinib=60"),
    ("2012-06-13", "dmy", "Sunitinib stopped 1 June; IL-2 starts 6 August: 66 days' washout (we require 56).", "w:sunitinib=66"),
    ("2012-06-13", "dmy", "Everolimus last 21/05/12, i.e. 59/7 clear before week 1 of IL-2.", "w:everolimus=59"),
    ("2012-06-13", "dmy", "From last dose of sunitinib to first dose of IL-2: 8 weeks 4 days.", "w:sunitinib=60"),
    ("2012-06-13", "dmy", "He had ten clear weeks off sunitinib before IL-2.", "w:sunitinib=70"),
    ("2012-06-13", "dmy", "IL-2 begins on 3 August, two months and a week after his last sunitinib.", "w:sunitinib=67"),
    ("2012-06-13", "dmy", "Last axitinib 10 June. IL-2 is to begin: that day is day 71.", "w:axitinib=71"),
    ("2012-06-13", "dmy", "Interval sunitinib to IL-2: 59 days", "w:sunitinib=59"),
    ("2012-06-13", "dmy", "The unit wants eight weeks off sunitinib before IL-2.", ""),
    ("2012-06-13", "dmy", "Interleukin-2 needs a gap of 56 days after TKIs.", ""),
    ("2012-06-13", "dmy", "IL-2 will be given only if he has been off sunitinib for eight weeks.", ""),
    ("2012-06-13", "dmy", "Before IL-2 everybody must have had eight weeks (his sunitinib ended in May).", ""),
    ("2012-06-13", "dmy", "IL-2 cycle 1. Fever on day 12 and platelets low. Last sunitinib in May.", ""),
]  # fmt: skip

_SHORT = {
    "il2_cycle_start": "s", "il2_doses": "d", "inotropes": "ino", "icu": "icu", "washout": "w",
}  # fmt: skip


def _facts(reader: Reader, date: str, order: str, text: str) -> set[str]:
    """The facts in the tables' shorthand: s1 a start, d2 doses, d a total, w:drug a washout."""
    anchor = EdtfDate.parse(date) if date else None
    view = View(reader.read(text), reader.lexicon).dated(anchor, order)
    found = set()
    for draft in (*il2.find(view), *washout.find(view)):
        assert text[draft.start : draft.end]
        name = _SHORT[draft.field.value]
        item = draft.item if name in "sd" else f":{draft.item}" if draft.item else ""
        found.add(f"{name}{item}={draft.value.rstrip('~')}")
    return found


@pytest.mark.parametrize(("date", "order", "text", "expected"), [*WASHOUT])
def test_facts(reader: Reader, date: str, order: str, text: str, expected: str) -> None:
    assert _facts(reader, date, order, text) == {e.rstrip("~") for e in expected.split()}
