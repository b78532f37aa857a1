"""Why a course ended: stated reasons first, then plain words, then what the telling implies."""

from __future__ import annotations

from extract.fields.subject import Others
from extract.fields.therapy.ending.failing import (
    as_was,
    did_not_work,
    failed_drugs,
    grew_despite,
    it_failed,
    spread_despite,
)
from extract.fields.therapy.ending.implied import implied, made_way
from extract.fields.therapy.ending.named import named_reasons
from extract.fields.therapy.ending.plain import plain_reasons
from extract.fields.therapy.walk import Story


def tie_reasons(story: Story, others: Others) -> None:
    """Give each course the reasons the letter states for its end."""
    for made in story.scenes:
        named_reasons(story, made, others)
        failed_drugs(story, made)
    for made in story.scenes:
        plain_reasons(story, made, others)
        did_not_work(made, others)
        grew_despite(made, others)
        spread_despite(made, others)
        it_failed(story, made, others)
        as_was(made)
        made_way(made)
    implied(story)


__all__ = ["tie_reasons"]
