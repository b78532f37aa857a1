"""What the outcomes of a cohort need of its patients, small enough for the driver."""

from __future__ import annotations

from extract.outputs.loading import without_sources
from extract.records import LetterRef, PatientRecord

#: Stands for a letter of which only the number counts.
_ANY = (LetterRef(letter_id="", on=None),)
#: What the outcomes of a cohort need of a treated patient, beside how many letters there are.
_COUNTED = frozenset(
    {
        "patient_id",
        "episodes",
        "lines",
        "setting",
        "il2",
        "toxicity",
        "inotropes",
        "icu",
        "washouts",
        "outcome",
    }
)


def for_cohort(patient: PatientRecord) -> PatientRecord:
    """What the outcomes of a cohort need of a treated patient: a tenth of the record."""
    plain = patient.model_dump(mode="json", include=set(_COUNTED))
    letters = _ANY * len(patient.letters)
    return PatientRecord.model_validate({**without_sources(plain), "letters": letters})
