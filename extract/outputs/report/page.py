"""``report.html``: one self-contained page, with no network and every letter's word escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extract.calculators.explain import TITLES
from extract.errors import ExtractError
from extract.outputs.figures import FIGURES, data, drawn_inline
from extract.outputs.report.book import PEOPLE, Book, Opened
from extract.outputs.report.doubts import doubts
from extract.outputs.report.people import sections
from extract.outputs.report.spoken import thresholds
from extract.outputs.report.tables import key_numbers, tables
from extract.outputs.report.words import counts, made, sentences
from extract.version import __version__

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"

#: Opens or closes every part of the page, for printing; without it the page works the same.
_SCRIPT: Final = """\
(function () {
  var button = document.getElementById("all"), open = false;
  button.hidden = false;
  button.addEventListener("click", function () {
    open = !open;
    document.querySelectorAll("details").forEach(function (part) { part.open = open; });
    button.textContent = open ? "Close everything" : "Open everything";
  });
  function toTarget() {
    var part = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (part && part.tagName === "DETAILS") { part.open = true; part.scrollIntoView(); }
  }
  addEventListener("hashchange", toTarget);
  toTarget();
})();
"""


@dataclass(frozen=True)
class Card:
    """A number of the headline."""

    key: str
    label: str
    number: str
    note: str
    opened: Opened


@dataclass(frozen=True)
class Drawn:
    """A figure on the page."""

    name: str
    caption: str
    svg: Any


def html_report(book: Book) -> str:
    """The page. The same records give the same bytes."""
    figures, no_figures = _figures(book)
    page = _environment().get_template("report.html.j2")
    shown = tuple(sections(book))
    people = data.people(book.finished.patients)
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    return page.render(
        book=book,
        most_listed=PEOPLE,
        counts=counts(book),
        sentences=sentences(book),
        cards=tuple(_cards(book)),
        doubts=doubts(book),
        flow=data.flow(book.outcomes),
        excluded={why: book.opened(f"flow.excluded.{why}") for why in book.outcomes.flow.excluded},
        tables=tables(book),
        figures=figures,
        no_figures=no_figures,
        sections=shown,
        titles=tuple(TITLES.values()),
        people=tuple(people[: book.most_patients]),
        more_people=max(0, len(people) - book.most_patients),
        more_patients=len(book.finished.patients) - len(shown),
        criteria=book.finished.criteria,
        thresholds=thresholds(book.finished.criteria),
        made=made(book, __version__),
        style=_safe((_TEMPLATES / "report.css").read_text(encoding="utf-8")),
        script=_safe(_SCRIPT),
        script_hash=_safe(f"sha256-{digest}"),
    )


def _cards(book: Book) -> Iterator[Card]:
    for key, label, number, note in key_numbers(book):
        yield Card(key, label, number, note, book.opened(f"headline.{key}"))


def _figures(book: Book) -> tuple[tuple[Drawn, ...], str]:
    """The figures of treatment, or why there are none.

    The flow and the criteria are part of the page itself, where they open.
    """
    if not book.outcomes.headline.treated:
        return (), "No patient was given interleukin-2, so there is nothing to draw."
    try:
        drawn = tuple(
            Drawn(
                picture.name,
                picture.caption,
                _safe(drawn_inline(picture, book.finished.patients, book.outcomes)),
            )
            for picture in FIGURES
            if picture.name not in ("flow", "criteria")
        )
    except ExtractError as error:
        return (), " ".join(problem.sentence() for problem in error.problems)
    return drawn, ""


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


def _safe(text: str) -> Any:
    """Text of our own that is markup already; never a letter's words."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704  (the program's own style, script and drawings)
