"""The distribution of washouts over treated patients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.calculators.cohort_models import Washouts
from extract.calculators.criteria import PUBLISHED, Criteria
from extract.calculators.samples import summary
from extract.calculators.washout import last_targeted, washouts
from extract.records import Episode, PatientRecord

#: Half-lives after which a drug counts as gone: some 97 % of it has left.
ENOUGH: Final = 5


def washout_distribution(
    patients: Sequence[PatientRecord], criteria: Criteria = PUBLISHED
) -> Washouts:
    """Days of washout, each patient at the middle of what the dates allow.

    ``missing`` had targeted therapy but no pair of dates; patients without targeted
    therapy have no washout at all.
    """
    days: list[float] = []
    by_agent: dict[str, list[float]] = {}
    short: list[str] = []
    undecided: list[str] = []
    missing: list[str] = []
    gaps: dict[str, dict[str, float]] = {}
    unknown: list[str] = []
    for patient in patients:
        agents = last_targeted(patient)
        if not agents:
            continue
        found = washouts(patient)
        if not found:
            missing.append(patient.patient_id)
            continue
        low, high = min(w.fewest for w in found), max(w.most for w in found)
        middle = (low + high) / 2
        days.append(middle)
        name = " + ".join(sorted({e.agent for e in agents}))
        by_agent.setdefault(name, []).append(middle)
        passed = half_lives(agents, low)
        if passed is None:
            unknown.append(patient.patient_id)
        else:
            gaps.setdefault(name, {})[patient.patient_id] = passed
        if high < criteria.washout_days:
            short.append(patient.patient_id)
        elif low < criteria.washout_days:
            undecided.append(patient.patient_id)
    passed_by = {who: passed for group in gaps.values() for who, passed in group.items()}
    return Washouts(
        days=summary(days),
        too_short=tuple(short),
        undecided=tuple(undecided),
        missing=tuple(missing),
        by_agent={agent: summary(by_agent[agent]) for agent in sorted(by_agent)},
        half_lives=summary(list(passed_by.values())),
        half_lives_by_agent={name: summary(list(gaps[name].values())) for name in sorted(gaps)},
        few_half_lives=tuple(sorted(who for who, n in passed_by.items() if n < ENOUGH)),
        no_half_life=tuple(unknown),
    )


def half_lives(agents: Sequence[Episode], days: float) -> float | None:
    """How many half-lives of the agent that stays longest some days are at the least.

    None where the half-life of one of them is not known.
    """
    known = [episode.half_life_hours for episode in agents]
    longest = [hours[1] for hours in known if hours is not None]
    if len(longest) < len(known) or not longest:
        return None
    return max(days, 0.0) * 24 / max(longest)
