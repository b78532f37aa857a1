"""Whether a response or a reason is said of this patient, as a fact.

"No evidence of progression", "further course only if CR or PR", "response rates of 50 %"
and "to continue until progression" say nothing of what happened.
"""

from __future__ import annotations

import re

from extract.fields.subject import Others
from extract.language.reading import Mention, Sentence

_NEG_FILL = re.compile(
    r"^(?:\W|\b(?:a|an|any|the|been|evidence|signs?|of|further|definite|formal|clear|suggestion|indication|to|suggest|suspicion|had|have|has|yet"
    r"|achieved?|achieving|reach(?:ed)?|obvious|radiological(?:ly)?|clinical(?:ly)?|significant|new|recurrent|local|distant|overt|convincing|real|true|amount|amounts|shown?|show|showing"
    r"|disease|tumou?r|metastatic|or|and|be|was|is|were|obtained|attained|documented|seen|having|meet|criteria|for|objective|measurable|current|active|systemic|symptomatic|frank|gross|interval|good|subsequent|other|recorded|met|qualify|as|it|actually|in|keeping|with|complete|partial|response|remission|stable|progression|relapse|recurrence)\b)*$",
    re.IGNORECASE,
)
_TALK_BEFORE = re.compile(
    r"""\b(?:if|unless|whether|should|in\ the\ event\ of|in\ case\ of|risk\ of|chances?\ of|likelihood\ of|probability\ of|possibility\ of|hope(?:ful)?\ (?:of|for|that)|hoping\ (?:for|that)
    |(?:would|could|might|may)\ (?:be|have|get|achieve|lead|see|represent|reflect)?|only\ if|aim(?:ing)?\ (?:for|is)|rates?\ of|at\ the\ (?:time|point)\ of|upon|evidence\ for|monitor\ for|to\ look\ for
    |assess(?:ment)?\ for|to\ (?:exclude|rule\ out|see\ if|confirm\ or)|time\ to|free\ of|query|\?|suspicious\ (?:of|for)|suspicion\ of|suspected|possible|possibly|probable|likely\ to|when\ (?:he|she|it|there)\ (?:is|progresses)|before\ (?:any|there)
    |definition\ of|define[ds]?|known\ as|called|in\ (?:the\ )?(?:trial|study|series|literature|published)|patients\ (?:with|who|in|had)|per\ cent\ of|percent\ of|%\ of|one\ in|someone|people|series|nearly|near|almost|not\ quite|short\ of|towards?|approaching|worried\ about|fear(?:s|ed)?\ (?:of|that)|prevent|delay|until(?=\W+(?:(?:disease|further|there\ is|the|his|her)\W+)*$))\W*(?:[\w'-]+\W+){0,6}$""",
    re.IGNORECASE | re.VERBOSE,
)
_TALK_AFTER = re.compile(
    r"^\W{0,2}(?:rates?\b|-?free\b|is (?:possible|likely|not)|cannot be|could not be|would\b|might\b|may\b|should\b|was (?:excluded|ruled out)|\?|in (?:about|around|roughly|some|one|half|a (?:quarter|third))\b|were to\b|occurs?\b|is seen\b|or (?:toxicity|unacceptable)|criteria\b|score\b|exam\b|has been (?:excluded|ruled out)|seen in \d)",
    re.IGNORECASE,
)


def stated(sentence: Sentence, mention: Mention, others: Others) -> bool:
    """Whether the mention is asserted of the patient."""
    if sentence.unit.section in {"family", "allergies", "criteria", "information"}:
        return False
    text = sentence.text
    at = sentence.folded(mention.start)
    to = sentence.folded(mention.end - 1) + 1
    if others.at(sentence, at):
        return False
    if _TALK_AFTER.match(text[to:]):
        return False
    clause = _clause(text, at)
    if _TALK_BEFORE.search(clause):
        return False
    if "criteria" in mention.modifiers and not re.search(r"\bRECIST\b", text, re.IGNORECASE):
        return False
    return not denied(sentence, mention, at)


def denied(sentence: Sentence, mention: Mention, at: int) -> bool:
    """Whether a negation reaches the mention with nothing of weight between."""
    text = sentence.text
    for cue in sentence.of("CUE_NEG", "CUE_VOID"):
        if cue.label == "CUE_VOID" and cue.text.lower() != "never":
            continue
        stop = sentence.folded(cue.end - 1) + 1
        if stop <= at and at - stop < 70 and _NEG_FILL.match(text[stop:at]):
            return True
    return False


def _clause(text: str, at: int) -> str:
    """The text before ``at`` back to the last break that ends a condition."""
    before = text[:at]
    cut = 0
    for match in re.finditer(r";|\bbut\b|\bhowever\b|\bthen he\b|\. |\)\s|,\s+(?:and|so|he|she|which|with)\b", before, re.IGNORECASE):
        cut = match.end()
    return before[cut:]
