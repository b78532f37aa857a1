"""Interleukin-2 without a cue: it is talked of far more often than it is given."""

from __future__ import annotations

import re

from extract.fields.therapy.model import Group, Standing
from extract.language.reading import Sentence, UnitKind
from extract.language.trying import trial

PLAN_SECTIONS = frozenset({"plan"})
#: Interleukin-2 is planned when a bed, a date or a decision is there, not with a view to it.
ARRANGED = trial(
    r"\b(?:admi(?:t|ssion)\w*|book\w*|bed|will (?:start|begin|have|receive|come|be (?:admitted|given|treated))|scheduled|(?:is|are) (?:to|due)|to (?:start|begin|commence|receive|have)|accept(?:ed)?|agreed|arrang\w+|go(?:ing)? ahead|proceed\w*|list(?:ed)? for|we (?:will|shall|plan)|plan(?:ned)? (?:is|to)|decided|decision|settled|recommend\w*|offer(?:ed)? and accepted)\b",
    re.IGNORECASE,
)
OBJECT = trial(
    r"^\W*(?:\b(?:on|with|of|the|his|her|your|a|an|first|second|third|dose|doses|cycle|cycles|course|courses|week|weeks|two|both|one|four|high|of|HD|in|to|\d+)\b\W*)*$",
    re.IGNORECASE,
)


def object_of(sentence: Sentence, group: Group) -> bool:
    """A past verb of treatment stands right before: "received two cycles of interleukin-2"."""
    for mention in sentence.of("EV_START", "EV_GIVEN", "EV_COMPLETED", "EV_STOP", "EV_RESTART"):
        stop = sentence.folded(mention.end - 1) + 1
        if stop > group.at or mention.text.lower() in {
            "on",
            "was on",
            "starting",
            "start",
            "initiation of",
        }:
            continue
        if OBJECT.match(sentence.text[stop : group.at]):
            return True
    return False


_WENT_BEFORE = trial(
    r"\b(?:after|since|following|post|put through|through|due to|secondary to|from|caused by|response to|despite|in spite of|with|during|on|of|had|having had|prior|previous\w*|got|regret\w*|endured|survived|remember(?:s|ed)?|recover\w+ from|got (?:over|through)|came through|coped with|managed|blam(?:es|ed|ing)|thanked (?:me|us|you) for|(?:courses?|cycles?|doses) of|his|her|your)\W+(?:(?:the|his|her|your|first|second|last|high|dose|HD|cycles?|courses?|of|two|four|one|both|a|previous|\d)\W+)*$",
    re.IGNORECASE,
)
_GIVEN_AFTER = trial(
    r"^\W*(?:\([\w .]{0,30}\)\W*)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b[^.;,]{0,14}?\b\d\d|at [A-Z][\w.' ]{2,30}:?\s*(?:cycle|course|C\d)|\bx\s?\d|\b\d+ (?:cycles?|doses?|courses?)|cycle|course \d|\d{1,2}[./]|in (?:january|february|march|april|may|june|july|august|september|october|november|december|\d{4})|as (?:initial|first)|rash|hepatitis|toxicity|was (?:given|started|stopped|completed|tolerated)|(?:began|started|ran|ended|finished|stopped) (?:on|in|at|by)\b|at \w+ \d|of (?:last|the) (?:year|summer|autumn|winter|spring|january|february|march|april|may|june|july|august|september|october|november|december)|last (?:year|summer|autumn|winter|spring)|gave|got|made|had|produced|caused|#\s?\d|C\d|\d{1,2}(?:st|nd|rd|th)|was|were|did|has)",
    re.IGNORECASE,
)


#: "He had been in for IL-2 last month."
IN_FOR = trial(
    r"\b(?:been|was|were|came) in(?:to hospital| hospital)? for\W+(?:(?:his|her|your|the|high|dose|HD)\W+)*$",
    re.IGNORECASE,
)
#: "We stopped at that point in order to consolidate with interleukin."
_WITH_IT = trial(
    r"\b(?:(?:consolidat(?:e|ing)|follow(?:ing)?|build(?:ing)?|finish(?:ing)?|proceed(?:ing)?|go(?:ing)? on)"
    r"(?: (?:it|this|that|matters|on|up|things))* (?:with|to))\W+(?:(?:his|her|your|the|high|dose|HD)\W+)*$",
    re.IGNORECASE,
)
_MOVED_TO = trial(
    r"\b(?:(?:I|we|he|she|they|was|were|then) (?:have |has |had )?(?:then |was |were )?)(?:moved|switched|changed|went|proceeded) (?:on |over |straight )*to\W+(?:(?:his|her|your|the|high|dose|HD)\W+)*$",
    re.IGNORECASE,
)
#: "so that she can have interleukin-2 in February", said while it is still to come.
_SO_THAT = trial(
    r"\b(?:so that (?:he|she|you|they) can|in order (?:to|that \w+ can)|to make way for)\b"
    r"\W+(?:(?:have|receive|get|go|on|to|high|dose|HD|the)\W+)*$",
    re.IGNORECASE,
)


