"""Numbers as the letters give them: intervals with open or closed ends.

``>80`` and ``80-90`` stay what they are; whether such a number is above a threshold may
be true, false or unknown, and unknown is None here.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from extract.values.counts import Bound

#: How far, in the quantity's own unit, an approximate value may be from what is written.
APPROXIMATE_BY: Final = 5.0
_NUMBER: Final = r"(\d+(?:\.\d+)?)"
_INTERVAL: Final = re.compile(rf"(~?){_NUMBER}(?:-{_NUMBER})?", re.ASCII)
_ONE_SIDED: Final = re.compile(rf"(>=|<=|>|<){_NUMBER}", re.ASCII)
_PLAIN: Final = str.maketrans({"≥": ">=", "≤": "<=", "–": "-", "—": "-", " ": "", "\xa0": ""})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number from ``low`` to ``high``; either end may be infinite.

    An end is open where the number itself is not allowed: ``>80`` has ``low`` 80,
    ``low_open`` and ``high`` infinite. Only one-sided quantities have open ends.
    Raises ValueError for an empty interval and for one the contract cannot write.
    """

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False
    approximate: bool = False

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise ValueError("a quantity needs low <= high")
        one_sided = math.isinf(self.low) or math.isinf(self.high)
        if math.isinf(self.low) and math.isinf(self.high):
            raise ValueError("a quantity needs one finite end")
        if one_sided and self.approximate:
            raise ValueError("a one-sided quantity cannot be approximate")
        if not one_sided and (self.low_open or self.high_open):
            raise ValueError("a two-sided quantity has closed ends")

    @classmethod
    def exact(cls, value: float, *, approximate: bool = False) -> Quantity:
        """One number."""
        return cls(value, value, approximate=approximate)

    @classmethod
    def bounded(cls, bound: Bound, low: float, high: float | None = None) -> Quantity:
        """The quantity that a number or a range means behind "over", "at least", "about"."""
        top = low if high is None else high
        match bound:
            case Bound.OVER:
                return cls(low, math.inf, low_open=True)
            case Bound.AT_LEAST:
                return cls(low, math.inf)
            case Bound.UNDER:
                return cls(-math.inf, top, high_open=True)
            case Bound.AT_MOST:
                return cls(-math.inf, top)
            case _:
                return cls(low, top, approximate=bound is Bound.ABOUT)

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Read ``90``, ``80-90``, ``>80``, ``>=80``, ``<5``, ``<=90``, ``~90`` or ``~80-90``.

        Spaces, en dashes, ``≥`` and ``≤`` are read as their plain forms. Raises
        ValueError for anything else.
        """
        plain = text.translate(_PLAIN)
        if found := _INTERVAL.fullmatch(plain):
            low = float(found[2])
            high = float(found[3]) if found[3] else low
            return cls(low, high, approximate=bool(found[1]))
        if found := _ONE_SIDED.fullmatch(plain):
            bound = {
                ">": Bound.OVER,
                ">=": Bound.AT_LEAST,
                "<": Bound.UNDER,
                "<=": Bound.AT_MOST,
            }[found[1]]
            return cls.bounded(bound, float(found[2]))
        raise ValueError("not a quantity of the contract")

    def __str__(self) -> str:
        if math.isinf(self.high):
            return f"{'>' if self.low_open else '>='}{_plain(self.low)}"
        if math.isinf(self.low):
            return f"{'<' if self.high_open else '<='}{_plain(self.high)}"
        mark = "~" if self.approximate else ""
        if self.low == self.high:
            return f"{mark}{_plain(self.low)}"
        return f"{mark}{_plain(self.low)}-{_plain(self.high)}"

    def scaled(self, factor: float) -> Quantity:
        """The same quantity in another unit: both ends times ``factor`` (above 0)."""
        return Quantity(
            self.low * factor, self.high * factor, self.low_open, self.high_open, self.approximate
        )

    def rounded(self) -> Quantity:
        """The same quantity with its finite ends rounded to whole numbers."""
        low = self.low if math.isinf(self.low) else float(round(self.low))
        high = self.high if math.isinf(self.high) else float(round(self.high))
        return Quantity(low, high, self.low_open, self.high_open, self.approximate)

    def all_above(self, threshold: float) -> bool:
        """Whether every number allowed is greater than ``threshold``."""
        low = self._ends()[0]
        return low > threshold or (low == threshold and self.low_open)

    def none_above(self, threshold: float) -> bool:
        """Whether no number allowed is greater than ``threshold``."""
        return self._ends()[1] <= threshold

    def all_at_least(self, threshold: float) -> bool:
        """Whether every number allowed is ``threshold`` or more."""
        return self._ends()[0] >= threshold

    def none_at_least(self, threshold: float) -> bool:
        """Whether no number allowed is ``threshold`` or more."""
        high = self._ends()[1]
        return high < threshold or (high == threshold and self.high_open)

    def above(self, threshold: float) -> bool | None:
        """Whether the quantity is greater than ``threshold``; None where it may or may not be."""
        return holds(every=self.all_above(threshold), none=self.none_above(threshold))

    def at_least(self, threshold: float) -> bool | None:
        """Whether the quantity is ``threshold`` or more; None where it may or may not be."""
        return holds(every=self.all_at_least(threshold), none=self.none_at_least(threshold))

    def _ends(self) -> tuple[float, float]:
        margin = APPROXIMATE_BY if self.approximate else 0.0
        return self.low - margin, self.high + margin


def holds(*, every: bool, none: bool) -> bool | None:
    """True where a criterion holds for every value allowed, False where for none, else None.

    ``Truth.of`` of :mod:`extract.values.kleene` takes the answer as it is.
    """
    if every:
        return True
    return False if none else None


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else format(number, "f").rstrip("0")
