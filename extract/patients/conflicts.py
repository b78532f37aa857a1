"""Statements that cannot all be true, kept side by side with the reason for the choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from extract.records import Assessment, Conflict, DateSpan, Episode, Field, Interleukin, Reading
from extract.values.quantities import APPROXIMATE_BY, Quantity

_BOTH_STAND = "no letter outranks another: every reading is kept and must agree to decide"
_LATEST = "the newest letter is preferred"


def conflicts(
    episodes: Sequence[Episode],
    il2: Interleukin,
    readings: Sequence[tuple[Field, Sequence[Reading]]],
) -> tuple[Conflict, ...]:
    """Every conflict of one patient, therapy first, then the fields given."""
    found = [*_therapy(episodes), *_dates("first dose of interleukin-2", il2.first_doses)]
    for field, values in readings:
        found.extend(_same_letter(field, values))
    return tuple(found)


def _therapy(episodes: Sequence[Episode]) -> Iterator[Conflict]:
    for episode in episodes:
        if episode.agent != "aldesleukin":
            yield from _dates(f"first dose of {episode.key}", episode.starts)
            yield from _dates(f"last dose of {episode.key}", episode.ends)
        yield from _responses(episode)
        if len(episode.end_reasons) > 1:
            values = [reason.value for reason in episode.end_reasons]
            preferred = "progression" if "progression" in values else " and ".join(values)
            why = (
                "a stated progression counts whatever else is given"
                if preferred == "progression"
                else "two reasons may both be true"
            )
            yield Conflict(
                about=f"why {episode.key} ended",
                readings=episode.end_reasons,
                chosen=preferred,
                why=why,
            )


def _responses(episode: Episode) -> Iterator[Conflict]:
    """One scan that two letters grade differently: the exact date outranks the partial one."""
    for closer in episode.responses:
        for other in episode.responses:
            if outranks(closer, other):
                yield Conflict(
                    about=f"response to {episode.key}",
                    readings=tuple(
                        Reading(value=item.category, on=item.on, sources=item.sources)
                        for item in (closer, other)
                    ),
                    chosen=closer.category,
                    why="an exact date outranks a compatible partial one",
                )


def outranks(closer: Assessment, other: Assessment) -> bool:
    """Whether two assessments are one scan of which ``closer`` has the better date.

    They are where different letters give it different categories, one with an exact date,
    the other with a partial date that allows it.
    """
    if closer.category == other.category or closer.on is None or other.on is None:
        return False
    if not closer.on.exact or other.on.exact or not closer.on.compatible(other.on):
        return False
    letters = {source.letter_id for source in other.sources}
    return letters.isdisjoint(source.letter_id for source in closer.sources)


def _dates(about: str, spans: Sequence[DateSpan]) -> Iterator[Conflict]:
    if len(spans) > 1:
        yield Conflict(
            about=about,
            readings=tuple(Reading(value=s.edtf, on=s, sources=s.sources) for s in spans),
            chosen="/".join(s.edtf for s in spans),
            why=_BOTH_STAND,
        )


def _same_letter(field: Field, values: Sequence[Reading]) -> Iterator[Conflict]:
    """Different values on one day; over time a value may change without a conflict."""
    days: dict[str, list[Reading]] = {}
    for value in values:
        days.setdefault(value.on.edtf if value.on else "", []).append(value)
    for group in days.values():
        if len({value.value for value in group}) > 1:
            yield Conflict(about=field.value, readings=tuple(group), chosen="", why=_BOTH_STAND)


def proportions(field: Field, values: Sequence[Reading]) -> Iterator[Conflict]:
    """Percentages of one tissue that cannot all be true.

    A wider number allows a closer one, and a word allows any number that it does not deny:
    ``positive`` beside ``>85`` is no conflict. None is chosen: all must agree to decide.
    """
    told = list(dict.fromkeys(value.value for value in values))
    if any(not _together(a, b) for a, b in combinations(told, 2)):
        yield Conflict(
            about=field.value, readings=tuple(values), chosen="/".join(told), why=_BOTH_STAND
        )


def _together(a: str, b: str) -> bool:
    """Whether some one number is allowed by both of two statements of a percentage."""
    first, second = _allowed(a), _allowed(b)
    if first is None or second is None:
        return a == b
    low, high = max(first.low, second.low), min(first.high, second.high)
    if low != high:
        return low < high
    return not any(
        (q.low_open and q.low == low) or (q.high_open and q.high == high) for q in (first, second)
    )


def _allowed(value: str) -> Quantity | None:
    """The numbers that a statement allows; None for words of another kind."""
    words = {"positive": ">0", "negative": "0"}
    try:
        found = Quantity.parse(words.get(value, value))
    except ValueError:
        return None
    margin = APPROXIMATE_BY if found.approximate else 0.0
    return Quantity(found.low - margin, found.high + margin, found.low_open, found.high_open)


def changed(field: Field, values: Sequence[Reading]) -> Iterator[Conflict]:
    """A value that should not change over time (tissue) but differs between letters."""
    if len({value.value for value in values}) > 1:
        yield Conflict(
            about=field.value, readings=tuple(values), chosen=values[-1].value, why=_LATEST
        )
