"""A process that reads letters: it may hang, crash or be stopped, the run may not.

Started by :mod:`extract.archive.pool`. It is told how to set up, then one file at a time,
and answers with what it finds, each as soon as it is found. Nothing that a library prints
reaches a terminal or a log, and no text of a letter leaves it but the quotes in a record.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import traceback
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from extract.archive.frames import frame, receive
from extract.archive.work import Read, Setup, Worker
from extract.errors import Code, ExtractError, Problem
from extract.letters import Registry, pulse
from extract.letters.wire import read_options, read_source
from extract.settings import EngineName

if TYPE_CHECKING:
    from extract.archive.extractor import Extractor

#: The process is replaced when what it keeps in memory has grown by this part of its limit.
_GROWN = 0.5


def main() -> None:
    """Answer requests until there are no more."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    die_with_parent()
    # Neither is news: the run is over, or was killed.
    with contextlib.suppress(EOFError, BrokenPipeError):
        _serve(requests, answers)
    # Leaves without unwinding what libraries hold: there is nothing left to lose.
    os._exit(0)


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    try:
        setup = read_setup(receive(requests))
        worker = Worker(pipeline(setup), Registry(options=setup.options))
    except ExtractError as error:
        plain = [[p.path, p.code.value, p.detail] for p in error.problems]
        _send(answers, {"unusable": plain})
        return
    except Exception as error:  # noqa: BLE001  (whatever it is, no letter has been read yet)
        at = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(at.filename).name}:{at.lineno}"
        detail = f"A worker cannot be set up: {type(error).__name__} at {place}."
        _send(answers, {"unusable": [["workers", Code.FAILED.value, detail]]})
        return
    pulse.listen(lambda: _send(answers, {"alive": True}))
    room = _Room(setup.memory)
    _send(answers, {"ready": True})
    while True:
        asked = receive(requests)
        source = read_source(asked["source"], b64decode(asked.get("content", "")))
        tired = False
        for item in worker.items(source, asked["start"], asked["skip"]):
            if item is None:
                _send(answers, {"skipped": True})
                continue
            tired |= isinstance(item, Problem) and item.code is Code.MEMORY
            _send(answers, plain_item(item))
        _send(answers, {"done": True, "tired": tired or room.is_used_up()})


def pipeline(setup: Setup) -> Extractor:
    """What reads a letter's text; imported here, where letters are read."""
    from extract.archive.extractor import Extractor

    return Extractor(setup.patterns, setup.engine)


class _Room:
    """The memory this process may take, held to by the system where it can."""

    def __init__(self, memory: int) -> None:
        self.most = int(_pages(1) + memory * _GROWN)
        try:
            import resource
        except ImportError:  # not on Windows
            return
        size = _pages(0)
        if size:
            # The soft limit only: the process for risky formats sets a lower one of its own.
            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            resource.setrlimit(resource.RLIMIT_AS, (size + memory, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def is_used_up(self) -> bool:
        """Whether so much has stayed in memory that a new process should go on."""
        return _pages(1) > self.most


def _pages(which: int) -> int:
    """Bytes of memory: 0 reserved, 1 in use; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[which])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def die_with_parent() -> None:
    """Have the system end this process when the one that started it ends, where it can."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() != parent:  # it died in between
            os._exit(0)


def plain_setup(setup: Setup) -> dict[str, Any]:
    """A setup as JSON."""
    from extract.letters.wire import plain_options

    return {
        "patterns": str(setup.patterns) if setup.patterns else None,
        "options": plain_options(setup.options),
        "memory": setup.memory,
        "engine": setup.engine.value,
    }


def read_setup(plain: dict[str, Any]) -> Setup:
    """A setup from JSON."""
    return Setup(
        patterns=Path(plain["patterns"]) if plain["patterns"] else None,
        options=read_options(plain["options"]),
        memory=plain["memory"],
        engine=EngineName(plain["engine"]),
    )


def plain_item(item: Read | Problem) -> dict[str, Any]:
    """What was found as JSON; the record goes as the text that the store keeps."""
    if isinstance(item, Problem):
        return {"problem": [item.path, item.code.value, item.detail]}
    row = item.row()
    place = (row.letter_id, row.path, row.folder)
    return {"letter": [*place, row.identifiers, row.digest, row.record, row.sketch]}


def _send(stream: BinaryIO, message: dict[str, Any]) -> None:
    stream.write(frame(message))
    stream.flush()
