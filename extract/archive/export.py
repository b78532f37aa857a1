"""The out files of a run, written from the store a letter and a patient at a time."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import orjson

from extract.archive.owned import plain_record
from extract.archive.people import Builders, Part, Task, spans
from extract.errors import Problem
from extract.outputs import ELIGIBILITY_COLUMNS, FACT_COLUMNS, write_rejects
from extract.outputs.streams import csv_stream, parquet_stream
from extract.outputs.tables import FACT_NUMBERS, plain_fact_rows
from extract.store import Store

_BLOCK = 1 << 20
#: Letters of the patients of one part: what one process holds, and does, at a time.
PART = 5000


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, in numbers."""

    letters: int
    facts: int
    facts_for_review: int
    patients: int
    patients_for_review: int
    problems: Mapping[str, int]


class Export:
    """Writes the out files of one run.

    Args:
        store: where the run is.
        task: what its patients are built by.
        processes: how many build them, where there are many.
    """

    def __init__(self, store: Store, task: Task, processes: int = 1) -> None:
        self.store = store
        self.task = task
        self.processes = processes

    def write(self, stage: Path) -> Exported:
        """Write every file that holds letters or patients one by one."""
        cut = list(spans(self.store.patients(self.task.run), PART))
        with Builders(self.task, self.store, cut, self.processes) as builders:
            letters, rows = self._letters(stage)
            patients, for_review = self._patients(stage, builders.parts())
        problems: Counter[str] = Counter()
        found = self.store.problems(self.task.run)
        write_rejects(stage / "rejects.csv", _counted(found, problems))
        return Exported(
            letters=letters,
            facts=rows.total(),
            facts_for_review=rows["yes"],
            patients=patients,
            patients_for_review=for_review,
            problems=dict(sorted(problems.items())),
        )

    def _patients(self, stage: Path, parts: Iterable[Part]) -> tuple[int, int]:
        """Put the parts together: how many patients there are, and how many ask for review."""
        number = for_review = 0
        with (
            (stage / "patients.jsonl").open("wb") as records,
            csv_stream(stage / "eligibility.csv", ELIGIBILITY_COLUMNS) as write_row,
        ):

            def written() -> Iterator[dict[str, str]]:
                nonlocal number, for_review
                for part in parts:
                    number += part.patients
                    for_review += part.for_review
                    with part.records.open("rb") as built:
                        shutil.copyfileobj(built, records)
                    with part.answers.open("rb") as answers:
                        for line in answers:
                            row = orjson.loads(line)
                            write_row(row)
                            yield row
                    part.records.unlink()
                    part.answers.unlink()

            self.store.answers(self.task.run, written())
        return number, for_review

    def _letters(self, stage: Path) -> tuple[int, Counter[str | int]]:
        rows: Counter[str | int] = Counter()
        number = 0
        with ExitStack() as stack:
            lines = stack.enter_context((stage / "letters.jsonl").open("wb"))
            write_row = stack.enter_context(csv_stream(stage / "facts.csv", FACT_COLUMNS))
            write_column = stack.enter_context(
                parquet_stream(stage / "facts.parquet", FACT_COLUMNS, FACT_NUMBERS)
            )
            for kept in self.store.letters(self.task.run):
                number += 1
                letter = plain_record(kept)
                lines.write(orjson.dumps(letter, option=orjson.OPT_APPEND_NEWLINE))
                for row in plain_fact_rows(letter):
                    rows[row["review"]] += 1
                    write_row(row)
                    if write_column:
                        write_column(row)
        return number, rows


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
