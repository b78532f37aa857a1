"""The tables. A change here needs a migration; a test holds the two against each other.

A *file* is one reading of one file by one state of the rules and the program, under a key
over all of these: the same key is the same reading. Runs point to the files they are made
of, so that a file which did not change is read once for all runs.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

#: SQLite numbers rows only in a column that it calls INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")
#: Sorted by code point in both databases, as Python sorts.
Sorted = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _to(column: str, **options: Any) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE", **options)


runs = Table(
    "runs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("folder", Text, nullable=False, index=True),  # where the outputs go
    Column("state", String(16), nullable=False),  # running, done
    Column("started", String(32), nullable=False),
    Column("finished", String(32)),
    Column("version", String(64), nullable=False),
    Column("reader", String(64), nullable=False),  # the rules and the program that read
    Column("fingerprint", String(64)),  # everything the outputs depend on
    Column("document", Text),  # run.json
    Column("outputs", Text),  # name, size and SHA-256 of each out file, as JSON
)
files = Table(
    "files",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(64), nullable=False, index=True),
    Column("path", Sorted, nullable=False),
    Column("run_id", Id, nullable=False),  # the run that read it
    Column("complete", Boolean, nullable=False),
    Column("again", Boolean, nullable=False),  # another run may have better luck
)
letters = Table(
    "letters",
    metadata,
    Column("id", Id, primary_key=True),
    Column("file_id", Id, _to("files.id"), nullable=False, index=True),
    Column("letter_id", Sorted, nullable=False),
    Column("path", Sorted, nullable=False),
    Column("folder", Text, nullable=False),
    Column("identifiers", Text, nullable=False),  # JSON
    Column("digest", String(64), nullable=False),
    Column("record", Text, nullable=False),  # JSON, its patient not yet known
    Column("sketch", Text, nullable=False, server_default=""),
)
rejects = Table(
    "rejects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("file_id", Id, _to("files.id"), nullable=False, index=True),
    Column("path", Sorted, nullable=False),
    Column("code", Sorted, nullable=False),
    Column("detail", Sorted, nullable=False),
)
run_files = Table(
    "run_files",
    metadata,
    Column("run_id", Id, _to("runs.id"), primary_key=True),
    Column("file_id", Id, _to("files.id"), primary_key=True, index=True),
)
#: Problems of the run itself: what the walk found, and letters that clash.
run_rejects = Table(
    "run_rejects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("run_id", Id, _to("runs.id"), nullable=False, index=True),
    Column("path", Sorted, nullable=False),
    Column("code", Sorted, nullable=False),
    Column("detail", Sorted, nullable=False),
)
run_letters = Table(
    "run_letters",
    metadata,
    Column("run_id", Id, _to("runs.id"), primary_key=True),
    Column("letter_id", Sorted, primary_key=True),
    Column("letter", Id, _to("letters.id"), nullable=False, index=True),
    Column("patient_id", Sorted, nullable=False),
    Column("paths", Text, nullable=False),  # JSON
    Column("reasons", Text, nullable=False),  # JSON, those of the owner
    Index("ix_run_letters_patient", "run_id", "patient_id", "letter_id"),
)
run_patients = Table(
    "run_patients",
    metadata,
    Column("run_id", Id, _to("runs.id"), primary_key=True),
    Column("patient_id", Sorted, primary_key=True),
    Column("answer", Text, nullable=False),  # the row of eligibility.csv, JSON
)
