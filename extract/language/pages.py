"""A letter as tokens: where each stands in the letter, its sentence, and the text rules see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from extract.language import sentences
from extract.language.anchors import plain
from extract.language.reading import Section, Unit, UnitKind
from extract.language.text import tokens, word

#: A cell this long holds sentences of its own.
_LONG_CELL = 60

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Page:
    """The tokens of a letter's sentences, one after the other.

    Attributes:
        folded: the letter after :func:`extract.language.text.fold`.
        units: its layout.
        owners: the unit of each sentence.
        sentences: each sentence's characters in the letter.
        bounds: each sentence's tokens (first, one past the last).
        where: each token's characters in the letter.
        words: each token's word.
        starts: each token's first character in :attr:`text`.
        text: the words with single spaces where the letter has white space.
    """

    folded: str
    units: tuple[Unit, ...]
    owners: list[Unit]
    sentences: Spans
    bounds: Spans
    where: Spans
    words: list[str]
    spaces: list[bool]
    starts: list[int]
    text: str

    @cached_property
    def owner(self) -> list[int]:
        """Each token's sentence."""
        found = [0] * len(self.where)
        for index, (first, last) in enumerate(self.bounds):
            found[first:last] = [index] * (last - first)
        return found

    @cached_property
    def parts(self) -> Spans:
        """Each sentence's characters in :attr:`text`."""
        return [
            (self.starts[first], self.starts[last - 1] + len(self.words[last - 1]))
            for first, last in self.bounds
        ]

    @cached_property
    def lows(self) -> list[str]:
        """Each token's word in lower case."""
        return [word.lower() for word in self.words]

    @cached_property
    def plain(self) -> str:
        """:attr:`text` in the lower case in which anchors are written."""
        return plain(self.text)

    def text_of(self, first: int, last: int) -> str:
        """The text of some tokens in a row."""
        return self.text[self.starts[first] : self.starts[last - 1] + len(self.words[last - 1])]

    def places(self, sentence: int) -> tuple[tuple[int, int], ...]:
        """Where each token of a sentence begins: in the sentence's text, in the letter."""
        first, last = self.bounds[sentence]
        origin = self.starts[first]
        return tuple(
            (at - origin, where[0])
            for at, where in zip(self.starts[first:last], self.where[first:last], strict=True)
        )


def paginate(folded: str, units: tuple[Unit, ...]) -> Page:
    """Split a laid-out letter into sentences and tokens."""
    owners: list[Unit] = []
    spans: Spans = []
    for unit in units:
        for span in _sentences(folded, unit):
            owners.append(unit)
            spans.append(span)
    where: Spans = []
    bounds: Spans = []
    for start, end in spans:
        first = len(where)
        where += tokens(folded, start, end)
        bounds.append((first, len(where)))
    words = [word(folded, start, end) for start, end in where]
    spaces = _spaces(where, bounds)
    starts, at = [], 0
    for held, space in zip(words, spaces, strict=True):
        starts.append(at)
        at += len(held) + space
    text = "".join([w + " " if s else w for w, s in zip(words, spaces, strict=True)])
    return Page(folded, units, owners, spans, bounds, where, words, spaces, starts, text)


def _spaces(where: Sequence[tuple[int, int]], bounds: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether white space, or a sentence's end, follows each token; nothing follows the last."""
    spaces = [after[0] > token[1] for token, after in pairwise(where)]
    for first, _ in bounds[1:]:
        spaces[first - 1] = True
    return [*spaces, False] if where else []


def _sentences(folded: str, unit: Unit) -> Spans:
    if unit.kind is UnitKind.ROW:
        return _of_row(folded, unit)
    begin = unit.body if unit.kind is UnitKind.ITEM else unit.start
    return sentences.split(folded, begin, unit.end)


def _of_row(folded: str, unit: Unit) -> Spans:
    """A table row is one sentence, unless a cell holds prose: then each cell has its own."""
    if not any(end - start > _LONG_CELL for start, end in unit.cells):
        return [(unit.start, unit.end)]
    return [span for start, end in unit.cells for span in sentences.split(folded, start, end)]


def sections_of(folded: str, units: tuple[Unit, ...]) -> tuple[Section, ...]:
    """The sections that headings and pairs open, in order."""
    heads = [u for u in units if u.heading == u.index]
    if not heads:
        return ()
    stops = [*(u.start for u in heads[1:]), len(folded)][: len(heads)]
    return tuple(
        Section(u.section, u.label, u.start, u.body, stop)
        for u, stop in zip(heads, stops, strict=True)
    )
