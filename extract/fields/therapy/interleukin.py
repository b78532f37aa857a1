"""Interleukin-2's own ways: it is planned as an admission, and goes on between its cycles."""

from __future__ import annotations

import re

from extract.fields import il2
from extract.fields.therapy.model import Course, Dated, Span, Standing
from extract.fields.therapy.story import Story
from extract.fields.therapy.storycues import ORAL
from extract.fields.view import View
from extract.language.reading import Sentence
from extract.language.trying import trial
from extract.records import Field, Reason

_COMING_IN = trial(
    r"\b(?:admit(?:ted|ting)?|admission|bed\b|come(?:s|ing)? in|go(?:ing|es)? ahead|comes? back|coming back|return(?:s|ing)? (?:to|for|on)|first (?:cycle|dose|course|week)|start(?:s|ing)? (?:date|on)?|to start|begin|commence|in-?patient|provisional(?:ly)?|booked|cycle (?:1|one)|C1\b)\b",
    re.IGNORECASE,
)
_NOT_FOR_IT = trial(
    r"\b(?:scan|CT|MRI|echo\w*|clinic|see (?:him|her|you)|review|surgery|operation|nephrectomy|radiotherapy|discharged|outpatient|OPA|telephone|ring|dental|bloods?)\b",
    re.IGNORECASE,
)
NEXT = trial(
    r"\b(?:re-?admi(?:t|ssion|tted)|next (?:cycle|admission|course|week of treatment)|(?:second|third|fourth|next|2nd|3rd|4th) (?:cycle|course|week|half)|(?<!\d )week (?:2|two)|W2\b|cycle (?:2|two|3|three|4|four)|course (?:2|two)|C[234]\b|#\s?2)",
    re.IGNORECASE,
)
OFF = trial(
    r"\b(?:no (?:further|more)|not (?:be|to|for|going|plan\w*|proceed\w*|come|have)|cancel\w*|won't|cannot|if|would|could|might|unless|should|only if|depend\w*|offered|consider\w*|discuss\w*|declin\w*)\b",
    re.IGNORECASE,
)


def given(view: View, story: Story) -> None:
    """Cycles begun and doses counted show that interleukin-2 was given, and when first."""
    facts = [
        d
        for d in il2.find(view)
        if d.field in (Field.IL2_CYCLE_START, Field.IL2_DOSES) and not _of_tablets(view, d.start)
    ]
    real = [c for c in story.courses if c.agent == "aldesleukin" and c.standing is Standing.REAL]
    if not facts:
        return
    if not real:
        first = min(facts, key=lambda d: d.start)
        span = (first.start, first.end)
        course = Course("aldesleukin", 1, span, len(story.courses), Standing.REAL, 0)
        story.courses.append(course)
        real = [course]
    dated = {d.item: d for d in facts if d.field is Field.IL2_CYCLE_START and d.date is not None}
    later = {str(d.date) for item, d in dated.items() if item != "1"}
    for course in real:
        course.firm = True
        course.starts = [s for s in course.starts if str(s.date) not in later]
        if (one := dated.get("1")) is not None and one.date is not None:
            course.starts = [Dated(one.date, (one.start, one.end), one.reasons)]


def _of_tablets(view: View, at: int) -> bool:
    """ "Finished the last capsule of cycle 5 on Sunday"."""
    sentence = next((s for s in view.sentences if s.start <= at < s.end), None)
    return sentence is not None and bool(ORAL.search(sentence.text))


_CAME_IN = trial(
    r"\b(?:admitted|came (?:in|into)|was brought in)\b(?:\W+\w+){0,4}?\W*$",
    re.IGNORECASE,
)


def came_in(view: View, story: Story) -> None:
    """The day she came in for it begins interleukin-2 where the letter tells no first dose."""
    courses = [c for c in story.courses if c.agent == "aldesleukin" and c.standing is Standing.REAL]
    if not courses or courses[0].starts:
        return
    for sentence in view.sentences:
        if not about(sentence) or sentence.unit.copied:
            continue
        if not re.search(
            r"\b(?:doses?|week|cycle|interleukin|IL-?2)\b", sentence.text, re.IGNORECASE
        ):
            continue
        for raw in view.dates_in(sentence.start, sentence.end):
            lead = sentence.text[: sentence.folded(raw.start)]
            date = view.resolve(raw)
            if date is None or not _CAME_IN.search(lead) or NEXT.search(lead):
                continue
            if view.context.anchor is None or date.earliest <= view.context.anchor.latest:
                span = (raw.start, raw.end)
                courses[0].starts.append(Dated(date, span, (Reason.INFERRED,)))
                return


