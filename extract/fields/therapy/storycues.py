"""Words that tell what a sentence does to a course: stopping, resuming, pointing ahead."""

from __future__ import annotations

import re

from extract.fields.therapy.events import Head, Scene
from extract.language.trying import trial

OBJECT_GAP = trial(
    r"""^\W*(?:(?:on|onto|with|of|the|a|an|his|her|your|my|to|from|in|for|single|agent|treatment|therapy|drug|combination|oral|iv|palliative|adjuvant
    |neoadjuvant|neo|first|second|third|fourth|1st|2nd|3rd|line|low|high|dose|weekly|course|courses|cycles?|trial|study|maintenance|systemic
    |targeted|immunotherapy|chemotherapy|both|each|capsules?|tablets?|infusions?|taking|by|again|regimen|biological|kinase|inhibitor
    |tyrosine|tki|mtor|standard|concurrent|concomitant|intravenous|subcutaneous|initial|further|another|and|was|were|combined|agents?
    |[\d.,/-]+\s*(?:mg|mcg|g|mu|miu|iu|m2|%|od|bd)?|one|two|three|four|five|six|seven|eight|x)\W+){0,9}$""",
    re.IGNORECASE | re.VERBOSE,
)
RESTART = trial(
    r"\b(?:again|re-?challeng\w*|re-?start\w*|re-?introduc\w*|re-?commenc\w*|went back|gone back|back on|back to|second course of|re-?treat\w*|resumed|re-?induction|for the second time|rechallenge)\b",
    re.IGNORECASE,
)
HELD = trial(
    r"\b(?:held|withheld|paused|interrupted|on hold|break|suspended|omitted|delayed|rested|temporarily)\b",
    re.IGNORECASE,
)
EARLIER = trial(
    r"\b(?:previously|before that|prior to (?:that|this)|earlier|had been|formerly|in the past)\b[^,;]{0,60}$",
    re.IGNORECASE,
)
SUPPORT_ONLY = trial(
    r"\b(?:transition\w* to|switch\w* to|moved to|for|elected|opted for|referred (?:to|for)|now) (?:best supportive|palliative care|supportive|hospice|comfort)|\bBSC only\b",
    re.IGNORECASE,
)
#: "Off it since", "none since", "has had no pazopanib since": the date is the end.
NONE_SINCE = trial(
    r"\boff\b[^.;]{0,40}$|\b(?:none|nothing|nil|no (?:more |further )?\w+|without (?:\w+ )?\w+|not (?:had|taken|been on)\b[^.;]{0,30})\W+$",
    re.IGNORECASE,
)
CAUSED_BY = trial(
    r"\b(?:from|due to|secondary to|caused by|since|related to|attributed to|side effects? of|toxicity (?:of|from))\s+(?:the |his |her )?$",
    re.IGNORECASE,
)
OFFERED = trial(
    r"\b(?:offer\w*|suggest\w*|reasonable to|recommend\w*|consider\w*|discuss\w*|try|go for|funding (?:for|came|is))\b",
    re.IGNORECASE,
)
TWO_DATES = trial(
    r"^\W*(?:date )?(?:start\w*|from|commenc\w+|begun|first dose)\s*(?:/|-|and|to)\s*(?:last(?: dose)?|stop\w*|end\w*|finish\w*|to)\b",
    re.IGNORECASE,
)
ANAPHOR = trial(r"\b(?:his|her|the|this|that|your)\s+$", re.IGNORECASE)
LAST = trial(
    r"\b(?:last|final)\s+(?:(?:dose|capsule|caps?|tablet|tabs?|pill|infusion|of|her|his|the)\s+)*$",
    re.IGNORECASE,
)
FROM = trial(r"\bfrom\s+(?:the\s+|his\s+|her\s+)?$", re.IGNORECASE)
AHEAD = trial(
    r"\b(?:will|shall|would|could|might|(?-i:may)|should|told (?:him|her|them|you) to|asked (?:him|her|them|you) to|going to|plan(?:s|ned)? to|due to|aim(?:ing)? to|intend(?:s|ed)? to|if|unless|let (?:him|her)|is to|are to|can)\b[^,;:]*$",
    re.IGNORECASE,
)
RESUMED = trial(
    r"\b(?:re-?start\w*|resum\w+|re-?commenc\w+|re-?introduc\w+|re-?challeng\w+|re-?instat\w+|started again|back on)\b",
    re.IGNORECASE,
)
#: A sentence that names no drug still speaks of one: "she began it", "treatment was stopped".
ABOUT_DRUG = trial(
    r"\b(?:on|took|taken|taking|given|had|has|received|continued|ran|began|started|stopped|swallowed|commenced|finished|of|with) (?:it|this|them|that|these|(?:the )?(?:drug|tablets?|capsules?|treatment|infusions?|therapy|medication))\b"
    r"|\b(?:took|taken|take|taking|came|come|coming|put|been|being|was) (?:(?:him|her|you|them|me) )?off (?:it|this|them|that|these)\b"
    r"|\b(?:it|this|that|these|treatment|therapy|the (?:drug|tablets?|capsules?|treatment|infusions?)|which) (?:was|were|ran|lasted|continued|went|had|has|began|started|stopped)\b"
    r"|\b(?:he|she|we|I|you|they) (?:\w+ )?(?:(?:decided|chose|elected|opted|preferred) to (?:stop|discontinue|give up)|stopped|discontinued|finished|ceased)\b|\b(?:had|took|received|given) the (?:first|last|second|third|fourth|fifth|sixth)\b(?! (?:scan|CT|one of these))|\b(?:last|final|first) (?:capsules?|caps?|tablets?|tabs?|pills?|packet|injection|infusion|dose)\b",
    re.IGNORECASE,
)
#: Who or what may stand before a verb of stopping that names no drug.
SUBJECT = trial(
    r"(?:^|[,;:(.-]|\b(?:it|they|this|these|which|that|drugs?|tablets?|capsules?|treatment|therapy|medication|both|all|we|i|he|she|you|and|but|so|then|therefore|was|were|be|been|being|has|had|(?<=\bI )have|(?<=\bwe )have|(?<=\byou )have|(?<=\bthey )have|should|must|will|shall|to|eventually|finally|subsequently|electively|when|until|after|since|the|his|her))\s*$",
    re.IGNORECASE,
)
CYCLE_TALK = trial(r"\b(?:cycles?|doses?|course|admi\w+|week (?:one|two|1|2))\b", re.IGNORECASE)
ORAL = re.compile(r"\b(?:capsules?|caps?|tablets?|tabs?|pills?|packets?|bottles?)\b", re.IGNORECASE)
AHEAD_AFTER = trial(r"^\W*(?:falls?|will|is due|is to|should)\b", re.IGNORECASE)


