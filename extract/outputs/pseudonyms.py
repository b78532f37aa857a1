"""Identifiers replaced by keyed hashes, the same for the same person as long as the key is.

Without the key a hash says nothing: trying all ten-digit numbers is no way back, because the
hash of a number cannot be made without it. With the key the same archive gives the same
names again, and runs over its parts can be put together.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extract.errors import Code, ExtractError, Problem
from extract.records import LetterRecord

#: Characters a key has at least; characters of a hash that are shown.
_SHORTEST, _SHOWN = 16, 20
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,6}$")


class Pseudonyms:
    """Makes the names that stand for identifiers.

    Args:
        key: a secret.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def from_file(cls, path: Path) -> Pseudonyms:
        """With the key in a file, white space at its ends left out.

        Raises:
            ExtractError: (``bad_settings``) there is no such file, or its key is too short.
        """
        try:
            key = path.read_bytes().strip()
        except OSError as error:
            detail = f"The key file cannot be read ({type(error).__name__})."
            raise ExtractError(Problem(str(path), Code.SETTINGS, detail)) from None
        if len(key) < _SHORTEST:
            detail = f"The key needs {_SHORTEST} characters or more, made by chance."
            raise ExtractError(Problem(str(path), Code.SETTINGS, detail))
        return cls(key)

    def _hash(self, kind: str, value: str) -> str:
        message = f"{kind}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()[:_SHOWN]

    def patient(self, value: str) -> str:
        """The name of a patient; a number has the same whichever way it is written."""
        return "p-" + self._hash("patient", value)

    def letter(self, value: str) -> str:
        """The name of a letter."""
        return "l-" + self._hash("letter", value)

    def number(self, value: str) -> str:
        """The name of a patient's number."""
        return "n-" + self._hash("number", value)

    def path(self, value: str) -> str:
        """The name of a file; its last extension stays, for telling formats apart."""
        ending = _ENDING.search(value)
        return "f-" + self._hash("path", value) + (ending[0].lower() if ending else "")

    def record(self, record: LetterRecord) -> LetterRecord:
        """A letter's record under its names; its quotes are the reader's business."""
        return record.model_copy(
            update={
                "letter_id": self.letter(record.letter_id),
                "patient_id": self.patient(record.patient_id),
                "numbers": tuple(self.number(value) for value in record.numbers),
                "digest": self._hash("text", record.digest) if record.digest else "",
                "paths": tuple(sorted(self.path(value) for value in record.paths)),
            }
        )

    def records(self, records: Iterable[LetterRecord]) -> tuple[LetterRecord, ...]:
        """The records of a run, ordered by their new names."""
        made = (self.record(record) for record in records)
        return tuple(sorted(made, key=lambda record: record.letter_id))

    def problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems under their files' names; a sentence that names another file loses it."""
        made = (
            Problem(self.path(p.path), p.code, "" if p.code is Code.DUPLICATE_ID else p.detail)
            for p in problems
        )
        return tuple(sorted(made, key=lambda p: (p.path, p.code, p.detail)))

    def settings(self, plain: dict[str, Any]) -> dict[str, Any]:
        """The settings of a run without the places they name."""
        named = {"letters", "out", "pseudonymise", "patterns", "store"}
        return {k: self.path(str(v)) if k in named and v else v for k, v in plain.items()}
