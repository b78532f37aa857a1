"""Stated lengths of follow-up."""

from __future__ import annotations

import pytest

from extract.fields import followup
from extract.fields.view import View
from extract.language.pipeline import Reader

#: Text and what is told: ``-`` for nothing.
LETTERS: list[tuple[str, str]] = [
    (
        "After 36 months of follow-up, the patient is disease-free.",
        "36",
    ),
    (
        "At the last follow-up, 18 months after surgery, he was free of disease.",
        "18",
    ),
    (
        "The patient has been followed for 3 years without recurrence.",
        "36",
    ),
    (
        "The patient was followed up for 14 months.",
        "14",
    ),
    (
        "He remains disease-free at 40 months.",
        "40",
    ),
    (
        "She is alive and disease free 5 years after diagnosis.",
        "60",
    ),
    (
        "She remains in complete remission 26 months after the start of treatment.",
        "26",
    ),
    (
        "There was no recurrence during the 2-year follow-up period.",
        "24",
    ),
    (
        "Follow-up of over two years shows no relapse.",
        ">24",
    ),
    (
        "The patient is alive with disease 11 months after nephrectomy.",
        "11",
    ),
    (
        "Duration of follow-up: 24 months",
        "24",
    ),
    (
        "Length of follow-up 24 months.",
        "24",
    ),
    (
        "Follow-up: 3 months with CT.",
        "-",
    ),
    (
        "Follow up in 3 months.",
        "-",
    ),
    (
        "Follow-up 3/12.",
        "-",
    ),
    (
        "FU 3/12 with bloods",
        "-",
    ),
    (
        "Plan: 6-monthly follow-up for 5 years.",
        "-",
    ),
    (
        "We will follow him up for five years.",
        "-",
    ),
    (
        "I will see him at 3 month follow-up.",
        "-",
    ),
    (
        "The median follow-up was 24 months.",
        "-",
    ),
    (
        "He died 10 months after surgery.",
        "-",
    ),
    (
        "He had a disease free interval of 24 months and then relapsed.",
        "-",
    ),
    (
        "The disease recurred 14 months after surgery.",
        "-",
    ),
    (
        "He was disease-free for 14 months after surgery, then relapsed.",
        "-",
    ),
    (
        "Response persisted for 14 months.",
        "-",
    ),
    (
        (
            "It is now 15 months since his first dose of interleukin-2 and he remains in "
            "complete response."
        ),
        "15",
    ),
    (
        "You are now a year out from interleukin-2.",
        "12",
    ),
    (
        "He is 9 months post HD IL-2, CT shows CR.",
        "9",
    ),
    (
        "He had a CT eight weeks after his first dose of interleukin-2.",
        "-",
    ),
    (
        "Eight weeks from his first dose the CT showed PR.",
        "-",
    ),
    (
        "Two years to the day since his first dose of IL-2.",
        "24",
    ),
    (
        "He is eleven weeks off sunitinib.",
        "-",
    ),
    (
        "Currently 20 months from IL-2 C1, no relapse.",
        "20",
    ),
    (
        "Progression-free survival was 14 months.",
        "-",
    ),
    (
        "Overall survival of 23 months.",
        "-",
    ),
    (
        "No evidence of recurrence at 12 months post-operatively.",
        "12",
    ),
    (
        "The follow-up period was 8 months and the patient is alive.",
        "8",
    ),
    (
        "He has been under surveillance for four years since nephrectomy.",
        "48",
    ),
    (
        "The patient is under follow-up since 18 months.",
        "18",
    ),
    (
        "She is well 30 months later with no signs of relapse.",
        "30",
    ),
    (
        "Today, 6 years after the initial diagnosis, the patient is in complete remission.",
        "72",
    ),
    (
        "Now 10/12 since IL-2.",
        "10",
    ),
    (
        "Follow-up from first dose is 22 months.",
        "22",
    ),
    (
        "Follow-up now 26/12 from IL-2; remains NED.",
        "26",
    ),
    (
        "Lost to follow-up after 8 months.",
        "-",
    ),
    (
        "The patient has been followed up regularly, with no recurrence 4 years after treatment.",
        "48",
    ),
    (
        "He has been off treatment for 8 months.",
        "-",
    ),
    (
        "His sister has been followed for 10 years after her melanoma.",
        "-",
    ),
    (
        "Follow-up scans at 3 and 6 months showed stable disease.",
        "-",
    ),
    (
        "There were no signs of recurrence on follow-up at 9 months.",
        "9",
    ),
    (
        "Nivolumab was stopped and response was ongoing at 18 months of follow-up.",
        "18",
    ),
    ("No relapse to date. Now 22 months from first IL-2 dose.", "22"),
    (
        "He had interleukin-2 and is in complete remission. He is now 13 months from the start of the treatment.",
        "13",
    ),
    ("The tumour was removed, followed by adjuvant imatinib for three years.", "-"),
    ("Resection in 2008, followed by tamoxifen for five years (completed in 2013).", "-"),
    ("She has been followed by us for three years without recurrence.", "36"),
    ("He was 3 months from the start of sunitinib when it progressed.", "-"),
]


@pytest.mark.parametrize(("text", "told"), LETTERS)
def test_follow_up(reader: Reader, text: str, told: str) -> None:
    found = [d.value for d in followup.find(View(reader.read(text), reader.lexicon))]
    assert (" ".join(found) or "-") == told
