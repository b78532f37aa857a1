"""The shipped cohort, letter by letter: quotes, scores, and what one patient's letters carry."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract.archive import Extractor
from extract.archive.run import run
from extract.archive.settings import RunSettings
from extract.evaluation import Score, compare, facts_of, read_facts
from extract.letters import Letter
from extract.records import LetterRecord

CORPUS = Path(__file__).resolve().parents[1] / "corpora" / "hd-il2"
#: What every field must reach on the cohort's own letters.
GOAL = 0.98


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    letters = CORPUS / "letters"
    return {
        path.relative_to(letters).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(letters.rglob("*.txt"))
    }


@pytest.fixture(scope="module")
def records(extractor: Extractor, texts: dict[str, str]) -> list[LetterRecord]:
    return [extractor.record(Letter(letter_id=name, text=text)) for name, text in texts.items()]


def test_every_quote_is_its_slice_of_its_letter(
    records: list[LetterRecord], texts: dict[str, str]
) -> None:
    assert len(records) == 91
    for record in records:
        for fact in record.facts:
            where = fact.evidence
            assert texts[record.letter_id][where.start : where.end] == where.quote


def test_every_field_reaches_its_goal(records: list[LetterRecord]) -> None:
    scores: list[Score] = compare(read_facts(CORPUS / "facts.csv"), facts_of(records)).scores()
    assert {s.name: round(s.f1, 3) for s in scores if s.f1 < GOAL} == {}


@pytest.mark.usefixtures("quick")
def test_without_a_patient_s_letters_the_counts_are_others(tmp_path: Path) -> None:
    shutil.copytree(CORPUS / "letters", tmp_path / "letters")
    shutil.rmtree(tmp_path / "letters" / "c09")  # treated in consolidation, a complete response
    result = run(RunSettings.checked(letters=tmp_path / "letters", out=tmp_path / "out", workers=1))
    told = result.outcomes.headline.model_dump()
    assert (told["treated"], told["consolidation"], told["salvage"]) == (15, 7, 8)
    assert (told["responders"], told["complete_responders"]) == (8, 5)
