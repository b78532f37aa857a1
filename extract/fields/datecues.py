"""The words beside a date that say what it is the date of, found a sentence at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.fields.cues import Cues, load_cues
from extract.language.gates import Gates
from extract.language.reading import Sentence


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say what a date is the date of, as characters of the letter."""

    kind: str
    text: str
    start: int
    end: int
    sentence: int


@cache
def cues() -> Cues:
    """The cues of ``patterns/letterdate.yaml``."""
    return load_cues("letterdate")


@cache
def _kinds() -> Gates[str]:
    names = (name for name in cues().rules if name.startswith("kind_"))
    return Gates((name, cues()[name]) for name in names)


def read_cues(sentence: Sentence) -> Iterator[Cue]:
    """What dates could be the dates of; of overlapping words the longest."""
    matches = [
        (match.start(), -match.end(), name.removeprefix("kind_"))
        for name, cue in _kinds().open_to(sentence.text)
        for match in cue.finditer(sentence.text)
        if match.end() > match.start()
    ]
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(matches):
        if kept and start < -kept[-1][1]:
            if -end - start <= -kept[-1][1] - kept[-1][0]:
                continue
            kept.pop()
        kept.append((start, end, kind))
    for start, end, kind in kept:
        first, last = sentence.raw(start, -end)
        yield Cue(kind, sentence.text[start:-end], first, last, sentence.index)
