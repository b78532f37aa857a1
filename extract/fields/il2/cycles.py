"""Cycles of interleukin-2 told in sentences: when each began and how many doses were given.

A sentence gives cycles ("the second"), days and counts of doses in some order. Those of
one kind go with those of another one to one where there are as many of each, else each
with the cycle next to it. Without a cycle, several are numbered as they come, and one
belongs to the cycle last spoken of or, in a letter about an admission, to its cycle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.fields.il2.counts import Count, Sure, find_counts
from extract.fields.il2.days import Day, Role, find_days, light, resolve, to_come
from extract.fields.il2.marks import (
    CYCLES_IN_COURSE,
    Mark,
    Which,
    counted_on,
    find_courses,
    find_marks,
)
from extract.fields.il2.topic import Drug, Topic
from extract.fields.view import View
from extract.language.reading import Sentence, Unit, UnitKind
from extract.records import Reason
from extract.values.dates import EdtfDate, Precision
from extract.values.rawdates import RELATIVE

#: How far from a cycle a date may stand that belongs to it, in characters.
_REACH = 60
#: The same of a bare number of doses.
_BESIDE = 24
#: Longest line that is a title and no sentence.
_TITLE = 45
#: Item of a number of doses over several cycles.
TOTAL = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a place says of a cycle: its start (``date``) or its number of doses.

    ``cycle`` is 0 for a total; ``weight`` says how plainly it is meant, so that a stated
    first dose outweighs the day of admission.
    """

    cycle: int
    start: int
    end: int
    weight: int
    date: EdtfDate | None = None
    doses: int = 0
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class State:
    """What the letter has told so far."""

    default: int = 0  # the admission's own cycle
    course: int = 1  # the admission's own course
    latest: int = 0  # the latest cycle named
    carry: int = 0  # the cycle last spoken of in this paragraph
    spoken: int = 1  # the course last spoken of in this paragraph
    starts: dict[int, EdtfDate] = field(default_factory=dict)


