"""Which dates of a sentence can be those of a scan or a visit, rather than of a drug."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from extract.fields.therapy.events import Role, Scene, When
from extract.fields.therapy.links import joins
from extract.fields.therapy.status import cues, statuses
from extract.fields.view import View
from extract.values.datekinds import Kind
from extract.values.dates import EdtfDate
from extract.values.rawdates import RawDate

#: Kinds of date that are worked out, and give way to an exact one beside them.
VAGUE = frozenset({Kind.OFFSET, Kind.WEEKDAY, Kind.TODAY})


#: Between the cells of such a row: nothing, or a word in brackets.
_BARE = re.compile(r"\s*(?:\([^()]*\))?[\s.|]*")


#: What comes behind is why a drug was stopped, not when.
_CAUSE = re.compile(r"\b(?:because|for)\b")


@dataclass(frozen=True, slots=True)
class Seen:
    """A date on which a status may have been seen.

    Attributes:
        scan: a scan word stands by it.
        visit: a clinic or a visit stands by it.
        same: it is another scan that looked the same ("just like the one in August").
        leads: what comes right after it is what it showed ("until May, when he ...").
    """

    raw: RawDate
    date: EdtfDate
    at: int
    to: int
    scan: bool
    visit: bool = False
    same: bool = False
    leads: bool = False


def seen_in(view: View, scene: Scene, used: set[int]) -> list[Seen]:
    """The dates of a sentence that can be a scan's or a visit's, two names of one day joined.

    ``used`` holds the places of dates that began or ended a course.
    """
    tried = (_seen(view, scene, when, used) for when in scene.whens if when.until is None)
    found = [seen for seen in tried if seen is not None]
    return _merged(scene.sentence.text, found)


def _seen(view: View, scene: Scene, when: When, used: set[int]) -> Seen | None:
    text = scene.sentence.text
    date = view.resolve(when.raw)
    anchor = view.context.anchor
    if _from_to(scene, when):
        return None
    if date is None or when.raw.forward or (anchor is not None and date.earliest > anchor.latest):
        return None
    before, after = text[: when.at], text[when.to :]
    scan = _by_scan(scene, when, taken=when.raw.start in used)
    drugs = when.raw.start in used or _begins(before)
    leads = bool(
        cues()["date_then"].match(after) or (cues()["date_showed"].match(after) and not drugs)
    )
    if cues()["as_many"].search(before):
        return None  # "twice as many nodules as in August"
    same = bool(cues()["looks_same"].search(before))
    if (
        not (same or cues()["date_then"].match(after))
        and cues()["compare_before"].search(before)
        and not _since_status(scene, before, when)
    ):
        return None
    if cues()["until_date"].search(before) and not leads:
        return None
    visit = bool(cues()["visit_before"].search(before))
    linked = _behind_link(scene, when)
    if linked:
        pass
    elif scan:
        if re.search(r"\b(?:reported|typed|due|booked|next)\W+$", before, re.IGNORECASE):
            return None
    elif not leads and (
        drugs or cues()["not_scan_before"].search(before) or (not visit and _taken(when))
    ):
        return None
    return Seen(when.raw, date, when.at, when.to, scan, visit, same, leads)


def _from_to(scene: Scene, when: When) -> bool:
    """Whether it is one of the two dates of a row without rules: "AXITINIB 12/01/10 03/08/10 SD"."""
    text = scene.sentence.text
    for group in scene.groups:
        run = [w for w in scene.whens if w.at >= group.to][:2]
        said = [s.at for s in statuses(scene) if s.at >= group.to]
        if when not in run or len(run) < 2 or not said:
            continue
        gaps = (text[group.to : run[0].at], text[run[0].to : run[1].at], text[run[1].to : said[0]])
        if all(_BARE.fullmatch(gap) for gap in gaps):
            return True
    return False


def _by_scan(scene: Scene, when: When, *, taken: bool) -> bool:
    """Whether a scan word stands by the date, with nothing between that has a date of its own.

    A date ``taken`` by a drug is a scan's only where the scan is named before it.
    """
    text = scene.sentence.text
    before, after = text[: when.at], text[when.to :]
    if cues()["scan_before"].search(before):
        return not _own_date(scene, when, after)
    if cues()["scan_stand_in"].search(before) and cues()["scan_word"].search(before):
        return True
    if _scan_further_back(scene, when, before):
        return True
    if (
        taken
        or cues()["drug_begins"].search(_CAUSE.split(before[-60:])[-1])
        or cues()["not_scan_before"].search(before)
    ):
        return False
    if cues()["scan_after"].match(after):
        return not _own_date(scene, when, after)
    match = cues()["scan_word"].search(after)
    if match is None or not cues()["date_leads_in"].search(before):
        return False
    said = any(when.to <= s.at < when.to + match.start() for s in statuses(scene))
    return _near(after[: match.start()], 6) and not said and not _own_date(scene, when, after)


def _scan_further_back(scene: Scene, when: When, before: str) -> bool:
    """ "The scan since interleukin-2, done on 29 September"."""
    words = list(cues()["scan_word"].finditer(before))
    if not words:
        return False
    end = words[-1].end()
    if any(end <= w.at < when.at for w in scene.whens if w is not when):
        return False
    if not _near(before[end:], 9):
        return False
    named = [g.to for g in scene.groups if end <= g.at < when.at]
    return not named or bool(
        cues()["scan_of"].match(before[end:]) or cues()["scan_done"].search(before[named[-1] :])
    )


def _near(gap: str, words: int) -> bool:
    return (
        len(gap.split()) <= words
        and not re.search(r"[.;]\s", gap)
        and not cues()["other_event"].search(gap)
    )


def _own_date(scene: Scene, when: When, after: str) -> bool:
    """Whether the scan word after a date is followed by a date of its own."""
    if cues()["scan_before"].search(scene.sentence.text[: when.at]):
        return False
    match = cues()["scan_word"].search(after)
    if match is None:
        return False
    end = when.to + match.end()
    return any(end <= w.at <= end + 14 for w in scene.whens)


def _taken(when: When) -> bool:
    """Whether the date hangs on a drug, or on a verb of starting or stopping."""
    head = when.head
    if head is None:
        return False
    if (
        head.role is Role.SWITCH
        and head.mention is not None
        and cues()["weak_switch"].match(head.mention.text)
    ):
        return False
    if head.role in (Role.START, Role.END, Role.SWITCH):
        return head.mention is not None or head.role is not Role.START
    return head.role in (Role.DRUG, Role.OTHER) and when.cost < 4


def _since_status(scene: Scene, before: str, when: When) -> bool:
    """ "In complete remission since May": the date stands right after the status."""
    return any(
        re.fullmatch(r"\W*(?:since|from)\W+(?:the\W+)?", before[s.to :], re.IGNORECASE)
        for s in statuses(scene)
        if s.to <= when.at
    )


def _begins(before: str) -> bool:
    """Whether a verb of starting or stopping governs what comes next: "He started it on ..."."""
    plain = re.sub(r"\([^()]*\)", " ", before)
    clause = re.split(r"[;:,]|\.\s|\b(?:and|but|which|when|then|until|with)\b", plain)[-1]
    return bool(cues()["drug_begins"].search(clause))


def _behind_link(scene: Scene, when: When) -> bool:
    """ "PR on axitinib in April 2010": the date is the status's, not the drug's."""
    text = scene.sentence.text
    for group in scene.groups:
        if group.to > when.at or not cues()["date_after_drug"].fullmatch(text[group.to : when.at]):
            continue
        said = [
            s for s in statuses(scene) if s.to <= group.at and joins(text[s.to : group.at], s.words)
        ]
        worded = re.search(r"\w", text[group.to : when.at])
        if any(s.value == "PD" or (worded and when.raw.kind is not Kind.YEAR) for s in said):
            return True
    return False


def _merged(text: str, found: Iterable[Seen]) -> list[Seen]:
    """ "Last Wednesday's CT (14.10.09)" and "in May, the 3rd of May" are one date each."""
    kept: list[Seen] = []
    for seen in found:
        if kept and _one_day(text, kept[-1], seen):
            last = kept[-1]
            finer = seen if _finer(seen, last) else last
            kept[-1] = replace(
                finer,
                at=last.at,
                to=seen.to,
                scan=last.scan or seen.scan,
                visit=last.visit or seen.visit,
            )
        else:
            kept.append(seen)
    return kept


def _one_day(text: str, first: Seen, second: Seen) -> bool:
    gap = text[first.to : second.at]
    if len(gap.split()) > 4 or re.search(r"\band\b|;", gap):
        return False
    vague = (first.raw.kind in VAGUE) != (second.raw.kind in VAGUE)
    near = abs((first.date.earliest - second.date.earliest).days) < 32
    return near and (vague or second.date.refines(first.date))


def _finer(one: Seen, other: Seen) -> bool:
    if (one.raw.kind in VAGUE) != (other.raw.kind in VAGUE):
        return other.raw.kind in VAGUE
    return len(str(one.date)) >= len(str(other.date))
