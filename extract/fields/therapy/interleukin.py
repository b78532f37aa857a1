"""Interleukin-2's own ways: it is planned as an admission, and goes on between its cycles."""

from __future__ import annotations

import re

from extract.fields import il2
from extract.fields.cues import load_cues
from extract.fields.therapy.model import Course, Dated, Span, Standing
from extract.fields.therapy.story import Story
from extract.fields.view import View
from extract.language.reading import Sentence
from extract.records import Field, Reason
from extract.values.dates import EdtfDate

_COMING_IN = re.compile(
    r"\b(?:admit(?:ted|ting)?|admission|bed\b|come(?:s|ing)? in|go(?:ing|es)? ahead|comes? back|coming back|return(?:s|ing)? (?:to|for|on)|first (?:cycle|dose|course|week)|start(?:s|ing)? (?:date|on)?|to start|begin|commence|in-?patient|provisional(?:ly)?|booked|cycle (?:1|one)|C1\b)\b",
    re.IGNORECASE,
)
_NOT_FOR_IT = re.compile(
    r"\b(?:scan|CT|MRI|echo\w*|clinic|see (?:him|her|you)|review|surgery|operation|nephrectomy|radiotherapy|discharged|outpatient|OPA|telephone|ring|dental|bloods?)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:re-?admi(?:t|ssion|tted)|next (?:cycle|admission|course|week of treatment)|(?:second|third|fourth|next|2nd|3rd|4th) (?:cycle|course|week|half)|(?<!\d )week (?:2|two)|W2\b|cycle (?:2|two|3|three|4|four)|course (?:2|two)|C[234]\b|#\s?2)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|to (?:come|be|have|start|begin|follow|return)|due|plan(?:ned|s)?|booked|arranged|scheduled|provisional\w*|is (?:on|for)|agreed|aim)\b",
    re.IGNORECASE,
)
_OFF = re.compile(
    r"\b(?:no (?:further|more)|not (?:be|to|for|going|plan\w*|proceed\w*|come|have)|cancel\w*|won't|cannot|if|would|could|might|unless|should|only if|depend\w*|offered|consider\w*|discuss\w*|declin\w*)\b",
    re.IGNORECASE,
)


def given(view: View, story: Story) -> None:
    """Cycles begun and doses counted show that interleukin-2 was given, and when first."""
    facts = [d for d in il2.find(view) if d.field in (Field.IL2_CYCLE_START, Field.IL2_DOSES)]
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


_CAME_IN = re.compile(
    r"\b(?:admitted|came (?:in|into)|was brought in)\b(?:\W+\w+){0,4}?\W*$",
    re.IGNORECASE,
)


def came_in(view: View, story: Story) -> None:
    """The day she came in for it begins interleukin-2 where the letter tells no first dose."""
    courses = [c for c in story.courses if c.agent == "aldesleukin" and c.standing is Standing.REAL]
    if not courses or courses[0].starts:
        return
    for sentence in view.sentences:
        if not _about(sentence) or sentence.unit.copied:
            continue
        if not re.search(
            r"\b(?:doses?|week|cycle|interleukin|IL-?2)\b", sentence.text, re.IGNORECASE
        ):
            continue
        for raw in view.dates_in(sentence.start, sentence.end):
            lead = sentence.text[: sentence.folded(raw.start)]
            date = view.resolve(raw)
            if date is None or not _CAME_IN.search(lead) or _NEXT.search(lead):
                continue
            if view.context.anchor is None or date.earliest <= view.context.anchor.latest:
                span = (raw.start, raw.end)
                courses[0].starts.append(Dated(date, span, (Reason.INFERRED,)))
                return


_COMPLETE = re.compile(
    r"\b(?:(?:finished|completed|had) (?:the )?(?:second|last|final) of (?:his|her|your|the) (?:two|planned|four) (?:weeks|cycles|planned)|(?:second|fourth) and (?:final|last) (?:cycle|week)|cycle (?:2|two) of (?:2|two)|week (?:two|2) of (?:two|2)|course (?:\w+ )?(?:is )?(?:now )?(?:complete|finished)|(?:that|this|which) (?:now )?completes|complet\w+ (?:both|his|her|the|your|two|all|first|course)|(?:has|have|had) (?:now )?(?:had|completed|finished) (?:his|her|both|the|your) (?:planned |two |both |second )?(?:cycles?|course)|both (?:planned )?cycles (?:complete|given|done|finished)|with that (?:his|her|the|your)|end of (?:the )?(?:first |his |her )?course|finish(?:ed|ing) (?:the |your |his |her )(?:course|interleukin|IL-?2|treatment|two))\b",
    re.IGNORECASE,
)
_LAST_DOSE = re.compile(
    r"\b(?:last (?:dose|of them|one|given|at)?|completed(?: on)?|final dose|dose 1[0-4]|finish(?:ed|ing)|stopp?ed (?:on|at)|ended)\b[^;]{0,75}$",
    re.IGNORECASE,
)


