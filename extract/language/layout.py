"""Lines become units: headings, pairs, list items, table rows, paragraphs.

A clinic letter says much by its layout: a list item inherits from its heading, a table
row from its column titles, a hard-wrapped line goes on with the next. This module reads
the layout alone, in one pass over the lines; it knows no medicine but the headings that
``patterns/sections.yaml`` names.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.language.layoutcopies import Copies
from extract.language.layoutlines import (
    DOT_PAIR,
    LISTS,
    MARKER,
    MONTH_END,
    PAIR,
    REMARK,
    ROW_TITLES,
    RULE,
    SALUTATION,
    TABLE_GAP,
    TITLE_PAIR,
    UPPER,
    YEAR,
    Headings,
    Line,
    cells_of,
    lines_of,
    opens_list,
    verbal,
    wrap_width,
)
from extract.language.reading import Unit, UnitKind


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
        self.copies = Copies()
        self.header: int | None = None
        self.blank = True
        self.last: Line | None = None
        self.width = 0

    def build(self) -> tuple[Unit, ...]:
        lines = lines_of(self.text)
        self.width = wrap_width(lines)
        for line in lines:
            self._take(line)
        self._close()
        return tuple(self.units)

    def _take(self, line: Line) -> None:
        if not line.text or RULE.match(line.text):
            self._close()
            self.blank = True
            if not line.text:
                self.header = None
            self.last = None
            return
        if self.last is not None and self.last.quoted != line.quoted:
            self._close()
            self.blank = True
        self.copies.open(line, self.blank)
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
        elif self._hangs_on_row(line):
            self._widen(line)
        else:
            self._prose(line)
        self.copies.close(line)
        self.blank = False
        self.last = line

    # -- kinds of line ------------------------------------------------------------

    def _item(self, line: Line) -> bool:
        match = MARKER.match(line.text)
        if not match or match.end() >= len(line.text):
            return False
        if line.text[0] in "~+" and not self._in_list():
            return False
        rest = line.text[match.end() :]
        category = self.headings(rest.strip(" :")) if len(rest) < 40 else None
        bare = re.sub(r"(?i)\b(?:interleukin|IL)[ -]?2\b", "", rest)
        if category and not rest.endswith(".") and not re.search(r"\d", bare):  # 1. DIAGNOSIS
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
            if UPPER.match(label) or (line.indent == 0 and not self._in_list()):
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

    def _pair(self, line: Line) -> bool:
        match = PAIR.match(line.text)
        if not match or SALUTATION.match(line.text):
            return False
        label = match["label"].strip()
        words = label.split()
        category = self.headings(label)
        if len(words) > 6 or (category is None and (len(words) > 5 or verbal(label))):
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
        marker = MARKER.match(rest) if rest else None
        if marker and opens_list(marker, rest):  # TREATMENT:   1. Sunitinib ...
            self.open = None
            self.units[-1] = replace(
                self.units[-1], kind=UnitKind.HEADING, end=line.start + match.end()
            )
            self._add_item(line.start + body, line.end, line.indent + body, marker)
        return True

    def _title(self, line: Line) -> bool:
        text = line.text
        plain = REMARK.sub("", text)
        category = self.headings(text.rstrip(": ")) if len(plain) < 60 else None
        inline = None
        if category is None:
            match = TITLE_PAIR.match(text) or (DOT_PAIR.match(text) if self.blank else None)
            if (
                match
                and (category := self.headings(match["label"]))
                and (UPPER.match(match["label"]) or self.blank or match.group().endswith("  "))
            ):
                inline = match
        shouting = bool(UPPER.match(text)) and len(text) < 70 and not re.search(r"\d", text)
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

    def _entry(self, line: Line) -> bool:
        """A line hung under "Treatment: ..." that begins anew is an entry of its own."""
        if self.open is None or self.last is None or self.section not in LISTS:
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

    def _row(self, line: Line) -> bool:
        if not TABLE_GAP.search(line.text) or self.text[line.start] in "[(":
            return False
        cells = cells_of(self.text, line.start, line.end)
        if len(cells) < 2:
            return False
        first = self.text[cells[0][0] : cells[0][1]]
        if MARKER.match(line.text) and len(cells) < 3:
            return False
        if len(cells) == 2 and (":" in first or MARKER.match(first + " ")):
            return False
        if len(cells) == 2 and self.headings(first.rstrip(": ")) and UPPER.match(first):
            return False
        if ":" in first and self.headings(first.split(":")[0]):
            return False
        self._close()
        named = self.headings(first.rstrip(": ")) if len(cells) == 2 and first[:1].isupper() else ""
        outer, self.section = self.section, named if named in ROW_TITLES else self.section
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
        self.section = outer or ""  # "Criteria    PS 0-1" names its own line only
        if self.header is None:
            self.header = len(self.units) - 1
        self.open = None
        return True

    def _hangs_on_row(self, line: Line) -> bool:
        """Whether a line goes on with the last cell of the row above it, set in below it."""
        row = self.units[-1] if self.units and self.last is not None else None
        if row is None or row.kind is not UnitKind.ROW or len(row.cells) != 2:
            return False
        column = row.cells[-1][0] - row.start + row.indent
        return line.indent > row.indent + 3 and abs(line.indent - column) <= 2

    def _widen(self, line: Line) -> None:
        row = self.units[-1]
        cells = (*row.cells[:-1], (row.cells[-1][0], line.end))
        self.units[-1] = replace(row, end=line.end, cells=cells)

    def _prose(self, line: Line) -> None:
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

    def _section_is_over(self, line: Line) -> bool:
        """Prose after a blank line ends a section that held a pair or a list."""
        if self.heading is None or SALUTATION.match(line.text):
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
            copied=self.copies.inside,
        )
        self.units.append(placed)
        self.open = placed

    def _opened(self) -> Unit:
        return self.units[-1]

    def _head(self, unit: Unit, category: str | None, line: Line) -> None:
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

    def _continues(self, line: Line) -> bool:
        if self.open is None or self.last is None or SALUTATION.match(line.text):
            return False
        before = self.text[self.open.start : self.last.end]
        if self.open.kind in (UnitKind.ITEM, UnitKind.PAIR):
            hangs = (
                line.indent > self.open.indent or line.indent >= self.open.body - self.open.start
            )
            return hangs or line.text[0].islower() or self._wrapped(before)
        if line.text[0].islower() or line.text[0] in ",;)":
            return True
        return self._wrapped(before) or bool(YEAR.match(line.text) and MONTH_END.search(before))

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

    def _extend(self, line: Line) -> None:
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
