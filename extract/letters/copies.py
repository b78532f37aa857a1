"""When two texts are one letter: sent twice, or kept as a Word file, a PDF and a scan.

The same words in the same order are the same letter, however they are laid out. What comes
through another format may lose a header or misread a word: such a text counts as a copy
only where it says nothing that the other does not say, so that nothing is lost by it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Set
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
#: Words in a row that make one piece, and pieces that are kept of a letter.
_RUN, _KEPT = 3, 128
#: Share of pieces that two renderings of one letter have in common; recognition of a scan
#: gets a word in thirty wrong, and that is three pieces in thirty.
_ALIKE, _ALIKE_SCANNED = 0.85, 0.6


class Sketch(NamedTuple):
    """A letter's words, as much as telling copies apart needs; it holds none of them.

    Attributes:
        words: a hash of all words in order.
        pieces: the smallest hashes of runs of words.
    """

    words: str = ""
    pieces: tuple[int, ...] = ()


def sketch(text: str) -> Sketch:
    """What is kept of a text for comparing it with others."""
    words = _WORD.findall(text.casefold())
    whole = hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()
    runs = {" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}
    pieces = sorted(
        int.from_bytes(hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=7).digest())
        for run in runs
    )
    return Sketch(whole, tuple(pieces[:_KEPT]))


def alike(one: Sketch, other: Sketch) -> float:
    """The share of pieces that two letters have in common, as far as sketches tell."""
    if one.words == other.words:
        return 1.0
    both = sorted(set(one.pieces) | set(other.pieces))[:_KEPT]
    common = set(one.pieces) & set(other.pieces)
    return sum(piece in common for piece in both) / len(both) if both else 0.0


def is_copy(
    one: Sketch, other: Sketch, said: Set[object], other_said: Set[object], *, scanned: bool
) -> bool:
    """Whether ``one`` is the letter ``other`` in another rendering.

    Args:
        one: the text that would be dropped.
        other: the text that would be kept.
        said: what facts the first gives.
        other_said: what facts the second gives.
        scanned: whether either was recognised from a picture.
    """
    if one.words == other.words:
        return True
    return said <= other_said and alike(one, other) >= (_ALIKE_SCANNED if scanned else _ALIKE)
