"""The distribution of washouts over treated patients."""

from __future__ import annotations

from collections.abc import Sequence

from extract.calculators.cohort_models import Washouts
from extract.calculators.criteria import PUBLISHED, Criteria
from extract.calculators.samples import summary
from extract.calculators.washout import last_targeted, washouts
from extract.records import PatientRecord


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
        by_agent.setdefault(" + ".join(sorted({e.agent for e in agents})), []).append(middle)
        if high < criteria.washout_days:
            short.append(patient.patient_id)
        elif low < criteria.washout_days:
            undecided.append(patient.patient_id)
    return Washouts(
        days=summary(days),
        too_short=tuple(short),
        undecided=tuple(undecided),
        missing=tuple(missing),
        by_agent={agent: summary(by_agent[agent]) for agent in sorted(by_agent)},
    )
