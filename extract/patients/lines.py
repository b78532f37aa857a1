"""Lines of therapy, by the counting rules of field guide A3.

Agents begun within 28 days of one another are one line; a change of dose, schedule or
brand, or a pause, makes none; a new drug does, whatever the reason; so does a drug given
again as a course of its own. A line failed where it ended by progression. A drug that
was only planned is no line.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.patients.readings import before, unique
from extract.records import DateSpan, Episode, Interleukin, Line
from extract.records.patients import spanning
from extract.values.kleene import Truth, any_of

#: Agents begun within so many days of one another are given together.
COMBINATION_DAYS = 28
#: A progression seen up to so many days after the last dose is a progression on the drug.
PROGRESSION_ON_DAYS = 30

_RANK = {category: rank for rank, category in enumerate(("CR", "PR", "SD", "MR", "PD", "NE"))}


def lines(episodes: Sequence[Episode], il2: Interleukin) -> tuple[Line, ...]:
    """The lines of one patient, numbered in order, interleukin-2 among them."""
    groups: list[list[Episode]] = []
    for episode in episodes:
        if not episode.given:
            continue
        home = next((group for group in groups if _together(group, episode)), None)
        if home is None:
            groups.append([episode])
        else:
            home.append(episode)
    return tuple(_line(number, group, il2) for number, group in enumerate(groups, start=1))


def _together(group: Sequence[Episode], episode: Episode) -> bool:
    if any(other.agent == episode.agent for other in group):
        return False
    return any(_combined(other, episode) for other in group)


def _combined(a: Episode, b: Episode) -> bool:
    """Whether two episodes are one combination."""
    start, other = a.start, b.start
    if before(a.end, other) or before(b.end, start):
        return False
    numbers = {r.value for r in a.line_numbers}, {r.value for r in b.line_numbers}
    if all(numbers):
        return not numbers[0].isdisjoint(numbers[1])
    if start is None or other is None:
        ends = {span.edtf for span in a.ends} & {span.edtf for span in b.ends}
        return start is None and other is None and bool(ends)
    together = DateSpan(
        edtf="",
        earliest=min(start.earliest, other.earliest),
        latest=max(start.latest, other.latest),
    )
    same_month = start.edtf == other.edtf and start.width <= 31
    return same_month or together.width <= COMBINATION_DAYS


def _line(number: int, group: Sequence[Episode], il2: Interleukin) -> Line:
    starts = tuple(e.start for e in group if e.start is not None)
    ends = tuple(e.end for e in group if e.end is not None)
    classes = tuple(dict.fromkeys(e.drug_class for e in group if e.drug_class))
    return Line(
        number=number,
        agents=tuple(e.key for e in group),
        classes=classes,
        targeted=any_of(e.targeted for e in group),
        failed=any_of(failed(e) for e in group),
        rechallenge=any(e.course > 1 for e in group),
        before_il2=any_of(before_interleukin(e, il2) for e in group),
        start=min(starts, key=lambda s: (s.earliest, s.latest)) if starts else None,
        end=_last(ends),
        best_response=best_category([r.category for e in group for r in e.responses]),
        sources=unique(source for e in group for source in e.sources),
    )


def best_category(categories: Sequence[str]) -> str:
    """The best of some response categories; "" where there is none."""
    return min(categories, key=lambda c: _RANK.get(c, len(_RANK)), default="")


def failed(episode: Episode) -> Truth:
    """Whether the episode ended by progression on the drug.

    Met where a letter gives progression as the reason, or reports progression on a drug
    that is over without any other reason; not met where every reason is another one, or
    the drug is still taken; unknown where the letters give neither reason nor response.
    """
    reasons = {reason.value for reason in episode.end_reasons}
    if "progression" in reasons:
        return Truth.MET
    if reasons:
        return Truth.NOT_MET
    if _progressed(episode):
        return Truth.MET
    if episode.status == "current":
        return Truth.NOT_MET
    return Truth.UNKNOWN


def _progressed(episode: Episode) -> bool:
    return any(response.category == "PD" for response in episode.responses)


def before_interleukin(episode: Episode, il2: Interleukin) -> Truth:
    """Whether an episode began before the first dose of interleukin-2, where one was given."""
    first = il2.first_dose
    if not il2.given or first is None:
        return Truth.MET
    start = episode.start or spanning(episode.planned)
    if start is not None:
        if start.latest <= first.earliest:
            return Truth.MET
        if start.earliest > first.latest:
            return Truth.NOT_MET
    seen = (episode.first_reported, episode.end, *(r.on or r.reported for r in episode.responses))
    for span in seen:
        if before(span, first):
            return Truth.MET
    return Truth.NOT_MET if episode.taken_after_il2 else Truth.UNKNOWN


def _last(ends: tuple[DateSpan, ...]) -> DateSpan | None:
    """The last dose of a combination: the latest, as an interval."""
    if not ends:
        return None
    latest = max(ends, key=lambda span: (span.latest, span.earliest))
    return latest.model_copy(
        update={
            "earliest": max(span.earliest for span in ends),
            "sources": unique(source for span in ends for source in span.sources),
        }
    )
