"""Which drugs are named together, and whether the mention is real, planned or only talk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.fields.subject import Others
from extract.fields.therapy.model import Group, Standing
from extract.fields.view import View
from extract.language.reading import Mention, Sentence, Unit, UnitKind

#: What may stand between two drugs of one group: doses, connectors, formulation words.
_JOIN = re.compile(
    r"""^\s*(?:\s+|[,/+&(;)-]|and|plus|with|in|combination|combined|associated|concurrently|alongside|together|followed\s+by(?=\s+$)
    |weekly|daily|oral|iv|i\.v\.|s\.?c\.?|low|high|dose|maintenance|monotherapy|alone|concurrent|concomitant
    |single|agent|based|regimen|\)|od|bd|tds|once|twice|infusional|protocol|doublet|triplet|therapy
    |[\d.,]+\s*(?:mg|mcg|g|mu|miu|iu|units|auc|m2|kg|%)?(?:/\w+2?)?|auc|every|\d+-weekly|x\s?\d+|per|a|the)*\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_LIST_BREAK = re.compile(r";|\bthen\b|\bfollowed\b|->|→|\bor\b|\bversus\b|\bvs\b|\bto\b", re.IGNORECASE)
_OTHER_USE = re.compile(
    r"\b(?:intra-?vitreal|macula|macular|wet AMD|AMD|eye injections?|eyes?|retina\w*|topical|cream|stents?|eluting"
    r"|transplant\w*|graft|tacrolimus|hepatitis [bc]\b|chronic hepatitis|arthritis|rheumatoid|psoria\w+|lupus|vasculitis|multiple sclerosis"
    r"|warts?|keratos[ei]s|actinic|BCC|basal cell|solar|tuberous|myasthenia|crohn'?s?|colitis in \d{4}|gout|sarcoidosis"
    r"|ITP|pemphigus|lichen|keloid|endometriosis|fibroids|IVF|fertility|precocious|ectopic|abortion|intravesical"
    r"|bladder instillation|chemoemboli[sz]ation|TACE|emboli[sz]ation|emboli[sz]ed|denileukin|receptor antagonist|RA|DMARDs?|hydroxychloroquine|sulfasalazine|leflunomide|etanercept)\b",
    re.IGNORECASE,
)
_RHEUMATIC = re.compile(r"\b(?:rheumatoid|arthritis|lupus|vasculitis|psoria\w+|DMARDs?|rheumatolog\w+)\b", re.IGNORECASE)
_GRAFT = re.compile(r"\b(?:transplant(?:ed)? (?:clinic|kidney|recipient)|graft|tacrolimus|ciclosporin|mycophenolate|tuberous)\b", re.IGNORECASE)
_EYE = re.compile(r"\b(?:intra-?vitreal|macula\w*|retina\w*|ophthalm\w+|eye clinic)\b", re.IGNORECASE)
#: Drugs that a letter with these words gives for something other than cancer.
_ELSEWHERE = {
    "methotrexate": _RHEUMATIC,
    "everolimus": _GRAFT,
    "bevacizumab": _EYE,
    "rituximab": _RHEUMATIC,
    "cyclophosphamide": _RHEUMATIC,
}
_BLOOD_CANCER = re.compile(r"\b(?:lymphoma|leuk\w+|CLL|myeloma|DLBCL|breast|choriocarcinoma|osteosarcoma)\b", re.IGNORECASE)


def _given_elsewhere(view: View, mention: Mention) -> bool:
    """Whether the letter gives a drug for arthritis, a graft or an eye rather than cancer."""
    for agent in mention.value("agents").split("|"):
        rule = _ELSEWHERE.get(agent)
        if rule is None or not rule.search(view.text):
            continue
        if rule is not _RHEUMATIC or not _BLOOD_CANCER.search(view.text):
            return True
    return False


