"""Table rows: their cells in the sentence's own text, their columns' titles."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.fields.view import View
from extract.language.reading import Places, Sentence, UnitKind
from extract.language.trying import trial

_TITLES = trial(
    r"(?:date|items?|tests?|parameter|visit|assessment|field|criteri|question|measure|domain|check)",
    re.IGNORECASE,
)
_CRITERIA = trial(
    r"criteri|requir|target|limit|standard|threshold|needed|accept|protocol|guid|must|rule"
    r"|reference|range|norm|cut",
    re.IGNORECASE,
)


def whole(view: View, sentence: Sentence) -> Sentence:
    """The whole row of a sentence that is only one of its cells; any other as it is."""
    if sentence.unit.kind is not UnitKind.ROW:
        return sentence
    parts = view.reading.sentences_of(sentence.unit)
    if len(parts) <= 1:
        return sentence
    texts, pairs, length = [], [], 0
    for part in parts:
        texts.append(part.text)
        pairs += [(folded + length, raw) for folded, raw in part.places.pairs]
        length += len(part.text) + 1
    return replace(
        parts[0],
        end=parts[-1].end,
        text=" ".join(texts),
        places=Places.of(pairs),
        mentions=tuple(m for part in parts for m in part.mentions),
    )


def cells(sentence: Sentence) -> list[tuple[int, int]]:
    """The cells of a row as (start, end) in the sentence's text."""
    return [
        (sentence.folded(start), sentence.folded(stop - 1) + 1)
        for start, stop in sentence.unit.cells
    ]


def title_span(view: View, sentence: Sentence, column: int) -> tuple[int, int] | None:
    """Where the title of ``column`` stands in the letter, None where it has none."""
    if sentence.unit.header is None:
        return None
    titles = view.reading.units[sentence.unit.header].cells
    if len(sentence.unit.cells) < 3 and not _TITLES.match(view.text, titles[0][0]):
        return None  # the first of some lines of two cells is no row of titles
    missing = len(sentence.unit.cells) - len(titles)  # the corner above the labels may be empty
    at = column - missing if missing == 1 else column
    return titles[at] if 0 <= at < len(titles) else None


def title(view: View, sentence: Sentence, column: int) -> str:
    """The title of ``column``, empty where it has none."""
    span = title_span(view, sentence, column)
    return view.text[span[0] : span[1]] if span else ""


def is_criterion(view: View, sentence: Sentence, column: int) -> bool:
    """Whether the column holds what is required, not what was found."""
    return bool(_CRITERIA.search(title(view, sentence, column)))
