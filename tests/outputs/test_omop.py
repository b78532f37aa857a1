"""OMOP CDM 5.4: required columns, types, and no day that no letter gives."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from extract.outputs.loading import Finished
from extract.outputs.omop import TABLES, faults, omop_tables, write_omop
from extract.outputs.omop.rows import NOT_EXPORTED
from extract.outputs.omop.schema import Kind
from extract.records import LetterRecord

TODAY = date(2026, 11, 24)

#: What OHDSI's definition of CDM 5.4 demands of each table: its number of columns, and
#: those that may not be empty.
DEFINITION = {
    "note": (
        16,
        "note_id person_id note_date note_type_concept_id note_class_concept_id note_text "
        "encoding_concept_id language_concept_id",
    ),
    "note_nlp": (14, "note_nlp_id note_id lexical_variant nlp_date"),
    "measurement": (
        23,
        "measurement_id person_id measurement_concept_id measurement_date "
        "measurement_type_concept_id",
    ),
    "observation": (
        21,
        "observation_id person_id observation_concept_id observation_date "
        "observation_type_concept_id",
    ),
    "drug_exposure": (
        23,
        "drug_exposure_id person_id drug_concept_id drug_exposure_start_date "
        "drug_exposure_end_date drug_type_concept_id",
    ),
    "episode": (
        13,
        "episode_id person_id episode_concept_id episode_start_date episode_object_concept_id "
        "episode_type_concept_id",
    ),
}


@pytest.mark.parametrize("name", DEFINITION)
def test_the_tables_are_those_of_the_model(name: str) -> None:
    number, required = DEFINITION[name]
    assert len(TABLES[name]) == number
    assert {column.name for column in TABLES[name] if column.required} == set(required.split())
    for column in TABLES[name]:
        ending = column.name.rpartition("_")[2]
        if ending == "id" or column.name.endswith("_concept_id"):
            assert column.kind is Kind.INTEGER
        if ending == "date":
            assert column.kind is Kind.DATE
        if ending == "datetime":
            assert column.kind is Kind.DATETIME
        if column.name.endswith("source_value"):
            assert (column.kind, column.length) == (Kind.TEXT, 50)


@pytest.mark.parametrize("fill", [False, True])
def test_every_row_fits_its_table(gold: Finished, c6: Finished, fill: bool) -> None:
    for finished in (gold, c6):
        tables, persons, _ = omop_tables(finished, TODAY, fill_dates=fill)
        for name, records in tables.items():
            assert [fault for record in records for fault in faults(name, record)] == []
        people = {person["person_id"] for person in persons}
        notes = {note["note_id"] for note in tables["note"]}
        for name, records in tables.items():
            key = TABLES[name][0].name
            ids = [record[key] for record in records]
            assert ids == list(range(1, len(ids) + 1))
            for record in records:
                assert record.get("person_id", 1) in people
                assert record.get("note_id", 1) in notes


def test_a_row_that_does_not_fit_is_told() -> None:
    assert faults("note_nlp", {"note_nlp_id": 1, "note_id": "x", "shoe": 1}) == [
        "note_nlp.shoe is no column",
        "note_nlp.note_id is no integer of its length",
        "note_nlp.lexical_variant is required",
        "note_nlp.nlp_date is required",
    ]


@pytest.fixture(scope="module")
def open_dates(
    quoted: Callable[..., LetterRecord], make_finished: Callable[..., Finished]
) -> Finished:
    rows = [
        ("letter_date", "", "2010-01-04"),
        ("therapy", "sunitinib", "given"),
        ("therapy_start", "sunitinib", "2009-02"),
        ("therapy_end", "sunitinib", "2009-11"),
        ("therapy", "sorafenib", "given"),
        ("therapy_start", "sorafenib", "2008-02-01"),
        ("therapy_end", "sorafenib", "2008-11-30"),
        ("caix", "", ">80"),
        ("caix", "", "~90"),
        ("ecog", "", "1"),
    ]
    undated = [("ecog", "", "0"), ("letter_date", "", "2010")]
    return make_finished([quoted("p1/a", rows), quoted("p1/b", undated)])


def test_no_day_is_made_up(open_dates: Finished) -> None:
    tables, _, left = omop_tables(open_dates, TODAY)
    (drug,) = tables["drug_exposure"]
    assert drug["drug_source_value"] == "sorafenib"
    assert drug["drug_concept_id"] == 1363387
    assert drug["drug_exposure_start_date"] == date(2008, 2, 1)
    assert {(item.table, item.what, item.date) for item in left} >= {
        ("note", "p1/b", "2010"),
        ("measurement", "ECOG performance status", "2010"),
        ("drug_exposure", "sunitinib", "2009-02"),
    }
    assert len(tables["note"]) == 1


def test_a_day_may_stand_in_where_it_is_asked_for(open_dates: Finished) -> None:
    tables, _, left = omop_tables(open_dates, TODAY, fill_dates=True)
    drugs = {row["drug_source_value"]: row for row in tables["drug_exposure"]}
    assert drugs["sunitinib"]["drug_exposure_start_date"] == date(2009, 2, 1)
    assert drugs["sunitinib"]["drug_exposure_end_date"] == date(2009, 11, 30)
    assert drugs["sunitinib"]["sig"] == "dates as given: 2009-02 to 2009-11"
    assert "verbatim_end_date" not in drugs["sunitinib"]
    assert left == []


def test_numbers_keep_their_operator_and_their_doubt(open_dates: Finished) -> None:
    tables, _, _ = omop_tables(open_dates, TODAY)
    found = {row["value_source_value"]: row for row in tables["measurement"]}
    assert (found[">80"]["operator_concept_id"], found[">80"]["value_as_number"]) == (4172704, 80)
    assert "value_as_number" not in found["~90"]
    assert found["1"]["measurement_concept_id"] == 4173614


def test_terms_quote_their_letters(gold: Finished, open_dates: Finished) -> None:
    tables, _, _ = omop_tables(open_dates, TODAY)
    term = next(row for row in tables["note_nlp"] if "field=caix" in str(row["term_modifiers"]))
    assert term["snippet"] == "caix  >80"
    assert "value=>80" in str(term["term_modifiers"])
    assert term["term_exists"] == "Y"
    tables, _, _ = omop_tables(gold, TODAY)
    assert len(tables["note_nlp"]) == sum(len(letter.facts) for letter in gold.letters)


def test_texts_are_there_only_when_given(open_dates: Finished) -> None:
    (note,) = omop_tables(open_dates, TODAY)[0]["note"]
    assert note["note_text"] == NOT_EXPORTED
    (note,) = omop_tables(open_dates, TODAY, texts={"p1/a": "Dear colleague"})[0]["note"]
    assert note["note_text"] == "Dear colleague"


def test_files_hold_every_column_in_both_forms(gold: Finished, tmp_path: Path) -> None:
    counts = write_omop(tmp_path, gold, TODAY)
    for name, columns in TABLES.items():
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert len(rows) == counts[name]
        assert list(rows[0]) == [column.name for column in columns]
    pq = pytest.importorskip("pyarrow.parquet")
    for name, columns in TABLES.items():
        table = pq.read_table(tmp_path / f"{name}.parquet")
        assert table.num_rows == counts[name]
        assert table.column_names == [column.name for column in columns]
        kinds = {Kind.INTEGER: "int64", Kind.NUMBER: "double", Kind.DATE: "date32[day]",
                 Kind.DATETIME: "timestamp[us]", Kind.TEXT: "string"}  # fmt: skip
        assert [str(field.type) for field in table.schema] == [kinds[c.kind] for c in columns]
        assert [field.nullable for field in table.schema] == [not c.required for c in columns]
    with (tmp_path / "person_map.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["person_source_value"] for row in csv.DictReader(stream)] == [
            patient.patient_id for patient in gold.patients
        ]
