"""What is read from messages, mails, archives and tables: every letter, whose it is, of which day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from extract.errors import Code, Problem
from extract.letters import Letter, Source, readers
from extract.letters.model import IdentifierKind
from extract.letters.options import ReadOptions
from extract.letters.registry import Registry
from tests.letters.writers import archives, messages, office
from tests.needs import needs

TEXT = "ECOG performance status 1.\n"
NHS = "9990000018"


def items(data: bytes, **columns: Any) -> list[Letter | Problem]:
    options = ReadOptions.of(**columns) if columns else ReadOptions()
    registry = Registry(tuple(make(options) for make in readers.BUILT_IN), options)
    return list(registry.read(Source("x", "x", Path("x"), content=data)))


def letters(data: bytes, **columns: Any) -> list[Letter]:
    return [item for item in items(data, **columns) if isinstance(item, Letter)]


def codes(data: bytes, **columns: Any) -> list[tuple[str, Code]]:
    return [(i.path, i.code) for i in items(data, **columns) if isinstance(i, Problem)]


def numbers(letter: Letter) -> set[tuple[IdentifierKind, str]]:
    return {(number.kind, number.value) for number in letter.identifiers}


# -------------------------------------------------------------------------- HL7


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (r"CAIX \F\ 95 \T\ up \S\ \R\ \E\ ", "CAIX | 95 & up ^ ~ \\ "),
        (r"one\.br\two\.sp\three", "one\ntwo\nthree"),
        (r"\H\bold\N\ plain", "bold plain"),
        (r"50 mg/m\XC2B2\ given", "50 mg/m² given"),
        ("first~second", "first\nsecond"),
        (r"C:\letters\a", r"C:\letters\a"),
    ],
)
def test_the_escapes_of_a_message_are_written_out(sent: str, text: str) -> None:
    (letter,) = letters(messages.hl7_message("MDM^T02", [f"FT|1||{sent}||||||F"]).encode())
    assert letter.text.strip() == text.strip()


def test_numbers_and_codes_of_a_report_have_their_names_and_units() -> None:
    seen = ["NM|LDH^Lactate dehydrogenase||190|U/L|||||F", "SN|X^CAIX||>^80|%|||||F",
            "CWE|Y^Stress echo||S^Satisfactory||||||F"]  # fmt: skip
    (letter,) = letters(messages.hl7_message("ORU^R01", seen).encode())
    assert letter.text.splitlines() == [
        "Clinic letter", "Lactate dehydrogenase: 190 U/L", "CAIX: > 80 %", "Stress echo: Satisfactory",
    ]  # fmt: skip


def test_a_message_says_whose_letter_it_is_and_of_which_day() -> None:
    (letter,) = letters(messages.write_hl7(TEXT))
    assert numbers(letter) == {(IdentifierKind.NHS, NHS), (IdentifierKind.HOSPITAL, "H104477")}
    assert letter.stated.date == "2011-03-04"
    assert {"CANARY", "ALBERT"} <= set(letter.stated.names)
    assert letter.places[0].where == "segment 5"


def test_each_message_of_a_file_is_a_letter_under_its_own_number() -> None:
    both = messages.write_hl7(TEXT) + messages.write_hl7("ECOG 2", document="D2")
    assert [letter.letter_id for letter in letters(both)] == ["x/D1", "x/D2"]


def test_a_message_of_another_kind_holds_no_letter() -> None:
    assert codes(messages.write_hl7(TEXT, "ADT^A01")) == [("x", Code.NO_LETTER)]


# ------------------------------------------------------------------- FHIR, mail


def test_a_bundle_lends_its_patient_to_its_documents() -> None:
    reference = messages.document_reference(TEXT.encode(), date="2011-03-05T10:00:00Z")
    (letter,) = letters(messages.as_json(messages.bundle(messages.PATIENT, reference)))
    assert (IdentifierKind.NHS, NHS) in numbers(letter)
    assert (letter.stated.date, letter.text) == ("2011-03-05", TEXT)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "entered-in-error"}, Code.NO_LETTER),
        ({"content": [{"attachment": {"url": "https://elsewhere.example/1"}}]}, Code.NO_LETTER),
        ({"content": [{"attachment": {"contentType": "text/plain", "data": "%%"}}]}, Code.DAMAGED),
        ({"content": []}, Code.EMPTY),
    ],
)
def test_a_document_without_its_letter_is_a_problem(change: dict[str, Any], code: Code) -> None:
    reference = messages.document_reference(TEXT.encode()) | change
    assert codes(messages.as_json(reference)) == [("x", code)]


def test_a_mail_is_a_letter_and_so_is_what_is_attached() -> None:
    mail = messages.mail("ECOG 2 today.", subject=f"NHS {NHS}")
    messages.attach(mail, "letter.docx", office.write_docx(TEXT), "application/octet-stream")
    messages.attach(mail, "../../evil.rtf", office.write_rtf(TEXT), "text/rtf")
    found = {letter.letter_id: letter for letter in letters(bytes(mail))}
    assert set(found) == {"x", "x/letter", "x/evil"}
    assert {found[name].stated.date for name in found} == {"2011-03-04", ""}
    assert all((IdentifierKind.NHS, NHS) in numbers(letter) for letter in found.values())


# --------------------------------------------------------------------- archives


def test_an_archive_keeps_its_folders_and_tells_names_apart() -> None:
    inner = archives.write_zip({"p2/b.txt": b"ECOG 2"})
    data = archives.write_zip({"p1/a.txt": TEXT.encode(), "in.zip": inner, "p1/empty.txt": b""})
    found = {letter.letter_id: (letter.path, letter.folder) for letter in letters(data)}
    assert found == {"x/p1/a": ("x/p1/a.txt", "p1"), "x/in/p2/b": ("x/in.zip/p2/b.txt", "p2")}
    assert codes(data) == [("x/p1/empty.txt", Code.EMPTY)]


def test_a_file_packed_alone_is_read() -> None:
    import gzip

    (letter,) = letters(gzip.compress(office.write_rtf(TEXT)))
    assert letter.format == "rtf"


# ----------------------------------------------------------------------- tables

COLUMNS = {
    "text_column": "body",
    "id_column": "doc",
    "patient_column": "who",
    "date_column": "when",
}
ROWS = [
    {"doc": "d1", "body": TEXT + "Über 80 %\n", "who": "P1", "when": "2011-03-04 10:00"},
    {"doc": "d2", "body": "", "who": "P1", "when": ""},
    {"doc": "", "body": "ECOG 2, \"well\"", "who": NHS, "when": "4/3/2011"},
]  # fmt: skip


def _tables() -> Sequence[Any]:
    yield_ = [
        ("commas", archives.write_csv(ROWS)),
        ("semicolons", archives.write_csv(ROWS, ";", "cp1252")),
        ("tabs", archives.write_csv(ROWS, "\t", "utf-16")),
        ("json lines", archives.write_jsonl(ROWS)),
    ]
    if find_spec("pyarrow"):
        yield_.append(("parquet", archives.write_parquet(ROWS)))
    return [pytest.param(data, id=name) for name, data in yield_]


@pytest.mark.parametrize("data", _tables())
def test_a_row_is_a_letter_with_what_its_columns_say(data: bytes) -> None:
    first, last = letters(data, **COLUMNS)
    assert (first.letter_id, first.text) == ("d1", TEXT + "Über 80 %\n")
    assert (first.stated.patient, first.stated.date, first.stated.firm) == (
        "P1",
        "2011-03-04",
        True,
    )
    assert (last.letter_id, last.stated.patient, last.stated.date) == ("x/3", NHS, "")
    assert (IdentifierKind.NHS, NHS) in numbers(last)
    assert codes(data, **COLUMNS) == [("x/2", Code.EMPTY)]


@pytest.mark.parametrize("data", _tables())
def test_a_column_that_is_named_and_missing_is_said(data: bytes) -> None:
    (problem,) = items(data, text_column="body", id_column="number")
    assert isinstance(problem, Problem)
    assert problem.code is Code.NO_COLUMN
    assert "number" in problem.sentence()


@needs(find_spec("pyarrow"), "no pyarrow here")
def test_a_parquet_table_of_numbers_is_read_as_text() -> None:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"text": ["ECOG 1"], "letter_id": [17]}), out)
    assert [letter.letter_id for letter in letters(out.getvalue())] == ["17"]


def test_a_row_that_is_no_object_costs_that_row() -> None:
    data = (
        json.dumps({"text": "ECOG 1"}).encode() + b"\n{\n" + json.dumps({"text": "ECOG 2"}).encode()
    )
    assert [letter.letter_id for letter in letters(data)] == ["x/1", "x/3"]
    assert codes(data) == [("x/2", Code.DAMAGED)]
