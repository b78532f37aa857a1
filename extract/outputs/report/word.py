"""The tables of the report as a Word document, for a manuscript (python-docx, ``ingest``)."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

from extract.outputs.loading import need
from extract.outputs.report.book import Book, Table
from extract.outputs.report.tables import tables
from extract.outputs.report.words import counts, made, sentences
from extract.version import __version__

if TYPE_CHECKING:
    from docx.document import Document

#: The tables that a paper prints, in its order.
SHOWN: Final = ("responses", "best", "subgroups", "times", "doses", "support", "washout")
#: The least share of the page for the first column, and the most for any other.
FIRST: Final = 0.26
MOST_OTHER: Final = 0.16
#: The first moment that a zip archive can hold, so that the bytes repeat.
_NEVER: Final = (1980, 1, 1, 0, 0, 0)


def word_report(book: Book) -> bytes:
    """The headline and the tables as a .docx. The same records give the same bytes.

    Raises:
        ExtractError: (``extra_not_installed``) python-docx is missing.
    """
    need("docx", "ingest", "The Word table")
    import docx
    from docx.shared import Cm

    document = docx.Document()
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(1.8)
    document.add_heading("High-dose interleukin-2: what the letters say", level=1)
    document.add_paragraph(f"{counts(book)}.")
    for sentence in sentences(book):
        document.add_paragraph(sentence)
    for place, table in enumerate((t for t in tables(book) if t.name in SHOWN), start=1):
        _add(document, place, table)
    document.add_paragraph(made(book, __version__, quotes=False))
    stream = io.BytesIO()
    document.save(stream)
    return _timeless(stream.getvalue())


def _add(document: Document, place: int, table: Table) -> None:
    caption = document.add_paragraph()
    caption.add_run(f"Table {place}. {table.title}").bold = True
    caption.paragraph_format.keep_with_next = True
    grid: Any = document.add_table(rows=1, cols=len(table.columns))
    grid.style = "Table Grid"
    grid.autofit = False
    for cell, name in zip(grid.rows[0].cells, table.columns, strict=True):
        _fill(cell, name, bold=True)
    for row in table.rows:
        cells = grid.add_row().cells
        if row.head:
            _fill(cells[0].merge(cells[-1]), row.cells[0], bold=True)
            continue
        for at, (cell, text) in enumerate(zip(cells, row.cells, strict=True)):
            _fill(cell, text, right=at > 0)
    _shape(document, grid)
    few: dict[str, list[str]] = {}
    for row in table.rows:
        if row.note:
            few.setdefault(row.note, []).append(row.cells[0])
    cautions = [f"{'; '.join(names)}: {note}." for note, names in few.items()]
    for note in (*cautions, *table.notes):
        document.add_paragraph(_printable(note))


def _shape(document: Document, grid: Any) -> None:
    """A first column wide enough for its words, no row over two pages, the head on each page."""
    from docx.oxml import OxmlElement

    section: Any = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    others = len(grid.columns) - 1
    first = int(room * max(FIRST, 1 - others * MOST_OTHER))
    widths = [first, *[(room - first) // others] * others]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for place, row in enumerate(grid.rows):
        # A row of one merged cell keeps the width of the whole.
        if len({id(cell._tc) for cell in row.cells}) == len(widths):  # noqa: SLF001
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = place < len(grid.rows) - 1


def _fill(cell: Any, text: str, *, bold: bool = False, right: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(_printable(text))
    run.bold = bold
    run.font.size = Pt(8.5)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _printable(text: str) -> str:
    """Text without the control characters that XML does not allow."""
    return "".join(sign for sign in text if category(sign)[0] != "C" or sign in "\t\n")


def _timeless(data: bytes) -> bytes:
    """The same archive with no time in it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _NEVER)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()
