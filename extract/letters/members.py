"""What the files inside archives have in common: names not to trust, sizes to hold to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO

from extract.errors import Code, ExtractError, Problem
from extract.letters.clean import unsafe_name
from extract.letters.model import FREE_BYTES, MAX_RATIO, Source, too_large

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive, not yet unpacked: the archive, and its name as shown."""

    source: Source
    name: str

    @classmethod
    def of(cls, source: Source, name: str, used: set[str]) -> Member:
        """A member; a name that came before is told apart by a number."""
        shown = _shown(name)
        number = 1
        while shown in used:
            number += 1
            base, dot, ending = _shown(name).rpartition(".")
            shown = f"{base}~{number}.{ending}" if dot and "/" not in ending else f"{name}~{number}"
        used.add(shown)
        return cls(source, shown)

    def problem(self, code: Code, detail: str = "") -> Problem:
        """A problem with this file."""
        return Problem(f"{self.source.path}/{self.name}", code, detail)


def _shown(name: str) -> str:
    """A name with forward slashes, whatever its bytes."""
    text = name.replace("\\", "/").encode("utf-8", "backslashreplace").decode("utf-8")
    return re.sub(r"(?:\./)+(?=[^/])", "", text) if text.startswith("./") else text


def unsafe(member: Member, name: str) -> Problem | None:
    """Why a file of this name is not read; None where nothing speaks against it."""
    plain = name.replace("\\", "/")
    parts = plain.split("/")
    if plain.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", plain):
        return member.problem(Code.UNSAFE_PATH)
    if "\ufffd" in name or unsafe_name(name) or not _is_text(name):
        return member.problem(Code.BAD_NAME)
    return None


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def take(
    member: Member, stream: IO[bytes], claimed: int, *, counted: bool = False
) -> Problem | Source:
    """The file itself, unpacked up to the limit.

    Args:
        member: the file.
        stream: its bytes.
        claimed: how many the archive says there are.
        counted: whether what is unpacked is taken from the budget elsewhere.

    Raises:
        ExtractError: (``archive_bomb``) the archive unpacks to too much.
    """
    source = member.source
    if claimed > source.max_bytes:
        if claimed > FREE_BYTES and claimed > MAX_RATIO * source.size():
            return member.problem(Code.BOMB)
        return member.problem(Code.TOO_LARGE, too_large(source.max_bytes))
    blocks: list[bytes] = []
    size = 0
    while block := stream.read(_BLOCK):
        size += len(block)
        if source.budget and not counted:
            source.budget.spend(len(block), source)
        if size > source.max_bytes:
            return member.problem(Code.TOO_LARGE, too_large(source.max_bytes))
        blocks.append(block)
    return source.inside(member.name, b"".join(blocks))


class Bounded:
    """A stream that is unpacked while it is read, and stops when it becomes too much.

    Args:
        stream: where the unpacked bytes come from.
        source: the archive; its budget is spent.
    """

    def __init__(self, stream: IO[bytes], source: Source) -> None:
        self.stream = stream
        self.source = source

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes. Raises ExtractError beyond the limit."""
        data = self.stream.read(_BLOCK if size < 0 else size)
        if self.source.budget is None:
            raise ExtractError(self.source.problem(Code.BOMB))
        self.source.budget.spend(len(data), self.source)
        return data
