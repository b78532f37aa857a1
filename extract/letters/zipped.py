"""ZIP archives: every file inside, each a file of its own; and packages that are one file.

Names are not trusted: what leads out of the archive is not read. Sizes are not trusted
either: unpacking stops at the limit, whatever the directory says.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from extract.errors import Code, ExtractError, Problem
from extract.letters.members import Member, take, unsafe
from extract.letters.model import FREE_BYTES, MAX_RATIO, Source
from extract.letters.options import ReadOptions

#: Where the end of the directory is looked for, and the longest directory that is read.
_END, _DIRECTORY = 66_000, 50_000_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError)
_FOREIGN = {
    "xl/workbook.xml": "a spreadsheet",
    "ppt/presentation.xml": "a slide show",
    "word/document.xml": "a Word file packed in an unusual way",
    "mimetype": "an OpenDocument or e-book file",
    "META-INF/MANIFEST.MF": "a program",
    "AndroidManifest.xml": "a program",
}


class Zipped:
    """The reader for ZIP archives.

    Args:
        options: limits.
    """

    name = "zip"
    trusted = True
    streams = True

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """The mark of a first file, or of an archive that is empty."""
        return 0.5 if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")) else 0.0

    def read(self, source: Source) -> Iterator[Problem | Source]:
        """Every file in the archive."""
        try:
            with source.open() as stream:
                _check_directory(source, stream)
                with zipfile.ZipFile(stream) as archive:
                    yield from self._members(source, archive)
        except _BROKEN:
            yield source.problem(Code.DAMAGED)

    def _members(self, source: Source, archive: zipfile.ZipFile) -> Iterator[Problem | Source]:
        names = {info.filename for info in archive.infolist()}
        foreign = next((what for name, what in _FOREIGN.items() if name in names), "")
        if foreign:
            yield source.problem(Code.UNSUPPORTED, f"The file is {foreign}.")
            return
        if source.depth >= self.options.max_depth:
            yield source.problem(Code.NESTED)
            return
        claimed = sum(info.file_size for info in archive.infolist())
        if claimed > max(FREE_BYTES, MAX_RATIO * source.size()):
            yield source.problem(Code.BOMB)
            return
        used: set[str] = set()
        files = [info for info in archive.infolist() if not info.is_dir()]
        for info in files:
            yield self._member(source, archive, info, used)
        if not files:
            yield source.problem(Code.EMPTY, "The archive is empty.")

    def _member(
        self, source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo, used: set[str]
    ) -> Problem | Source:
        member = Member.of(source, info.filename, used)
        problem = unsafe(member, info.filename)
        if problem:
            return problem
        kind = info.external_attr >> 16
        if kind and stat.S_IFMT(kind) not in (0, stat.S_IFREG):
            return member.problem(Code.NOT_A_FILE)
        if info.flag_bits & 1:
            return member.problem(Code.ENCRYPTED)
        try:
            with archive.open(info) as stream:
                return take(member, stream, info.file_size)
        except NotImplementedError:
            return member.problem(Code.UNSUPPORTED, "It is packed in a way that is not known.")
        except _BROKEN:
            return member.problem(Code.DAMAGED)


def _check_directory(source: Source, stream: BinaryIO) -> None:
    """Look at how long the archive's directory is before it fills the memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END))
    data = stream.read(_END)
    stream.seek(0)
    at = data.rfind(b"PK\x05\x06")
    if at < 0 or len(data) < at + 22:
        raise zipfile.BadZipFile
    if min(int.from_bytes(data[at + 12 : at + 16], "little"), size) > _DIRECTORY:
        raise ExtractError(source.problem(Code.BOMB, "It lists too many files."))
