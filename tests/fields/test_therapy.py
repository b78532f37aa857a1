"""Drugs, their dates and lines, why they ended, and how the disease responded.

Each letter is written first, with what it means beside it, as ``field item value``.
"""

from __future__ import annotations

import pytest

from extract.fields import letterdate, therapy
from extract.fields.view import View
from extract.language.pipeline import Reader

#: Text and what is told of it, every fact of a drug; "" for nothing.
LETTERS: list[tuple[str, str]] = [
    # What is only talked of is no therapy.
    ("If it relapses we would use axitinib.", ""),
    ("Her brother had sunitinib for kidney cancer.", ""),
    ("I have discussed pazopanib and given her a leaflet.", ""),
    ("He has never had interferon.", ""),
    # A first name with a capital, a drug in small letters.
    ("His wife Bev came with him.", ""),
    (
        "He had bev with FOLFIRI.",
        "therapy bevacizumab given; therapy fluorouracil given; therapy irinotecan given",
    ),
    # A start, an end and why.
    (
        "He started sunitinib in May 2008. It was stopped on 3 June 2009 because of progression.",
        "therapy sunitinib given; therapy_start sunitinib 2008-05; "
        "therapy_end sunitinib 2009-06-03; therapy_end_reason sunitinib progression; "
        "response sunitinib PD",
    ),
    (
        "She came off her sunitinib last month.",
        "therapy sunitinib given; therapy_end sunitinib 2009-12",
    ),
    (
        "Sutent from June 07, then progressed April 08 & I stopped it.",
        "therapy sunitinib given; therapy_start sunitinib 2007-06; therapy_end sunitinib 2008-04; "
        "therapy_end_reason sunitinib progression; response sunitinib PD; "
        "response_date sunitinib PD=2008-04",
    ),
    # Months of a year written in figures.
    (
        "Sun 09/08-06/09, PR.",
        "therapy sunitinib given; therapy_start sunitinib 2008-09; therapy_end sunitinib 2009-06; "
        "response sunitinib PR",
    ),
    (
        "Sorafenib 6/06 -> 9/3/09 (last tabs).",
        "therapy sorafenib given; therapy_start sorafenib 2006-06; therapy_end sorafenib 2009-03-09",
    ),
    (
        "Everolimus 10 mg, from 04.09.",
        "therapy everolimus current; therapy_start everolimus 2009-04",
    ),
    # Plans.
    (
        "We shall start axitinib on 1 February 2010.",
        "therapy axitinib planned; therapy_start axitinib 2010-02-01",
    ),
    (
        "He will have high-dose interleukin-2. I have reserved a bed for Monday 8 February for the"
        " first of two cycles, nine weeks off sunitinib by then.",
        "therapy aldesleukin planned; therapy_start aldesleukin 2010-02-08; therapy sunitinib given",
    ),
    # Lists of lines, under a heading of treatment or none.
    (
        "BACKGROUND\n1. Pazopanib - progressed.\n2. Everolimus - progressed.",
        "therapy pazopanib given; therapy everolimus given; therapy_line pazopanib 1; "
        "therapy_line everolimus 2; therapy_end_reason pazopanib progression; "
        "response pazopanib PD; response everolimus PD",
    ),
    (
        "Second line axitinib began in March 2009 and continues.",
        "therapy axitinib current; therapy_line axitinib 2; therapy_start axitinib 2009-03",
    ),
]


def told(reader: Reader, text: str) -> set[str]:
    view = View(reader.read(f"4 January 2010\n\nDear Dr Stone\n\n{text}\n"), reader.lexicon)
    anchor, order, _ = letterdate.find(view)
    return {f"{d.field.value} {d.item} {d.value}" for d in therapy.find(view.dated(anchor, order))}


@pytest.mark.parametrize(("text", "want"), LETTERS)
def test_what_is_told_of_drugs(reader: Reader, text: str, want: str) -> None:
    assert told(reader, text) == {fact.strip() for fact in want.split(";") if fact.strip()}


def test_a_numbered_list_of_medicines_and_tests_gives_no_lines(reader: Reader) -> None:
    facts = told(reader, "PLAN\n1. Sunitinib to continue.\n2. CT in March.\n3. Bloods.")
    assert not any(fact.startswith("therapy_line") for fact in facts)
