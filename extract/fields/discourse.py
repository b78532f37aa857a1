"""Dates that lack a part which the text has already given: "that November", "on the 16th".

A date without a year is by itself the latest that does not lie after the letter. Where the
words beside it point back at a date told before ("of the same year", "the following March",
a bare day behind a day of the month), that date gives what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from extract.language.trying import trial
from extract.values.counts import Unit
from extract.values.datekinds import DateContext, Kind
from extract.values.dates import EdtfDate, Precision, last_of_month, shift_days, shift_months
from extract.values.rawdates import RawDate

Resolve = Callable[[RawDate], EdtfDate | None]

#: How far back the date may stand that "that year" speaks of, in characters.
_REACH: Final = 1500
#: How far back the date may stand whose month a bare day shares.
_NEAR: Final = 260
#: Kinds that tell a time in words of their own, to which another date may point back.
_TOLD: Final = frozenset(
    {
        Kind.FULL,
        Kind.NUMERIC,
        Kind.DAY_MONTH,
        Kind.MONTH_YEAR,
        Kind.NUMERIC_MY,
        Kind.MONTH_ONLY,
        Kind.SEASON,
        Kind.YEAR,
    }
)
_MONTHLY: Final = frozenset({Kind.MONTH_ONLY, Kind.DAY_MONTH})

_SAME_YEAR_AFTER: Final = trial(r"\s*,?\s*(?:of\s+|in\s+)?(?:that|the\s+same)\s+year\b", re.I)
_THAT_BEFORE: Final = trial(r"\bthat(?:\s+same)?\s+\Z", re.I)
_FOLLOWING_BEFORE: Final = trial(r"\b(?:following|next|subsequent)\s+\Z", re.I)
_RANGE_TO: Final = trial(r"\s*(?:-|–|—|->|→|to|until|till|through)\s*\Z", re.I)
#: From one month to the next within a sentence: "in March and stopped it in November".
_GOING_ON: Final = trial(r"[^.;\n]{0,60}\b(?:and|then|until|till|to)\b[^.;\n]{0,40}", re.I)
_YEAR_ASIDE: Final = trial(r"\s*[(:]\s*(?:in\s+|from\s+)?\Z", re.I)
_YEAR_COMMA: Final = trial(r"\s*,?\s*(?:from\s+)?\Z", re.I)
_OPENING: Final = trial(r"(?:\A|[.\n]\s*)(?:in|during)\s+\Z", re.I)
_SINCE: Final = trial(r"\b(?:since|this|last|next|due|now)\s+(?:\w+\s+)?\Z", re.I)


class Discourse:
    """The dates of one letter in order, as a reader follows them.

    Args:
        text: the letter.
        dates: its dates in order of place.
        context: the letter's date and day-month order.
        resolve: how a date is resolved with everything told before it.
    """

    def __init__(
        self, text: str, dates: tuple[RawDate, ...], context: DateContext, resolve: Resolve
    ) -> None:
        self._text = text
        self._dates = dates
        self._context = context
        self._resolve = resolve

    def told(self, raw: RawDate, *, future: bool) -> EdtfDate | None:
        """The date that the text before ``raw`` settles, or None where it settles none."""
        if raw.has_year or raw.direction is not None or raw.year_shift is not None:
            return None
        if raw.kind is Kind.DAY_ONLY:
            return None if raw.partner is not None else self._day_of(raw, future)
        if raw.kind in _MONTHLY:
            return self._month_of(raw)
        return self._same(raw) if raw.kind is Kind.TOLD else None

    # ------------------------------------------- that month, the same day

    def _same(self, raw: RawDate) -> EdtfDate | None:
        """ "That month" of the date before it, "the following day": as fine as that date is."""
        last, told = self._previous(raw, (*_TOLD, Kind.DAY_ONLY)), raw.offset
        if last is None or "\n\n" in self._text[last.end : raw.start]:
            return None
        spoken = self._resolve(last)
        if spoken is None or told is None:
            return None
        if told.unit is Unit.YEARS:
            return self._past(EdtfDate.year(spoken.start.year + int(told.low)))
        if spoken.precision not in {Precision.DAY, Precision.MONTH}:
            return None
        if told.unit is Unit.MONTHS:
            month = shift_months(spoken.start.replace(day=1), int(told.low))
            return self._past(EdtfDate.month(month.year, month.month))
        if spoken.precision is Precision.MONTH:
            return None
        day = shift_days(spoken.start, int(told.low))
        return self._past(EdtfDate.of(day, approximate=spoken.approximate))

    # ------------------------------------------------------------- months

    def _month_of(self, raw: RawDate) -> EdtfDate | None:
        before = self._text[max(0, raw.start - 40) : raw.start]
        if _SAME_YEAR_AFTER.match(self._text, self._end_of_range(raw)):
            return self._in_year(raw, self._spoken(raw))
        if _THAT_BEFORE.search(before):
            return self._from(raw, self._spoken(raw))
        if _FOLLOWING_BEFORE.search(before):
            return self._from(raw, self._spoken(raw), strictly=True)
        last = self._previous(raw)
        if last is None:
            return None
        gap = self._text[last.end : raw.start]
        if last.kind is Kind.YEAR and self._belongs_to_year(last, raw, gap):
            return self._in_year(raw, self._resolve(last))
        if last.kind in _MONTHLY and (_RANGE_TO.fullmatch(gap) or _GOING_ON.fullmatch(gap)):
            first = self.told(last, future=False)
            return None if first is None else self._from(raw, first)
        return self._again(raw, last, gap)

    def _end_of_range(self, raw: RawDate) -> int:
        """Where the other end of "20 June to 28 November" ends, or ``raw`` where it has none."""
        later = next((d for d in self._dates if d.start >= raw.end), None)
        if later is None or later.has_year or later.kind is not raw.kind:
            return raw.end
        return later.end if _RANGE_TO.fullmatch(self._text[raw.end : later.start]) else raw.end

    def _belongs_to_year(self, year: RawDate, raw: RawDate, gap: str) -> bool:
        """ "2010 (April)", "2008, June-Oct", and "In 2009 it was begun in March"."""
        if _YEAR_ASIDE.fullmatch(gap):
            return True
        if _YEAR_COMMA.fullmatch(gap):
            return self._end_of_range(raw) > raw.end
        opens = _OPENING.search(self._text[max(0, year.start - 12) : year.start])
        one_sentence = "\n\n" not in gap and ". " not in gap and len(gap) < _NEAR
        return bool(opens) and one_sentence and not _SINCE.search(gap)

    def _again(self, raw: RawDate, last: RawDate, gap: str) -> EdtfDate | None:
        """The month told a moment ago, named again: "until mid January 2009 ... in January"."""
        if raw.kind is not Kind.MONTH_ONLY or len(gap) > _NEAR or "\n\n" in gap:
            return None
        if _SINCE.search(gap) or last.kind not in {Kind.FULL, Kind.NUMERIC, Kind.MONTH_YEAR}:
            return None
        found = self._resolve(last)
        if found is None or found.start.month != raw.month or found.precision is Precision.YEAR:
            return None
        return self._in_year(raw, found)

    def _in_year(self, raw: RawDate, spoken: EdtfDate | None) -> EdtfDate | None:
        if spoken is None:
            return None
        end_of_year = EdtfDate.day(spoken.latest.year, 12, 31)
        return self._past(raw.resolve(DateContext(end_of_year, self._context.order)))

    def _from(
        self, raw: RawDate, spoken: EdtfDate | None, *, strictly: bool = False
    ) -> EdtfDate | None:
        """The first such day or month at or after a date, or after its month."""
        if spoken is None or spoken.precision is Precision.YEAR:
            return None if spoken is None or strictly else self._in_year(raw, spoken)
        start = spoken.start
        if strictly:
            start = shift_months(start.replace(day=1), 1)
        context = DateContext(EdtfDate.of(start), self._context.order)
        return self._past(raw.resolve(context, future=True))

    def _past(self, found: EdtfDate | None) -> EdtfDate | None:
        """What lies after the letter was not told: plans point forward by other words."""
        anchor = self._context.anchor
        after = found is not None and anchor is not None and found.earliest > anchor.latest
        return None if after else found

    # --------------------------------------------------------------- days

    def _day_of(self, raw: RawDate, future: bool) -> EdtfDate | None:
        """The day of the month told just before, or of the next where it is past."""
        last = self._previous(raw, (*_TOLD, Kind.DAY_ONLY))
        if last is None or not self._beside(last, raw):
            return None
        told = self._resolve(last)
        if told is None or told.precision not in {Precision.DAY, Precision.MONTH}:
            return None
        month, day = told.start, raw.day or 0
        if told.precision is Precision.DAY and day < month.day:
            month = shift_months(month.replace(day=1), 1)
        if day > last_of_month(month.year, month.month).day:
            return None
        made = month.replace(day=day)
        anchor = self._context.anchor
        if anchor is not None and (made < anchor.earliest if future else made > anchor.latest):
            return None
        return EdtfDate.of(made)

    def _beside(self, last: RawDate, raw: RawDate) -> bool:
        gap = self._text[last.end : raw.start]
        return len(gap) <= _NEAR and "\n\n" not in gap and gap.count(". ") <= 1

    # ------------------------------------------------------------- before

    def _previous(
        self, raw: RawDate, kinds: tuple[Kind, ...] | frozenset[Kind] = _TOLD
    ) -> RawDate | None:
        """The nearest date before ``raw`` that tells a time in words of its own."""
        earlier = (d for d in reversed(self._dates) if d.end <= raw.start and d.kind in kinds)
        found = next(earlier, None)
        return found if found and raw.start - found.end <= _REACH else None

    def _spoken(self, raw: RawDate) -> EdtfDate | None:
        last = self._previous(raw)
        return None if last is None else self._resolve(last)