class Cycles:
    """Reads the sentences of one letter."""

    def __init__(self, view: View, topic: Topic) -> None:
        self.view = view
        self.topic = topic
        self.cues = topic.cues
        self.state = State()
        self._marks: dict[int, list[Mark]] = {}
        self._heading: int | None = None
        self._block = 0  # the cycle whose lines of a form these are
        self.only_first = False  # no cycle is named but the first
        self._titled = 0  # the course that a line of its own names
        self._open()

    def read(self, skip: frozenset[int] = frozenset()) -> Iterator[Found]:
        """Everything sentences say, in order; units in ``skip`` were read as tables."""
        unit: Unit | None = None
        for sentence in self.view.sentences:
            if unit is None or sentence.unit.index != unit.index:
                unit = sentence.unit
                self._enter(unit)
            if unit.index not in skip:
                yield from self._sentence(sentence)

    # -- the letter -----------------------------------------------------------------

    def marks(self, sentence: Sentence) -> list[Mark]:
        """The cycles of interleukin-2 that a sentence names."""
        held = self._marks.get(sentence.index)
        if held is None:
            text = sentence.text
            found = find_marks(text, self.cues)
            held = [m for m in found if self._speaks(sentence, m.start)]
            held = [m for m in held if not self.topic.others.at(sentence, m.start)]
            held = [replace(m, planned=self._planned(sentence, m.start, m.end)) for m in held]
            self._marks[sentence.index] = held
        return held

    def _speaks(self, sentence: Sentence, place: int) -> bool:
        """Whether ``place`` may speak of interleukin-2: no other drug that comes in doses.

        A tablet named in the sentence before leaves "first dose" and "doses" to
        interleukin-2.
        """
        drug = self.topic.at(sentence, place)
        if drug is Drug.TABLET:
            doses = self.cues["doses"].search(sentence.text)
            return self.topic.treated and bool(doses) and not sentence.of("AGENT")
        return drug is not Drug.OTHER

    def _open(self) -> None:
        """The cycle and course of the admission that the letter is about."""
        if not self.topic.admission:
            named = [m for s in self.view.sentences for m in self.marks(s)]
            numbers = {m.number for m in named if m.number and not m.planned and not m.course}
            self.only_first = numbers == {1}
            return
        for sentence in self.view.sentences:
            if self.topic.at(sentence, 0) is Drug.OTHER or sentence.unit.section == "plan":
                continue
            courses = find_courses(sentence.text, self.cues)
            marks = [m for m in self.marks(sentence) if m.number and not m.planned]
            if courses and self.state.course == 1 and not self.state.default:
                self.state.course = courses[0].number
            if marks:
                self.state.default = marks[0].cycle(self.state.course)
                return
        self.state.default = counted_on(1, self.state.course)

    def _enter(self, unit: Unit) -> None:
        """A new paragraph goes on with the cycle of the heading or item above it."""
        state = self.state
        if unit.heading != self._heading:
            self._heading, self._titled = unit.heading, 0
        if unit.kind is UnitKind.PROSE and unit.end - unit.start > _TITLE:
            self._block = 0
        state.carry, state.spoken = self._block, self._titled or state.course
        if unit.marker.lower().startswith("course") and unit.number:
            state.spoken = unit.number
        elif unit.marker.startswith("#") and unit.number:
            state.carry = counted_on(unit.number, state.spoken)
        for above in self.view.reading.path(unit):
            if above.marker.lower().startswith("course") and above.number:
                state.spoken = above.number
            sentences = self.view.reading.sentences_of(above)
            for sentence in sentences:
                for course in find_courses(sentence.text, self.cues):
                    state.spoken = course.number
            numbers = {m.number for s in sentences for m in self.marks(s) if m.number}
            if len(numbers) == 1 and not state.carry:  # the nearest heading that names one
                state.carry = counted_on(numbers.pop(), state.spoken)

    def _planned(self, sentence: Sentence, start: int, end: int) -> bool:
        text = sentence.text
        if self.cues["cancelled_after"].match(text[end:]):
            return True
        if self.cues["planned_next"].match(text[end:]):
            return True
        before = text[max(0, start - 60) : start]
        if self.cues["date_past"].search(text[: end + 60]):
            return False
        section = sentence.unit.section == "plan"
        return section or bool(self.cues["date_plan"].search(before))

    # -- a sentence -------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> Iterator[Found]:
        text = sentence.text
        marks = self.marks(sentence)
        courses = find_courses(text, self.cues)
        counts = self._counts(sentence, marks)
        days = self._days(sentence, marks, counts)
        self._note_block(sentence, marks)
        if not (marks or counts or days):
            if courses and self.topic.at(sentence, courses[-1].start) is Drug.IL2:
                self.state.spoken = courses[-1].number
                if len(text) <= _TITLE:
                    self._titled = courses[-1].number
            return
        begins = [c.start for c in courses]
        if begins and not any(m.start < begins[0] for m in marks):
            begins[0] = 0
        stops = [*begins, len(text) + 1]
        yield from self._segment(sentence, marks, days, counts, 0, stops[0])
        for course, begin, stop in zip(courses, begins, stops[1:], strict=True):
            self.state.spoken = course.number
            yield from self._segment(sentence, marks, days, counts, begin, stop)

    def _note_block(self, sentence: Sentence, marks: Sequence[Mark]) -> None:
        """A short line that names one cycle heads the lines of a form below it."""
        if len(sentence.text) > _TITLE or sentence.unit.section == "plan":
            return
        numbers = {m.cycle(self.state.spoken) for m in marks if m.number and not m.planned}
        courses = find_courses(sentence.text, self.cues)
        if len(numbers) == 1 and not (courses and not marks[0].course):
            self._block = numbers.pop()
        elif len(numbers) == 1:
            self._block = marks[0].cycle(courses[0].number)

    def _counts(self, sentence: Sentence, marks: Sequence[Mark]) -> list[Count]:
        view, text = self.view, sentence.text
        spans = [(d.start, d.end) for d in view.dates_in(sentence.start, sentence.end)]
        spans += [(d.start, d.end) for d in view.durations_in(sentence.start, sentence.end)]
        taken = [(sentence.folded(a), sentence.folded(b - 1) + 1) for a, b in spans]
        taken += [(m.start, m.end) for m in marks]
        told = bool(marks) or (self.topic.admission and sentence.unit.kind is not UnitKind.PROSE)
        told = told or (self.topic.names(sentence) and "/14" in text)
        counts = find_counts(text, self.cues, taken, told=told)
        return [c for c in counts if self._ours(sentence, c, bool(marks))]

    def _ours(self, sentence: Sentence, count: Count, marked: bool) -> bool:
        """Whether the doses are interleukin-2's, and were given."""
        if self.topic.others.at(sentence, count.start) or self._supportive(sentence, count):
            return False
        drug = self.topic.at(sentence, count.start)
        if not self._speaks(sentence, count.start):
            return False
        if count.sure is Sure.WEAK and not self._next_to(sentence, count):
            return self._listed(sentence, count)
        if drug is not Drug.IL2 and (count.sure is not Sure.NOUN or not self.topic.treated):
            return count.sure > Sure.WEAK and marked and self.topic.treated
        return not self._to_be_given(sentence, count)

    def _supportive(self, sentence: Sentence, count: Count) -> bool:
        """Whether another medicine stands between interleukin-2 and the doses."""
        places = [p for p in self.topic.places(sentence) if p < count.start]
        places += [m.end for m in self.marks(sentence) if m.end <= count.start]
        between = sentence.text[max(places, default=0) : count.start]
        near = between[-45:] if not count.out_of else ""
        return bool(self.cues["supportive"].search(near))

    def _next_to(self, sentence: Sentence, count: Count) -> bool:
        """Whether a bare number stands beside the name of a cycle: "cycle 1: 12"."""
        text = sentence.text
        for mark in self.marks(sentence):
            between = (
                text[mark.end : count.start]
                if mark.end <= count.start
                else text[count.end : mark.start]
            )
            if len(between) <= _BESIDE and light(between, self.cues):
                return True
        return False

    def _listed(self, sentence: Sentence, count: Count) -> bool:
        """A bare number in brackets behind a date: "10 August 2009 (10)"."""
        text = sentence.text
        if text[: count.start].rstrip()[-1:] != "(" or text[count.end : count.end + 1] != ")":
            return False
        ends = {sentence.folded(d.end - 1) + 1 for d in self._dates(sentence)}
        opened = len(text[: count.start].rstrip().rstrip("(").rstrip())
        return opened in ends and self.topic.at(sentence, count.start) is Drug.IL2

    def _dates(self, sentence: Sentence) -> Iterable:  # type: ignore[type-arg]
        return self.view.dates_in(sentence.start, sentence.end)

    def _to_be_given(self, sentence: Sentence, count: Count) -> bool:
        """Whether the doses are a plan: what was done may be told in the same sentence."""
        text = sentence.text
        before = text[max(0, count.start - 60) : count.start]
        plan = [
            match
            for match in self.cues["date_plan"].finditer(before)
            if not re.search(r"\bof (?:an? |the |his |her )*$", before[: match.start()])
        ]
        if self.cues["told_given"].match(text, count.end) or count.out_of:
            return False
        if plan:
            return not self.cues["date_past"].search(before[plan[-1].end() :])
        if self.cues["date_past"].search(text):
            return False
        return sentence.unit.section == "plan" and not self.topic.admission

    def _days(
        self, sentence: Sentence, marks: Sequence[Mark], counts: Sequence[Count]
    ) -> list[Day]:
        text = sentence.text
        anchors = [(m.start, m.end) for m in marks] + [(c.start, c.end) for c in counts]
        anchors += [m.span() for m in self.cues["all_cycles"].finditer(text)]
        anchors += [(c.start, c.end) for c in find_courses(text, self.cues)]
        named = [
            (sentence.folded(m.start), sentence.folded(m.end - 1) + 1)
            for m in sentence.of("AGENT")
            if sentence.folded(m.start) in self.topic.places(sentence)
        ]
        days = find_days(self.view, sentence, anchors + named, self.cues)
        return [d for d in days if self._begins_cycle(sentence, d, bool(anchors or named))]

    def _begins_cycle(self, sentence: Sentence, day: Day, told: bool) -> bool:
        if self.topic.others.at(sentence, day.start):
            return False
        drug = self.topic.at(sentence, day.start)
        if not self._speaks(sentence, day.start):
            return False
        if drug is not Drug.IL2 and not (self.topic.treated and told):
            return False
        subject = told or day.first_dose or bool(self.cues["subject"].search(sentence.text))
        listed = bool(self.state.carry) and sentence.unit.kind is not UnitKind.PROSE
        opens = self.topic.admission and bool(self.cues["opens_start"].match(sentence.text))
        return subject or listed or opens or day.role is Role.ADMITTED

    # -- pairing ------------------------------------------------------------------------

    def _segment(
        self,
        sentence: Sentence,
        marks: Sequence[Mark],
        days: Sequence[Day],
        counts: Sequence[Count],
        start: int,
        stop: int,
    ) -> Iterator[Found]:
        """What stands between two courses named in a sentence."""
        here = [m for m in marks if start <= m.start < stop]
        when = [d for d in days if start <= d.start < stop]
        many = [c for c in counts if start <= c.start < stop]
        if any(d.role > Role.ADMITTED for d in when):
            when = [d for d in when if d.role > Role.ADMITTED]
        totals = [c for c in many if c.total]
        many = [c for c in many if not c.total]
        cycles = self._cycles(here)
        every = self._every(sentence, [c for _, c in cycles], many)
        if every:
            yield from (self._doses(sentence, cycle, many[0]) for cycle in every)
            many = []
        given = [pair for pair in cycles if not pair[0].planned]
        if given:
            pairs = self._beside(cycles, given, when, many, sentence.text)
            self.state.carry = given[-1][1]
        else:
            pairs = self._in_order(when if not cycles else (), many, sentence)
        before: EdtfDate | None = None
        for cycle, day, count in sorted(pairs, key=lambda pair: pair[0]):
            if day is not None:
                made = self._start(sentence, cycle, day, before, when)
                if made is not None and made.date is not None:
                    before = made.date
                    self.state.starts[cycle] = made.date
                    yield made
            if count is not None:
                yield self._doses(sentence, cycle, count)
            self.state.carry = cycle or self.state.carry
            self.state.latest = max(self.state.latest, cycle)
        for count in totals:
            yield from self._total(sentence, count)

    def _every(
        self, sentence: Sentence, cycles: Sequence[int], counts: Sequence[Count]
    ) -> Sequence[int]:
        """The cycles of "two cycles, 12 doses each", none where it is not said of each."""
        if len(counts) != 1 or not self.cues["each"].match(sentence.text[counts[0].end :]):
            return ()
        if len(cycles) > 1:
            return cycles
        said = self.cues["all_cycles"].search(sentence.text)
        four = said is not None and re.search(r"\b(?:four|4)\b|courses", said.group())
        base = (self.state.spoken - 1) * CYCLES_IN_COURSE
        return [base + i for i in range(1, 5 if four else 3)]

    def _cycles(self, marks: Sequence[Mark]) -> list[tuple[Mark, int]]:
        """The cycles named, each once, counted on over courses."""
        found: list[tuple[Mark, int]] = []
        for mark in marks:
            if mark.which is Which.THIS:
                cycle = max(self.state.latest, self.state.default)
            elif mark.which is Which.PREVIOUS:
                cycle = max(self.state.latest, self.state.default) - 1
            else:
                cycle = mark.cycle(self.state.spoken)
            if cycle < 1 or (
                mark.which is not Which.NUMBERED
                and len(marks) > 1
                and cycle in [c for _, c in found]
            ):
                continue
            if found and found[-1][1] == cycle:
                continue
            found.append((mark, cycle))
            if not mark.planned and mark.which is Which.NUMBERED:
                self.state.latest = max(self.state.latest, cycle)
        numbered = [pair for pair in found if pair[0].which is Which.NUMBERED]
        return numbered if len(numbered) > 1 else found

    def _in_order(
        self, days: Sequence[Day], counts: Sequence[Count], sentence: Sentence
    ) -> list[tuple[int, Day | None, Count | None]]:
        """Days and counts of a sentence that names no cycle."""
        most = max(len(days), len(counts))
        base = (self.state.spoken - 1) * CYCLES_IN_COURSE
        if most > 1:
            if len(days) == 1:
                days = [d for d in days if d.first_dose]
            elif counts and len(days) != len(counts):
                days = []
            elif not counts and not self._are_cycles(sentence, days):
                return []
            filled = [(d, None) for d in days] if not counts else None
            rows: list[tuple[Day | None, Count | None]] = list(filled or [])
            if not rows:
                rows = [(days[i] if i < len(days) else None, c) for i, c in enumerate(counts)]
            return [(base + i, d, c) for i, (d, c) in enumerate(rows, 1)]
        known = self.state.carry or self.state.default
        if not known and self.only_first and all(d.role is Role.BEGAN for d in days):
            known = base + 1
        day, count = (days or [None])[0], (counts or [None])[0]
        placed = self._one_day(day, known, base, count)
        known = placed[0][0] if placed else known
        return [*placed, *self._one_count(count, known, base)]

    def _are_cycles(self, sentence: Sentence, days: Sequence[Day]) -> bool:
        """Whether several days are a cycle each, and not the ends of one treatment."""
        text = sentence.text
        gaps = [text[a.end : b.start] for a, b in zip(days, days[1:], strict=False)]
        listed = all(self.cues["list_gap"].search(gap) for gap in gaps)
        return listed or bool(self.cues["all_cycles"].search(text))

    def _one_day(
        self, day: Day | None, known: int, base: int, count: Count | None
    ) -> list[tuple[int, Day | None, Count | None]]:
        if day is None:
            return []
        if known:
            return [(known, day, None)]
        beside = count is not None and count.out_of and day.role is not Role.ADMITTED
        return [(base + 1, day, None)] if day.first_dose or beside else []

    def _one_count(
        self, count: Count | None, known: int, base: int
    ) -> list[tuple[int, Day | None, Count | None]]:
        if count is None:
            return []
        if known:
            return [(known, None, count)]
        return [(base + 1 if count.out_of else TOTAL, None, replace(count, chained=True))]

    # -- beside the cycles named ------------------------------------------------------

    def _beside(
        self,
        cycles: Sequence[tuple[Mark, int]],
        given: Sequence[tuple[Mark, int]],
        days: Sequence[Day],
        counts: Sequence[Count],
        text: str,
    ) -> list[tuple[int, Day | None, Count | None]]:
        """Days given to the cycles that a sentence names, counts to those begun."""
        found: list[tuple[int, Day | None, Count | None]] = []
        marks = [mark for mark, _ in cycles]
        days, counts = list(days), list(counts)
        if len(marks) == 1:
            found += self._other_cycle(cycles[0], days, counts, text)
        for day, index in _matched(marks, days):
            mark = marks[index]
            apart = mark.start - day.end if day.end <= mark.start else 0
            between = any(day.end <= c.start < mark.start for c in counts)
            loose = apart > _REACH or between or self._vague(day, mark, text)
            if loose and not (day.first_dose and cycles[index][1] == 1):
                continue
            found.append((cycles[index][1], day, None))
        marks = [mark for mark, _ in given]
        if len(counts) > len(marks) and counts[-1].chained and counts[-1].end <= marks[0].start:
            first = counted_on(1, 1 + (given[0][1] - 1) // CYCLES_IN_COURSE)
            found += [(first + i, None, count) for i, count in enumerate(counts)]
        else:
            found += [(given[index][1], None, c) for c, index in _matched(marks, counts)]
        return _once(found)

    def _other_cycle(
        self, named: tuple[Mark, int], days: list[Day], counts: list[Count], text: str
    ) -> list[tuple[int, Day | None, Count | None]]:
        """What stands before the only cycle named, and is of another; taken off the lists.

        "12 doses; for the second cycle ... nine", "8 of 14 doses (cycle 1: 11)".
        """
        mark, cycle = named
        known = self.state.carry or self.state.default
        other = known if known and known != cycle else cycle - 1
        if mark.which is not Which.NUMBERED or other < 1 or mark.planned:
            return []
        found: list[tuple[int, Day | None, Count | None]] = []
        if len(counts) == 2 and counts[0].end <= mark.start and self._split(counts[0], mark, text):
            found.append((other, None, counts.pop(0)))
        elif len(counts) == 1 and counts[0].end <= mark.start:
            between = text[counts[0].end : mark.start]
            if self.cues["apart"].search(between) and len(between) > 12:
                found.append((other, None, counts.pop(0)))
        if len(days) == 2 and days[0].end <= mark.start and self._split(days[0], mark, text):
            found.append((other, days.pop(0), None))
        return found

    def _vague(self, day: Day, mark: Mark, text: str) -> bool:
        """A month or year that does not stand right beside the cycle."""
        if day.raw is None or day.raw.day is not None or day.raw.kind in RELATIVE:
            return False
        gap = text[mark.end : day.start] if mark.end <= day.start else text[day.end : mark.start]
        return len(gap) > _BESIDE or ")" in gap or not light(gap, self.cues)

    def _split(self, thing: Day | Count, mark: Mark, text: str) -> bool:
        """Whether a thing before a cycle's name stands apart from it."""
        between = text[thing.end : mark.start]
        return bool(self.cues["apart"].search(between)) or len(between) > _REACH

    # -- facts --------------------------------------------------------------------------

    def _start(
        self,
        sentence: Sentence,
        cycle: int,
        day: Day,
        before: EdtfDate | None,
        days: Sequence[Day],
    ) -> Found | None:
        before = before or self.state.starts.get(cycle - 1)
        dated = [d for d in days if d.raw is not None and d.raw.has_year and d.start > day.start]
        after = self.view.resolve(dated[0].raw) if dated and dated[0].raw else None
        made = resolve(self.view, day, before, after)
        if made is None or made.precision is Precision.SEASON:
            return None
        plan = self._day_planned(sentence, day)
        if to_come(self.view, day, made, plan, self.topic.admission):
            return None
        raw = (day.raw.start, day.raw.end) if day.raw else sentence.raw(day.start, day.end)
        reasons = (Reason.INFERRED,) if day.role is Role.ADMITTED else ()
        if day.raw is not None and day.raw.ocr:
            reasons = (*reasons, Reason.OCR)
        return Found(cycle, *raw, int(day.role), date=made, reasons=reasons)

    def _day_planned(self, sentence: Sentence, day: Day) -> bool:
        text = sentence.text
        if self.cues["cancelled_after"].match(text[day.end :]):
            return True
        before = text[max(0, day.start - 90) : day.start]
        if self.cues["date_past"].search(before):
            return False
        if sentence.unit.section == "plan" or self.cues["date_plan"].search(before):
            return True
        return not self.topic.treated

    def _doses(self, sentence: Sentence, cycle: int, count: Count) -> Found:
        raw = sentence.raw(count.start, count.end)
        weight = 1 if count.stopped else 3 if count.sure is Sure.NOUN else 2
        unplaced = cycle == TOTAL or (count.chained and not self.state.default and cycle == 1)
        reasons = [Reason.INFERRED] if count.stopped or (unplaced and count.out_of) else []
        return Found(cycle, *raw, weight, doses=count.value, reasons=tuple(reasons))

    def _total(self, sentence: Sentence, count: Count) -> Iterator[Found]:
        """A sum over cycles; where the letter knows one cycle only, that one's doses."""
        state = self.state
        only = state.default if state.default and state.latest <= 1 else 0
        several = count.value > 16 or count.out_of > 16
        several = several or bool(self.cues["all_cycles"].search(sentence.text))
        cycle = only if only and not several else TOTAL
        yield Found(cycle, *sentence.raw(count.start, count.end), 3, doses=count.value)


def _matched(marks: Sequence[Mark], things: Sequence[T]) -> list[tuple[T, int]]:
    """Each thing with the index of its cycle."""
    if len(things) == len(marks):
        return list(zip(things, range(len(marks)), strict=True))
    leads = bool(things) and things[0].start < marks[0].start
    found = []
    for thing in things:
        before = [i for i, m in enumerate(marks) if m.start <= thing.start]
        after = [i for i, m in enumerate(marks) if m.start > thing.start]
        if leads and after:
            index = after[0]
        else:
            index = before[-1] if before else after[0]
        found.append((thing, index))
    return found


def _once(
    pairs: Iterable[tuple[int, Day | None, Count | None]],
) -> list[tuple[int, Day | None, Count | None]]:
    """The first day and the first count of each cycle."""
    seen: set[tuple[int, bool]] = set()
    kept = []
    for cycle, day, count in pairs:
        key = (cycle, day is not None)
        if key not in seen:
            seen.add(key)
            kept.append((cycle, day, count))
    return kept
