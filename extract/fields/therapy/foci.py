"""The drugs a letter is speaking of at each of its sentences."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import date

from extract.fields.therapy.events import Scene
from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.status import cues
from extract.fields.therapy.story import Story
from extract.language.reading import Sentence, Unit, UnitKind

#: What goes on below every other treatment of a prostate: no scan is of it once one is added.
_CASTRATION = frozenset(
    {
        "androgen deprivation therapy",
        "buserelin",
        "degarelix",
        "goserelin",
        "histrelin",
        "leuprorelin",
        "relugolix",
        "triptorelin",
    }
)


class Foci:
    """Walks a story once; answers which courses were in the foreground at a sentence.

    A drug named only as what went before ("after sunitinib", "ten weeks off it") does not
    take the foreground from another. In lists the foreground is that of the nearest item
    or heading above.
    """

    def __init__(self, story: Story) -> None:
        self.story = story
        self._at: list[int] = []
        self._courses: list[list[Course]] = []
        self._units: dict[int, list[tuple[int, list[Course]]]] = {}
        self._rows: dict[int, Group] = {}
        self._named: list[tuple[int, list[Course]]] = []
        self._grafts: list[int] = []
        self._alone: set[int] = set()
        for made in story.scenes:
            self._walk(made)

    def _walk(self, made: Scene) -> None:
        if cues()["transplant"].search(made.sentence.text):
            self._grafts.append(made.sentence.index)
        if made.groups and made.sentence.unit.kind is UnitKind.ROW:
            self._rows[made.sentence.unit.index] = made.groups[0]
        real = [g for g in made.groups if g.standing is Standing.REAL and g.courses]
        real = real or self._gone_on(made)
        if not real:
            return
        unit = made.sentence.unit
        self._named += [(made.sentence.index, g.courses) for g in real]
        if unit.kind is UnitKind.ROW:
            front = [] if self._behind(made, real[0]) else real[0].courses
        else:
            front = self._foreground(made, real)
        if front:
            self._at.append(made.sentence.index)
            self._courses.append(front)
            self._units.setdefault(unit.index, []).append((made.sentence.index, front))

    def _gone_on(self, made: Scene) -> list[Group]:
        """ "Interleukin-2 thereafter in four cycles": no verb, but a course the letter knows."""
        for group in made.groups:
            text = made.sentence.text
            known = [
                c
                for agent in group.agents
                for c in self.story.of(agent)
                if c.standing is Standing.REAL
            ]
            if known and not group.courses and cues()["onward"].match(text[group.to :]):
                return [replace(group, courses=known)]
        return []

    def _foreground(self, made: Scene, real: list[Group]) -> list[Course]:
        text = made.sentence.text
        front = [g for g in real if not self._behind(made, g)]
        held = self._courses[-1] if self._courses else []
        if front:
            group = front[-1]
            if cues()["drug_alone"].match(text[group.to : group.to + 40]):
                self._alone |= {id(c) for c in group.courses}
            if held and cues()["drug_added"].search(
                text[max(0, group.at - 40) : group.at] + " | " + text[group.to : group.to + 40]
            ):
                return _unique([*(c for c in held if c.agent not in _CASTRATION), *group.courses])
            return group.courses
        if (
            held
            and made.sentence.unit.kind in (UnitKind.PROSE, UnitKind.PAIR)
            and self._current(held)
        ):
            mine = [c for g in real for c in g.courses]
            return held if any(c in held for c in mine) else []
        return real[-1].courses

    @staticmethod
    def _behind(made: Scene, group: Group) -> bool:
        before = made.sentence.text[max(0, group.at - 90) : group.at]
        return bool(cues()["background_before"].search(before))

    @staticmethod
    def _current(courses: list[Course]) -> bool:
        return any(c.current or not c.over for c in courses)

    # -- asked ----------------------------------------------------------------------

    def before(self, sentence: Sentence) -> list[Course]:
        """The foreground when the sentence begins, with the drugs given together with it."""
        for above in self._above(sentence.unit):
            held = self._units.get(above.index)
            if held and above.kind is not UnitKind.PROSE:
                earlier = [courses for index, courses in held if index < sentence.index]
                if earlier or above.index != sentence.unit.index:
                    return self._regimen(earlier[-1] if earlier else held[0][1])
        position = bisect_left(self._at, sentence.index)
        return self._regimen(self._courses[position - 1]) if position else []

    def _above(self, unit: Unit) -> list[Unit]:
        own = [unit] if unit.kind is not UnitKind.PROSE else []
        return [*own, *self.story.view.reading.path(unit)]

    def _regimen(self, courses: list[Course]) -> list[Course]:
        """The courses with their partners of one regimen, but those stopped before them."""
        if any(id(c) in self._alone for c in courses):
            return courses
        going = [c for c in courses if not c.over]
        found = list(courses)
        for made in self.story.scenes:
            for group in made.groups:
                if group.standing is not Standing.REAL or not any(
                    c in courses for c in group.courses
                ):
                    continue
                found += [
                    c
                    for c in group.courses
                    if not (going and c.over) and any(c.unit == mine.unit for mine in courses)
                ]
        return _unique(found)

    def distance(self, sentence: Sentence) -> int:
        """How many sentences back the foreground was named."""
        position = bisect_left(self._at, sentence.index)
        return sentence.index - self._at[position - 1] if position else 99

    def previous(self, courses: list[Course]) -> list[Course]:
        """The courses told of just before these."""
        first = min(c.order for c in courses)
        real = [c for c in self.story.courses if c.standing is Standing.REAL and c.order < first]
        return [c for c in real if c.unit == real[-1].unit] if real else []

    def row(self, made: Scene) -> Group | None:
        """The drugs of a table row, or of the row it goes on from."""
        unit = made.sentence.unit
        units = self.story.view.reading.units
        if unit.index in self._rows:
            return self._rows[unit.index]
        above = units[unit.index - 1] if unit.index else unit
        if above.index in self._rows and unit.cells and above.cells:
            text = self.story.view.text
            indent = unit.cells[0][0] - text.rfind("\n", 0, unit.start)
            first = above.cells[0][0] - text.rfind("\n", 0, above.start)
            return self._rows[above.index] if indent > first + 2 else None
        return None

    def last_named(self, sentence: Sentence, count: int) -> list[Course]:
        """The courses of the last ``count`` mentions up to the sentence, newest last."""
        found: list[list[Course]] = []
        for index, courses in reversed(self._named):
            if index > sentence.index or sentence.index - index > 4:
                continue
            if not any(set(map(id, courses)) & set(map(id, held)) for held in found):
                found.append(courses)
            if len(found) == count:
                break
        return [c for courses in reversed(found) for c in courses]

    def transplanted(self, made: Scene) -> bool:
        """Whether a transplant came between the drug in focus and the sentence."""
        if made.sentence.unit.kind is not UnitKind.PROSE:
            return False
        position = bisect_left(self._at, made.sentence.index)
        named = self._at[position - 1] if position else -1
        return any(named < index <= made.sentence.index for index in self._grafts)

    def in_force(self) -> list[Course]:
        """The treatment of the letter's day: being taken, else the last begun."""
        real = [c for c in self.story.courses if c.standing is Standing.REAL]
        going = [c for c in real if c.current and not c.over]
        if going:
            last = max(going, key=lambda c: (_first_day(c) or date.min, c.order))
            return [c for c in going if c.unit == last.unit]
        begun = [(day, c) for c in real if (day := _first_day(c)) is not None]
        if begun and len(begun) == len(real):
            latest = max(day for day, _ in begun)
            return [c for day, c in begun if day == latest]
        interleukin = [c for c in real if c.agent == "aldesleukin"]
        if interleukin or not real:
            return interleukin
        last_unit = max(c.unit for c in real)
        return [c for c in real if c.unit == last_unit]


def _first_day(course: Course) -> date | None:
    return min((s.date.earliest for s in course.starts), default=None)


def _unique(courses: list[Course]) -> list[Course]:
    kept: dict[int, Course] = {}
    for course in courses:
        kept.setdefault(id(course), course)
    return list(kept.values())
