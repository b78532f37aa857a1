"""Whether a mention of drugs is real, planned, or only talk."""

from __future__ import annotations

import re

from extract.fields.subject import Others
from extract.fields.therapy.bare import (
    ARRANGED,
    OBJECT,
    PLAN_SECTIONS,
    bare_interleukin,
    bare_plan,
    object_of,
)
from extract.fields.therapy.current import CURRENT
from extract.fields.therapy.model import Group, Standing
from extract.fields.therapy.options import among_options
from extract.fields.therapy.supposed import elsewhere
from extract.fields.therapy.talk import TALKED, only_talk, plan_fell, still_to_begin
from extract.fields.therapy.unnamed import CLASSES, SERVICE, class_is_a_drug
from extract.fields.view import View
from extract.language.reading import Mention, Sentence, Unit, UnitKind
from extract.language.trying import trial

_VOID_SECTIONS = frozenset({"allergies", "criteria", "family", "information", "admin"})
#: Words that may stand between a negation and the drug it denies the patient.
_NEG_FILL = trial(
    r"^(?:\W|\b(?:been|yet|had|have|has|received?|receives|started?|begun|commenced?|given|give|giving|taken|take|took|tried"
    r"|on|any|prior|previous(?:ly)?|treated|with|further|a|an|the|for|of|to|need(?:ed)?|requir\w+|or|and|other|systemic|therapy"
    r"|treatment|form|kind|either|more|offered?|want(?:ed)?|wish(?:ed|es)?|keen|start|us(?:e|ed|ing)|recommend(?:ed)?|proposed?"
    r"|HD|high|dose|single|agent|history|exposure|exposed|evidence|indication|candidate|suitable|considered|fit|be|being|it"
    r"|ever|actually|so|far|anti|cancer|drug|drugs|targeted|adjuvant|neoadjuvant|cytotoxic|course|plan|plans|ever|eligible|funding"
    r"|ready|prepared|pursue|proceed|go|ahead|having|his|her|he|she|was|were|previously|treat|fund|funded|immediate|role|point|in)\b)*$",
    re.IGNORECASE,
)


def standing(
    view: View, sentence: Sentence, group: Group, run: list[Mention], others: Others
) -> Standing:
    """Real, planned or void: by section, subject, negation, then the nearest cue."""
    unit = sentence.unit
    if CLASSES.issuperset(group.agents) and not class_is_a_drug(view, sentence, group):
        return Standing.VOID
    if unit.section in _VOID_SECTIONS and not _says_more(unit):
        return Standing.VOID
    if others.at(sentence, group.at) or _under_criteria(view, unit):
        return Standing.VOID
    if any("criteria" in m.modifiers for m in run) and not _has_real_verb(sentence, group):
        return Standing.VOID
    if among_options(view, sentence) or plan_fell(sentence, group) or only_talk(sentence, group):
        return Standing.VOID
    if elsewhere(sentence, sentence.text[: group.at]):
        return Standing.VOID
    if _unticked(sentence, group) or (
        SERVICE.match(re.sub(r"^\s?-?\s?2\b", "", sentence.text[group.to :]))
        and group.agents == ("aldesleukin",)
    ):
        return Standing.VOID
    if _denied(sentence, group):
        return Standing.VOID
    return _by_cues(sentence, group)


_NOT_LATELY = trial(
    r"\W{0,2}(?:(?:x|for|in) ?(?:\d|a |one|two|three|four|the (?:last|past))|since\b)",
    re.IGNORECASE,
)


def _denied(sentence: Sentence, group: Group) -> bool:
    if re.match(r"\W{0,2}(?:since|after|for|from)\b", sentence.text[group.to :]) and re.search(
        r"\bno (?:more |further )?(?:\w+ )?$", sentence.text[: group.at], re.IGNORECASE
    ):
        return False  # "no pazopanib since June": it was had before
    if _NOT_LATELY.match(sentence.text[group.to :]) and re.search(
        r"\bnot (?:been )?(?:taken|taking|had|having|on)\s+(?:the |his |her |any )?$",
        sentence.text[: group.at],
        re.IGNORECASE,
    ):
        return False  # "has not taken Votrient for a week": held
    for cue in sentence.of("CUE_NEG", "CUE_VOID"):
        if cue.label == "CUE_VOID" and cue.text.lower() not in {"never", "declined", "refused"}:
            continue
        stop = sentence.folded(cue.end - 1) + 1
        if stop <= group.at:
            between = _without_agents(sentence, stop, group.at)
            closed = ")" in between and "(" not in between  # "interferon (no use), sorafenib"
            if len(between) < 90 and ":" not in between and not closed and _NEG_FILL.match(between):
                return True
    return False


def _without_agents(sentence: Sentence, start: int, end: int) -> str:
    text = sentence.text[start:end]
    for mention in sentence.of("AGENT"):
        text = re.sub(re.escape(mention.text), " ", text, flags=re.IGNORECASE)
    return text


