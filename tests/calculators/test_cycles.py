"""Toxicity by cycle: only where a letter can be about one cycle, and silence stays unknown."""

from __future__ import annotations

import pytest

from extract.calculators import judge
from extract.calculators.cohort_models import Toxicity
from extract.calculators.outcomes import cohort_outcomes
from extract.evaluation import letter_of
from extract.patients import build_patients
from extract.records import LetterRecord
from extract.values.agents import load_agents

Rows = list[tuple[str, str, str]]
C1, C2 = "2010-02-01", "2010-02-15"


def letter(day: str, *rows: tuple[str, str, str]) -> LetterRecord:
    return letter_of(f"p/{day}", [("letter_date", "", day), *rows])


def toxicity(*letters: LetterRecord) -> Toxicity:
    return cohort_outcomes([judge(p) for p in build_patients(letters, load_agents())]).toxicity


def by_cycle(found: Toxicity, name: str) -> dict[str, tuple[int, int, int]]:
    """Yes, no and unknown of each cycle."""
    items = {number: getattr(cycle, name) for number, cycle in found.by_cycle.items()}
    return {number: (item.yes, item.no, item.unknown) for number, item in items.items()}


START1 = ("il2_cycle_start", "1", C1)
START2 = ("il2_cycle_start", "2", C2)
DOSES = (("il2_doses", "1", "11"), ("il2_doses", "2", "9"))
FIRST = letter("2010-02-06", START1, ("toxicity", "rash", "3"), ("icu", "", "yes"))


def test_a_letter_before_the_second_cycle_is_about_the_first() -> None:
    found = toxicity(FIRST, letter("2010-02-20", START2, *DOSES))
    assert found.by_cycle["1"].terms == {"rash": 1}
    assert found.by_cycle["1"].severe == {"rash": 1}
    assert found.by_cycle["2"].terms == {}
    assert by_cycle(found, "icu") == {"1": (1, 0, 0), "2": (0, 0, 1)}
    assert found.cycle_not_told == {}


def test_a_discharge_letter_of_the_second_cycle_is_about_that() -> None:
    own = letter("2010-02-20", START2, *DOSES, ("toxicity", "rash", "2"), ("icu", "", "no"))
    found = toxicity(FIRST, own)
    assert found.by_cycle["2"].terms == {"rash": 1}
    assert found.by_cycle["2"].severe == {}
    assert by_cycle(found, "icu") == {"1": (1, 0, 0), "2": (0, 1, 0)}
    assert (found.terms, found.severe) == ({"rash": 1}, {"rash": 1})


def test_one_letter_for_both_cycles_denies_for_both_and_tells_no_cycle() -> None:
    both = letter("2010-02-20", START1, START2, *DOSES,
                  ("toxicity", "rash", "present"), ("icu", "", "no"))  # fmt: skip
    found = toxicity(both)
    assert by_cycle(found, "icu") == {"1": (0, 1, 0), "2": (0, 1, 0)}
    assert by_cycle(found, "inotropes") == {"1": (0, 0, 1), "2": (0, 0, 1)}
    assert [cycle.terms for cycle in found.by_cycle.values()] == [{}, {}]
    assert found.cycle_not_told == {"rash": 1}


def test_needed_in_one_of_two_cycles_is_no_denial_for_either() -> None:
    yes = letter("2010-02-20", START1, START2, *DOSES, ("icu", "", "yes"))
    no = letter("2010-05-20", START1, START2, *DOSES, ("icu", "", "no"))
    found = toxicity(yes, no)
    assert by_cycle(found, "icu") == {"1": (0, 0, 1), "2": (0, 0, 1)}
    assert (found.icu.yes, found.icu.no) == (1, 0)


@pytest.mark.parametrize(
    "late",
    [
        letter("2010-06-20", START1, START2, ("toxicity", "rash", "1")),
        letter("2010-06-20", START2, ("toxicity", "rash", "1")),  # months after it
        letter("2010-06-20", START1, ("toxicity", "rash", "1")),  # only recalls the first
        letter("2010-02", START1, ("toxicity", "rash", "1")),  # either may have begun
    ],
)
def test_a_letter_that_may_be_about_either_tells_no_cycle(late: LetterRecord) -> None:
    found = toxicity(letter("2010-02-17", START1, START2), late)
    assert found.terms == {"rash": 1}
    assert found.cycle_not_told == {"rash": 1}


def test_of_one_cycle_alone_every_letter_is_about_it() -> None:
    found = toxicity(letter("2010-02-06", START1), letter("2010-05-06", ("toxicity", "rash", "1")))
    assert found.by_cycle["1"].terms == {"rash": 1}


def test_a_later_drug_s_toxicity_is_not_interleukin_s() -> None:
    after = letter("2010-09-01", ("therapy", "everolimus", "given"),
                   ("therapy_start", "everolimus", "2010-07-01"),
                   ("toxicity", "mucositis", "3"))  # fmt: skip
    before = letter("2009-09-01", ("toxicity", "diarrhoea", "2"))
    found = toxicity(before, FIRST, after)
    assert found.terms == {"rash": 1}


def test_nobody_has_no_cycles() -> None:
    found = cohort_outcomes([]).toxicity
    assert (found.by_cycle, found.cycle_not_told) == ({}, {})
