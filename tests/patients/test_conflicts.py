"""Statements that cannot all be true are conflicts; those that can are not."""

from __future__ import annotations

from itertools import permutations

import pytest

from extract.patients.conflicts import changed, proportions
from extract.records import Field, Reading


def found(*values: str) -> list[str]:
    """What is chosen where the values are in conflict."""
    readings = [Reading(value=value) for value in values]
    return [conflict.chosen for conflict in proportions(Field.CAIX, readings)]


@pytest.mark.parametrize(
    "values",
    [
        ("90",),
        ("positive", ">85"),
        ("positive", "90"),
        (">80", "90"),
        ("80-90", ">85", "88"),
        ("~90", "95"),  # within five of ninety
        (">=80", "80"),
        ("negative", "<5"),
        ("90", "90"),
    ],
)
def test_percentages_that_one_number_can_meet_are_no_conflict(values: tuple[str, ...]) -> None:
    for order in permutations(values):
        assert found(*order) == []


@pytest.mark.parametrize(
    "values",
    [
        ("90", "60"),
        (">80", "80"),
        ("~90", "96"),
        ("positive", "negative"),
        ("negative", "40"),
        ("positive", "90", "60"),
    ],
)
def test_percentages_that_no_number_can_meet_are_a_conflict_and_none_is_chosen(
    values: tuple[str, ...],
) -> None:
    for order in permutations(values):
        assert found(*order) == ["/".join(order)]


def test_a_type_of_tumour_that_changes_is_a_conflict_and_the_newest_letter_is_preferred() -> None:
    told = [Reading(value="clear_cell"), Reading(value="papillary")]
    (conflict,) = changed(Field.HISTOLOGY, told)
    assert conflict.chosen == "papillary"
    assert not list(changed(Field.HISTOLOGY, told[:1] * 2))
