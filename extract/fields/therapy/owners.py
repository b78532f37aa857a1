"""Which drugs a disease status is of.

A link right after it ("PD on sunitinib"), the drug before it in its sentence, the drug of
its list item or table row, or the drug the letter speaks of at that point; a dated scan
belongs to the drug last begun before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.fields.therapy.events import Scene
from extract.fields.therapy.foci import Foci
from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.status import Status, cues
from extract.fields.therapy.story import Story
from extract.language.reading import UnitKind
from extract.records import Reason
from extract.values.dates import EdtfDate


@dataclass(frozen=True, slots=True)
class Owner:
    """The courses a status is of; ``loose`` where the letter may tie it to none."""

    courses: tuple[Course, ...] = ()
    reasons: tuple[Reason, ...] = ()
    firm: bool = False
    drop: bool = False


def own(story: Story, foci: Foci, status: Status, date: EdtfDate | None) -> Owner:
    """Find the courses of an asserted status first seen on ``date``."""
    found = _linked(story, status) or _in_row(foci, status) or _before(story, foci, status)
    if found is None:
        found = _in_focus(story, foci, status)
    if found.drop:
        return found
    if date is not None and not found.firm:
        found = _by_time(story, status, found, date)
    if date is None and not found.firm and not found.drop:
        found = _by_tense(story, foci, status, found)
    return found


# -- named in the sentence -----------------------------------------------------------


def _linked(story: Story, status: Status) -> Owner | None:
    """The drugs that a preposition right after the status names, and those joined to them."""
    inside = [g for g in status.scene.groups if status.at <= g.at < status.to]
    after = inside or [g for g in status.scene.groups if g.at >= status.to]
    if not after:
        return None
    first = after[0]
    if not inside and not _joins(status.text[status.to : first.at], status.words):
        return None
    chain = [first]
    for group in after[1:]:
        gap = status.text[chain[-1].to : group.at]
        tail = status.text[group.to : group.to + 40]
        if not cues()["chain_gap"].match(gap) or cues()["begun_after"].match(tail):
            break
        chain.append(group)
    courses = [c for g in chain for c in _real(story, g)]
    return Owner(_unique(courses), firm=True) if courses else Owner(drop=True)


def _joins(gap: str, words: str) -> bool:
    if re.search(r"\b(?:on|despite|through|to)$", words, re.IGNORECASE):
        return bool(cues()["object_gap"].match(gap + " ") or not gap.strip())
    for match in _links(gap):
        rest = gap[match.end("link") :]
        if cues()["object_gap"].match(rest.rstrip() + " ") or not rest.strip():
            return True
    return False


def _links(gap: str) -> list[re.Match[str]]:
    """Every way to read a link at the start of the gap, the shortest first."""
    found = cues()["link_after"].match(gap)
    return [found] if found else []


def _real(story: Story, group: Group) -> list[Course]:
    """The real courses of a group; of a mention that is none, the drug's earlier course."""
    if group.standing is Standing.REAL and group.courses:
        return group.courses
    held = [
        [c for c in story.courses if c.agent == agent and c.standing is Standing.REAL]
        for agent in group.agents
    ]
    return [courses[-1] for courses in held if courses]


def _unique(courses: list[Course]) -> tuple[Course, ...]:
    kept: dict[int, Course] = {}
    for course in courses:
        kept.setdefault(id(course), course)
    return tuple(kept.values())


def _in_row(foci: Foci, status: Status) -> Owner | None:
    """A row's own drug, or that of the row it goes on from."""
    if status.sentence.unit.kind is not UnitKind.ROW:
        return None
    courses = foci.row(status.scene)
    return Owner(tuple(courses), firm=True) if courses else None


def _before(story: Story, foci: Foci, status: Status) -> Owner | None:
    """The nearest drug before the status in its sentence."""
    real = [g for g in status.scene.groups if g.standing is Standing.REAL and g.courses]
    before = [g for g in real if g.to <= status.at]
    if not before:
        return None
    if _all_of_them(status) and len(before) > 1:
        return Owner(_unique([c for g in _counted(status, before) for c in g.courses]), firm=True)
    group = before[-1]
    if _next_drug(status, group):
        earlier = [g for g in before[:-1] if g.agents != group.agents]
        if earlier:
            return Owner(tuple(earlier[-1].courses), firm=True)
        held = [c for c in foci.before(status.sentence) if c not in group.courses]
        held = held or foci.previous(group.courses)
        return Owner(tuple(held), (Reason.DISTANT,), firm=True) if held else Owner(drop=True)
    firm = not re.search(r";|\. ", status.text[group.to : status.at])
    return Owner(tuple(group.courses), firm=firm and len(status.text[group.to : status.at]) < 260)


