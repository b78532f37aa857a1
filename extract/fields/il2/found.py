"""What a sentence or a table says of one cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from extract.records import Reason
from extract.values.dates import EdtfDate

#: The cycle of a number of doses over several cycles.
TOTAL: Final = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The start of a cycle (``date``) or its number of ``doses``, read at ``start:end``.

    ``weight`` says how plainly it is meant, so that a stated first dose outweighs the day
    of admission, and a table a sentence.
    """

    cycle: int
    start: int
    end: int
    weight: int
    date: EdtfDate | None = None
    doses: int = 0
    reasons: tuple[Reason, ...] = ()
