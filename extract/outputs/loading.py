"""An out folder read back: the records of a finished run, for reports and exports."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from extract.calculators import PUBLISHED, Criteria, judge
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
        flagged: facts and letters marked for review, by reason, in the letters that were
            left in their file.
    """

    letters: tuple[LetterRecord, ...]
    patients: tuple[PatientRecord, ...]
    criteria: Criteria = PUBLISHED
    run: dict[str, Any] = field(default_factory=dict)
    rejects: tuple[dict[str, str], ...] = ()
    flagged: Counter[str] = field(default_factory=Counter)

    @property
    def rules(self) -> str:
        """The hash of the rules that read the letters; "" where it is not known."""
        return str(self.run.get("rules", {}).get("sha256", ""))

    def each_letter(self) -> Iterator[LetterRecord]:
        """The letters, in their order."""
        return iter(self.letters)

    def each_patient(self) -> Iterator[PatientRecord]:
        """The patients, in their order."""
        return iter(self.patients)

    def each_person(self) -> Iterator[tuple[PatientRecord, list[LetterRecord]]]:
        """The patients, each with their own letters."""
        letters = by_patient(self.letters)
        for patient in self.patients:
            yield patient, letters.get(patient.patient_id, [])


def load_finished(
    out: Path,
    most: int | None = None,
    *,
    treated: bool = False,
    by: Criteria | None = None,
) -> Finished:
    """Read the records of an out folder.

    Args:
        out: the folder.
        most: keep the letters of so many patients only, the treated first; of the others
            keep what counts, and not where it was read. Default, everything.
        treated: keep those of every treated patient, however many.
        by: judge the patients again by these thresholds.

    Raises:
        ExtractError: (``no_out_folder``) the path is not one, or a file in it is cut short
            or was changed by hand.
    """
    run, criteria, rejects = header(out)
    letters, patients = out / "letters.jsonl", out / "patients.jsonl"
    flagged: Counter[str] = Counter()
    kept = None if most is None else _wanted(patients, most, treated=treated)
    return Finished(
        letters=tuple(_letters(letters, kept, flagged)),
        patients=tuple(_patients(patients, kept, by)),
        criteria=by or criteria,
        run=run,
        rejects=rejects,
        flagged=flagged,
    )


def header(out: Path) -> tuple[dict[str, Any], Criteria, tuple[dict[str, str], ...]]:
    """What ``run.json`` holds, the thresholds in it, and the rows of ``rejects.csv``.

    Raises:
        ExtractError: (``no_out_folder``) the path is no out folder, or not a whole one.
    """
    names = ("run.json", "letters.jsonl", "patients.jsonl")
    missing = [name for name in names if not (out / name).is_file()]
    if missing:
        raise _problem(out, f"It holds no {', '.join(missing)}.")
    path = out / names[0]
    try:
        run = orjson.loads(path.read_bytes())
        criteria = Criteria.model_validate(run["settings"]["criteria"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValidationError, OSError) as error:
        raise _problem(path, f"It cannot be read ({type(error).__name__}).") from None
    return run, criteria, _rejects(out / "rejects.csv")


def records_of(path: Path, model: type[_Record]) -> Iterator[_Record]:
    """The records of a file of JSON Lines, one after another.

    Raises:
        ExtractError: (``no_out_folder``) a line is none.
    """
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            yield record_of(path, number, line, model)


def _wanted(path: Path, most: int, *, treated: bool) -> frozenset[str]:
    """Whose records are kept whole: the treated in order, then the others.

    Whether a patient was treated is a fact and no judgement: it hangs on no threshold.
    """
    given: list[str] = []
    others: list[str] = []
    for _, _, plain in plain_lines(path):
        group = given if (plain.get("outcome") or {}).get("treated") else others
        if len(group) < most or (treated and group is given):
            group.append(str(plain["patient_id"]))
    return frozenset([*given, *others][: max(most, len(given) if treated else 0)])


def _letters(
    path: Path, kept: frozenset[str] | None, flagged: Counter[str]
) -> Iterator[LetterRecord]:
    for number, line, plain in plain_lines(path):
        if kept is None or plain.get("patient_id") in kept:
            yield record_of(path, number, line, LetterRecord)
            continue
        flagged.update(plain.get("reasons", ()))
        for fact in plain.get("facts", ()):
            if fact.get("review"):
                flagged.update(fact.get("reasons", ()))


def _patients(
    path: Path, kept: frozenset[str] | None, by: Criteria | None
) -> Iterator[PatientRecord]:
    alike: dict[bytes, PatientRecord] = {}
    for number, line, plain in plain_lines(path) if by is None else _judged_lines(path, by):
        if kept is None or plain.get("patient_id") in kept:
            yield record_of(path, number, line, PatientRecord)
        elif (plain.get("outcome") or {}).get("treated"):
            yield record_of(path, number, orjson.dumps(without_sources(plain)), PatientRecord)
        else:
            # Most patients who were not treated are alike but for their names.
            verdicts = _verdicts_only(plain)
            key = orjson.dumps(verdicts)
            if key not in alike:
                slim = orjson.dumps(without_sources(verdicts))
                alike[key] = record_of(path, number, slim, PatientRecord)
            yield alike[key].model_copy(update={"patient_id": plain["patient_id"]})


def without_sources(plain: dict[str, Any]) -> dict[str, Any]:
    """A patient's record as JSON without its timeline and without where it was read."""

    def slim(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: slim(inner) for key, inner in value.items() if key != "sources"}
        return [slim(inner) for inner in value] if isinstance(value, list) else value

    found: dict[str, Any] = slim({k: v for k, v in plain.items() if k != "timeline"})
    return found


def _verdicts_only(plain: dict[str, Any]) -> dict[str, Any]:
    """What counts of a patient who was not treated: the verdicts, and how many letters.

    The same for all patients of whom the same counts.
    """
    found = {"setting": plain["setting"]} if plain.get("setting") else {}
    if plain.get("outcome"):
        known = ("treated", "not_evaluable_because")
        found["outcome"] = {name: plain["outcome"].get(name) for name in known}
    if plain.get("eligibility"):
        found["eligibility"] = {**plain["eligibility"], "judged_on": None}
    letters = [{"letter_id": ""}] * len(plain.get("letters") or ())
    return {**found, "patient_id": "", "letters": letters}


def plain_lines(path: Path) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    """The lines of a file of JSON Lines: number, bytes, and what they hold."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            yield number, line, _plain(path, number, line)


def _judged_lines(path: Path, by: Criteria) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    """The lines of patients as they were, were they judged by other thresholds."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            judged = judge(record_of(path, number, line, PatientRecord), by).model_dump_json()
            yield number, judged.encode(), orjson.loads(judged)


def _plain(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        plain = orjson.loads(line)
    except orjson.JSONDecodeError:
        plain = None
    if not isinstance(plain, dict):
        raise _problem(path, f"Line {number} is no record.")
    return plain


def record_of(path: Path, number: int, line: bytes, model: type[_Record]) -> _Record:
    """The record of a line, told of by its number where it is none."""
    try:
        return model.model_validate_json(line)
    except ValidationError:
        # The message would quote the line, which holds a letter's words.
        raise _problem(path, f"Line {number} is no record.") from None


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
