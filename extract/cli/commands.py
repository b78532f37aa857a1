"""The command line. Heavy libraries are imported where a command needs them."""

from __future__ import annotations

import os
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from typer.core import TyperGroup

from extract import __version__
from extract.cli.logs import LogFormat, logging_to
from extract.cli.runs import diff_runs
from extract.cli.spark import Engine
from extract.cli.terminal import complain, console, progress_bar, summary
from extract.errors import Code, ExtractError, Problem
from extract.settings import MAX_BYTES, MEMORY, SECONDS, PatientFrom

if TYPE_CHECKING:
    from extract.records import LetterRecord

#: Exit statuses beside 0.
SOME_REJECTED = 1
UNUSABLE = 2
OUR_FAULT = 70
STOPPED = 130

STOPPED_SENTENCE = "stopped; what was read is kept, and the same command goes on from there"

_HELP = """\
Read clinic letters and write what they say as checked, quoted facts.

The main job needs no command. Name the folder that holds the letters: one folder a patient \
inside it, or letters lying loose.

[bold]python -m extract letters --out extracted[/bold]

It prints the cohort's table and writes facts.csv (one row a fact, with the words it was read \
from), eligibility.csv, outcomes.json and others to the out folder. No letter's words and no \
names are ever printed.

Exit status: 0 all well; 1 some files gave no letter, and rejects.csv says which; 2 it could not \
be done as asked; 130 stopped, and the same command goes on from there.
"""


class _MainGroup(TyperGroup):
    """Commands, of which ``run`` is meant where none is named; its options help teaches."""

    _teaching = False

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = {*self.commands, *ctx.help_option_names, "--version"}
        return super().parse_args(ctx, ["run", *args] if args and args[0] not in own else args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ExtractError as error:
            for problem in error.problems:
                complain(problem)
            raise typer.Exit(UNUSABLE) from None

    def format_help(self, ctx: Any, formatter: Any) -> None:
        self._teaching = True
        super().format_help(ctx, formatter)
        self._teaching = False

    def get_params(self, ctx: Any) -> list[Any]:
        params = super().get_params(ctx)
        return [*self.commands["run"].params, *params] if self._teaching else params

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return ["LETTERS [OPTIONS]  (or COMMAND ...)"]


app = typer.Typer(
    cls=_MainGroup,
    name="extract",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
patterns_app = typer.Typer(
    no_args_is_help=True, help="Check the rules, or see what a change to them does."
)
app.add_typer(patterns_app, name="patterns")


def main() -> None:
    """Run the command line; nothing that goes wrong prints a letter's words."""
    try:
        app(prog_name="python -m extract")
    except Exception as error:
        if os.environ.get("EXTRACT_TRACEBACK"):
            raise
        at = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(at.filename).name}:{at.lineno}"
        detail = f"The program itself failed: {type(error).__name__} at {place}."
        complain(Problem("extract", Code.FAILED, detail))
        sys.exit(OUR_FAULT)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"extract {__version__}")
        raise typer.Exit


@app.callback(help=_HELP)
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """The options of the program itself; ``_HELP`` is its help."""


Letters = Annotated[
    Path,
    typer.Argument(
        metavar="LETTERS",
        help="A folder of letters, an archive or table of them, or one letter: text, Word, PDF, "
        "scans, RTF, HTML, HL7, FHIR, e-mail, ZIP, tar, CSV, Parquet, JSON Lines.",
    ),
]
Workers = Annotated[
    int,
    typer.Option(
        "--workers", min=0, metavar="N", help="Processes. 0: one for a few files, else one a core."
    ),
]
Rules = Annotated[
    Path | None,
    typer.Option("--patterns", metavar="FOLDER", help="Rules to use instead of the program's own."),
]


def _column(holds: str) -> Any:
    """An option that names a column of tables with a letter a row."""
    return typer.Option(metavar="NAME", help=f"The column of CSV, Parquet or JSON Lines {holds}.")


app.command("diff")(diff_runs)


