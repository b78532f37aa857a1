"""With a key, no name, address or number of a person stands anywhere in what is written."""

from __future__ import annotations

import csv
import gzip
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from extract.archive import Extractor
from extract.archive.work import Worker
from extract.cli import app
from extract.letters import Registry
from tests.conftest import WriteLetters
from tests.letters.writers import archives, messages, office

#: Whatever says who is meant, in the letters and in the files' names.
SECRETS = (
    "Quillfeather", "Zebedee", "Philomena", "Brackenbury", "Ottoline", "Featherstonehaugh",
    "Marrowbone", "Duckington", "ZZ9 4QF", "ZZ94QF", "9990000018", "999 000 0018", "9990000026",
    "999 000 0026", "H104477", "h104477", "K88/1234", "01632 960983", "01632960983",
    "z.quillfeather", "duckington.example", "02/01/1950", "2 January 1950", "1950-01-02", "19500102",
)  # fmt: skip

LETTER = """\
Duckington General Hospital
Dr Ottoline Brackenbury, Consultant Oncologist. Tel: 01632 960983

{date}

Dr F Featherstonehaugh
The Surgery, 14 Marrowbone Lane, Duckington ZZ9 4QF

Dear Dr Featherstonehaugh,

Re: Mr Zebedee QUILLFEATHER, DOB 02/01/1950, NHS No {nhs}, Hospital No: H104477
12 Marrowbone Lane, Duckington ZZ9 4QF

Diagnosis: metastatic clear cell renal cell carcinoma.

Mr Quillfeather began sunitinib on 3 March 2010 and had, Dr Brackenbury thinks, a partial response.
His wife Philomena Quillfeather says that Zebedee's performance status is 1. {more}
CAIX was strongly positive in 95% of cells (K88/1234). Zebedee (z.quillfeather@duckington.example)
stopped sunitinib on 1 February 2011 because of progression. Quillfeather had a satisfactory stress
echo. He had rash of Quillfeather-Brackenbury type, grade 2, and started pazopanib.

Yours sincerely

Ottoline Brackenbury
cc Mr Quillfeather, 12 Marrowbone Lane
"""


def letter(number: int, nhs: str = "999 000 0018") -> str:
    return LETTER.format(date=f"{number + 1} March 2011", nhs=nhs, more=f"Seen {number} times.")


def _archive() -> dict[str, str | bytes]:
    rows = [{"doc": "9990000026-1", "body": letter(9, "999 000 0026"), "who": "Quillfeather Z"}]
    inner = archives.write_zip({"Quillfeather/H104477.rtf": office.write_rtf(letter(1))})
    return {
        "QUILLFEATHER Zebedee 9990000018/a.txt": letter(2),
        "QUILLFEATHER Zebedee 9990000018/a copy for Dr Brackenbury.txt": letter(2),
        "QUILLFEATHER Zebedee 9990000018/b.docx": office.write_docx(letter(3), "H104477", "Brackenbury"),
        "QUILLFEATHER Zebedee 9990000018/c.html": office.write_html(letter(4)),
        "QUILLFEATHER Zebedee 9990000018/d.hl7": messages.write_hl7(letter(5)),
        "QUILLFEATHER Zebedee 9990000018/e.json": messages.as_json(
            messages.document_reference(letter(6).encode())
        ),
        "QUILLFEATHER Zebedee 9990000018/f.eml": bytes(
            messages.mail(letter(7), sender="Ottoline Brackenbury <o@duckington.example>")
        ),
        "QUILLFEATHER Zebedee 9990000018/Featherstonehaugh.zip": archives.write_zip({"Philomena.zip": inner}),
        "QUILLFEATHER Zebedee 9990000018/Quillfeather damaged.docx": b"PK\x03\x04word/document.xml",
        "QUILLFEATHER Zebedee 9990000018/Quillfeather empty.txt": b"",
        "QUILLFEATHER Zebedee 9990000018/Quill\u202efeather.txt": b"x",
        "Brackenbury/a.txt": letter(8, "999 000 0026"),
        "H104477.csv": archives.write_csv(rows),
        "twice.txt": "Re: Mr Quillfeather\nECOG performance status 0.",
        "twice.text": "Re: Mr Quillfeather\nECOG performance status 2.",
    }  # fmt: skip


@pytest.fixture
def out(
    write_letters: WriteLetters,
    tmp_path: Path,
    extractor: Extractor,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    monkeypatch.setattr(
        "extract.archive.work.worker_here",
        lambda setup: Worker(extractor, Registry(options=setup.options)),
    )
    key = tmp_path / "Quillfeather.key"
    key.write_text("a key of the tests' own, made by nobody")
    out = tmp_path / "out"
    root = write_letters(_archive())
    words = ["--text-column", "body", "--id-column", "doc", "--patient-column", "who"]
    asked = [str(root), "--out", str(out), "--pseudonymise", str(key), *words]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 1, done.output
    _nobody(done.output.encode(), "the terminal")
    return out


def test_nothing_in_the_out_folder_says_who(out: Path) -> None:
    for command in (
        ["export", "fhir", str(out)],
        ["export", "omop", str(out)],
        ["export", "excel", str(out)],
        ["report", str(out)],
    ):
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, done.output
        _nobody(done.output.encode(), " ".join(command[:2]))
    files = [path for path in out.rglob("*") if path.is_file()]
    assert {"store.sqlite", "report.html", "facts.parquet"} <= {path.name for path in files}
    for path in files:
        _nobody(path.name.encode(), "a file's name")
        for data in _contents(path):
            _nobody(data, path.name)


def test_what_is_left_can_be_worked_with(out: Path) -> None:
    counts = json.loads((out / "run.json").read_text("utf-8"))["counts"]
    assert (counts["letters"], counts["duplicates"], counts["empty"]) == (10, 1, 1)
    assert counts["rejected"] == 3
    with (out / "facts.csv").open(newline="", encoding="utf-8") as stream:
        facts = list(csv.DictReader(stream))
    assert {"ecog", "caix", "response", "therapy_end"} <= {fact["field"] for fact in facts}
    assert all(re.fullmatch("l-[0-9a-f]{20}", fact["letter_id"]) for fact in facts)
    assert all(
        re.fullmatch("p-[0-9a-f]{20}(:[9A]+)?|l-[0-9a-f]{20}", fact["patient_id"]) for fact in facts
    )
    with (out / "rejects.csv").open(newline="", encoding="utf-8") as stream:
        paths = {row["path"] for row in csv.DictReader(stream)}
    assert all(re.fullmatch(r"f-[0-9a-f]{20}(\.\w+)?", path) for path in paths)


def _nobody(data: bytes, where: str) -> None:
    text = data.decode("utf-8", "replace").casefold()
    wide = data.decode("utf-16-le", "ignore").casefold()
    found = [secret for secret in SECRETS if secret.casefold() in text or secret in wide]
    assert not found, f"{where} holds {found}"


def _contents(path: Path) -> Iterator[bytes]:
    """A file's bytes, unpacked where it is packed."""
    data = path.read_bytes()
    yield data
    if path.suffix == ".parquet":
        yield pd.read_parquet(path).to_csv().encode()
    elif path.suffix in (".xlsx", ".docx", ".zip"):
        with zipfile.ZipFile(path) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    elif path.suffix == ".gz":
        yield gzip.decompress(data)
