"""When two texts are one letter: sent twice, or kept as a Word file, a PDF and a scan.

The same words in the same order are the same letter, however they are laid out. What comes
through another format may lose a header or misread a word: such a text counts as a copy
only where it is of the same day and says nothing that the other does not say, so that
nothing is lost by it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from extract.letters.model import Letter
from extract.records import Fact

_WORD = re.compile(r"[^\W_]+")
#: Words in a row that make one piece, and pieces that are kept of a letter.
_RUN, _KEPT = 3, 48
#: Share of pieces that two renderings of one letter have in common; recognition of a scan
#: gets a word in thirty wrong, and that is three pieces in thirty.
_ALIKE, _ALIKE_SCANNED = 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Sketch:
    """A letter as much as telling copies apart needs; it holds none of its words.

    Attributes:
        words: a hash of all words in order.
        pieces: the smallest hashes of runs of words.
        said: hashes of the facts read from it.
        date: its date.
        scanned: whether any of it was recognised from a picture.
    """

    words: str
    pieces: tuple[int, ...] = ()
    said: frozenset[int] = frozenset()
    date: str = ""
    scanned: bool = False

    def packed(self) -> str:
        """The sketch as a few hundred characters."""
        numbers = [
            struct.pack(f"<{len(some)}I", *some) for some in (self.pieces, sorted(self.said))
        ]
        coded = (base64.b64encode(data).decode("ascii") for data in numbers)
        return "|".join((self.words, self.date, str(int(self.scanned)), *coded))

    @classmethod
    def unpacked(cls, text: str) -> Sketch:
        """The sketch from its characters."""
        words, date, scanned, *coded = text.split("|")
        pieces, said = (
            struct.unpack(f"<{len(data) // 4}I", data) for data in map(base64.b64decode, coded)
        )
        return cls(words, pieces, frozenset(said), date, scanned == "1")


def date_of(packed: str) -> str:
    """The date of the letter of a packed sketch."""
    return packed.split("|", 2)[1]


def sketch(letter: Letter, facts: Iterable[Fact] = (), date: str = "", key: str = "") -> Sketch:
    """What is kept of a letter for comparing it with others.

    Args:
        letter: the letter.
        facts: what was read from it.
        date: its date.
        key: a secret, where nobody without it may find out whether words stand in it.
    """
    words = _WORD.findall(letter.text.casefold())
    whole = hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    runs = {" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}
    return Sketch(
        words=whole,
        pieces=tuple(sorted(_hash(run, key) for run in runs)[:_KEPT]),
        said=frozenset(_hash("\0".join(fact.key), key) for fact in facts),
        date=date,
        scanned=bool(letter.scanned),
    )


def _hash(text: str, key: str) -> int:
    data = text.encode("utf-8", "surrogatepass")
    if not key:
        return zlib.crc32(data)
    return int.from_bytes(hashlib.blake2b(data, digest_size=4, key=key.encode()).digest())


def alike(one: Sketch, other: Sketch) -> float:
    """The share of pieces that two letters have in common, as far as sketches tell."""
    if one.words == other.words:
        return 1.0
    both = sorted({*one.pieces, *other.pieces})[:_KEPT]
    common = set(one.pieces) & set(other.pieces)
    return sum(piece in common for piece in both) / len(both) if both else 0.0


def is_copy(one: Sketch, other: Sketch) -> bool:
    """Whether ``one`` is the letter ``other`` in another rendering, so that it may go."""
    if one.words == other.words:
        return True
    if one.date != other.date or not one.said <= other.said:
        return False
    scanned = one.scanned or other.scanned
    return alike(one, other) >= (_ALIKE_SCANNED if scanned else _ALIKE)
