"""Gaps where none were written, and none where there were: letter-spaced lines, broken words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.language.mending.view import Edit
from extract.language.text import COMPOUNDS

#: "1 1  S e p t e m b e r  2 o o 6": marks one by one, now and then two together.
_SPACED: Final = re.compile(r"(?<!\S)(?:\S{1,2} {1,3}){5,}\S{1,2}(?!\S)")
#: Gaps that part words, not letters.
_WIDE: Final = re.compile(r" {2,}")
#: "scan.He", "2o07,and"
_STUCK: Final = re.compile(r"(?<=[a-z]{2})([.,;:])(?=[A-Za-z][a-z])(?!com\b|co\b|org\b|nhs\b|uk\b)")
_HYPHEN: Final = re.compile(
    r"(?<![\w-])(?P<first>[A-Za-z]{2,})(?P<gap>-[ \t]*\n[ \t]*)(?P<rest>[a-z]{2,}[.,;:)]?)[ \t]*"
)
#: A bar that a scanner drew at a line's beginning.
_BAR: Final = re.compile(r"^[ \t]*[|!][ \t]+(?=[^|\n]*$)", re.MULTILINE)


def spaced_out(text: str) -> Iterator[Edit]:
    """Letter-spaced stretches closed up."""
    for match in _SPACED.finditer(text):
        parts = match.group().split()
        if sum(len(part) == 1 for part in parts) < 0.75 * len(parts):
            continue
        if sum(part.isalpha() for part in parts) < 0.4 * len(parts):
            continue
        words = [word.replace(" ", "") for word in _WIDE.split(match.group())]
        if max(map(len, words)) < 4:
            continue
        yield Edit(match.start(), match.end(), " ".join(words), slip=False)


def broken(text: str) -> Iterator[Edit]:
    """Words parted by a hyphen at a line's end, whole on the first line; stray bars gone."""
    for match in _HYPHEN.finditer(text):
        first = match["first"]
        if first.lower() not in COMPOUNDS:
            yield Edit(match.start("gap"), match.end(), match["rest"] + "\n", slip=False)
    for match in _BAR.finditer(text):
        yield Edit(match.start(), match.end(), "", slip=False)


def stuck(text: str) -> Iterator[Edit]:
    """A space behind a stop where a word follows at once."""
    for match in _STUCK.finditer(text):
        yield Edit(match.end(), match.end(), " ", slip=False)
