"""The commands, run in this process: what they print, write and return."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extract import __version__
from extract.cli import app
from extract.language.check import Finding, Level
from extract.resources import patterns_dir
from tests.conftest import WriteLetters

CANARIES = ("Quillfeather", "Zebedee", "999 000 0018", "9990000018", "sea urchin")
LETTER = """\
Date: 4 March 2011
Re: Mr Zebedee Quillfeather, NHS No 999 000 0018

He keeps a sea urchin. ECOG performance status 1.
"""
GOLD = """\
letter_id,field,item,value
quillfeather/a,letter_date,,2011-03-04
quillfeather/a,ecog,,0
"""


@pytest.fixture
def letters(write_letters: WriteLetters) -> Path:
    return write_letters({"quillfeather/a.txt": LETTER})


@pytest.fixture
def mixed(write_letters: WriteLetters) -> Path:
    return write_letters(
        {
            "quillfeather/a.txt": LETTER,
            "quillfeather/b.txt": "\n",
            "zebedee.pdf": b"\1\2\3\4 Zebedee",
            "zebedee.bin": b"\5\6\7\1\2",
        }
    )


def call(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def unwrapped(text: str) -> str:
    return " ".join(text.split())


# ------------------------------------------------------------- the main job


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("command", [[], ["run"]])
def test_the_main_job_needs_no_command(letters: Path, tmp_path: Path, command: list[str]) -> None:
    result = call(*command, letters, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "facts.csv").is_file()
    assert "1 file: 1 letter, 0 empty, 0 duplicates, 0 rejected" in result.stdout
    assert "performance status" in result.stdout


@pytest.mark.usefixtures("quick")
def test_options_may_stand_before_the_letters(letters: Path, tmp_path: Path) -> None:
    result = call("--out", tmp_path / "out", "--patient-from", "letter", letters)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "run.json").is_file()


@pytest.mark.usefixtures("quick")
def test_rejected_letters_give_status_one_and_are_counted_by_code(
    mixed: Path, tmp_path: Path
) -> None:
    result = call(mixed, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "4 files: 1 letter, 1 empty, 0 duplicates, 2 rejected" in result.stdout
    assert re.search(r"1 empty: ", result.stdout)
    assert re.search(r"2 not_text: Convert it", result.stdout)
    assert result.stderr == ""


@pytest.mark.usefixtures("quick")
def test_no_name_and_no_word_of_a_letter_is_printed(mixed: Path, tmp_path: Path) -> None:
    result = call(mixed, "--out", tmp_path / "out")
    for canary in CANARIES:
        assert canary.lower() not in result.output.lower()


@pytest.mark.usefixtures("quick")
def test_thresholds_of_a_file_decide(letters: Path, tmp_path: Path) -> None:
    (tmp_path / "strict.yaml").write_text("ecog_max: 0\n")
    call(letters, "--out", tmp_path / "out", "--criteria", tmp_path / "strict.yaml")
    assert ",not_met," in (tmp_path / "out" / "eligibility.csv").read_text()
    document = json.loads((tmp_path / "out" / "run.json").read_text())
    assert document["settings"]["criteria"]["ecog_max"] == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nowhere"], "path_missing"),
        (["empty"], "no_letters"),
        (["letters", "--out", "letters"], "output_not_writable"),
        (["letters", "--out", "file/out"], "output_not_writable"),
        (["letters", "--criteria", "nowhere.yaml"], "bad_settings"),
        (["letters", "--patterns", "empty"], "bad_pattern"),
        (["evaluate", "nowhere.csv", "letters"], "bad_gold"),
        (["evaluate", "gold.csv", "nowhere"], "path_missing"),
        (["evaluate", "gold.csv", "nowhere.csv"], "bad_gold"),
        (["evaluate", "gold.csv", "letters", "--fields", "ecgo"], "bad_settings"),
        (["patterns", "check", "nowhere"], "path_missing"),
        (["patterns", "diff", "nowhere", "empty", "letters"], "path_missing"),
    ],
)
@pytest.mark.usefixtures("letters")
def test_what_cannot_be_done_is_one_sentence_with_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "gold.csv").write_text(GOLD)
    result = call(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert f"[{code}]" in result.stderr
    assert result.stderr.rstrip().endswith(".")


@pytest.mark.parametrize(
    "words",
    [
        ["--colour", "red", "letters"],
        ["letters", "--workers", "-1"],
        ["letters", "--max-bytes", "0"],
        ["letters", "--patient-from", "shoe"],
        ["letters", "more"],
        ["run"],
        ["evaluate", "gold.csv"],
        ["patterns", "mend"],
        [],
    ],
)
def test_wrong_options_give_status_two(words: list[str]) -> None:
    assert call(*words).exit_code == 2


# --------------------------------------------------------------------- help


def test_help_teaches_with_an_example_and_explains_every_option() -> None:
    result = call("--help")
    assert result.exit_code == 0
    printed = unwrapped(result.stdout)
    assert "python -m extract letters --out extracted" in printed
    for option in ("--out", "--workers", "--patient-from", "--criteria", "--max-bytes"):
        assert option in printed
    for command in ("run", "evaluate", "patterns"):
        assert re.search(rf"{command}\s", printed)


@pytest.mark.parametrize(
    "command", [["run"], ["evaluate"], ["patterns", "check"], ["patterns", "diff"]]
)
def test_each_command_s_help_has_an_example(command: list[str]) -> None:
    result = call(*command, "--help")
    assert result.exit_code == 0
    assert f"python -m extract {' '.join(command)}" in unwrapped(result.stdout)


def test_the_version_is_told() -> None:
    assert call("--version").stdout == f"extract {__version__}\n"


# ----------------------------------------------------------------- evaluate


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.csv"
    path.write_text(GOLD)
    return path


@pytest.mark.usefixtures("quick")
def test_letters_are_scored_against_gold(letters: Path, gold: Path) -> None:
    result = call("evaluate", gold, letters)
    assert result.exit_code == 0, result.output
    assert re.search(r"ecog +1 +0 +1 +1 +0.000 +0.000 +0.000", result.stdout)
    assert re.search(r"letter_date +1 +1 +0 +0 +1.000 +1.000 +1.000", result.stdout)
    assert not any(canary in result.output for canary in CANARIES)


@pytest.mark.usefixtures("quick")
def test_facts_and_out_folders_are_scored_the_same(
    letters: Path, gold: Path, tmp_path: Path
) -> None:
    call(letters, "--out", tmp_path / "out")
    printed = {
        call("evaluate", gold, found, "--json").stdout
        for found in (letters, tmp_path / "out", tmp_path / "out" / "facts.csv")
    }
    assert len(printed) == 1
    scores = json.loads(printed.pop())
    assert scores["ecog"] == {
        "gold": 1, "tp": 0, "fn": 1, "fp": 1, "precision": 0.0, "recall": 0.0, "f1": 0.0,
    }  # fmt: skip
    assert list(scores)[-2:] == ["CORE", "ALL"]


@pytest.mark.usefixtures("quick")
def test_errors_are_listed_and_quoted_only_when_asked(letters: Path, gold: Path) -> None:
    listed = call("evaluate", gold, letters, "--errors", 5, "--fields", "ecog").stdout
    assert "missed\tquillfeather/a\tecog\t\t0\n" in listed
    assert "wrong\tquillfeather/a\tecog\t\t1\n" in listed
    assert "sea urchin" not in listed
    quoted = call("evaluate", gold, letters, "--errors", 5, "--show-text").stdout
    assert "\tHe keeps a sea urchin. ECOG performance status 1.\n" in quoted


# ----------------------------------------------------------------- patterns


def test_findings_are_shown_and_errors_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        Finding("caix.yaml", 3, "caix_word", Level.NOTE, "requires no letters"),
        Finding("ecog.yaml", 7, "ps_word", Level.ERROR, "does not match: 'PS [1]'"),
    ]
    monkeypatch.setattr("extract.language.check.check", lambda folder: found)
    result = call("patterns", "check")
    assert result.exit_code == 1
    assert re.search(r"ecog.yaml +7 +ps_word +does not match: 'PS \[1\]'", result.stdout)
    assert "1 wrong, 1 to note" in result.stdout
    found.pop()
    assert call("patterns", "check").exit_code == 0
    found.pop()
    assert "all well" in call("patterns", "check").stdout


def test_a_change_of_rules_shows_the_facts_it_changes(letters: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    shutil.copytree(patterns_dir(), old)
    shutil.copytree(patterns_dir(), new)
    (new / "performance.yaml").unlink()
    changed = call("patterns", "diff", old, new, letters)
    assert changed.exit_code == 0, changed.output
    assert re.search(r"lost +quillfeather/a +ecog +1", changed.stdout)
    assert "1 facts lost, 0 new" in changed.stdout
    assert not any(canary in changed.output for canary in CANARIES)
