"""Rows put in order outside of memory, however many there are.

What must look at all letters of a run at once (whose is each, which stands there twice)
looks at piles instead: rows are put down in any order and taken up in order of their keys.
They lie in a database of their own that lasts no longer than the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    Column,
    Executable,
    Index,
    MetaData,
    Table,
    Text,
    create_engine,
    select,
)
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable

from extract.store.engine import faults, sqlite_url

_INSERT = 'INSERT INTO "{pile}" VALUES (?, ?, ?)'
#: Rows of a pile that wait in memory before they are put down.
_WAIT = 500
_SETTINGS = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-16000", "temp_store=FILE")

#: Two keys to sort by, by code point, and what goes with them.
Row = tuple[str, str, str]


class Piles:
    """Piles of rows, each under a name. Use as a context, or close it.

    Args:
        file: where they lie; default, in memory, for few rows.

    Raises:
        ExtractError: (``output_not_writable``) the disk is full; so may every method.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.url = sqlite_url(file) if file else "sqlite://"
        self._engine = create_engine(self.url, hide_parameters=True)
        self._tables: dict[str, Table] = {}
        self._waiting: dict[str, list[Row]] = {}
        with faults(self.url):
            self._connection = self._engine.connect()
            for setting in _SETTINGS:
                self._connection.exec_driver_sql(f"PRAGMA {setting}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self._connection.close()
        self._engine.dispose()

    def put(self, pile: str, key: str, then: str = "", what: str = "") -> None:
        """Put a row down."""
        if pile not in self._tables:
            columns = (Column(name, Text, nullable=False) for name in ("key", "then", "what"))
            self._tables[pile] = Table(pile, MetaData(), *columns)
            self._do(CreateTable(self._tables[pile]))
            self._waiting[pile] = []
        waiting = self._waiting[pile]
        waiting.append((key, then, what))
        if len(waiting) >= _WAIT:
            self._flush(pile)

    def sorted(self, pile: str) -> Iterator[Row]:
        """The rows of a pile in order; other piles may grow meanwhile."""
        table = self._flush(pile)
        if table is not None:
            asked = select(table).order_by(table.c.key, table.c.then, table.c.what)
            with faults(self.url):
                for rows in self._do(asked).partitions(_WAIT):
                    yield from rows

    def pairs(self, pile: str) -> Iterator[tuple[str, str]]:
        """The two keys of each row of a pile in order."""
        for key, then, _ in self.sorted(pile):
            yield key, then

    def find(self, pile: str, key: str) -> str | None:
        """The second key of a row with this first key; None where there is none."""
        new = bool(self._waiting.get(pile))
        table = self._flush(pile)
        if table is None:
            return None
        if new and not table.indexes:
            self._do(CreateIndex(Index(f"of_{pile}", table.c.key)))
        found = self._do(select(table.c.then).where(table.c.key == key)).scalar()
        return None if found is None else str(found)

    def drop(self, pile: str) -> None:
        """Clear a pile away."""
        self._waiting.pop(pile, None)
        table = self._tables.pop(pile, None)
        if table is not None:
            self._do(DropTable(table))

    def _flush(self, pile: str) -> Table | None:
        """A pile's table with all its rows in it."""
        table = self._tables.get(pile)
        if table is not None and self._waiting[pile]:
            # In the driver's own words: there are millions of rows.
            with faults(self.url):
                self._connection.exec_driver_sql(_INSERT.format(pile=pile), self._waiting[pile])
            self._waiting[pile].clear()
        return table

    def _do(self, statement: Executable) -> Any:
        with faults(self.url):
            return self._connection.execute(statement)
