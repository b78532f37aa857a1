"""``extract report``: the page, its Markdown, the Word tables, figures, provenance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from extract.cli.commands import app
from extract.cli.eligibility import CriteriaName, Out
from extract.cli.terminal import console
from extract.errors import Code, ExtractError, Problem

if TYPE_CHECKING:
    from extract.outputs.report import Kind


@app.command()
def report(
    out: Out,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="Where it goes; default, OUT.")
    ] = None,
    only: Annotated[
        str,
        typer.Option(
            "--only", metavar="A,B", help="Of html, md, docx, figures, prov; default, all of them."
        ),
    ] = "",
    criteria: CriteriaName = "",
    comparator: Annotated[
        Path | None,
        typer.Option(
            "--comparator",
            metavar="FILE",
            help="First-cycle doses of another series to compare with: a number a line, or a CSV "
            "file with a column doses.",
        ),
    ] = None,
    patients: Annotated[
        int,
        typer.Option("--patients", min=0, metavar="N", help="Patients shown in full."),
    ] = 150,
) -> None:
    """Write the report of a run: a page for a consultant, and what a paper needs of it.

    [bold]python -m extract report extracted[/bold]
    """
    from extract.archive.lock import only_run
    from extract.outputs import OutFolder
    from extract.outputs.loading import load_finished
    from extract.outputs.report import AT_HAND, Book, Kind, write_files, write_provenance

    kinds = _kinds(only)
    by = None
    if criteria:
        from extract.calculators.presets import named_criteria

        by = named_criteria(criteria)
    book = Book(load_finished(out, max(AT_HAND, patients), by=by), _doses(comparator), patients)
    folder = to or out
    with only_run(folder), OutFolder(folder).writing() as stage:
        made = write_files(stage, book, (kind for kind in kinds if kind is not Kind.PROVENANCE))
        if Kind.PROVENANCE in kinds:
            outcomes = book.outcomes
            del book  # the records in it make room for those that the provenance needs
            made.append(write_provenance(stage, out, outcomes, by))
        names = sorted(path.name for path in made)
    for name in names:
        console().print(escape(str(folder / name)), soft_wrap=True)


def _kinds(only: str) -> list[Kind]:
    """The forms asked for; by default those whose libraries are there."""
    from importlib.util import find_spec

    from extract.outputs.report import Kind

    names = [name.strip() for name in only.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Kind)]
    if unknown:
        detail = f"There is no {', '.join(unknown)}; there are {', '.join(Kind)}."
        raise ExtractError(Problem("--only", Code.SETTINGS, detail))
    if names:
        return [Kind(name) for name in dict.fromkeys(names)]
    needs = {Kind.WORD: "docx", Kind.FIGURES: "matplotlib"}
    return [kind for kind in Kind if kind not in needs or find_spec(needs[kind]) is not None]


def _doses(path: Path | None) -> tuple[float, ...]:
    """The doses of another series: a number a line, or the column ``doses`` of a CSV file."""
    import csv

    if path is None:
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        detail = f"The file cannot be read ({type(error).__name__})."
        raise ExtractError(Problem(str(path), Code.SETTINGS, detail)) from None
    rows = list(csv.reader(line for line in lines if line.strip()))
    names = [name.strip().lower() for name in rows[0]] if rows else []
    column = names.index("doses") if "doses" in names else 0
    try:
        found = tuple(float(row[column]) for row in rows["doses" in names :])
    except (ValueError, IndexError):
        detail = "Every line needs a number of doses; a table needs a column doses."
        raise ExtractError(Problem(str(path), Code.SETTINGS, detail)) from None
    if not found:
        raise ExtractError(Problem(str(path), Code.SETTINGS, "The file holds no doses."))
    return found
