"""Exports read an out folder a patient at a time, and write what all at once would give."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from extract.errors import ExtractError
from extract.outputs.excel import write_excel
from extract.outputs.loading import Finished, load_finished
from extract.outputs.omop import write_omop
from extract.outputs.one_by_one import OutFiles, Records
from extract.records import LetterRecord
from tests.outputs.test_exports import write_out

DAY = date(2026, 11, 24)


@pytest.fixture
def out(gold: Finished, tmp_path: Path) -> Path:
    """An out folder where the letters of a patient do not lie together."""
    apart = sorted(gold.letters, key=lambda letter: letter.letter_id[::-1])
    assert apart != list(gold.letters)
    finished = Finished(tuple(apart), gold.patients, gold.criteria)
    return write_out(tmp_path / "out", finished)


def test_every_patient_comes_with_its_own_letters(out: Path) -> None:
    files, whole = OutFiles.opened(out), load_finished(out)
    assert list(files.each_person()) == list(whole.each_person())
    assert list(files.each_letter()) == list(whole.letters)
    assert list(files.each_patient()) == list(whole.patients)
    assert (files.rules, files.rejects) == (whole.rules, whole.rejects)
    for patient, own in files.each_person():
        assert [letter.patient_id for letter in own] == [patient.patient_id] * len(own)
        assert len(own) == len(patient.letters)


def test_no_more_letters_are_held_than_one_patient_has(out: Path) -> None:
    def held() -> int:
        return sum(type(thing) is LetterRecord for thing in gc.get_objects())

    before, most = held(), 0
    for _, own in OutFiles.opened(out).each_person():
        # What was read for the patient before may still be named until the next is asked for.
        most = max(most, len(own))
        assert held() - before <= 2 * max(most, 8)
    assert held() - before < 91 // 2


def test_files_are_those_of_all_records_at_once(out: Path, tmp_path: Path) -> None:
    sources: dict[str, Records] = {"files": OutFiles.opened(out), "whole": load_finished(out)}
    written: dict[str, dict[str, bytes]] = {}
    for name, source in sources.items():
        folder = tmp_path / name
        folder.mkdir()
        write_excel(folder, source)
        assert write_omop(folder, source, DAY)["note"] > 0
        written[name] = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert written["files"] == written["whole"]
    assert {"note.csv", "left_out.csv", "person_map.csv"} <= written["files"].keys()


@pytest.mark.parametrize("name", ["letters.jsonl", "patients.jsonl"])
def test_a_line_that_is_cut_short_is_told_without_its_words(out: Path, name: str) -> None:
    path = out / name
    path.write_bytes(path.read_bytes() + b'{"patient_id": "Zebedee"')
    with pytest.raises(ExtractError, match=r"Line \d+ is no record") as raised:
        list(OutFiles.opened(out).each_person())
    assert "Zebedee" not in str(raised.value)


def test_a_patient_without_letters_has_none(
    out: Path, make_finished: Callable[..., Finished], quoted: Callable[..., LetterRecord]
) -> None:
    more = make_finished([quoted("zz/a", [("ecog", "", "1")], "zz")])
    with (out / "patients.jsonl").open("a") as stream:
        stream.write(more.patients[0].model_dump_json() + "\n")
    *_, (patient, own) = OutFiles.opened(out).each_person()
    assert (patient.patient_id, own) == ("zz", [])
