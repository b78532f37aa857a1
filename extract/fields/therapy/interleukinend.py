"""Interleukin-2's end: its last dose, that the course was completed or given up, or goes on."""

from __future__ import annotations

import re

from extract.fields import il2
from extract.fields.therapy.givenup import given_up
from extract.fields.therapy.interleukin import NEXT, OFF, about
from extract.fields.therapy.model import Course, Dated, Standing
from extract.fields.therapy.story import Story
from extract.fields.view import View
from extract.language.reading import Sentence
from extract.language.trying import trial
from extract.records import Field
from extract.values.dates import EdtfDate
from extract.values.rawdates import RawDate

_AHEAD = trial(
    r"\b(?:will|shall|to (?:come|be|have|start|begin|follow|return)|due|plan(?:ned|s)?|booked|arranged|scheduled|provisional\w*|is (?:on|for)|agreed|aim)\b",
    re.IGNORECASE,
)
_COMPLETE = trial(
    r"\b(?:(?:finished|completed|had) (?:the )?(?:second|last|final) of (?:his|her|your|the) (?:two|planned|four) (?:weeks|cycles|planned)|(?:second|fourth) and (?:final|last) (?:cycle|week)|cycle (?:2|two) of (?:2|two)|week (?:two|2) of (?:two|2)|course (?:\w+ )?(?:is )?(?:now )?(?:complete|finished)|(?:that|this|which) (?:now )?(?:completes|concludes|finishes|marks the end of|brings (?:\w+ ){1,4}to (?:an end|a close))|(?:the|his|her|your) (?:planned |whole )?course (?:of \w+ )?(?:has )?(?:now )?(?:concluded|ended as planned)|complet\w+ (?:both|his|her|the|your|two|all|first|course)|(?:has|have|had) (?:now )?(?:had|completed|finished) (?:his|her|both|the|your) (?:planned |two |both |second )?(?:cycles?|course)|both (?:planned )?cycles (?:complete|given|done|finished)|with that (?:his|her|the|your)|end of (?:the )?(?:first |his |her )?course|finish(?:ed|ing) (?:the |your |his |her )(?:course|interleukin|IL-?2|treatment|two))\b",
    re.IGNORECASE,
)
_LAST_DOSE = trial(
    r"\b(?:last (?:dose|of them|one|given|at)?|completed(?: on)?|final dose|dose 1[0-4]|finish(?:ed|ing)|stopp?ed (?:on|at)|ended)\b[^;]{0,75}$",
    re.IGNORECASE,
)


def finish(view: View, story: Story) -> None:
    """When interleukin-2 is over: the day of the last dose, and that the course was completed."""
    courses = [c for c in story.courses if c.agent == "aldesleukin" and c.standing is Standing.REAL]
    if not courses:
        return
    topic = [s for s in view.sentences if about(s)]
    given_up(view, courses[0], topic)
    if goes_on(view, story, courses[0]):
        return
    course = courses[0]
    for sentence in topic:
        match = _COMPLETE.search(sentence.text)
        if match and not OFF.search(sentence.text[: match.start()]) and not course.reasons:
            course.reasons["completed"] = sentence.raw(match.start(), match.end())
        for raw in view.dates_in(sentence.start, sentence.end):
            at, to = sentence.folded(raw.start), sentence.folded(raw.end - 1) + 1
            date = _before_its_response(view, raw, course)
            told = _LAST_DOSE.search(sentence.text[:at]) or re.match(
                r"\W{0,3}(?:was|being) (?:the|his|her) last", sentence.text[to:]
            )
            if date is None or not told or _to_come(view, date):
                continue
            if _after_start(course, date) or (not course.starts and _PLAINLY_LAST.search(told[0])):
                course.ends.append(Dated(date, (raw.start, raw.end)))


#: Words that make a day the last of interleukin-2 where the letter does not tell the first.
_PLAINLY_LAST = trial(
    r"\b(?:last|final) (?:doses?|ones?|of them|given)\b|\bcomplet|\bwas (?:the|his|her) last", re.I
)