#: A decision to stop that is carried out at the letter's date.
DECIDED = trial(
    r"\b(?:(?:told|asked|advised|instructed|suggested that|recommended that|agreed(?: with \w+)?(?: that)?|decided|resolved|elected|opted|wish(?:ed|es)|want(?:ed|s)) (?:him |her |you |them |we |I |he |she |should |must |he should |she should |the patient )*(?:to |be )?|I am|we are|I have|we have|I'm|we've|I've|(?:will|shall|to)(?: now| therefore| be| permanently)*)\s*(?:permanently |now |therefore |also )*$",
    re.IGNORECASE,
)
#: When a stop is still to come, or hangs on something.
LATER = trial(
    r"\b(?:if|unless|when|until|before|prior to|ahead of|next|tomorrow|after|once|in (?:\d|a|two|three|four|six)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|at (?:the end|progression|relapse)|for (?:a|\d|two|three|one)|the (?:day|week|night) before|temporarily|\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d{1,2}/\d{1,2}|\d{4})\b",
    re.IGNORECASE,
)


def clause_before(text: str, at: int) -> str:
    """The words between the last break of clauses and ``at``."""
    return re.split(
        r"[;,]|\bbut\b|\band (?:was|were|he|she|it)\b|\bbecause\b|\bsince\b|\bwhen\b",
        text[max(0, at - 90) : at],
    )[-1]


