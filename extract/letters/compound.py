"""Compound files: old Word files, Outlook messages, and new Word files under a password.

None of them is read; each gets a sentence of its own that says how to save it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from extract.errors import Code, Problem
from extract.letters.model import Source
from extract.letters.options import ReadOptions

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Names in the directory, and what a file with such a one is.
_KINDS = (
    ("WordDocument", "The file is an old Word file; save it as .docx."),
    ("__properties_version1.0", "The file is an Outlook message; save it as .eml."),
    ("__substg1.0_", "The file is an Outlook message; save it as .eml."),
    ("Workbook", "The file is an old spreadsheet; save it as .csv."),
)
_LOCKED = "EncryptedPackage"
#: Bytes of the directory that are looked at.
_LOOK = 1 << 14


class Compound:
    """Says what a compound file is ([MS-CFB]: a file system in a file).

    Args:
        options: not used; every reader is made with them.
    """

    name = "compound"
    trusted = True
    streams = True

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """The eight bytes that all of them begin with."""
        return 0.9 if head.startswith(_MAGIC) else 0.0

    def read(self, source: Source) -> Iterator[Problem]:
        """The one problem with it."""
        names = _directory(source)
        if _LOCKED.encode("utf-16-le") in names:
            yield source.problem(Code.ENCRYPTED)
            return
        found = (said for name, said in _KINDS if name.encode("utf-16-le") in names)
        said = next(found, "The file is one of an old Office program.")
        yield source.problem(Code.UNSUPPORTED, said)


def _directory(source: Source) -> bytes:
    """The beginning of the directory, whose first sector the header names."""
    with source.open() as stream:
        header = stream.read(512)
        size = 1 << min(int.from_bytes(header[30:32], "little"), 12)
        first = int.from_bytes(header[48:52], "little")
        stream.seek((first + 1) * size)
        return stream.read(_LOOK)
