"""Figures: what they show as data, and drawn the same each time."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from extract.calculators import Basis, cohort_outcomes
from extract.calculators.survival import Subject
from extract.errors import Code, ExtractError
from extract.outputs.figures import FIGURES, data, draw, drawn_inline, svg_of, write_figures
from extract.outputs.figures.style import styled
from extract.outputs.loading import Finished
from extract.values.kleene import Truth
from tests.outputs.conftest import HOSTILE

pytest.importorskip("matplotlib")
NAMES = [picture.name for picture in FIGURES]


def drawn(name: str, finished: Finished) -> str:
    figure = draw(name, finished.patients, cohort_outcomes(finished.patients))
    with styled():
        return svg_of(figure)


# ---------------------------------------------------------------------- the data


def test_lanes_are_the_treated_by_setting_and_follow_up(c6: Finished) -> None:
    lanes = data.lanes(c6.patients)
    assert [lane.setting for lane in lanes] == ["salvage"] * 8 + ["consolidation"] * 8
    times = [lane.last_seen.at for lane in lanes if lane.last_seen]
    assert times[:8] == sorted(times[:8], reverse=True)
    first = lanes[0]
    assert (first.patient_id, first.best, first.ongoing) == ("S02", "CR", True)
    assert first.last_seen is not None
    assert first.last_seen.at == pytest.approx(23.98, abs=0.005)
    assert [(m.kind, round(m.when.at, 1)) for m in first.marks] == [("cycle", 0.0), ("CR", 5.5)]


def test_a_lane_ends_with_progression_or_death(c6: Finished) -> None:
    lanes = {lane.patient_id: lane for lane in data.lanes(c6.patients)}
    assert [m.kind for m in lanes["S06"].marks] == ["cycle", "PD", "death"]
    assert not lanes["S06"].ongoing
    assert not lanes["S03"].ongoing


def test_a_date_left_open_keeps_its_bounds(gold: Finished) -> None:
    bars = [bar for lane in data.lanes(gold.patients) for bar in lane.bars]
    assert all(bar.start.low <= bar.start.at <= bar.start.high for bar in bars)
    assert any(bar.start.high - bar.start.low > 0.8 for bar in bars)
    assert {bar.known for bar in bars} >= {"both", "start"}


def test_numbers_at_risk_fall_from_everyone() -> None:
    found = [Subject(2.0, True), Subject(6.0, False), Subject(6.0, True), Subject(9.0, False)]
    assert data.at_risk(found, [0, 6, 7, 12]) == [4, 3, 1, 0]


def test_responses_add_up_to_the_treated(c6: Finished) -> None:
    found = data.responses_by_setting(c6.patients, Basis.REPORTED)
    assert {name: sum(group.values()) for name, group in found.items()} == {
        "salvage": 8,
        "consolidation": 8,
    }
    assert found["salvage"]["CR"] == 3


def test_the_heat_map_has_every_verdict(gold: Finished) -> None:
    people = data.people(gold.patients)
    assert len(people) == 16
    assert {person.eligible for person in people} == {Truth.MET}
    assert {verdict for person in people for verdict in person.verdicts} == {Truth.MET}


def test_the_flow_loses_nobody(c6: Finished) -> None:
    boxes = data.flow(cohort_outcomes(c6.patients))
    assert [box.number for box in boxes] == [48, 16, 16, 13, 9]
    for box, following in pairwise(boxes[1:]):
        assert box.number - sum(number for _, number in box.left) == following.number


# --------------------------------------------------------------------- the drawing


@pytest.mark.parametrize("name", NAMES)
def test_the_drawing_is_as_it_was(
    name: str, c6: Finished, file_regression: FileRegressionFixture
) -> None:
    file_regression.check(drawn(name, c6), extension=".svg", basename=f"c6-{name}")


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_has_no_date_and_repeats(name: str, gold: Finished) -> None:
    svg = drawn(name, gold)
    assert svg == drawn(name, gold)
    assert "<dc:date>" not in svg
    assert "matplotlib.org" not in svg


def test_a_person_s_own_settings_change_nothing(c6: Finished) -> None:
    import matplotlib as mpl

    plain = drawn("responses", c6)
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "red", "svg.fonttype": "path"}):
        assert drawn("responses", c6) == plain


@pytest.mark.parametrize("name", NAMES)
def test_nobody_and_one_can_be_drawn(name: str, c6: Finished) -> None:
    for patients in ((), c6.patients[:1]):
        figure = draw(name, patients, cohort_outcomes(patients))
        with styled():
            assert svg_of(figure).startswith("<?xml")


@pytest.mark.parametrize("name", NAMES)
def test_names_are_words_and_never_markup(name: str, hostile: Finished) -> None:
    picture = next(p for p in FIGURES if p.name == name)
    svg = drawn_inline(picture, hostile.patients, cohort_outcomes(hostile.patients))
    assert "<script" not in svg
    assert "<img" not in svg
    if name in ("swimmer", "criteria"):
        assert "&lt;script&gt;" in svg
        assert HOSTILE not in svg


def test_figures_on_one_page_share_no_ids(c6: Finished) -> None:
    outcomes = cohort_outcomes(c6.patients)
    ids: list[str] = []
    for picture in FIGURES:
        svg = drawn_inline(picture, c6.patients, outcomes)
        own = re.findall(r'\bid="([^"]+)"', svg)
        pointed = set(re.findall(r'(?:url\(#|href="#)([^")]+)', svg))
        assert pointed <= set(own)
        assert f'aria-label="{picture.alt}"' in svg
        ids += own
    assert len(ids) == len(set(ids))


def test_files_are_svg_and_png(c6: Finished, tmp_path: Path) -> None:
    written = list(write_figures(tmp_path, c6.patients, cohort_outcomes(c6.patients)))
    assert len(written) == 2 * len(FIGURES)
    for path in written:
        head = path.read_bytes()[:8]
        assert head.startswith(b"<?xml" if path.suffix == ".svg" else b"\x89PNG")


def test_colours_differ_in_grey_or_have_a_hatch() -> None:
    """Where two meanings share a shade of grey, a hatch or a sign tells them apart."""
    from extract.outputs.figures import swimmer, tallies

    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for table in (swimmer._CLASSES, tallies._SETTINGS):
        looks = [(grey(colour), hatch) for colour, hatch in table.values()]
        for place, (shade, hatch) in enumerate(looks):
            for other_shade, other_hatch in looks[place + 1 :]:
                assert hatch != other_hatch or abs(shade - other_shade) > 40
    shapes = [shape for shape, _, _ in swimmer.MARKS.values()]
    assert len(set(shapes)) == len(shapes)
    signs = [sign for _, sign, _, _ in tallies._VERDICTS.values()]
    assert len(set(signs)) == len(signs)


def test_without_the_library_it_says_what_to_install(
    c6: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ExtractError) as raised:
        draw("flow", c6.patients, cohort_outcomes(c6.patients))
    assert raised.value.problems[0].code is Code.MISSING_EXTRA
