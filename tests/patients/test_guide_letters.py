"""Field guide D: the example letters as facts, each alone and over one patient."""

from extract.calculators import judge
from extract.evaluation import letter_of
from extract.patients import build_patients
from extract.records import LetterRecord, PatientRecord
from extract.values.agents import load_agents

L1 = [
    ("letter_date", "", "2010-06-14"),
    ("ecog", "", "1"),
    ("ecog_past", "", "2"),
    ("caix", "", ">90"),
    ("histology", "", "clear_cell"),
    ("histology_group", "", "favourable"),
    ("therapy", "sunitinib", "given"),
    ("therapy_start", "sunitinib", "2009-01-12"),
    ("therapy_end_reason", "sunitinib", "progression"),
    ("response", "sunitinib", "PR"),
    ("response", "sunitinib", "PD"),
    ("therapy", "everolimus", "given"),
    ("therapy_start", "everolimus", "2009-11-30"),
    ("therapy_end", "everolimus", "2010-05-03~"),
    ("therapy_end_reason", "everolimus", "progression"),
    ("response", "everolimus", "SD"),
    ("site", "lung", "present"),
    ("site", "lymph_node", "present"),
    ("stress_echo", "", "awaited"),
    ("stress_echo_date", "", "2010-06-24"),
    ("therapy", "aldesleukin", "planned"),
    ("therapy_start", "aldesleukin", "2010-07-05"),
]
L2 = [
    ("letter_date", "", "2010-06-07"),
    ("ecog", "", "0-1"),
    ("caix", "", "80-90"),
    ("histology", "", "clear_cell"),
    ("histology_group", "", "favourable"),
    ("therapy", "sunitinib", "given"),
    ("therapy_start", "sunitinib", "2009-09"),
    ("therapy_end", "sunitinib", "2010-03"),
    ("therapy_end_reason", "sunitinib", "switch"),
    ("response", "sunitinib", "PR"),
    ("response_date", "sunitinib", "PR=2010-03-02"),
    ("site", "lung", "present"),
    ("stress_echo", "", "satisfactory"),
    ("stress_echo_date", "", "2010-05-26"),
    ("therapy", "aldesleukin", "planned"),
    ("therapy_start", "aldesleukin", "2010-06-14"),
]
L3 = [
    ("letter_date", "", "2010-11-09"),
    ("ecog", "", "2"),
    ("ecog_past", "", "1"),
    ("histology", "", "clear_cell"),
    ("histology_feature", "papillary", "~20"),
    ("histology_group", "", "unfavourable"),
    ("therapy", "interferon alfa", "given"),
    ("therapy_start", "interferon alfa", "2008-05"),
    ("therapy_end", "interferon alfa", "2008-08"),
    ("therapy_end_reason", "interferon alfa", "progression"),
    ("therapy", "sunitinib", "given"),
    ("therapy_start", "sunitinib", "2008-09"),
    ("therapy_end", "sunitinib", "2009-11"),
    ("therapy_end_reason", "sunitinib", "progression"),
    ("therapy", "bevacizumab", "given"),
    ("therapy_start", "bevacizumab", "2010-01"),
    ("therapy_end", "bevacizumab", "2010-04"),
    ("therapy_end_reason", "bevacizumab", "toxicity"),
    ("therapy", "temsirolimus", "given"),
    ("therapy_start", "temsirolimus", "2010-01"),
    ("therapy_end", "temsirolimus", "2010-04"),
    ("therapy_end_reason", "temsirolimus", "toxicity"),
    ("therapy", "sunitinib#2", "given"),
    ("therapy_start", "sunitinib#2", "2010-06"),
    ("therapy_end", "sunitinib#2", "2010-10-27"),
    ("therapy_end_reason", "sunitinib#2", "progression"),
    *(("site", organ, "present") for organ in ("lung", "liver", "bone", "lymph_node")),
]
L4 = [
    ("letter_date", "", "2010-07-11"),
    ("ecog", "", "2"),
    ("ecog_past", "", "1"),
    ("therapy", "everolimus", "given"),
    ("therapy_end", "everolimus", "2010-05-01"),
    ("therapy", "aldesleukin", "current"),
    ("therapy_start", "aldesleukin", "2010-07-05"),
    ("il2_cycle_start", "1", "2010-07-05"),
    ("il2_doses", "1", "11"),
    ("stress_echo", "", "satisfactory"),
    ("stress_echo_date", "", "2010-06-24"),
    ("lvef", "", "62"),
    ("inotropes", "", "no"),
    ("icu", "", "no"),
    ("toxicity", "hypotension", "present"),
]
L5 = [
    ("letter_date", "", "2011-03-07"),
    ("ecog", "", "0"),
    ("therapy", "aldesleukin", "given"),
    ("therapy_start", "aldesleukin", "2010-07"),
    ("response", "aldesleukin", "PR"),
    ("response", "aldesleukin", "CR"),
    ("response_date", "aldesleukin", "PR=2010-09-07"),
    ("response_date", "aldesleukin", "CR=2010-11-16"),
    ("response_date", "aldesleukin", "CR=2011-03-01"),
    ("il2_doses", "1", "11"),
    ("il2_doses", "2", "9"),
    ("il2_doses", "3", "10"),
    ("il2_doses", "4", "8"),
    ("inotropes", "", "no"),
    ("icu", "", "no"),
    ("relapse", "aldesleukin", "no"),
    ("follow_up", "", "8"),
]


