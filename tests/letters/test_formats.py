"""The same thirty letters in every format give the same facts as the plain text."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from extract.archive import Extractor
from extract.letters import Letter, Source, readers
from extract.letters.ocr import available
from extract.letters.options import DEFAULTS
from extract.letters.provenance import THRESHOLDS
from extract.letters.registry import Registry
from extract.records import Fact, Reason
from tests.letters.writers import archives, messages, office
from tests.letters.writers.pdf import Style, scan, write_pdf
from tests.needs import needs

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "hd-il2" / "letters"
HEAD, FOOT = "Example Hospitals Trust - Oncology", "Page 1 of 2"

Write = Callable[[str], bytes]
Key = tuple[str, str, str]

needs_fonts = needs(
    find_spec("matplotlib") and find_spec("fontTools"), "no fonts to write PDFs with"
)
needs_office = needs(shutil.which("soffice"), "no LibreOffice here")
needs_ocr = needs(available(), "no Tesseract with English data here")
needs_pyarrow = needs(find_spec("pyarrow"), "no pyarrow here")

#: Every format that holds the text of a letter as it is, by a name.
WRITERS: dict[str, Write] = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "windows": lambda text: text.replace("\n", "\r\n").encode("cp1252", "replace"),
    "docx": office.write_docx,
    "docx with running lines": lambda text: office.write_docx(text, HEAD, FOOT),
    "rtf": office.write_rtf,
    "rtf with running lines": lambda text: office.write_rtf(text, HEAD, FOOT),
    "html": office.write_html,
    "hl7 mdm": messages.write_hl7,
    "hl7 oru": messages.write_hl7_formatted,
    "hl7 with rtf": lambda text: messages.write_hl7_packed(office.write_rtf(text), "text^rtf"),
    "fhir document": lambda text: messages.as_json(messages.document_reference(text.encode())),
    "fhir report in a bundle": lambda text: messages.as_json(
        messages.bundle(messages.PATIENT, messages.diagnostic_report(office.write_html(text)))
    ),
    "fhir composition": lambda text: messages.as_json(messages.composition(text)),
    "fhir lines": lambda text: messages.as_lines(
        messages.PATIENT, messages.document_reference(office.write_rtf(text), "application/rtf")
    ),
    "mail": lambda text: bytes(messages.mail(text)),
    "mail as a page": lambda text: bytes(messages.mail("", office.write_html(text).decode())),
    "mail with a letter": lambda text: bytes(
        messages.attach(messages.mail(), "a.docx", office.write_docx(text), "application/x")
    ),
    "zip": lambda text: archives.write_zip({"a/b.txt": text.encode()}),
    "zip in a zip": lambda text: archives.write_zip(
        {"in.zip": archives.write_zip({"a/b.rtf": office.write_rtf(text)})}
    ),
    "tar": lambda text: archives.write_tar({"a/b.txt": text.encode()}, ""),
    "tar by gzip": lambda text: archives.write_tar({"a/b.html": office.write_html(text)}),
    "tar by xz": lambda text: archives.write_tar({"a/b.txt": text.encode()}, "xz"),
    "csv": lambda text: archives.write_csv([{"letter_id": "1", "text": text}]),
    "csv with semicolons": lambda text: archives.write_csv([{"n": "1", "text": text}], ";"),
    "json lines": lambda text: archives.write_jsonl([{"letter_id": "1", "text": text}]),
}
PDF_STYLES = {
    "proportional": Style(),
    "typewriter": Style(font="DejaVuSansMono.ttf", size=9),
    "both margins": Style(justified=True),
    "short pages with running lines": Style(
        lines=16, head=(HEAD,), foot=("Trust 1",), numbers=True
    ),
    "hyphens": Style(hyphens=True),
    "landscape": Style(page=(842.0, 595.0), lines=28),
}


@cache
def thirty() -> tuple[tuple[str, str], ...]:
    """Names and texts of thirty letters, spread over all patients."""
    files = sorted(CORPUS.rglob("*.txt"))[::3][:30]
    return tuple((f"{f.parent.name}/{f.stem}", f.read_text("utf-8")) for f in files)


@pytest.fixture(scope="module")
def plain(extractor: Extractor) -> dict[str, set[Key]]:
    """The facts of the plain texts."""
    assert len(thirty()) == 30
    return {name: keys(extractor.text(text).facts) for name, text in thirty()}


def keys(facts: tuple[Fact, ...]) -> set[Key]:
    return {fact.key for fact in facts}


@cache
def registry() -> Registry:
    """The program's readers, in this process."""
    return Registry(tuple(make(DEFAULTS) for make in readers.BUILT_IN), DEFAULTS)


