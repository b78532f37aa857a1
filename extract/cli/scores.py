"""Scores against gold on the terminal, and the facts behind them for those who ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from extract.cli.terminal import console, many, progress_bar
from extract.errors import Code, ExtractError, Problem

if TYPE_CHECKING:
    from extract.archive import RunSettings
    from extract.evaluation import Comparison
    from extract.records import LetterRecord


def chosen_fields(names: str) -> frozenset[str]:
    """The fields of a list with commas; empty for all. Raises ExtractError for others."""
    from extract.records import Field

    only = frozenset(name.strip() for name in names.split(",") if name.strip())
    unknown = sorted(only - set(Field))
    if unknown:
        detail = f"There is no field {', '.join(unknown)}."
        raise ExtractError(Problem("--fields", Code.SETTINGS, detail))
    return only


def is_facts(path: Path) -> bool:
    """Whether a path holds facts (a CSV file, or an out folder) and not letters."""
    if path.is_dir():
        return (path / "facts.csv").is_file() and (path / "run.json").is_file()
    return path.suffix.lower() == ".csv"


def read_records(settings: RunSettings) -> tuple[LetterRecord, ...]:
    """Read letters and write nothing. Raises ExtractError where that cannot be done."""
    from extract.archive.run import read_letters

    with progress_bar("reading letters") as progress:
        gathered = read_letters(settings, progress)
    if gathered.problems:
        number = many(len(gathered.problems), "file")
        console(error=True).print(f"{number} gave no letter; the main job says why")
    return gathered.records


def score_table(comparison: Comparison) -> None:
    """Print precision, recall and F1 of each field."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table("field", box=SIMPLE_HEAD, pad_edge=False)
    for name in ("gold", "right", "missed", "wrong", "precision", "recall", "F1"):
        table.add_column(name, justify="right")
    for score in comparison.scores():
        if score.name == "CORE":
            table.add_section()
        counts = (score.gold, score.right, score.missed, score.wrong)
        rates = (score.precision, score.recall, score.f1)
        table.add_row(score.name, *map(str, counts), *(f"{rate:.3f}" for rate in rates))
    console().print(table)


class Quotes:
    """The lines of letters that facts were read from, for those who ask to see them."""

    def __init__(self, settings: RunSettings, records: tuple[LetterRecord, ...]) -> None:
        from extract.evaluation import normal

        self.settings = settings
        self.records = {normal(record.letter_id): record for record in records}

    def of(self, letter_id: str, row: tuple[str, str, str]) -> str:
        """The line a found fact was read from; "" where the letter is not at hand."""
        from extract.archive.run import text_of
        from extract.evaluation import normal

        record = self.records.get(letter_id)
        facts = record.facts if record else ()
        fact = next((f for f in facts if tuple(map(normal, f.key)) == row), None)
        if record is None or fact is None:
            return ""
        text = text_of(self.settings, record)
        start = text.rfind("\n", 0, fact.evidence.start) + 1
        end = text.find("\n", fact.evidence.end)
        return " ".join(text[start : end if end >= 0 else len(text)].split())


def list_errors(comparison: Comparison, most: int, quotes: Quotes | None) -> None:
    """Print up to ``most`` missed and as many wrong facts, with quotes where asked for."""
    for what, differences in (("missed", comparison.missed), ("wrong", comparison.wrong)):
        for item in differences[:most]:
            typer.echo("\t".join((what, item.letter_id, *item.row)))
            quote = quotes.of(item.letter_id, item.row) if quotes else ""
            if quote:
                typer.echo(f"\t{quote}")
