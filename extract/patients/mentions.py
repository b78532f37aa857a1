"""What one letter says of one agent: the raw material of an episode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.patients.readings import dated, letter_span, reading, source_of, surviving, unique
from extract.records import Assessment, DateSpan, Fact, Field, LetterRecord, Reading, Source

INTERLEUKIN = "aldesleukin"

_ITEM = re.compile(r"(.*?)(?:#(\d+))?")
_ABOUT_AGENTS = frozenset(
    {
        Field.THERAPY,
        Field.THERAPY_START,
        Field.THERAPY_END,
        Field.THERAPY_END_REASON,
        Field.THERAPY_LINE,
        Field.RESPONSE,
        Field.RESPONSE_DATE,
    }
)


@dataclass(slots=True)
class Mention:
    """One agent in one letter. ``course`` is 0 where the letter numbers no courses.

    ``after_il2``: the letter says that interleukin-2 is over and this drug being taken.
    """

    agent: str
    course: int
    letter_id: str
    on: DateSpan | None
    statuses: set[str] = field(default_factory=set)
    starts: list[DateSpan] = field(default_factory=list)
    ends: list[DateSpan] = field(default_factory=list)
    reasons: list[Reading] = field(default_factory=list)
    lines: list[Reading] = field(default_factory=list)
    responses: list[Assessment] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    after_il2: bool = False

    @property
    def planned(self) -> bool:
        """Whether the letter only plans the agent."""
        return self.statuses == {"planned"}

    @property
    def start(self) -> DateSpan | None:
        """The first dose of this letter, the closest reading where it gives several."""
        return surviving(self.starts)[0] if self.starts and not self.planned else None

    @property
    def end(self) -> DateSpan | None:
        """The last dose of this letter, the latest where it gives several."""
        return surviving(self.ends)[-1] if self.ends else None


def mentions(letters: Sequence[LetterRecord]) -> list[Mention]:
    """Every agent of every letter, letters in the order given, agents by first fact."""
    return [mention for letter in letters for mention in _of_letter(letter)]


def split_item(item: str) -> tuple[str, int]:
    """``sunitinib#2`` is sunitinib, course 2; without a number the course is 0."""
    found = _ITEM.fullmatch(item)
    if found is None:
        return item, 0
    return found[1], int(found[2] or 0)


def _of_letter(letter: LetterRecord) -> Iterator[Mention]:
    facts = [fact for fact in letter.facts if fact.field in _ABOUT_AGENTS and fact.item]
    numbered = {split_item(fact.item)[0] for fact in facts if "#" in fact.item}
    found: dict[tuple[str, int], Mention] = {}
    for fact in facts:
        agent, course = split_item(fact.item)
        if agent == INTERLEUKIN:
            course = 0
        elif course == 0 and agent in numbered:
            course = 1
        mention = found.get((agent, course))
        if mention is None:
            mention = Mention(agent, course, letter.letter_id, letter_span(letter))
            found[agent, course] = mention
        _take(mention, letter, fact)
    over = any(
        fact.item == INTERLEUKIN and fact.field is Field.THERAPY and fact.value == "given"
        for fact in facts
    )
    for mention in found.values():
        mention.after_il2 = over and "current" in mention.statuses
        mention.responses = assessments(mention.responses)
        yield mention


def _take(mention: Mention, letter: LetterRecord, fact: Fact) -> None:
    mention.sources.append(source_of(letter, fact))
    span = dated(letter, fact)
    match fact.field:
        case Field.THERAPY:
            mention.statuses.add(fact.value)
        case Field.THERAPY_START if span is not None:
            mention.starts.append(span)
        case Field.THERAPY_END if span is not None:
            mention.ends.append(span)
        case Field.THERAPY_END_REASON:
            mention.reasons.append(reading(letter, fact))
        case Field.THERAPY_LINE:
            mention.lines.append(reading(letter, fact))
        case Field.RESPONSE | Field.RESPONSE_DATE:
            mention.responses.append(assessment(letter, fact))
        case _:
            pass


def assessment(letter: LetterRecord, fact: Fact) -> Assessment:
    """A ``response`` or ``response_date`` fact as one assessment."""
    is_dated = fact.field is Field.RESPONSE_DATE
    return Assessment(
        category=fact.value.partition("=")[0].upper(),
        agent=split_item(fact.item)[0],
        on=dated(letter, fact) if is_dated else None,
        reported=letter_span(letter),
        sources=(source_of(letter, fact),),
    )


def assessments(found: Sequence[Assessment]) -> list[Assessment]:
    """One row per assessment: an undated category folds into its dated ones.

    Works within a letter and over letters. Of two dates for one category that may be
    the same scan the closer is kept; others stay assessments of their own.
    """
    groups: dict[tuple[str, str], list[Assessment]] = {}
    for item in found:
        groups.setdefault((item.agent, item.category), []).append(item)
    merged: list[Assessment] = []
    for (agent, category), items in groups.items():
        spans = [item.on for item in items if item.on is not None]
        reports = sorted(
            (item.reported for item in items if item.reported is not None),
            key=lambda span: (span.earliest, span.latest),
        )
        first = reports[0] if reports else None
        sources = unique(source for item in items for source in item.sources)
        if not spans:
            merged.append(
                Assessment(category=category, agent=agent, reported=first, sources=sources)
            )
            continue
        merged.extend(
            Assessment(
                category=category,
                agent=agent,
                on=span,
                reported=_reported(span, reports),
                sources=unique((*span.sources, *_undated(items))),
            )
            for span in surviving(spans)
        )
    return sorted(merged, key=_by_time)


def _undated(items: Sequence[Assessment]) -> Iterator[Source]:
    for item in items:
        if item.on is None:
            yield from item.sources


def _reported(span: DateSpan, reports: Sequence[DateSpan]) -> DateSpan | None:
    """The first letter that can have told of a scan."""
    return next((letter for letter in reports if letter.latest >= span.earliest), None)


def _by_time(item: Assessment) -> tuple[str, str, str]:
    span = item.on or item.reported
    day = span.earliest.isoformat() if span else "9999"
    return day, item.category, item.agent
