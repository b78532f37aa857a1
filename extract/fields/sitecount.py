"""The number of organs with disease, where the letter gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.fields.cells import is_criterion
from extract.fields.criteria import listed
from extract.fields.cues import load_cues
from extract.fields.subject import Others
from extract.fields.view import Draft, View
from extract.language.gates import Gate
from extract.language.reading import Sentence, UnitKind
from extract.language.trying import trial
from extract.records import Field, Reason
from extract.values.cardinals import word_value

_CUES = load_cues("sites")
_RULE = "organ_count"
#: Cues for a count in words, each with the number as ``n``.
_WORDED = ("organ_count", "bracketed_count", "bare_count", "places_count")
#: Shut to letters without any word for a count of organs.
_GATE = Gate(
    *(_CUES[name] for name in ("ticked_count", "organ_label", *_WORDED, "solitary_site")),
    trial("organ"),
)
#: How far before a number a word of demand makes it a condition.
_DEMAND_REACH = 60
#: A number found: its value, and its characters in the sentence.
_Found = tuple[int, int, int]


def may_count(view: View) -> bool:
    """Whether a sentence of the letter may give a count."""
    return _GATE.is_open_to(view.reading.flat)


def find_counts(view: View, others: Others) -> Iterator[Draft]:
    """The stated number of organs; the last where the letter states several."""
    found: list[tuple[str, Sentence, int, int]] = []
    for sentence in view.sentences:
        if sentence.unit.copied or sentence.unit.section in ("criteria", "information", "family"):
            continue
        for number, start, end in _in_sentence(view, sentence):
            if not others.at(sentence, start):
                found.append((_floored(sentence.text, number, end), sentence, start, end))
    if not found:
        return
    value, sentence, start, end = found[-1]
    differ = any(other[0] != value for other in found)
    yield view.draft(
        Field.SITE_COUNT,
        value,
        sentence.raw(start, end),
        _RULE,
        reasons=(Reason.CONFLICT,) if differ else (),
    )


def _floored(text: str, value: int, end: int) -> str:
    """The number as a fact's value: "four organs at the least" is no exact one."""
    noun = re.match(r"\W*(?:\w+\W+)?(?:organs?|sites?)\b", text[end:], re.IGNORECASE)
    behind = text[end + (noun.end() if noun else 0) :]
    return f">={value}" if _CUES["count_floor"].match(behind) else str(value)


def _in_sentence(view: View, sentence: Sentence) -> Iterator[_Found]:
    """The counts of a sentence; a form's own line before what stands in its prose."""
    text = sentence.text
    if not _GATE.is_open(text):
        return
    tick = _CUES["ticked_count"].search(text)
    if tick is not None:
        yield int(tick["n"]), tick.start("n"), tick.end("n")
        return
    if sentence.unit.kind is UnitKind.ROW:
        held = list(_in_cells(view, sentence))
        if held:
            yield from held
            return
    if listed(view, sentence.unit):
        return
    label = _CUES["organ_label"].search(text)
    if label is not None and not _limited(text, label.start()):
        group = "n" if label["n"] else "m"
        yield _number(label[group]), label.start(group), label.end(group)
        return
    counts = [m for cue in _WORDED for m in _CUES[cue].finditer(text)]
    for match in counts:
        if not _limited(text, match.start()) and not _CUES["count_past"].search(text):
            yield _number(match["n"]), match.start(), match.end()
    for match in _CUES["solitary_site"].finditer(text):
        if _CUES["count_if"].search(text[: match.start()]):
            continue
        yield 1, match.start(), match.end()


def _in_cells(view: View, sentence: Sentence) -> Iterator[_Found]:
    """The number in the first cell behind "Organs" that is not the form's own limit."""
    cells = [
        (sentence.folded(start), sentence.folded(end - 1) + 1) for start, end in sentence.unit.cells
    ]
    text = sentence.text
    if not cells or not re.search(r"\borgans?\b", text[cells[0][0] : cells[0][1]], re.IGNORECASE):
        return
    for column, (start, end) in enumerate(cells[1:], start=1):
        limit = re.search(r"\bor (?:fewer|less)\b|\bmax|<|\u2264", text[start:end])
        if is_criterion(view, sentence, column) or limit:
            continue
        number = re.match(r"\W*([1-9])(?=\W|$)", text[start:end])
        if number is not None:
            yield int(number[1]), start + number.start(1), start + number.end(1)
            return


def _limited(text: str, start: int) -> bool:
    """Whether the number is a limit or a demand, not this patient's."""
    demand = _CUES["demand"].search(text[max(0, start - _DEMAND_REACH) : start])
    return bool(demand or _CUES["count_limit"].search(text[:start]))


def _number(words: str) -> int:
    low = words.lower()
    if low in ("single", "solitary"):
        return 1
    return int(low) if low.isdigit() else word_value(low) or 0
