"""From a date as written to the date meant. Pure functions; see :class:`RawDate`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from extract.values.counts import Bound, Unit
from extract.values.datekinds import DateContext, Kind, Part, Reading
from extract.values.dates import (
    FAR_FUTURE,
    FAR_PAST,
    EdtfDate,
    Precision,
    last_of_month,
    shift_days,
    shift_months,
)
from extract.values.datewords import FEASTS

if TYPE_CHECKING:
    from extract.values.rawdates import RawDate

#: Days that a distance in a unit may be wrong by; doubled by "about".
OFFSET_MARGIN: Final = {Unit.DAYS: 1, Unit.WEEKS: 3, Unit.MONTHS: 15, Unit.YEARS: 60}
#: Two-digit years up to this one are of this century where no letter date says otherwise.
_PIVOT: Final = 35
#: How many years a date without a year may lie from the letter (29 February needs eight).
_REACH: Final = 9
#: A month and year further back than this is no likely reading of 09/08.
_LONGEST_HISTORY: Final = 40

_Make = Callable[[int], EdtfDate | None]


def resolve(
    raw: RawDate, ctx: DateContext, *, future: bool = False, prefer: Reading | None = None
) -> EdtfDate | None:
    """See :meth:`RawDate.resolve`."""
    if raw.partner is not None and not raw.has_year:
        other = resolve(raw.partner, ctx, future=future, prefer=prefer)
        if other is None:
            return None
        # The first end is the latest such date before the second, and the other way round.
        ctx, future = replace(ctx, anchor=other), not raw.partner_is_later
    try:
        return _RESOLVERS[raw.kind](raw, ctx, future, prefer or raw.reading)
    except (ValueError, OverflowError):
        return None


def readings(raw: RawDate, ctx: DateContext, *, future: bool = False) -> tuple[EdtfDate, ...]:
    """See :meth:`RawDate.readings`."""
    found = [resolve(raw, ctx, future=future)]
    if raw.ambiguous:
        if raw.kind is Kind.NUMERIC:
            other = replace(ctx, order="mdy" if ctx.order == "dmy" else "dmy")
            found.append(resolve(raw, other, future=future))
        else:
            found += [resolve(raw, ctx, future=future, prefer=way) for way in ("my", "dm")]
    return tuple(dict.fromkeys(one for one in found if one is not None))


# ------------------------------------------------------------------ years


def _year(raw: RawDate, ctx: DateContext, future: bool) -> int:
    """The full year; two digits are of the letter's century unless that lies ahead of it."""
    year = raw.year or 0
    if not raw.short_year:
        return year
    if ctx.anchor is None:
        return year + (2000 if year <= _PIVOT else 1900)
    now = ctx.anchor.latest.year
    full = now - now % 100 + year
    # A booking may lie ahead even where nothing says so; a birthday of 1951 may not.
    return full if full <= now + (10 if future else 2) else full - 100


def _years(anchor: EdtfDate, *, back: bool) -> Iterator[int]:
    first = anchor.latest.year + 1 if back else anchor.earliest.year - 1
    step = -1 if back else 1
    return (first + step * index for index in range(_REACH))


def _candidates(make: _Make, years: Iterable[int]) -> Iterator[EdtfDate]:
    for year in years:
        try:
            made = make(year)
        except ValueError:  # 29 February, or a day the month never has
            continue
        if made is not None:
            yield made


def _yearless(
    raw: RawDate, make: _Make, ctx: DateContext, future: bool, *, cut: bool = True
) -> EdtfDate | None:
    """The date of the year that the rules choose for what was written without one."""
    anchor = ctx.anchor
    if anchor is None:
        return None
    if raw.year_shift is not None:
        return make(anchor.start.year + raw.year_shift)
    if raw.direction == 0:
        return make(anchor.start.year)
    if raw.direction == -1:  # "last March" is wholly over
        past = _candidates(make, _years(anchor, back=True))
        return next((one for one in past if one.latest < anchor.earliest), None)
    if raw.direction == 1:
        ahead = _candidates(make, _years(anchor, back=False))
        return next((one for one in ahead if one.earliest > anchor.latest), None)
    if future:
        ahead = _candidates(make, _years(anchor, back=False))
        found = next((one for one in ahead if one.latest >= anchor.earliest), None)
        return found.within(earliest=anchor.earliest) if found and cut else found
    past = _candidates(make, _years(anchor, back=True))
    found = next((one for one in past if one.earliest <= anchor.latest), None)
    return found.within(latest=anchor.latest) if found and cut else found