_PLAN_SECTIONS = frozenset({"plan"})
_VOID_SECTIONS = frozenset({"allergies", "criteria", "family", "information", "admin"})
_CURRENT = re.compile(
    r"\b(?:continues?|continuing|remains?|remaining|currently|current|is (?:on|taking|having|receiving|tolerating|still)"
    r"|are (?:on|taking|having)|tolerating|ongoing|on-going|carr(?:y|ies|ying) on|maintained on|still (?:on|taking|having)|takes|taking|stays on"
    r"|stable on|keep(?:s|ing)? (?:on|up|going|him|her)?|stays?|as usual|3-monthly|three-monthly|due with (?:us|me)|presently|at present|now (?:on|taking|receiving)|keep going|has been on|to date|stay on|into (?:his|her|the)"
    r"|(?:days?|weeks?|months?|years?) into|(?:we|I) (?:will )?continue|to continue|on cycle \d|due cycle|nearing the end)\b",
    re.IGNORECASE,
)
_ON_NOW = re.compile(r"(?:^|,|;|\(|\band\b)\s*(?:RCC\W.*)?\bon\s+$", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|received|took|started|commenced|began|begun|stopped|discontinued|completed|failed|progress\w+"
    r"|previous\w*|prior|treated|given|after|following|since|responded|got|off|underwent|switched|changed|moved on"
    r"|put on|finished|having|initiated|administered|has had|have had|secondary to|due to|from|on)\b",
    re.IGNORECASE,
)
#: Words that may stand between a negation and the drug it denies the patient.
_NEG_FILL = re.compile(
    r"^(?:\W|\b(?:been|yet|had|have|has|received?|receives|started?|begun|commenced?|given|give|giving|taken|take|took|tried"
    r"|on|any|prior|previous(?:ly)?|treated|with|further|a|an|the|for|of|to|need(?:ed)?|requir\w+|or|and|other|systemic|therapy"
    r"|treatment|form|kind|either|more|offered?|want(?:ed)?|wish(?:ed|es)?|keen|start|us(?:e|ed|ing)|recommend(?:ed)?|proposed?"
    r"|HD|high|dose|single|agent|history|exposure|exposed|evidence|indication|candidate|suitable|considered|fit|be|being|it"
    r"|ever|actually|so|far|anti|cancer|drug|drugs|targeted|adjuvant|neoadjuvant|cytotoxic|course|plan|plans|ever|eligible|funding"
    r"|ready|prepared|pursue|proceed|go|ahead|having|his|her|he|she|was|were|previously|treat|fund|funded|immediate|role|point|in)\b)*$",
    re.IGNORECASE,
)


#: Named drugs of these classes take the place of the unnamed class.
_KINDS: dict[str, frozenset[str]] = {
    "chemotherapy": frozenset({"chemotherapy"}),
    "immunotherapy": frozenset({"cytokine", "checkpoint inhibitor"}),
    "endocrine therapy": frozenset({"hormone"}),
    "androgen deprivation therapy": frozenset({"hormone"}),
}


def find_groups(view: View, others: Others) -> dict[int, list[Group]]:
    """The groups of each sentence, by the sentence's index."""
    known = _strong_agents(view)
    found: dict[int, list[Group]] = {}
    for sentence in view.sentences:
        mentions = [m for m in sentence.of("AGENT") if _is_agent(view, sentence, m, known)]
        if mentions:
            found[sentence.index] = list(_grouped(view, sentence, mentions, others))
    return found


def _strong_agents(view: View) -> set[str]:
    strong: set[str] = set()
    for mention in view.mentions("AGENT"):
        if not mention.value("weak"):
            strong |= set(mention.value("agents").split("|"))
    return strong


