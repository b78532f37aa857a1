"""Rows of a timeline: the dates stand in a cell of their own, what was given in the next."""

from __future__ import annotations

import re

from extract.fields.therapy.events import Role, Scene, When
from extract.fields.therapy.model import Standing
from extract.language.reading import UnitKind
from extract.language.trying import trial

#: What may stand before the drug that a row is about: "1L", "First-line", "Started on".
_OPENING = trial(
    r"\W*(?:(?:\d(?:st|nd|rd|th)?\W?(?:L|line)|first|second|third|fourth|line|start(?:ed)?|began|begun"
    r"|commenced|resumed|switched|changed|then|cycles?|C\d|\d|x|to|on|of|with|of the|palliative|adjuvant"
    r"|neoadjuvant|weekly|oral|rx|tx|treatment|therapy|systemic)\W*){0,6}",
    re.IGNORECASE,
)
_STOPPED_AFTER = trial(
    r"\W*(?:\([^)]{0,30}\)\W*)?(?:was |permanently )*(?:stopped|discontinued|d/c'?d|ceased|withdrawn|off|completed|ended|held permanently)\b",
    re.IGNORECASE,
)
_PRESENT = trial(r"\W*(?:date|present|now|ongoing|current)\b", re.IGNORECASE)


def is_date_cell(made: Scene) -> bool:
    """Whether a sentence of a row is nothing but its date, or its dates from and to."""
    if made.sentence.unit.kind is not UnitKind.ROW or len(made.whens) != 1:
        return False
    when = made.whens[0]
    rest = made.sentence.text[: when.at] + made.sentence.text[when.to :]
    return not re.search(r"\w", _PRESENT.sub("", rest))


def beside(cell: Scene, made: Scene) -> list[tuple[When, Role]]:
    """What the dates of a cell say of the drug that the next cell begins with."""
    if cell.sentence.unit is not made.sentence.unit or not made.groups:
        return []
    group, when = made.groups[0], cell.whens[0]
    if group.standing is not Standing.REAL or not _OPENING.fullmatch(
        made.sentence.text[: group.at]
    ):
        return []
    verbs = [head for head in made.verbs() if head.at < group.at]
    if when.until is None:
        ends = bool(verbs) and verbs[-1].role is Role.END
        ends = ends or bool(_STOPPED_AFTER.match(made.sentence.text[group.to :]))
        return [(when, Role.END if ends else Role.START)]
    last = When(when.until, when.at, when.to, when.head)
    return [(when, Role.START), (last, Role.END)]
