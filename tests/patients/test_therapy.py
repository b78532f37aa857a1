"""Therapy over letters: courses, lines, failures, and the setting they make."""

import pytest

from extract.evaluation import letter_of
from extract.patients import build_patients
from extract.records import PatientRecord
from extract.values.agents import load_agents

Rows = list[tuple[str, str, str]]
RENAL = ("histology", "", "clear_cell")


def patient(*letters: Rows) -> PatientRecord:
    records = [letter_of(f"p/{i}", rows) for i, rows in enumerate(letters)]
    (found,) = build_patients(records, load_agents())
    return found


def course(agent: str, start: str = "", end: str = "", *reasons: str, response: str = "") -> Rows:
    rows: Rows = [("therapy", agent, "given")]
    rows.extend([("therapy_start", agent, start)] if start else [])
    rows.extend([("therapy_end", agent, end)] if end else [])
    rows.extend(("therapy_end_reason", agent, reason) for reason in reasons)
    rows.extend([("response", agent, response)] if response else [])
    return rows


def dated(day: str, *rows: Rows) -> Rows:
    return [("letter_date", "", day), RENAL, *(row for group in rows for row in group)]


def lines_of(found: PatientRecord) -> list[tuple[str, ...]]:
    return [line.agents for line in found.lines]


def test_letters_of_one_course_make_one_episode() -> None:
    found = patient(
        dated("2010-01-01", [("therapy", "sunitinib", "current"),
                             ("therapy_start", "sunitinib", "2009-09")]),
        dated("2010-06-01", course("sunitinib", "2009-09-14", "2010-05", "progression")),
    )  # fmt: skip
    (episode,) = found.episodes
    assert episode.key == "sunitinib"
    assert episode.status == "given"
    assert [span.edtf for span in episode.starts] == ["2009-09-14"]
    assert {source.letter_id for source in episode.starts[0].sources} == {"p/0", "p/1"}
    assert episode.drug_class == "VEGFR-TKI"


def test_a_numbered_second_course_is_an_episode_and_a_line() -> None:
    found = patient(
        dated("2011-04-01",
              course("sunitinib", "2009-02-09", "2010-05-17", "progression"),
              course("sunitinib#2", "2010-10-04", "2011-03-28", "toxicity", response="SD")),
    )  # fmt: skip
    assert [episode.key for episode in found.episodes] == ["sunitinib", "sunitinib#2"]
    assert [line.rechallenge for line in found.lines] == [False, True]
    assert (found.setting.label, found.setting.lines_failed) == ("salvage", "1")


def test_a_bare_mention_joins_the_course_its_dates_fit() -> None:
    found = patient(
        dated("2011-04-01",
              course("sunitinib", "2009-02-09", "2010-05-17", "progression"),
              course("sunitinib#2", "2010-10-04", "2011-03-28", "toxicity")),
        dated("2011-06-01", course("sunitinib", "2010-10", "2011-03")),
        dated("2011-07-01", course("sunitinib", "", "", "progression")),
    )  # fmt: skip
    first, second = found.episodes
    assert {s.letter_id for s in second.sources} == {"p/0", "p/1"}
    assert {s.letter_id for s in first.sources} == {"p/0", "p/2"}


def test_dates_well_apart_make_two_courses_without_a_number() -> None:
    found = patient(
        dated("2009-08-01", course("sunitinib", "2009-01-05", "2009-07-01", "toxicity")),
        dated("2011-01-01", course("sunitinib", "2010-03-01", "2010-12-01", "progression")),
    )
    assert [episode.key for episode in found.episodes] == ["sunitinib", "sunitinib#2"]


def test_a_stop_that_a_later_letter_overtakes_was_a_pause() -> None:
    found = patient(
        dated("2010-03-01", course("pazopanib", "2009-09-01", "2010-02-20")),
        dated("2010-05-01", [("therapy", "pazopanib", "current")]),
        dated("2010-09-01", course("pazopanib", "2009-09-01", "2010-08-20", "progression")),
    )
    (episode,) = found.episodes
    assert [span.edtf for span in episode.ends] == ["2010-08-20"]


