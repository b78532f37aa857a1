"""When a disease status was seen: which dates in and near its sentence are its scans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.fields.therapy import tables
from extract.fields.therapy.events import Role, Scene, When, gap_cost
from extract.fields.therapy.model import Standing
from extract.fields.therapy.status import Status, cues, statuses
from extract.fields.therapy.story import Story
from extract.fields.view import View
from extract.language.reading import Sentence, Unit, UnitKind
from extract.values.datekinds import Kind
from extract.values.dates import EdtfDate
from extract.values.rawdates import RawDate

_VAGUE = frozenset({Kind.OFFSET, Kind.WEEKDAY, Kind.TODAY})
#: Farthest a date may stand from its status, in the tolls of ``gap_cost``.
_REACH_SCAN, _REACH = 26.0, 9.5
_WHEN = re.compile(r"^[\s,]*(?:when|where|at which(?: point)?|by which time)\b", re.IGNORECASE)
_DIRECT = re.compile(
    r"^[\s,\"')]*(?:(?:was|were|is|had been|has been|first|again|then|now|confirmed|documented|noted|seen|shown|recorded|reported"
    r"|demonstrated|detected|found|evident|apparent|obtained|achieved|reached|at best|overall|by RECIST)\s+){0,4}[(\[]?\s*(?:(?:on|in|at|by|of|as of|dated|around|about|during|c\.|since|from|as at|early|late|mid)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:^|[.;:,(]|\b(?:and|but|then|until|when|by|on|in))\s*(?:(?:on|in|by|at|during|around|about|the|early|late|mid|from|of|as of|last|this|that)\s+)*$",
    re.IGNORECASE,
)
_DRUG_EVENT = re.compile(
    r"\b(?:started|commenced|began|begun|stopped|discontinued|switched|changed to|initiated|received|last (?:dose|taken|took)|was given|admitted|completed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A date on which a status may have been seen; ``scan`` where a scan word stands by it."""

    raw: RawDate
    date: EdtfDate
    at: int
    to: int
    scan: bool
    visit: bool = False


