"""What is said of medicine at large: answers to choose from, other patients in passing.

A teaching text goes on from its patient to a question, the answers to choose from and their
rationale; any text may quote a trial or other patients in one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from extract.fields.view import Draft, View
from extract.language.gates import Gate
from extract.language.reading import Sentence, Unit
from extract.language.trying import trial
from extract.records import Field

#: A text that is sent or kept about one patient: it asks nothing of its reader.
_LETTER = trial(
    r"^\W*(?:dear\b|re\b\s*:)|\byours\s+(?:sincerely|faithfully|ever|truly)|\bNHS\b|\bMRN\b"
    r"|\bd\.?\s?o\.?\s?b\b|\bdate\s+of\s+birth|\b(?:clinic|ward|discharge)\s+(?:date|letter|summary)"
    r"|\bhospital\s+(?:no|number)\b|\bM\.?D\.?[TM]\b|\bMDT\b|\btumou?r board\b",
    re.IGNORECASE | re.MULTILINE,
)
_ASKS = trial(
    r"\b(?:which|what|how|when)\b[^.]*\?\s*$"
    r"|\b(?:most|best|next) (?:appropriate|likely|suitable|probable|step|management)\b[^.]*[?:]\s*$",
    re.IGNORECASE,
)
_CHOICE = trial(r"[\W_]*(?:[A-F]|[1-6a-f])[).:\s-]\s*\S")
_RATIONALE = trial(
    r"[\W_]*(?:rationale|explanations?|answers?|ans|introduction|background)\s*(?:[\]:.]|$)",
    re.IGNORECASE,
)
_RESUMES = trial(
    r"[\W_]*(?:the )?(?:(?:clinical )?case(?: \w+)?|patient|outcome|progress|follow[- ]?up|tutor'?s? notes?)"
    r"\s*(?:[\]:.]|$)",
    re.IGNORECASE,
)
_CASE = trial(
    r"\b\d{1,3}(?:[- ](?:years?|yrs?)[- ]old|[- ]yr-old| years?\b)"
    r"|\bwe (?:report|describe|present|experienced)\b|\b(?:board review|self-assessment|vignette)\b",
    re.IGNORECASE,
)
_GATE = Gate(_ASKS, _RATIONALE)

_OWN = trial(
    r"\b(?:(?:our|this|the present|present) (?:patient|case|lady|man|woman)|he|she)\b",
    re.IGNORECASE,
)
_AT_LARGE = trial(
    r"\b(?:pivotal|registr\w+|landmark|phase (?:I{1,3}|[1-4])\w?) (?:trials?|stud(?:y|ies))\b"
    r"|\b(?:trials?|stud(?:y|ies)|series) (?:\w+ ){0,5}(?:enrolled|included|recruited)\b"
    r"|\b(?:literature|registry|pooled (?:data|analysis)|(?:published|reported) (?:series|cases))\b"
    r"|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|one|another|few|many|most|some|other)"
    r" (?:reported |published |such |of the )?(?:patients?|cases)\b(?! in (?:the )?(?:bay|ward|clinic))"
    r"|% of (?:all )?(?:the )?(?:patients|cases|men|women|people|those)\b"
    r"|\b(?:seen|reported|described|occurs?) in (?:about |up to |around |some )?\d"
    r"|\b(?:incidence|frequency|prevalence) of\b|\bhistorically\b"
    r"|\bis (?:often |commonly |usually )?associated with\b",
    re.IGNORECASE,
)
#: Fields whose sentence alone can be about medicine at large.
_LONE = frozenset(
    {
        Field.ECOG,
        Field.ECOG_PAST,
        Field.KARNOFSKY,
        Field.HISTOLOGY,
        Field.HISTOLOGY_FEATURE,
        Field.SITE,
        Field.TOXICITY,
    }
)


def without(view: View, drafts: list[Draft]) -> list[Draft]:
    """The drafts that are read where the text speaks of its patient."""
    lessons = view.once(_lessons)
    return [
        draft
        for draft in drafts
        if not any(a <= draft.start < b for a, b in lessons)
        and (draft.field not in _LONE or not _quoted(view, draft))
    ]


def _quoted(view: View, draft: Draft) -> bool:
    """Whether the draft's own sentence is about other patients."""
    sentence = _sentence(view, draft.start)
    return bool(sentence and _AT_LARGE.search(sentence.text) and not _OWN.search(sentence.text))


def _sentence(view: View, position: int) -> Sentence | None:
    index = bisect_right(view.sentences, position, key=attrgetter("start")) - 1
    found = view.sentences[index] if index >= 0 else None
    return found if found is not None and position < found.end else None


def _lessons(view: View) -> tuple[tuple[int, int], ...]:
    """Where a teaching text gives answers to choose from, and why."""
    text = view.text
    if not _GATE.is_open(view.flat) or _LETTER.search(text) or not _CASE.search(text):
        return ()
    return tuple(_answers(view))


def _answers(view: View) -> Iterator[tuple[int, int]]:
    inside, asked = False, False
    for unit in view.reading.units:
        words = view.text[unit.start : unit.end]
        if _RESUMES.match(words):
            inside, asked = False, False
        elif _RATIONALE.match(words):
            inside = True
        elif _ASKS.search(words):
            asked = True
        if inside or (asked and _is_choice(unit, words)):
            yield unit.start, unit.end


def _is_choice(unit: Unit, words: str) -> bool:
    return bool(unit.marker) or bool(_CHOICE.match(words))
