"""Drugs that failed: "progressed on sunitinib", "axitinib has not worked", "that failed him"."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.fields.cues import load_cues
from extract.fields.subject import Others
from extract.fields.therapy.ending.implied import behind
from extract.fields.therapy.ending.plain import BREAK, UNSURE, wants
from extract.fields.therapy.events import Scene
from extract.fields.therapy.model import Group, Standing
from extract.fields.therapy.walk import Story
from extract.language.trying import trial
from extract.records import Reason

_FAILED = trial(
    r"\b(?:failed|failure (?:of|on|to)|failing|refractory to|resistant to|progressed (?:on|through|despite|after|during|under|while on)|progression (?:on|through|despite|after|during|under)|progressive disease (?:on|despite|after|through)|PD (?:on|after|through|despite)|relapsed (?:on|through|while on)|intolerant (?:of|to)|could not tolerate|did not tolerate|unable to tolerate|not tolerate)\s*$",
    re.IGNORECASE,
)


def failed_drugs(story: Story, made: Scene) -> None:
    """ "Progressed on sunitinib", "failed Sutent": the drug's end, with its reason."""
    for group in made.groups:
        if group.standing is not Standing.REAL or group.agents == ("aldesleukin",):
            continue
        gap = made.sentence.text[max(0, group.at - 60) : group.at]
        bare = re.sub(
            r"(?:\b(?:the|his|her|first|second|third|line|1st|2nd|3rd|both|prior|previous|treatment|therapy|with|single|agent|[\d]+\w*)\b[\s-]*|[\s\"'-]+)*$",
            "",
            gap,
            flags=re.IGNORECASE,
        )
        match = _FAILED.search(bare + " ") or _FAILED.search(bare)
        if not match:
            continue
        if re.search(r"\b(?:or|/)\s*$", gap[: match.start()]):
            continue  # a form's label: "responded or failed"
        reason = "toxicity" if re.search("toler", match.group(), re.IGNORECASE) else "progression"
        for course in group.courses:
            if reason == "progression" and re.match(
                r"fail|refract|resist", match.group(), re.IGNORECASE
            ):
                course.stopped = True
            after = re.search(
                r"\b(?:after|following|upon|since|post)\W+(?:\w+\W+){0,2}$",
                gap[: match.start()],
                re.IGNORECASE,
            )
            moved = after and any(
                g is not group and g.standing is Standing.REAL for g in made.groups
            )
            if reason == "toxicity" or moved or len(group.agents) > 1 or behind(story, course):
                course.stopped = True
                course.reasons.setdefault(reason, group.span)


_DESPITE_HEAD = re.compile(
    r"(?:^|[;,])\W*(?:despite|in spite of|notwithstanding)\W+(?:[\w-]+\W+){0,4}$", re.IGNORECASE
)


def spread_despite(made: Scene, others: Others) -> None:
    """ "Despite continuing interferon, multiple metastases appeared": its end, where it is over."""
    for group in made.groups:
        if group.standing is not Standing.REAL or others.at(made.sentence, group.at):
            continue
        if not _DESPITE_HEAD.search(made.sentence.text[: group.at]):
            continue
        tail = made.sentence.text[group.to : group.to + 110]
        said = load_cues("courses")["why_progression"].search(tail)
        if said is None or UNSURE.search(tail[: said.start()]):
            continue
        for course in group.courses:
            if wants(course) and not course.current and course.agent != "aldesleukin":
                course.reasons["progression"] = group.span


_AND = re.compile(r"\W*(?:\([^()]*\)\W*)?(?:and|then|followed by|,)\W*", re.IGNORECASE)


def _chained(made: Scene, first: Group) -> list[Group]:
    """A group and the real ones that "and" or "then" joins to it."""
    chain = [first]
    for group in made.groups[made.groups.index(first) + 1 :]:
        if not _AND.fullmatch(made.sentence.text[chain[-1].to : group.at]):
            break
        if group.standing is Standing.REAL:
            chain.append(group)
    return chain


def grew_despite(made: Scene, others: Others) -> None:
    """ "The disease is marching on despite sorafenib": its end, where it has ended."""
    cues = load_cues("courses")
    for group in made.groups:
        if group.standing is not Standing.REAL or others.at(made.sentence, group.at):
            continue
        lead = cues["despite_drug"].search(made.sentence.text[: group.at])
        if lead is None:
            continue
        clause = BREAK.split(made.sentence.text[: lead.start()])[-1] or ""
        said = cues["why_progression"].search(clause[-90:])
        if said is None or UNSURE.search(clause[-110:]):
            continue
        chain = _chained(made, group)
        for other in chain:
            span = made.sentence.raw(other.at, other.to)
            for course in other.courses:
                over = course.over or len(chain) > 1
                if wants(course) and over and course.agent != "aldesleukin":
                    course.stopped = True
                    course.reasons["progression"] = span


_DID_NOT_WORK = trial(
    r"^\W*(?:itself |too |also )?(?:(?:has|had|have) (?:clearly |sadly |unfortunately |also |now )?(?:not worked|failed|stopped working|ceased to work)|(?:did|does|was|is)(?: not|n't) work(?:ing)?|no longer works|failed)\b",
    re.IGNORECASE,
)


def did_not_work(made: Scene, others: Others) -> None:
    """ "Unfortunately axitinib has not worked"."""
    for group in made.groups:
        match = _DID_NOT_WORK.match(made.sentence.text[group.to : group.to + 60])
        if match is None or group.standing is not Standing.REAL or group.agents == ("aldesleukin",):
            continue
        if others.at(made.sentence, group.at) or UNSURE.search(made.sentence.text[: group.at]):
            continue
        for course in group.courses:
            if wants(course):
                course.stopped = True
                course.reasons["progression"] = group.span


_FAILED_HIM = trial(
    r"(?:^|[.,;]|\band|\bbut)\W*(?:it|this|that|which|the (?:drug|tablets?|treatment))(?: too)?(?: in turn| also| then| eventually| sadly| unfortunately| has| had| have| having)*"
    r"\W+(?:failed (?:him|her|you)|failed|stopped working|ceased to work|lost its (?:effect|grip)|gave out|let (?:him|her|you) down)\b",
    re.IGNORECASE,
)


def it_failed(story: Story, made: Scene, others: Others) -> None:
    """ "That in turn failed him": the drug in focus, ended by progression."""
    match = _FAILED_HIM.search(made.sentence.text)
    if match is None or made.groups or others.at(made.sentence, match.start()):
        return
    for course in story.focus_at.get(made.sentence.index, []):
        if wants(course) and course.agent != "aldesleukin":
            course.stopped = True
            course.reasons["progression"] = made.sentence.raw(match.start(), match.end())
            course.doubts["progression"] = Reason.DISTANT


_AS_WAS = re.compile(
    r"\bas (?:was|were|had|did) (?:been )?(?:also )?(?:the |his |her |your )?$", re.IGNORECASE
)


def as_was(made: Scene) -> None:
    """ "Both given up on account of progression, as was the interferon"."""
    for earlier, group in pairwise(made.groups):
        if group.standing is not Standing.REAL or not earlier.courses:
            continue
        if not _AS_WAS.search(made.sentence.text[: group.at]):
            continue
        for course in group.courses:
            if wants(course):
                course.stopped = True
                course.reasons.update(dict.fromkeys(earlier.courses[0].reasons, group.span))
