"""PDF: the text that is drawn, page by page; pages that are pictures are recognised.

Words come from the characters' own boxes, so that lines, tables and columns are those of
the page and not of the order in which it was drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from extract.errors import Code, ExtractError, Problem
from extract.letters.layout import Page, write_pages
from extract.letters.model import Letter, Source
from extract.letters.options import ReadOptions
from extract.letters.pdfchars import Characters
from extract.letters.pulse import alive

#: FPDF_GetLastError
_PASSWORD, _SECURITY = 4, 5
#: Characters on a page with a picture below which the picture is what is to be read.
_FEW = 20
#: Share of characters without a Unicode value above which a page is read as a picture.
_UNMAPPED = 0.2
#: A picture that covers this share of the page is a scan of it.
_COVERS = 0.6
#: A page larger than this, in points, is no page.
_LARGEST = 20_000


class Pdf:
    """The reader for PDF files.

    Args:
        options: limits, and whether pictures are recognised.
    """

    name = "pdf"

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """PDFs say what they are within their first kilobyte."""
        return 0.9 if b"%PDF-" in head[:1024] else 0.0

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        """The one letter of the file."""
        import pypdfium2 as pdfium

        try:
            document = pdfium.PdfDocument(source.data())
        except pdfium.PdfiumError as error:
            locked = getattr(error, "err_code", None) in (_PASSWORD, _SECURITY)
            yield source.problem(Code.ENCRYPTED if locked else Code.DAMAGED)
            return
        try:
            yield self._letter(source, document)
        finally:
            document.close()

    def _letter(self, source: Source, document: Any) -> Letter | Problem:
        count = len(document)
        if count > self.options.max_pages:
            return source.problem(Code.TOO_MANY_PAGES, f"The file has {count:,} pages.")
        pages, scans, broken = [], 0, 0
        for index in range(count):
            alive()
            try:
                page, picture = read_page(document, index)
            except (_PageError, ValueError):
                broken += 1
                continue
            if picture:
                scans += 1
                if scans > self.options.max_scans:
                    return source.problem(Code.TOO_MANY_PAGES, f"{scans:,} pages are pictures.")
                page = self._recognised(source, document, page)
            pages.append(page)
        if broken == count:  # or there is none
            return source.problem(Code.DAMAGED, "None of its pages can be read.")
        if broken:
            return source.problem(Code.DAMAGED, f"{broken} of its {count} pages cannot be read.")
        sheet = write_pages(pages)
        return source.letter(
            sheet.text(), format=self.name, places=sheet.places, scanned=sheet.scanned
        )

    def _recognised(self, source: Source, document: Any, page: Page) -> Page:
        from extract.letters.ocr import recognise_pdf_page

        if not self.options.ocr:
            raise ExtractError(source.problem(Code.NEEDS_OCR))
        return recognise_pdf_page(source, document, page)


class _PageError(Exception):
    """A page of the file cannot be opened."""


def read_page(document: Any, index: int) -> tuple[Page, bool]:
    """A page's words, and whether it is a picture that wants to be recognised."""
    import pypdfium2 as pdfium

    try:
        page = _flat(document, index)
    except pdfium.PdfiumError:
        raise _PageError from None
    try:
        width, height = page.get_size()
        if not (0 < width < _LARGEST and 0 < height < _LARGEST):
            raise _PageError
        text = page.get_textpage()
        try:
            drawn = Characters(page, text)
        finally:
            text.close()
        covered = _covered(page, width, height)
        poor = drawn.count < _FEW or drawn.unmapped > _UNMAPPED * drawn.count
        # Invisible text over a scan is somebody else's recognition: good enough to read,
        # not good enough to trust.
        hidden = covered and drawn.unseen > 0.5 * drawn.count
        scanned = hidden and not poor
        found = Page(index + 1, *drawn.size, tuple(drawn.words()), drawn.space(), scanned)
        return found, covered and poor
    finally:
        page.close()


def _flat(document: Any, index: int) -> Any:
    """A page, what was filled into its form and typed onto it made part of its drawing.

    Raises:
        PdfiumError: the page cannot be opened.
    """
    from pypdfium2 import raw

    page = document[index]
    shown = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, number)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind in shown:
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            page.close()
            return document[index]
    return page


def _covered(page: Any, width: float, height: float) -> bool:
    """Whether pictures cover the page."""
    from pypdfium2 import raw

    area = 0.0
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        area += max(0.0, right - left) * max(0.0, top - bottom)
    return area > _COVERS * width * height
