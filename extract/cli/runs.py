"""Commands about runs that are done: what differs between two of them."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Annotated, Any

import typer
from rich.markup import escape

from extract.cli.terminal import console, many


def diff_runs(
    before: Annotated[
        str, typer.Argument(metavar="RUN_A", help="An out folder, or the number of a run.")
    ],
    after: Annotated[str, typer.Argument(metavar="RUN_B", help="The run to compare with it.")],
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar="URL|FOLDER",
            help="Where numbered runs are: a database's URL, or an out folder.",
        ),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", min=0, metavar="N", help="List up to N changes of each kind.")
    ] = 100,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print every change as a line of JSON.")
    ] = False,
) -> None:
    """See which facts and which patients' answers changed between two runs.

    [bold]python -m extract diff extracted-before extracted-after[/bold]
    """
    from extract.archive.compare import answer_changes, fact_changes, sides

    with ExitStack() as stack:
        one, other = sides(stack, before, after, store)
        if as_json:
            _lines(("fact", fact_changes(one, other)), ("answer", answer_changes(one, other)))
            return
        facts = _table(
            ("", "letter", "field", "item", "value"),
            (
                ((c.what, c.letter_id, c.field, c.item, c.value), _colour(c.what))
                for c in fact_changes(one, other)
            ),
            most,
        )
        answers = _table(
            ("patient", "answer", "before", "after"),
            (((c.patient_id, c.column, c.before, c.after), "") for c in answer_changes(one, other)),
            most,
        )
        patients = len({c.patient_id for c in answer_changes(one, other)})
    lost = facts["red"]
    console().print(
        f"{many(lost, 'fact')} lost, {many(facts['green'], 'fact')} new; "
        f"{many(answers[''], 'answer')} changed in {many(patients, 'patient')}"
    )


def _colour(what: str) -> str:
    return "red" if what == "lost" else "green"


def _table(columns: tuple[str, ...], rows: Any, most: int) -> dict[str, int]:
    """Print the first rows as a table; how many there are of each style."""
    from collections import Counter

    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(*columns, box=SIMPLE_HEAD)
    count: Counter[str] = Counter()
    for number, (row, style) in enumerate(rows, start=1):
        count[style] += 1
        if number <= most:
            table.add_row(*map(escape, row), style=style)
    if table.row_count:
        console().print(table)
    if count.total() > most:
        console().print(f"and {count.total() - most:,} more; --most shows more, --json all")
    return count


def _lines(*series: tuple[str, Any]) -> None:
    import json
    from dataclasses import asdict

    for kind, changes in series:
        for change in changes:
            typer.echo(json.dumps({"kind": kind, **asdict(change)}, ensure_ascii=False))
