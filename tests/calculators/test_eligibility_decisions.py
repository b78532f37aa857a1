"""Field guide C1: every expected decision, on bare values and on whole patients."""

import pytest

from extract.calculators import Criteria, judge, judge_eligibility, what_if
from extract.calculators.eligibility import organ_count
from extract.calculators.verdicts import (
    caix_verdict,
    echo_verdict,
    ecog_verdict,
    h_score_percent,
    karnofsky_verdict,
    organs_verdict,
    salvage_verdict,
    stated_washout_verdict,
    washout_verdict,
)
from extract.errors import Code, ExtractError
from extract.evaluation import letter_of
from extract.patients import build_patients
from extract.patients.readings import date_span
from extract.records import Clock, DateSpan, PatientRecord, SettingLabel, Sites
from extract.values.agents import load_agents
from extract.values.kleene import Truth

Rows = list[tuple[str, str, str]]


def judged(*letters: Rows, criteria: Criteria | None = None) -> PatientRecord:
    records = [letter_of(f"p/{i}", rows) for i, rows in enumerate(letters)]
    (patient,) = build_patients(records, load_agents())
    return judge(patient, criteria or Criteria())


def verdict(patient: PatientRecord, name: str) -> str:
    assert patient.eligibility is not None
    return patient.eligibility.criterion(name).verdict.value


def span(edtf: str) -> DateSpan:
    found = date_span(edtf)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0", "met"), ("1", "met"), ("0-1", "met"), ("2", "not_met"), ("4", "not_met"),
     ("1-2", "unknown"), ("2-3", "not_met")],
)  # fmt: skip
def test_ecog(value: str, expected: str) -> None:
    assert ecog_verdict(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("100", "met"), ("80", "met"), ("80-90", "met"), ("70", "unknown"), ("70-80", "unknown"),
     ("60", "not_met"), ("50-60", "not_met"), ("60-70", "unknown")],
)  # fmt: skip
def test_karnofsky(value: str, expected: str) -> None:
    assert karnofsky_verdict(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (">80", "met"),  # "more than four-fifths"
        (">=80", "unknown"),
        ("80", "not_met"),
        ("81-90", "met"),
        ("80-90", "unknown"),
        ("~80", "unknown"),
        ("~90", "met"),
        (">70", "unknown"),
        ("<10", "not_met"),
        ("95", "met"),
        ("positive", "unknown"),
        ("negative", "not_met"),
    ],
)
def test_caix(value: str, expected: str) -> None:
    assert caix_verdict(value) == expected


@pytest.mark.parametrize(
    ("score", "low", "high", "expected"),
    [
        (240, 80, 100, "unknown"),
        (210, 70, 100, "unknown"),
        (270, 90, 100, "met"),
        (241, 80.333, 100, "met"),
        (80, 26.667, 80, "not_met"),
    ],
)
def test_h_score_bounds_the_percentage(
    score: float, low: float, high: float, expected: str
) -> None:
    found = h_score_percent(score)
    assert [found.low, found.high] == pytest.approx([low, high], abs=1e-3)
    assert Truth.of(found.above(80)) == expected


@pytest.mark.parametrize("score", [-1, 301])
def test_h_score_outside_its_range(score: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 300"):
        h_score_percent(score)


@pytest.mark.parametrize(
    ("last", "first", "days", "expected"),
    [
        ("2010-03-12", "2010-05-07", (56, 56), "met"),
        ("2010-03-12", "2010-05-06", (55, 55), "not_met"),
        ("2010-03", "2010-04-25", (25, 55), "not_met"),
        ("2010-03", "2010-04-26", (26, 56), "unknown"),
        ("2010-03", "2010-05-10", (40, 70), "unknown"),
        ("2010-03", "2010-05-25", (55, 85), "unknown"),
        ("2010-03", "2010-05-26", (56, 86), "met"),
    ],
)
def test_washout_from_dates(last: str, first: str, days: tuple[int, int], expected: str) -> None:
    assert span(first).days_after(span(last)) == days
    assert washout_verdict(*days) == expected
    patient = judged(
        [
            ("letter_date", "", "2010-04-01"),
            ("therapy", "sunitinib", "given"),
            ("therapy_start", "sunitinib", "2009-01-05"),
            ("therapy_end", "sunitinib", last),
            ("therapy", "aldesleukin", "planned"),
            ("therapy_start", "aldesleukin", first),
        ]
    )
    assert verdict(patient, "washout") == expected


def test_washout_of_a_four_two_cycle_end() -> None:
    """Cycle end 14 June may mean a last capsule on 31 May: 49 to 63 days to 2 August."""
    last = DateSpan(edtf="2010-06-14", earliest=span("2010-05-31").earliest,
                    latest=span("2010-06-14").latest)  # fmt: skip
    days = span("2010-08-02").days_after(last)
    assert days == (49, 63)
    assert washout_verdict(*days) == "unknown"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("56", "met"), (">=56", "met"), (">56", "met"), ("55", "not_met"), (">50", "unknown")],
)
def test_stated_washout(value: str, expected: str) -> None:
    assert stated_washout_verdict(value) == expected


