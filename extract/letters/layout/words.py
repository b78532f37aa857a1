"""Words with their places on a page, and the lines that they make.

All measures are in the page's own unit, from its top left corner, whatever drew it: the
text of a PDF, or what was recognised in a picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from extract.letters.model import Box

#: Share of the smaller height by which two words on one line overlap.
_OVERLAP = 0.5
#: Blanks that a gap is wide for, at least, to part two cells.
CELL_GAP = 2.6
#: Blanks between the words of a line stretched to both margins: at most this many; most of
#: the gaps, this share, differ from the usual one by no more than a part of it.
_STRETCHED, _MOST, _EVEN = 4.0, 0.7, 0.25


@dataclass(frozen=True, slots=True)
class Word:
    """A word as drawn.

    ``soft`` when its last hyphen was put there by the line's end, ``glued`` when the next
    word of its cell, on the next line, goes on with it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    soft: bool = False
    glued: bool = False

    @property
    def box(self) -> Box:
        """Its place, to a tenth of a unit."""
        return (round(self.x0, 1), round(self.top, 1), round(self.x1, 1), round(self.bottom, 1))


@dataclass(frozen=True)
class Line:
    """Words side by side."""

    words: tuple[Word, ...]
    space: float
    page_width: float

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.words[-1].x1

    @cached_property
    def top(self) -> float:
        """Its upper edge."""
        return median(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Its lower edge: of most of its words."""
        return median(word.bottom for word in self.words)

    @property
    def foot(self) -> float:
        """Its lower edge; of a row of several lines, that of the last."""
        return self.bottom

    @cached_property
    def text(self) -> str:
        """Its words with one blank between them."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def blanks(self) -> tuple[float, ...]:
        """How many blanks each gap is wide; those of a line set to both margins count as one."""
        pairs = zip(self.words, self.words[1:], strict=False)
        gaps = [max(0.0, b.x0 - a.x1) / self.space for a, b in pairs]
        if len(gaps) >= 4 and self.x1 - self.x0 > 0.6 * self.page_width:
            usual = median(gaps)
            even = sum(abs(gap - usual) <= _EVEN * usual for gap in gaps)
            if 1.2 < usual < _STRETCHED and even >= _MOST * len(gaps):
                return tuple(gap / usual for gap in gaps)
        return tuple(gaps)

    @cached_property
    def cells(self) -> tuple[tuple[Word, ...], ...]:
        """Its words, parted at wide gaps."""
        parted: list[list[Word]] = [[self.words[0]]]
        for blanks, word in zip(self.blanks, self.words[1:], strict=True):
            if blanks >= CELL_GAP:
                parted.append([])
            parted[-1].append(word)
        return tuple(map(tuple, parted))

    @property
    def wide(self) -> bool:
        """Whether it holds more than one cell."""
        return len(self.cells) > 1


@dataclass(frozen=True)
class Page:
    """One page: its size, its words in any order, and how wide a blank is on it.

    Attributes:
        number: from 1.
        width, height: its size.
        words: everything on it.
        space: the width of a blank; 0 where it is to be found from the words.
        scanned: whether the words were recognised in a picture.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    space: float = 0.0
    scanned: bool = False

    @cached_property
    def unit(self) -> float:
        """The usual width of a character."""
        long = [word for word in self.words if len(word.text) >= 3] or self.words
        widths = [(word.x1 - word.x0) / max(len(word.text), 1) for word in long]
        return max(median(widths), 0.1) if widths else 1.0

    @cached_property
    def blank(self) -> float:
        """The width of a blank."""
        if self.space:
            return self.space
        gaps = []
        for line in group(self.words):
            gaps += [b.x0 - a.x1 for a, b in pairwise(line)]
        likely = [gap for gap in gaps if 0.1 * self.unit < gap < 1.5 * self.unit]
        return median(likely) if len(likely) >= 5 else 0.6 * self.unit

    def lines(self) -> list[Line]:
        """Its lines from top to bottom."""
        return [Line(tuple(words), self.blank, self.width) for words in group(self.words)]


@dataclass
class _Row:
    top: float
    bottom: float
    words: list[Word] = field(default_factory=list)

    def takes(self, word: Word) -> bool:
        """Whether a word stands on this line, by how much they overlap."""
        shared = min(self.bottom, word.bottom) - max(self.top, word.top)
        return shared > _OVERLAP * min(self.bottom - self.top, word.bottom - word.top)


def group(words: Iterable[Word]) -> list[list[Word]]:
    """Words into lines from top to bottom, each from left to right, doubles left out."""
    rows: list[_Row] = []
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        row = next((row for row in reversed(rows[-3:]) if row.takes(word)), None)
        if row is None:
            row = _Row(word.top, word.bottom)
            rows.append(row)
        elif word.bottom - word.top > row.bottom - row.top:
            row.top, row.bottom = word.top, word.bottom
        row.words.append(word)
    rows.sort(key=lambda row: row.bottom)
    return [_once(sorted(row.words, key=lambda w: (w.x0, w.x1))) for row in rows]


def _once(words: Sequence[Word]) -> list[Word]:
    """Without words drawn twice, a hair apart, to look bold."""
    kept: list[Word] = []
    for word in words:
        last = kept[-1] if kept else None
        near = (word.x1 - word.x0) * 0.3
        if last and last.text == word.text and abs(last.x0 - word.x0) < near:
            continue
        kept.append(word)
    return kept