# ------------------------------------------------------------------ parts


def _part(made: EdtfDate, part: Part | None) -> EdtfDate:
    """A month, season or year narrowed to the part of it that is meant."""
    if part is None:
        return made
    first, last = made.earliest, made.latest
    if part is Part.WEEK:
        return made.spanning(first, shift_days(first, 6))
    if made.precision is Precision.MONTH:
        begin, end = _DAYS_OF_MONTH[part]
        return made.spanning(first.replace(day=begin), first.replace(day=end) if end else last)
    if made.precision is Precision.DAY:
        return made
    begin, end = _TWELFTHS[part]
    if made.precision is Precision.SEASON:
        begin, end = begin // 4, -(-end // 4)
    return made.spanning(
        shift_months(first, begin), shift_days(shift_months(first, end), -1)
    )


#: First and last day of a month that a part of it means (0: its last).
_DAYS_OF_MONTH: Final = {
    Part.START: (1, 7),
    Part.EARLY: (1, 10),
    Part.EARLY_TO_MID: (1, 20),
    Part.MID: (11, 20),
    Part.MID_TO_LATE: (11, 0),
    Part.LATE: (21, 0),
    Part.END: (25, 0),
    Part.FIRST_HALF: (1, 15),
    Part.SECOND_HALF: (16, 0),
    Part.WEEK_1: (1, 7),
    Part.WEEK_2: (8, 14),
    Part.WEEK_3: (15, 21),
    Part.WEEK_4: (22, 28),
    Part.LAST_WEEK: (22, 0),
}
#: First month and month behind the last that a part of a year means, from 0.
_TWELFTHS: Final = {
    Part.START: (0, 2),
    Part.EARLY: (0, 4),
    Part.EARLY_TO_MID: (0, 8),
    Part.MID: (4, 8),
    Part.MID_TO_LATE: (4, 12),
    Part.LATE: (8, 12),
    Part.END: (10, 12),
    Part.FIRST_HALF: (0, 6),
    Part.SECOND_HALF: (6, 12),
    Part.WEEK_1: (0, 1),
    Part.WEEK_2: (0, 1),
    Part.WEEK_3: (0, 1),
    Part.WEEK_4: (0, 1),
    Part.LAST_WEEK: (11, 12),
}


# -------------------------------------------------- dates with day or month


def _day_and_month(first: int, second: int, order: str) -> tuple[int, int]:
    """Day and month of two numbers: as the sender orders them, unless one is above 12."""
    monthly = order == "mdy" and first <= 12
    return (second, first) if monthly or second > 12 else (first, second)


