"""What is told of a run while it goes on: counts, codes and timings, and nothing else.

Events go to the logger ``extract.run``; the command line writes them as plain or JSON
lines. A value is a number or one of the program's own words, so that no text of a letter,
no name and no path can come into a log.
"""

from __future__ import annotations

import logging
import re
import time
from dataclasses import dataclass, field

LOGGER = logging.getLogger("extract.run")
#: Seconds between two lines on the progress of a run.
EVERY = 10.0
_WORD = re.compile(r"[a-z][a-z_0-9]{0,40}")


def tell(event: str, **values: float | str) -> None:
    """Log an event.

    Raises:
        ValueError: a value is neither a number nor a word like a code's.
    """
    for name, value in values.items():
        if isinstance(value, str) and not _WORD.fullmatch(value):
            raise ValueError(f"{name} of the event {event} is no code")
    numbers = {k: round(v, 3) if isinstance(v, float) else v for k, v in values.items()}
    LOGGER.info(event, extra={"event": event, "values": numbers})


@dataclass(slots=True)
class Pace:
    """How fast a run goes, over the last minute, and how long it will yet take."""

    total: int
    started: float = field(default_factory=time.monotonic)
    done: int = 0
    read: int = 0
    _told: float = 0.0
    _marks: list[tuple[float, int]] = field(default_factory=list)

    def step(self, *, read: bool) -> None:
        """Count a file: read now, or known from before."""
        self.done += 1
        self.read += read
        now = time.monotonic()
        if now - self._told >= EVERY:
            self._told = now
            self._marks = [*self._marks[-6:], (now, self.read)]
            tell(
                "progress",
                done=self.done,
                total=self.total,
                read=self.read,
                per_second=self.rate(),
                seconds_left=self.left(),
            )

    def rate(self) -> float:
        """Files read a second, lately."""
        then, before = self._marks[0] if self._marks else (self.started, 0)
        if len(self._marks) < 2:
            then, before = self.started, 0
        return (self.read - before) / max(time.monotonic() - then, 0.001)

    def left(self) -> float:
        """Seconds, were all that is left still to be read."""
        rate = self.rate()
        return (self.total - self.done) / rate if rate else 0.0
