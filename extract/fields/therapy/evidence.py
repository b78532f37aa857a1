"""Whether the words round a drug's name show that this patient had it.

A drug with no sign of being had ("we went over docetaxel together") is only talked of. The
signs are verbs and prepositions of treatment, dates, cycles, and the place where it stands:
a list or table of treatments shows it by itself.
"""

from __future__ import annotations

import re

from extract.fields.cues import load_cues
from extract.fields.therapy.model import Group
from extract.language.reading import Sentence, UnitKind
from extract.language.trying import trial

_TREATMENT = frozenset({"treatment", "medication", "diagnosis", "il2", "toxicity", "discharge"})
_TALK = frozenset({"plan", "impression", "outcome", "information", "criteria", "other"})
#: Between two drugs of which the second is had when the first was.
_CHAIN = trial(
    r"^\W*(?:(?:and|then|or|plus|with|followed|by|next|later|subsequently|finally|both|also|on|to)\W+)*$",
    re.IGNORECASE,
)


#: "Sunitinib went before it", "everolimus followed".
_IN_TURN = trial(
    r"^\W*(?:had |which |then )*(?:went before|preced(?:ed|ing)|came (?:before|first|next|after|second|third|later|and went)|followed)\b",
    re.IGNORECASE,
)
#: "chemotherapy using paclitaxel", "had undergone surgery and tamoxifen".
_BY_MEANS = trial(
    r"\b(?:chemo\w*|therapy|treatment|treated|regimen)\b[^.;]{0,20}\busing\s+$|\bunder(?:gone|went)\b[^.;]{0,80}(?:,|\band|\bwith)\s+(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
#: "TKI-refractory (sunitinib, axitinib)".
_OF_THESE = trial(
    r"\b(?:refractory|resistant|pre-?treated|exposed|intoleran\w+|failed|failure|previous\w*|prior)\b[^.;()]{0,30}\(\s*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\([^()]*\)")


def had(sentence: Sentence, group: Group, before: list[Group]) -> bool:
    """Whether anything shows that the drugs were had; ``before`` are the sentence's earlier ones."""
    unit = sentence.unit
    if unit.kind is UnitKind.HEADING:
        return False
    if unit.section in _TREATMENT:
        return True
    if unit.kind is not UnitKind.PROSE and unit.section not in _TALK:
        return True
    cues = load_cues("courses")
    if cues["given_before"].search(sentence.text[max(0, group.at - 120) : group.at]):
        return True
    tail = sentence.text[group.to : group.to + 60]
    if cues["given_after"].match(tail) or _IN_TURN.match(tail):
        return True
    lead = sentence.text[: group.at]
    if _OF_THESE.search(lead) or _BY_MEANS.search(lead):
        return True
    return any(
        other.firm and _CHAIN.match(_BRACKETED.sub("", sentence.text[other.to : group.at]))
        for other in before[-1:]
    )
