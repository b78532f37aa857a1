"""Kaplan-Meier curves with their bounds, censorings and numbers at risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from extract.calculators.cohort_models import Survival
from extract.calculators.survival import Subject
from extract.outputs.figures import style
from extract.outputs.figures.data import at_risk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: The analyses as a person reads them.
TITLES: Final = {
    "overall": "Overall survival",
    "progression_free": "Progression-free survival",
    "response_duration": "Duration of response",
    "complete_response_duration": "Duration of complete response",
}
#: Shown side by side; the other two are in the tables.
SHOWN: Final = ("overall", "progression_free")


def curves(
    survival: Mapping[str, Survival],
    found: Mapping[str, Sequence[Subject]],
    names: Sequence[str] = SHOWN,
) -> Figure:
    """Draw analyses side by side.

    Args:
        survival: the curves of the outcomes.
        found: the patients behind them, for censorings and numbers at risk.
        names: which, and in what order.
    """
    with style.styled():
        figure = style.new_figure(4.6 * len(names), 3.9)
        panels = figure.subplots(1, len(names), squeeze=False)[0]
        for axes, name in zip(panels, names, strict=True):
            _panel(axes, name, survival[name], found.get(name, ()))
        return figure


def _panel(axes: Any, name: str, survival: Survival, found: Sequence[Subject]) -> None:
    curve = survival.curve
    end = max((subject.months for subject in found), default=0.0)
    step = 6 if end <= 42 else 12
    ticks = [float(t) for t in range(0, int(end) + step, step)] or [0.0]
    times, values = [0.0], [1.0]
    low, high = [1.0], [1.0]
    for point in curve.steps:
        times.append(point.months)
        values.append(point.survival)
        low.append(point.low if point.low is not None else point.survival)
        high.append(point.high if point.high is not None else point.survival)
    for series in (values, low, high):
        series.append(series[-1])
    times.append(end)
    axes.fill_between(
        times, low, high, step="post", facecolor=style.PALE, edgecolor=style.GREY, linewidth=0.4,
        label="95 % interval",
    )  # fmt: skip
    axes.step(times, values, where="post", color=style.BLUE, linewidth=1.8, label="estimate")
    censored = sorted(s.months for s in found if not s.event)
    axes.scatter(
        censored, [_at(curve.steps, t) for t in censored], marker="|", s=40, color=style.INK,
        linewidths=1.0, zorder=4, label="last seen without the event",
    )  # fmt: skip
    axes.axhline(0.5, color=style.GREY, linewidth=0.6, linestyle=(0, (4, 3)))
    axes.set_title(TITLES[name])
    axes.set_ylim(0, 1.03)
    axes.set_xlim(0, max(ticks[-1], end, 1.0))
    axes.set_xticks(ticks)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    axes.set_xlabel("months\n\n")
    median = f"{curve.median:.1f} months" if curve.median is not None else "not reached"
    axes.text(
        0.03, 0.05, f"n = {curve.n}, events {curve.events}\nmedian {median}",
        transform=axes.transAxes, fontsize=8,
    )  # fmt: skip
    _numbers(axes, found, ticks)


def _numbers(axes: Any, found: Sequence[Subject], ticks: Sequence[float]) -> None:
    """Numbers at risk below the axis, each under its time."""
    where = axes.get_xaxis_transform()
    axes.text(0, -0.235, "at risk", transform=where, fontsize=8, ha="left", color=style.INK)
    for time, number in zip(ticks, at_risk(found, ticks), strict=True):
        axes.text(time, -0.3, str(number), transform=where, fontsize=8, ha="center")


def _at(steps: Sequence[Any], time: float) -> float:
    value = 1.0
    for step in steps:
        if step.months <= time:
            value = step.survival
    return value
