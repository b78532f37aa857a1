"""The time of a course, and what a date without a year means in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from extract.fields.therapy.model import Course, Standing
from extract.fields.therapy.scans import Seen
from extract.fields.therapy.story import Story
from extract.values.datekinds import DateContext, Kind
from extract.values.dates import EdtfDate, shift_days

_YEARLESS = frozenset({Kind.MONTH_ONLY, Kind.DAY_MONTH, Kind.SEASON, Kind.NUMERIC_MY})
_AFTER = 150


def first_day(course: Course) -> date | None:
    """The earliest day the course can have begun."""
    return min((s.date.earliest for s in course.starts), default=None)


def last_day(story: Story, course: Course) -> date | None:
    """The last day on which a scan can speak of the course: some months after its end."""
    ends = [e.date.latest for e in course.ends]
    if ends and course.over:
        return shift_days(max(ends), _AFTER)
    begun = first_day(course)
    if begun is None:
        return None
    later = [
        day
        for other in story.courses
        if other.standing is Standing.REAL
        and (day := first_day(other))
        and day > shift_days(begun, 30)
    ]
    return shift_days(min(later), 45) if later else None


def within(story: Story, courses: Iterable[Course], seen: Seen) -> Seen | None:
    """The date as one of the time of the courses; None where it cannot be one."""
    for course in courses:
        begun, last = first_day(course), last_day(story, course)
        if begun is None:
            continue
        if seen.date.latest >= begun and (last is None or seen.date.earliest <= last):
            return seen
        if last is not None and seen.raw.kind in _YEARLESS and not seen.raw.has_year:
            context = DateContext(EdtfDate.of(last), story.view.context.order)
            moved = seen.raw.resolve(context)
            if moved is not None and moved.latest >= begun:
                return replace(seen, date=moved)
    return None


def settled(story: Story, courses: Iterable[Course], seen: Seen) -> Seen:
    """The date in the year that the time of its courses asks for."""
    return within(story, courses, seen) or seen
