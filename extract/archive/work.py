"""Files become records, in this process or in several, always in the order given.

A worker builds its pipeline once, takes files and returns plain data: no spaCy object
and no letter's text leaves it.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from extract.archive.extractor import Extractor
from extract.errors import Code, ExtractError, Problem
from extract.letters import Claim, Letter, Registry, Source
from extract.records import LetterRecord

#: Files a worker is handed at once: fewer cost in transport, more in balance.
_CHUNK = 50
#: Chunks under way per worker; bounds what waits in memory.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Read:
    """One letter as read: whose it claims to be, and its record."""

    claim: Claim
    record: LetterRecord


@dataclass(frozen=True, slots=True)
class Done:
    """All that became of one file."""

    path: str
    letters: tuple[Read, ...] = ()
    problems: tuple[Problem, ...] = ()


class Worker:
    """Reads files into records with one pipeline.

    Args:
        extractor: the pipeline.
        registry: the readers; default, all that are installed.
    """

    def __init__(self, extractor: Extractor, registry: Registry | None = None) -> None:
        self.extractor = extractor
        self.registry = registry or Registry()

    def do(self, source: Source) -> Done:
        """Read one file. A letter that raises becomes a problem, and the rest goes on."""
        letters: list[Read] = []
        problems: list[Problem] = []
        for item in self.registry.read(source):
            found = self._record(item) if isinstance(item, Letter) else item
            if isinstance(found, Problem):
                problems.append(found)
            else:
                letters.append(found)
        return Done(source.path, tuple(letters), tuple(problems))

    def _record(self, letter: Letter) -> Read | Problem:
        try:
            record = self.extractor.record(letter)
        except Exception as error:  # noqa: BLE001  (one letter must not end the run)
            # The class only: the message may quote the letter.
            detail = f"Reading the letter raised {type(error).__name__}."
            return Problem(letter.path, Code.FAILED, detail)
        return Read(Claim(letter.letter_id, letter.folder, letter.identifiers), record)


def work(sources: Sequence[Source], processes: int, patterns: Path | None = None) -> Iterator[Done]:
    """Read every file, in the order given, with as many processes as asked.

    Raises:
        ExtractError: the rules cannot be used, or a worker process died.
    """
    if processes <= 1:
        worker = Worker(Extractor(patterns))
        yield from map(worker.do, sources)
    else:
        yield from _pooled(sources, processes, patterns)


def _pooled(sources: Sequence[Source], processes: int, patterns: Path | None) -> Iterator[Done]:
    size = max(1, min(_CHUNK, len(sources) // (processes * 2)))
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _start, (patterns,))
    try:
        waiting: deque[Future[list[Done]]] = deque()
        for chunk in _chunks(sources, size):
            waiting.append(pool.submit(_do, chunk))
            if len(waiting) >= processes * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        detail = "A worker process ended before its work was done; nothing was written."
        raise ExtractError(Problem("workers", Code.FAILED, detail)) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _chunks(sources: Iterable[Source], size: int) -> Iterator[list[Source]]:
    rest = iter(sources)
    while chunk := list(islice(rest, size)):
        yield chunk


#: The worker of this process, made once by :func:`_start`.
_workers: list[Worker] = []


def _start(patterns: Path | None) -> None:
    _workers.append(Worker(Extractor(patterns)))


def _do(chunk: list[Source]) -> list[Done]:
    return [_workers[-1].do(source) for source in chunk]
