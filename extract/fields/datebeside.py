"""Where on the page a date stands, and what the words beside it say it is the date of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final

from extract.fields.datecues import Cue, cues, read_cues
from extract.fields.pagelines import GAP, Line, split_lines
from extract.fields.view import View
from extract.language.reading import Sentence, Unit, UnitKind
from extract.language.trying import trial
from extract.values.datekinds import Kind
from extract.values.rawdates import RawDate

_SPACES: Final = trial(r"\s+")
_DEAR: Final = trial(
    r"^[\W_]*(?:dear\b|d[e3]ar\s+(?:dr|mr|mrs|ms|miss)|to whom it may)", re.IGNORECASE
)
_TIME: Final = r"(?:at\s+)?\d{1,2}[:.]?\d{2}(?:\s*h(?:rs?|ours)?)?(?:\s*(?:am|pm))?(?:\s+[A-Z]{3})?"
#: What may share a cell with a date under a letterhead.
_ALONE: Final = trial(
    rf"[\s\W_]*(?:(?:{_TIME}|on|the|of|day|early|late|night|am|pm|rang|late|shift|a\.m\.|p\.m\.)[\s\W_]*)*",
    re.IGNORECASE,
)
_SENTENCE_BREAK: Final = trial(r";")
#: Longest stretch of words between a cue and its date, by what the cue says.
_REACH: Final = {
    "visit": 60, "session": 70, "today": 14, "discharge": 30, "exam": 34, "report": 44,
    "plain": 24, "typed": 64, "printed": 34, "admitted": 26, "other": 26,
}  # fmt: skip
#: Sections whose dates are those of what they tell of.
_SECTIONS: Final = frozenset(
    {
        "diagnosis", "treatment", "history", "past_history", "medication", "pathology",
        "imaging", "cardiac", "investigations", "toxicity", "il2", "plan", "family",
    }
)  # fmt: skip
#: A line that tells something is none of the head.
_TELLS: Final = trial(
    r"\b(?:I|we|he|she|you|was|were|is|are|has|had|have|thank(?:s|ing)?|many|this|the)\b"
    r"|\bdiagnos|\btreatment\b|\bhistory\b|\bPMH\b|\bDx\b|\bRx\b",
    re.IGNORECASE,
)
_HEAD_LINES: Final = 26
_LONG_LINE: Final = 130
_FOOT_LINES: Final = 9
_DATE_KINDS: Final = frozenset(
    {Kind.FULL, Kind.NUMERIC, Kind.DAY_MONTH, Kind.MONTH_YEAR, Kind.NUMERIC_MY}
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What the words beside a date say.

    Attributes:
        kind: as the ``kind_`` cues name it; empty where no cue stands near.
        cue: the cue's own words, lower case.
        labelled: True for a form's label ("Date seen:", a column title), not mere prose.
    """

    kind: str = ""
    cue: str = ""
    labelled: bool = False


