"""Which drugs a disease status is of.

A link right after it ("PD on sunitinib"), the drug before it in its sentence, the drug of
its list item or table row, or the drug the letter speaks of at that point; a dated scan
belongs to the drug last begun before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from extract.fields.therapy.foci import Foci
from extract.fields.therapy.links import begins_next, begun_for, counted, joins
from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.scans import Seen
from extract.fields.therapy.status import Status, cues
from extract.fields.therapy.story import Story
from extract.fields.therapy.windows import first_day, within
from extract.language.reading import UnitKind
from extract.records import Reason


@dataclass(frozen=True, slots=True)
class Owner:
    """The courses a status is of.

    Attributes:
        reasons: why the tie asks for a review.
        firm: the sentence itself says so.
        drop: the status is of something that is no course of this patient.
        chain: the groups named after the status, where more than one.
    """

    courses: tuple[Course, ...] = ()
    reasons: tuple[Reason, ...] = ()
    firm: bool = False
    drop: bool = False
    chain: tuple[Group, ...] = ()


class Owners:
    """Finds the courses of the statuses of one letter."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.foci = Foci(story)

    def of(self, status: Status, seen: Seen | None) -> Owner:
        """The courses of an asserted status, first seen on a date if on any."""
        found = (
            self._linked(status)
            or self._in_row(status)
            or self._before(status)
            or self._stopped(status)
            or self._in_focus(status)
        )
        found = self._first_time(status, self._with_coordinate(status, found))
        if found.firm or found.drop:
            return found
        if seen is not None:
            return self._by_time(status, found, seen)
        return self._by_tense(status, found)

    def _with_coordinate(self, status: Status, found: Owner) -> Owner:
        """ "Both were given up for progression, as was the interferon"."""
        for group in status.scene.groups:
            if group.at >= status.to and cues()["as_was"].match(status.text[status.to : group.at]):
                courses = [c for c in self._real(group) if c not in found.courses]
                return replace(found, courses=(*found.courses, *courses), firm=True)
        return found

    def _first_time(self, status: Status, found: Owner) -> Owner:
        """ "We would give it again, since the first time it brought a PR": the first course's."""
        named = [g for g in status.scene.groups if g.to <= status.at]
        if not named or not cues()["first_time"].search(status.text[named[-1].to : status.at]):
            return found
        agents = {c.agent for c in found.courses if c.number > 1}
        firsts = [c for c in self.story.courses if c.agent in agents and c.number == 1]
        firsts = [c for c in firsts if c.standing is Standing.REAL]
        return replace(found, courses=tuple(firsts)) if firsts else found

    # -- named in the sentence ------------------------------------------------------

    def _linked(self, status: Status) -> Owner | None:
        """The drugs that a preposition right after the status names, and those joined to them."""
        inside = [g for g in status.scene.groups if status.at <= g.at < status.to]
        after = inside or [g for g in status.scene.groups if g.at >= status.to]
        if cues()["pair_of_drugs"].match(status.after()):
            both = self.foci.last_named(status.sentence, 2)
            return Owner(tuple(both), firm=True) if both else None
        former = cues()["former"].match(status.after())
        if former:
            return self._former(status, former["which"].lower() == "former")
        if not after or (
            not inside and not joins(status.text[status.to : after[0].at], status.words)
        ):
            return None
        if not inside and cues()["consolidates"].search(status.before(60)):
            return None  # what was got by one drug, to be built on with the next
        chain = [after[0]]
        for group in after[1:]:
            gap, tail = status.text[chain[-1].to : group.at], status.text[group.to : group.to + 40]
            if not cues()["chain_gap"].match(gap) or cues()["begun_after"].match(tail):
                break
            chain.append(group)
        return self._of_groups(chain)

    def _former(self, status: Status, first: bool) -> Owner | None:
        """ "A partial response to the former and a complete response to the latter"."""
        named = [g for g in status.scene.groups if g.to <= status.at and g.courses]
        if len(named) < 2:
            return None
        return self._of_groups([named[-2] if first else named[-1]])

    def _of_groups(self, groups: list[Group]) -> Owner:
        courses = [c for g in groups for c in self._real(g)]
        if not courses:
            return Owner(drop=True)
        return Owner(_unique(courses), firm=True, chain=tuple(groups) if len(groups) > 1 else ())

    def _real(self, group: Group) -> list[Course]:
        """The real courses of a group; a drug that this patient responded to was given."""
        if group.standing is Standing.REAL and group.courses:
            return group.courses
        found = []
        for agent in group.agents:
            held = [
                c for c in self.story.courses if c.agent == agent and c.standing is Standing.REAL
            ]
            if not held:
                order = len(self.story.courses)
                held = [Course(agent, 1, group.span, order, Standing.REAL, group.sentence)]
                self.story.courses.append(held[0])
            found.append(held[-1])
        return found

    def _in_row(self, status: Status) -> Owner | None:
        """A row's own drug, or that of the row it goes on from."""
        if status.sentence.unit.kind is not UnitKind.ROW:
            return None
        group = self.foci.row(status.scene)
        if group is None or group.standing is not Standing.REAL:
            return None
        return self._of_groups([group])

    def _before(self, status: Status) -> Owner | None:
        """The nearest drug before the status in its sentence."""
        real = [g for g in status.scene.groups if g.standing is Standing.REAL and g.courses]
        before = [g for g in real if g.to <= status.at]
        named = [g for g in status.scene.groups if g.to <= status.at]
        if named and named[-1] not in before and _is_of(status, named[-1]):
            return self._of_groups([named[-1]])
        if not before:
            return None
        count = counted(status)
        if count and len(before) > 1:
            return Owner(_unique([c for g in before[-count:] for c in g.courses]), firm=True)
        group = before[-1]
        if begun_for(status, group.at, group.to):
            earlier = [g for g in before[:-1] if g.agents != group.agents]
            held = list(earlier[-1].courses) if earlier else []
            held = held or [c for c in self.foci.before(status.sentence) if c not in group.courses]
            held = held or self.foci.previous(group.courses)
            return Owner(tuple(held), (Reason.DISTANT,), firm=True) if held else Owner(drop=True)
        gap = status.text[group.to : status.at]
        graft = cues()["transplant"].search(gap)
        moved_on = graft and re.search(
            r"\b(?:then|underwent|followed|before|and|proceed)", gap[: graft.end()]
        )
        if moved_on or cues()["after_graft"].match(status.after()):
            return Owner(firm=True)
        return Owner(tuple(group.courses), firm=len(gap) < 260 and not re.search(r";|\. ", gap))

    def _stopped(self, status: Status) -> Owner | None:
        """The drug that was stopped on account of it: "PD, so sunitinib was stopped"."""
        after = [g for g in status.scene.groups if g.at >= status.to and g.courses]
        if not after or after[0].standing is not Standing.REAL:
            return None
        group = after[0]
        gap, tail = status.text[status.to : group.at], status.text[group.to : group.to + 60]
        stopped = cues()["stopped_after"].match(tail) or cues()["stopped_before"].search(gap)
        changed = cues()["drug_changed"].search(gap) and re.match(r"\s*(?:to|for|over to)\b", tail)
        if len(gap) > 90 or not (stopped or changed):
            return None
        return Owner(tuple(group.courses), firm=True)

    # -- named elsewhere ---------------------------------------------------------------

    def _in_focus(self, status: Status) -> Owner:
        real = [g for g in status.scene.groups if g.standing is Standing.REAL and g.courses]
        count = counted(status)
        if count and not real:
            courses = self.foci.last_named(status.sentence, count)
            if len(courses) > 1:
                return Owner(_unique(courses), firm=True)
        if self.foci.transplanted(status.scene):
            return Owner(firm=True)
        focus = self.foci.before(status.sentence)
        if focus:
            far = self.foci.distance(status.sentence) > 4
            return Owner(tuple(focus), (Reason.DISTANT,) if far else ())
        after = [g for g in real if g.at >= status.to]
        if after and not begins_next(status, after[0].at, after[0].to):
            return Owner(tuple(after[0].courses), (Reason.DISTANT,))
        return Owner()

    def _by_time(self, status: Status, found: Owner, seen: Seen) -> Owner:
        """A scan belongs to the drug last begun before it, if not to that in focus."""
        begun = [
            (day, c)
            for c in self.story.courses
            if c.standing is Standing.REAL
            and (day := first_day(c)) is not None
            and not _named_next(status, c, seen)
        ]
        if within(self.story, found.courses, seen) and not _later(found, seen, begun):
            return found
        fits = [pair for pair in begun if pair[0] <= seen.date.latest]
        if not fits:
            late = [c for c in found.courses if (day := first_day(c)) and day > seen.date.latest]
            gone = late and len(late) == len(found.courses) and seen.raw.has_year
            return Owner(reasons=found.reasons) if gone else found
        latest = max(day for day, _ in fits)
        chosen = [c for day, c in fits if day == latest]
        if any(c in chosen for c in found.courses):
            return found
        if (
            found.courses
            and not any(c.starts for c in found.courses)
            and not _left_behind(found, chosen)
        ):
            return found
        courses = self._with_partners(chosen)
        return Owner(courses, tuple(dict.fromkeys((*found.reasons, Reason.DISTANT))))

    def _with_partners(self, chosen: list[Course]) -> tuple[Course, ...]:
        """The chosen courses and the drugs named together with them that have no start."""
        found = list(chosen)
        for made in self.story.scenes:
            for group in made.groups:
                if group.standing is Standing.REAL and any(c in chosen for c in group.courses):
                    found += [c for c in group.courses if not c.starts]
        return _unique(found)

    def _by_tense(self, status: Status, found: Owner) -> Owner:
        """What is so today is under the treatment of today."""
        if status.sentence.unit.kind is not UnitKind.PROSE or any(
            g.standing is Standing.REAL for g in status.scene.groups
        ):
            return found
        if not cues()["present"].search(status.text) or cues()["past_perfect"].search(status.text):
            return found
        now = self.foci.in_force()
        if not now or any(c in now for c in found.courses):
            return found
        return replace(found, courses=tuple(now), reasons=(Reason.DISTANT,))


