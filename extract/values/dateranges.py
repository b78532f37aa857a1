"""Which dates of a text are the two ends of a range, and which is a date of birth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extract.values.cardinals import fold
from extract.values.datekinds import DateContext, Kind
from extract.values.rawdates import RawDate

_JOIN: Final = re.compile(
    r"\s*(?:-+>?|[–—−→>]|to|until|till|til|through|thru|up\s+to|(?P<and>and|&))\s*"
    r"(?:the\s+|about\s+|around\s+|end\s+)?"
)
_BETWEEN: Final = re.compile(r"(?<!\w)between\s+(?:\w+\s+){0,2}\Z")
_YEARLESS: Final = frozenset(
    {Kind.DAY_MONTH, Kind.MONTH_ONLY, Kind.DAY_ONLY, Kind.SEASON, Kind.NUMERIC_MY, Kind.FEAST}
)
_MONTHS: Final = frozenset({Kind.MONTH_ONLY, Kind.MONTH_YEAR, Kind.YEAR, Kind.SEASON})
_DAYS: Final = frozenset({Kind.DAY_MONTH, Kind.NUMERIC, Kind.FULL, Kind.DAY_ONLY})
_WIDEST_GAP: Final = 14
_NO_LETTER: Final = DateContext()

#: Words of a stay in hospital, or of a treatment that is given in one: it lasts days.
_STAY: Final = re.compile(
    r"(?<!\w)(?:itu|icu|hdu|critical\s+care|intensive\s+care|admi(?:tted|ssion)|ward|in-?patient"
    r"|il-?2|interleukin(?:-?2)?|aldesleukin)(?!\w)[^\n]{0,60}\Z"
)

_BORN_BEFORE: Final = re.compile(
    r"(?<!\w)(?:d\.?\s?o\.?\s?b\.?|(?:date|day)\s+of\s+birth|birth[\s-]?date|birthday|born|birth|b\.)"
    r"(?:\s*/\s*age|\s*\([^)\n]{0,14}\))?\s*(?:on|in|is|was|:|-|–|=|\||\.)*\s*(?:the\s+)?\Z"
)
_BORN_AFTER: Final = re.compile(
    r"\s*[(\[]?\s*(?:d\.?\s?o\.?\s?b\.?|date\s+of\s+birth)(?![a-z])(?!\s*[:/|.-]?\s*\d)"
)


def find_ranges(
    text: str, raws: Sequence[RawDate], context: DateContext = _NO_LETTER
) -> list[tuple[RawDate, RawDate]]:
    """The pairs of neighbouring ``raws`` that ``text`` joins to a range, first end first.

    The members come back linked: an end without a year borrows it from the other ("Feb -
    Aug 10"), and two of the kind 09/08 are months. Resolve these, not the originals.
    ``raws`` are the dates :func:`scan_dates` found in ``text``; ``context`` gives the order
    of numeric dates.
    """
    low = fold(text)
    found: list[tuple[RawDate, RawDate]] = []
    taken = -1
    for index in range(len(raws) - 1):
        first, second = raws[index], raws[index + 1]
        if index == taken or not _joined(low, first, second):
            continue
        if _days_of_a_stay(low, first, second):
            first, second = replace(first, reading="dm"), replace(second, reading="dm")
        pair = _linked(first, second)
        if not _backwards(*pair, context):
            found.append(pair)
            taken = index + 1
    return found


def is_birth_date(text: str, raw: RawDate) -> bool:
    """Whether words beside ``raw`` say that it is a date of birth."""
    before = fold(text[max(0, raw.start - 40) : raw.start])
    after = fold(text[raw.end : raw.end + 24])
    return bool(_BORN_BEFORE.search(before) or _BORN_AFTER.match(after))


def _joined(low: str, first: RawDate, second: RawDate) -> bool:
    if not 0 < second.start - first.end <= _WIDEST_GAP:
        return False
    if first.kind is second.kind is Kind.YEAR and low[first.end : second.start] == "/":
        return True
    join = _JOIN.fullmatch(low, first.end, second.start)
    if join is None or "\n" in join[0].rstrip(" \n"):
        return False
    if join["and"]:
        return bool(_BETWEEN.search(low[max(0, first.start - 24) : first.start]))
    return True


def _days_of_a_stay(low: str, first: RawDate, second: RawDate) -> bool:
    """ "ITU 01/04 - 03/04": days of one month, where the line tells of a stay in hospital."""
    if not first.kind is second.kind is Kind.NUMERIC_MY or first.month != second.month:
        return False
    line = low.rfind("\n", 0, first.start) + 1
    return (first.month or 13) <= 12 and bool(_STAY.search(low, line, first.start))


def _linked(first: RawDate, second: RawDate) -> tuple[RawDate, RawDate]:
    first, second = _read_like(first, second), _read_like(second, first)
    if _lacks_year(first):
        first = replace(first, partner=second, partner_is_later=True)
    elif _lacks_year(second):
        second = replace(second, partner=first, partner_is_later=False)
    return first, second


def _read_like(one: RawDate, other: RawDate) -> RawDate:
    """``one`` with its numbers read the way those of ``other`` must be."""
    if one.kind is Kind.MONTH_YEAR and one.day is not None and other.kind in _MONTHS:
        return replace(one, day=None)
    if one.kind is not Kind.NUMERIC_MY or one.reading == "dm":
        return one
    if other.kind in _DAYS or (other.kind is Kind.NUMERIC_MY and other.reading == "dm"):
        return replace(one, reading="dm")
    return replace(one, reading="my")


def _lacks_year(raw: RawDate) -> bool:
    if raw.kind not in _YEARLESS or raw.has_year or raw.reading == "my":
        return False
    return raw.year_shift is None and raw.direction is None


def _backwards(first: RawDate, second: RawDate, context: DateContext) -> bool:
    """Whether both ends are known without a letter, and in the wrong order for a range."""
    undated = DateContext(None, context.order)
    begin, end = first.resolve(undated), second.resolve(undated)
    return begin is not None and end is not None and begin.earliest > end.latest
