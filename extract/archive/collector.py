"""Python's search for circles of garbage, made rarer while records go by in their thousands.

Records hold no circles: what is done with is freed at once, and a search finds nothing. By
default it begins at every 700 new objects, and takes most of the time that reading JSON takes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects before a search of the young, and searches before one of all.
_YOUNG, _ALL = 20_000, 10


@contextmanager
def searching_rarely() -> Iterator[None]:
    """Search rarely, and never among what is there already; afterwards as before."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_YOUNG, _ALL, _ALL)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
