"""Tar archives, packed or not, and single files packed by gzip, bzip2 or xz."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Any, cast

from extract.errors import Code, Problem
from extract.letters.members import Bounded, Member, take, unsafe
from extract.letters.model import Source, stem
from extract.letters.options import ReadOptions

_BROKEN = (
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    gzip.BadGzipFile,
    ValueError,
    IndexError,
)
_PACKED = ((b"\x1f\x8b\x08", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\0", "xz"))
_SHORT = {".tgz": ".tar", ".tbz2": ".tar", ".tbz": ".tar", ".txz": ".tar"}
_BLOCK = 512


class Tarred:
    """The reader for tar archives and packed files.

    Args:
        options: limits.
    """

    name = "tar"
    trusted = True
    streams = True
    opens = True

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """The mark of a packed stream, or a tar header with the right sum."""
        if any(head.startswith(magic) for magic, _ in _PACKED):
            return 0.5
        return 0.7 if _is_tar(head) else 0.0

    def read(self, source: Source) -> Iterator[Problem | Source]:
        """Every file in the archive, or the one file that is packed."""
        with source.open() as stream:
            opened = Bounded(_unpacked(stream, source.head()), source)
            try:
                first = opened.read(_BLOCK)
                again = cast("IO[bytes]", _Again(first, opened))
                if _is_tar(first):
                    with tarfile.open(fileobj=again, mode="r|") as archive:
                        yield from self._members(source, archive)
                else:
                    yield self._only(source, again)
            except _BROKEN:
                yield source.problem(Code.DAMAGED)
            except OSError:  # what bz2 raises for a stream that is none
                yield source.problem(Code.DAMAGED)

    def _members(self, source: Source, archive: tarfile.TarFile) -> Iterator[Problem | Source]:
        used: set[str] = set()
        count = 0
        for info in archive:
            archive.members = []  # type: ignore[attr-defined]  # else it remembers every one
            if info.isdir():
                continue
            count += 1
            member = Member.of(source, info.name, used)
            problem = unsafe(member, info.name)
            if problem:
                yield problem
            elif not info.isreg():
                yield member.problem(
                    Code.OUTSIDE if info.issym() or info.islnk() else Code.NOT_A_FILE
                )
            else:
                opened = archive.extractfile(info)
                if opened is not None:
                    # The stream below counts what is unpacked.
                    yield take(member, opened, info.size, counted=True)
        if not count:
            yield source.problem(Code.EMPTY, "The archive is empty.")

    @staticmethod
    def _only(source: Source, stream: IO[bytes]) -> Problem | Source:
        name = PurePath(source.path).name
        inner = stem(name) if stem(name) != name else f"{name}.content"
        for short, long in _SHORT.items():
            if name.lower().endswith(short):
                inner = f"{stem(name)}{long}"
        return take(Member(source, inner), stream, 0, counted=True)


class _Again:
    """A stream whose first bytes have been looked at."""

    def __init__(self, first: bytes, stream: Bounded) -> None:
        self.first = first
        self.stream = stream

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes."""
        if self.first:
            data, self.first = (
                (self.first, b"") if size < 0 else (self.first[:size], self.first[size:])
            )
            return data
        return self.stream.read(size)


def _unpacked(stream: IO[bytes], head: bytes) -> IO[bytes]:
    kind = next((name for magic, name in _PACKED if head.startswith(magic)), "")
    opened: Any = {"gz": gzip.GzipFile, "bz2": bz2.BZ2File, "xz": lzma.LZMAFile}.get(kind)
    if opened is gzip.GzipFile:
        return cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
    return cast("IO[bytes]", opened(stream)) if opened else stream


def _is_tar(head: bytes) -> bool:
    """Whether 512 bytes are a tar header: its sum of bytes is what it says."""
    if len(head) < _BLOCK or not head[0]:
        return False
    try:
        said = int(head[148:156].split(b"\0")[0].strip() or b"-1", 8)
    except ValueError:
        return False
    return said == sum(head[:148]) + 8 * 32 + sum(head[156:_BLOCK])
