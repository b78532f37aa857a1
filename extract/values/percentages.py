"""Percentages in raw text, with the words that bound them.

Finds every percentage, of whatever: which one is the staining and which the ejection
fraction is for the fields to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from extract.values.cardinals import CARDINAL_WORDS, fold, word_value
from extract.values.counts import Bound, bound_after, bound_before, windows
from extract.values.quantities import Quantity


@dataclass(frozen=True, slots=True)
class RawQuantity:
    """A percentage found in a text: ``text[start:end]``, bounding words included.

    ``ocr`` marks a number read through a scanning slip ("8O%"); ``worded`` one that no
    number states ("virtually all cells"). Both ask for a reviewer.
    """

    start: int
    end: int
    quantity: Quantity
    ocr: bool = False
    worded: bool = False


_SIGN: Final = r"(?:%|per\s?cent(?:age)?(?![a-z])|pct(?![a-z]))"
_DIGITS: Final = r"\d{1,3}(?:\.\d+)?"
_SLIP: Final = r"(?=[oil|]{0,2}\d)[\doil|]{2,3}"
_JOIN: Final = r"(?:-|–|—|(?:to|and|or)(?![a-z]))"


def _percent(number: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,/])(?P<a>{number})\s?(?P<plus>\+(?!\s?\d))?"
        rf"(?:\s?(?P<first>{_SIGN})?\s{{0,2}}(?P<join>{_JOIN})\s{{0,2}}(?P<b>{number}))?"
        rf"\s{{0,2}}{_SIGN}"
    )


# Words slow the scan, and stand only before "per cent" in words.
_IN_DIGITS: Final = _percent(rf"(?:{_DIGITS}(?![\doil|])|{_SLIP})")
_IN_WORDS: Final = _percent(rf"(?:{_DIGITS}(?![\doil|])|{_SLIP}|{CARDINAL_WORDS})")
_CELLS: Final = (
    r"(?:\s+of)?(?:\s+(?:the|his|her|these|those|all))?"
    r"(?:\s+(?:viable|neoplastic|malignant|carcinoma|cancer|renal|tumou?r|lesional))*"
    r"\s+(?:cells|nuclei|tumou?r|lesion|specimen|sections?|tissue|carcinoma|biopsy|sample)(?![\w-])"
)
_FRACTION: Final = re.compile(
    rf"(?<![\w-])(?P<n>{CARDINAL_WORDS}|an?)[\s-]+"
    r"(?P<d>fifths?|quarters?|tenths?|thirds?|eighths?)(?![a-z])"
    r"(?!\s+of\s+(?:an?|the\s+(?:time|dose|year|way|day|patients)|patients|them|people|all)\b)"
    r"(?![\s-]+(?:hours?|line|year|time|course|cycle|space|ventricle|generation)\b)"
)
# The word comes first and the look behind it after: ``re`` finds a literal fast.
_HALF: Final = re.compile(rf"half(?<![\w-]half)(?={_CELLS})")
_ALL: Final = re.compile(
    r"(?:all(?<![\w-]all)|every(?<![\w-]every)|none(?<![\w-]none))"
    rf"(?={_CELLS}|\s+(?:tumou?r\s+)?cell\b)"
)
_NEARLY: Final = re.compile(r"(?<![\w-])(?:virtually|almost|nearly|essentially|practically)\s+\Z")
_MARK: Final = re.compile(r"%|cent|pct")
_PART: Final = re.compile(r"(?:fifth|quarter|tenth|third|eighth)")
_REACH: Final = 80
_DENOMINATOR: Final = {"f": 5, "q": 4, "te": 10, "th": 3, "e": 8}
_SLIPS: Final = str.maketrans("oil|", "0111")


def scan_percentages(text: str) -> list[RawQuantity]:
    """Every percentage in ``text``, in order, never overlapping.

    Reads "90%", "80-90 %", "ninety per cent", "over 80%", ">=80%", "80% or more", "80%+",
    "up to 90%", "~85%", "8O%" (a scanning slip), "more than four-fifths", "half of the
    cells", "virtually all cells" (>=95) and "none of the cells" (0). Values above 100 are
    left out.
    """
    low = fold(text)
    found: list[RawQuantity] = []
    pattern = _IN_WORDS if "cent" in low else _IN_DIGITS
    for begin, end in windows(_MARK, low, _REACH, 16):
        for match in pattern.finditer(low, begin, end):
            found.extend(_read_percent(low, match, found[-1].end if found else 0))
    for begin, end in windows(_PART, low, 40, 32):
        found.extend(_read_fraction(low, match) for match in _FRACTION.finditer(low, begin, end))
    found.extend(
        _bounded(low, match.start(), match.end(), (50.0, 50.0)) for match in _HALF.finditer(low)
    )
    found.extend(_read_all(low, match) for match in _ALL.finditer(low))
    return _apart(found)


def _read_percent(low: str, match: re.Match[str], floor: int) -> list[RawQuantity]:
    a, b = _number(match["a"]), _number(match["b"]) if match["b"] else None
    if a is None or a > 100 or (b is not None and b > 100):
        return []
    ocr = any(part and _slipped(part) for part in (match["a"], match["b"]))
    if b is None:
        return [_bounded(low, match.start(), match.end(), (a, a), bool(match["plus"]), ocr, floor)]
    lead = low[max(floor, match.start() - 12) : match.start()]
    joined = match["join"] in "-–—" or not lead.rstrip().endswith("from")
    if match["join"] == "and":
        joined = lead.rstrip().endswith("between")
    elif match["join"] == "or":  # "one or two per cent", but not "grade 2 or 90 %"
        joined = match["a"].isalpha() and match["b"].isalpha()
    if joined and a <= b:
        between = lead.rstrip().endswith("between")
        start = match.start() - (len(lead) - lead.rfind("between")) if between else match.start()
        raw = _bounded(low, match.start(), match.end(), (a, b), False, ocr, floor)
        return [RawQuantity(start, raw.end, raw.quantity, ocr) if between else raw]
    # "Fell from 60 to 40 %", "5% and 90%": two numbers, no interval.
    last = _bounded(low, match.start("b"), match.end(), (b, b), False, ocr, match.start("b"))
    if not match["first"] and match["join"] in {"and", "or"}:
        return [last]
    end = match.end("first") if match["first"] else match.end("a")
    return [_bounded(low, match.start(), end, (a, a), False, ocr, floor, closed=True), last]


def _bounded(
    low: str,
    start: int,
    end: int,
    values: tuple[float, float],
    plus: bool = False,
    ocr: bool = False,
    floor: int = 0,
    *,
    closed: bool = False,
) -> RawQuantity:
    bound, begin = bound_before(low, start, floor)
    if plus:
        bound = Bound.AT_LEAST
    elif bound is Bound.EXACT and not closed:
        bound, end = bound_after(low, end)
    return RawQuantity(begin, end, Quantity.bounded(bound, *values), ocr)


def _read_fraction(low: str, match: re.Match[str]) -> RawQuantity:
    numerator = 1 if match["n"] in {"a", "an"} else word_value(match["n"]) or 0
    word = match["d"]
    parts = _DENOMINATOR.get(word[0]) or _DENOMINATOR[word[:2]]
    if numerator > parts or (numerator == 1) == word.endswith("s"):
        # "One third" and "two thirds" are fractions, "two third" and "one fifths" are not.
        return RawQuantity(match.start(), match.start(), Quantity.exact(0))
    exact = 100 * numerator / parts
    raw = _bounded(low, match.start(), match.end(), (round(exact), round(exact)))
    if raw.quantity.low == raw.quantity.high and exact != round(exact):
        return RawQuantity(raw.start, raw.end, Quantity.exact(round(exact), approximate=True))
    return raw


def _read_all(low: str, match: re.Match[str]) -> RawQuantity:
    if match[0] == "none":
        return RawQuantity(match.start(), match.end(), Quantity.exact(0), worded=True)
    begin = max(0, match.start() - 16)
    nearly = _NEARLY.search(low[begin : match.start()])
    if nearly is None:
        return RawQuantity(match.start(), match.end(), Quantity.exact(100), worded=True)
    most = Quantity.bounded(Bound.AT_LEAST, 95)
    return RawQuantity(begin + nearly.start(), match.end(), most, worded=True)


def _number(words: str) -> float | None:
    if words[0].isalpha() and not _slipped(words):
        value = word_value(words)
        return None if value is None else float(value)
    plain = words.translate(_SLIPS)
    return float(plain) if plain.replace(".", "", 1).isdigit() else None


def _slipped(words: str) -> bool:
    return any(char.isdigit() for char in words) and any(char in "oil|" for char in words)


def _apart(found: list[RawQuantity]) -> list[RawQuantity]:
    kept: list[RawQuantity] = []
    for raw in sorted(found, key=lambda raw: (raw.start, -raw.end)):
        if raw.end > raw.start and (not kept or raw.start >= kept[-1].end):
            kept.append(raw)
    return kept
