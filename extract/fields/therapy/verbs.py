"""Verbs of starting, stopping and changing: which drugs they are about."""

from __future__ import annotations

import re

from extract.fields.therapy.events import Head, Role, Scene, gap_cost
from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.storycues import OBJECT_GAP, RESUMES, SUBJECT, ends
from extract.fields.therapy.walk import Walk
from extract.language.reading import UnitKind
from extract.language.trying import trial

_WHICH_ONE = trial(
    r"\W*(?:the|his|her)\s+(?:first|second|third|former|latter|other|earlier|previous)\b(?!\s+(?:cycle|course|dose|week))",
    re.IGNORECASE,
)
_NO_MORE = trial(r"\bno (?:more|further|additional) (?:\w+ )?$", re.IGNORECASE)
_PRONOUN = trial(r"\s+(?:it|them|this|these|that)\b(?!\s+(?:drug|tablet))", re.IGNORECASE)


_LEFT_OUT = re.compile(r"dropped|omitted|left out", re.IGNORECASE)


class Verbs(Walk):
    """Verbs of starting, stopping and changing: which drugs they are about."""

    def _verbs(self, made: Scene) -> None:
        self._resumed(made)
        self._no_further(made)
        for head in made.verbs():
            head.group = self.group_of(made, head)
            if head.group is None and head.mention is not None:
                self._focus_verb(made, head)
                continue
            if head.group is None or head.group.standing is not Standing.REAL:
                continue
            if head.role in (Role.START, Role.SWITCH) and head.to <= head.group.at:
                for course in head.group.courses:
                    course.begun = not course.stopped
            if head.role is Role.SWITCH:
                self._switch(made, head.group)
            elif head.role is Role.END and ends(made, head):
                for course in self.all_of(made, head):
                    self._dropped(course, head)
                    course.stopped = True
                    course.continues = False
                    course.stopped_in = made.sentence.index
                    course.stopped_by_cycle = of_a_cycle(head)
            elif head.role is Role.START:
                self._supersede(made, head.group)

    def _dropped(self, course: Course, head: Head) -> None:
        """ "Twelve cycles of FOLFOX, though the oxaliplatin was dropped after the eighth"."""
        if head.mention is None or not _LEFT_OUT.match(head.mention.text):
            return
        mates = {
            a
            for scene in self.story.scenes
            for g in scene.groups
            if course in g.courses
            for a in g.agents
        }
        if len(mates) > 1 and head.group is not None and len(head.group.agents) == 1:
            course.dropped, course.ends = True, []
            course.reasons.pop("completed", None)

    def _resumed(self, made: Scene) -> None:
        """ "Left off for ten days ... we shall resume at 600 mg": held, not ended."""
        text = made.sentence.text
        match = RESUMES.search(text)
        if match is None or re.search(
            r"\b(?:not|never|cannot|n't|if|would|could|unless|whether|no plans? to|discuss\w*|consider\w*|before)\b[^.;]{0,30}$",
            text[: match.start()],
            re.IGNORECASE,
        ):
            return
        named = {a for g in made.groups for a in g.agents}
        for course in self.story.courses:
            near = course.stopped_in is not None and (
                0 < made.sentence.index - course.stopped_in <= 3
            )
            if near and (
                (course.agent in named and not course.ends and not made.whens)
                or (not named and course in self.focus)
            ):
                course.stopped = False
                course.continues = True
                course.ends = []
                course.reasons.clear()
                course.held = True
                course.current = True

    def _no_further(self, made: Scene) -> None:
        """ "No further ipilimumab": what was being had is over."""
        for group in made.groups:
            lead = made.sentence.text[: group.at]
            if group.standing is not Standing.VOID or not _NO_MORE.search(lead):
                continue
            if re.match(
                r"\W*(?:since|after|for|from|until|before)\b", made.sentence.text[group.to :]
            ):
                continue
            for agent in group.agents:
                for course in self.story.of(agent)[-1:]:
                    if course.standing is Standing.REAL and agent != "aldesleukin":
                        course.stopped, course.current = True, False
                        course.stopped_in = made.sentence.index

    def _focus_verb(self, made: Scene, head: Head) -> None:
        if head.role is not Role.END or not SUBJECT.search(made.sentence.text[: head.at]):
            return
        if _WHICH_ONE.match(made.sentence.text[head.to :]):
            return  # "he came off the first because of a bleed": not the drug in focus
        if ends(made, head) and not self._elsewhere(made, head) and self._spoken_of(made):
            self._shift_focus(made)
            for course in self.focus:
                course.stopped = True
                course.stopped_in = made.sentence.index

    def _shift_focus(self, made: Scene) -> None:
        """What is stopped without being named is a drug still going, if there is one."""
        if made.sentence.unit.kind is not UnitKind.PROSE or not self.focus:
            return
        if not all(c.over for c in self.focus):
            return
        going = [c for c in self.story.courses if c.standing is Standing.REAL and not c.over]
        if going:
            last = max(c.unit for c in going)
            self.focus = [c for c in going if c.unit == last]
            self.story.focus_at[made.sentence.index] = list(self.focus)

    def _switch(self, made: Scene, group: Group) -> None:
        """ "Switched from A to B": A is over; B begins."""
        for other in made.groups:
            if other is not group and other.standing is Standing.REAL and other.to <= group.at:
                for course in other.courses:
                    course.superseded = course.superseded or not (other.current and course.starts)
        self._supersede(made, group)

    def _supersede(self, made: Scene, group: Group) -> None:
        """Starting other drugs ends those in focus, unless they are added on."""
        text = made.sentence.text
        if re.search(
            r"\b(?:add(?:ed|ition)|plus|together with|combined with|in combination|alongside|concurrent\w*|concomitant\w*|on top of|maintenance|radiotherapy)\b",
            text[max(0, group.at - 60) : group.to + 40],
            re.IGNORECASE,
        ):
            return
        mine = {id(c) for c in group.courses}
        for course in self.focus:
            if id(course) not in mine and course.standing is Standing.REAL and not course.current:
                course.superseded = True

    def all_of(self, made: Scene, head: Head) -> list[Course]:
        """The courses a verb ends; "both stopped for progression" is about every drug before it."""
        assert head.group is not None
        before = made.sentence.text[max(0, head.at - 25) : head.at]
        if re.search(r"\b(?:both|all|each)\b(?:\s+\w+)?\s*$", before, re.IGNORECASE):
            real = [g for g in made.groups if g.standing is Standing.REAL and g.to <= head.at]
            return [c for g in real for c in g.courses]
        return head.group.courses

    def group_of(self, made: Scene, head: Head) -> Group | None:
        """The group a verb is about: its object, else its subject, else None (the focus)."""
        text = made.sentence.text
        live = [g for g in made.groups if g.standing is not Standing.VOID]
        after = [g for g in live if g.at >= head.to]
        before = [g for g in live if g.to <= head.at]
        if _PRONOUN.match(text[head.to :]):  # "he began it in November, after docetaxel"
            return before[-1] if before else None
        gap = text[head.to : after[0].at] if after else ""
        if after and ")" not in gap and OBJECT_GAP.match(gap + " "):
            return after[0]
        if head.role is Role.SWITCH:
            if (
                head.mention
                and re.search(
                    r"\bto\b|\bby\b|\bwith\b|\bthen\b|\bnext\b", head.mention.text, re.IGNORECASE
                )
                and after
                and gap_cost(text[head.to : after[0].at]) < 6
            ):
                return after[0]
            return None
        reach = 60.0 if len(live) == 1 or head.role is Role.END else 20.0
        if before and gap_cost(text[before[-1].to : head.at]) < reach:
            return before[-1]
        near = gap_cost(text[head.to : after[0].at]) if after else 99.0
        if after and ((head.role is Role.START and near < 25) or (near < 6 and not self.focus)):
            return after[0]
        return None


def of_a_cycle(head: Head) -> bool:
    """Whether the verb may end no more than a cycle or a stretch: "completed", "finished"."""
    return head.mention is not None and head.mention.label == "EV_COMPLETED"
