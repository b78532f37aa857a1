"""Reasons and toxicities in the words the rules know, tied to the verb that ended a course."""

from __future__ import annotations

import re

from extract.fields import ticks
from extract.fields.subject import Others
from extract.fields.therapy.claims import denied, stated
from extract.fields.therapy.events import Head, Role, Scene, gap_cost
from extract.fields.therapy.model import Course, Standing
from extract.fields.therapy.storycues import ends
from extract.fields.therapy.tables import Column, cells
from extract.fields.therapy.walk import Story
from extract.language.reading import Mention, UnitKind
from extract.language.trying import trial

#: Between a verb of ending and the toxicity that caused it, the cause comes first.
_LEADS_TO = trial(
    r"^\W*(?:(?:\w+\W+){0,4}?(?:because|due to|owing to|for|on account of|secondary to|as a (?:result|consequence) of|after|following|when|with|on grounds of|in view of|given|reason|caused by|thanks to|from|as (?:he|she|it))\b|[\w /.-]{0,24}[:,(-])",
    re.IGNORECASE,
)


def named_reasons(story: Story, made: Scene, others: Others) -> None:
    """Give courses the reasons that a sentence names."""
    for mention in made.sentence.of("REASON", "TOX"):
        if mention.label == "REASON" and not _holds(made, mention, others):
            continue
        if mention.label == "TOX" and (
            others.holds(made.sentence, mention.start) or _gone(made, mention)
        ):
            continue
        if _unticked(made, mention):
            continue
        for course in _ended(story, made, mention):
            if course.held:
                continue
            reason = mention.value("reason") or "toxicity"
            if (reason == "switch" and course.agent == "aldesleukin") or (
                reason == "completed" and course.dropped
            ):
                continue  # it is what others are stopped for; the others were completed
            if mention.label == "TOX" and (
                "choice" in course.reasons or _of_disease(made, mention)
            ):
                continue
            course.reasons.setdefault(reason, (mention.start, mention.end))


def _unticked(made: Scene, mention: Mention) -> bool:
    """ "Stopped because  [ ] completed  [x] toxicity": an option left open is no reason."""
    at = made.sentence.folded(mention.start)
    to = made.sentence.folded(mention.end - 1) + 1
    return ticks.ticked(made.sentence.text, at, to) is False


_BETTER = re.compile(
    r"\W*(?:is |was |has |have |had |now |all )*(?:back|better|returned|recovered|gone|settled|resolved|improved)\b",
    re.IGNORECASE,
)


def _gone(made: Scene, mention: Mention) -> bool:
    """ "Feels well off drug, appetite back": what has passed was no cause."""
    to = made.sentence.folded(mention.end - 1) + 1
    return bool(_BETTER.match(made.sentence.text[to:]))


