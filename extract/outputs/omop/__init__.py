"""OMOP CDM 5.4: NOTE, NOTE_NLP, MEASUREMENT, OBSERVATION, DRUG_EXPOSURE and EPISODE."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from extract.outputs.omop.rows import LeftOut, Rows
from extract.outputs.omop.schema import TABLES, Column, Kind, Record, faults
from extract.outputs.one_by_one import Records
from extract.outputs.streams import table_stream
from extract.values.agents import load_agents
from extract.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["TABLES", "LeftOut", "Rows", "faults", "omop_rows", "omop_tables", "write_omop"]

#: Who is who: the model's person_id and the run's patient.
PERSONS: Final = ("person_id", "person_source_value")


#: What was left out for want of a day.
LEFT_OUT: Final = ("table", "person_id", "what", "date")
_OTHERS: Final = {"person_map": PERSONS, "left_out": LEFT_OUT}


def omop_rows(
    records: Records,
    nlp_date: date,
    *,
    fill_dates: bool = False,
    texts: Mapping[str, str] | None = None,
) -> Iterator[tuple[str, Record]]:
    """Every row with its table, one patient after another.

    Beside the model's tables, ``person_map`` says who is who and ``left_out`` what has no
    whole day where the model wants one.

    Args:
        records: the records of a run; one patient is held at a time.
        nlp_date: the day the letters were read, which NOTE_NLP wants.
        fill_dates: let the first day allowed (for an end, the last) stand in for a date
            that is not a day.
        texts: the letters' texts by id; without them NOTE says that they were not exported.
    """
    system = f"extract {__version__}" + (f" rules {records.rules[:16]}" if records.rules else "")
    rows = Rows(load_agents(), nlp_date, system, fill_dates, {} if texts is None else texts)
    for person_id, (patient, own) in enumerate(records.each_person(), start=1):
        yield "person_map", {"person_id": person_id, "person_source_value": patient.patient_id}
        yield from rows.of_patient(person_id, patient, own)
        for item in rows.left_out:
            yield "left_out", asdict(item)
        rows.left_out.clear()


def omop_tables(
    records: Records,
    nlp_date: date,
    *,
    fill_dates: bool = False,
    texts: Mapping[str, str] | None = None,
) -> tuple[dict[str, list[Record]], list[Record], list[LeftOut]]:
    """The rows of every table, the persons, and what was left out, all at once.

    For a study at a desk; :func:`omop_rows` holds one patient at a time.
    """
    tables: dict[str, list[Record]] = {name: [] for name in (*TABLES, *_OTHERS)}
    for table, record in omop_rows(records, nlp_date, fill_dates=fill_dates, texts=texts):
        tables[table].append(record)
    persons, left = tables.pop("person_map"), tables.pop("left_out")
    return tables, persons, [LeftOut(**cast(Any, item)) for item in left]


def write_omop(
    folder: Path,
    records: Records,
    nlp_date: date,
    *,
    fill_dates: bool = False,
    texts: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Write every table as CSV, and as Parquet where pyarrow is there, into a folder.

    Returns the number of rows of each table, ``left_out`` among them.
    """
    counts = dict.fromkeys((*TABLES, "left_out"), 0)
    with ExitStack() as files:
        names = {**{name: [c.name for c in TABLES[name]] for name in TABLES}, **_OTHERS}
        writers = {
            name: [files.enter_context(_csv(folder / f"{name}.csv", columns))]
            for name, columns in names.items()
        }
        if find_spec("pyarrow") is not None:
            for name, columns in TABLES.items():
                stream = table_stream(folder / f"{name}.parquet", _schema(columns))
                writers[name].append(files.enter_context(stream))
        for table, record in omop_rows(records, nlp_date, fill_dates=fill_dates, texts=texts):
            for write in writers[table]:
                write(record)
            if table in counts:
                counts[table] += 1
    return counts


@contextmanager
def _csv(path: Path, names: Sequence[str]) -> Iterator[Callable[[Mapping[str, Any]], object]]:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, lineterminator="\n", restval="")
        writer.writeheader()
        yield writer.writerow


def _schema(columns: Sequence[Column]) -> pa.Schema:
    import pyarrow as pa

    kinds = {
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.DATE: pa.date32(),
        Kind.DATETIME: pa.timestamp("us"),
        Kind.TEXT: pa.string(),
    }
    return pa.schema([pa.field(c.name, kinds[c.kind], nullable=not c.required) for c in columns])
