"""Reasons in plain words beside the verb that ended a course.

The words after a verb of stopping ("stopped when new liver lesions appeared"), those before
it that lead to it ("his heart function had fallen and it was withdrawn"), and the brackets,
dash or rest of the line behind the dates of a course.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.fields.cues import load_cues
from extract.fields.subject import Others
from extract.fields.therapy.events import Head, Role, Scene
from extract.fields.therapy.model import Course, Group, Span, Standing
from extract.fields.therapy.storycues import ends
from extract.fields.therapy.walk import Story
from extract.language.reading import UnitKind
from extract.language.trying import trial
from extract.records import Reason

#: In this order: a disease that grew while he was tired was stopped for the growth.
_KINDS = ("choice", "progression", "toxicity", "completed", "switch", "response", "other")
_REACH = 110
BREAK = trial(
    r"[;]|\.\s|\b(?:but|however|although|then|thereafter|whereupon|instead|since then|followed by)\b|->|→"
    r"|,?\s+and\s+(?:he|she|you|we|I|has|is|was|will)?\s*(?:started|began|commenced|switched|moved|changed|went on|is now|now|continues)\b",
    re.IGNORECASE,
)
_NOT = trial(
    r"\b(?:no|not|without|never|rather than|nor|neither|nothing to do with|any|before (?:it|he|she)|free of|despite)\W+(?:\w+\W+){0,2}$|\bnot because\b[^.;]{0,30}$",
    re.IGNORECASE,
)


def plain_reasons(story: Story, made: Scene, others: Others) -> None:
    """Give the courses that have no reason yet the one their sentence tells."""
    for courses, at, to, behind in _places(story, made):
        open_ = [c for c in courses if wants(c)]
        if not open_ or others.at(made.sentence, at):
            continue
        found = _after(made, to, behind, courses) or (
            None if behind else _before(made, at, courses)
        )
        doubt: Reason | None = None
        if found is None and not behind:
            found, doubt = _sentence_before(story, made, at), Reason.DISTANT
        if found is None:
            continue
        if found[0] == "progression" and behind:
            open_ = [c for c in open_ if c.agent != "aldesleukin"]
        for course in open_:
            course.reasons.setdefault(found[0], found[1])
            if doubt is not None:
                course.doubts[found[0]] = doubt
    _in_form(story, made)


_WHY_LABEL = trial(
    r"^\W*(?:reasons?(?: (?:for|off|why|stopped)[\w ]*)?|why(?: [\w ]+)?|stopped (?:for|because|due to)|cause|indication for stopping)\W*$",
    re.IGNORECASE,
)


def _in_form(story: Story, made: Scene) -> None:
    """A form's line "Reason: to have IL-2" below the drug and its dates."""
    unit = made.sentence.unit
    label = unit.label.rstrip(" .:-")
    if unit.kind is not UnitKind.PAIR or "[" in made.sentence.text or not _WHY_LABEL.match(label):
        return
    found = _named(made, min(len(unit.label), len(made.sentence.text)), len(made.sentence.text), 0)
    if found is None:
        return
    for course in story.focus_at.get(made.sentence.index, []):
        if wants(course) and course.over:
            course.reasons[found[0]] = found[1]


UNSURE = trial(
    r"\b(?:if|unless|whether|no|not|never|without|would|could|might|may|should|until|risk|chance|when)\b|\?",
    re.IGNORECASE,
)


def wants(course: Course) -> bool:
    """Whether a course may still be given a reason for its end."""
    return course.standing is Standing.REAL and not course.reasons and not course.held


def _places(story: Story, made: Scene) -> Iterator[tuple[list[Course], int, int, bool]]:
    """The courses that end in a sentence, where the verb stands, and whether it is no verb."""
    for head in made.heads:
        if head.role is not Role.END or head.mention is None or not ends(made, head):
            continue
        if head.mention.label == "EV_COMPLETED" or _of_a_test(made):
            continue
        yield _courses(story, made, head), head.at, head.to, False
    for match in _ONLY.finditer(made.sentence.text):
        real = [g for g in made.groups if g.to <= match.start() and g.standing is Standing.REAL]
        if real and not real[-1].current:
            yield real[-1].courses, match.start(), match.start(), True
    for group in made.groups:
        last = _end_date(made, group)
        if last is not None:
            yield group.courses, last, last, True


_TESTS = frozenset({"cardiac", "examination", "investigations", "imaging"})


def _of_a_test(made: Scene) -> bool:
    """ "Stopped: leg fatigue", in the report of an exercise test."""
    return made.sentence.unit.section in _TESTS and not made.groups


def _courses(story: Story, made: Scene, head: Head) -> list[Course]:
    if head.group is not None:
        return head.group.courses if head.group.standing is Standing.REAL else []
    index = made.sentence.index
    return [c for c in story.focus_at.get(index, []) if c.stopped_in == index]


def _end_date(made: Scene, group: Group) -> int | None:
    """Where the date that ended the group's course stops in the sentence."""
    for course in group.courses:
        for dated in course.ends:
            start, end = dated.span
            sentence = made.sentence
            if sentence.start <= start < sentence.end:
                return sentence.folded(min(end, sentence.end) - 1) + 1
    return None


_LAST_WORD = re.compile(r"(?:\w+|\W)$")


