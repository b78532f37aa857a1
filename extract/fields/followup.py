"""How long the patient has been followed, where the letter says so, in months.

Three ways of saying it, the surest first: a length beside the word itself ("24 months of
follow-up"), time gone by since the first dose ("ten months out from interleukin"), and a
present state told with its distance ("alive 71 months after diagnosis").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.fields.cues import Cues, load_cues
from extract.fields.subject import Others
from extract.fields.view import Draft, View
from extract.language.gates import Gate
from extract.language.reading import Sentence
from extract.records import Field, Reason
from extract.values.durations import RawDuration
from extract.values.quantities import Quantity

_NAMED: Final = 0
_ELAPSED: Final = 1
_STATE: Final = 2
_RULES: Final = ("followup.named", "followup.elapsed", "followup.state")
#: Time gone by of fewer months is no follow-up, but where the word itself is used.
_SHORTEST: Final = 2
_MONTHS_IN: Final = {"y": 12.0, "w": 1 / 4.345, "m": 1.0}


@dataclass(frozen=True, slots=True)
class Told:
    """A length of follow-up: how it is said, how long, and where."""

    way: int
    length: Quantity
    start: int
    end: int
    reasons: tuple[Reason, ...] = ()


def find(view: View) -> Iterator[Draft]:
    """The length of follow-up: of the surest way of saying it the longest."""
    told = [*_forms(view), *_lengths(view)]
    if not told:
        return
    best = min(told, key=lambda one: (one.way, -one.length.low, one.start))
    yield view.draft(
        Field.FOLLOW_UP,
        str(best.length),
        (best.start, best.end),
        _RULES[best.way],
        reasons=best.reasons,
    )


@cache
def _cues() -> Cues:
    return load_cues("followup")


@cache
def _gates() -> tuple[Gate, Gate]:
    """For the letter's own text, and for its sentences."""
    ways = ("before_noun", "after_noun", "before_bare", "before_label", "first_dose", "state")
    return Gate(_cues()["form"]), Gate(*(_cues()[name] for name in ways))


def may_tell(view: View) -> bool:
    """Whether the letter may say how long the patient has been followed."""
    form, ways = _gates()
    return form.is_open_to(view.flat) or (
        bool(view.durations) and ways.is_open_to(view.reading.flat)
    )


def _forms(view: View) -> Iterator[Told]:
    """Lengths whose unit stands in the label: ``Follow-up (months): 24``."""
    for match in _cues()["form"].finditer(view.text):
        where = "value" if match["value"] else "count"
        length = Quantity.parse(match[where].replace(" ", ""))
        factor = _MONTHS_IN[(match["unit"] or match["lead"])[0].lower()]
        scaled = length if factor == 1.0 else length.scaled(factor).rounded()
        yield Told(_NAMED, scaled, match.start(where), match.end(where))


def _lengths(view: View) -> Iterator[Told]:
    others = Others.of(view.reading)
    for sentence in view.sentences:
        held = view.durations_in(sentence.start, sentence.end)
        if not held or sentence.unit.copied or sentence.unit.section in {"family", "criteria"}:
            continue
        for raw in held:
            way = _way(sentence, raw)
            if way is None or others.holds(sentence, raw.start):
                continue
            yield Told(way, raw.months(), raw.start, raw.end)


def _way(sentence: Sentence, raw: RawDuration) -> int | None:
    """How a sentence makes a length of time one of follow-up; None where it does not."""
    cues = _cues()
    at = sentence.folded(raw.start)
    to = sentence.folded(raw.end - 1) + 1
    before, after = sentence.text[:at], sentence.text[to:]
    if cues["crowd"].search(before[-60:]) or cues["plan_after"].match(after):
        return None
    planned = bool(cues["plan_before"].search(before))
    named = cues["before_noun"].search(before) or cues["after_noun"].match(after)
    if named and not planned:
        return _NAMED
    if cues["before_bare"].search(before) and cues["after_since"].match(after):
        return _NAMED
    if cues["before_label"].search(before) and cues["state"].search(sentence.text):
        return _NAMED
    if planned or raw.months().high < _SHORTEST:
        return None
    if cues["first_dose"].match(after) and _present(sentence, before, after):
        return _ELAPSED
    if cues["since_event"].match(after) or before.endswith(("as of ", "at ")):
        return _STATE if _stands(sentence, before) else None
    return None


def _present(sentence: Sentence, before: str, after: str) -> bool:
    """Whether time since the first dose is told of the present."""
    cues = _cues()
    if cues["past_event"].search(before):
        return False
    if not before.strip() and cues["past_after"].match(after):
        return False
    return bool(cues["now_before"].search(before) or cues["state"].search(sentence.text))


def _stands(sentence: Sentence, before: str) -> bool:
    """Whether the sentence tells of a present state of the disease."""
    cues = _cues()
    if not cues["state"].search(sentence.text) or cues["came_to_be"].search(before):
        return False
    return not cues["for_before"].search(before) or bool(cues["present"].search(before))