def _before_its_response(view: View, raw: RawDate, course: Course) -> EdtfDate | None:
    """3/10 is March 2010 where as a day it would lie after the response to what then ended."""
    date = view.resolve(raw)
    seen = [o.date.earliest for o in course.outcomes if o.date and o.value in ("CR", "PR", "SD")]
    if date is None or not raw.ambiguous or not seen or date.earliest <= min(seen):
        return date
    month = raw.as_month_year(view.context)
    return month if month is not None and month.earliest <= min(seen) else date


def _to_come(view: View, date: EdtfDate) -> bool:
    anchor = view.context.anchor
    return anchor is not None and date.earliest > anchor.latest


def _after_start(course: Course, date: EdtfDate) -> bool:
    starts = [s.date.earliest for s in course.starts]
    return bool(starts) and 0 <= (date.latest - max(starts)).days < 120


def goes_on(view: View, story: Story, course: Course) -> bool:
    """Whether another cycle or course is arranged: then treatment is current."""
    if set(course.reasons) & {"choice", "response", "progression"}:
        return False
    if "toxicity" in course.reasons:
        if not any(_is_ahead(view, s) for s in view.sentences):
            return False
        course.reasons.pop("toxicity")  # a cycle was cut short, the next is arranged
        return True
    if any(c.agent == "aldesleukin" and c.standing is Standing.PLANNED for c in story.courses):
        return not course.stopped
    return _in_a_cycle(view, course) or any(_is_ahead(view, s) for s in view.sentences)


_UNDER_WAY = trial(
    r"\b(?:D(?:ay)? ?\d{1,2},? (?:of )?(?:C|cycle |course |week )\d|C(?:ycle )?\d,? ?D(?:ay)? ?\d|doses? (?:so far|to date)|so far (?:has )?(?:had|received|tolerated)|next dose (?:due|at|held)|for (?:dose|next dose)|continu\w+ (?:with )?(?:the )?(?:IL-?2|interleukin|doses|dosing))\b",
    re.IGNORECASE,
)
_LEFT = trial(r"\b(?:discharg\w+|went home|goes home|allowed home|home today)\b", re.IGNORECASE)


def _in_a_cycle(view: View, course: Course) -> bool:
    """A chart or a ward note written while a cycle is being given."""
    anchor = view.context.anchor
    if anchor is None or course.stopped or _LEFT.search(view.text):
        return False
    if any(_UNDER_WAY.search(s.text) for s in view.sentences if about(s) and not s.unit.copied):
        return True
    begun = [
        d.date for d in il2.find(view) if d.field is Field.IL2_CYCLE_START and d.date is not None
    ]
    latest = max((date.earliest for date in begun), default=None)
    return latest is not None and 0 <= (anchor.latest - latest).days <= 7


_TO_COME = trial(
    r"\b(?:will|shall|is to|to|agreed (?:to|that|on)|we (?:plan|aim|intend)|booked|arranged|due|scheduled|readmi\w+|re-admi\w+|next admission|bed)\b[^.;]{0,60}$",
    re.IGNORECASE,
)


def _is_ahead(view: View, sentence: Sentence) -> bool:
    """Whether a sentence arranges another cycle or course."""
    if sentence.unit.copied:
        return False
    text = sentence.text
    anchor = view.context.anchor
    for match in NEXT.finditer(text):
        before, after = (
            text[max(0, match.start() - 70) : match.start()],
            text[match.end() : match.end() + 70],
        )
        if (
            OFF.search(before)
            or OFF.search(after)
            or re.search(r"\bno\s+$", before, re.IGNORECASE)
            or _DONE.search(before + " | " + after)
        ):
            continue
        said = bool(_TO_COME.search(before + match.group())) or bool(
            _AHEAD.match(after.strip(" ,:(-"))
        )
        planned = sentence.unit.section in ("plan", "outcome") or bool(
            re.match(r"(?:plan|next|follow)", sentence.unit.label, re.IGNORECASE)
        )
        if planned or said:
            return True
        for raw in view.dates_in(sentence.start, sentence.end):
            date = view.resolve(raw)
            if raw.has_year and date and anchor and date.earliest > anchor.latest:
                return True
    return False


_DONE = trial(
    r"\b(?:had|received|got|completed|given|after|since|following|began|started|was|were|managed|during|of (?:2|two)|came on)\b",
    re.IGNORECASE,
)
