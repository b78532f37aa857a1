"""Cycles of interleukin-2 in tables and dose charts.

A table has the cycles down its side and "first dose", "given" along its top, or the other
way round. A dose chart has one line a dose, or the doses of a day behind its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.fields.cues import Cues
from extract.fields.il2.counts import MOST_IN_CYCLE, number
from extract.fields.il2.found import TOTAL, Found
from extract.fields.il2.marks import counted_on, find_marks, read
from extract.fields.view import View
from extract.language.reading import Unit, UnitKind
from extract.language.trying import trial
from extract.records import Reason
from extract.values.datekinds import Kind
from extract.values.dates import EdtfDate
from extract.values.rawdates import RawDate

_TABLE = 4  # outweighs what sentences say
_CHART = 1  # a count of a chart's lines gives way to any count in words
_FEWEST = 4
_INTEGER = trial(r"\s*(?:x\s*)?([\dlOIo]{1,2}|[A-Za-z]+)\b(?!\s*(?:/\s*\d{1,2}\s*/|[.:]\d))")
_COLUMNS = trial(r"\s{2,}|\t|\s*\|\s*")
_DOSE_NUMBER = trial(r"(?:dose\s*|#|D)?\d{1,2}[.)]?", re.IGNORECASE)
_SHORT_DATE = trial(r"(?:\w{3,9}\s)?(\d{1,2})[/.](\d{1,2})(?=\s*[:\s])")
_CHART_DOSES = trial(r"(?<!\w)(?:D|dose |#)\s?(\d{1,2})\b(?!\s*(?:/|:)\s*\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, its characters, and the column of the line it begins in."""

    text: str
    start: int
    end: int
    column: int


@dataclass(slots=True)
class Read:
    """What tables gave, and the units that need not be read as sentences."""

    found: list[Found]
    units: set[int]


def read_tables(view: View, cues: Cues, cycle: int, course: int) -> Read:
    """Every table and chart of a letter in which interleukin-2 is named.

    Args:
        view: the letter.
        cues: those of ``patterns/il2.yaml``.
        cycle: the cycle of the admission, 0 where the letter is not about one.
        course: the course of the admission.
    """
    reader = _Tables(view, cues, cycle, course)
    return reader.read()