def test_two_exact_ends_are_kept_side_by_side() -> None:
    found = patient(
        dated("2010-09-01", course("everolimus", "2010-03", "2010-08-02", "toxicity")),
        dated("2010-10-01", course("everolimus", "2010-03-08", "2010-08-30", "toxicity")),
    )
    (episode,) = found.episodes
    assert [span.edtf for span in episode.ends] == ["2010-08-02", "2010-08-30"]
    (conflict,) = [c for c in found.conflicts if "everolimus" in c.about]
    assert conflict.chosen == "2010-08-02/2010-08-30"
    assert {s.letter_id for r in conflict.readings for s in r.sources} == {"p/0", "p/1"}


@pytest.mark.parametrize(
    ("second", "lines"),
    [
        ("2010-01-04", [("bevacizumab", "temsirolimus")]),
        ("2010-01-31", [("bevacizumab", "temsirolimus")]),
        ("2010-02-02", [("bevacizumab",), ("temsirolimus",)]),
    ],
)
def test_agents_begun_within_28_days_are_one_line(
    second: str, lines: list[tuple[str, ...]]
) -> None:
    found = patient(
        dated("2010-06-01",
              course("bevacizumab", "2010-01-04", "2010-04", "progression"),
              course("temsirolimus", second, "2010-04", "progression")),
    )  # fmt: skip
    assert lines_of(found) == lines


def test_a_combination_counts_one_failure_and_has_both_classes() -> None:
    found = patient(
        dated("2010-06-01",
              course("bevacizumab", "2010-01", "2010-04", "progression"),
              course("temsirolimus", "2010-01", "2010-04", "progression")),
    )  # fmt: skip
    assert found.setting.lines_failed == "1"
    assert found.lines[0].classes == ("anti-VEGF mAb", "mTOR")


def test_bevacizumab_with_interferon_then_everolimus_is_two_targeted_lines() -> None:
    found = patient(
        dated("2010-06-01",
              course("bevacizumab", "2008-06-02", "2009-01", "progression"),
              course("interferon alfa", "2008-06-02", "2009-01", "progression"),
              course("everolimus", "2009-02-09", "2010-01", "progression")),
    )  # fmt: skip
    assert lines_of(found) == [("bevacizumab", "interferon alfa"), ("everolimus",)]
    assert [line.targeted for line in found.lines] == ["met", "met"]
    assert found.setting.lines_failed == "2"


def test_drugs_one_after_the_other_in_one_month_are_two_lines() -> None:
    found = patient(
        dated("2010-06-01",
              course("sunitinib", "2010-02-01", "2010-02-10", "toxicity"),
              course("pazopanib", "2010-02-20", "2010-05-01", "progression")),
    )  # fmt: skip
    assert lines_of(found) == [("sunitinib",), ("pazopanib",)]


@pytest.mark.parametrize(
    ("rows", "label", "failed"),
    [
        ([course("sunitinib", "2009", "2010-01", "progression")], "salvage", "1"),
        ([course("sunitinib", "2009", "2010-01", response="PD")], "salvage", "1"),
        (
            [
                course("sunitinib", "2009-01", "2009-06", "progression"),
                course("everolimus", "2009-07", "2010-01", "toxicity"),
            ],
            "salvage",
            "1",
        ),
        ([course("sunitinib", "2009", "2010-01", "switch", response="PR")], "consolidation", "0"),
        ([course("sunitinib", "2009", "2010-01", response="PR")], "consolidation", "0"),
        ([course("sunitinib", "2009", "2010-01", "switch", response="SD")], "consolidation", "0"),
        ([course("sunitinib", "2009", "2010-01", "toxicity")], "unknown", "0"),
        ([course("sunitinib", "2009", "2010-01")], "unknown", "unknown"),
        (
            [
                course("sunitinib", "2009-01", "2009-06", response="PR"),
                course("everolimus", "2009-07", "2010-01", "progression"),
            ],
            "salvage",
            "unknown",
        ),
        ([course("interferon alfa", "2009", "2010-01", "progression")], "none", "0"),
        ([course("nivolumab", "2009", "2010-01", "progression")], "none", "0"),
        ([course("trial agent", "2009", "2010-01", "progression")], "unknown", "unknown"),
        ([[]], "none", "0"),
    ],
)
def test_setting(rows: list[Rows], label: str, failed: str) -> None:
    found = patient(dated("2010-06-01", *rows))
    assert (found.setting.label, found.setting.lines_failed) == (label, failed)


