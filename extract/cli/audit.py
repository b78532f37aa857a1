"""``audit`` and what belongs to it. Heavy libraries are imported where a command needs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from typer.core import TyperGroup

from extract.cli.commands import app
from extract.cli.terminal import console, many

_HELP = """\
Check facts against their letters, in a browser on this machine.

Name the out folder of a run. Links to sign in are printed, one for each reviewer.

[bold]python -m extract audit extracted --reviewer Ann --reviewer Bea=adjudicator[/bold]
"""


class _DeskGroup(TyperGroup):
    """Commands, of which ``desk`` is meant where none is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = {*self.commands, *ctx.help_option_names}
        return super().parse_args(ctx, ["desk", *args] if args and args[0] not in own else args)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return ["OUT [OPTIONS]  (or COMMAND ...)"]


audit_app = typer.Typer(cls=_DeskGroup, no_args_is_help=True, help=_HELP, rich_markup_mode="rich")
app.add_typer(audit_app, name="audit")

Out = Annotated[Path, typer.Argument(metavar="OUT", help="The out folder of a run.")]
LettersAt = Annotated[
    Path | None,
    typer.Option("--letters", metavar="PATH", help="Where the letters are, if they have moved."),
]
People = Annotated[
    list[str] | None,
    typer.Option(
        "--reviewer",
        metavar="NAME[=ROLE]",
        help="Who may sign in: reviewer, adjudicator or reader. May be repeated.",
    ),
]


@audit_app.command()
def desk(  # noqa: PLR0913, PLR0917  (one for each option)
    out: Out,
    reviewer: People = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any.")] = 8321,
    host: Annotated[
        str, typer.Option("--host", help="Another address than this machine's own; needs TLS.")
    ] = "127.0.0.1",
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="Certificate, for --host.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="Its key.")
    ] = None,
    letters: LettersAt = None,
    margin: Annotated[
        float | None,
        typer.Option("--margin", min=0.001, max=0.5, help="Precision wanted: 0.05 for ±5 %."),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Of the random sample.")] = None,
    by_field: Annotated[
        bool | None,
        typer.Option("--by-field/--together", help="Size the sample for each field by itself."),
    ] = None,
    read_letters: Annotated[
        int | None, typer.Option("--read-letters", min=0, help="Whole letters, for recall.")
    ] = None,
    double: Annotated[
        float | None,
        typer.Option("--double", min=0, max=1, help="Share of the sample that two check."),
    ] = None,
) -> None:
    """Open the reviewers' desk: the same as no command."""
    from dataclasses import replace

    from extract.audit.sampling import Plan
    from extract.audit.serve import Serving, serve, somebody
    from extract.audit.serve import reviewer as read_reviewer
    from extract.outputs.loading import load_finished, need
    from extract.store.reviews import ReviewLog

    for library in ("fastapi", "uvicorn", "jinja2", "python_multipart"):
        need(library, "web", "The desk")
    load_finished(out)
    people = [read_reviewer(said) for said in reviewer or (somebody(),)]
    asked = {
        "margin": margin, "seed": seed, "by_field": by_field,
        "letters": read_letters, "double": double,
    }  # fmt: skip
    changes: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    with ReviewLog(out) as log:
        plan = replace(Plan.of(log.plan()), **changes)
    serving = Serving(host, port, tls_cert, tls_key, letters)
    serve(out, serving, people, plan, typer.echo)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """A file that cannot be written is the user's to mend, not the program's failure."""
    from extract.errors import Code, ExtractError, Problem

    try:
        yield
    except OSError as error:
        detail = f"The file cannot be written ({type(error).__name__})."
        raise ExtractError(Problem(str(path), Code.OUTPUT, detail)) from None


@audit_app.command()
def link(out: Out, reviewer: People = None) -> None:
    """Print new links to sign in, while the desk is open."""
    from extract.audit.serve import base_of, links, somebody
    from extract.audit.serve import reviewer as read_reviewer
    from extract.outputs.loading import load_finished
    from extract.store.reviews import ReviewLog

    load_finished(out)
    people = [read_reviewer(said) for said in reviewer or (somebody(),)]
    base = base_of(out)
    with ReviewLog(out) as log:
        for who, address in links(log, people, base):
            typer.echo(f"{who}: {address}")


@audit_app.command()
def report(
    out: Out,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also write a page to print.")
    ] = None,
) -> None:
    """Say how right the facts are: precision, recall, agreement, the rules to mend first."""
    from extract.audit.book import Book
    from extract.audit.report import html_report, text_report

    book = Book(out)
    typer.echo(text_report(book), nl=False)
    if html is not None:
        with _writing(html):
            html.write_text(html_report(book), encoding="utf-8")


@audit_app.command()
def apply(out: Out) -> None:
    """Lay the accepted reviews over the outputs, and judge the patients again."""
    from extract.audit.apply import apply_reviews
    from extract.outputs.loading import load_finished

    load_finished(out)
    laid = apply_reviews(out)
    if laid is None:
        typer.echo("nobody has reviewed anything yet")
        return
    counts = ", ".join(f"{number} {name}" for name, number in laid.counts.items())
    console().print(f"{counts}; {many(len(laid.stale), 'review')} stale and not applied")


@audit_app.command()
def sheet(
    out: Out,
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The page to write.")] = Path(
        "audit-sheet.html"
    ),
    reviewer: Annotated[
        str, typer.Option("--reviewer", metavar="NAME", help="Who will check it.")
    ] = "",
    letters: LettersAt = None,
    most: Annotated[
        int, typer.Option("--most", min=1, help="Facts on it: drawn ones first, then flagged.")
    ] = 200,
) -> None:
    """Write one page with a sample and its letters, to check without a server."""
    from extract.audit.book import Book
    from extract.audit.serve import letters_of, somebody
    from extract.audit.serve import reviewer as read_reviewer
    from extract.audit.sheet import write_sheet

    name, _ = read_reviewer(reviewer or somebody())
    book = Book(out)
    with _writing(to):
        number = write_sheet(to, book, letters_of(book, letters), name, most)
    console().print(f"{many(number, 'fact')} written to {escape(str(to))}", soft_wrap=True)


@audit_app.command("import")
def take_in(
    out: Out,
    decisions: Annotated[
        Path, typer.Argument(metavar="FILE", help="What the sheet saved, as JSON.")
    ],
) -> None:
    """Take in what was decided on a sheet; a second time changes nothing."""
    from extract.audit.sheet import import_decisions
    from extract.outputs.loading import load_finished

    load_finished(out)
    new, known = import_decisions(out, decisions)
    console().print(f"{many(new, 'review')} taken in, {known} known already")


@audit_app.command()
def export(
    out: Out,
    gold: Annotated[Path, typer.Option("--gold", metavar="FILE", help="The CSV file to write.")],
) -> None:
    """Write the letters read through as gold, for evaluate."""
    from extract.audit.book import Book
    from extract.audit.gold import gold_rows, write_gold

    rows = list(gold_rows(Book(out)))
    with _writing(gold):
        number = write_gold(gold, rows)
    console().print(f"{many(number, 'row')} written to {escape(str(gold))}", soft_wrap=True)