def _by_cues(sentence: Sentence, group: Group) -> Standing:
    """The nearest cue decides: what comes right after the drug, then what comes before."""
    section = sentence.unit.section
    if WASHED.search(sentence.text[: group.at]) or (
        section in PLAN_SECTIONS and _ENDED_AFTER.match(sentence.text[group.to :])
    ):
        return Standing.REAL  # "Sunitinib discontinued for this reason"
    after = _after(sentence, group)
    if after is not None:
        return after
    if _FOR_IT.match(sentence.text[: group.at]) and sentence.unit.kind is not UnitKind.PROSE:
        return Standing.PLANNED
    standing, best = _nearest_cue(sentence, group)
    if group.agents == ("aldesleukin",) and standing in (None, Standing.REAL):
        if standing is Standing.REAL and object_of(sentence, group):
            return Standing.REAL
        return bare_interleukin(sentence, group)
    if standing is Standing.VOID and best < 140:
        arranged = _WRITTEN_UP.search(sentence.text[group.to :]) and section not in _VOID_SECTIONS
        return Standing.PLANNED if arranged else Standing.VOID
    if standing is Standing.PLANNED and re.search(r"\bas usual\b|\b3-monthly\b", sentence.text):
        return Standing.REAL
    if NEXT_ONE.search(sentence.text[: group.at]) and "interleukin" not in sentence.text.lower():
        return Standing.REAL  # "next Lupron due in January": one of many
    if standing is Standing.PLANNED and best < 120:
        if group.agents == ("aldesleukin",) and not ARRANGED.search(sentence.text):
            return Standing.VOID
        return Standing.PLANNED
    if section in PLAN_SECTIONS or (standing is None and _decided_on(sentence, group)):
        return _in_plan(sentence, group, standing)
    return Standing.REAL


_DECISION = trial(
    r"\W*(?:decision|decided|agreed|recommendation|next (?:line|treatment|step))\W*$", re.IGNORECASE
)


_RESPONSE_TO = trial(
    r"\b(?:PR|CR|SD|PD|respon\w+|remission|stable(?: disease)?|progress\w+|controlled|failed)\s+(?:to|on|with|after|under|through)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_NOT_YET = trial(
    r"[^.;:]{0,25}\b(?:if|should|unless|down to|reduced?|at \d\d ?%|flat next)\b",
    re.IGNORECASE,
)


def _decided_on(sentence: Sentence, group: Group) -> bool:
    """ "Decision: everolimus 10 mg daily"."""
    return bool(_DECISION.match(sentence.text[: group.at]))


def _in_plan(sentence: Sentence, group: Group, standing: Standing | None) -> Standing:
    """A drug under a heading of plans: planned when little more than its name stands there."""
    if _RESPONSE_TO.search(sentence.text[: group.at]):
        return Standing.REAL
    if _NOT_YET.match(sentence.text[group.to :]):
        return Standing.VOID
    if standing is not None or CURRENT.search(sentence.text):
        return Standing.REAL
    return Standing.PLANNED if bare_plan(sentence, group) else Standing.VOID


def _nearest_cue(sentence: Sentence, group: Group) -> tuple[Standing | None, int]:
    """What the nearest cue before the drug says, and how far off it stands."""
    best: int = 10**9
    standing: Standing | None = None
    cues = sentence.of("CUE_PLAN", "CUE_VOID")
    for mention in sentence.mentions:
        if mention.label.startswith("EV_") and any(
            c.start <= mention.start and mention.end <= c.end for c in cues
        ):
            continue
        stop = sentence.folded(mention.end - 1) + 1
        if stop > group.at or mention.label not in _CUES:
            continue
        if mention.label.startswith("EV_") and unreal(sentence, mention):
            continue
        gap = sentence.text[stop : group.at]
        if mention.text.lower() in {"on", "prior", "starting"} and not OBJECT.match(gap):
            continue
        if mention.text.lower() == "on" and _TRY_ON.search(sentence.text[: stop - 2]):
            continue  # "I would try her on sorafenib": the verb before it decides
        cost = len(gap) + (60 if re.search(r";|\bbut\b|\bhowever\b|\. ", gap) else 0)
        if mention.label in ("CUE_VOID", "CUE_PLAN") and _spent(sentence, stop, group):
            continue
        if cost <= best:
            best, standing = cost, _CUES[mention.label]
    return standing, best


