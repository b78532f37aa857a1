"""Unnamed drugs: when "chemotherapy" is a treatment of its own."""

from __future__ import annotations

import re

from extract.fields.therapy.model import Group
from extract.fields.view import View
from extract.language.reading import Mention, Sentence
from extract.language.trying import trial

#: Named drugs of these classes take the place of the unnamed class.
_KINDS: dict[str, frozenset[str]] = {
    "chemotherapy": frozenset({"chemotherapy"}),
    "immunotherapy": frozenset({"cytokine", "checkpoint inhibitor"}),
    "endocrine therapy": frozenset({"hormone"}),
    "androgen deprivation therapy": frozenset({"hormone"}),
}
CLASSES = frozenset(
    {"chemotherapy", "immunotherapy", "endocrine therapy", "androgen deprivation therapy"}
)
SERVICE = trial(
    r"^\W*(?:clinic|service|team|ward|unit|nurse|sister|day|suite|MDT|meeting|department|dept|specialist|registrar|consultant|centre|center|helpline|follow-?up|card|book|pager|protocol|programme|program|form|consent|chart|session|lead|pharmac\w+|room|ctc|handbook|hotline|suitability|assessment|options?|naive|booklet|leaflet|information|guidelines?|policy|pathway|referral|checklist)\b",
    re.IGNORECASE,
)


_IN_TRIAL = trial(
    r"\b(?:took part|participat\w+|taking part|enrol+ed|entered|joined|treated|treatment|went|recruited|randomi[sz]ed|was|were|been|had|received|treatments? (?:was|were|include\w*|consist\w*)[^.;]{0,60}(?:and|,))\s+"
    r"(?:(?:in|on|into|onto|within|as part of|under|through|an?|the|another|our|their|then|also|of|[\w-]+-)\s*)*$",
    re.IGNORECASE,
)
_NOT_IN = trial(
    r"\b(?:if|would|could|might|may|eligible|consider\w*|discuss\w*|refer\w*|declin\w*|not|never|no|screen\w*|offer\w*|suitable|candidate|hope\w*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)


def unnamed_trials(sentence: Sentence) -> list[Mention]:
    """The trials of drugs without a name that the patient was in, where no drug is named by them."""
    found = []
    for mention in sentence.of("TRIAL"):
        at, to = sentence.folded(mention.start), sentence.folded(mention.end - 1) + 1
        near = any(
            at - 40 < sentence.folded(m.start) < to + 60
            for m in sentence.of("AGENT")
            if not m.value("weak")
        )
        lead = sentence.text[max(0, at - 110) : at]
        if not near and _IN_TRIAL.search(lead) and not _NOT_IN.search(lead):
            found.append(mention)
    return found


def class_is_a_drug(view: View, sentence: Sentence, group: Group) -> bool:
    """Whether "chemotherapy" is a treatment of its own, not a ward, nor a named drug again."""
    text = sentence.text
    label = sentence.unit.label
    if label and group.to <= len(label) + 1:
        return False  # "PREVIOUS CHEMO: ..."
    if SERVICE.match(text[group.to :]) or (
        text[group.at : group.to].isupper() and len(group.agents) == 1 and text.isupper()
    ):
        return False
    if re.search(r"\bpre[- ]$", text[: group.at], re.IGNORECASE):
        return False
    if re.search(
        r"\b(?:IL-?2|renal|cancer|medical|acute|hospital|centre|center|department)\W*$",
        text[: group.at],
        re.IGNORECASE,
    ):
        return False
    if re.match(
        r"\W*(?:with|using|consisting of|comprising|of|in the form of|regimen)?\W*$",
        _gap_to_next_agent(sentence, group),
    ):
        return False
    kinds = _KINDS.get(group.agents[0], frozenset())
    named = {
        a
        for m in view.mentions("AGENT")
        for a in m.value("agents").split("|")
        if a not in CLASSES and view.lexicon.drug_class(a) in kinds
    }
    if not named:
        return True
    here = {a for m in sentence.of("AGENT") for a in m.value("agents").split("|")}
    if here & named:
        return False
    return bool(sentence.of("LINE")) or bool(
        re.search(
            r"\b(?:another|further|different|second|third|other|subsequent|previous|prior|adjuvant|neoadjuvant|neo-adjuvant|induction|conditioning|initially|originally)\s+(?:[\w,]+\s+){0,4}$",
            text[: group.at],
            re.IGNORECASE,
        )
    )


def _gap_to_next_agent(sentence: Sentence, group: Group) -> str:
    for mention in sentence.of("AGENT"):
        at = sentence.folded(mention.start)
        if at >= group.to:
            return sentence.text[group.to : at]
    return "none"