def _after(made: Scene, to: int, behind: bool, courses: list[Course]) -> tuple[str, Span] | None:
    """The cause behind the verb; behind a date only what a dash, a bracket or a comma begins."""
    text = made.sentence.text
    others = [
        g.at
        for g in made.groups
        if g.at > to and g.agents != ("aldesleukin",) and not _of(g, courses)
    ]
    stop = min([*others, len(text)])
    tail = text[to : min(stop, to + _REACH)]
    tail = re.sub(r"\bliver (?=lesion|metast|mets|nodule|deposit)", "xxxxx ", tail)
    cut = BREAK.search(re.sub(r"\bTHEN\b|\bthen (?=PD|prog)", "____", tail) if behind else tail)
    tail = tail[: cut.start()] if cut else tail
    lead = load_cues("courses")["leads_to"].match(tail)
    if lead is None and behind and made.sentence.unit.kind is UnitKind.ROW:
        lead = re.match("", tail)
    if lead is None:
        return None
    if behind and made.sentence.unit.kind is UnitKind.PROSE and not lead.group().strip(" \t"):
        return None
    begin = len(_LAST_WORD.sub("", lead.group()))  # "so as to": the lead is part of the cause
    found = _named(made, to + begin, to + len(tail), to)
    if found and behind and found[0] == "toxicity" and not _TOO_MUCH.search(tail):
        return None  # "Apr to Sep 11, G2 neuropathy": suffered, but nothing says it ended there
    return found


#: A drug had for so short a time was stopped for what is told next.
_ONLY = trial(
    r"\b(?:only|just|barely|managed) (?:had |took |managed |for |\w+ )?(?:\d+|one|two|three|four|five|six|seven|eight|ten|a few|a couple of)\s*(?:wks?|weeks?|months?|mths?|cycles?|doses?|days?|infusions?)\b(?: only)?|\b\d{1,2}/(?:52|12|7) only\b|\b(?:\d+|one|two|three|four|six)\s*(?:wks?|weeks?|months?|cycles?|doses?|days?) only\b",
    re.IGNORECASE,
)
_I_STOPPED = trial(
    r"^\W*(?:As \w+ \w+[^,;]{0,60}, |Therefore |So |Accordingly |For (?:this|that) reason |Hence )?(?:I|we|you|he|she)\b[^.;,]{0,50}$",
    re.IGNORECASE,
)


def _sentence_before(story: Story, made: Scene, at: int) -> tuple[str, Span] | None:
    """ "CT shows pneumonitis. I have stopped the tablets": the cause stands before."""
    sentence = made.sentence
    if not sentence.index or not _I_STOPPED.match(sentence.text[:at]):
        return None
    above = story.view.sentences[sentence.index - 1]
    if above.unit.index != sentence.unit.index or UNSURE.search(above.text):
        return None
    cues = load_cues("courses")
    for kind in ("progression", "toxicity"):
        match = cues[f"why_{kind}"].search(above.text)
        if match and not _NOT.search(above.text[max(0, match.start() - 30) : match.start()]):
            return kind, above.raw(match.start(), match.end())
    return None


_TOO_MUCH = trial(
    r"\b(?:toxicity|tox|intoleran\w+|intolerable|not tolerat\w+|could not|couldn't|unable|too|only|stopped|off|abandon\w+|stop|for|due to|because)\b|^\s*\(",
    re.IGNORECASE,
)


def _before(made: Scene, at: int, courses: list[Course]) -> tuple[str, Span] | None:
    """The cause before the verb: "her platelets fell and it had to be stopped"."""
    text = made.sentence.text
    mine = [g for g in made.groups if g.to <= at and _of(g, courses)]
    floor = 0
    if mine and at - mine[-1].to < 25:
        at = mine[-1].at
    elif mine:
        floor = mine[-1].to
    cut = floor
    for match in BREAK.finditer(text[:at]):
        cut = max(cut, match.end())
    others = [g.to for g in made.groups if g.to <= at and not _of(g, courses)]
    near = max([*others, 0])
    lead = load_cues("courses")["leads_back"].search(text[max(0, at - 60) : at])
    opener = re.match(
        r"\W*(?:because|as|since|when|owing to|due to|on account of|in view of|following|with|after)\b",
        text[cut:],
        re.IGNORECASE,
    )
    if lead is None and opener is None:
        return None
    start = max(cut, at - _REACH, near)
    return _named(made, start, at, start)


def _of(group: Group, courses: list[Course]) -> bool:
    return any(c is mine for c in group.courses for mine in courses)


def _named(made: Scene, start: int, stop: int, floor: int) -> tuple[str, Span] | None:
    text = made.sentence.text
    cues = load_cues("courses")
    best: tuple[int, int, str, int, int] | None = None
    for kind in _KINDS:
        for match in cues[f"why_{kind}"].finditer(text, max(start, floor), stop):
            if _NOT.search(text[max(floor, match.start() - 30) : match.start()]):
                continue
            key = (_weight(kind), match.start(), kind, match.start(), match.end())
            if best is None or key[:2] < best[:2]:
                best = key
            break
    if best is None:
        return None
    return best[2], made.sentence.raw(best[3], best[4])


def _weight(kind: str) -> int:
    return {"completed": 2, "switch": 2, "response": 3, "other": 3}.get(
        kind, 0 if kind == "choice" else 1
    )
