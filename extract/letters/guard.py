"""Risky formats are read in a process of their own, with limits on time and memory.

One process serves many files, so that a file costs a message and not a start. What hangs
is stopped, what crashes is noticed, and either becomes a problem of that one file.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from extract.errors import Code, Problem
from extract.letters import wire
from extract.letters.model import Letter, Source
from extract.letters.options import ReadOptions
from extract.letters.pulse import alive

#: The process is replaced when what it keeps in memory has grown to this.
_GROWN = 700_000_000
#: Times its limit that a file may take whose pages come one by one.
_MOST = 30
_START = "import sys; sys.path[:] = {path!r}; from extract.letters.child import main; main()"


class _DiedError(Exception):
    """The process ended before its answer."""


class _LateError(Exception):
    """The process took longer than the seconds that this holds."""


class Guard:
    """Reads sources in another process, started when it is first needed.

    Args:
        options: the limits, and what its readers are told.
    """

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = bytearray()

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        """Everything in the source, or why the reading of it was stopped. Never raises."""
        finished = False
        since = time.monotonic()
        try:
            self._ask(source)
            while True:
                alive()
                answer = self._answer()
                if "done" in answer:
                    finished = answer["done"] < _GROWN
                    return
                if "alive" not in answer:
                    yield wire.read_item(answer)
                    since = time.monotonic()
                elif time.monotonic() - since > _MOST * self.options.seconds:
                    raise _LateError(_MOST * self.options.seconds)
        except _LateError as late:
            detail = f"Reading it took more than {late.args[0]:g} seconds."
            yield source.problem(Code.TIMED_OUT, detail)
        except _DiedError:
            yield source.problem(*self._cause())
        finally:
            if not finished:
                self.close()

    def close(self) -> None:
        """End the process, if one runs."""
        if self._process:
            _end(self._process)
        self._process = None
        self._buffer.clear()

    # ------------------------------------------------------------ the process

    def _ask(self, source: Source) -> None:
        request = wire.frame(wire.plain_source(source), source.content or b"")
        for attempt in (1, 2):
            process = self._process or self._start()
            try:
                _write(process, request)
            except BrokenPipeError:  # it died while nothing was asked of it
                self.close()
                if attempt == 2:
                    raise _DiedError from None
            else:
                return

    def _start(self) -> subprocess.Popen[bytes]:
        # One thread a reader: the workers share the cores already. Few arenas, because
        # what the allocator reserves counts against the limit.
        process = subprocess.Popen(  # noqa: S603  (this program's own code)
            [sys.executable, "-I", "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1", "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,
        )
        self._process = process
        weakref.finalize(self, _end, process)
        _write(process, wire.frame(wire.plain_options(self.options)))
        return process

    def _answer(self) -> dict[str, Any]:
        until = time.monotonic() + self.options.seconds
        size = wire.HEADER.size
        self._fill(size, until)
        length, more = wire.HEADER.unpack(bytes(self._buffer[:size]))
        self._fill(size + length + more, until)
        body = bytes(self._buffer[size : size + length])
        del self._buffer[: size + length + more]
        answer: dict[str, Any] = json.loads(body)
        return answer

    def _fill(self, size: int, until: float) -> None:
        process = self._process
        if process is None or process.stdout is None:
            raise _DiedError
        with selectors.DefaultSelector() as waiting:
            waiting.register(process.stdout, selectors.EVENT_READ)
            while len(self._buffer) < size:
                if not waiting.select(max(0.0, until - time.monotonic())):
                    raise _LateError(self.options.seconds)
                data = os.read(process.stdout.fileno(), 1 << 20)
                if not data:
                    raise _DiedError
                self._buffer += data

    def _cause(self) -> tuple[Code, str]:
        status = self._process.wait() if self._process else 0
        if status == -signal.SIGXCPU:
            return Code.TIMED_OUT, "The reader used up its processor time."
        how = f"signal {-status}" if status < 0 else f"status {status}"
        return Code.CRASHED, f"The reader's process ended with {how}."


def _write(process: subprocess.Popen[bytes], data: bytes) -> None:
    if process.stdin is None:
        raise BrokenPipeError
    process.stdin.write(data)
    process.stdin.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream:
            with suppress(BrokenPipeError):  # what was not yet sent is no longer wanted
                stream.close()
    process.wait()
