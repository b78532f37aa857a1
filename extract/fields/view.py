"""A letter as the fields see it: its reading, its dates, and drafts of facts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from extract.fields.discourse import Discourse
from extract.language.gates import flat
from extract.language.reading import Mention, Reading, Sentence
from extract.language.trying import trial
from extract.records import Assertion, Field, Reason
from extract.values.agents import Lexicon
from extract.values.datekinds import DateContext, Kind
from extract.values.dateranges import find_ranges, is_birth_date
from extract.values.dates import EdtfDate, shift_days
from extract.values.datescan import scan_dates
from extract.values.durations import RawDuration, scan_durations
from extract.values.rawdates import RawDate

#: Before this year no letter tells of treatment: "Oct 15" in a letter of 2012 is a day.
_EARLY = 1930
#: No yearless date follows one before this year: the drugs had not been made.
_EARLIEST = 1975
#: "Just over two weeks ago" is not "any time before": a fortnight's room is enough.
_JUST_OVER = trial(
    r"(?:just|a\s+(?:little|bit)|slightly|a\s+shade)\s+(?:over|more\s+than)\b", re.IGNORECASE
)


T = TypeVar("T")

_begin = attrgetter("start")


def _first(pair: tuple[RawDate, RawDate]) -> int:
    return pair[0].start


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact before it is checked: what, where in the letter, by which rule, how sure."""

    field: Field
    value: str
    start: int
    end: int
    rule: str
    item: str = ""
    reasons: tuple[Reason, ...] = ()
    assertion: Assertion = Assertion.PRESENT
    date: EdtfDate | None = None

    def flagged(self, *reasons: Reason) -> Draft:
        """The same draft, with more reasons for a review."""
        return replace(self, reasons=tuple(dict.fromkeys((*self.reasons, *reasons))))


