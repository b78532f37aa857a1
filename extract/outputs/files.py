"""The out folder: every file is written beside its place and moved there when all are whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extract.errors import Code, ExtractError, Problem

_STAGE = ".writing-"


class OutFolder:
    """A folder for outputs, made where it is missing.

    Args:
        path: the folder.

    Raises:
        ExtractError: (``output_not_writable``) it cannot be made or written to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._problems():
            path.mkdir(parents=True, exist_ok=True)
            self._clear()
            tempfile.TemporaryDirectory(prefix=_STAGE, dir=path).cleanup()

    @contextmanager
    def writing(self, *, gone: tuple[str, ...] = ()) -> Iterator[Path]:
        """A folder to write into; at the end its files take their places, all or none.

        Args:
            gone: names of files that an earlier run may have left and this one, unless it
                writes them, makes untrue.

        Raises:
            ExtractError: (``output_not_writable``) the disk is full, or the folder is gone.
        """
        with self._problems():
            stage = Path(tempfile.mkdtemp(prefix=_STAGE, dir=self.path))
            try:
                yield stage
                written = sorted(stage.iterdir())
                for file in written:
                    _to_disk(file)
                for file in written:
                    file.replace(self.path / file.name)
                for name in set(gone) - {file.name for file in written}:
                    (self.path / name).unlink(missing_ok=True)
                _to_disk(self.path)
            finally:
                shutil.rmtree(stage, ignore_errors=True)

    @contextmanager
    def workroom(self) -> Iterator[Path]:
        """A folder for files that are of no use afterwards.

        It lies in the out folder, because they may say as much as the outputs do.
        """
        with self._problems():
            room = Path(tempfile.mkdtemp(prefix=_STAGE, dir=self.path))
        try:
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)

    def _clear(self) -> None:
        """Remove what a killed run left behind."""
        for left in self.path.glob(f"{_STAGE}*"):
            shutil.rmtree(left, ignore_errors=True)

    @contextmanager
    def _problems(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            detail = f"The out folder cannot be written to ({type(error).__name__})."
            raise ExtractError(Problem(str(self.path), Code.OUTPUT, detail)) from None


def _to_disk(path: Path) -> None:
    """Have the system write the file (or the folder's list of names) to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
