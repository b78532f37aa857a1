"""Misread, broken and run-together words, word by word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extract.language.mending.spelling import LIKELY, SELDOM, Spelling
from extract.language.mending.view import Edit

_TOKEN: Final = re.compile(r"[A-Za-z0-9|!$]*[A-Za-z][A-Za-z0-9|!$]*")
_TITLE: Final = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sister|Sir)\b\.?\s+(?:[A-Z]\.?\s*)*)$")
#: What a sentence or a line begins behind.
_OPENS: Final = re.compile(r"(?:^|[.?!:]\s|\n\s*|[*•-]\s*)$")
#: Letters that another may stand for at a word's beginning, where it is then a capital.
_HEADS: Final = {"5": "S", "0": "O", "1": "I", "l": "I", "8": "B", "|": "I", "!": "I"}
#: Highest price by length; longer words may be worse.
_BUDGET: Final = (0, 0, 0, 1, 2, 3, 3, 4, 4, 6)
#: Short pieces are words only where they are common ones.
_COMMON: Final = 420
#: And a name's beginning is one where it is commoner still.
_FIRST: Final = 100
_SHORT: Final = {"lf": "if", "ls": "is", "lt": "it", "1f": "if", "1t": "it", "1s": "is", "lI": "II"}
_ALNUM: Final = re.compile(
    r"(?P<word>[A-Za-z]{3,})(?P<number>\d{1,4})|(?P<n>\d{1,4})(?P<w>[A-Za-z]{3,})"
)
#: Letters that may be a number of their own.
_FIGURES: Final = frozenset("lIOoSx")
_COUNTED: Final = frozenset({"day", "the", "for", "and", "mar", "apr", "jun", "jul", "dec"})
_CAMEL: Final = re.compile(r"[a-z]{2,}(?=[A-Z][a-z]{2,})")
#: "sinceJanuary", "4January"
_MONTHED: Final = re.compile(
    r"(?<=[a-z\d])(?=(?:January|February|March|April|June|July|August|September|October|November"
    r"|December)$)"
)
#: A word so long is no other by chance.
_CLEAR: Final = 8
#: So long a word, or one with a digit in it, is hardly a name that looks like another word.
_LONG: Final = 8
_MOST: Final = 50_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it stands in the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a word was before the scanner, and how sure that is.

    Attributes:
        text: as written; spaces where words had run together.
        price: of the change.
    """

    text: str
    price: int


class Words:
    """Judges the words of letters.

    Args:
        spelling: the words that letters are written with.
        proper: those that begin with a capital anywhere, in lower case.
    """

    def __init__(self, spelling: Spelling, proper: Collection[str] = ()) -> None:
        self._spelling = spelling
        self._proper = frozenset(proper)
        self.judge = lru_cache(maxsize=_MOST)(self._judge)
        self.slip = lru_cache(maxsize=_MOST)(self._slip)
        self.is_odd = lru_cache(maxsize=_MOST)(self._is_odd)
        self.split = lru_cache(maxsize=_MOST)(self._split)

    def is_name(self, text: str, token: Token, judged: Judged) -> bool:
        """Whether a word is a name rather than a misread one: names are like any word."""
        if not token.text[0].isupper() or not token.text.isalpha():
            return False
        if judged.text.isupper():
            return judged.price > SELDOM and len(token.text) < _LONG
        if judged.text.lower() in self._proper:
            return False
        before = text[max(0, token.start - 14) : token.start]
        return bool(_TITLE.search(before)) or (" " not in judged.text and not _OPENS.search(before))

    # -- one word -----------------------------------------------------------------

    def known(self, word: str) -> bool:
        """Whether a word needs no mending."""
        low = word.lower()
        return len(low) < 3 or low in self._spelling

    def _judge(self, word: str) -> Judged | None:
        """The word that a misread one was; None for words that are none, or are well."""
        return self._judged(word, _BUDGET[min(len(word), len(_BUDGET) - 1)])

    def _slip(self, word: str) -> Judged | None:
        """What :meth:`judge` says at a price of at most ``SELDOM``, told far sooner."""
        # A dearer word can still tie with one that is rarer: see what one step more costs.
        budget = min(SELDOM + 1, _BUDGET[min(len(word), len(_BUDGET) - 1)])
        judged = self._judged(word, budget)
        return judged if judged and judged.price <= SELDOM else None

    def _is_odd(self, word: str) -> bool:
        """Whether a word may be mended in a text that is otherwise clean."""
        if word.isalpha() and (len(word) < _CLEAR or not word[1:].islower()):
            return bool(_MONTHED.search(word))
        return bool(_MONTHED.search(word)) or self.slip(word) is not None

    def _judged(self, word: str, budget: int) -> Judged | None:
        low = word.lower()
        if word in _SHORT:
            return Judged(_SHORT[word], LIKELY)
        letters = sum(c.isalpha() for c in word)
        if letters < 2 or len(word) < 3 or self.known(word) or letters * 2 <= len(word):
            return None
        if self._numbered(word) or (word.isupper() and len(word) < 5):
            return None
        found = self._spelling.nearest(low, budget)
        if found is None or (len(found.word) < 4 and found.rank > _COMMON):
            return None
        return Judged(_cased(word, found.word), found.price)

    def _numbered(self, word: str) -> re.Match[str] | None:
        """A word and a number without the gap between them."""
        match = _ALNUM.fullmatch(word)
        if match is None:
            return None
        held = (match["word"] or match["w"]).lower()
        head = _HEADS.get(match["n"] or "")
        rank = self._spelling.rank(head.lower() + held) if head else None
        if rank is not None and rank < (self._spelling.rank(held) or rank + 1):
            return None  # "5table" is no table
        return match if held in self._spelling and (len(held) > 3 or held in _COUNTED) else None

    # -- neighbours ---------------------------------------------------------------

    def join(self, first: str, second: str) -> Judged | None:
        """The one word that two pieces were."""
        if not (first.isalnum() and second.isalnum()) or second[0].isupper() > first.isupper():
            return None
        if self._is_word(first) and self._is_word(second):
            return None
        if first in _FIGURES or second in _FIGURES:
            return None
        whole = first + second
        if len(whole) < 4 or any(c.isdigit() for c in whole):
            return None
        rank = self._spelling.rank(whole.lower())
        either = self._is_word(first) or self._is_word(second)
        if rank is not None or (not either and whole.lower() in self._spelling):
            return Judged(whole, LIKELY)
        if either or len(whole) < 6:
            return None
        found = self._spelling.nearest(whole.lower(), 2)
        return Judged(_cased(whole, found.word), found.price + LIKELY) if found else None

    def _is_word(self, piece: str) -> bool:
        low = piece.lower()
        if len(low) > 3:
            return low in self._spelling
        rank = self._spelling.rank(low)
        return (rank is not None and rank < _COMMON) or low in ("a", "i")

    def _split(self, word: str) -> Judged | None:
        """The words that had run together."""
        if match := self._numbered(word):
            gap = match.end("word") if match["word"] else match.end("n")
            return Judged(f"{word[:gap]} {word[gap:]}", LIKELY)
        if not word.isalpha() or len(word) < 5 or self.known(word):
            return None
        if (camel := _CAMEL.match(word)) and self._is_word(camel.group()):
            return Judged(f"{camel.group()} {word[camel.end() :]}", LIKELY)
        if word.isupper():
            return None
        cuts = [cut for at in range(1, len(word)) if (cut := self._cut(word, at))]
        return min(cuts, key=lambda cut: cut[:2])[2] if cuts else None

    def _cut(self, word: str, at: int) -> tuple[int, int, Judged] | None:
        """(price, rank of the rarer piece, the pieces) where a word may be cut in two."""
        left, right = word[:at].lower(), word[at:].lower()
        one, two = self._piece(left), self._piece(right)
        most = _FIRST if word[0].isupper() else _COMMON
        if one is not None and two is not None and min(one, two) < most:
            return 0, max(one, two), Judged(f"{word[:at]} {word[at:]}", SELDOM)
        for rank, other, first in ((one, right, True), (two, left, False)):
            if rank is None or rank > most or len(other) < 6:
                continue
            if (found := self._spelling.nearest(other, SELDOM)) is not None:
                text = f"{word[:at]} {found.word}" if first else f"{found.word} {word[at:]}"
                return found.price, rank, Judged(text, found.price + SELDOM)
        return None

    def _piece(self, piece: str) -> int | None:
        """The rank of a piece that is a word of its own; None for any other."""
        rank = self._spelling.rank(piece)
        if rank is None or not self._is_word(piece):
            return 0 if piece == "a" else None
        return rank


