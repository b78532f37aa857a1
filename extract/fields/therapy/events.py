"""What is said to have happened in a sentence, and which date says when.

A date belongs to the nearest head: a verb of starting or stopping, a scan, a response, an
operation, or the drug itself. Nearness is counted in words, with tolls for punctuation
and for other dates in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from extract.fields.therapy.model import Group
from extract.fields.view import View
from extract.language.gates import Gates
from extract.language.reading import Mention, Sentence, UnitKind
from extract.language.trying import Trial, trial
from extract.values.rawdates import RawDate


class Role(StrEnum):
    """What a head makes of a date beside it."""

    START = "start"
    END = "end"
    ASSESS = "assess"
    SWITCH = "switch"
    DRUG = "drug"
    OTHER = "other"


@dataclass(slots=True)
class Head:
    """A word that dates hang on."""

    role: Role
    at: int
    to: int
    mention: Mention | None = None
    group: Group | None = None


@dataclass(slots=True)
class When:
    """A date, or the two ends of a range, with the head it hangs on."""

    raw: RawDate
    at: int
    to: int
    head: Head | None
    until: RawDate | None = None
    cost: float = 0.0


@dataclass(slots=True)
class Scene:
    """One sentence with its groups, heads and dates."""

    sentence: Sentence
    groups: list[Group]
    heads: list[Head] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)

    def verbs(self) -> list[Head]:
        """Heads that are verbs of starting, stopping or changing."""
        return [h for h in self.heads if h.mention is not None and h.role in _VERB_ROLES]


_VERB_ROLES = {Role.START, Role.END, Role.SWITCH}
_BY_LABEL = {
    "EV_START": Role.START,
    "EV_RESTART": Role.START,
    "EV_STOP": Role.END,
    "EV_COMPLETED": Role.END,
    "EV_SWITCH": Role.SWITCH,
    "RESP": Role.ASSESS,
}
_WORDS: tuple[tuple[Role, Trial], ...] = (
    (
        Role.ASSESS,
        trial(
            r"\b(?:(?:re-?staging |staging |follow-up |first |second |last |latest |most recent |repeat |interval |surveillance |progress |post-\w+ )?"
            r"(?:most recent|latest|CTs?|scans?|MRIs?|PETs?(?:[-/]CT)?|imaging|x-rays?|CXR|films?|ultrasound|USS|bone scan|restaging|re-staging|scanned|re-scan\w*|radiolog\w+|recist|assessment))\b"
        ),
    ),
    (
        Role.OTHER,
        trial(
            r"\b(?:nephrectom\w+|surgery|operat\w+|operation|resect\w+|removed|excis\w+|radiotherap\w+|XRT|RT|Gy|cyberknife|gamma knife|SABR|SBRT"
            r"|diagnos\w+|biops\w+|echo\w*|clinic|seen|saw|admi(?:tted|ssion)|discharg\w+|letter|typed|dictated|referr\w+|review(?:ed)?|appointment"
            r"|MDT|meeting|died|death|relaps\w+|recurr\w+|metasta\w+|mets|transplant\w*|autograft|SCT|ASCT|consent\w*|bloods|fracture\w*|nx|x-ray"
            r"|mastectom\w+|lumpectom\w+|colectom\w+|hemicolectom\w+|prostatectom\w+|lobectom\w+|metastasectom\w+|craniotom\w+|thyroidectom\w+|adrenalectom\w+|orchidectom\w+|WLE|procedure"
            r"|present(?:ed|ation)|found|noted|born|dob|held|paused|withheld|reduced|dose reduction|reduction|increased|path\w*|report\w*|sample\w*|PSA|TSH|LDH|weight|ecog|ps|visit|telephone\w*|phone\w*|developed|hospitali[sz]ed|embolis\w+|ablation|stent\w*|pacemaker|married|retired|toxicity|rash|pneumonitis|colitis|transfus\w+)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Role.START,
        trial(
            r"\bthe first(?: one| of (?:them|these|which|it))?(?=,?\s+(?:on|in|was|being|given)\b)"
            r"|\bfirst (?:course|cycle|infusion)(?: of (?:which|it|them))?(?=,?\s+(?:(?:on|in|was|is|will be|began|from)\s+){0,2}(?:\d|[A-Z][a-z]{2,8} \d))",
            re.IGNORECASE,
        ),
    ),
    (
        Role.END,
        trial(
            r"\bthe last(?: one| of (?:them|these|which|it))?(?=,?\s+(?:on|in|was|being|given)\b)",
            re.IGNORECASE,
        ),
    ),
    (
        Role.END,
        trial(
            r"\blast:?(?=\s\(?\d)|\blast (?:on|in|at)(?=\s\d)"
            r"|(?<=stopped )(?:as of|from|since|with effect from|w\.?e\.?f\.?)(?=\s)"
            r"|(?<=discontinued )(?:as of|from|since|with effect from|w\.?e\.?f\.?)(?=\s)"
            r"|(?<=stop )(?:as of|from|with effect from)(?=\s)|(?<=taking it )(?:as of|from)(?=\s)|(?<=withdrawn )(?:as of|from)(?=\s)",
            re.IGNORECASE,
        ),
    ),
    (
        Role.START,
        trial(
            r"\b(?:scheduled|due|planned|booked|expected) to (?:begin|start|commence)(?=\s)|\bto (?:start|begin|commence)(?=\s(?:at \w+ )?(?:on|in|from)\s)"
            r"|\b(?:(?<!stopped )(?<!discontinued )(?<!stop )(?<!taking it )(?<!withdrawn )(?:from|as of|w\.?e\.?f\.?)|since|start date:?)(?=\s)",
            re.IGNORECASE,
        ),
    ),
    (
        Role.END,
        trial(
            r"\b(?:until|till|through(?: to)?|up to|up until|to end|end date:?|last dose|last took)(?=\s)",
            re.IGNORECASE,
        ),
    ),
)
_WORD_GATES = Gates(_WORDS)
_TOLL = trial(
    r";|\. |,|\(|\)|\band\b|\bbut\b|\bthen\b|\bwhen\b|\bwhich\b|\bafter\b|->|→|\d{1,2}[./]\d{1,2}",
    re.IGNORECASE,
)
_TOLLS = {
    ";": 12.0,
    ". ": 12.0,
    ",": 3.0,
    "(": 1.5,
    ")": 3.0,
    "and": 4.0,
    "but": 8.0,
    "then": 8.0,
    "when": 5.0,
    "which": 2.0,
    "after": 6.0,
    "->": 3.0,
    "→": 3.0,
}


def scene(view: View, sentence: Sentence, groups: list[Group]) -> Scene:
    """The sentence with every date hung on its head."""
    heads = list(_heads(sentence, groups))
    made = Scene(sentence, groups, heads)
    made.whens = list(_whens(view, sentence, heads))
    return made


def _heads(sentence: Sentence, groups: list[Group]) -> Iterable[Head]:
    taken: list[tuple[int, int]] = []
    for group in groups:
        yield Head(Role.DRUG, group.at, group.to, None, group)
    for mention in sentence.of(*_BY_LABEL):
        at, to = sentence.folded(mention.start), sentence.folded(mention.end - 1) + 1
        if any(g.at <= at < g.to for g in groups):
            continue
        taken.append((at, to))
        yield Head(_BY_LABEL[mention.label], at, to, mention)
    for role, rule in _WORD_GATES.open_to(sentence.text):
        for match in rule.finditer(sentence.text):
            if not any(a <= match.start() < b for a, b in taken):
                yield Head(role, match.start(), match.end())


def _whens(view: View, sentence: Sentence, heads: list[Head]) -> Iterable[When]:
    dates = [d for d in view.dates_in(sentence.start, sentence.end) if d.end <= sentence.end]
    ranges = {first.start: last for first, last in view.ranges_in(sentence.start, sentence.end)}
    inside = {last.start for last in ranges.values()}
    places = [(sentence.folded(d.start), sentence.folded(d.end - 1) + 1) for d in dates]
    for raw, (at, to) in zip(dates, places, strict=True):
        written = view.text[raw.start : raw.end]
        if (
            sentence.unit.kind is not UnitKind.ROW
            and re.fullmatch(r"\d{1,2}/(?:12|52|7)", written)
            and any(
                _FOR_SO_LONG.fullmatch(sentence.text[g.to : at]) for h in heads if (g := h.group)
            )
        ):
            continue  # "SUN 10/12": ten months of it
        if raw.start in inside or any(h.group and h.at <= at < h.to for h in heads):
            continue
        until = ranges.get(raw.start)
        if until is not None:
            to = max(to, sentence.folded(until.end - 1) + 1)  # noqa: PLW2901
            raw, until = _paired(view, raw), _paired(view, until)  # noqa: PLW2901
            if sentence.text[:at].rstrip(" :").lower().endswith("sun"):  # sunitinib, no Sunday
                raw, until = _month(raw), _month(until)  # noqa: PLW2901
        head, cost = nearest(sentence.text, at, to, heads)
        yield When(raw, at, to, head, until, cost)


def _month(raw: RawDate) -> RawDate:
    return replace(raw, reading="my", partner=None) if raw.kind == "numeric_my" else raw


def _paired(view: View, raw: RawDate) -> RawDate:
    """The same date as the range finder linked it, so that a missing year is borrowed."""
    for first, last in view.ranges:
        if first.start == raw.start:
            return first
        if last.start == raw.start:
            return last
    return raw


#: "The first scan after interleukin-2 was on 6 January": the day of the scan.
_AFTER_IT = re.compile(
    r"\b(?:after|since|following|before|post)\s+(?:(?:the|his|her|your|high|dose|HD|high-dose)\s+)*$",
    re.IGNORECASE,
)
_FOR_SO_LONG = re.compile(r"\W*(?:for|x|\d+ ?mg|od|daily)?\W*", re.IGNORECASE)
_NEXT_TO = re.compile(
    r"\W*(?:(?:the|a|an|about|around|approximately|roughly|circa|early|mid|middle|late|beginning|start|end|first|second|last|week|half"
    r"|part|of|in|on|at|or|day|spring|summer|autumn|winter|next|commencing|beginning|was|then|w/c|wc|it|his|her|their|dated|date|sometime|some|time|will|be|is|were|being|at \w+ on|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*)\W*)*",
    re.IGNORECASE,
)


def _speaks_of(head: Head, gap: str) -> bool:
    """Whether "from" and "until", which speak of what comes right after, reach a date."""
    if head.role not in (Role.START, Role.END):
        return True
    if len(gap.split()) > 3:
        return False  # "removed from the list 7 October" is no start
    return head.role is Role.END or bool(_NEXT_TO.fullmatch(gap))


def nearest(text: str, at: int, to: int, heads: Iterable[Head]) -> tuple[Head | None, float]:
    """The head a date at ``text[at:to]`` hangs on, and how far it is."""
    best: Head | None = None
    least = 40.0
    for head in heads:
        if head.to <= at:
            gap = text[head.to : at]
            cost = gap_cost(gap)
            if head.mention is None and not _speaks_of(head, gap):
                continue
            if head.role is Role.DRUG:
                cost += 9.0 if _AFTER_IT.search(text[: head.at]) else 0.6
            if head.role is Role.SWITCH:
                cost += 1.0
        elif head.at >= to:
            cost = gap_cost(text[to : head.at]) + (1.2 if _leads(text, at) else 3.5)
            if head.role is Role.DRUG and not re.fullmatch(
                r"\s*(?:[-:,;]|->|→|of|on|for|the|with|dose)*\s*(?:\w+\s)?", text[to : head.at]
            ):
                continue
            if head.role is Role.DRUG:
                cost += 1.5
            if text[head.at : head.to].lower() in ("from", "since", "until", "till", "up to"):
                continue
        else:
            continue
        if head.role is Role.OTHER:
            cost += 0.2
        if cost < least:
            best, least = head, cost
    return best, least


def _leads(text: str, at: int) -> bool:
    """Whether a date opens its clause: "In May 2010 he started ..."."""
    return bool(
        re.search(
            r"(?:^|[.;:,(]|\band\b|\bbut\b|\bthen\b)\s*(?:(?:on|in|by|since|during|around|about|the|early|late|mid)\s+)*$",
            text[:at],
            re.IGNORECASE,
        )
    )


def gap_cost(gap: str) -> float:
    """How far apart two things are: words, with tolls for what separates clauses."""
    cost = 0.0
    if "(" in gap and ")" in gap:
        inner = re.subn(r"\([^()]{0,40}\)", " ", gap)
        gap, cost = inner[0], 1.0 * inner[1]
    cost += 0.5 * len(re.findall(r"\w+", gap))
    for match in _TOLL.finditer(gap):
        cost += _TOLLS.get(match.group().lower(), 4.0)
    return cost
