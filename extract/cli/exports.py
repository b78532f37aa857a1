"""``extract export``: FHIR, OMOP, and CSV for Excel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from extract.cli.commands import app
from extract.cli.eligibility import Out
from extract.cli.terminal import console, many
from extract.errors import Code, ExtractError, Problem

if TYPE_CHECKING:
    from extract.outputs import OutFolder
    from extract.outputs.one_by_one import OutFiles

export_app = typer.Typer(
    no_args_is_help=True, help="Write the records as FHIR, OMOP, or CSV for Excel."
)
app.add_typer(export_app, name="export")

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")

To = Annotated[
    Path | None,
    typer.Option("--to", metavar="FOLDER", help="Where it goes; default, a folder in OUT."),
]
At = Annotated[
    str,
    typer.Option(
        "--at",
        metavar="INSTANT",
        help="The moment to record, such as 2026-11-24T12:00:00Z; default, now.",
    ),
]


@export_app.command()
def fhir(out: Out, to: To = None, at: At = "") -> None:
    """Write a FHIR R4 bundle for each patient, after mCODE, with the evidence as provenance.

    [bold]python -m extract export fhir extracted[/bold]
    """
    from extract.outputs.fhir import write_bundles

    moment = _moment(at)
    with _writing(out, to, "fhir") as (records, stage, house):
        number = write_bundles(stage, records, moment.isoformat().replace("+00:00", "Z"))
    _told(f"{many(number, 'bundle')}", house.path)


@export_app.command()
def omop(
    out: Out,
    to: To = None,
    at: At = "",
    fill_dates: Annotated[
        bool,
        typer.Option(
            "--fill-dates",
            help="Where a date is no whole day, let the first day it allows (for an end, the "
            "last) stand in; by default such rows are left out and listed.",
        ),
    ] = False,
    with_text: Annotated[
        bool,
        typer.Option("--with-text", help="Put the letters' texts into NOTE; reads them again."),
    ] = False,
) -> None:
    """Write OMOP CDM 5.4 tables as CSV and Parquet.

    [bold]python -m extract export omop extracted --fill-dates[/bold]
    """
    from extract.outputs.omop import write_omop

    moment = _moment(at)
    with _writing(out, to, "omop") as (records, stage, house), ExitStack() as room:
        texts = room.enter_context(_texts(records, house)) if with_text else {}
        rows = write_omop(stage, records, moment.date(), fill_dates=fill_dates, texts=texts)
    left = rows.pop("left_out")
    said = ", ".join(f"{name} {number:,}" for name, number in rows.items())
    _told(said, house.path)
    if left:
        console().print(f"{many(left, 'row')} left out for want of a whole day: left_out.csv")


@export_app.command()
def excel(out: Out, to: To = None) -> None:
    """Write facts, eligibility and rejects as CSV that Excel opens as it should.

    [bold]python -m extract export excel extracted[/bold]
    """
    from extract.outputs.excel import write_excel

    with _writing(out, to, "excel") as (records, stage, house):
        written = write_excel(stage, records)
    _told(", ".join(path.name for path in written), house.path)


@contextmanager
def _writing(out: Path, to: Path | None, name: str) -> Iterator[tuple[OutFiles, Path, OutFolder]]:
    """The records of a run and a folder to write into, which takes its place when whole."""
    from extract.archive.lock import only_run
    from extract.outputs import OutFolder
    from extract.outputs.one_by_one import OutFiles

    records = OutFiles.opened(out)
    folder = to or out / name
    with only_run(folder):
        house = OutFolder(folder)
        with house.writing() as stage:
            yield records, stage, house


def _told(what: str, folder: Path) -> None:
    console().print(f"{what}: {escape(str(folder))}", soft_wrap=True)


def _moment(text: str) -> datetime:
    if not text:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    detail = "A moment is a date and a time with its zone, such as 2026-11-24T12:00:00Z."
    raise ExtractError(Problem("--at", Code.SETTINGS, detail))


@contextmanager
def _texts(records: OutFiles, house: OutFolder) -> Iterator[Mapping[str, str]]:
    """The texts of the letters by id, read again from where the run found them.

    They are kept in a file of the folder they go to, and not in memory, until the end.
    """
    import shelve

    from extract.letters import Letter, Registry, Source, find_sources

    root = Path(str(records.run.get("settings", {}).get("letters", "")))
    if not root.exists():
        detail = "The letters are no longer where the run read them."
        raise ExtractError(Problem(str(root), Code.PATH_MISSING, detail))
    registry = Registry()
    with (
        house.workroom() as room,
        shelve.open(str(room / "texts"), "n") as texts,  # noqa: S301  (our own file, just made)
    ):
        for item in find_sources(root):
            for letter in registry.read(item) if isinstance(item, Source) else ():
                if isinstance(letter, Letter):
                    texts[letter.letter_id] = letter.text
        yield texts
