"""All fields of one letter: run each module, hold drafts to the contract, make facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from extract.fields import (
    atlarge,
    caix,
    death,
    echo,
    followup,
    histology,
    il2,
    letterdate,
    performance,
    relapse,
    sitecount,
    sites,
    therapy,
    toxicity,
    washout,
)
from extract.fields.doubts import doubted
from extract.fields.protocol import is_protocol
from extract.fields.view import Draft, View
from extract.language.reading import Reading
from extract.records import Evidence, Fact, Field, Reason
from extract.records.vocabulary import DATE_FIELDS, FIELDS, QUANTITY_FIELDS
from extract.values.agents import Lexicon
from extract.values.dates import EdtfDate
from extract.values.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Module:
    """A field's module, and what a letter needs for it to find anything.

    Attributes:
        find: gives the drafts of a letter.
        labels: mentions of which the letter needs one,
        may: or what else opens the letter to the module.
    """

    find: Callable[[View], Iterable[Draft]]
    labels: frozenset[str] = frozenset()
    may: Callable[[View], bool] | None = None

    def opens(self, view: View) -> bool:
        """Whether the module can find anything in the letter."""
        if self.labels & view.reading.labels:
            return True
        return self.may is not None and self.may(view)


#: A module is run where it can find anything; a test holds that it finds nothing elsewhere.
MODULES: Final = (
    Module(performance.find, frozenset({"PS_SCALE", "KPS_SCALE", "PS_SAID"})),
    Module(caix.find, frozenset({"CAIX"})),
    Module(therapy.find, frozenset({"RESP", "RESP_BARE", "RESP_CELL"}), therapy.may_tell),
    Module(histology.find, frozenset({"HISTO", "HISTO_BARE", "FEATURE", "HISTO_GROUP"})),
    Module(echo.find, frozenset({"STRESS_ECHO", "STRESS_ONE", "EF"})),
    Module(sites.find, frozenset({"SITE"}), sitecount.may_count),
    Module(washout.find, may=il2.may_be_meant),
    Module(il2.find, may=il2.may_be_meant),
    Module(toxicity.find, frozenset({"TOX"})),
    Module(followup.find, may=followup.may_tell),
    Module(death.find, frozenset({"DEATH"})),
)


def extract_facts(
    reading: Reading, lexicon: Lexicon, *, everywhere: bool = False
) -> tuple[Fact, ...]:
    """Every fact of one letter, one row a fact, ordered by field, item and place.

    Args:
        reading: the letter.
        lexicon: the drugs.
        everywhere: run every module on every letter, to the same answer.
    """
    if is_protocol(reading.text):
        return ()
    view = View(reading, lexicon)
    anchor, order, drafts = letterdate.find(view)
    view = view.dated(anchor, order)
    found = list(drafts)
    for module in MODULES:
        if everywhere or module.opens(view):
            found += module.find(view)
    found = atlarge.without(view, found)
    found += relapse.find(view, found)  # it needs to know what brought a complete response
    return tuple(_settle(view, doubted(view, found)))


def _settle(view: View, drafts: Iterable[Draft]) -> list[Fact]:
    """One fact once: the surest draft of each, then the first in the letter."""
    best: dict[tuple[Field, str, str], Draft] = {}
    for draft in drafts:
        key = (draft.field, draft.item, draft.value)
        held = best.get(key)
        if held is None or (len(draft.reasons), draft.start) < (len(held.reasons), held.start):
            best[key] = draft
    order = {name: position for position, name in enumerate(FIELDS)}
    chosen = sorted(best.values(), key=lambda d: (order[d.field], d.item, d.start, d.value))
    return [_fact(view, draft) for draft in _flag_conflicts(chosen)]


#: Fields in which two values in one letter cannot both be right.
_SINGLE = frozenset({Field.LETTER_DATE, Field.ECOG, Field.KARNOFSKY, Field.HISTOLOGY_GROUP})


def _flag_conflicts(drafts: list[Draft]) -> list[Draft]:
    values: dict[tuple[Field, str], set[str]] = {}
    for draft in drafts:
        values.setdefault((draft.field, draft.item), set()).add(draft.value)
    return [
        draft.flagged(Reason.CONFLICT)
        if draft.field in _SINGLE and len(values[draft.field, draft.item]) > 1
        else draft
        for draft in drafts
    ]


def _fact(view: View, draft: Draft) -> Fact:
    low, high = _bounds(draft)
    start, end, quote = view.reading.origin(draft.start, draft.end)
    if view.reading.misread(draft.start, draft.end):
        draft = draft.flagged(Reason.OCR)
    return Fact(
        field=draft.field,
        item=draft.item,
        value=draft.value,
        low=low,
        high=high,
        assertion=draft.assertion,
        evidence=Evidence(
            start=start,
            end=end,
            quote=quote,
            section=_section(view, draft.start),
        ),
        rule=draft.rule,
        review=bool(draft.reasons),
        reasons=draft.reasons,
    )


def _bounds(draft: Draft) -> tuple[str, str]:
    if draft.field in DATE_FIELDS or draft.field in (Field.RESPONSE_DATE, Field.DEATH):
        date = draft.date
        if date is None:
            text = draft.value.split("=")[-1]
            if not text[:1].isdigit():
                return "", ""
            date = EdtfDate.parse(text)
        return date.earliest.isoformat(), date.latest.isoformat()
    if draft.field in QUANTITY_FIELDS or draft.field in (Field.CAIX, Field.HISTOLOGY_FEATURE):
        try:
            quantity = Quantity.parse(draft.value)
        except ValueError:  # a word: positive, absent
            return "", ""
        return f"{quantity.low:g}", f"{quantity.high:g}"
    return "", ""


def _section(view: View, position: int) -> str:
    for section in reversed(view.reading.sections):
        if section.start <= position < section.end:
            return section.category
    return ""
