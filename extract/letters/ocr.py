"""Text recognition by Tesseract: a picture of a page becomes words with their places.

What is recognised is flagged to the end: a value read this way asks for a person's look.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from extract.errors import Code, ExtractError
from extract.letters.layout import Page, Word
from extract.letters.model import Source

if TYPE_CHECKING:
    from PIL.Image import Image

#: Dots an inch at which pages are drawn for recognition, and the most dots of a page.
DPI, _DOTS = 300, 30_000_000
#: Words recognised with less are noise: specks, lines, stamps.
_SURE = 20.0
#: And below this those that dotted leaders and drawn rules are taken for.
_LEADER, _SURE_LEADER = re.compile(r"[aceimnostuwESH.,_=+~-]+"), 46.0
#: A zero with a dot or a stroke in it, as typewriter faces draw it.
_ZERO = re.compile(r"^([(\[<>≤≥=~]?)[©®Ø]([.,;:)\]%]*)$")
#: A page whose words are this unsure may lie on its side.
_UNSURE = 55.0
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


def available() -> bool:
    """Whether pictures can be recognised here: the extra is installed, and English data."""
    return bool(find_spec("tesserocr") and find_spec("PIL") and data_folder())


@lru_cache(maxsize=1)
def data_folder() -> str:
    """Where Tesseract's English data lies; "" where it is not installed."""
    named = os.environ.get("TESSDATA_PREFIX", "")
    for folder in filter(None, (named, f"{named}/tessdata" if named else "", *_FOLDERS)):
        if Path(folder, "eng.traineddata").is_file():
            return folder
    return ""


def recognise_pdf_page(source: Source, document: Any, page: Page) -> Page:
    """A page of a PDF, drawn and recognised; its places are points of the page.

    Raises:
        ExtractError: (``needs_ocr``) recognition is not installed.
    """
    opened = document[page.number - 1]
    try:
        width, height = opened.get_size()
        scale = min(DPI / 72, math.sqrt(_DOTS / (width * height)))
        drawn = opened.render(scale=scale, grayscale=True).to_pil()
    finally:
        opened.close()
    return recognise(source, drawn, page.number, scale)


def recognise(source: Source, image: Image, number: int, scale: float = 1.0) -> Page:
    """The words in a picture of a page.

    Args:
        source: the file it is in.
        image: the picture, upright or on its side.
        number: of the page.
        scale: dots a unit of the page; places are given in its units.

    Raises:
        ExtractError: (``needs_ocr``) recognition is not installed.
    """
    if not available():
        raise ExtractError(source.problem(Code.NEEDS_OCR))
    words, sure = _words(image)
    best, shown = words, image
    if sure < _UNSURE and len(words) != 1:
        for quarter in (90, 270, 180):
            turned = image.rotate(quarter, expand=True)
            words, again = _words(turned)
            if again > max(sure, _UNSURE):
                best, sure, shown = words, again, turned
    scaled = tuple(
        Word(w.text, w.x0 / scale, w.top / scale, w.x1 / scale, w.bottom / scale) for w in best
    )
    width, height = shown.size
    return Page(number, width / scale, height / scale, scaled, scanned=True)


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Tesseract, loaded once. One thread: with more it is ten times slower."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import tesserocr

    return tesserocr.PyTessBaseAPI(path=data_folder(), lang="eng", psm=tesserocr.PSM.SINGLE_COLUMN)


def _words(image: Image) -> tuple[list[Word], float]:
    """The words of a picture on straight lines, and how sure Tesseract is of them."""
    engine = _engine()
    engine.SetImage(image.convert("L"))
    engine.SetSourceResolution(DPI)
    try:
        engine.Recognize()
        found = list(_recognised(engine))
    finally:
        engine.Clear()
    kept = [(word, slope) for word, slope, sure in found if not _is_noise(word.text, sure)]
    angle = median(slope for _, slope in kept) if len(kept) >= 10 else 0.0
    sure = median(sure for _, _, sure in found) if found else 0.0
    return [_straight(word, angle) for word, _ in kept], sure


def _is_noise(text: str, sure: float) -> bool:
    return sure < (_SURE_LEADER if _LEADER.fullmatch(text) else _SURE)


def _recognised(engine: Any) -> Iterator[tuple[Word, float, float]]:
    """Each word with the slope of its line, and how sure it is."""
    import tesserocr

    level = tesserocr.RIL.WORD
    walk = engine.GetIterator()
    for each in tesserocr.iterate_level(walk, level) if walk else ():
        try:
            text = _ZERO.sub(r"\g<1>0\2", each.GetUTF8Text(level).strip())
        except RuntimeError:  # nothing was recognised
            continue
        box, line = each.BoundingBox(level), each.Baseline(tesserocr.RIL.TEXTLINE)
        if not text or not box:
            continue
        slope, bottom = 0.0, float(box[3])
        if line:
            (x0, y0), (x1, y1) = line
            slope = (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0
            bottom = y0 + slope * ((box[0] + box[2]) / 2 - x0)
        row = each.BoundingBox(tesserocr.RIL.TEXTLINE) or box
        height = max(box[3] - box[1], min(row[3] - row[1], 2.5 * (box[3] - box[1])) * 0.8, 1)
        word = Word(text, box[0], bottom - 0.78 * height, box[2], bottom + 0.22 * height)
        yield word, slope, float(each.Confidence(level))


def _straight(word: Word, slope: float) -> Word:
    """A word moved to where it would stand if its page lay straight."""
    if abs(slope) < 0.0005:
        return word
    shift = slope * (word.x0 + word.x1) / 2
    return Word(word.text, word.x0, word.top - shift, word.x1, word.bottom - shift)