def _is_agent(view: View, sentence: Sentence, mention: Mention, known: set[str]) -> bool:
    text = sentence.text
    at = sentence.folded(mention.start)
    around = text[max(0, at - 80) : at + 100]
    if _OTHER_USE.search(around):
        return False
    after = text[at + len(mention.text) : at + len(mention.text) + 24].lower()
    before = text[max(0, at - 24) : at].lower()
    if re.match(r"\W*(?:trial group|receptor|inhibitor|gene)\b", after):
        return False
    if mention.text.lower().startswith(("interleukin", "il")) and re.match(r"\s?-?\s?(?:6|11|1|12|17)\b(?!\s*(?:doses|cycle))", after):
        return False
    if before.endswith("/") and after.startswith("/"):
        return False  # a reference: CL/ifn/0922
    if _given_elsewhere(view, mention):
        return False
    if re.search(r"\b(?:anti|il-2r|alpha|her2|er|pr)[\s/-]*$", before):
        return False
    agents = set(mention.value("agents").split("|"))
    if not mention.value("weak"):
        return True
    if mention.text.lower().startswith("interleukin"):
        return not re.match(r"\W*\d", after) or after.strip(" -").startswith("2")
    if not _SAFE_SHORT.fullmatch(mention.text) and _unsafe(mention, at, after) or re.search(r"\b(?:ct|cta|thorax)\s+$", before):
        return False  # "Imp:", "CT CAP": a label, a scan
    return _short_form_is_agent(sentence, mention, at, agents, known)


_DOSE_AFTER = re.compile(
    r"^\s*(?:->|→)|^\W{0,3}(?:\d|x\s?\d|od\b|bd\b|tds\b|[+/&]\W?\w|stopped|started|from\b|since\b|till\b|until\b|\()",
    re.IGNORECASE,
)
_JOINED_BEFORE = re.compile(r"[+/&]\s?$|->\s?$|→\s?$|\bon\s$|\bline\s$", re.IGNORECASE)


#: Short forms that mean little else in these letters.
_SAFE_SHORT = re.compile(r"su|sun|eve|evero|pazo|paz|sora|axi|cabo|bev|tem|tems|temsi|ifn\W?a?|nivo|ipi|pembro|atezo|ave|len|lenva|tivo|interleukin", re.IGNORECASE)


def _unsafe(mention: Mention, at: int, after: str) -> bool:
    """A short form used as a label ("Imp:", "BR = SD"), or in small letters ("on adm", "R adr")."""
    if re.match(r"\s*[:=]", after):
        return True
    return len(mention.text) <= 3 and not mention.text.isupper()


def _short_form_is_agent(
    sentence: Sentence, mention: Mention, at: int, agents: set[str], known: set[str]
) -> bool:
    """A form that is also a word counts beside a dose, a date, another drug, or in a list."""
    text = sentence.text
    to = at + len(mention.text)
    shaped = bool(_DOSE_AFTER.match(text[to:])) or bool(_JOINED_BEFORE.search(text[:at]))
    capital = mention.text[:1].isupper()
    if agents & known:
        return capital or shaped or sentence.unit.kind is not UnitKind.PROSE
    listed = sentence.unit.section in {"treatment", "plan", "medication"}
    if len(mention.text) <= 4 and not mention.text.isupper() and not shaped:
        return False
    if listed:
        return capital or shaped
    if mention.text.isupper() and len(mention.text) >= 3 and _beside_treatment(sentence, mention, at, to):
        return True
    spoken = bool(sentence.of("EV_START", "EV_STOP", "EV_GIVEN", "EV_SWITCH", "LINE", "RESP"))
    return spoken and shaped and capital


