"""What is kept of patients for the cohort's outcomes gives the same outcomes."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from extract.archive import Extractor
from extract.archive.owned import plain_record, record_of
from extract.calculators import cohort_outcomes, judge
from extract.calculators.outcomes import Untreated
from extract.patients import build_patients
from extract.records import Evidence, Fact, Field, LetterRecord, LetterRef, PatientRecord, Reason
from extract.records.patients import Interleukin
from extract.spark.cohort import for_cohort
from extract.store import KeptLetter
from extract.values.agents import load_agents

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "hd-il2" / "letters"


def test_outcomes_need_of_the_untreated_only_their_number() -> None:
    letters = tuple(LetterRef(letter_id=f"l{n}") for n in range(3))
    patients = [
        judge(PatientRecord(patient_id="b", letters=letters)),
        judge(PatientRecord(patient_id="a", letters=letters[:1])),
        judge(PatientRecord(patient_id="c", letters=letters, il2=Interleukin(given=True))),
    ]
    untreated = Untreated()
    for patient in patients[:2]:
        untreated.count(patient)
    found = cohort_outcomes(patients[2:], untreated=untreated)
    assert found == cohort_outcomes(patients)
    assert (found.flow.letters, found.flow.patients) == (7, 3)
    assert found.flow.excluded["not treated"] == ("a", "b")
    with pytest.raises(ValueError, match="patient c"):
        untreated.count(patients[2])


def test_outcomes_need_of_the_treated_no_more_than_is_kept(extractor: Extractor) -> None:
    records = [
        extractor.text(path.read_text(), letter_id=path.stem, patient_id=path.parent.name)
        for folder in sorted(CORPUS.iterdir())[:5]
        for path in sorted(folder.glob("*.txt"))
    ]
    patients = [judge(patient) for patient in build_patients(records, load_agents())]
    treated = [p for p in patients if p.outcome and p.outcome.treated]
    assert len(treated) >= 4
    kept = [for_cohort(patient) for patient in treated]
    assert cohort_outcomes(kept) == cohort_outcomes(treated)
    sizes = [sum(len(p.model_dump_json()) for p in some) for some in (kept, treated)]
    assert sizes[0] < sizes[1] / 3


def test_a_letter_s_line_is_that_of_its_record() -> None:
    boxes = ((1, 72.0, 0.1, 1e-7, 123456789.125), (2, 1e16, 5e-324, 0.30000000000000004, -0.0))
    evidence = Evidence(start=1, end=2, quote='\u2028 "\x7f\t\U0001f600', page=1, boxes=boxes)
    record = LetterRecord(
        letter_id="p/a",
        patient_id="p/a",
        paths=("p/a.pdf",),
        facts=(Fact(field=Field.ECOG, value="1", evidence=evidence, rule="r"),),
        reasons=(Reason.NO_LETTER_DATE,),
    )
    added = ("identity_mismatch", "no_letter_date")
    kept = KeptLetter("p", ("p/a.pdf", "p/b.pdf"), added, record.model_dump_json())
    owned = record.model_copy(
        update={
            "patient_id": "p",
            "paths": kept.paths,
            "reasons": (Reason.NO_LETTER_DATE, Reason.IDENTITY),
        }
    )
    assert record_of(kept) == owned
    assert orjson.dumps(plain_record(kept)).decode() == owned.model_dump_json()
