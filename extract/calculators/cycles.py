"""Toxicity during interleukin-2, and in which cycle, as far as letters tell."""

from __future__ import annotations

from extract.calculators.patient_outcome import next_therapy
from extract.records import CycleReading, PatientRecord


def since_first_dose(patient: PatientRecord, item: CycleReading) -> bool:
    """Whether a statement lies after the first dose and before the next therapy.

    A later drug's toxicity is not interleukin-2's. True where no date can tell.
    """
    first, following = patient.il2.first_dose, next_therapy(patient)
    if first is None or item.on is None:
        return True
    over = following is not None and item.on.latest >= following.earliest
    return item.on.latest >= first.earliest and not over


def sole_cycle(item: CycleReading) -> int | None:
    """The one cycle that a statement can be about; None where it is not plain which."""
    return item.cycles[0] if len(item.cycles) == 1 else None