def _decided(made: Scene, head: Head) -> bool:
    """ "I have told him to stop it", "Stop sunitinib.": done from today, with no later day."""
    text = made.sentence.text
    assert head.mention is not None
    if head.mention.label != "EV_STOP" or LATER.search(text[head.to :]):
        return False
    lead = text[: head.at]
    if re.search(
        r"\b(?:if|unless|would|could|might|should|not|never|whether|until|had)\b", lead[-80:]
    ):
        return bool(
            re.search(r"\b(?:told|asked|advised) (?:him|her|you|them) to\s*$", lead)
        ) and not (re.search(r"\b(?:if|unless|would|not|never|until)\b", lead[-80:]))
    bare = re.fullmatch(r"stop|discontinue|withdraw|cease|d/c|dc", head.mention.text, re.IGNORECASE)
    if (
        bare
        and made.sentence.unit.section in ("plan", "outcome", "impression")
        and re.fullmatch(r"(?:[^:]{0,30}:)?\W*(?:\d[.)])?\W*(?:we |I |to |will )*", lead)
    ):
        return True
    return bool(DECIDED.search(lead[-80:])) and not re.search(r"\bto be\s*$", lead)


_CYCLE_BEFORE = trial(
    r"(?:#\s?\d+|\bC\d+|\bcycle (?:\d+|\w+)|\bpack(?:et)?)\s+(?:was |has |is |now |just )*$",
    re.IGNORECASE,
)


