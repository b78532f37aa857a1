"""From facts to readings: sources, dates and the choice between dates of several letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from extract.records import DateSpan, Fact, LetterRecord, Reading, Source
from extract.values.dates import FAR_FUTURE, FAR_PAST, EdtfDate


def source_of(letter: LetterRecord, fact: Fact) -> Source:
    """The pointer from a derived value back to a fact of a letter."""
    return Source(
        letter_id=letter.letter_id,
        field=fact.field,
        item=fact.item,
        value=fact.value,
        start=fact.evidence.start,
        end=fact.evidence.end,
    )


def date_span(edtf: str, sources: Iterable[Source] = ()) -> DateSpan | None:
    """The interval of an EDTF date; None for text that is no date of the contract."""
    bare = _bare_span(edtf)
    found = tuple(sources)
    return bare.model_copy(update={"sources": found}) if bare is not None and found else bare


@lru_cache(maxsize=10_000)
def _bare_span(edtf: str) -> DateSpan | None:
    """The interval alone, which most letters of an archive share with others."""
    try:
        parsed = EdtfDate.parse(edtf)
    except ValueError:
        return None
    return DateSpan(edtf=edtf, earliest=parsed.earliest, latest=parsed.latest)


def dated(letter: LetterRecord, fact: Fact) -> DateSpan | None:
    """The date a fact gives, within the bounds the extractor kept for it.

    The value may be a date or ``CR=2011-05-02``. None where it holds no date.
    """
    edtf = fact.value.rpartition("=")[2]
    span = date_span(edtf, (source_of(letter, fact),))
    if span is None or not (fact.low or fact.high):
        return span
    low = _iso(fact.low, FAR_PAST)
    high = _iso(fact.high, FAR_FUTURE)
    if low is None or high is None or low > high:
        return span
    return span.model_copy(update={"earliest": low, "latest": high})


def letter_span(letter: LetterRecord) -> DateSpan | None:
    """The date of a letter."""
    return date_span(letter.letter_date)


def reading(letter: LetterRecord, fact: Fact) -> Reading:
    """What a fact states, with the date of its letter."""
    return Reading(value=fact.value, on=letter_span(letter), sources=(source_of(letter, fact),))


def surviving(spans: Iterable[DateSpan]) -> tuple[DateSpan, ...]:
    """The readings of one date that stand, in order of time.

    A closer date outranks a compatible wider one, whichever letter gives it: 8 September
    outranks September. Dates that cannot both be true are all kept: a conflict. The
    sources of what was outranked pass to what outranked it.
    """
    kept: list[DateSpan] = []
    for span in sorted(spans, key=lambda s: (s.width, s.earliest, s.edtf)):
        index = next((i for i, other in enumerate(kept) if _outranked(span, other)), None)
        if index is None:
            kept.append(span)
        else:
            merged = (*kept[index].sources, *span.sources)
            kept[index] = kept[index].model_copy(update={"sources": unique(merged)})
    return tuple(sorted(kept, key=lambda s: (s.earliest, s.latest, s.edtf)))


def unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Sources once each, in order of first appearance."""
    return tuple(dict.fromkeys(sources))


def before(span: DateSpan | None, other: DateSpan | None) -> bool:
    """Whether ``span`` surely lies before ``other``; False where either is not known."""
    return span is not None and other is not None and span.latest < other.earliest


def _outranked(span: DateSpan, other: DateSpan) -> bool:
    same = (span.earliest, span.latest) == (other.earliest, other.latest)
    return same or (other.width < span.width and other.compatible(span))


def _iso(text: str, default: date) -> date | None:
    if not text:
        return default
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
