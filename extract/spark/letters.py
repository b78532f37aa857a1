"""From a data frame with letters to one with their records, and from there to facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from extract.archive.pool import Pool
from extract.archive.settings import RunSettings
from extract.archive.work import Setup
from extract.errors import Code, ExtractError, Problem
from extract.letters import Source
from extract.outputs import FACT_COLUMNS, fact_rows
from extract.outputs.tables import FACT_NUMBERS
from extract.records import LetterRecord
from extract.store import LetterRow
from extract.store.model import LETTER_COLUMNS

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

#: What is read from each letter: :class:`extract.store.LetterRow`, or a problem's code and
#: detail. ``identifiers`` and ``record`` are JSON.
READ_COLUMNS: Final = (*LETTER_COLUMNS, "code", "detail")
READ_SCHEMA: Final = ", ".join(f"{name} string" for name in READ_COLUMNS)
FACT_SCHEMA: Final = ", ".join(
    f"`{name}` {'bigint' if name in FACT_NUMBERS else 'string'}" for name in FACT_COLUMNS
)
#: The column that holds a file, where letters are files.
CONTENT: Final = "content"

#: The processes of this Python worker, by what they were set up with.
_pools: dict[Setup, Pool] = {}


def extract_letters(
    df: DataFrame,
    text: str = "text",
    *,
    letter_id: str = "letter_id",
    patient_id: str = "patient_id",
    letter_date: str = "letter_date",
    name: str = "table",
    **settings: Any,
) -> DataFrame:
    """Read a letter a row.

    Args:
        df: the letters; other columns are left alone.
        text: the column with their text.
        letter_id: the column with their ids, which must be there and differ.
        patient_id: the column that says whose they are, if there is one.
        letter_date: the column with their dates, if there is one.
        name: what the table is called as the letters' path.
        settings: ``patterns``, ``seconds``, ``memory`` and ``engine`` of
            :class:`extract.archive.RunSettings`.

    Returns:
        A row a letter: ``letter_id``, ``record`` (a
        :class:`extract.records.LetterRecord` as JSON) or ``code`` and ``detail`` where it
        could not be read, and what linking it to its patient needs.

    Raises:
        ExtractError: (``column_missing``) there is no such column; (``bad_settings``).
    """
    missing = [column for column in (text, letter_id) if column not in df.columns]
    if missing:
        detail = f"The data frame has no column {', '.join(missing)}."
        raise ExtractError(Problem(name, Code.NO_COLUMN, detail))
    others = {"patient_column": patient_id, "date_column": letter_date}
    named = {"text_column": text, "id_column": letter_id}
    named |= {option: column for option, column in others.items() if column in df.columns}
    setup = RunSettings.checked(letters=Path(), **named, **settings).setup
    columns = list(named.values())
    rows = df.select(*columns)
    return rows.mapInPandas(partial(_read, setup, partial(_of_row, name, columns)), READ_SCHEMA)


def read_files(files: DataFrame, base: str, **settings: Any) -> DataFrame:
    """Read files of any format, as Spark's ``binaryFile`` gives them; for the rest see above.

    Args:
        files: columns ``path`` and ``content``.
        base: the folder's address, which begins every path.
        settings: as above.
    """
    setup = RunSettings.checked(letters=Path(), **settings).setup
    rows = files.select("path", CONTENT)
    return rows.mapInPandas(partial(_read, setup, partial(_of_file, base)), READ_SCHEMA)


def facts_of(letters: DataFrame) -> DataFrame:
    """A row a fact, with the columns of ``facts.csv``, from rows with a ``record``."""
    records = letters.select("record").where("record IS NOT NULL")
    return records.mapInPandas(fact_batches, FACT_SCHEMA)


# --------------------------------------------------- what runs in Spark's Python workers


def _read(setup: Setup, source_of: Any, batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    import pandas as pd

    for batch in batches:
        found: list[dict[str, str | None]] = []
        sources: list[Source] = []
        for row in batch.to_dict("records"):
            item = source_of(row)
            if isinstance(item, Source):
                sources.append(item)
            else:
                found.append(_plain(item))
        found += [
            _plain(answer.item, answer.source)
            for answer in _pool(setup).run(sources)
            if answer.item is not None
        ]
        yield pd.DataFrame(found, columns=list(READ_COLUMNS), dtype="object")


def _pool(setup: Setup) -> Pool:
    """The process of this worker, which stays for all that it is given."""
    if setup not in _pools or _pools[setup].closed:
        _pools[setup] = Pool(1, setup, stay=True)
    return _pools[setup]


def _of_row(name: str, columns: list[str], row: Mapping[str, Any]) -> Source | Problem:
    """A row as a table of its own, so that it is read as any table's row is."""
    plain = {column: None if row[column] is None else str(row[column]) for column in columns}
    key = plain[columns[1]]
    if not (key or "").strip():
        return Problem(name, Code.NO_COLUMN, "A row has no id.")
    content = orjson.dumps(plain)
    # The numbered row of the file is always the first; the id tells where it stands.
    return Source(f"{name}/{key}", name, Path(f"{name}.jsonl"), content=content, alone=True)


def _of_file(base: str, row: Mapping[str, Any]) -> Source:
    from extract.letters.model import stem

    path = str(row["path"]).removeprefix(base).lstrip("/")
    folder, slash, _ = path.partition("/")
    content = bytes(row[CONTENT])
    return Source(stem(path), path, Path(path), folder if slash else "", content=content)


def _plain(item: LetterRow | Problem, source: Source | None = None) -> dict[str, str | None]:
    if isinstance(item, Problem):
        path = item.path
        if source is not None and source.alone:
            # A row's number in its one-row table says nothing; its id does.
            path = source.letter_id
        told = {"path": path, "code": item.code.value, "detail": item.detail}
        return {**dict.fromkeys(READ_COLUMNS), **told}
    return {**dict.fromkeys(READ_COLUMNS), **item.columns()}


def fact_batches(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Batches of facts out of batches of records."""
    import pandas as pd

    for batch in batches:
        records = [LetterRecord.model_validate_json(record) for record in batch["record"]]
        yield pd.DataFrame(list(fact_rows(records)), columns=list(FACT_COLUMNS))
