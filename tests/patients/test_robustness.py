"""Whatever the letters say: a record, a judgement, the same one in any order."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.calculators import judge
from extract.calculators.judging import eligibility_row
from extract.calculators.outcomes import cohort_outcomes
from extract.evaluation import letter_of
from extract.patients import build_patients
from extract.records import Field, LetterRecord, PatientRecord
from extract.records.vocabulary import (
    END_REASONS,
    HISTOLOGIES,
    HISTOLOGY_FEATURES,
    HISTOLOGY_GROUPS,
    ORGANS,
    RESPONSES,
    STRESS_ECHO_RESULTS,
    THERAPY_STATUS,
    TOXICITIES,
)
from extract.values.agents import load_agents

LEXICON = load_agents()
DATES = st.sampled_from(
    ["2009", "2009-03", "2009-03-14", "2009-03-14~", "2009-22", "2010-07", "2010-07-05",
     "2010-09-01", "2011-02-28", "2012-24", "2012~"]
)  # fmt: skip
NUMBERS = st.sampled_from(["0", "1", "2", "0-1", ">80", ">=56", "~90", "<5", "70", "80-90", "14"])
AGENTS = st.sampled_from(
    ["sunitinib", "sunitinib#2", "everolimus", "bevacizumab", "interferon alfa", "aldesleukin",
     "trial agent", "trastuzumab", "goserelin", "chemotherapy", "not in the lexicon"]
)  # fmt: skip
NOTHING = st.just("")


def choice(values: frozenset[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(values))


YES_NO = st.sampled_from(["yes", "no"])
FACTS: dict[Field, tuple[st.SearchStrategy[str], st.SearchStrategy[str]]] = {
    Field.LETTER_DATE: (NOTHING, DATES),
    Field.ECOG: (NOTHING, NUMBERS),
    Field.ECOG_PAST: (NOTHING, NUMBERS),
    Field.KARNOFSKY: (NOTHING, NUMBERS),
    Field.CAIX: (NOTHING, NUMBERS | st.just("positive")),
    Field.THERAPY: (AGENTS, choice(THERAPY_STATUS)),
    Field.THERAPY_START: (AGENTS, DATES),
    Field.THERAPY_END: (AGENTS, DATES),
    Field.THERAPY_END_REASON: (AGENTS, choice(END_REASONS)),
    Field.THERAPY_LINE: (AGENTS, NUMBERS),
    Field.RESPONSE: (AGENTS | NOTHING, choice(RESPONSES)),
    Field.RESPONSE_DATE: (AGENTS | NOTHING, st.builds("{}={}".format, choice(RESPONSES), DATES)),
    Field.HISTOLOGY: (NOTHING, choice(HISTOLOGIES)),
    Field.HISTOLOGY_FEATURE: (choice(HISTOLOGY_FEATURES), NUMBERS | st.just("absent")),
    Field.HISTOLOGY_GROUP: (NOTHING, choice(HISTOLOGY_GROUPS)),
    Field.STRESS_ECHO: (NOTHING, choice(STRESS_ECHO_RESULTS)),
    Field.STRESS_ECHO_DATE: (NOTHING, DATES),
    Field.LVEF: (NOTHING, NUMBERS),
    Field.SITE: (choice(ORGANS), st.just("present")),
    Field.SITE_COUNT: (NOTHING, NUMBERS),
    Field.WASHOUT: (AGENTS | NOTHING, NUMBERS),
    Field.IL2_CYCLE_START: (st.sampled_from("1234"), DATES),
    Field.IL2_DOSES: (st.sampled_from(["1", "2", "3", ""]), NUMBERS),
    Field.INOTROPES: (NOTHING, YES_NO),
    Field.ICU: (NOTHING, YES_NO),
    Field.TOXICITY: (choice(TOXICITIES), st.sampled_from(["1", "3", "5", "present"])),
    Field.RELAPSE: (AGENTS | NOTHING | st.just("surgery"), YES_NO),
    Field.DEATH: (NOTHING, DATES | st.just("yes")),
    Field.FOLLOW_UP: (NOTHING, NUMBERS),
}


@st.composite
def letters(draw: st.DrawFn) -> list[LetterRecord]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        rows = []
        for _ in range(draw(st.integers(0, 14))):
            field = draw(st.sampled_from(list(FACTS)))
            items, values = FACTS[field]
            rows.append((field.value, draw(items), draw(values)))
        found.append(letter_of(f"p{draw(st.integers(1, 2))}/{number}", dict.fromkeys(rows)))
    return found


def test_every_field_is_tried() -> None:
    assert set(FACTS) == set(Field)


@settings(max_examples=150, deadline=None)
@given(letters(), st.integers())
def test_any_letters_give_one_judgement(found: list[LetterRecord], seed: int) -> None:
    patients = [judge(patient) for patient in build_patients(found, LEXICON)]
    shuffled = list(found)
    random.Random(seed).shuffle(shuffled)
    again = [judge(patient) for patient in build_patients(shuffled, LEXICON)]
    assert again == patients
    for patient in patients:
        assert PatientRecord.model_validate_json(patient.model_dump_json()) == patient
        row = eligibility_row(patient)
        assert row["setting"] in {"salvage", "consolidation", "none", "unknown"}
        if row["eligible"] == "unknown":
            assert row["chase"]
    outcomes = cohort_outcomes(patients)
    headline = outcomes.headline
    assert headline.complete_responders <= headline.responders <= headline.evaluable
    assert headline.evaluable <= headline.treated <= len(patients)
    assert headline.relapsed_after_complete <= headline.complete_responders
