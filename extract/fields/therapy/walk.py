"""The state of the walk through a letter: the drugs in focus, and what is spoken of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.fields.subject import Others
from extract.fields.therapy.events import Head, Scene
from extract.fields.therapy.groups import find_groups
from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.storycues import ABOUT_DRUG, CAUSED_BY, CYCLE_TALK, OFFERED, ORAL
from extract.fields.view import View
from extract.language.reading import Sentence, Unit, UnitKind


@dataclass
class Story:
    """The courses a letter tells, in order of appearance, and how groups map to them."""

    view: View
    courses: list[Course] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)
    focus_at: dict[int, list[Course]] = field(default_factory=dict)

    def of(self, agent: str) -> list[Course]:
        """The real courses of one agent, in order."""
        return [c for c in self.courses if c.agent == agent]


def _heads_line(made: Scene, group: Group) -> bool:
    """A line under a heading of treatment that begins with its drug is an item of a list."""
    unit = made.sentence.unit
    return unit.section == "treatment" and group.start - unit.start < 4


class Walk:
    """The state of the walk through a letter: the drugs in focus, and what is spoken of."""

    def __init__(self, view: View, others: Others) -> None:
        self.view = view
        self.story = Story(view)
        self.groups = find_groups(view, others)
        self.others = others
        self.focus: list[Course] = []
        self.item_focus: dict[int, list[Course]] = {}
        self.planned: list[Course] = []
        self.offered: Group | None = None

    def _parents(self, unit: Unit) -> list[Unit]:
        return [u for u in self.view.reading.path(unit) if u.kind is not UnitKind.PROSE]

    def _enter(self, sentence: Sentence) -> None:
        """In a list, an item's focus is its own drugs, or those of the item above it."""
        unit = sentence.unit
        for above in (unit, *self._parents(unit)):
            if above.index in self.item_focus:
                self.focus = self.item_focus[above.index]
                return

    def _leave(self, made: Scene) -> None:
        real = [g for g in made.groups if g.courses and g.standing is Standing.REAL]
        self.planned = next(
            (g.courses for g in reversed(made.groups) if g.standing is Standing.PLANNED),
            self.planned,
        )
        real = [g for g in real if not self._aside(made, g)] or ([] if self.focus else real)
        void = [
            g
            for g in made.groups
            if g.standing is Standing.VOID and not self.others.at(made.sentence, g.at)
        ]
        if void and OFFERED.search(made.sentence.text):
            self.offered = void[-1]
        if not real:
            return
        self.focus = real[-1].courses
        unit = made.sentence.unit
        if unit.kind in (UnitKind.ITEM, UnitKind.ROW, UnitKind.PAIR) or _heads_line(made, real[0]):
            self.item_focus.setdefault(unit.index, real[0].courses)
            if real[-1] is not real[0]:
                self.item_focus[unit.index] = real[-1].courses

    def _aside(self, made: Scene, group: Group) -> bool:
        """A drug named only as the cause of something ("residual from oxaliplatin")."""
        if made.verbs() or made.sentence.of("RESP", "LINE", "EV_GIVEN"):
            return False
        before = made.sentence.text[: group.at]
        return made.sentence.unit.section == "toxicity" or bool(CAUSED_BY.search(before))

    def _relevant(self, sentence: Sentence) -> bool:
        return bool(sentence.mentions) or bool(self.view.dates_in(sentence.start, sentence.end))

    def _spoken_of(self, made: Scene) -> bool:
        """Whether a sentence without a drug's name is about the drug in focus."""
        unit = made.sentence.unit
        first = made.sentence.start <= unit.body or len(made.sentence.text) < 50
        listed = (
            unit.kind in (UnitKind.ITEM, UnitKind.PAIR)
            and unit.section in ("treatment", "il2")
            and first
        )
        if listed or unit.index in self.item_focus:
            return True
        if any(above.index in self.item_focus for above in self._parents(unit)):
            return True
        verbs = made.verbs()
        return bool(ABOUT_DRUG.search(made.sentence.text)) or bool(verbs and verbs[0].at < 4)

    def _of_interleukin(self, made: Scene) -> bool:
        """Cycles and doses, in a letter about interleukin-2, are not the tablets' in focus."""
        if (
            any(c.agent == "aldesleukin" for c in self.focus)
            or not CYCLE_TALK.search(made.sentence.text)
            or ORAL.search(made.sentence.text)
        ):
            return False
        return any("aldesleukin" in m.value("agents") for m in self.view.mentions("AGENT"))

    def _elsewhere(self, made: Scene, head: Head) -> bool:
        """The verb has an object of its own that is no anti-cancer drug ("ramipril stopped")."""
        text = made.sentence.text
        before, after = text[max(0, head.at - 40) : head.at], text[head.to : head.to + 30]
        if re.match(
            r"\s+(?:it|them|the (?:drug|tablets?|capsules?|treatment|infusions?)|(?:his|her|your) (?:tablets?|capsules?|treatment))\b",
            after,
            re.IGNORECASE,
        ):
            return False
        return bool(
            re.search(
                r"\b(?:ramipril|lisinopril|amlodipine|bisoprolol|aspirin|steroids?|prednisolone|dexamethasone|smoking|drinking|work\w*|warfarin|metformin|statin|simvastatin|allopurinol|antibiotics|driving|bleeding|amiodarone|thyroxine|furosemide|morphine|MST|tablets for|radiotherapy|zoledron\w+)\b",
                before + " | " + after,
                re.IGNORECASE,
            )
        )
