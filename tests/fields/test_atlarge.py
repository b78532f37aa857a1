"""Medicine at large: studies, other patients, questions with answers to choose from."""

from __future__ import annotations

import pytest

from extract.fields.assemble import extract_facts
from extract.fields.protocol import is_protocol
from extract.language.pipeline import Reader

STUDIES = [
    "We retrospectively analysed 212 patients with renal cancer. Median age was 61. Fatigue "
    "occurred in 14%.",
    "METHODS: In this phase II study patients with PS 0-1 were enrolled. The primary endpoint "
    "was PFS. 41 patients (median age 57) took part.",
    "Thirty-one patients with clear cell cancer were treated between 2003 and 2009 in a "
    "single-centre audit. The median number of doses was 10.",
    "Of 88 cases, 12 had bone metastases. Median overall survival was 14 months and the response "
    "rate 22%.",
]
PATIENTS = [
    "A 61-year-old man was one of 41 patients enrolled in a randomised phase II study; median "
    "follow-up is two years.",
    "Male, 58 years. Nephrectomy 2014. The pivotal trial enrolled 330 patients, median PFS 8 "
    "months, ORR 20%.",
    "He was treated in the phase III study, in which 400 patients were randomised; median "
    "survival was a year.",
    "Dear Dr Ash, median survival is two years in 200 patients, response rate 20%. PS 1.",
]


@pytest.mark.parametrize("text", STUDIES)
def test_a_study_is_about_no_patient(text: str):
    assert is_protocol(text)


@pytest.mark.parametrize("text", PATIENTS)
def test_a_patient_in_a_study_is_a_patient(text: str):
    assert not is_protocol(text)


def _told(reader: Reader, text: str, field: str) -> set[str]:
    facts = extract_facts(reader.read(text), reader.lexicon)
    return {fact.item or fact.value for fact in facts if fact.field.value == field}


_CASE = "A 52-year-old woman with metastatic renal cancer took sunitinib. She had nausea.\n\n"


@pytest.mark.parametrize(
    "rest",
    [
        "Answer: A. Explanation: diarrhoea on sunitinib was the warning sign.",
        "Rationale: sunitinib is followed by diarrhoea and hypertension.",
        "Which of the following is to be expected?\nA. Diarrhoea\nB. Hypertension\nC. Rash",
        "What is the most likely cause?\n1) Diarrhoea from sunitinib\n2) Rash from sunitinib",
        "Review of literature: of 17 patients on sunitinib 4 had diarrhoea.",
        "In the pivotal trial of sunitinib diarrhoea was seen in 60% of patients.",
    ],
)
def test_what_is_said_at_large_is_no_fact(reader: Reader, rest: str):
    assert _told(reader, _CASE + rest, "toxicity") == {"nausea"}


@pytest.mark.parametrize(
    "rest",
    [
        "Outcome. She had diarrhoea on sunitinib.",
        "Discussion. Rash is rare.\n\nCase 1, follow-up. She is well.\n\nOutcome: she had diarrhoea "
        "on sunitinib.",
        "Sunitinib was stopped because she had diarrhoea.",
        "Discussion. Our patient had diarrhoea on sunitinib.",
    ],
)
def test_the_patient_s_own_stays(reader: Reader, rest: str):
    assert _told(reader, _CASE + rest, "toxicity") == {"nausea", "diarrhoea"}


@pytest.mark.parametrize(
    "text",
    [
        "MDT 4 May 2011\nDiscussion: PS 1, lung metastases. He had diarrhoea on sunitinib.",
        "NHS 999 001 0001, aged 52 years\nComment: he had diarrhoea on sunitinib.",
    ],
)
def test_a_letter_s_discussion_is_its_patient_s(reader: Reader, text: str):
    assert _told(reader, text, "toxicity") == {"diarrhoea"}


@pytest.mark.parametrize(
    "title",
    [
        "Case report\n",
        "Case report: ",
        "Case presentation\n",
        "CASE\n",
        "The patient\n",
        "Patient\n",
    ],
)
def test_the_case_begins_below_its_title(reader: Reader, title: str):
    text = (
        "Introduction\nAxitinib often causes rash and diarrhoea. We report a case.\n\n"
        f"{title}A 61-year-old man took sunitinib in 2015. He had nausea.\n"
    )
    assert _told(reader, text, "toxicity") == {"nausea"}
    assert _told(reader, text, "therapy") == {"sunitinib"}
