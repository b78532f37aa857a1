"""Figures of a cohort: SVG and PNG, drawn with matplotlib (the extra ``stats``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from extract.calculators.cohort_models import Outcomes
from extract.calculators.criteria import Basis
from extract.outputs.figures import data
from extract.outputs.figures.style import inline, png_of, styled, svg_of
from extract.outputs.loading import need
from extract.records import PatientRecord

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FIGURES", "Picture", "draw", "inline", "png_of", "svg_of", "write_figures"]

_Patients = Sequence[PatientRecord]


class Picture(NamedTuple):
    """A figure's name, its caption, and what it shows in words."""

    name: str
    caption: str
    alt: str


#: Every figure, in the order in which a reader wants them.
FIGURES: Final = (
    Picture(
        "flow",
        "Flow of patients, with everyone who leaves and why.",
        "Boxes from letters to patients, treated, evaluable and responding patients",
    ),
    Picture(
        "responses",
        "Best response of each treated patient, by setting.",
        "Bars: number of patients with each best response",
    ),
    Picture(
        "swimmer",
        "Each treated patient from two years before the first dose of interleukin-2: earlier and "
        "later therapy, cycles, responses, and how it stands. A thin line below a bar or mark "
        "covers the days that the letters leave open.",
        "Swimmer plot: one lane a patient",
    ),
    Picture(
        "survival",
        "Kaplan-Meier estimates with 95 % log-log intervals and numbers at risk.",
        "Two survival curves: overall and progression-free",
    ),
    Picture(
        "criteria",
        "Every criterion of every patient: met, not met, or not settled by the letters.",
        "Table of signs: patients by criteria",
    ),
)


def draw(name: str, patients: _Patients, outcomes: Outcomes) -> Figure:
    """Draw one figure of judged patients.

    Raises:
        ExtractError: (``extra_not_installed``) matplotlib is missing.
        KeyError: there is no figure of this name.
    """
    need("matplotlib", "stats", "A figure")
    return _DRAWN[name](patients, outcomes)


def write_figures(folder: Path, patients: _Patients, outcomes: Outcomes) -> Iterator[Path]:
    """Write every figure as SVG and PNG into a folder that exists, and tell the files."""
    for picture in FIGURES:
        figure = draw(picture.name, patients, outcomes)
        with styled():
            svg, png = svg_of(figure), png_of(figure)
        path = folder / file_name(picture.name, "svg")
        path.write_text(svg, encoding="utf-8")
        yield path
        path = folder / file_name(picture.name, "png")
        path.write_bytes(png)
        yield path


def file_name(name: str, kind: str) -> str:
    """The file of a figure."""
    return f"figure-{name}.{kind}"


def drawn_inline(picture: Picture, patients: _Patients, outcomes: Outcomes) -> str:
    """A figure as an element of a page.

    Raises:
        ExtractError: (``extra_not_installed``) matplotlib is missing.
    """
    figure = draw(picture.name, patients, outcomes)
    with styled():
        return inline(svg_of(figure), picture.name, picture.alt)


def _swimmer(patients: _Patients, outcomes: Outcomes) -> Figure:  # noqa: ARG001
    from extract.outputs.figures.swimmer import swimmer

    return swimmer(data.lanes(patients))


def _survival(patients: _Patients, outcomes: Outcomes) -> Figure:
    from extract.outputs.figures.curves import curves

    return curves(outcomes.survival, data.survival_subjects(patients))


def _responses(patients: _Patients, outcomes: Outcomes) -> Figure:
    from extract.outputs.figures.tallies import response_bars

    basis = Basis(outcomes.response_basis)
    return response_bars(data.responses_by_setting(patients, basis))


def _criteria(patients: _Patients, outcomes: Outcomes) -> Figure:  # noqa: ARG001
    from extract.outputs.figures.tallies import heat_map

    return heat_map(data.people(patients))


def _flow(patients: _Patients, outcomes: Outcomes) -> Figure:  # noqa: ARG001
    from extract.outputs.figures.tallies import flow_chart

    return flow_chart(data.flow(outcomes))


_DRAWN: Final[dict[str, Callable[[_Patients, Outcomes], Figure]]] = {
    "flow": _flow,
    "responses": _responses,
    "swimmer": _swimmer,
    "survival": _survival,
    "criteria": _criteria,
}
