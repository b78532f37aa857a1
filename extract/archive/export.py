"""The out files of a run, written from the store a letter and a patient at a time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from extract.archive.piles import Piles
from extract.calculators import cohort_outcomes, eligibility_row, judge
from extract.calculators.cohort_models import Outcomes
from extract.calculators.criteria import Criteria
from extract.calculators.outcomes import Untreated
from extract.errors import Problem
from extract.outputs import ELIGIBILITY_COLUMNS, FACT_COLUMNS, write_json, write_rejects
from extract.outputs.loading import without_sources
from extract.outputs.streams import csv_stream, jsonl_stream, parquet_stream
from extract.outputs.tables import FACT_NUMBERS, plain_fact_rows
from extract.patients import build_patients
from extract.records import LetterRecord, LetterRef, PatientRecord
from extract.store import KeptLetter, Store
from extract.values.agents import Lexicon

_BLOCK = 1 << 20
#: Stands for a letter of which only the number counts.
_ANY = (LetterRef(letter_id="", on=None),)
#: What the outcomes of a cohort need of a treated patient, beside how many letters there are.
_COUNTED = frozenset(
    {
        "patient_id",
        "episodes",
        "lines",
        "setting",
        "il2",
        "toxicity",
        "inotropes",
        "icu",
        "washouts",
        "outcome",
    }
)


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
        piles: room for the patients that are built ahead of their turn.
    """

    def __init__(self, store: Store, run: int, together: Mapping[str, str], piles: Piles) -> None:
        self.store = store
        self.run = run
        self.together = together
        self.piles = piles

    def write(self, stage: Path, criteria: Criteria, lexicon: Lexicon) -> Exported:
        """Write every file but ``run.json``."""
        letters, rows = self._letters(stage)
        patients = _Cohort()
        with (
            jsonl_stream(stage / "patients.jsonl") as write_patient,
            csv_stream(stage / "eligibility.csv", ELIGIBILITY_COLUMNS) as write_row,
        ):

            def written() -> Iterator[dict[str, str]]:
                for patient in self._patients(criteria, lexicon):
                    patients.count(patient)
                    row = eligibility_row(patient)
                    write_patient(patient)
                    write_row(row)
                    yield row

            self.store.answers(self.run, written())
        outcomes = cohort_outcomes(patients.treated, criteria, untreated=patients.untreated)
        write_json(stage / "outcomes.json", outcomes)
        problems: Counter[str] = Counter()
        write_rejects(stage / "rejects.csv", _counted(self.store.problems(self.run), problems))
        return Exported(
            letters=letters,
            facts=rows.total(),
            facts_for_review=rows["yes"],
            patients=len(patients.treated) + patients.untreated.patients,
            patients_for_review=patients.for_review,
            problems=dict(sorted(problems.items())),
            outcomes=outcomes,
        )

    def _letters(self, stage: Path) -> tuple[int, Counter[str | int]]:
        rows: Counter[str | int] = Counter()
        number = 0
        with ExitStack() as stack:
            lines = stack.enter_context((stage / "letters.jsonl").open("wb"))
            write_row = stack.enter_context(csv_stream(stage / "facts.csv", FACT_COLUMNS))
            write_column = stack.enter_context(
                parquet_stream(stage / "facts.parquet", FACT_COLUMNS, FACT_NUMBERS)
            )
            for kept in self.store.letters(self.run):
                number += 1
                letter = plain_record(kept)
                lines.write(orjson.dumps(letter, option=orjson.OPT_APPEND_NEWLINE))
                for row in plain_fact_rows(letter):
                    rows[row["review"]] += 1
                    write_row(row)
                    if write_column:
                        write_column(row)
        return number, rows

    def _patients(self, criteria: Criteria, lexicon: Lexicon) -> Iterator[PatientRecord]:
        """Every patient, judged, in order.

        Patients whose letters carry the same number are built at once, as the conflicts
        between them concern all of them; the others one after the other.
        """
        for group in self._groups():
            for patient in build_patients(group, lexicon):
                judged = judge(patient, criteria)
                self.piles.put("built", patient.patient_id, judged.model_dump_json())
        kept = self.store.letters(self.run, by_patient=True)
        for patient_id, letters in groupby(kept, key=lambda letter: letter.patient_id):
            if patient_id in self.together:
                yield PatientRecord.model_validate_json(self.piles.find("built", patient_id) or "")
            else:
                (patient,) = build_patients(map(record_of, letters), lexicon)
                yield judge(patient, criteria)

    def _groups(self) -> Iterator[list[LetterRecord]]:
        """The letters of patients who share a number, those of one group at a time."""
        groups: dict[str, list[str]] = {}
        for patient, first in sorted(self.together.items()):
            groups.setdefault(first, []).append(patient)
        for group in groups.values():
            found = (self.store.letters(self.run, of=patient) for patient in group)
            yield [record_of(letter) for letters in found for letter in letters]


class _Cohort:
    """Patients as they go by: of the treated what is counted, of the others how many."""

    def __init__(self) -> None:
        self.treated: list[PatientRecord] = []
        self.untreated = Untreated()
        self.for_review = 0

    def count(self, patient: PatientRecord) -> None:
        """Count a judged patient in."""
        self.for_review += bool(patient.reasons)
        if patient.outcome and patient.outcome.treated:
            self.treated.append(for_cohort(patient))
        else:
            self.untreated.count(patient)


def for_cohort(patient: PatientRecord) -> PatientRecord:
    """What the outcomes of a cohort need of a treated patient: a tenth of the record."""
    plain = patient.model_dump(mode="json", include=set(_COUNTED))
    letters = _ANY * len(patient.letters)
    return PatientRecord.model_validate({**without_sources(plain), "letters": letters})


def plain_record(kept: KeptLetter) -> dict[str, Any]:
    """The record of a kept letter as JSON, with its patient, all its paths and its reasons.

    It is not checked again: it was when it was made, and is when its patient is built.
    """
    plain: dict[str, Any] = orjson.loads(kept.record)
    reasons = dict.fromkeys((*plain["reasons"], *kept.reasons))
    plain.update(patient_id=kept.patient_id, paths=kept.paths, reasons=tuple(reasons))
    return plain


def record_of(kept: KeptLetter) -> LetterRecord:
    """The record of a kept letter, with its patient."""
    return LetterRecord.model_validate_json(orjson.dumps(plain_record(kept)))


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
