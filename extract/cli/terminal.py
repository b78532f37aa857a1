"""What is shown on the terminal: tables, counts, codes; never a name or a letter's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from extract.errors import ADVICE, Code, Problem

if TYPE_CHECKING:
    from extract.archive.run import Progress, RunResult


def console(*, error: bool = False) -> Console:
    """The terminal, or its stream for errors."""
    return Console(stderr=error, highlight=False, soft_wrap=False)


def complain(problem: Problem) -> None:
    """One problem that stopped a command: a sentence and its code, on stderr."""
    console(error=True).print(
        f"[bold red]error[/bold red] {escape(f'[{problem.code}]')} "
        f"{escape(problem.path)}: {escape(problem.sentence())}",
        soft_wrap=True,
    )


@contextmanager
def progress_bar(what: str) -> Iterator[Progress | None]:
    """A progress bar where there is a terminal to draw on, else nothing."""
    screen = console(error=True)
    if not screen.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Bar(*columns, console=screen, transient=True) as bar:
        task = bar.add_task(what, total=None, rate="")

        def show(done: int, total: int) -> None:
            speed = bar.tasks[0].speed
            said = f"{speed:,.0f} a second" if speed else ""
            bar.update(task, completed=done, total=total, rate=said)

        yield show


def summary(result: RunResult) -> None:
    """What a finished run says: the cohort, eligibility, and every file accounted for."""
    from extract.outputs.summary import cohort_table, eligibility_table

    screen = console()
    if result.outcomes.headline.treated:
        screen.print(cohort_table(result.outcomes))
    if result.counts.patients:
        screen.print(eligibility_table(result.eligibility()))
    n = result.counts
    screen.print(
        f"{many(n.files, 'file')}: {many(n.letters, 'letter')}, {n.empty} empty, "
        f"{many(n.duplicates, 'duplicate')}, {n.rejected} rejected"
    )
    for code, number in result.rejected_by_code.items():
        screen.print(f"  {number} {code}: {ADVICE[Code(code)]}", soft_wrap=True)
    screen.print(
        f"{many(n.patients, 'patient')}, {many(n.facts, 'fact')}; for review: "
        f"{many(n.facts_for_review, 'fact')}, {many(n.patients_for_review, 'patient')}"
    )
    said = "written to" if result.written else "nothing has changed; the outputs stand in"
    screen.print(f"{said} {escape(str(result.settings.out))}", soft_wrap=True)


def many(number: int, what: str) -> str:
    """A number with its noun."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