_ENDED_AFTER = re.compile(
    r"\W*(?:was |were |is |has been |had been |now |therefore |already )*(?:stopped|discontinued|ceased|withdrawn|completed|finished|abandoned|failed|d/c'?d)\b",
    re.IGNORECASE,
)
#: Off a drug is a drug that was had, whatever is planned after it.
#: Talk that ends in a prescription is a plan.
_WRITTEN_UP = trial(
    r"^[^.;?]{0,60}\b(?:(?:I|we) have (?:written|given|prescribed|issued|ordered|arranged|sent)|prescription (?:written|given|is|today|issued|sent)|(?:he|she) (?:has )?(?:accepted|agreed|signed|consented)|and (?:will|shall|is to) (?:start|begin|commence))\b",
    re.IGNORECASE,
)
NEXT_ONE = trial(r"\b(?:next|due)\s+(?:(?:dose|injection|infusion|cycle) of\s+)?$", re.IGNORECASE)
_TRY_ON = trial(r"\b(?:try|put|start|place|get)\s+(?:him|her|you|them)\s+$", re.IGNORECASE)
WASHED = trial(
    r"\b(?:gap|rest|interval|weeks?|months?|break)\b[^.;,]{0,24}\b(?:after|from|between)\s+(?:the\s+)?$|\b(?:clear of|off|out from|free of|wash(?:ed|-?out)?(?: of| from| period (?:of|from))?|since (?:stopping|finishing|coming off)|came off|come off|last|final|stopped|stopping|discontinued)\s+(?:(?:her|his|the|your|dose|of|taking)\s+)*$",
    re.IGNORECASE,
)
_MODAL = trial(
    r"(?:\b(?:would|could|might|(?-i:may)|should|shall|will|can|must|cannot|let)|(?<!had)(?<!have)(?<!has)(?<!decided)(?<!chose)(?<!elected)(?<!opted)(?<!obliged)(?<!forced)(?<!able) to)"
    r"\s+(?:(?:then|also|now|probably|therefore|need|have|to|be|still|simply|just|\w+ly)\s+)*$",
    re.IGNORECASE,
)


def unreal(sentence: Sentence, verb: Mention) -> bool:
    """Whether a verb is governed by a modal: "we would stop", "to start", "should be given"."""
    lead = sentence.text[: sentence.folded(verb.start)][-70:]
    return bool(_MODAL.search(lead) or TALKED.search(lead))


_CUES = {
    "CUE_VOID": Standing.VOID,
    "CUE_PLAN": Standing.PLANNED,
    "EV_START": Standing.REAL,
    "EV_RESTART": Standing.REAL,
    "EV_STOP": Standing.REAL,
    "EV_COMPLETED": Standing.REAL,
    "EV_GIVEN": Standing.REAL,
    "EV_CURRENT": Standing.REAL,
}


def _spent(sentence: Sentence, stop: int, group: Group) -> bool:
    """A cue whose own object came before: "discussed at MDT; he has had sunitinib"."""
    between = sentence.text[stop : group.at]
    return bool(
        re.search(
            r"\b(?:he|she|you|they|who|patient|which)\s+(?:\w+\s+)?(?:had|has|was|were|progressed|responded|received|started|stopped|took|failed|is on|have)\b",
            between,
            re.IGNORECASE,
        )
    )


