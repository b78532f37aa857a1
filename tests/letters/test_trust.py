"""Which day a letter is of, and when a person should look; the same letter in two renderings."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.archive import Extractor
from extract.letters import Letter, Source, readers
from extract.letters.copies import Sketch, is_copy, sketch
from extract.letters.identity import find_identifiers
from extract.letters.model import Identifier, IdentifierKind, Stated
from extract.letters.options import DEFAULTS
from extract.letters.registry import Registry
from extract.letters.trust import Settled, day_in_path, doubts, settled_date
from extract.records import Reason
from tests.letters.writers import office


def letter(path: str = "a.txt", text: str = "", **stated: object) -> Letter:
    return Letter("a", text, path, stated=Stated(**stated))  # type: ignore[arg-type]


# ------------------------------------------------------------------------- the day


@pytest.mark.parametrize(
    ("made", "head", "settled"),
    [
        (letter(), "2011-03-04", Settled("2011-03-04")),
        (letter(date="2011-03-10"), "2011-03-04", Settled("2011-03-04")),
        (letter(date="2011-03-10"), "", Settled("2011-03-10")),
        (letter(date="2011-03-10", firm=True), "2011-03-04", Settled("2011-03-10")),
        (letter("2011-03-10.txt"), "", Settled("2011-03-10", (Reason.NO_LETTER_DATE,))),
        (letter(), "", Settled("", (Reason.NO_LETTER_DATE,))),
        # Days that typing and posting do not explain are a reason to look, whichever is taken.
        (letter(date="2012-03-10"), "2011-03-04", Settled("2011-03-04", (Reason.IDENTITY,))),
        (letter(date="2012-03-10", firm=True), "2011-03-04", Settled("2012-03-10", (Reason.IDENTITY,))),
        (letter("2009-01-02.txt"), "2011-03-04", Settled("2011-03-04", (Reason.CONFLICT,))),
        (letter("2011-03-01.txt"), "2011-03", Settled("2011-03")),
    ],
)  # fmt: skip
def test_the_day_is_the_most_trusted_one(made: Letter, head: str, settled: Settled) -> None:
    assert settled_date(made, head) == settled


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("p/2011-03-04 clinic.docx", "2011-03-04"),
        ("20110304_clinic.pdf", "2011-03-04"),
        ("14.03.2011.pdf", "2011-03-14"),
        ("04-03-2011.pdf", ""),  # the fourth of March, or the third of April
        ("04-04-2011.pdf", "2011-04-04"),
        ("2011-02-30.pdf", ""),
        ("2011-03-04 to 2011-03-09.pdf", ""),
        ("2011-03-04/letter.pdf", ""),
        ("H20110304551.pdf", ""),
    ],
)
def test_a_day_in_a_file_s_name_is_not_guessed(path: str, day: str) -> None:
    assert day_in_path(path) == day


# ------------------------------------------------------------------------- whose


@pytest.mark.parametrize(
    ("said", "text", "reasons"),
    [
        ("H104477", "Hospital No: H104477", ()),
        ("H104477", "Hospital No: H228104", (Reason.IDENTITY,)),
        ("H104477", "Hospital No: 55-1234", ()),  # another hospital's
        ("H104477", "ECOG 1", ()),
    ],
)
def test_another_number_in_the_text_than_in_the_message_asks_for_review(
    said: str, text: str, reasons: tuple[Reason, ...]
) -> None:
    numbers = (Identifier(IdentifierKind.HOSPITAL, said),)
    made = Letter("a", text, identifiers=find_identifiers(text), stated=Stated(identifiers=numbers))
    assert doubts(made) == reasons


# ------------------------------------------------------------------------ copies

TEXT = (
    "Clinic 4 March 2011\n\nDiagnosis: metastatic clear cell renal cell carcinoma.\n"
    "He began sunitinib 50 mg in June 2009 and has had a partial response since then. He is well "
    "and drives his bus. On examination his chest is clear. ECOG performance status 1.\n"
)
REGISTRY = Registry(tuple(make(DEFAULTS) for make in readers.BUILT_IN), DEFAULTS)


def drawn(extractor: Extractor, data: bytes) -> Sketch:
    (read,) = REGISTRY.read(Source("x", "x", Path("x"), content=data))
    assert isinstance(read, Letter)
    record = extractor.record(read)
    return sketch(read, record.facts, record.letter_date)


def test_a_letter_in_another_format_is_a_copy(extractor: Extractor) -> None:
    plain = drawn(extractor, TEXT.encode())
    assert is_copy(drawn(extractor, office.write_rtf(TEXT)), plain)
    headed = drawn(extractor, office.write_docx(TEXT, "Trust", "Form 7"))
    assert headed.words != plain.words
    assert is_copy(plain, headed)


@pytest.mark.parametrize(
    ("old", "new"),
    [("status 1", "status 2"), ("4 March", "5 March"), ("partial response", "complete response")],
)
def test_a_letter_that_says_something_else_is_none(
    extractor: Extractor, old: str, new: str
) -> None:
    plain = drawn(extractor, TEXT.encode())
    other = drawn(extractor, TEXT.replace(old, new).encode())
    assert not is_copy(other, plain)
    assert not is_copy(plain, other)


def test_a_sketch_comes_back_from_its_characters_and_holds_no_words(extractor: Extractor) -> None:
    made = drawn(extractor, TEXT.encode())
    assert Sketch.unpacked(made.packed()) == made
    assert "sunitinib" not in made.packed()


def test_under_a_key_a_sketch_says_nothing_without_it() -> None:
    made = Letter("a", TEXT)
    one, other = sketch(made, key="one"), sketch(made, key="other")
    assert not set(one.pieces) & set(other.pieces)
