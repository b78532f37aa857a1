"""The mentions of a stress echo, what each amounts to, and when the test was or is to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from extract.fields.cues import load_cues
from extract.fields.view import View
from extract.language.reading import Mention, Sentence
from extract.records import Reason
from extract.values.datekinds import Kind, Reading
from extract.values.dates import EdtfDate
from extract.values.rawdates import RawDate

_CUES = load_cues("echo")
_ASKED = ("requested", "ordered", "sent", "referred", "asked")

#: A test is booked some weeks ahead; one without a word on its result is not of last year.
_WEEKS_AHEAD = timedelta(days=100)
#: How far down a report its title may stand.
_TITLE = 300
_MONTHS_AGO = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Topic:
    """One mention of a stress echo, in characters of its sentence's folded text."""

    sentence: Sentence
    mention: Mention
    at: int
    to: int

    @property
    def text(self) -> str:
        """The folded text of its sentence."""
        return self.sentence.text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a topic amounts to, and the sentence that says so."""

    topic: Topic
    value: str
    source: Sentence
    reasons: tuple[Reason, ...] = ()
    repeat: bool = False
    after: int = 0  # where in the letter a repeat is told of, behind the result


def is_report(view: View, topic: Topic) -> bool:
    """Whether the letter is the report of the test: its title or its sender says so."""
    first = topic.mention.end <= _TITLE  # the test's name is the title
    head = view.text[: min(600, topic.mention.end if first else topic.mention.start)]
    return bool(_CUES["heart_letter"].search(head))


def done_on(view: View, reading: Verdict) -> tuple[RawDate, EdtfDate] | None:
    """When a test with a result was done: the date nearest to it that is not ahead."""
    topic = reading.topic
    near = by_distance(view, topic.sentence, topic)
    if not near and _CUES["sitting"].search(topic.text) and topic.sentence.index:
        before = view.sentences[topic.sentence.index - 1]
        near = list(reversed(view.dates_in(before.start, before.end)))
    if not near and reading.source is not topic.sentence:
        near = view.dates_in(topic.sentence.end, reading.source.end)
    if not near and is_report(view, topic):
        near = [
            raw
            for raw in view.dates
            if _CUES["date_of"].search(view.text[max(0, raw.start - 40) : raw.start])
        ]
    for raw in _exact_first(view, near):
        for date in _meant(view, raw, future=False):
            if not _ahead(view, date):
                return raw, date
    return None


def _exact_first(view: View, near: list[RawDate]) -> list[RawDate]:
    """The dates, a bracket that tells one's day before it: "last week (24 March)"."""
    if len(near) < 2 or near[0].day is not None:
        return near
    first = near[0]
    for other in near[1:]:
        if other.day is not None and view.text[first.end : other.start].strip() == "(":
            return [other, *(raw for raw in near if raw is not other)]
    return near


def booked_for(view: View, reading: Verdict) -> tuple[RawDate, EdtfDate] | None:
    """When an awaited test is to be: a date from the letter's on, not that of the request."""
    topic = reading.topic
    near = [] if reading.repeat else by_distance(view, topic.sentence, topic)
    if reading.source is not topic.sentence:
        near = near + view.dates_in(reading.source.start, reading.source.end)
    elif reading.repeat:
        near = view.dates_in(reading.after, topic.sentence.end)
    for raw in near:
        lead = " ".join(view.text[max(0, raw.start - 60) : raw.start].lower().split())
        if raw.kind is Kind.TODAY or lead.removesuffix(" on").endswith(_ASKED):
            continue
        for date in _meant(view, raw, future=True):
            if not _behind(view, date):
                return raw, date
    return None


def _meant(view: View, raw: RawDate, *, future: bool) -> Iterator[EdtfDate]:
    """What a date beside a test means: 06/07 is a day before it is a month."""
    ways: tuple[Reading | None, ...] = ("dm", None) if raw.kind is Kind.NUMERIC_MY else (None,)
    for way in ways:
        date = raw.resolve(view.context, future, way)
        if date is not None:
            yield date


def by_distance(view: View, sentence: Sentence, topic: Topic) -> list[RawDate]:
    """The dates of a sentence nearest first, those of other tests left out."""
    start, end = topic.mention.start, topic.mention.end
    found = []
    for raw in view.dates_in(sentence.start, sentence.end):
        after = raw.start >= end
        between = view.text[end : raw.start] if after else view.text[raw.end : start]
        if _CUES["other_test"].search(between) or "\n\n" in between:
            continue
        # A date before the test may belong to what stands before it.
        found.append((len(between) * (1.0 if after else 1.5), raw))
    short = None if found else _short_date(view, end)
    if short is not None:
        return [short]
    return [raw for _, raw in sorted(found, key=lambda pair: pair[0])]


def _short_date(view: View, end: int) -> RawDate | None:
    """Two numbers right behind the test are a day and a month: "ESE 9/2 - 8 min"."""
    match = re.match(r"[\s:(]*(\d{1,2})/(\d{1,2})(?![\d/])", view.text[end : end + 12])
    if match is None:
        return None
    day, month = int(match[1]), int(match[2])
    if view.context.order == "mdy":
        day, month = month, day
    start = end + match.start(1)
    return RawDate(start, end + match.end(), Kind.DAY_MONTH, day=day, month=month)


def lies_ahead(view: View, raw: RawDate) -> bool:
    """Whether a date can only be one to come."""
    date = view.resolve(raw)
    if raw.forward or (raw.has_year and date is not None and _ahead(view, date)):
        return True
    return not raw.has_year and raw.kind is Kind.DAY_MONTH and _soon(view, raw, date)


def _soon(view: View, raw: RawDate, past: EdtfDate | None) -> bool:
    """Whether a day without a year is weeks ahead, and most of a year ago otherwise."""
    anchor, coming = view.context.anchor, view.resolve(raw, future=True)
    if anchor is None or coming is None or past is None:
        return False
    ahead, ago = coming.earliest - anchor.latest, anchor.earliest - past.latest
    return timedelta(0) < ahead <= _WEEKS_AHEAD and ago >= _MONTHS_AGO


def _ahead(view: View, date: EdtfDate) -> bool:
    anchor = view.context.anchor
    return anchor is not None and date.earliest > anchor.latest


def _behind(view: View, date: EdtfDate) -> bool:
    anchor = view.context.anchor
    return anchor is not None and date.latest < anchor.earliest


def finer(other: EdtfDate, date: EdtfDate) -> bool:
    """Whether ``other`` is the same date told more exactly."""
    if other == date or str(other) == str(date):
        return False
    inside = date.earliest <= other.earliest and other.latest <= date.latest
    return inside and other.precision is not date.precision
