"""Facts, eligibility and rejects as tables: CSV and Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.calculators.judging import eligibility_row
from extract.errors import Problem
from extract.outputs.streams import Row, csv_stream, parquet_stream
from extract.records import LetterRecord, PatientRecord, Reason

FACT_COLUMNS = (
    "letter_id",
    "patient_id",
    "letter_date",
    "field",
    "item",
    "value",
    "low",
    "high",
    "assertion",
    "section",
    "start",
    "end",
    "quote",
    "rule",
    "review",
    "reason",
    "page",
    "place",
)
ELIGIBILITY_COLUMNS = (
    "patient_id",
    "setting",
    "lines_failed",
    "histology",
    "caix",
    "ecog",
    "stress_echo",
    "washout",
    "sites",
    "eligible",
    "il2_best_response",
    "evaluable",
    "chase",
)
FACT_NUMBERS = frozenset({"start", "end"})
REJECT_COLUMNS = ("path", "code", "sentence")

#: Reasons of a letter that touch every fact in it.
_SPREADING = frozenset({Reason.IDENTITY.value})


def fact_rows(records: Iterable[LetterRecord]) -> Iterator[dict[str, str | int]]:
    """Every fact of every letter as a row of ``facts.csv``, in the order of the records."""
    for record in records:
        yield from plain_fact_rows(record.model_dump(mode="json"))


def plain_fact_rows(letter: Mapping[str, Any]) -> Iterator[dict[str, str | int]]:
    """The facts of a letter whose record is at hand as JSON."""
    spread = [reason for reason in letter["reasons"] if reason in _SPREADING]
    for fact in letter["facts"]:
        reasons = [*fact["reasons"], *spread] if spread else fact["reasons"]
        evidence = fact["evidence"]
        yield {
            "letter_id": letter["letter_id"],
            "patient_id": letter["patient_id"],
            "letter_date": letter["letter_date"],
            "field": fact["field"],
            "item": fact["item"],
            "value": fact["value"],
            "low": fact["low"],
            "high": fact["high"],
            "assertion": fact["assertion"],
            "section": evidence["section"],
            "start": evidence["start"],
            "end": evidence["end"],
            "quote": evidence["quote"],
            "rule": fact["rule"],
            "review": "yes" if fact["review"] or reasons else "no",
            "reason": ";".join(dict.fromkeys(reasons)),
            "page": "" if evidence["page"] is None else str(evidence["page"]),
            "place": _place(evidence),
        }


def _place(evidence: Mapping[str, Any]) -> str:
    """Where to look in the original: an element or paragraph, else boxes on its pages."""
    if evidence["where"]:
        return str(evidence["where"])
    return "; ".join(" ".join(f"{number:g}" for number in box) for box in evidence["boxes"])


def write_facts_csv(path: Path, records: Iterable[LetterRecord]) -> None:
    """Write ``facts.csv``."""
    _write_csv(path, FACT_COLUMNS, fact_rows(records))


def write_facts_parquet(path: Path, records: Iterable[LetterRecord]) -> bool:
    """Write ``facts.parquet``; False, and nothing written, where pyarrow is not installed."""
    with parquet_stream(path, FACT_COLUMNS, FACT_NUMBERS) as write:
        if write is None:
            return False
        for row in fact_rows(records):
            write(row)
    return True


def write_eligibility(path: Path, patients: Iterable[PatientRecord]) -> None:
    """Write ``eligibility.csv``; the patients must have been judged."""
    _write_csv(path, ELIGIBILITY_COLUMNS, map(eligibility_row, patients))


def write_rejects(path: Path, problems: Iterable[Problem]) -> None:
    """Write ``rejects.csv``: every file that gave no record, and why."""
    rows = ({"path": p.path, "code": p.code.value, "sentence": p.sentence()} for p in problems)
    _write_csv(path, REJECT_COLUMNS, rows)


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with csv_stream(path, columns) as write:
        for row in rows:
            write(row)