_DISEASE = trial(
    r"\b(?:new|progressi\w+|growth|growing|enlarg\w+|metasta\w+|lesions?|nodules?|deposits?|mets)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_LESION = trial(r"\W*(?:lesions?|metasta\w+|mets|nodules?|deposits?|disease)\b", re.IGNORECASE)


def _of_disease(made: Scene, mention: Mention) -> bool:
    """An organ's word that is of the disease, not of a side effect: "new liver lesions"."""
    text = made.sentence.text
    at, to = made.sentence.folded(mention.start), made.sentence.folded(mention.end - 1) + 1
    if re.fullmatch(
        r"(?:liver|lungs?|bones?|skin|brain|kidneys?|heart|appetite)", text[at:to], re.IGNORECASE
    ):
        return bool(_LESION.match(text[to:]) or _DISEASE.search(text[:at]))
    return bool(_LESION.match(text[to:]))


def _holds(made: Scene, mention: Mention, others: Others) -> bool:
    if mention.value("reason") == "progression":
        return stated(made.sentence, mention, others)
    at = made.sentence.folded(mention.start)
    return not others.at(made.sentence, at) and not denied(made.sentence, mention, at)


def _ended(story: Story, made: Scene, mention: Mention) -> list[Course]:
    """The courses whose end this reason explains: by the nearest verb of ending."""
    text = made.sentence.text
    at = made.sentence.folded(mention.start)
    if (bracketed := _bracketed(made, at)) and mention.label == "REASON":
        return bracketed
    to = made.sentence.folded(mention.end - 1) + 1
    best: Head | None = None
    least = 13.0 if mention.label == "REASON" else 8.0
    for head in made.heads:
        if head.role not in (Role.END, Role.SWITCH) or head.mention is None:
            continue
        if head.role is Role.END and not ends(made, head):
            continue
        cost = _apart(text, at, to, head, mention)
        if cost is None:
            continue
        if head.role is Role.SWITCH and not _strong_switch(head):
            continue
        if cost < least:
            best, least = head, cost
    if best is not None:
        return _courses_of(story, made, best)
    if mention.value("reason") == "completed":
        return [c for g in made.groups if g.standing is Standing.REAL for c in g.courses if c.ends]
    return _bracketed(made, at) or _in_reason_cell(story, made, mention)


_SO = trial(
    r"\b(?:so|therefore|led|leading|result\w+|prompt\w+|caus\w+|required|requiring|necessitat\w+"
    r"|meant|forc\w+|and|which|that|was|had)\b",
    re.IGNORECASE,
)


_AND_FOR = re.compile(
    r"\b(?:because|due to|owing to|for)\b[^.;]{0,60}\b(?:and|&)\s+(?:also )?(?:because of|due to|owing to|for)\s+(?:the |a |an |his |her )?$",
    re.IGNORECASE,
)
_GERUND = trial(r"\b(?:of|on|since|after|upon|following|before|until|with)\s+$", re.IGNORECASE)


def _apart(text: str, at: int, to: int, head: Head, mention: Mention) -> float | None:
    """How far a reason at ``text[at:to]`` is from a verb of ending; None where it is none of it."""
    verb = head.mention
    if verb is not None and mention.start < verb.end and verb.start < mention.end:
        return 0.0  # "completed" is both verb and reason
    if head.to <= at:
        gap = text[head.to : at]
        if _AND_FOR.search(gap):
            return 5.0  # "stopped both because it had grown and because of pneumonitis"
        return None if mention.label == "TOX" and not _LEADS_TO.match(gap) else gap_cost(gap)
    gap = text[to : head.at]
    if (
        mention.label == "TOX"
        and _GERUND.search(text[: head.at])
        and verb
        and verb.text[-3:] == "ing"
    ):
        return None  # "the rash went within a week of stopping"
    return None if mention.label == "TOX" and not _SO.search(gap) else gap_cost(gap) + 2.0


def _bracketed(made: Scene, at: int) -> list[Course]:
    """ "Post SUN (PD) and EVE (tox)": the reason stands in brackets right after the drug."""
    for group in made.groups:
        gap = made.sentence.text[group.to : at]
        if (
            group.standing is Standing.REAL
            and group.to <= at
            and re.fullmatch(r"\s*(?:(?:in )?(?:[A-Z][a-z]{2,8} )?(?:19|20)?\d\d)?\s*[(\[]\s*", gap)
        ):
            for course in group.courses:
                course.stopped = True
            return group.courses
    return []


def _in_reason_cell(story: Story, made: Scene, mention: Mention) -> list[Course]:
    """A table's reason column, or the word "toxicity" at the end of a treatment row."""
    if made.sentence.unit.kind is not UnitKind.ROW or not made.groups:
        return []
    columns = cells(story.view, made.sentence.unit)
    column = next((c.column for c in columns if c.start <= mention.start < c.end), None)
    told = column is Column.REASON or (column is None and mention.label == "REASON")
    group = made.groups[0]
    if told and group.standing is Standing.REAL and mention.start > group.end:
        return group.courses
    return []


def _strong_switch(head: Head) -> bool:
    assert head.mention is not None
    return bool(
        re.match(
            r"switch|chang|convert|transition|swap|replac|substitut|moved",
            head.mention.text,
            re.IGNORECASE,
        )
    )


def _courses_of(story: Story, made: Scene, head: Head) -> list[Course]:
    focus = story.focus_at.get(made.sentence.index, [])
    if head.role is Role.SWITCH:
        before = [
            g
            for g in made.groups
            if g.to <= (head.group.at if head.group else head.at) and g is not head.group
        ]
        real = [g for g in before if g.standing is Standing.REAL]
        found = real[-1].courses if real else focus
        return [c for c in found if head.group is None or c not in head.group.courses]
    if head.group is not None and head.group.standing is Standing.REAL:
        lead = made.sentence.text[max(0, head.at - 25) : head.at]
        if re.search(r"\b(?:both|all|each)\b(?:\s+\w+)?\s*$", lead, re.IGNORECASE):
            return [
                c
                for g in made.groups
                if g.standing is Standing.REAL and g.to <= head.at
                for c in g.courses
            ]
        return head.group.courses
    if head.group is not None:
        return []
    return [c for c in focus if c.standing is Standing.REAL]
