"""Drug names as scanners and typists leave them: ``pazopanlb``, ``Tarnoxifen``, ``sunit- inib``.

Dictated and scanned letters damage the longest words most. A word that no rule knows, and
that ends as drug names end, is compared with the lexicon after folding what scanners
confuse (0/o, 1/l/i, rn/m) and allowing one slip (a letter lost, added, changed or two
swapped) in names of eight letters or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extract.values.agents import Lexicon

_WORD = re.compile(r"(?<![\w-])[A-Za-z][A-Za-z0-9!|]{2,}(?:- ?[a-z0-9]{2,}(?![\w-]))?")
#: What is left of a word that looks broken where its second half is another sentence's.
_PARTS = re.compile(r"[A-Za-z0-9!|]{3,}")
_CONFUSED = str.maketrans({"0": "o", "1": "i", "l": "i", "|": "i", "!": "i", "5": "s", "8": "b"})
_SHORTEST = 6
_SHORTEST_SLIP = 8
#: The words of letters repeat: so many are judged once.
_WORDS_KEPT = 50_000


class DrugNames:
    """Finds damaged drug names in a sentence's folded text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._exact: dict[str, tuple[str, ...]] = {}
        self._known: set[str] = set()
        for surface, generics, weak in lexicon.surfaces():
            if surface.isalpha():
                self._known.add(surface)
                if len(surface) >= _SHORTEST and (not weak or len(surface) > 9):
                    self._exact.setdefault(_canonical(surface), generics)
        self._near: dict[str, set[str]] = {}
        for name in self._exact:
            if len(name) >= _SHORTEST_SLIP:
                for short in _deletes(name):
                    self._near.setdefault(short, set()).add(name)
        self._endings = {name[-3:] for name in self._exact}
        self._supportive = lexicon.is_supportive
        self._judge = lru_cache(maxsize=_WORDS_KEPT)(self._judged)

    def may_find(self, text: str) -> bool:
        """Whether any part of a text may hold a damaged name."""
        words = frozenset(_WORD.findall(text))
        return any(
            self._judge(word) or ("-" in word and any(map(self._judge, _PARTS.findall(word))))
            for word in words
        )

    def find(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Damaged names in ``text``: (start, end, generic names)."""
        for match in _WORD.finditer(text):
            if generics := self._judge(match.group()):
                yield match.start(), match.end(), generics

    def _judged(self, word: str) -> tuple[str, ...]:
        """The generic names of a damaged name; empty for any other word."""
        joined = word.replace("- ", "").replace("-", "")
        if len(joined) < _SHORTEST or (joined.lower() in self._known and joined == word):
            return ()
        return self._generics(joined)

    def _generics(self, word: str) -> tuple[str, ...]:
        folded = _canonical(word)
        if folded in self._exact:
            return self._exact[folded]
        if len(folded) < _SHORTEST_SLIP or folded[-3:] not in self._endings:
            return ()
        if self._supportive(word.lower()):
            return ()
        names = self._candidates(folded)
        found = {self._exact[name] for name in names if _one_slip(folded, name)}
        return found.pop() if len(found) == 1 else ()

    def _candidates(self, word: str) -> set[str]:
        names = set(self._near.get(word, ()))
        for short in _deletes(word):
            if short in self._exact:
                names.add(short)
            names |= self._near.get(short, set())
        return names


def _canonical(word: str) -> str:
    return word.lower().translate(_CONFUSED).replace("rn", "m").replace("vv", "w")


def _deletes(word: str) -> Iterable[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter lost, added or changed, or two neighbours swapped, makes them equal."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    if start == 0:
        return False  # names are told apart by how they begin
    rest_a, rest_b = a[start:], b[start:]
    swapped = rest_a[:2] == rest_b[1::-1] if len(rest_b) > 1 else False
    return (
        rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b[1:]
        or (swapped and rest_a[2:] == rest_b[2:])
    )