def _full(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    year = _year(raw, ctx, future)
    return _part(EdtfDate.day(year, raw.month or 0, raw.day or 0), raw.part)


def _numeric(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    day, month = _day_and_month(raw.day or 0, raw.month or 0, ctx.order)
    return _part(EdtfDate.day(_year(raw, ctx, future), month, day), raw.part)


def _day_month(
    raw: RawDate, ctx: DateContext, future: bool, _: Reading | None
) -> EdtfDate | None:
    def make(year: int) -> EdtfDate:
        return EdtfDate.day(year, raw.month or 0, raw.day or 0)

    chosen = _yearless(raw, make, ctx, future)
    if chosen is not None and raw.weekday is not None and raw.partner is None:
        near = _candidates(make, (chosen.start.year + step for step in (0, -1, 1)))
        fitting = [one for one in near if one.start.weekday() == raw.weekday]
        chosen = fitting[0] if fitting else chosen
    return None if chosen is None else _part(chosen, raw.part)


def _numeric_my(
    raw: RawDate, ctx: DateContext, future: bool, prefer: Reading | None
) -> EdtfDate | None:
    first, second = raw.day or 0, raw.month or 0
    by_month = _as_month(raw, ctx, future) if 1 <= first <= 12 else None
    by_day: EdtfDate | None = None
    # Only a sender known to put months first makes a day of a second number above 12.
    if second <= 12 or (ctx.order == "mdy" and first <= 12):
        day, month = _day_and_month(first, second, ctx.order)
        by_day = _day_month(replace(raw, day=day, month=month), ctx, future, None)
    if prefer == "my" or (prefer is None and raw.padded):
        order = [by_month, by_day]
        if prefer is None and by_month is not None and not _likely(by_month, ctx, future):
            order.reverse()
    else:
        order = [by_day, by_month]
    return next((one for one in order if one is not None), None)


def _as_month(raw: RawDate, ctx: DateContext, future: bool) -> EdtfDate:
    written = replace(raw, year=raw.month, short_year=True)
    return _part(EdtfDate.month(_year(written, ctx, future), raw.day or 0), raw.part)


def _likely(made: EdtfDate, ctx: DateContext, future: bool) -> bool:
    if ctx.anchor is None:
        return True
    latest = ctx.anchor.latest if not future else shift_months(ctx.anchor.latest, 24)
    earliest = shift_months(ctx.anchor.earliest, -12 * _LONGEST_HISTORY)
    return earliest <= made.earliest <= latest


def _month_year(
    raw: RawDate, ctx: DateContext, future: bool, prefer: Reading | None
) -> EdtfDate | None:
    month = raw.month or 0
    made = _part(EdtfDate.month(_year(raw, ctx, future), month), raw.part)
    if raw.day is None or prefer == "my":
        return made
    # "March 12" is a month of 2012 from a British hand, unless that is yet to come.
    ahead = ctx.anchor is not None and made.earliest > shift_months(ctx.anchor.latest, 12)
    if prefer == "dm" or ctx.order == "mdy" or ahead:
        bare = replace(raw, year=None, short_year=False)
        return _day_month(bare, ctx, future, None) or made
    return made


def _month_only(
    raw: RawDate, ctx: DateContext, future: bool, _: Reading | None
) -> EdtfDate | None:
    if raw.month is None:  # "last month"
        if ctx.anchor is None or ctx.anchor.precision in {Precision.YEAR, Precision.SEASON}:
            return None
        day = shift_months(ctx.anchor.start, raw.direction or 0)
        return _part(EdtfDate.month(day.year, day.month), raw.part)
    month = raw.month
    return _yearless(raw, lambda year: _part(EdtfDate.month(year, month), raw.part), ctx, future)


def _day_only(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    if ctx.anchor is None:
        return None
    day = raw.day or 0
    if raw.direction is not None:  # "the 12th of last month"
        month = shift_months(ctx.anchor.start.replace(day=1), raw.direction)
        return EdtfDate.day(month.year, month.month, day)
    bound = ctx.anchor.earliest if future else ctx.anchor.latest
    for step in range(13):
        month = shift_months(bound.replace(day=1), step if future else -step)
        if day > last_of_month(month.year, month.month).day:
            continue
        made = month.replace(day=day)
        if (made >= bound) if future else (made <= bound):
            return EdtfDate.of(made)
    return None


def _season(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    season = raw.season or 0
    if raw.has_year:
        return _part(EdtfDate.season(_year(raw, ctx, future), season), raw.part)
    return _yearless(raw, lambda year: _part(EdtfDate.season(year, season), raw.part), ctx, future)


def _calendar_year(
    raw: RawDate, ctx: DateContext, future: bool, _: Reading | None
) -> EdtfDate | None:
    if raw.has_year:
        return _part(EdtfDate.year(_year(raw, ctx, future)), raw.part)
    if ctx.anchor is None:
        return None
    return _part(EdtfDate.year(ctx.anchor.start.year + (raw.year_shift or 0)), raw.part)


# ------------------------------------------- dates worked out from another


def _today(_: RawDate, ctx: DateContext, __: bool, ___: Reading | None) -> EdtfDate | None:
    return ctx.anchor


def _feast(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    day, before, after = FEASTS[raw.feast]

    def make(year: int) -> EdtfDate:
        return EdtfDate.of(day(year), approximate=True)

    if raw.has_year:
        made: EdtfDate | None = make(_year(raw, ctx, future))
    else:
        made = _yearless(raw, make, ctx, future)
    if made is None:
        return None
    wide = made.spanning(shift_days(made.start, -before), shift_days(made.start, after))
    return wide if raw.has_year or raw.forward else _clipped(wide, ctx, future)


def _weekday(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    anchor = ctx.anchor
    if anchor is None or anchor.precision is not Precision.DAY or raw.weekday is None:
        return None
    ahead = (raw.weekday - anchor.start.weekday()) % 7 or 7
    if raw.direction == 0:  # "this Friday" is of the same week
        days = raw.weekday - anchor.start.weekday()
    elif raw.direction == 1 or (future and raw.direction is None):
        days = ahead
    else:
        days = ahead - 7 if ahead < 7 else -7
    made = _moved(anchor, days, days)
    # "Last Thursday" of a Friday or Saturday may be the one before yesterday's.
    return made.spanning(shift_days(made.earliest, -7), made.latest) if (
        raw.direction == -1 and days >= -2
    ) else made


def _offset(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    offset, anchor = raw.offset, ctx.anchor
    if offset is None or anchor is None:
        return None
    sign = 1 if offset.forward else -1
    unit = offset.unit
    margin = OFFSET_MARGIN[unit] * (2 if offset.bound is Bound.ABOUT else 1)
    if unit is Unit.DAYS and offset.low == offset.high == 1 and offset.bound is Bound.EXACT:
        margin = 0  # yesterday
    middle = (offset.low + offset.high) / 2
    if unit is Unit.YEARS and middle == int(middle):
        year = anchor.start.year + sign * int(middle)
        made = EdtfDate.year(year, approximate=True)
        spread = (offset.high - offset.low) / 2 * 365
        made = made.widened(margin + int(spread))
    else:
        ends = sorted((_distance(anchor, sign * x, unit) for x in (offset.low, offset.high)))
        made = _at(_distance(anchor, sign * middle, unit), anchor)
        if made is None:
            return None
        half = (anchor.latest - anchor.earliest).days // 2
        made = made.spanning(
            min(shift_days(ends[0], -margin - half), made.earliest),
            max(shift_days(ends[1], margin + half), made.latest),
        )
    return _clipped(_opened(made, offset.bound, anchor, sign), ctx, offset.forward)


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


def _moved(anchor: EdtfDate, low: int, high: int) -> EdtfDate:
    made = EdtfDate.of(shift_days(anchor.start, low), approximate=True)
    return made.spanning(shift_days(anchor.earliest, low), shift_days(anchor.latest, high))


def _opened(made: EdtfDate, bound: Bound, anchor: EdtfDate, sign: int) -> EdtfDate:
    """What "over" and "under" a distance leave open: far away, or up to the letter."""
    far, near = (FAR_PAST, anchor.latest) if sign < 0 else (FAR_FUTURE, anchor.earliest)
    if bound in {Bound.OVER, Bound.AT_LEAST}:
        ends = (far, made.start if made.precision is Precision.DAY else made.latest)
    elif bound in {Bound.UNDER, Bound.AT_MOST}:
        ends = (near, made.start)
    else:
        return made
    return made.spanning(min(ends), max(ends))


def _clipped(made: EdtfDate, ctx: DateContext, future: bool) -> EdtfDate:
    """Without the days on the wrong side of the letter."""
    if ctx.anchor is None:
        return made
    return made.within(earliest=ctx.anchor.earliest) if future else made.within(
        latest=ctx.anchor.latest
    )


_RESOLVERS: Final[
    dict[Kind, Callable[[RawDate, DateContext, bool, Reading | None], EdtfDate | None]]
] = {
    Kind.FULL: _full,
    Kind.NUMERIC: _numeric,
    Kind.DAY_MONTH: _day_month,
    Kind.MONTH_YEAR: _month_year,
    Kind.NUMERIC_MY: _numeric_my,
    Kind.MONTH_ONLY: _month_only,
    Kind.DAY_ONLY: _day_only,
    Kind.SEASON: _season,
    Kind.YEAR: _calendar_year,
    Kind.WEEKDAY: _weekday,
    Kind.OFFSET: _offset,
    Kind.FEAST: _feast,
    Kind.TODAY: _today,
}
