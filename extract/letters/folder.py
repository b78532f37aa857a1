"""Every file of a folder, in a fixed order, each a source or a problem."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from extract.errors import Code, Problem
from extract.letters.clean import unsafe_name
from extract.letters.model import Source, stem
from extract.settings import MAX_BYTES

#: A path that is shown as it is and whose last part does not begin with a dot.
_PLAIN = re.compile(r"(?:[ -~]*/)?(?!\.)[ -.0-~]+")


def find_sources(
    root: Path, *, leave_out: Path | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Source | Problem]:
    """Walk ``root`` (a folder or one file) and account for everything in it.

    Folders are walked in order of name, so that the order does not depend on the disk.
    Links that lead out of the folder, links to folders or in circles, pipes and devices,
    names that hide what they say and files that cannot be read are problems. How large a
    file may be depends on its format, which is seen when it is read.

    Args:
        root: the folder or file.
        leave_out: a folder inside that is not part of the archive: the out folder.
        max_bytes: the largest file that is read whole.
    """
    if root.is_dir():
        skipped = leave_out.resolve() if leave_out else None
        yield from _Walk(root, root.resolve(), skipped, max_bytes).walk(root)
    else:
        walk = _Walk(root.parent, root.resolve().parent, None, max_bytes, alone=True)
        yield from walk.entry(root)


def count_files(root: Path, *, leave_out: Path | None = None) -> int:
    """How many sources and problems a walk of ``root`` gives."""
    if not root.is_dir():
        return 1
    skipped = leave_out.resolve() if leave_out else None
    number, waiting = 0, [os.path.realpath(root)]
    while waiting:
        folder = waiting.pop()
        if skipped is not None and Path(folder) == skipped:
            continue
        try:
            with os.scandir(folder) as listed:
                for entry in listed:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        number += 1
        except OSError:  # a problem, as the walk will say
            number += 1
    return number


class _Walk:
    def __init__(
        self, root: Path, real: Path, skipped: Path | None, max_bytes: int, *, alone: bool = False
    ) -> None:
        self.alone = alone
        self.root = root
        self.real = real
        self.skipped = skipped
        self.max_bytes = max_bytes
        self.above = ""

    def walk(self, top: Path) -> Iterator[Source | Problem]:
        """Everything below ``top``, folders and files together in order of name."""
        self.above = os.path.join(top, "")  # noqa: PTH118  (an archive has many files)
        waiting = [(os.fspath(top), True, False)]
        while waiting:
            path, is_folder, is_file = waiting.pop()
            if not is_folder:
                plain = self._plain(path) if is_file else None
                yield from (plain,) if plain else self.entry(Path(path))
                continue
            if self.skipped is not None and self.real / path[len(self.above) :] == self.skipped:
                continue
            try:
                with os.scandir(path) as listed:
                    entries = [
                        (
                            e.name,
                            e.path,
                            e.is_dir(follow_symlinks=False),
                            e.is_file(follow_symlinks=False),
                        )
                        for e in listed
                    ]
            except OSError as error:
                yield Problem(self.shown(Path(path)), Code.UNREADABLE, f"{type(error).__name__}.")
                continue
            waiting += [entry[1:] for entry in sorted(entries, reverse=True)]

    def _plain(self, path: str) -> Source | None:
        """A file with nothing odd about it; None where it must be looked at closely."""
        below = path[len(self.above) :].replace(os.sep, "/")
        folder, slash, _ = below.partition("/")
        if not _PLAIN.fullmatch(below) or not os.access(path, os.R_OK):
            return None
        return Source(
            letter_id=stem(below),
            path=below,
            file=Path(path),
            folder=folder if slash else "",
            max_bytes=self.max_bytes,
            alone=self.alone,
        )

    def entry(self, path: Path) -> Iterator[Source | Problem]:
        """One entry that is no folder."""
        shown = self.shown(path)
        try:
            problem = self._problem(path, shown)
        except RuntimeError:  # what pathlib raises for a link in a circle
            problem = Problem(shown, Code.LINK_LOOP)
        except OSError as error:
            problem = Problem(shown, *_why(error, path))
        yield problem or self._source(path, shown)

    def _problem(self, path: Path, shown: str) -> Problem | None:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(self.real):
            return Problem(shown, Code.OUTSIDE)
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            inner = path.parent.resolve().is_relative_to(path.resolve())
            return Problem(shown, Code.LINK_LOOP if inner else Code.LINK_FOLDER)
        if not stat.S_ISREG(found.st_mode):
            return Problem(shown, Code.NOT_A_FILE)
        relative = path.relative_to(self.root).as_posix()
        if not _is_text(relative) or unsafe_name(relative):
            return Problem(shown, Code.BAD_NAME)
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
            alone=self.alone,
        )

    def shown(self, path: Path) -> str:
        """The path below the folder as outputs show it, whatever its bytes."""
        relative = path.relative_to(self.root).as_posix()
        text = os.fsencode(relative).decode("utf-8", "backslashreplace")
        return escaped(text) if unsafe_name(text) else text


def _why(error: OSError, path: Path) -> tuple[Code, str]:
    if error.errno == errno.ELOOP:
        return Code.LINK_LOOP, ""
    if error.errno == errno.ENOENT and path.is_symlink():
        return Code.LINK_BROKEN, ""
    return Code.UNREADABLE, f"{type(error).__name__}."


def escaped(name: str) -> str:
    """A name with what hides in it written out, so that it is shown as it is."""
    return name.encode("unicode_escape").decode("ascii")


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
