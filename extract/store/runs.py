"""The store of runs: files as read, and the runs that are made of them.

One run writes to one out folder at a time (the out folder is locked), so a run need not
fear that another takes its rows away. Everything is written in whole transactions.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Self, TypeVar

import orjson
from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update

from extract.errors import Code, Problem
from extract.store.engine import faults, open_engine
from extract.store.model import Entry, Item, KeptLetter, LetterRow, RunInfo, Settled
from extract.store.schema import (
    files,
    letters,
    rejects,
    run_files,
    run_letters,
    run_patients,
    run_rejects,
    runs,
)

#: Rows that are held at once while reading or writing.
_ROWS = 500
#: Finished runs of one out folder that are kept, for comparing them.
KEEP = 5

_T = TypeVar("_T")


class Store:
    """An open store. Use as a context, or close it.

    Args:
        url: SQLAlchemy's URL of the database.

    Raises:
        ExtractError: it cannot be opened or used; so may every method.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = open_engine(url)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with faults(self.url), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with faults(self.url), self.engine.connect() as connection:
            yield connection.execution_options(yield_per=_ROWS)

    # ---------------------------------------------------------------------- runs

    def begin(self, folder: str, version: str, reader: str) -> int:
        """The number of a new run, or of the one that was not finished here."""
        with self._write() as connection:
            # Files that were cut off while they were read.
            unfinished = select(runs.c.id).where(runs.c.folder == folder, runs.c.state != "done")
            numbers = list(connection.execute(unfinished.order_by(runs.c.id)).scalars())
            halves = files.c.run_id.in_(numbers), files.c.complete.is_(False)
            connection.execute(delete(files).where(*halves))
            if numbers:
                run = numbers[-1]
                for table in (run_files, run_rejects, run_letters, run_patients):
                    connection.execute(delete(table).where(table.c.run_id == run))
                values = {"version": version, "reader": reader}
                connection.execute(update(runs).where(runs.c.id == run).values(**values))
                return int(run)
            started = insert(runs).values(
                folder=folder, state="running", started=_now(), version=version, reader=reader
            )
            return int(connection.execute(started.returning(runs.c.id)).scalar_one())

    def finish(self, run: int, fingerprint: str, document: str, outputs: str) -> None:
        """Say that a run is done, and what its outputs are; forget old runs of its folder."""
        with self._write() as connection:
            connection.execute(
                update(runs)
                .where(runs.c.id == run)
                .values(
                    state="done",
                    finished=_now(),
                    fingerprint=fingerprint,
                    document=document,
                    outputs=outputs,
                )
            )
            folder = select(runs.c.folder).where(runs.c.id == run).scalar_subquery()
            kept = (
                select(runs.c.id)
                .where(runs.c.folder == folder, runs.c.state == "done")
                .order_by(runs.c.id.desc())
                .limit(KEEP)
            )
            last = min(connection.execute(kept).scalars())
            old = (runs.c.folder == folder, runs.c.id < last)
            connection.execute(delete(runs).where(*old))
            self._forget(connection, run)

    def drop(self, run: int) -> None:
        """Forget a run that found nothing new."""
        with self._write() as connection:
            connection.execute(delete(runs).where(runs.c.id == run))

    @staticmethod
    def _forget(connection: Connection, run: int) -> None:
        """Remove the files of runs that are no more, of this one and those before it."""
        used = exists().where(run_files.c.file_id == files.c.id)
        alive = exists().where(runs.c.id == files.c.run_id, runs.c.state != "done")
        orphans = delete(files).where(files.c.run_id <= run, ~used, ~alive)
        connection.execute(orphans)

    def runs(self, folder: str | None = None) -> list[RunInfo]:
        """The runs of an out folder, or all, oldest first."""
        asked = select(runs).order_by(runs.c.id)
        if folder is not None:
            asked = asked.where(runs.c.folder == folder)
        with self._read() as connection:
            return [_info(row) for row in connection.execute(asked)]

    # --------------------------------------------------------------------- files

    def known(self, run: int, keys: Collection[str]) -> dict[str, int]:
        """Of these keys those that need not be read again, with the file's number."""
        asked = (
            select(files.c.key, files.c.id)
            .where(
                files.c.key.in_(keys),
                files.c.complete.is_(True),
                files.c.again.is_(False) | (files.c.run_id == run),
            )
            .order_by(files.c.id)
        )
        with self._read() as connection:
            return {row.key: row.id for row in connection.execute(asked)}

    def use(self, run: int, numbers: Sequence[int]) -> None:
        """Make files that are known part of a run."""
        if numbers:
            with self._write() as connection:
                rows = [{"run_id": run, "file_id": number} for number in numbers]
                connection.execute(insert(run_files), rows)

    def open_files(self, run: int, keys: Sequence[tuple[str, str]]) -> list[int]:
        """Numbers for files that are about to be kept, by key and path."""
        rows = [
            {"key": key, "path": path, "run_id": run, "complete": False, "again": False}
            for key, path in keys
        ]
        with self._write() as connection:
            made = insert(files).returning(files.c.id, sort_by_parameter_order=True)
            return [int(row.id) for row in connection.execute(made, rows)]

    def keep(
        self, run: int, items: Iterable[tuple[int, Item]], whole: Collection[tuple[int, bool]]
    ) -> None:
        """Write what files gave, all or nothing.

        Args:
            run: the run they are part of.
            items: the file's number and what it gave.
            whole: files that are complete with this, and whether another run should try
                them again.
        """
        kept: list[dict[str, Any]] = []
        failed: list[dict[str, Any]] = []
        for number, item in items:
            if isinstance(item, LetterRow):
                kept.append({"file_id": number, **item.columns()})
            else:
                failed.append({"file_id": number, **_plain(item)})
        with self._write() as connection:
            if kept:
                connection.execute(insert(letters), kept)
            if failed:
                connection.execute(insert(rejects), failed)
            for again in (False, True):
                numbers = [number for number, other in whole if other is again]
                if numbers:
                    done = update(files).where(files.c.id.in_(numbers))
                    connection.execute(done.values(complete=True, again=again))
            if whole:
                rows = [{"run_id": run, "file_id": number} for number, _ in whole]
                connection.execute(insert(run_files), rows)

    # ------------------------------------------------------------ a run's letters

    def entries(self, run: int) -> Iterator[Entry]:
        """The letters of a run's files, in order of id and path."""
        asked = (
            select(
                letters.c.id,
                letters.c.letter_id,
                letters.c.path,
                letters.c.folder,
                letters.c.identifiers,
                letters.c.digest,
                letters.c.sketch,
            )
            .join(run_files, run_files.c.file_id == letters.c.file_id)
            .where(run_files.c.run_id == run)
            .order_by(letters.c.letter_id, letters.c.path, letters.c.id)
        )
        with self._read() as connection:
            for row in connection.execute(asked):
                numbers = tuple((kind, value) for kind, value in orjson.loads(row.identifiers))
                place = (row.letter_id, row.path, row.folder)
                yield Entry(row.id, *place, numbers, row.digest, row.sketch)

    def settle(self, run: int, settled: Iterable[Settled], problems: Iterable[Problem]) -> None:
        """Write whose the letters of a run are, and the problems of the run itself."""
        with self._write() as connection:
            for batch in _batches(settled):
                rows = [
                    {
                        "run_id": run,
                        "letter_id": one.letter_id,
                        "letter": one.number,
                        "patient_id": one.patient_id,
                        "paths": json.dumps(one.paths),
                        "reasons": json.dumps(one.reasons),
                    }
                    for one in batch
                ]
                connection.execute(insert(run_letters), rows)
            for some in _batches(problems):
                bad = [{"run_id": run, **_plain(problem)} for problem in some]
                connection.execute(insert(run_rejects), bad)

    def letters(
        self,
        run: int,
        *,
        by_patient: bool = False,
        of: str | None = None,
        between: tuple[str, str] | None = None,
    ) -> Iterator[KeptLetter]:
        """The letters of a run with their records, in order of id, or of patient and id.

        Args:
            run: the run.
            by_patient: whether to sort by patient first.
            of: only those of this patient.
            between: only those of the patients from the first to the last of these.
        """
        order = (run_letters.c.patient_id, run_letters.c.letter_id)
        asked = (
            select(
                run_letters.c.patient_id,
                run_letters.c.paths,
                run_letters.c.reasons,
                letters.c.record,
            )
            .join(letters, letters.c.id == run_letters.c.letter)
            .where(run_letters.c.run_id == run)
            .order_by(*(order if by_patient else order[1:]))
        )
        if of is not None:
            asked = asked.where(run_letters.c.patient_id == of)
        if between is not None:
            first, last = between
            patient = run_letters.c.patient_id
            asked = asked.where(patient >= first, patient <= last)
        with self._read() as connection:
            for row in connection.execute(asked):
                paths, reasons = tuple(orjson.loads(row.paths)), tuple(orjson.loads(row.reasons))
                yield KeptLetter(row.patient_id, paths, reasons, row.record)

    def patients(self, run: int) -> Iterator[tuple[str, int]]:
        """The patients of a run in order, with how many letters each has."""
        asked = (
            select(run_letters.c.patient_id, func.count())
            .where(run_letters.c.run_id == run)
            .group_by(run_letters.c.patient_id)
            .order_by(run_letters.c.patient_id)
        )
        with self._read() as connection:
            for patient, number in connection.execute(asked):
                yield patient, int(number)

    def problems(self, run: int) -> Iterator[Problem]:
        """Everything in a run that gave no letter, in order of path."""
        of_files = (
            select(rejects.c.path, rejects.c.code, rejects.c.detail)
            .join(run_files, run_files.c.file_id == rejects.c.file_id)
            .where(run_files.c.run_id == run)
        )
        of_run = select(run_rejects.c.path, run_rejects.c.code, run_rejects.c.detail).where(
            run_rejects.c.run_id == run
        )
        both = of_files.union_all(of_run).subquery()
        with self._read() as connection:
            ordered = select(both).order_by(both.c.path, both.c.code, both.c.detail)
            for row in connection.execute(ordered):
                yield Problem(row.path, Code(row.code), row.detail)

    def answers(self, run: int, rows: Iterable[dict[str, str]]) -> None:
        """Write each patient's row of ``eligibility.csv``."""
        with self._write() as connection:
            for batch in _batches(rows):
                kept = [
                    {"run_id": run, "patient_id": row["patient_id"], "answer": json.dumps(row)}
                    for row in batch
                ]
                connection.execute(insert(run_patients), kept)

    def read_answers(self, run: int) -> Iterator[dict[str, str]]:
        """Each patient's row of ``eligibility.csv``, in order of patient."""
        asked = (
            select(run_patients.c.answer)
            .where(run_patients.c.run_id == run)
            .order_by(run_patients.c.patient_id)
        )
        with self._read() as connection:
            for answer in connection.execute(asked).scalars():
                yield json.loads(answer)

    def same_files(self, one: int, other: int) -> bool:
        """Whether two runs are made of the same readings of the same files."""
        counts = [self.file_count(one), self.file_count(other)]
        second = run_files.alias()
        shared = (
            select(func.count())
            .select_from(run_files)
            .join(second, second.c.file_id == run_files.c.file_id)
            .where(run_files.c.run_id == one, second.c.run_id == other)
        )
        with self._read() as connection:
            counts.append(int(connection.execute(shared).scalar_one()))
        return len(set(counts)) == 1

    def file_count(self, run: int) -> int:
        """Of how many files a run is made so far."""
        asked = select(func.count()).select_from(run_files).where(run_files.c.run_id == run)
        with self._read() as connection:
            return int(connection.execute(asked).scalar_one())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _plain(problem: Problem) -> dict[str, str]:
    return {"path": problem.path, "code": problem.code.value, "detail": problem.detail}


def _info(row: Row[Any]) -> RunInfo:
    plain = row._asdict()
    number = plain.pop("id")
    return RunInfo(number=number, **{key: value or "" for key, value in plain.items()})


def _batches(rows: Iterable[_T]) -> Iterator[list[_T]]:
    rest = iter(rows)
    while batch := list(islice(rest, _ROWS)):
        yield batch
