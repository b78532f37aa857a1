"""What the store keeps, as plain values."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

from extract.errors import Problem


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter as read from one file, before its patient is known.

    Attributes:
        letter_id: its id.
        path: the file below the archive that gave it.
        folder: the folder directly below the archive, "" where it lies loose.
        identifiers: kind and value of each number that may be its patient's.
        digest: SHA-256 of its text.
        record: its record as JSON, its patient still the letter itself.
        sketch: what tells it from copies of it in other files.
    """

    letter_id: str
    path: str
    folder: str
    identifiers: tuple[tuple[str, str], ...]
    digest: str
    record: str
    sketch: str = ""

    def columns(self) -> dict[str, str]:
        """The letter as a row of a table, under :data:`LETTER_COLUMNS`; numbers are JSON."""
        plain = {name: getattr(self, name) for name in LETTER_COLUMNS}
        return {**plain, "identifiers": json.dumps(self.identifiers)}


#: The columns of every table that keeps letters as read.
LETTER_COLUMNS = tuple(field.name for field in fields(LetterRow))

#: What a file gives: letters, and problems in place of letters.
Item = LetterRow | Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter of a run without its record: what deciding whose it is needs."""

    number: int
    letter_id: str
    path: str
    folder: str
    identifiers: tuple[tuple[str, str], ...]
    digest: str
    sketch: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A letter of a run whose patient is known; ``number`` is that of its entry."""

    number: int
    letter_id: str
    patient_id: str
    paths: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter of a run with its record, as read, and what belongs into the record."""

    patient_id: str
    paths: tuple[str, ...]
    reasons: tuple[str, ...]
    record: str


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A run as the store lists it."""

    number: int
    folder: str
    state: str
    started: str
    finished: str
    version: str
    reader: str
    fingerprint: str
    document: str
    outputs: str
