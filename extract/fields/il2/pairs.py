"""Which day and which number of doses goes with which cycle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from extract.fields.cues import Cues
from extract.fields.il2.atoms import BESIDE
from extract.fields.il2.counts import Count
from extract.fields.il2.days import Day, Role, light
from extract.fields.il2.found import TOTAL
from extract.fields.il2.marks import CYCLES_IN_COURSE, Mark, Which, counted_on
from extract.language.trying import trial
from extract.values.rawdates import RELATIVE

#: How far from a cycle a day may stand that belongs to it, in characters.
_REACH = 60
#: How far apart cycles may be named that are one course: "cycles 3 and 4".
_JOINED = 6

#: "From 15 March, 9 and 6 doses" dates the treatment, "began on 15 March" its first cycle.
_BEGAN = trial(r"\b(?:beg[au]n|beginning|start(?:ed|ing)?)\b[^.;,]{0,40}$", re.IGNORECASE)

Thing = TypeVar("Thing", Day, Count)


@dataclass(frozen=True, slots=True)
class Pair:
    """A cycle with a day or a number of doses, or both; cycle 0 is a total."""

    cycle: int
    day: Day | None = None
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A cycle that a sentence names, counted on over courses."""

    mark: Mark
    cycle: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What the letter has told before a sentence.

    ``known`` is the cycle last spoken of, or the admission's own, 0 without one; ``base``
    the cycles of the courses before the one spoken of; ``opened`` that the course is named
    just before, so that what comes first is its first cycle's.
    """

    known: int = 0
    base: int = 0
    opened: bool = False


def beside(
    named: Sequence[Named], days: Sequence[Day], counts: Sequence[Count], ground: Ground,
    text: str, cues: Cues,
) -> list[Pair]:  # fmt: skip
    """Days and counts given to the cycles that a sentence names, counts to those begun.

    Of each kind, as many as there are cycles go with them in order; otherwise each goes
    with the cycle next to it.
    """
    days, counts = list(days), list(counts)
    found = _before_the_only(named, days, counts, ground, text, cues)
    for day, index in _of_days(named, days):
        loose = _loose(named[index].mark, day, counts, text, cues)
        if not loose or (day.first_dose and named[index].cycle == 1):
            found.append(Pair(named[index].cycle, day))
    given = [one for one in named if not one.mark.planned]
    if len(counts) > len(given) and counts[-1].chained and counts[-1].end <= given[0].mark.start:
        first = counted_on(1, 1 + (given[0].cycle - 1) // CYCLES_IN_COURSE)
        found += [Pair(first + i, count=count) for i, count in enumerate(counts)]
    else:
        found += [Pair(given[i].cycle, count=count) for count, i in _matched(given, counts)]
    return _once(found)


def _before_the_only(
    named: Sequence[Named], days: list[Day], counts: list[Count], ground: Ground,
    text: str, cues: Cues,
) -> list[Pair]:  # fmt: skip
    """What stands before the only cycle named, and is of another; taken off the lists.

    "12 doses; for the second cycle ... nine", "8 of 14 doses (cycle 1: 11)".
    """
    mark, cycle = named[0].mark, named[0].cycle
    other = ground.known if ground.known and ground.known != cycle else cycle - 1
    if len(named) != 1 or mark.which is not Which.NUMBERED or other < 1 or mark.planned:
        return []

    def apart(thing: Day | Count) -> bool:
        between = text[thing.end : mark.start]
        return thing.end <= mark.start and bool(cues["apart"].search(between))

    def far(thing: Day | Count) -> bool:
        return thing.end <= mark.start and mark.start - thing.end > _REACH

    found: list[Pair] = []
    first = counts[0] if counts else None
    two = first is not None and len(counts) == 2 and (apart(first) or far(first))
    two = two or (len(counts) == 2 and counts[1].end <= mark.start)
    one = first is not None and len(counts) == 1 and apart(first) and first.end < mark.start - 12
    if two or one:
        found.append(Pair(other, count=counts.pop(0)))
    if len(days) == 2 and (apart(days[0]) or far(days[0])):
        found.append(Pair(other, days.pop(0)))
    return found


def _loose(mark: Mark, day: Day, counts: Sequence[Count], text: str, cues: Cues) -> bool:
    """Whether a day stands too far from a cycle, or is too vague, to be its first."""
    gap = text[mark.end : day.start] if mark.end <= day.start else text[day.end : mark.start]
    if day.end <= mark.start:
        between = any(day.end <= c.start < mark.start for c in counts)
        if between or len(gap) > _REACH:
            return True
    if day.raw is None or day.raw.day is not None or day.raw.kind in RELATIVE:
        return False
    return len(gap) > BESIDE or bool(re.search(r"[()]", gap)) or not light(gap, cues)


def _matched(named: Sequence[Named], things: Sequence[Thing]) -> list[tuple[Thing, int]]:
    """Each thing with the index of its cycle."""
    if len(things) == len(named):
        return list(zip(things, range(len(named)), strict=True))
    starts = [one.mark.start for one in named]
    leads = bool(things) and things[0].start < starts[0]
    found = []
    for thing in things:
        before = [i for i, start in enumerate(starts) if start <= thing.start]
        after = [i for i, start in enumerate(starts) if start > thing.start]
        found.append((thing, after[0] if after and (leads or not before) else before[-1]))
    return found


def _of_days(named: Sequence[Named], days: Sequence[Day]) -> list[tuple[Day, int]]:
    """Each day with the index of its cycle; one day behind a course is its first cycle's."""
    first = len(named) - 1
    if len(days) != 1 or not named or days[0].start < named[first].mark.start:
        return _matched(named, days)
    while first and _follow(named[first - 1], named[first]):
        first -= 1
    return [(days[0], first)]  # "cycles 3 and 4, from 14 January"


