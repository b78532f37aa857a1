"""Dates and thresholds in plain words."""

from __future__ import annotations

import pytest

from extract.calculators import PRESETS
from extract.outputs.report.spoken import spoken, thresholds


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2009-12-25", "25 December 2009"),
        ("2009-12-05~", "about 5 December 2009"),
        ("2009-12", "December 2009"),
        ("2009-03~", "about March 2009"),
        ("2009-23", "autumn 2009"),
        ("2009", "2009"),
        ("2009~", "about 2009"),
        ("2009-07-20/2010-01", "between 20 July 2009 and January 2010"),
        ("", ""),
        ("a clinic", "a clinic"),
        ("2009-99", "2009-99"),
    ],
)
def test_dates_are_said_as_a_person_would(edtf: str, said: str) -> None:
    assert spoken(edtf) == said


def test_thresholds_have_units_and_no_names_of_settings() -> None:
    found = dict(thresholds(PRESETS["caix85"].changed({"washout_days": 42})))
    assert found["tumour cells positive for CAIX"] == "more than 85 %"
    assert found["from the last targeted dose to the first interleukin-2"] == "at least 42 days"
    assert not [words for row in found.items() for words in row if "_" in words]
