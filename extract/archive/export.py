"""The out files of a run, written from the store a letter and a patient at a time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from extract.archive.gather import owned
from extract.calculators import cohort_outcomes, eligibility_row, judge
from extract.calculators.cohort_models import Outcomes
from extract.calculators.criteria import Criteria
from extract.errors import Problem
from extract.outputs import ELIGIBILITY_COLUMNS, FACT_COLUMNS, fact_rows, write_json, write_rejects
from extract.outputs.streams import csv_stream, jsonl_stream, parquet_stream
from extract.outputs.tables import FACT_NUMBERS
from extract.patients import build_patients
from extract.records import LetterRecord, LetterRef, Outcome, PatientRecord
from extract.store import KeptLetter, Store
from extract.store.model import Settled
from extract.values.agents import Lexicon

_BLOCK = 1 << 20
#: Stands for a letter of which only the number counts.
_ANY = (LetterRef(letter_id="", on=None),)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, in numbers."""

    letters: int
    facts: int
    facts_for_review: int
    patients: int
    patients_for_review: int
    problems: Mapping[str, int]
    outcomes: Outcomes


class Export:
    """Writes the out files of one run.

    Args:
        store: where the run is.
        run: its number.
        together: for a patient that shares a number with others, the first of them all.
    """

    def __init__(self, store: Store, run: int, together: Mapping[str, str]) -> None:
        self.store = store
        self.run = run
        self.together = together

    def write(self, stage: Path, criteria: Criteria, lexicon: Lexicon) -> Exported:
        """Write every file but ``run.json``."""
        letters, rows = self._letters(stage)
        patients = _Patients(self.together, criteria, lexicon)
        with (
            jsonl_stream(stage / "patients.jsonl") as write_patient,
            csv_stream(stage / "eligibility.csv", ELIGIBILITY_COLUMNS) as write_row,
        ):

            def written() -> Iterator[dict[str, str]]:
                for patient in patients.of(self._by_patient()):
                    row = eligibility_row(patient)
                    write_patient(patient)
                    write_row(row)
                    yield row

            self.store.answers(self.run, written())
        outcomes = cohort_outcomes(patients.cohort, criteria)
        write_json(stage / "outcomes.json", outcomes)
        problems: Counter[str] = Counter()
        write_rejects(stage / "rejects.csv", _counted(self.store.problems(self.run), problems))
        return Exported(
            letters=letters,
            facts=rows.total(),
            facts_for_review=rows["yes"],
            patients=len(patients.cohort),
            patients_for_review=patients.for_review,
            problems=dict(sorted(problems.items())),
            outcomes=outcomes,
        )

    def _letters(self, stage: Path) -> tuple[int, Counter[str | int]]:
        rows: Counter[str | int] = Counter()
        number = 0
        with ExitStack() as stack:
            write_letter = stack.enter_context(jsonl_stream(stage / "letters.jsonl"))
            write_row = stack.enter_context(csv_stream(stage / "facts.csv", FACT_COLUMNS))
            write_column = stack.enter_context(
                parquet_stream(stage / "facts.parquet", FACT_COLUMNS, FACT_NUMBERS)
            )
            for kept in self.store.letters(self.run):
                number += 1
                record = record_of(kept)
                write_letter(record)
                for row in fact_rows([record]):
                    rows[row["review"]] += 1
                    write_row(row)
                    if write_column:
                        write_column(row)
        return number, rows

    def _by_patient(self) -> Iterator[list[LetterRecord]]:
        kept = self.store.letters(self.run, by_patient=True)
        for _, letters in groupby(kept, key=lambda letter: letter.patient_id):
            yield [record_of(letter) for letter in letters]


class _Patients:
    """Builds and judges one patient after the other, those that share a number at once."""

    def __init__(self, together: Mapping[str, str], criteria: Criteria, lexicon: Lexicon) -> None:
        self.together = together
        self.sizes = Counter(together.values())
        self.criteria = criteria
        self.lexicon = lexicon
        self.cohort: list[PatientRecord] = []
        self.for_review = 0

    def of(self, groups: Iterable[list[LetterRecord]]) -> Iterator[PatientRecord]:
        """The patients in order, from the letters of each in order of patient.

        A patient that shares a number with others waits until the letters of all of them
        are there, and those after it in the order wait for it.
        """
        shared: dict[str, list[LetterRecord]] = {}
        came: Counter[str] = Counter()
        line: dict[str, PatientRecord | None] = {}
        for letters in groups:
            patient = letters[0].patient_id
            first = self.together.get(patient)
            line[patient] = None
            if first is None:
                ready = letters
            else:
                shared.setdefault(first, []).extend(letters)
                came[first] += 1
                ready = shared.pop(first) if came[first] == self.sizes[first] else []
            for built in build_patients(ready, self.lexicon):
                line[built.patient_id] = judge(built, self.criteria)
            while line and (done := line[next(iter(line))]) is not None:
                del line[done.patient_id]
                self._note(done)
                yield done

    def _note(self, patient: PatientRecord) -> None:
        self.for_review += bool(patient.reasons)
        self.cohort.append(for_cohort(patient))


def for_cohort(patient: PatientRecord) -> PatientRecord:
    """What the outcomes of a cohort need of a patient: of one not treated next to nothing."""
    if patient.outcome is None or patient.outcome.treated:
        return patient
    # The flow counts patients, letters and reasons; what they share takes no room.
    return PatientRecord(
        patient_id=patient.patient_id,
        letters=_ANY * len(patient.letters),
        outcome=_untreated(patient.outcome.not_evaluable_because),
    )


@cache
def _untreated(why: str) -> Outcome:
    return Outcome(treated=False, not_evaluable_because=why)


def record_of(kept: KeptLetter) -> LetterRecord:
    """The record of a kept letter, with its patient."""
    settled = Settled(0, "", kept.patient_id, kept.paths, kept.reasons)
    return owned(LetterRecord.model_validate_json(kept.record), settled)


def _counted(problems: Iterable[Problem], count: Counter[str]) -> Iterator[Problem]:
    for problem in problems:
        count[problem.code.value] += 1
        yield problem


def digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of some files of a folder, "" where one is missing."""
    return {name: _sha256(folder / name) for name in sorted(names)}


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()
