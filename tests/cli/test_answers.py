"""The commands that give answers: eligibility, report, export, schema."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extract.archive import Extractor
from extract.archive.run import run
from extract.archive.settings import RunSettings
from extract.archive.work import Worker
from extract.cli import app

WORDS = ("Quillfeather", "sea urchin", "999 000 0018")
LETTERS = {
    "p01/2010-01-clinic.txt": """\
Department of Medical Oncology
Date of clinic: 4 January 2010
Re: Mr Zebedee Quillfeather, NHS No 999 000 0018

Diagnosis: metastatic clear cell renal cell carcinoma

He keeps a sea urchin. Sunitinib was stopped on 12 October 2009 for progression.
ECOG performance status 1. CAIX staining in 90 % of tumour cells.
""",
    "p01/2010-05-discharge.txt": """\
Discharge summary
Date of discharge: 11 May 2010
Re: Mr Zebedee Quillfeather, NHS No 999 000 0018

High-dose interleukin-2, first dose 3 May 2010. 11 doses given in cycle 1.
No inotropes were needed.
""",
    "p02/2010-02-clinic.txt": """\
Date of clinic: 8 February 2010
Re: Mrs B Finch, NHS No 999 000 0026

ECOG performance status 2. CAIX 83 %.
""",
}


def call(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words], terminal_width=200)


def printed(*words: object) -> str:
    result = call(*words)
    assert result.exit_code == 0, result.output
    return str(result.output)


def said(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def out(extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The out folder of a run over three letters."""
    root = tmp_path_factory.mktemp("answers")
    for name, text in LETTERS.items():
        path = root / "letters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extract.archive.work.worker_here", lambda setup: Worker(extractor))
        run(RunSettings.checked(letters=root / "letters", out=root / "out", workers=1))
    return root / "out"


def test_the_main_job_leaves_a_page(out: Path) -> None:
    html = (out / "report.html").read_text(encoding="utf-8")
    assert "1 patient was given high-dose interleukin-2" in said(html)
    # Figures need a treated patient, and there is one.
    assert 'id="figure-swimmer"' in html


# ----------------------------------------------------------------- eligibility


def test_every_patient_and_criterion_is_shown_without_words(out: Path) -> None:
    text = printed("eligibility", out)
    assert re.search(r"p02 .*✗ .*not met", text)
    assert re.search(r"setting +histology +CAIX +PS +echo +washout +organs +eligible", text)
    assert "✓ met, ✗ not met, ? unknown" in text
    assert "eligible: 0 met, 1 not met, 1 unknown" in said(text)
    assert not any(word in text for word in WORDS)


def test_another_threshold_shows_who_changes(out: Path) -> None:
    text = said(printed("eligibility", out, "--set", "caix=85", "--set", "ecog_max=2"))
    assert "ecog_max 1 -> 2; caix_above_percent 80.0 -> 85.0" in text
    assert re.search(r"p02 CAIX met not met", text)
    assert re.search(r"p02 performance status not met met", text)
    assert "1 patient with a verdict that changes; eligibility changes for 0" in text


def test_the_same_thresholds_change_nobody(out: Path) -> None:
    text = said(printed("eligibility", out, "--criteria", "recist-confirmed"))
    assert "0 patients with a verdict that changes" in text


def test_one_patient_is_explained_and_quoted_only_when_asked(out: Path) -> None:
    plain = printed("eligibility", out, "--patient", "p01")
    assert "CAIX: 90 (wanted >80)" in said(plain)
    assert "from p01/2010-01-clinic" in said(plain)
    assert "likely in the report of the echocardiography department" in said(plain)
    assert "“" not in plain
    quoted = said(printed("eligibility", out, "--patient", "p01", "--show-text"))
    assert re.search(r"“[^”]*90[^”]*” \(p01/2010-01-clinic, 2010-01-04\)", quoted)


def test_explanations_go_to_a_file_with_their_quotes(out: Path, tmp_path: Path) -> None:
    text = printed("eligibility", out, "--to", tmp_path / "why.json")
    found = json.loads((tmp_path / "why.json").read_text())
    caix = next(c for c in found[0]["criteria"] if c["name"] == "caix")
    assert caix["quotes"][0]["letter_id"] == "p01/2010-01-clinic"
    assert "why.json" in said(text).replace(" ", "")
    assert not any(word in text for word in WORDS)


