"""Mentions become courses: the same one, another of the same drug, or a new drug's first."""

from __future__ import annotations

import re

from extract.fields.therapy.events import Head, Role, Scene, gap_cost
from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.standing import NEXT_ONE, WASHED
from extract.fields.therapy.storycues import ANAPHOR, EARLIER, RESTART
from extract.fields.therapy.verbs import Verbs
from extract.language.reading import UnitKind
from extract.language.trying import trial

_RESUME = trial(
    r"\b(?:resum(?:e|ing)|re-?start(?:ing)?|re-?commenc(?:e|ing)|re-?introduc(?:e|ing)|continu(?:e|ing)|back on(?:to)?)\s+(?:with |on |the |his |her |single[- ]agent |maintenance )*$",
    re.IGNORECASE,
)


_FIRST_LINE = re.compile(r"\b(?:(?:first|1st)[- ]line|1L)\W+$", re.IGNORECASE)
#: "again" beside the drug, and not "progressed on A and again on B".
_SECOND_TIME_BEFORE = re.compile(
    r"\b(?:re-?challeng\w*(?: \w+)?|for the second time(?: \w+)?|second course of"
    r"|(?:started|put|placed|treated|went|given|had|took|received|begun|resumed) (?:him |her |you |them )?again(?: on| with| to)?)\s+(?:the |his |her )?$",
    re.IGNORECASE,
)
_SECOND_TIME_AFTER = re.compile(
    r"\W*(?:[\d.]+ ?mg\W+)?(?:\w+ )?(?:(?<!due )again\b|re-?challeng\w*|for the second time)",
    re.IGNORECASE,
)
#: "Bev-related hypertension" tells of no course of its own.
_OF_IT = re.compile(
    r"[\s-]*(?:related|induced|associated|refractory|naive|free|pretreated)\b", re.I
)
_KEPT_BEFORE = trial(
    r"\b(?:continu(?:e|es|ed|ing)|carr(?:y|ies|ied|ying) on|keep(?:ing)?|kept|stay(?:s|ed|ing)?|left|leav(?:e|ing)|maintain(?:ed|ing)?|maintenance)"
    r"(?: (?:him|her|you|them))?\s+(?:(?:on|with|to|take|taking|the|his|her|your|of|single[- ]agent|maintenance)\s+)*$",
    re.IGNORECASE,
)
_KEPT_AFTER = trial(
    r"\W*(?:(?:alone|only|as|a|on|its|own|by|itself|was|were|is|then|has|been|to be)\W+)*"
    r"(?:alone\b|on its own|by itself|maintenance|monotherapy|single[- ]agent|continu\w+|carr(?:y|ied|ies|ying) on|kept (?:on|going))",
    re.IGNORECASE,
)


_THEN_NEXT = trial(
    r"\b(?:then|followed by|after which|subsequently|later|next|switched to|changed to|and again)\b|->|→",
    re.IGNORECASE,
)


def _told_again(made: Scene, group: Group) -> bool:
    """Whether the words beside a drug's first mention say that it was had before."""
    text = made.sentence.text
    return bool(
        _SECOND_TIME_BEFORE.search(text[max(0, group.at - 50) : group.at])
        or _SECOND_TIME_AFTER.match(text[group.to : group.to + 40])
    )


def _strongly(head: Head) -> bool:
    """Whether a verb of changing is more than "then" or "next"."""
    return head.mention is not None and bool(
        re.match(
            r"switch|chang|convert|transition|swap|replac|substitut|moved|went",
            head.mention.text,
            re.I,
        )
    )


#: "could be tried a second time": what was had once.
_AGAIN_AFTER = trial(
    r"^\W*(?:(?:could|might|may|can|should|would|to|be|been|is|was|were|it|tried|given|used|had|repeated|considered|taken|for) ?)*\s*(?:a|the) second time\b",
    re.IGNORECASE,
)


