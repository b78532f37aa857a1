"""Texts that are about no patient: registered trials, their entry criteria, cohorts."""

from __future__ import annotations

import re

from extract.language.trying import trial

_CRITERIA = trial(
    r"^\W*(?:key\s+)?(?:inclusion|exclusion|eligibility|entry)(?:\s*/\s*exclusion)?\s+criteria\b",
    re.IGNORECASE | re.MULTILINE,
)
_TRIAL = trial(
    r"\b(?:phase\s+(?:I{1,3}|[1-3])(?:[ab/]\S*)?\s+(?:\w+\s+){0,4}(?:study|trial)|a\s+study\s+(?:of|to)|subjects?\s+(?:must|with|who)|patients\s+must|participants?\s+must|women\s+of\s+child-?bearing|informed\s+consent)\b",
    re.IGNORECASE,
)
_PATIENT = trial(
    r"\b(?:\d{1,3}[- ]?(?:year|yr)s?[- ]old\s+(?:[\w-]+\s+){0,4}(?:man|woman|male|female|lady|gentleman|boy|girl|patient)|\d{2}\s?[MF]\b|Mr|Mrs|Miss|dear|d\.?o\.?b|date\s+of\s+birth|NHS\s*(?:no|number)|MRN|yours\s+sincerely"
    r"|case\s+(?:no\b|number|report|presentation|history|conference)|clinical\s+case"
    r"|(?:fe)?male,?\s+(?:aged\s+)?\d{2}\s*(?:years|yrs?|y\b)"
    r"|(?:aged\s+)?\d{2}\s*(?:years|yrs?)?,\s+(?:fe)?male)\b",
    re.IGNORECASE,
)
#: What is said of many patients at once; each kind counts once.
_COHORT = (
    (
        r"\b(?:\d{2,5}|(?:one|two|three) hundred(?: and [\w-]+)?|(?:twenty|thirty|forty|fifty|sixty"
        r"|seventy|eighty|ninety)[\w-]*)\s+(?:\([^()]*\)\s+)?"
        r"(?:[\w-]+\s+){0,3}(?:patients|pts|cases|women|men|subjects|participants)\b"
    ),
    (
        r"\bmedian\s+(?:\(?[A-Z]{2,3}\b|age|overall|progression|follow|number|time|duration|survival"
        r"|dose)"
    ),
    (
        r"\b(?:patients|pts|men|women|cases|records)\b[^.]{0,120}\bwere\s+(?:\w+\s+){0,2}"
        r"(?:treated|enrolled|included|randomi[sz]ed|reviewed|analy[sz]ed|recruited|identified|eligible)"
    ),
    r"\bretrospective(?:ly)?\b|\b(?:single|multi)-?(?:\s?cent(?:er|re))\b|\baudit\b",
    r"\bprimary\s+end-?point|\b(?:phase\s+(?:I{1,3}|[1-4]))\b|\brandomi[sz]ed\b",
    r"\b(?:occurred|observed|seen|developed|was|were)\s+in\s+\d{1,2}(?:\.\d)?\s?%",
    r"\b(?:overall\s+response\s+rate|ORR|response\s+rate)\b",
)
_COHORTS = tuple(trial(kind, re.IGNORECASE) for kind in _COHORT)
_ONE = trial(r"\b(?:he|she|his|her|him|you|your|our\s+patient|the\s+patient)\b", re.IGNORECASE)


def is_protocol(text: str) -> bool:
    """Whether a text sets out a study, who may enter it or who was in it, and no patient."""
    if _PATIENT.search(text):
        return False
    if not _ONE.search(text) and sum(bool(kind.search(text)) for kind in _COHORTS) >= 3:
        return True
    criteria = len(_CRITERIA.findall(text))
    return (
        criteria >= 2
        or (criteria == 1 and bool(_TRIAL.search(text)))
        or len(_TRIAL.findall(text)) >= 4
    )