_AFTER_GAP = trial(
    r"^[\s,)('\"/+-]*(?:(?:prednisolone|prednisone|pred|dex\w*|steroids?|[\d.]+ ?\w{1,4}|od|bd|daily|itself|alone|again|also|tablets?|capsules?|infusions?|therapy|treatment|now|then|which|that|and)[\s,-]+){0,5}$",
    re.IGNORECASE,
)
_PASSIVE = trial(
    r"(?:was|were|has been|had been) (?:also |only |then )*(?:discussed|mentioned|offered|considered|declined|refused)",
    re.IGNORECASE,
)
_FOR_IT = trial(
    r"^\W*(?:for|proceed to|accept(?:ed)? for|to have|start|commence|begin)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)


_COMPARED = trial(r"^\W{0,3}(?:vs?\.?|versus|against)\s+(?!placebo)[A-Za-z]")
_COMPARED_BEFORE = trial(r"[A-Za-z)]\W{1,3}(?:vs?\.?|versus)\s+$")


_DUE_AGAIN = trial(
    r"\W*(?:injections? |infusions? |jabs? )?(?:is|are|will be)(?: next)? due (?:again|as usual|with (?:us|me|you|the)|every|at the (?:surgery|practice))\b",
    re.IGNORECASE,
)


_NONE_HAD = trial(
    r"\W*(?:(?:he|she|they|I|you|we) (?:has|have|had) (?:had |been given )?none|(?:is |was |are )?not to be (?:given|started|used|had))\b",
    re.IGNORECASE,
)
_PUT_BACK = trial(
    r"\W*(?:has|have|had) (?:now )?been (?:put back|postponed|moved|deferred|brought forward|rescheduled|re-?booked|delayed) (?:to|until|till)\b",
    re.IGNORECASE,
)


def _after(sentence: Sentence, group: Group) -> Standing | None:
    for cue in sentence.of("CUE_VOID_AFTER"):
        start = sentence.folded(cue.start)
        if cue.text.startswith("?") and start > group.to + 1:
            continue
        if re.match(r"\W*since\b", sentence.text[sentence.folded(cue.end - 1) + 1 :]):
            continue  # "Everolimus: none since August"
        gap = sentence.text[group.to : start]
        if (
            start >= group.to
            and _PASSIVE.match(cue.text)
            and len(gap.split()) <= 6
            and not re.search(r"[.;:,]|\b(?:and|but|was|were|had|has|is)\b", gap)
        ):
            return Standing.VOID
        if start >= group.to and _AFTER_GAP.match(
            _without_agents(sentence, group.to, start).replace(" or ", " ").replace(" nor ", " ")
        ):
            return Standing.VOID
    tail = sentence.text[group.to : group.to + 60]
    if _DUE_AGAIN.match(tail):
        return None  # one of many
    if _NONE_HAD.match(tail):
        return Standing.VOID
    if _PUT_BACK.match(tail) or still_to_begin(sentence, group):
        return Standing.PLANNED
    if re.match(
        r"\W{0,3}(?:or |v\.? |vs\.? |versus )?(?:an? )?(?:match(?:ed|ing) |dummy |sham |inactive )?(?:placebo|dummy|sugar (?:pill|tablet))\b",
        tail,
        re.IGNORECASE,
    ):
        return Standing.VOID  # blinded: what was had is not known
    if _COMPARED.match(tail) or _COMPARED_BEFORE.search(sentence.text[: group.at]):
        return Standing.VOID  # the arms of a trial, or a choice still to be made
    if re.match(
        r"(?:[^;]{0,50}?[,:]\s*|\W*[\d.]+ ?\w{0,5}(?: \w{2,5})? |\W*(?:\([^)]*\)\s*)?)(?:scheduled to (?:begin|start)|starting (?:next|on mon|on tue|tomorrow)|(?:he|she|you|patient|pt)? ?will (?:start|begin|commence|be (?:given|started)|have (?:his|her|your|the) first)|to (?:start|begin|commence)|(?:is|are) (?:to (?:start|begin|commence|be given|follow)|next\b|due|planned|booked|scheduled|arranged)|planned|due to start|starts? (?:on|next)|booked)\b",
        tail,
        re.IGNORECASE,
    ):
        return Standing.PLANNED
    return None


_CRITERIA = trial(
    r"\b(?:take part|join|eligible|eligibility|criteria|must|suitable if|required|requirements?|inclusion|exclusion|be considered if|entry|excluded if|cannot|you (?:can|may) (?:not )?(?:join|take|enter))\b",
    re.IGNORECASE,
)


def _under_criteria(view: View, unit: Unit) -> bool:
    """Whether a list item hangs under a sentence that says who may be treated."""
    if unit.kind not in (UnitKind.ITEM, UnitKind.ROW):
        return False
    for above in range(unit.index - 1, max(-1, unit.index - 16), -1):
        lead = view.reading.units[above]
        if lead.kind is UnitKind.ITEM or lead.kind is UnitKind.ROW:
            continue
        text = view.text[lead.start : lead.end]
        return text.rstrip().endswith(":") and bool(_CRITERIA.search(text))
    return False


def _says_more(unit: Unit) -> bool:
    """Under a letterhead line ("Name: ...") a table or a list is no letterhead any more."""
    if unit.section != "admin":
        return False
    told = re.search(
        r"\b(?:called|phoned|rang|telephon\w*|seen|note|update|message|contact|encounter)\b",
        unit.label,
        re.IGNORECASE,
    )
    return bool(told) or unit.kind in (UnitKind.ROW, UnitKind.ITEM, UnitKind.PROSE)


_TICK = trial(r"\[\s*([xX*]?)\s*\]")


def _unticked(sentence: Sentence, group: Group) -> bool:
    """Whether the last box before the drug is empty: "[ ] Accept for HD IL-2 [x] Not suitable"."""
    before = sentence.unit.marker + " " + sentence.text[: group.at]
    boxes = _TICK.findall(before)
    return bool(boxes) and not boxes[-1] and "[" in sentence.text


_ACHIEVED = trial(
    r"\b(?:he|she|who|man|woman|lady|gentleman|patient) (?:has |have )?(?:had|achieved|got|made|shown)\b",
    re.IGNORECASE,
)


def _has_real_verb(sentence: Sentence, group: Group) -> bool:
    if group.agents == ("aldesleukin",):
        lead = sentence.text[: group.at]
        return bool(_RESPONSE_TO.search(lead)) and bool(_ACHIEVED.search(lead))
    return bool(sentence.of("EV_START", "RESP")) or any(
        m.text.lower() != "off" for m in sentence.of("EV_STOP")
    )
