"""Drugs named as what might be done: the items and parts of a list of options."""

from __future__ import annotations

import re

from extract.fields.view import View
from extract.language.reading import Sentence, UnitKind
from extract.language.trying import trial

_OPTIONS = trial(
    r"\b(?:options?|choices?|possibilit(?:y|ies)|alternatives?|could be|might be)\b[^.;]{0,60}[.:]?\s*$",
    re.IGNORECASE,
)
_THESE_ARE = trial(
    r"^\W*(?:these|they|those|the (?:first|second|third))\s+(?:are|were|include|is|would)\b",
    re.IGNORECASE,
)


#: "Options discussed: rechallenge with A; B; C".
_LISTED_OPTIONS = trial(
    r"^\W*(?:\d+\W+)?(?:(?:treatment|therapeutic|systemic|other|possible|further|the)\s+)?options?\b"
    r"(?:\s+\w+){0,3}?\s*(?:discussed|considered|explained|outlined|presented|offered|reviewed|include\w*|are|were|would be|:)",
    re.IGNORECASE,
)
_CHOSEN = trial(
    r"\b(?:chos\w+|choice|decided|opted|agreed|elected|prefer\w*|settled|started|going with)\b",
    re.I,
)


def among_options(view: View, sentence: Sentence) -> bool:
    """A list of what might be done: "We talked about the options. These are: (a) ..."."""
    if _LISTED_OPTIONS.match(sentence.text) and not _CHOSEN.search(sentence.text):
        return True
    if _in_options(view, sentence):
        return True
    if not _THESE_ARE.match(sentence.text) or not sentence.index:
        return False
    return bool(_OPTIONS.search(view.sentences[sentence.index - 1].text))


_DISCUSSED = trial(
    r"\W*(?:(?:treatment|other|further|the) )?(?:options?(?: (?:discussed|considered|open|available|explained|outlined|given|are|were))?"
    r"|discussed|considered|talked (?:about|through)|choices?)(?: (?:with|to|by) [\w ]{2,40})?\W*$",
    re.IGNORECASE,
)


def _in_options(view: View, sentence: Sentence) -> bool:
    """An item under "Discussed:", or a later part of "Options explained: (a) Tab. X (b) Y"."""
    unit = sentence.unit
    if _CHOSEN.search(sentence.text) or sentence.of("EV_STOP", "EV_START", "EV_GIVEN"):
        return False
    if unit.kind is UnitKind.ITEM:
        above = unit.index - 1
        while above >= 0 and view.reading.units[above].kind is UnitKind.ITEM:
            above -= 1
        lead = view.reading.units[above]
        if above >= 0 and _DISCUSSED.match(view.text[lead.start : lead.end]):
            return True
    words = view.text[unit.start : sentence.start]
    first = _LISTED_OPTIONS.match(words)
    return first is not None and ". " not in words[first.end() : -12] and not _CHOSEN.search(words)
