"""Dates become the beginnings and ends of courses."""

from __future__ import annotations

import re

from extract.fields.therapy.bare import IN_FOR
from extract.fields.therapy.datereading import (
    AND_STOPPED,
    FIRST_GIVEN,
    LASTED,
    NOTHING,
    ON_AND_OFF,
    ON_HOLD,
    OTHER_DRUG,
    PRESENT,
    SOME_TIME_AFTER,
    TO_TAKE,
    object_of_end,
)
from extract.fields.therapy.events import Head, Role, Scene, When, gap_cost
from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.noted import Noted
from extract.fields.therapy.storycues import (
    ABOUT_DRUG,
    CAME_TO_NOTHING,
    HELD,
    LAST,
    LATER_CYCLE,
    NONE_SINCE,
    SUBJECT,
    SUPPORT_ONLY,
    TWO_DATES,
    ends,
)
from extract.fields.therapy.tables import Column, cells
from extract.fields.therapy.timeline import beside, is_date_cell
from extract.language.reading import UnitKind
from extract.values.datekinds import Kind


class Dating(Noted):
    """Dates become the beginnings and ends of courses."""

    #: The date cell of a timeline's row, until what stands beside it is told.
    _cell: Scene | None = None

    def _dates(self, made: Scene) -> None:
        if SUPPORT_ONLY.search(made.sentence.text):
            for course in (*self.focus, *(c for g in made.groups for c in g.courses)):
                course.superseded = True
        self._came_to_nothing(made)
        self._ended_ago(made)
        self._there_and_then(made)
        self._beside_cell(made)
        if self._last_of_a_kind(made):
            return
        if made.sentence.unit.kind is UnitKind.ROW and (
            self._row(made) or self._start_and_stop(made)
        ):
            return
        if self._two_dates(made):
            return
        self._under_date(made)
        for when in made.whens:
            if not self._to_this_day(made, when) and when.head is not None:
                self._hang(made, when, when.head)

    def _hang(self, made: Scene, when: When, head: Head) -> None:
        """Give a date to the courses its head is about."""
        if when.until is not None:
            self._range(made, when)
        elif head.role is Role.DRUG and head.group is not None:
            self._by_drug(made, when, head.group)
        elif head.role in (Role.START, Role.END):
            self._by_verb(made, when, head)
        elif head.role is Role.SWITCH and head.group is not None:
            self._add(head.group.courses, made, when, Role.START)
        elif head.role is Role.ASSESS:
            self._progressed_and_stopped(made, when)

    def _came_to_nothing(self, made: Scene) -> None:
        """ "We had planned temsirolimus ... it was never given"."""
        match = CAME_TO_NOTHING.search(made.sentence.text)
        if match is None:
            return
        before = [g for g in made.groups if g.to <= match.start()]
        if before:
            for course in before[-1].courses:
                if course.unit == made.sentence.index and course.agent != "aldesleukin":
                    course.standing = Standing.VOID
            return
        if made.groups:
            return
        for course in self.planned:
            if made.sentence.index - course.unit <= 2 and course.standing is Standing.PLANNED:
                course.standing = Standing.VOID

    def _to_this_day(self, made: Scene, when: When) -> bool:
        """ "11/2013 - present: everolimus": begun then, and being taken."""
        match = PRESENT.match(made.sentence.text, when.to)
        if match is None or when.until is not None:
            return False
        live = [g for g in made.groups if g.standing is Standing.REAL]
        before = [g for g in live if g.to <= when.at]
        after = [g for g in live if g.at >= match.end()]
        near = (
            before[-1:]
            or (after[:1] if gap_cost(made.sentence.text[match.end() : after[0].at]) < 6 else [])
            if (before or after)
            else []
        )
        for group in near:
            self._add(group.courses, made, when, Role.START)
            for course in group.courses:
                course.current, course.superseded = True, False
        return bool(near)

    def _progressed_and_stopped(self, made: Scene, when: When) -> None:
        """ "progressed April 08 & I stopped it": one date for both."""
        for head in made.heads:
            if head.role is not Role.END or head.mention is None or head.at < when.to:
                continue
            if AND_STOPPED.match(made.sentence.text[when.to : head.at]) and ends(made, head):
                if not any(w.head is head for w in made.whens):
                    self._by_verb(made, when, head)
                return

    def _beside_cell(self, made: Scene) -> None:
        """A timeline's row: the dates of one cell are of the drug that the next begins with."""
        cell, self._cell = self._cell, made if is_date_cell(made) else None
        for when, role in beside(cell, made) if cell is not None else ():
            self._add(made.groups[0].courses, made, when, role)

    def _start_and_stop(self, made: Scene) -> bool:
        """ "started / last dose   02/03/2009 / 30/08/2010": two dates under one label."""
        text = made.sentence.text
        if made.groups or len(made.whens) != 2 or not TWO_DATES.match(text):
            return False
        self._add(self.focus, made, made.whens[0], Role.START)
        self._add(self.focus, made, made.whens[1], Role.END)
        return True

    def _row(self, made: Scene) -> bool:
        """A table row: dates by their column, else first begun and then ended."""
        groups = [g for g in made.groups if g.courses]
        if not groups:
            return False
        courses = groups[0].courses
        unit = made.sentence.unit
        whole = made.sentence.start <= unit.start and made.sentence.end >= unit.end
        columns = cells(self.view, unit) if whole else []
        for cell in columns:
            number = self.view.text[cell.start : cell.end].strip(" .#")
            if cell.column is Column.LINE and re.fullmatch(r"[1-9]", number):
                for course in courses:
                    course.lines.setdefault(number, (cell.start, cell.end))
        placed = False
        for when in made.whens:
            column = next((c.column for c in columns if c.start <= when.raw.start < c.end), None)
            if column in (Column.START, Column.END):
                self._add(courses, made, when, Role.START if column is Column.START else Role.END)
                placed = True
            elif column is not None and column is not Column.PERIOD and column is not Column.OTHER:
                placed = True
        if placed or made.verbs() or any(w.until for w in made.whens):
            return placed
        plain = [w for w in made.whens if w.until is None and w.at >= groups[0].to]
        if len(plain) != 2 or len(groups) > 1 or len(made.sentence.unit.cells) < 3:
            return False
        self._add(courses, made, plain[0], Role.START)
        self._add(courses, made, plain[1], Role.END)
        return True

    def _range(self, made: Scene, when: When) -> None:
        head = when.head
        assert head is not None
        assert when.until is not None
        if head.role in (Role.OTHER, Role.ASSESS) and when.cost < 2.5:
            return
        courses = head.group.courses if head.group is not None else self._courses_near(made, when)
        if not courses:
            return
        self._add(courses, made, when, Role.START)
        last = When(when.until, when.at, when.to, head)
        if not re.match(
            r"\W*(?:date|present|now|ongoing)\b", made.sentence.text[when.to :], re.IGNORECASE
        ):
            self._add(courses, made, last, Role.END)
            for course in courses:
                course.ended_firmly = True

    def _by_drug(self, made: Scene, when: When, group: Group) -> None:
        """A date beside a drug, no verb between: the day it began."""
        if group.standing is Standing.VOID or self._later_cycle(made, when, group.agents):
            return
        if IN_FOR.search(made.sentence.text[: group.at]):
            return  # one of her stays, not said to be the first
        if TO_TAKE.search(made.sentence.text[: group.at]) and LAST.search(
            made.sentence.text[: group.at]
        ):
            for course in group.courses:  # "she will take her last capsule on 30 June"
                course.current, course.stopped = True, False
            return
        if LAST.search(made.sentence.text[: group.at]) or (
            when.at >= group.to and object_of_end(made, group)
        ):
            self._add(group.courses, made, when, Role.END)
            return
        if when.at >= group.to and when.cost < 9:
            gap = made.sentence.text[group.to : when.at]
            if re.search(r"\b(?:after|before|by|until|to)\s*$", gap, re.IGNORECASE):
                if re.search(r"\b(?:until|to)\s*$", gap, re.IGNORECASE) and not group.current:
                    self._add(group.courses, made, when, Role.END)
                return
            self._add(group.courses, made, when, Role.START, rank=1)
        elif when.to <= group.at and when.cost < 8:
            self._add(group.courses, made, when, Role.START, rank=1)

    def _then_at_last(self, made: Scene, when: When) -> None:
        """ "Nothing until 2008, when sunitinib became available"."""
        after = [g for g in made.groups if g.at >= when.to and g.standing is Standing.REAL]
        if after and gap_cost(made.sentence.text[when.to : after[0].at]) < 9:
            self._add(after[0].courses, made, when, Role.START)

    def _later_cycle(self, made: Scene, when: When, agents: tuple[str, ...]) -> bool:
        """Whether a date is that of a cycle after the first, or of a numbered dose."""
        if agents == ("aldesleukin",):
            return False
        text = made.sentence.text
        near = text[max(0, when.at - 70) : when.at]
        near = re.split(r"[;]|\. |\b(?:but|then)\b", near)[-1]
        return bool(LATER_CYCLE.search(near) or LATER_CYCLE.match(text[when.to :].lstrip(" (")))

    def _by_verb(self, made: Scene, when: When, head: Head) -> None:
        group = head.group
        if head.mention is None:
            self._by_preposition(made, when, head)
            return
        if group is None and self._elsewhere(made, head):
            return
        if group is not None and group.standing is Standing.VOID:
            return
        if head.role is Role.START and self._no_first_dose(made, when, head):
            return
        if head.role is Role.END and (not ends(made, head) or self._only_held(made, when, head)):
            return
        if when.to <= head.at and SOME_TIME_AFTER.search(made.sentence.text[when.to : head.at]):
            return  # "today, four weeks after the last of it": the date is of something else
        courses = group.courses if group is not None else self._unnamed(made, when, head)
        self._add(courses, made, when, head.role)

    def _by_preposition(self, made: Scene, when: When, head: Head) -> None:
        """ "from", "since", "until" and a date."""
        before = made.sentence.text[: head.at]
        if head.role is Role.START and ON_HOLD.search(before):
            return
        if head.role is Role.END and HELD.search(made.sentence.text[when.to : when.to + 30]):
            return  # "taken through last night, held here"
        if head.role is Role.END and LASTED.search(before[-60:]) and not made.verbs():
            return  # how long a response held, not the drug
        if head.role is Role.END and NOTHING.search(before):
            self._then_at_last(made, when)
            return
        courses = self._courses_near(made, when)
        if not courses and not made.groups and before.rstrip().lower() in ("", "-"):
            courses = self.planned if self._ahead(when) else []
        ended = (
            head.role is Role.START and NONE_SINCE.search(before) and not ON_AND_OFF.search(before)
        )
        self._add(courses, made, when, Role.END if ended else head.role)

    def _no_first_dose(self, made: Scene, when: When, head: Head) -> bool:
        """Whether a verb of starting tells of a later cycle, or of going on after a rest."""
        assert head.mention is not None
        group = head.group
        if (
            head.mention.label == "EV_RESTART"
            and group is not None
            and all(c.number == 1 and not c.over for c in group.courses)
        ):
            return True  # "two weeks off, back on the 14th"
        if re.search(r"first|C1|initial|dose 1", head.mention.text, re.IGNORECASE):
            return False
        return self._later_cycle(made, when, group.agents if group else ())

    def _only_held(self, made: Scene, when: When, head: Head) -> bool:
        text = made.sentence.text
        held = HELD.search(text[max(0, head.at - 30) : when.to])
        return bool(held) and not re.search(r"stop|discontinu|last|perman", text, re.IGNORECASE)

    def _unnamed(self, made: Scene, when: When, head: Head) -> list[Course]:
        """The drugs in focus; those just planned where the date or the verb points ahead."""
        if head.role is Role.START and self._given_today(made, when):
            return self.planned
        if head.role is Role.START and self._of_interleukin(made):
            return []
        if (
            head.role is Role.END
            and re.search(
                r"\b(?:cycles?|doses|course)\b", made.sentence.text[: max(head.to, when.to)]
            )
            and self._of_interleukin(made)
        ):
            return []
        if head.role is Role.END and not SUBJECT.search(made.sentence.text[: head.at]):
            return []
        if head.role is Role.START and not self.planned and self.offered is not None:
            self._settle(made)
        if head.role is Role.START and self.planned:
            date = self.view.resolve(when.raw, future=True)
            anchor = self.view.context.anchor
            ahead = made.sentence.of("CUE_PLAN") or when.raw.forward or when.raw.has_year
            if date and anchor and date.earliest > anchor.latest and ahead:
                return self.planned
        return self.focus if self._spoken_of(made) else []

    def _ahead(self, when: When) -> bool:
        """Whether a date lies after the letter when read as a plan."""
        date, anchor = self.view.resolve(when.raw, future=True), self.view.context.anchor
        return bool(date and anchor and anchor.latest < date.earliest)

    def _given_today(self, made: Scene, when: When) -> bool:
        """ "Resume Sutent. First dose given in office today": the plan is carried out."""
        if when.raw.kind is not Kind.TODAY or not FIRST_GIVEN.search(made.sentence.text):
            return False
        for course in self.planned:
            course.standing, course.current = Standing.REAL, True
        return bool(self.planned)

    def _settle(self, made: Scene) -> None:
        """A drug offered a sentence or two ago is planned once a day to start it is named."""
        offered = self.offered
        if offered is None or not 0 < made.sentence.index - offered.sentence <= 2:
            return
        if not any(w.raw.forward or w.raw.weekday is not None for w in made.whens):
            return
        for agent in offered.agents:
            order = len(self.story.courses)
            number = len([c for c in self.story.of(agent) if c.standing is Standing.REAL]) + 1
            course = Course(agent, number, offered.span, order, Standing.PLANNED, offered.sentence)
            self.story.courses.append(course)
            self.planned = [*self.planned, course]
        self.offered = None

    def _courses_near(self, made: Scene, when: When) -> list[Course]:
        """The nearest live group before the date, else after it, else the focus."""
        live = [g for g in made.groups if g.standing is not Standing.VOID]
        before = [g for g in live if g.to <= when.at]
        if before:
            return before[-1].courses
        after = [g for g in live if g.at >= when.to]
        if after and gap_cost(made.sentence.text[when.to : after[0].at]) < 6:
            return after[0].courses
        if live or not self._spoken_of(made) or self._of_interleukin(made):
            return []
        if OTHER_DRUG.search(made.sentence.text[: when.at]):
            return []
        if made.sentence.unit.kind is UnitKind.PROSE and not ABOUT_DRUG.search(
            made.sentence.text[max(0, when.at - 60) : when.at]
        ):
            return []
        if re.search(
            r"\b(?:lasted|held|maintained|response|remission|well)\W+(?:\w+\W+){0,2}$",
            made.sentence.text[: when.at],
            re.IGNORECASE,
        ):
            return []  # how long a response held, not the drug
        return self.focus
