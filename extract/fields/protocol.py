"""Texts that are about no patient: registered trials and their entry criteria."""

from __future__ import annotations

import re

_CRITERIA = re.compile(
    r"^\W*(?:key\s+)?(?:inclusion|exclusion|eligibility|entry)(?:\s*/\s*exclusion)?\s+criteria\b",
    re.IGNORECASE | re.MULTILINE,
)
_TRIAL = re.compile(
    r"\b(?:phase\s+(?:I{1,3}|[1-3])(?:[ab/]\S*)?\s+(?:\w+\s+){0,4}(?:study|trial)|a\s+study\s+(?:of|to)|subjects?\s+(?:must|with|who)|patients\s+must|participants?\s+must|women\s+of\s+child-?bearing|informed\s+consent)\b",
    re.IGNORECASE,
)
_PATIENT = re.compile(
    r"\b(?:\d{1,3}[- ]?(?:year|yr)s?[- ]old\s+(?:[\w-]+\s+){0,4}(?:man|woman|male|female|lady|gentleman|boy|girl|patient)|\d{2}\s?[MF]\b|Mr|Mrs|Miss|dear|d\.?o\.?b|date\s+of\s+birth|NHS\s*(?:no|number)|MRN|yours\s+sincerely)\b",
    re.IGNORECASE,
)


def is_protocol(text: str) -> bool:
    """Whether a text sets out who may enter a study and speaks of no patient."""
    if _PATIENT.search(text):
        return False
    criteria = len(_CRITERIA.findall(text))
    return (
        criteria >= 2
        or (criteria == 1 and bool(_TRIAL.search(text)))
        or len(_TRIAL.findall(text)) >= 4
    )
