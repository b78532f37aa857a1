"""PDF: the text that is drawn, page by page; pages that are pictures are recognised.

Words come from the characters' own boxes, so that lines, tables and columns are those of
the page and not of the order in which it was drawn.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from extract.errors import Code, ExtractError, Problem
from extract.letters.layout import Page, Word, write_pages
from extract.letters.model import Letter, Source
from extract.letters.options import ReadOptions
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
_INVISIBLE = 3
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})


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
            except (_BrokenPage, ValueError):
                broken += 1
                continue
            if picture:
                scans += 1
                if scans > self.options.max_scans:
                    return source.problem(Code.TOO_MANY_PAGES, f"{scans:,} pages are pictures.")
                page = self._recognised(source, document, page)
            pages.append(page)
        if count == 0 or broken == count:
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


class _BrokenPage(Exception):
    """A page of the file cannot be opened."""


def read_page(document: Any, index: int) -> tuple[Page, bool]:
    """A page's words, and whether it is a picture that wants to be recognised."""
    import pypdfium2 as pdfium

    try:
        page = document[index]
    except pdfium.PdfiumError:
        raise _BrokenPage from None
    try:
        width, height = page.get_size()
        if not (0 < width < _LARGEST and 0 < height < _LARGEST):
            raise _BrokenPage
        text = page.get_textpage()
        try:
            words, space, unseen, unmapped, count = _Characters(page, text, width, height).words()
        finally:
            text.close()
        covered = _covered(page, width, height)
        poor = count < _FEW or unmapped > _UNMAPPED * count
        # Invisible text over a scan is somebody else's recognition: good enough to read,
        # not good enough to trust.
        hidden = covered and unseen > 0.5 * count
        found = Page(index + 1, width, height, tuple(words), space, scanned=hidden and not poor)
        return found, covered and poor
    finally:
        page.close()


def _covered(page: Any, width: float, height: float) -> bool:
    """Whether pictures cover the page."""
    import pypdfium2.raw as raw

    area = 0.0
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        area += max(0.0, right - left) * max(0.0, top - bottom)
    return area > _COVERS * width * height


class _Characters:
    """Walks the characters of a page and puts words together."""

    def __init__(self, page: Any, text: Any, width: float, height: float) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.text = text
        left, bottom, right, top = page.get_cropbox() or page.get_mediabox()
        self.turn = page.get_rotation()
        self.frame = (left, bottom, right, top)
        self.size = (width, height)

    def words(self) -> tuple[list[Word], float, int, int, int]:
        """The words, the width of a blank, and how many characters are unseen or unmapped."""
        found: list[Word] = []
        blanks: list[float] = []
        open_: list[tuple[str, float, float, float, float]] = []
        unseen = unmapped = count = 0
        soft = False
        for index in range(self.raw.FPDFText_CountChars(self.text)):
            code = self.raw.FPDFText_GetUnicode(self.text, index)
            if code in _HYPHENS or self.raw.FPDFText_IsHyphen(self.text, index) == 1:
                code, soft = 0x2D, True
            elif code <= 0x20 or code in (0xA0, 0x2007, 0x202F, 0x3000):
                if open_:
                    found.append(_word(open_, soft))
                    open_, soft = [], False
                if code in (0x20, 0xA0) and self.raw.FPDFText_IsGenerated(self.text, index) == 0:
                    x0, _, x1, _ = self._box(index)
                    blanks.append(x1 - x0)
                continue
            else:
                soft = False
            box = self._box(index)
            count += 1
            unmapped += self.raw.FPDFText_HasUnicodeMapError(self.text, index) == 1
            unseen += self._unseen(index)
            if open_ and _apart(open_[-1], box):
                found.append(_word(open_, soft))
                open_ = []
            open_.append((chr(code), *box))
        if open_:
            found.append(_word(open_, soft))
        blanks.sort()
        space = blanks[len(blanks) // 2] if len(blanks) >= 5 else 0.0
        return [word for word in found if word.text.strip()], space, unseen, unmapped, count

    def _unseen(self, index: int) -> bool:
        drawn = self.raw.FPDFText_GetTextObject(self.text, index)
        return bool(drawn) and self.raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE

    def _box(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom from the top left corner of the page as shown."""
        rect = self.raw.FS_RECTF()
        self.raw.FPDFText_GetLooseCharBox(self.text, index, ctypes.byref(rect))
        left, bottom, right, top = self.frame
        x0, x1 = rect.left - left, rect.right - left
        y0, y1 = rect.bottom - bottom, rect.top - bottom
        width, height = right - left, top - bottom
        if self.turn == 90:
            return (y0, x0, y1, x1)
        if self.turn == 180:
            return (width - x1, y0, width - x0, y1)
        if self.turn == 270:
            return (height - y1, width - x1, height - y0, width - x0)
        return (x0, height - y1, x1, height - y0)


def _apart(
    last: tuple[str, float, float, float, float], box: tuple[float, float, float, float]
) -> bool:
    """Whether a character does not go on with the word: another line, or far aside."""
    _, x0, top, x1, bottom = last
    height = max(bottom - top, box[3] - box[1], 0.1)
    if min(bottom, box[3]) - max(top, box[1]) < 0.2 * height:
        return True
    return box[0] - x1 > 0.5 * height or box[0] < x0 - height


def _word(characters: list[tuple[str, float, float, float, float]], soft: bool) -> Word:
    return Word(
        "".join(character[0] for character in characters),
        min(character[1] for character in characters),
        min(character[2] for character in characters),
        max(character[3] for character in characters),
        max(character[4] for character in characters),
        soft,
    )
