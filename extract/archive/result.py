"""A finished run: its numbers, and what it wrote, read back when asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from extract.archive.settings import RunSettings
from extract.calculators.cohort_models import Outcomes
from extract.errors import ADVICE, Code, Problem
from extract.records import LetterRecord, PatientRecord

_M = TypeVar("_M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run had and made. ``files`` is the sum of the four after it.

    A file that holds several letters counts as often as it gave a letter or a problem.
    """

    files: int
    letters: int
    empty: int
    duplicates: int
    rejected: int
    facts: int
    facts_for_review: int
    patients: int
    patients_for_review: int

    @property
    def add_up(self) -> bool:
        """Whether every file is accounted for."""
        return self.files == self.letters + self.empty + self.duplicates + self.rejected


@dataclass(frozen=True)
class RunResult:
    """A finished run. Records are read from the out folder when they are asked for.

    Attributes:
        settings: what it was asked.
        counts: what it had and made.
        rejected_by_code: how many files gave no record for each reason.
        outcomes: the cohort's.
        read: files that were read; the others were known from an earlier run.
        written: whether there was anything new to write.
    """

    settings: RunSettings
    counts: Counts
    rejected_by_code: dict[str, int]
    outcomes: Outcomes
    read: int
    written: bool

    @property
    def well(self) -> bool:
        """Whether every file gave a letter."""
        return not self.rejected_by_code

    @property
    def out(self) -> Path:
        """The out folder."""
        return self.settings.out

    @cached_property
    def records(self) -> tuple[LetterRecord, ...]:
        """Every letter's record."""
        return tuple(_records(self.out / "letters.jsonl", LetterRecord))

    @cached_property
    def patients(self) -> tuple[PatientRecord, ...]:
        """Every patient's record, judged."""
        return tuple(_records(self.out / "patients.jsonl", PatientRecord))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that gave no record."""
        return tuple(
            Problem(row["path"], Code(row["code"]), _detail(row))
            for row in _rows(self.out / "rejects.csv")
        )

    def eligibility(self) -> Iterator[dict[str, str]]:
        """The rows of ``eligibility.csv``, one after the other."""
        return _rows(self.out / "eligibility.csv")


def _records(path: Path, model: type[_M]) -> Iterator[_M]:
    with path.open("rb") as stream:
        for line in stream:
            yield model.model_validate_json(line)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _detail(row: dict[str, str]) -> str:
    return row["sentence"].removesuffix(ADVICE[Code(row["code"])]).rstrip()
