"""The names of the ways in which mentions are found."""

from __future__ import annotations

from enum import StrEnum


class EngineName(StrEnum):
    """How mentions are found: ``scanned`` is fast, ``reference`` what it must equal."""

    SCANNED = "scanned"
    REFERENCE = "reference"
