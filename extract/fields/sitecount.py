"""The number of organs with disease, where the letter gives it."""

from __future__ import annotations

from collections.abc import Iterator

from extract.fields.subject import Others
from extract.fields.view import Draft, View


def find_counts(view: View, others: Others) -> Iterator[Draft]:
    """Nothing yet."""
    yield from ()
