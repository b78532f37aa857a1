"""What happened to a patient, in order of dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from extract.records import Assessment, DateSpan, Episode, Event, Interleukin, LetterRef


def timeline(
    letters: Sequence[LetterRef],
    episodes: Sequence[Episode],
    il2: Interleukin,
    responses: Sequence[Assessment],
    echoes: Sequence[Assessment],
    death: DateSpan | None,
) -> tuple[Event, ...]:
    """Letters, therapies, responses, tests and death, undated events last."""
    events = [
        *(Event(on=letter.on, kind="letter", what=letter.letter_id) for letter in letters),
        *_therapies(episodes),
        *_cycles(il2),
        *_assessments(responses),
        *_echoes(echoes),
    ]
    if death is not None:
        events.append(Event(on=death, kind="death", what="", sources=death.sources))
    return tuple(sorted(events, key=_order))


def _therapies(episodes: Sequence[Episode]) -> Iterator[Event]:
    for episode in episodes:
        starts = episode.starts if episode.given else episode.planned
        kind = "start" if episode.given else "planned"
        for span in starts:
            yield Event(on=span, kind=kind, what=episode.key, sources=span.sources)
        if not starts and episode.given:
            yield Event(on=None, kind=kind, what=episode.key, sources=episode.sources)
        why = ", ".join(reason.value for reason in episode.end_reasons)
        for span in episode.ends:
            what = f"{episode.key} ({why})" if why else episode.key
            yield Event(on=span, kind="end", what=what, sources=span.sources)


def _cycles(il2: Interleukin) -> Iterator[Event]:
    for cycle in il2.cycles:
        doses = f", {cycle.doses.value} doses" if cycle.doses else ""
        what = f"cycle {cycle.number}{doses}"
        yield Event(on=cycle.start, kind="interleukin-2", what=what, sources=cycle.sources)


def _assessments(responses: Sequence[Assessment]) -> Iterator[Event]:
    for item in responses:
        what = f"{item.category} ({item.agent})" if item.agent else item.category
        yield Event(on=item.on or item.reported, kind="response", what=what, sources=item.sources)


def _echoes(echoes: Sequence[Assessment]) -> Iterator[Event]:
    seen: set[tuple[str, str]] = set()
    for item in echoes:
        on = item.on or item.reported
        key = (item.category, on.edtf if on else "")
        if key not in seen:
            seen.add(key)
            yield Event(on=on, kind="stress echo", what=item.category, sources=item.sources)


def _order(event: Event) -> tuple[date, date, str, str]:
    if event.on is None:
        return date.max, date.max, event.kind, event.what
    return event.on.earliest, event.on.latest, event.kind, event.what