@app.command()
def run(  # noqa: PLR0913, PLR0917  (one for each option)
    letters: Letters,
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="Where the outputs go.")
    ] = Path("extracted"),
    workers: Workers = 0,
    patient_from: Annotated[
        PatientFrom,
        typer.Option(
            "--patient-from",
            help="Whose letter it is: by its message or table, its folder, the NHS or hospital "
            "number in it, or each letter by itself. auto: the first of these that says so.",
        ),
    ] = PatientFrom.AUTO,
    criteria: Annotated[
        str,
        typer.Option(
            "--criteria",
            metavar="FILE",
            help="Thresholds: a TOML file over the published ones (FILE:NAME for one of its sets), "
            "or published, caix85, recist-confirmed, recist-unconfirmed.",
        ),
    ] = "published",
    max_bytes: Annotated[
        int, typer.Option("--max-bytes", min=1, metavar="N", help="Larger files are rejected.")
    ] = MAX_BYTES,
    patterns: Rules = None,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, metavar="N", help="How long a letter may take.")
    ] = SECONDS,
    memory: Annotated[
        int,
        typer.Option("--memory", min=100, metavar="MB", help="What a worker may take for letters."),
    ] = MEMORY // 1_000_000,
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar="URL",
            help="Keep what was read in this database instead of the out folder: "
            "postgresql+psycopg://user@host/name.",
        ),
    ] = None,
    text_column: Annotated[str | None, _column("with the letters' text (default: text)")] = None,
    id_column: Annotated[str | None, _column("with their ids (letter_id)")] = None,
    patient_column: Annotated[str | None, _column("that says whose they are (patient_id)")] = None,
    date_column: Annotated[str | None, _column("with their dates (letter_date)")] = None,
    pseudonymise: Annotated[
        Path | None,
        typer.Option(
            "--pseudonymise",
            metavar="KEYFILE",
            help="Replace ids, numbers and paths by hashes under the key in this file, and leave "
            "names and addresses out of quotes.",
        ),
    ] = None,
    engine: Annotated[
        Engine,
        typer.Option(
            "--engine",
            help="reference: read every letter in full, slowly, to the same answer. spark: read "
            "a folder or Parquet table with the Spark that the environment names, and write "
            "Parquet.",
        ),
    ] = Engine.SCANNED,
    log_file: Annotated[
        Path | None, typer.Option("--log-file", metavar="FILE", help="Log counts and timings.")
    ] = None,
    log_format: Annotated[
        LogFormat, typer.Option("--log-format", help="json: on stderr, unless there is a file.")
    ] = LogFormat.PLAIN,
) -> None:
    """Read letters and write the out folder: the main job, the same as no command.

    [bold]python -m extract run letters --out extracted --workers 4[/bold]
    """
    from extract.archive import RunSettings
    from extract.archive.run import run as run_archive
    from extract.archive.settings import load_criteria

    settings = RunSettings.checked(
        letters=letters,
        out=out,
        workers=workers,
        patient_from=patient_from,
        criteria=load_criteria(criteria),
        max_bytes=max_bytes,
        patterns=patterns,
        seconds=seconds,
        memory=memory,
        store=store,
        text_column=text_column,
        id_column=id_column,
        patient_column=patient_column,
        date_column=date_column,
        pseudonymise=pseudonymise,
        engine=engine.here,
    )
    if engine is Engine.SPARK:
        from extract.cli.spark import run_on_spark

        if run_on_spark(settings).rejected:
            raise typer.Exit(SOME_REJECTED)
        return
    try:
        with logging_to(log_file, log_format), progress_bar("reading letters") as progress:
            result = run_archive(settings, progress, partial(lay_reviews_over, out))
    except KeyboardInterrupt:
        console(error=True).print(STOPPED_SENTENCE, soft_wrap=True)
        raise typer.Exit(STOPPED) from None
    summary(result)
    if not result.well:
        raise typer.Exit(SOME_REJECTED)


