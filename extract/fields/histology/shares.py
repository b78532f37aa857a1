"""Which percentage of a sentence is whose feature's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from extract.fields import cells
from extract.fields.histology.common import cues
from extract.language.reading import Mention, Sentence, UnitKind
from extract.language.trying import trial
from extract.values.percentages import RawQuantity, scan_percentages

_SPLIT = trial(
    r"[,;:()]|\band\b|\bwith\b|\bbut\b|\bthe (?:remainder|rest)\b|(?<!\.)\.\s", re.IGNORECASE
)
#: "Half" as long as "50 %", so that offsets stay.
_HALF = trial(r" half\b(?! (?:an?|of (?:the|a) (?:day|time|hour)|life)\b)", re.IGNORECASE)
#: "Alveolar / nested 70%" is one pattern.
_NESTED = trial(r"\s?(?:/|\(|or)\s?nested\)?[\s:=]*", re.IGNORECASE)
#: "Alveolar 80." and nothing more.
_ALONE = trial(r"\W*\w+\s(?:[~><]\s?)?\d{2}\W*")
_BARE = trial(
    r"^(?: (?:areas?|pattern|component|architecture|cells?|cytoplasm))?[ :=]*"
    r"(?P<n>(?:[~><] ?)?\d{1,3})(?![\w%/-]|\.\d| ?(?:%|per ?cent|to|mm|cm|of|foci|blocks|years))"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A feature named at ``start:end`` of the sentence's text."""

    mention: Mention
    start: int
    end: int


@dataclass(slots=True)
class _Pairing:
    """The percentages given out so far, walking the sentence from left to right."""

    text: str
    found: dict[int, RawQuantity] = field(default_factory=dict)
    bare: list[RawQuantity] = field(default_factory=list)
    last: Named | None = None  # the last feature named, while a percentage may still follow
    carried: RawQuantity | None = None  # a percentage in brackets before its feature

    def take(self, start: int, stop: int, inside: list[Named], held: list[RawQuantity]) -> None:
        """One segment: the features named in it and the percentages it holds."""
        for item in inside:
            if number := _bare(self.text, item, stop):
                self.found[item.start] = number
                self.bare.append(number)
        free = [n for n in inside if n.start not in self.found]
        if free and self.carried and not held:
            self.found[free[0].start] = self.carried  # "focal (5%) sarcomatoid change"
        self.carried = None
        if free and held:
            self._match(free, held)
        elif held and not inside:
            self._left_over(start, stop, held[0])
        if inside:
            self.last = inside[-1]
        elif cues()["other_part"].search(self.text, start, stop):
            self.last = None

    def _left_over(self, start: int, stop: int, share: RawQuantity) -> None:
        """A percentage in a segment of its own: "papillary areas, approx 20%"."""
        words = self.text[start:stop]
        if cues()["other_part"].search(words):
            return
        if self.last is not None and self.last.start not in self.found:
            if not cues()["part"].search(f" {words}"):
                self.found[self.last.start] = share
        elif self.text[start - 1 : start] == "(":
            self.carried = share

    def _match(self, free: list[Named], held: list[RawQuantity]) -> None:
        """Pair the features and percentages of one segment, what follows first."""
        for item in free:
            options = [p for p in held if p not in self.found.values()]
            following = [n.start for n in free if n.start > item.start]
            limit = min(following, default=len(self.text))
            behind = [p for p in options if item.end <= p.start < limit]
            ahead = [p for p in options if p.end <= item.start]
            other = cues()["other_part"]
            between = self.text[item.end : behind[0].start] if behind else ""
            if behind and (_NESTED.fullmatch(between) or not other.search(between)):
                self.found[item.start] = behind[0]
            elif ahead and not other.search(self.text, ahead[-1].end, item.start):
                self.found[item.start] = ahead[-1]


def pair(sentence: Sentence, named: list[Named]) -> dict[int, RawQuantity]:
    """The percentage of each feature that has one, by the feature's start."""
    text = sentence.text
    shares = scan_percentages(_HALF.sub(" 50 %", text))
    pairing = _Pairing(text)
    for start, stop in _segments(sentence, named, shares):
        inside = [n for n in named if start <= n.start < stop]
        held = [p for p in shares if start <= p.start < stop]
        pairing.take(start, stop, inside, held)
    found = pairing.found
    counted = {n.mention.value() for n in named if found.get(n.start) in pairing.bare}
    for item in named:  # "solid and alveolar 70% (alveolar 60, solid 10)"
        if item.mention.value() in counted and found.get(item.start) not in pairing.bare:
            found.pop(item.start, None)
    return found


def _segments(
    sentence: Sentence, named: list[Named], shares: list[RawQuantity]
) -> list[tuple[int, int]]:
    """The sentence cut at commas, "and", and cells that name a feature."""
    text = sentence.text
    cuts = {0, len(text)}
    for stop in _SPLIT.finditer(text):
        if any(p.start < stop.end() and stop.start() < p.end for p in shares):
            continue  # "between 60 and 70 per cent"
        cuts.add(stop.end())
    if sentence.unit.kind is UnitKind.ROW:
        for start, end in cells.cells(sentence):
            if any(start <= n.start < end for n in named):
                cuts.add(start)
    return list(pairwise(sorted(cuts)))


def _bare(text: str, item: Named, stop: int) -> RawQuantity | None:
    """``(alveolar 60, solid 10)``: a number without its sign, in a sentence that has one."""
    match = _BARE.match(text[item.end : stop])
    if not match or not (re.search(r"%|cent", text, re.IGNORECASE) or _ALONE.fullmatch(text)):
        return None
    read = scan_percentages(f"{match['n']}%")
    if len(read) != 1:
        return None
    start = item.end + match.start("n")
    return RawQuantity(start, item.end + match.end("n"), read[0].quantity)
