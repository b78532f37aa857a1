"""High-dose interleukin-2: whether it was given, the first dose, cycles and doses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.patients.mentions import INTERLEUKIN, split_item
from extract.patients.readings import (
    before,
    dated,
    letter_span,
    reading,
    source_of,
    surviving,
    unique,
)
from extract.records import (
    Cycle,
    DateSpan,
    Fact,
    Field,
    Interleukin,
    LetterRecord,
    Reading,
    Source,
)


def interleukin(letters: Sequence[LetterRecord]) -> Interleukin:
    """What the letters, in order of date, say of interleukin-2.

    Given where a letter says so, or counts cycles or doses; planned is not given. The
    first dose is the start of cycle 1, or the start of the therapy, in any letter that
    does not merely plan it; a start that is a later cycle's is not. Of several plans the
    newest letter's holds.
    """
    told = [letter for letter in letters if _says_given(letter)]
    given = bool(told)
    firsts: list[DateSpan] = []
    plans: list[tuple[DateSpan, ...]] = []
    sources: list[Source] = []
    for letter in letters:
        facts = list(_about(letter))
        sources.extend(source_of(letter, fact) for fact in facts)
        starts = [
            span
            for fact in facts
            if fact.field is Field.THERAPY_START and (span := dated(letter, fact)) is not None
        ]
        if _only_plans(letter, facts, starts):
            plans.extend([surviving(starts)] if starts else [])
        else:
            firsts.extend(starts)
    cycles = _cycles(letters)
    later = [cycle.start for cycle in cycles if cycle.number > 1 and cycle.start]
    firsts = [span for span in firsts if not any(_same_day(span, start) for start in later)]
    firsts.extend(cycle.start for cycle in cycles if cycle.number == 1 and cycle.start)
    return Interleukin(
        given=given,
        first_reported=letter_span(told[0]) if told else None,
        first_doses=surviving(firsts) if given else (),
        planned=plans[-1] if plans else (),
        cycles=cycles,
        total_doses=_total(letters),
        sources=unique(sources),
    )


def _about(letter: LetterRecord) -> Iterator[Fact]:
    """The facts of a letter that are about interleukin-2 as a therapy."""
    for fact in letter.facts:
        cycle = fact.field in (Field.IL2_CYCLE_START, Field.IL2_DOSES)
        therapy = fact.field in (Field.THERAPY, Field.THERAPY_START, Field.THERAPY_END)
        if cycle or (therapy and split_item(fact.item)[0] == INTERLEUKIN):
            yield fact


def _says_given(letter: LetterRecord) -> bool:
    return any(
        fact.field in (Field.IL2_CYCLE_START, Field.IL2_DOSES)
        or (fact.field is Field.THERAPY and fact.value in ("given", "current"))
        for fact in _about(letter)
    )


def _only_plans(letter: LetterRecord, facts: Sequence[Fact], starts: Sequence[DateSpan]) -> bool:
    """Whether a letter plans the therapy, in words or by a start that is still to come."""
    if any(fact.field in (Field.IL2_CYCLE_START, Field.IL2_DOSES) for fact in facts):
        return False
    statuses = {fact.value for fact in facts if fact.field is Field.THERAPY}
    if not statuses:
        return any(before(letter_span(letter), start) for start in starts)
    return statuses == {"planned"}


def _same_day(a: DateSpan, b: DateSpan) -> bool:
    return a.exact and b.exact and a.earliest == b.earliest


def _cycles(letters: Sequence[LetterRecord]) -> tuple[Cycle, ...]:
    starts: dict[int, list[DateSpan]] = defaultdict(list)
    doses: dict[int, list[Reading]] = defaultdict(list)
    for letter in letters:
        for fact in letter.facts:
            if not fact.item.isdigit():
                continue
            number = int(fact.item)
            span = dated(letter, fact) if fact.field is Field.IL2_CYCLE_START else None
            if span is not None:
                starts[number].append(span)
            elif fact.field is Field.IL2_DOSES:
                doses[number].append(reading(letter, fact))
    return tuple(
        _cycle(number, surviving(starts[number]), doses[number])
        for number in sorted({*starts, *doses})
    )


def _cycle(number: int, starts: Sequence[DateSpan], doses: Sequence[Reading]) -> Cycle:
    start = starts[0] if starts else None
    stated = doses[-1] if doses else None
    every = (*(start.sources if start else ()), *(s for r in doses for s in r.sources))
    return Cycle(number=number, start=start, doses=stated, sources=unique(every))


def _total(letters: Sequence[LetterRecord]) -> Reading | None:
    totals = [
        reading(letter, fact)
        for letter in letters
        for fact in letter.facts
        if fact.field is Field.IL2_DOSES and not fact.item
    ]
    return totals[-1] if totals else None
