"""A patient's letters in many formats, some twice, are judged as their plain texts are."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.archive import RunSettings
from extract.archive.run import RunResult, run
from extract.letters.ocr import available
from tests.letters.writers import archives, messages, office
from tests.letters.writers.pdf import Style, scan, write_pdf
from tests.needs import needs

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "hd-il2" / "letters"
KEPT: list[tuple[str, Callable[[str], bytes]]] = [
    ("docx", lambda text: office.write_docx(text, "Example Trust", "Page 1 of 2")),
    ("rtf", office.write_rtf),
    ("pdf", lambda text: write_pdf(text, Style(lines=20, head=("Example Trust",), numbers=True))),
    ("html", office.write_html),
    ("txt", lambda text: text.encode("utf-16")),
    ("eml", lambda text: bytes(messages.mail(text))),
]


def do(letters: Path, out: Path) -> RunResult:
    return run(RunSettings.checked(letters=letters, out=out))


def facts(out: Path) -> list[tuple[str, ...]]:
    with (out / "facts.csv").open(newline="", encoding="utf-8") as stream:
        names = ("letter_id", "patient_id", "letter_date", "field", "item", "value")
        return sorted(tuple(row[name] for name in names) for row in csv.DictReader(stream))


@pytest.mark.usefixtures("quick")
@needs(available(), "no Tesseract with English data here")
def test_formats_change_nothing_that_is_said_of_a_patient(tmp_path: Path) -> None:
    plain, mixed = tmp_path / "plain" / "p1", tmp_path / "mixed" / "p1"
    packed: dict[str, bytes] = {}
    for folder in (plain, mixed):
        folder.mkdir(parents=True)
    files = sorted((CORPUS / "c09").glob("*.txt"))
    for number, file in enumerate(files):
        text = file.read_text("utf-8")
        ending, write = KEPT[number % len(KEPT)]
        (plain / file.name).write_text(text, encoding="utf-8")
        (mixed / f"{file.stem}.{ending}").write_bytes(write(text))
        if number in (0, 2):
            (mixed / f"{file.stem} scanned.pdf").write_bytes(scan(write_pdf(text)))
        packed[f"sent/{file.stem}.docx"] = office.write_docx(text)
    (mixed / "sent again.zip").write_bytes(archives.write_zip(packed))

    do(plain.parent, tmp_path / "before")
    after = do(mixed.parent, tmp_path / "after")
    assert facts(tmp_path / "after") == facts(tmp_path / "before")
    answers = [(tmp_path / out / "eligibility.csv").read_bytes() for out in ("before", "after")]
    assert answers[0] == answers[1]
    assert after.counts.letters == len(files)
    assert after.counts.duplicates == 2 + len(packed)
    assert after.counts.files == 2 * len(files) + 2
    lines = (tmp_path / "after" / "letters.jsonl").read_text("utf-8").splitlines()
    paths = [path for line in lines for path in json.loads(line)["paths"]]
    assert len(paths) == after.counts.files
    assert len({path for path in paths if path.startswith("p1/sent again.zip/")}) == len(packed)
