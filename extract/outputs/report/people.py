"""A patient's section: criteria with their reasons, the course, and every fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from extract.calculators.explain import Explained, Statement
from extract.outputs.evidence import Quote, quote_of
from extract.outputs.report.book import Book, anchor, when
from extract.outputs.report.doubts import Clash, clash
from extract.records import Clock, Event, PatientRecord
from extract.values.kleene import Truth

CLOCKS: Final = {
    Clock.FIRST_DOSE: "at the first dose",
    Clock.PLANNED: "for the planned first dose",
    Clock.LAST_LETTER: "at the last letter",
}


@dataclass(frozen=True)
class Said:
    """A statement that bears on a criterion, with its words."""

    what: str
    value: str
    on: str
    alone: Truth
    counted: bool
    why: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Judged:
    """A criterion of a patient as shown."""

    name: str
    title: str
    verdict: Truth
    value: str
    threshold: str
    why: str
    chase: str
    where: str
    said: tuple[Said, ...]
    disagree: tuple[Said, ...]


@dataclass(frozen=True)
class Moment:
    """A line of a patient's course."""

    on: str
    what: str


@dataclass(frozen=True)
class Section:
    """All that is shown of one patient."""

    patient_id: str
    anchor: str
    treated: bool
    clock: str
    judged_on: str
    setting: str
    best: str
    evaluable: str
    eligible: Truth
    as_planned: Truth | None
    criteria: tuple[Judged, ...]
    course: tuple[Moment, ...]
    clashes: tuple[Clash, ...]
    letters: tuple[tuple[str, str], ...]
    facts: tuple[Quote, ...]


def sections(book: Book) -> Iterator[Section]:
    """The sections of a report, one patient at a time."""
    for patient in book.detailed:
        yield section(book, patient)


def section(book: Book, patient: PatientRecord) -> Section:
    """All that is shown of one judged patient."""
    found = book.explained(patient)
    outcome = patient.outcome
    why_not = outcome.not_evaluable_because if outcome else ""
    return Section(
        patient_id=patient.patient_id,
        anchor=anchor(patient.patient_id),
        treated=bool(outcome and outcome.treated),
        clock=CLOCKS[found.clock],
        judged_on=when(found.judged_on),
        setting=found.setting.value,
        best=(outcome.best_response if outcome else "") or "none",
        evaluable="evaluable" if outcome and outcome.evaluable else why_not,
        eligible=found.eligible,
        as_planned=found.as_planned,
        criteria=tuple(judged(book, item) for item in found.criteria),
        course=tuple(_course(patient)),
        clashes=tuple(clash(book, patient.patient_id, c) for c in patient.conflicts),
        letters=tuple((ref.letter_id, when(ref.on)) for ref in patient.letters),
        facts=tuple(_facts(book, patient)),
    )


def judged(book: Book, item: Explained) -> Judged:
    """A criterion with the words behind every statement that bears on it."""
    return Judged(
        name=item.name,
        title=item.title,
        verdict=item.verdict,
        value=item.value or "–",
        threshold=item.threshold,
        why=item.why,
        chase=item.chase,
        where=item.where,
        said=tuple(_said(book, statement) for statement in item.statements),
        disagree=tuple(_said(book, statement) for statement in item.disagreeing),
    )


def _said(book: Book, statement: Statement) -> Said:
    return Said(
        what=statement.what,
        value=statement.value,
        on=when(statement.on) if statement.on else "",
        alone=statement.alone,
        counted=statement.counted,
        why=statement.why,
        quotes=tuple(book.quotes(statement.sources)),
    )


def _course(patient: PatientRecord) -> Iterator[Moment]:
    """The timeline without the letters, which have a list of their own."""
    seen: set[tuple[str, str]] = set()
    for event in patient.timeline:
        if event.kind == "letter":
            continue
        line = (when(event.on), _words(event))
        if line not in seen:
            seen.add(line)
            yield Moment(*line)


def _words(event: Event) -> str:
    names = {"start": "starts", "end": "ends", "planned": "is planned"}
    if event.kind in names:
        head, _, why = event.what.partition(" (")
        return f"{head} {names[event.kind]}" + (f" ({why}" if why else "")
    return f"{event.kind}: {event.what}" if event.what else event.kind


def _facts(book: Book, patient: PatientRecord) -> Iterator[Quote]:
    for letter in book.letters_of(patient.patient_id):
        for fact in letter.facts:
            yield quote_of(letter, fact)
