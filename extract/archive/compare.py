"""Which facts, and which patients' answers, differ between two runs.

A run is an out folder, as its files stand, or a number in a store. Both are read in the
order of their letters and patients, side by side, so that nothing large is held.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self, TypeVar

from extract.archive.owned import record_of
from extract.errors import Code, ExtractError, Problem
from extract.store import Store
from extract.store.engine import sqlite_url

_T = TypeVar("_T")
_STORE = "store.sqlite"
What = Literal["lost", "new"]
Key = tuple[str, str, str]
#: A letter or patient, and what is said of it.
Facts = Iterator[tuple[str, frozenset[Key]]]


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that only one of the two runs has."""

    what: What
    letter_id: str
    field: str
    item: str
    value: str


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An answer about a patient that differs; "" where a run does not have the patient."""

    patient_id: str
    column: str
    before: str
    after: str


class Side:
    """One of the two runs.

    Args:
        named: an out folder, or the number of a run.
        store: the URL of a store, or an out folder with one, for numbers.

    Raises:
        ExtractError: there is no such run.
    """

    def __init__(self, named: str, store: str | None = None) -> None:
        self.folder: Path | None = None
        self.store: Store | None = None
        self.number = 0
        folder = Path(named)
        if (folder / "facts.csv").is_file() and (folder / "eligibility.csv").is_file():
            self.folder = folder
            return
        if not named.isdigit() or store is None:
            detail = "It is no out folder; name a run by its number only with --store."
            raise ExtractError(Problem(named, Code.PATH_MISSING, detail))
        self.number = int(named)
        self.store = _open(store)
        found = {run.number: run.state for run in self.store.runs()}
        if found.get(self.number) != "done":
            done = ", ".join(str(number) for number, state in found.items() if state == "done")
            self.store.close()
            detail = f"The store has no such finished run; there are {done or 'none'}."
            raise ExtractError(Problem(named, Code.PATH_MISSING, detail))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.store:
            self.store.close()

    def facts(self) -> Facts:
        """Each letter with its facts, in order of letter; letters without may be left out."""
        if self.store is None:
            yield from _grouped(self._rows("facts.csv"))
            return
        for kept in self.store.letters(self.number):
            record = record_of(kept)
            yield record.letter_id, frozenset(fact.key for fact in record.facts)

    def answers(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Each patient with its row of ``eligibility.csv``, in order of patient."""
        rows = self.store.read_answers(self.number) if self.store else self._rows("eligibility.csv")
        for row in rows:
            yield row["patient_id"], row

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        if self.folder is not None:
            with (self.folder / name).open(encoding="utf-8", newline="") as stream:
                yield from csv.DictReader(stream)


def fact_changes(before: Side, after: Side) -> Iterator[FactChange]:
    """Every fact that only one of two runs has, in order of letter."""
    empty: frozenset[Key] = frozenset()
    for letter, old, new in _paired(before.facts(), after.facts(), empty):
        if old != new:
            lost: list[tuple[Key, What]] = [(key, "lost") for key in old - new]
            found: list[tuple[Key, What]] = [(key, "new") for key in new - old]
            for (name, item, value), what in sorted(lost + found):
                yield FactChange(what, letter, name, item, value)


def answer_changes(before: Side, after: Side) -> Iterator[AnswerChange]:
    """Every answer about a patient that differs, in order of patient."""
    nobody: Mapping[str, str] = {}
    for patient, old, new in _paired(before.answers(), after.answers(), nobody):
        for column in dict.fromkeys((*old, *new)):
            if column != "patient_id" and old.get(column, "") != new.get(column, ""):
                yield AnswerChange(patient, column, old.get(column, ""), new.get(column, ""))


def sides(stack: ExitStack, before: str, after: str, store: str | None) -> tuple[Side, Side]:
    """Both runs, open as long as the stack is.

    Raises:
        ExtractError: there is no such run.
    """
    one, other = (stack.enter_context(Side(named, store)) for named in (before, after))
    return one, other


def _open(store: str) -> Store:
    if "://" in store:
        return Store(store)
    path = Path(store) / _STORE if Path(store).is_dir() else Path(store)
    if not path.is_file():
        raise ExtractError(Problem(store, Code.PATH_MISSING, "There is no store."))
    return Store(sqlite_url(path))


def _grouped(rows: Iterable[Mapping[str, str]]) -> Facts:
    letter, held = "", set[Key]()
    for row in rows:
        if row["letter_id"] != letter:
            if held:
                yield letter, frozenset(held)
            letter, held = row["letter_id"], set()
        held.add((row["field"], row["item"], row["value"]))
    if held:
        yield letter, frozenset(held)


def _paired(
    before: Iterator[tuple[str, _T]], after: Iterator[tuple[str, _T]], nothing: _T
) -> Iterator[tuple[str, _T, _T]]:
    """Two ordered series side by side, with ``nothing`` where one lacks a name."""
    old, new = next(before, None), next(after, None)
    while old or new:
        if new is None or (old is not None and old[0] < new[0]):
            if old is not None:
                yield old[0], old[1], nothing
            old = next(before, None)
        elif old is None or new[0] < old[0]:
            yield new[0], nothing, new[1]
            new = next(after, None)
        else:
            yield old[0], old[1], new[1]
            old, new = next(before, None), next(after, None)
