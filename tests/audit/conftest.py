"""A finished run of a few letters, made without the pipeline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from extract.audit.apply import judged
from extract.audit.book import Book, Item
from extract.audit.sampling import Plan
from extract.calculators import PUBLISHED, cohort_outcomes
from extract.outputs import (
    OutFolder,
    write_eligibility,
    write_facts_csv,
    write_json,
    write_jsonl,
    write_rejects,
)
from extract.records import Evidence, Fact, Field, LetterRecord, Reason
from extract.store.overlay import bounds
from extract.store.reviews import Kind, Review, Verdict, new_token

FIRST = """\
Date: 4 March 2011
Re: Mr Zebedee Quillfeather

Metastatic clear cell renal carcinoma. CAIX 90%. ECOG performance status 1.
Sunitinib started 2010-05-01. Disease in the lung.
"""
SECOND = """\
Date: 2 June 2011

ECOG performance status 2. Disease in the lung and liver.
"""
NASTY = """\
Date: 7 July 2011
<script>document.title='owned'</script> {{ 7*7 }} '; DROP TABLE reviews; --
\u05d0\u200f ECOG performance status 1. <img src=x onerror=alert(1)>
"""

Said = tuple[Field, str, str, str, str]


def fact(text: str, said: Said, *reasons: Reason, rule: str = "") -> Fact:
    name, item, value, words, quote = said
    start = text.index(words) + words.index(quote)
    low, high = bounds(name, value)
    return Fact(
        field=name,
        item=item,
        value=value,
        low=low,
        high=high,
        evidence=Evidence(start=start, end=start + len(quote), quote=quote),
        rule=rule or f"{name.value}_rule",
        review=bool(reasons),
        reasons=reasons,
    )


def letter(letter_id: str, text: str, date: str, facts: Iterable[Fact]) -> LetterRecord:
    return LetterRecord.checked(
        text,
        letter_id=letter_id,
        patient_id=letter_id.partition("/")[0],
        letter_date=date,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        paths=(f"{letter_id}.txt",),
        facts=tuple(facts),
    )


def records() -> list[LetterRecord]:
    status = "ECOG performance status 1"
    return [
        letter(
            "quill/a",
            FIRST,
            "2011-03-04",
            [
                fact(FIRST, (Field.LETTER_DATE, "", "2011-03-04", "4 March 2011", "4 March 2011")),
                fact(FIRST, (Field.ECOG, "", "1", status, "1")),
                fact(FIRST, (Field.CAIX, "", "90", "CAIX 90%", "90"), Reason.QUALIFIED),
                fact(FIRST, (Field.THERAPY, "sunitinib", "given", "Sunitinib", "Sunitinib")),
                fact(FIRST, (Field.SITE, "", "lung", "lung", "lung")),
            ],
        ),
        letter(
            "quill/b",
            SECOND,
            "2011-06-02",
            [
                fact(SECOND, (Field.LETTER_DATE, "", "2011-06-02", "2 June 2011", "2 June 2011")),
                fact(SECOND, (Field.ECOG, "", "2", "ECOG performance status 2", "2")),
                fact(SECOND, (Field.SITE, "", "lung", "lung", "lung")),
            ],
        ),
        letter(
            "zeb/<nasty>",
            NASTY,
            "2011-07-07",
            [
                fact(NASTY, (Field.LETTER_DATE, "", "2011-07-07", "7 July 2011", "7 July 2011")),
                fact(NASTY, (Field.ECOG, "", "1", status, "1")),
            ],
        ),
    ]


def write_run(out: Path, letters: Path, found: list[LetterRecord], rules: str = "r1") -> None:
    patients = judged(found, PUBLISHED, None)
    run = {
        "rules": {"sha256": rules},
        "settings": {
            "letters": str(letters),
            "patterns": None,
            "max_bytes": 20_000_000,
            "criteria": PUBLISHED.model_dump(mode="json"),
        },
        "counts": {"letters": len(found)},
    }
    with OutFolder(out).writing() as stage:
        write_facts_csv(stage / "facts.csv", found)
        write_jsonl(stage / "letters.jsonl", found)
        write_jsonl(stage / "patients.jsonl", patients)
        write_eligibility(stage / "eligibility.csv", patients)
        write_json(stage / "outcomes.json", cohort_outcomes(patients, PUBLISHED))
        write_rejects(stage / "rejects.csv", ())
        write_json(stage / "run.json", run)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The out folder of a run over three letters of two patients."""
    folder = tmp_path / "letters"
    for record, text in zip(records(), (FIRST, SECOND, NASTY), strict=True):
        path = folder / record.paths[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_run(tmp_path / "out", folder, records())
    return tmp_path / "out"


@pytest.fixture
def book(out: Path) -> Book:
    """The run as it is audited; nobody reads a fact twice."""
    return Book(out, Plan(double=0.0))


def item_of(book: Book, letter_id: str, name: Field) -> Item:
    return next(
        item
        for item in book.items
        if item.letter.letter_id == letter_id and item.fact.field is name
    )


def answer(
    item: Item,
    verdict: Verdict,
    to: tuple[str, str, str] | None = None,
    by: str = "Ann",
    kind: Kind = Kind.ANSWER,
) -> Review:
    return Review(new_token(), kind, by, item.target, verdict, to, shown=item.shown(), rules="r1")
