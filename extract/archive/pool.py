"""Processes that read letters, each letter within its limits.

A letter that takes too long, takes too much memory or ends its worker becomes a problem
of that one letter; a new worker goes on with the rest. A worker that is killed from
outside is not the letter's fault, so a letter is given up only when it has ended several.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import subprocess
import sys
import time
import weakref
from base64 import b64encode
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from extract.archive.child import plain_setup
from extract.archive.frames import Inbox, frame
from extract.archive.work import Done, Setup, Worker
from extract.errors import Code, ExtractError, Problem
from extract.letters import Source
from extract.letters.wire import plain_source
from extract.store.model import Item, LetterRow

#: Files a worker holds at once, the one it reads among them. Few: what waits in a pipe
#: must fit into it, or both ends would wait for each other.
_AHEAD = 4
#: How often a letter may end its worker, or run out of time, before it is given up.
_DEATHS, _TIMEOUTS = 3, 2
#: Workers in a row that may end before they are ready; seconds that one may take to be.
_FALSE_STARTS, _START_SECONDS = 4, 600.0
#: Seconds beyond the limit, for readers that keep to the limit themselves.
_GRACE = 5.0
_START = "import sys; sys.path[:] = {path!r}; from extract.archive.child import main; main()"


@dataclass(slots=True, eq=False)
class _Task:
    """A file on its way through the pool."""

    source: Source
    items: int = 0
    skip: dict[int, Code] = field(default_factory=dict)
    deaths: Counter[int] = field(default_factory=Counter)
    timeouts: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Answer:
    """Something a file gave; no item where that was all of it."""

    source: Source
    item: Item | None


class _Process:
    """One worker process and what it has been asked."""

    def __init__(self, setup: Setup) -> None:
        self.tasks: deque[_Task] = deque()
        self.inbox = Inbox()
        self.ready = False
        self.tired = False
        self.since = time.monotonic()
        # Threads of its own would fight the other workers for the cores; few arenas,
        # because what the allocator reserves counts against the limit of memory.
        one = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
        self.process = subprocess.Popen(  # noqa: S603  (this program's own code)
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **one, "OMP_THREAD_LIMIT": "1", "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,
        )
        weakref.finalize(self, _end, self.process)
        self.send(plain_setup(setup))

    def send(self, message: dict[str, Any]) -> None:
        """Ask; where the process is gone, its end will be noticed when it is listened to."""
        stream = self.process.stdin
        if stream:
            with contextlib.suppress(BrokenPipeError):
                stream.write(frame(message))
                stream.flush()

    def give(self, task: _Task) -> None:
        """Have a file read, from where it was left."""
        if not self.tasks:
            self.since = time.monotonic()
        self.tasks.append(task)
        plain, content = plain_source(task.source), task.source.content
        message = {"source": plain, "start": task.items, "skip": sorted(task.skip)}
        if content is not None:
            message["content"] = b64encode(content).decode("ascii")
        self.send(message)

    def read(self) -> bytes:
        """What it has said; nothing where it has ended."""
        stream = self.process.stdout
        return os.read(stream.fileno(), 1 << 18) if stream else b""

    def end(self) -> int:
        """End the process; its status."""
        _end(self.process)
        return self.process.returncode


class Pool:
    """Worker processes, started when there is work and ended with the context.

    Args:
        processes: how many.
        setup: what each needs to know.
        stay: whether they stay for another :meth:`run`, where one has ended well.
    """

    def __init__(self, processes: int, setup: Setup, *, stay: bool = False) -> None:
        self.setup = setup
        self.stay = stay
        self.closed = False
        self.size = processes
        self.seconds = setup.options.seconds + _GRACE
        self.false_starts = 0
        self.again: deque[_Task] = deque()
        self.workers: list[_Process] = []
        self.selector = selectors.DefaultSelector()

    def run(self, sources: Iterable[Source]) -> Iterator[Answer]:
        """Read files, each given once; answers come in no order, a file's own in theirs.

        Raises:
            ExtractError: the rules cannot be used, or workers do not even start.
        """
        waiting = iter(sources)
        ended = False
        try:
            while True:
                more = self._hand_out(waiting)
                if not any(worker.tasks for worker in self.workers):
                    if more or self.again:
                        continue
                    ended = True
                    return
                yield from self._listen()
        finally:
            if not (ended and self.stay):
                self.close()

    def close(self) -> None:
        """End every process; what they were at is left undone."""
        for worker in self.workers:
            worker.end()
        self.workers.clear()
        self.selector.close()
        self.closed = True

    # ---------------------------------------------------------------- handing out

    def _hand_out(self, waiting: Iterator[Source]) -> bool:
        """Give every worker enough to do; False where nothing waits any more."""
        for depth in range(1, _AHEAD + 1):
            for number in range(self.size):
                if number < len(self.workers):
                    worker = self.workers[number]
                    if worker.tired or len(worker.tasks) >= depth:
                        continue
                task = self._next(waiting)
                if task is None:
                    self._retire()
                    return False
                if number >= len(self.workers):
                    self._start()
                self.workers[min(number, len(self.workers) - 1)].give(task)
        return True

    def _next(self, waiting: Iterator[Source]) -> _Task | None:
        if self.again:
            return self.again.popleft()
        source = next(waiting, None)
        return _Task(source) if source is not None else None

    def _start(self) -> None:
        worker = _Process(self.setup)
        self.workers.append(worker)
        if worker.process.stdout:
            self.selector.register(worker.process.stdout, selectors.EVENT_READ, worker)

    def _stop(self, worker: _Process) -> int:
        if worker.process.stdout:
            self.selector.unregister(worker.process.stdout)
        self.workers.remove(worker)
        return worker.end()

    def _retire(self) -> None:
        if self.stay:
            return
        for worker in [w for w in self.workers if not w.tasks]:
            self._stop(worker)

    # ------------------------------------------------------------------ listening

    def _listen(self) -> Iterator[Answer]:
        for key, _ in self.selector.select(self._patience()):
            worker: _Process = key.data
            data = worker.read()
            if not data:
                yield from self._ended(worker)
                continue
            worker.since = time.monotonic()
            for message in worker.inbox.feed(data):
                yield from self._heard(worker, message)
                if worker.tired:  # what else it says is of files that another reads again
                    break
            # Whoever took the answers may have taken time of its own.
            worker.since = time.monotonic()
            if worker.tired and not worker.tasks:
                self._stop(worker)
        now = time.monotonic()
        for worker in [w for w in self.workers if w.tasks and now > self._until(w)]:
            if not self._speaks(worker):
                yield from self._late(worker)

    def _until(self, worker: _Process) -> float:
        return worker.since + (self.seconds if worker.ready else _START_SECONDS)

    def _patience(self) -> float:
        ends = [self._until(worker) for worker in self.workers if worker.tasks]
        return max(0.0, min(ends, default=0.0) - time.monotonic()) + 0.01

    def _speaks(self, worker: _Process) -> bool:
        """Whether it has said something that was not yet listened to."""
        return any(key.data is worker for key, _ in self.selector.select(0))

    def _heard(self, worker: _Process, message: dict[str, Any]) -> Iterator[Answer]:
        if "unusable" in message:
            raise ExtractError(*(_problem(plain) for plain in message["unusable"]))
        if "ready" in message:
            worker.ready = True
            self.false_starts = 0
            return
        if "alive" in message:
            return
        task = worker.tasks[0]
        if "done" in message:
            worker.tasks.popleft()
            yield Answer(task.source, None)
            if message["tired"]:
                # What it was given ahead is for another.
                worker.tired = True
                self.again.extend(worker.tasks)
                worker.tasks.clear()
            return
        place = task.items
        task.items += 1
        if "skipped" in message:
            yield Answer(task.source, self._given_up(task, task.skip[place]))
        elif "problem" in message:
            yield Answer(task.source, _problem(message["problem"]))
        else:
            letter_id, path, folder, numbers, *rest = message["letter"]
            identifiers = tuple((kind, value) for kind, value in numbers)
            row = LetterRow(letter_id, path, folder, identifiers, *rest)
            yield Answer(task.source, row)

    # ------------------------------------------------------------------- failures

    def _late(self, worker: _Process) -> Iterator[Answer]:
        ready = worker.ready
        self._stop(worker)
        if not ready:
            self._false_start()
        yield from self._failed(worker, Code.TIMED_OUT if ready else None)

    def _ended(self, worker: _Process) -> Iterator[Answer]:
        self._stop(worker)
        if not worker.ready:
            self._false_start()
        yield from self._failed(worker, Code.FAILED if worker.ready else None)

    def _false_start(self) -> None:
        self.false_starts += 1
        if self.false_starts >= _FALSE_STARTS:
            detail = "A worker process ended before its work was done; nothing was written."
            raise ExtractError(Problem("workers", Code.FAILED, detail))

    def _failed(self, worker: _Process, code: Code | None) -> Iterator[Answer]:
        """Have another worker take over what this one held, the first if it still may."""
        tasks = worker.tasks
        if tasks and code is not None:
            task = tasks[0]
            place = task.items
            count, most = (
                (task.timeouts, _TIMEOUTS) if code is Code.TIMED_OUT else (task.deaths, _DEATHS)
            )
            count[place] += 1
            if place in task.skip:
                # It ends workers before it comes to the letter: there is no way past it.
                tasks.popleft()
                yield Answer(task.source, self._given_up(task, task.skip[place]))
                yield Answer(task.source, None)
            elif count[place] >= most:
                task.skip[place] = code
        self.again.extendleft(reversed(tasks))
        tasks.clear()

    def _given_up(self, task: _Task, code: Code) -> Problem:
        if code is Code.TIMED_OUT:
            seconds = self.setup.options.seconds
            return task.source.problem(code, f"Reading it took more than {seconds:g} seconds.")
        return task.source.problem(code, f"It ended {_DEATHS} worker processes.")


def _problem(plain: list[str]) -> Problem:
    path, code, detail = plain
    return Problem(path, Code(code), detail)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream:
            # What was not yet sent is no longer wanted.
            with contextlib.suppress(BrokenPipeError):
                stream.close()
    process.wait()


# -------------------------------------------------------------------- the two ways


def answers(
    sources: Iterable[Source], processes: int, setup: Setup, here: Worker | None = None
) -> Iterator[Answer]:
    """Read files in worker processes, or with ``here`` in this one and without limits.

    Raises:
        ExtractError: the rules cannot be used, or workers do not start.
    """
    if here is None:
        yield from Pool(max(1, processes), setup).run(sources)
        return
    for source in sources:
        for item in here.items(source):
            if item is not None:
                yield Answer(source, item if isinstance(item, Problem) else item.row())
        yield Answer(source, None)


def whole(found: Iterable[Answer]) -> Iterator[Done]:
    """The answers put together by file, for who has room to hold them."""
    held: dict[str, list[Item]] = {}
    for answer in found:
        items = held.setdefault(answer.source.path, [])
        if answer.item is not None:
            items.append(answer.item)
        else:
            yield Done.of(answer.source.path, held.pop(answer.source.path))