def judged(*letters: LetterRecord) -> PatientRecord:
    (patient,) = build_patients(letters, load_agents())
    return judge(patient)


def verdicts(patient: PatientRecord) -> dict[str, str]:
    assert patient.eligibility is not None
    found = {item.name: item.verdict.value for item in patient.eligibility.criteria}
    return {**found, "overall": patient.eligibility.eligible.value}


def test_letter_one_alone_is_provisional() -> None:
    patient = judged(letter_of("p/L1", L1))
    assert verdicts(patient) == {
        "ecog": "met",
        "caix": "met",
        "histology": "met",
        "washout": "met",
        "sites": "met",
        "stress_echo": "unknown",
        "overall": "unknown",
    }
    assert (patient.setting.label, patient.setting.lines_failed) == ("salvage", "2")
    assert patient.eligibility is not None
    assert patient.eligibility.clock == "planned_first_dose"


def test_letter_two_wants_the_exact_caix() -> None:
    patient = judged(letter_of("p/L2", L2))
    found = verdicts(patient)
    assert found["caix"] == "unknown"
    assert found["overall"] == "unknown"
    assert {value for name, value in found.items() if name not in ("caix", "overall")} == {"met"}
    assert patient.setting.label == "consolidation"
    assert patient.eligibility is not None
    assert patient.eligibility.criterion("washout").value == "75-105"
    assert patient.eligibility.chase == ("exact % of tumour cells positive for CAIX",)


def test_letter_three_is_not_eligible() -> None:
    patient = judged(letter_of("p/L3", L3))
    found = verdicts(patient)
    assert (found["ecog"], found["histology"], found["sites"]) == ("not_met",) * 3
    assert (found["caix"], found["washout"], found["stress_echo"]) == ("unknown",) * 3
    assert found["overall"] == "not_met"
    assert patient.setting.label == "salvage"
    assert patient.setting.lines_failed == "2"
    assert [line.agents for line in patient.lines] == [
        ("interferon alfa",),
        ("sunitinib",),
        ("bevacizumab", "temsirolimus"),
        ("sunitinib#2",),
    ]


def test_the_patient_of_letters_one_four_and_five() -> None:
    patient = judged(letter_of("p/L5", L5), letter_of("p/L1", L1), letter_of("p/L4", L4))
    assert set(verdicts(patient).values()) == {"met"}
    assert patient.eligibility is not None
    assert patient.eligibility.criterion("ecog").value == "1"
    washout = patient.eligibility.criterion("washout")
    assert washout.value == "65"
    assert {source.letter_id for source in washout.sources} >= {"p/L4", "p/L1"}
    everolimus = next(e for e in patient.episodes if e.agent == "everolimus")
    assert [span.edtf for span in everolimus.ends] == ["2010-05-01"]
    doses = [cycle.doses.value for cycle in patient.il2.cycles if cycle.doses]
    assert doses == ["11", "9", "10", "8"]
    outcome = patient.outcome
    assert outcome is not None
    assert (outcome.best_response, outcome.unconfirmed, outcome.confirmed) == ("CR",) * 3
    assert outcome.relapsed == "not_met"
    assert outcome.first_response is not None
    assert outcome.first_complete is not None
    assert (outcome.first_response.edtf, outcome.first_complete.edtf) == (
        "2010-09-07",
        "2010-11-16",
    )
    assert outcome.last_assessment is not None
    assert outcome.last_assessment.days_after(outcome.first_response) == (175, 175)
    assert outcome.follow_up_days == (245, 245)
    assert round(245 / 30.4375, 1) == 8.0
    assert {reading.value for reading in (*patient.inotropes, *patient.icu)} == {"no"}
