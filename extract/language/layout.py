"""Lines become units: headings, pairs, list items, table rows, paragraphs.

A clinic letter says much by its layout: a list item inherits from its heading, a table
row from its column titles, a hard-wrapped line goes on with the next. This module reads
the layout alone, in one pass over the lines; it knows no medicine but the headings that
``patterns/sections.yaml`` names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from extract.language.reading import Unit, UnitKind

#: Sections whose hung lines are a list.
_LISTS = frozenset(
    {"treatment", "diagnosis", "past_history", "medication", "plan", "imaging", "toxicity"}
)

#: Category of a heading text, ``None`` when no rule knows it.
Headings = Callable[[str], str | None]

_LINE = re.compile(r"[^\n]*\n?")
_MARKER = re.compile(
    r"(?:\(?(?P<num>\d{1,2})(?:[.):]|\.\))(?=\s)"  # 1. 1) (1) 1:
    r"|(?P<dotted>\d{1,2}\.\d{1,2})\.?(?=\s+[A-Za-z])"  # 1.1
    r"|\((?:[a-z]|[ivx]{1,4})\)(?=\s)|[a-z][.)](?=\s)"  # (a) a) a.
    r"|[-*+>#~](?=\s)|[-*](?!ve\b)(?=[A-Za-z])|o(?=\s+[A-Z])"  # bullets
    r"|\[[ xX✓]?\](?=\s*\S)|#(?P<hash>\d{1,2})(?=[\s:.])"
    r"|(?P<line>(?:[Ll]ine|LINE|[Cc]ourse|COURSE)\s+\d)(?=\s*[:.)-]))\s*"
)
_RULE = re.compile(r"^[\s\-=_*~.#+|]{3,}$")
_PAIR = re.compile(
    r"(?P<label>[A-Z*][^:\n]{0,48}?|[a-z][a-z]{0,3}(?:\s[a-z]+)?)\s*:(?=\s|$|[A-Za-z\d\[(<>~?])"
)
_TITLE_PAIR = re.compile(
    r"(?P<label>[A-Z][A-Za-z /&()'-]{1,44}?)(?:\s+-\s+|\s{2,}|\s-(?=\w))(?=\S)"
)
_GAP = re.compile(r"(?:\t+|\s*\|\s*| {3,}|\s+/{2}\s+)(?=\S)")
_UPPER = re.compile(r"^[^a-z]*[A-Z]{3}[^a-z]*$")
_LETTER_END = re.compile(r"[.!?:;]['\")\]]*\s*$")
_TABLE_GAP = re.compile(r"\S(?: {3,}|\t+|\s*\|\s*)\S")
_QUOTE_OPEN = re.compile(
    r"\[\s*(?:text|extract|copied|copy|taken|from|pasted|quoted|previous|above)\b"
    r"|^\s*>+\s|-{3,}\s*(?:original|forwarded|previous)\b"
    r"|\b(?:copied|pasted|carried)\s+forward\b|^\s*(?:previous|earlier)\s+(?:letter|entry|note)\b"
    r"|\bas previously dictated\b|\bstatus at \d{1,2}[/.-]\d",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*\([^()]*\)$")
_COPY_TITLE = re.compile(r"\[[^:\]]{0,70}\]")
_SALUTATION = re.compile(
    r"^\s*(?:dear|yours|kind regards|with (?:best|kind)|sincerely|cc\b|c\.c\.)", re.I
)


@dataclass(slots=True)
class _Line:
    start: int
    end: int  # without the line break and trailing space
    indent: int
    text: str


def _lines(text: str) -> list[_Line]:
    found = []
    for match in _LINE.finditer(text):
        if match.start() == match.end():
            break
        raw = match.group().rstrip()
        body = raw.lstrip()
        indent = len(raw) - len(body)
        start = match.start() + indent
        width = len(raw[:indent].expandtabs(8))
        found.append(_Line(start, match.start() + len(raw), width, body))
    return found


def lay_out(text: str, headings: Headings) -> tuple[Unit, ...]:
    """Split folded ``text`` into units in reading order.

    Args:
        text: the letter after :func:`extract.language.text.fold`.
        headings: gives the category of a heading's text.
    """
    return _Builder(text, headings).build()


class _Builder:
    """Walks the lines once, holding the open unit, heading and list levels."""

    def __init__(self, text: str, headings: Headings) -> None:
        self.text = text
        self.headings = headings
        self.units: list[Unit] = []
        self.open: Unit | None = None
        self.stack: list[Unit] = []  # open list items and pairs by indent
        self.heading: int | None = None
        self.section = ""
        self.copied = False
        self.copy_closes = ""
        self.header: int | None = None
        self.blank = True
        self.last: _Line | None = None
        self.width = 0

    def build(self) -> tuple[Unit, ...]:
        lines = _lines(self.text)
        self.width = _wrap_width(lines)
        for line in lines:
            self._take(line)
        self._close()
        return tuple(self.units)

    def _take(self, line: _Line) -> None:
        if not line.text or _RULE.match(line.text):
            self._close()
            self.blank = True
            if not line.text:
                self.header = None
            self.last = None
            return
        self._track_copy(line)
        if (
            self._row(line)
            or self._item(line)
            or self._pair(line)
            or self._title(line)
            or self._entry(line)
        ):
            pass
        elif self._continues(line):
            self._extend(line)
        else:
            self._prose(line)
        if self.copied and self.copy_closes and self.copy_closes in line.text:
            self.copied = False
        self.blank = False
        self.last = line

    # -- kinds of line ------------------------------------------------------------

    def _item(self, line: _Line) -> bool:
        match = _MARKER.match(line.text)
        if not match or match.end() >= len(line.text):
            return False
        if line.text[0] in "~+" and not self._in_list():
            return False
        rest = line.text[match.end() :]
        category = self.headings(rest.strip(" :")) if len(rest) < 40 else None
        if category and not rest.endswith(".") and not re.search(r"\d", rest):  # 1. DIAGNOSIS
            self._close()
            label = rest.strip(" :")
            unit = Unit(
                index=len(self.units),
                start=line.start,
                end=line.end,
                body=line.start + match.end(),
                kind=UnitKind.HEADING,
                indent=line.indent,
                label=label,
            )
            if _UPPER.match(label) or (line.indent == 0 and not self._in_list()):
                self.stack = []
                self._head(unit, category, line)
                return True
        self._add_item(line.start, line.end, line.indent, match)
        return True

    def _add_item(self, start: int, end: int, indent: int, match: re.Match[str]) -> None:
        self._close()
        number = match["num"] or match["hash"] or (match["line"] or "")[-1:] or None
        parent = self._parent(indent)
        self._start(
            Unit(
                index=len(self.units),
                start=start,
                end=end,
                body=start + match.end(),
                kind=UnitKind.ITEM,
                indent=indent,
                marker=match.group().strip(),
                number=int(number) if number else None,
                parent=parent,
            )
        )
        self.stack.append(self._opened())

    def _pair(self, line: _Line) -> bool:
        match = _PAIR.match(line.text)
        if not match or _SALUTATION.match(line.text):
            return False
        label = match["label"].strip()
        words = label.split()
        category = self.headings(label)
        if len(words) > 6 or (category is None and (len(words) > 5 or _verbal(label))):
            return False
        body = match.end() + (
            len(line.text[match.end() :]) - len(line.text[match.end() :].lstrip())
        )
        rest = line.text[body:]
        if self._continues(line) and category is None and line.text[0].islower():
            return False
        self._close()
        kind = UnitKind.PAIR if rest else UnitKind.HEADING
        unit = Unit(
            index=len(self.units),
            start=line.start,
            end=line.end if rest else line.start + match.end(),
            body=line.start + (body if rest else match.end()),
            kind=kind,
            indent=line.indent,
            label=label,
        )
        self._head(unit, category, line)
        marker = _MARKER.match(rest) if rest else None
        if marker and _opens_list(marker, rest):  # TREATMENT:   1. Sunitinib ...
            self.open = None
            self.units[-1] = replace(
                self.units[-1], kind=UnitKind.HEADING, end=line.start + match.end()
            )
            self._add_item(line.start + body, line.end, line.indent + body, marker)
        return True

    def _title(self, line: _Line) -> bool:
        text = line.text
        plain = _REMARK.sub("", text)
        category = self.headings(text.rstrip(": ")) if len(plain) < 60 else None
        inline = None
        if category is None:
            match = _TITLE_PAIR.match(text)
            if (
                match
                and (category := self.headings(match["label"]))
                and (_UPPER.match(match["label"]) or self.blank or match.group().endswith("  "))
            ):
                inline = match
        shouting = bool(_UPPER.match(text)) and len(text) < 70 and not re.search(r"\d", text)
        if category is None and not shouting:
            return False
        if category and not inline and text[0].islower():
            return False
        self._close()
        unit = Unit(
            index=len(self.units),
            start=line.start,
            end=line.end,
            body=line.start + (inline.end() if inline else len(text)),
            kind=UnitKind.PAIR if inline else UnitKind.HEADING,
            indent=line.indent,
            label=(inline["label"] if inline else text).strip(" :"),
        )
        self._head(unit, category or "other", line)
        return True

    def _entry(self, line: _Line) -> bool:
        """A line hung under "Treatment: ..." that begins anew is an entry of its own."""
        if self.open is None or self.last is None or self.section not in _LISTS:
            return False
        pair = self.open if self.open.kind is UnitKind.PAIR else None
        if pair is None and self.open.kind is UnitKind.ITEM and not self.open.marker:
            pair = self.units[self.open.parent] if self.open.parent is not None else None
        if (
            pair is None
            or line.indent < 6
            or not line.text[0].isupper()
            or line.indent <= pair.indent
        ):
            return False
        if self._wrapped(self.text[self.open.start : self.last.end]):
            return False
        self._close()
        self._start(
            Unit(
                index=len(self.units),
                start=line.start,
                end=line.end,
                body=line.start,
                kind=UnitKind.ITEM,
                indent=line.indent,
                parent=pair.index,
            )
        )
        return True

    def _row(self, line: _Line) -> bool:
        if not _TABLE_GAP.search(line.text) or self.text[line.start] in "[(":
            return False
        cells = _cells(self.text, line.start, line.end)
        if len(cells) < 2:
            return False
        first = self.text[cells[0][0] : cells[0][1]]
        if _MARKER.match(line.text) and len(cells) < 3:
            return False
        if len(cells) == 2 and (":" in first or _MARKER.match(first + " ")):
            return False
        if len(cells) == 2 and self.headings(first.rstrip(": ")) and _UPPER.match(first):
            return False
        if ":" in first and self.headings(first.split(":")[0]):
            return False
        self._close()
        self._start(
            Unit(
                index=len(self.units),
                start=line.start,
                end=line.end,
                body=line.start,
                kind=UnitKind.ROW,
                indent=line.indent,
                cells=tuple(cells),
                header=self.header,
                parent=self._parent(line.indent),
            )
        )
        if self.header is None:
            self.header = len(self.units) - 1
        self.open = None
        return True

    def _prose(self, line: _Line) -> None:
        self._close()
        if line.indent == 0 or self.blank:
            self.stack = [u for u in self.stack if u.indent < line.indent]
        if self.blank and self._section_is_over(line):
            self.section, self.heading = "", None
        self._start(
            Unit(
                index=len(self.units),
                start=line.start,
                end=line.end,
                body=line.start,
                kind=UnitKind.PROSE,
                indent=line.indent,
                parent=self._parent(line.indent),
            )
        )

    def _section_is_over(self, line: _Line) -> bool:
        """Prose after a blank line ends a section that held a pair or a list."""
        if self.heading is None or _SALUTATION.match(line.text):
            return True
        if line.indent > self.units[self.heading].indent:
            return False
        held = [u for u in self.units[self.heading :] if u.kind is not UnitKind.HEADING]
        return bool(held) and any(u.kind is not UnitKind.PROSE for u in held)

    # -- the open unit ------------------------------------------------------------

    def _start(self, unit: Unit) -> None:
        placed = replace(
            unit,
            heading=self.heading if unit.heading is None else unit.heading,
            section=self.section,
            copied=self.copied,
        )
        self.units.append(placed)
        self.open = placed

    def _opened(self) -> Unit:
        return self.units[-1]

    def _head(self, unit: Unit, category: str | None, line: _Line) -> None:
        """Open a heading or a pair; only a known or bare heading begins a section."""
        opens = category is not None or unit.kind is UnitKind.HEADING or self.section == "admin"
        nested = self._in_list() and line.indent > 0 and category is None
        if opens and not nested:
            self.section = category or "other"
            self.heading = unit.index
            self.stack = []
            self.header = None
        self._start(unit if not opens or nested else replace(unit, heading=unit.index))
        if unit.kind is UnitKind.HEADING:
            self.open = None

    def _continues(self, line: _Line) -> bool:
        if self.open is None or self.last is None or _SALUTATION.match(line.text):
            return False
        before = self.text[self.open.start : self.last.end]
        if self.open.kind in (UnitKind.ITEM, UnitKind.PAIR):
            hangs = (
                line.indent > self.open.indent or line.indent >= self.open.body - self.open.start
            )
            return hangs or line.text[0].islower() or self._wrapped(before)
        if line.text[0].islower() or line.text[0] in ",;)":
            return True
        return self._wrapped(before)

    def _wrapped(self, before: str) -> bool:
        """Whether the last line was broken by the margin rather than by its writer."""
        if self.last is None:
            return False
        full = self.last.indent + len(self.last.text) >= self.width - 18
        if full and len(self.last.text) >= 40:
            return True
        tail = before.rstrip()
        return bool(
            re.search(r"[,;(&/-]$|\b(?:and|or|of|the|with|to|in|on|for|a|was|is|at|by)$", tail)
        )

    def _extend(self, line: _Line) -> None:
        if self.open is None:
            raise AssertionError("no unit is open")
        grown = replace(self.units[self.open.index], end=line.end)
        self.units[self.open.index] = grown
        self.open = grown
        self.stack = [grown if u.index == grown.index else u for u in self.stack]

    def _close(self) -> None:
        self.open = None

    def _in_list(self) -> bool:
        return bool(self.stack)

    def _parent(self, indent: int) -> int | None:
        while self.stack and self.stack[-1].indent >= indent:
            self.stack.pop()
        return self.stack[-1].index if self.stack else None

    def _track_copy(self, line: _Line) -> None:
        match = _QUOTE_OPEN.search(line.text)
        if match:
            self.copied = True
            self.copy_closes = "]" if match.group().startswith("[") else ""
            if _COPY_TITLE.fullmatch(line.text):
                self.copy_closes = "[end"  # the bracket holds the block's title, not the block
        elif (
            self.copied and self.copy_closes != "]" and (self.blank or _SALUTATION.match(line.text))
        ):
            self.copied = line.text.startswith(">")


def _opens_list(marker: re.Match[str], rest: str) -> bool:
    first = (marker["num"] or marker["dotted"] or "1").startswith("1")
    return first and marker.end() < len(rest) and not re.match(r"\d", rest[marker.end() :])


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cells = []
    at = start
    while at < end and text[at] in "| \t":
        at += 1
    for gap in _GAP.finditer(text, at, end):
        if gap.start() > at:
            cells.append((at, gap.start()))
        at = gap.end()
    stop = end
    while stop > at and text[stop - 1] in "| \t":
        stop -= 1
    if stop > at:
        cells.append((at, stop))
    return cells


def _wrap_width(lines: list[_Line]) -> int:
    """The margin the letter seems to be wrapped at; very large when it is not wrapped."""
    lengths = sorted(line.indent + len(line.text) for line in lines if len(line.text) > 40)
    if len(lengths) < 4:
        return 10_000
    widest = lengths[-1 - len(lengths) // 20]
    near = sum(1 for n in lengths if widest - 16 <= n <= widest + 4)
    return widest if widest <= 130 and near >= max(4, len(lengths) * 0.4) else 10_000


_VERBAL = re.compile(
    r"\b(?:is|was|were|are|has|have|had|will|would|said|says|asked|told|saw|he|she|they|we|i|you)\b",
    re.IGNORECASE,
)


def _verbal(label: str) -> bool:
    return bool(_VERBAL.search(label))