def about(sentence: Sentence) -> bool:
    """A sentence of interleukin-2: it names it, or counts cycles or doses."""
    named = {
        a
        for m in sentence.of("AGENT")
        if not m.value("weak") or m.text.isupper() or "aldesleukin" in m.value("agents")
        for a in m.value("agents").split("|")
    }  # "it can go on working" names no drug
    if named:
        return "aldesleukin" in named
    return bool(
        re.search(
            r"\b(?:doses?|cycles?|course|week (?:one|two|1|2)|(?:the |her |his )?last (?:one\b|on (?:the|\d)|at \d)|no more (?:was|were|given|after))\b|#\s?[1-4]\b",
            sentence.text,
            re.IGNORECASE,
        )
    )


def plan(view: View, story: Story) -> None:
    """A bed or an admission with a date ahead, in a letter about interleukin-2, plans it."""
    mentioned = any("aldesleukin" in m.value("agents").split("|") for m in view.mentions("AGENT"))
    given = [c for c in story.courses if c.agent == "aldesleukin" and c.standing is Standing.REAL]
    planned = [c for c in story.courses if c.agent == "aldesleukin"]
    if not mentioned or given or any(c.starts and not c.starts[0].rank for c in planned):
        return
    found = [c for s in view.sentences if (c := _candidate(view, s, planned)) is not None]
    if not found:
        return
    _, _, dated, sentence, span = max(found, key=lambda c: (c[0], c[1]))
    course = planned[0] if planned else _planned(story, sentence, span)
    course.starts = [dated]


def _candidate(
    view: View, sentence: Sentence, planned: list[Course]
) -> tuple[int, int, Dated, Sentence, Span] | None:
    """A date ahead in a sentence of coming in, with how plainly it is the first dose's."""
    text = sentence.text
    if not about(sentence) and _another_begins(sentence):
        return None
    if OFF.search(re.sub(r"\([^()]*\)", "", text)) and not re.search(r"\bsubject to\b", text):
        return None
    match = _COMING_IN.search(text)
    same_unit = any(view.sentences[c.unit].unit.index == sentence.unit.index for c in planned)
    if match is None and not same_unit:
        return None
    at, to = match.span() if match else (0, min(1, len(text)))
    if (
        match
        and _NOT_FOR_IT.search(text[max(0, at - 30) : at] + " " + text[:at][:20])
        and not _FIRST.search(text)
    ):
        return None
    dated = _date_ahead(view, sentence, at, to)
    if dated is None:
        return None
    named = any("aldesleukin" in m.value("agents").split("|") for m in sentence.of("AGENT"))
    score = (
        4 * bool(_FIRST.search(text))
        + 3 * named
        + 2 * bool(re.search(r"\b(?:admi\w+|bed)\b", text, re.IGNORECASE))
        + bool(match)
    )
    return score, -sentence.index, dated, sentence, sentence.raw(at, to)


_LEFT_BEHIND = trial(
    r"\b(?:off|since|after|from|clear of|without|last|stopp(?:ed|ing)|washout)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)


def _another_begins(sentence: Sentence) -> bool:
    """Another drug is named, and not as the one left behind ("nine weeks off sunitinib")."""
    return any(
        len(m.text) >= 3 and not _LEFT_BEHIND.search(sentence.text[: sentence.folded(m.start)])
        for m in sentence.of("AGENT")
    )


_FIRST = trial(
    r"\b(?:first (?:of (?:two|2|the two|his|her|three|four)\b|dose|cycle|course|week|admission)|cycle (?:1|one)|C1|dose 1|go(?:ing)? ahead)\b",
    re.IGNORECASE,
)


def _planned(story: Story, sentence: Sentence, span: Span) -> Course:
    course = Course("aldesleukin", 1, span, len(story.courses), Standing.PLANNED, sentence.index)
    story.courses.append(course)
    return course


def _date_ahead(view: View, sentence: Sentence, first: int, last: int) -> Dated | None:
    anchor = view.context.anchor
    paired = {d.start for pair in view.ranges for d in pair}
    raws = view.dates_in(sentence.start, sentence.end)
    raws.sort(key=lambda raw: sentence.folded(raw.start) < first)
    dose = re.search(r"\bfirst dose\b", sentence.text, re.IGNORECASE)
    if dose is not None:
        raws.sort(key=lambda raw: sentence.folded(raw.start) < dose.start())
    for raw in raws:
        if raw.start in paired:
            continue
        at = sentence.folded(raw.start)
        between = sentence.text[min(last, at) : max(first, at)]
        if _NOT_FOR_IT.search(between) or _NOT_FOR_IT.search(sentence.text[max(0, at - 22) : at]):
            continue
        date = raw.resolve(view.context, future=True, prefer="dm") or view.resolve(raw, future=True)
        if date is None or anchor is None or date.latest < anchor.earliest:
            continue
        if date.latest == anchor.earliest or (date.earliest - anchor.latest).days > 200:
            continue
        return Dated(date, (raw.start, raw.end))
    return None
