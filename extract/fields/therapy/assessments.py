"""When a disease status was seen: its scans, in and near its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.fields import ticks
from extract.fields.therapy import tables
from extract.fields.therapy.events import Role, Scene, gap_cost
from extract.fields.therapy.links import joins
from extract.fields.therapy.model import Standing
from extract.fields.therapy.scans import VAGUE, Seen, seen_in
from extract.fields.therapy.status import Status, cues, statuses
from extract.fields.therapy.story import Story
from extract.fields.therapy.tables import Column
from extract.fields.view import View
from extract.language.reading import Unit, UnitKind
from extract.values.datekinds import DateContext
from extract.values.rawdates import RawDate

#: Farthest a date may stand from its status, in the tolls of ``gap_cost``.
_REACH_BACK, _REACH_ON, _REACH_BARE = 26.0, 10.5, 9.5
_FAR = 99.0
#: A line ends within the sentence: "... until 26 March 2007, when" and the scan on the next.
_BROKEN_OFF = re.compile(
    r"[\s,]*(?:and\s+)?(?:when|where|at which (?:point|time))\W*", re.IGNORECASE
)


class Assessments:
    """The dated assessments of one letter."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.used = {d.span[0] for c in story.courses for d in (*c.starts, *c.ends) if not d.shared}
        self._scenes = {made.sentence.index: made for made in story.scenes}
        self._held: dict[int, dict[int, list[Seen]]] = {}

    @property
    def view(self) -> View:
        """The letter."""
        return self.story.view

    def of(self, status: Status) -> list[Seen]:
        """The dates of a status, earliest in the text first."""
        index = status.sentence.index
        if index not in self._held:
            self._held[index] = self._assign(status.scene)
        own = self._held[index].get(status.at, [])
        if status.sentence.unit.kind is UnitKind.ROW:
            found = self._in_row(status, own)
            if found is not None:
                return found or self._form_line(status)
        own = own or self._in_segment(status)
        if own and not all(seen.same for seen in own):
            return own
        return own + self._elsewhere(status)

    def seen(self, scene: Scene) -> list[Seen]:
        """The dates of a sentence that can be a scan's or a visit's."""
        return seen_in(self.view, scene, self.used)

    # -- in the sentence --------------------------------------------------------------

    def _assign(self, scene: Scene) -> dict[int, list[Seen]]:
        """Each date of a sentence goes to the nearest status; each status keeps its nearest."""
        said = statuses(scene)
        drawn: dict[int, list[tuple[float, Seen]]] = {}
        free: list[Seen] = []
        dates = self.seen(scene)
        for seen in dates:
            costs = [(_cost(scene, seen, s, said, dates), s) for s in said]
            near = [(cost, s) for cost, s in costs if cost <= _reach(seen, s)]
            if near:
                cost, status = min(near, key=lambda pair: pair[0])
                drawn.setdefault(status.at, []).append((cost, seen))
            else:
                free.append(seen)
        places = [s.at for s in said]
        return {
            at: _kept(scene.sentence.text, places, at, found, free) for at, found in drawn.items()
        }

    def _in_segment(self, status: Status) -> list[Seen]:
        """The one free date that opens the sentence, or its part behind a semicolon, however far."""
        text = status.text
        taken = [seen for held in self._held[status.sentence.index].values() for seen in held]
        free = [s for s in self.seen(status.scene) if s.to <= status.at and s not in taken]
        begin = max(text.rfind(";", 0, status.at), text.rfind(". ", 0, status.at)) + 1
        inside = [s for s in free if s.at >= begin]
        if not inside:
            inside, begin = [s for s in free if s.scan], 0
        if len(inside) != 1:
            return []
        seen = inside[0]
        if any(seen.at < other.at < status.at for other in statuses(status.scene)):
            between = [s for s in statuses(status.scene) if seen.at < s.at < status.at]
            if any(s.value != status.value for s in between):
                return []
        lead = text[begin : seen.at]
        return (
            inside
            if seen.scan or seen.visit or cues()["date_lead"].match(lead) or len(lead.split()) < 4
            else []
        )

    # -- in a table -----------------------------------------------------------------------

    def _in_row(self, status: Status, near: list[Seen]) -> list[Seen] | None:
        """In a row, the date in the status's own cell, or that of a row that opens with a date."""
        unit = status.sentence.unit
        held = tables.cells(self.view, unit)
        spans = [(c.start, c.end) for c in held] or list(unit.cells)
        cell = next((s for s in spans if s[0] <= status.mention.start < s[1]), None)
        if cell is None:
            return None
        dated = any(c.column in (Column.START, Column.END) for c in held)
        own = [s for s in near if cell[0] <= s.raw.start < cell[1]]
        if dated:
            own = [s for s in own if s.scan or _touches(status, s)]
        if own or (dated and any(g.standing is not Standing.VOID for g in status.scene.groups)):
            return own
        return self._row_date(spans, cell) or near

    def _row_date(self, spans: list[tuple[int, int]], cell: tuple[int, int]) -> list[Seen]:
        """A row of scans or of events opens with its date."""
        first = spans[0]
        dates = self.view.dates_in(*first)
        if cell == first or len(dates) != 1:
            return []
        raw = dates[0]
        before, after = self.view.text[first[0] : raw.start], self.view.text[raw.end : first[1]]
        if re.search(r"[A-Za-z]{3,}", before + after) and not cues()["scan_word"].search(
            before + after
        ):
            return []
        return self._at(raw)

    def _at(self, raw: RawDate) -> list[Seen]:
        """A date outside the status's sentence as one seen by scan, unless it lies ahead."""
        date, anchor = self.view.resolve(raw), self.view.context.anchor
        if date is None or (anchor is not None and date.earliest > anchor.latest):
            return []
        return [Seen(raw, date, 0, 0, True)]

    # -- near it -----------------------------------------------------------------------------

    def _elsewhere(self, status: Status) -> list[Seen]:
        """A scan told of before: in the heading, in the sentences before, in a report's head."""
        if cues()["past_perfect"].search(status.clause()) or cues()["behind_since"].search(
            status.before()
        ):
            return []
        return (
            self._in_heading(status.sentence.unit)
            or self._sentences_before(status)
            or self._form_line(status)
            or self._exam_date(status)
        )

    def _in_heading(self, unit: Unit) -> list[Seen]:
        for above in self.view.reading.path(unit):
            end = above.body if above.kind is UnitKind.PAIR else above.end
            words = self.view.text[above.start : end]
            if above.kind is UnitKind.PROSE or len(words) > 120:
                continue
            dates = self.view.dates_in(above.start, end)
            if len(dates) == 1 and cues()["scan_word"].search(words):
                return self._at(dates[0])
        return []

    def _sentences_before(self, status: Status) -> list[Seen]:
        for scene in self._scenes_before(status):
            if any(s.mention.label == "RESP" for s in statuses(scene)):
                return []
            seen = [s for s in self.seen(scene) if (s.scan or _leads_scan(scene, s)) and not s.same]
            if seen:
                exact = [s for s in seen if s.raw.kind not in VAGUE]
                return [(exact or seen)[-1]]
            if _begins_drug(scene):
                return []
        return []

    def _form_line(self, status: Status) -> list[Seen]:
        """In a form, the date of the line of imaging above the box ticked for the response."""
        if not ticks.boxes(status.text):
            return []
        first = max(0, status.sentence.index - 4)
        for above in reversed(self.view.sentences[first : status.sentence.index]):
            dates = self.view.dates_in(above.start, above.end)
            if cues()["form_scan"].match(above.text) and len(dates) == 1:
                return self._at(dates[0])
        return []

    def _scenes_before(self, status: Status) -> Iterator[Scene]:
        """The sentences just before in the same paragraph, or those that end the last."""
        here = status.sentence
        points = bool(cues()["shown_by"].match(status.text)) or here.unit.kind is UnitKind.PAIR
        concludes = bool(cues()["concludes"].match(status.text))
        for step in range(1, 12 if concludes else 6):
            index = here.index - step
            if index < 0:
                return
            above = self.view.sentences[index]
            same = above.unit.index == here.unit.index or concludes
            if not same and not (points and step <= 2 and here.unit.index - above.unit.index <= 1):
                return
            if index in self._scenes:
                yield self._scenes[index]

    def _exam_date(self, status: Status) -> list[Seen]:
        """In a radiologist's report, the date of the examination."""
        if not cues()["report"].search(self.view.text[:1500]) or status.sentence.of("AGENT"):
            return []
        for raw in self.view.dates:
            if cues()["exam_date"].search(self.view.text[max(0, raw.start - 50) : raw.start]):
                return self._at(raw)
        return []


