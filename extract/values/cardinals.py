"""English whole numbers, in digits and in words, 0 to 999."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
_TEENS: Final = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ZERO: Final = {"zero": 0, "nought": 0, "naught": 0, "nil": 0}
_VALUE: Final = _ZERO | _ONES | _TEENS | _TENS

_ones = "|".join(sorted(_ONES, key=len, reverse=True))
_teens = "|".join(sorted(_TEENS, key=len, reverse=True))
_tens = "|".join(_TENS)
_below_hundred = rf"(?:(?:{_tens})(?:[\s-]+(?:{_ones}))?|{_teens}|{_ones})"

#: Regex of a cardinal in words, without groups, for lower-case text.
CARDINAL_WORDS: Final = (
    rf"(?:(?:an?|{_ones})[\s-]+hundred(?:[\s-]+(?:and[\s-]+)?{_below_hundred}(?![a-z]))?"
    rf"|{_below_hundred}|{'|'.join(_ZERO)})(?![a-z])"
)
#: Regex of the second half of a year in words: "ten" of "twenty ten", "ninety-eight".
YEAR_WORDS: Final = rf"(?:(?:{_tens})(?:[\s-]+(?:{_ones}))?|{_teens})(?![a-z])"
#: Regex of a cardinal below one hundred in words, zero excepted.
SMALL_WORDS: Final = rf"{_below_hundred}(?![a-z])"

_SPLIT: Final = re.compile(r"[\s-]+")
# One character before the number is consumed, which ``re`` finds faster than it looks behind.
_NUMBER: Final = re.compile(
    r"[^\w](?:(?<!\d[.,])(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?!\w|[.,]\d)"
    rf"|(?<!-)(?P<words>{CARDINAL_WORDS}))"
)


def word_value(words: str) -> int | None:
    """The number that ``words`` (lower case, as :data:`CARDINAL_WORDS` finds them) spell.

    Returns None for anything but a cardinal from 0 to 999.
    """
    total = 0
    for word in _SPLIT.split(words.strip()):
        if word == "hundred":
            total = (total or 1) * 100
        elif word in {"a", "an", "and"}:
            continue
        elif word in _VALUE:
            total += _VALUE[word]
        else:
            return None
    return total


def fold(text: str) -> str:
    """``text`` in lower case, character for character.

    ``str.lower`` makes two characters of "İ"; every offset behind it would be wrong.
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(lower if len(lower := char.lower()) == 1 else char for char in text)


def scan_numbers(text: str) -> list[tuple[int, int, int]]:
    """Every whole number in ``text`` as ``(start, end, value)``, in order.

    Reads digits ("11", "1,500", both parts of "11/14") and words ("twenty-two", "one
    hundred and five", "nought"). Decimals, and digits joined to letters ("50mg", "4th",
    "T2"), are no whole numbers and are left out.
    """
    found = []
    for match in _NUMBER.finditer(" " + fold(text)):
        words = match["words"]
        value = word_value(words) if words else int(match[0][1:].replace(",", ""))
        if value is not None:
            found.append((match.start(), match.end() - 1, value))
    return found
