"""What the letters room hands on: a source is a file, a letter is its text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from extract.errors import Code, ExtractError, Problem

#: Bytes of a file that readers may look at to tell its format.
HEAD = 8192

#: Letters larger than this are not read, unless the settings say otherwise.
MAX_BYTES = 20_000_000


class IdentifierKind(StrEnum):
    """Whose numbering an identifier belongs to."""

    NHS = "nhs"
    HOSPITAL = "hospital"


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A patient's number as a letter gives it, without spaces or hyphens."""

    kind: IdentifierKind
    value: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The text of one letter, and where it came from. Offsets count its characters.

    Attributes:
        letter_id: path below the archive without the last extension, POSIX slashes; a
            file of several letters adds ``/`` and a part of its own.
        text: as read, every line end a single newline.
        path: the file below the archive.
        folder: the folder directly below the archive that holds it, "" where it lies loose.
        format: the reader's name.
        encoding: how the bytes were decoded, "" where the format says.
        identifiers: the patient's numbers, in the letter's order.
    """

    letter_id: str
    text: str
    path: str = ""
    folder: str = ""
    format: str = "text"
    encoding: str = ""
    identifiers: tuple[Identifier, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the text: the same letter has the same, whatever its file."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """One file that may hold letters.

    Attributes:
        letter_id: the id of its letter, where it holds one.
        path: its path below the archive, as outputs show it.
        file: where it lies.
        folder: the folder directly below the archive, "" where it lies loose.
        max_bytes: the largest size that is read.
    """

    letter_id: str
    path: str
    file: Path
    folder: str = ""
    max_bytes: int = MAX_BYTES

    def head(self) -> bytes:
        """The first bytes, for telling the format.

        Raises:
            OSError: the file cannot be read.
        """
        with self.file.open("rb") as stream:
            return stream.read(HEAD)

    def data(self) -> bytes:
        """The whole file.

        Raises:
            OSError: the file cannot be read.
            ExtractError: it is larger than the limit (code ``too_large``).
        """
        with self.file.open("rb") as stream:
            data = stream.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise ExtractError(self.problem(Code.TOO_LARGE, too_large(self.max_bytes)))
        return data

    def letter(self, text: str, *, format: str, encoding: str = "", part: str = "") -> Letter:  # noqa: A002
        """A letter of this file; ``part`` tells the letters of one file apart."""
        from extract.letters.identity import find_identifiers

        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return Letter(
            letter_id=f"{self.letter_id}/{part}" if part else self.letter_id,
            text=text,
            path=self.path,
            folder=self.folder,
            format=format,
            encoding=encoding,
            identifiers=find_identifiers(text),
        )

    def problem(self, code: Code, detail: str = "") -> Problem:
        """A problem with this file."""
        return Problem(self.path, code, detail)


def too_large(limit: int) -> str:
    """The sentence for a file above the limit."""
    return f"The file is larger than {limit:,} bytes."
