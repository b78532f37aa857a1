"""What stands round a number: "over", "at least", "about", "or more", and units of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from extract.values.cardinals import SMALL_WORDS, word_value


class Unit(StrEnum):
    """A unit of time."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Bound(StrEnum):
    """How a number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    AT_LEAST = "at_least"
    UNDER = "under"
    AT_MOST = "at_most"


_BEFORE: Final = {
    Bound.OVER: (
        "over", "more than", "greater than", "above", "in excess of", "exceeding", "exceeds",
        "exceeded", "upwards of", "well over", "just over", "a little over", "slightly over",
        "longer than", "later than", "better than", ">",
    ),
    Bound.AT_LEAST: (
        "at least", "a minimum of", "minimum of", "minimum", "no less than", "not less than",
        "no fewer than", "no sooner than", "never below", "not below", "never less than", ">=",
        "=>", "≥", ">/=", "> or =", "a good",
    ),
    Bound.UNDER: (
        "under", "less than", "below", "fewer than", "just under", "well under", "a little under",
        "slightly under", "shorter than", "<",
    ),
    Bound.AT_MOST: (
        "up to", "at most", "no more than", "not more than", "a maximum of", "maximum of",
        "maximum", "not exceeding", "no longer than", "no later than",
        "no greater than", "not over", "not above",
        "never over", "never above", "never more than", "<=", "=<", "=\\<", "≤", "</=", "< or =",
    ),
    Bound.ABOUT: (
        "about", "approximately", "approx", "approx.", "approximates", "around", "roughly",
        "some", "circa", "c.", "ca.", "~", "≈", "nearly", "almost", "perhaps", "estimated at",
        "estimated", "of the order of", "in the order of", "in the region of", "getting on for",
        "the best part of", "close to", "something like", "somewhere around", "somewhere near",
        "just about", "more or less",
    ),
}  # fmt: skip
_AFTER: Final = {
    Bound.AT_LEAST: (
        "or more", "or over", "or above", "or greater", "or higher", "or longer", "and over",
        "and above", "at least", "at the least", "minimum", "plus",
    ),
    Bound.AT_MOST: (
        "or less", "or under", "or below", "or fewer", "or shorter", "at most", "maximum",
    ),
    Bound.ABOUT: ("or so", "approximately", "approx", "or thereabouts"),
}  # fmt: skip


def _words(phrases: dict[Bound, tuple[str, ...]]) -> tuple[str, dict[str, Bound]]:
    meaning = {phrase: bound for bound, group in phrases.items() for phrase in group}
    ordered = sorted(meaning, key=len, reverse=True)
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered), meaning


_before_pattern, _BEFORE_MEANING = _words(_BEFORE)
_after_pattern, _AFTER_MEANING = _words(_AFTER)
_QUALIFIER: Final = re.compile(
    rf"(?:(?<![\w>=<-])(?:{_before_pattern})|(?<=[\w\\])(?:>=|<=|>|<|≥|≤|~))"
    r"(?:\s+(?:of|only))?\s*$"
)
_AFTERWARDS: Final = re.compile(
    rf"(?:(?P<plus>\+)(?!\s?\w)|\s?(?P<q>{_after_pattern})(?!\w)(?!\s+than))"
)
#: "Went up to 60 %" is where it went and no limit.
_MOVED: Final = re.compile(
    r"(?<!\w)(?:went|gone|going|goes|come|came|back|rose|risen|crept|climbed|picked)\s+up\s+to\Z"
)
_SPACES: Final = re.compile(r"\s+")
_QUALIFIER_WIDTH: Final = 28

_loose = r"a\s+couple(?:\s+of)?|couple\s+of|a\s+few|few|several|half\s+an?|an?|another"
#: Regex of one count in lower-case text: "6", "2.5", "six", "a couple of", "half a".
COUNT: Final = rf"(?:\d{{1,3}}(?:\.\d)?(?!\d)|{SMALL_WORDS}|(?:{_loose})(?![a-z]))"
#: Regex of a unit of time in lower-case text, n/52 notation excepted. "6-weekly" is none.
UNIT: Final = r"(?:fortnights?|days?|weeks?|wks?|months?|mths?|mos?|years?|yrs?)(?![a-z])"
_UNIT_OF: Final = {
    "d": Unit.DAYS, "w": Unit.WEEKS, "m": Unit.MONTHS, "y": Unit.YEARS, "f": Unit.WEEKS,
    "52": Unit.WEEKS, "12": Unit.MONTHS, "7": Unit.DAYS,
}  # fmt: skip
#: What "a couple" and its like may mean, lowest and highest (field guide 0.11).
_LOOSE: Final = {"couple": (1.0, 3.0), "few": (2.0, 6.0), "several": (3.0, 8.0), "half": (0.5, 0.5)}


def windows(marks: re.Pattern[str], low: str, before: int, after: int) -> Iterator[tuple[int, int]]:
    """Stretches of ``low`` round the matches of ``marks``, merged where they touch.

    What ends at a rare mark ("%", "weeks") needs no look at the rest of the text.
    """
    begin = end = -1
    for mark in marks.finditer(low):
        if mark.start() - before > end:
            if end >= 0:
                yield begin, end
            begin = max(0, mark.start() - before)
        end = mark.end() + after
    if end >= 0:
        yield begin, min(end, len(low))


def read_unit(word: str) -> tuple[Unit, int]:
    """The unit that ``word`` names, and how many of it one is (a fortnight is 2 weeks).

    ``word`` is lower case and matches :data:`UNIT`, or is "52", "12" or "7".
    """
    unit = _UNIT_OF[word] if word.isdigit() else _UNIT_OF[word[0]]
    return unit, 2 if word[0] == "f" else 1


def read_count(words: str) -> tuple[float, float]:
    """Lowest and highest number that a :data:`COUNT` match means.

    The two differ only for "a couple of", "a few" and "several". Raises ValueError for
    text that :data:`COUNT` does not match.
    """
    if words[0].isdigit():
        return float(words), float(words)
    for word, meant in _LOOSE.items():
        if word in words:
            return meant
    if words in {"a", "an", "another"}:
        return 1.0, 1.0
    value = word_value(words)
    if value is None:
        raise ValueError("not a count")
    return float(value), float(value)


def loosely(words: str) -> bool:
    """Whether a :data:`COUNT` match is of the kind that names no exact number."""
    return any(word in words for word in ("couple", "few", "several"))


def bound_before(low: str, at: int, floor: int = 0) -> tuple[Bound, int]:
    """What stands before a number at ``at``, and where it starts (``at`` if nothing does).

    ``low`` is lower-case text; nothing before ``floor`` is looked at.
    """
    begin = max(floor, at - _QUALIFIER_WIDTH)
    found = _QUALIFIER.search(low[begin:at])
    if found is None or _MOVED.search(low[max(floor, begin - 12) : begin + found.start() + 5]):
        return Bound.EXACT, at
    phrase = found[0]
    for tail in (" of", " only"):
        if phrase.rstrip().endswith(tail) and (core := _normal(phrase)) not in _BEFORE_MEANING:
            phrase = core[: -len(tail)]
    return _BEFORE_MEANING.get(_normal(phrase), Bound.EXACT), begin + found.start()


def bound_after(low: str, at: int) -> tuple[Bound, int]:
    """What stands behind a number and its unit at ``at``, and where that ends."""
    found = _AFTERWARDS.match(low, at)
    if found is None:
        return Bound.EXACT, at
    if found["plus"]:
        return Bound.AT_LEAST, found.end()
    return _AFTER_MEANING[_normal(found["q"])], found.end()


def _normal(phrase: str) -> str:
    return _SPACES.sub(" ", phrase.strip())
