"""The shapes of a letter's lines: markers, pairs, gaps, copies, and what a wrapped line is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

#: Sections whose hung lines are a list.
LISTS = frozenset(
    {"treatment", "diagnosis", "past_history", "medication", "plan", "imaging", "toxicity"}
)

#: Category of a heading text, ``None`` when no rule knows it.
Headings = Callable[[str], str | None]

LINE = re.compile(r"[^\n]*\n?")
MARKER = re.compile(
    r"(?:\(?(?P<num>\d{1,2})(?:[.):]|\.\))(?=\s)"  # 1. 1) (1) 1:
    r"|(?P<dotted>\d{1,2}\.\d{1,2})\.?(?=\s+[A-Za-z])"  # 1.1
    r"|\((?:[a-z]|[ivx]{1,4})\)(?=\s)|[a-z][.)](?=\s)"  # (a) a) a.
    r"|[-*+>#~](?=\s)|[-*](?!ve\b)(?=[A-Za-z])|o(?=\s+[A-Z])"  # bullets
    r"|\[[ xX✓]?\](?=\s*\S)|#(?P<hash>\d{1,2})(?=[\s:.])"
    r"|(?P<line>(?:[Ll]ine|LINE|[Cc]ourse|COURSE)\s+\d)(?=\s*[:.)-]))\s*"
)
RULE = re.compile(r"^[\s\-=_*~.#+|]{3,}$")
PAIR = re.compile(
    r"(?P<label>[A-Z*][^:\n]{0,48}?|[a-z][a-z]{0,3}(?:\s[a-z]+)?)\s*:(?=\s|$|[A-Za-z\d\[(<>~?])"
)
#: A known heading and a stop: "Plan. CT next week".
DOT_PAIR = re.compile(r"(?P<label>[A-Z][A-Za-z/]{1,14})\.\s+(?=[A-Z\d<>~\[])")
TITLE_PAIR = re.compile(r"(?P<label>[A-Z][A-Za-z /&()'-]{1,44}?)(?:\s+-\s+|\s{2,}|\s-(?=\w))(?=\S)")
GAP = re.compile(r"(?:\t+|\s*\|\s*| {3,}|\s+/{2}\s+)(?=\S)")
UPPER = re.compile(r"^[^a-z]*[A-Z]{3}[^a-z]*$")
LETTER_END = re.compile(r"[.!?:;]['\")\]]*\s*$")
TABLE_GAP = re.compile(r"\S(?: {3,}|\t+|\s*\|\s*)\S")
QUOTE_OPEN = re.compile(
    r"\[\s*(?:text|extract|copied|copy|taken|from|pasted|quoted|previous|above)\b"
    r"|\[\s*(?:letter|note|entry|e-?mail|clinic)\s+(?:of|from|dated)\b"
    r"|(?:-{3,}|={3,}|\*{2,}|#{2,}|<{2,})\s*(?:original|forwarded|previous|copied|pasted|imported)\b"
    r"|\b(?:copied|pasted|carried)\s+forward\b|^\s*(?:previous|earlier)\s+(?:letter|entry|note)\b"
    r"|\bas previously dictated\b|\bstatus at \d{1,2}[/.-]\d",
    re.IGNORECASE,
)
#: Headings that a row of a form may have for itself, in its first cell.
ROW_TITLES = frozenset({"criteria", "family", "allergies", "cardiac"})
#: "picked up in June" / "2008 (he remains ...": a date broken at the line's end.
MONTH_END = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)
YEAR = re.compile(r"(?:19|20)\d\d\b")
REMARK = re.compile(r"\s*\([^()]*\)$")
COPY_TITLE = re.compile(r"\[[^:\]]{0,70}:?\]")
#: The mark of a quoted line in a mail, once for each time it was quoted.
QUOTED = re.compile(r"(?:>\s?)*>\s+")
SALUTATION = re.compile(
    r"^\s*(?:dear|yours|kind regards|with (?:best|kind)|sincerely|cc\b|c\.c\.)", re.I
)


@dataclass(slots=True)
class Line:
    """One line as written: where it stands, and how far it is set in."""

    start: int
    end: int  # without the line break and trailing space
    indent: int
    text: str
    quoted: bool = False


def lines_of(text: str) -> list[Line]:
    """The lines of the text that hold anything."""
    found = []
    for match in LINE.finditer(text):
        if match.start() == match.end():
            break
        raw = match.group().rstrip()
        body = raw.lstrip()
        indent = len(raw) - len(body)
        start = match.start() + indent
        width = len(raw[:indent].expandtabs(8))
        mark = QUOTED.match(body)
        if mark:
            start, body = start + mark.end(), body[mark.end() :]
        found.append(Line(start, match.start() + len(raw), width, body, bool(mark)))
    return found


def opens_list(marker: re.Match[str], rest: str) -> bool:
    """Whether a marker may begin a list: it counts from one."""
    first = (marker["num"] or marker["dotted"] or "1").startswith("1")
    return first and marker.end() < len(rest) and not re.match(r"\d", rest[marker.end() :])


def cells_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a table row, by wide gaps and bars."""
    cells = []
    at = start
    while at < end and text[at] in "| \t":
        at += 1
    for gap in GAP.finditer(text, at, end):
        if gap.start() > at:
            cells.append((at, gap.start()))
        at = gap.end()
    stop = end
    while stop > at and text[stop - 1] in "| \t":
        stop -= 1
    if stop > at:
        cells.append((at, stop))
    return cells


def wrap_width(lines: list[Line]) -> int:
    """The margin the letter seems to be wrapped at; very large when it is not wrapped."""
    lengths = sorted(line.indent + len(line.text) for line in lines if len(line.text) > 40)
    if len(lengths) < 4:
        return 10_000
    widest = lengths[-1 - len(lengths) // 20]
    near = sum(1 for n in lengths if widest - 16 <= n <= widest + 4)
    return widest if widest <= 130 and near >= max(4, len(lengths) * 0.4) else 10_000


VERBAL = re.compile(
    r"\b(?:is|was|were|are|has|have|had|will|would|said|says|asked|told|saw|he|she|they|we|i|you)\b",
    re.IGNORECASE,
)


def verbal(label: str) -> bool:
    """Whether a label holds a verb, and so is a sentence."""
    return bool(VERBAL.search(label))
