"""Patients put together from their letters and judged, a part of them at a time.

A large run has its parts built by several processes, which read the store themselves and
leave a part's records and answers in files; the run puts the files together in order. A part
is the same whoever builds it, and those of a process that ends are built by the run itself.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Self

import orjson

from extract.archive.apart import check, failure, start
from extract.archive.child import die_with_parent
from extract.archive.collector import searching_rarely
from extract.archive.frames import frame, receive
from extract.archive.owned import record_of
from extract.archive.rulefiles import lexicon
from extract.calculators import eligibility_row, judge
from extract.calculators.criteria import Criteria
from extract.patients import build_patients
from extract.records import LetterRecord, PatientRecord
from extract.store import Store


@dataclass(frozen=True, slots=True)
class Task:
    """What building the patients of a run takes.

    Attributes:
        url: the store.
        run: the run's number in it.
        criteria: what they are judged by.
        patterns: a folder of rules instead of the program's own.
        together: for a patient that shares a number with others, the first of them all.
        room: the folder that parts are left in.
    """

    url: str
    run: int
    criteria: Criteria
    patterns: Path | None
    together: Mapping[str, str]
    room: Path

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "url": self.url,
            "run": self.run,
            "criteria": self.criteria.model_dump(mode="json"),
            "patterns": str(self.patterns) if self.patterns else None,
            "together": dict(self.together),
            "room": str(self.room),
        }

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Self:
        """From JSON."""
        patterns = plain["patterns"]
        return cls(
            url=plain["url"],
            run=plain["run"],
            criteria=Criteria.model_validate(plain["criteria"]),
            patterns=Path(patterns) if patterns else None,
            together=plain["together"],
            room=Path(plain["room"]),
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A part: its number, and its first and last patient in order."""

    number: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is built: its files, how many patients it has and how many ask for review."""

    records: Path
    answers: Path
    patients: int
    for_review: int


class Builder:
    """Builds parts in this process."""

    def __init__(self, task: Task, store: Store) -> None:
        self.task = task
        self.store = store
        self.lexicon = lexicon(task.patterns)
        self.groups: dict[str, list[str]] = {}
        for patient, first in sorted(task.together.items()):
            self.groups.setdefault(first, []).append(patient)

    def build(self, span: Span) -> Part:
        """Leave the records and answers of a part in files of their own."""
        records, answers = _files(self.task.room, span)
        number = for_review = 0
        with records.open("wb") as lines, answers.open("wb") as rows:
            for patient in self._patients(span):
                number += 1
                for_review += bool(patient.reasons)
                lines.write(patient.model_dump_json().encode() + b"\n")
                row = eligibility_row(patient)
                rows.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        return Part(records, answers, number, for_review)

    def _patients(self, span: Span) -> Iterator[PatientRecord]:
        """The patients of a part, judged, in order.

        Patients whose letters carry the same number are built at once, as the conflicts
        between them concern all of them; the others one after the other.
        """
        ahead = self._sharing(span)
        kept = self.store.letters(self.task.run, by_patient=True, between=(span.first, span.last))
        for patient_id, letters in groupby(kept, key=lambda letter: letter.patient_id):
            if patient_id in ahead:
                built = ahead.pop(patient_id)
            else:
                (built,) = build_patients(map(record_of, letters), self.lexicon)
            yield judge(built, self.task.criteria)

    def _sharing(self, span: Span) -> dict[str, PatientRecord]:
        """The patients of a part who share a number with others."""
        mine = {p for p in self.task.together if span.first <= p <= span.last}
        found: dict[str, PatientRecord] = {}
        for first in sorted({self.task.together[patient] for patient in mine}):
            for patient in build_patients(self._letters(self.groups[first]), self.lexicon):
                if patient.patient_id in mine:
                    found[patient.patient_id] = patient
        return found

    def _letters(self, patients: Sequence[str]) -> Iterator[LetterRecord]:
        for patient in patients:
            for kept in self.store.letters(self.task.run, of=patient):
                yield record_of(kept)


class Builders:
    """Processes that build parts meanwhile. Use as a context: it ends them.

    Args:
        task: what they are to know.
        store: the store of the task, for what is built in this process.
        spans: the parts.
        processes: how many; none are started for one, or for one part.
    """

    def __init__(self, task: Task, store: Store, spans: Sequence[Span], processes: int) -> None:
        self.task = task
        self.here = Builder(task, store)
        self.spans = spans
        number = min(processes, len(spans))
        shares = [spans[n::number] for n in range(number)] if number > 1 else []
        self._running = [_start(task, share) for share in shares]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            process.kill()
            process.communicate()

    def parts(self) -> Iterator[Part]:
        """The parts in order, each once it is built.

        Raises:
            OSError: a disk is full.
            ExtractError: the store cannot be used, or a process failed.
        """
        gone: set[int] = set()
        for span in self.spans:
            which = span.number % len(self._running) if self._running else 0
            told = None
            if self._running and which not in gone:
                told = _heard(self._running[which])
            if told is None:
                gone.add(which)
                yield self.here.build(span)
            else:
                yield Part(*_files(self.task.room, span), told["patients"], told["for_review"])


def spans(sizes: Iterator[tuple[str, int]], letters: int) -> Iterator[Span]:
    """Patients in order, with how many letters each has, cut where a part has enough of them."""
    number, held, first, last = 0, 0, None, ""
    for patient, count in sizes:
        first = patient if first is None else first
        last, held = patient, held + count
        if held >= letters:
            yield Span(number, first, last)
            number, held, first = number + 1, 0, None
    if first is not None:
        yield Span(number, first, last)


def _files(room: Path, span: Span) -> tuple[Path, Path]:
    return room / f"patients-{span.number}", room / f"answers-{span.number}"


def _start(task: Task, spans: Sequence[Span]) -> subprocess.Popen[bytes]:
    process = start("extract.archive.people")
    asked = {"task": task.plain(), "spans": [[s.number, s.first, s.last] for s in spans]}
    # Where it is gone already, its parts are built here.
    with contextlib.suppress(BrokenPipeError):
        if process.stdin:
            process.stdin.write(frame(asked))
            process.stdin.flush()
    return process


def _heard(process: subprocess.Popen[bytes]) -> dict[str, Any] | None:
    """What a process tells of its next part; None where it is gone."""
    if process.stdout is None:
        return None
    try:
        told = receive(process.stdout)
    except EOFError:
        return None
    check(told, "patients.jsonl", "The patients could not be put together")
    return told


def main() -> None:
    """Build the parts asked for, and tell of each."""
    die_with_parent()
    asked = receive(sys.stdin.buffer)
    task = Task.of(asked["task"])
    try:
        with searching_rarely(), Store(task.url) as store:
            builder = Builder(task, store)
            for number, first, last in asked["spans"]:
                part = builder.build(Span(number, first, last))
                _tell({"patients": part.patients, "for_review": part.for_review})
    except Exception as error:  # noqa: BLE001  (its message may quote a letter)
        _tell(failure(error))


def _tell(message: dict[str, Any]) -> None:
    # Where nobody listens any more, the run has ended.
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(frame(message))
        sys.stdout.buffer.flush()
