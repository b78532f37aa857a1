"""From patient records to decisions: eligibility, response, survival, the cohort."""

from extract.calculators.criteria import PRESETS, PUBLISHED, Basis, Criteria
from extract.calculators.eligibility import judge_eligibility
from extract.calculators.judging import Change, eligibility_row, judge, what_if
from extract.calculators.outcomes import cohort_outcomes
from extract.calculators.patient_outcome import judge_outcome

__all__ = [
    "PRESETS",
    "PUBLISHED",
    "Basis",
    "Change",
    "Criteria",
    "cohort_outcomes",
    "eligibility_row",
    "judge",
    "judge_eligibility",
    "judge_outcome",
    "what_if",
]
