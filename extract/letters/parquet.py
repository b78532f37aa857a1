"""Parquet tables with a letter a row, read a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from extract.errors import Code, Problem
from extract.letters.model import Budget, Letter, Source
from extract.letters.options import ReadOptions
from extract.letters.pulse import alive
from extract.letters.table import Rows, no_column

_BATCH = 500


class Parquet:
    """The reader for Parquet.

    Args:
        options: the columns' names.
    """

    name = "parquet"
    streams = True

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.rows = Rows(options, self.name)

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """Parquet files begin with four letters."""
        return 0.9 if head.startswith(b"PAR1") else 0.0

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        """A letter a row."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        pa.set_cpu_count(1)
        pa.set_io_thread_count(1)
        number = 0
        try:
            with source.open() as stream:
                table: Any = pq.ParquetFile(stream)
                missing = self.rows.missing(list(table.schema_arrow.names))
                if missing:
                    yield no_column(source, missing)
                    return
                have = [name for name in self.rows.columns if name in table.schema_arrow.names]
                self._weigh(source, table)
                for batch in table.iter_batches(_BATCH, columns=have, use_threads=False):
                    alive()
                    for row in batch.to_pylist():
                        number += 1
                        yield self.rows.letter(source, number, row)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError, UnicodeDecodeError):
            yield source.problem(Code.DAMAGED, f"It cannot be read after row {number}.")

    def _weigh(self, source: Source, table: Any) -> None:
        """Look at how much text there is: a few bytes may say the same in millions of rows.

        Raises:
            ExtractError: (``archive_bomb``) it is far more than the file's size.
        """
        budget = Budget(source.size())
        column = [self.options.text_column]
        for batch in table.iter_batches(_BATCH, columns=column, use_threads=False):
            alive()
            budget.spend(_text_bytes(batch.column(0)), source)


def _text_bytes(column: Any) -> int:
    """How long all texts of a column are together, however often each is written down."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        words, rows = column.dictionary, column.indices
    else:
        words, rows = column, None
    try:
        lengths = pc.binary_length(words)
    except pa.ArrowNotImplementedError:  # numbers, dates and the like
        return int(column.nbytes)
    total = pc.sum(lengths if rows is None else lengths.take(rows)).as_py()
    return int(total or 0)
