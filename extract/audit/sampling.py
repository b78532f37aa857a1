"""What to check: all that is flagged, a random sample for precision, letters for recall.

The order of the draw is a hash of a seed and of the fact itself (its letter's text, its
place, its value): the same seed gives the same sample, whatever the order of files, and a
re-run keeps of it all that did not change.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import Any, Self

#: No field is judged on fewer facts, where it has as many.
FLOOR = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is checked.

    Attributes:
        seed: of the draw.
        margin: half the width that the interval of the precision may have.
        expected: the precision that is expected; a lower one needs more facts.
        by_field: size the sample for each field by itself, not for all together.
        letters: whole letters read for recall.
        double: the share of the sample that two reviewers check, each without the other.
    """

    seed: int = 1
    margin: float = 0.05
    expected: float = 0.95
    by_field: bool = False
    letters: int = 20
    double: float = 0.2

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any] | None) -> Self:
        """From JSON; the default plan where there is none."""
        return cls(**(plain or {}))


def sample_size(
    margin: float, expected: float = 0.95, population: int | None = None, level: float = 0.95
) -> int:
    """How many to check so that the interval reaches ``margin`` either way.

    By the normal approximation, with the correction for a finite population: 73 for ±5 %
    around 95 %.

    Raises:
        ValueError: unless both rates lie between 0 and 1.
    """
    if not (0 < margin < 1 and 0 < expected < 1):
        raise ValueError("margin and expected precision lie between 0 and 1")
    z = NormalDist().inv_cdf((1 + level) / 2)
    size = z * z * expected * (1 - expected) / margin**2
    if population is not None:
        if population == 0:
            return 0
        size /= 1 + (size - 1) / population
        return min(population, math.ceil(size))
    return math.ceil(size)


def draw(plan: Plan, population: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The sample: keys of facts, from the keys of each field."""
    strata = {name: sorted(set(keys)) for name, keys in population.items()}
    total = sum(map(len, strata.values()))
    size = sample_size(plan.margin, plan.expected, total)
    drawn: set[str] = set()
    for keys in strata.values():
        if plan.by_field:
            share = sample_size(plan.margin, plan.expected, len(keys))
        else:
            share = max(FLOOR, round(size * len(keys) / total))
        drawn.update(sorted(keys, key=lambda key: rank(plan.seed, key))[:share])
    return frozenset(drawn)


def draw_letters(plan: Plan, digests: Iterable[str]) -> tuple[str, ...]:
    """The letters to read through, by digest, in the order of the draw."""
    ordered = sorted(set(digests), key=lambda digest: rank(plan.seed, f"letter {digest}"))
    return tuple(ordered[: plan.letters])


def drawn_twice(plan: Plan, key: str) -> bool:
    """Whether a fact of the sample is one that two reviewers check."""
    return int(rank(plan.seed, f"twice {key}")[:12], 16) / 16**12 < plan.double


def rank(seed: int, key: str) -> str:
    """Where a fact comes in the draw."""
    return hashlib.sha256(f"{seed}\x1f{key}".encode()).hexdigest()
