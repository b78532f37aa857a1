"""Drugs under a condition, of other patients, or of the literature."""

from __future__ import annotations

import re

from extract.language.reading import Sentence
from extract.language.trying import trial

#: "If they say no, she'll start everolimus."
_IF_THEN = trial(
    r"^\W*(?:if|should|unless|were)\b[^.;]{3,90}?(?:,|->|then)\s*(?:then )?(?:(?:he|she|we|I|you|they)(?:'ll|’ll|'d|’d| will| would| shall| can| could| should| might)\b[^.;,]{0,40}|(?:to|for|try|consider|start)\b[^.;,]{0,20})?$",
    re.IGNORECASE,
)


#: "If there is growth he would look at sunitinib again."
_IF_WOULD = trial(
    r"^\W*(?:if|should|unless)\b[^.;]{3,90}?\s(?:he|she|we|I|you|they)(?:'ll|’ll|'d|’d| will| would| shall| could| might)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
#: "We went through what remains: going back to sunitinib, everolimus, or neither."
_WHAT_REMAINS = trial(
    r"\bwhat (?:remains|is left|might come next|else there is|could be (?:tried|done|offered))\b[^.;]*$",
    re.IGNORECASE,
)
#: "You will not be able to join if you have been treated with interleukin-2."
_JOIN_IF = trial(
    r"\b(?:able to|can|cannot|may|eligible to) (?:not )?(?:join|take part|enter|be included)\b[^.]*\bif\b",
    re.IGNORECASE,
)
#: "The unit has given only six patients HD IL-2 so far."
_OTHER_PATIENTS = trial(
    r"\b(?:given|treated|had|seen|offered)\b[^.;]{0,20}\b(?:patients|people|others|cases)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_LITERATURE = trial(
    r"\b(?:median (?:PFS|OS|survival|progression|overall)|(?:pivotal|registration|phase (?:III|3)) (?:trial|study)|in the (?:literature|published))\b",
    re.IGNORECASE,
)
_THE_PATIENT = trial(r"\b(?:he|she|his|her|you|your|patient|pt)\b", re.IGNORECASE)


def _literature(sentence: Sentence) -> bool:
    """ "Median PFS on sunitinib 11 months in the pivotal trial"."""
    text = sentence.text
    return bool(_LITERATURE.search(text)) and not _THE_PATIENT.search(text)


def elsewhere(sentence: Sentence, lead: str) -> bool:
    """Whether what leads to a drug makes it none of this patient's, or only a condition's."""
    rules = (_IF_THEN, _IF_WOULD, _JOIN_IF, _OTHER_PATIENTS, _WHAT_REMAINS)
    return any(rule.search(lead) for rule in rules) or _literature(sentence)
