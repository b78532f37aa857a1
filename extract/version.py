"""The version, in a room that imports nothing, so that every output may name it."""

from __future__ import annotations

__version__ = "0.1.0"
