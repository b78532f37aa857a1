"""What a user may set, by name, and what stands where nothing is set; nothing heavy is imported."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

#: Letters larger than this many bytes are not read.
MAX_BYTES: Final = 20_000_000
#: Seconds that one file, or one page of a scan, may take.
SECONDS: Final = 60.0
#: Bytes that a process may take for letters, beyond what its pipeline takes.
MEMORY: Final = 2_000_000_000


class EngineName(StrEnum):
    """How mentions are found: ``scanned`` is fast, ``reference`` what it must equal."""

    SCANNED = "scanned"
    REFERENCE = "reference"


class PatientFrom(StrEnum):
    """What decides whose letter it is.

    ``auto`` is what the message or table says outright, else the folder, else the number,
    else the letter.
    """

    AUTO = "auto"
    MESSAGE = "message"
    FOLDER = "folder"
    NUMBER = "number"
    LETTER = "letter"