#: "Four weeks on and two off", "his kidney function was off".
_NO_STOP = trial(
    r"\bon\W+(?:and\W+)?(?:\d|one|two|three|four)(?:\W+(?:weeks?|wks?|days?))?\W+$"
    r"|\b(?:function|bloods?|appetite|balance|results?|tests?|counts?|levels?|food|colour|sleep|taste|legs?)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_A_FORM = trial(
    r"\b(?:forms?|FMLA|paperwork|certificates?|questionnaires?|survey|checklist)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)


def ends(made: Scene, head: Head) -> bool:
    """Whether a verb of stopping ends the course rather than a cycle or nothing at all."""
    text = made.sentence.text
    before, after = text[max(0, head.at - 45) : head.at], text[head.to : head.to + 40]
    if _decided(made, head):
        return True
    if head.mention is not None and re.search(r"any (?:more|further)|no more", head.mention.text):
        return not re.search(r"\b(?:if|would|could|might|until|unless)\b", text)
    if _CYCLE_BEFORE.search(before):
        return False  # "#4 finished 9/3": a cycle's end
    if re.search(
        r"\b(?:not|never|without|if|unless|would|could|might|(?-i:may)|should|before|to be|will(?: be)?|did not|to|when we|nearly|almost|never been)\s+(?:\w+\s+)?$",
        before,
        re.IGNORECASE,
    ) and not re.search(
        r"\b(?:led|leads|leading) to\s+(?:the |its |his |her )?$|\bhad to be\s*$|\bhad to\s*$|\bdecided to\s*$|\bwas to be\s*$",
        before,
        re.IGNORECASE,
    ):
        return False
    assert head.mention is not None
    verb = head.mention.text.lower()
    if re.match(r"dropped|omitted|left out", verb) and re.search(r"\bdoses?\b|\d", text):
        return head.group is not None and head.group.agents != ("aldesleukin",)
    if AHEAD.search(clause_before(text, head.at)) or AHEAD_AFTER.match(after):
        return False
    if RESUMED.search(text[head.to : head.to + 90]):
        return False  # held, not ended
    if made.sentence.unit.section == "plan" and re.match(r"last|final|finish", verb):
        return bool(re.search(r"\b(?:was|were|had|took|taken|stopped)\b", text))
    if verb.startswith("off") and _NO_STOP.search(text[: head.at]):
        return False
    if head.mention.label == "EV_COMPLETED":
        return not _A_FORM.search(text[: head.at]) and not re.match(
            r"\s*(?:\w+\s+)?(?:cycle (?:one|1|2|two)\b|(?:the )?first cycle|radio|form|question|letter|by\b)",
            after,
            re.IGNORECASE,
        )
    if re.match(r"\s*(?:at|after) (?:dose|that dose|the \w+ dose)", after, re.IGNORECASE):
        return True
    return True


#: A cycle after the first, a numbered dose: its date is no beginning.
LATER_CYCLE = trial(
    r"\b(?:C|cycles? |courses? |dose |week |number |no\.? ?|infusion )(?:[2-9]|1\d|2\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)\b|(?<![\d/])#\s?(?:[2-9]|1\d|2\d)\b"
    r"|\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|2nd|3rd|[4-9]th|1\dth|latest|most recent|next|this) (?:\w+ )?(?:cycle|course|dose|infusion|injection|week)\b",
    re.IGNORECASE,
)
#: What was planned and came to nothing, or a plan given up.
CAME_TO_NOTHING = trial(
    r"\b(?:it|this|that|they|these|which|treatment|the (?:drug|plan|treatment)) (?:was|were|has been|had been|is)? ?(?:in the event |in fact |however |therefore |then )?(?:never|not) (?:actually )?(?:given|started|begun|commenced|taken|dispensed|delivered|used|funded|approved|pursued|happen\w*|materiali\w+|went ahead|go(?:ing)? ahead)\b"
    r"|\b(?:never|did not|didn't) (?:actually )?(?:(?:well|fit|strong) enough to (?:start|begin|take|have)|got (?:round|as far as)|came to|started? it|took it|take it|had it|got it|go ahead|went ahead|happen\w*|materiali\w+|receive it|received it)\b",
    re.IGNORECASE,
)
#: Stopped for a while: the words tell when it was or will be taken again.
RESUMES = trial(
    r"\b(?:re-?start(?:s|ed|ing)?|resum(?:e|es|ed|ing)|re-?commenc(?:e|es|ed|ing)|re-?introduc(?:e|es|ed|ing)|re-?instat(?:e|ed|ing)|start(?:s|ed|ing)? (?:it |them |taking it )?again|go(?:es)? back (?:on|onto)|back on (?:it|them|the (?:tablets|capsules))|begin again|take (?:it|them) again)\b",
    re.IGNORECASE,
)
PAUSE = trial(
    r"\b(?:for|by|of) (?:a |an |about |just |only |some |another )?(?:(?:\d+|one|two|three|four|five|six|seven|ten|few|couple of|fourteen)[ -](?:days?|weeks?)|fortnight|week|few days)\b(?! (?:ago|before|earlier|after))|\b\d{1,2}/(?:7|52)\b|\b(?:on hold|held|withheld|with-held|pause[ds]?|pausing|interrupt\w+|suspended|break from|treatment break|drug holiday|until (?:the |his |her )?(?:bloods?|rash|liver|platelets|counts?|diarrhoea|mouth|surgery|operation|wound|seen|review)|temporarily|for now|for the moment|for the time being)\b",
    re.IGNORECASE,
)
#: More cycles are to come, or one is being given.
CYCLES_GO_ON = trial(
    r"\b(?:proceed|continu\w+|go(?:ing)? ahead|press on|carry on) (?:with|to|for) (?:the |his |her |a |today's )?(?:C\d|cycle|course|week|next|second|third|fourth|fifth|sixth|further)|\bC(?:[2-9]|1\d) ?D\d{1,2}\b(?![^.;]{0,20}\b(?:was|were|given|on)\b)|\b(?:C|cycle )(?:[2-9]|1\d)\b[^.;]{0,30}?\b(?:today|due|next|tomorrow|planned|booked|to (?:start|follow|be given))"
    r"|\b(?:due|booked|planned|here|attends?|attended|admitted|in|back|returns?) (?:for|today for) (?:the |his |her )?(?:C|cycle |course )\d|\b(?:one|two|three|four|five|\d|a further|several) (?:more|further|remaining) cycles?\b|\bplan(?:s|ned)? (?:for |to give )?(?:\w+ )?(?:more|further) cycles|\b(?:the |his |her )?(?:next|remaining|second|third|fourth|fifth|sixth) (?:cycle|infusion|injection|dose|treatment)s? (?:(?:is|are|will be|was|falls?) )?(?:due|on|in|next|planned|booked|to)\b|\b(?:number|dose|infusion|cycle) (?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|twenty)\b[^.;]{0,40}\b(?:today|this morning|this afternoon|yesterday)\b"
    r"|\b(?:for|due) (?:#|C|cycle )\s?(?:[2-9]|1\d)\b|\b(?:start|begin|open) (?:the |your |his |her )?next (?:packet|pack|prescription|supply)\b|\b(?:carry|carries|carrying) on\b|\bcontinue (?:as before|unchanged|the same|on the same)|\bcont(?:inue)? same\b|\bto continue\b|\bwill continue\b|\bkeep going\b",
    re.IGNORECASE,
)
