"""Numbers and dates with letters among their digits: ``l2/O5/2oo8``, ``l0th May``, ``8O%``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.language.mending.view import Edit
from extract.values.datewords import MONTH

_DIGITS: Final = str.maketrans("OoQDlIi|!SsZzB", "00001111155228")
_D = r"[\dOolI|]"
#: Days without a true digit.
_ALIKE: Final = frozenset({"lO", "IO", "lo", "ll", "Il", "lI"})
_DAY: Final = re.compile(rf"(?<!\w)({_D}{{1,2}})(?:st|nd|rd|th)?(?=[\s.-]*{MONTH})", re.IGNORECASE)
_STATUS: Final = re.compile(r"(?<!\w)P5(?=(?:\s?[:=-]\s?|\s)[0-4](?!\w|[./]\d))")
#: Each with the figures in its groups; every match holds a true digit or is no number.
_SHAPES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w.])({_D}{{1,2}})[/.-]({_D}{{1,2}})[/.-]({_D}{{2}}(?:{_D}{{2}})?)(?!\w)",
        rf"(?<![\w.])({_D}{{1,2}}):({_D}{{2}})(?!\w)",
        rf"(?<![\w/.])({_D}{{1,2}})/({_D}{{2}}(?:{_D}{{2}})?)(?![\w/])",
        r"(?<!\w)((?:[1lI][9g]|[2Z][0Oo])[\dOolISZ]{2})(?!\w)",
        rf"(?<!\w)({_D}{{1,2}})(?:st|nd|rd|th)(?!\w)",
        rf"(?<![\w.])({_D}{{1,3}})(?=\s?(?:%|per\s?cent))",
        rf"(?<![\w.])([lI]\d{_D}?)(?=\s+(?:doses?|cycles?|mm|cm|mg|weeks?|months?|days?)(?!\w))",
        r"(?<![\w.])(l\d{1,2}|[lI]\d{2,3}|\d[Oo]\d|\d{2}[Oo])(?![\w])",
    )
)


def figures(text: str) -> Iterator[Edit]:
    """Letters in the place of digits, where only a number can stand; "P5 1" is a PS."""
    for match in _STATUS.finditer(text):
        yield Edit(match.start(), match.end(), "PS")
    for shape in (_DAY, *_SHAPES):
        for match in shape.finditer(text):
            for group in range(1, (match.lastindex or 0) + 1):
                held = match[group]
                if held.isdigit() or not _is_number(held, match.group(), shape is _DAY):
                    continue
                yield Edit(match.start(group), match.end(group), held.translate(_DIGITS))


def _is_number(held: str, whole: str, day: bool) -> bool:
    """Whether a digit is there; before a month two letters may look like one: "lO July"."""
    return any(c.isdigit() for c in whole) or (day and held in _ALIKE)
