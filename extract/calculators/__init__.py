"""From patient records to decisions: eligibility, response, survival, the cohort."""

from extract.calculators.criteria import PRESETS, PUBLISHED, Basis, Criteria
from extract.calculators.eligibility import judge_eligibility
from extract.calculators.judging import judge
from extract.calculators.patient_outcome import judge_outcome

__all__ = [
    "PRESETS",
    "PUBLISHED",
    "Basis",
    "Criteria",
    "judge",
    "judge_eligibility",
    "judge_outcome",
]