def test_a_study_s_own_file_will_do(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text("[strict]\ncaix_above_percent = 95\n[mild]\necog_max = 2\n")
    text = said(printed("eligibility", out, "--criteria", f"{path}:mild"))
    assert "p02 performance status not met met" in text


# ------------------------------------------------------------ report and export


def test_the_report_is_written_in_every_form(out: Path, tmp_path: Path) -> None:
    text = printed("report", out, "--to", tmp_path / "report")
    names = {path.name for path in (tmp_path / "report").iterdir()}
    assert {"report.html", "report.md", "report.docx", "prov.json"} <= names
    assert {"figure-swimmer.svg", "figure-swimmer.png"} <= names
    page = (tmp_path / "report" / "report.html").read_bytes()
    assert page == (out / "report.html").read_bytes()
    assert all(name in text.replace("\n", "") for name in names)


def test_one_form_other_criteria_and_a_comparator(out: Path, tmp_path: Path) -> None:
    (tmp_path / "doses.csv").write_text("patient,doses\na,12\nb,11\n")
    folder = tmp_path / "report"
    printed(
        "report", out, "--to", folder, "--only", "md", "--criteria", "caix85",
        "--comparator", tmp_path / "doses.csv",
    )  # fmt: skip
    assert [path.name for path in folder.iterdir()] == ["report.md"]
    assert "“caix85”" in (folder / "report.md").read_text()
    (tmp_path / "plain.txt").write_text("12\n11\n")
    printed("report", out, "--to", folder, "--only", "md", "--comparator", tmp_path / "plain.txt")


def test_fhir_omop_and_excel(out: Path) -> None:
    at = "2026-01-01T00:00:00Z"
    assert "2 bundles" in printed("export", "fhir", out, "--at", at)
    bundle = json.loads((out / "fhir" / "p01.json").read_text())
    assert any(e["resource"].get("recorded") == at for e in bundle["entry"])
    text = printed("export", "omop", out, "--at", at, "--with-text")
    assert "note 3" in said(text)
    with (out / "omop" / "note.csv").open(newline="", encoding="utf-8") as stream:
        notes = {row["note_title"]: row["note_text"] for row in csv.DictReader(stream)}
    assert notes["p01/2010-01-clinic"] == LETTERS["p01/2010-01-clinic.txt"]
    assert "facts.csv" in printed("export", "excel", out)
    assert (out / "excel" / "facts.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not any(word in text for word in WORDS)


def test_schemas_and_the_dictionary() -> None:
    assert json.loads(printed("schema", "patient"))["title"] == "PatientRecord"
    assert printed("schema", "--dictionary").startswith("# Data dictionary\n")


# ------------------------------------------------------------------------ faults


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["eligibility", "nowhere"], "no_out_folder"),
        (["report", "nowhere"], "no_out_folder"),
        (["export", "fhir", "nowhere"], "no_out_folder"),
        (["eligibility", "OUT", "--set", "caxi=85"], "bad_settings"),
        (["eligibility", "OUT", "--set", "caix=much"], "bad_settings"),
        (["eligibility", "OUT", "--set", "caix"], "bad_settings"),
        (["eligibility", "OUT", "--criteria", "nowhere.toml"], "bad_settings"),
        (["eligibility", "OUT", "--patient", "Quillfeather"], "bad_settings"),
        (["eligibility", "OUT", "--to", "why.exe"], "bad_settings"),
        (["report", "OUT", "--only", "shoes"], "bad_settings"),
        (["report", "OUT", "--comparator", "nowhere.txt"], "bad_settings"),
        (["report", "OUT", "--comparator", "words.txt"], "bad_settings"),
        (["report", "OUT", "--to", "words.txt/below"], "output_not_writable"),
        (["export", "fhir", "OUT", "--at", "yesterday"], "bad_settings"),
        (["export", "omop", "OUT", "--at", "2026-13-01T00:00:00Z"], "bad_settings"),
        (["schema", "shoe"], "bad_settings"),
    ],
)
def test_what_cannot_be_done_is_said(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words.txt").write_text("many\n")
    result = call(*(str(out) if word == "OUT" else word for word in words))
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr
    assert "Quillfeather" not in result.output
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [["eligibility"], ["report"], ["export", "fhir"], ["export", "omop"], ["export", "excel"],
     ["schema"]],
)  # fmt: skip
def test_each_command_s_help_has_an_example(command: list[str]) -> None:
    assert f"python -m extract {' '.join(command)}" in said(printed(*command, "--help"))
