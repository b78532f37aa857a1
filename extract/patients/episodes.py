"""Therapy over all letters: mentions of one course of one agent become one episode.

Letters disagree, round dates and leave courses out. Two mentions are one course unless
their dates keep them apart (one begins well after the other ended), or a letter numbers
them (``sunitinib#2``). Interleukin-2 is always one episode: its cycles count instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from extract.patients.mentions import INTERLEUKIN, Mention, assessments, mentions
from extract.patients.readings import before, surviving, unique
from extract.records import DateSpan, Episode, LetterRecord, Reading
from extract.values.agents import Lexicon
from extract.values.kleene import Truth

#: Days after its last dose from which a drug that begins anew is a course of its own.
NEW_COURSE_AFTER_DAYS = 14
#: Days after a last dose from which a drug being taken is a rechallenge (field guide A3).
RECHALLENGE_AFTER_DAYS = 90

_TRIAL_AGENT = "trial agent"


def episodes(
    letters: Sequence[LetterRecord], lexicon: Lexicon, first_dose: DateSpan | None = None
) -> tuple[Episode, ...]:
    """The courses of every agent, in order of their beginning.

    Args:
        letters: the letters of one patient, in order of date.
        lexicon: for the class of each agent and whether it is targeted.
        first_dose: the first interleukin-2, where it was given and is dated.
    """
    by_agent: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions(letters):
        by_agent[mention.agent].append(mention)
    found = [
        _episode(agent, course, group, lexicon).model_copy(
            update={"taken_after_il2": any(_taken_after(m, first_dose) for m in group)}
        )
        for agent, group in by_agent.items()
        for course, group in enumerate(_courses(agent, group), start=1)
    ]
    return tuple(sorted(found, key=_order))


def _courses(agent: str, group: list[Mention]) -> list[list[Mention]]:
    """The mentions of one agent, parted into its courses, in order."""
    if agent == INTERLEUKIN:
        return [group]
    numbered: dict[int, list[Mention]] = defaultdict(list)
    loose: list[Mention] = []
    for mention in group:
        if mention.course:
            numbered[mention.course].append(mention)
        else:
            loose.append(mention)
    courses = [numbered[course] for course in sorted(numbered)]
    informative = sorted(loose, key=lambda mention: not (mention.starts or mention.ends))
    for mention in informative:
        home = _home(mention, courses)
        if home is None:
            courses.append([mention])
        else:
            home.append(mention)
    letter_order = {id(mention): place for place, mention in enumerate(group)}
    for course in courses:
        course.sort(key=lambda mention: letter_order[id(mention)])
    return courses if numbered else sorted(courses, key=_course_start)


def _home(mention: Mention, courses: list[list[Mention]]) -> list[Mention] | None:
    """The course a mention without a number belongs to; None where it opens one."""
    fitting = [course for course in courses if not any(_apart(mention, m) for m in course)]
    if not fitting:
        return None
    if len(fitting) == 1:
        return fitting[0]
    return max(fitting, key=lambda course: _likeness(mention, course))


def _apart(a: Mention, b: Mention) -> bool:
    """Whether the dates of two mentions make them two courses."""
    begun = _well_after(a.start, b.end) or _well_after(b.start, a.end)
    return begun or _taken_again(a, b) or _taken_again(b, a)


def _taken_again(a: Mention, b: Mention) -> bool:
    """Whether a letter has the drug being taken long after another letter's last dose."""
    if "current" not in a.statuses or a.start is not None or a.on is None or b.end is None:
        return False
    return a.on.days_after(b.end)[0] > RECHALLENGE_AFTER_DAYS


def _taken_after(mention: Mention, first_dose: DateSpan | None) -> bool:
    """Whether a letter has the drug being taken when interleukin-2 has begun."""
    if "current" not in mention.statuses:
        return False
    return mention.after_il2 or before(first_dose, mention.on)


def _well_after(start: DateSpan | None, end: DateSpan | None) -> bool:
    if start is None or end is None:
        return False
    return start.days_after(end)[0] > NEW_COURSE_AFTER_DAYS


