"""From a fact back to the original: its page, its place on it, and whether it was scanned."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from extract.letters.model import Letter, Place
from extract.records import Evidence, Fact, Field, Reason
from extract.records.vocabulary import DATE_FIELDS, QUANTITY_FIELDS

#: Fields whose values are held against thresholds: recognised text never settles one alone.
THRESHOLDS = (
    DATE_FIELDS
    | QUANTITY_FIELDS
    | {
        Field.CAIX,
        Field.HISTOLOGY,
        Field.HISTOLOGY_FEATURE,
        Field.HISTOLOGY_GROUP,
        Field.STRESS_ECHO,
        Field.RESPONSE_DATE,
        Field.DEATH,
    }
)


def placed(letter: Letter, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts with where they stand in the original.

    Those that a threshold may be held against and that were read from a recognised picture
    ask for review (``ocr_damage``).
    """
    if not letter.places and not letter.scanned:
        return tuple(facts)
    starts = [place.start for place in letter.places]
    return tuple(_placed(letter, starts, fact) for fact in facts)


def _placed(letter: Letter, starts: list[int], fact: Fact) -> Fact:
    evidence = fact.evidence
    found = places_of(letter, starts, evidence.start, evidence.end)
    changes: dict[str, object] = {"evidence": _located(evidence, found)}
    if fact.field in THRESHOLDS and letter.is_scanned(evidence.start, evidence.end):
        changes["review"] = True
        changes["reasons"] = tuple(dict.fromkeys((*fact.reasons, Reason.OCR)))
    return fact.model_copy(update=changes)


def places_of(letter: Letter, starts: list[int], start: int, end: int) -> list[Place]:
    """The places that hold any of ``text[start:end]``; ``starts`` are those of all places."""
    index = max(0, bisect_right(starts, start) - 1)
    found = []
    while index < len(letter.places) and letter.places[index].start < end:
        if letter.places[index].end > start:
            found.append(letter.places[index])
        index += 1
    return found


def _located(evidence: Evidence, places: list[Place]) -> Evidence:
    if not places:
        return evidence
    return evidence.model_copy(
        update={
            "page": next((place.page for place in places if place.page), None),
            "where": next((place.where for place in places if place.where), ""),
            "boxes": _boxes(places),
        }
    )


def _boxes(places: list[Place]) -> tuple[tuple[int, float, float, float, float], ...]:
    """One box a line, with its page."""
    boxes: list[tuple[int, float, float, float, float]] = []
    for place in places:
        if place.box is None or place.page is None:
            continue
        x0, top, x1, bottom = place.box
        if boxes:
            page, a, b, c, d = boxes[-1]
            if page == place.page and min(d, bottom) - max(b, top) > 0.5 * (bottom - top):
                boxes[-1] = (page, min(a, x0), min(b, top), max(c, x1), max(d, bottom))
                continue
        boxes.append((place.page, x0, top, x1, bottom))
    return tuple(boxes)
