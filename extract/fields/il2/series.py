"""Cycles told as lines of their own: a date and the doses given, one line a cycle.

::

    Interleukin-2 thereafter in four cycles:
        12 May 2008       13 doses
        27 May 2008        8 doses
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extract.fields.il2.atoms import Atoms
from extract.fields.il2.counts import MOST_IN_CYCLE, Count
from extract.fields.il2.found import Found
from extract.fields.il2.topic import Drug, Topic
from extract.fields.view import View
from extract.language.reading import Sentence
from extract.values.dates import EdtfDate
from extract.values.rawdates import RawDate

#: Longest line of a series; cycles of one series begin within so many days of one another.
_LONGEST, _APART = 64, range(4, 250)
#: As heavy as a sentence that names the cycle.
_WEIGHT: Final = 3


@dataclass(frozen=True, slots=True)
class _Line:
    sentence: Sentence
    raw: RawDate
    date: EdtfDate
    count: Count


def read_series(
    view: View, topic: Topic, atoms: Atoms, skip: frozenset[int]
) -> tuple[list[Found], frozenset[int]]:
    """What such lines say, and their units.

    Args:
        view: the letter.
        topic: what its places speak of.
        atoms: reads its sentences.
        skip: units that were read as tables.
    """
    runs: list[list[_Line]] = [[]]
    for sentence in view.sentences:
        line = None if sentence.unit.index in skip else _line(view, topic, atoms, sentence)
        if line is None:
            runs.append([])
        elif runs[-1] and not _follows(runs[-1][-1], line):
            runs.append([line])
        else:
            runs[-1].append(line)
    chosen = [run for run in runs if len(run) > 1]
    if len(chosen) != 1:  # of two series nobody can say which is which
        return [], frozenset()
    return _told(chosen[0]), frozenset(line.sentence.unit.index for line in chosen[0])


def _line(view: View, topic: Topic, atoms: Atoms, sentence: Sentence) -> _Line | None:
    if len(sentence.text) > _LONGEST or topic.at(sentence, 0) is not Drug.IL2:
        return None
    dates = view.dates_in(sentence.start, sentence.end)
    if len(dates) != 1 or atoms.marks(sentence):
        return None
    counts = [c for c in atoms.counts(sentence) if c.value <= MOST_IN_CYCLE]
    made = view.resolve(dates[0])
    if (
        len(counts) != 1
        or made is None
        or (view.context.anchor and made.earliest > view.context.anchor.latest)
    ):
        return None
    return _Line(sentence, dates[0], made, counts[0])


def _follows(before: _Line, line: _Line) -> bool:
    near = line.sentence.index - before.sentence.index == 1
    return near and (line.date.earliest - before.date.earliest).days in _APART


def _told(run: Sequence[_Line]) -> list[Found]:
    found: list[Found] = []
    for cycle, line in enumerate(run, 1):
        start, end = line.raw.start, line.raw.end
        found.append(Found(cycle, start, end, _WEIGHT, date=line.date))
        place = line.sentence.raw(line.count.start, line.count.end)
        found.append(Found(cycle, *place, _WEIGHT, doses=line.count.value))
    return found
