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
from functools import cache
from typing import Final

from extract.fields.boxed import box_of
from extract.fields.cues import Cues, load_cues
from extract.fields.subject import Others
from extract.fields.view import Draft, View
from extract.language.reading import Mention, Sentence
from extract.language.trying import trial
from extract.records import Field, Reason

SURGERY: Final = "surgery"
_HELD_ONCE: Final = trial(
    r"\b(?:discharged|signed off|released)\b[^.;]*\b(?:after|at)\b[^.;]*\b(?:without|with no|free of|no)\s$",
    re.IGNORECASE,
)
_ADJUVANT: Final = trial(r"(?<!neo)(?<!neo-)\badjuvant", re.IGNORECASE)
_UNSAID: Final = frozenset({"negated", "hypothetical", "family", "criteria", "discussed"})


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
    others = Others.of(view.reading)
    told = [one for m in view.mentions("RELAPSE") if (one := _told(view, others, m))]
    if not told:
        return
    clearances = _clearances(view, others, drafts)
    placed = [_placed(view, one, clearances) for one in told]
    for one in _settled(placed):
        items = _named(one.items)
        doubt = () if set(one.items) <= set(items) else (Reason.INFERRED,)  # after several drugs
        for item in items:
            yield view.draft(
                Field.RELAPSE, one.value, one.mention, one.mention.rule, item=item,
                reasons=(*one.reasons, *(doubt if not item else ())),
            )  # fmt: skip


def _named(items: tuple[str, ...]) -> tuple[str, ...]:
    """What a relapse is named after: surgery, one agent; nothing after several together."""
    agents = tuple(item for item in items if item != SURGERY)
    return items if len(agents) <= 1 else (*(i for i in items if i == SURGERY), "")


@cache
def _cues() -> Cues:
    return load_cues("relapse")


# ------------------------------------------------------------------ what is said


def _told(view: View, others: Others, mention: Mention) -> Return | None:
    sentence = view.reading.sentence(mention)
    at = sentence.folded(mention.start)
    to = sentence.folded(mention.end - 1) + 1
    before, after = sentence.text[:at], sentence.text[to:]
    if (
        _cues()["kin"].search(before)
        or others.holds(sentence, mention.start)
        or sentence.unit.section in {"family", "criteria"}
    ):
        return None
    if (
        _cues()["crowd"].search(before[-110:])
        or _cues()["crowd"].search(after[:40])
        or _not_cancer(mention, before, after)
    ):
        return None
    value = _value(mention, before, after, box_of(sentence, at, to))
    if value == "no" and _HELD_ONCE.search(before):
        return None  # how it was when he was discharged, long ago
    if not value or (value == "no" and sentence.unit.copied):
        return None
    if value == "no" and _partial(view, mention, before, after):
        return None
    return Return(mention, value)


def _value(mention: Mention, before: str, after: str, box: bool | None) -> str:
    """``yes``, ``no``, or empty where nothing is asserted."""
    if box is not None:
        return "yes" if box else ""
    if _cues()["empty"].match(after):
        return ""
    if _cues()["after_no"].match(after):
        return "no"
    form = mention.value("form")
    if form == "free":
        return "" if _cues()["only_if"].search(before) else "no"
    negated = _negated(form, before)
    if _cues()["only_if"].search(before) and not (negated and not _strongly(before)):
        return ""
    if _cues()["unreal_after"].match(after):
        return ""
    if negated:
        return "" if _cues()["until"].match(after.strip()) else "no"
    return "yes"


def _strongly(before: str) -> bool:
    return bool(_cues()["supposed"].search(before[-60:]))


def _negated(form: str, before: str) -> bool:
    found = _cues()["negation"].search(before)
    if found is None:
        return False
    gap = found["gap"]
    if _cues()["cut"].search(gap) or len(gap) > 70:
        return False
    if form == "verb":
        return bool(_cues()["verb_no"].search(before)) or bool(_cues()["no_word"].search(gap))
    if form == "return":
        return len(gap) < 45
    return gap.count(",") <= 1 or len(gap) < 40


def _not_cancer(mention: Mention, before: str, after: str) -> bool:
    of = _cues()["of"].match(after)
    if of:
        return bool(_cues()["other_illness"].search(of["what"]))
    near = re.split(r"[.;:,]|\band\b|\bwith\b", before[-50:])[-1]
    return bool(_cues()["other_illness"].search(near)) and mention.value("form") in {"verb", "noun"}


