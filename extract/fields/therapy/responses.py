"""Which drug did it, and when was it seen: disease statuses become outcomes of courses."""

from __future__ import annotations

from extract.fields import criteria
from extract.fields.subject import Others
from extract.fields.therapy.assessments import Assessments, Seen
from extract.fields.therapy.claims import asserted
from extract.fields.therapy.foci import Foci
from extract.fields.therapy.likeness import genuine
from extract.fields.therapy.model import Course, Outcome, Standing
from extract.fields.therapy.owners import Owner, own
from extract.fields.therapy.status import Status, cues, statuses
from extract.fields.therapy.story import Story
from extract.records import Reason


def tie_responses(story: Story, others: Others) -> list[Outcome]:
    """Put each stated response on its courses; returns those tied to no drug."""
    found = _facts(story, others)
    if not found:
        return []
    foci = Foci(story)
    dated = Assessments(story)
    loose: list[tuple[Status, Outcome]] = []
    for status in found:
        dates = dated.of(status)
        owner = own(story, foci, status, dates[0].date if dates else None)
        if owner.drop:
            continue
        outcomes = _outcomes(status, dates, owner)
        if owner.courses:
            for course in owner.courses:
                course.outcomes += outcomes
        else:
            loose += [(status, outcome) for outcome in outcomes]
    return [o for status, o in loose if not _claimed(story, foci, status, o) and _own_right(status)]


def _facts(story: Story, others: Others) -> list[Status]:
    """The statuses of the letter that are facts."""
    trial = criteria.document(story.view)
    return [
        status
        for made in story.scenes
        for status in statuses(made)
        if genuine(story.view, status) and asserted(story.view, status, others, trial=trial)
    ]


def _outcomes(status: Status, dates: list[Seen], owner: Owner) -> list[Outcome]:
    span = (status.mention.start, status.mention.end)
    if not dates:
        return [Outcome(status.value, span, None, None, owner.reasons)]
    return [
        Outcome(status.value, span, seen.date, (seen.raw.start, seen.raw.end), owner.reasons)
        for seen in dates
    ]


def _claimed(story: Story, foci: Foci, status: Status, outcome: Outcome) -> bool:
    """A response said before any drug is named belongs to the drug of its time, or the only one."""
    if foci.transplanted(status.scene):
        return False
    real = [c for c in story.courses if c.standing is Standing.REAL]
    if not real:
        return False
    chosen: list[Course] = []
    if outcome.date is not None:
        begun = [(min(s.date.earliest for s in c.starts), c) for c in real if c.starts]
        fits = [pair for pair in begun if pair[0] <= outcome.date.latest]
        latest = max((day for day, _ in fits), default=None)
        chosen = [c for day, c in fits if day == latest]
    if not chosen and (status.value != "PD" or outcome.date is not None):
        chosen = foci.in_force()
    if not chosen:
        return status.value == "PD"  # it grew before any drug was given
    placed = Outcome(
        outcome.value,
        outcome.span,
        outcome.date,
        outcome.date_span,
        tuple(dict.fromkeys((*outcome.reasons, Reason.DISTANT))),
    )
    for course in chosen:
        course.outcomes.append(placed)
    return True


def _own_right(status: Status) -> bool:
    """A status that the letter ties to no drug needs a scan to say it."""
    near = status.text + " "
    words = status.words.lower()
    if status.value == "PD" and words.startswith(("progressi", "progressed")) and not words.startswith("progressive d"):
        return False
    return bool(cues()["scan_word"].search(near)) and not status.mention.value("kind")
