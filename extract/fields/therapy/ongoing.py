"""Treatment in cycles or without an end: what is going on at the letter's date.

"Completed cycle 4 ... two more are planned" ends nothing; "here for C3 D1" and "number
fourteen today" show a drug that is being taken.
"""

from __future__ import annotations

import re

from extract.fields.therapy.model import Course, Standing
from extract.fields.therapy.storycues import CYCLES_GO_ON
from extract.fields.therapy.walk import Story
from extract.language.reading import Sentence
from extract.language.trying import trial

_OFF = trial(
    r"\b(?:no|not|never|if|would|could|might|unless|whether|cannot|n't|declin\w+|refus\w+|cancel\w+|until|instead of|rather than|offer\w*|consider\w*|discuss\w*|option|had|decide\w*)\b",
    re.IGNORECASE,
)
_ENDED_BY = frozenset({"progression", "toxicity", "choice", "response", "switch", "other"})


def go_on(story: Story) -> None:
    """Mark the courses of which the letter arranges or gives another cycle."""
    running = _latest(story)
    if not running:
        return
    spoken: list[Course] = []
    for sentence in story.view.sentences:
        spoken = _spoken(story, sentence, spoken)
        if sentence.unit.copied or not _arranges(sentence):
            continue
        named = {a for m in sentence.of("AGENT") for a in m.value("agents").split("|")}
        alone = [c for c in running if c.agent in named]
        running = alone or running  # "continue pemetrexed alone"
        for course in running:
            if course not in spoken:
                continue
            course.current, course.continues = True, True
            course.ends.clear()
            course.reasons.pop("completed", None)


def _spoken(story: Story, sentence: Sentence, before: list[Course]) -> list[Course]:
    """The courses named last, up to and in a sentence."""
    for made in story.scenes:
        if made.sentence.index == sentence.index:
            return [c for g in made.groups for c in g.courses] or before
    return before


def _latest(story: Story) -> list[Course]:
    """The courses last begun, when nothing but the end of a cycle has been said of them."""
    real = [c for c in story.courses if c.standing is Standing.REAL]
    if not real or any(c.agent == "aldesleukin" for c in real):
        return []
    dated = [(max(s.date.earliest for s in c.starts), c) for c in real if c.starts]
    last = max(dated, key=lambda pair: pair[0])[1] if dated else max(real, key=lambda c: c.order)
    mates = [c for c in real if c.unit == last.unit and abs(c.order - last.order) <= 4]
    same = [c for c in mates if c is last or c.span == last.span]
    return [
        c
        for c in same
        if not set(c.reasons) & _ENDED_BY
        and not c.superseded
        and not any(o.value == "PD" for o in c.outcomes)
        and not c.ended_firmly
        and (not c.ends or c.stopped_by_cycle)
    ]


def _arranges(sentence: Sentence) -> bool:
    for match in CYCLES_GO_ON.finditer(sentence.text):
        before = sentence.text[max(0, match.start() - 45) : match.start()]
        after = sentence.text[match.end() : match.end() + 30]
        if not _OFF.search(re.split(r"[.;]", before)[-1]) and not re.match(
            r"\W*(?:if|unless|was|were|until he|until she)\b", after, re.IGNORECASE
        ):
            return True
    return False
