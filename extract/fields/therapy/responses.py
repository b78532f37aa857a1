"""Which drug did it, and when was it seen: disease statuses become outcomes of courses."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.fields import criteria
from extract.fields.subject import Others
from extract.fields.therapy.assessments import Assessments
from extract.fields.therapy.claims import asserted
from extract.fields.therapy.likeness import genuine
from extract.fields.therapy.model import Course, Group, Outcome, Standing
from extract.fields.therapy.owners import Owner, Owners
from extract.fields.therapy.scans import Seen
from extract.fields.therapy.status import SAME, Status, cues, statuses
from extract.fields.therapy.story import Story
from extract.fields.therapy.windows import first_day, settled
from extract.records import Reason


def tie_responses(story: Story, others: Others) -> list[Outcome]:
    """Put each stated response on its courses; returns those tied to no drug."""
    found = _facts(story, others)
    if not found:
        return []
    owners, dated = Owners(story), Assessments(story)
    loose: list[tuple[Status, Seen | None, bool]] = []
    for status in found:
        dates = dated.of(status)
        owner = owners.of(status, dates[0] if dates else None)
        if owner.drop:
            continue
        if not owner.courses:
            scans: list[Seen | None] = [*dates]
            loose += [(status, seen, owner.firm) for seen in scans or [None]]
        for courses, mine in _shares(status, owner, dates, dated):
            for course in courses:
                course.outcomes += _outcomes(story, status, course, mine, owner.reasons)
    doubt = (Reason.DISTANT,) if story.courses else ()  # some drug may be meant
    return [
        _outcome(status, seen, doubt)
        for status, seen, firm in loose
        if firm or (not _claimed(story, owners, status, seen) and _own_right(status))
    ]


def _facts(story: Story, others: Others) -> list[Status]:
    """The statuses of the letter that are facts."""
    trial = criteria.document(story.view)
    treated = any(c.standing is Standing.REAL for c in story.courses)
    found: list[Status] = []
    for made in story.scenes:
        for status in statuses(made):
            if not genuine(story.view, status, treated=treated):
                continue
            if not asserted(story.view, status, others, trial=trial):
                continue
            if status.value != SAME:
                found.append(status)
            elif found:  # "a response of the same degree" as the one told of before
                found.append(replace(status, value=found[-1].value))
    return found


def _shares(
    status: Status, owner: Owner, dates: list[Seen], dated: Assessments
) -> list[tuple[list[Course], list[Seen]]]:
    """The courses with the dates of each: "on A (CT of 3 May) and then, on 4 June, on B"."""
    if not owner.chain:
        return [(list(owner.courses), dates)]
    shares: list[tuple[list[Course], list[Seen]]] = []
    seen = dated.seen(status.scene)
    begin = status.to
    for number, group in enumerate(owner.chain):
        stop = owner.chain[number + 1].at if number + 1 < len(owner.chain) else len(status.text)
        mine = [s for s in seen if begin <= s.at < stop and _beside(status.text, s, group)]
        begin = max([group.to, *(s.to for s in mine)])
        courses = [c for c in owner.courses if c.agent in group.agents]
        shares.append((courses, mine))
    if not any(mine for _, mine in shares):
        return [(list(owner.courses), [d for d in dates if d.at <= status.at])]
    return shares


def _beside(text: str, seen: Seen, group: Group) -> bool:
    """A date in brackets behind a drug of a chain, or leading up to it."""
    if seen.at >= group.to:
        gap = text[group.to : seen.at]
        return bool(
            re.fullmatch(r"\s*(?:[(\[][^()\[\]]*|(?:on|in|at)\s+(?:the\s+)?)", gap, re.IGNORECASE)
        )
    return len(text[seen.to : group.at].split()) <= 3


def _outcomes(
    story: Story, status: Status, course: Course, dates: list[Seen], reasons: tuple[Reason, ...]
) -> list[Outcome]:
    if not dates:
        return [_outcome(status, None, reasons)]
    return [_outcome(status, settled(story, [course], seen), reasons) for seen in dates]


def _outcome(status: Status, seen: Seen | None, reasons: tuple[Reason, ...]) -> Outcome:
    span = (status.mention.start, status.mention.end)
    if seen is None:
        return Outcome(status.value, span, None, None, reasons)
    return Outcome(status.value, span, seen.date, (seen.raw.start, seen.raw.end), reasons)


def _claimed(story: Story, owners: Owners, status: Status, seen: Seen | None) -> bool:
    """A response said before any drug is named belongs to the drug of its time, or the only one.

    Progression that comes before every drug is no response at all.
    """
    real = [c for c in story.courses if c.standing is Standing.REAL]
    if not real:
        return False
    chosen: list[Course] = []
    if seen is not None:
        begun = [(day, c) for c in real if (day := first_day(c)) is not None]
        fits = [pair for pair in begun if pair[0] <= seen.date.latest]
        latest = max((day for day, _ in fits), default=None)
        chosen = [c for day, c in fits if day == latest]
        if begun and not fits:
            return True
    elif status.value == "PD" and not all(c.current or c.stopped for c in owners.foci.in_force()):
        return True
    alone = len({c.unit for c in real}) == 1
    if not chosen and (alone or seen is not None or cues()["present"].search(status.text)):
        chosen = owners.foci.in_force()
    for course in chosen:
        course.outcomes.append(_outcome(status, seen, (Reason.DISTANT,)))
    return True


def _own_right(status: Status) -> bool:
    """A status that the letter ties to no drug needs a scan to say it."""
    words = status.words.lower()
    if status.value == "PD" and words.startswith("progress") and "disease" not in words:
        return False
    return bool(cues()["scan_word"].search(status.text)) and status.mention.value("kind") in (
        "",
        "scan",
    )


__all__ = ["tie_responses"]