class _Tables:
    def __init__(self, view: View, cues: Cues, cycle: int, course: int) -> None:
        self.view = view
        self.cues = cues
        self.cycle = cycle
        self.course = course
        self.out = Read([], set())

    def read(self) -> Read:
        for rows in _runs(self.view.reading.units):
            self._table(rows)
        if self.cycle:
            self._chart_rows()
            self._chart_lines()
        return self.out

    def _cells(self, unit: Unit) -> list[Cell]:
        text = self.view.text
        line = text.rfind("\n", 0, unit.start) + 1
        cells = [Cell(text[a:b].strip(" |"), a, b, a - line) for a, b in unit.cells]
        return [cell for cell in cells if cell.text]

    # -- tables -----------------------------------------------------------------------

    def _table(self, rows: list[Unit]) -> None:
        header: list[Cell] = []
        kinds: list[str] = []
        across = False
        for unit in rows:
            cells = self._cells(unit)
            made = [self._kind(cell.text) for cell in cells]
            cycles = [self._cycle(cell.text) for cell in cells]
            if sum(1 for n in cycles if n) >= 2 and not any(self._date(c) for c in cells):
                header, kinds, across = cells, [str(n) if n else "" for n in cycles], True
            elif self._heads(cells, made):
                header, kinds, across = cells, made, False
            elif header and across:
                self._across(unit, cells, header, kinds)
                continue
            elif header:
                if not self._other_drug(unit):
                    self._down(unit, cells, header, kinds)
                continue

    def _heads(self, cells: list[Cell], kinds: list[str]) -> bool:
        """Whether a row names the columns of a table with a row a cycle, or a drug."""
        if "cycle" in kinds:
            return "given" in kinds or self._cycles_said(cells, kinds)
        return "given" in kinds and len(cells) >= 3 and self._plural(cells, kinds)

    def _cycles_said(self, cells: list[Cell], kinds: list[str]) -> bool:
        """Whether the heading row has starts of what it calls cycles, not mere numbers."""
        named = cells[kinds.index("cycle")].text
        return bool({"start", "admit"} & set(kinds)) and len(named.strip("#. ")) > 2

    def _plural(self, cells: list[Cell], kinds: list[str]) -> bool:
        """Whether the column is of numbers of doses, and not of milligrams."""
        return "doses" in cells[kinds.index("given")].text.lower() and not any(
            re.match(r"\d", cell.text) for cell in cells
        )

    def _other_drug(self, unit: Unit) -> bool:
        sentences = self.view.reading.sentences_of(unit)
        agents = [
            m.value("agents") for s in sentences for m in s.of("AGENT") if not m.value("weak")
        ]
        return bool(agents) and not any("aldesleukin" in names for names in agents)

    def _kind(self, text: str) -> str:
        for kind in ("cycle", "start", "given", "admit"):
            if self.cues[f"column_{kind}"].fullmatch(text.strip(" :.")):
                return kind
        return ""

    def _cycle(self, text: str) -> int:
        """The cycle a heading cell names alone ("Cycle 1", "C2", "Week 1")."""
        marks = find_marks(text, self.cues)
        if len(marks) == 1 and len(text) - (marks[0].end - marks[0].start) <= 4:
            return marks[0].cycle(self.course)
        return 0

    def _across(self, unit: Unit, cells: list[Cell], header: list[Cell], kinds: list[str]) -> None:
        """A row of a table that has a column a cycle."""
        kind = self._kind(cells[0].text)
        for cell in cells[1:]:
            column = _column(cell, cells, header, label=True)
            if column is None or not kinds[column]:
                continue
            self._value(kind, int(kinds[column]), cell, unit)

    def _down(self, unit: Unit, cells: list[Cell], header: list[Cell], kinds: list[str]) -> None:
        """A row of a table that has a row a cycle."""
        placed: dict[str, Cell] = {}
        for cell in cells:
            column = _column(cell, cells, header, label=False)
            if column is not None and kinds[column]:
                placed.setdefault(kinds[column], cell)
        if "cycle" not in kinds:
            self._whole(unit, placed.get("given"))
            return
        held = placed.get("cycle", cells[0])
        cycle = self._cycle(held.text) or counted_on(read(held.text.split()[0]), self.course)
        if not 0 < cycle <= 12:
            return
        begins = "start" if "start" in placed else "admit"
        for kind in (begins, "given"):
            if kind in placed:
                self._value(kind, cycle, placed[kind], unit)

    def _whole(self, unit: Unit, cell: Cell | None) -> None:
        """A treatment's row in a table of treatments with a column of doses."""
        named = [
            m.value("agents") for s in self.view.reading.sentences_of(unit) for m in s.of("AGENT")
        ]
        match = (
            re.match(r"\s*(\d{1,2})(?:\s*(?:doses?|/\s*\d+)?)?\s*$", cell.text) if cell else None
        )
        if cell and match and any("aldesleukin" in names for names in named):
            self.out.found.append(Found(TOTAL, cell.start, cell.end, _TABLE, doses=int(match[1])))
            self.out.units.add(unit.index)

    def _value(self, kind: str, cycle: int, cell: Cell, unit: Unit) -> None:
        if kind in ("start", "admit"):
            made = self._date(cell)
            if made is not None and not self._ahead(made):
                weight = _TABLE if kind == "start" else 2
                reasons = () if kind == "start" else (Reason.INFERRED,)
                self.out.found.append(
                    Found(cycle, cell.start, cell.end, weight, date=made, reasons=reasons)
                )
                self.out.units.add(unit.index)
        elif kind == "given":
            match = _INTEGER.match(cell.text)
            doses = number(match[1]) if match else None
            if doses and doses <= MOST_IN_CYCLE:
                self.out.found.append(Found(cycle, cell.start, cell.end, _TABLE, doses=doses))
            self.out.units.add(unit.index)

    def _date(self, cell: Cell) -> EdtfDate | None:
        dates = self.view.dates_in(cell.start, cell.end)
        return dates[0].resolve(self.view.context, prefer="dm") if dates else None

    def _ahead(self, made: EdtfDate) -> bool:
        anchor = self.view.context.anchor
        return anchor is not None and made.earliest > anchor.latest

    # -- charts -----------------------------------------------------------------------

    def _status(self, text: str) -> str:
        if self.cues["status_given"].match(text.strip(" .*")):
            return "given"
        return "omitted" if self.cues["status_omitted"].match(text.strip(" .*")) else ""

    def _chart_rows(self) -> None:
        """A chart of one line a dose, each given or omitted."""
        run: list[tuple[int, int, bool]] = []
        text = self.view.text
        at = 0
        for line in text.splitlines(keepends=True):
            parts = [p.strip(" |") for p in _COLUMNS.split(line.strip())]
            states = [state for p in parts[1:] if (state := self._status(p))]
            if len(parts) >= 3 and _DOSE_NUMBER.fullmatch(parts[0]) and states:
                run.append((at, at + len(line.rstrip()), states[0] == "given"))
            elif run and line.strip():
                self._run_ends(run)
                run = []
            at += len(line)
        self._run_ends(run)

    def _run_ends(self, run: list[tuple[int, int, bool]]) -> None:
        given = [(start, end) for start, end, was_given in run if was_given]
        if len(run) < _FEWEST or not given or len(given) > MOST_IN_CYCLE:
            return
        dates = self.view.dates_in(*given[0])
        made = dates[0].resolve(self.view.context, prefer="dm") if dates else None
        if made is not None and not self._ahead(made):
            self.out.found.append(Found(self.cycle, dates[0].start, dates[0].end, 3, date=made))
        chart = Found(self.cycle, given[0][0], given[-1][1], _CHART, doses=len(given),
                      reasons=(Reason.INFERRED,))  # fmt: skip
        self.out.found.append(chart)
        first, last = run[0][0], run[-1][1]
        units = self.view.reading.units
        self.out.units |= {u.index for u in units if first <= u.start and u.end <= last + 1}

    def _chart_lines(self) -> None:
        """A chart that lists the doses of each day behind its date: "28/6 D2 D3 D4"."""
        seen: dict[int, Unit] = {}
        began: tuple[EdtfDate, int, int] | None = None
        for unit in self.view.reading.units:
            line = self.view.text[unit.start : unit.end]
            dated = self._leading(unit)
            if dated is None or "\n" in line:
                continue
            doses = list(_CHART_DOSES.finditer(line, dated.end - unit.start))
            taken = [m for m in doses if not self.cues["dose_left_out"].match(line, m.end())]
            for match in taken:
                seen.setdefault(int(match[1]), unit)
            if began is None and any(int(m[1]) == 1 for m in taken):
                made = dated.resolve(self.view.context, prefer="dm")
                began = (made, dated.start, dated.end) if made else None
        if began is None or len(seen) < _FEWEST or self._ahead(began[0]):
            return
        self.out.found.append(Found(self.cycle, began[1], began[2], 3, date=began[0]))
        units = sorted(seen.values(), key=lambda unit: unit.start)
        self.out.found.append(
            Found(self.cycle, units[0].start, units[-1].end, _CHART, doses=len(seen),
                  reasons=(Reason.INFERRED,))
        )  # fmt: skip
        self.out.units |= {unit.index for unit in units}

    def _leading(self, unit: Unit) -> RawDate | None:
        """The date a line begins with, one that is no date elsewhere ("7/6:") included."""
        dates = self.view.dates_in(unit.start, unit.start + 24)
        if dates and dates[0].start - unit.start <= 12:
            return dates[0]
        match = _SHORT_DATE.match(self.view.text, unit.start, unit.end)
        if match is None:
            return None
        day, month = int(match[1]), int(match[2])
        return RawDate(match.start(), match.end(), Kind.DAY_MONTH, day=day, month=month)


def _runs(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """The rows that stand together."""
    run: list[Unit] = []
    for unit in units:
        if unit.kind is UnitKind.ROW:
            run.append(unit)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _column(cell: Cell, cells: list[Cell], header: list[Cell], *, label: bool) -> int | None:
    """The index of the heading a cell stands under.

    Args:
        cell: the cell.
        cells: its row.
        header: the cells of the heading row.
        label: the row begins with a label, for which the heading row may have no cell.
    """
    position = cells.index(cell)
    if len(cells) == len(header):
        return position
    if label and len(cells) == len(header) + 1:
        return position - 1
    width = [abs(cell.column - head.column) for head in header]
    nearest = min(range(len(header)), key=lambda i: width[i])
    return nearest if width[nearest] <= 12 else None