def _beside_treatment(sentence: Sentence, mention: Mention, at: int, to: int) -> bool:
    """An acronym right after a verb of treatment, or in a list with other drugs."""
    text = sentence.text
    if re.search(r"\b(?:cycles?|courses?|doses?|regimen|protocol|treated with|therapy with|x\s?\d)\s+(?:of\s+)?(?:the\s+)?$", text[:at], re.IGNORECASE):
        return True
    if re.match(r"\W*(?:regimen|protocol|chemotherapy|therapy|cycles?|x\s?\d)\b", text[to:], re.IGNORECASE):
        return True
    for other in sentence.of("EV_START", "EV_GIVEN", "EV_SWITCH", "EV_RESTART", "EV_COMPLETED", "AGENT"):
        if other is mention:
            continue
        stop = sentence.folded(other.end - 1) + 1
        start = sentence.folded(other.start)
        if stop <= at and re.fullmatch(r"\W*(?:(?:and|then|the|of|with|to|cycles?|courses?|\w+ cycles of)\W*)*", text[stop:at]):
            return True
        if start >= to and other.label == "AGENT" and re.fullmatch(r"\W*(?:(?:and|then|or|followed by)\W*)*", text[to:start]):
            return True
    return False


def _grouped(
    view: View, sentence: Sentence, mentions: list[Mention], others: Others
) -> Iterator[Group]:
    run: list[Mention] = []
    for mention in mentions:
        if run and not _joined(sentence, run[-1], mention):
            yield _make(view, sentence, run, others)
            run = []
        run.append(mention)
    yield _make(view, sentence, run, others)


def _joined(sentence: Sentence, left: Mention, right: Mention) -> bool:
    between = sentence.text[sentence.folded(left.end - 1) + 1 : sentence.folded(right.start)]
    if set(left.value("agents").split("|")) == set(right.value("agents").split("|")):
        return bool(re.fullmatch(r"\W*(?:or|aka|also called|brand name)?\W*", between))
    if re.search(r"\d{1,2}/\d{1,2}|\d{4}", between):
        return False  # dates between them: two courses, not one combination
    return bool(_JOIN.match(between)) and not _LIST_BREAK.search(between)


def _make(view: View, sentence: Sentence, run: list[Mention], others: Others) -> Group:
    agents = tuple(dict.fromkeys(a for m in run for a in m.value("agents").split("|")))
    agents = tuple(a for a in agents if a not in _CLASSES) or agents
    start, end = run[0].start, run[-1].end
    at, to = sentence.folded(start), sentence.folded(end - 1) + 1
    group = Group(agents, start, end, at, to, sentence.index, Standing.REAL)
    group.standing = _standing(view, sentence, group, run, others)
    group.current = group.standing is Standing.REAL and _is_current(sentence, group)
    return group


def _standing(
    view: View, sentence: Sentence, group: Group, run: list[Mention], others: Others
) -> Standing:
    unit = sentence.unit
    if _CLASSES.issuperset(group.agents) and not _class_is_a_drug(view, sentence, group):
        return Standing.VOID
    if unit.section in _VOID_SECTIONS and not _says_more(unit):
        return Standing.VOID
    if others.at(sentence, group.at) or _under_criteria(view, unit):
        return Standing.VOID
    if any("criteria" in m.modifiers for m in run) and not _has_real_verb(sentence, group):
        return Standing.VOID
    if _unticked(sentence, group) or (_SERVICE.match(re.sub(r"^\s?-?\s?2\b", "", sentence.text[group.to :])) and group.agents == ("aldesleukin",)):
        return Standing.VOID
    if _denied(sentence, group):
        return Standing.VOID
    return _by_cues(sentence, group)


_CLASSES = frozenset({"chemotherapy", "immunotherapy", "endocrine therapy", "androgen deprivation therapy"})
_SERVICE = re.compile(
    r"^\W*(?:clinic|service|team|ward|unit|nurse|sister|day|suite|MDT|meeting|department|dept|specialist|registrar|consultant|centre|center|helpline|follow-?up|card|book|pager|protocol|programme|program|form|consent|chart|session|lead|pharmac\w+|room|ctc|handbook|hotline|suitability|assessment|options?|naive|booklet|leaflet|information|guidelines?|policy|pathway|referral|checklist)\b",
    re.IGNORECASE,
)


