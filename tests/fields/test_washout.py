"""The stated drug-free interval before interleukin-2."""

# ruff: noqa: E501 - each case is one line, as a letter has it

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
