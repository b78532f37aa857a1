"""Settings hold, and what will not do is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from extract.archive import RunSettings
from extract.archive.settings import FEW, load_criteria
from extract.calculators.criteria import PRESETS, PUBLISHED
from extract.errors import Code, ExtractError


def problems_of(name: str) -> list[str]:
    with pytest.raises(ExtractError) as raised:
        load_criteria(name)
    assert {problem.code for problem in raised.value.problems} == {Code.SETTINGS}
    return [problem.detail for problem in raised.value.problems]


def test_settings_do_not_change() -> None:
    settings = RunSettings.checked(letters="letters")
    with pytest.raises(ValidationError):
        settings.workers = 3  # type: ignore[misc]


def test_every_bad_value_is_named() -> None:
    with pytest.raises(ExtractError) as raised:
        RunSettings.checked(letters="letters", workers=-1, max_bytes=0, colour="red")
    assert {problem.path for problem in raised.value.problems} == {"workers", "max_bytes", "colour"}


@pytest.mark.parametrize(
    ("workers", "files", "processes"),
    [(1, 1000, 1), (4, 1000, 4), (4, 3, 3), (0, FEW, 1), (4, 0, 1)],
)
def test_as_many_processes_as_are_of_use(workers: int, files: int, processes: int) -> None:
    assert RunSettings.checked(letters="x", workers=workers).processes(files) == processes


@pytest.mark.parametrize("name", PRESETS)
def test_thresholds_may_be_named(name: str) -> None:
    assert load_criteria(name) is PRESETS[name]


def test_thresholds_may_be_a_file_over_the_published_ones(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("ecog_max: 2\nwashout_days: 28\n")
    assert load_criteria(str(path)) == PUBLISHED.changed(
        {"ecog_max": 2, "washout_days": 28}, name="ours"
    )
    path.write_text("name: theirs\n")
    assert load_criteria(str(path)).name == "theirs"


def test_bad_thresholds_are_named(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("ecog_max: many\nwashout_dyas: 28\n")
    first, second = sorted(problems_of(str(path)))
    assert "ecog_max" in first
    assert "washout_dyas" in second
    for content in ("- ecog_max", "a: [", "\ufffe"):
        path.write_text(content)
        assert len(problems_of(str(path))) == 1
    path.write_bytes(b"\xff\xfe\xfa")
    assert len(problems_of(str(path))) == 1
    assert "presets" in problems_of(str(tmp_path / "nowhere.yaml"))[0]