def _class_is_a_drug(view: View, sentence: Sentence, group: Group) -> bool:
    """Whether "chemotherapy" is a treatment of its own, not a ward, nor a named drug again."""
    text = sentence.text
    label = sentence.unit.label
    if label and group.to <= len(label) + 1:
        return False  # "PREVIOUS CHEMO: ..."
    if _SERVICE.match(text[group.to :]) or text[group.at : group.to].isupper() and len(group.agents) == 1 and text.isupper():
        return False
    if re.search(r"\b(?:IL-?2|renal|cancer|medical|acute|hospital|centre|center|department)\W*$", text[: group.at], re.IGNORECASE):
        return False
    if re.match(r"\W*(?:with|using|consisting of|comprising|of|in the form of|regimen)?\W*$", _gap_to_next_agent(sentence, group)):
        return False
    kinds = _KINDS.get(group.agents[0], frozenset())
    named = {
        a
        for m in view.mentions("AGENT")
        for a in m.value("agents").split("|")
        if a not in _CLASSES and view.lexicon.drug_class(a) in kinds
    }
    if not named:
        return True
    here = {a for m in sentence.of("AGENT") for a in m.value("agents").split("|")}
    if here & named:
        return False
    return bool(sentence.of("LINE")) or bool(
        re.search(r"\b(?:another|further|different|second|third|other|subsequent|previous|prior|adjuvant|neoadjuvant|neo-adjuvant|induction|conditioning|initially|originally)\s+(?:[\w,]+\s+){0,4}$", text[: group.at], re.IGNORECASE)
    )


def _gap_to_next_agent(sentence: Sentence, group: Group) -> str:
    for mention in sentence.of("AGENT"):
        at = sentence.folded(mention.start)
        if at >= group.to:
            return sentence.text[group.to : at]
    return "none"


def _denied(sentence: Sentence, group: Group) -> bool:
    if re.match(r"\W{0,2}(?:since|after|for|from)\b", sentence.text[group.to :]) and re.search(
        r"\bno (?:more |further )?(?:\w+ )?$", sentence.text[: group.at], re.IGNORECASE
    ):
        return False  # "no pazopanib since June": it was had before
    for cue in sentence.of("CUE_NEG", "CUE_VOID"):
        if cue.label == "CUE_VOID" and cue.text.lower() not in {"never", "declined", "refused"}:
            continue
        stop = sentence.folded(cue.end - 1) + 1
        if stop <= group.at:
            between = _without_agents(sentence, stop, group.at)
            if len(between) < 90 and _NEG_FILL.match(between):
                return True
    return False


def _without_agents(sentence: Sentence, start: int, end: int) -> str:
    text = sentence.text[start:end]
    for mention in sentence.of("AGENT"):
        text = re.sub(re.escape(mention.text), " ", text, flags=re.IGNORECASE)
    return text


def _by_cues(sentence: Sentence, group: Group) -> Standing:
    """The nearest cue decides: what comes right after the drug, then what comes before."""
    if WASHED.search(sentence.text[: group.at]):
        return Standing.REAL
    after = _after(sentence, group)
    if after is not None:
        return after
    if _FOR_IT.match(sentence.text[: group.at]) and sentence.unit.kind is not UnitKind.PROSE:
        return Standing.PLANNED
    best, standing = 10**9, None
    cues = sentence.of("CUE_PLAN", "CUE_VOID")
    for mention in sentence.mentions:
        if mention.label.startswith("EV_") and any(c.start <= mention.start and mention.end <= c.end for c in cues):
            continue
        stop = sentence.folded(mention.end - 1) + 1
        if stop > group.at or mention.label not in _CUES:
            continue
        gap = sentence.text[stop : group.at]
        if mention.text.lower() in {"on", "prior", "starting"} and not _OBJECT.match(gap):
            continue
        cost = len(gap) + (60 if re.search(r";|\bbut\b|\bhowever\b|\. ", gap) else 0)
        if mention.label in ("CUE_VOID", "CUE_PLAN") and _spent(sentence, stop, group):
            continue
        if cost <= best:
            best, standing = cost, _CUES[mention.label]
    section = sentence.unit.section
    if group.agents == ("aldesleukin",) and standing in (None, Standing.REAL):
        if standing is Standing.REAL and _object_of(sentence, group):
            return Standing.REAL
        return _bare_interleukin(sentence, group)
    if standing is Standing.VOID and best < 140:
        return Standing.VOID
    if standing is Standing.PLANNED and re.search(r"\bas usual\b|\b3-monthly\b", sentence.text):
        return Standing.REAL
    if standing is Standing.PLANNED and best < 120:
        if group.agents == ("aldesleukin",) and not _ARRANGED.search(sentence.text):
            return Standing.VOID
        return Standing.PLANNED
    if section in _PLAN_SECTIONS and standing is None and not _CURRENT.search(sentence.text):
        return Standing.PLANNED if _bare_plan(sentence, group) else Standing.VOID
    return Standing.REAL


