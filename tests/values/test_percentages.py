"""Percentages and the words that bound them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values import Quantity, scan_percentages

# text with the percentage in [brackets], and its value
FORMS = [
    ("CAIX [90%]", "90"),
    ("CAIX [90 %] of cells", "90"),
    ("[90 per cent]", "90"),
    ("[90 percent]", "90"),
    ("[ninety per cent]", "90"),
    ("[ninety-five percent]", "95"),
    ("[one hundred per cent]", "100"),
    ("EF [62.5%]", "62.5"),
    ("[80-90%]", "80-90"),
    ("[80–90 %]", "80-90"),
    ("[80% - 90%]", "80-90"),
    ("[80 to 90 percent]", "80-90"),
    ("[eighty to ninety per cent]", "80-90"),
    ("[between 80 and 90 %]", "80-90"),
    ("[between 80% and 90%]", "80-90"),
    ("[over ninety per cent]", ">90"),
    ("[more than 80%]", ">80"),
    ("[greater than 80%]", ">80"),
    ("[in excess of 80%]", ">80"),
    ("[>80%]", ">80"),
    ("CAIX[>80%]", ">80"),
    ("[> 80 %]", ">80"),
    ("[at least 85%]", ">=85"),
    ("[no less than 85%]", ">=85"),
    ("[>=80%]", ">=80"),
    ("[≥80%]", ">=80"),
    ("[>/=80%]", ">=80"),
    ("[80% or more]", ">=80"),
    ("[80% or above]", ">=80"),
    ("[80%+]", ">=80"),
    ("[80+%]", ">=80"),
    ("[<5%]", "<5"),
    ("[less than 5%]", "<5"),
    ("([less than 5%] of the area)", "<5"),
    ("[under 5%]", "<5"),
    ("[up to 90%]", "<=90"),
    ("[no more than 10%]", "<=10"),
    ("[not exceeding 10%]", "<=10"),
    ("[≤10%]", "<=10"),
    ("[about 85%]", "~85"),
    ("[approximately 85%]", "~85"),
    ("[approx. 85%]", "~85"),
    ("[around 85%]", "~85"),
    ("[some 20%] of the tumour", "~20"),
    ("[c. 85%]", "~85"),
    ("[~85%]", "~85"),
    ("[85% or so]", "~85"),
    ("[nearly 90%]", "~90"),
    ("[about 80-90%]", "~80-90"),
    ("[8O%]", "80"),
    ("[l00%]", "100"),
    ("[9O-95%]", "90-95"),
    ("[four-fifths] of the cells", "80"),
    ("[more than four-fifths]", ">80"),
    ("[three quarters] of cells", "75"),
    ("[around three quarters]", "~75"),
    ("[nine-tenths] of tumour cells", "90"),
    ("[two thirds] of it", "~67"),
    ("[a third] of the cells", "~33"),
    ("[a quarter] of the cells", "25"),
    ("[half] of the cells", "50"),
    ("[over half] of the tumour", ">50"),
    ("[virtually all] cells", ">=95"),
    ("[almost all] of the tumour cells", ">=95"),
    ("[all] of the tumour cells", "100"),
    ("[all] tumour cells", "100"),
    ("[every] tumour cell", "100"),
    ("[none] of the cells", "0"),
    ("O2 requirement went up to [60%]", "60"),
    ("Sats [never below 93%]", ">=93"),
    ("echo 10/11/10 - [96%] MPHR", "96"),
    ("[one or two per cent]", "1-2"),
    ("grade 2 or [90%]", "90"),
    ("88 -> [94%]", "94"),
    ("EF fell to [40%]", "40"),
    ("(mortality [~1%])", "~1"),
]


@pytest.mark.parametrize(("marked", "value"), FORMS)
def test_form(marked, value):
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = scan_percentages(text)
    assert [(text[raw.start : raw.end], str(raw.quantity)) for raw in found] == [
        (text[start:end], value)
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("EF fell from 60 to 40%", ["60", "40"]),
        ("3+ in 80% and 2+ in a further 15%", ["80", "15"]),
        ("90% on the nephrectomy, 60% on the lung biopsy", ["90", "60"]),
        ("PR (-46%)", ["46"]),
        ("LVEF 55% and EF 60%", ["55", "60"]),
        ("alveolar 70%, granular <5%, papillary 0%", ["70", "<5", "0"]),
        ("5% and 90%", ["5", "90"]),
    ],
)
def test_several(text, values):
    assert [str(raw.quantity) for raw in scan_percentages(text)] == values


@pytest.mark.parametrize(
    "text",
    ["80", "120%", "PS 1", "recent", "a cent", "no viable tumour cells", "half the dose",
     "three quarters of an hour", "the third cycle", "a third line", "the first quarter of 2010",
     "all well", "all his tablets", "none today", "half a tablet", "one fifths", "two third",
     "centre", "accent", "percentile", "all the tumour-bearing blocks"],
)  # fmt: skip
def test_no_percentage(text):
    assert scan_percentages(text) == []


def test_doubtful_readings_are_marked():
    assert scan_percentages("8O%")[0].ocr
    assert not scan_percentages("80%")[0].ocr
    assert scan_percentages("virtually all cells")[0].worded


PIECES = st.lists(
    st.sampled_from(
        ["80", "90", "%", " ", "-", "per cent", "over", "up to", "8O", "cells", "half",
         "all of the", "two", "thirds", "+", "or more", ">", "≥", "~", "between", "and", "\n",
         "İ", "l0", "."]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(PIECES | st.text(max_size=60))
def test_never_overlaps_and_always_writes(text):
    end = 0
    for raw in scan_percentages(text):
        assert end <= raw.start < raw.end <= len(text)
        end = raw.end
        assert Quantity.parse(str(raw.quantity)) == raw.quantity
        assert raw.quantity.low <= 100
