"""Every file of a folder, in a fixed order, each a source or a problem."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from extract.errors import Code, Problem
from extract.letters.model import MAX_BYTES, Source, too_large


def find_sources(
    root: Path, *, leave_out: Path | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Source | Problem]:
    """Walk ``root`` (a folder or one file) and account for everything in it.

    Folders are walked in order of name, so that the order does not depend on the disk.
    Links that lead out of the folder, links to folders, pipes and devices, files that
    cannot be read and files above the limit are problems.

    Args:
        root: the folder or file.
        leave_out: a folder inside that is not part of the archive: the out folder.
        max_bytes: the largest file that is read.
    """
    if root.is_dir():
        skipped = leave_out.resolve() if leave_out else None
        yield from _Walk(root, root.resolve(), skipped, max_bytes).walk(root)
    else:
        yield from _Walk(root.parent, root.resolve().parent, None, max_bytes).entry(root)


class _Walk:
    def __init__(self, root: Path, real: Path, skipped: Path | None, max_bytes: int) -> None:
        self.root = root
        self.real = real
        self.skipped = skipped
        self.max_bytes = max_bytes

    def walk(self, top: Path) -> Iterator[Source | Problem]:
        """Everything below ``top``, folders and files together in order of name."""
        waiting = [(top, True)]
        while waiting:
            path, is_folder = waiting.pop()
            if not is_folder:
                yield from self.entry(path)
                continue
            if self.skipped is not None and path.resolve() == self.skipped:
                continue
            try:
                with os.scandir(path) as listed:
                    entries = [(e.name, e.is_dir(follow_symlinks=False)) for e in listed]
            except OSError as error:
                yield Problem(self.shown(path), Code.UNREADABLE, f"{type(error).__name__}.")
                continue
            waiting += [(path / name, folder) for name, folder in sorted(entries, reverse=True)]

    def entry(self, path: Path) -> Iterator[Source | Problem]:
        """One entry that is no folder."""
        shown = self.shown(path)
        try:
            problem = self._problem(path, shown)
        except OSError as error:
            problem = Problem(shown, Code.UNREADABLE, f"{type(error).__name__}.")
        yield problem or self._source(path, shown)

    def _problem(self, path: Path, shown: str) -> Problem | None:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(self.real):
            return Problem(shown, Code.OUTSIDE)
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            return Problem(shown, Code.NOT_A_FILE, "It is a link to a folder that is read.")
        if not stat.S_ISREG(found.st_mode):
            return Problem(shown, Code.NOT_A_FILE)
        if not _is_text(path.relative_to(self.root).as_posix()):
            return Problem(shown, Code.UNREADABLE, "The file's name is not valid text; rename it.")
        if found.st_size > self.max_bytes:
            return Problem(shown, Code.TOO_LARGE, too_large(self.max_bytes))
        if not os.access(path, os.R_OK):
            return Problem(shown, Code.UNREADABLE)
        return None

    def _source(self, path: Path, shown: str) -> Source:
        relative = PurePosixPath(path.relative_to(self.root).as_posix())
        return Source(
            letter_id=relative.with_suffix("").as_posix(),
            path=shown,
            file=path,
            folder=relative.parts[0] if len(relative.parts) > 1 else "",
            max_bytes=self.max_bytes,
        )

    def shown(self, path: Path) -> str:
        """The path below the folder as outputs show it, whatever its bytes."""
        relative = path.relative_to(self.root).as_posix()
        return os.fsencode(relative).decode("utf-8", "backslashreplace")


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
