"""The drugs a letter is speaking of at each of its sentences."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from extract.fields.therapy.events import Scene
from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.status import cues
from extract.fields.therapy.story import Story
from extract.language.reading import Sentence, Unit, UnitKind

_NEVER = date.min


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
        self._units: dict[int, list[Course]] = {}
        self._rows: dict[int, list[Course]] = {}
        self._named: list[tuple[int, list[Course]]] = []
        self._cells: list[int] = []
        for made in story.scenes:
            self._walk(made)

    def _walk(self, made: Scene) -> None:
        if cues()["transplant"].search(made.sentence.text):
            self._cells.append(made.sentence.index)
        real = [g for g in made.groups if g.standing is Standing.REAL and g.courses]
        if not real:
            return
        unit = made.sentence.unit
        self._named += [(made.sentence.index, g.courses) for g in real]
        front = self._foreground(made, real)
        if unit.kind is UnitKind.ROW:
            self._rows[unit.index] = real[0].courses
            front = real[0].courses
        if front:
            self._at.append(made.sentence.index)
            self._courses.append(front)
            self._units[unit.index] = front

    def _foreground(self, made: Scene, real: list[Group]) -> list[Course]:
        front = [g for g in real if not self._behind(made, g)]
        if front:
            return front[-1].courses
        if self._courses and made.sentence.unit.kind is UnitKind.PROSE:
            known = {id(c) for _, courses in self._named for c in courses}
            if all(id(c) in known for g in real for c in g.courses) and any(
                c in self._courses[-1] for g in real for c in g.courses
            ):
                return real[-1].courses
            return [] if self._current(self._courses[-1]) else real[-1].courses
        return real[-1].courses

    def _behind(self, made: Scene, group: Group) -> bool:
        before = made.sentence.text[max(0, group.at - 90) : group.at]
        return bool(cues()["background_before"].search(before))

    @staticmethod
    def _current(courses: list[Course]) -> bool:
        return any(c.current or not c.over for c in courses)

    # -- asked ----------------------------------------------------------------------

    def before(self, sentence: Sentence) -> list[Course]:
        """The foreground when the sentence begins."""
        for above in self._above(sentence.unit):
            if above.index in self._units and above.kind is not UnitKind.PROSE:
                return self._units[above.index]
        position = bisect_left(self._at, sentence.index)
        return self._courses[position - 1] if position else []

    def _above(self, unit: Unit) -> list[Unit]:
        own = [unit] if unit.kind is not UnitKind.PROSE else []
        return [*own, *self.story.view.reading.path(unit)]

    def distance(self, sentence: Sentence) -> int:
        """How many sentences back the foreground was named."""
        position = bisect_left(self._at, sentence.index)
        return sentence.index - self._at[position - 1] if position else 99

    def previous(self, courses: list[Course]) -> list[Course]:
        """The courses told of just before these."""
        first = min(c.order for c in courses)
        real = [c for c in self.story.courses if c.standing is Standing.REAL and c.order < first]
        if not real:
            return []
        return [c for c in real if c.unit == real[-1].unit]

    def row(self, made: Scene) -> list[Course]:
        """The drugs of a table row, or of the row it goes on from."""
        unit = made.sentence.unit
        units = self.story.view.reading.units
        if unit.index in self._rows:
            return self._rows[unit.index]
        above = units[unit.index - 1] if unit.index else unit
        if above.index in self._rows and unit.cells and above.cells:
            text = self.story.view.text
            line = text.rfind("\n", 0, unit.start)
            indent = unit.cells[0][0] - line
            first = above.cells[0][0] - text.rfind("\n", 0, above.start)
            return self._rows[above.index] if indent > first + 2 else []
        return []

    def last_named(self, sentence: Sentence, count: int) -> list[Course]:
        """The courses of the last ``count`` mentions before the sentence, newest last."""
        found: list[list[Course]] = []
        for index, courses in reversed(self._named):
            if index > sentence.index or sentence.index - index > 3:
                continue
            if not any(set(map(id, courses)) & set(map(id, held)) for held in found):
                found.append(courses)
            if len(found) == count:
                break
        return [c for courses in reversed(found) for c in courses]

    def transplanted(self, made: Scene) -> bool:
        """Whether a transplant came between the drug in focus and the sentence."""
        position = bisect_left(self._at, made.sentence.index)
        named = self._at[position - 1] if position else -1
        between = [i for i in self._cells if named < i <= made.sentence.index]
        return bool(between) and made.sentence.unit.kind is UnitKind.PROSE

    def in_force(self) -> list[Course]:
        """The treatment of the letter's day: being taken, else the last begun."""
        real = [c for c in self.story.courses if c.standing is Standing.REAL]
        if not real:
            return []
        going = [c for c in real if c.current and not c.over]
        if going:
            dated = [c for c in going if c.starts]
            last = max(going, key=lambda c: (max((s.date.earliest for s in c.starts), default=_NEVER), c.order)) if dated else going[-1]
            return [c for c in going if c.unit == last.unit]
        dated = [c for c in real if c.starts]
        if dated and len(dated) == len(real):
            day = max(min(s.date.earliest for s in c.starts) for c in dated)
            return [c for c in dated if min(s.date.earliest for s in c.starts) == day]
        interleukin = [c for c in real if c.agent == "aldesleukin"]
        if interleukin:
            return interleukin
        return [c for c in real if c.unit == max(r.unit for r in real)]
