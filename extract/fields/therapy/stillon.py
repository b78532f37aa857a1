"""Drugs that a letter says are still being taken, in words that do not stand beside their names.

"She remains on all three", "it is still being infused", "the drug was cut to 5 mg and
continued, and the disease is stable since then": the drugs last spoken of go on, unless the
letter tells of their end afterwards.
"""

from __future__ import annotations

import re

from extract.fields.therapy.events import Scene
from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.walk import Story
from extract.language.reading import Sentence
from extract.language.trying import trial

_NOW = r"(?:still|now|currently|presently|also|therefore|thus|today|at present|at the moment)"
_TO_NOW = (
    r"(?:to date|till date|up to now|until now|till now|so far|to (?:the )?present|(?:ever )?since(?: then)?"
    r"|to this day|at present|at (?:the time of|this) writing|at last (?:follow-?up|review|visit))"
)
_IT = (
    r"(?:the (?:same(?: \w+)?|drugs?|tablets?|capsules?|combination|treatment|medication|infusions?|injections?"
    r"|lower dose|reduced dose|regimen|doublet|triplet)|(?:this|that|his|her|these) (?:drugs?|dose|treatment"
    r"|regimen|combination|medication|therapy|tablets?)|treatment|therapy|it|them|these|this)"
)
#: "Bevacizumab ... has given stable disease and is still being infused".
_GOES_ON = trial(
    rf"\b(?:is|are) (?:{_NOW} )*(?:continued|continuing|ongoing|being (?:taken|given|infused|injected"
    rf"|administered|continued|maintained))\b(?! (?:until|if|unless|as long|in (?:patients|those)|because it was stopped))"
    rf"|\b(?:has|have) been (?:continuing|(?:continued|taken|taking|given|going on) (?:[\w ]{{0,24}} )?{_TO_NOW})\b"
    rf"|\b(?:which|and|but) (?:{_NOW} )*continues?\b(?! to (?:be (?:associated|studied)|progress|grow))",
    re.IGNORECASE,
)
#: "is being taken with goserelin now": both are.
_TAKEN_WITH = trial(
    rf"\b(?:is|are) (?:{_NOW} )*being (?:taken|given|administered) (?:together |along )?(?:with|alongside)\s+$",
    re.IGNORECASE,
)
#: "The scan on nivolumab has shown stable disease".
_SCANS_ON = re.compile(r"\bon\s+$", re.IGNORECASE)
_HAS_SHOWN = trial(
    r"^\W*(?:therapy |treatment )?(?:has|have) (?:so far |now |since |again )?(?:shown|demonstrated|revealed|remained|been (?:stable|clear|good|encouraging))\b",
    re.IGNORECASE,
)
#: A response that holds at the time of writing, under the drug last told of.
_HOLDS = trial(
    r"\b(?:SD|PR|CR|stable disease|(?:partial |complete )?(?:response|remission)|disease control)\b[^.;]{0,20}"
    rf"\b(?:has|have) been (?:well )?(?:maintained|sustained|kept|held|ongoing)\b[^.;]{{0,20}}{_TO_NOW}",
    re.IGNORECASE,
)
#: "She remains on both drugs", "the therapy could be continued", "has had two cycles".
_SAME = trial(
    rf"\b(?:he|she|you|patient|pt|who|and) (?:{_NOW} |has |have )*(?:remains?|continues?|stays?|is|are|been maintained"
    rf"|continuing)(?: {_NOW})* (?:on|with|to take|taking|having|to have|to receive|receiving) "
    rf"(?:(?P<all>both|all (?:two|three|four|of them|these|the (?:drugs|tablets)))|{_IT})\b"
    r"(?! (?:for|with|of|to|as|by|trial)\b)"
    rf"|\b{_IT} (?:is|are) (?:{_NOW} |being )*(?:continued|continuing|ongoing|going on)\b(?! (?:until|if|unless))"
    rf"|\b{_IT} (?:{_NOW} )*continues\b(?! to (?:be|grow|progress))"
    rf"|\b(?:{_IT}|(?:drug|treatment|therapy))\b[^.;]{{0,50}}\b(?:was|were|has been|have been|and) continued\b[^.;]{{0,70}}\b{_TO_NOW}\b"
    rf"|\b(?:drug|treatment|therapy|it) (?:could|can) (?:{_NOW} |then )*be (?:continued|carried on)\b"
    r"|\b(?:he|she|you|patient|pt|who) (?:has|have) (?:now |so far |already )?(?:had|received|taken|completed) (?:one|two|three|four|five|six|seven|eight|nine|\d+)"
    r" (?:cycles?|doses|infusions|courses|treatments|months|weeks)(?: so far| to date| of it| of this| of treatment)?\s*(?:[.,;)]|$)",
    re.IGNORECASE,
)
#: The same in a letter that hopes, doubts, or tells of what was.
_UNREAL = trial(
    r"\b(?:not|never|no longer|n't|if|unless|whether|would|should|might|until|had been|hop(?:e|ed|ing)|want(?:s|ed)? to|wish\w*|before|had)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_FIRST_TODAY = trial(
    r"\b(?:first|1st) (?:dose|infusion|injection|tablet|capsule|cycle|treatment|one)s?\b (?:(?:was|were|has been|is being|he|she|you|which) )*(?:given|taken|administered|received|had|took|swallowed|started|infused)?\b[^.;]{0,24}"
    r"\b(?:today|this (?:morning|afternoon)|yesterday|in (?:the )?(?:office|clinic|unit) today|here today)\b"
    r"|\b(?:he|she|you|pt) (?:has |have )?(?:started|began|begun|took the first(?: one| tablet| dose)?) (?:it |them |this )?(?:today|this (?:morning|afternoon)|yesterday|last night)\b",
    re.IGNORECASE,
)
#: "She will take her last capsule on 30 June", "if it goes ahead, stop it": not yet over.
_ENDS_LATER = trial(
    r"\b(?:will|shall|is to|are to|(?:is|are) going to|(?:is|are) due to|plans? to)\s+(?:then |now |be )?(?:take|have|swallow|receive|stop\w*|finish\w*|come off|discontinu\w+)\b"
    r"|\b(?:last|final) (?:tablet|capsule|dose|injection|infusion|one)s? (?:will|is to|is due|is planned)\b|^\W*(?:if|should|once|when)\b[^.;]{0,40}[,:]",
    re.IGNORECASE,
)
_NEXT_DUE = trial(
    r"\bnext (?:one |dose |infusion |treatment |cycle |chemo )?(?:is )?due:? (?:on |date )?\d",
    re.IGNORECASE,
)
_COUNT = {"two": 2, "three": 3, "four": 4}


