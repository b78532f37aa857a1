"""Files go to the workers, what they give goes into the store; what is known stays there."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from extract.archive.events import Pace, tell
from extract.archive.keys import PASSING, file_key
from extract.archive.pool import Answer
from extract.errors import Problem
from extract.letters import Source
from extract.store import Item, Store

#: Told after each file how many are done, and how many there are.
Progress = Callable[[int, int], None]

#: Files that are looked up at once.
_LOOK = 500
#: Letters and problems that are written at once, and seconds they wait for it at most.
_COMMIT, _SECONDS = 200, 2.0

_T = TypeVar("_T")


@dataclass(slots=True)
class _Open:
    """A file that is being read."""

    key: str
    number: int = 0
    items: list[Item] = field(default_factory=list)
    again: bool = False
    whole: bool = False


class Feed:
    """Reads the files of one run that are not known yet into the store.

    Args:
        store: where to.
        run: the run's number.
        reader: the state of the rules and the program.
        total: how many files there are.
        progress: told after each file.

    Attributes:
        files: how many files the walk gave.
        problems: what the walk found that is no file to read.
        walked: a digest over everything the walk gave and its content.
        shown: how the store names a file.
    """

    def __init__(
        self, store: Store, run: int, reader: str, total: int, progress: Progress | None = None
    ) -> None:
        self.store = store
        self.run = run
        self.reader = reader
        self.progress = progress
        self.shown: Callable[[str], str] = str
        self.pace = Pace(total)
        self.files = 0
        self.problems: list[Problem] = []
        self.walked = hashlib.sha256()
        self._open: dict[str, _Open] = {}
        self._waiting = 0
        self._since = time.monotonic()

    def sources(self, found: Iterable[Source | Problem]) -> Iterator[Source]:
        """Of what a walk finds, the files that must be read."""
        for batch in _batches(found, _LOOK):
            sources: list[tuple[str, Source]] = []
            for item in batch:
                if isinstance(item, Problem):
                    self.problems.append(item)
                    self._note(item.path, item.code, item.detail)
                    self._count(read=False)
                else:
                    key = self._key(item)
                    self._note(item.path, key)
                    sources.append((key, item))
            self.files += len(sources)
            known = self.store.known(self.run, [key for key, _ in sources])
            self.store.use(self.run, [known[key] for key, _ in sources if key in known])
            for key, source in sources:
                if key in known:
                    self._count(read=False)
                else:
                    self._open[source.path] = _Open(key)
                    yield source

    def take(self, answers: Iterable[Answer]) -> None:
        """Keep what workers give, in whole files; also when stopped in between."""
        try:
            for answer in answers:
                held = self._open[answer.source.path]
                if answer.item is None:
                    held.whole = True
                    self._count(read=True)
                else:
                    held.items.append(answer.item)
                    self._waiting += 1
                    if isinstance(answer.item, Problem):
                        held.again |= answer.item.code in PASSING
                        tell("rejected", code=answer.item.code.value)
                if self._waiting >= _COMMIT or time.monotonic() - self._since > _SECONDS:
                    self._commit()
        finally:
            self._commit()

    def _commit(self) -> None:
        """Write what is whole, and what has become much of a file that is not yet."""
        ready = {
            path: held
            for path, held in self._open.items()
            if held.whole or len(held.items) >= _COMMIT
        }
        new = [(path, held) for path, held in ready.items() if not held.number]
        if new:
            named = [(held.key, self.shown(path)) for path, held in new]
            numbers = self.store.open_files(self.run, named)
            for number, (_, held) in zip(numbers, new, strict=True):
                held.number = number
        if ready:
            self.store.keep(
                self.run,
                [(held.number, item) for held in ready.values() for item in held.items],
                [(held.number, held.again) for held in ready.values() if held.whole],
            )
        for path, held in ready.items():
            held.items.clear()
            if held.whole:
                del self._open[path]
        self._waiting = sum(len(held.items) for held in self._open.values())
        self._since = time.monotonic()

    def _key(self, source: Source) -> str:
        try:
            return file_key(self.reader, source)
        except OSError:  # the reader will say why it cannot be read
            return hashlib.sha256(f"{self.run} {source.path}".encode()).hexdigest()

    def _note(self, *parts: str) -> None:
        for part in parts:
            data = part.encode("utf-8", "surrogatepass")
            self.walked.update(len(data).to_bytes(8, "big") + data)

    def _count(self, *, read: bool) -> None:
        self.pace.step(read=read)
        if self.progress:
            self.progress(self.pace.done, self.pace.total)


def _batches(found: Iterable[_T], size: int) -> Iterator[list[_T]]:
    rest = iter(found)
    while batch := list(islice(rest, size)):
        yield batch
