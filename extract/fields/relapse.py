"""Whether disease has come back, after an operation or after a complete response.

A word of return is needed. What it came back after is what the words beside it say
("since the nephrectomy"), else what last cleared the disease before it in the letter: an
operation, or a complete response and the drugs it was tied to.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extract.fields.subject import Others
from extract.fields.ticks import ticked
from extract.fields.view import Draft, View
from extract.language.reading import Mention, Sentence, UnitKind
from extract.records import Field, Reason

SURGERY: Final = "surgery"

_NO: Final = re.compile(
    r"\b(?:no(?! (?:doubt|question|surprise))|not|without|never|nor|neither|free (?:of|from)|absence of|hasn't|haven't|hadn't|didn't"
    r"|doesn't|isn't|negative for|nothing to suggest|clear of|nil|none|exclud(?:es?|ed|ing)|rul(?:es?|ed)"
    r" out|against|no longer any)\b(?P<gap>[^.;:]*)$",
    re.IGNORECASE,
)
#: Words that cut a "no" off from what follows them.
_CUT: Final = re.compile(
    r"\b(?:but|however|although|then|until|before|he|she|you|which|who|when|started|developed"
    r"|followed|unfortunately|later|subsequently|now)\b|->|→",
    re.IGNORECASE,
)
_VERB_NO: Final = re.compile(r"\b(?:not|never|n't|nor)(?: \w+){0,3} $", re.IGNORECASE)
_AFTER_NO: Final = re.compile(
    r"^\s*(?:(?:status|after (?:cr|il-?2|surgery))\s*)?(?:[:=?-]\s*(?:no|none|nil|n|negative|absent|not)\b"
    r"(?!/)|(?:was|is|has been|were)? ?(?:not (?:seen|found|present|identified|detected|noted|observed"
    r"|shown|demonstrated)|absent|excluded|ruled out)\b)",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:after (?:cr|surgery)\s*)?[:=?]\s*(?:n/?a\b|not applicable|unknown|-|\.{2,}|_+|$)",
    re.IGNORECASE,
)
_ONLY_IF: Final = re.compile(
    r"\b(?:if|should|were (?:he|she|it|they|the|anything|this)|unless|in case|in the event|would|could"
    r"|might|may|can(?:not|'t)?|will|risks?|chances?|likelihood|probability|odds|fears?|worr(?:y|ied)"
    r"|prevent\w*|reduc\w+|avoid\w*|delay\w*|monitor\w*|watch\w*|rates?|possib\w+|probabl[ey]|query"
    r"|queried|suspicio\w+|suspected|concern\w*|to exclude|evaluate|promise|to see|whether|questionable"
    r"|to rule out|look(?:ing|ed)? (?:out )?for|surveillance for|time to|at|on|upon|to detect)\b"
    r"[^.;:]{0,48}$|\?\s?(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_UNREAL_AFTER: Final = re.compile(
    r"^\s*(?:\?|(?:is|are|was|were) (?:possible|suspected|likely|feared|queried|unlikely)\b|cannot be"
    r"|could not be excluded|not excluded|(?:rate|risk|score|surveillance|survival)\b)",
    re.IGNORECASE,
)
_CROWD: Final = re.compile(
    r"\b(?:patients|participants?|those|series|studies|literature|people|women|men|cases|eligible"
    r"|criteria|subjects|incidence|prognos\w+|response rates?|rates? of|commonly|typically|survival|of us"
    r"|must|enrol\w*|inclusion|exclusion|prior malignanc\w+|reported cases|trial of)\b",
    re.IGNORECASE,
)
#: What comes back and is no cancer.
_OTHER_ILL: Final = re.compile(
    r"\b(?:rash|pneumonitis|colitis|fevers?|pains?|effusions?|ascites|infections?|sepsis|symptoms?"
    r"|cough|hypertension|diarrh\w+|toxicit\w+|side effects?|reactions?|bleed\w*|haematuria|hematuria"
    r"|thromb\w+|clots?|dvt|pe|seizures?|fits|headaches?|nausea|neuropathy|hepatitis|depression|anx\w+"
    r"|arrhythmia|af|fibrillation|strokes?|tias?|gout|utis?|hernias?|stones?|polyps?|ulcers?|swelling"
    r"|o?edema|energy|appetite|hair|weight|mood|confusion|delirium|hypercalc\w+|arthritis|ms|asthma"
    r"|eczema|psoriasis|alcohol\w*|drinking|smoking|colds?|vomiting|hiccups|stricture|falls?|angina"
    r"|myocarditis|pancreatitis|nephritis|proteinuria|hyponat\w+|pneumothora\w+|cellulitis|abscess\w*"
    r"|shingles|cysts?|sclerosis|malaria|colic|syncope|cramps?)\b",
    re.IGNORECASE,
)
_KIN: Final = re.compile(
    r"\b(?:mother|father|brother|sister|son|daughter|uncle|aunt|cousin|nephew|niece|husband|wife"
    r"|partner|spouse|neighbou?r|friend)(?:[ -]in[ -]law)?\b(?! (?:and|who|was present|present))"
    r"(?:(?!\b(?:he|she|you|i|we|patient|pt|mr|mrs|today)\b)[^.;])*$",
    re.IGNORECASE,
)
_POSTOP: Final = re.compile(r"^[^.;]{0,70}?\bpost-?\s?operat\w+|^[^.;]{0,40}?\bafter surgery\b", re.I)
_OF: Final = re.compile(r"^ of (?P<what>(?:\w+[ -]?){1,5})", re.IGNORECASE)
_LINK: Final = re.compile(
    r"^[^.;]{0,50}?\b(?:after|following|since|post|from|despite|out from|to)\b(?P<what>[^.;]{0,70})",
    re.IGNORECASE,
)
#: "Four months after his operation the cancer was back"; "30 months from transplant, no relapse".
_LEAD: Final = re.compile(
    r"\b(?:after|following|since|from|post|out of)\b(?P<what>[^.;]{3,60}?)(?:,| with(?:out)?\b| and\b"
    r"| there\b| he\b| she\b| you\b| the\b| her\b| his\b| no\b|\s$)[^.;,]{0,40}$",
    re.IGNORECASE,
)
_LOCAL: Final = re.compile(
    r"\blocal(?:ly)?\b|\b(?:renal|nephrectomy|tumou?r|surgical|resection|operative) (?:bed|site|margin)"
    r"|\bin the (?:breast|bed|scar|chest wall|axilla|neck|stump)\b",
    re.IGNORECASE,
)
_SPREAD: Final = re.compile(
    r"\bmetasta\w+|\bmets?\b|\bsecondaries\b|\bprogress(?:ion|ed|ive)\b|\bPD\b", re.IGNORECASE
)
_BEFORE_RETURN: Final = re.compile(r"\b(?:until|till|before)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clearance:
    """Something that cleared the disease: where, and the items it stands for."""

    start: int
    end: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """One telling that disease has, or has not, come back.

    ``anchor`` is where what it came back after stands, -1 where nothing before tells;
    ``weak`` marks one in another sentence.
    """

    mention: Mention
    value: str
    items: tuple[str, ...] = ()
    anchor: int = -1
    weak: bool = False
    reasons: tuple[Reason, ...] = ()


def find(view: View, drafts: Sequence[Draft] = ()) -> Iterator[Draft]:
    """Relapses and stated freedom from relapse.

    Args:
        view: the letter.
        drafts: what the therapy module found in it: complete responses name the drug.
    """
    if next(view.mentions("RELAPSE"), None) is None:
        return
    others = Others(view.reading)
    told = [one for m in view.mentions("RELAPSE") if (one := _told(view, others, m))]
    if not told:
        return
    clearances = _clearances(view, others, drafts)
    placed = [_placed(view, one, clearances) for one in told]
    for one in _settled(placed):
        for item in one.items:
            yield view.draft(
                Field.RELAPSE, one.value, one.mention, one.mention.rule, item=item,
                reasons=one.reasons,
            )  # fmt: skip


# ------------------------------------------------------------------ what is said


def _told(view: View, others: Others, mention: Mention) -> Return | None:
    sentence = view.reading.sentence(mention)
    at = sentence.folded(mention.start)
    to = sentence.folded(mention.end - 1) + 1
    before, after = sentence.text[:at], sentence.text[to:]
    if _KIN.search(before) or others.holds(sentence, mention.start) or sentence.unit.section in {"family", "criteria"}:
        return None
    if _CROWD.search(before[-110:]) or _CROWD.search(after[:40]) or _not_cancer(mention, before, after):
        return None
    value = _value(mention, before, after, ticked(sentence.text, at, to))
    if not value or (value == "no" and sentence.unit.copied):
        return None
    if value == "no" and _partial(view, mention, before, after):
        return None
    return Return(mention, value)


def _value(mention: Mention, before: str, after: str, box: bool | None) -> str:
    """``yes``, ``no``, or empty where nothing is asserted."""
    if box is not None:
        return "yes" if box else ""
    if _EMPTY.match(after):
        return ""
    if _AFTER_NO.match(after):
        return "no"
    form = mention.value("form")
    if form == "free":
        return "" if _ONLY_IF.search(before) else "no"
    negated = _negated(form, mention.text, before)
    if _ONLY_IF.search(before) and not (negated and not _strongly(before)):
        return ""
    if _UNREAL_AFTER.match(after):
        return ""
    if negated:
        return "" if _BEFORE_RETURN.match(after.strip()) else "no"
    if re.match(r"\s*[:=]\s*(?:yes|y)\b", after, re.IGNORECASE):
        return "yes"
    return "yes"


def _strongly(before: str) -> bool:
    return bool(re.search(r"\b(?:if|should|were|unless|would|could|might|risk|chance)\b", before[-60:], re.I))


def _negated(form: str, text: str, before: str) -> bool:
    found = _NO.search(before)
    if found is None:
        return False
    gap = found["gap"]
    if _CUT.search(gap) or len(gap) > 70:
        return False
    if form == "verb":
        return bool(_VERB_NO.search(before)) or bool(re.search(r"\b(?:no|nothing|none)\b", gap))
    if form == "return":
        return len(gap) < 45
    return gap.count(",") <= 1 or len(gap) < 40


def _not_cancer(mention: Mention, before: str, after: str) -> bool:
    of = _OF.match(after)
    if of:
        return bool(_OTHER_ILL.search(of["what"]))
    near = re.split(r"[.;:,]|\band\b|\bwith\b", before[-50:])[-1]
    return bool(_OTHER_ILL.search(near)) and mention.value("form") in {"verb", "noun"}


def _partial(view: View, mention: Mention, before: str, after: str) -> bool:
    """A "no local recurrence" that leaves spread elsewhere unsaid or said."""
    local = _LOCAL.search(mention.text) or _LOCAL.search(after[:60]) or _LOCAL.search(before[-30:])
    return bool(local and _SPREAD.search(view.text))


# ------------------------------------------------------------- what it came after


def _clearances(view: View, others: Others, drafts: Sequence[Draft]) -> list[Clearance]:
    """Operations, complete responses and transplants in order of place."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for draft in drafts:
        if draft.field is Field.RESPONSE and draft.value == "CR":
            span = (draft.start, draft.end)
            found[span] = tuple(dict.fromkeys((*found.get(span, ()), draft.item)))
    spans = list(found)
    for mention in view.mentions("SURGERY"):
        if not _happened(view, others, mention):
            continue
        found.setdefault((mention.start, mention.end), (SURGERY,))
    for mention in view.mentions("OTHER_CLEARANCE"):
        near = any(abs(start - mention.start) < 160 for start, _ in spans)
        if _happened(view, others, mention) and not near:
            found.setdefault((mention.start, mention.end), ("",))
    return [Clearance(*span, items) for span, items in sorted(found.items())]


