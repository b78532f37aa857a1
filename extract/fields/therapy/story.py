"""Tying events to drugs: the letter is walked once, with the drugs in focus carried on.

In a list item or table row the focus is the item's own drugs; in prose it is the drugs
last spoken of. A verb takes the drug after it when nothing but an article or a dose stands
between, else the drug before it, else the focus.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.fields.subject import Others
from extract.fields.therapy.events import Head, Role, Scene, When, gap_cost, scene
from extract.fields.therapy.groups import find_groups
from extract.fields.therapy.model import Course, Dated, Group, Standing
from extract.fields.view import View
from extract.language.reading import Sentence, Unit, UnitKind
from extract.records import Reason

_OBJECT_GAP = re.compile(
    r"""^\W*(?:(?:on|onto|with|of|the|a|an|his|her|your|my|to|from|in|for|single|agent|treatment|therapy|drug|combination|oral|iv|palliative|adjuvant
    |neoadjuvant|neo|first|second|third|fourth|1st|2nd|3rd|line|low|high|dose|weekly|course|courses|cycles?|trial|study|maintenance|systemic
    |targeted|immunotherapy|chemotherapy|both|each|capsules?|tablets?|infusions?|taking|by|again|regimen|biological|kinase|inhibitor
    |tyrosine|tki|mtor|standard|concurrent|concomitant|intravenous|subcutaneous|initial|further|another|and|was|were|combined|agents?
    |[\d.,/-]+\s*(?:mg|mcg|g|mu|miu|iu|m2|%|od|bd)?|one|two|three|four|five|six|seven|eight|x)\W+){0,9}$""",
    re.IGNORECASE | re.VERBOSE,
)
_RESTART = re.compile(
    r"\b(?:again|re-?challeng\w*|re-?start\w*|re-?introduc\w*|re-?commenc\w*|went back|gone back|back on|back to|second course of|re-?treat\w*|resumed|re-?induction|for the second time|rechallenge)\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:held|withheld|paused|interrupted|on hold|break|suspended|omitted|delayed|rested|temporarily)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:previously|before that|prior to (?:that|this)|earlier|had been|formerly|in the past)\b[^,;]{0,60}$", re.IGNORECASE
)
_FROM = re.compile(r"\bfrom\s+(?:the\s+|his\s+|her\s+)?$", re.IGNORECASE)


_AHEAD = re.compile(
    r"\b(?:will|shall|would|could|might|may|should|told (?:him|her|them|you) to|asked (?:him|her|them|you) to|going to|plan(?:s|ned)? to|due to|aim(?:ing)? to|intend(?:s|ed)? to|if|unless|until|let (?:him|her)|is to|are to|can)\b[^,;:]*$",
    re.IGNORECASE,
)
_AHEAD_AFTER = re.compile(r"^\W*(?:falls?|will|is due|is to|should)\b", re.IGNORECASE)


def _clause_before(text: str, at: int) -> str:
    return re.split(r"[;,]|\bbut\b|\band (?:was|were|he|she|it)\b|\bbecause\b|\bsince\b|\bwhen\b", text[max(0, at - 90) : at])[-1]


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


def tell(view: View, others: Others) -> Story:
    """Walk the letter and build its courses with their starts, ends and standings."""
    return _Teller(view, others).tell()


class _Teller:
    def __init__(self, view: View, others: Others) -> None:
        self.view = view
        self.story = Story(view)
        self.groups = find_groups(view, others)
        self.others = others
        self.focus: list[Course] = []
        self.item_focus: dict[int, list[Course]] = {}

    def tell(self) -> Story:
        for sentence in self.view.sentences:
            groups = self.groups.get(sentence.index, [])
            if not groups and not self._relevant(sentence):
                continue
            self._enter(sentence)
            made = scene(self.view, sentence, groups)
            self.story.scenes.append(made)
            self._place(made)
            self.story.focus_at[sentence.index] = list(self.focus)
            self._verbs(made)
            self._dates(made)
            self._leave(made)
        return self.story

    def _relevant(self, sentence: Sentence) -> bool:
        return bool(sentence.mentions) or bool(self.view.dates_in(sentence.start, sentence.end))

    # -- focus --------------------------------------------------------------------

    def _enter(self, sentence: Sentence) -> None:
        """In a list, an item's focus is its own drugs, or those of the item above it."""
        unit = sentence.unit
        for above in (unit, *self._parents(unit)):
            if above.index in self.item_focus:
                self.focus = self.item_focus[above.index]
                return

    def _parents(self, unit: Unit) -> list[Unit]:
        return [u for u in self.view.reading.path(unit) if u.kind is not UnitKind.PROSE]

    def _leave(self, made: Scene) -> None:
        real = [g for g in made.groups if g.courses and g.standing is Standing.REAL]
        if not real:
            return
        self.focus = real[-1].courses
        unit = made.sentence.unit
        if unit.kind in (UnitKind.ITEM, UnitKind.ROW, UnitKind.PAIR):
            self.item_focus.setdefault(unit.index, real[0].courses)
            if real[-1] is not real[0]:
                self.item_focus[unit.index] = real[-1].courses

    # -- courses ------------------------------------------------------------------

    def _place(self, made: Scene) -> None:
        for group in made.groups:
            if group.standing is Standing.VOID:
                continue
            fresh = self._is_fresh(made, group)
            earlier = bool(_EARLIER.search(made.sentence.text[: group.at]))
            for agent in group.agents:
                course = self._course(agent, group, fresh, made)
                group.courses.append(course)
                if earlier and len(self.story.courses) > 1:
                    course.superseded = True
                if group.current and not made.sentence.unit.copied:
                    course.current = True

    def _course(self, agent: str, group: Group, fresh: bool, made: Scene) -> Course:
        held = [c for c in self.story.of(agent) if c.standing is group.standing]
        if agent == "aldesleukin" and held:
            return held[-1]
        if held and not (fresh and held[-1].unit != made.sentence.index):
            return self._which(held, group, made)
        if group.standing is Standing.PLANNED and not held:
            number = len([c for c in self.story.of(agent) if c.standing is Standing.REAL]) + 1
            number = 1 if agent == "aldesleukin" else number
        else:
            number = len(held) + 1
        course = Course(
            agent, number, group.span, len(self.story.courses), group.standing, made.sentence.index
        )
        self.story.courses.append(course)
        return course

    def _which(self, held: list[Course], group: Group, made: Scene) -> Course:
        """Of several courses of a drug, the one whose dates fit, else the latest."""
        if len(held) == 1:
            return held[0]
        for when in made.whens:
            date = self.view.resolve(when.raw)
            if date is None:
                continue
            for course in held:
                if any(d.date == date for d in (*course.starts, *course.ends)):
                    return course
        return held[-1]

    def _is_fresh(self, made: Scene, group: Group) -> bool:
        """Whether this mention opens another course of a drug that was given before."""
        if group.standing is Standing.PLANNED or made.sentence.unit.copied:
            return False
        text = made.sentence.text
        before, after = text[max(0, group.at - 50) : group.at], text[group.to : group.to + 30]
        held = [c for a in group.agents for c in self.story.of(a) if c.standing is Standing.REAL]
        if not held:
            return False
        if _RESTART.search(before) or _RESTART.match(after.strip(" ,(-")):
            return all(c.over for c in held) or self._later_others(held)
        unit = made.sentence.unit
        first = self.view.sentences[held[-1].unit].unit
        if unit.kind is UnitKind.ITEM and first.kind is UnitKind.ITEM and unit.index != first.index:
            same_list = unit.parent == first.parent and unit.heading == first.heading
            if same_list and unit.section != "diagnosis" and (unit.number or first.number is None):
                return bool(made.whens) or held[-1].over
        if unit.kind is UnitKind.ROW and first.kind is UnitKind.ROW and unit.index != first.index:
            return unit.header == first.header and bool(made.whens)
        return self._other_regimen(made, group, held)

    def _later_others(self, held: list[Course]) -> bool:
        last = max(c.order for c in held)
        agents = {c.agent for c in held}
        return any(c.order > last and c.agent not in agents for c in self.story.courses)

    def _other_regimen(self, made: Scene, group: Group, held: list[Course]) -> bool:
        """A drug named again inside another regimen, with a line or a verb of starting."""
        if len(group.agents) < 2:
            return False
        partners = {c.agent for c in self.story.courses if c.unit == held[-1].unit}
        if set(group.agents) <= partners or partners <= set(group.agents) and len(partners) > 1:
            return False
        opened = made.sentence.of("LINE", "EV_START", "EV_SWITCH", "EV_GIVEN")
        return bool(opened) and len(partners) > 1

    # -- verbs --------------------------------------------------------------------

    def _verbs(self, made: Scene) -> None:
        for head in made.verbs():
            head.group = self.group_of(made, head)
            if head.group is None and head.mention is not None:
                self._focus_verb(made, head)
                continue
            if head.group is None or head.group.standing is not Standing.REAL:
                continue
            if head.role is Role.SWITCH:
                self._switch(made, head, head.group)
            elif head.role is Role.END and self._ends(made, head):
                for course in head.group.courses:
                    course.stopped = True
                    course.continues = False
            elif head.role is Role.START:
                self._supersede(made, head.group)

    def _focus_verb(self, made: Scene, head: Head) -> None:
        if head.role is Role.END and self._ends(made, head) and not self._elsewhere(made, head):
            self._shift_focus(made)
            for course in self.focus:
                course.stopped = True

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

    def _elsewhere(self, made: Scene, head: Head) -> bool:
        """The verb has an object of its own that is no anti-cancer drug ("ramipril stopped")."""
        text = made.sentence.text
        before, after = text[max(0, head.at - 40) : head.at], text[head.to : head.to + 30]
        return bool(
            re.search(
                r"\b(?:ramipril|lisinopril|amlodipine|bisoprolol|aspirin|steroids?|prednisolone|dexamethasone|smoking|drinking|work\w*|warfarin|metformin|statin|simvastatin|allopurinol|antibiotics|driving|bleeding|amiodarone|thyroxine|furosemide|morphine|MST|tablets for|radiotherapy|zoledron\w+)\b",
                before + " | " + after,
                re.IGNORECASE,
            )
        )

    def _ends(self, made: Scene, head: Head) -> bool:
        """Whether a verb of stopping ends the course rather than a cycle or nothing at all."""
        text = made.sentence.text
        before, after = text[max(0, head.at - 45) : head.at], text[head.to : head.to + 40]
        if re.search(r"\b(?:not|never|without|if|until|unless|would|could|might|may|should|before|to be|will(?: be)?|did not|to|when we|nearly|almost|never been)\s+(?:\w+\s+)?$", before, re.IGNORECASE) and not re.search(r"\bhad to be\s*$|\bhad to\s*$|\bdecided to\s*$|\bwas to be\s*$", before, re.IGNORECASE):
            return False
        assert head.mention is not None
        if _AHEAD.search(_clause_before(text, head.at)) or _AHEAD_AFTER.match(after):
            return False
        if head.mention.label == "EV_COMPLETED":
            return not re.match(r"\s*(?:\w+\s+)?(?:cycle (?:one|1|2|two)\b|(?:the )?first cycle|radio|form|question|letter|by\b)", after, re.IGNORECASE)
        if re.match(r"\s*(?:at|after) (?:dose|that dose|the \w+ dose)", after, re.IGNORECASE):
            return True
        return True

    def _switch(self, made: Scene, head: Head, group: Group) -> None:
        """ "Switched from A to B": A is over; B begins."""
        for other in made.groups:
            if other is not group and other.standing is Standing.REAL and other.to <= group.at:
                for course in other.courses:
                    course.superseded = True
        self._supersede(made, group)

    def _supersede(self, made: Scene, group: Group) -> None:
        """Starting other drugs ends those in focus, unless they are added on."""
        text = made.sentence.text
        if re.search(r"\b(?:add(?:ed|ition)|plus|together with|combined with|in combination|alongside|concurrent\w*|concomitant\w*|on top of|maintenance|radiotherapy)\b", text[max(0, group.at - 60) : group.to + 40], re.IGNORECASE):
            return
        mine = {id(c) for c in group.courses}
        for course in self.focus:
            if id(course) not in mine and course.standing is Standing.REAL and not course.current:
                course.superseded = True

    def group_of(self, made: Scene, head: Head) -> Group | None:
        """The group a verb is about: its object, else its subject, else None (the focus)."""
        text = made.sentence.text
        live = [g for g in made.groups if g.standing is not Standing.VOID]
        after = [g for g in live if g.at >= head.to]
        before = [g for g in live if g.to <= head.at]
        if after and _OBJECT_GAP.match(text[head.to : after[0].at] + " "):
            return after[0]
        if head.role is Role.SWITCH:
            if head.mention and re.search(r"\bto\b|\bby\b|\bwith\b|\bthen\b|\bnext\b", head.mention.text, re.IGNORECASE) and after and gap_cost(text[head.to : after[0].at]) < 6:
                return after[0]
            return None
        if before and gap_cost(text[before[-1].to : head.at]) < 20:
            return before[-1]
        if after and gap_cost(text[head.to : after[0].at]) < 6 and not self.focus:
            return after[0]
        return None

    # -- dates --------------------------------------------------------------------

    def _dates(self, made: Scene) -> None:
        for when in made.whens:
            if when.head is None:
                continue
            if when.until is not None:
                self._range(made, when)
            elif when.head.role is Role.DRUG and when.head.group is not None:
                self._by_drug(made, when, when.head.group)
            elif when.head.role in (Role.START, Role.END):
                self._by_verb(made, when, when.head)
            elif when.head.role is Role.SWITCH and when.head.group is not None:
                self._add(when.head.group.courses, made, when, Role.START)

    def _range(self, made: Scene, when: When) -> None:
        head = when.head
        assert head is not None and when.until is not None
        if head.role in (Role.OTHER, Role.ASSESS) and when.cost < 2.5:
            return
        courses = head.group.courses if head.group is not None else self._courses_near(made, when)
        if not courses:
            return
        self._add(courses, made, when, Role.START)
        last = When(when.until, when.at, when.to, head)
        if not re.match(r"\W*(?:date|present|now|ongoing)\b", made.sentence.text[when.to :], re.IGNORECASE):
            self._add(courses, made, last, Role.END)

    def _by_drug(self, made: Scene, when: When, group: Group) -> None:
        """A date beside a drug, no verb between: the day it began."""
        if group.standing is Standing.VOID:
            return
        if when.at >= group.to and when.cost < 9:
            gap = made.sentence.text[group.to : when.at]
            if re.search(r"\b(?:after|before|by|until|to)\s*$", gap, re.IGNORECASE):
                if re.search(r"\b(?:until|to)\s*$", gap, re.IGNORECASE):
                    self._add(group.courses, made, when, Role.END)
                return
            self._add(group.courses, made, when, Role.START)
        elif when.to <= group.at and when.cost < 8:
            self._add(group.courses, made, when, Role.START)

    def _by_verb(self, made: Scene, when: When, head: Head) -> None:
        group = head.group
        if head.mention is not None and group is None and self._elsewhere(made, head):
            return
        if head.mention is None:  # "from", "since", "until"
            courses = self._courses_near(made, when)
            if head.role is Role.START and re.search(r"\boff\b", made.sentence.text[: head.at][-40:], re.IGNORECASE):
                self._add(courses, made, when, Role.END)
                return
            self._add(courses, made, when, head.role)
            return
        if head.role is Role.END and not self._ends(made, head):
            return
        courses = group.courses if group is not None else self.focus
        if group is not None and group.standing is Standing.VOID:
            return
        held = _HELD.search(made.sentence.text[max(0, head.at - 30) : when.to])
        if held and head.role is Role.END and not re.search(r"stop|discontinu|last|perman", made.sentence.text, re.IGNORECASE):
            return
        self._add(courses, made, when, head.role)

    def _courses_near(self, made: Scene, when: When) -> list[Course]:
        """The nearest live group before the date, else after it, else the focus."""
        live = [g for g in made.groups if g.standing is not Standing.VOID]
        before = [g for g in live if g.to <= when.at]
        if before:
            return before[-1].courses
        after = [g for g in live if g.at >= when.to]
        if after and gap_cost(made.sentence.text[when.to : after[0].at]) < 6:
            return after[0].courses
        return [] if live else self.focus

    def _add(self, courses: list[Course], made: Scene, when: When, role: Role) -> None:
        for course in courses:
            date = self.view.resolve(when.raw, future=course.standing is Standing.PLANNED)
            if date is None:
                continue
            reasons: tuple[Reason, ...] = ()
            if when.raw.ambiguous and self.view.context.order == "dmy" and when.raw.kind == "numeric_my":
                reasons = (Reason.AMBIGUOUS_DATE,)
            if when.cost > 7:
                reasons = (*reasons, Reason.DISTANT)
            entry = Dated(date, (when.raw.start, when.raw.end), reasons)
            target = course.starts if role is not Role.END else course.ends
            if role is Role.END:
                course.stopped = True
            target.append(entry)
