"""An out folder read back: the records of a finished run, for reports and exports."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from extract.calculators import PUBLISHED, Criteria
from extract.errors import Code, ExtractError, Problem
from extract.records import LetterRecord, PatientRecord

_Record = TypeVar("_Record", bound=BaseModel)


@dataclass(frozen=True)
class Finished:
    """What a run left: letters, judged patients, and how it was done.

    Attributes:
        letters: one record a letter.
        patients: one judged record a patient.
        criteria: the thresholds they were judged by.
        run: what ``run.json`` holds; empty where the records come from elsewhere.
        rejects: the rows of ``rejects.csv``.
    """

    letters: tuple[LetterRecord, ...]
    patients: tuple[PatientRecord, ...]
    criteria: Criteria = PUBLISHED
    run: dict[str, Any] = field(default_factory=dict)
    rejects: tuple[dict[str, str], ...] = ()

    @property
    def rules(self) -> str:
        """The hash of the rules that read the letters; "" where it is not known."""
        return str(self.run.get("rules", {}).get("sha256", ""))


def load_finished(out: Path) -> Finished:
    """Read the records of an out folder.

    Raises:
        ExtractError: (``no_out_folder``) the path is not one, or a file in it is cut short
            or was changed by hand.
    """
    run_file, letters, patients = (
        out / name for name in ("run.json", "letters.jsonl", "patients.jsonl")
    )
    missing = [path.name for path in (run_file, letters, patients) if not path.is_file()]
    if missing:
        raise _problem(out, f"It holds no {', '.join(missing)}.")
    try:
        run = orjson.loads(run_file.read_bytes())
        criteria = Criteria.model_validate(run["settings"]["criteria"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValidationError, OSError) as error:
        raise _problem(run_file, f"It cannot be read ({type(error).__name__}).") from None
    return Finished(
        letters=_records(letters, LetterRecord),
        patients=_records(patients, PatientRecord),
        criteria=criteria,
        run=run,
        rejects=_rejects(out / "rejects.csv"),
    )


def _records(path: Path, model: type[_Record]) -> tuple[_Record, ...]:
    found: list[_Record] = []
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                found.append(model.model_validate_json(line))
            except ValidationError:
                # The message would quote the line, which holds a letter's words.
                raise _problem(path, f"Line {number} is no record.") from None
    return tuple(found)


def _rejects(path: Path) -> tuple[dict[str, str], ...]:
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def _problem(path: Path, detail: str) -> ExtractError:
    return ExtractError(Problem(str(path), Code.NO_OUT, detail))


def need(library: str, extra: str, what: str) -> None:
    """Make sure that an optional library is installed.

    Raises:
        ExtractError: (``extra_not_installed``) naming the extra that brings it.
    """
    from importlib.util import find_spec

    if find_spec(library.partition(".")[0]) is None:
        detail = f"{what} needs the extra {extra!r} ({library})."
        raise ExtractError(Problem(library, Code.MISSING_EXTRA, detail))


def by_patient(letters: Iterable[LetterRecord]) -> dict[str, list[LetterRecord]]:
    """The letters of each patient, in the order given."""
    found: dict[str, list[LetterRecord]] = {}
    for letter in letters:
        found.setdefault(letter.patient_id, []).append(letter)
    return found
