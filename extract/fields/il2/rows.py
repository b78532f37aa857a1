"""Rows with a long cell are read cell by cell; here a label is put back before its cell."""

from __future__ import annotations

from dataclasses import replace

from extract.fields.view import View
from extract.language.reading import Places, Reading, Sentence, UnitKind

#: Longest first cell that is a label or a date and not a text of its own.
_LABEL = 48


def with_labels(view: View) -> View:
    """:func:`_with_labels`, made once for a letter."""
    return view.once(_with_labels)


def _with_labels(view: View) -> View:
    """The same letter, its rows' labels one sentence with what follows them.

    "Inotropes | none in either cycle ..." and "24 May 2010 | first dose ..." say nothing
    when each cell stands alone.
    """
    joined: list[Sentence] = []
    label: Sentence | None = None
    for sentence in view.sentences:
        if label is not None and sentence.unit.index == label.unit.index:
            joined[-1] = _joined(label, sentence)
            label = None
            continue
        joined.append(sentence)
        label = sentence if _is_label(sentence, joined) else None
    if len(joined) == len(view.sentences):
        return view
    numbered = tuple(replace(one, index=index) for index, one in enumerate(joined))
    reading = Reading(view.text, view.reading.units, numbered, view.reading.sections)
    made = View(reading, view.lexicon, view.context)
    for name in ("dates", "ranges", "durations"):
        if name in view.__dict__:
            made.__dict__[name] = view.__dict__[name]
    return made


def _is_label(sentence: Sentence, before: list[Sentence]) -> bool:
    """Whether the sentence is the whole first cell of a row, and short."""
    unit = sentence.unit
    first = len(before) < 2 or before[-2].unit.index != unit.index
    whole = bool(unit.cells) and sentence.end >= unit.cells[0][1]
    partial = len(unit.cells) > 1 and sentence.end < unit.cells[1][0]
    return (
        unit.kind is UnitKind.ROW and first and whole and partial and len(sentence.text) <= _LABEL
    )


def _joined(label: Sentence, sentence: Sentence) -> Sentence:
    shift = len(label.text) + 1
    pairs = [*label.places.pairs, *((at + shift, raw) for at, raw in sentence.places.pairs)]
    return replace(
        label,
        end=sentence.end,
        text=f"{label.text} {sentence.text}",
        places=Places.of(pairs),
        mentions=label.mentions + sentence.mentions,
    )