@pytest.mark.parametrize(
    ("fewest", "most", "expected"),
    [(1, 2, "met"), (2, 2, "met"), (2, 3, "unknown"), (3, 3, "not_met"), (0, 0, "unknown")],
)
def test_organs(fewest: int, most: int, expected: str) -> None:
    assert organs_verdict(fewest, most) == expected


def test_a_count_that_disagrees_with_the_list_spans_both() -> None:
    patient = judged(
        [
            ("letter_date", "", "2010-04-01"),
            ("site", "lung", "present"),
            ("site", "liver", "present"),
            ("site_count", "", "3"),
        ]
    )
    (found,) = patient.sites
    assert organ_count(found) == (2, 3)
    assert verdict(patient, "sites") == "unknown"
    assert "list_disagrees" in patient.reasons


def test_an_open_count_is_an_interval() -> None:
    patient = judged([("letter_date", "", "2010-04-01"), ("site_count", "", ">=2")])
    assert organ_count(patient.sites[0]) == (2, 19)
    assert organ_count(Sites(on=None, organs=("lung", "liver"))) == (2, 2)


@pytest.mark.parametrize(
    ("result", "expected"),
    [("satisfactory", "met"), ("unsatisfactory", "not_met"), ("inconclusive", "unknown"),
     ("awaited", "unknown")],
)  # fmt: skip
def test_stress_echo(result: str, expected: str) -> None:
    assert echo_verdict(result) == expected


@pytest.mark.parametrize(
    ("fewest", "most", "expected"),
    [(1, 1, "met"), (3, 3, "met"), (4, 4, "not_met"), (0, 0, "not_met"), (0, 1, "unknown"),
     (3, 4, "unknown"), (2, 3, "met")],
)  # fmt: skip
def test_salvage_needs_one_to_three_failures(fewest: int, most: int, expected: str) -> None:
    assert salvage_verdict(fewest, most) == expected


def test_four_failed_lines_are_too_many() -> None:
    agents = ["sorafenib", "sunitinib", "everolimus", "axitinib"]
    rows: Rows = [("letter_date", "", "2014-04-01")]
    for year, agent in enumerate(agents, start=2010):
        rows.append(("therapy", agent, "given"))
        rows.append(("therapy_start", agent, f"{year}-01-01"))
        rows.append(("therapy_end_reason", agent, "progression"))
    patient = judged(rows)
    assert patient.eligibility is not None
    assert patient.setting.lines_failed == "4"
    assert patient.setting.label is SettingLabel.UNKNOWN
    assert patient.eligibility.setting_verdict is Truth.NOT_MET
    assert patient.eligibility.eligible is Truth.NOT_MET


def test_lungs_and_nodes_are_two_organs() -> None:
    patient = judged(
        [
            ("letter_date", "", "2010-04-01"),
            ("site", "lung", "present"),
            ("site", "lymph_node", "present"),
        ]
    )
    assert verdict(patient, "sites") == "met"


ALL_MET: Rows = [
    ("letter_date", "", "2010-06-14"),
    ("ecog", "", "1"),
    ("caix", "", ">90"),
    ("histology", "", "clear_cell"),
    ("histology_group", "", "favourable"),
    ("stress_echo", "", "satisfactory"),
    ("site", "lung", "present"),
    ("therapy", "sunitinib", "given"),
    ("therapy_start", "sunitinib", "2009-01-12"),
    ("therapy_end", "sunitinib", "2010-04-01"),
    ("therapy_end_reason", "sunitinib", "progression"),
    ("therapy", "aldesleukin", "planned"),
    ("therapy_start", "aldesleukin", "2010-07-05"),
]


def without(field: str, item: str = "") -> Rows:
    return [row for row in ALL_MET if not (row[0] == field and row[1] == item)]


def test_all_met() -> None:
    patient = judged(ALL_MET)
    assert patient.eligibility is not None
    assert patient.eligibility.eligible is Truth.MET
    assert patient.eligibility.chase == ()
    assert patient.eligibility.clock is Clock.PLANNED


@pytest.mark.parametrize(
    ("field", "criterion", "chase"),
    [
        ("ecog", "ecog", "performance status"),
        ("caix", "caix", "exact %"),
        ("histology_group", "histology", "pathology review"),
        ("stress_echo", "stress_echo", "stress echocardiogram"),
    ],
)
def test_silence_is_unknown_and_chased(field: str, criterion: str, chase: str) -> None:
    patient = judged(without(field))
    assert patient.eligibility is not None
    assert verdict(patient, criterion) == "unknown"
    assert patient.eligibility.eligible is Truth.UNKNOWN
    assert any(chase in text for text in patient.eligibility.chase)