def _partial(view: View, mention: Mention, before: str, after: str) -> bool:
    """A "no local recurrence" that leaves spread elsewhere unsaid or said."""
    local = (
        _cues()["local"].search(mention.text)
        or _cues()["local"].search(after[:60])
        or _cues()["local"].search(before[-30:])
    )
    return bool(local and _cues()["spread"].search(view.text))


# ------------------------------------------------------------- what it came after


def _clearances(view: View, others: Others, drafts: Sequence[Draft]) -> list[Clearance]:
    """Operations, complete responses and transplants in order of place."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for draft in drafts:
        if draft.field is Field.RESPONSE and draft.value == "CR":
            span = (draft.start, draft.end)
            found[span] = tuple(dict.fromkeys((*found.get(span, ()), draft.item)))
    found |= dict(_unclaimed(view, others, set(found)))
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


def _unclaimed(
    view: View, others: Others, claimed: set[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Complete responses that the therapy module left alone, with the drugs named beside."""
    for mention in view.mentions("RESP"):
        span = (mention.start, mention.end)
        if mention.value() != "CR" or span in claimed or mention.modifiers & _UNSAID:
            continue
        sentence = view.reading.sentence(mention)
        if others.holds(sentence, mention.start):
            continue
        agents = [
            agent
            for drug in sentence.of("AGENT")
            if not drug.modifiers & _UNSAID
            for agent in drug.value("agents").split("|")
        ]
        if agents:
            yield span, tuple(dict.fromkeys(agents))


def _happened(view: View, others: Others, mention: Mention) -> bool:
    if mention.modifiers & {
        "negated",
        "hypothetical",
        "family",
        "criteria",
        "planned",
        "discussed",
    }:
        sentence = view.reading.sentence(mention)
        before = sentence.text[: sentence.folded(mention.start)][-45:]
        if _cues()["not_done"].search(before):
            return False
    return not others.holds(view.reading.sentence(mention), mention.start)


def _placed(view: View, one: Return, clearances: list[Clearance]) -> Return:
    linked = _linked(view, one, clearances)
    if linked is not None:
        return replace(one, items=linked, anchor=one.mention.start)
    starts = [c.start for c in clearances]
    index = bisect_left(starts, one.mention.start) - 1
    if index > 0 and SURGERY not in clearances[index].items:
        first = clearances[index - 1]
        if (
            SURGERY in first.items
            and _ADJUVANT.search(view.text[first.start : clearances[index].end])
            and not any(
                first.start < m.start < clearances[index].start for m in view.mentions("RELAPSE")
            )
        ):
            index -= 1  # drugs after an operation that had cleared the disease
    if index >= 0:
        anchor = clearances[index].start
        weak = anchor < view.reading.sentence(one.mention).start
        return replace(one, items=clearances[index].items, anchor=anchor, weak=weak)
    if clearances:
        first = clearances[0]
        return replace(one, items=first.items, reasons=(*one.reasons, Reason.DISTANT))
    return one


def _linked(view: View, one: Return, clearances: list[Clearance]) -> tuple[str, ...] | None:
    """What the words beside say it came after; None where they say nothing."""
    sentence = view.reading.sentence(one.mention)
    to = sentence.folded(one.mention.end - 1) + 1
    text = sentence.text
    if _cues()["after_surgery"].match(text[to:]):
        return (SURGERY,)
    link = _cues()["link"].match(text[to:])
    if link is not None and link["what"].strip():
        found = _meant(one, clearances, sentence, to + link.start("what"), to + link.end("what"))
        if found is not None:
            return found
    at = sentence.folded(one.mention.start)
    lead = _cues()["lead"].search(text[:at])
    if lead is None or not lead["what"].strip():
        return None
    return _meant(one, clearances, sentence, lead.start("what"), lead.end("what"))


def _meant(
    one: Return, clearances: list[Clearance], sentence: Sentence, first: int, last: int
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
    if agents and any(m.value() == "CR" for m in within("RESP")):
        return tuple(agents)
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
        o.value == one.value and SURGERY not in o.items and o.anchor >= 0
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