def _happened(view: View, others: Others, mention: Mention) -> bool:
    if mention.modifiers & {"negated", "hypothetical", "family", "criteria", "planned", "discussed"}:
        sentence = view.reading.sentence(mention)
        before = sentence.text[: sentence.folded(mention.start)][-45:]
        if re.search(
            r"\b(?:no|not|never|without|if|consider\w*|for|planned?|discuss\w*|declin\w*|would|could|may"
            r"|might|awaiting|suitable|candidate|booked|possible|role for|refused|un(?:fit|suitable))\b",
            before,
            re.IGNORECASE,
        ):
            return False
    return not others.holds(view.reading.sentence(mention), mention.start)


def _placed(view: View, one: Return, clearances: list[Clearance]) -> Return:
    linked = _linked(view, one, clearances)
    if linked is not None:
        return replace(one, items=linked, anchor=one.mention.start)
    starts = [c.start for c in clearances]
    index = bisect_left(starts, one.mention.start) - 1
    if index >= 0:
        anchor = clearances[index].start
        weak = anchor < view.reading.sentence(one.mention).start
        return replace(one, items=clearances[index].items, anchor=anchor, weak=weak)
    if clearances and one.mention.value("form") != "adjective":
        first = clearances[0]
        return replace(one, items=first.items, reasons=(*one.reasons, Reason.DISTANT))
    return one


