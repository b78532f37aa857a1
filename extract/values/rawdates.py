"""A date as it stands in a text, before anything is known of the letter's own date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from extract.values import dateresolve
from extract.values.datekinds import DateContext, Kind, Offset, Part, Reading
from extract.values.dates import EdtfDate

#: Kinds that need a letter's date to mean anything, whatever else is known.
RELATIVE: Final = frozenset({Kind.WEEKDAY, Kind.OFFSET, Kind.TODAY, Kind.DAY_ONLY, Kind.TOLD})


@dataclass(frozen=True, slots=True)
class RawDate:
    """A date found in a text: ``text[start:end]``, its modifying words included.

    Only the fields its ``kind`` needs are set. ``day`` and ``month`` of NUMERIC and
    NUMERIC_MY hold the first and second number as written, ``year`` two digits where
    ``short_year``. ``direction`` is -1, 0 or 1 for "last", "this", "next" and
    ``year_shift`` the same of the year ("March last year"). ``partner`` is the other end
    of a range, from which a missing year is borrowed. ``ocr`` marks a date read through
    scanning slips.
    """

    start: int
    end: int
    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    short_year: bool = False
    season: int | None = None
    weekday: int | None = None
    feast: str = ""
    part: Part | None = None
    direction: int | None = None
    year_shift: int | None = None
    offset: Offset | None = None
    reading: Reading | None = None
    padded: bool = False
    ocr: bool = False
    partner: RawDate | None = None
    partner_is_later: bool = True

    @property
    def has_year(self) -> bool:
        """Whether the text itself gives the year."""
        return self.year is not None

    @property
    def forward(self) -> bool:
        """Whether the words themselves point to the future ("next Monday", "in six weeks")."""
        return (
            self.direction == 1 or self.year_shift == 1 or bool(self.offset and self.offset.forward)
        )

    @property
    def ambiguous(self) -> bool:
        """Whether the numbers can be read in more than one way without a rule."""
        if self.kind is Kind.NUMERIC:
            return self.day != self.month and max(self.day or 0, self.month or 0) <= 12
        if self.kind is Kind.NUMERIC_MY:
            settled = self.reading is not None or self.partner is not None
            return not settled and max(self.day or 0, self.month or 0) <= 12
        return self.kind is Kind.MONTH_YEAR and self.day is not None

    def resolve(
        self, ctx: DateContext, future: bool = False, prefer: Reading | None = None
    ) -> EdtfDate | None:
        """The date meant, or None where the text and ``ctx`` do not give one.

        Day comes first unless ``ctx.order`` is "mdy" or a number above 12 settles it.
        What has no year takes the latest that does not put it after the anchor, or with
        ``future`` the earliest that does not put it before; words that point forward or
        back themselves ("next Monday", "last March") do as they say. A weekday that goes
        with a day and month decides the year where only one of the years next to the
        rule's choice has it. ``prefer`` settles 09/08: "my" September 2008, "dm" 9
        August. Impossible dates give None.
        """
        return dateresolve.resolve(self, ctx, future=future, prefer=prefer)

    def readings(self, ctx: DateContext, future: bool = False) -> tuple[EdtfDate, ...]:
        """Every date the text could mean, likeliest first; empty where it gives none."""
        return dateresolve.readings(self, ctx, future=future)

    def as_day_month(self, ctx: DateContext, future: bool = False) -> EdtfDate | None:
        """A NUMERIC_MY date read as day and month."""
        return self.resolve(ctx, future, "dm")

    def as_month_year(self, ctx: DateContext, future: bool = False) -> EdtfDate | None:
        """A NUMERIC_MY date read as month and year."""
        return self.resolve(ctx, future, "my")
