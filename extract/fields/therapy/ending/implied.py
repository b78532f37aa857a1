"""What the telling implies: over, with progression reported on it, and no other reason."""

from __future__ import annotations

import re

from extract.fields.therapy.events import Role, Scene
from extract.fields.therapy.model import Course, Standing
from extract.fields.therapy.walk import Story


def behind(story: Story, course: Course) -> bool:
    """Whether the letter has moved on from a drug: another was had after it."""
    if course.standing is not Standing.REAL:
        return False
    if course.over:
        return True
    if course.current:
        return False
    if any(
        c.current and c.standing is Standing.REAL and c.span != course.span for c in story.courses
    ):
        return True
    agents = {c.agent for c in story.courses if c.span == course.span}
    for other in story.courses:
        if other.agent in agents or other is course:
            continue
        if other.standing is Standing.REAL and (
            other.order > course.order or other.agent == "aldesleukin"
        ):
            return True
        if other.standing is Standing.PLANNED and other.agent != course.agent:
            return True  # the next drug is decided on
    return False


def implied(story: Story) -> None:
    """Over, with progression on it reported and no other reason: ended by progression."""
    for course in story.courses:
        if course.standing is not Standing.REAL or course.agent == "aldesleukin":
            continue
        if set(course.reasons) - {"switch", "completed"}:
            course.reasons.pop("switch", None)
            course.reasons.pop("completed", None)
            if "progression" not in course.reasons:
                continue
        worst = [o for o in course.outcomes if o.value == "PD"]
        if behind(story, course) and worst and not course.reasons:
            course.reasons["progression"] = worst[0].span
        if "progression" in course.reasons or "toxicity" in course.reasons:
            course.reasons.pop("switch", None)
            course.reasons.pop("completed", None)


_IN_CONTROL = re.compile(
    r"\b(?:respon\w+|remission|stable|controlled|holding|held|PR|CR|SD)\b", re.IGNORECASE
)
_MOVED = re.compile(r"switch|chang|convert|transition|swap|moved", re.IGNORECASE)


def made_way(made: Scene) -> None:
    """ "After a good response to pazopanib we moved to interleukin-2": it made way for it."""
    for head in made.verbs():
        group = head.group
        if head.role is not Role.SWITCH or head.mention is None or group is None:
            continue
        if group.agents != ("aldesleukin",) or not _MOVED.match(head.mention.text):
            continue
        lead = made.sentence.text[: head.at]
        before = [g for g in made.groups if g.to <= head.at and g.standing is Standing.REAL]
        if not before or not _IN_CONTROL.search(lead) or re.search(r"\bprogress", lead):
            continue
        for course in before[-1].courses:
            if not course.reasons:
                course.stopped = True
                course.reasons["switch"] = head.mention.start, head.mention.end
