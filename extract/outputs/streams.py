"""Output files written a row at a time, so that no run need hold all of its rows."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows of a row group of a Parquet file; what is held before it is written.
GROUP_ROWS = 10_000

Row = Mapping[str, str | int]


@contextmanager
def csv_stream(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Row], object]]:
    """Write a CSV file; yields what takes a row, in which every column must be."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        cells = itemgetter(*columns)
        yield lambda row: writer.writerow(cells(row))


@contextmanager
def jsonl_stream(path: Path) -> Iterator[Callable[[BaseModel], None]]:
    """Write JSON Lines; yields what takes a record."""
    with path.open("wb") as stream:

        def write(record: BaseModel) -> None:
            stream.write(record.model_dump_json().encode())
            stream.write(b"\n")

        yield write


@contextmanager
def parquet_stream(
    path: Path, columns: Sequence[str], numbers: frozenset[str]
) -> Iterator[Callable[[Row], None] | None]:
    """Write a Parquet file; yields what takes a row, None where pyarrow is not installed.

    Args:
        path: the file.
        columns: all of them, in order.
        numbers: those that hold whole numbers; the others hold text.
    """
    if find_spec("pyarrow") is None:
        yield None
        return
    import pyarrow as pa

    types = [(name, pa.int64() if name in numbers else pa.string()) for name in columns]
    with table_stream(path, pa.schema(types)) as write:
        yield write


@contextmanager
def table_stream(path: Path, schema: pa.Schema) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Write a Parquet file of a schema; yields what takes a row, in which empty cells may lack."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, schema) as writer:
        held: dict[str, list[Any]] = {name: [] for name in schema.names}
        first = held[schema.names[0]]

        def flush() -> None:
            writer.write_table(pa.table(held, schema=schema))
            for column in held.values():
                column.clear()

        def write(row: Mapping[str, Any]) -> None:
            for name, column in held.items():
                column.append(row.get(name))
            if len(first) >= GROUP_ROWS:
                flush()

        yield write
        if first:
            flush()
