"""Which year a date means that has none or two digits of one, and which part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from extract.values.datekinds import DateContext, Part
from extract.values.dates import EdtfDate, Precision, shift_days, shift_months

if TYPE_CHECKING:
    from extract.values.rawdates import RawDate

#: Two-digit years up to this one are of this century where no letter date says otherwise.
_PIVOT: Final = 35
#: How many years a date without a year may lie from the letter (29 February needs eight).
_REACH: Final = 9
#: A month and year further back than this is no likely reading of 09/08.
_LONGEST_HISTORY: Final = 40

_Make = Callable[[int], EdtfDate | None]


def full_year(raw: RawDate, ctx: DateContext, future: bool) -> int:
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


def candidates(make: _Make, years: Iterable[int]) -> Iterator[EdtfDate]:
    """The dates that ``make`` gives of ``years``, without those the calendar lacks."""
    for year in years:
        try:
            made = make(year)
        except ValueError:  # 29 February, or a day the month never has
            continue
        if made is not None:
            yield made


def yearless(raw: RawDate, make: _Make, ctx: DateContext, future: bool) -> EdtfDate | None:
    """The date of the year that the rules choose for what was written without one."""
    anchor = ctx.anchor
    if anchor is None:
        return None
    if raw.year_shift is not None:
        return make(anchor.start.year + raw.year_shift)
    if raw.direction == 0:
        return make(anchor.start.year)
    if raw.direction == -1:  # "last March" is wholly over
        past = candidates(make, _years(anchor, back=True))
        return next((one for one in past if one.latest < anchor.earliest), None)
    if raw.direction == 1:
        ahead = candidates(make, _years(anchor, back=False))
        return next((one for one in ahead if one.earliest > anchor.latest), None)
    if future:
        ahead = candidates(make, _years(anchor, back=False))
        found = next((one for one in ahead if one.latest >= anchor.earliest), None)
        return found.within(earliest=anchor.earliest) if found else None
    past = candidates(make, _years(anchor, back=True))
    found = next((one for one in past if one.earliest <= anchor.latest), None)
    return found.within(latest=anchor.latest) if found else None


# ------------------------------------------------------------------ parts


def narrowed(made: EdtfDate, part: Part | None) -> EdtfDate:
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
    return made.spanning(shift_months(first, begin), shift_days(shift_months(first, end), -1))


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


def likely(made: EdtfDate, ctx: DateContext, future: bool) -> bool:
    """Whether a month is one that a letter of this date would write of."""
    if ctx.anchor is None:
        return True
    latest = ctx.anchor.latest if not future else shift_months(ctx.anchor.latest, 24)
    earliest = shift_months(ctx.anchor.earliest, -12 * _LONGEST_HISTORY)
    return earliest <= made.earliest <= latest


def clipped(made: EdtfDate, ctx: DateContext, future: bool) -> EdtfDate:
    """Without the days on the wrong side of the letter."""
    if ctx.anchor is None:
        return made
    return (
        made.within(earliest=ctx.anchor.earliest)
        if future
        else made.within(latest=ctx.anchor.latest)
    )
