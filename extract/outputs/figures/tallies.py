"""Best responses as bars, criteria as a heat map, and the flow of patients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from extract.calculators.explain import TITLES
from extract.outputs.figures import style
from extract.outputs.figures.data import CATEGORIES, Box, Person
from extract.values.kleene import Truth

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: More patients than this do not fit a page.
MOST: Final = 80

_SETTINGS: Final = {
    "salvage": (style.BLUE, ""),
    "consolidation": (style.ORANGE, "////"),
    "none": (style.WHITE, "...."),
    "unknown": (style.PALE, "xxxx"),
}
_VERDICTS: Final = {
    Truth.MET: ("#d4ebf7", "✓", style.INK, "met"),
    Truth.UNKNOWN: (style.WHITE, "?", style.INK, "unknown"),
    Truth.NOT_MET: ("#a33c00", "✗", style.WHITE, "not met"),
}


def response_bars(found: Mapping[str, Mapping[str, int]]) -> Figure:
    """Draw best responses from :func:`extract.outputs.figures.data.responses_by_setting`."""
    from matplotlib.ticker import MaxNLocator

    kept = [c for c in (*CATEGORIES, "none") if any(group[c] for group in found.values())]
    names = kept or list(CATEGORIES)
    with style.styled():
        figure = style.new_figure(6.4, 3.1)
        axes = figure.add_subplot()
        base = [0] * len(names)
        for setting, group in found.items():
            colour, hatch = _SETTINGS[setting]
            heights = [group[name] for name in names]
            axes.bar(
                names, heights, bottom=base, color=colour, hatch=hatch, edgecolor=style.INK,
                linewidth=0.7, width=0.66, label=setting,
            )  # fmt: skip
            base = [low + height for low, height in zip(base, heights, strict=True)]
        for place, total in enumerate(base if found else ()):
            axes.text(place, total, f"{total}\n", ha="center", va="center_baseline", weight="bold")
        axes.set_ylim(0, max([*base, 1]) * 1.15 + 0.3)
        axes.set_ylabel("patients")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_title("Best response to interleukin-2")
        if found:
            axes.legend(loc="upper right", title="setting", alignment="left")
        return figure


def heat_map(found: Sequence[Person]) -> Figure:
    """Draw verdicts from :func:`extract.outputs.figures.data.people`."""
    from matplotlib.patches import Patch, Rectangle

    shown = found[:MOST]
    names = [*TITLES.values(), "eligible"]
    with style.styled():
        figure = style.new_figure(7.4, 1.6 + 0.25 * max(len(shown), 2))
        axes = figure.add_subplot()
        for row, person in enumerate(shown):
            for column, verdict in enumerate((*person.verdicts, person.eligible)):
                fill, sign, ink, _ = _VERDICTS[verdict]
                left = column + (0.25 if column == len(names) - 1 else 0.0)
                axes.add_patch(
                    Rectangle(
                        (left, row), 0.94, 0.9, facecolor=fill, edgecolor=style.GREY,
                        linewidth=0.5,
                    )
                )  # fmt: skip
                axes.text(
                    left + 0.47, row + 0.45, sign, ha="center", va="center", color=ink,
                    fontsize=9, weight="bold",
                )  # fmt: skip
        axes.set_xlim(0, len(names) + 0.25)
        axes.set_ylim(max(len(shown), 1), 0)
        centres = [c + 0.47 + (0.25 if c == len(names) - 1 else 0.0) for c in range(len(names))]
        axes.set_xticks(centres, [_two_lines(name) for name in names])
        axes.xaxis.tick_top()
        axes.set_yticks([r + 0.45 for r in range(len(shown))], [p.patient_id for p in shown])
        axes.tick_params(length=0)
        for side in ("left", "bottom", "top", "right"):
            axes.spines[side].set_visible(False)
        handles = [
            Patch(facecolor=fill, edgecolor=style.GREY, label=f"{sign} {name}")
            for fill, sign, _, name in _VERDICTS.values()
        ]
        figure.legend(handles=handles, loc="outside lower center", ncols=3)
        if len(found) > len(shown):
            axes.set_xlabel(f"the first {len(shown)} of {len(found)} patients")
        return figure


def _two_lines(name: str) -> str:
    head, _, tail = name.partition(" ")
    return f"{head}\n{tail}" if tail else name


def flow_chart(boxes: Sequence[Box]) -> Figure:
    """Draw the flow from :func:`extract.outputs.figures.data.flow`."""
    with style.styled():
        figure = style.new_figure(7.0, 0.86 * len(boxes))
        axes = figure.add_subplot()
        axes.set_axis_off()
        axes.set_xlim(0, 10)
        axes.set_ylim(-len(boxes) + 0.6, 0.4)
        for row, box in enumerate(boxes):
            parts = ", ".join(f"{number} {name}" for name, number in box.parts)
            _box(axes, (0.1, -row), 4.9, f"{box.number} {box.what}", parts)
            if row:
                _arrow(axes, (2.55, -row + 0.68), (2.55, -row + 0.32))
            gone = [f"{number} {why}" for why, number in box.left if number]
            if gone and row < len(boxes) - 1:
                axes.plot([2.55, 5.4], [-row - 0.5] * 2, color=style.INK, linewidth=0.9)
                axes.text(5.55, -row - 0.5, "\n".join(gone), va="center", fontsize=8.5)
        return figure


def _box(axes: Any, at: tuple[float, float], width: float, head: str, parts: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    x, y = at
    axes.add_patch(
        FancyBboxPatch(
            (x, y - 0.3), width, 0.6, boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=style.WHITE, edgecolor=style.INK, linewidth=1.0, mutation_aspect=0.4,
        )
    )  # fmt: skip
    middle = x + width / 2
    up = 0.11 if parts else 0.0
    axes.text(middle, y + up, head, ha="center", va="center", fontsize=9, weight="bold")
    if parts:
        axes.text(middle, y - 0.14, parts, ha="center", va="center", fontsize=8)


def _arrow(axes: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    arrow = {"arrowstyle": "-|>", "color": style.INK, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=end, xytext=start, arrowprops=arrow)
