"""Cycles of interleukin-2 told in sentences: when each began and how many doses were given.

A sentence gives cycles ("the second"), days and counts of doses in some order. Without a
cycle of its own it goes on with the one last spoken of, with the heading's, or, in a
letter about an admission, with that admission's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.fields.il2.atoms import Atoms
from extract.fields.il2.counts import MOST_IN_CYCLE, Count, Sure, with_sums
from extract.fields.il2.days import Day, Role, resolve, to_come
from extract.fields.il2.found import TOTAL, Found
from extract.fields.il2.marks import CYCLES_IN_COURSE, Mark, Which, counted_on, find_courses
from extract.fields.il2.pairs import Ground, Named, Pair, beside, each_cycle, in_order
from extract.fields.il2.topic import Drug, Topic
from extract.fields.view import View
from extract.language.reading import Sentence, Unit, UnitKind
from extract.records import Reason
from extract.values.dates import EdtfDate, Precision

#: Longest line that is a title and no sentence.
_TITLE = 45


@dataclass(slots=True)
class State:
    """What the letter has told so far.

    ``default`` and ``course`` are the admission's own, 0 and 1 without one; ``latest`` is
    the latest cycle named; ``carry`` and ``spoken`` the cycle and course last spoken of in
    this paragraph; ``block`` and ``titled`` those that a line of its own names, for the
    lines of a form below it; ``only_first`` that no cycle is named but the first.
    """

    default: int = 0
    course: int = 1
    latest: int = 0
    carry: int = 0
    spoken: int = 1
    block: int = 0
    titled: int = 0
    only_first: bool = False
    heading: int | None = None
    starts: dict[int, EdtfDate] = field(default_factory=dict)


class Cycles:
    """Reads the sentences of one letter."""

    def __init__(self, view: View, topic: Topic) -> None:
        self.view = view
        self.topic = topic
        self.cues = topic.cues
        self.atoms = Atoms(view, topic)
        self.state = State()
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

    def _open(self) -> None:
        """The cycle and course of the admission that the letter is about."""
        state = self.state
        if not self.topic.admission:
            named = [m for s in self.view.sentences for m in self.atoms.marks(s)]
            state.only_first = {
                m.number for m in named if m.number and not m.planned and not m.course
            } == {1}
            return
        for sentence in self.view.sentences:
            if self.topic.at(sentence, 0) is Drug.OTHER or sentence.unit.section == "plan":
                continue
            courses = find_courses(sentence.text, self.cues)
            if courses and state.course == 1:
                state.course = courses[0].number
            marks = [m for m in self.atoms.marks(sentence) if m.number and not m.planned]
            if marks:
                state.default = marks[0].cycle(state.course)
                return
        state.default = counted_on(1, state.course)

    def _enter(self, unit: Unit) -> None:
        """A new paragraph goes on with the cycle of the heading or item above it."""
        state = self.state
        if unit.heading != state.heading:
            state.heading, state.titled = unit.heading, 0
        if unit.kind is UnitKind.PROSE and unit.end - unit.start > _TITLE:
            state.block = 0
        state.carry, state.spoken = state.block, state.titled or state.course
        if unit.marker.lower().startswith("course") and unit.number:
            state.spoken = unit.number
        elif unit.marker.startswith("#") and unit.number:
            state.carry = counted_on(unit.number, state.spoken)
        for above in self.view.reading.path(unit):
            self._inherit(above)

    def _inherit(self, above: Unit) -> None:
        state = self.state
        if above.marker.lower().startswith("course") and above.number:
            state.spoken = above.number
        sentences = self.view.reading.sentences_of(above)
        for sentence in sentences:
            for course in find_courses(sentence.text, self.cues):
                state.spoken = course.number
        numbers = {m.number for s in sentences for m in self.atoms.marks(s) if m.number}
        if len(numbers) == 1 and not state.carry:  # the nearest heading that names one
            state.carry = counted_on(numbers.pop(), state.spoken)

    def _note_title(self, sentence: Sentence, marks: Sequence[Mark]) -> None:
        """A short line that names one cycle heads the lines of a form below it."""
        if len(sentence.text) > _TITLE or sentence.unit.section == "plan":
            return
        courses = find_courses(sentence.text, self.cues)
        course = courses[0].number if courses else self.state.spoken
        cycles = {m.cycle(course) for m in marks if m.number and not m.planned}
        if len(cycles) == 1:
            self.state.block = cycles.pop()
        elif courses and not marks and self.topic.at(sentence, courses[0].start) is Drug.IL2:
            self.state.titled = course

    # -- a sentence -------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> Iterator[Found]:
        """What a sentence says; courses named in it part it."""
        marks = self.atoms.marks(sentence)
        counts = self.atoms.counts(sentence)
        days = self.atoms.days(sentence, counts, listed=bool(self.state.carry))
        courses = find_courses(sentence.text, self.cues)
        if (not counts and not days) or len(sentence.text) <= _TITLE:
            self._note_title(sentence, marks)
        if not (marks or counts or days):
            if courses and self.topic.at(sentence, courses[-1].start) is Drug.IL2:
                self.state.spoken = courses[-1].number
            return
        begins = [c.start for c in courses]
        if begins and not any(m.start < begins[0] for m in marks):
            begins[0] = 0
        stops = [*begins, len(sentence.text) + 1]
        yield from self._segment(sentence, marks, days, counts, (0, stops[0]))
        for course, begin, stop in zip(courses, begins, stops[1:], strict=True):
            self.state.spoken = course.number
            yield from self._segment(sentence, marks, days, counts, (begin, stop), opened=True)

    def _segment(
        self,
        sentence: Sentence,
        marks: Sequence[Mark],
        days: Sequence[Day],
        counts: Sequence[Count],
        span: tuple[int, int],
        *,
        opened: bool = False,
    ) -> Iterator[Found]:
        """What stands between two courses named in a sentence; ``opened`` by one of them."""
        named = self._named([m for m in marks if span[0] <= m.start < span[1]])
        when = [d for d in days if span[0] <= d.start < span[1]]
        if any(d.role > Role.ADMITTED for d in when):
            when = [d for d in when if d.role > Role.ADMITTED]
        many = with_sums([c for c in counts if span[0] <= c.start < span[1]])
        single = [c for c in many if not c.total]
        pairs = self._pairs(sentence, named, when, single, opened=opened)
        yield from self._facts(sentence, sorted(pairs, key=lambda pair: pair.cycle), when)
        for count in many:
            if count.total:
                yield self._total(sentence, count)

    def _pairs(
        self,
        sentence: Sentence,
        named: Sequence[Named],
        days: Sequence[Day],
        counts: Sequence[Count],
        *,
        opened: bool,
    ) -> list[Pair]:
        state, text = self.state, sentence.text
        base = (state.spoken - 1) * CYCLES_IN_COURSE
        pairs = each_cycle(named, counts, base, text, self.cues)
        if pairs:
            counts = ()
        known = state.carry or state.default
        given = [one for one in named if not one.mark.planned]
        if given:
            ground = Ground(known, base)
            pairs += beside(named, days, counts, ground, text, self.cues)
            self._go_on_with(given[-1].cycle)
            return pairs
        if not known and state.only_first and all(d.role is Role.BEGAN for d in days):
            known = base + 1
        kept = () if named else days  # a planned cycle's day
        ground = Ground(known, base, opened and bool(kept or len(counts) > 1))
        return pairs + in_order(kept, counts, ground, text, self.cues)

    def _go_on_with(self, cycle: int) -> None:
        """Go on with a cycle; a letter about a later admission comes back to its own."""
        if cycle >= self.state.default:
            self.state.carry = cycle or self.state.carry

    def _named(self, marks: Sequence[Mark]) -> list[Named]:
        """The cycles named, each once, counted on over courses."""
        found: list[Named] = []
        for mark in marks:
            cycle = self._number(mark)
            if cycle < 1 or (found and found[-1].cycle == cycle):
                continue
            relative = mark.which is not Which.NUMBERED
            if relative and any(one.cycle == cycle for one in found):
                continue
            found.append(Named(mark, cycle))
            if not mark.planned and not relative:
                self.state.latest = max(self.state.latest, cycle)
        numbered = [one for one in found if one.mark.which is Which.NUMBERED]
        return numbered if len(numbered) > 1 else found

    def _number(self, mark: Mark) -> int:
        now = max(self.state.latest, self.state.default)
        if mark.which is Which.THIS:
            return now
        return now - 1 if mark.which is Which.PREVIOUS else mark.cycle(self.state.spoken)

    # -- facts --------------------------------------------------------------------------

    def _facts(
        self, sentence: Sentence, pairs: Sequence[Pair], days: Sequence[Day]
    ) -> Iterator[Found]:
        state = self.state
        before: EdtfDate | None = None
        for pair in pairs:
            if pair.day is not None:
                last = before or state.starts.get(pair.cycle - 1)
                made = self._start(sentence, pair.cycle, pair.day, last, days)
                if made is not None and made.date is not None:
                    before = state.starts[pair.cycle] = made.date
                    yield made
            if pair.count is not None:
                yield self._doses(sentence, pair.cycle, pair.count)
            self._go_on_with(pair.cycle)
            state.latest = max(state.latest, pair.cycle)

    def _start(
        self,
        sentence: Sentence,
        cycle: int,
        day: Day,
        before: EdtfDate | None,
        days: Sequence[Day],
    ) -> Found | None:
        """A cycle's first day, None where it lies ahead or cannot be told."""
        later = (d.raw for d in days if d.raw and d.raw.has_year and d.start > day.start)
        dated = next(later, None)
        after = self.view.resolve(dated) if dated else None
        made = resolve(self.view, day, before, after)
        if made is None or made.precision is Precision.SEASON:
            return None
        planned = self.atoms.day_planned(sentence, day)
        told = self.topic.admission or not self.cues["date_past"].search(sentence.text)
        if to_come(self.view, day, made, planned, told):
            return None
        raw = (day.raw.start, day.raw.end) if day.raw else sentence.raw(day.start, day.end)
        reasons = [Reason.INFERRED] if day.role is Role.ADMITTED else []
        if day.raw is not None and day.raw.ocr:
            reasons.append(Reason.OCR)
        return Found(cycle, *raw, int(day.role), date=made, reasons=tuple(reasons))

    def _doses(self, sentence: Sentence, cycle: int, count: Count) -> Found:
        raw = sentence.raw(count.start, count.end)
        weight = 1 if count.stopped else 3 if count.sure is Sure.NOUN else 2
        doubtful = count.stopped or (count.unplaced and cycle != TOTAL)
        reasons = (Reason.INFERRED,) if doubtful else ()
        return Found(cycle, *raw, weight, doses=count.value, reasons=reasons)

    def _total(self, sentence: Sentence, count: Count) -> Found:
        """A sum over cycles; where the letter knows one cycle only, that one's doses."""
        state = self.state
        several = max(count.value, count.out_of) > MOST_IN_CYCLE
        several = several or bool(self.cues["all_cycles"].search(sentence.text))
        only = state.default and state.latest <= 1 and not several
        cycle = state.default if only else TOTAL
        return Found(cycle, *sentence.raw(count.start, count.end), 3, doses=count.value)