def test_another_cancer_has_no_setting() -> None:
    rows = [("letter_date", "", "2010-06-01"), ("histology", "", "non_renal")]
    found = patient([*rows, *course("erlotinib", "2009", "2010", "progression")])
    assert (found.setting.label, found.setting.lines_failed) == ("none", "1")


def test_drugs_of_other_cancers_tell_where_no_letter_types_it() -> None:
    rows = course("cetuximab", "2009", "2010", "completed", response="PR")
    found = patient([("letter_date", "", "2010-06-01"), *rows])
    assert (found.renal, found.setting.label) == ("not_met", "none")
    renal = patient([("letter_date", "", "2010-06-01"), *rows, *course("sunitinib", "2010")])
    assert renal.renal == "unknown"


def il2(start: str, status: str = "given") -> Rows:
    return [("therapy", "aldesleukin", status), ("therapy_start", "aldesleukin", start)]


def test_targeted_therapy_after_interleukin_does_not_count() -> None:
    found = patient(
        dated("2012-06-01", il2("2010-02-01"),
              course("sunitinib", "2011-01", "2011-10", "progression"))
    )  # fmt: skip
    assert (found.setting.label, found.setting.lines_failed) == ("none", "0")
    assert [line.before_il2 for line in found.lines] == ["met", "not_met"]


def test_an_undated_drug_that_is_taken_when_interleukin_is_over_came_after_it() -> None:
    found = patient(
        dated("2010-01-01", course("pazopanib", "2009-01", "2009-11", "switch", response="PR")),
        [RENAL, ("therapy", "aldesleukin", "given"), ("therapy", "pazopanib", "given"),
         ("therapy", "pazopanib#2", "current")],
        dated("2010-03-01", il2("2010-02-01")),
    )  # fmt: skip
    assert (found.setting.label, found.setting.lines_failed) == ("consolidation", "0")


def test_planned_drugs_are_no_lines() -> None:
    found = patient(
        dated("2010-06-01", [("therapy", "axitinib", "planned"),
                             ("therapy_start", "axitinib", "2010-07-01")])
    )  # fmt: skip
    assert found.lines == ()
    assert [span.edtf for span in found.episodes[0].planned] == ["2010-07-01"]


def test_interleukin_counts_cycles_and_keeps_the_first_dose() -> None:
    found = patient(
        dated("2010-01-20", il2("2010-02-08", "planned")),
        dated("2010-02-10", il2("2010-02", "current")),
        dated("2010-06-10", [*il2("2010-05-17", "current"), ("il2_cycle_start", "1", "2010-02-01"),
                             ("il2_cycle_start", "3", "2010-05-17"), ("il2_doses", "1", "11"),
                             ("il2_doses", "3", "10")]),
    )  # fmt: skip
    assert found.il2.given
    assert [span.edtf for span in found.il2.first_doses] == ["2010-02-01"]
    assert [span.edtf for span in found.il2.planned] == ["2010-02-08"]
    assert [(c.number, c.doses.value if c.doses else "") for c in found.il2.cycles] == [
        (1, "11"),
        (3, "10"),
    ]
    assert not found.conflicts


def test_the_newest_plan_holds() -> None:
    found = patient(
        dated("2010-01-20", il2("2010-02-08", "planned")),
        dated("2010-02-01", il2("2010-03-01", "planned")),
    )
    assert not found.il2.given
    assert [span.edtf for span in found.il2.planned] == ["2010-03-01"]


def test_timeline_is_in_order_of_dates() -> None:
    found = patient(
        dated("2010-06-01", course("sunitinib", "2009-01-12", "2009-11", "progression",
                                   response="PR"), [("death", "", "2011-02-03")])
    )  # fmt: skip
    kinds = [event.kind for event in found.timeline]
    assert kinds == ["start", "end", "letter", "response", "death"]
    days = [event.on.earliest for event in found.timeline if event.on]
    assert days == sorted(days)
