"""Dates worked out from the letter's own: offsets, weekdays, feasts, today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from extract.values.counts import Bound, Unit
from extract.values.datekinds import DateContext, Offset, Reading
from extract.values.dates import (
    FAR_FUTURE,
    FAR_PAST,
    EdtfDate,
    Precision,
    shift_days,
    shift_months,
)
from extract.values.datewords import FEASTS
from extract.values.dateyears import clipped, full_year, yearless

if TYPE_CHECKING:
    from extract.values.rawdates import RawDate

#: Days that a distance in a unit may be wrong by; doubled by "about".
OFFSET_MARGIN: Final = {Unit.DAYS: 1, Unit.WEEKS: 3, Unit.MONTHS: 15, Unit.YEARS: 60}


def today(_: RawDate, ctx: DateContext, __: bool, ___: Reading | None) -> EdtfDate | None:
    """The letter's own date."""
    return ctx.anchor


def feast(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    """The feast of the year given or chosen, and the days about it that may be meant."""
    day, before, after = FEASTS[raw.feast]

    def make(year: int) -> EdtfDate:
        return EdtfDate.of(day(year), approximate=True)

    if raw.has_year:
        made: EdtfDate | None = make(full_year(raw, ctx, future))
    else:
        made = yearless(raw, make, ctx, future)
    if made is None:
        return None
    wide = made.spanning(shift_days(made.start, -before), shift_days(made.start, after))
    return wide if raw.has_year or raw.forward else clipped(wide, ctx, future)


def weekday(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    """The weekday before the letter, or after it; it needs the letter's day."""
    anchor = ctx.anchor
    if anchor is None or anchor.precision is not Precision.DAY or raw.weekday is None:
        return None
    step = (raw.weekday - anchor.start.weekday()) % 7
    if raw.direction == 0:  # "this Friday" is of the letter's own week
        days = raw.weekday - anchor.start.weekday()
    elif raw.direction == 1 or (future and raw.direction is None):
        days = step or 7
    else:
        days = step - 7
    # "Last Thursday" of a Friday or Saturday may be the one before yesterday's, and "next
    # Wednesday" of a Tuesday the one after tomorrow's.
    earlier = 7 if raw.direction == -1 and days >= -2 else 0
    later = 7 if raw.direction == 1 and days <= 2 else 0
    return EdtfDate.of(shift_days(anchor.start, days), approximate=True).spanning(
        shift_days(anchor.earliest, days - earlier), shift_days(anchor.latest, days + later)
    )


def offset(raw: RawDate, ctx: DateContext, _: bool, __: Reading | None) -> EdtfDate | None:
    """The letter's date moved by a distance, as wide as the distance is vague."""
    given, anchor = raw.offset, ctx.anchor
    if given is None or anchor is None:
        return None
    middle = (given.low + given.high) / 2
    if given.unit is Unit.YEARS and middle == int(middle):
        made: EdtfDate | None = _years_away(given, anchor, int(middle))
    else:
        made = _days_away(given, anchor, middle)
    if made is None:
        return None
    return clipped(_opened(made, given, anchor), ctx, given.forward)


def _years_away(given: Offset, anchor: EdtfDate, middle: int) -> EdtfDate:
    year = EdtfDate.year(anchor.start.year + given.sign * middle, approximate=True)
    return year.widened(_margin(given) + int((given.high - given.low) / 2 * 365))


def _days_away(given: Offset, anchor: EdtfDate, middle: float) -> EdtfDate | None:
    made = _at(_distance(anchor, given.sign * middle, given.unit), anchor)
    if made is None:
        return None
    ends = sorted(
        _distance(anchor, given.sign * count, given.unit) for count in (given.low, given.high)
    )
    margin = _margin(given) + (anchor.latest - anchor.earliest).days // 2
    return made.spanning(
        min(shift_days(ends[0], -margin), made.earliest),
        max(shift_days(ends[1], margin), made.latest),
    )


def _margin(given: Offset) -> int:
    if given.unit is Unit.DAYS and given.low == given.high == 1 and given.bound is Bound.EXACT:
        return 0  # yesterday
    return OFFSET_MARGIN[given.unit] * (2 if given.bound is Bound.ABOUT else 1)


def _distance(anchor: EdtfDate, count: float, unit: Unit) -> date:
    """The middle of ``anchor``, moved by ``count`` units (below 0 for back)."""
    middle = anchor.start
    if anchor.precision is Precision.MONTH:
        middle = anchor.start.replace(day=15)
    if unit is Unit.DAYS or unit is Unit.WEEKS:
        return shift_days(middle, round(count * (7 if unit is Unit.WEEKS else 1)))
    months = count * (12 if unit is Unit.YEARS else 1)
    whole = int(months)
    return shift_days(shift_months(middle, whole), round((months - whole) * 30))


def _at(day: date, anchor: EdtfDate) -> EdtfDate | None:
    """An approximate date as fine as ``anchor`` allows; None where that is too coarse."""
    if anchor.precision is Precision.DAY:
        return EdtfDate.of(day, approximate=True)
    if anchor.precision is Precision.MONTH:
        return EdtfDate.month(day.year, day.month, approximate=True)
    return None


def _opened(made: EdtfDate, given: Offset, anchor: EdtfDate) -> EdtfDate:
    """What "over" and "under" a distance leave open: far away, or up to the letter."""
    point = _distance(anchor, given.sign * given.low, given.unit)
    if given.bound in {Bound.OVER, Bound.AT_LEAST}:
        ends = (point, FAR_FUTURE if given.forward else FAR_PAST)
    elif given.bound in {Bound.UNDER, Bound.AT_MOST}:
        ends = (point, anchor.earliest if given.forward else anchor.latest)
    else:
        return made
    return made.spanning(min(ends), max(ends))
