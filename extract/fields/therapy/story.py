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
from extract.fields.therapy.groups import WASHED, find_groups
from extract.fields.therapy.model import Course, Dated, Group, Standing
from extract.fields.therapy.tables import Column, cells
from extract.fields.view import View
from extract.language.reading import Sentence, Unit, UnitKind
from extract.records import Reason
from extract.values.dates import EdtfDate

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
_SUPPORT_ONLY = re.compile(
    r"\b(?:transition\w* to|switch\w* to|moved to|for|elected|opted for|referred (?:to|for)|now) (?:best supportive|palliative care|supportive|hospice|comfort)|\bBSC only\b",
    re.IGNORECASE,
)
#: "Off it since", "none since", "has had no pazopanib since": the date is the end.
_NONE_SINCE = re.compile(
    r"\boff\b[^.;]{0,40}$|\b(?:none|nothing|nil|no (?:more |further )?\w+|without (?:\w+ )?\w+|not (?:had|taken|been on)\b[^.;]{0,30})\W+$", re.IGNORECASE
)
_CAUSED_BY = re.compile(
    r"\b(?:from|due to|secondary to|caused by|since|related to|attributed to|side effects? of|toxicity (?:of|from))\s+(?:the |his |her )?$", re.IGNORECASE
)
_OFFERED = re.compile(r"\b(?:offer\w*|suggest\w*|reasonable to|recommend\w*|consider\w*|discuss\w*|try|go for|funding (?:for|came|is))\b", re.IGNORECASE)
_TWO_DATES = re.compile(
    r"^\W*(?:date )?(?:start\w*|from|commenc\w+|begun|first dose)\s*(?:/|-|and|to)\s*(?:last(?: dose)?|stop\w*|end\w*|finish\w*|to)\b", re.IGNORECASE
)
_ANAPHOR = re.compile(r"\b(?:his|her|the|this|that|your)\s+$", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|final)\s+(?:(?:dose|capsule|tablet|infusion|of|her|his|the)\s+)*$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:the\s+|his\s+|her\s+)?$", re.IGNORECASE)


_AHEAD = re.compile(
    r"\b(?:will|shall|would|could|might|(?-i:may)|should|told (?:him|her|them|you) to|asked (?:him|her|them|you) to|going to|plan(?:s|ned)? to|due to|aim(?:ing)? to|intend(?:s|ed)? to|if|unless|let (?:him|her)|is to|are to|can)\b[^,;:]*$",
    re.IGNORECASE,
)
_RESUMED = re.compile(
    r"\b(?:re-?start\w*|resum\w+|re-?commenc\w+|re-?introduc\w+|re-?challeng\w+|re-?instat\w+|started again|back on)\b", re.IGNORECASE
)
#: A sentence that names no drug still speaks of one: "she began it", "treatment was stopped".
_ABOUT_DRUG = re.compile(
    r"\b(?:on|took|taken|taking|given|had|has|received|continued|ran|began|started|stopped|swallowed|commenced|finished|of|with) (?:it|this|them|that|these|(?:the )?(?:drug|tablets?|capsules?|treatment|infusions?|therapy|medication))\b"
    r"|\b(?:it|this|these|treatment|therapy|the (?:drug|tablets?|capsules?|treatment|infusions?)|which) (?:was|were|ran|lasted|continued|went|had|has|began|started|stopped)\b"
    r"|\b(?:he|she|we|I|you|they) (?:\w+ )?(?:stopped|discontinued|finished|ceased)\b|\b(?:last|final|first) (?:capsule|tablet|infusion|dose)\b",
    re.IGNORECASE,
)
#: Who or what may stand before a verb of stopping that names no drug.
_SUBJECT = re.compile(
    r"(?:^|[,;:(.-]|\b(?:it|they|this|these|which|that|drugs?|tablets?|capsules?|treatment|therapy|medication|both|all|we|i|he|she|you|and|but|so|then|therefore|was|were|be|been|being|has|had|to|eventually|finally|subsequently|electively|when|until|after|since|the|his|her))\s*$",
    re.IGNORECASE,
)
_CYCLE_TALK = re.compile(r"\b(?:cycles?|doses?|course|admi\w+|week (?:one|two|1|2))\b", re.IGNORECASE)
_AHEAD_AFTER = re.compile(r"^\W*(?:falls?|will|is due|is to|should)\b", re.IGNORECASE)


def _clause_before(text: str, at: int) -> str:
    return re.split(r"[;,]|\bbut\b|\band (?:was|were|he|she|it)\b|\bbecause\b|\bsince\b|\bwhen\b", text[max(0, at - 90) : at])[-1]