@dataclass(frozen=True)
class View:
    """One letter for the field modules.

    Attributes:
        reading: what the language room found.
        lexicon: the drugs.
        context: the letter's date and the order of its numeric dates, for resolving.
    """

    reading: Reading
    lexicon: Lexicon
    context: DateContext = field(default_factory=lambda: DateContext(None))
    _made: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, make: Callable[[View], T]) -> T:
        """What ``make`` finds in this letter, worked out when first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    @property
    def text(self) -> str:
        """The letter's own text; all offsets are into it."""
        return self.reading.text

    @cached_property
    def flat(self) -> str:
        """The letter in lower case with single spaces, as gates are asked about it."""
        return flat(self.text)

    @cached_property
    def dates(self) -> tuple[RawDate, ...]:
        """Every date in the letter, dates of birth left out, in order of place."""
        found = (d for d in scan_dates(self.text) if not is_birth_date(self.text, d))
        drugs = {m.start: m.end for m in self.reading.of("AGENT")}
        return tuple(
            part
            for d in found
            for part in ([d] if d.start not in drugs else self._after(d, drugs[d.start]))
        )

    def _after(self, raw: RawDate, end: int) -> list[RawDate]:
        """The dates in what is left of a date that began with a drug ("Sun 09/08-06/09")."""
        if end >= raw.end:
            return []
        stop = min(len(self.text), raw.end)
        return [
            replace(d, start=d.start + end, end=d.end + end)
            for d in scan_dates(self.text[end:stop])
        ]

    @cached_property
    def ranges(self) -> tuple[tuple[RawDate, RawDate], ...]:
        """Pairs of dates that stand as from-to."""
        found = find_ranges(self.text, list(self.dates), self.context)
        return tuple(sorted(found, key=_first))

    @cached_property
    def durations(self) -> tuple[RawDuration, ...]:
        """Every stretch of time ("eight weeks", "6/52") in order of place."""
        return tuple(sorted(scan_durations(self.text), key=_begin))

    @cached_property
    def _date_starts(self) -> list[int]:
        return [d.start for d in self.dates]

    def dates_in(self, start: int, end: int) -> list[RawDate]:
        """The dates that begin in ``text[start:end]``."""
        low = bisect_left(self._date_starts, start)
        high = bisect_left(self._date_starts, end)
        return list(self.dates[low:high])

    def ranges_in(self, start: int, end: int) -> list[tuple[RawDate, RawDate]]:
        """The from-to pairs whose first date begins in ``text[start:end]``."""
        low = bisect_left(self.ranges, start, key=_first)
        high = bisect_left(self.ranges, end, key=_first)
        return list(self.ranges[low:high])

    def durations_in(self, start: int, end: int) -> list[RawDuration]:
        """The durations that begin in ``text[start:end]``."""
        low = bisect_left(self.durations, start, key=_begin)
        high = bisect_left(self.durations, end, key=_begin)
        return list(self.durations[low:high])

    def resolve(self, raw: RawDate, *, future: bool = False) -> EdtfDate | None:
        """The date ``raw`` stands for at this letter's date; None where it cannot be told."""
        found = self._discourse.told(raw, future=future) or self._alone(raw, future)
        if found is not None and _JUST_OVER.match(self.text, raw.start):
            return found.within(earliest=shift_days(found.latest, -14))
        if found is None and self.context.anchor is None and not raw.has_year:
            return self._after_the_last(raw)
        return found

    @cached_property
    def _discourse(self) -> Discourse:
        return Discourse(self.text, self.dates, self.context, self.resolve)

    def _alone(self, raw: RawDate, future: bool) -> EdtfDate | None:
        """The date by its own words, or by those of the range that it is an end of."""
        if raw.partner is not None and not raw.has_year:
            told = self._discourse.told(raw.partner, future=future)
            if told is not None:
                context = DateContext(told, self.context.order)
                return replace(raw, partner=None).resolve(context, future=not raw.partner_is_later)
        found = raw.resolve(self.context, future=future)
        if raw.kind is Kind.MONTH_YEAR and raw.short_year and found and found.latest.year < _EARLY:
            day = replace(raw, kind=Kind.DAY_MONTH, day=raw.year, year=None, short_year=False)
            return day.resolve(self.context, future=future)
        return found

    def _after_the_last(self, raw: RawDate) -> EdtfDate | None:
        """In a text without a date of its own a yearless date follows the one before it."""
        if raw.kind not in (Kind.DAY_MONTH, Kind.MONTH_ONLY):
            return None
        before = [d for d in self.dates_in(max(0, raw.start - 900), raw.start) if d.has_year]
        anchor = before[-1].resolve(self.context) if before else None
        if anchor is None or anchor.latest.year < _EARLIEST:
            return None  # a birthday is nothing to count from
        return raw.resolve(DateContext(anchor, self.context.order), future=True)

    def dated(self, anchor: EdtfDate | None, order: str) -> View:
        """The same letter with its date and date order known; scans are kept."""
        context = DateContext(anchor, "mdy" if order == "mdy" else "dmy")
        view = View(self.reading, self.lexicon, context)
        names = ("dates", "durations", "ranges") if order != "mdy" else ("dates", "durations")
        for name in names:
            if name in self.__dict__:
                view.__dict__[name] = self.__dict__[name]
        return view

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The letter's sentences in order."""
        return self.reading.sentences

    def mentions(self, *labels: str) -> Iterator[Mention]:
        """The mentions with one of ``labels`` in order of place."""
        return self.reading.of(*labels)

    def draft(
        self,
        field_: Field,
        value: str,
        where: Mention | tuple[int, int],
        rule: str,
        *,
        item: str = "",
        reasons: Iterable[Reason] = (),
        assertion: Assertion = Assertion.PRESENT,
        date: EdtfDate | None = None,
    ) -> Draft:
        """A fact read at ``where`` (a mention or characters of the letter)."""
        start, end = (where.start, where.end) if isinstance(where, Mention) else where
        return Draft(field_, value, start, end, rule, item, tuple(reasons), assertion, date)
