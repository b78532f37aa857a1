"""What tests of the fields share."""

from __future__ import annotations

import pytest

from extract.language.pipeline import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with the program's own rules, built once."""
    return Reader()
