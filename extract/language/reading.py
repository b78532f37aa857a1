"""What the language room hands to the fields: plain frozen data, no spaCy objects.

All offsets are characters from 0 into the letter's own text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from typing import Any

from extract.language.anchors import plain
from extract.language.mending.view import Mended

_in_letter = itemgetter(1)


class UnitKind(StrEnum):
    """How a stretch of a letter is laid out."""

    PROSE = "prose"
    ITEM = "item"
    ROW = "row"
    PAIR = "pair"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph, list item, table row, ``label: value`` pair or heading.

    Attributes:
        index: position among the letter's units.
        start, end: the unit's characters, markers and labels included.
        body: where the content begins, after the marker or label.
        kind: the layout.
        indent: columns of white space before it.
        marker: the list marker as written (``1.``, ``-``), empty without one.
        number: the marker's number, None without one.
        label: the label of a pair as written, without its colon.
        cells: the cells of a row as (start, end).
        header: index of the row that holds this table's column titles, None without one.
        parent: index of the item, pair or heading this unit hangs under, None without one.
        heading: index of the heading or pair whose section it is in, None before the first.
        section: that section's category, ``""`` before the first known heading.
        copied: True inside a quoted or copied-forward block.
    """

    index: int
    start: int
    end: int
    body: int
    kind: UnitKind
    indent: int = 0
    marker: str = ""
    number: int | None = None
    label: str = ""
    cells: tuple[tuple[int, int], ...] = ()
    header: int | None = None
    parent: int | None = None
    heading: int | None = None
    section: str = ""
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading's reach: category, the heading's characters, and where its text ends."""

    category: str
    title: str
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A rule's match in a sentence.

    Attributes:
        label: what kind of thing (``AGENT``, ``PS``, ...).
        start, end: its characters in the letter.
        text: the characters with white space runs folded to one space.
        rule: the rule's id.
        values: what the rule yields, named groups of a regex included.
        sentence: index of its sentence.
        tell: gives :attr:`modifiers` when they are first asked for.
    """

    label: str
    start: int
    end: int
    text: str
    rule: str
    values: Mapping[str, str]
    sentence: int
    tell: Callable[[], frozenset[str]] = field(default=frozenset, compare=False, repr=False)

    @property
    def modifiers(self) -> frozenset[str]:
        """The ConText categories that reach it (``negated``, ``family``, ...)."""
        return self.tell()

    def value(self, name: str = "value") -> str:
        """The yielded value ``name``, empty where the rule yields none."""
        return self.values.get(name, "")


class Places:
    """Where each token of a folded text stands in the letter.

    Args:
        make: gives (offset in the text, offset in the letter) of each, when first asked for.
    """

    def __init__(self, make: Callable[[], tuple[tuple[int, int], ...]]) -> None:
        self._make = make

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Places:
        """Places that are known already."""
        made = cls(tuple)
        made.__dict__["pairs"] = tuple(pairs)
        return made

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """(offset in the text, offset in the letter) of each token."""
        return self._make()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Places) and self.pairs == other.pairs

    def __hash__(self) -> int:
        return hash(self.pairs)


@dataclass(frozen=True)
class Sentence:
    """A sentence, or what stands for one in a list or table.

    ``text`` has white space runs folded to one space; :meth:`raw` maps its offsets back
    to the letter.
    """

    index: int
    start: int
    end: int
    text: str
    unit: Unit
    places: Places
    mentions: tuple[Mention, ...] = ()

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Characters ``start:end`` of ``text`` as characters of the letter.

        Raises:
            ValueError: the slice is empty.
        """
        if start >= end:
            raise ValueError("an empty slice has no place in the letter")
        return self._place(start), self._place(end - 1) + 1

    def _place(self, position: int) -> int:
        pairs = self.places.pairs
        index = bisect_right(pairs, (position, 1 << 60)) - 1
        if index < 0:
            return self.start
        folded, raw = pairs[index]
        return raw + (position - folded)

    def folded(self, position: int) -> int:
        """The letter's character ``position`` as an offset into ``text``."""
        pairs = self.places.pairs
        index = bisect_right(pairs, position, key=_in_letter) - 1
        if index < 0:
            return 0
        folded, raw = pairs[index]
        return min(folded + position - raw, len(self.text))

    def of(self, *labels: str) -> list[Mention]:
        """Its mentions with one of ``labels``, in order of place."""
        return [m for m in self.mentions if m.label in labels]


@dataclass(frozen=True)
class Reading:
    """A letter as read: its text, layout, sentences and mentions.

    Attributes:
        text: the text as it is read; all offsets are into it.
        mended: where each of its characters stands in the letter's own text, None where
            the two are the same.
    """

    text: str
    units: tuple[Unit, ...]
    sentences: tuple[Sentence, ...]
    sections: tuple[Section, ...] = field(default=())
    #: What the fields have worked out of this letter, by what it is.
    notes: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    mended: Mended | None = field(default=None, compare=False, repr=False)

    def origin(self, start: int, end: int) -> tuple[int, int, str]:
        """Where ``text[start:end]`` stands in the letter's own text, and what stands there."""
        if self.mended is None:
            return start, end, self.text[start:end]
        first, last = self.mended.origin(start, end)
        return first, last, self.mended.raw[first:last]

    def misread(self, start: int, end: int) -> bool:
        """Whether any of ``text[start:end]`` was read through a scanner's slip."""
        return self.mended is not None and self.mended.misread(start, end)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions in order of place."""
        return tuple(m for s in self.sentences for m in s.mentions)

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of all mentions."""
        return frozenset(m.label for m in self.mentions)

    @cached_property
    def flat(self) -> str:
        """The sentences in lower case one after the other, as gates are asked about them."""
        return plain(" ".join(s.text for s in self.sentences))

    def of(self, *labels: str) -> Iterator[Mention]:
        """All mentions with one of ``labels``, in order of place."""
        return (m for m in self.mentions if m.label in labels)

    def sentence(self, mention: Mention) -> Sentence:
        """The sentence that holds ``mention``."""
        return self.sentences[mention.sentence]

    def unit(self, mention: Mention) -> Unit:
        """The unit that holds ``mention``."""
        return self.sentences[mention.sentence].unit

    def section(self, mention: Mention) -> str:
        """Category of the section that holds ``mention``, ``""`` before the first."""
        return self.unit(mention).section

    def sentences_of(self, unit: Unit) -> list[Sentence]:
        """The sentences of one unit."""
        return self._by_unit.get(unit.index, [])

    @cached_property
    def _by_unit(self) -> dict[int, list[Sentence]]:
        held: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            held.setdefault(sentence.unit.index, []).append(sentence)
        return held

    def path(self, unit: Unit) -> list[Unit]:
        """The unit's parents, nearest first, by ``parent`` then ``heading``."""
        found: list[Unit] = []
        seen = {unit.index}
        current = unit
        while True:
            above = current.parent if current.parent is not None else current.heading
            if above is None or above in seen:
                return found
            seen.add(above)
            current = self.units[above]
            found.append(current)
