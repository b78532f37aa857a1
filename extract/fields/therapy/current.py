"""Whether a drug is being taken at the letter's date."""

from __future__ import annotations

import re

from extract.fields.therapy.model import Group
from extract.language.reading import Sentence
from extract.language.trying import trial

CURRENT = trial(
    r"\b(?:continues?|continuing|remains?|remaining|currently|current|is (?:on|taking|having|receiving|tolerating|still)"
    r"|are (?:on|taking|having)|tolerating|ongoing|on-going|carr(?:y|ies|ying) on|maintained on|still (?:on|taking|having)|takes|taking|stays on"
    r"|stable on|(?<!in )keep(?:s|ing)? (?:on|up|going|him|her)?|stays?|as usual|3-monthly|three-monthly|due with (?:us|me)|presently|at present|now (?:on|taking|receiving)|keep going|has been on|to date|stay on|into (?:his|her|the)|since then|has now (?:been )?(?:taken|taking|had|on)|have now (?:been )?(?:taken|taking|had|on)|has (?:now )?been taking|have (?:now )?been taking|is now (?:on|taking|having)"
    r"|(?:days?|weeks?|months?|years?) into|(?:we|I) (?:will )?continue|to continue|on cycle \d|due cycle|nearing the end)\b",
    re.IGNORECASE,
)
_ON_NOW = trial(r"(?:^|,|;|\(|\band\b)\s*(?:RCC\W.*)?\bon\s+$", re.IGNORECASE)
#: "Despite continuing interferon ... metastases appeared": then, not now.
_THEN = trial(
    r"\b(?:despite|although|while|whilst|when|after|before) (?:\w+ )?(?:continuing|remaining|taking|tolerating)\s+(?:(?:on|with|to take|the|his|her)\s+)*$"
    r"|\b(?:developed|occurred|appeared|presented|experienced|suffered|had|became)\b[^.;]{0,60}\b(?:days?|weeks?|months?|years?) into\s+(?:(?:the|his|her|treatment with|therapy with)\s+)*$",
    re.IGNORECASE,
)
#: "On sunitinib the best result was stable disease".
_WAS_THEN = trial(
    r"^[^.;]{0,45}?\b(?:was|were|had|did|developed|progressed|showed|stopped|failed)\b",
    re.IGNORECASE,
)
_HORMONE_DUE = trial(
    r"\b(?:as usual|(?:three|3)[- ]monthly|(?:next|due) (?:injection|infusion|dose)|is due|is due again|are due again|next (?=[A-Z]?\w+ (?:is )?(?:due|on|in)\b))\b",
    re.IGNORECASE,
)


_RESPONSE_AFTER = trial(
    r"\b(?:respon\w+|remission|relapse|recurrence|well|disease[- ]free|stable|CR|PR|SD|NED|clear)\b[^,;]{0,40}"
    r"\b(?:after|since|following|post|from)\W+(?:(?!on\b)[\w-]+\W+){0,4}$",
    re.IGNORECASE,
)


#: "Treatment to date: ..." is a heading of what was had.
_TO_DATE = re.compile(r"^\W*(?:\w+\W+){0,3}to date\s*[:-]", re.IGNORECASE)


def is_current(sentence: Sentence, group: Group) -> bool:
    """Whether the sentence says the drug is being taken, or is due as usual."""
    if sentence.unit.section == "medication" or _HORMONE_DUE.search(sentence.text):
        return True
    before = _TO_DATE.sub("", sentence.text[: group.at])[-60:]
    after = sentence.text[group.to : group.to + 60]
    if re.search(
        r"\b(?:was|were|had|off|stopp\w+|until|previously)\b[^,;]*$", before, re.IGNORECASE
    ):
        return False
    if re.search(r"[;]|\bbut\b|\bthen\b", before):
        before = re.split(r"[;]|\bbut\b|\bthen\b", before)[-1]
    if re.search(r"\bsince (?:his|her|your|the) (?:first|last|final)\b", before, re.IGNORECASE):
        return False
    if _RESPONSE_AFTER.search(before):
        return False  # "is still in complete remission after interleukin-2"
    if re.search(r"\b(?:respon\w+|remission)\b[^,;]{0,20}$", before, re.IGNORECASE):
        after = ""  # it is the response that holds
    if _THEN.search(sentence.text[: group.at]):
        return False
    opens = _ON_NOW.search(sentence.text[: group.at])
    if CURRENT.search(before) or (opens and not _WAS_THEN.match(sentence.text[group.to :])):
        return True
    return bool(
        re.match(
            r"[^.;]{0,40}?\b(?:continues?|continuing|to continue|is continuing|ongoing|on-going|carries on|to carry on|currently|is (?:being )?(?:well )?tolerat\w+|since|to date|to present|- ?present|until now|remains|stays|to stay on|is (?:still )?(?:doing its|working|holding|keeping|suiting|controlling|helping)|(?:is |are )?going (?:ok|well|fine|strong|nicely)|doing (?:well|its job)|suits|(?:now )?(?:C|cycle )\d+ ?D\d+|\(?day \d+\b|tolerating)\b",
            after,
            re.IGNORECASE,
        )
    )
