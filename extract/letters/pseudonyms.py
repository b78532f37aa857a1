"""Identifiers replaced by keyed hashes, the same for the same person as long as the key is.

Without the key a hash says nothing: trying all ten-digit numbers is no way back, because the
hash of a number cannot be made without it. With the key the same archive gives the same
names again, so that runs over its parts can be put together, and a file named in
``rejects.csv`` can be found by hashing the paths below the archive.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from pathlib import Path

from extract.errors import Code, ExtractError, Problem
from extract.records import LetterRecord

#: Characters a key has at least; characters of a hash that are shown.
_SHORTEST, _SHOWN = 16, 20
_NUMBER = re.compile(r"[A-Z]{0,4}\d{4,14}[A-Z]?")
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
            detail = f"The file with the key cannot be read ({type(error).__name__})."
            raise ExtractError(Problem(str(path), Code.SETTINGS, detail)) from None
        if len(key) < _SHORTEST:
            detail = f"The key needs {_SHORTEST} characters or more, made by chance."
            raise ExtractError(Problem(str(path), Code.SETTINGS, detail))
        return cls(key)

    def _hash(self, kind: str, value: str) -> str:
        message = f"{kind}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()[:_SHOWN]

    @property
    def mark(self) -> str:
        """Tells runs under this key from runs under others; says nothing of the key."""
        return self._hash("mark", "")

    def person(self, value: str) -> str:
        """The name of a patient: of the folder, number or word that says who it is.

        How a number is written stays (``H104477`` ends in ``:A999999``): hospitals number
        a patient in several ways, and only numbers of one kind can disagree.
        """
        if not value:
            return ""
        written = f":{shape(value)}" if _NUMBER.fullmatch(value) else ""
        return f"p-{self._hash('person', value)}{written}"

    def letter(self, value: str) -> str:
        """The name of a letter."""
        return "l-" + self._hash("letter", value)

    def text(self, value: str) -> str:
        """What stands for the digest of a text."""
        return self._hash("text", value) if value else ""

    def path(self, value: str) -> str:
        """The name of a file; its last extension stays, for telling formats apart."""
        ending = _ENDING.search(value)
        return "f-" + self._hash("path", value) + (ending[0].lower() if ending else "")

    def record(self, record: LetterRecord) -> LetterRecord:
        """A letter's record under its names; its quotes were the reader's business."""
        return record.model_copy(
            update={
                "letter_id": self.letter(record.letter_id),
                "patient_id": self.person(record.patient_id),
                "numbers": tuple(self.person(value) for value in record.numbers),
                "digest": self.text(record.digest),
                "paths": tuple(sorted(self.path(value) for value in record.paths)),
            }
        )

    def problem(self, problem: Problem) -> Problem:
        """A problem under its file's name."""
        return Problem(self.path(problem.path), problem.code, problem.detail)


def shape(number: str) -> str:
    """How a number is written: digits as nines, letters as A."""
    return re.sub(r"[A-Z]", "A", re.sub(r"\d", "9", number))
