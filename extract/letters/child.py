"""The process that reads risky formats: it may hang, crash or be stopped, the run may not.

Started by :mod:`extract.letters.guard`. It is told the options, then one source at a time,
and answers with what it finds, each as soon as it is found. Nothing that a library prints
reaches a terminal or a log.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from extract.letters import pulse, wire
from extract.letters.options import ReadOptions
from extract.letters.registry import Registry, installed

#: Seconds between signs of life.
_BEAT = 1.0
#: Processor seconds beyond the limit of the clock at which the system ends this process,
#: should the one that started it no longer be there to do so.
_GRACE = 30


def main() -> None:
    """Answer requests until there are no more."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    options = wire.read_options(_request(requests)[0])
    limits = _Limits(options)
    registry = Registry(tuple(installed(options)), options)
    beat = _Beat(answers, limits)
    pulse.listen(beat)
    while True:
        try:
            plain, content = _request(requests)
        except EOFError:
            return
        limits.renew()
        for item in registry.read(wire.read_source(plain, content)):
            limits.renew()
            _send(answers, wire.plain_item(item))
        _send(answers, {"done": _resident()})


class _Beat:
    """Says that a reader is still at work, at most once a second."""

    def __init__(self, answers: BinaryIO, limits: _Limits) -> None:
        self.answers = answers
        self.limits = limits
        self.last = 0.0

    def __call__(self) -> None:
        now = time.monotonic()
        if now - self.last >= _BEAT:
            self.last = now
            self.limits.renew()
            _send(self.answers, {"alive": 1})


class _Limits:
    """What the system holds this process to, where the system can."""

    def __init__(self, options: ReadOptions) -> None:
        self.seconds = options.seconds
        try:
            import resource
        except ImportError:  # not on Windows
            self.resource: Any = None
            return
        self.resource = resource
        resource.setrlimit(resource.RLIMIT_AS, (options.memory, options.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            # Dies with the process that started it, even where that one is killed.
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)

    def renew(self) -> None:
        """Allow the next step its processor time."""
        if self.resource:
            used = self.resource.getrusage(self.resource.RUSAGE_SELF)
            until = int(used.ru_utime + used.ru_stime + self.seconds + _GRACE)
            hard = self.resource.getrlimit(self.resource.RLIMIT_CPU)[1]
            self.resource.setrlimit(self.resource.RLIMIT_CPU, (until, hard))


def _request(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    size, more = wire.HEADER.unpack(_exactly(stream, wire.HEADER.size))
    return json.loads(_exactly(stream, size)), _exactly(stream, more)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _send(stream: BinaryIO, message: dict[str, Any]) -> None:
    stream.write(wire.frame(message))
    stream.flush()


def _resident() -> int:
    """Bytes of memory in use, 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
