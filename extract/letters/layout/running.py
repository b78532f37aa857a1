"""Running heads and feet: what every page says at its edge is said once, or not at all.

A head keeps its first place, where it is the letterhead; a foot and a page number would
stand in the middle of a sentence that goes over the page, and are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extract.letters.layout.words import Line

#: Lines at each edge of a page that may run.
_EDGE = 5
_NUMBER = re.compile(
    r"(?:page|p\.?|pg\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*(?:of|/)\s*\d{1,4}"
    r"|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,3}",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"\bpage\s*\d{1,4}\b|\bcont(?:inued|'?d)?\b|\(?\bcont\.", re.IGNORECASE)


def without_running(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page, from top to bottom, without running heads and feet."""
    heads = _repeated([list(lines[:_EDGE]) for lines in pages])
    feet = _repeated([list(lines[::-1][:_EDGE]) for lines in pages])
    kept, seen = [], set()
    for number, lines in enumerate(pages):
        first, last = 0, len(lines)
        while last > first and _is_foot(lines[last - 1], feet, lines, last):
            last -= 1
        cut: list[Line] = []
        while first < last and first < _EDGE and _is_head(lines[first], heads, number):
            cut.append(lines[first])
            first += 1
        new = [line for line in cut if _key(line) in heads and _key(line) not in seen]
        seen |= {_key(line) for line in cut}
        kept.append([*(new if number == 0 else []), *lines[first:last]])
    return kept


def is_page_number(line: str) -> bool:
    """Whether a line says which page it is on, and nothing else."""
    return bool(_NUMBER.fullmatch(line.strip()))


def _is_head(line: Line, heads: frozenset[str], page: int) -> bool:
    if _key(line) in heads or is_page_number(line.text):
        return True
    # The head of a second page names the patient, and the first page has none.
    return page > 0 and len(line.words) < 16 and bool(_CONTINUED.search(line.text))


def _is_foot(line: Line, feet: frozenset[str], lines: Sequence[Line], last: int) -> bool:
    if len(lines) - last >= _EDGE:
        return False
    return _key(line) in feet or is_page_number(line.text)


def _repeated(edges: Sequence[Sequence[Line]]) -> frozenset[str]:
    """What stands at the same height at the edge of at least half of the pages."""
    places: dict[str, list[float]] = defaultdict(list)
    for lines in edges:
        for line in {_key(line): line for line in lines}.values():
            places[_key(line)].append(line.bottom)
    enough = max(2, (len(edges) + 1) // 2 if len(edges) < 4 else len(edges) // 2)
    return frozenset(
        key
        for key, tops in places.items()
        if len(tops) >= enough and max(tops) - min(tops) < 30 and key.strip("# ")
    )


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", line.text.casefold()))
