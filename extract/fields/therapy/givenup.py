"""No more interleukin-2, and why: the patient's choice, response, progression or toxicity.

What is said may stand in one sentence ("stopped for good because of hypotension"), be told
before ("he went into fibrillation. IL-2 was stopped at that point") or after it ("a second
course was offered. He will not have it").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.fields import ticks
from extract.fields.cues import load_cues
from extract.fields.therapy.model import Course
from extract.fields.view import View
from extract.language.reading import Sentence
from extract.language.trying import Trial, trial
from extract.records import Reason

_NO_FURTHER = trial(
    r"\b(?:called (?:it )?a halt|no (?:further|more)|any (?:further|more)|against (?:any )?(?:further|more|a second)"
    r"|(?:second|further|another|third|next|remaining) (?:course|cycles?|interleukin|IL-?2|doses|admission)|for good|abandon\w+|finished with"
    r"|not (?:be )?(?:giv\w+|offer\w+|hav\w+|proceed\w*|tak\w+))\b",
    re.IGNORECASE,
)
#: Stopped before its time: the cause is told beside it or before it.
_CUT_SHORT = trial(
    r"\b(?:permanently (?:discontinued|stopped)|(?:discontinued|stopped) permanently|stopp?ed (?:for good|at that point|there|then|early|for the same)"
    r"|cut short|curtailed|(?:cycle|week|course) (?:2|two) (?:has been |was |is )?(?:cancelled|canceled|abandoned)"
    r"|stopped (?:interleukin|IL-?2)(?:-2)? at that point|(?:no|not) (?:to be )?re-?challenged)\b"
    r"|\b(?:for|because of) (?:that|this)(?: reason)?,? (?:\w+ ){0,4}no (?:further|second|more)\b",
    re.IGNORECASE,
)
_DENIED = trial(
    r"\b(?:no|not|never|against|declin\w+|refus\w+|abandon\w+|cancel\w+|finished|nothing|for good|won't|n't|stopp?ed|halt)\b",
    re.IGNORECASE,
)
_CONDITION = trial(r"\b(?:if|only if|unless|until|inotropes?|needed|required)\b", re.IGNORECASE)
_SINCE_THEN = trial(
    r"\b(?:after (?:that|this)|for (?:this|that) reason|hence|halt|therefore)\b", re.IGNORECASE
)
_CHOICE = trial(
    r"\b(?:(?:he|she|you|patient|pt)\W+(?:\w+\W+){0,6}?(?:declin\w+|refus\w+|d(?:id|oes|o)(?: not|n't) want|would (?:much )?rather(?: not)?"
    r"|decided (?:not|against)|preferred (?:not|to)|chose not|turned (?:it )?down|not wish|will not have|isn't keen|not keen|had had enough)"
    r"|declined (?:a |the |any )?(?:second|further|another|more))\b",
    re.IGNORECASE,
)
_RESPONSE = trial(
    r"\b(?:nothing (?:more |further |left )?to (?:be )?gain\w*|nothing (?:left )?(?:for it )?to (?:work on|treat)"
    r"|now that (?:he|she|you) (?:is|are) in complete|since (?:he|she|you) (?:is|are) in complete|already in complete)\b",
    re.IGNORECASE,
)
_PROGRESSION = trial(
    r"\b(?:has not (?:helped|worked)|disease has (?:progressed|grown)|because of (?:the )?progression|did not work|view of (?:the )?progression"
    r"|progressive disease|as (?:it|the disease) has progressed)\b",
    re.IGNORECASE,
)
_TOXICITY = trial(
    r"\b(?:severity|toxicit\w+|reaction|side[- ]effects?|unsafe|too (?:dangerous|risky|ill|unwell)|strength of (?:that|this|tonight)|hypotens\w+"
    r"|would be (?:foolish|wrong|unwise)|kidneys?|renal|creatinine|oliguri\w+|fibrillation|arrhythmia|heart|cardiac|intensive care|ITU|ICU|HDU)\b",
    re.IGNORECASE,
)
_WHY: tuple[tuple[str, Trial], ...] = (
    ("choice", _CHOICE),
    ("response", _RESPONSE),
    ("progression", _PROGRESSION),
    ("toxicity", _TOXICITY),
)
_STOPPED_BECAUSE = trial(
    r"\W*(?:(?:course|cycle|treatment|IL-?2|drug|therapy) )?(?:stopped|ended|discontinued)(?: early)? (?:because|due to|for)\b|\W*reason (?:for|course|treatment) ?(?:stopp\w+|ending|discontinu\w+)",
    re.IGNORECASE,
)
_TICKED = (
    ("toxicity", "toxicity"),
    ("completed", "completed"),
    ("pd", "progression"),
    ("progression", "progression"),
    ("choice", "choice"),
    ("patient", "choice"),
)


def given_up(view: View, course: Course, topic: list[Sentence]) -> None:
    """Find the first sentence that says so, and its cause."""
    _ticked(view, course)
    if set(course.reasons) - {"completed"}:
        return
    for sentence in topic:
        if _CONDITION.search(sentence.text):
            continue
        found = _denied(view, sentence) or _cut_short(view, sentence)
        if found is None:
            continue
        reason, span, doubt = found
        course.reasons.pop("completed", None)
        course.reasons[reason] = sentence.raw(*span)
        course.stopped = True
        if doubt:
            course.doubts[reason] = Reason.DISTANT
        return


def _ticked(view: View, course: Course) -> None:
    """ "Course stopped because   [ ] completed   [x] toxicity"."""
    for sentence in view.sentences:
        if not _STOPPED_BECAUSE.match(sentence.text):
            continue
        for words, is_ticked, at in ticks.options(sentence.text):
            named = next((why for start, why in _TICKED if words.lower().startswith(start)), None)
            if is_ticked and named is not None:
                course.reasons[named] = sentence.raw(at, at + len(words))
                course.stopped = True


Found = tuple[str, tuple[int, int], bool]


def _denied(view: View, sentence: Sentence) -> Found | None:
    """No further course, cycle or dose, with the cause in this sentence or the next."""
    match = _NO_FURTHER.search(sentence.text)
    if match is None:
        return None
    after = _next_text(view, sentence)
    near = sentence.text + " " + after
    counted = bool(re.search(r"course|cycle", match.group()))
    refused = counted and (_CHOICE.search(after) or _CHOICE.search(sentence.text[match.end() :]))
    if not refused and not (counted and _RESPONSE.search(near)):
        window = sentence.text[max(0, match.start() - 45) : match.end()]
        if not _DENIED.search(window):
            return None
    told = _SINCE_THEN.search(sentence.text)
    if told:
        near = " ".join(s.text for s in _before(view, sentence, 1)) + " " + sentence.text
    reason = next((name for name, rule in _WHY if rule.search(near)), None)
    if reason is None and load_cues("courses")["why_progression"].search(near):
        reason = "progression"
    if reason is None and sentence.of("TOX"):
        reason = "toxicity"
    if reason is None and any(
        _TOXICITY.search(s.text) and not _CONDITION.search(s.text)
        for s in _before(view, sentence, 1)
    ):
        return "toxicity", match.span(), True
    return (reason, match.span(), False) if reason else None


def _cut_short(view: View, sentence: Sentence) -> Found | None:
    """Stopped before its time, with the toxicity in this sentence or those before it."""
    match = _CUT_SHORT.search(sentence.text)
    if match is None:
        return None
    if sentence.of("TOX"):
        return "toxicity", match.span(), False
    if any(s.of("TOX") for s in _before(view, sentence, 4)):
        return "toxicity", match.span(), True
    return None


def _before(view: View, sentence: Sentence, count: int) -> Iterator[Sentence]:
    """The sentences before it in its unit, nearest last."""
    for above in view.sentences[max(0, sentence.index - count) : sentence.index]:
        if above.unit.index == sentence.unit.index:
            yield above


def _next_text(view: View, sentence: Sentence) -> str:
    after = view.sentences[sentence.index + 1 : sentence.index + 2]
    return after[0].text if after and after[0].unit.index == sentence.unit.index else ""
