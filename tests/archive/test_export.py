"""What is kept of patients for the cohort's outcomes gives the same outcomes."""

from __future__ import annotations

from extract.archive.export import for_cohort
from extract.calculators import cohort_outcomes, judge
from extract.records import LetterRef, PatientRecord
from extract.records.patients import Interleukin


def test_outcomes_need_of_the_untreated_no_more_than_is_kept() -> None:
    letters = tuple(LetterRef(letter_id=f"l{n}") for n in range(3))
    patients = [
        judge(PatientRecord(patient_id="a", letters=letters)),
        judge(PatientRecord(patient_id="b", letters=letters[:1])),
        judge(PatientRecord(patient_id="c", letters=letters, il2=Interleukin(given=True))),
    ]
    assert [p.outcome.treated for p in patients if p.outcome] == [False, False, True]
    kept = [for_cohort(patient) for patient in patients]
    assert kept[2] is patients[2]
    assert cohort_outcomes(kept) == cohort_outcomes(patients)
    assert cohort_outcomes(kept).flow.letters == 7
