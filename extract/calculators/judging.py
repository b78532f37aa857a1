"""Judging a patient: the record with its eligibility and outcome filled in."""

from __future__ import annotations

from extract.calculators.criteria import PUBLISHED, Criteria
from extract.calculators.eligibility import judge_eligibility
from extract.calculators.patient_outcome import judge_outcome
from extract.records import PatientRecord


def judge(patient: PatientRecord, criteria: Criteria = PUBLISHED) -> PatientRecord:
    """The same record with ``eligibility`` and ``outcome`` by the given criteria."""
    return patient.model_copy(
        update={
            "eligibility": judge_eligibility(patient, criteria),
            "outcome": judge_outcome(patient, criteria),
        }
    )


def eligibility_row(patient: PatientRecord) -> dict[str, str]:
    """A judged patient as a row of ``eligibility.csv``, columns in order.

    Raises:
        ValueError: the patient has not been judged.
    """
    judged, outcome = patient.eligibility, patient.outcome
    if judged is None or outcome is None:
        raise ValueError(f"patient {patient.patient_id} has not been judged")
    return {
        "patient_id": patient.patient_id,
        "setting": judged.setting.value,
        "lines_failed": judged.lines_failed,
        **{criterion.name: criterion.verdict.value for criterion in judged.criteria},
        "eligible": judged.eligible.value,
        "il2_best_response": outcome.best_response or "none",
        "evaluable": "yes" if outcome.evaluable else "no",
        "chase": "; ".join(judged.chase),
    }
