"""Which words are drugs: lookalikes, other uses, and short forms that need company."""

from __future__ import annotations

import re

from extract.fields.view import View
from extract.language.reading import Mention, Sentence, UnitKind
from extract.language.trying import trial

_OTHER_USE = trial(
    r"\b(?:intra-?vitreal|macula|macular|wet AMD|AMD|eye injections?|eyes?|retina\w*|topical|cream|stents?|eluting"
    r"|transplant\w*|graft|tacrolimus|hepatitis [bc]\b|chronic hepatitis|arthritis|rheumatoid|psoria\w+|lupus|vasculitis|multiple sclerosis"
    r"|warts?|keratos[ei]s|actinic|BCC|basal cell|solar|tuberous|myasthenia|crohn'?s?|colitis in \d{4}|gout|sarcoidosis"
    r"|ITP|pemphigus|lichen|keloid|endometriosis|fibroids|IVF|fertility|precocious|ectopic|abortion|intravesical"
    r"|bladder instillation|chemoemboli[sz]ation|TACE|emboli[sz]ation|emboli[sz]ed|denileukin|receptor antagonist|RA|DMARDs?|hydroxychloroquine|sulfasalazine|leflunomide|etanercept)\b",
    re.IGNORECASE,
)
_RHEUMATIC = trial(
    r"\b(?:rheumatoid|arthritis|lupus|vasculitis|psoria\w+|DMARDs?|rheumatolog\w+)\b", re.IGNORECASE
)
_GRAFT = trial(
    r"\b(?:transplant(?:ed)? (?:clinic|kidney|recipient)|graft|tacrolimus|ciclosporin|mycophenolate|tuberous)\b",
    re.IGNORECASE,
)
_EYE = trial(r"\b(?:intra-?vitreal|macula\w*|retina\w*|ophthalm\w+|eye clinic)\b", re.IGNORECASE)
#: Drugs that a letter with these words gives for something other than cancer.
_ELSEWHERE = {
    "methotrexate": _RHEUMATIC,
    "everolimus": _GRAFT,
    "bevacizumab": _EYE,
    "rituximab": _RHEUMATIC,
    "cyclophosphamide": _RHEUMATIC,
}
_BLOOD_CANCER = trial(
    r"\b(?:lymphoma|leuk\w+|CLL|myeloma|DLBCL|breast|choriocarcinoma|osteosarcoma)\b", re.IGNORECASE
)


#: Kinds of drugs that are given for nothing but cancer.
_CANCER_ONLY = frozenset(
    {"VEGFR-TKI", "EGFR-TKI", "kinase inhibitor", "checkpoint inhibitor", "PARP inhibitor"}
)


#: What drugs for cancer are tried for even so.
_TRIED_FOR = trial(
    r"\b(?:graft[- ](?:v|host)|GVHD|pulmonary hypertension|scleroderma|eluting|stents?|keloids?|topical|cream)",
    re.IGNORECASE,
)


def _only_for_cancer(view: View, mention: Mention, around: str) -> bool:
    """Whether talk of arthritis, a transplant or an eye beside the drug cannot be its reason."""
    if _TRIED_FOR.search(around):
        return False
    agents = mention.value("agents").split("|")
    return all(view.lexicon.drug_class(a) in _CANCER_ONLY for a in agents)


#: "a methotrexate-related lymphoma"
_CAUSED = trial(r"\bmethotrexate[- ](?:related|associated|induced)\b", re.IGNORECASE)


def _given_elsewhere(view: View, mention: Mention) -> bool:
    """Whether the letter gives a drug for arthritis, a graft or an eye rather than cancer."""
    agents = mention.value("agents").split("|")
    return any(agent in _ELSEWHERE for agent in agents) and not view.once(_uses).isdisjoint(agents)


def _uses(view: View) -> frozenset[str]:
    """The drugs that the letter gives for something else than cancer."""
    return frozenset(agent for agent in _ELSEWHERE if _used_elsewhere(view, agent))


def _used_elsewhere(view: View, agent: str) -> bool:
    rule = _ELSEWHERE[agent]
    if not rule.search(view.text):
        return False
    if rule is not _RHEUMATIC or not _BLOOD_CANCER.search(view.text):
        return True
    return agent == "methotrexate" and bool(_CAUSED.search(view.text))


def strong_agents(view: View) -> set[str]:
    """The drugs the letter names by a name that can mean nothing else."""
    strong: set[str] = set()
    for mention in view.mentions("AGENT"):
        if not mention.value("weak"):
            strong |= set(mention.value("agents").split("|"))
    return strong


