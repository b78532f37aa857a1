"""Valid files of each format, damaged by chance: no crash, no hang, none unaccounted for.

Files are read as in a run, in the process that is watched. ``EXTRACT_FUZZ`` gives the
damaged files a format, for a longer look than tests take.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import Code, Problem
from extract.letters import Letter, Registry, Source
from extract.letters.options import ReadOptions
from tests.letters.writers import archives, broken, messages, office
from tests.letters.writers.pdf import write_pdf
from tests.needs import needs

EXAMPLES = int(os.environ.get("EXTRACT_FUZZ", "40"))
#: What no file may lead to, however it is damaged.
FAULTS = frozenset({Code.FAILED, Code.CRASHED, Code.TIMED_OUT, Code.MEMORY, Code.MISSING_READER})
TEXT = (
    broken.letter(7)
    + "\nDrug      Dose     Start\nSunitinib 50 mg 06/2009\n\n• Well\n1. Scan ≥ 2\n"
)
ROWS = [{"letter_id": "1", "text": TEXT}, {"letter_id": "2", "text": "PS 0"}]

Make = Callable[[], bytes]


def _in_docx(name: str) -> Make:
    """The parts of a Word file are packed: damage is done before that (:func:`_damaged`)."""
    return lambda: archives.read_zip(office.write_docx(TEXT, "Head", "Foot"))[name]


#: Files whole, and parts of packed ones, by the name under which they are damaged.
WHOLE: dict[str, Make] = {
    "text": TEXT.encode,
    "utf-16": lambda: TEXT.encode("utf-16"),
    "docx": lambda: office.write_docx(TEXT, "Head", "Foot"),
    "word/document.xml": _in_docx("word/document.xml"),
    "word/header1.xml": _in_docx("word/header1.xml"),
    "word/styles.xml": _in_docx("word/styles.xml"),
    "[Content_Types].xml": _in_docx("[Content_Types].xml"),
    "pdf": lambda: write_pdf(TEXT),
    "rtf": lambda: office.write_rtf(TEXT, "Head", "Foot"),
    "html": lambda: office.write_html(TEXT),
    "hl7": lambda: messages.write_hl7(TEXT),
    "hl7 packed": lambda: messages.write_hl7_packed(office.write_rtf(TEXT), "text^rtf"),
    "fhir": lambda: messages.as_json(
        messages.bundle(
            messages.PATIENT,
            messages.document_reference(office.write_html(TEXT), "text/html"),
            messages.composition(TEXT),
        )
    ),
    "fhir lines": lambda: messages.as_lines(messages.PATIENT, messages.composition(TEXT)),
    "mail": lambda: bytes(
        messages.attach(messages.mail(TEXT, "<p>x"), "a.rtf", office.write_rtf(TEXT), "text/rtf")
    ),
    "zip": lambda: archives.write_zip({"a/b.txt": TEXT.encode(), "c.rtf": office.write_rtf(TEXT)}),
    "tar": lambda: archives.write_tar({"a/b.txt": TEXT.encode()}, ""),
    "tar.gz": lambda: archives.write_tar({"a/b.txt": TEXT.encode()}),
    "tar.xz": lambda: archives.write_tar({"a/b.txt": TEXT.encode()}, "xz"),
    "csv": lambda: archives.write_csv(ROWS),
    "jsonl": lambda: archives.write_jsonl(ROWS),
    "parquet": lambda: archives.write_parquet(ROWS),
    "png": lambda: broken.png(60, 40),
    "compound": lambda: broken.old_office("WordDocument"),
}

#: One piece of damage: where (a share of the file), how much, what instead.
_PIECE = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.one_of(st.integers(0, 4), st.integers(0, 400)),
    st.one_of(
        st.binary(max_size=6),
        st.sampled_from(
            [b"\0", b"\xff" * 4, b"{", b"}", b"\\", b"<", b"|", b'"', b"\r\n", b"9" * 30]
        ),
        st.floats(0, 1, exclude_max=True),  # a stretch from elsewhere in the file
    ),
)
Damage = list[tuple[float, int, bytes | float]]


def _damaged(data: bytes, damage: Damage) -> bytes:
    for place, size, instead in damage:
        at = int(place * len(data))
        if isinstance(instead, float):
            start = int(instead * len(data))
            instead = data[start : start + size + 1]
        data = data[:at] + instead + data[at + size :]
    return data


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    """All readers, in the process that is watched; pictures are not recognised."""
    made = Registry(options=ReadOptions(seconds=30, ocr=False))
    yield made
    if made.guard:
        made.guard.close()


@pytest.mark.parametrize("name", WHOLE)
@needs(find_spec("pyarrow") and find_spec("fontTools"), "no pyarrow or no fonts here")
def test_damaged_files_are_letters_or_problems(registry: Registry, name: str) -> None:
    whole = WHOLE[name]()

    @settings(
        max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(st.lists(_PIECE, min_size=1, max_size=5), st.one_of(st.just(1.0), st.floats(0, 1)))
    def damaged(damage: Damage, kept: float) -> None:
        data = _damaged(whole, damage)
        data = data[: int(kept * len(data)) + 1]
        if name.endswith(".xml"):
            data = broken.docx_with({name: data})
        found = list(registry.read(Source("x", "x", Path("x"), content=data)))
        assert found, "unaccounted for"
        for item in found:
            if isinstance(item, Problem):
                assert item.code not in FAULTS, item
            else:
                _is_sound(item)

    damaged()


def _is_sound(letter: Letter) -> None:
    assert letter.text.strip()
    assert letter.text.encode("utf-8")
    at = 0
    for place in letter.places:
        assert at <= place.start < place.end <= len(letter.text)
        at = place.end