class Courses(Verbs):
    """Mentions become courses: the same one, another of the same drug, or a new drug's first."""

    def _place(self, made: Scene) -> None:
        for group in made.groups:
            if group.standing is Standing.VOID:
                self._asked_again(made, group)
                continue
            if (
                group.agents == ("trial agent",)
                and self.focus
                and ANAPHOR.search(made.sentence.text[: group.at])
            ):
                group.courses = list(self.focus)  # "his trial tablets": the drug in hand
                continue
            named = [g for g in made.groups if g.courses and g.to <= group.at]
            if group.agents == ("trial agent",) and named and named[-1].agents != group.agents:
                group.courses = list(named[-1].courses)  # "BMS-936558 trial, remains on study drug"
                continue
            fresh = self._is_fresh(made, group) or any(
                self._next_regimen(made, group, agent) for agent in group.agents
            )
            earlier = bool(EARLIER.search(made.sentence.text[: group.at]))
            for agent in group.agents:
                course = self._course(agent, group, fresh, made)
                group.courses.append(course)
                course.firm = course.firm or group.firm
                if earlier and len(self.story.courses) > 1:
                    course.superseded = True
                if group.current and not made.sentence.unit.copied:
                    course.current = True

    def _course(self, agent: str, group: Group, fresh: bool, made: Scene) -> Course:
        kept = self._taken_up_again(agent, group, made) or self._kept_on(agent, group, made)
        if kept is not None:
            return kept
        held = [c for c in self.story.of(agent) if c.standing is group.standing]
        if agent == "aldesleukin" and held:
            return held[-1]
        apart = held and (
            held[-1].unit != made.sentence.index or self._next_regimen(made, group, agent)
        )
        if held and not (fresh and apart):
            return self._which(held, made)
        told_again = not held and agent != "aldesleukin" and _told_again(made, group)
        if told_again and group.standing is Standing.REAL:
            self._had_before(agent, group, made)
            number = 2
        elif group.standing is Standing.PLANNED and not held:
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

    def _next_regimen(self, made: Scene, group: Group, agent: str) -> bool:
        """ "FOLFOX (first line), then FOLFIRI (second line)": another course of what both hold."""
        earlier = [g for g in made.groups if g.to <= group.at and agent in g.agents and g.courses]
        if not earlier or group.standing is not Standing.REAL:
            return False
        mine, other = set(group.agents), set(earlier[-1].agents)
        if min(len(mine), len(other)) < 2 or mine <= other or other <= mine:
            return False
        between = made.sentence.text[earlier[-1].to : group.at]
        lined = any(
            earlier[-1].end <= m.start < group.start or 0 <= m.start - group.end < 4
            for m in made.sentence.of("LINE")
        )
        return lined or bool(_THEN_NEXT.search(between))

    def _taken_up_again(self, agent: str, group: Group, made: Scene) -> Course | None:
        """ "Resume nivolumab once the steroids are down": the course at hand, not another."""
        if group.standing is not Standing.PLANNED or agent == "aldesleukin":
            return None
        if not _RESUME.search(made.sentence.text[max(0, group.at - 40) : group.at]):
            return None
        real = [c for c in self.story.of(agent) if c.standing is Standing.REAL]
        if not real or real[-1].ends or real[-1].reasons or self._later_others(real):
            return None
        real[-1].current, real[-1].stopped = True, False
        return real[-1]

    def _kept_on(self, agent: str, group: Group, made: Scene) -> Course | None:
        """ "Pemetrexed alone was continued": one drug of a combination goes on after it."""
        text = made.sentence.text
        if not _KEPT_BEFORE.search(text[max(0, group.at - 60) : group.at]) and not (
            _KEPT_AFTER.match(text[group.to : group.to + 60])
        ):
            return None
        if RESTART.search(text[max(0, group.at - 40) : group.to + 40]):
            return None
        real = [c for c in self.story.of(agent) if c.standing is Standing.REAL]
        if not real or set(real[-1].reasons) - {"completed"}:
            return None
        mates = {
            a
            for scene in (*self.story.scenes, made)
            for g in scene.groups
            if real[-1] in g.courses
            for a in g.agents
        }
        later = {c.agent for c in self.story.courses if c.order > real[-1].order}
        if not set(group.agents) < mates or later - mates:
            return None
        course = real[-1]
        course.ends, course.stopped, course.superseded = [], False, False
        course.stopped_in, course.ended_firmly = None, False
        course.reasons.clear()
        course.current = course.current or group.standing is Standing.PLANNED
        return course

    def _asked_again(self, made: Scene, group: Group) -> None:
        """ "He hoped that sunitinib could be tried a second time": it was had once."""
        if self.others.at(made.sentence, group.at) or "trial agent" in group.agents:
            return
        if not _AGAIN_AFTER.match(made.sentence.text[group.to :]):
            return
        for agent in group.agents[-1:]:
            if not self.story.of(agent) and agent != "aldesleukin":
                order = len(self.story.courses)
                unit = made.sentence.index
                course = Course(agent, 1, group.span, order, Standing.REAL, unit, superseded=True)
                course.firm = True
                self.story.courses.append(course)

    def _had_before(self, agent: str, group: Group, made: Scene) -> None:
        """ "Sunitinib again from July" tells of an earlier course that nothing else may name."""
        around = made.sentence.text[max(0, group.at - 30) : group.to + 24]
        real = [c for c in self.story.of(agent) if c.standing is Standing.REAL]
        if real or agent == "aldesleukin" or not RESTART.search(around):
            return
        order = len(self.story.courses)
        course = Course(
            agent,
            1,
            group.span,
            order,
            Standing.REAL,
            made.sentence.index,
            superseded=True,
            firm=True,
        )
        self.story.courses.append(course)

    def _which(self, held: list[Course], made: Scene) -> Course:
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
        if not held or self._known_date(made, held) or WASHED.search(text[: group.at]):
            return False
        if (
            _FIRST_LINE.search(before)
            or NEXT_ONE.search(text[: group.at])
            or _OF_IT.match(text[group.to :])
        ):
            return False
        again = bool(RESTART.search(before) or RESTART.match(after.strip(" ,(-")))
        if not again and len(group.agents) == 1 and self._only_named(made, group, held):
            return False  # named before, but nothing told of it: this tells when it was
        if (
            RESTART.search(before)
            or RESTART.match(after.strip(" ,(-"))
            or re.match(r"\W*(?:alone |by itself )?(?:was|were) (?:repeated|given again|re)", after)
        ):
            return all(c.over for c in held) or self._later_others(held)
        if made.sentence.of("EV_STOP", "EV_HOLD", "EV_DOSE") and not made.sentence.of("EV_START"):
            return False
        opened = self._opened(made, group)
        unit = made.sentence.unit
        if re.match(r"(?:current|present)", unit.label, re.IGNORECASE) and all(
            c.over for c in held
        ):
            return True
        first = self.view.sentences[held[-1].unit].unit
        if (
            (
                unit.index != first.index
                and unit.kind is first.kind
                and unit.kind in (UnitKind.ITEM, UnitKind.ROW)
            )
            and unit.heading == first.heading
            and unit.section != "diagnosis"
        ):
            return bool(made.whens) and (opened or held[-1].over)
        if opened and (all(c.over for c in held) or self._later_others(held)):
            return True
        if self._line_before(made, group) and not re.search(
            r"\b(?:first|1st)\b", text[: group.at], re.IGNORECASE
        ):
            return held[-1].unit != made.sentence.index
        return self._other_regimen(made, group, held)

    def _only_named(self, made: Scene, group: Group, held: list[Course]) -> bool:
        """Whether nothing was told of a drug before, which now gets its date."""
        if any(c.starts or c.ends or c.stopped or c.reasons for c in held):
            return False
        alone = all(
            len(g.agents) == 1
            for s in self.story.scenes
            for g in s.groups
            if any(c is h for c in g.courses for h in held)
        )
        return alone and not self._line_before(made, group)

    def _opened(self, made: Scene, group: Group) -> bool:
        """A verb of starting, a range of dates, or a line number belongs to the group."""
        for head in made.verbs():
            if head.role not in (Role.START, Role.SWITCH) or self.group_of(made, head) is not group:
                continue
            if head.role is Role.SWITCH and not made.whens and not _strongly(head):
                continue  # "progressed through A then B" tells again what was told
            if head.to <= group.at or gap_cost(made.sentence.text[group.to : head.at]) < 6:
                return True
        if any(
            w.until is not None and w.head is not None and w.head.group is group for w in made.whens
        ):
            return True
        return self._line_before(made, group)

    def _line_before(self, made: Scene, group: Group) -> bool:
        return any(
            gap_cost(made.sentence.text[made.sentence.folded(m.end - 1) + 1 : group.at]) < 5
            for m in made.sentence.of("LINE")
            if m.end <= group.start
        )

    def _known_date(self, made: Scene, held: list[Course]) -> bool:
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
        if set(group.agents) <= partners or (partners <= set(group.agents) and len(partners) > 1):
            return False
        opened = made.sentence.of("LINE", "EV_START", "EV_SWITCH", "EV_GIVEN")
        return bool(opened) and len(partners) > 1
