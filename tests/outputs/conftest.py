"""Finished runs to report on: the gold of the cohort, field guide C6, and hostile letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from extract.calculators import judge
from extract.evaluation import read_gold
from extract.outputs.loading import Finished
from extract.patients import build_patients
from extract.records import Evidence, Fact, Field, LetterRecord
from extract.values.agents import load_agents
from tests.calculators.conftest import c6_letters

GOLD = Path(__file__).resolve().parents[2] / "corpora" / "hd-il2" / "facts.csv"
HOSTILE = """<script>alert(1)</script>"'&|*`_[x](y)<img src=x onerror=alert(2)>$x^2$"""
Rows = Iterable[tuple[str, str, str]]


def finished_of(letters: Iterable[LetterRecord]) -> Finished:
    """The records of letters as a run leaves them."""
    kept = tuple(letters)
    patients = tuple(judge(p) for p in build_patients(kept, load_agents()))
    return Finished(letters=kept, patients=patients)


def quoted_letter(letter_id: str, rows: Rows, patient_id: str = "p1") -> LetterRecord:
    """A letter whose facts quote their own field and value, one after the other."""
    facts, at, letter_date = [], 0, ""
    for field, item, value in rows:
        quote = f"{field} {item} {value}"
        evidence = Evidence(start=at, end=at + len(quote), quote=quote, section="clinic")
        facts.append(
            Fact(field=Field(field), item=item, value=value, evidence=evidence, rule="test")
        )
        at += len(quote) + 1
        letter_date = value if field == "letter_date" else letter_date
    return LetterRecord(
        letter_id=letter_id, patient_id=patient_id, letter_date=letter_date, facts=tuple(facts)
    )


@pytest.fixture(scope="session")
def make_finished() -> Callable[[Iterable[LetterRecord]], Finished]:
    """Turn letters into what a run leaves."""
    return finished_of


@pytest.fixture(scope="session")
def quoted() -> Callable[..., LetterRecord]:
    """Make letters with quotes."""
    return quoted_letter


@pytest.fixture(scope="session")
def gold() -> Finished:
    """The cohort's gold facts."""
    return finished_of(read_gold(GOLD))


@pytest.fixture(scope="session")
def c6() -> Finished:
    """The 16 invented patients of field guide C6."""
    return finished_of(c6_letters())


@pytest.fixture(scope="session")
def hostile() -> Finished:
    """Letters and patients whose every free text tries to break out of a page."""
    before = quoted_letter(
        f"{HOSTILE}/a",
        [
            ("letter_date", "", "2010-01-04"),
            ("ecog", "", "1"),
            ("therapy", "sunitinib", "given"),
            ("therapy_end", "sunitinib", "2009-11"),
            ("therapy_end_reason", "sunitinib", "progression"),
        ],
        HOSTILE,
    )
    after = quoted_letter(
        f"{HOSTILE}/b",
        [
            ("letter_date", "", "2010-09-01"),
            ("therapy", "aldesleukin", "given"),
            ("therapy_start", "aldesleukin", "2010-02-10"),
            ("response", "aldesleukin", "CR"),
            ("response_date", "aldesleukin", "CR=2010-08-01"),
            ("toxicity", "rash", "3"),
        ],
        HOSTILE,
    )

    def poisoned(letter: LetterRecord) -> LetterRecord:
        facts = tuple(
            fact.model_copy(
                update={
                    "evidence": fact.evidence.model_copy(
                        update={"quote": HOSTILE, "section": HOSTILE}
                    ),
                    "rule": HOSTILE,
                }
            )
            for fact in letter.facts
        )
        return letter.model_copy(update={"facts": facts})

    return finished_of([poisoned(before), poisoned(after)])
