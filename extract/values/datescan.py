"""Finds the dates in a letter: one pass over the raw text, no letter date needed yet.

>>> from extract.values import DateContext, EdtfDate, scan_dates
>>> raw, = scan_dates("Last dose 3rd March")
>>> str(raw.resolve(DateContext(EdtfDate.parse("2010-06-14"))))
'2010-03-03'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from extract.values import datereaders as read
from extract.values import monthreaders, pairreaders
from extract.values.dateheads import (
    AGO_WORDS,
    ANCHOR,
    ANCHOR_OFFSET,
    HAS_OFFSET,
    HEAD_DIGIT,
    HEAD_WORD,
)
from extract.values.datepage import Page
from extract.values.rawdates import RawDate

_READERS: Final[dict[str, Callable[[Page, re.Match[str]], list[RawDate]]]] = {
    "iso": read.read_iso,
    "ym": read.read_year_month,
    "dmy": read.read_numeric,
    "my4": read.read_month_slash_year,
    "dmon": monthreaders.read_day_month,
    "offset": read.read_offset,
    "ab": pairreaders.read_pair,
    "day": read.read_day,
    "year": read.read_year,
    "ord": monthreaders.read_spelled,
    "month": monthreaders.read_month,
    "weekday": read.read_weekday,
    "season": read.read_season,
    "feast": read.read_feast,
    "today": read.read_today,
    "rel": read.read_relative,
    "told": read.read_told,
    "fwd": read.read_forward,
}
_WORD: Final = re.compile(r"[^\W\d_]+|\d+|_+")


def scan_dates(text: str) -> list[RawDate]:
    """Every date in ``text``, in order, never overlapping.

    Each is left as written until :meth:`RawDate.resolve`. Doses and fractions ("11/14
    doses", "4/2", "6/52"), scores, times, telephone and hospital numbers, and "may" and
    "march" as verbs are none. Runs in time linear in the length of ``text``.
    """
    page = Page.of(text)
    low = page.low
    offsets = any(word in low for word in AGO_WORDS) and HAS_OFFSET.search(low)
    find = (ANCHOR_OFFSET if offsets else ANCHOR).search
    at = _read_at(page, 0) if low else 0
    while (anchor := find(low, at)) is not None:
        at = _read_at(page, anchor.start() + 1)
    return page.found


def _read_at(page: Page, at: int) -> int:
    """Read the date that begins at ``at``, if one does, and say where to look on."""
    low = page.low
    match = (HEAD_DIGIT if low[at].isdigit() else HEAD_WORD).match(low, at)
    if match is not None:
        found = _READERS[match.lastgroup or ""](page, match)
        for raw in found:
            page.add(raw)
        if found:
            return found[-1].end
    first = _WORD.match(low, at)
    return first.end() if first else at