def test_one_not_met_decides_although_another_is_unknown() -> None:
    rows = [("ecog", "", "2") if row[0] == "ecog" else row for row in without("caix")]
    patient = judged(rows)
    assert patient.eligibility is not None
    assert patient.eligibility.eligible is Truth.NOT_MET


def test_every_criterion_says_where_it_is_from() -> None:
    patient = judged(ALL_MET)
    assert patient.eligibility is not None
    for criterion in patient.eligibility.criteria:
        assert criterion.sources, criterion.name
        assert {source.letter_id for source in criterion.sources} == {"p/0"}


def test_status_after_the_first_dose_does_not_count() -> None:
    after: Rows = [
        ("letter_date", "", "2010-07-12"),
        ("ecog", "", "2"),
        ("therapy", "aldesleukin", "current"),
        ("therapy_start", "aldesleukin", "2010-07-05"),
        ("site", "lung", "present"),
        ("site", "liver", "present"),
        ("site", "bone", "present"),
    ]
    patient = judged(ALL_MET, after)
    assert (verdict(patient, "ecog"), verdict(patient, "sites")) == ("met", "met")
    assert patient.eligibility is not None
    assert patient.eligibility.clock is Clock.FIRST_DOSE


def test_admission_status_serves_where_no_letter_came_before() -> None:
    discharge: Rows = [
        ("letter_date", "", "2010-07-12"),
        ("ecog", "", "2"),
        ("ecog_past", "", "1"),
        ("site", "lung", "present"),
        ("therapy", "aldesleukin", "current"),
        ("therapy_start", "aldesleukin", "2010-07-05"),
    ]
    patient = judged(discharge)
    assert (verdict(patient, "ecog"), verdict(patient, "sites")) == ("met", "met")


def test_organs_of_a_relapse_say_nothing_of_the_baseline() -> None:
    late: Rows = [
        ("letter_date", "", "2012-07-12"),
        ("site", "brain", "present"),
        ("ecog_past", "", "3"),
        ("therapy", "aldesleukin", "given"),
        ("therapy_start", "aldesleukin", "2010-07-05"),
        ("relapse", "aldesleukin", "yes"),
    ]
    patient = judged(late)
    assert (verdict(patient, "ecog"), verdict(patient, "sites")) == ("unknown", "unknown")


def test_karnofsky_where_that_is_all() -> None:
    rows = [("karnofsky", "", "70") if row[0] == "ecog" else row for row in ALL_MET]
    assert verdict(judged(rows), "ecog") == "unknown"
    both = [*ALL_MET, ("karnofsky", "", "60")]
    assert verdict(judged(both), "ecog") == "met"


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ({"alveolar": ">50", "papillary": "absent", "granular": "absent"}, "met"),
        ({"alveolar": "70", "papillary": "absent", "granular": "20"}, "met"),
        ({"alveolar": "50", "papillary": "absent", "granular": "absent"}, "not_met"),
        ({"alveolar": "70", "papillary": "present", "granular": "20"}, "not_met"),
        ({"alveolar": "70", "papillary": "absent", "granular": "50"}, "not_met"),
        ({"alveolar": "present", "papillary": "absent", "granular": "absent"}, "unknown"),
        ({"alveolar": "70", "papillary": "absent"}, "unknown"),
        ({"papillary": "~20"}, "not_met"),
        ({}, "unknown"),
    ],
)
def test_histology_from_features(features: dict[str, str], expected: str) -> None:
    rows = [*without("histology_group")]
    rows.extend(("histology_feature", name, value) for name, value in features.items())
    assert verdict(judged(rows), "histology") == expected


@pytest.mark.parametrize(
    ("group", "expected"),
    [("favourable", "met"), ("intermediate", "not_met"), ("unfavourable", "not_met")],
)
def test_a_stated_group_outranks_features(group: str, expected: str) -> None:
    rows = [*without("histology_group"), ("histology_group", "", group)]
    rows.append(("histology_feature", "alveolar", "70"))
    assert verdict(judged(rows), "histology") == expected


@pytest.mark.parametrize("kind", ["papillary", "chromophobe", "non_renal"])
def test_other_histology_is_not_met(kind: str) -> None:
    rows = [("histology", "", kind) if row[0] == "histology" else row
            for row in without("histology_group")]  # fmt: skip
    patient = judged(rows)
    assert verdict(patient, "histology") == "not_met"
    assert (patient.setting.label == "none") is (kind == "non_renal")


def test_two_specimens_that_straddle_are_unknown() -> None:
    rows = [*ALL_MET, ("caix", "", "60")]
    assert verdict(judged(rows), "caix") == "unknown"


