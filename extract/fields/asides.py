"""Where a case report leaves its patient: its discussion, and what it says of studies.

A report of a case goes on, under "Discussion", "Comment" or "Review of the literature", with
other patients, trials and advice. There only a sentence that points back at its own patient
("our patient", "in this case", "she") is about them. A clinic letter's "Discussion" is of
its patient: letters are recognised by the marks that reports do not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.language.reading import Reading, Sentence
from extract.language.trying import trial

#: What a letter, a note or a minute of a meeting about a patient bears, and a report does not.
_LETTER = trial(
    r"\bdear\b|\bd\.?\s?o\.?\s?b\b|date of birth|\bNHS\b|\bMRN\b|\bhospital (?:no|number)\b"
    r"|\byours\b|\bclinic (?:date|note|letter)|\bcc:?\s|\bGP\b|\b(?:Mr|Mrs|Ms|Miss)\.? [A-Z]"
    r"|\bdate of (?:service|clinic|meeting)\b|\bcopy to\b|\btyped\b|\bdictated\b",
    re.IGNORECASE,
)
_REPORT = trial(
    r"\b(?:\d{1,3}[- ]?(?:years?|yrs?|yo)[- ]?(?:old)?\b|case (?:report|history|presentation)"
    r"|we (?:report|describe|present|experienced)|aged \d\d|\d\d\s?/\s?[MF]\b|patient)\b",
    re.IGNORECASE,
)
_NAMES = (
    r"(?:(?:brief|short|clinical|general|authors?'?)\s+)?(?:discussions?|comment(?:s|ary)?"
    r"|conclusions?|(?:a\s+|brief\s+)?(?:review\s+of\s+(?:the\s+)?|in\s+the\s+)?literature"
    r"(?:\s+(?:review|search))?|(?:key\s+)?(?:learning|teaching)\s+(?:points?|messages?)"
    r"|take[- ]?home\s+(?:points?|messages?)|key\s+(?:points?|messages?)|perspectives?"
    r"|remarks?|lessons?|explanation|answers?\s+and\s+comments?|what\s+this\s+case\s+teaches)"
)
_OPENS = trial(rf"^\W*(?:\d\W+)?{_NAMES}\s*(?:$|[\]:.\u2013\u2014-]|\n)", re.IGNORECASE)
_ENDS = trial(
    r"^\W*(?:\d\W+)?(?:case(?:\s+(?:report|presentation|history|description))?|outcome|follow-?up"
    r"|clinical course|course|history|presentation|treatment|patient|investigations?|present"
    r" state|addendum|postscript|update)\s*(?:$|[\]:.\u2013\u2014-]|\n)",
    re.IGNORECASE,
)
#: The report's own patient is spoken of again.
_OWN = trial(
    r"\b(?:(?:our|this|the present|the described|the reported|the index|the) (?:\w+ )?"
    r"(?:patient|case|man|woman|lady|gentleman|boy|girl|child)(?!s)|he|she|his|her|him|in (?:our|"
    r"this|the present) (?:\w+ )?(?:case|patient)|(?:herein|described here))\b",
    re.IGNORECASE,
)
#: Somebody else is named in the sentence, of whom a pronoun then speaks.
_ANOTHER = trial(
    r"\b(?:(?:another|one|an?|a second|a similar|an analogous|a further|a single|a colleague's) "
    r"(?:[\w-]+ ){0,3}?(?:patient|case|man|woman|boy|girl|child|adult)|one of (?:our|the|their|these)"
    r" (?:\w+ ){0,2}(?:patients|cases)|reported by|et al|colleague's)\b",
    re.IGNORECASE,
)
#: Said of studies wherever it stands in a report.
_STUDIES = trial(
    r"\b(?:(?:in|from) (?:the |a |an |one |two |recent |several )?(?:[\w-]+ ){0,4}"
    r"(?:trials?|study|studies|series|cohorts?|meta-?analys[ei]s|registry|literature)\b"
    r"|(?:median|mean) (?:PFS|OS|survival|overall|progression|duration)|\bORR\b|\brPFS\b"
    r"|(?:objective |overall )?response rates?|(?:of|in|among) (?:the |these |all |some )?"
    r"\d+ (?:[\w-]+ ){0,3}(?:patients|cases|pts)|\d+ (?:of|out of) \d+ (?:[\w-]+ ){0,2}"
    r"(?:patients|cases|pts)|historically|most (?:[\w-]+ ){0,2}responders)",
    re.IGNORECASE,
)


def asides(reading: Reading) -> frozenset[int]:
    """The indices of the sentences that are not about the patient of a case report."""
    if _LETTER.search(reading.text) or not _REPORT.search(reading.text):
        return frozenset()
    return frozenset(_astray(reading))


def _astray(reading: Reading) -> Iterator[int]:
    inside = another = False
    unit = -1
    for sentence in reading.sentences:
        if sentence.unit.index != unit:
            unit, another = sentence.unit.index, False
            opening = reading.text[sentence.unit.start : sentence.unit.end][:60]
            inside = bool(_OPENS.match(opening)) or (inside and not _ENDS.match(opening))
        elif _OPENS.match(sentence.text):
            inside = True  # an abstract in one paragraph
        named, own = bool(_ANOTHER.search(sentence.text)), _own(sentence)
        another = inside and (named or (another and own != "noun"))
        if another or (not own and (inside or _STUDIES.search(sentence.text))):
            yield sentence.index


def _own(sentence: Sentence) -> str:
    """How a sentence speaks of the report's patient: a noun, a pronoun, or not at all."""
    found = [m.group() for m in _OWN.finditer(sentence.text)]
    if not found:
        return ""
    return "noun" if any(len(word) > len("her") for word in found) else "pronoun"


__all__ = ["asides"]
