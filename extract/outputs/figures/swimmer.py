"""The swimmer plot: what each treated patient had, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from extract.outputs.figures import style
from extract.outputs.figures.data import BEFORE, Bar, Lane, When

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: More lanes than this do not fit a page; the rest are told in the note.
MOST: Final = 60

_CLASSES: Final[dict[str, tuple[str, str]]] = {
    "VEGFR-TKI": (style.SKY, ""),
    "mTOR": (style.ORANGE, "////"),
    "anti-VEGF mAb": (style.PURPLE, "...."),
    "cytokine": (style.WHITE, "----"),
    "checkpoint inhibitor": (style.WHITE, "xxxx"),
}
_OTHER: Final = (style.WHITE, "")

#: How responses look: the marker, its filling and its name.
MARKS: Final[dict[str, tuple[str, str, str]]] = {
    "CR": ("*", style.GREEN, "complete response"),
    "PR": ("^", style.GREEN, "partial response"),
    "SD": ("s", style.WHITE, "stable disease"),
    "MR": ("D", style.WHITE, "mixed response"),
    "PD": ("X", style.VERMILION, "progression"),
    "NE": ("o", style.WHITE, "not evaluable"),
    "death": ("P", style.BLACK, "death"),
    "cycle": ("|", style.BLACK, "interleukin-2 cycle"),
}
_SIZES: Final = {"*": 90, "|": 70}
#: Months of a bar of which only one end is known.
_STUB: Final = 1.2


def swimmer(found: Sequence[Lane]) -> Figure:
    """Draw lanes from :func:`extract.outputs.figures.data.lanes`."""
    shown = found[:MOST]
    with style.styled():
        figure = style.new_figure(9.2, 1.8 + 0.3 * max(len(shown), 2))
        axes = figure.add_subplot()
        right = max((lane.last_seen.at for lane in shown if lane.last_seen), default=0.0)
        for row, lane in enumerate(shown):
            _lane(axes, row, lane)
        axes.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
        axes.set_xlim(BEFORE - 0.5, max(right, 6.0) + 2.5)
        axes.set_ylim(len(shown) - 0.4, -0.9)
        axes.set_yticks(range(len(shown)), [lane.patient_id for lane in shown])
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("months from the first dose of interleukin-2")
        axes.xaxis.set_major_locator(_every(6))
        axes.grid(axis="x", color=style.PALE, linewidth=0.6, zorder=0)
        axes.set_axisbelow(True)
        _settings(axes, shown)
        figure.legend(handles=_legend(shown), loc="outside lower center", ncols=4)
        if len(found) > len(shown):
            axes.set_title(f"the first {len(shown)} of {len(found)} patients")
        return figure


def _every(step: int) -> Any:
    from matplotlib.ticker import MultipleLocator

    return MultipleLocator(step)


def _lane(axes: Any, row: int, lane: Lane) -> None:
    last = lane.last_seen
    if last is not None and last.at > 0:
        axes.barh(
            row, last.at, height=0.34, left=0, color=style.PALE, edgecolor=style.GREY,
            linewidth=0.5, zorder=2,
        )  # fmt: skip
        if lane.ongoing:
            axes.annotate(
                "", xy=(last.at + 1.5, row), xytext=(last.at, row), zorder=3,
                arrowprops={"arrowstyle": "-|>", "color": style.INK, "linewidth": 1.2},
            )  # fmt: skip
    for bar in lane.bars:
        _bar(axes, row, bar, last)
    for mark in lane.marks:
        shape, fill, _ = MARKS[mark.kind]
        edge = fill if shape == "|" else style.INK
        at = max(mark.when.at, BEFORE)
        axes.scatter(
            [at], [row], marker=shape, s=_SIZES.get(shape, 42), color=fill,
            edgecolors=None if shape == "|" else edge, linewidths=1.6 if shape == "|" else 0.7,
            zorder=6 if shape != "|" else 4,
        )  # fmt: skip
        _doubt(axes, row, mark.when)


def _bar(axes: Any, row: int, bar: Bar, last: When | None) -> None:
    """A therapy: a bar, cut at the left of the picture, with the doubt about its ends.

    One that is still given runs to the last contact; one of which only one end is known is
    a stub with dots on the side that is not.
    """
    start, end = bar.start.at, bar.end.at
    if bar.known == "start":
        running = last.at if bar.current and last else start
        end = max(running, start + _STUB)
    elif bar.known == "end":
        start = end - _STUB
    if end < BEFORE:
        return
    left = max(start, BEFORE)
    colour, hatch = _CLASSES.get(bar.drug_class, _OTHER)
    axes.barh(
        row, max(end - left, 0.25), left=left, height=0.5, color=colour, hatch=hatch,
        edgecolor=style.INK, linewidth=0.6, zorder=3,
    )  # fmt: skip
    if start < BEFORE:
        axes.scatter([BEFORE - 0.25], [row], marker="<", s=14, color=style.INK, zorder=5)
    if bar.known == "start" and not bar.current:
        _dots(axes, row, end, 1)
    if bar.known == "end":
        _dots(axes, row, left, -1)
    _doubt(axes, row, bar.start)
    _doubt(axes, row, bar.end)


def _dots(axes: Any, row: int, at: float, way: int) -> None:
    """Three dots where a therapy goes on for a time that no letter gives."""
    axes.scatter([at + way * step for step in (0.35, 0.7, 1.05)], [row] * 3, s=3, color=style.INK)


def _doubt(axes: Any, row: int, when: When) -> None:
    """A thin line over the days that the letters leave open."""
    low, high = max(when.low, BEFORE), max(when.high, BEFORE)
    if high > low:
        axes.plot([low, high], [row + 0.3, row + 0.3], color=style.INK, linewidth=0.7, zorder=5)


def _settings(axes: Any, shown: Sequence[Lane]) -> None:
    """A line and a name where one setting begins."""
    before = ""
    for row, lane in enumerate(shown):
        if lane.setting != before:
            axes.text(
                1.0, row - 0.5, lane.setting, transform=axes.get_yaxis_transform(), ha="right",
                va="bottom", fontsize=8, fontstyle="italic", color=style.INK,
            )  # fmt: skip
            if row:
                axes.axhline(row - 0.5, color=style.GREY, linewidth=0.6, linestyle=(0, (2, 2)))
        before = lane.setting


def _legend(shown: Sequence[Lane]) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    classes = {bar.drug_class for lane in shown for bar in lane.bars if bar.end.at >= BEFORE}
    kinds = {mark.kind for lane in shown for mark in lane.marks}
    handles: list[Any] = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=style.INK, linewidth=0.6, label=name)
        for name, (colour, hatch) in _CLASSES.items()
        if name in classes
    ]
    if classes - _CLASSES.keys():
        handles.append(Patch(facecolor=_OTHER[0], edgecolor=style.INK, label="other therapy"))
    handles.append(Patch(facecolor=style.PALE, edgecolor=style.GREY, label="follow-up"))
    handles += [
        Line2D(
            [], [], linestyle="", marker=shape, markersize=9 if shape == "*" else 7,
            markerfacecolor=fill, markeredgecolor=fill if shape == "|" else style.INK,
            markeredgewidth=1.6 if shape == "|" else 0.7, label=name,
        )
        for kind, (shape, fill, name) in MARKS.items()
        if kind in kinds
    ]  # fmt: skip
    handles.append(Line2D([], [], color=style.INK, linewidth=0.7, label="days left open"))
    if any(lane.ongoing for lane in shown):
        handles.append(
            Line2D([], [], color=style.INK, marker=">", markersize=6, label="free of progression")
        )
    return handles
