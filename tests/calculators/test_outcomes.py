"""Field guide C6: every expected figure of the invented cohort, from letters' facts."""

import random
from collections.abc import Callable

import pytest

from extract.calculators import Basis, Criteria, judge
from extract.calculators.cohort_models import Outcomes
from extract.calculators.judging import eligibility_row
from extract.calculators.outcomes import cohort_outcomes
from extract.calculators.washouts import ENOUGH, half_lives
from extract.evaluation import letter_of
from extract.patients import build_patients
from extract.records import Episode, LetterRecord, PatientRecord
from extract.values.agents import load_agents


@pytest.fixture(scope="module")
def outcomes(c6: list[PatientRecord], comparator: tuple[int, ...]) -> Outcomes:
    return cohort_outcomes(c6, comparator=comparator)


def test_headline(outcomes: Outcomes) -> None:
    assert outcomes.headline.model_dump() == {
        "treated": 16,
        "salvage": 8,
        "consolidation": 8,
        "evaluable": 13,
        "responders": 9,
        "complete_responders": 6,
        "relapsed_after_complete": 0,
        "longest_follow_up_months": 24,
        "inotropes": 0,
        "icu": 0,
    }


def test_people_stand_behind_every_count(outcomes: Outcomes) -> None:
    counts = outcomes.headline.model_dump()
    for name, ids in outcomes.people.items():
        assert counts[name] == len(ids)
    assert outcomes.people["complete_responders"] == ("C09", "C10", "C12", "S02", "S04", "S05")


def test_follow_up(outcomes: Outcomes) -> None:
    found = outcomes.follow_up
    assert found.longest_months == pytest.approx(23.98, abs=0.005)
    assert found.longest_patients == ("S02",)
    assert found.naive_median_months == pytest.approx(10.12, abs=0.005)
    assert found.median_months == pytest.approx(10.58, abs=0.005)
    assert found.deaths == 2


@pytest.mark.parametrize(
    ("group", "name", "k", "n", "exact"),
    [
        ("by_setting", "salvage", 5, 7, (29.0, 96.3)),
        ("by_setting", "consolidation", 4, 6, (22.3, 95.7)),
        ("by_last_class", "mTOR", 4, 4, (39.8, 100.0)),
        ("by_last_class", "VEGFR-TKI", 5, 9, (21.2, 86.3)),
    ],
)
def test_subgroups(
    outcomes: Outcomes, group: str, name: str, k: int, n: int, exact: tuple[float, float]
) -> None:
    found = getattr(outcomes, group)[name]
    assert (found.response.k, found.response.n) == (k, n)
    assert [100 * end for end in found.response.exact] == pytest.approx(exact, abs=0.051)
    assert (found.response.warning is not None) is (n < 5)


def test_complete_responses_by_setting(outcomes: Outcomes) -> None:
    assert (outcomes.by_setting["salvage"].complete.k, 7) == (3, 7)
    assert (outcomes.by_setting["consolidation"].complete.k, 6) == (3, 6)


def test_rates_with_both_denominators(outcomes: Outcomes) -> None:
    found = outcomes.responses
    assert (found.response_of_evaluable.k, found.response_of_evaluable.n) == (9, 13)
    assert (found.response_of_treated.k, found.response_of_treated.n) == (9, 16)
    assert (found.complete_of_evaluable.k, found.complete_of_evaluable.n) == (6, 13)
    assert (found.complete_of_treated.k, found.complete_of_treated.n) == (6, 16)
    assert (found.relapse_of_complete.k, found.relapse_of_complete.n) == (0, 6)


def test_washout(outcomes: Outcomes) -> None:
    days = outcomes.washout.days
    assert (days.minimum, days.q1, days.median, days.q3, days.maximum) == (56, 63, 70, 70, 77)
    assert outcomes.washout.too_short == ()
    assert outcomes.washout.undecided == ()


