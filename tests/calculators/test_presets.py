"""Named thresholds: what ships, what a study writes, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.calculators import PRESETS, PUBLISHED, Basis, Criteria, judge
from extract.calculators.outcomes import cohort_outcomes
from extract.calculators.presets import (
    SHORT,
    named_criteria,
    parse_changes,
    read_criteria,
    shipped,
)
from extract.calculators.verdicts import caix_verdict
from extract.errors import Code, ExtractError
from extract.evaluation import letter_of
from extract.patients import build_patients
from extract.records import PatientRecord
from extract.resources import patterns_dir
from extract.values.agents import load_agents


def problems(path: Path, name: str = "") -> list[str]:
    with pytest.raises(ExtractError) as raised:
        read_criteria(path, name)
    assert {problem.code for problem in raised.value.problems} == {Code.SETTINGS}
    return [f"{problem.path}|{problem.detail}" for problem in raised.value.problems]


def write(folder: Path, text: str, name: str = "study.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# ------------------------------------------------------------------ what ships


def test_the_published_set_is_the_program_s_own() -> None:
    assert shipped()["published"] == PUBLISHED == Criteria()
    assert list(PRESETS) == ["published", "caix85", "recist-unconfirmed", "recist-confirmed"]
    assert len(PRESETS) == 4


def test_every_key_is_explained_and_given_in_the_file() -> None:
    text = (patterns_dir() / "criteria.toml").read_text(encoding="utf-8")
    for key in set(Criteria.model_fields) - {"name"}:
        assert f"#   {key} " in text
        assert f"\n{key} = " in text


@pytest.mark.parametrize(
    ("preset", "value", "verdict"),
    [
        ("published", ">80", "met"),
        ("published", "81-90", "met"),
        ("published", "80", "not_met"),
        ("published", "80-90", "unknown"),
        ("caix85", ">80", "unknown"),
        ("caix85", "81-85", "not_met"),
        ("caix85", "85", "not_met"),
        ("caix85", ">85", "met"),
        ("caix85", "86", "met"),
    ],
)
def test_caix_by_each_preset(preset: str, value: str, verdict: str) -> None:
    assert caix_verdict(value, PRESETS[preset]) == verdict


def responder(*dated: str) -> PatientRecord:
    rows = [
        ("letter_date", "", "2011-01-10"),
        ("therapy", "aldesleukin", "given"),
        ("therapy_start", "aldesleukin", "2010-01-04"),
        *(("response_date", "aldesleukin", value) for value in dated),
        *(("response", "aldesleukin", value[:2]) for value in dict.fromkeys(d[:2] for d in dated)),
    ]
    (patient,) = build_patients([letter_of("p1/a", rows)], load_agents())
    return patient


@pytest.mark.parametrize(
    ("preset", "dated", "responders", "complete"),
    [
        ("published", ("CR=2010-03-01",), 1, 1),
        ("recist-unconfirmed", ("CR=2010-03-01",), 1, 1),
        ("recist-confirmed", ("CR=2010-03-01",), 0, 0),
        ("recist-confirmed", ("CR=2010-03-01", "CR=2010-04-15"), 1, 1),
        ("recist-confirmed", ("CR=2010-03-01", "CR=2010-03-28"), 0, 0),
        ("recist-confirmed", ("PR=2010-03-01", "CR=2010-04-15"), 1, 0),
        ("published", ("PR=2010-03-01", "CR=2010-04-15"), 1, 1),
    ],
)
def test_responses_by_each_preset(
    preset: str, dated: tuple[str, ...], responders: int, complete: int
) -> None:
    criteria = PRESETS[preset]
    found = cohort_outcomes([judge(responder(*dated), criteria)], criteria)
    assert found.headline.responders == responders
    assert found.headline.complete_responders == complete
    assert found.response_basis == criteria.response_basis


# --------------------------------------------------------------- a study's own


def test_a_file_of_keys_is_one_set_named_by_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "caix_above_percent = 85\nwashout_days = 28\n")
    expected = PUBLISHED.changed({"caix_above_percent": 85, "washout_days": 28}, name="study")
    assert read_criteria(path) == expected
    assert named_criteria(str(path)) == expected


def test_tables_are_sets_that_may_be_based_on_each_other(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[a]\nbased_on = "b"\norgans_max = 3\n[b]\nbased_on = "recist-confirmed"\necog_max = 2\n',
    )
    found = named_criteria(f"{path}:a")
    assert (found.name, found.organs_max, found.ecog_max) == ("a", 3, 2)
    assert found.response_basis is Basis.CONFIRMED
    assert "more than one set" in problems(path)[0]
    assert "no set 'c'" in problems(path, "c")[0]


def test_a_set_at_the_top_is_meant_where_none_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, 'name = "ours"\necog_max = 2\n[other]\norgans_max = 1\n')
    assert read_criteria(path).name == "ours"
    assert read_criteria(path, "other").organs_max == 1


def test_the_only_table_is_meant_where_none_is_named(tmp_path: Path) -> None:
    assert read_criteria(write(tmp_path, "[only]\norgans_max = 1\n")).name == "only"


def test_yaml_will_do_as_well(tmp_path: Path) -> None:
    assert read_criteria(write(tmp_path, "ecog_max: 2\n", "study.yaml")).ecog_max == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("caix_above = 85\n", "caix_above: "),
        ("ecog_max = 7\n", "ecog_max: "),
        ('ecog_max = "many"\n', "ecog_max: "),
        ('response_basis = "guessed"\n', "response_basis: "),
        ("[a]\nwashout_days = -1\n", "a|washout_days: "),
        ('[a]\nbased_on = "nobody"\n', "a|based_on: there is no set 'nobody'"),
        ('[a]\nbased_on = "b"\n[b]\nbased_on = "a"\n', "based_on: a on b on a goes round"),
        ("ecog_max = \n", "No TOML: "),
        ("", "holds no thresholds"),
    ],
)
def test_what_is_wrong_is_named_by_its_key(tmp_path: Path, text: str, said: str) -> None:
    found = problems(write(tmp_path, text))
    assert any(said in problem for problem in found), found
    assert all("study.toml" in problem for problem in found)


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "[a]\necog_max = 9\ncolour = 1\n[b]\norgans_max = 0\n")
    assert len(problems(path)) == 3


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"\xff\xfe\xfa")
    assert "UnicodeDecodeError" in problems(tmp_path / "latin.toml")[0]
    with pytest.raises(ExtractError, match="the presets are published"):
        named_criteria(str(tmp_path / "nowhere.toml"))


# ------------------------------------------------------------------------ --set


def test_changes_take_short_names_and_keys() -> None:
    found = parse_changes(["caix=85", "washout_days = 42", "response=confirmed"])
    assert PUBLISHED.changed(found) == PUBLISHED.changed(
        {"caix_above_percent": 85, "washout_days": 42, "response_basis": "confirmed"}
    )
    assert set(SHORT.values()) <= set(Criteria.model_fields)


@pytest.mark.parametrize("text", ["caix", "caix=", "=85", ""])
def test_a_change_is_a_key_and_a_value(text: str) -> None:
    with pytest.raises(ExtractError, match="KEY=VALUE"):
        parse_changes([text])


def test_a_key_is_given_once() -> None:
    with pytest.raises(ExtractError, match="twice"):
        parse_changes(["caix=85", "caix_above_percent=90"])
