"""What the letters room hands on: a source is a file, a letter is its text."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from extract.errors import Code, ExtractError, Problem
from extract.settings import MAX_BYTES

#: Bytes of a file that readers may look at to tell its format.
HEAD = 8192

#: Bytes at the end of a ZIP file that they may look at too.
TAIL = 65536

#: What an archive may unpack to, whatever its own size, and how much more than its size.
FREE_BYTES, MAX_RATIO = 64_000_000, 100


class IdentifierKind(StrEnum):
    """Whose numbering an identifier belongs to; ``stated`` is the sender's own word."""

    NHS = "nhs"
    HOSPITAL = "hospital"
    STATED = "stated"


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A patient's number as a letter gives it, without spaces or hyphens."""

    kind: IdentifierKind
    value: str


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of a letter's text stands in the original.

    Attributes:
        start: its first character in the text.
        end: the character after its last.
        page: the page, from 1; None where the format has none.
        box: left, top, right, bottom from the top left corner of the page as it is shown,
            in points (pixels for an image); None where the format has no pages to show.
        where: a paragraph, row or element of the original, as its reader names them.
    """

    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a message, a table or a file's properties say of a letter, beside its text.

    Attributes:
        patient: whose letter it is, in the sender's own words; "" where it says nothing
            or gives a number that other letters can give too.
        identifiers: the patient's numbers.
        date: the letter's date as an ISO day.
        firm: whether the date outranks the one in the letter's head.
        names: people it names, for leaving them out of quotes.
    """

    patient: str = ""
    identifiers: tuple[Identifier, ...] = ()
    date: str = ""
    firm: bool = False
    names: tuple[str, ...] = ()


