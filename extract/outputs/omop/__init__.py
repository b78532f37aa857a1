"""OMOP CDM 5.4: NOTE, NOTE_NLP, MEASUREMENT, OBSERVATION, DRUG_EXPOSURE and EPISODE."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from extract.outputs.loading import Finished, by_patient
from extract.outputs.omop.rows import LeftOut, Rows
from extract.outputs.omop.schema import TABLES, Column, Kind, Record, faults
from extract.values.agents import load_agents
from extract.version import __version__

__all__ = ["TABLES", "LeftOut", "Rows", "faults", "omop_tables", "write_omop"]

#: Who is who: the model's person_id and the run's patient.
PERSONS: Final = ("person_id", "person_source_value")


def omop_tables(
    finished: Finished,
    nlp_date: date,
    *,
    fill_dates: bool = False,
    texts: Mapping[str, str] | None = None,
) -> tuple[dict[str, list[Record]], list[Record], list[LeftOut]]:
    """The rows of every table, the persons, and what was left out for want of a day.

    Args:
        finished: the records of a run.
        nlp_date: the day the letters were read, which NOTE_NLP wants.
        fill_dates: let the first day allowed (for an end, the last) stand in for a date
            that is not a day.
        texts: the letters' texts by id; without them NOTE says that they were not exported.
    """
    system = f"extract {__version__}" + (f" rules {finished.rules[:16]}" if finished.rules else "")
    rows = Rows(load_agents(), nlp_date, system, fill_dates, texts or {})
    tables: dict[str, list[Record]] = {name: [] for name in TABLES}
    letters = by_patient(finished.letters)
    persons: list[Record] = []
    for person_id, patient in enumerate(finished.patients, start=1):
        persons.append({"person_id": person_id, "person_source_value": patient.patient_id})
        own = letters.get(patient.patient_id, [])
        for table, record in rows.of_patient(person_id, patient, own):
            tables[table].append(record)
    return tables, persons, rows.left_out


def write_omop(
    folder: Path,
    finished: Finished,
    nlp_date: date,
    *,
    fill_dates: bool = False,
    texts: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Write every table as CSV, and as Parquet where pyarrow is there, into a folder.

    Returns the number of rows of each table, ``left_out`` among them.
    """
    tables, persons, left_out = omop_tables(finished, nlp_date, fill_dates=fill_dates, texts=texts)
    for name, records in tables.items():
        columns = TABLES[name]
        _csv(folder / f"{name}.csv", [column.name for column in columns], records)
        if find_spec("pyarrow") is not None:
            _parquet(folder / f"{name}.parquet", columns, records)
    _csv(folder / "person_map.csv", PERSONS, persons)
    told = [asdict(item) for item in left_out]
    _csv(folder / "left_out.csv", ("table", "person_id", "what", "date"), told)
    return {**{name: len(records) for name, records in tables.items()}, "left_out": len(told)}


def _csv(path: Path, names: Sequence[str], records: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(records)


def _parquet(path: Path, columns: Sequence[Column], records: Sequence[Record]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.DATE: pa.date32(),
        Kind.DATETIME: pa.timestamp("us"),
        Kind.TEXT: pa.string(),
    }
    schema = pa.schema([pa.field(c.name, kinds[c.kind], nullable=not c.required) for c in columns])
    data = {c.name: [record.get(c.name) for record in records] for c in columns}
    pq.write_table(pa.table(data, schema=schema), path)
