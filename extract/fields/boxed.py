"""Tick boxes that a list marker has swallowed: ``[x] Deceased  [ ] Alive``."""

from __future__ import annotations

from extract.fields.ticks import ticked
from extract.language.reading import Sentence


def box_of(sentence: Sentence, at: int, to: int) -> bool | None:
    """Whether the option at ``sentence.text[at:to]`` is ticked; None where it has no box."""
    marker = sentence.unit.marker
    first = marker[:1] in {"[", "("} and sentence.start == sentence.unit.body
    lead = f"{marker} " if first else ""
    return ticked(lead + sentence.text, at + len(lead), to + len(lead))