def is_agent(view: View, sentence: Sentence, mention: Mention, known: set[str]) -> bool:
    """Whether a mention is the cancer drug, not its namesake: a test, a place, a short form."""
    text = sentence.text
    at = sentence.folded(mention.start)
    around = text[max(0, at - 80) : at + 100]
    if _OTHER_USE.search(around) and not _only_for_cancer(view, mention, around):
        return False
    after = text[at + len(mention.text) : at + len(mention.text) + 24].lower()
    before = text[max(0, at - 24) : at].lower()
    if re.match(r"\W*(?:trial group|receptor|inhibitor|gene)\b", after):
        return False
    if mention.text.lower().startswith(("interleukin", "il")) and re.match(
        r"\s?-?\s?(?:6|11|1|12|17)\b(?!\s*(?:doses|cycle))", after
    ):
        return False
    if before.endswith("/") and after.startswith("/") and not _in_a_run(sentence, mention):
        return False  # a reference: CL/ifn/0922
    if _given_elsewhere(view, mention):
        return False
    if re.search(r"\b(?:anti|il-2r|alpha|her2|er|pr)[\s/-]*$", before):
        return False
    agents = set(mention.value("agents").split("|"))
    if _namesake(mention, text, at):
        return False
    if not mention.value("weak") or _in_a_run(sentence, mention):
        return True
    if _joined_to_drug(sentence, mention):
        return True
    if mention.text.lower().startswith("interleukin"):
        return not re.match(r"\W*\d", after) or after.strip(" -").startswith("2")
    if (not _SAFE_SHORT.fullmatch(mention.text) and _unsafe(mention, after)) or re.search(
        r"\b(?:ct|cta|thorax)\s+$", before
    ):
        return False  # "Imp:", "CT CAP": a label, a scan
    return _short_form_is_agent(view, sentence, mention, at, agents, known)


def _namesake(mention: Mention, text: str, at: int) -> bool:
    """A pneumothorax, a prognostic index, a cycle."""
    if mention.text == "PTX" and _CHEST.search(text[:at][-60:]):
        return True
    return bool(_OTHER_SHORT.match(mention.text + text[at + len(mention.text) :])) or (
        mention.text.lower() == "cyclo" and bool(_ORDINAL.search(text[max(0, at - 24) : at]))
    )


_OTHER_SHORT = trial(r"IPI\W*(?:score\W*)?(?:of\W*)?[0-5]\b(?! ?mg)")
_CHEST = trial(
    r"\b(?:no|small|large|tiny|apical|right|left|[RL]|tension|residual|resolved)\s+$|\b(?:CXR|chest (?:x-?ray|film|drain)|effusion)\b",
    re.IGNORECASE,
)
_ORDINAL = trial(
    r"\b(?:first|second|third|fourth|fifth|sixth|each|this|next|last)\s+$", re.IGNORECASE
)


def _in_a_run(sentence: Sentence, mention: Mention) -> bool:
    """ "Prev IFN/Su/sora/eve": short forms joined by strokes are drugs together."""
    drugs = sorted(sentence.of("AGENT"), key=lambda m: m.start)
    run = [mention]
    here = drugs.index(mention)
    for other in drugs[here + 1 :]:
        if _stroke(sentence, run[-1], other):
            run.append(other)
    for other in reversed(drugs[:here]):
        if _stroke(sentence, other, run[0]):
            run.insert(0, other)
    return len(run) >= 3


#: Between a form and the drug it is given with: "oral S-1 and intravenous oxaliplatin".
_WITH_DRUG = trial(
    r"\W*(?:\([^()]{0,40}\)\W*)?(?:(?:and|plus|with)\W+)?(?:(?:oral|intravenous|iv|weekly|daily|high-dose|low-dose|intraperitoneal|subcutaneous|then)\W+)*",
    re.IGNORECASE,
)


def _joined_to_drug(sentence: Sentence, mention: Mention) -> bool:
    """A long form, or one in capitals or with a figure, joined to a drug that is in no doubt."""
    word = mention.text
    if len(word) < 6 and not (any(c.isdigit() for c in word) and any(c.isupper() for c in word)):
        return False
    at, to = sentence.folded(mention.start), sentence.folded(mention.end - 1) + 1
    for other in sentence.of("AGENT"):
        if other.value("weak"):
            continue
        start, stop = sentence.folded(other.start), sentence.folded(other.end - 1) + 1
        gap = sentence.text[to:start] if start >= to else sentence.text[stop:at]
        if gap.strip() and len(gap) < 60 and _WITH_DRUG.fullmatch(gap):
            return True
    return False


def _stroke(sentence: Sentence, left: Mention, right: Mention) -> bool:
    between = sentence.text[sentence.folded(left.end - 1) + 1 : sentence.folded(right.start)]
    return between.strip() == "/"


