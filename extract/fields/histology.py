"""To be written."""

from __future__ import annotations

from collections.abc import Iterator

from extract.fields.view import Draft, View


def find(view: View) -> Iterator[Draft]:
    """Nothing yet."""
    yield from ()