def finish(view: View, story: Story) -> None:
    """When interleukin-2 is over: the day of the last dose, and that the course was completed."""
    courses = [c for c in story.courses if c.agent == "aldesleukin" and c.standing is Standing.REAL]
    if not courses:
        return
    topic = [s for s in view.sentences if _about(s)]
    _given_up(view, courses[0], topic)
    if goes_on(view, story, courses[0]):
        return
    course = courses[0]
    for sentence in topic:
        match = _COMPLETE.search(sentence.text)
        if match and not _OFF.search(sentence.text[: match.start()]) and not course.reasons:
            course.reasons["completed"] = sentence.raw(match.start(), match.end())
        for raw in view.dates_in(sentence.start, sentence.end):
            at, to = sentence.folded(raw.start), sentence.folded(raw.end - 1) + 1
            date = view.resolve(raw)
            told = _LAST_DOSE.search(sentence.text[:at]) or re.match(
                r"\W{0,3}(?:was|being) (?:the|his|her) last", sentence.text[to:]
            )
            if date is not None and told and _after_start(course, date):
                course.ends.append(Dated(date, (raw.start, raw.end)))


_NO_FURTHER = re.compile(
    r"\b(?:called (?:it )?a halt|no (?:further|more)|any (?:further|more)|against (?:any )?(?:further|more|a second)|(?:second|further|another|third|next|remaining) (?:course|cycles?|interleukin|IL-?2|doses|admission)|for good|abandon\w+|finished with|not (?:be )?(?:giv\w+|offer\w+|hav\w+|proceed\w*|tak\w+))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|never|against|declin\w+|refus\w+|abandon\w+|cancel\w+|finished|nothing|for good|won't|n't|stopp?ed|halt)\b",
    re.IGNORECASE,
)
_WHY: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "choice",
        re.compile(
            r"\b(?:(?:he|she|you|patient|pt)\W+(?:\w+\W+){0,3}(?:declin\w+|refus\w+|d(?:id|oes|o)(?: not|n't) want|would rather not|decided (?:not|against)|preferred not|chose not|turned (?:it )?down|not wish)|declined (?:a |the |any )?(?:second|further|another|more))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "response",
        re.compile(
            r"\b(?:nothing (?:more |further )?to (?:be )?gain\w*|now that (?:he|she) is in complete|since (?:he|she) is in complete|already in complete)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "progression",
        re.compile(
            r"\b(?:has not (?:helped|worked)|disease has (?:progressed|grown)|because of (?:the )?progression|did not work|view of (?:the )?progression|progressive disease|as (?:it|the disease) has progressed)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "toxicity",
        re.compile(
            r"\b(?:severity|toxicit\w+|reaction|side[- ]effects?|unsafe|too (?:dangerous|risky|ill|unwell)|strength of (?:that|this|tonight)|hypotens\w+|would be (?:foolish|wrong|unwise)|kidneys?|renal|creatinine|oliguri\w+|fibrillation|arrhythmia|heart|cardiac|intensive care|ITU|ICU|HDU)\b",
            re.IGNORECASE,
        ),
    ),
)


def _given_up(view: View, course: Course, topic: list[Sentence]) -> None:
    """No more interleukin-2, and why: the patient's choice, response, progression, toxicity."""
    if set(course.reasons) - {"completed"}:
        return
    for sentence in topic:
        match = _NO_FURTHER.search(sentence.text)
        if match is None:
            continue
        refused = _WHY[0][1].search(_next_text(view, sentence)) and re.search(
            r"course|cycle", match.group()
        )
        if (
            not refused
            and not _DENIED.search(sentence.text[max(0, match.start() - 45) : match.end()])
        ) or re.search(
            r"\b(?:if|only if|unless|until|inotropes?|needed|required)\b",
            sentence.text,
            re.IGNORECASE,
        ):
            continue
        near = sentence.text + " " + _next_text(view, sentence)
        if re.search(r"\b(?:after that|after this|for this reason|hence|halt)\b", sentence.text):
            near = _text_before(view, sentence) + " " + sentence.text
        reason = next((name for name, rule in _WHY if rule.search(near)), None)
        if reason is None and load_cues("courses")["why_progression"].search(near):
            reason = "progression"
        if reason is None and sentence.of("TOX"):
            reason = "toxicity"
        if reason is not None:
            course.reasons.pop("completed", None)
            course.reasons[reason] = sentence.raw(match.start(), match.end())
            course.stopped = True
            return


def _text_before(view: View, sentence: Sentence) -> str:
    before = view.sentences[max(0, sentence.index - 1) : sentence.index]
    return before[0].text if before and before[0].unit.index == sentence.unit.index else ""


def _next_text(view: View, sentence: Sentence) -> str:
    after = view.sentences[sentence.index + 1 : sentence.index + 2]
    return after[0].text if after and after[0].unit.index == sentence.unit.index else ""


def _after_start(course: Course, date: EdtfDate) -> bool:
    starts = [s.date.earliest for s in course.starts]
    return bool(starts) and 0 <= (date.latest - max(starts)).days < 120


def _about(sentence: Sentence) -> bool:
    """A sentence of interleukin-2: it names it, or counts cycles or doses."""
    named = {a for m in sentence.of("AGENT") for a in m.value("agents").split("|")}
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
    if not _about(sentence) and _another_begins(sentence):
        return None
    if _OFF.search(re.sub(r"\([^()]*\)", "", text)) and not re.search(r"\bsubject to\b", text):
        return None
    match = _COMING_IN.search(text)
    same_unit = any(view.sentences[c.unit].unit.index == sentence.unit.index for c in planned)
    if match is None and not same_unit:
        return None
    at, to = match.span() if match else (0, min(1, len(text)))
    if match and _NOT_FOR_IT.search(text[max(0, at - 30) : at]) and not _FIRST.search(text):
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


_LEFT_BEHIND = re.compile(
    r"\b(?:off|since|after|from|clear of|without|last|stopp(?:ed|ing)|washout)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)


def _another_begins(sentence: Sentence) -> bool:
    """Another drug is named, and not as the one left behind ("nine weeks off sunitinib")."""
    return any(
        len(m.text) > 3 and not _LEFT_BEHIND.search(sentence.text[: sentence.folded(m.start)])
        for m in sentence.of("AGENT")
    )


_FIRST = re.compile(
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


_UNDER_WAY = re.compile(
    r"\b(?:D(?:ay)? ?\d{1,2},? (?:of )?(?:C|cycle |course |week )\d|C(?:ycle )?\d,? ?D(?:ay)? ?\d|doses? (?:so far|to date)|so far (?:has )?(?:had|received|tolerated)|next dose (?:due|at|held)|for (?:dose|next dose)|continu\w+ (?:with )?(?:the )?(?:IL-?2|interleukin|doses|dosing))\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:discharg\w+|went home|goes home|allowed home|home today)\b", re.IGNORECASE
)


def _in_a_cycle(view: View, course: Course) -> bool:
    """A chart or a ward note written while a cycle is being given."""
    anchor = view.context.anchor
    if anchor is None or course.stopped or _LEFT.search(view.text):
        return False
    if any(_UNDER_WAY.search(s.text) for s in view.sentences if _about(s) and not s.unit.copied):
        return True
    begun = [
        d.date for d in il2.find(view) if d.field is Field.IL2_CYCLE_START and d.date is not None
    ]
    latest = max((date.earliest for date in begun), default=None)
    return latest is not None and 0 <= (anchor.latest - latest).days <= 7


_TO_COME = re.compile(
    r"\b(?:will|shall|is to|to|agreed (?:to|that|on)|we (?:plan|aim|intend)|booked|arranged|due|scheduled|readmi\w+|re-admi\w+|next admission|bed)\b[^.;]{0,60}$",
    re.IGNORECASE,
)


def _is_ahead(view: View, sentence: Sentence) -> bool:
    """Whether a sentence arranges another cycle or course."""
    if sentence.unit.copied:
        return False
    text = sentence.text
    anchor = view.context.anchor
    for match in _NEXT.finditer(text):
        before, after = (
            text[max(0, match.start() - 70) : match.start()],
            text[match.end() : match.end() + 70],
        )
        if (
            _OFF.search(before)
            or _OFF.search(after)
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


_DONE = re.compile(
    r"\b(?:had|received|got|completed|given|after|since|following|began|started|was|were|managed|during|of (?:2|two)|came on)\b",
    re.IGNORECASE,
)