def _next_drug(status: Status, group: Group) -> bool:
    """Whether the drug before the status is what was begun because of it."""
    gap = status.text[group.to : status.at]
    if not cues()["because"].search(gap) or len(gap) > 110:
        return False
    if status.scene.sentence.of("EV_STOP") and re.search(
        r"\b(?:stopp|discontinu|ceas|withdr|off\b|abandon|ended|halted|given up|came off)", gap, re.I
    ):
        return False
    if re.search(r"\bwith\W+(?:\w+\W+){0,4}$", gap):
        return False
    lead = status.text[: group.at]
    return bool(
        cues()["begun_after"].match(gap)
        or re.search(r"\b(?:switch|chang|mov|convert|transition|start|commenc|began|begun|put |placed|went|initiat|proceed|treated|given|received|gave|added|escalat|crossed|entered|enrolled|opted)\w*\b", lead[-60:], re.I)
        and cues()["begun_before"].search(lead[-80:])
    )


def _all_of_them(status: Status) -> bool:
    near = status.text[max(0, status.at - 60) : status.at] + " | " + status.after(40)
    return bool(cues()["both"].search(near))


def _counted(status: Status, groups: list[Group]) -> list[Group]:
    near = status.text[max(0, status.at - 60) : status.at] + " | " + status.after(40)
    match = cues()["both"].search(near)
    return groups[-2:] if match and match.group().lower() == "both" else groups


# -- named elsewhere -----------------------------------------------------------------


def _in_focus(story: Story, foci: Foci, status: Status) -> Owner:
    real = [g for g in status.scene.groups if g.standing is Standing.REAL and g.courses]
    if _all_of_them(status) and not real:
        courses = foci.last_named(status.sentence, 2 if "both" in status.text.lower() else 9)
        if len(courses) > 1:
            return Owner(_unique(courses), firm=True)
    if foci.transplanted(status.scene):
        return Owner(firm=True)
    focus = foci.before(status.sentence)
    if focus:
        far = foci.distance(status.sentence) > 4
        return Owner(tuple(focus), (Reason.DISTANT,) if far else ())
    after = [g for g in real if g.at >= status.to]
    if after and not _begins_next(status, after[0]):
        return Owner(tuple(after[0].courses), (Reason.DISTANT,))
    return Owner()


def _begins_next(status: Status, group: Group) -> bool:
    gap, tail = status.text[status.to : group.at], status.text[group.to : group.to + 50]
    return bool(cues()["begun_before"].search(gap) or cues()["begun_after"].match(tail)) or status.value == "PD"


def _by_time(story: Story, status: Status, found: Owner, date: EdtfDate) -> Owner:
    """A scan belongs to the drug last begun before it."""
    begun = [
        (min(s.date.earliest for s in c.starts), c)
        for c in story.courses
        if c.starts and c.standing is Standing.REAL
    ]
    fits = [pair for pair in begun if pair[0] <= date.latest]
    if not fits:
        return _not_before(found, date)
    latest = max(day for day, _ in fits)
    chosen = [c for day, c in fits if day == latest]
    mine = found.courses
    if any(c in chosen for c in mine):
        return found
    held = [min(s.date.earliest for s in c.starts) for c in mine if c.starts]
    if mine and not held and not _left_behind(mine, chosen):
        return found
    if held and max(held) == latest:
        return found
    courses = _with_partners(story, chosen)
    return Owner(courses, tuple(dict.fromkeys((*found.reasons, Reason.DISTANT))))


def _not_before(found: Owner, date: EdtfDate) -> Owner:
    """No drug was begun by then: the one in focus, unless it began later."""
    late = [c for c in found.courses if c.starts and min(s.date.earliest for s in c.starts) > date.latest]
    return Owner(reasons=found.reasons) if late and len(late) == len(found.courses) else found


def _left_behind(mine: tuple[Course, ...], chosen: list[Course]) -> bool:
    """Courses without dates that the letter tells of before the chosen ones, as over."""
    last = max(c.order for c in mine)
    return all(c.over for c in mine) and last < min(c.order for c in chosen)


def _with_partners(story: Story, chosen: list[Course]) -> tuple[Course, ...]:
    """The chosen courses and the drugs named together with them that began no later."""
    found = list(chosen)
    for made in story.scenes:
        for group in made.groups:
            if group.standing is not Standing.REAL or not any(c in chosen for c in group.courses):
                continue
            found += [c for c in group.courses if not c.starts]
    return _unique(found)


def _by_tense(story: Story, foci: Foci, status: Status, found: Owner) -> Owner:
    """What is so today is under the treatment of today."""
    if status.sentence.unit.kind is not UnitKind.PROSE or any(
        g.standing is Standing.REAL for g in status.scene.groups
    ):
        return found
    text = status.text
    if not cues()["present"].search(text) or cues()["past_perfect"].search(text):
        return found
    now = foci.in_force()
    if not now or any(c in now for c in found.courses):
        return found
    return replace(found, courses=tuple(now), reasons=(Reason.DISTANT,))
