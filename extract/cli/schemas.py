"""``extract schema``: JSON Schemas of the records, and the data dictionary."""

from __future__ import annotations

from typing import Annotated

import typer

from extract.cli.commands import app
from extract.errors import Code, ExtractError, Problem


@app.command("schema")
def schema_(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]", help="letter, patient, outcomes, criteria or explanation."
        ),
    ] = "letter",
    dictionary: Annotated[
        bool,
        typer.Option("--dictionary", help="Print the data dictionary as Markdown instead."),
    ] = False,
) -> None:
    """Print the JSON Schema of a record, or the data dictionary of every file.

    [bold]python -m extract schema patient[/bold]
    """
    import orjson

    from extract.outputs.dictionary import MODELS, schema
    from extract.outputs.dictionary import dictionary as data_dictionary

    if dictionary:
        typer.echo(data_dictionary(), nl=False)
        return
    if name not in MODELS:
        detail = f"There is no record {name!r}; there are {', '.join(MODELS)}."
        raise ExtractError(Problem("schema", Code.SETTINGS, detail))
    typer.echo(orjson.dumps(schema(name), option=orjson.OPT_INDENT_2).decode())
