"""Toxicity of treated patients, with what is not known apart from what did not happen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.calculators.cohort_models import Support, Toxicity
from extract.calculators.intervals import proportion
from extract.records import PatientRecord, Reading
from extract.values.kleene import Truth

_SEVERE: Final = frozenset({"3", "4", "5"})


def toxicities(patients: Sequence[PatientRecord]) -> Toxicity:
    """Support needed and toxicities named, over treated patients."""
    terms: dict[str, set[str]] = {}
    severe: dict[str, set[str]] = {}
    for patient in patients:
        for term, item in patient.toxicity:
            if not _since_first_dose(patient, item):
                continue
            terms.setdefault(term, set()).add(patient.patient_id)
            if item.value in _SEVERE:
                severe.setdefault(term, set()).add(patient.patient_id)
    return Toxicity(
        inotropes=support([(p.patient_id, first_true(p.inotropes)) for p in patients]),
        icu=support([(p.patient_id, first_true(p.icu)) for p in patients]),
        terms={term: len(terms[term]) for term in sorted(terms)},
        severe={term: len(severe[term]) for term in sorted(severe)},
    )


def first_true(readings: Sequence[Reading]) -> Truth:
    """Whether any letter says yes; not met where one says no and none yes; else unknown."""
    said = {item.value for item in readings}
    if "yes" in said:
        return Truth.MET
    return Truth.NOT_MET if "no" in said else Truth.UNKNOWN


def support(verdicts: Sequence[tuple[str, Truth]]) -> Support:
    """Yes, no and unknown over patients, with rates of the known and of all."""
    yes = [patient for patient, verdict in verdicts if verdict is Truth.MET]
    unknown = sum(verdict is Truth.UNKNOWN for _, verdict in verdicts)
    known = len(verdicts) - unknown
    return Support(
        yes=len(yes),
        no=known - len(yes),
        unknown=unknown,
        of_known=proportion(len(yes), known),
        of_treated=proportion(len(yes), len(verdicts)),
        patients=tuple(yes),
    )


def _since_first_dose(patient: PatientRecord, item: Reading) -> bool:
    first = patient.il2.first_dose
    return first is None or item.on is None or item.on.latest >= first.earliest
