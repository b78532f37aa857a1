"""A finished run judged again by other thresholds, without reading a letter."""

from __future__ import annotations

from dataclasses import replace

from extract.calculators import Criteria, judge
from extract.outputs.loading import Finished


def rejudged(finished: Finished, criteria: Criteria) -> Finished:
    """The same records with eligibility and outcomes by ``criteria``."""
    patients = tuple(judge(patient, criteria) for patient in finished.patients)
    return replace(finished, patients=patients, criteria=criteria)
