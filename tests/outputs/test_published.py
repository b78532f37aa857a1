"""The published table from letters: every number of it, followed back to their words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.archive import Extractor
from extract.archive.run import run
from extract.archive.settings import RunSettings
from extract.archive.work import Worker
from extract.calculators.grounds import grounds
from extract.evaluation import read_truth
from extract.outputs.evidence import Evidence
from extract.outputs.loading import load_finished

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "hd-il2"
PUBLISHED = {
    "treated": 16,
    "salvage": 8,
    "consolidation": 8,
    "evaluable": 13,
    "responders": 9,
    "complete_responders": 6,
    "relapsed_after_complete": 0,
    "longest_follow_up_months": 24,
    "inotropes": 0,
    "icu": 0,
}


def test_the_published_table_stands_on_words_of_the_letters(
    extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One test, because reading the ninety-one letters takes its time."""
    monkeypatch.setattr("extract.archive.work.worker_here", lambda setup: Worker(extractor))
    result = run(RunSettings.checked(letters=CORPUS / "letters", out=tmp_path / "out", workers=1))
    assert result.outcomes.headline.model_dump() == PUBLISHED

    # The page shows them.
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    words = " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())
    assert "16 patients were given high-dose interleukin-2, 8 as salvage" in words
    assert "9 responded (69 %, exact 95 % interval 39–91 %), 6 of them completely" in words
    assert "The longest follow-up is 24 months" in words

    # Each number is its patients, each patient's share is quotes, each quote is in a letter.
    finished = load_finished(tmp_path / "out")
    evidence = Evidence(finished.letters)
    found = grounds(finished.patients, finished.criteria)
    texts: dict[str, str] = {}
    quoted = 0
    for name, number in PUBLISHED.items():
        shares = found.get(f"headline.{name}", ())
        assert len(shares) == (1 if name == "longest_follow_up_months" else number)
        for share in shares:
            quotes = evidence.behind(share)
            assert quotes, (name, share.patient_id)
            for quote in quotes:
                letter = evidence.letter(quote.letter_id)
                assert letter is not None
                assert letter.patient_id == share.patient_id
                path = CORPUS / "letters" / letter.paths[0]
                text = texts.setdefault(letter.letter_id, path.read_text(encoding="utf-8"))
                assert text[quote.start : quote.end] == quote.quote
                quoted += 1
    # "0 of 16" stands on sixteen letters that say no.
    for name in ("inotropes", "icu"):
        said_no = found[f"toxicity.{name}.no"]
        assert len(said_no) == 16
        assert all(evidence.behind(share) for share in said_no)
    assert quoted > 200

    # And each patient is who the corpus says it is.
    for patient, truth in read_truth(CORPUS / "patients.csv").items():
        row = next(row for row in result.eligibility() if row["patient_id"] == patient)
        assert {column: row[column] for column in truth} == dict(truth)
