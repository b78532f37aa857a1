"""How a run and its workers talk: frames of JSON through pipes.

Not pickle: nothing that comes back from a process which reads letters can make this one
run anything, and a record goes into the store as the text it came as.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO, Any

import orjson

_HEADER = struct.Struct("<I")


def frame(message: dict[str, Any]) -> bytes:
    """A message as sent."""
    body = orjson.dumps(message)
    return _HEADER.pack(len(body)) + body


def receive(stream: IO[bytes]) -> dict[str, Any]:
    """The next message, waited for. Raises EOFError where the sender is gone."""
    (size,) = _HEADER.unpack(_exactly(stream, _HEADER.size))
    message: dict[str, Any] = orjson.loads(_exactly(stream, size))
    return message


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


class Inbox:
    """Messages out of bytes that arrive in pieces."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[dict[str, Any]]:
        """Take what arrived; the messages that are whole now."""
        self._bytes += data
        at = 0
        while len(self._bytes) - at >= _HEADER.size:
            (size,) = _HEADER.unpack_from(self._bytes, at)
            end = at + _HEADER.size + size
            if len(self._bytes) < end:
                break
            yield orjson.loads(memoryview(self._bytes)[at + _HEADER.size : end])
            at = end
        del self._bytes[:at]
