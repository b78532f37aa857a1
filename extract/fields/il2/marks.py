"""The words of a sentence that say which cycle or course is meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from extract.fields.cues import Cues

#: Two cycles make a course: course 2 begins with cycle 3.
CYCLES_IN_COURSE = 2
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "i": 1, "l": 1, "ii": 2, "iii": 3, "iv": 4, "initial": 1,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6,
}  # fmt: skip


class Which(StrEnum):
    """A cycle meant without its number."""

    NUMBERED = ""
    THIS = "this"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Mark:
    """A cycle named at ``start:end`` of a sentence's folded text.

    ``number`` is as written (0 where it is :class:`Which` that tells), ``course`` the
    course named in the same breath, 0 without one.
    """

    start: int
    end: int
    number: int
    course: int = 0
    which: Which = Which.NUMBERED
    planned: bool = False

    def cycle(self, course: int) -> int:
        """The cycle's number counted on over courses; ``course`` is the one spoken of."""
        return counted_on(self.number, self.course or course)


@dataclass(frozen=True, slots=True)
class CourseMark:
    """A course named at ``start:end``."""

    start: int
    end: int
    number: int


def counted_on(number: int, course: int) -> int:
    """Cycle ``number`` of a course, counted from the first cycle of all."""
    if course > 1 and number <= CYCLES_IN_COURSE:
        return number + CYCLES_IN_COURSE * (course - 1)
    return number


_FORMS = (
    "cycle_in_course",
    "cycle_pair",
    "cycle_number",
    "cycle_short",
    "cycle_ordinal",
    "cycle_previous",
    "cycle_this",
    "cycle_single",
    "cycle_week",
    "cycle_elided",
)


def find_marks(text: str, cues: Cues) -> list[Mark]:
    """The cycles named in a sentence's folded text, in order."""
    found: list[Mark] = []
    for form in _FORMS:
        for match in cues[form].finditer(text):
            if any(m.start < match.end() and match.start() < m.end for m in found):
                continue
            groups = {k: v.lower() for k, v in match.groupdict().items() if v}
            number = next((read(v) for k, v in groups.items() if k in _NUMBER_GROUPS), 0)
            course = next((read(v) for k, v in groups.items() if k.startswith("course")), 0)
            which = _which(form, match.group().lower())
            if which is Which.NUMBERED and number == 0:
                number = 1 if form in ("cycle_previous", "cycle_single") else 0
            made = Mark(match.start(), match.end(), number, course, which)
            if number or which is not Which.NUMBERED:
                found.append(made)
            if "m" in groups:  # cycles 1 and 2
                found.append(Mark(match.end() - 1, match.end(), read(groups["m"]), course))
    return sorted(found, key=lambda mark: mark.start)


_NUMBER_GROUPS = frozenset({"n", "n2", "n3", "n4"})


def _which(form: str, words: str) -> Which:
    if form == "cycle_this":
        return Which.THIS
    if form == "cycle_previous" and not words.startswith("first"):
        return Which.PREVIOUS
    return Which.NUMBERED


def find_courses(text: str, cues: Cues) -> list[CourseMark]:
    """The courses that a sentence's folded text says were given, in order."""
    found = []
    for match in cues["course"].finditer(text):
        if cues["course_void"].search(text[: match.start()]):
            continue
        number = next((read(v) for v in match.groupdict().values() if v), 0)
        found.append(CourseMark(match.start(), match.end(), number))
    return found


def read(words: str) -> int:
    """A number or ordinal as the cues write it; 0 for anything else."""
    low = words.lower()
    return int(low) if low.isdigit() else _NUMBERS.get(low, 0)
