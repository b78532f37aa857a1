"""Lists of requirements: "patients must:", "Inclusion criteria", "you may join if"."""

from __future__ import annotations

import re

from extract.fields.view import View
from extract.language.reading import Unit, UnitKind
from extract.language.trying import trial

_DEMANDS = trial(
    r"\b(?:must|need(?:s|ed)? to|ha(?:ve|s) to|should (?:be|have)|requir(?:e|es|ed|ing|ements?)"
    r"|people|patients|those|anyone|candidates|we (?:only )?(?:ask|want|take|treat|accept)"
    r"|guidance|policy|the rule)\b|\bif$|\beligib\w+ (?:if|criteria)|\b(?:in|ex)clusion criteria"
    r"|^\W*(?:\w+ ){0,3}criteria(?: (?:for|of) [\w /-]+)?$",
    re.IGNORECASE,
)
_PATIENT = trial(
    r"\b(?:met|yes|today|he|she|his|her|the patient|this patient)\b|[\[(]\s?[xX]", re.IGNORECASE
)
_DOCUMENT = trial(
    r"^\W*(?:(?:key|main|major) )?(?:in|ex)clusion criteria\b[^\n]{0,80}$|^who can (?:join|take part)",
    re.IGNORECASE | re.MULTILINE,
)


def listed(view: View, unit: Unit) -> bool:
    """Whether ``unit`` is an item under a line that demands, or in a section of criteria."""
    heads = [above for above in view.reading.path(unit) if above.kind is not UnitKind.ROW]
    if unit.kind is UnitKind.ITEM:
        heads += _intro(view, unit)
    if any(_DEMANDS.search(view.text[h.start : h.end].rstrip(" :")) for h in heads):
        return True
    own = view.text[unit.start : unit.end]
    return unit.section == "criteria" and not _PATIENT.search(own)


def document(view: View) -> bool:
    """Whether the text holds a trial's list of criteria."""
    return bool(_DOCUMENT.search(view.text))


def _intro(view: View, unit: Unit) -> list[Unit]:
    """The line that opens the list of ``unit``."""
    units = view.reading.units
    at = unit.index
    while at >= 0 and units[at].kind is UnitKind.ITEM:
        at -= 1
    return [units[at]] if at >= 0 and units[at].kind is not UnitKind.ROW else []
