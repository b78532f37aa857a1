"""Running heads and feet: what every page says at its edge is said once, or not at all.

A head keeps its first place, where it is the letterhead; a foot and a page number would
stand in the middle of a sentence that goes over the page, and are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from extract.letters.layout.words import Line

#: Lines at each edge of a page that may run.
_EDGE = 5
_NUMBER = re.compile(
    r"(?:page|p\.?|pg\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*(?:of|/)\s*\d{1,4}"
    r"|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,3}",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\b(?:page|pg|p)\b\.? *\d{1,4}(?: *(?:of|/) *\d{1,4})?|\b\d{1,4} of \d{1,4}$")
#: What a second page's head says; prose may say that something was continued.
_CONTINUED = re.compile(
    r"\bpage\s*\d{1,4}\b|\bcont(?:['’/]?d)\b|\(\s*cont(?:inued|\.)|[-–—:/]\s*continued\W*$"
    r"|^\W*continued\b(?:\W*$|\s+(?:from|over|on page)\b)",
    re.IGNORECASE,
)


def without_running(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page, from top to bottom, without running heads and feet."""
    keys = {id(line): _keys(line, n) for n, lines in enumerate(pages, 1) for line in lines}
    heads = _repeated([lines[:_EDGE] for lines in pages], keys)
    feet = _repeated([lines[::-1][:_EDGE] for lines in pages], keys)
    kept: list[list[Line]] = []
    seen: set[str] = set()
    for number, lines in enumerate(pages):
        first, last = 0, len(lines)
        while last > first and _is_foot(lines, last, feet, keys):
            last -= 1
        cut: list[Line] = []
        while first < last and first < _EDGE and _is_head(lines[first], heads, keys, number):
            cut.append(lines[first])
            first += 1
        new = [line for line in cut if keys[id(line)] & heads and not keys[id(line)] & seen]
        seen |= {key for line in cut for key in keys[id(line)]}
        kept.append([*(new if number == 0 else []), *lines[first:last]])
    return kept


def is_page_number(line: str) -> bool:
    """Whether a line says which page it is on, and nothing else."""
    return bool(_NUMBER.fullmatch(line.strip()))


def _is_head(
    line: Line, heads: frozenset[str], keys: Mapping[int, frozenset[str]], page: int
) -> bool:
    if keys[id(line)] & heads or is_page_number(line.text):
        return True
    # The head of a second page names the patient, and the first page has none.
    return page > 0 and len(line.words) < 16 and bool(_CONTINUED.search(line.text))


def _is_foot(
    lines: Sequence[Line], last: int, feet: frozenset[str], keys: Mapping[int, frozenset[str]]
) -> bool:
    line = lines[last - 1]
    return len(lines) - last < _EDGE and bool(keys[id(line)] & feet or is_page_number(line.text))


def _repeated(
    edges: Sequence[Sequence[Line]], keys: Mapping[int, frozenset[str]]
) -> frozenset[str]:
    """What stands at the same height at the edge of at least half of the pages."""
    places: dict[str, list[float]] = defaultdict(list)
    for lines in edges:
        last = {key: line.bottom for line in lines for key in keys[id(line)]}
        for key, bottom in last.items():
            places[key].append(bottom)
    enough = max(2, (len(edges) + 1) // 2 if len(edges) < 4 else len(edges) // 2)
    return frozenset(
        key
        for key, tops in places.items()
        if len(tops) >= enough and max(tops) - min(tops) < 30 and key.strip("# ")
    )


def _keys(line: Line, page: int) -> frozenset[str]:
    """What makes a line the same on every page: its words and numbers, but for the page's.

    Rows of a table that goes over the page differ in their numbers only, and do not run.
    """
    text = _PAGE.sub("#", " ".join(line.text.casefold().split()))
    return frozenset({text, re.sub(rf"(?<![\d.,/:-]){page}(?![\d.,/:-])", "#", text)})