def _reach(seen: Seen, status: Status) -> float:
    if not seen.scan:
        return _REACH_BARE
    return _REACH_ON if seen.at >= status.to else _REACH_BACK


def _cost(scene: Scene, seen: Seen, status: Status, said: list[Status], dates: list[Seen]) -> float:
    """How far a date is from a status: words, breaks, and what stands between."""
    text = scene.sentence.text
    if seen.at >= status.at and seen.to <= status.to:
        return 0.0
    forward = seen.at >= status.to
    low, high = (status.to, seen.at) if forward else (seen.to, status.at)
    gap = text[low:high]
    cost = gap_cost(gap)
    if forward:
        if seen.leads or (not seen.scan and cues()["stopped_for"].search(text[: status.at])):
            return _FAR
        if re.fullmatch(r"[^;,.(\[]{0,40}[(\[][^()\[\]]*", gap):
            near = 0.5 if seen.scan else 2.0
            cost = min(cost, near if gap.lstrip().startswith(("(", "[")) else 4.0)
        else:
            cost = min(cost, 1.0) if cues()["date_direct"].match(gap) else cost + 1.0
    elif seen.leads:
        cost = min(cost, 1.0)
    else:
        cost += 0.5 if cues()["date_opens"].search(text[: seen.at]) or seen.scan else 2.5
    cost += 18 * sum(low <= other.at < high for other in said if other is not status)
    cost += 7 * sum(
        low <= g.at < high
        and g.standing is Standing.REAL
        and not (forward and joins(text[low : g.at], status.words))
        for g in scene.groups
    )
    cost += 4 * sum(
        low <= d.at < high for d in dates if d is not seen and not _listed(text, d, seen)
    )
    if not seen.scan and (
        cues()["drug_event"].search(gap) or _in_drugs_brackets(scene, seen, status)
    ):
        cost += 7
    return cost