def _linked(view: View, one: Return, clearances: list[Clearance]) -> tuple[str, ...] | None:
    """What the words beside say it came after; None where they say nothing."""
    sentence = view.reading.sentence(one.mention)
    to = sentence.folded(one.mention.end - 1) + 1
    text = sentence.text
    if _POSTOP.match(text[to:]):
        return (SURGERY,)
    link = _LINK.match(text[to:])
    if link is not None and link["what"].strip():
        found = _meant(view, one, clearances, sentence, to + link.start("what"), to + link.end("what"))
        if found is not None:
            return found
    at = sentence.folded(one.mention.start)
    lead = _LEAD.search(text[:at])
    if lead is None or not lead["what"].strip():
        return None
    return _meant(view, one, clearances, sentence, lead.start("what"), lead.end("what"))


def _meant(
    view: View, one: Return, clearances: list[Clearance], sentence: Sentence, first: int, last: int
) -> tuple[str, ...] | None:
    """The items of what stands between two places of a sentence; None where nothing does."""
    start, end = sentence.raw(first, last)

    def within(label: str) -> list[Mention]:
        return [m for m in sentence.of(label) if start <= m.start < end]

    agents = list(dict.fromkeys(a for m in within("AGENT") for a in m.value("agents").split("|")))
    held = [c for c in clearances if start <= c.start < end]
    if held:
        named = tuple(item for item in held[0].items if item)
        return named or tuple(agents) or held[0].items
    if within("SURGERY"):
        return (SURGERY,)
    if within("OTHER_CLEARANCE"):
        return ("",)
    responders = [item for c in clearances for item in c.items if item.split("#")[0] in agents]
    if responders:
        return tuple(dict.fromkeys(responders))
    if agents or within("TREATMENT_WORD"):
        cleared = [c for c in clearances if SURGERY not in c.items and c.start < one.mention.start]
        return cleared[-1].items if cleared else ("",)
    return None


# ------------------------------------------------------------------ one fact once


def _settled(placed: list[Return]) -> list[Return]:
    """Leave out what another telling says better, and a "no" that a later return undoes."""
    kept: list[Return] = []
    for one in placed:
        if one.anchor < 0 and any(o.value == one.value and o.anchor >= 0 for o in placed):
            continue
        if one.anchor < 0 and not one.items and one.mention.value("form") == "adjective":
            continue  # "recurrent glioma": the name of an illness, not a story of return
        if one.weak and SURGERY in one.items and _told_before(one, placed):
            continue  # the same return again: an old operation merely stands nearer
        kept.append(replace(one, items=one.items or ("",)))
    return [one for one in kept if not _undone(one, kept)]


def _told_before(one: Return, placed: list[Return]) -> bool:
    return any(
        o.value == one.value and SURGERY not in o.items and 0 <= o.anchor
        and o.mention.start < one.mention.start
        for o in placed
    )  # fmt: skip


def _undone(one: Return, kept: list[Return]) -> bool:
    if one.value != "no":
        return False
    return any(
        other.value == "yes"
        and set(other.items) & set(one.items)
        and not (one.anchor > other.mention.start)
        for other in kept
    )
