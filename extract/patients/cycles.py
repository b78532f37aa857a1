"""Which cycles of interleukin-2 a letter tells of, where its facts settle it.

No fact of the contract ties a toxicity to a cycle, so the letter decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from extract.patients.observations import facts
from extract.patients.readings import letter_span, source_of
from extract.records import Cycle, CycleReading, DateSpan, Field, Interleukin, LetterRecord

#: A letter that names the start of one cycle and is dated within so many days of it is that
#: cycle's own: its discharge letter, or the clinic before the next.
_OWN_WITHIN: Final = 28


def during(
    letters: Sequence[LetterRecord], field: Field, il2: Interleukin
) -> Iterator[tuple[str, CycleReading]]:
    """Every statement of a field with its item, and the cycles that its letter tells of."""
    for letter, fact in facts(letters, field):
        yield (
            fact.item,
            CycleReading(
                value=fact.value,
                on=letter_span(letter),
                sources=(source_of(letter, fact),),
                cycles=cycles_of(letter, il2),
            ),
        )


def cycles_of(letter: LetterRecord, il2: Interleukin) -> tuple[int, ...]:
    """The cycles that a letter tells of: the only one that it can be about, or all it names.

    It can be about only one where that is the last begun by the letter's date, and either
    the first of all, or the only one whose start the letter names, within four weeks of
    that start. Else it is about every cycle it names, if several; else that is not plain.
    """
    sole = _sole(letter, il2)
    if sole is not None:
        return (sole,)
    named = _named(letter, Field.IL2_CYCLE_START, Field.IL2_DOSES)
    return tuple(sorted(named)) if len(named) > 1 else ()


def _sole(letter: LetterRecord, il2: Interleukin) -> int | None:
    on = letter_span(letter)
    begun = _begun(on, il2.cycles)
    if begun is None or begun.number == 1:
        return begun.number if begun else None
    if _named(letter, Field.IL2_CYCLE_START) != {begun.number} or not (begun.start and on):
        return None
    _, most = on.days_after(begun.start)
    return begun.number if most <= _OWN_WITHIN else None


def _begun(on: DateSpan | None, cycles: tuple[Cycle, ...]) -> Cycle | None:
    """The last cycle begun by a date; None where none was, or the dates leave it open."""
    if on is None or any(cycle.start is None for cycle in cycles):
        return cycles[0] if len(cycles) == 1 else None
    begun = None
    for cycle in cycles:
        if cycle.start is None or on.latest < cycle.start.earliest:
            break
        if on.earliest < cycle.start.latest:
            return None
        begun = cycle
    return begun


def _named(letter: LetterRecord, *fields: Field) -> set[int]:
    items = {fact.item for fact in letter.facts if fact.field in fields}
    return {int(item) for item in items if item.isdigit()}
