"""Accepted reviews into the out folder: facts, patients, eligibility and outcomes again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from extract.archive.lock import only_run
from extract.archive.rulefiles import lexicon
from extract.calculators import Criteria, cohort_outcomes, judge
from extract.outputs import (
    OutFolder,
    fact_rows,
    write_eligibility,
    write_facts_csv,
    write_facts_parquet,
    write_json,
    write_jsonl,
)
from extract.outputs.loading import Finished, load_finished
from extract.outputs.report import STALE, write_page
from extract.outputs.report.files import PAGE
from extract.patients import build_patients
from extract.records import LetterRecord, PatientRecord
from extract.store.overlay import Overlaid, overlay
from extract.store.reviews import ReviewLog
from extract.store.standing import Ledger


def apply_reviews(out: Path, *, held: bool = False) -> Overlaid | None:
    """Lay the accepted reviews of an out folder over its facts and write its outputs again.

    What was laid over before and has been taken back since goes again: the facts are always
    those the program read, with what stands now.

    Args:
        out: the folder.
        held: whether the caller holds the folder already, as a run does.

    Returns:
        What was done; None where nobody has reviewed anything, and nothing is written then.

    Raises:
        ExtractError: the folder is none of a finished run, or another run writes to it.
    """
    log = ReviewLog.at(out)
    if log is None:
        return None
    with log:
        ledger = Ledger(log.since())
    if not ledger.last:
        return None
    with nullcontext() if held else only_run(out):
        finished = load_finished(out)
        laid = overlay(finished.letters, ledger)
        patients = judged(laid.records, finished.criteria, patterns_of(finished.run))
        _write(out, finished, laid, patients, ledger.last)
    return laid


def judged(
    records: Iterable[LetterRecord], criteria: Criteria, patterns: Path | None
) -> list[PatientRecord]:
    """The patients of some letters, built and judged."""
    return [judge(patient, criteria) for patient in build_patients(records, lexicon(patterns))]


def patterns_of(run: dict[str, Any]) -> Path | None:
    """The folder of rules a run was told to use; None for the program's own or a lost one."""
    named = run.get("settings", {}).get("patterns")
    return Path(named) if named and Path(named).is_dir() else None


def _write(
    out: Path, finished: Finished, laid: Overlaid, patients: Sequence[PatientRecord], last: int
) -> None:
    rows = [str(row["review"]) for row in fact_rows(laid.records)]
    counts = {
        **finished.run.get("counts", {}),
        "facts": len(rows),
        "facts_for_review": rows.count("yes"),
        "patients": len(patients),
        "patients_for_review": sum(bool(patient.reasons) for patient in patients),
    }
    reviews = {"entries": last, **laid.counts, "stale": len(laid.stale)}
    with OutFolder(out).writing(gone=("facts.parquet", *STALE)) as stage:
        write_facts_csv(stage / "facts.csv", laid.records)
        write_facts_parquet(stage / "facts.parquet", laid.records)
        write_jsonl(stage / "letters.jsonl", laid.records)
        write_jsonl(stage / "patients.jsonl", patients)
        write_eligibility(stage / "eligibility.csv", patients)
        write_json(stage / "outcomes.json", cohort_outcomes(patients, finished.criteria))
        write_json(stage / "run.json", {**finished.run, "counts": counts, "reviews": reviews})
        if (out / PAGE).is_file():
            shutil.copyfile(out / "rejects.csv", stage / "rejects.csv")
            write_page(stage)
