"""Three-valued logic: a criterion is met, not met, or unknown.

Kleene's strong logic (field guide 0.3): AND is not met where any part is not met, else
unknown where any part is unknown, else met. A criterion on an interval or a set is met
where it holds for every value allowed, not met where it holds for none, else unknown
(field guide 0.4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

_T = TypeVar("_T")


class Truth(StrEnum):
    """What can be said of a criterion. The values are those of ``eligibility.csv``."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, known: bool | None) -> Truth:
        """Truth of a bool; None is unknown."""
        if known is None:
            return cls.UNKNOWN
        return cls.MET if known else cls.NOT_MET


def not_(a: Truth) -> Truth:
    """Met and not met change places; unknown stays."""
    if a is Truth.UNKNOWN:
        return a
    return Truth.NOT_MET if a is Truth.MET else Truth.MET


def and_(a: Truth, b: Truth) -> Truth:
    """Both hold."""
    if Truth.NOT_MET in (a, b):
        return Truth.NOT_MET
    return Truth.UNKNOWN if Truth.UNKNOWN in (a, b) else Truth.MET


def or_(a: Truth, b: Truth) -> Truth:
    """At least one holds."""
    return not_(and_(not_(a), not_(b)))


def all_of(parts: Iterable[Truth]) -> Truth:
    """Every part holds; met where there is none."""
    verdict = Truth.MET
    for part in parts:
        verdict = and_(verdict, part)
    return verdict


def any_of(parts: Iterable[Truth]) -> Truth:
    """Some part holds; not met where there is none."""
    verdict = Truth.NOT_MET
    for part in parts:
        verdict = or_(verdict, part)
    return verdict


def for_every(values: Iterable[_T], holds: Callable[[_T], bool]) -> Truth:
    """Field guide 0.4: met where ``holds`` is true of every value, not met where of none.

    Unknown where it is true of some, and where there is no value at all.
    """
    return agree(Truth.of(holds(value)) for value in values)


def agree(verdicts: Iterable[Truth]) -> Truth:
    """The one verdict that all readings give; unknown where they differ or there is none."""
    found = set(verdicts)
    return found.pop() if len(found) == 1 else Truth.UNKNOWN