NOTHING = Stated()


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
        identifiers: the patient's numbers, those of the message first, then the letter's.
        stated: what came with the letter beside its text.
        places: where its text stands in the original, in order, without overlaps.
        scanned: stretches of the text that were recognised from a picture.
    """

    letter_id: str
    text: str
    path: str = ""
    folder: str = ""
    format: str = "text"
    encoding: str = ""
    identifiers: tuple[Identifier, ...] = ()
    stated: Stated = NOTHING
    places: tuple[Place, ...] = ()
    scanned: tuple[tuple[int, int], ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the text: the same letter has the same, whatever its file."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def is_scanned(self, start: int, end: int) -> bool:
        """Whether any of ``text[start:end]`` was recognised from a picture."""
        return any(a < end and start < b for a, b in self.scanned)


class Budget:
    """What a file and everything packed inside it may unpack to; spent while reading.

    Args:
        size: bytes of the file itself.
    """

    def __init__(self, size: int) -> None:
        self.left = max(FREE_BYTES, MAX_RATIO * size)

    def spend(self, size: int, source: Source) -> None:
        """Take ``size`` unpacked bytes. Raises ExtractError (``archive_bomb``) beyond it."""
        self.left -= size
        if self.left < 0:
            detail = f"It unpacks to more than {MAX_RATIO} times its size."
            raise ExtractError(source.problem(Code.BOMB, detail))


@dataclass(frozen=True, slots=True)
class Source:
    """One file that may hold letters, or a part of one.

    Attributes:
        letter_id: the id of its letter, where it holds one.
        path: its path below the archive, as outputs show it.
        file: where it lies; for a part, the file on the disk that holds it.
        folder: the folder directly below the archive, "" where it lies loose.
        max_bytes: the largest size that is read whole.
        content: the bytes of a part of another file.
        alone: whether it is the whole archive: what lies in it has ids of its own.
        depth: how many files it lies inside of.
        stated: what the message around it says of the letter in it.
        budget: what it may still unpack to; None before it is read.
    """

    letter_id: str
    path: str
    file: Path
    folder: str = ""
    max_bytes: int = MAX_BYTES
    content: bytes | None = None
    alone: bool = False
    depth: int = 0
    stated: Stated = NOTHING
    budget: Budget | None = field(default=None, compare=False)

    def open(self) -> BinaryIO:
        """A stream over its bytes. Raises OSError where the file cannot be read."""
        return self.file.open("rb") if self.content is None else io.BytesIO(self.content)

    def size(self) -> int:
        """Its bytes. Raises OSError where the file cannot be read."""
        return self.file.stat().st_size if self.content is None else len(self.content)

    def head(self) -> bytes:
        """The first bytes, for telling the format.

        Of a ZIP file the last as well, which hold the names of what is in it.

        Raises:
            OSError: the file cannot be read.
        """
        with self.open() as stream:
            head = stream.read(HEAD)
            if head.startswith(b"PK\x03\x04"):
                stream.seek(max(len(head), stream.seek(0, io.SEEK_END) - TAIL))
                head += stream.read(TAIL)
            return head

    def data(self) -> bytes:
        """The whole file.

        Raises:
            OSError: the file cannot be read.
            ExtractError: it is larger than the limit (code ``too_large``).
        """
        with self.open() as stream:
            data = stream.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise ExtractError(self.problem(Code.TOO_LARGE, too_large(self.max_bytes)))
        return data

    def letter(
        self,
        text: str,
        *,
        format: str,  # noqa: A002  (the word for it)
        encoding: str = "",
        part: str = "",
        letter_id: str = "",
        stated: Stated | None = None,
        places: Sequence[Place] = (),
        scanned: Sequence[tuple[int, int]] = (),
    ) -> Letter:
        """A letter of this file.

        Args:
            text: its text; with ``places`` or ``scanned``, line ends are newlines already.
            format: the reader's name.
            encoding: how the bytes were decoded.
            part: tells the letters of one file apart.
            letter_id: the id outright, where the caller's table gives it.
            stated: what the file says of the letter, instead of what the source says.
            places: where the text stands in the original.
            scanned: stretches that were recognised from a picture.
        """
        from extract.letters.identity import find_identifiers

        if not places:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        known = self.stated if stated is None else stated
        named = (Identifier(IdentifierKind.STATED, known.patient),) if known.patient else ()
        numbers = (*known.identifiers, *find_identifiers(text), *named)
        return Letter(
            letter_id=letter_id or self.id_of(part),
            text=text,
            path=self.path,
            folder=self.folder,
            format=format,
            encoding=encoding,
            identifiers=tuple(dict.fromkeys(numbers)),
            stated=known,
            places=tuple(places),
            scanned=tuple(scanned),
        )

    def id_of(self, part: str) -> str:
        """The id of a letter inside; the file's own name leads unless it is the archive."""
        if self.alone:
            return part or self.letter_id
        return f"{self.letter_id}/{part}" if part else self.letter_id

    def inside(
        self, name: str, content: bytes, part: str = "", stated: Stated | None = None
    ) -> Source:
        """A file inside this one.

        Args:
            name: its name, with folders, as outputs show it.
            content: its bytes.
            part: its part of the letter's id; default, the name without its last extension.
            stated: what is said of the letter in it; default, what is said of this source.
        """
        first, slash, _ = name.partition("/")
        return replace(
            self,
            letter_id=self.id_of(part or stem(name)),
            path=f"{self.path}/{name}",
            folder=self.folder or (first if slash else ""),
            content=content,
            alone=False,
            depth=self.depth + 1,
            stated=self.stated if stated is None else stated,
        )

    def problem(self, code: Code, detail: str = "") -> Problem:
        """A problem with this file."""
        return Problem(self.path, code, detail)


def stem(name: str) -> str:
    """A path without its last extension, dots that begin a name apart."""
    folders, slash, last = name.rpartition("/")
    base, dot, extension = last.rpartition(".")
    return folders + slash + (base if dot and base.strip(".") and extension else last)


def too_large(limit: int) -> str:
    """The sentence for a file above the limit."""
    return f"The file is larger than {limit:,} bytes."
