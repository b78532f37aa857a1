"""One run at a time in an out folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extract.errors import Code, ExtractError, Problem


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Make and hold an out folder for this run; the system lets go of it however the run ends.

    Raises:
        ExtractError: (``output_not_writable``) it cannot be made, or another run holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        detail = f"The out folder cannot be written to ({type(error).__name__})."
        raise ExtractError(Problem(str(folder), Code.OUTPUT, detail)) from None
    try:
        import fcntl
    except ImportError:  # Windows has no such locks on folders
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            detail = "Another run is writing to this folder; wait for it to end."
            raise ExtractError(Problem(str(folder), Code.OUTPUT, detail)) from None
        yield
    finally:
        os.close(handle)
