"""Part of a run done in a process of its own, and how it tells what went wrong there.

The message of an exception may quote a letter, so that it stays behind: what comes back is
the system's number, a problem of ours, or the exception's class and place.
"""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

from extract.errors import Code, ExtractError, Problem

_START = "import sys; sys.path[:] = {path!r}; from {module} import main; main()"


def start(module: str, *words: str) -> subprocess.Popen[bytes]:
    """A process that runs ``main`` of a module of this program, its ends piped."""
    return subprocess.Popen(  # noqa: S603  (this program's own code)
        [sys.executable, "-c", _START.format(path=sys.path, module=module), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def failure(error: Exception) -> dict[str, Any]:
    """What a process may tell of an exception."""
    if isinstance(error, ExtractError):
        return {"problems": [[p.path, p.code.value, p.detail] for p in error.problems]}
    if isinstance(error, OSError):
        return {"system": error.errno or 0}
    at = traceback.extract_tb(error.__traceback__)[-1]
    return {"failed": f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno}"}


def check(told: dict[str, Any], path: str, what: str) -> None:
    """Raise what a process has told of, if it told of anything.

    Args:
        told: what came back.
        path: the output that is not made.
        what: what failed, as the beginning of a sentence.

    Raises:
        OSError: a disk is full, or the like.
        ExtractError: what the process raised; (``failed``) the program itself failed.
    """
    if "system" in told:
        raise OSError(told["system"], os.strerror(told["system"]))
    if "problems" in told:
        raise ExtractError(*(Problem(at, Code(code), why) for at, code, why in told["problems"]))
    if "failed" in told:
        raise ExtractError(Problem(path, Code.FAILED, f"{what}: {told['failed']}."))