def _follow(one: Named, other: Named) -> bool:
    """Whether two cycles are named as one course."""
    near = other.mark.start - one.mark.end <= _JOINED
    return near and other.cycle == one.cycle + 1


def _once(pairs: Iterable[Pair]) -> list[Pair]:
    """The first day and the first count of each cycle."""
    seen: set[tuple[int, bool]] = set()
    kept = []
    for pair in pairs:
        key = (pair.cycle, pair.day is not None)
        if key not in seen:
            seen.add(key)
            kept.append(pair)
    return kept


def in_order(
    days: Sequence[Day], counts: Sequence[Count], ground: Ground, text: str, cues: Cues
) -> list[Pair]:
    """Days and counts of a sentence that names no cycle: several are numbered as they come."""
    if max(len(days), len(counts)) > 1:
        return _numbered(days, counts, ground, text, cues)
    day = days[0] if days else None
    count = counts[0] if counts else None
    cycle = ground.known
    found = []
    if day is not None:
        of_cycle = count is not None and count.out_of and day.role is not Role.ADMITTED
        if not cycle and (day.first_dose or of_cycle or ground.opened):
            cycle = ground.base + 1
        if cycle:
            found.append(Pair(cycle, day))
    if count is not None and cycle:
        found.append(Pair(cycle, count=count))
    elif count is not None:
        placed = ground.base + 1 if count.out_of else TOTAL
        found.append(Pair(placed, count=replace(count, unplaced=True)))
    return found


def _numbered(
    days: Sequence[Day], counts: Sequence[Count], ground: Ground, text: str, cues: Cues
) -> list[Pair]:
    base = ground.base
    if not counts:
        if not _are_cycles(days, text, cues):
            return []
        return [Pair(base + i, day) for i, day in enumerate(days, 1)]
    if len(days) == 1:
        leads = ground.opened or bool(_BEGAN.search(text[: days[0].start]))
        days = [d for d in days if d.first_dose or (leads and d.end <= counts[0].start)]
    elif len(days) != len(counts):
        days = []
    found = [Pair(base + i, day) for i, day in enumerate(days, 1)]
    return found + [Pair(base + i, count=count) for i, count in enumerate(counts, 1)]


def _are_cycles(days: Sequence[Day], text: str, cues: Cues) -> bool:
    """Whether several days are a cycle each, and not the ends of one treatment."""
    gaps = [text[a.end : b.start] for a, b in pairwise(days)]
    listed = all(cues["list_gap"].search(gap) for gap in gaps)
    return listed or bool(cues["all_cycles"].search(text))


def each_cycle(
    named: Sequence[Named], counts: Sequence[Count], base: int, text: str, cues: Cues
) -> list[Pair]:
    """The count of "two cycles, 12 doses each" for every cycle; none where it is not so."""
    if len(counts) != 1 or not cues["each"].match(text[counts[0].end :]):
        return []
    cycles = [one.cycle for one in named]
    if len(cycles) < 2:
        said = cues["all_cycles"].search(text)
        four = said is not None and re.search(r"\b(?:four|4)\b|courses", said.group())
        cycles = [base + i for i in range(1, 5 if four else 3)]
    return [Pair(cycle, count=counts[0]) for cycle in cycles]
