"""The main job: letters in, the out folder out."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import extract
from extract.archive.extractor import lexicon, rules_hash
from extract.archive.gather import Gathered, gather
from extract.archive.settings import RunSettings
from extract.archive import work
from extract.archive.pool import answers, whole
from extract.archive.work import Done
from extract.calculators import judge
from extract.calculators.cohort_models import Outcomes
from extract.calculators.outcomes import cohort_outcomes
from extract.errors import Code, ExtractError, Problem
from extract.language.rules import load_rules
from extract.letters import Letter, Registry, Source, find_sources
from extract.outputs import (
    OutFolder,
    fact_rows,
    write_eligibility,
    write_facts_csv,
    write_facts_parquet,
    write_json,
    write_jsonl,
    write_rejects,
)
from extract.patients import build_patients
from extract.records import LetterRecord, PatientRecord

#: Told after each file how many are done, and how many there are.
Progress = Callable[[int, int], None]

_LIBRARIES = ("medspacy", "spacy", "pydantic", "numpy", "scipy")


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


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that lies in the archive: what is to be read, and what cannot be."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RunResult:
    """A finished run: its counts, records and problems, as the out folder holds them."""

    settings: RunSettings
    counts: Counts
    records: tuple[LetterRecord, ...]
    patients: tuple[PatientRecord, ...]
    outcomes: Outcomes
    problems: tuple[Problem, ...]

    @property
    def rejected_by_code(self) -> dict[str, int]:
        """How many files gave no record for each reason."""
        return dict(sorted(Counter(problem.code.value for problem in self.problems).items()))

    @property
    def well(self) -> bool:
        """Whether every file gave a letter."""
        return not self.problems


def run(settings: RunSettings, progress: Progress | None = None) -> RunResult:
    """Read every letter, judge every patient and write the out folder.

    Raises:
        ExtractError: the run cannot be done as asked (nothing is written then).
    """
    load_rules(settings.patterns)
    drugs = lexicon(settings.patterns)
    planned = plan(settings, settings.out)
    out = OutFolder(settings.out)
    done = list(_done(planned, settings, progress))
    gathered = gather(done, planned.problems, settings.patient_from)
    patients = tuple(
        judge(patient, settings.criteria) for patient in build_patients(gathered.records, drugs)
    )
    result = RunResult(
        settings,
        _counts(_files(planned, done), gathered, patients),
        gathered.records,
        patients,
        cohort_outcomes(patients, settings.criteria),
        gathered.problems,
    )
    if not result.counts.add_up:
        raise RuntimeError("the counts of the run do not add up")
    _write(out, result, gathered)
    return result


def read_letters(settings: RunSettings, progress: Progress | None = None) -> Gathered:
    """Read every letter and write nothing: for evaluation and comparisons.

    Raises:
        ExtractError: the letters or the rules cannot be used.
    """
    load_rules(settings.patterns)
    planned = plan(settings)
    return gather(_done(planned, settings, progress), planned.problems, settings.patient_from)


def text_of(settings: RunSettings, record: LetterRecord) -> str:
    """The text of a letter that was read; "" where it is no longer there."""
    root = settings.letters
    for item in find_sources(root, max_bytes=settings.max_bytes):
        if isinstance(item, Source) and item.path in record.paths:
            for letter in Registry().read(item):
                if isinstance(letter, Letter) and letter.letter_id == record.letter_id:
                    return letter.text
    return ""


def plan(settings: RunSettings, out: Path | None = None) -> Plan:
    """Find what is to be read.

    Args:
        settings: where the letters are.
        out: the folder that outputs go to, if any; it is not part of the archive.

    Raises:
        ExtractError: there is nothing at the path, nothing in it, or the out folder would
            hold the letters.
    """
    letters = settings.letters
    if not letters.exists():
        raise ExtractError(Problem(str(letters), Code.PATH_MISSING, "There is no such path."))
    if out is not None and letters.resolve().is_relative_to(out.resolve()):
        detail = "The letters lie in the out folder."
        raise ExtractError(Problem(str(out), Code.OUTPUT, detail))
    found = list(find_sources(letters, leave_out=out, max_bytes=settings.max_bytes))
    if not found:
        raise ExtractError(Problem(str(letters), Code.NO_LETTERS, "The folder is empty."))
    return Plan(
        tuple(item for item in found if isinstance(item, Source)),
        tuple(item for item in found if isinstance(item, Problem)),
    )


def _done(planned: Plan, settings: RunSettings, progress: Progress | None) -> Iterator[Done]:
    total = len(planned.sources)
    here = work.worker_here(settings.setup)
    found = answers(planned.sources, settings.processes(total), settings.setup, here)
    for index, one in enumerate(whole(found), start=1):
        if progress:
            progress(index, total)
        yield one


def _files(planned: Plan, done: Iterable[Done]) -> int:
    """Files found; one that gave several letters or problems counts as often."""
    more = sum(max(0, len(one.letters) + len(one.problems) - 1) for one in done)
    return len(planned.sources) + len(planned.problems) + more


def _counts(files: int, gathered: Gathered, patients: tuple[PatientRecord, ...]) -> Counts:
    empty = sum(problem.code is Code.EMPTY for problem in gathered.problems)
    rows = Counter(row["review"] for row in fact_rows(gathered.records))
    return Counts(
        files=files,
        letters=len(gathered.records),
        empty=empty,
        duplicates=gathered.duplicates,
        rejected=len(gathered.problems) - empty,
        facts=rows.total(),
        facts_for_review=rows["yes"],
        patients=len(patients),
        patients_for_review=sum(bool(patient.reasons) for patient in patients),
    )


def _write(out: OutFolder, result: RunResult, gathered: Gathered) -> None:
    with out.writing(gone=("facts.parquet",)) as stage:
        write_facts_csv(stage / "facts.csv", result.records)
        write_facts_parquet(stage / "facts.parquet", result.records)
        write_jsonl(stage / "letters.jsonl", result.records)
        write_jsonl(stage / "patients.jsonl", result.patients)
        write_eligibility(stage / "eligibility.csv", result.patients)
        write_json(stage / "outcomes.json", result.outcomes)
        write_rejects(stage / "rejects.csv", result.problems)
        write_json(stage / "run.json", run_document(result, gathered))


def run_document(result: RunResult, gathered: Gathered) -> dict[str, Any]:
    """What ``run.json`` holds: enough to say how the outputs came about."""
    settings = result.settings
    return {
        "program": {"name": "extract", "version": extract.__version__},
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "rules": {"sha256": rules_hash(settings.patterns)},
        "settings": settings.model_dump(mode="json"),
        "counts": asdict(result.counts),
        "rejected_by_code": result.rejected_by_code,
        "patient_from": {by.value: number for by, number in sorted(gathered.owners.items())},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