class Page:
    """A letter's lines, head and foot, and the cues that stand beside its dates."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.text = view.text
        self.lines = split_lines(view.text)
        self._starts = [line.start for line in self.lines]
        self._found: dict[int, list[Cue]] = {}
        self.head_end = self._head_end()
        self.foot_start = self._foot_start()
        self.dates = [d for d in view.dates if d.kind in _DATE_KINDS]
        self._date_starts = [d.start for d in self.dates]

    # -- zones ----------------------------------------------------------------------

    def line_at(self, position: int) -> Line:
        """The line that holds a character."""
        return self.lines[max(0, bisect_right(self._starts, position) - 1)]

    def unit_at(self, position: int) -> Unit | None:
        """The unit that holds a character, None between units."""
        units = self.view.reading.units
        index = bisect_right(units, position, key=attrgetter("start")) - 1
        return units[index] if index >= 0 and position < units[index].end else None

    def _head_end(self) -> int:
        filled = 0
        for line in self.lines:
            body = self.text[line.start : line.end]
            if not body.strip():
                continue
            if _DEAR.match(body.strip()):
                # "Dear Dr Ghent,   Hesper DUNMARROW" still belongs to the head.
                return self._below_salutation(line)
            if len(body) >= _LONG_LINE and len(line.cells) < 2:
                return line.start + (100 if filled <= 1 else 0)
            filled += 1
            if filled >= _HEAD_LINES:
                return line.end
        return len(self.text)

    def _below_salutation(self, dear: Line) -> int:
        """Where the short lines end that name patient and clinic below "Dear Dr Ghent"."""
        end = dear.start
        for line in self.lines[dear.index + 1 : dear.index + 7]:
            body = self.text[line.start : line.end].strip()
            if not body:
                continue
            if len(body) > 90 or _TELLS.search(body):
                break
            end = line.end
        return end

    def _foot_start(self) -> int:
        filled = [line for line in self.lines if self.text[line.start : line.end].strip()]
        start = filled[-_FOOT_LINES].start if len(filled) > _FOOT_LINES else 0
        closes = [
            m.start for m in self.view.mentions("DATE_CLOSE") if m.start > len(self.text) // 3
        ]
        return min([start, *closes]) if filled else 0

    def in_head(self, raw: RawDate) -> bool:
        """Whether a date stands above the salutation or the first paragraph."""
        return raw.start < self.head_end

    def in_foot(self, raw: RawDate) -> bool:
        """Whether a date stands among the last lines."""
        return raw.start >= self.foot_start

    def near_top(self, raw: RawDate, lines: int) -> bool:
        """Whether a date is on one of the first filled lines, and in no clinical section."""
        above = sum(bool(line.cells) for line in self.lines[: self.line_at(raw.start).index])
        unit = self.unit_at(raw.start)
        clinical = unit is not None and unit.section in _SECTIONS
        return above < (4 if clinical else lines)

    def copied(self, raw: RawDate) -> bool:
        """Whether a date stands in quoted or copied-forward text."""
        unit = self.unit_at(raw.start)
        return bool(unit and unit.copied)

    # -- what stands round a date -----------------------------------------------------

    def cell(self, raw: RawDate) -> tuple[int, int]:
        """The cell of its line that holds a date."""
        line = self.line_at(raw.start)
        for start, end in line.cells:
            if start <= raw.start < end:
                return start, end
        return line.start, line.end

    def alone(self, raw: RawDate, *, whole_line: bool = False) -> bool:
        """Whether a date has its cell, or its line, to itself but for a weekday or a time."""
        if whole_line:
            line = self.line_at(raw.start)
            start, end = line.start, line.end
        else:
            start, end = self.cell(raw)
        rest = self.text[start : raw.start] + " " + self.text[raw.end : max(end, raw.end)]
        return bool(_ALONE.fullmatch(rest))

    def opens(self, raw: RawDate) -> bool:
        """Whether a date is the first thing in the letter, and of no list of dated lines."""
        if self.text[: raw.start].strip(" \t\r\n*-#"):
            return False
        firsts = [
            d
            for d in self.dates
            if not self.text[self.line_at(d.start).start : d.start].strip(" \t*-#")
        ]
        return len(firsts) == 1

    def headline(self, raw: RawDate) -> bool:
        """Whether a date stands in a short title line or cell, with no clinical words."""
        start, end = self._stretch(raw)
        rest = self.text[start : raw.start] + " " + self.text[raw.end : max(end, raw.end)]
        return len(rest.split()) <= 12 and not cues()["clinical"].search(rest)

    def titles(self, raw: RawDate) -> bool:
        """Whether a date ends a short line that says no more than what it is the date of."""
        line = self.line_at(raw.start)
        before, after = self.text[line.start : raw.start], self.text[raw.end : line.end]
        return len(before.split()) <= 5 and not after.strip(" .)")

    def in_prose(self, raw: RawDate) -> bool:
        """Whether a date stands in a full sentence about somebody."""
        start, _ = self._stretch(raw)
        return bool(cues()["somebody"].search(self.text[start : raw.start]))

    def _stretch(self, raw: RawDate) -> tuple[int, int]:
        """The cell, or the sentence inside it, that holds a date."""
        start, end = self.cell(raw)
        index = self._sentence_of(raw.start)
        if index < 0 or self.view.sentences[index].end <= raw.start:
            return start, end
        sentence = self.view.sentences[index]
        return max(start, sentence.start), min(end, sentence.end)

    def names_patient(self, raw: RawDate) -> bool:
        """Whether a date's line names the patient."""
        line = self.line_at(raw.start)
        return bool(cues()["patient_line"].search(self.text[line.start : line.end]))

    def signed(self, raw: RawDate) -> bool:
        """Whether a signature or its like stands on a date's line."""
        line = self.line_at(raw.start)
        return bool(cues()["close"].search(self.text, line.start, line.end))

    def beside(self, raw: RawDate) -> Beside:
        """What the words before a date say, else those behind it, else the line above."""
        return self._before(raw) or self._behind(raw) or self._above(raw) or Beside()

    def _before(self, raw: RawDate) -> Beside | None:
        line = self.line_at(raw.start)
        floor = max(line.start, self._last_date_end(raw))
        cue = self._last_cue(floor, raw.start)
        if cue is None:
            return self._carried(raw, line)
        gap = self.text[cue.end : raw.start]
        words = _SPACES.sub(" ", gap)
        kind = cue.kind
        if len(words) > _REACH[kind] or re.search(r"\d", words) or _SENTENCE_BREAK.search(words):
            return None
        if kind == "other" and GAP.search(gap):
            return None
        if self._sentence_of(raw.start) != cue.sentence:
            return None
        start, _ = self.cell(raw)
        begins = not self.text[max(line.start, start) : cue.start].strip(" *-:(\"'") or (
            cue.start < start
        )
        labelled = begins and (words.strip()[:1] in {":", "=", "."} or "date" in cue.text.lower())
        return Beside(kind, cue.text.lower(), labelled)

    def _carried(self, raw: RawDate, line: Line) -> Beside | None:
        """The label of a row that holds several dates and no more."""
        index = bisect_left(self._date_starts, raw.start) - 1
        if index < 0 or self.dates[index].start < line.start or len(line.cells) < 3:
            return None
        if self.text[self.dates[index].end : raw.start].strip(" \t|"):
            return None
        return self._before(self.dates[index])

    def _behind(self, raw: RawDate) -> Beside | None:
        line = self.line_at(raw.start)
        stop = min(line.end, self._next_date_start(raw), raw.end + 40)
        after = self.text[raw.end : stop]
        lead = re.match(r"[\s(\[,\-–—]*", after)
        if lead is None or GAP.match(after):
            return None
        at = raw.end + lead.end()
        cue = next((c for c in self._cues_in(at, at + 1) if c.start == at), None)
        if cue is None:
            return None
        bracketed = "(" in lead[0] or "[" in lead[0]
        if not bracketed and stop == self._next_date_start(raw):
            return None  # the cue belongs to the next date
        if re.match(r"\s*:\s*\S", self.text[cue.end : line.end]):
            return None
        return Beside(cue.kind, cue.text.lower(), False)

    def _above(self, raw: RawDate) -> Beside | None:
        """A label on the line above, or the title of the date's column."""
        if not self.alone(raw):
            return None
        line = self.line_at(raw.start)
        lines = self.lines[max(0, line.index - 2) : line.index]
        above = next((one for one in reversed(lines) if one.cells), None)
        if above is None:
            return None
        own = next((i for i, c in enumerate(line.cells) if c[0] <= raw.start < c[1]), 0)
        if len(above.cells) == 1 == len(line.cells):
            start, end = above.cells[0]
        elif len(above.cells) == len(line.cells):
            start, end = above.cells[own]
        else:
            return None
        cue = self._last_cue(start, end)
        if cue is None or end - start > 40 or re.search(r"\d", self.text[start:end]):
            return None
        if self.text[start : cue.start].strip(" *-") or self.text[cue.end : end].strip(" :.-*"):
            return None
        return Beside(cue.kind, cue.text.lower(), True)

    def _last_cue(self, floor: int, at: int) -> Cue | None:
        held = [c for c in self._cues_in(floor, at) if c.start >= floor and c.end <= at]
        return held[-1] if held else None

    def _cues_in(self, start: int, end: int) -> list[Cue]:
        """The cues of the sentences that ``text[start:end]`` touches, in order."""
        first = max(0, bisect_right(self._sentence_starts, start) - 1)
        found: list[Cue] = []
        for sentence in self.view.sentences[first:]:
            if sentence.start >= end:
                break
            if sentence.end > start:
                found += self._cues_of(sentence)
        return found

    def _cues_of(self, sentence: Sentence) -> list[Cue]:
        if sentence.index not in self._found:
            self._found[sentence.index] = list(read_cues(sentence))
        return self._found[sentence.index]

    @cached_property
    def head_cues(self) -> list[Cue]:
        """The cues above the salutation or the first paragraph."""
        return [c for c in self._cues_in(0, self.head_end) if c.start < self.head_end]

    @cached_property
    def inpatient(self) -> bool:
        """Whether the letter is about a stay in hospital that is over."""
        if cues()["discharge_letter"].search(_SPACES.sub(" ", self.text[: self.head_end])):
            return True
        return {"admitted", "discharge"} <= {c.kind for c in self.head_cues}

    def _last_date_end(self, raw: RawDate) -> int:
        index = bisect_left(self._date_starts, raw.start) - 1
        return self.dates[index].end if index >= 0 else 0

    def _next_date_start(self, raw: RawDate) -> int:
        index = bisect_right(self._date_starts, raw.start)
        return self.dates[index].start if index < len(self.dates) else len(self.text)

    def _sentence_of(self, position: int) -> int:
        index = bisect_right(self._sentence_starts, position) - 1
        return self.view.sentences[index].index if index >= 0 else -1

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.view.sentences]

    @cached_property
    def is_report(self) -> bool:
        """Whether the head is that of a laboratory's or a scan's report."""
        return any(
            cue.kind == "report" or cue.text.lower().startswith(("recei", "specimen"))
            for cue in self.head_cues
        )

    # -- prose ------------------------------------------------------------------------

    def saw(self, raw: RawDate) -> str:
        """How an opening sentence says that the patient was seen on a date.

        Returns ``"i"`` where the writer says "I saw" or "your visit on", ``"he"`` for "he
        was seen", else ``""``.
        """
        index = self._sentence_of(raw.start)
        if index not in self._opening or self.opens_today:
            return ""
        sentence = self.view.sentences[index]
        at = sentence.folded(raw.start)
        for match in reversed(list(cues()["saw"].finditer(sentence.text, 0, at))):
            gap = sentence.text[match.end() : at]
            if (
                len(gap) > 90
                or re.search(r"[\d;]", gap)
                or cues()["past_visit"].search(match[0] + gap)
            ):
                continue
            return "i" if cues()["first_person"].match(match[0]) else "he"
        return ""

    @cached_property
    def opens_today(self) -> bool:
        """Whether the opening says that the patient was seen on the day of writing."""
        return any(_TODAY.search(self.view.sentences[index].text) for index in self._opening)

    @cached_property
    def _opening(self) -> frozenset[int]:
        """Indices of the first sentences of prose."""
        found = [
            s.index
            for s in self.view.sentences
            if s.unit.kind is UnitKind.PROSE
            and len(s.text) > 40
            and (s.start >= self.head_end or self.head_end > len(self.text) // 2)
            and not s.unit.copied
        ]
        return frozenset(found[:4])


_TODAY: Final = trial(r"\b(?:today|this (?:morning|afternoon|evening))\b", re.IGNORECASE)