#: Off a drug is a drug that was had, whatever is planned after it.
WASHED = re.compile(
    r"\b(?:gap|rest|interval|weeks?|months?|break)\b[^.;,]{0,24}\b(?:after|from|between)\s+(?:the\s+)?$|\b(?:clear of|off|out from|free of|wash(?:ed|-?out)?(?: of| from| period (?:of|from))?|since (?:stopping|finishing|coming off)|came off|come off|last|final|stopped|stopping|discontinued)\s+(?:(?:her|his|the|your|dose|of|taking)\s+)*$",
    re.IGNORECASE,
)
#: Interleukin-2 is planned when a bed, a date or a decision is there, not with a view to it.
_ARRANGED = re.compile(
    r"\b(?:admi(?:t|ssion)\w*|book\w*|bed|will (?:start|begin|have|receive|come|be (?:admitted|given|treated))|scheduled|(?:is|are) (?:to|due)|to (?:start|begin|commence|receive|have)|accept(?:ed)?|agreed|arrang\w+|go(?:ing)? ahead|proceed\w*|list(?:ed)? for|we (?:will|shall|plan)|plan(?:ned)? (?:is|to)|decided|decision|settled|recommend\w*|offer(?:ed)? and accepted)\b",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"^\W*(?:\b(?:on|with|of|the|his|her|your|a|an|first|second|third|dose|doses|cycle|cycles|course|courses|week|weeks|two|both|one|four|high|of|HD|in|to|\d+)\b\W*)*$",
    re.IGNORECASE,
)


def _object_of(sentence: Sentence, group: Group) -> bool:
    """A past verb of treatment stands right before: "received two cycles of interleukin-2"."""
    for mention in sentence.of("EV_START", "EV_GIVEN", "EV_COMPLETED", "EV_STOP", "EV_RESTART"):
        stop = sentence.folded(mention.end - 1) + 1
        if stop > group.at or mention.text.lower() in {"on", "was on", "starting", "start", "initiation of"}:
            continue
        if _OBJECT.match(sentence.text[stop : group.at]):
            return True
    return False


_WENT_BEFORE = re.compile(
    r"\b(?:after|since|following|post|put through|through|due to|secondary to|from|caused by|response to|despite|in spite of|with|during|on|of|had|having had|prior|previous\w*|got|(?:courses?|cycles?|doses) of|his|her|your)\W+(?:(?:the|his|her|your|first|second|last|high|dose|HD|cycles?|courses?|of|two|four|one|both|a|previous|\d)\W+)*$",
    re.IGNORECASE,
)
_GIVEN_AFTER = re.compile(
    r"^\W*(?:\([\w .]{0,30}\)\W*)?(?:\bx\s?\d|\b\d+ (?:cycles?|doses?|courses?)|cycle|course \d|\d{1,2}[./]|in (?:january|february|march|april|may|june|july|august|september|october|november|december|\d{4})|as (?:initial|first)|rash|hepatitis|toxicity|was (?:given|started|stopped|completed|tolerated)|at \w+ \d|gave|got|made|had|produced|caused|#\s?\d|C\d|\d{1,2}(?:st|nd|rd|th)|was|were|did|has)",
    re.IGNORECASE,
)


