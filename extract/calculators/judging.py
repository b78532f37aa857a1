"""Judging patients: records with eligibility and outcome, and what other criteria change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extract.calculators.criteria import PUBLISHED, Criteria
from extract.calculators.eligibility import judge_eligibility
from extract.calculators.patient_outcome import judge_outcome
from extract.records import PatientRecord
from extract.values.kleene import Truth


def judge(patient: PatientRecord, criteria: Criteria = PUBLISHED) -> PatientRecord:
    """The same record with ``eligibility`` and ``outcome`` by the given criteria."""
    return patient.model_copy(
        update={
            "eligibility": judge_eligibility(patient, criteria),
            "outcome": judge_outcome(patient, criteria),
        }
    )


class Change(NamedTuple):
    """A verdict of one patient that other criteria turn."""

    patient_id: str
    name: str
    before: Truth
    after: Truth


def what_if(patients: Iterable[PatientRecord], before: Criteria, after: Criteria) -> list[Change]:
    """Every verdict that differs between two sets of criteria, ``eligible`` last a patient."""
    changes: list[Change] = []
    for patient in patients:
        old, new = judge_eligibility(patient, before), judge_eligibility(patient, after)
        pairs = [
            (a.name, a.verdict, b.verdict) for a, b in zip(old.criteria, new.criteria, strict=True)
        ]
        pairs.append(("setting", old.setting_verdict, new.setting_verdict))
        pairs.append(("eligible", old.eligible, new.eligible))
        changes.extend(Change(patient.patient_id, *pair) for pair in pairs if pair[1] != pair[2])
    return changes


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