#: "IL-2 in spring with mixed response"
_WITH_RESPONSE = trial(
    r"[^.;,]{0,30}\bwith (?:an? )?(?:\w+ )?(?:response|remission|progression|PR|CR|SD|PD)\b",
    re.IGNORECASE,
)


def bare_interleukin(sentence: Sentence, group: Group) -> Standing:
    """Interleukin-2 is talked of far more often than given: without a cue it needs a sign."""
    before = sentence.text[: group.at]
    after = re.sub(r"^\s?-?\s?2\b", "", sentence.text[group.to : group.to + 60])
    section = sentence.unit.section
    if _WITH_RESPONSE.match(after) or IN_FOR.search(before) or _MOVED_TO.search(before):
        return Standing.REAL
    if re.search(
        r"(?:->|→|\b(?:agreed|decision|outcome|out|plan|accepted?|admit|listed|book\w*)\W+)(?:for\W+|to have\W+)?(?:(?:HD|high|dose)\W+)*$",
        before,
        re.IGNORECASE,
    ):
        return Standing.VOID if re.search(r"\bnot\b|\?|\bif\b", before) else Standing.PLANNED
    if re.search(
        r"\b(?:respon\w+|remission|refractory|resistant|exposed|thanks)\b(?:(?!\b(?:order|go|going|proceed\w*|mov\w+|able)\b)[^.;]){0,30}\bto\W+(?:(?:the|his|her|your|this|high|dose|HD)\W+)*$",
        before,
        re.IGNORECASE,
    ):
        return Standing.REAL
    if _WITH_IT.search(before):
        return _on_the_way(before, after, section)
    if _SO_THAT.search(before) and re.match(r"\W*in [A-Z]", after, re.IGNORECASE):
        return Standing.PLANNED
    if re.search(
        r"\bto\W+(?:(?:have|receive|give|start|consider|try|go|get|begin|the|his|her|HD|high|dose|a)\W+){0,3}$|\b(?:for|about|towards|re|point of|so that|order to have|way for|anticipation of|preparation for|readiness for|view to|pending|instead of|rather than|interests of|before|until|room for|prior to|ahead of|fit for|idea of|prospect of|question of|subject of)\W+(?:\w+\W+){0,2}$",
        before,
        re.IGNORECASE,
    ):
        return _on_the_way(before, after, section)
    if section in PLAN_SECTIONS:
        return Standing.PLANNED if bare_plan(sentence, group) else Standing.VOID
    if sentence.unit.kind is UnitKind.ROW and group.at < 8 and re.search(r"\d{1,2}/\d{2}", after):
        return Standing.REAL
    if section in {"treatment", "il2", "toxicity", "discharge"} or _GIVEN_AFTER.match(after):
        return Standing.REAL
    went = _WENT_BEFORE.search(before)
    if went and not re.match(r"(?:on|of|with|his|her|your|had)\b", went.group(), re.IGNORECASE):
        return Standing.REAL
    if went and sentence.of("EV_START", "EV_COMPLETED", "RESP", "EV_STOP"):
        return Standing.REAL
    return Standing.VOID


_STOPPED_FOR = trial(
    r"\b(?:stopped|withdrawn|discontinued|came off|given up)\b[^.;]{0,20}\bfor\W+(?:(?:high|dose|HD)\W+)*$",
    re.IGNORECASE,
)


def _on_the_way(before: str, after: str, section: str) -> Standing:
    """Interleukin-2 as the aim of something: planned where a bed or a date is there for it."""
    if _STOPPED_FOR.search(before):
        return Standing.VOID  # why another drug was stopped
    if re.search(r"\b(?:before|prior to|ahead of|until) (?:any|each|every)\W+", before[-30:], re.I):
        return Standing.VOID  # "hold lisinopril before any IL-2"
    if re.search(
        r"\b(?:comes? in|coming in|admitted|admit|bed|booked|arranged)\b", before, re.IGNORECASE
    ) and not re.search(r"\b(?:if|not|would|had|was)\b", before):
        return Standing.PLANNED
    if re.match(r"\W*for\W+(?:(?:HD|high|dose)\W+)*$", before, re.IGNORECASE) and re.search(
        r"\d{1,2}[/.]\d{1,2}", after[:40]
    ):
        return Standing.PLANNED  # "For IL-2 Heron 18/05/09"
    if section in {"plan", "outcome"} and not re.search(r"\?|\bnot\b", before):
        return Standing.PLANNED
    return Standing.VOID


def bare_plan(sentence: Sentence, group: Group) -> bool:
    """ "PLAN: HD IL-2 14/06/10" or "2. Everolimus 10 mg od": a plan in note form."""
    before = sentence.text[: group.at]
    if sentence.unit.label:
        before = re.sub(r"^[^:]{1,50}:", "", before)
    return bool(re.fullmatch(r"\W*(?:\w+\W+){0,4}", before)) and not re.search(
        r"\b(?:re|consideration|consider\w*|opinion|suitab\w+|drop|omit|reduce|cut|decrease|taper|delay|defer|side effects?|toxicity|response|wash|off|stop\w*|hold|held|leaflet|info\w*|letter)\b",
        before,
        re.IGNORECASE,
    )