_DOSE_AFTER = trial(
    r"^\s*(?:->|→)|^\W{0,3}(?:\d|x\s?\d|od\b|bd\b|tds\b|[+/&]\W?\w|stopped|started|from\b|since\b|till\b|until\b|\()",
    re.IGNORECASE,
)
_JOINED_BEFORE = trial(r"[+/&]\s?$|->\s?$|→\s?$|\bon\s$|\bline\s$", re.IGNORECASE)
#: Short forms that mean little else in these letters.
_SAFE_SHORT = trial(
    r"su|sun|eve|evero|pazo|paz|sora|axi|cabo|bev|tem|tems|temsi|ifn\W?a?|nivo|ipi|pembro|atezo|ave|len|lenva|tivo|interleukin",
    re.IGNORECASE,
)


#: "EVE 10 od", "SUN 50 mg": a dose that is no count of anything else.
_DAILY_DOSE = re.compile(
    r"\W{0,2}\d[\d.]{0,6} ?(?:mg|mcg|MU|MIU|g/m2|mg/m2|od|bd|tds|daily)\b", re.IGNORECASE
)
#: "SUN: last cap 14/03/10", "EVE: stopped".
_LABEL_OF_DRUG = re.compile(
    r"\s*:\s*(?:last|final|first|started?|begun|began|stopped|off|from|since|given|completed|ongoing|continues)\b",
    re.IGNORECASE,
)


def _unsafe(mention: Mention, after: str) -> bool:
    """A short form used as a label ("Imp:", "BR = SD"), or in small letters ("on adm", "R adr")."""
    if re.match(r"\s*[:=]", after):
        return True
    return len(mention.text) <= 3 and sum(letter.isupper() for letter in mention.text) < 2


def _short_form_is_agent(
    view: View,
    sentence: Sentence,
    mention: Mention,
    at: int,
    agents: set[str],
    known: set[str],
) -> bool:
    """A form that is also a word counts beside a dose, a date, another drug, or in a list."""
    text = sentence.text
    to = at + len(mention.text)
    if mention.text.islower() and view.lexicon.is_first_name(mention.text):
        return True  # in small letters it is no one's name
    if mention.text.isupper() and len(mention.text) >= 3:
        if _DAILY_DOSE.match(text[to:]):
            return True
        if at < 3 and _LABEL_OF_DRUG.match(text[to:]):
            return True
    shaped = bool(_DOSE_AFTER.match(text[to:])) or bool(_JOINED_BEFORE.search(text[:at]))
    capital = mention.text[:1].isupper()
    if agents & known:
        return capital or shaped or sentence.unit.kind is not UnitKind.PROSE
    if (
        sum(letter.isupper() for letter in mention.text) >= 2
        and len(mention.text) >= 3
        and _beside_treatment(sentence, mention, at, to)
    ):
        return True
    listed = sentence.unit.section in {"treatment", "plan", "medication"}
    if len(mention.text) <= 4 and not mention.text.isupper() and not shaped:
        return False
    if listed:
        return capital or shaped
    spoken = bool(sentence.of("EV_START", "EV_STOP", "EV_GIVEN", "EV_SWITCH", "LINE", "RESP"))
    return spoken and shaped and capital


def _beside_treatment(sentence: Sentence, mention: Mention, at: int, to: int) -> bool:
    """An acronym right after a verb of treatment, or in a list with other drugs."""
    text = sentence.text
    if re.search(
        r"\b(?:cycles?|courses?|doses?|regimen|protocol|(?:chemo|treat\w*|therapy|treated)\s+(?:with|using|by)|using|x\s?\d)\s+(?:of\s+)?(?:the\s+)?$",
        text[:at],
        re.IGNORECASE,
    ):
        return True
    if re.match(
        r"\W*(?:regimen|protocol|chemotherapy|therapy|cycles?|x\s?\d|(?:was|were|had been|has been) (?:\w+ly )?(?:started|begun|commenced|given|completed|stopped|discontinued|continued|administered|initiated|repeated|switched|changed|followed))\b",
        text[to:],
        re.IGNORECASE,
    ):
        return True
    for other in sentence.of(
        "EV_START", "EV_GIVEN", "EV_SWITCH", "EV_RESTART", "EV_COMPLETED", "AGENT"
    ):
        if other is mention:
            continue
        stop = sentence.folded(other.end - 1) + 1
        start = sentence.folded(other.start)
        if stop <= at and re.fullmatch(
            r"\W*(?:(?:and|then|the|of|with|to|cycles?|courses?|\w+ cycles of)\W*)*", text[stop:at]
        ):
            return True
        if (
            start >= to
            and other.label == "AGENT"
            and re.fullmatch(r"\W*(?:(?:and|then|or|followed by)\W*)*", text[to:start])
        ):
            return True
    return False