def ends(made: Scene, head: Head) -> bool:
    """Whether a verb of stopping ends the course rather than a cycle or nothing at all."""
    text = made.sentence.text
    before, after = text[max(0, head.at - 45) : head.at], text[head.to : head.to + 40]
    if re.search(r"\b(?:not|never|without|if|unless|would|could|might|(?-i:may)|should|before|to be|will(?: be)?|did not|to|when we|nearly|almost|never been)\s+(?:\w+\s+)?$", before, re.IGNORECASE) and not re.search(r"\bhad to be\s*$|\bhad to\s*$|\bdecided to\s*$|\bwas to be\s*$", before, re.IGNORECASE):
        return False
    assert head.mention is not None
    verb = head.mention.text.lower()
    if re.match(r"dropped|omitted|left out", verb) and re.search(r"\bdoses?\b|\d", text):
        return bool(head.group) and head.group.agents != ("aldesleukin",)
    if _AHEAD.search(_clause_before(text, head.at)) or _AHEAD_AFTER.match(after):
        return False
    if _RESUMED.search(text[head.to : head.to + 90]):
        return False  # held, not ended
    if head.mention.label == "EV_COMPLETED":
        return not re.match(r"\s*(?:\w+\s+)?(?:cycle (?:one|1|2|two)\b|(?:the )?first cycle|radio|form|question|letter|by\b)", after, re.IGNORECASE)
    if re.match(r"\s*(?:at|after) (?:dose|that dose|the \w+ dose)", after, re.IGNORECASE):
        return True
    return True


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
        self.planned: list[Course] = []
        self.offered: Group | None = None

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
        self.planned = next(
            (g.courses for g in reversed(made.groups) if g.standing is Standing.PLANNED), self.planned
        )
        real = [g for g in real if not self._aside(made, g)] or ([] if self.focus else real)
        void = [g for g in made.groups if g.standing is Standing.VOID and not self.others.at(made.sentence, g.at)]
        if void and _OFFERED.search(made.sentence.text):
            self.offered = void[-1]
        if not real:
            return
        self.focus = real[-1].courses
        unit = made.sentence.unit
        if unit.kind in (UnitKind.ITEM, UnitKind.ROW, UnitKind.PAIR):
            self.item_focus.setdefault(unit.index, real[0].courses)
            if real[-1] is not real[0]:
                self.item_focus[unit.index] = real[-1].courses

    def _aside(self, made: Scene, group: Group) -> bool:
        """A drug named only as the cause of something ("residual from oxaliplatin")."""
        if made.verbs() or made.sentence.of("RESP", "LINE", "EV_GIVEN"):
            return False
        before = made.sentence.text[: group.at]
        return made.sentence.unit.section == "toxicity" or bool(_CAUSED_BY.search(before))

    # -- courses ------------------------------------------------------------------

    def _place(self, made: Scene) -> None:
        for group in made.groups:
            if group.standing is Standing.VOID:
                continue
            if group.agents == ("trial agent",) and self.focus and _ANAPHOR.search(made.sentence.text[: group.at]):
                group.courses = list(self.focus)  # "his trial tablets": the drug in hand
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
            self._had_before(agent, group, made)
            number = len([c for c in self.story.of(agent) if c.standing is Standing.REAL]) + 1
            number = 1 if agent == "aldesleukin" else number
        else:
            number = len(held) + 1
        course = Course(
            agent, number, group.span, len(self.story.courses), group.standing, made.sentence.index
        )
        self.story.courses.append(course)
        return course

    def _had_before(self, agent: str, group: Group, made: Scene) -> None:
        """ "Sunitinib again from July" tells of an earlier course that nothing else may name."""
        around = made.sentence.text[max(0, group.at - 30) : group.to + 24]
        real = [c for c in self.story.of(agent) if c.standing is Standing.REAL]
        if real or agent == "aldesleukin" or not _RESTART.search(around):
            return
        order = len(self.story.courses)
        course = Course(agent, 1, group.span, order, Standing.REAL, made.sentence.index, superseded=True)
        self.story.courses.append(course)

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
        before, after = text[max(0, group.at - 50) : group.at], text[group.to : group.to + 34]
        held = [c for a in group.agents for c in self.story.of(a) if c.standing is Standing.REAL]
        if not held or self._known_date(made, group, held) or WASHED.search(text[: group.at]):
            return False
        if _RESTART.search(before) or _RESTART.match(after.strip(" ,(-")) or re.match(r"\W*(?:was|were) (?:repeated|given again|re)", after):
            return all(c.over for c in held) or self._later_others(held)
        if made.sentence.of("EV_STOP", "EV_HOLD", "EV_DOSE") and not made.sentence.of("EV_START"):
            return False
        opened = self._opened(made, group)
        unit = made.sentence.unit
        if re.match(r"(?:current|present)", unit.label, re.IGNORECASE) and all(c.over for c in held):
            return True
        first = self.view.sentences[held[-1].unit].unit
        if unit.index != first.index and unit.kind is first.kind and unit.kind in (UnitKind.ITEM, UnitKind.ROW):
            if unit.heading == first.heading and unit.section != "diagnosis":
                return bool(made.whens) and (opened or held[-1].over)
        if opened and (all(c.over for c in held) or self._later_others(held)):
            return True
        if self._line_before(made, group) and not re.search(r"\b(?:first|1st)\b", text[: group.at], re.IGNORECASE):
            return held[-1].unit != made.sentence.index
        return self._other_regimen(made, group, held)

    def _opened(self, made: Scene, group: Group) -> bool:
        """A verb of starting, a range of dates, or a line number belongs to the group."""
        for head in made.verbs():
            if head.role not in (Role.START, Role.SWITCH) or self.group_of(made, head) is not group:
                continue
            if head.to <= group.at or gap_cost(made.sentence.text[group.to : head.at]) < 6:
                return True
        if any(w.until is not None and w.head is not None and w.head.group is group for w in made.whens):
            return True
        return self._line_before(made, group)

    def _line_before(self, made: Scene, group: Group) -> bool:
        return any(
            gap_cost(made.sentence.text[made.sentence.folded(m.end - 1) + 1 : group.at]) < 5
            for m in made.sentence.of("LINE")
            if m.end <= group.start
        )

    def _known_date(self, made: Scene, group: Group, held: list[Course]) -> bool:
        """The date beside the mention is one the drug already has."""
        known = [d.date for c in held for d in (*c.starts, *c.ends)]
        for when in made.whens:
            date = self.view.resolve(when.raw)
            if date is not None and any(date.compatible(other) for other in known):
                return True
        return False

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
            elif head.role is Role.END and ends(made, head):
                for course in self.all_of(made, head):
                    course.stopped = True
                    course.continues = False
            elif head.role is Role.START:
                self._supersede(made, head.group)

    def _focus_verb(self, made: Scene, head: Head) -> None:
        if head.role is not Role.END or not _SUBJECT.search(made.sentence.text[: head.at]):
            return
        if ends(made, head) and not self._elsewhere(made, head) and self._spoken_of(made):
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
        if after and _OBJECT_GAP.match(text[head.to : after[0].at] + " "):
            return after[0]
        if head.role is Role.SWITCH:
            if head.mention and re.search(r"\bto\b|\bby\b|\bwith\b|\bthen\b|\bnext\b", head.mention.text, re.IGNORECASE) and after and gap_cost(text[head.to : after[0].at]) < 6:
                return after[0]
            return None
        reach = 60.0 if len(live) == 1 or head.role is Role.END else 20.0
        if before and gap_cost(text[before[-1].to : head.at]) < reach:
            return before[-1]
        near = gap_cost(text[head.to : after[0].at]) if after else 99.0
        if after and (head.role is Role.START and near < 25 or near < 6 and not self.focus):
            return after[0]
        return None

    # -- dates --------------------------------------------------------------------

    def _dates(self, made: Scene) -> None:
        if _SUPPORT_ONLY.search(made.sentence.text):
            for course in (*self.focus, *(c for g in made.groups for c in g.courses)):
                course.superseded = True
        if made.sentence.unit.kind is UnitKind.ROW and (self._row(made) or self._start_and_stop(made)):
            return
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

    def _start_and_stop(self, made: Scene) -> bool:
        """ "started / last dose   02/03/2009 / 30/08/2010": two dates under one label."""
        text = made.sentence.text
        if made.groups or len(made.whens) != 2 or not _TWO_DATES.match(text):
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
        for column in columns:
            number = self.view.text[column.start : column.end].strip(" .#")
            if column.column is Column.LINE and re.fullmatch(r"[1-9]", number):
                for course in courses:
                    course.lines.setdefault(number, (column.start, column.end))
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
        if _LAST.search(made.sentence.text[: group.at]):
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

    def _by_verb(self, made: Scene, when: When, head: Head) -> None:
        group = head.group
        if head.mention is not None and group is None and self._elsewhere(made, head):
            return
        if head.mention is None:  # "from", "since", "until"
            courses = self._courses_near(made, when)
            if head.role is Role.START and _NONE_SINCE.search(made.sentence.text[: head.at]):
                self._add(courses, made, when, Role.END)
                return
            self._add(courses, made, when, head.role)
            return
        if head.role is Role.END and not ends(made, head):
            return
        courses = group.courses if group is not None else self._unnamed(made, when, head)
        if group is not None and group.standing is Standing.VOID:
            return
        held = _HELD.search(made.sentence.text[max(0, head.at - 30) : when.to])
        if held and head.role is Role.END and not re.search(r"stop|discontinu|last|perman", made.sentence.text, re.IGNORECASE):
            return
        self._add(courses, made, when, head.role)

    def _spoken_of(self, made: Scene) -> bool:
        """Whether a sentence without a drug's name is about the drug in focus."""
        unit = made.sentence.unit
        first = made.sentence.start <= unit.body or len(made.sentence.text) < 50
        listed = unit.kind in (UnitKind.ITEM, UnitKind.PAIR) and unit.section in ("treatment", "il2") and first
        if listed or unit.index in self.item_focus:
            return True
        if any(above.index in self.item_focus for above in self._parents(unit)):
            return True
        first = made.verbs()[:1]
        return bool(_ABOUT_DRUG.search(made.sentence.text)) or bool(first and first[0].at < 4)

    def _of_interleukin(self, made: Scene) -> bool:
        """Cycles and doses, in a letter about interleukin-2, are not the tablets' in focus."""
        if any(c.agent == "aldesleukin" for c in self.focus) or not _CYCLE_TALK.search(made.sentence.text):
            return False
        return any("aldesleukin" in m.value("agents") for m in self.view.mentions("AGENT"))

    def _unnamed(self, made: Scene, when: When, head: Head) -> list[Course]:
        """The drugs in focus; those just planned where the date or the verb points ahead."""
        if head.role is Role.START and self._of_interleukin(made):
            return []
        if head.role is Role.END and re.search(r"\b(?:cycles?|doses|course)\b", made.sentence.text) and self._of_interleukin(made):
            return []
        if head.role is Role.END and not _SUBJECT.search(made.sentence.text[: head.at]):
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
        if made.sentence.unit.kind is UnitKind.PROSE and not _ABOUT_DRUG.search(made.sentence.text[max(0, when.at - 60) : when.at]):
            return []
        if re.search(r"\b(?:lasted|held|maintained|response|remission|well)\W+(?:\w+\W+){0,2}$", made.sentence.text[: when.at], re.IGNORECASE):
            return []  # how long a response held, not the drug
        return self.focus

    def _resolved(self, made: Scene, when: When, course: Course) -> EdtfDate | None:
        """The date at this letter's date; 01/09 in a treatment list is a month of a year."""
        raw = when.raw
        future = course.standing is Standing.PLANNED or raw.forward
        unit = made.sentence.unit
        listed = unit.section == "treatment" or unit.kind in (UnitKind.ITEM, UnitKind.ROW)
        if raw.partner is not None and raw.partner.kind == "numeric_my":
            listed = True
        if raw.kind == "numeric_my" and listed and not future:
            month = raw.resolve(self.view.context, prefer="my")
            anchor = self.view.context.anchor
            if month and (anchor is None or 0 <= anchor.latest.year - month.earliest.year <= 12):
                if month.earliest.year >= 2000 and (anchor is None or month.earliest <= anchor.latest):
                    return month
        return self.view.resolve(raw, future=future)

    def _add(
        self, courses: list[Course], made: Scene, when: When, role: Role, rank: int = 0
    ) -> None:
        anchor = self.view.context.anchor
        for course in courses:
            date = self._resolved(made, when, course)
            if date is None:
                continue
            if anchor is not None and date.earliest > anchor.latest:
                if role is Role.END:
                    continue  # an end still to come
                if course.standing is Standing.REAL and not course.starts and not course.over and not course.current:
                    course.standing = Standing.PLANNED
            reasons: tuple[Reason, ...] = ()
            if when.raw.ambiguous and self.view.context.order == "dmy" and when.raw.kind == "numeric_my":
                reasons = (Reason.AMBIGUOUS_DATE,)
            if when.cost > 7:
                reasons = (*reasons, Reason.DISTANT)
            entry = Dated(date, (when.raw.start, when.raw.end), reasons, rank)
            target = course.starts if role is not Role.END else course.ends
            if role is Role.END:
                course.stopped = True
            target.append(entry)