def _is_of(status: Status, group: Group) -> bool:
    """Whether a status is of a drug before it that is no treatment by its own words alone.

    "HD IL-2 (best response PR; PD 01/15/2011)", "his response to X is not evaluable", "we
    would use X again, which had given a PR".
    """
    text = status.text
    opened = text.rfind("(", 0, status.at)
    inside = opened > text.rfind(")", 0, status.at) and group.to <= opened
    if inside and len(text[group.to : opened].split()) < 4:
        return True
    gap, lead = text[group.to : status.at], text[: group.at]
    if cues()["of_drug"].search(lead) and len(gap) < 60:
        return True
    return any(cues()[name].search(gap) for name in ("drug_gave", "drug_did", "bare_gap"))


def _named_next(status: Status, course: Course, seen: Seen) -> bool:
    """Whether a drug first named after a scan was begun no earlier than in its month."""
    day = first_day(course)
    return course.unit > status.sentence.index and day is not None and day >= seen.date.earliest


def _later(found: Owner, seen: Seen, begun: list[tuple[date, Course]]) -> bool:
    """Whether another drug was begun after those in focus and before a fully dated scan."""
    if not seen.raw.has_year:
        return False
    mine = max((day for c in found.courses if (day := first_day(c))), default=None)
    return mine is not None and any(mine < day <= seen.date.latest for day, _ in begun)


def _left_behind(found: Owner, chosen: list[Course]) -> bool:
    """Courses of unknown start that were over before the chosen ones began."""
    if not all(c.over for c in found.courses):
        return False
    begun = min(day for c in chosen if (day := first_day(c)))
    ends = [e.date.earliest for c in found.courses for e in c.ends]
    if ends:
        return max(ends) <= begun
    last = max(c.order for c in found.courses)
    return last < min(c.order for c in chosen) or not any(c.over for c in chosen)


def _unique(courses: list[Course]) -> tuple[Course, ...]:
    kept: dict[int, Course] = {}
    for course in courses:
        kept.setdefault(id(course), course)
    return tuple(kept.values())