def test_a_closer_caix_outranks_a_compatible_wider_one() -> None:
    rows = [*without("caix"), ("caix", "", "80-90")]
    later: Rows = [("letter_date", "", "2010-06-20"), ("caix", "", "85")]
    assert verdict(judged(rows), "caix") == "unknown"
    assert verdict(judged(rows, later), "caix") == "met"


def test_conflicting_exact_last_doses_must_agree() -> None:
    other: Rows = [
        ("letter_date", "", "2010-06-20"),
        ("therapy", "sunitinib", "given"),
        ("therapy_end", "sunitinib", "2010-06-01"),
    ]
    patient = judged(ALL_MET, other)
    assert verdict(patient, "washout") == "unknown"
    assert any(c.about == "last dose of sunitinib" for c in patient.conflicts)
    assert "conflict" in patient.reasons


def test_an_exact_date_outranks_a_compatible_partial_one() -> None:
    rows = [*without("therapy_end", "sunitinib"), ("therapy_end", "sunitinib", "2010-05")]
    exact: Rows = [
        ("letter_date", "", "2010-06-20"),
        ("therapy", "sunitinib", "given"),
        ("therapy_end", "sunitinib", "2010-05-05"),
    ]
    assert verdict(judged(rows), "washout") == "unknown"
    patient = judged(rows, exact)
    assert verdict(patient, "washout") == "met"
    assert not patient.conflicts


def test_a_stated_washout_serves_where_dates_do_not_decide() -> None:
    rows = [*without("therapy_end", "sunitinib"), ("washout", "sunitinib", "63")]
    assert verdict(judged(rows), "washout") == "met"


def test_presets_and_changes() -> None:
    rows = [("caix", "", "85") if row[0] == "caix" else row for row in ALL_MET]
    assert verdict(judged(rows), "caix") == "met"
    assert verdict(judged(rows, criteria=Criteria.preset("caix85")), "caix") == "not_met"
    longer = Criteria().changed({"washout_days": 100}, "long")
    assert verdict(judged(rows, criteria=longer), "washout") == "not_met"
    assert longer.name == "long"


def test_bad_settings_are_named() -> None:
    with pytest.raises(ExtractError) as caught:
        Criteria().changed({"washout": 5, "organs_max": "many"})
    problems = caught.value.problems
    assert {problem.code for problem in problems} == {Code.SETTINGS}
    assert {problem.detail.split(":")[0] for problem in problems} == {"washout", "organs_max"}
    with pytest.raises(ExtractError, match="No preset"):
        Criteria.preset("none")


def test_two_clocks() -> None:
    """Planned for 5 July, given on 19 May: 95 days were planned, 48 were given."""
    discharge: Rows = [
        ("letter_date", "", "2010-05-25"),
        ("therapy", "aldesleukin", "given"),
        ("therapy_start", "aldesleukin", "2010-05-19"),
    ]
    rows = [("letter_date", "", "2010-05-10") if row[0] == "letter_date" else row
            for row in ALL_MET]  # fmt: skip
    patient = judged(rows, discharge)
    assert patient.eligibility is not None
    assert patient.eligibility.criterion("washout").value == "48"
    planned = judge_eligibility(patient, as_planned=True)
    assert planned.clock is Clock.PLANNED
    assert planned.criterion("washout").value == "95"
    assert (patient.eligibility.eligible, planned.eligible) == (Truth.NOT_MET, Truth.MET)


def test_a_plan_that_a_later_targeted_dose_overtook_has_lapsed() -> None:
    later: Rows = [
        ("letter_date", "", "2011-03-01"),
        ("therapy", "axitinib", "given"),
        ("therapy_start", "axitinib", "2010-08-01"),
        ("therapy_end", "axitinib", "2011-02-01"),
    ]
    assert verdict(judged(ALL_MET, later), "washout") == "unknown"


def test_a_test_after_treatment_does_not_undo_the_one_before() -> None:
    later: Rows = [
        ("letter_date", "", "2011-03-01"),
        ("therapy", "aldesleukin", "given"),
        ("therapy_start", "aldesleukin", "2010-07-05"),
        ("stress_echo", "", "unsatisfactory"),
    ]
    assert verdict(judged(ALL_MET, later), "stress_echo") == "met"
    assert verdict(judged(without("stress_echo"), later), "stress_echo") == "not_met"


def test_what_other_criteria_would_change() -> None:
    rows = [("caix", "", "85") if row[0] == "caix" else row for row in ALL_MET]
    found = what_if([judged(rows)], Criteria(), Criteria.preset("caix85"))
    assert [(c.name, c.before, c.after) for c in found] == [
        ("caix", Truth.MET, Truth.NOT_MET),
        ("eligible", Truth.MET, Truth.NOT_MET),
    ]
    assert what_if([judged(rows)], Criteria(), Criteria()) == []
