"""Records become files a person or a program can use."""

from extract.outputs.files import OutFolder
from extract.outputs.jsonl import write_json, write_jsonl
from extract.outputs.tables import (
    ELIGIBILITY_COLUMNS,
    FACT_COLUMNS,
    fact_rows,
    write_eligibility,
    write_facts_csv,
    write_facts_parquet,
    write_rejects,
)

__all__ = [
    "ELIGIBILITY_COLUMNS",
    "FACT_COLUMNS",
    "OutFolder",
    "fact_rows",
    "write_eligibility",
    "write_facts_csv",
    "write_facts_parquet",
    "write_json",
    "write_jsonl",
    "write_rejects",
]
