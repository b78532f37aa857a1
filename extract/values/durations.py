"""Lengths of time in raw text: "8 weeks", "6/52", "nine and a half weeks", "over a year"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from extract.values.cardinals import fold
from extract.values.counts import (
    COUNT,
    UNIT,
    Bound,
    Unit,
    bound_after,
    bound_before,
    loosely,
    read_count,
    read_unit,
    windows,
)
from extract.values.datepatterns import BY_DAY
from extract.values.quantities import Quantity

#: Days in a unit, by the annotation guide (a week is 7 days, a month 30).
DAYS_IN: Final = {Unit.DAYS: 1.0, Unit.WEEKS: 7.0, Unit.MONTHS: 30.0, Unit.YEARS: 365.0}
#: Units in a month, for lengths of follow-up.
_IN_MONTH: Final = {Unit.DAYS: 30.4375, Unit.WEEKS: 4.345, Unit.MONTHS: 1.0, Unit.YEARS: 1 / 12}


@dataclass(frozen=True, slots=True)
class RawDuration:
    """A length of time found in a text: ``text[start:end]``, bounding words included.

    ``low`` and ``high`` count ``unit``; an open end excludes its number, and an
    unbounded one is infinite ("over a year": low 1, low_open, high infinite; "under a
    year": low minus infinity).
    """

    start: int
    end: int
    low: float
    high: float
    low_open: bool
    high_open: bool
    unit: Unit
    approximate: bool = False

    def quantity(self) -> Quantity:
        """The length in its own unit."""
        return Quantity(self.low, self.high, self.low_open, self.high_open, self.approximate)

    def days(self) -> Quantity:
        """The length in days: a week 7, a month 30, a year 365; rounded to whole days."""
        return self.quantity().scaled(DAYS_IN[self.unit]).rounded()

    def months(self) -> Quantity:
        """The length in months: a year 12, weeks / 4.345 and days / 30.4375, rounded."""
        scaled = self.quantity().scaled(1 / _IN_MONTH[self.unit])
        return scaled if self.unit is Unit.MONTHS else scaled.rounded()


_NOTATION: Final = (
    r"(?<![\d/.])(?P<na>\d{1,3})(?:\s?[-–]\s?(?P<nb>\d{1,3}))?/(?P<per>52|12|7)(?![\d/.]\d|\w)"
)
_DURATION: Final = re.compile(
    rf"(?<![\w.,/])(?:{_NOTATION}"
    rf"|(?P<a>{COUNT})(?P<plus>\+)?(?:\s?(?:-|–|to|or|/)\s?(?P<b>{COUNT}))?"
    r"(?:\s+(?P<half>and\s+a\s+half|½)|(?P<hyphen>-)|\s+full|\s+whole|\s+clear)?[\s-]{0,3}"
    rf"(?P<unit>{UNIT})(?P<late>[\s-]+and[\s-]+a[\s-]+half(?![a-z]))?"
    r"|(?P<bare>fortnight)(?![a-z]))"
)
_MORE: Final = re.compile(
    rf"(?:\s+and)?\s+(?P<c>{COUNT})\s+(?P<unit>months?|weeks?|days?)(?![a-z])"
)
_AGE: Final = re.compile(r"(?:'s?|’s?)?[\s-]*(?:old|of\s+age)(?![a-z])")
_NOT_TIME: Final = re.compile(
    r"\s*(?:(?:lymph\s+)?nodes?|ln|cores?|positive|of|power|hpf|chemo|involved|doses?)(?![a-z])"
)
#: What makes n/7, n/12 and n/52 a date or a measure: "wc 12/7", "VA 6/12".
_NO_NOTATION: Final = re.compile(rf"(?:{BY_DAY.pattern}|(?<!\w)(?:va|acuity|power|bp)\s*:?\s*\Z)")
_MOST: Final = {"52": 78, "12": 60, "7": 120}
_PER: Final = re.compile(
    r"(?<!\w)(?:once|twice|times|days?|nights?|mornings?|evenings?|hours?|tablets?|capsules?|mg|mcg"
    r"|micrograms|units|doses|pints|miles|cycles?|cigarettes)\s+\Z"
)
_AGED: Final = re.compile(r"(?<!\w)age[ds]?\s*(?:of|was|is|:)?\s*\\?\Z")
#: Every length of time holds one of these, and begins within so many characters before it.
_MARK: Final = re.compile(r"(?:day|week|wk|month|mth|year|yr|fortnight|mos?(?![a-z])|/(?:52|12|7))")
_REACH: Final = 64
#: Pairs of units that add up to one length ("1 year and 6 months"), and the factor.
_IN_FINER: Final = {
    (Unit.YEARS, Unit.MONTHS): 12.0,
    (Unit.MONTHS, Unit.WEEKS): 30 / 7,
    (Unit.MONTHS, Unit.DAYS): 30.0,
    (Unit.WEEKS, Unit.DAYS): 7.0,
}


def scan_durations(text: str) -> list[RawDuration]:
    """Every length of time in ``text``, in order.

    Reads digits, words and the n/7, n/52, n/12 notation, ranges, "a fortnight", "a couple
    of months" (1-3), "a year and a half" and "1 year and 6 months" (in the finer unit).
    Ages ("68-year-old") and schedules ("6-weekly") are no lengths of time. That the
    length is ago, to come, or a trial's rule is for the caller to see, and so is that
    "14/12" may be a date: where :func:`scan_dates` reads one, the date is the better guess.
    """
    low = fold(text)
    found: list[RawDuration] = []
    for begin, end in windows(_MARK, low, _REACH, _REACH):
        for match in _DURATION.finditer(low, begin, end):
            floor = found[-1].end if found else 0
            raw = _read(low, match, floor) if match.start() >= floor else None
            if raw is not None:
                found.append(raw)
    return found


def _read(low: str, match: re.Match[str], floor: int) -> RawDuration | None:
    end = match.end()
    before = low[max(0, match.start() - 16) : match.start()]
    if match["per"]:
        if _NOT_TIME.match(low, end) or _NO_NOTATION.search(before) or not _notation(match):
            return None
        first, last = float(match["na"]), float(match["nb"] or match["na"])
        unit, loose = read_unit(match["per"])[0], False
    elif match["bare"]:
        first = last = 2.0
        unit, loose = Unit.WEEKS, False
    else:
        if _AGE.match(low, end) or (match["a"] == "a" and _PER.search(before)):
            return None
        first, last, unit, end = _worded(low, match)
        loose = loosely(match["a"])
    if first > last:
        return None
    bound, begin = bound_before(low, match.start(), floor)
    if match["plus"]:
        bound = Bound.AT_LEAST
    elif bound is Bound.EXACT:
        bound, end = bound_after(low, end)
    if _AGED.search(low[max(0, begin - 10) : begin]):
        return None
    if bound is Bound.EXACT and loose:
        bound = Bound.ABOUT
    whole = Quantity.bounded(bound, first, last)
    return RawDuration(
        begin,
        end,
        whole.low,
        whole.high,
        whole.low_open,
        whole.high_open,
        unit,
        whole.approximate,
    )


def _notation(match: re.Match[str]) -> bool:
    """Whether n/52 and its like count: 07/12 is a date, 88/52 a blood pressure."""
    return match["na"][0] != "0" and int(match["na"]) <= _MOST[match["per"]]


def _worded(low: str, match: re.Match[str]) -> tuple[float, float, Unit, int]:
    first, last = read_count(match["a"])
    if match["b"]:
        last = read_count(match["b"])[1]
    unit, each = read_unit(match["unit"])
    half = 0.5 if match["half"] or match["late"] else 0.0
    first, last = first * each + half, last * each + half
    more = _MORE.match(low, match.end())
    finer = read_unit(more["unit"])[0] if more else unit
    factor = _IN_FINER.get((unit, finer))
    if more is None or factor is None:
        return first, last, unit, match.end()
    rest = read_count(more["c"])[0]
    return first * factor + rest, last * factor + rest, finer, more.end()
