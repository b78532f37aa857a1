"""Tables and JSON Lines: columns, quoting, and the same rows in every format."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import Code, Problem
from extract.outputs import (
    FACT_COLUMNS,
    fact_rows,
    write_facts_csv,
    write_facts_parquet,
    write_json,
    write_jsonl,
    write_rejects,
)
from extract.records import Evidence, Fact, Field, LetterRecord, Reason


def record(quote: str = "PS 1", *, reasons: tuple[Reason, ...] = ()) -> LetterRecord:
    evidence = Evidence(start=3, end=3 + len(quote), quote=quote, section="performance")
    ecog = Fact(field=Field.ECOG, value="1", low="1", high="1", evidence=evidence, rule="ps")
    doubtful = Fact(
        field=Field.CAIX,
        value=">80",
        evidence=evidence,
        rule="caix",
        review=True,
        reasons=(Reason.OCR, Reason.QUALIFIED),
    )
    return LetterRecord(
        letter_id="p/1",
        patient_id="p",
        letter_date="2011-03-04",
        facts=(ecog, doubtful),
        reasons=reasons,
    )


def test_the_columns_are_the_contract_s(tmp_path: Path) -> None:
    write_facts_csv(tmp_path / "facts.csv", [record()])
    assert (tmp_path / "facts.csv").read_bytes() == (
        b"letter_id,patient_id,letter_date,field,item,value,low,high,assertion,section,start,end,"
        b"quote,rule,review,reason,page,place\n"
        b"p/1,p,2011-03-04,ecog,,1,1,1,present,performance,3,7,PS 1,ps,no,,,\n"
        b"p/1,p,2011-03-04,caix,,>80,,,present,performance,3,7,PS 1,caix,yes,"
        b"ocr_damage;qualified_wording,,\n"
    )


def test_doubt_about_whose_letter_it_is_touches_every_row() -> None:
    rows = list(fact_rows([record(reasons=(Reason.IDENTITY, Reason.NO_LETTER_DATE))]))
    assert [(row["review"], row["reason"]) for row in rows] == [
        ("yes", "identity_mismatch"),
        ("yes", "ocr_damage;qualified_wording;identity_mismatch"),
    ]


@given(
    quote=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), min_size=1)
)
def test_any_quote_comes_back_from_csv(
    tmp_path_factory: pytest.TempPathFactory, quote: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "quoted.csv"
    write_facts_csv(path, [record(quote)])
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["quote"] for row in rows] == [quote, quote]


def test_parquet_holds_the_same_rows(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert write_facts_parquet(tmp_path / "facts.parquet", [record()])
    table = parquet.read_table(tmp_path / "facts.parquet")
    assert tuple(table.column_names) == FACT_COLUMNS
    assert table.to_pylist() == list(fact_rows([record()]))
    assert write_facts_parquet(tmp_path / "none.parquet", [])
    assert parquet.read_table(tmp_path / "none.parquet").schema == table.schema


def test_without_pyarrow_there_is_no_parquet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.outputs.streams.find_spec", lambda _: None)
    assert not write_facts_parquet(tmp_path / "facts.parquet", [record()])
    assert list(tmp_path.iterdir()) == []


def test_rejects_say_what_to_do(tmp_path: Path) -> None:
    problems = [Problem("p/1,2.txt", Code.TOO_LARGE, "The file is larger than 10 bytes.")]
    write_rejects(tmp_path / "rejects.csv", problems)
    assert (tmp_path / "rejects.csv").read_text() == (
        "path,code,sentence\n"
        '"p/1,2.txt",too_large,"The file is larger than 10 bytes. Split the file, or raise the '
        'limit with --max-bytes."\n'
    )


def test_one_record_is_one_line(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "letters.jsonl", [record("PS\n1"), record("é")])
    lines = (tmp_path / "letters.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["facts"][0]["evidence"]["quote"] for line in lines] == ["PS\n1", "é"]


def test_a_document_is_indented_and_ends_its_line(tmp_path: Path) -> None:
    write_json(tmp_path / "run.json", {"a": 1})
    assert (tmp_path / "run.json").read_text() == '{\n  "a": 1\n}\n'
