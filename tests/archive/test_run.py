"""The main job on small archives: what it writes, that it adds up, that it repeats."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import extract
from extract.archive import Extractor, RunSettings
from extract.archive.run import RunResult, read_letters, run
from extract.archive.work import Worker
from extract.errors import Code, ExtractError
from extract.letters import Letter, PatientFrom, Registry
from extract.outputs import ELIGIBILITY_COLUMNS, FACT_COLUMNS
from extract.records import LetterRecord, PatientRecord, Reason
from tests.conftest import WriteLetters

FIRST = """\
Department of Medical Oncology
Date: 4 March 2011
Re: Mr A Canary, NHS No 999 000 0018

Diagnosis: metastatic clear cell renal cell carcinoma

On examination he is well. ECOG performance status 1.
"""
SECOND = FIRST.replace("4 March", "20 June").replace("status 1", "status 0")
OTHER = FIRST.replace("Mr A Canary, NHS No 999 000 0018", "Mrs B Finch, NHS No 999 000 0026")
SAME_EACH_TIME = (
    "facts.csv",
    "facts.parquet",
    "letters.jsonl",
    "patients.jsonl",
    "eligibility.csv",
    "outcomes.json",
    "rejects.csv",
    "report.html",
)
ARCHIVE: dict[str, str | bytes] = {
    "p01/a.txt": FIRST,
    "p01/b.txt": SECOND,
    "p01/b-copy.txt": SECOND.replace("\n", "\r\n"),
    "p02/a.txt": OTHER,
    "p02/empty.txt": "\n \n",
    "scan.pdf": b"\x01\x02\x03\x04" * 9,
    "loose.txt": OTHER + "He was seen again.\n",
    "noise.bin": bytes(range(256)),
    "twice.txt": "ECOG performance status 0.",
    "twice.text": "ECOG performance status 2.",
}


@pytest.fixture
def archive(write_letters: WriteLetters) -> Path:
    return write_letters(ARCHIVE)


def do(letters: Path, out: Path, **settings: Any) -> RunResult:
    return run(RunSettings.checked(letters=letters, out=out, **settings))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.usefixtures("quick")
def test_every_file_is_accounted_for(archive: Path, tmp_path: Path) -> None:
    result = do(archive, tmp_path / "out")
    assert (result.counts.files, result.counts.letters) == (len(ARCHIVE), 5)
    assert (result.counts.empty, result.counts.duplicates, result.counts.rejected) == (1, 1, 3)
    assert result.counts.add_up
    assert not result.well
    assert {(r["path"], r["code"]) for r in rows(tmp_path / "out" / "rejects.csv")} == {
        ("p02/empty.txt", "empty"),
        ("scan.pdf", "not_text"),
        ("noise.bin", "not_text"),
        ("twice.txt", "duplicate_id"),
    }
    document = json.loads((tmp_path / "out" / "run.json").read_text())
    assert document["counts"]["files"] == len(ARCHIVE)
    assert document["rejected_by_code"]["duplicate_id"] == 1
    assert document["program"]["version"] == extract.__version__
    assert len(document["rules"]["sha256"]) == 64


@pytest.mark.usefixtures("quick")
def test_a_letter_sent_twice_counts_once_and_keeps_both_paths(
    archive: Path, tmp_path: Path
) -> None:
    records = {r.letter_id: r for r in do(archive, tmp_path / "out").records}
    assert records["p01/b"].paths == ("p01/b-copy.txt", "p01/b.txt") or records[
        "p01/b-copy"
    ].paths == ("p01/b-copy.txt", "p01/b.txt")
    assert len({"p01/b", "p01/b-copy"} & records.keys()) == 1


@pytest.mark.usefixtures("quick")
def test_every_quote_is_its_slice_of_the_letter(archive: Path, tmp_path: Path) -> None:
    do(archive, tmp_path / "out")
    facts = rows(tmp_path / "out" / "facts.csv")
    assert tuple(facts[0]) == FACT_COLUMNS
    assert {"ecog", "letter_date"} <= {fact["field"] for fact in facts}
    for fact in facts:
        file = next(p for p in archive.rglob("*.t*xt") if str(p).find(fact["letter_id"]) >= 0)
        text = file.read_text()
        assert text[int(fact["start"]) : int(fact["end"])] == fact["quote"]
        assert (fact["review"] == "yes") == bool(fact["reason"])


@pytest.mark.usefixtures("quick")
def test_the_records_come_back_from_their_files(archive: Path, tmp_path: Path) -> None:
    result = do(archive, tmp_path / "out")
    letters = (tmp_path / "out" / "letters.jsonl").read_text().splitlines()
    patients = (tmp_path / "out" / "patients.jsonl").read_text().splitlines()
    assert tuple(map(LetterRecord.model_validate_json, letters)) == result.records
    assert tuple(map(PatientRecord.model_validate_json, patients)) == result.patients
    assert [p.patient_id for p in result.patients] == ["9990000026", "p01", "p02", "twice"]
    table = rows(tmp_path / "out" / "eligibility.csv")
    assert tuple(table[0]) == ELIGIBILITY_COLUMNS
    assert [row["patient_id"] for row in table] == [p.patient_id for p in result.patients]


@pytest.mark.usefixtures("quick")
def test_a_number_under_two_patients_and_a_stray_letter_ask_for_review(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    root = write_letters({"p01/a.txt": FIRST, "p01/b.txt": SECOND, "p01/c.txt": OTHER})
    result = do(root, tmp_path / "out")
    reasons = {r.letter_id: Reason.IDENTITY in r.reasons for r in result.records}
    assert reasons == {"p01/a": False, "p01/b": False, "p01/c": True}
    assert result.patients[0].reasons[0] is Reason.IDENTITY
    for fact in rows(tmp_path / "out" / "facts.csv"):
        assert ("identity_mismatch" in fact["reason"]) == (fact["letter_id"] == "p01/c")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("rule", "patients"),
    [
        (PatientFrom.FOLDER, ["loose", "p01", "p02", "twice"]),
        (PatientFrom.NUMBER, ["9990000018", "9990000026", "twice"]),
        (PatientFrom.LETTER, ["loose", "p01/a", "p01/b", "p01/b-copy", "p02/a", "twice"]),
    ],
)
def test_the_user_says_whose_letters_they_are(
    archive: Path, tmp_path: Path, rule: PatientFrom, patients: list[str]
) -> None:
    result = do(archive, tmp_path / "out", patient_from=rule)
    assert [p.patient_id for p in result.patients] == patients


# ------------------------------------------------------------- the same again


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in SAME_EACH_TIME if (out / name).exists()}


def test_runs_are_identical_with_any_number_of_workers(archive: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    # Made in another order, so that nothing can hang on the order on the disk.
    for name, content in sorted(ARCHIVE.items(), reverse=True):
        path = again / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    do(archive, tmp_path / "one", workers=1)
    do(again, tmp_path / "two", workers=2)
    assert len(contents(tmp_path / "one")) >= len(SAME_EACH_TIME) - 1
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.usefixtures("quick")
def test_a_second_run_replaces_the_first_and_leaves_nothing_beside(
    archive: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    do(archive, out)
    first = contents(out)
    (out / ".writing-left").mkdir()
    (out / "notes.txt").write_text("mine")
    do(archive, out)
    assert contents(out) == first
    names = {path.name for path in out.iterdir()}
    assert names == {*first, "run.json", "notes.txt", "store.sqlite"}


@pytest.mark.usefixtures("quick")
def test_letters_may_lie_around_the_out_folder(archive: Path) -> None:
    out = archive / "extracted"
    first = do(archive, out).counts
    assert do(archive, out).counts == first


# ------------------------------------------------------------------- faults


def test_a_letter_that_raises_is_rejected_and_not_quoted(
    archive: Path, tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Faulty:
        def record(self, letter: Letter) -> LetterRecord:
            if "Finch" in letter.text:
                raise RuntimeError(letter.text)
            return extractor.record(letter)

    faulty: Any = Faulty()
    monkeypatch.setattr("extract.archive.work.worker_here", lambda setup: Worker(faulty))
    result = do(archive, tmp_path / "out")
    assert result.counts.add_up
    assert {p.path for p in result.problems if p.code is Code.FAILED} == {"p02/a.txt", "loose.txt"}
    rejects = (tmp_path / "out" / "rejects.csv").read_text()
    assert "RuntimeError" in rejects
    assert "Finch" not in rejects


def test_workers_that_do_not_start_end_the_run_with_a_sentence(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.archive.pool._START", "raise SystemExit(3)")
    with pytest.raises(ExtractError, match="worker process ended"):
        read_letters(RunSettings.checked(letters=archive))


@pytest.mark.parametrize(
    ("letters", "out", "code"),
    [
        ("nowhere", "out", Code.PATH_MISSING),
        ("empty", "out", Code.NO_LETTERS),
        ("letters", "letters/p01/a.txt", Code.OUTPUT),
        ("letters", "letters", Code.OUTPUT),
        ("letters", ".", Code.OUTPUT),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    archive: Path, tmp_path: Path, letters: str, out: str, code: Code
) -> None:
    (tmp_path / "empty" / "folder").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ExtractError) as raised:
        do(tmp_path / letters, tmp_path / out)
    assert [problem.code for problem in raised.value.problems] == [code]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_is_said_and_leaves_the_last_outputs(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    do(archive, tmp_path / "out")
    first = contents(tmp_path / "out")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("extract.archive.export.write_rejects", full)
    with pytest.raises(ExtractError) as raised:
        do(archive, tmp_path / "out", patient_from=PatientFrom.LETTER)
    assert raised.value.problems[0].code is Code.OUTPUT
    assert contents(tmp_path / "out") == first
    assert not list((tmp_path / "out").glob(".writing-*"))


@pytest.mark.usefixtures("quick")
def test_progress_counts_the_files_to_be_read(archive: Path) -> None:
    told: list[tuple[int, int]] = []
    gathered = read_letters(
        RunSettings.checked(letters=archive), lambda done, total: told.append((done, total))
    )
    assert told == [(n, len(ARCHIVE)) for n in range(1, len(ARCHIVE) + 1)]
    assert len(gathered.records) == 5


@pytest.mark.usefixtures("quick")
def test_a_file_of_several_letters_counts_as_often(
    write_letters: WriteLetters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Registry.read

    def halves(self: Registry, source: Any) -> Iterator[Any]:
        for letter in read(self, source):
            if isinstance(letter, Letter):
                for part, text in enumerate(letter.text.split("----"), start=1):
                    yield source.letter(text, format="halves", part=str(part))

    monkeypatch.setattr(Registry, "read", halves)
    root = write_letters({"p/a.txt": FIRST + "----" + SECOND, "p/b.txt": FIRST})
    result = do(root, tmp_path / "out")
    assert [r.letter_id for r in result.records] == ["p/a/1", "p/a/2"]
    assert (result.counts.files, result.counts.duplicates) == (3, 1)
    assert result.counts.add_up


# ------------------------------------------------------------------ the API


@pytest.mark.usefixtures("quick")
def test_the_library_does_what_the_command_line_does(archive: Path, tmp_path: Path) -> None:
    result = extract.run(archive, out=tmp_path / "out", workers=1)
    assert result.counts.letters == 5
    with pytest.raises(ExtractError, match="hurry"):
        extract.run(archive, out=tmp_path / "out", hurry=1)


def test_a_text_is_read_without_an_archive(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "_loaded", lambda: extractor)
    record = extract.extract_text(FIRST, letter_id="one", patient_id="p01")
    assert (record.letter_id, record.patient_id) == ("one", "p01")
    assert record.letter_date == "2011-03-04"
    assert record.numbers == ("9990000018",)
    assert ("ecog", "", "1") in {fact.key for fact in record.facts}
    assert extract.extract_text("").facts == ()
