"""Tick boxes in forms: which of the options on a line is ticked.

Forms print the box before its option (``[ ] 0  [x] 1``) or after it (``0 [ ]  1 [X]``);
the first box and the first option on the line tell which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.language.trying import trial

_BOX = trial(
    r"[\[(]\s?(?P<mark>[xX*+]|\)\(|_?x_?|yes|_{0,2}|)\s?(?:[\])]|(?<=\[ )\|)"  # [x] [ ] (x) ( )
    r"|(?:(?<![\w/.-])|(?<=\d))(?P<bare>x|X|o)(?![\w/.-])"  # ballot boxes, after folding
)


@dataclass(frozen=True, slots=True)
class Box:
    """A box at ``text[start:end]``."""

    start: int
    end: int
    ticked: bool


def boxes(text: str) -> list[Box]:
    """The boxes of a line; bare marks count only where two or more stand on it."""
    found = [(m, bool(m["bare"])) for m in _BOX.finditer(text)]
    bare = [m for m, is_bare in found if is_bare]
    use_bare = len(bare) >= 2 and any(m["bare"] == "o" for m in bare)
    return [
        Box(m.start(), m.end(), (m["bare"] or m["mark"]).lower().strip("_") not in ("", "o"))
        for m, is_bare in found
        if use_bare or not is_bare
    ]


def ticked(text: str, start: int, end: int, held: list[Box] | None = None) -> bool | None:
    """Whether the option at ``text[start:end]`` is ticked; None where it has no box."""
    held = boxes(text) if held is None else held
    before = next((b for b in held if b.end <= start and _near(text, b.end, start)), None)
    after = next((b for b in held if b.start >= end and _near(text, end, b.start)), None)
    if before and after and not _box_follows(text, held):
        return before.ticked
    if before and after:
        return after.ticked
    chosen = before or after
    return chosen.ticked if chosen else None


def options(text: str) -> Iterator[tuple[str, bool, int]]:
    """The words of each option of a line of boxes, whether it is ticked, where it begins."""
    held = boxes(text)
    if not held:
        return
    follows = _box_follows(text, held)
    for number, box in enumerate(held):
        if follows:
            start = held[number - 1].end if number else 0
            stop = box.start
        else:
            start = box.end
            stop = held[number + 1].start if number + 1 < len(held) else len(text)
        words = text[start:stop]
        lead = len(words) - len(words.lstrip())
        yield words.strip(), box.ticked, start + lead


def _near(text: str, start: int, stop: int) -> bool:
    return not text[start:stop].strip(" :")


def _box_follows(text: str, held: list[Box]) -> bool:
    """Boxes stand after their options where a box, or a remark behind one, ends the line."""
    rest = text[held[-1].end :].strip(" .;,")
    return not rest or (rest[0] == "(" and rest[-1] == ")")
