"""CSV that opens in Excel as it should: UTF-8 with its mark, and nothing that runs.

A cell that begins like a formula (``=``, ``+``, ``-``, ``@``, a tab or a line end) gets
an apostrophe in front, which Excel shows as text; numbers stay numbers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from extract.calculators.judging import eligibility_row
from extract.outputs.one_by_one import Records
from extract.outputs.tables import (
    ELIGIBILITY_COLUMNS,
    FACT_COLUMNS,
    REJECT_COLUMNS,
    fact_rows,
)

_BOM: Final = "utf-8-sig"
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers are left as they are."""
    if not isinstance(value, str) or not value.startswith(_DANGEROUS):
        return value
    return value if _NUMBER.fullmatch(value) else f"'{value}"


def write_excel(folder: Path, records: Records) -> list[Path]:
    """Write facts, eligibility and rejects for Excel into a folder that exists."""
    tables: tuple[tuple[str, Sequence[str], Iterable[Mapping[str, object]]], ...] = (
        ("facts.csv", FACT_COLUMNS, fact_rows(records.each_letter())),
        ("eligibility.csv", ELIGIBILITY_COLUMNS, map(eligibility_row, records.each_patient())),
        ("rejects.csv", REJECT_COLUMNS, records.rejects),
    )
    for name, columns, rows in tables:
        with (folder / name).open("w", encoding=_BOM, newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows({key: harmless(row[key]) for key in columns} for row in rows)
    return [folder / name for name, *_ in tables]
