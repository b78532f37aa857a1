"""What is read from Word and PDF files: every part of a letter, in its place, once."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from extract.archive import Extractor
from extract.errors import Code, Problem
from extract.letters import Letter, Source, readers
from extract.letters.options import DEFAULTS
from extract.letters.registry import Registry
from tests.letters.writers import archives, broken, office
from tests.letters.writers.pdf import Style, write_form, write_pdf
from tests.needs import needs

needs_fonts = needs(
    find_spec("matplotlib") and find_spec("fontTools"), "no fonts to write PDFs with"
)
REGISTRY = Registry(tuple(make(DEFAULTS) for make in readers.BUILT_IN), DEFAULTS)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes, name: str = "a") -> Letter:
    (letter,) = REGISTRY.read(Source("a", name, Path(name), content=data))
    assert isinstance(letter, Letter), letter
    return letter


def word(body: str) -> str:
    """The text of a Word document with this body."""
    xml = f"<?xml version='1.0'?><w:document {_W}><w:body>{body}<w:sectPr/></w:body></w:document>"
    return read(broken.docx_with({"word/document.xml": xml.encode()})).text


def p(text: str) -> str:
    return f"<w:p>{text}</w:p>"


def r(text: str, more: str = "") -> str:
    return f"<w:r>{more}<w:t xml:space='preserve'>{text}</w:t></w:r>"


# ------------------------------------------------------------------------- Word


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(r("ECOG ") + r("1")), "ECOG 1\n"),
        (p(r("ECOG ") + f"<w:ins>{r('1')}</w:ins><w:del><w:r><w:delText>2</w:delText></w:r></w:del>"), "ECOG 1\n"),
        (p(f"<w:moveFrom>{r('gone')}</w:moveFrom><w:moveTo>{r('here')}</w:moveTo>"), "here\n"),
        (p("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("ECOG ")) + p(r("1")), "ECOG 1\n"),
        (p(r("seen") + r("never", "<w:rPr><w:vanish/></w:rPr>")), "seen\n"),
        (p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>non</w:t><w:noBreakHyphen/><w:t>small</w:t></w:r>"), "a\tb\nnon-small\n"),
        (p("<w:hyperlink>" + r("link") + "</w:hyperlink>") + f"<w:sdt><w:sdtContent>{p(r('field'))}</w:sdtContent></w:sdt>", "link\nfield\n"),
        (p("<w:r><w:fldChar><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>" + r(" ITU aware")), "☒ ITU aware\n"),
        (p(r("before") + f"<w:r><w:pict><w:txbxContent>{p(r('in the box'))}</w:txbxContent></w:pict></w:r>") + p(r("after")), "before\nin the box\nafter\n"),
    ],
    ids=["runs", "tracked", "moved", "joined", "hidden", "breaks", "wrapped", "ticked", "box"],
)  # fmt: skip
def test_a_word_file_is_read_as_its_final_version_shows_it(body: str, text: str) -> None:
    assert word(body) == text


def test_a_table_of_a_word_file_stands_where_it_is() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{p(r(cell))}</w:tc>" for cell in cells) + "</w:tr>"

    table = f"<w:tbl>{row('Drug', 'Dose')}{row('Sunitinib', '50 mg')}</w:tbl>"
    lines = word(p(r("before")) + table + p(r("after"))).splitlines()
    assert lines == ["before", "Drug      | Dose", "Sunitinib | 50 mg", "after"]


def test_headers_and_footers_are_read_once_and_page_numbers_not() -> None:
    letter = read(office.write_docx("ECOG 1\n", "Trust, Oncology", "Page 1 of 2"))
    assert letter.text.splitlines() == ["Trust, Oncology", "ECOG 1"]
    assert [place.where for place in letter.places] == ["header", "paragraph 1"]


def test_a_fact_says_where_in_the_word_file_and_on_the_page_it_stands(
    extractor: Extractor,
) -> None:
    letter = read(
        office.write_docx("Clinic 4 March 2011\n\nHe is well, ECOG performance status 1.\n")
    )
    (fact,) = (f for f in extractor.record(letter).facts if f.field == "ecog")
    assert (fact.evidence.where, fact.evidence.page) == ("paragraph 3", None)
    page = read(office.write_html("Clinic 4 March 2011\nECOG performance status 1.\n"))
    (fact,) = (f for f in extractor.record(page).facts if f.field == "ecog")
    assert fact.evidence.where == "/html/body/div[2]"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": b"<w:document>"}, Code.DAMAGED),
        ({"[Content_Types].xml": b"<Types/>"}, Code.DAMAGED),
    ],
)
def test_a_word_file_that_is_no_more_one_is_damaged(parts: dict[str, bytes], code: Code) -> None:
    (problem,) = REGISTRY.read(Source("a", "a", Path("a"), content=broken.docx_with(parts)))
    assert isinstance(problem, Problem)
    assert problem.code is code


# -------------------------------------------------------------------------- PDF

LONG = (
    "Thank you for referring this gentleman with metastatic renal cell carcinoma. He was "
    "diagnosed in May 2009 and had a nephrectomy in the same month; his performance status is "
    "one, and he has been treated with sunitinib, a high-dose programme, since that summer."
)


@needs_fonts
def test_lines_that_the_margin_broke_are_whole_again() -> None:
    assert read(write_pdf(LONG + "\n\nECOG 1\n", Style(size=12))).text == LONG + "\n\nECOG 1\n"


@needs_fonts
def test_hyphens_at_line_ends_go_where_they_are_no_part_of_the_word() -> None:
    letter = read(write_pdf(LONG, Style(size=14, hyphens=True)))
    drawn = read(write_pdf(LONG, Style(size=14)))
    assert letter.text == drawn.text
    assert "high-dose" in letter.text


@needs_fonts
def test_running_heads_feet_and_page_numbers_do_not_cut_a_sentence() -> None:
    # Lines that differ in their numbers only, at the edges of all pages.
    text = "\n".join(f"{n:02}/01/2010   {n % 9} MU{' given' * (n % 4)}" for n in range(1, 41))
    style = Style(lines=15, head=("Example Trust",), foot=("Trust form 7",), numbers=True)
    letter = read(write_pdf(text, style))
    assert letter.text.count("Example Trust") == 1
    assert "form 7" not in letter.text
    assert "Page" not in letter.text
    lines = [" ".join(line.split()) for line in letter.text.splitlines() if line]
    assert lines[1:] == [" ".join(line.split()) for line in text.splitlines()]
    assert {place.page for place in letter.places} == {1, 2, 3}


@needs_fonts
def test_a_second_page_may_begin_with_what_was_continued() -> None:
    text = "\n".join(["Seen again."] * 15 + ["Sunitinib was continued at 37.5 mg.", "He is well."])
    letter = read(write_pdf(text, Style(lines=15)))
    assert "Sunitinib was continued at 37.5 mg." in letter.text
    headed = text.replace("Sunitinib", "Mr A Canary (continued)\nSunitinib")
    assert "(continued)" not in read(write_pdf(headed, Style(lines=15))).text


@needs_fonts
def test_columns_are_read_one_after_the_other() -> None:
    two = f"{LONG} {LONG}", f"{LONG} {LONG}".replace("May", "June")
    letter = read(write_pdf("\n\n".join(two), Style(columns=2, lines=15)))
    assert " ".join(letter.text.split()) == " ".join(two)


@needs_fonts
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_fact_has_its_page_and_its_box(extractor: Extractor, turn: int) -> None:
    text = "Clinic 4 March 2011\n" + "\n" * 60 + "He is well, ECOG performance status 1.\n"
    letter = read(write_pdf(text, Style(turn=turn)))
    (fact,) = (f for f in extractor.record(letter).facts if f.field == "ecog")
    assert fact.evidence.page == 2
    ((page, x0, top, x1, bottom),) = fact.evidence.boxes
    assert page == 2
    assert 60 < x0 < x1 < 400
    assert 60 < top < bottom < 300


def test_what_is_filled_into_a_form_is_read_where_it_stands(extractor: Extractor) -> None:
    letter = read(write_form("ECOG performance status:", "1"))
    assert letter.text.split() == ["ECOG", "performance", "status:", "1"]
    (fact,) = (f for f in extractor.record(letter).facts if f.field == "ecog")
    assert fact.evidence.boxes


@needs_fonts
def test_cells_of_several_lines_stay_in_their_row() -> None:
    """LibreOffice and Word break cells; a row is a line of text nevertheless."""
    rows = (
        "Cycle   First dose   Reason for\n"
        "                     omissions\n"
        "1       15/02/2010   BP x2, plate-\n"
        "                     lets x1\n"
        "2       01/03/2010   none\n"
    )
    letter = read(write_pdf(rows, Style(font="DejaVuSansMono.ttf", size=9)))
    assert [line.split() for line in letter.text.splitlines()] == [
        ["Cycle", "First", "dose", "Reason", "for", "omissions"],
        ["1", "15/02/2010", "BP", "x2,", "platelets", "x1"],
        ["2", "01/03/2010", "none"],
    ]


@needs_fonts
def test_a_row_with_an_empty_cell_is_not_part_of_the_one_above() -> None:
    rows = "Drug        Dose    Start\nSunitinib   50 mg   06/2009\nPazopanib           01/2010\n"
    letter = read(write_pdf(rows, Style(font="DejaVuSansMono.ttf", size=9)))
    assert len(letter.text.splitlines()) == 3


def _packed(data: bytes) -> bytes:
    return archives.write_zip({"a": data})


@needs_fonts
@pytest.mark.parametrize("wrap", [lambda data: data, _packed], ids=["alone", "in a zip"])
def test_the_name_does_not_decide_what_a_file_is(wrap: Callable[[bytes], bytes]) -> None:
    for data, kind in (
        (write_pdf("ECOG 1"), "pdf"),
        (office.write_docx("ECOG 1"), "docx"),
        (office.write_rtf("ECOG 1"), "rtf"),
        (office.write_html("ECOG 1"), "html"),
        (b"ECOG 1", "text"),
    ):
        letter = read(wrap(data), "letter.wrong")
        assert (letter.format, letter.text.strip()) == (kind, "ECOG 1")
