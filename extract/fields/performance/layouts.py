"""Scores that layout ties to their scale: a table cell, a line below its heading, a tick list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.fields import cells, ticks
from extract.fields.performance.roles import Role, Window
from extract.fields.performance.values import (
    Score,
    beside,
    cues,
    further,
    leading,
    scales,
    ticked,
)
from extract.fields.view import View
from extract.language.reading import Sentence
from extract.language.trying import trial

_DIGIT = trial(r"\W{0,2}[0-5]\W{0,2}")
_MARKED = trial(r"[\[(*>]\s?[0-5]\s?[\])*<]")
_REMARKS = trial(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A score of a table row, the words that speak of it, and what its column says of time."""

    score: Score
    window: Window
    role: Role | None


def row(view: View, sentence: Sentence) -> Iterator[Cell]:
    """The scores of a table row that names a scale."""
    text = sentence.text
    spans = cells.cells(sentence)
    for _, end, scale in scales(sentence):
        number = next((i for i, (a, b) in enumerate(spans) if a < end <= b), None)
        if number is None:
            continue
        start, stop = spans[number]
        label = _REMARKS.sub(" ", text[start:stop])
        marked = ticked(text, end, scale)
        if marked is not None:
            yield from (Cell(score, Window(label, label, "", ""), None) for score in marked)
            continue
        own = beside(text[:stop], end, scale)
        head = f"{text[slice(*spans[0])]} " if number else ""
        later = [s for s in further(text, own[-1]) if s.start >= own[-1].end] if own else []
        for score in [*own, *later]:
            near = head + text[start : score.start]
            yield Cell(score, Window(near, near, "", text[score.end : stop]), None)
            head, start, stop = "", score.end, len(text)
        if not own:
            yield from _columns(view, sentence, number, label, scale)


def _columns(view: View, sentence: Sentence, number: int, label: str, scale: str) -> Iterator[Cell]:
    text = sentence.text
    spans = cells.cells(sentence)[number + 1 :]
    printed = [span for span in spans if _DIGIT.fullmatch(text[slice(*span)])]
    if len(printed) >= 3:  # every choice in a cell of its own, one of them marked
        marked = [span for span in printed if _MARKED.fullmatch(text[slice(*span)])]
        if len(marked) == 1 and (score := leading(text[: marked[0][1]], scale, marked[0][0])):
            yield Cell(score, Window(label, label, "", ""), None)
            return
        if [text[slice(*span)].strip(" ()[]") for span in printed[:3]] == ["0", "1", "2"]:
            return
    read: list[Cell] = []
    for column, (start, stop) in enumerate(cells.cells(sentence)):
        if column <= number or cells.is_criterion(view, sentence, column):
            continue
        at, role = _dated(view, sentence, column, start)
        score = None if _is_choice(text[start:stop]) else leading(text[:stop], scale, at)
        if score is not None:
            words = Window(label, label, "", text[score.end : stop])
            if role is None:
                role = _when(view, sentence, column)
            read.append(Cell(score, words, role))
        elif any(start <= a < stop for a, _, _ in scales(sentence)):
            break
    if any(cell.role is not None for cell in read):
        # Columns of visits: where none is today's, the last is the nearest to it.
        today = any(cell.role is Role.NOW for cell in read)
        for cell in read:
            last = Role.WEAK_NOW if cell is read[-1] and not today else Role.PAST
            yield replace(cell, role=last if cell.role is None else cell.role)
    elif read:
        single = [cell for cell in read if not cell.score.ranged]
        yield single[0] if single else read[0]


def below(view: View, sentence: Sentence) -> tuple[Sentence, list[Score]] | None:
    """The line below a scale that stands alone, and its scores."""
    following = _following(view, sentence)
    scale = scales(sentence)[-1][2]
    if following and following[0].unit.marker.startswith(("[", "(")):
        chosen = [s for s in following if re.match(r"[\[(]\s?[xX]", s.unit.marker)]
        following = chosen if len(chosen) == 1 else []
    if not following or following[0].unit.number is not None:
        return None
    if ticks.boxes(following[0].text):
        return _ticked_below(following) if scale == "ecog" else None
    found = leading(following[0].text, scale)
    if found is None or found.start > 3:
        return None
    return following[0], [found, *further(following[0].text, found)]


def marker(view: View, sentence: Sentence) -> tuple[Score, tuple[int, int]] | None:
    """A score behind its scale that is read as a list's marker: "ECOG PS: 1. Disease in ..."."""
    _, end, scale = scales(sentence)[-1]
    following = view.sentences[sentence.index + 1 : sentence.index + 2]
    if not following or scale != "ecog" or re.search(r"\w", sentence.text[end:]):
        return None
    unit = following[0].unit
    if unit.number is None or unit.number > 5 or "\n" in view.text[sentence.end : unit.start]:
        return None
    digit = re.search(r"\d", view.text[unit.start : unit.body])
    at = unit.start + digit.start() if digit else unit.start
    stop = len(sentence.text)
    return Score(stop, stop, str(unit.number), "ecog", "", "layout"), (at, at + 1)


def _following(view: View, sentence: Sentence) -> list[Sentence]:
    """What follows a sentence that is a scale's name and nothing more."""
    rest = sentence.text
    for start, end, _ in reversed(scales(sentence)):
        rest = rest[:start] + rest[end:]
    if re.search(r"\w{3,}.*\w{3,}", _REMARKS.sub("", rest)):
        return []
    return list(view.sentences[sentence.index + 1 : sentence.index + 8])


def _ticked_below(following: list[Sentence]) -> tuple[Sentence, list[Score]] | None:
    """The ticked line of some lines that each hold a number and a box."""
    chosen = [
        (lower, [Score(at, at + 1, digit.group(), "ecog", "", "tick")])
        for lower in following
        for words, ticked_, at in ticks.options(lower.text)
        if ticked_ and (digit := re.match(r"[0-5](?![\w/.-])", words))
    ]
    return chosen[0] if len(chosen) == 1 else None


def _dated(view: View, sentence: Sentence, column: int, start: int) -> tuple[int, Role | None]:
    """Where a cell's score may begin, behind a date that labels it: ``Feb 2012: 1``."""
    dates = view.dates_in(*sentence.unit.cells[column])
    anchor = view.context.anchor
    if not dates or anchor is None:
        return start, None
    behind = sentence.folded(dates[0].end - 1) + 1
    date = view.resolve(dates[0])
    if date is None or sentence.folded(dates[0].start) != start:
        return start, None
    return behind, Role.PAST if date.latest < anchor.earliest else Role.NOW


def _when(view: View, sentence: Sentence, column: int) -> Role | None:
    """What the column's title says: a date, "Baseline", "Today"."""
    span = cells.title_span(view, sentence, column)
    if span is None:
        return None
    words = view.text[span[0] : span[1]]
    anchor = view.context.anchor
    for raw in view.dates_in(*span):
        date = view.resolve(raw)
        if date is not None and anchor is not None:
            return Role.PAST if date.latest < anchor.earliest else Role.NOW
    if cues()["now"].search(words):
        return Role.NOW
    return Role.PAST if cues()["past"].search(words) else None


def _is_choice(words: str) -> bool:
    """A cell that prints every choice: ``0 / 1 / 2 / 3``."""
    return bool(re.fullmatch(r"\W*[0-5](?:[^\w()]+[0-5]){2,}\W*", words))
