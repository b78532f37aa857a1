"""Excel, the dictionary, frames, provenance, explanations, and an out folder read back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

import extract
from extract.calculators import PRESETS, cohort_outcomes
from extract.calculators.explain import explain
from extract.calculators.grounds import Ground
from extract.errors import Code, ExtractError
from extract.outputs import ELIGIBILITY_COLUMNS, FACT_COLUMNS, write_json, write_jsonl
from extract.outputs.dictionary import (
    ELIGIBILITY,
    FACTS,
    MEANINGS,
    MODELS,
    REJECTS,
    dictionary,
    schema,
)
from extract.outputs.evidence import Evidence
from extract.outputs.excel import harmless, write_excel
from extract.outputs.explained import COLUMNS, write_explained
from extract.outputs.frames import KINDS, to_frame
from extract.outputs.loading import Finished, load_finished
from extract.outputs.provenance import provenance
from extract.outputs.rejudge import rejudged
from extract.outputs.tables import REJECT_COLUMNS
from extract.records import FIELDS, Field, LetterRecord, Reason, Source

ROOT = Path(__file__).resolve().parents[2]


def write_out(folder: Path, finished: Finished) -> Path:
    folder.mkdir(exist_ok=True)
    write_jsonl(folder / "letters.jsonl", finished.letters)
    write_jsonl(folder / "patients.jsonl", finished.patients)
    settings = {"criteria": finished.criteria.model_dump(mode="json"), "letters": "letters"}
    write_json(folder / "run.json", {"settings": settings, "rules": {"sha256": "ab" * 32}})
    (folder / "rejects.csv").write_text("path,code,sentence\nx.txt,empty,It is empty.\n")
    return folder


# -------------------------------------------------------------------- read back


def test_an_out_folder_comes_back_whole(gold: Finished, tmp_path: Path) -> None:
    found = load_finished(write_out(tmp_path / "out", gold))
    assert found.letters == gold.letters
    assert found.patients == gold.patients
    assert found.rules == "ab" * 32
    assert found.rejects == ({"path": "x.txt", "code": "empty", "sentence": "It is empty."},)


def test_of_a_large_archive_only_some_letters_are_kept(
    gold: Finished, tmp_path: Path, quoted: Callable[..., LetterRecord],
    make_finished: Callable[..., Finished],
) -> None:  # fmt: skip
    from extract.outputs.report import Book, html_report

    other = [
        quoted(f"u{n}/a", [("letter_date", "", "2010-01-04"), ("ecog", "", "1")], f"u{n}")
        for n in range(5)
    ]
    flagged = other[0].facts[1].model_copy(update={"review": True, "reasons": (Reason.INFERRED,)})
    other[0] = other[0].model_copy(update={"facts": (other[0].facts[0], flagged)})
    whole = make_finished([*gold.letters, *other])
    out = write_out(tmp_path / "out", whole)
    found = load_finished(out, 3)
    assert {letter.patient_id for letter in found.letters} == {"c09", "c10", "c11"}
    assert len(found.patients) == 21
    assert found.flagged["inferred"] == 1
    assert cohort_outcomes(found.patients) == cohort_outcomes(whole.patients)
    assert "21 patients" in html_report(Book(found))


def test_of_a_large_archive_the_report_judges_and_traces_as_of_a_small_one(
    gold: Finished, tmp_path: Path, quoted: Callable[..., LetterRecord],
    make_finished: Callable[..., Finished],
) -> None:  # fmt: skip
    from extract.outputs.report import Book, html_report, write_provenance

    facts = [("letter_date", "", "2010-01-04"), ("ecog", "", "2")]
    other = [quoted(f"u{n}/a", facts, f"u{n}") for n in range(5)]
    whole = make_finished([*gold.letters, *other])
    out = write_out(tmp_path / "out", whole)
    by = PRESETS["caix85"].changed({"ecog_max": 2}, name="mild")
    again = rejudged(load_finished(out), by)
    found = load_finished(out, 21, by=by)
    assert found == replace(again, flagged=found.flagged)
    assert html_report(Book(found)) == html_report(Book(again))
    assert len(load_finished(out, 0, by=by).letters) == 0
    outcomes = cohort_outcomes(again.patients, by)
    path = write_provenance(tmp_path, out, outcomes, by)
    assert len(load_finished(out, 0, treated=True).letters) == len(gold.letters) > 3
    assert orjson.loads(path.read_bytes()) == provenance(again, outcomes)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("run.json", "{}"),
        ("run.json", "no json"),
        ("letters.jsonl", '{"letter_id": 1}\n'),
        ("patients.jsonl", "[]\n"),
        ("patients.jsonl", '{"patient_id": "Zebedee"\n'),
    ],
)
def test_a_damaged_folder_is_said_without_its_words(
    gold: Finished, tmp_path: Path, name: str, text: str
) -> None:
    out = write_out(tmp_path / "out", gold)
    (out / name).write_text(text)
    with pytest.raises(ExtractError) as raised:
        load_finished(out)
    assert raised.value.problems[0].code is Code.NO_OUT
    assert "Zebedee" not in str(raised.value)


def test_a_folder_that_is_no_out_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match=r"run\.json, letters\.jsonl, patients\.jsonl"):
        load_finished(tmp_path)


# ---------------------------------------------------------------------- evidence


def test_a_source_leads_to_its_words(
    quoted: Callable[..., LetterRecord], make_finished: Callable[..., Finished]
) -> None:
    letter = quoted("p1/a", [("letter_date", "", "2010-01-04"), ("response", "sunitinib", "CR"),
                             ("response_date", "sunitinib", "CR=2010-01-02")])  # fmt: skip
    evidence = Evidence([letter])
    source = Source(letter_id="p1/a", field=Field.RESPONSE_DATE, item="sunitinib",
                    value="CR=2010-01-02", start=0, end=1)  # fmt: skip
    # The date of a response brings the words of the response itself.
    assert [quote.field for quote in evidence.all([source])] == ["response", "response_date"]
    assert evidence.all([source.model_copy(update={"letter_id": "nowhere"})]) == []
    share = Ground(patient_id="p1", letters=("p1/a", "nowhere"))
    assert [quote.value for quote in evidence.behind(share)] == ["2010-01-04"]


# ------------------------------------------------------------------------- Excel


@pytest.mark.parametrize(
    "text", ["=1+1", "+x", "-x", "@SUM(A1)", "\tx", "\rx", "\nx", "=HYPERLINK()"]
)
def test_formulas_are_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1", "-1", "+2.5", "text", ">80", "~90", 7, "2010-01-04"])
def test_other_cells_are_left_alone(text: object) -> None:
    assert harmless(text) == text


def test_files_open_in_excel(
    hostile: Finished, tmp_path: Path, quoted: Callable[..., LetterRecord],
    make_finished: Callable[..., Finished],
) -> None:  # fmt: skip
    letter = quoted("=cmd|' /C calc'!A0", [("ecog", "", "1")], "@patient")
    finished = make_finished([letter])
    for path in write_excel(tmp_path, finished):
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in raw
        for row in csv.reader(raw.decode("utf-8-sig").splitlines()):
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row)
    with (tmp_path / "facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        (fact,) = csv.DictReader(stream)
    assert (fact["letter_id"], fact["patient_id"]) == ("'=cmd|' /C calc'!A0", "'@patient")


# --------------------------------------------------------------------- dictionary


def test_the_dictionary_in_the_docs_is_up_to_date() -> None:
    path = ROOT / "docs" / "data-dictionary.md"
    assert path.read_text(encoding="utf-8") == dictionary(), (
        "python -m extract schema --dictionary > docs/data-dictionary.md"
    )


def test_every_column_and_field_is_explained() -> None:
    assert tuple(FACTS) == FACT_COLUMNS
    assert tuple(ELIGIBILITY) == ELIGIBILITY_COLUMNS
    assert tuple(REJECTS) == REJECT_COLUMNS
    assert set(MEANINGS) == set(FIELDS)


@pytest.mark.parametrize("name", MODELS)
def test_schemas_name_every_field(name: str) -> None:
    found = schema(name)
    assert set(found["properties"]) == set(MODELS[name].model_fields)
    assert json.dumps(found)


# ------------------------------------------------------------------------- frames


def test_records_become_frames_in_one_call(gold: Finished, tmp_path: Path) -> None:
    out = write_out(tmp_path / "out", gold)
    rows = {
        "facts": sum(len(letter.facts) for letter in gold.letters),
        "letters": 91,
        "eligibility": 16,
        "outcomes": 16,
        "timeline": sum(len(patient.timeline) for patient in gold.patients),
    }
    for kind in KINDS:
        frame = extract.to_frame(out, kind)
        assert len(frame) == rows[kind]
        assert frame.equals(extract.to_frame(gold, kind))
    assert tuple(extract.to_frame(str(out)).columns) == FACT_COLUMNS
    assert tuple(extract.to_frame(gold.patients).columns) == ELIGIBILITY_COLUMNS
    assert len(extract.to_frame(gold.letters[0])) == len(gold.letters[0].facts)
    assert len(extract.to_frame(gold.patients[0], "timeline")) == len(gold.patients[0].timeline)
    assert extract.to_frame([]).empty


@pytest.mark.parametrize(
    ("what", "said"), [("shoes", "no view 'shoes'"), ("outcomes", "hold no outcomes")]
)
def test_what_cannot_be_shown_is_said(gold: Finished, what: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        to_frame(gold.letters, what)
    with pytest.raises(ValueError, match="only letter and patient"):
        to_frame([1])


# ---------------------------------------------------------------------- provenance


def test_every_headline_number_is_derived_from_facts_of_letters(gold: Finished) -> None:
    document = provenance(gold)
    entities = document["entity"]
    derived: dict[str, set[str]] = {}
    for link in document["wasDerivedFrom"].values():
        assert {link["prov:generatedEntity"], link["prov:usedEntity"]} <= entities.keys()
        assert link["prov:activity"] in document["activity"]
        derived.setdefault(link["prov:generatedEntity"], set()).add(link["prov:usedEntity"])
    head = cohort_outcomes(gold.patients).headline.model_dump()
    for name, value in head.items():
        number = f"ex:number/headline.{name}"
        if value == 0:
            continue
        assert entities[number]["prov:value"] == value
        facts = {used for used in derived[number] if used.startswith("ex:fact/")}
        assert facts
        for fact in facts:
            assert any(used.startswith("ex:letter/") for used in derived[fact])
    assert "quote" not in json.dumps(document)


def test_the_record_names_program_rules_and_criteria(gold: Finished) -> None:
    document = provenance(gold)
    assert document["agent"]["ex:program"]["ex:version"] == extract.__version__
    assert document["activity"]["ex:counting"]["ex:criteria"]["caix_above_percent"] == 80
    assert provenance(gold) == document


# -------------------------------------------------------------------- explanations


@pytest.mark.parametrize("ending", ["json", "csv", "md"])
def test_explanations_are_written_with_their_quotes(
    ending: str, tmp_path: Path, gold: Finished, hostile: Finished
) -> None:
    for finished in (gold, hostile):
        found = [explain(patient) for patient in finished.patients]
        path = tmp_path / f"why.{ending}"
        evidence = Evidence(finished.letters)
        write_explained(path, ((item, evidence) for item in found))
        assert [file.name for file in tmp_path.iterdir()] == [path.name]
        text = path.read_text(encoding="utf-8")
        match ending:
            case "json":
                plain = json.loads(text)
                assert len(plain) == len(found)
                assert plain[0]["criteria"][3]["quotes"]
                indented = orjson.dumps(plain, option=orjson.OPT_INDENT_2)
                assert orjson.dumps(orjson.loads(text), option=orjson.OPT_INDENT_2) == indented
                assert text == f"{indented.decode()}\n"
            case "csv":
                rows = list(csv.DictReader(text.splitlines()))
                assert tuple(rows[0]) == COLUMNS
                assert len(rows) == 7 * len(found)
            case _:
                assert text.count("**performance status**") == len(found)
                assert "<script" not in text.replace("\\<", "")


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match=r"\.json, \.csv or \.md"):
        write_explained(tmp_path / "why.exe", [])
    with pytest.raises(ExtractError) as raised:
        write_explained(tmp_path / "nowhere" / "why.md", [])
    assert raised.value.problems[0].code is Code.OUTPUT
