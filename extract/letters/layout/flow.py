"""Lines become text: paragraphs whole again, table rows on one line, indents kept.

A line that the margin broke is joined with the next: the next line's first word would not
have fitted on it. All other line ends are the writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from extract.letters.layout.columns import blocks
from extract.letters.layout.hyphens import Hyphens
from extract.letters.layout.rows import whole_rows
from extract.letters.layout.running import without_running
from extract.letters.layout.words import CELL_GAP, Line, Page, Word
from extract.letters.sheet import Sheet

#: A step down of this many usual ones leaves a blank line.
_GAP = 1.4
#: Lines that end near the right margin, at least, for there to be one.
_SUPPORT = 2
_MARKER = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|[-*•–—·▪●◦‣o□☐☒☑])$")
_PAIR = re.compile(r"[A-Z][\w/&'()-]*(?: [\w/&'(),:-]+){0,5}:(?:\s|$)")
_SENTENCE_END = re.compile(r"[.!?:;)\]]$")


@dataclass(frozen=True, slots=True)
class _Set:
    """A line with what its page and its block say about it."""

    line: Line
    page: Page
    block: int

    @property
    def hangs(self) -> float | None:
        """Where the text after a list marker or a label begins; None without one."""
        first = self.line.cells[0]
        if _MARKER.match(first[0].text):
            rest = self.line.words[1:]
            return rest[0].x0 if rest else None
        return self.line.cells[1][0].x0 if len(self.line.cells) == 2 else None


@dataclass(frozen=True, slots=True)
class _Margins:
    """The margins of a block, and whether its lines were broken at the right one."""

    left: float
    right: float
    breaks: bool


def write_pages(pages: Sequence[Page]) -> Sheet:
    """The text of all pages, each word with its place."""
    body = without_running([page.lines() for page in pages])
    lines = [
        _Set(line, page, block.number)
        for page, kept in zip(pages, body, strict=True)
        for block in blocks(kept, page.unit)
        for line in block.lines
    ]
    return _Writer(lines).write()


class _Writer:
    def __init__(self, lines: Sequence[_Set]) -> None:
        self.sheet = Sheet()
        self.hyphens = Hyphens(word.text for each in lines for word in each.line.words)
        self.margins = {key: _margins(group) for key, group in _by_margin(lines).items()}
        self.pitch = _pitch(lines)
        self.lines = list(self._with_rows(lines))
        self.items = _items(self.lines)

    def write(self) -> Sheet:
        """Write line after line, each joined to the last where the margin broke it."""
        last: _Set | None = None
        start = True  # whether the last line began a paragraph
        for index, each in enumerate(self.lines):
            following = self.lines[index + 1] if index + 1 < len(self.lines) else None
            joined = last is not None and self._goes_on(last, each, start)
            if last is not None and not joined:
                if self._apart(last, each):
                    self.sheet.gap()
                else:
                    self.sheet.end_line()
            self._line(each, following, joined)
            start = not joined
            last = each
        self.sheet.end_line()
        return self.sheet

    def _with_rows(self, lines: Sequence[_Set]) -> Iterator[_Set]:
        """The lines, those of one table row as one."""
        for _, part in groupby(lines, key=lambda each: (each.page.number, each.block)):
            runs: list[list[_Set]] = []
            for each in part:
                if runs and not self._steps(runs[-1][-1], each):
                    runs[-1].append(each)
                else:
                    runs.append([each])
            page, block = runs[0][0].page, runs[0][0].block
            close = [[each.line for each in run] for run in runs]
            for run in whole_rows(close, page.unit, self.hyphens):
                yield from (_Set(line, page, block) for line in run)

    # -- one line -----------------------------------------------------------------

    def _line(self, each: _Set, following: _Set | None, joined: bool) -> None:
        line, unit = each.line, each.page.unit
        left = self.margins[_margin_key(each)].left
        if not joined:
            self.sheet.blank(max(0, round((line.x0 - left) / unit)))
        start = len(self.sheet.line)
        goes_on = following is not None and self._goes_on(each, following, not joined)
        for index, word in enumerate(line.words):
            if index and not line.words[index - 1].glued:
                self._gap(line.blanks[index - 1], word, left, unit, start if joined else 0)
            ends = index == len(line.words) - 1 and goes_on
            nxt = following.line.words[0].text if following and ends else ""
            self._word(each, word, self.hyphens.end(word, nxt) if nxt else word.text)
            if nxt and not self.hyphens.glued(word, nxt):
                self.sheet.blank()

    def _gap(self, blanks: float, word: Word, left: float, unit: float, start: int) -> None:
        if blanks < CELL_GAP:
            self.sheet.blank(2 if blanks >= 1.75 else 1)
            return
        column = round((word.x0 - left) / unit) if not start else 0
        self.sheet.blank(max(3, column - len(self.sheet.line)))

    def _word(self, each: _Set, word: Word, text: str) -> None:
        page = each.page
        self.sheet.add(text, page=page.number, box=word.box, scanned=page.scanned)

    # -- between lines ------------------------------------------------------------

    def _goes_on(self, last: _Set, each: _Set, start: bool) -> bool:
        """Whether ``each`` goes on with the sentence of ``last``."""
        if last.block != each.block or self._apart(last, each) or each.line.wide:
            return False
        # A row goes on with what cannot begin anything; else its last cell only ends far out.
        if last.line.wide and each.line.words[0].text[:1].isupper():
            return False
        if id(each) in self.items or not self._aligned(last, each, start):
            return False
        return self._full(last, each) and not _begins(last.line.text, each.line.text)

    def _full(self, last: _Set, each: _Set) -> bool:
        margins = self.margins[_margin_key(last)]
        first = each.line.words[0]
        if self.hyphens.breaks(last.line.words[-1], first.text):
            return True
        needed = last.line.x1 + last.page.blank + (first.x1 - first.x0)
        return margins.breaks and needed > margins.right - 0.2 * last.page.unit

    def _aligned(self, last: _Set, each: _Set, start: bool) -> bool:
        unit = last.page.unit
        shift = each.line.x0 - last.line.x0
        if last.page is not each.page and last.page.scanned:
            return abs(shift) < 8 * unit
        if last.hangs is not None:
            # A sentence that ends with its line may be all that was said there.
            hanging = abs(each.line.x0 - last.hangs) < unit
            whole = _SENTENCE_END.search(last.line.text)
            return (hanging and not whole) or abs(shift) < 0.6 * unit
        if abs(shift) < 0.6 * unit:
            return True
        # The first line of a paragraph may be indented.
        left = self.margins[_margin_key(each)].left
        return start and -8 * unit < shift < 0 and each.line.x0 - left < 0.6 * unit

    def _apart(self, last: _Set, each: _Set) -> bool:
        """Whether a blank line stands between them."""
        if last.page is not each.page or last.block != each.block:
            # White at the foot of a page says nothing; a full line, a list, a table go on.
            same = all(id(one) in self.items or one.line.wide for one in (last, each))
            return last.block != each.block or not (same or self._full(last, each))
        return self._steps(last, each)

    def _steps(self, last: _Set, each: _Set) -> bool:
        """Whether more white than usual stands between two lines of one page."""
        step = each.line.bottom - last.line.foot
        return step > _GAP * max(self.pitch, 0.8 * (last.line.bottom - last.line.top))


def _items(lines: Sequence[_Set]) -> frozenset[int]:
    """The lines that begin a list item: a bullet, or a number that others follow or led to.

    A line that happens to begin with "1." (of "ECOG 1.") has no "2." after it.
    """
    found: set[int] = set()
    open_: list[tuple[int, int]] = []  # numbers that may be items, with their lines
    for each in lines:
        first = each.line.words[0].text
        if not _MARKER.match(first) or len(each.line.words) < 2:
            continue
        digits = re.sub(r"\D", "", first)
        if not digits:
            found.add(id(each))
        elif open_ and int(digits) == open_[-1][0] + 1:
            open_.append((int(digits), id(each)))
            found |= {line for _, line in open_}
        elif digits == "1":
            open_ = [(1, id(each))]
    return frozenset(found)


def _begins(last: str, line: str) -> bool:
    """Whether a line looks like the first of something new, after one that is whole."""
    if not re.search(r"\w", line.split(" ", 1)[0]) and line[0] not in "(['\"“‘£<>≥≤~":
        return True  # a rule, or a table's edge
    if last[-1] in "|+" or not _SENTENCE_END.search(last):
        return last[-1] == "|"
    title = len(line) < 40 and line[0].isupper() and line[-1] not in ".,;?!)"
    return bool(_PAIR.match(line)) or title


def _margin_key(each: _Set) -> tuple[int, int]:
    # Pages of a scan lie askew and aside, each in its own way.
    return each.block, each.page.number if each.page.scanned or each.block else 0


def _by_margin(lines: Sequence[_Set]) -> dict[tuple[int, int], list[_Set]]:
    found: dict[tuple[int, int], list[_Set]] = {}
    for each in lines:
        found.setdefault(_margin_key(each), []).append(each)
    return found


def _margins(lines: Sequence[_Set]) -> _Margins:
    left = min(each.line.x0 for each in lines)
    prose = [each for each in lines if len(each.line.words) >= 4 and not each.line.wide]
    if not prose:
        return _Margins(left, max(each.line.x1 for each in lines), breaks=False)
    right = max(each.line.x1 for each in prose)
    unit = prose[0].page.unit
    support = sum(each.line.x1 > right - 8 * unit for each in prose)
    symmetric = right > 0.92 * lines[0].page.width - left
    return _Margins(left, right, breaks=support >= _SUPPORT or symmetric)


def _pitch(lines: Sequence[_Set]) -> float:
    """The usual step from one line to the next."""
    steps = [
        b.line.bottom - a.line.bottom
        for a, b in pairwise(lines)
        if a.page is b.page and a.block == b.block and b.line.bottom > a.line.bottom
    ]
    if not steps:
        return 0.0
    # Most steps are inside paragraphs; in a letter of short lines the smaller half is.
    steps.sort()
    return median(steps[: max(1, (len(steps) * 2) // 3)])
