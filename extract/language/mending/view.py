"""A text as mended, and for each of its characters where it stands in the letter.

Every stage of mending makes a new text of the one before it: stretches are written anew, or
moved to the end. What becomes of a character's place is kept through all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` is to be read as ``new``.

    Attributes:
        slip: whether the change guesses at a character that was misread, and so asks for a
            person's look; joined lines and closed gaps do not.
    """

    start: int
    end: int
    new: str
    slip: bool = True


@dataclass(frozen=True, slots=True)
class Mended:
    """A text and its letter.

    Attributes:
        text: the text as it is to be read.
        raw: the letter's own text.
        starts: for each character of ``text`` where what it was read from begins in ``raw``.
        ends: where that ends.
        slips: for each character of ``text`` 1 where it was misread, else 0.
    """

    text: str
    raw: str
    starts: Sequence[int]
    ends: Sequence[int]
    slips: bytes

    @classmethod
    def whole(cls, raw: str) -> Mended:
        """A letter before anything is mended."""
        return cls(raw, raw, range(len(raw)), range(1, len(raw) + 1), bytes(len(raw)))

    @property
    def is_whole(self) -> bool:
        """Whether the text is the letter's own."""
        return isinstance(self.starts, range)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The letter's characters that ``text[start:end]`` was read from.

        What was moved from between them is within.
        """
        if self.is_whole or start >= end:
            return (start, end) if self.is_whole else (self._start(start),) * 2
        first, last = self.starts[start], self.ends[end - 1]
        return (first, last) if last > first else (first, self.ends[start])

    def _start(self, position: int) -> int:
        return self.starts[position] if position < len(self.starts) else len(self.raw)

    def misread(self, start: int, end: int) -> bool:
        """Whether any of ``text[start:end]`` was misread."""
        return any(self.slips[start:end])

    def with_edits(self, edits: Iterable[Edit]) -> Mended:
        """The text with some stretches written anew; of those that overlap the first counts."""
        chosen = list(_apart(edits))
        if not chosen:
            return self
        parts: list[str] = []
        starts: list[Sequence[int]] = []
        ends: list[Sequence[int]] = []
        slips: list[bytes] = []
        at = 0
        for edit in (*chosen, Edit(len(self.text), len(self.text), "")):
            parts += self.text[at : edit.start], edit.new
            first, last = self.origin(edit.start, edit.end)
            size = len(edit.new)
            starts += self.starts[at : edit.start], [first] * size
            ends += self.ends[at : edit.start], [last] * size
            slip = edit.slip or self.misread(edit.start, edit.end)
            slips += self.slips[at : edit.start], bytes([slip]) * size
            at = edit.end
        return Mended("".join(parts), self.raw, [*chain(*starts)], [*chain(*ends)], b"".join(slips))

    def with_moved(self, spans: Iterable[tuple[int, int]]) -> Mended:
        """The text with some stretches after its end, each on a line of its own."""
        moved = list(spans)
        if not moved:
            return self
        kept, at = [], 0
        for start, end in moved:
            kept.append((at, start))
            at = end
        kept.append((at, len(self.text)))
        made = _Joined(self)
        for span in kept:
            made.take(*span)
        for start, end in moved:
            made.gap("\n\n")
            made.take(start, end)
        return made.done()


class _Joined:
    """Stretches of a text put together anew."""

    def __init__(self, source: Mended) -> None:
        self._source = source
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._slips: list[bytes] = []

    def take(self, start: int, end: int) -> None:
        source = self._source
        self._parts.append(source.text[start:end])
        self._starts += source.starts[start:end]
        self._ends += source.ends[start:end]
        self._slips.append(source.slips[start:end])

    def gap(self, white: str) -> None:
        place = self._ends[-1] if self._ends else 0
        self._parts.append(white)
        self._starts += [place] * len(white)
        self._ends += [place] * len(white)
        self._slips.append(bytes(len(white)))

    def done(self) -> Mended:
        text, slips = "".join(self._parts), b"".join(self._slips)
        return Mended(text, self._source.raw, self._starts, self._ends, slips)


def _apart(edits: Iterable[Edit]) -> Iterable[Edit]:
    stop = -1
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if edit.start >= stop:
            yield edit
            stop = max(edit.end, edit.start)
