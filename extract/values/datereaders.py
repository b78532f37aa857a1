"""What each kind of match of :data:`HEAD` reads: a date, or nothing where it is none.

A reader takes the page and the match and gives the dates found, in order; an empty list
means that the match is a dose, a score, a name or a verb, and the scan goes on behind
its first word or number.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from extract.values import datepatterns as pat
from extract.values.counts import Bound, Unit, bound_before, loosely, read_count, read_unit
from extract.values.datekinds import Kind, Offset
from extract.values.datepage import Page
from extract.values.datewords import (
    MONTH_NUMBER,
    SEASON_NUMBER,
    WEEKDAY_NUMBER,
    feast_name,
    ordinal_value,
    year_value,
)
from extract.values.rawdates import RawDate

_Match = re.Match[str]
_SHIFT: Final = {"last": -1, "this": 0, "next": 1}
#: First and last year that four bare digits are read as.
_BARE_YEARS: Final = (1950, 2035)
_REFERENCE: Final = re.compile(
    r"(?:no|number|ref|reference|id|mrn|tel|nhs|hosp\w*|unit|acc\w*|#)\W*\Z"
)


# ------------------------------------------------------------ all numbers


def read_iso(page: Page, match: _Match) -> list[RawDate]:
    """2010-03-03, 2010-Mar-03 and 20100303, where the calendar has the day."""
    if match["cm"]:
        if _REFERENCE.search(page.before(match.start(), 20)):
            return []
        year, month, day = int(match["iy"]), int(match["cm"]), int(match["cd"])
    elif match["in"]:
        year, month, day = int(match["iy"]), MONTH_NUMBER[match["in"][:3]], int(match["ie"])
    else:
        year, month, day = int(match["iy"]), int(match["im"]), int(match["id"])
    try:
        date(year, month, day)
    except ValueError:
        return []
    return [RawDate(*match.span(), Kind.FULL, year=year, month=month, day=day)]


def read_year_month(page: Page, match: _Match) -> list[RawDate]:
    """2010-03, and the years of 2008-10 and 2009/10."""
    year, second = int(match["yy"]), int(match["yn"])
    if match["ys"] == "–" or second == (year + 1) % 100 or second > 12:
        if second <= year % 100 and second != (year + 1) % 100:
            return []
        last = year - year % 100 + second
        last += 100 if last < year else 0
        return [
            RawDate(match.start(), match.end("yy"), Kind.YEAR, year=year),
            RawDate(match.start("yn"), match.end(), Kind.YEAR, year=last),
        ]
    if not 1 <= second <= 12 or page.glued(match.start()):
        return []
    return [RawDate(*match.span(), Kind.MONTH_YEAR, year=year, month=second)]


_NUMBERED: Final = re.compile(r"(?<!\w)(?:version|v|section|para)\.?\s?\Z")


def read_numeric(page: Page, match: _Match) -> list[RawDate]:
    """12/03/10 and its like; which number is the month is left open where it may be either."""
    first, second, year = int(match["na"]), int(match["nb"]), int(match["ny"])
    short = len(match["ny"]) == 2
    possible = 1 <= min(first, second) <= 12 and max(first, second) <= 31
    if not possible or not (short or 1900 <= year <= 2100):
        return []
    if match["ns"] == "." and _NUMBERED.search(page.before(match.start(), 10)):
        return []
    settled = first > 12 or second > 12 or first == second
    day, month = (second, first) if second > 12 else (first, second)
    kind = Kind.FULL if settled else Kind.NUMERIC
    return [RawDate(*match.span(), kind, year=year, month=month, day=day, short_year=short)]


def read_month_slash_year(page: Page, match: _Match) -> list[RawDate]:
    """03/2010."""
    month = int(match["fm"])
    if not 1 <= month <= 12 or page.glued(match.start()):
        return []
    if pat.NO_YEAR_AFTER.match(page.low, match.end()):
        return []
    return [RawDate(*match.span(), Kind.MONTH_YEAR, year=int(match["fy"]), month=month)]


def read_day(page: Page, match: _Match) -> list[RawDate]:
    """Read "on the 12th" and "on the twelfth", where it is not the 12th of something."""
    written = match["dd"]
    # "On the first" and its like are seldom of a month.
    day = int(written) if written.isdigit() else ordinal_value(written)
    if written.isalpha() and day < 4:
        return []
    after = pat.AFTER_DAY.match(page.low, match.end())
    window = page.before(match.start())
    before = pat.DAY_BEFORE.search(window)
    if after is None or not 1 <= day <= 31:
        return []
    listed = bool(page.found) and page.found[-1].kind is Kind.DAY_ONLY
    listed = listed and _AND_DAY.fullmatch(page.low, page.found[-1].end, match.start()) is not None
    if before is None and not listed:
        return []
    month = after["m"]
    # "On Sunday the 4th" needs no more; "the 4th" alone could be of anything.
    named = bool(page.found and page.found[-1].kind is Kind.WEEKDAY and _beside(page, match))
    if before is not None and before[0].split() == ["the"] and not (month or named or listed):
        loosely = pat.DAY_LOOSELY_BEFORE.search(window)
        if loosely is None or pat.COURSE_TALK.search(window):
            return []
    end = after.end() if month else match.end()
    last = page.found[-1] if page.found else None
    direction = _SHIFT.get(month or "")
    partner = None
    if month in {"that", "the same"}:
        if last is None:
            return []
        direction, partner = 0, last
    elif last is not None and not month and last.kind in _MONTHS:
        # Such as "in October 2010 (on the 4th)".
        partner = last if _ASIDE.fullmatch(page.low, last.end, match.start()) else None
    start, weekday = match.start(), None
    if named:
        start, weekday = page.found[-1].start, page.found[-1].weekday
    return [
        RawDate(
            start,
            end,
            Kind.DAY_ONLY,
            day=day,
            weekday=weekday,
            direction=direction,
            partner=partner,
        )
    ]


def _beside(page: Page, match: _Match) -> bool:
    return page.gap(match.start()) in {"", ",", "the", ", the"}


_MONTHS: Final = frozenset({Kind.MONTH_YEAR, Kind.MONTH_ONLY})
#: "The 8th and the 22nd".
_AND_DAY: Final = re.compile(r"\s*(?:,|and|&|or|to)\s*(?:again\s+)?(?:on\s+)?(?:the\s+)?")
_ASIDE: Final = re.compile(r"\s?[,(]\s?(?:on\s)?(?:the\s)?")


#: What follows the hour 2000 in a chart, at the start of a line.
_CLOCK: Final = re.compile(r"\s+(?:\d|[a-z])")


def read_year(page: Page, match: _Match) -> list[RawDate]:
    """A bare year, where it is not a measure, a telephone number or a clock."""
    year = int(match["year"])
    if not _BARE_YEARS[0] <= year <= _BARE_YEARS[1]:
        return []
    before = page.before(match.start(), 24)
    if pat.YEAR_CUE.search(before):
        measured = pat.MEASURED.match(page.low, match.end())
        return [] if measured else [RawDate(*match.span(), Kind.YEAR, year=year)]
    if pat.NO_YEAR_AFTER.match(page.low, match.end()):
        return []
    alone = not before.rpartition("\n")[2].strip()
    if alone and year == 2000 and _CLOCK.match(page.text, match.end()):
        return []
    if not page.adjoins(match.start()) and pat.NO_YEAR_BEFORE.search(before):
        return []
    return [RawDate(*match.span(), Kind.YEAR, year=year)]


# ------------------------------------------------- times since and to come


def read_offset(page: Page, match: _Match) -> list[RawDate]:
    """Read "six weeks ago", "6/52 ago", "about two months earlier"."""
    floor = page.found[-1].end if page.found else 0
    bound, start = bound_before(page.low, match.start(), floor)
    narrative = match["ago"] not in {"ago", "back"}
    made = _distance(match, "p", bound, narrative=narrative)
    return [RawDate(start, match.end(), Kind.OFFSET, offset=made)] if made else []


def read_forward(page: Page, match: _Match) -> list[RawDate]:
    """Read "in six weeks' time", and "in six weeks" where something is planned for it."""
    if not match["time"] and not pat.PLANNED.search(page.before(match.start(), 60)):
        return []
    about = Bound.ABOUT if "about" in match[0] or "approx" in match[0] else Bound.EXACT
    made = _distance(match, "f", about, forward=True)
    return [RawDate(*match.span(), Kind.OFFSET, offset=made)] if made else []


def _distance(
    match: _Match, prefix: str, bound: Bound, *, forward: bool = False, narrative: bool = False
) -> Offset | None:
    low, high = read_count(match[f"{prefix}a"])
    loose = loosely(match[f"{prefix}a"])
    if match[f"{prefix}b"]:
        high = read_count(match[f"{prefix}b"])[1]
    unit, each = read_unit(match[f"{prefix}per"] or match[f"{prefix}unit"])
    half = 0.5 if match[f"{prefix}half"] or match[f"{prefix}late"] else 0.0
    if low > high or high == 0:
        return None
    if loose and bound is Bound.EXACT:
        bound = Bound.ABOUT
    return Offset(low * each + half, high * each + half, unit, bound, forward, narrative)


def read_today(page: Page, match: _Match) -> list[RawDate]:
    """Read "today" and "this morning"; "yesterday" and "tomorrow" as distances."""
    words, start = match["today"], match.start()
    if words == "tomorrow":
        offset = Offset(1, 1, Unit.DAYS, forward=True)
    elif words == "yesterday" or words.startswith("last"):
        earlier = re.search(r"(?:the\s+)?day\s+before\s+\Z", page.before(start, 16))
        start -= len(earlier[0]) if earlier else 0
        days = 2 if earlier else 1
        offset = Offset(days, days, Unit.DAYS)
    else:
        return [RawDate(*match.span(), Kind.TODAY)]
    return [RawDate(start, match.end(), Kind.OFFSET, offset=offset)]


def read_relative(page: Page, match: _Match) -> list[RawDate]:
    """Read "last week", "next month", "this year"; not "the last month", which is a length."""
    if re.search(r"(?<!\w)(?:the|these|his|her|past|every|of)\s+\Z", page.before(match.start(), 8)):
        return []
    if re.match(r"\s+(?:of|in)\s|['’]?s?\s+(?:or\s+so|or\s+two)", page.low[match.end() :][:12]):
        return []
    which, unit = match["rel"].split()
    shift = _SHIFT[which]
    if unit == "month":
        return [RawDate(*match.span(), Kind.MONTH_ONLY, direction=shift)]
    if unit == "year":
        return [RawDate(*match.span(), Kind.YEAR, year_shift=shift)]
    if shift == 0:
        return [RawDate(*match.span(), Kind.OFFSET, offset=Offset(0, 6, Unit.DAYS))]
    week = Offset(1, 1, Unit.WEEKS, Bound.ABOUT, forward=shift > 0)
    return [RawDate(*match.span(), Kind.OFFSET, offset=week)]


_TOLD_UNIT: Final = {"month": Unit.MONTHS, "year": Unit.YEARS}


def read_told(page: Page, match: _Match) -> list[RawDate]:
    """Read "that month" and "the following day"; not "12 May of the same year", one date."""
    if page.found and re.fullmatch(r"(?:(?:of|in)(?:\s+the)?|the)?", page.gap(match.start())):
        return []
    words = match["told"].split()
    unit = _TOLD_UNIT.get(words[-1], Unit.DAYS)
    count = 1 if words[0] in {"following", "next"} else 0
    told = Offset(count, count, unit, narrative=True)
    return [RawDate(*match.span(), Kind.TOLD, offset=told)]


def read_weekday(page: Page, match: _Match) -> list[RawDate]:
    """Read "on Thursday", "next Monday", "Friday last"; not clinics and opening hours."""
    word = match["weekday"]
    before = page.before(match.start(), 16)
    if pat.HABIT_AFTER.match(page.low, match.end()) or pat.HABIT_BEFORE.search(before):
        return []
    if not word.endswith("day"):
        written = page.text[match.start() : match.end()]
        cue = pat.NEARBY.search(before)
        directed = cue is not None and cue[0].strip() in _SHIFT
        # "SUN" is sunitinib, and so may "Sun" be; "sat" is a verb.
        if cue is None or not written.istitle() or (word == "sun" and not directed):
            return []
    number = WEEKDAY_NUMBER[word[:3]]
    later = pat.LAST_OR_NEXT.match(page.low, match.end())
    if later:
        shift = _SHIFT[later["dir"]]
        return [RawDate(match.start(), later.end(), Kind.WEEKDAY, weekday=number, direction=shift)]
    return [RawDate(*match.span(), Kind.WEEKDAY, weekday=number)]


# ------------------------------------------------------ seasons and feasts


def read_season(page: Page, match: _Match) -> list[RawDate]:
    """Read "spring 2010", "the winter of 2009/10", "last autumn"; "fall" only with a year."""
    season = SEASON_NUMBER[match["season"]]
    year = Year.behind(page, match.end(), two_digits=match["season"] != "fall")
    if year is not None and year.value is not None:
        second = pat.SECOND_YEAR.match(page.low, year.end)
        return [
            RawDate(
                match.start(), second.end() if second else year.end, Kind.SEASON, season=season,
                year=year.value, short_year=year.short,
            )
        ]  # fmt: skip
    if match["season"] == "fall":
        return []
    if year is not None:
        return [RawDate(match.start(), year.end, Kind.SEASON, season=season, year_shift=year.shift)]
    if not pat.SEASON_WHEN.search(page.before(match.start(), 16)):
        return []
    return [RawDate(*match.span(), Kind.SEASON, season=season)]


def read_feast(page: Page, match: _Match) -> list[RawDate]:
    """Read "since Christmas", "Easter 2010"; not a wish and not the disease."""
    before = page.before(match.start(), 30)
    if pat.WISH.search(before) or pat.NAMED.search(before):
        return []
    if re.match(r"\s+(?:disease|tree|party|card|factor)", page.low[match.end() :][:10]):
        return []
    name = feast_name(match["feast"])
    year = Year.behind(page, match.end(), two_digits=False)
    if year is None:
        return [RawDate(*match.span(), Kind.FEAST, feast=name)]
    return [
        RawDate(
            match.start(), year.end, Kind.FEAST, feast=name, year=year.value,
            short_year=year.short, year_shift=year.shift,
        )
    ]  # fmt: skip


# ---------------------------------------------------------------- helpers


class Year(NamedTuple):
    """A year behind a month: its number, or its shift from the letter's ("last year")."""

    end: int
    value: int | None = None
    short: bool = False
    shift: int | None = None
    #: Two digits with only a space before them, which could be a day ("March 12").
    loose: bool = False

    @classmethod
    def behind(cls, page: Page, at: int, *, two_digits: bool = True) -> Year | None:
        """The year that stands at ``at``; ``two_digits`` allows "10" without an apostrophe."""
        match = pat.TAIL.match(page.low, at)
        if match is None:
            return None
        if match["y4"]:
            return cls(match.end(), int(match["y4"]))
        if match["ya"]:
            return cls(match.end(), int(match["ya"]), short=True)
        if match["y2"]:
            loose = match[0][:-2].isspace() and match["y2"][0] != "0" and int(match["y2"]) <= 31
            made = cls(match.end(), int(match["y2"]), short=True, loose=loose)
            return made if two_digits else None
        if match["yw"]:
            value = year_value(match["yw"])
            return None if value is None else cls(match.end(), value)
        return cls(match.end(), shift=_SHIFT[match["ry"]])
