"""A sign of life from a long read: a scan of many pages is slow, not stuck.

A reader calls :func:`alive` between pages. In the process that reads risky formats the one
that waits for it listens, and passes it on to whoever waits for that one.
"""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def alive() -> None:
    """Say that the reader has come a step further."""
    for listener in _listeners:
        listener()


def listen(listener: Callable[[], None]) -> None:
    """Have ``listener`` told of every step."""
    _listeners.append(listener)