def lay_reviews_over(out: Path) -> None:
    """What reviewers have settled stands in the outputs of every run, which holds the folder."""
    if (out / "reviews.sqlite").is_file():
        from extract.audit.apply import apply_reviews

        laid = apply_reviews(out, held=True)
        if laid is not None:
            said = ", ".join(f"{number} {name}" for name, number in laid.counts.items())
            console().print(f"reviews laid over: {said}; {len(laid.stale)} stale", soft_wrap=True)


@app.command()
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Gold facts: a CSV file, or a corpus folder.")
    ],
    found: Annotated[
        Path,
        typer.Argument(
            metavar="LETTERS|FACTS", help="Letters to read, a facts.csv, or an out folder."
        ),
    ],
    errors: Annotated[
        int, typer.Option("--errors", min=0, metavar="N", help="List up to N missed and N wrong.")
    ] = 0,
    fields: Annotated[
        str, typer.Option("--fields", metavar="A,B", help="Score these fields only.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
    show_text: Annotated[
        bool,
        typer.Option("--show-text", help="With --errors: also print the letter's own words."),
    ] = False,
    workers: Workers = 0,
    patterns: Rules = None,
) -> None:
    """Score facts against gold: precision, recall and F1 of each field.

    [bold]python -m extract evaluate corpora/hd-il2 corpora/hd-il2/letters --errors 20[/bold]
    """
    from extract.archive import RunSettings
    from extract.cli import scores
    from extract.evaluation import compare, facts_of, read_facts

    only = scores.chosen_fields(fields)
    expected = read_facts(gold)
    records: tuple[LetterRecord, ...] = ()
    settings = RunSettings.checked(letters=found, workers=workers, patterns=patterns)
    if scores.is_facts(found):
        facts = read_facts(found / "facts.csv" if found.is_dir() else found)
    else:
        records = scores.read_records(settings)
        facts = facts_of(records)
    comparison = compare(expected, facts, only)
    if as_json:
        import orjson

        plain = {score.name: score.plain() for score in comparison.scores()}
        typer.echo(orjson.dumps(plain, option=orjson.OPT_INDENT_2).decode())
        return
    scores.score_table(comparison)
    quotes = scores.Quotes(settings, records) if show_text else None
    scores.list_errors(comparison, errors, quotes)


@patterns_app.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help="Rule files; default, the program's own."),
    ] = None,
) -> None:
    """Run every example in every rule, and look for rules that cannot be right.

    [bold]python -m extract patterns check patterns[/bold]
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from extract.language.check import Level, failed
    from extract.language.check import check as check_rules

    if folder is not None and not folder.is_dir():
        raise ExtractError(Problem(str(folder), Code.PATH_MISSING, "There is no such folder."))
    findings = check_rules(folder)
    screen = console()
    if findings:
        table = Table("file", "line", "rule", "reason", box=SIMPLE_HEAD)
        for item in findings:
            note = item.level is Level.NOTE
            reason = f"note: {item.reason}" if note else item.reason
            row = (item.file, str(item.line or ""), item.rule, reason)
            table.add_row(*map(escape, row), style="dim" if note else "red")
        screen.print(table)
    wrong = sum(item.level is Level.ERROR for item in findings)
    screen.print(f"{wrong} wrong, {len(findings) - wrong} to note" if findings else "all well")
    if failed(findings):
        raise typer.Exit(1)


@patterns_app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A folder of rules.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The folder to compare with it.")],
    letters: Letters,
) -> None:
    """See which facts of some letters change from one folder of rules to another.

    [bold]python -m extract patterns diff patterns my-patterns corpora/hd-il2/letters[/bold]
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from extract.archive.changes import changes

    for folder in (old, new):
        if not folder.is_dir():
            raise ExtractError(Problem(str(folder), Code.PATH_MISSING, "There is no such folder."))
    found = changes(letters, old, new)
    screen = console()
    if found:
        table = Table("", "letter", "field", "item", "value", box=SIMPLE_HEAD)
        for change in found:
            row = (change.what, change.letter_id, change.field, change.item, change.value)
            table.add_row(*map(escape, row), style="red" if change.what == "lost" else "green")
        screen.print(table)
    lost = sum(change.what == "lost" for change in found)
    screen.print(f"{lost} facts lost, {len(found) - lost} new")
