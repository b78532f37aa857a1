"""What the telling implies: over, with progression reported on it, and no other reason."""

from __future__ import annotations

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
