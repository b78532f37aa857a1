"""How far two reviewers agree: Cohen's kappa and Gwet's AC1, with bootstrap intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Pair = tuple[str, str]

_RESAMPLES = 1000
_SEED = 20090428


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over facts that two reviewers checked without each other.

    ``kappa`` and ``ac1`` are None where they are not defined: no pairs, or (kappa) both
    reviewers used one and the same answer throughout.
    """

    n: int
    same: int
    kappa: float | None
    kappa_interval: tuple[float, float] | None
    ac1: float | None
    ac1_interval: tuple[float, float] | None

    @property
    def share(self) -> float | None:
        """The share of pairs that say the same."""
        return self.same / self.n if self.n else None


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """The agreement of some pairs of answers; the same pairs give the same intervals."""
    return Agreement(
        n=len(pairs),
        same=sum(a == b for a, b in pairs),
        kappa=cohen_kappa(pairs),
        kappa_interval=_bootstrap(pairs, cohen_kappa),
        ac1=gwet_ac1(pairs),
        ac1_interval=_bootstrap(pairs, gwet_ac1),
    )


def cohen_kappa(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa (1960), unweighted."""
    n = len(pairs)
    if not n:
        return None
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[name] * right[name] for name in left) / n**2
    observed = sum(a == b for a, b in pairs) / n
    return None if chance == 1 else (observed - chance) / (1 - chance)


def gwet_ac1(pairs: Sequence[Pair]) -> float | None:
    """Gwet's AC1 (2008): steady where nearly all answers are the same, as kappa is not."""
    n = len(pairs)
    if not n:
        return None
    used = Counter(name for pair in pairs for name in pair)
    observed = sum(a == b for a, b in pairs) / n
    if len(used) == 1:
        return 1.0
    shares = [count / (2 * n) for count in used.values()]
    chance = sum(share * (1 - share) for share in shares) / (len(used) - 1)
    return (observed - chance) / (1 - chance)


def _bootstrap(
    pairs: Sequence[Pair], measure: Callable[[Sequence[Pair]], float | None]
) -> tuple[float, float] | None:
    """The 95 % percentile interval; None for fewer than five pairs."""
    if len(pairs) < 5:
        return None
    import numpy as np

    draws = np.random.default_rng(_SEED).integers(0, len(pairs), (_RESAMPLES, len(pairs)))
    found = [measure([pairs[i] for i in draw]) for draw in draws]
    known = [value for value in found if value is not None]
    if not known:
        return None
    low, high = np.quantile(known, (0.025, 0.975))
    return float(low), float(high)
