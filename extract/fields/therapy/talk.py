"""Drugs that are named and were not had: truths about them, leaflets, closed trials, last resorts.

Each rule looks at the words right before or right after the name; a sentence that speaks of
the patient outweighs what it says of drugs in general.
"""

from __future__ import annotations

import re
from typing import Final

from extract.fields.therapy.model import Group
from extract.language.reading import Sentence
from extract.language.trying import trial

_OWN = trial(
    r"\b(?:he|she|his|her|him|you|your|I|we|(?:our|this|the) (?:\w+ )?(?:patient|man|woman|lady|gentleman))\b",
    re.IGNORECASE,
)
#: "Hypersensitivity to carboplatin is frequent", "Single-agent X gives responses in only 5%".
_TRUTH = trial(
    r"^[^.;]{0,40}?\b(?:is|are|was|were|remains?|may be|can be) (?:(?:now|also|still|a|an|the|one of the|more|most|very|not) )*"
    r"(?:sometimes|often|frequent\w*|common\w*|rarely|rare|usual\w*|generally|widely|known to|approved|licensed|standard\b"
    r"|(?:usual|preferred|natural|classic|obvious) partner|mainstay|backbone|effective in|active in|first choice|treatment of choice)"
    r"|^[^.;]{0,12}?\b(?:gives?|yields?|produces?|achieves?|brings?) (?:\w+ )?(?:responses?|remissions?|benefit|cures?) in (?:only |about |around |some |up to |over |fewer than )?(?:\d|a (?:few|third|quarter|half|minority)|some|many|most|one)"
    r"|^[^.;]{0,30}?\b(?:in (?:such|these|most|many|fit|unfit|similar) (?:\w+ )?(?:patients|cases|people)|for (?:fit|such|most|unfit) patients)\b",
    re.IGNORECASE,
)
#: "Pemetrexed is the usual partner of cisplatin", "Cisplatin or X may be used in place of Y".
_TRUTH_BEFORE = trial(
    r"\b(?:is|are|was) (?:(?:a|the|an) )?(?:sometimes|often|usual|usually|commonly|rarely|standard|classic|preferred|frequent)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_PAPER = trial(
    r"^\W*(?:information |patient |drug |treatment )?(?:leaflets?|booklets?|sheets?|pamphlets?|brochures?|handouts?|factsheets?|info(?:rmation)? (?:sheet|leaflet|booklet|given|pack))\b",
    re.IGNORECASE,
)
_CLOSED = trial(
    r"^\W*(?:\w+ )?(?:trials?|stud(?:y|ies)|protocol|arm|programme|program|scheme)\s+(?:(?:is|was|are|were|has|had|now|already|currently|been|then) )*"
    r"(?:closed|full|shut|suspended|not (?:yet )?open\w*|no longer (?:open|recruiting|available)|never opened|(?:does|did) not (?:open|recruit|take))",
    re.IGNORECASE,
)
#: "There remains everolimus", "there is always axitinib": a drug in hand, not had.
_IN_HAND = trial(
    r"\bthere (?:still |then |therefore )?(?:remains?|is|are)(?: (?:still|always|only|also|then|just|left|perhaps|of course))*,?\s+$",
    re.IGNORECASE,
)
#: "pazopanib, or even more interleukin, may be mentioned".
_COORDINATED = trial(
    r"^,?\s*(?:or|nor)\b[^.;]{0,40}?,?\s*(?:may|might|could|would|can) (?:well |yet |then )?(?:be|come)\b",
    re.IGNORECASE,
)
_NOT_AGAIN = trial(
    r"^\W*(?:(?:is|was|will|are|should|must|can|could) )?(?:not|never|n't) (?:to |ever )?be (?:re-?started|re-?introduced|re-?challenged|resumed|repeated|given again|used again|reinstated|tried again|reconsidered)\b",
    re.IGNORECASE,
)
_NO_PLAN = trial(
    r"\b(?:no (?:plans?|intention|question|prospect|point|wish|reason|desire)|not? (?:keen|willing|inclined|minded)|reluctant|unwilling) (?:\w+ ){0,2}(?:to|of|in) (?:\w+ )?"
    r"(?:re-?challeng\w+|re-?start\w*|go\w* back|re-?try\w*|return\w*|repeat\w*|re-?introduc\w+|start\w*|begin\w*|giv\w+|us\w+)(?: (?:with|to|on|the|any))*\s+$",
    re.IGNORECASE,
)
#: "We talked about a rechallenge": the verb that follows is no event.
TALKED = trial(
    r"\b(?:talk\w*|sp(?:oke|eak\w*)|thought|thinking|discuss\w*|ask(?:s|ed|ing)?|wonder\w*|rais\w+|mention\w*|consider\w*|options?|possibility|idea|prospect|question)\s+"
    r"(?:(?:about|of|whether|for|the|a|an|possible|further|that|going|with|me|him|her|us)\s+)*$",
    re.IGNORECASE,
)
_FUNDING: Final = trial(
    r"\b(?:ask(?:ed|ing)?|appl(?:y|ied|ying|ication)|request\w*|bid|bidding|waiting|wait|await\w*|seek\w*|sought|IFR|CDF form)\b[^.;,]{0,30}\b(?:funding|approval|licen[cs]e|access)\s+(?:of|for|to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def only_talk(sentence: Sentence, group: Group) -> bool:
    """Whether the words beside a drug's name show that it is only talked of."""
    lead, tail = sentence.text[: group.at], sentence.text[group.to :]
    if _PAPER.match(tail) or _CLOSED.match(tail) or _COORDINATED.match(tail):
        return True
    if _NOT_AGAIN.match(tail) or _NO_PLAN.search(lead):
        return True
    if _IN_HAND.search(lead) or _FUNDING.search(lead):
        return True
    return _in_general(sentence, lead, tail)


def _in_general(sentence: Sentence, lead: str, tail: str) -> bool:
    if _OWN.search(sentence.text):
        return False
    return bool(_TRUTH.match(tail) or _TRUTH_BEFORE.search(lead))


#: "interleukin-2, the first week of which will begin on Monday".
_WHICH_WILL = trial(
    r"^(?:\s?-?\s?2\b)?\W*(?:the )?first (?:week|cycle|dose|course|treatment|half|infusion) of (?:which|this|it) (?:will|shall|is to|is due to) (?:begin|start|be|commence|take place|follow)\b",
    re.IGNORECASE,
)
#: "Her first capecitabine is on Monday".
_FIRST_OF = re.compile(r"\b(?:his|her|the|your) first\s+$", re.IGNORECASE)
_IS_ON = trial(
    r"^\W*(?:\w+ )?(?:is|will be|falls) (?:due |booked |planned )?(?:on|next|tomorrow|in)\b",
    re.IGNORECASE,
)


def still_to_begin(sentence: Sentence, group: Group) -> bool:
    """Whether the words after a drug's name put its first dose on a day to come."""
    tail = sentence.text[group.to :]
    if _WHICH_WILL.match(tail):
        return True
    return bool(_FIRST_OF.search(sentence.text[: group.at]) and _IS_ON.match(tail))


def plan_fell(sentence: Sentence, group: Group) -> bool:
    """ "The plan to give him temsirolimus has been overtaken by events"."""
    lead, tail = sentence.text[: group.at], sentence.text[group.to : group.to + 70]
    return bool(
        re.search(r"\b(?:plans?|idea|intention|proposal)\b[^.;]{0,50}$", lead, re.IGNORECASE)
    ) and bool(
        re.match(
            r"[^.;]{0,20}\b(?:(?:has|had|have|was|is) (?:now |since )?(?:been )?(?:overtaken|abandoned|shelved|dropped|cancell?ed|postponed|deferred|put off|given up|fallen through|superseded)|fell through|came to nothing)\b",
            tail,
            re.IGNORECASE,
        )
    )


__all__ = ["TALKED", "only_talk", "plan_fell", "still_to_begin"]
