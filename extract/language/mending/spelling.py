"""Words as scanners misread them: which word looks like this one.

A scanner takes a letter for one that looks like it (``c`` for ``e``, ``rn`` for ``m``). The
words that letters are written with stand in a trie; a walk through it along a misread word
takes such turns at their price, and the cheapest word is the one that was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

#: Prices: of a likely confusion, of a less likely one, of any other letter, of a lost one.
LIKELY, SELDOM, ANY, LOST = 1, 2, 3, 4

#: What stands there, and what was written; both ways where ``=``.
_LIKELY: Final = """0=o 1=l 1=i l=i |>l |>i !>l !>i 5=s 8>b 9>g 6>b $>s c=e h=b t=l t=f f=l i=j g=q u=n
    v=y q>g rn=m ni>m in>m nn>m iii>m ri>n ii>n ii>u li>u vv=w cl=d ci>a lc>k li>h ll>u il>u
    nr>m tn>m rr>m ij>y tl>d fi>h k>h b>h li>b"""
_SELDOM: Final = (
    "c=o e=o a=o a=e a=s o=s i=r t=r e=s u=v n=r m=n n=h n=m u=a x=z z=s g=y p=n g=s v=r"
)
_MOST: Final = 50_000
#: A walk is given up after so many steps.
_STEPS: Final = 20_000


_SUFFIX: Final = re.compile(r"(?<=[a-z]{3})(?:'s|ations?|ings?|ed|e[sr]|ly|[sed])$")


def stem(word: str) -> str:
    """A word without the endings that its other forms have."""
    return _SUFFIX.sub("", word)


def _pairs(table: str, price: int) -> Iterable[tuple[str, str, int]]:
    for entry in table.split():
        both = "=" in entry
        seen, meant = entry.split("=" if both else ">")
        yield seen, meant, price
        if both:
            yield meant, seen, price


def _turns() -> Mapping[str, list[tuple[str, str, int]]]:
    turns: dict[str, list[tuple[str, str, int]]] = {}
    for seen, meant, price in (*_pairs(_LIKELY, LIKELY), *_pairs(_SELDOM, SELDOM)):
        turns.setdefault(seen[0], []).append((seen, meant, price))
    return turns


_TURNS: Final = _turns()


class _Node(dict[str, "_Node"]):
    """A letter's place in the trie; ``word`` is set where a word ends."""

    __slots__ = ("rank", "word")

    def __init__(self) -> None:
        super().__init__()
        self.word = ""
        self.rank = 0


@dataclass(frozen=True, slots=True)
class Likeness:
    """A word that a misread one may have been, at what price."""

    word: str
    price: int
    rank: int


class Spelling:
    """The words that letters are written with.

    Args:
        words: that a misread word may have been, the commonest first.
        known: more words that are none of them misread.
    """

    def __init__(self, words: Iterable[str], known: Iterable[str] = ()) -> None:
        self._rank = {word: rank for rank, word in enumerate(dict.fromkeys(words))}
        self._known = {*known, *self._rank}
        self._stems = {stem(word) for word in self._known if len(word) > 3}
        self.nearest = lru_cache(maxsize=_MOST)(self._nearest)

    @cached_property
    def _root(self) -> _Node:
        """The trie, planted when a word is first looked for."""
        root = _Node()
        for word, rank in self._rank.items():
            node = root
            for letter in word:
                below = node.get(letter)
                if below is None:
                    below = node[letter] = _Node()
                node = below
            node.word, node.rank = word, rank
        return root

    def __contains__(self, word: str) -> bool:
        return word in self._known or (len(word) > 4 and stem(word) in self._stems)

    def rank(self, word: str) -> int | None:
        """How many words are commoner; None for one that a misread word cannot have been."""
        return self._rank.get(word)

    def _nearest(self, word: str, budget: int) -> Likeness | None:
        """The word that was written, None where none or more than one is near enough.

        Args:
            word: in lower case, digits and marks as misread.
            budget: the highest price.
        """
        best: dict[str, Likeness] = {}
        # What is left to pay decides which way is gone first: cheap ones.
        heap: list[tuple[int, int, _Node, bool]] = [(0, 0, self._root, False)]
        seen: dict[tuple[int, int, bool], int] = {}
        steps = 0
        while heap and steps < _STEPS:
            steps += 1
            price, at, node, slipped = heap.pop()
            if at == len(word) and node.word:
                held = best.get(node.word)
                if held is None or price < held.price:
                    best[node.word] = Likeness(node.word, price, node.rank)
            state = (at, id(node), slipped)
            if seen.get(state, budget + 1) <= price:
                continue
            seen[state] = price
            heap += _ways(word, budget, price, at, node, slipped)
        return _chosen(best.values())


def _ways(
    word: str, budget: int, price: int, at: int, node: _Node, slipped: bool
) -> Iterable[tuple[int, int, _Node, bool]]:
    """Where a walk may go on from a node: (price, place in the word, node, slipped)."""
    left = budget - price
    if at < len(word) and (below := node.get(word[at])) is not None:
        yield price, at + 1, below, slipped
    for seen, meant, cost in _TURNS.get(word[at], ()) if at < len(word) else ():
        end = _down(node, meant) if cost <= left and word.startswith(seen, at) else None
        if end is not None:
            yield price + cost, at + len(seen), end, slipped
    if not slipped and left >= ANY and at:
        yield from _slips(word, left, price, at, node)


def _slips(
    word: str, left: int, price: int, at: int, node: _Node
) -> Iterable[tuple[int, int, _Node, bool]]:
    """The one letter of a walk that may be any other, too many, or lost."""
    if at < len(word):
        yield from ((price + ANY, at + 1, node[other], True) for other in node if other != word[at])
        if left >= LOST:
            yield price + LOST, at + 1, node, True
    if left >= LOST:
        yield from ((price + LOST, at, below, True) for below in node.values())


def _down(node: _Node, letters: str) -> _Node | None:
    found: _Node | None = node
    for letter in letters:
        found = found.get(letter) if found is not None else None
    return found


def _chosen(found: Iterable[Likeness]) -> Likeness | None:
    """The cheapest, rare words at a higher price; among equals one that is much the commoner."""
    ordered = sorted(found, key=lambda f: (_score(f), f.rank))
    if not ordered:
        return None
    first, *rest = ordered
    rival = next((f for f in rest if _score(f) == _score(first)), None)
    if rival is not None and rival.rank < 2 * first.rank + 100:
        return None
    return first


def _score(found: Likeness) -> float:
    return found.price + (0.0 if found.rank < 600 else 0.5 if found.rank < 1800 else 1.0)