def tokens(text: str) -> list[Token]:
    """The words of a text, digits among their letters included."""
    return [Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text)]


def counted(text: str) -> tuple[int, frozenset[str]]:
    """How many words a text has, and each of them once."""
    found = _TOKEN.findall(text)
    return len(found), frozenset(found)


def misread(found: Iterable[str], words: Words) -> set[str]:
    """Words, none of them a name, that stand for others which look like them."""
    return {word for word in found if (word.islower() or not word.isalpha()) and words.slip(word)}


def mend_plain(text: str, found: Iterable[str], words: Words) -> Iterator[Edit]:
    """Single slips in an otherwise clean text: long words that look like one other.

    Args:
        text: the text.
        found: its words, each once.
        words: the judge of them.
    """
    odd = {word for word in found if words.is_odd(word)}
    for token in tokens(text) if odd else ():
        if token.text not in odd:
            continue
        if match := _MONTHED.search(token.text):
            place = token.start + match.start()
            yield Edit(place, place, " ", slip=False)
            continue
        judged = words.slip(token.text)
        most = SELDOM if token.text.isalpha() else LIKELY
        if judged and judged.price <= most and not words.is_name(text, token, judged):
            yield Edit(token.start, token.end, _opened(text, token, judged.text))


def mend_words(text: str, words: Words) -> Iterator[Edit]:
    """Words misread, broken or run together, each as it was written."""
    found = tokens(text)
    taken = -1
    for index, token in enumerate(found):
        if token.start < taken:
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        if after is not None and text[token.end : after.start] == " ":
            joined = words.join(token.text, after.text)
            if joined is not None:
                taken = after.end
                yield Edit(token.start, after.end, joined.text, slip=joined.price > LIKELY)
                continue
        judged, parted = words.judge(token.text), words.split(token.text)
        best = _surer(judged, parted)
        if best is None or best.text == token.text:
            continue
        if not words.is_name(text, token, best):
            text_ = _opened(text, token, best.text)
            yield Edit(token.start, token.end, text_, slip=best is judged or best.price > LIKELY)


def _surer(judged: Judged | None, parted: Judged | None) -> Judged | None:
    if judged is None or parted is None:
        return judged or parted
    return parted if parted.price < judged.price else judged


def _opened(text: str, token: Token, word: str) -> str:
    """The word with a capital where a sentence begins with it."""
    if token.text[0] in _HEADS and _OPENS.search(text[max(0, token.start - 3) : token.start]):
        return word[0].upper() + word[1:]
    return word


def _cased(word: str, found: str) -> str:
    letters = [c for c in word if c.isalpha()]
    if sum(c.isupper() for c in letters) > 0.7 * len(letters) and len(letters) > 2:
        return found.upper()
    return found[0].upper() + found[1:] if word[0].isupper() else found
