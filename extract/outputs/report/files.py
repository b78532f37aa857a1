"""The files of a report: the page for the main job, and everything for ``extract report``."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Final

from extract.calculators import Criteria
from extract.calculators.cohort_models import Outcomes
from extract.outputs.figures import FIGURES, file_name, write_figures
from extract.outputs.jsonl import write_json
from extract.outputs.loading import load_finished
from extract.outputs.one_by_one import OutFiles
from extract.outputs.provenance import provenance
from extract.outputs.report.book import Book
from extract.outputs.report.page import html_report
from extract.outputs.report.plain import markdown_report
from extract.outputs.report.word import word_report

PAGE: Final = "report.html"
#: Patients whose letters are kept at hand for the page of a large archive.
AT_HAND: Final = 250


class Kind(StrEnum):
    """What a report can be written as."""

    HTML = "html"
    MARKDOWN = "md"
    WORD = "docx"
    FIGURES = "figures"
    PROVENANCE = "prov"


#: The files, by kind; figures are several.
NAMES: Final = {
    Kind.HTML: PAGE,
    Kind.MARKDOWN: "report.md",
    Kind.WORD: "report.docx",
    Kind.PROVENANCE: "prov.json",
}
#: Files that a new run makes untrue until the report is written again.
STALE: Final = (
    *(name for name in NAMES.values() if name != PAGE),
    *(file_name(picture.name, kind) for picture in FIGURES for kind in ("svg", "png")),
)


def write_page(out: Path, outcomes: Outcomes | None = None) -> None:
    """Write ``report.html`` beside the records that an out folder holds.

    Args:
        out: the folder.
        outcomes: the cohort's, where they are known already.

    Raises:
        ExtractError: (``no_out_folder``) the folder lacks one of the records.
    """
    _page(out, Book(load_finished(out, AT_HAND), counted=outcomes))


def write_cohort(out: Path) -> Outcomes:
    """Write ``outcomes.json`` and the page beside the records that an out folder holds.

    Raises:
        ExtractError: (``no_out_folder``) the folder lacks one of the records.
    """
    book = Book(load_finished(out, AT_HAND))
    write_json(out / "outcomes.json", book.outcomes)
    _page(out, book)
    return book.outcomes


def _page(out: Path, book: Book) -> None:
    (out / PAGE).write_text(html_report(book), encoding="utf-8")


def write_provenance(
    folder: Path, out: Path, outcomes: Outcomes, by: Criteria | None = None
) -> Path:
    """Write ``prov.json`` of an out folder, letter after letter; the treated are held whole.

    Args:
        folder: where it goes.
        out: the out folder.
        outcomes: the cohort's.
        by: the thresholds they were counted by, where these are not the run's.

    Raises:
        ExtractError: (``no_out_folder``) a file of it is cut short or was changed by hand.
    """
    finished = load_finished(out, 0, treated=True, by=by)
    path = folder / NAMES[Kind.PROVENANCE]
    write_json(path, provenance(finished, outcomes, OutFiles.opened(out)))
    return path


def write_files(folder: Path, book: Book, kinds: Iterable[Kind] = tuple(Kind)) -> list[Path]:
    """Write a report in every form asked for into a folder that exists.

    Raises:
        ExtractError: (``extra_not_installed``) a form needs a library that is missing.
    """
    written: list[Path] = []
    for kind in kinds:
        path = folder / NAMES.get(kind, "")
        match kind:
            case Kind.HTML:
                path.write_text(html_report(book), encoding="utf-8")
            case Kind.MARKDOWN:
                path.write_text(markdown_report(book), encoding="utf-8")
            case Kind.WORD:
                path.write_bytes(word_report(book))
            case Kind.PROVENANCE:
                write_json(path, provenance(book.finished, book.outcomes))
            case Kind.FIGURES:
                written += write_figures(folder, book.finished.patients, book.outcomes)
                continue
        written.append(path)
    return written