def read(data: bytes) -> Letter:
    (letter,) = registry().read(Source("x", "x", Path("x"), content=data))
    assert isinstance(letter, Letter), letter
    return letter


def check(extractor: Extractor, plain: dict[str, set[Key]], write: Write) -> None:
    different = {}
    for name, text in thirty():
        letter = read(write(text))
        in_order(letter)
        found = keys(extractor.record(letter).facts)
        if found != plain[name]:
            different[name] = (sorted(plain[name] - found), sorted(found - plain[name]))
    assert different == {}


def in_order(letter: Letter) -> None:
    """Places follow each other, without overlaps, inside the text."""
    at = 0
    for place in letter.places:
        assert at <= place.start < place.end <= len(letter.text)
        at = place.end


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_facts_of_the_text(
    extractor: Extractor, plain: dict[str, set[Key]], name: str
) -> None:
    check(extractor, plain, WRITERS[name])


@needs_pyarrow
def test_parquet_gives_the_facts_of_the_text(
    extractor: Extractor, plain: dict[str, set[Key]]
) -> None:
    check(extractor, plain, lambda text: archives.write_parquet([{"text": text}]))


@needs_fonts
@pytest.mark.parametrize("style", PDF_STYLES)
def test_pdf_gives_the_facts_of_the_text(
    extractor: Extractor, plain: dict[str, set[Key]], style: str
) -> None:
    check(extractor, plain, lambda text: write_pdf(text, PDF_STYLES[style]))


@needs_fonts
def test_a_pdf_in_a_message_gives_the_facts_of_the_text(
    extractor: Extractor, plain: dict[str, set[Key]]
) -> None:
    check(extractor, plain, lambda text: messages.write_hl7_packed(write_pdf(text)))


# ------------------------------------------------------------- other programs


def converted(folder: Path, kind: str, files: list[Path]) -> Iterator[bytes]:
    """Files as LibreOffice converts them, with a profile of its own."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / "made"),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for file in files:
        yield (folder / "made" / f"{file.stem}.{kind}").read_bytes()


@needs_office
@pytest.mark.parametrize("kind", ["pdf", "rtf", "html"])
def test_what_libreoffice_makes_of_a_word_file_gives_the_same_facts(
    extractor: Extractor, plain: dict[str, set[Key]], tmp_path: Path, kind: str
) -> None:
    files = []
    for number, (_, text) in enumerate(thirty()):
        files.append(tmp_path / f"{number:02}.docx")
        files[-1].write_bytes(office.write_docx(text))
    made = {
        text: data
        for (_, text), data in zip(thirty(), converted(tmp_path, kind, files), strict=True)
    }
    check(extractor, plain, made.__getitem__)


# ------------------------------------------------------------------ recognition


@needs_fonts
@needs_ocr
def test_scans_at_300_dots_give_nearly_all_facts_and_flag_what_matters(
    extractor: Extractor, plain: dict[str, set[Key]]
) -> None:
    wanted = found = 0
    for name, text in thirty():
        letter = read(scan(write_pdf(text)))
        assert letter.scanned
        facts = extractor.record(letter).facts
        wanted += len(plain[name])
        found += len(plain[name] & keys(facts))
        for fact in facts:
            assert fact.evidence.boxes
            if fact.field in THRESHOLDS:
                assert fact.review, fact.key
                assert Reason.OCR in fact.reasons
    assert found >= 0.95 * wanted, f"{found} of {wanted}"


@needs_fonts
@needs_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_pictures_are_read_like_scans(kind: str, extractor: Extractor) -> None:
    text = "Clinic 4 March 2011\n\nECOG performance status 1. CAIX 95% of cells.\n" + "\n" * 60
    letter = read(scan(write_pdf(text + "Signed on page two of the letter.\n"), kind=kind))
    assert letter.format == "image"
    facts = {fact.key for fact in extractor.record(letter).facts}
    assert {("ecog", "", "1"), ("caix", "", "95"), ("letter_date", "", "2011-03-04")} <= facts
    assert ("page two" in letter.text) == (kind == "TIFF")
    if kind == "TIFF":
        assert {place.page for place in letter.places} == {1, 2}