def _likeness(mention: Mention, course: list[Mention]) -> tuple[int, int, int]:
    """How well a mention fits a course: shared dates, shared statements, then recency."""
    shared_dates = sum(
        span is not None and other is not None and span.compatible(other)
        for m in course
        for span, other in ((mention.start, m.start), (mention.end, m.end))
    )
    said = {reason.value for reason in mention.reasons}
    said |= {response.category for response in mention.responses}
    known = {reason.value for m in course for reason in m.reasons}
    known |= {response.category for m in course for response in m.responses}
    begun = _course_start([m for m in course if m.start is not None])
    timely = mention.on is None or begun <= mention.on.latest
    recency = begun.toordinal() if timely and begun != date.max else 0
    return shared_dates, len(said & known) - len(said - known), recency


def _course_start(course: Sequence[Mention]) -> date:
    starts = [m.start.earliest for m in course if m.start is not None]
    if starts:
        return min(starts)
    ends = [m.end.earliest for m in course if m.end is not None]
    letters = [m.on.earliest for m in course if m.on is not None]
    return min(ends) if ends else min(letters, default=date.max)


def _episode(agent: str, course: int, group: Sequence[Mention], lexicon: Lexicon) -> Episode:
    given = [m for m in group if not m.planned]
    status = "planned" if not given else _status(given)
    return Episode(
        agent=agent,
        course=course,
        drug_class=lexicon.drug_class(agent),
        targeted=_targeted(agent, lexicon),
        washout=lexicon.counts_for_washout(agent),
        half_life_hours=lexicon.half_life_hours(agent),
        status=status,
        starts=surviving(span for m in given for span in m.starts),
        ends=_ends(given),
        planned=surviving(span for m in group if m.planned for span in m.starts),
        end_reasons=_merged([reason for m in given for reason in m.reasons]),
        responses=tuple(assessments([r for m in group for r in m.responses])),
        line_numbers=_merged([line for m in group for line in m.lines]),
        first_reported=(given or group)[0].on,
        sources=unique(source for m in group for source in m.sources),
    )


def _status(given: Sequence[Mention]) -> str:
    """What the newest letter that gives a status says; planned again is still given."""
    for mention in reversed(given):
        for status in ("current", "given"):
            if status in mention.statuses:
                return status
    return "given"


def _targeted(agent: str, lexicon: Lexicon) -> Truth:
    """Whether a line of the agent is targeted; not known of a drug under a blind."""
    if agent == _TRIAL_AGENT:
        return Truth.UNKNOWN
    return Truth.of(lexicon.is_targeted(agent))


def _ends(given: Sequence[Mention]) -> tuple[DateSpan, ...]:
    """Last doses, without those that a later letter overtakes.

    A stop that a newer letter contradicts by saying the drug is being taken was a pause.
    """
    taken = [m.on for m in given if "current" in m.statuses and m.on is not None]
    standing = [
        span
        for m in given
        for span in m.ends
        if not any(_resumed(m, span, letter) for letter in taken)
    ]
    return surviving(standing)


def _resumed(mention: Mention, end: DateSpan, letter: DateSpan) -> bool:
    told_later = mention.on is not None and letter.earliest > mention.on.latest
    return told_later and letter.earliest > end.latest


def _merged(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """One reading per value, of the first letter that states it, with every source."""
    kept: dict[str, Reading] = {}
    for item in readings:
        old = kept.get(item.value)
        if old is None:
            kept[item.value] = item
        else:
            sources = unique((*old.sources, *item.sources))
            kept[item.value] = old.model_copy(update={"sources": sources})
    return tuple(kept.values())


def _order(episode: Episode) -> tuple[date, date, int, str, int]:
    """By first dose, else by what else places it: its end, its plan, its responses."""
    start = episode.start or spanned_plan(episode)
    end = episode.end
    seen = [r.on or r.reported for r in episode.responses]
    hints = [span.earliest for span in (end, *seen) if span is not None]
    first = start.earliest if start else min(hints, default=date.max)
    number = min((int(r.value) for r in episode.line_numbers if r.value.isdigit()), default=99)
    return first, end.earliest if end else date.max, number, episode.agent, episode.course


def spanned_plan(episode: Episode) -> DateSpan | None:
    """The intended first dose of an episode, the latest plan where it moved."""
    return episode.planned[-1] if episode.planned else None
