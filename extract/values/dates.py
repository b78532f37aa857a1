"""A date as the letters give it: an interval of days with its EDTF level 1 form.

A date is never padded. "March 2010" is the month, written ``2010-03``, and stands for
every day from the 1st to the 31st. What is only worked out ("six weeks ago") carries
``~`` and a margin: the margin widens the interval and leaves the written form alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

#: Earliest day of an interval that is open to the past ("over six weeks ago").
FAR_PAST: Final = date(1900, 1, 1)
#: Latest day of an interval that is open to the future.
FAR_FUTURE: Final = date(2100, 12, 31)


class Precision(StrEnum):
    """How finely a date is stated, finest first."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


#: Margin in days that a parsed ``~`` stands for, by precision.
APPROXIMATE_MARGIN: Final = {
    Precision.DAY: 7,
    Precision.MONTH: 15,
    Precision.SEASON: 45,
    Precision.YEAR: 180,
}
_RANK: Final = {precision: rank for rank, precision in enumerate(Precision)}
_SEASON_MONTH: Final = {21: 3, 22: 6, 23: 9, 24: 12}
_MONTH_SEASON: Final = {month: season for season, month in _SEASON_MONTH.items()}
_EDTF: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(~?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A day, month, season or year, and the interval of days it allows.

    ``start`` is the first day of what is written and fixes the EDTF string;
    ``earliest`` and ``latest`` (both inclusive) are what the text allows, which a margin
    widens and a word such as "end of" narrows. Make one with :meth:`day`,
    :meth:`month`, :meth:`season`, :meth:`year` or :meth:`parse`.
    """

    earliest: date
    latest: date
    precision: Precision
    start: date
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError("a date cannot end before it begins")

    @classmethod
    def day(
        cls, year: int, month: int, day: int, *, approximate: bool = False, margin_days: int = 0
    ) -> EdtfDate:
        """One day. Raises ValueError for a day that is not in the calendar."""
        first = date(year, month, day)
        return cls._made(first, first, Precision.DAY, approximate, margin_days)

    @classmethod
    def of(cls, day: date, *, approximate: bool = False, margin_days: int = 0) -> EdtfDate:
        """One day, from a :class:`datetime.date`."""
        return cls._made(day, day, Precision.DAY, approximate, margin_days)

    @classmethod
    def month(
        cls, year: int, month: int, *, approximate: bool = False, margin_days: int = 0
    ) -> EdtfDate:
        """One calendar month. Raises ValueError for a month outside 1-12."""
        first = date(year, month, 1)
        last = last_of_month(year, month)
        return cls._made(first, last, Precision.MONTH, approximate, margin_days)

    @classmethod
    def season(
        cls, year: int, season: int, *, approximate: bool = False, margin_days: int = 0
    ) -> EdtfDate:
        """A season by its EDTF number: 21 spring (March-May) to 24 winter.

        Winter begins in December of its year and ends in February of the next, so that
        the seasons of a year follow one another as EDTF sorts them. Raises ValueError
        for a number outside 21-24.
        """
        if season not in _SEASON_MONTH:
            raise ValueError(f"no season {season}")
        first = date(year, _SEASON_MONTH[season], 1)
        last = last_of_month(year + 1, 2) if season == 24 else last_of_month(year, first.month + 2)
        return cls._made(first, last, Precision.SEASON, approximate, margin_days)

    @classmethod
    def year(cls, year: int, *, approximate: bool = False, margin_days: int = 0) -> EdtfDate:
        """One calendar year. Raises ValueError outside 1-9999."""
        return cls._made(
            date(year, 1, 1), date(year, 12, 31), Precision.YEAR, approximate, margin_days
        )

    @classmethod
    def parse(cls, text: str) -> EdtfDate:
        """Read ``YYYY``, ``YYYY-MM``, ``YYYY-SS`` (season 21-24) or ``YYYY-MM-DD``.

        A ``~`` at the end brings the margin :data:`APPROXIMATE_MARGIN` gives its
        precision. Raises ValueError for anything else, impossible dates included.
        """
        found = _EDTF.fullmatch(text)
        if found is None:
            raise ValueError("not an EDTF date of the contract")
        year, part, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        approximate = bool(found[4])
        if found[3]:
            made = cls.day(year, part, day, approximate=approximate)
        elif not found[2]:
            made = cls.year(year, approximate=approximate)
        elif part > 20:
            made = cls.season(year, part, approximate=approximate)
        else:
            made = cls.month(year, part, approximate=approximate)
        return made.widened(APPROXIMATE_MARGIN[made.precision]) if approximate else made

    @classmethod
    def _made(
        cls, first: date, last: date, precision: Precision, approximate: bool, margin_days: int
    ) -> EdtfDate:
        return cls(
            shift_days(first, -margin_days),
            shift_days(last, margin_days),
            precision,
            first,
            approximate,
        )

    def __str__(self) -> str:
        mark = "~" if self.approximate else ""
        start = self.start
        if self.precision is Precision.DAY:
            return f"{start.year:04}-{start.month:02}-{start.day:02}{mark}"
        if self.precision is Precision.MONTH:
            return f"{start.year:04}-{start.month:02}{mark}"
        if self.precision is Precision.SEASON:
            return f"{start.year:04}-{_MONTH_SEASON[start.month]}{mark}"
        return f"{start.year:04}{mark}"

    def within(self, earliest: date | None = None, latest: date | None = None) -> EdtfDate:
        """The same date, with the interval cut to these days where they touch it at all."""
        low = self.earliest if earliest is None else max(self.earliest, earliest)
        high = self.latest if latest is None else min(self.latest, latest)
        return replace(self, earliest=low, latest=high) if low <= high else self

    def spanning(self, earliest: date, latest: date) -> EdtfDate:
        """The same date, with this interval in place of its own."""
        return replace(self, earliest=earliest, latest=latest)

    def widened(self, margin_days: int) -> EdtfDate:
        """The same date, with so many days more on either side."""
        return self.spanning(
            shift_days(self.earliest, -margin_days), shift_days(self.latest, margin_days)
        )

    def days_after(self, other: EdtfDate) -> tuple[int, int]:
        """Fewest and most days from ``other`` to this date; negative where it comes first."""
        return (self.earliest - other.latest).days, (self.latest - other.earliest).days

    def compatible(self, other: EdtfDate) -> bool:
        """Whether one day could be meant by both."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def refines(self, other: EdtfDate) -> bool:
        """Whether this says the same as ``other``, only more closely.

        True when every day this allows is allowed by ``other`` and fewer are left. A day
        refines its month; a day outside "end of March" does not refine it.
        """
        inside = other.earliest <= self.earliest and self.latest <= other.latest
        fewer = (self.earliest, self.latest) != (other.earliest, other.latest)
        return inside and fewer and _RANK[self.precision] <= _RANK[other.precision]


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def shift_days(day: date, days: int) -> date:
    """``day`` moved by ``days``, held at the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def shift_months(day: date, months: int) -> date:
    """``day`` moved by whole months; the 31st becomes the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
