"""What letters say of a patient apart from therapy: performance, tissue, organs, events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.patients.mentions import split_item
from extract.patients.readings import date_span, dated, letter_span, reading, source_of, surviving
from extract.records import (
    Assessment,
    DateSpan,
    Episode,
    Fact,
    Field,
    LetterRecord,
    Reading,
    Sites,
)
from extract.values.agents import Lexicon
from extract.values.kleene import Truth
from extract.values.quantities import Quantity

_NON_RENAL = "non_renal"
#: Kinds of drug that are given for renal cancer.
_RENAL_CLASSES = frozenset({"VEGFR-TKI", "mTOR", "HIF-2a inhibitor", "cytokine"})


def readings(letters: Sequence[LetterRecord], field: Field) -> tuple[Reading, ...]:
    """Every statement of a field, in order of the letters."""
    return tuple(reading(letter, fact) for letter, fact in facts(letters, field))


def itemised(letters: Sequence[LetterRecord], field: Field) -> tuple[tuple[str, Reading], ...]:
    """Every statement of a field with its item, in order of the letters."""
    return tuple((fact.item, reading(letter, fact)) for letter, fact in facts(letters, field))


def facts(letters: Sequence[LetterRecord], field: Field) -> Iterator[tuple[LetterRecord, Fact]]:
    """Every fact of a field, with its letter."""
    for letter in letters:
        for fact in letter.facts:
            if fact.field is field:
                yield letter, fact


def renal(histology: Sequence[Reading], episodes: Sequence[Episode], lexicon: Lexicon) -> Truth:
    """Whether the letters are about a renal cancer.

    By the histology; where no letter types the cancer, it is another one if the patient
    had drugs that are not given for renal cancer and none of the kinds that are; else
    unknown.
    """
    types = {item.value for item in histology}
    if types - {_NON_RENAL}:
        return Truth.MET
    if types:
        return Truth.NOT_MET
    if any(episode.drug_class in _RENAL_CLASSES for episode in episodes):
        return Truth.UNKNOWN
    other = any(lexicon.for_other_cancers(episode.agent) for episode in episodes)
    return Truth.NOT_MET if other else Truth.UNKNOWN


def echoes(letters: Sequence[LetterRecord]) -> tuple[Assessment, ...]:
    """Every stress echocardiogram: its result, its date where the letter gives one."""
    found: list[Assessment] = []
    for letter in letters:
        results = [fact for fact in letter.facts if fact.field is Field.STRESS_ECHO]
        dates = [fact for fact in letter.facts if fact.field is Field.STRESS_ECHO_DATE]
        for fact in results:
            own = dates if len(results) == 1 else []
            spans = [span for date in own if (span := dated(letter, date)) is not None]
            on = surviving(spans)
            sources = (source_of(letter, fact), *(s for span in on for s in span.sources))
            found.append(
                Assessment(
                    category=fact.value,
                    on=on[-1] if on else None,
                    reported=letter_span(letter),
                    sources=sources,
                )
            )
    return tuple(found)


def sites(letters: Sequence[LetterRecord]) -> tuple[Sites, ...]:
    """The organs of each letter that describes or counts them."""
    found: list[Sites] = []
    for letter in letters:
        organs = [fact for fact in letter.facts if fact.field is Field.SITE]
        counts = [fact for fact in letter.facts if fact.field is Field.SITE_COUNT]
        if organs or counts:
            found.append(
                Sites(
                    on=letter_span(letter),
                    organs=tuple(sorted({fact.item for fact in organs})),
                    count=reading(letter, counts[-1]) if counts else None,
                    sources=tuple(source_of(letter, fact) for fact in (*organs, *counts)),
                )
            )
    return tuple(found)


def death(deaths: Sequence[Reading], letters: Sequence[LetterRecord]) -> DateSpan | None:
    """The date of death; None where no letter tells of one.

    The closest stated date; where letters say only that the patient has died, the days
    from the last letter before those that say so to the first of them.
    """
    spans = surviving(
        span for item in deaths if (span := date_span(item.value, item.sources)) is not None
    )
    if spans:
        return spans[-1]
    told = next((item for item in deaths if item.on is not None), None)
    if told is None or told.on is None:
        return None
    tell = {source.letter_id for item in deaths for source in item.sources}
    alive = [
        span
        for letter in letters
        if letter.letter_id not in tell and (span := letter_span(letter)) is not None
    ]
    earlier = [span for span in alive if span.latest <= told.on.earliest]
    if not earlier:
        return told.on.model_copy(update={"sources": told.sources})
    last = max(earlier, key=lambda span: (span.earliest, span.latest))
    return DateSpan(
        edtf=f"{last.edtf}/{told.on.edtf}",
        earliest=last.earliest,
        latest=told.on.latest,
        sources=told.sources,
    )


def list_disagrees(found: Sequence[Sites]) -> bool:
    """Whether a letter counts other than the organs it names."""
    for item in found:
        if item.count is None or not item.organs:
            continue
        try:
            count = Quantity.parse(item.count.value)
        except ValueError:
            continue
        if not count.low <= len(item.organs) <= count.high:
            return True
    return False


def unassigned_responses(letters: Sequence[LetterRecord]) -> Iterator[tuple[LetterRecord, Fact]]:
    """Responses that a letter ties to no agent."""
    for field in (Field.RESPONSE, Field.RESPONSE_DATE):
        for letter, fact in facts(letters, field):
            if not split_item(fact.item)[0]:
                yield letter, fact
