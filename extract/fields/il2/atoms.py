"""What a sentence gives of interleukin-2: the cycles it names, days they began, doses given.

Each is held to the topic: another drug's, another person's, planned or left-out ones are
not given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.fields.il2.counts import Count, Sure, find_counts
from extract.fields.il2.days import Day, Role, find_days, light
from extract.fields.il2.marks import Mark, find_courses, find_marks
from extract.fields.il2.topic import Drug, Topic
from extract.fields.view import View
from extract.language.pipeline import AGENT
from extract.language.reading import Sentence, UnitKind

#: How far from a cycle's name a bare number of doses may stand, in characters.
BESIDE = 24
#: How far back a word of planning reaches.
_REACH = 60


class Atoms:
    """Reads single sentences of one letter."""

    def __init__(self, view: View, topic: Topic) -> None:
        self.view = view
        self.topic = topic
        self.cues = topic.cues
        self._marks: dict[int, list[Mark]] = {}

    # -- cycles -----------------------------------------------------------------------

    def marks(self, sentence: Sentence) -> list[Mark]:
        """The cycles of interleukin-2 that a sentence names."""
        held = self._marks.get(sentence.index)
        if held is None:
            others = self.topic.others
            held = [
                replace(mark, planned=self._planned(sentence, mark))
                for mark in find_marks(sentence.text, self.cues)
                if self._speaks(sentence, mark.start) and not others.at(sentence, mark.start)
            ]
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
            return self.topic.treated and bool(doses) and not sentence.of(AGENT)
        return drug is not Drug.OTHER

    def _planned(self, sentence: Sentence, mark: Mark) -> bool:
        text = sentence.text
        rest = text[mark.end :]
        if self.cues["cancelled_after"].match(rest) or self.cues["planned_next"].match(rest):
            return True
        if self.cues["date_past"].search(text[: mark.end + _REACH]):
            return False
        before = text[max(0, mark.start - _REACH) : mark.start]
        return sentence.unit.section == "plan" or bool(self.cues["date_plan"].search(before))

    # -- doses ------------------------------------------------------------------------

    def counts(self, sentence: Sentence) -> list[Count]:
        """The numbers of doses of interleukin-2 that a sentence says were given."""
        text = sentence.text
        marks = self.marks(sentence)
        told = bool(marks) or (self.topic.admission and sentence.unit.kind is not UnitKind.PROSE)
        told = told or (self.topic.names(sentence) and "/14" in text)
        taken = [*self._measures(sentence), *((m.start, m.end) for m in marks)]
        counts = find_counts(text, self.cues, taken, told=told)
        return [c for c in counts if self._ours(sentence, c, bool(marks))]

    def _measures(self, sentence: Sentence) -> list[tuple[int, int]]:
        """The dates and lengths of time in a sentence's folded text."""
        start, end = sentence.start, sentence.end
        spans = [(date.start, date.end) for date in self.view.dates_in(start, end)]
        spans += [(length.start, length.end) for length in self.view.durations_in(start, end)]
        return [(sentence.folded(a), sentence.folded(b - 1) + 1) for a, b in spans]

    def _ours(self, sentence: Sentence, count: Count, marked: bool) -> bool:
        """Whether the doses are interleukin-2's, and were given."""
        place = count.start
        if self.topic.others.at(sentence, place) or self._supportive(sentence, count):
            return False
        if not self._speaks(sentence, place) or self._general(sentence):
            return False
        if count.sure is Sure.WEAK and not self._next_to(sentence, count):
            return self._bracketed(sentence, count)
        elsewhere = self.topic.at(sentence, place) is not Drug.IL2
        if elsewhere and (count.sure is not Sure.NOUN or not self.topic.treated):
            return count.sure > Sure.WEAK and marked and self.topic.treated
        return not self._to_be_given(sentence, count)

    def _general(self, sentence: Sentence) -> bool:
        """Whether the sentence speaks of a trial or of patients at large."""
        text = sentence.text
        return bool(self.cues["general"].search(text)) and not self.cues["patient"].search(text)

    def _supportive(self, sentence: Sentence, count: Count) -> bool:
        """Whether another medicine stands between interleukin-2 and the doses."""
        if count.out_of:
            return False
        places = [p for p in self.topic.places(sentence) if p < count.start]
        places += [m.end for m in self.marks(sentence) if m.end <= count.start]
        between = sentence.text[max(places, default=0) : count.start]
        return bool(self.cues["supportive"].search(between[-45:]))

    def _next_to(self, sentence: Sentence, count: Count) -> bool:
        """Whether a bare number stands beside the name of a cycle: "cycle 1: 12"."""
        text = sentence.text
        gaps = (
            text[m.end : count.start] if m.end <= count.start else text[count.end : m.start]
            for m in self.marks(sentence)
        )
        return any(len(gap) <= BESIDE and light(gap, self.cues) for gap in gaps)

    def _bracketed(self, sentence: Sentence, count: Count) -> bool:
        """A bare number in brackets behind a date: "10 August 2009 (10)"."""
        before, after = sentence.text[: count.start].rstrip(), sentence.text[count.end :]
        if not before.endswith("(") or not after.startswith(")"):
            return False
        opened = len(before.rstrip("(").rstrip())
        dates = self.view.dates_in(sentence.start, sentence.end)
        dated = any(sentence.folded(d.end - 1) + 1 == opened for d in dates)
        return dated and self.topic.at(sentence, count.start) is Drug.IL2

    def _to_be_given(self, sentence: Sentence, count: Count) -> bool:
        """Whether the doses are a plan: what was done may be told in the same sentence."""
        text = sentence.text
        if count.out_of or self.cues["told_given"].match(text[count.end :]):
            return False
        before = text[max(0, count.start - _REACH) : count.start]
        plans = [
            match.end()
            for match in self.cues["date_plan"].finditer(before)
            if not re.search(r"\bof (?:an? |the |his |her )*$", before[: match.start()])
        ]
        if plans:
            return not self.cues["date_past"].search(before[plans[-1] :])
        if self.cues["date_past"].search(text):
            return False
        return sentence.unit.section == "plan" and not self.topic.admission

    # -- days -------------------------------------------------------------------------

    def days(self, sentence: Sentence, counts: Sequence[Count], *, listed: bool) -> list[Day]:
        """The days in a sentence on which cycles of interleukin-2 began.

        Args:
            sentence: where to look.
            counts: its numbers of doses.
            listed: the line of a form or list stands below the name of a cycle.
        """
        text = sentence.text
        anchors = [(mark.start, mark.end) for mark in self.marks(sentence)]
        anchors += [(count.start, count.end) for count in counts]
        anchors += [m.span() for m in self.cues["all_cycles"].finditer(text)]
        anchors += [(c.start, c.end) for c in find_courses(text, self.cues)]
        places = self.topic.places(sentence)
        anchors += [
            (sentence.folded(m.start), sentence.folded(m.end - 1) + 1)
            for m in sentence.of(AGENT)
            if sentence.folded(m.start) in places
        ]
        days = find_days(self.view, sentence, anchors, self.cues)
        listed = listed and sentence.unit.kind is not UnitKind.PROSE
        return [d for d in days if self._begins(sentence, d, told=bool(anchors), listed=listed)]

    def _begins(self, sentence: Sentence, day: Day, *, told: bool, listed: bool) -> bool:
        """Whether a day is the beginning of a cycle of interleukin-2."""
        if self.topic.others.at(sentence, day.start) or not self._speaks(sentence, day.start):
            return False
        elsewhere = self.topic.at(sentence, day.start) is not Drug.IL2
        if elsewhere and not (self.topic.treated and told):
            return False
        if told or listed or day.first_dose or day.role is Role.ADMITTED:
            return True
        if self.topic.admission and self.cues["opens_start"].match(sentence.text):
            return True
        return bool(self.cues["subject"].search(sentence.text))

    def day_planned(self, sentence: Sentence, day: Day) -> bool:
        """Whether the words round a day speak of a plan, or of one that came to nothing."""
        text = sentence.text
        if self.cues["cancelled_after"].match(text[day.end :]):
            return True
        before = text[max(0, day.start - 90) : day.start]
        if self.cues["date_past"].search(before):
            return False
        if sentence.unit.section == "plan" or self.cues["date_plan"].search(before):
            return True
        return not self.topic.treated