def _bare_interleukin(sentence: Sentence, group: Group) -> Standing:
    """Interleukin-2 is talked of far more often than given: without a cue it needs a sign."""
    before = sentence.text[: group.at]
    after = re.sub(r"^\s?-?\s?2\b", "", sentence.text[group.to : group.to + 60])
    section = sentence.unit.section
    if re.search(r"(?:->|→|\b(?:agreed|decision|outcome|out|plan|accepted?|admit|listed|book\w*)\W+)(?:for\W+|to have\W+)?(?:(?:HD|high|dose)\W+)*$", before, re.IGNORECASE):
        return Standing.VOID if re.search(r"\bnot\b|\?|\bif\b", before) else Standing.PLANNED
    if re.search(r"\b(?:respon\w+|remission|refractory|resistant|exposed|thanks)\b[^.;]{0,30}\bto\W+(?:(?:the|his|her|your|this|high|dose|HD)\W+)*$", before, re.IGNORECASE):
        return Standing.REAL
    if re.search(r"\bto\W+(?:(?:have|receive|give|start|consider|try|go|get|begin|the|his|her|HD|high|dose|a)\W+){0,3}$|\b(?:for|about|towards|re|point of|so that|order to have|way for|before|until|room for|prior to|ahead of|fit for|idea of|prospect of|question of|subject of)\W+(?:\w+\W+){0,2}$", before, re.IGNORECASE):
        if re.search(r"\b(?:comes? in|coming in|admitted|admit|bed|booked|arranged)\b", before, re.IGNORECASE) and not re.search(r"\b(?:if|not|would|had|was)\b", before):
            return Standing.PLANNED
        if re.match(r"\W*for\W+(?:(?:HD|high|dose)\W+)*$", before, re.IGNORECASE) and re.search(r"\d{1,2}[/.]\d{1,2}", after[:40]):
            return Standing.PLANNED  # "For IL-2 Heron 18/05/09"
        if section in {"plan", "outcome"} and not re.search(r"\?|\bnot\b", before):
            return Standing.PLANNED
        return Standing.VOID
    if section in _PLAN_SECTIONS:
        return Standing.PLANNED if _bare_plan(sentence, group) else Standing.VOID
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


_AFTER_GAP = re.compile(
    r"^[\s,)('\"/+-]*(?:(?:prednisolone|prednisone|pred|dex\w*|steroids?|[\d.]+ ?\w{1,4}|od|bd|daily|itself|alone|again|also|tablets?|capsules?|infusions?|therapy|treatment|now|then|which|that|and)[\s,-]+){0,5}$",
    re.IGNORECASE,
)


