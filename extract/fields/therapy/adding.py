"""A date that is said of courses becomes their beginning or end."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.fields.therapy.courses import Courses
from extract.fields.therapy.datereading import (
    PAST,
    WILL,
    month_of_earlier_year,
    within,
    year_behind,
)
from extract.fields.therapy.events import Role, Scene, When
from extract.fields.therapy.model import Course, Dated, Standing
from extract.fields.therapy.verbs import of_a_cycle
from extract.language.reading import UnitKind
from extract.records import Reason
from extract.values.datekinds import DateContext
from extract.values.dates import EdtfDate


class Adding(Courses):
    """A date that is said of courses becomes their beginning or end."""

    def _resolved(
        self, made: Scene, when: When, course: Course, role: Role = Role.START
    ) -> EdtfDate | None:
        """The date at this letter's date; 01/09 in a treatment list is a month of a year."""
        raw = when.raw
        future = course.standing is Standing.PLANNED or raw.forward
        if role is Role.END and made.sentence.unit.section == "plan" and not raw.has_year:
            future = future or not PAST.search(made.sentence.text)
        if role is Role.START and not raw.has_year:
            near = re.split(r"[.;]|\bbut\b", made.sentence.text[: when.at])[-1]
            future = future or bool(WILL.search(near[-70:]))
        if (listed_year := year_behind(self.view.text, raw)) is not None:
            return raw.resolve(DateContext(listed_year, self.view.context.order))
        unit = made.sentence.unit
        listed = unit.section == "treatment" or unit.kind in (UnitKind.ITEM, UnitKind.ROW)
        if raw.partner is not None and raw.partner.kind == "numeric_my":
            listed = True
        if month_of_earlier_year(raw):
            return replace(raw, reading=None, partner=None).resolve(self.view.context, prefer="my")
        whole = raw.partner is not None and raw.partner.kind in {"full", "numeric"}
        if (
            raw.kind == "numeric_my"
            and listed
            and not future
            and not (whole and self.view.context.order == "mdy")
        ):
            month = raw.resolve(self.view.context, prefer="my")
            anchor = self.view.context.anchor
            if month and month.earliest.year >= 2000 and within(month, anchor):
                return month
        return self.view.resolve(raw, future=future)

    def _add(
        self, courses: list[Course], made: Scene, when: When, role: Role, rank: int = 0
    ) -> None:
        anchor = self.view.context.anchor
        for course in courses:
            date = self._resolved(made, when, course, role)
            if date is None:
                continue
            if anchor is not None and date.earliest > anchor.latest:
                if role is Role.END:
                    continue  # an end still to come
                if course.standing is Standing.REAL and (course.current or course.starts):
                    continue  # its next dose
                if (
                    course.standing is Standing.REAL
                    and not course.starts
                    and not course.over
                    and not course.current
                ):
                    course.standing = Standing.PLANNED
            reasons: tuple[Reason, ...] = ()
            if (
                when.raw.ambiguous
                and self.view.context.order == "dmy"
                and when.raw.kind == "numeric_my"
            ):
                reasons = (Reason.AMBIGUOUS_DATE,)
            if when.cost > 7:
                reasons = (*reasons, Reason.DISTANT)
            shared = when.head is not None and when.head.role is Role.ASSESS
            entry = Dated(date, (when.raw.start, when.raw.end), reasons, rank, shared)
            if role is Role.END and course.dropped and len(courses) > 1:
                continue  # the end of the others
            target = course.starts if role is not Role.END else course.ends
            if role is Role.END:
                course.stopped = True
                course.stopped_in = made.sentence.index
                by_cycle = when.head is not None and of_a_cycle(when.head)
                course.stopped_by_cycle = by_cycle
                course.ended_firmly = course.ended_firmly or not by_cycle
            target.append(entry)