def still_on(story: Story) -> None:
    """Mark the courses that the letter's words show to go on at its date."""
    _begun_today(story)
    _to_end(story)
    for made in story.scenes:
        if made.sentence.unit.copied:
            continue
        for group in made.groups:
            if group.standing is Standing.REAL and _named(story, made, group):
                _go_on(group.courses, made.sentence)
    spoken: list[Group] = []
    scenes = {made.sentence.index: made for made in story.scenes}
    for sentence in story.view.sentences:
        held = scenes.get(sentence.index)
        here = [g for g in held.groups if g.standing is Standing.REAL and g.courses] if held else []
        match = _SAME.search(sentence.text) or _NEXT_DUE.search(sentence.text)
        if match and not sentence.unit.copied and not _doubted(sentence, match.start()):
            before = [g for g in here if g.to <= match.start()]
            meant = _meant([*spoken, *before], match.groupdict().get("all"))
            if meant is not None and (before or not here):
                _go_on(_last(story, meant.courses), sentence)
        spoken += here


def _doubted(sentence: Sentence, at: int) -> bool:
    return bool(_UNREAL.search(re.split(r"[.;,]", sentence.text[:at])[-1]))


def _meant(spoken: list[Group], both: str | None) -> Group | None:
    """The drugs last spoken of; "all three" are those of a combination of three."""
    if not both:
        return spoken[-1] if spoken else None
    count = next((n for word, n in _COUNT.items() if word in both.lower()), 0)
    count = 2 if both.lower() == "both" else count
    fits = [g for g in spoken if len(g.agents) == count or (not count and len(g.agents) > 1)]
    return fits[-1] if fits else None


def _named(story: Story, made: Scene, group: Group) -> bool:
    """Whether the words after a drug's name, or right before it, say that it goes on."""
    text = made.sentence.text
    later = [g.at for g in made.groups if g.at >= group.to]
    after = text[group.to : min(later, default=len(text))]
    match = _GOES_ON.search(re.split(r";|\. ", after)[0])
    if match and not _UNREAL.search(after[: match.start()]):
        return True
    if _TAKEN_WITH.search(text[: group.at]):
        return True
    last = not later and _last(story, group.courses) == group.courses
    shown = _SCANS_ON.search(text[: group.at]) and _HAS_SHOWN.match(after)
    return last and bool(shown or _HOLDS.search(after))


def _last(story: Story, courses: list[Course]) -> list[Course]:
    """The courses, when no other drug was begun after them."""
    real = [c for c in story.courses if c.standing is Standing.REAL and c not in courses]
    order = max((c.order for c in courses), default=0)
    had = [c for c in real if c.firm or c.current or c.begun or c.starts]
    later = [c for c in had if c.order > order and not c.superseded and not c.over]
    return [] if later else courses


def _go_on(courses: list[Course], sentence: Sentence) -> None:
    for course in courses:
        if course.agent == "aldesleukin" or _ended_after(course, sentence):
            continue
        course.current, course.continues = True, True
        course.stopped, course.superseded = False, False
        course.ends.clear()
        course.reasons.clear()


def _ended_after(course: Course, sentence: Sentence) -> bool:
    """Whether anything said after the sentence, or the disease's growth, ends the course."""
    # "has completed a follow-up of 38 months": no end where nothing was stopped
    sure = course.stopped or bool(course.ends)
    reasons = [span for reason, span in course.reasons.items() if sure or reason != "completed"]
    told = [*reasons, *(d.span for d in course.ends)]
    if any(start >= sentence.end for start, _ in told):
        return True
    if course.stopped_in is not None and course.stopped_in > sentence.index:
        return True
    return any(o.value == "PD" for o in course.outcomes) or "progression" in course.reasons


def _to_end(story: Story) -> None:
    """What is to be stopped, on a day to come or on a condition, is still being taken."""
    ending = {m.sentence.index for m in story.scenes if _ENDS_LATER.search(m.sentence.text)}
    for course in story.courses:
        told = any(d.rank == 0 for d in course.ends)
        if course.current and course.stopped_in in ending and not told:
            course.stopped, course.stopped_in, course.continues = False, None, True
            course.reasons.clear()


def _begun_today(story: Story) -> None:
    """ "Resume Sutent. First dose given in the office today": planned, and begun."""
    planned: list[Course] = []
    unit = -1
    for made in story.scenes:
        if made.sentence.unit.index != unit:
            planned, unit = [], made.sentence.unit.index
        here = [c for g in made.groups if g.standing is Standing.PLANNED for c in g.courses]
        planned = here or planned
        if planned and _FIRST_TODAY.search(made.sentence.text) and not made.sentence.unit.copied:
            for course in planned:
                course.standing, course.current, course.begun = Standing.REAL, True, True


__all__ = ["still_on"]
