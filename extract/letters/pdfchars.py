"""The characters that a PDF page draws, and the words they make.

Text is read in the direction in which most of the page's is written: a page that lies on
its side is turned, a watermark across it is left out.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extract.letters.layout import Word

_INVISIBLE = 3
#: Code points that stand for a hyphen at a line's end: PDFium's own two, and the soft one.
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
_BLANKS = frozenset({0x20, 0xA0, 0x2007, 0x202F, 0x3000})
#: Parts of the font's size above and below the line on which letters stand.
_ABOVE, _BELOW = 0.78, 0.22


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One character: its code, its box as drawn, where it stands, and how large it is."""

    code: int
    x0: float
    y0: float
    x1: float
    y1: float
    origin_x: float
    origin_y: float
    size: float
    turn: int
    soft: bool


class Characters:
    """The characters of a page.

    Args:
        page: a page of pypdfium2.
        text: its text page.

    Attributes:
        size: width and height of the page, turned so that its text is upright.
        count: how many characters it draws, blanks left out.
        unseen: how many of them are drawn without colour, as recognition does over a scan.
        unmapped: how many have no Unicode value.
    """

    def __init__(self, page: Any, text: Any) -> None:
        from pypdfium2 import raw

        self.raw = raw
        self.count = self.unseen = self.unmapped = 0
        drawn = list(self._walk(text))
        turns = Counter(each.turn for each in drawn if each.code not in _BLANKS)
        usual = turns.most_common(1)
        self.turn = usual[0][0] if usual else page.get_rotation()
        self.drawn = [each for each in drawn if each.turn == self.turn]
        left, bottom, right, top = page.get_cropbox() or page.get_mediabox()
        self.frame = (left, bottom, right, top)
        width, height = right - left, top - bottom
        self.size = (height, width) if self.turn in (90, 270) else (width, height)

    def _walk(self, text: Any) -> Iterator[_Drawn]:
        raw = self.raw
        rect = raw.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        at_x, at_y, at_rect = ctypes.byref(x), ctypes.byref(y), ctypes.byref(rect)
        last, size, turn, unseen = None, 0.0, 0, False
        for index in range(raw.FPDFText_CountChars(text)):
            code = raw.FPDFText_GetUnicode(text, index)
            if raw.FPDFText_IsGenerated(text, index) == 1:
                if code in _HYPHENS:
                    yield _Drawn(0x2D, 0, 0, 0, 0, 0, 0, 0, turn, soft=True)
                else:
                    yield _Drawn(0x0A if code < 0x20 else 0, 0, 0, 0, 0, 0, 0, 0, turn, soft=False)
                continue
            thing = raw.FPDFText_GetTextObject(text, index)
            address = ctypes.cast(thing, ctypes.c_void_p).value
            if address != last:
                last = address
                size, turn = self._set(text, index)
                unseen = raw.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE
            raw.FPDFText_GetLooseCharBox(text, index, at_rect)
            raw.FPDFText_GetCharOrigin(text, index, at_x, at_y)
            if code not in _BLANKS:
                self.count += 1
                self.unseen += unseen
                if code == 0 or code >= 0xE000:
                    self.unmapped += raw.FPDFText_HasUnicodeMapError(text, index) == 1
            box = (rect.left, rect.bottom, rect.right, rect.top)
            soft = code in _HYPHENS
            yield _Drawn(0x2D if soft else code, *box, x.value, y.value, size, turn, soft)

    def _set(self, text: Any, index: int) -> tuple[float, int]:
        """The size of the type here, and how far it is turned; -1 where it lies aslant."""
        raw = self.raw
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
        turn = round(angle / 90) * 90
        return size, turn % 360 if abs(angle - turn) < 10 else -1

    # --------------------------------------------------------------------- words

    def words(self) -> list[Word]:
        """The words of the page, in the order in which they are drawn."""
        found: list[Word] = []
        open_: list[tuple[str, float, float, float, float]] = []
        soft = False
        for each in self.drawn:
            if each.soft and not each.size:
                soft = bool(open_)
                if open_:
                    last = open_[-1]
                    open_[-1] = (last[0].rstrip("-") + "-", *last[1:])
                continue
            if each.code <= 0x20 or each.code in _BLANKS:
                if open_:
                    found.append(_word(open_, soft))
                open_, soft = [], False
                continue
            box = self._box(each)
            if open_ and _apart(open_[-1], box):
                found.append(_word(open_, soft))
                open_ = []
            soft = each.soft
            open_.append((chr(each.code), *box))
        if open_:
            found.append(_word(open_, soft))
        return [word for word in found if word.text.strip()]

    def space(self) -> float:
        """The usual width of a blank; 0 where the page draws too few."""
        blanks = sorted(
            box[2] - box[0]
            for each in self.drawn
            if each.code in _BLANKS
            for box in [self._box(each)]
        )
        return blanks[len(blanks) // 2] if len(blanks) >= 5 else 0.0

    def _box(self, each: _Drawn) -> tuple[float, float, float, float]:
        """Left, top, right, bottom from the top left corner.

        As wide as the character, as high as the type.
        """
        left, bottom, right, top = self.frame
        above, below = _ABOVE * each.size, _BELOW * each.size
        if self.turn == 90:
            base = each.origin_x - left
            return (each.y0 - bottom, base - above, each.y1 - bottom, base + below)
        if self.turn == 180:
            base = each.origin_y - bottom
            return (right - each.x1, base - above, right - each.x0, base + below)
        if self.turn == 270:
            base = right - each.origin_x
            return (top - each.y1, base - above, top - each.y0, base + below)
        base = top - each.origin_y
        return (each.x0 - left, base - above, each.x1 - left, base + below)


def _apart(
    last: tuple[str, float, float, float, float], box: tuple[float, float, float, float]
) -> bool:
    """Whether a character does not go on with the word: another line, or far aside."""
    _, x0, top, x1, bottom = last
    height = max(bottom - top, box[3] - box[1], 0.1)
    if min(bottom, box[3]) - max(top, box[1]) < 0.2 * height:
        return True
    return box[0] - x1 > 0.5 * height or box[0] < x0 - 0.5 * height


def _word(characters: list[tuple[str, float, float, float, float]], soft: bool) -> Word:
    return Word(
        "".join(character[0] for character in characters),
        min(character[1] for character in characters),
        min(character[2] for character in characters),
        max(character[3] for character in characters),
        max(character[4] for character in characters),
        soft,
    )
