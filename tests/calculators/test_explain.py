"""Eligibility explained: the value, what letters say otherwise, what to chase and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.calculators import judge, judge_eligibility
from extract.calculators.explain import TITLES, WHERE, Explanation, explain
from extract.evaluation import letter_of, read_gold
from extract.patients import build_patients
from extract.records import Clock, LetterRecord, PatientRecord
from extract.values.agents import load_agents
from extract.values.kleene import Truth

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
Row = tuple[str, str, str]


def patient(*letters: list[Row]) -> PatientRecord:
    made: list[LetterRecord] = [
        letter_of(f"p1/{number}", rows) for number, rows in enumerate(letters)
    ]
    (found,) = build_patients(made, load_agents())
    return judge(found)


BEFORE: list[Row] = [
    ("letter_date", "", "2010-01-04"),
    ("ecog", "", "1"),
    ("caix", "", "positive"),
    ("therapy", "sunitinib", "given"),
    ("therapy_end", "sunitinib", "2009-11"),
    ("therapy_end_reason", "sunitinib", "progression"),
    ("stress_echo", "", "awaited"),
    ("site", "lung", "present"),
    ("washout", "sunitinib", ">=56"),
]
LATER: list[Row] = [
    ("letter_date", "", "2010-02-01"),
    ("caix", "", "90"),
    ("caix", "", "80-95"),
    ("histology_group", "", "favourable"),
    ("histology", "", "clear_cell"),
    ("stress_echo", "", "satisfactory"),
    ("therapy", "aldesleukin", "planned"),
    ("therapy_start", "aldesleukin", "2010-02-10"),
]
GIVEN: list[Row] = [
    ("letter_date", "", "2010-02-20"),
    ("ecog", "", "2"),
    ("therapy", "aldesleukin", "given"),
    ("therapy_start", "aldesleukin", "2010-02-15"),
    ("therapy_end", "sunitinib", "2009-11-30"),
    ("therapy", "sunitinib", "given"),
]


@pytest.fixture(scope="module")
def found() -> Explanation:
    return explain(patient(BEFORE, LATER, GIVEN))


def test_every_criterion_is_there_in_order_with_its_threshold(found: Explanation) -> None:
    assert [item.name for item in found.criteria] == list(TITLES)
    assert all(item.threshold for item in found.criteria)
    assert found.clock is Clock.FIRST_DOSE
    assert TITLES.keys() == WHERE.keys()


def test_a_closer_number_outranks_a_word_and_a_range(found: Explanation) -> None:
    item = next(c for c in found.criteria if c.name == "caix")
    assert (item.verdict, item.value) == (Truth.MET, "90")
    assert [(s.value, s.counted) for s in item.statements] == [
        ("positive", False),
        ("90", True),
        ("80-95", False),
    ]
    assert {s.why for s in item.statements if not s.counted} == {"a closer number outranks it"}
    # One number meets all three statements, so the letters do not disagree.
    assert not item.conflicts


def test_statements_of_another_time_do_not_disagree(found: Explanation) -> None:
    item = next(c for c in found.criteria if c.name == "ecog")
    assert item.value == "1"
    late = next(s for s in item.statements if s.value == "2")
    assert (late.counted, late.alone, late.why) == (False, Truth.NOT_MET, "after the first dose")
    assert item.disagreeing == ()


def test_a_result_outranks_what_was_awaited(found: Explanation) -> None:
    item = next(c for c in found.criteria if c.name == "stress_echo")
    assert [(s.value, s.why) for s in item.statements] == [
        ("awaited", "a result outranks it"),
        ("satisfactory", ""),
    ]


def test_the_dates_of_the_washout_are_its_statements(found: Explanation) -> None:
    item = next(c for c in found.criteria if c.name == "washout")
    assert (item.verdict, item.value) == (Truth.MET, "77")
    said = {s.what: (s.value, s.counted) for s in item.statements}
    assert said["last dose of sunitinib"] == ("2009-11-30", True)
    assert said["first interleukin-2"] == ("2010-02-15", True)
    assert said["stated washout of sunitinib"] == (">=56", False)


def test_the_other_clock_is_told(found: Explanation) -> None:
    assert found.as_planned is found.eligible
    short = explain(patient(BEFORE, [*LATER[:-1], ("therapy_start", "aldesleukin", "2010-01-05")],
                            GIVEN))  # fmt: skip
    assert short.as_planned is Truth.NOT_MET
    planned = explain(patient(BEFORE, LATER, GIVEN), as_planned=True)
    assert planned.clock is Clock.PLANNED
    assert next(c for c in planned.criteria if c.name == "washout").value == "72"


def test_an_unknown_says_what_to_chase_and_where() -> None:
    found = explain(patient([("letter_date", "", "2010-01-04"), ("ecog", "", "1")]))
    unknown = [item for item in found.criteria if item.verdict is Truth.UNKNOWN]
    assert {item.name for item in unknown} == set(TITLES) - {"ecog", "setting"}
    assert all(item.chase and item.where for item in unknown)
    assert all(not item.where for item in found.criteria if item not in unknown)


def test_a_letter_that_disagrees_is_named() -> None:
    # Two last doses that cannot both be true: every reading must agree to decide.
    found = explain(
        patient(BEFORE, LATER, [*GIVEN[:4], ("therapy", "sunitinib", "given"),
                                ("therapy_end", "sunitinib", "2010-01-20")])
    )  # fmt: skip
    item = next(c for c in found.criteria if c.name == "washout")
    assert item.conflicts[0].about == "last dose of sunitinib"
    assert len(item.conflicts[0].readings) == 2


def test_explanations_agree_with_the_judgement_on_every_corpus() -> None:
    for folder in sorted(CORPORA.rglob("facts.csv")):
        for record in build_patients(read_gold(folder), load_agents()):
            for as_planned in (False, True):
                judged = judge_eligibility(record, as_planned=as_planned)
                told = explain(record, as_planned=as_planned)
                assert told.eligible is judged.eligible
                verdicts = {item.name: item.verdict for item in told.criteria}
                assert verdicts.pop("setting") is judged.setting_verdict
                assert verdicts == {item.name: item.verdict for item in judged.criteria}