def test_washout_in_half_lives(outcomes: Outcomes) -> None:
    found = outcomes.washout
    shortest = {agent: sample.minimum for agent, sample in found.half_lives_by_agent.items()}
    # Everolimus 56 days over 30 hours; sunitinib 63 days over the 110 of its metabolite.
    assert shortest == pytest.approx({"everolimus": 44.8, "sunitinib": 63 * 24 / 110})
    assert found.half_lives.n == 16
    assert (found.few_half_lives, found.no_half_life) == ((), ())


@pytest.mark.parametrize(
    ("agents", "passed"),
    [
        (["bevacizumab"], 2.8),
        (["axitinib"], 56 * 24 / 6.1),
        (["axitinib", "bevacizumab"], 2.8),  # the one that stays longest
        (["imatinib"], None),
        (["axitinib", "imatinib"], None),
        ([], None),
    ],
)
def test_half_lives_that_56_days_are(agents: list[str], passed: float | None) -> None:
    lexicon = load_agents()
    episodes = [
        Episode(agent=agent, status="given", half_life_hours=lexicon.half_life_hours(agent))
        for agent in agents
    ]
    found = half_lives(episodes, 56)
    assert found == (None if passed is None else pytest.approx(passed))
    if passed is not None:
        assert (passed < ENOUGH) is ("bevacizumab" in agents)
        assert half_lives(episodes, -3) == 0


def test_doses(outcomes: Outcomes) -> None:
    first, second = outcomes.doses.by_cycle["1"], outcomes.doses.by_cycle["2"]
    assert [first.mean, first.sd, first.median] == pytest.approx([11.12, 1.26, 11], abs=0.006)
    assert [second.mean, second.sd, second.median] == pytest.approx([9.06, 1.34, 9], abs=0.006)
    assert outcomes.doses.first_course_percent == pytest.approx(72.1, abs=0.05)


def test_doses_against_the_comparator(outcomes: Outcomes) -> None:
    found = outcomes.doses.comparison
    assert found is not None
    assert found.difference == pytest.approx(-0.28, abs=0.006)
    assert found.interval == pytest.approx((-1.34, 0.79), abs=0.005)
    assert found.similar


def test_overall_survival(outcomes: Outcomes) -> None:
    curve = outcomes.survival["overall"].curve
    assert (curve.n, curve.events, curve.median) == (16, 2, None)
    assert [step.survival for step in curve.steps] == pytest.approx([0.9, 0.8])
    assert [step.months for step in curve.steps] == pytest.approx([8.57, 9.89], abs=0.005)


def test_progression_free_survival(outcomes: Outcomes) -> None:
    curve = outcomes.survival["progression_free"].curve
    assert curve.median == pytest.approx(11.27, abs=0.005)
    expected = [0.923, 0.846, 0.769, 0.692, 0.593, 0.475]
    assert [step.survival for step in curve.steps] == pytest.approx(expected, abs=0.0005)


def test_duration_of_response(outcomes: Outcomes) -> None:
    curve = outcomes.survival["response_duration"].curve
    assert (curve.n, curve.median) == (9, None)
    assert [step.months for step in curve.steps] == pytest.approx([6.9, 8.0], abs=0.06)


def test_support(outcomes: Outcomes) -> None:
    for found in (outcomes.toxicity.inotropes, outcomes.toxicity.icu):
        assert (found.yes, found.no, found.unknown) == (0, 16, 0)
        assert found.of_treated.exact is not None
        assert 100 * found.of_treated.exact.high == pytest.approx(20.6, abs=0.05)


def test_flow(outcomes: Outcomes) -> None:
    flow = outcomes.flow
    assert (flow.letters, flow.patients, flow.treated, flow.evaluable) == (48, 16, 16, 13)
    assert flow.excluded == {"no assessment after the first dose": ("C15", "C16", "S08")}


def test_removing_a_patients_letters_changes_the_counts(
    c6: list[PatientRecord], outcomes: Outcomes
) -> None:
    fewer = cohort_outcomes([patient for patient in c6 if patient.patient_id != "S02"])
    assert fewer.headline.treated == 15
    assert fewer.headline.complete_responders == 5
    assert fewer.headline.longest_follow_up_months < 24


