"""Ends that a note tells without a verb of its own beside the date."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.fields.therapy.adding import Adding
from extract.fields.therapy.datereading import AT_ONCE, DOSE_ONLY, LAST_OF_A_KIND
from extract.fields.therapy.distance import ended_ago
from extract.fields.therapy.events import Head, Role, Scene, When
from extract.fields.therapy.model import Standing
from extract.fields.therapy.storycues import ends


class Noted(Adding):
    """Ends under a date, at once, so long ago, or in a form's box."""

    def _ended_ago(self, made: Scene) -> None:
        """ "She has been off pazopanib for six weeks"."""
        for raw, group in ended_ago(self.view, made):
            courses = group.courses if group is not None else self.focus
            when = When(raw, made.sentence.folded(raw.start), made.sentence.folded(raw.end), None)
            self._add([c for c in courses if not c.ends], made, when, Role.END, rank=1)

    def _under_date(self, made: Scene) -> None:
        """ "Clinic 20/10/14: clinical PD, SUN stopped": a stop noted under its date."""
        text = made.sentence.text
        if len(made.whens) != 1 or made.whens[0].until is not None:
            return
        when = made.whens[0]
        if when.at > 25 or not re.match(r"\s?:", text[when.to :]) or when.raw.day is None:
            return
        for head in made.heads:
            stops = head.role is Role.END and head.mention is not None and head.at > when.to
            if stops and head is not when.head and head.group is not None and ends(made, head):
                shared = replace(when, head=Head(Role.ASSESS, when.at, when.to))
                self._add([c for c in head.group.courses if not c.ends], made, shared, Role.END, 1)

    def _there_and_then(self, made: Scene) -> None:
        """ "PD was reported on the 17th. We stopped there and then": the day before's."""
        if made.whens or not self.story.scenes[:-1]:
            return
        above = self.story.scenes[-2]
        seen = [w for w in above.whens if w.head is not None and w.head.role is Role.ASSESS]
        if made.sentence.index - above.sentence.index != 1 or not seen:
            return
        for head in made.heads:
            if head.role is not Role.END or head.mention is None or not ends(made, head):
                continue
            if AT_ONCE.match(made.sentence.text[head.to :]):
                courses = head.group.courses if head.group is not None else self.focus
                near = replace(seen[-1], cost=8.0)
                self._add([c for c in courses if not c.ends], made, near, Role.END, 1)

    def _two_dates(self, made: Scene) -> bool:
        """ "SUNITINIB  FEB 2009  DEC 2009  PR": begun and ended, in a table that lost its lines."""
        if len(made.groups) != 1 or len(made.whens) < len("ab"):
            return False
        group, text = made.groups[0], made.sentence.text
        first, last = made.whens[:2]
        if group.standing is not Standing.REAL or first.at < group.to or first.until or last.until:
            return False
        between, lead = text[first.to : last.at], text[group.to : first.at]
        if between.strip(" ,|.") or not between or not DOSE_ONLY.fullmatch(lead) or made.verbs():
            return False
        begun, ended = self.view.resolve(first.raw), self.view.resolve(last.raw)
        if begun is None or ended is None or begun.earliest >= ended.earliest:
            return False
        self._add(group.courses, made, first, Role.START)
        self._add(group.courses, made, last, Role.END)
        return True

    def _last_of_a_kind(self, made: Scene) -> bool:
        """ "Last TKI dose   > 56 d before IL-2   27.09.10": the end of the targeted drug."""
        match = LAST_OF_A_KIND.match(made.sentence.text)
        if match is None:
            return False
        whens = [w for w in made.whens if w.until is None and w.at >= match.end()]
        targeted = [
            c
            for c in self.story.courses
            if c.standing is Standing.REAL and self.view.lexicon.counts_for_washout(c.agent)
        ]
        named = any(g.standing is Standing.REAL for g in made.groups)
        if not whens or not targeted or named:
            return False
        last = [c for c in targeted if c.unit == targeted[-1].unit]
        self._add(last, made, whens[-1], Role.END)
        return True
