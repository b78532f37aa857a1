"""From a date as written to the date meant. Pure functions; see :class:`RawDate`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from extract.values import daterelative
from extract.values.datekinds import DateContext, Kind, Reading
from extract.values.dates import EdtfDate, Precision, last_of_month, shift_months
from extract.values.dateyears import candidates, full_year, likely, narrowed, yearless

if TYPE_CHECKING:
    from extract.values.rawdates import RawDate


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


# -------------------------------------------------- dates with day or month


def _day_and_month(first: int, second: int, order: str) -> tuple[int, int]:
    """Day and month of two numbers: as the sender orders them, unless one is above 12."""
    monthly = order == "mdy" and first <= 12
    return (second, first) if monthly or second > 12 else (first, second)


def _full(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    year = full_year(raw, ctx, future)
    return narrowed(EdtfDate.day(year, raw.month or 0, raw.day or 0), raw.part)


def _numeric(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    day, month = _day_and_month(raw.day or 0, raw.month or 0, ctx.order)
    return narrowed(EdtfDate.day(full_year(raw, ctx, future), month, day), raw.part)


def _day_month(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    def make(year: int) -> EdtfDate:
        return EdtfDate.day(year, raw.month or 0, raw.day or 0)

    chosen = yearless(raw, make, ctx, future)
    if chosen is not None and raw.weekday is not None and raw.partner is None:
        near = candidates(make, (chosen.start.year + step for step in (0, -1, 1)))
        fitting = [one for one in near if one.start.weekday() == raw.weekday]
        chosen = fitting[0] if fitting else chosen
    return None if chosen is None else narrowed(chosen, raw.part)


def _numeric_my(
    raw: RawDate, ctx: DateContext, future: bool, prefer: Reading | None
) -> EdtfDate | None:
    first, second = raw.day or 0, raw.month or 0
    by_month = _as_month(raw, ctx, future) if raw.short_year else None
    by_day: EdtfDate | None = None
    # Only a sender known to put months first makes a day of a second number above 12.
    if second <= 12 or (ctx.order == "mdy" and first <= 12):
        day, month = _day_and_month(first, second, ctx.order)
        by_day = _day_month(replace(raw, day=day, month=month), ctx, future, None)
    if prefer != "my" and by_month is not None and not likely(by_month, ctx, future):
        by_month = None
    monthly = prefer == "my" or (prefer is None and raw.padded)
    order = [by_month, by_day] if monthly else [by_day, by_month]
    return next((one for one in order if one is not None), None)


def _as_month(raw: RawDate, ctx: DateContext, future: bool) -> EdtfDate:
    written = replace(raw, year=raw.month, short_year=True)
    return narrowed(EdtfDate.month(full_year(written, ctx, future), raw.day or 0), raw.part)


def _month_year(
    raw: RawDate, ctx: DateContext, future: bool, prefer: Reading | None
) -> EdtfDate | None:
    month = raw.month or 0
    made = narrowed(EdtfDate.month(full_year(raw, ctx, future), month), raw.part)
    if raw.day is None or prefer == "my":
        return made
    # "March 12" is a month of 2012 from a British hand, unless that is yet to come.
    ahead = ctx.anchor is not None and made.earliest > shift_months(ctx.anchor.latest, 12)
    if prefer == "dm" or ctx.order == "mdy" or ahead:
        bare = replace(raw, year=None, short_year=False)
        return _day_month(bare, ctx, future, None) or made
    return made


def _month_only(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    if raw.month is None:  # "last month"
        if ctx.anchor is None or ctx.anchor.precision in {Precision.YEAR, Precision.SEASON}:
            return None
        day = shift_months(ctx.anchor.start, raw.direction or 0)
        return narrowed(EdtfDate.month(day.year, day.month), raw.part)
    month = raw.month
    return yearless(raw, lambda year: narrowed(EdtfDate.month(year, month), raw.part), ctx, future)


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
        if raw.weekday is not None and made.weekday() != raw.weekday:
            continue
        if (made >= bound) if future else (made <= bound):
            return EdtfDate.of(made)
    return None


def _season(raw: RawDate, ctx: DateContext, future: bool, _: Reading | None) -> EdtfDate | None:
    season = raw.season or 0
    if raw.has_year:
        return narrowed(EdtfDate.season(full_year(raw, ctx, future), season), raw.part)
    return yearless(
        raw, lambda year: narrowed(EdtfDate.season(year, season), raw.part), ctx, future
    )


def _calendar_year(
    raw: RawDate, ctx: DateContext, future: bool, _: Reading | None
) -> EdtfDate | None:
    if raw.has_year:
        return narrowed(EdtfDate.year(full_year(raw, ctx, future)), raw.part)
    if ctx.anchor is None:
        return None
    return narrowed(EdtfDate.year(ctx.anchor.start.year + (raw.year_shift or 0)), raw.part)


def _told(_: RawDate, __: DateContext, ___: bool, ____: Reading | None) -> EdtfDate | None:
    """By itself it says nothing: the date told before it is needed."""
    return None


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
    Kind.WEEKDAY: daterelative.weekday,
    Kind.OFFSET: daterelative.offset,
    Kind.FEAST: daterelative.feast,
    Kind.TODAY: daterelative.today,
    Kind.TOLD: _told,
}
