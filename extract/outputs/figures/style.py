"""How figures look, and how they become bytes that never change by themselves.

Colours are Okabe and Ito's, which people with any colour vision tell apart; every
meaning also has its own shape, hatch or shade, so that a grey print says the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLACK: Final = "#000000"
INK: Final = "#222222"
GREY: Final = "#8a8a8a"
PALE: Final = "#e4e4e4"
ORANGE: Final = "#e69f00"
SKY: Final = "#56b4e9"
GREEN: Final = "#009e73"
BLUE: Final = "#0072b2"
VERMILION: Final = "#d55e00"
PURPLE: Final = "#cc79a7"
WHITE: Final = "#ffffff"

#: Dots per inch of a PNG.
DPI: Final = 150

_SETTINGS: Final[dict[Any, Any]] = {
    "svg.hashsalt": "extract",
    "svg.fonttype": "none",
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.edgecolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "figure.facecolor": WHITE,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "path.simplify": False,
    "text.parse_math": False,
    "savefig.facecolor": WHITE,
}
_ID: Final = re.compile(r'\bid="([^"]+)"')
_WIDTH: Final = re.compile(r'\swidth="([\d.]+)pt"')
_SIZE: Final = re.compile(r'\s(?:width|height)="[^"]*"')
_POINTER: Final = re.compile(r'(url\(#|href="#)([^")]+)')


@contextmanager
def styled() -> Iterator[None]:
    """The settings in which figures are drawn and written."""
    import matplotlib as mpl

    # Over the library's own settings: a person's matplotlibrc must not change the bytes.
    plain: dict[Any, Any] = {
        key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith("backend")
    }
    with mpl.rc_context(plain | _SETTINGS):
        yield


def new_figure(width: float, height: float) -> Figure:
    """An empty figure of a size in inches, tied to no window."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def svg_of(figure: Figure) -> str:
    """The figure as an SVG document: the same figure gives the same text, always."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    return "\n".join(lines) + "\n"


def png_of(figure: Figure, dpi: int = DPI) -> bytes:
    """The figure as a PNG picture."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=dpi, metadata={"Software": None})
    return stream.getvalue()


def inline(svg: str, name: str, alt: str) -> str:
    """An SVG document as an element of a page: its ids its own, its meaning in words."""
    element = svg[svg.index("<svg") :]
    element = _ID.sub(lambda m: f'id="{name}-{m[1]}"', element)
    element = _POINTER.sub(lambda m: f"{m[1]}{name}-{m[2]}", element)
    head, rest = element.split(">", 1)
    width = _WIDTH.search(head)
    pixels = round(float(width[1]) * 4 / 3) if width else 800
    head = _SIZE.sub("", head)
    most = f'style="max-width: {pixels}px"'
    return f'{head} {most} role="img" aria-label="{escape(alt)}">{rest}'.strip()
