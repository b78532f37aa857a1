"""What kinds of date there are, and what is needed to resolve one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from extract.values.counts import Bound, Unit
from extract.values.dates import EdtfDate

Order = Literal["dmy", "mdy"]
Reading = Literal["dm", "my"]


class Kind(StrEnum):
    """What is written."""

    FULL = "full"  # day, month and year, in no doubt
    NUMERIC = "numeric"  # 03/04/10: which is the month depends on the sender
    DAY_MONTH = "day_month"  # 3 March, 27/10
    MONTH_YEAR = "month_year"  # March 2010, 03/2010, Sept 09
    NUMERIC_MY = "numeric_my"  # 09/08: a month of a year, or a day of a month
    MONTH_ONLY = "month_only"  # in March, last month
    DAY_ONLY = "day_only"  # the 12th
    SEASON = "season"  # spring 2010, last autumn
    YEAR = "year"  # 2010, last year
    WEEKDAY = "weekday"  # on Thursday
    OFFSET = "offset"  # six weeks ago, yesterday, last week
    FEAST = "feast"  # since Christmas
    TODAY = "today"  # today, this morning
    TOLD = "told"  # that month, the same day, the following year: counted from the date before


class Part(StrEnum):
    """Which part of a month, season or year is meant; WEEK is a week from the day on."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    EARLY_TO_MID = "early_to_mid"
    MID_TO_LATE = "mid_to_late"
    START = "start"
    END = "end"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"
    WEEK = "week"
    WEEK_1 = "week_1"
    WEEK_2 = "week_2"
    WEEK_3 = "week_3"
    WEEK_4 = "week_4"
    LAST_WEEK = "last_week"


@dataclass(frozen=True, slots=True)
class DateContext:
    """What resolving needs: the date that relative dates count from, and the day-month order.

    ``anchor`` is the clinic date (its margin widens what is worked out from it), or None
    where the letter has none: then only dates with a year resolve.
    """

    anchor: EdtfDate | None = None
    order: Order = "dmy"


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from the letter's date: ``low`` to ``high`` units, back or ``forward``.

    ``narrative`` marks "two months earlier" and its like, which may count from an event
    the letter tells of and not from the letter.
    """

    low: float
    high: float
    unit: Unit
    bound: Bound = Bound.EXACT
    forward: bool = False
    narrative: bool = False

    @property
    def sign(self) -> int:
        """1 for a distance ahead, -1 for one back."""
        return 1 if self.forward else -1