@dataclass(slots=True)
class Assessments:
    """The dated assessments of one letter."""

    story: Story
    used: set[int] = field(default_factory=set)
    _held: dict[int, dict[int, list[Seen]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for course in self.story.courses:
            self.used |= {d.span[0] for d in (*course.starts, *course.ends)}

    @property
    def view(self) -> View:
        """The letter."""
        return self.story.view

    def of(self, status: Status) -> list[Seen]:
        """The dates of a status, earliest in the text first."""
        if status.sentence.unit.kind is UnitKind.ROW:
            found = self._in_row(status)
            if found is not None:
                return found
        index = status.sentence.index
        if index not in self._held:
            self._held[index] = self._assign(status.scene)
        return self._held[index].get(status.at, []) or self._elsewhere(status)

    # -- in the sentence --------------------------------------------------------------

    def _assign(self, scene: Scene) -> dict[int, list[Seen]]:
        """Each date of a sentence goes to the nearest status; each status keeps its nearest."""
        said = statuses(scene)
        if not said:
            return {}
        drawn: dict[int, list[tuple[float, Seen]]] = {}
        for seen in self.seen_in(scene):
            costs = [(self._cost(scene, seen, s, said), s) for s in said]
            cost, status = min(costs, key=lambda pair: pair[0])
            if cost <= (_REACH_SCAN if seen.scan else _REACH):
                drawn.setdefault(status.at, []).append((cost, seen))
        return {at: _kept(scene.sentence.text, at, found) for at, found in drawn.items()}

    def seen_in(self, scene: Scene) -> list[Seen]:
        """The dates of a sentence that can be those of a scan or a visit."""
        found = []
        text = scene.sentence.text
        for when in scene.whens:
            if when.until is not None:
                continue
            seen = self._seen(scene, when, text)
            if seen is not None:
                found.append(seen)
        return found

    def _seen(self, scene: Scene, when: When, text: str) -> Seen | None:
        date = self.view.resolve(when.raw)
        anchor = self.view.context.anchor
        if date is None or when.raw.forward:
            return None
        if anchor is not None and date.earliest > anchor.latest:
            return None
        before, after = text[: when.at], text[when.to :]
        scan = bool(cues()["scan_before"].search(before) or cues()["scan_after"].match(after))
        compared = cues()["compare_before"].search(before) and not _WHEN.match(after)
        if compared and not _since_status(scene, before, when):
            return None
        if not scan and (when.raw.start in self.used or cues()["not_scan_before"].search(before)):
            return None
        if scan and re.search(r"\b(?:until|till|reported|typed|due|booked|next)\W+$", before, re.IGNORECASE):
            return None
        visit = bool(cues()["visit_before"].search(before))
        if not scan and not visit and _taken(when):
            return None
        return Seen(when.raw, date, when.at, when.to, scan, visit)

    def _cost(self, scene: Scene, seen: Seen, status: Status, said: list[Status]) -> float:
        text = scene.sentence.text
        if seen.at >= status.at and seen.to <= status.to:
            return 0.0
        forward = seen.at >= status.to
        gap = text[status.to : seen.at] if forward else text[seen.to : status.at]
        cost = gap_cost(gap)
        if forward:
            if re.fullmatch(r"\s*[(\[][^()\[\]]*", gap):
                cost = min(cost, 2.0)
            elif _DIRECT.match(gap):
                cost = min(cost, 1.0)
            else:
                cost += 1.0
        else:
            cost += 0.5 if _OPENS.search(text[: seen.at]) or seen.scan else 2.5
            if _WHEN.match(gap):
                cost = min(cost, 1.0)
        low, high = (status.to, seen.at) if forward else (seen.to, status.at)
        cost += 18 * sum(low <= other.at < high for other in said if other is not status)
        cost += 7 * sum(low <= g.at < high and g.standing is Standing.REAL for g in scene.groups)
        if not seen.scan and _DRUG_EVENT.search(gap):
            cost += 6
        return cost

    # -- in a table -----------------------------------------------------------------------

    def _in_row(self, status: Status) -> list[Seen] | None:
        """In a row, the date in the status's cell, or that of a row that opens with a date."""
        unit = status.sentence.unit
        held = tables.cells(self.view, unit)
        spans = [(c.start, c.end) for c in held] or list(unit.cells)
        cell = next((s for s in spans if s[0] <= status.mention.start < s[1]), None)
        if cell is None:
            return None
        own = [s for s in self._assign_row(status) if cell[0] <= s.raw.start < cell[1]]
        dated = [c for c in held if c.column in (tables.Column.START, tables.Column.END)]
        if own and (not dated or "|" in self.view.text[unit.start : unit.end] or _own_words(status, own)):
            return own
        if any(g.standing is Standing.REAL for g in status.scene.groups) and dated:
            return []
        return own or self._row_date(status, spans, cell)

    def _assign_row(self, status: Status) -> list[Seen]:
        """The dates of a row that stand nearer this status than another."""
        said = statuses(status.scene)
        found = []
        for raw in self.view.dates_in(status.sentence.start, status.sentence.end):
            date = self.view.resolve(raw)
            if date is None:
                continue
            at, to = status.sentence.folded(raw.start), status.sentence.folded(raw.end - 1) + 1
            seen = Seen(raw, date, at, to, True)
            costs = [(self._cost(status.scene, seen, s, said), s.at) for s in said]
            if min(costs)[1] == status.at:
                found.append(seen)
        return found

    def _row_date(
        self, status: Status, spans: list[tuple[int, int]], cell: tuple[int, int]
    ) -> list[Seen] | None:
        """A row of scans or of events opens with its date."""
        if not spans or cell == spans[0]:
            return None
        first = spans[0]
        dates = self.view.dates_in(*first)
        if len(dates) != 1:
            return None
        raw = dates[0]
        rest = self.view.text[first[0] : raw.start] + self.view.text[raw.end : first[1]]
        if re.search(r"[A-Za-z]{3,}", rest) and not cues()["scan_before"].search(self.view.text[first[0] : raw.start] + " "):
            return None
        date = self.view.resolve(raw)
        if date is None:
            return None
        sentence = status.sentence
        return [Seen(raw, date, sentence.folded(raw.start), sentence.folded(raw.end - 1) + 1, True)]

    # -- near it -----------------------------------------------------------------------------

    def _elsewhere(self, status: Status) -> list[Seen]:
        """A scan told of before: in the heading, in the sentences before, in a report's head."""
        if cues()["past_perfect"].search(status.clause()):
            return []
        return (
            self._in_heading(status.sentence.unit)
            or self._sentences_before(status)
            or self._exam_date(status)
        )

    def _in_heading(self, unit: Unit) -> list[Seen]:
        for above in self.view.reading.path(unit):
            end = above.body if above.kind is UnitKind.PAIR else above.end
            words = self.view.text[above.start : end]
            if above.kind is UnitKind.PROSE or not re.search(r"\d|[A-Z][a-z]{2}", words):
                continue
            dates = self.view.dates_in(above.start, end)
            if len(dates) == 1 and cues()["status_words"].search(words):
                date = self.view.resolve(dates[0])
                anchor = self.view.context.anchor
                if date is not None and not (anchor and date.earliest > anchor.latest):
                    return [Seen(dates[0], date, 0, 0, True)]
        return []

    def _sentences_before(self, status: Status) -> list[Seen]:
        for scene in self._scenes_before(status):
            seen = [s for s in self.seen_in(scene) if s.scan]
            if seen:
                exact = [s for s in seen if s.raw.kind not in _VAGUE]
                return [(exact or seen)[-1]]
            if statuses(scene) or _begins_drug(scene):
                return []
        return []

    def _scenes_before(self, status: Status) -> Iterator[Scene]:
        """The sentences just before in the same paragraph, or the one that ends the last."""
        here = status.sentence
        unit = here.unit
        by_index = {made.sentence.index: made for made in self.story.scenes}
        points = bool(cues()["shown_by"].match(status.text)) or unit.kind is UnitKind.PAIR
        for step in range(1, 6):
            index = here.index - step
            if index < 0:
                return
            above = self.view.sentences[index]
            same = above.unit.index == unit.index
            if not same and not (points and step <= 2 and here.unit.index - above.unit.index <= 1):
                return
            if index in by_index:
                yield by_index[index]

    def _exam_date(self, status: Status) -> list[Seen]:
        """In a radiologist's report, the date of the examination."""
        if not cues()["report"].search(self.view.text[:1500]):
            return []
        for raw in self.view.dates:
            before = self.view.text[max(0, raw.start - 50) : raw.start]
            if cues()["exam_date"].search(before):
                date = self.view.resolve(raw)
                if date is not None and not status.sentence.of("AGENT"):
                    return [Seen(raw, date, 0, 0, True)]
        return []


def _taken(when: When) -> bool:
    """Whether the date hangs on a drug or on a verb of starting or stopping."""
    if when.head is None:
        return False
    if when.head.role in (Role.START, Role.END, Role.SWITCH):
        return when.head.mention is not None or when.head.role is not Role.START
    return when.head.role in (Role.DRUG, Role.OTHER) and when.cost < 4


def _since_status(scene: Scene, before: str, when: When) -> bool:
    """ "In complete remission since May": the date stands right after the status."""
    return any(
        re.fullmatch(r"\W*(?:since|from)\W+(?:the\W+)?", before[s.to :], re.IGNORECASE)
        for s in statuses(scene)
        if s.to <= when.at
    )


def _own_words(status: Status, own: list[Seen]) -> bool:
    return any(
        re.fullmatch(r"[\s,(:-]*(?:(?:on|CT|MRI|PET|scan|in|at|of)\s+)*", status.text[status.to : s.at])
        for s in own
        if s.at >= status.to
    )


def _begins_drug(scene: Scene) -> bool:
    return any(g.standing is Standing.REAL for g in scene.groups) and bool(
        scene.sentence.of("EV_START", "EV_SWITCH")
    )


def _kept(text: str, at: int, found: list[tuple[float, Seen]]) -> list[Seen]:
    """The nearest date of a status and those joined to it; the exact of two that say one day."""
    found.sort(key=lambda pair: pair[0])
    best = found[0][1]
    kept = [best]
    for _, seen in sorted(found[1:], key=lambda pair: pair[1].at):
        if _apposed(text, kept[-1], seen):
            kept[-1] = _exacter(kept[-1], seen)
        elif any(_joined(text, held, seen) for held in kept) or _goes_on(text, at, best, seen):
            kept.append(seen)
    return sorted(kept, key=lambda seen: seen.at)


def _apposed(text: str, one: Seen, other: Seen) -> bool:
    first, second = (one, other) if one.at < other.at else (other, one)
    gap = text[first.to : second.at]
    vague = one.raw.kind in _VAGUE or other.raw.kind in _VAGUE
    return vague and len(gap.split()) <= 4 and bool(re.search(r"[(,]|^\s+(?:scan|CT)?\s*$", gap)) or (
        vague and one.scan and other.scan and one.date.earliest <= other.date.latest
        and abs((one.date.earliest - other.date.earliest).days) < 11
    )


def _exacter(one: Seen, other: Seen) -> Seen:
    return other if one.raw.kind in _VAGUE else one


def _joined(text: str, one: Seen, other: Seen) -> bool:
    first, second = (one, other) if one.at < other.at else (other, one)
    return bool(cues()["coordinated"].match(text[first.to : second.at]))


def _goes_on(text: str, at: int, best: Seen, seen: Seen) -> bool:
    """ "PR in May, which had held on 3 July", "SD on CT of 3 May, confirmed on 4 July"."""
    if seen.at < at or seen.at < best.at or not (seen.scan or seen.visit or True):
        return False
    gap = text[max(at, best.to) : seen.at]
    return bool(cues()["goes_on"].search(gap)) and (seen.scan or bool(re.search(r"\b(?:on|in|at|by)\W+(?:the\W+)?$", gap)))
