"""Pages of another patient's letter that were filed or scanned with this one's.

A page's own first line names its patient: "Page 2 of 2   Re: ...". Where neither the name nor
any number on it is near one in the letter's head, the page is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from extract.language.reading import Reading

#: How far the head of a letter reaches that names its patient, in characters.
_HEAD: Final = 1200
#: How like a misread name, and a misread number, must be to count as the same.
_LIKE, _LIKE_NUMBER = 0.7, 0.8
#: Digits of a date of birth, and of the shortest number of a patient.
_DIGITS: Final = 6
_PAGE: Final = re.compile(
    r"^[^\n]*\bpage\s+\d+\s*(?:of|/)\s*\d+[^\n]*$", re.IGNORECASE | re.MULTILINE
)
_NAME: Final = re.compile(r"\b[A-Z][A-Z'-]{3,}\b")
_NUMBER: Final = re.compile(r"\b[\dOlISB][\dOlISB ./-]{5,}[\dOlISB]\b")
_MISREAD: Final = str.maketrans({"O": "0", "l": "1", "I": "1", "S": "5", "B": "8"})
_NO_NAMES: Final = frozenset({"PAGE", "MISFILED", "CONTINUED", "HOSPITAL", "CLINIC", "ONCOLOGY"})


def strayed(reading: Reading) -> list[tuple[int, int]]:
    """The pages of another patient's letter, as characters of the letter's own text."""
    text = reading.text if reading.mended is None else reading.mended.raw
    pages = list(_PAGE.finditer(text))
    starts = [page.start() for page in pages]
    return [
        (page.start(), end)
        for page, end in zip(pages, [*starts[1:], len(text)], strict=False)
        if _foreign(page.group(), text[: min(page.start(), _HEAD)])
    ]


def _foreign(line: str, head: str) -> bool:
    """Whether a page's first line names a patient whom the letter's head does not."""
    names, numbers = set(_names(line)), set(_numbers(line))
    own, known = set(_names(head)), set(_numbers(head))
    if not (names and numbers and own and known):
        return False
    return not (_any_like(names, own, _LIKE) or _any_like(numbers, known, _LIKE_NUMBER))


def _names(text: str) -> Iterator[str]:
    return (m.group() for m in _NAME.finditer(text) if m.group() not in _NO_NAMES)


def _numbers(text: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match.group().translate(_MISREAD))
        if len(digits) >= _DIGITS:
            yield digits


def _any_like(these: set[str], those: set[str], like: float) -> bool:
    return any(SequenceMatcher(None, a, b).ratio() >= like for a in these for b in those)


__all__ = ["strayed"]