def test_order_of_letters_and_patients_does_not_matter(
    c6_records: list[LetterRecord], outcomes: Outcomes, comparator: tuple[int, ...]
) -> None:
    shuffled = list(c6_records)
    random.Random(7).shuffle(shuffled)
    patients = [judge(patient) for patient in build_patients(shuffled, load_agents())]
    random.Random(8).shuffle(patients)
    again = cohort_outcomes(patients, comparator=comparator)
    assert again.model_dump_json() == outcomes.model_dump_json()


def test_confirmed_responses_need_a_second_scan(
    c6_by: Callable[[Criteria], list[PatientRecord]],
) -> None:
    criteria = Criteria.preset("recist-confirmed")
    confirmed = cohort_outcomes(c6_by(criteria), criteria)
    assert confirmed.response_basis == Basis.CONFIRMED
    assert confirmed.headline.evaluable == 13
    assert confirmed.headline.responders == 0
    assert confirmed.responses.table["as_reported"]["CR"] == 6
    assert confirmed.responses.table["unconfirmed"]["CR"] == 6


def test_planned_is_not_treated() -> None:
    rows = [
        ("letter_date", "", "2010-06-01"),
        ("therapy", "aldesleukin", "planned"),
        ("therapy_start", "aldesleukin", "2010-07-05"),
    ]
    patients = build_patients([letter_of("p1/a", rows)], load_agents())
    found = cohort_outcomes([judge(patient) for patient in patients])
    assert found.headline.treated == 0
    assert found.flow.excluded == {"not treated": ("p1",)}


def test_nobody_at_all() -> None:
    found = cohort_outcomes([])
    assert found.headline.treated == 0
    assert found.headline.longest_follow_up_months == 0
    assert found.responses.response_of_evaluable.rate is None
    assert found.model_dump_json()


def test_an_unjudged_patient_is_refused(c6: list[PatientRecord]) -> None:
    bare = c6[0].model_copy(update={"outcome": None})
    with pytest.raises(ValueError, match="has not been judged"):
        cohort_outcomes([bare])
    with pytest.raises(ValueError, match="has not been judged"):
        eligibility_row(bare)


def test_relapse_after_a_complete_response() -> None:
    letters = [
        letter_of(
            "p1/a",
            [
                ("letter_date", "", "2010-12-01"),
                ("therapy", "aldesleukin", "given"),
                ("therapy_start", "aldesleukin", "2010-01-04"),
                ("response", "aldesleukin", "CR"),
                ("response_date", "aldesleukin", "CR=2010-06-01"),
            ],
        ),
        letter_of(
            "p1/b",
            [
                ("letter_date", "", "2011-06-01"),
                ("therapy", "aldesleukin", "given"),
                ("relapse", "aldesleukin", "yes"),
            ],
        ),
    ]
    (patient,) = (judge(p) for p in build_patients(letters, load_agents()))
    assert patient.outcome is not None
    assert patient.outcome.best_response == "CR"
    assert patient.outcome.relapsed == "met"
    found = cohort_outcomes([patient])
    assert found.headline.relapsed_after_complete == 1
    assert found.survival["progression_free"].curve.events == 1


def test_dead_on_a_day_that_no_letter_gives() -> None:
    letters = [
        letter_of(
            "p1/a",
            [
                ("letter_date", "", "2010-03-01"),
                ("therapy", "aldesleukin", "given"),
                ("therapy_start", "aldesleukin", "2010-01-04"),
            ],
        ),
        letter_of("p1/b", [("letter_date", "", "2010-05-01"), ("death", "", "yes")]),
    ]
    (patient,) = (judge(p) for p in build_patients(letters, load_agents()))
    assert patient.death is not None
    assert patient.death.edtf == "2010-03-01/2010-05-01"
    found = cohort_outcomes([patient])
    assert found.survival["overall"].curve.events == 1