def _in_drugs_brackets(scene: Scene, seen: Seen, status: Status) -> bool:
    """Whether a date stands in a drug's brackets, closed before the status."""
    text = scene.sentence.text
    opened, closed = text.rfind("(", 0, seen.at), text.find(")", seen.to)
    if opened <= text.rfind(")", 0, seen.at) or not 0 <= closed < status.at:
        return False
    return any(g.to <= opened and len(text[g.to : opened].split()) < 4 for g in scene.groups)


def _listed(text: str, one: Seen, other: Seen) -> bool:
    """Whether two dates are members of one list: "January, April and July"."""
    first, second = (one, other) if one.at < other.at else (other, one)
    return bool(cues()["coordinated"].match(text[first.to : second.at]))


def _kept(
    text: str, places: list[int], at: int, found: list[tuple[float, Seen]], free: list[Seen]
) -> list[Seen]:
    """The nearest date of a status, and those joined to it or told of as the same again.

    ``places`` are where the statuses of the sentence stand.
    """
    found.sort(key=lambda pair: pair[0])
    kept = [found[0][1]]
    rest = sorted([*(seen for _, seen in found[1:]), *free], key=lambda seen: seen.at)
    if kept[0].same:  # "the same as the one in August": the scan itself, too
        kept += [seen for seen in rest if seen.scan and not seen.same][:1]
    kept = [next((s for s in rest if s.date.refines(k.date)), k) for k in kept]
    grown = True
    while grown:
        grown = False
        for seen in [s for s in rest if s not in kept]:
            if (
                seen.same
                or any(_listed(text, held, seen) for held in kept)
                or (_goes_on(text, at, kept, seen) and not any(at < p < seen.at for p in places))
            ):
                kept.append(seen)
                grown = True
    finest = [k for k in kept if not any(other.date.refines(k.date) for other in kept)]
    return _rising(text, sorted(finest, key=lambda seen: seen.at))


def _rising(text: str, dates: list[Seen]) -> list[Seen]:
    """Months of a list without years follow one another: "May, August and November"."""
    risen: list[Seen] = []
    for seen in reversed(dates):
        late = risen and not seen.raw.has_year and seen.date.earliest > risen[0].date.latest
        moved = None
        if late and _listed(text, seen, risen[0]):
            moved = seen.raw.resolve(DateContext(risen[0].date))
        risen.insert(0, replace(seen, date=moved) if moved else seen)
    return risen


def _goes_on(text: str, at: int, kept: list[Seen], seen: Seen) -> bool:
    """ "PR in May, which had held on 3 July", "SD on CT of 3 May, confirmed on 4 July"."""
    begin = max(at, *(held.to for held in kept))
    if seen.at < begin:
        return False
    gap = text[begin : seen.at]
    return bool(cues()["goes_on"].search(gap)) and (
        seen.scan or bool(cues()["goes_on_date"].search(gap))
    )


def _touches(status: Status, seen: Seen) -> bool:
    """Whether nothing but a small word stands between a status and the date after it."""
    gap = status.text[status.to : seen.at] if seen.at >= status.to else "x"
    return bool(re.fullmatch(r"[\s,(:-]*(?:(?:on|CT|MRI|PET|scan|in|at|of)\s+)*", gap))


def _leads_scan(scene: Scene, seen: Seen) -> bool:
    """ "In March he came with new lumps, and CT showed growth": its one date, and a scan."""
    text = scene.sentence.text
    if _BROKEN_OFF.fullmatch(text[seen.to :]):
        return True
    alone = sum(when.until is None for when in scene.whens) == 1
    return (
        alone
        and bool(cues()["date_lead"].match(text[: seen.at]))
        and bool(cues()["scan_word"].search(text[seen.to :]))
    )


def _begins_drug(scene: Scene) -> bool:
    return any(g.standing is Standing.REAL for g in scene.groups) and any(
        head.role is Role.START and head.mention is not None for head in scene.heads
    )


__all__ = ["Assessments", "Seen"]