_PASSIVE = re.compile(r"(?:was|were|has been|had been) (?:also |only |then )*(?:discussed|mentioned|offered|considered|declined|refused)", re.IGNORECASE)
_FOR_IT = re.compile(r"^\W*(?:for|proceed to|accept(?:ed)? for|to have|start|commence|begin)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)


def _after(sentence: Sentence, group: Group) -> Standing | None:
    for cue in sentence.of("CUE_VOID_AFTER"):
        start = sentence.folded(cue.start)
        if cue.text.startswith("?") and start > group.to + 1:
            continue
        if re.match(r"\W*since\b", sentence.text[sentence.folded(cue.end - 1) + 1 :]):
            continue  # "Everolimus: none since August"
        gap = sentence.text[group.to : start]
        if start >= group.to and _PASSIVE.match(cue.text) and len(gap.split()) <= 6 and not re.search(r"[.;:,]|\b(?:and|but|was|were|had|has|is)\b", gap):
            return Standing.VOID
        if start >= group.to and _AFTER_GAP.match(
            _without_agents(sentence, group.to, start).replace(" or ", " ").replace(" nor ", " ")
        ):
            return Standing.VOID
    tail = sentence.text[group.to : group.to + 60]
    if re.match(r"\W{0,3}(?:or |v\.? |vs\.? |versus )?(?:matched )?placebo\b", tail, re.IGNORECASE):
        return Standing.VOID  # blinded: what was had is not known
    if re.match(
        r"(?:[^;]{0,50}?[,:]\s*|\W*[\d.]+ ?\w{0,5}(?: \w{2,5})? |\W*(?:\([^)]*\)\s*)?)(?:scheduled to (?:begin|start)|starting (?:next|on mon|on tue|tomorrow)|will (?:start|begin|commence|be (?:given|started))|to (?:start|begin|commence)|(?:is|are) (?:to (?:start|begin|commence|be given|follow)|next\b|due|planned|booked|scheduled|arranged)|planned|due to start|starts? (?:on|next)|booked)\b",
        tail,
        re.IGNORECASE,
    ):
        return Standing.PLANNED
    return None


_CRITERIA = re.compile(
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
    return unit.section == "admin" and unit.kind in (UnitKind.ROW, UnitKind.ITEM, UnitKind.PROSE)


_TICK = re.compile(r"\[\s*([xX*]?)\s*\]")


def _unticked(sentence: Sentence, group: Group) -> bool:
    """Whether the last box before the drug is empty: "[ ] Accept for HD IL-2 [x] Not suitable"."""
    before = sentence.unit.marker + " " + sentence.text[: group.at]
    boxes = _TICK.findall(before)
    return bool(boxes) and not boxes[-1] and "[" in sentence.text


def _has_real_verb(sentence: Sentence, group: Group) -> bool:
    if group.agents == ("aldesleukin",):
        return False
    return bool(sentence.of("EV_START", "RESP")) or any(m.text.lower() != "off" for m in sentence.of("EV_STOP"))


def _bare_plan(sentence: Sentence, group: Group) -> bool:
    """"PLAN: HD IL-2 14/06/10" or "2. Everolimus 10 mg od": a plan in note form."""
    before = sentence.text[: group.at]
    if sentence.unit.label:
        before = re.sub(r"^[^:]{1,50}:", "", before)
    return bool(re.fullmatch(r"\W*(?:\w+\W+){0,4}", before)) and not re.search(
        r"\b(?:re|side effects?|toxicity|response|wash|off|stop\w*|hold|held|leaflet|info\w*|letter)\b",
        before,
        re.IGNORECASE,
    )


_HORMONE_DUE = re.compile(r"\b(?:as usual|(?:three|3)[- ]monthly|(?:next|due) (?:injection|infusion|dose)|is due)\b", re.IGNORECASE)


def _is_current(sentence: Sentence, group: Group) -> bool:
    if sentence.unit.section == "medication" or _HORMONE_DUE.search(sentence.text):
        return True
    before = sentence.text[max(0, group.at - 60) : group.at]
    after = sentence.text[group.to : group.to + 60]
    if re.search(r"\b(?:was|were|had|off|stopp\w+|until|previously)\b[^,;]*$", before, re.IGNORECASE):
        return False
    if re.search(r"[;]|\bbut\b|\bthen\b", before):
        before = re.split(r"[;]|\bbut\b|\bthen\b", before)[-1]
    if _CURRENT.search(before) or _ON_NOW.search(sentence.text[: group.at]):
        return True
    return bool(
        re.match(
            r"[^.;]{0,40}?\b(?:continues?|continuing|to continue|is continuing|ongoing|on-going|carries on|to carry on|currently|is (?:being )?(?:well )?tolerat\w+|since|to date|to present|- ?present|until now|remains|stays)\b",
            after,
            re.IGNORECASE,
        )
    )
