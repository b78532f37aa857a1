"""Hyphens at line ends: part of the word, or put there because the line was full.

A hyphen stays where both halves are words (``high-dose``) and goes where only the whole
is one (``pro-gression``). What counts as a word is what the letter itself and a list of
words of such letters hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from extract.letters.layout.words import Word

_HYPHENS = "-\u2010\u2011\u00ad"
_LETTERS = re.compile(r"[^\W\d_]+")


class Hyphens:
    """What the words of one letter say about hyphens.

    Args:
        words: all words of the letter, as drawn.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.compounds: set[str] = set()
        self.own: set[str] = set()
        for word in words:
            bare = word.strip(".,;:!?()[]'\"").casefold()
            if any(mark in bare[:-1] for mark in _HYPHENS):
                self.compounds.add(bare.replace("\u2010", "-").replace("\u2011", "-"))
            elif _LETTERS.fullmatch(bare):
                self.own.add(bare)

    def breaks(self, word: Word, following: str) -> bool:
        """Whether ``word`` ends in a hyphen that ``following`` goes on from."""
        if not following or len(word.text) < 2:
            return False
        if word.soft:
            return following[0].isalnum()
        return word.text[-1] in _HYPHENS and word.text[-2].isalnum() and following[0].islower()

    def glued(self, word: Word, following: str) -> bool:
        """Whether nothing comes between the two when the line is joined with the next."""
        if self.breaks(word, following):
            return True
        # "IL-" "2", "80-" "90", "progression/" "toxicity"
        ends = word.text[-1:] in _HYPHENS + "/" and len(word.text) > 1 and word.text[-2].isalnum()
        return ends and following[:1].isalnum()

    def end(self, word: Word, following: str) -> str:
        """``word`` as it is written when the line is joined with the next."""
        if not self.breaks(word, following):
            return word.text
        return word.text if self._stays(word.text, following) else word.text[:-1]

    def _stays(self, word: str, following: str) -> bool:
        left = _LETTERS.findall(word[:-1])[-1:]
        right = _LETTERS.match(following)
        if not left or not word[-2].isalpha() or right is None:
            return True  # 12-month, IL-2
        first, second = left[0].casefold(), right[0].casefold()
        before = word[:-1].casefold()
        if f"{before}-{second}" in self.compounds:
            return True
        if self._known(first + second):
            return False
        return any(mark in before for mark in _HYPHENS) or (
            self._known(first) and self._known(second)
        )

    def _known(self, word: str) -> bool:
        return word in self.own or word in vocabulary()


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Words that such letters are written with, and the prefixes that take a hyphen."""
    return frozenset(files("extract.letters").joinpath("words.txt").read_text("utf-8").split())
