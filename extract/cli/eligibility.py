"""``extract eligibility``: verdicts explained, and who changes with other thresholds."""

from __future__ import annotations

from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from extract.cli.commands import app
from extract.cli.terminal import console, many
from extract.errors import Code, ExtractError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.calculators import Change, Criteria
    from extract.calculators.explain import Explained, Explanation
    from extract.outputs.evidence import Evidence
    from extract.records import LetterRecord, PatientRecord

#: Patients in the table on the terminal; the rest are counted.
_MOST = 200
#: The criteria in a table, in their order.
_HEADS = ("setting", "histology", "CAIX", "PS", "echo", "washout", "organs")
_SIGNS = {"met": "✓", "not_met": "✗", "unknown": "?"}

Out = Annotated[
    Path, typer.Argument(metavar="OUT", help="A folder that the main job wrote (its --out).")
]
CriteriaName = Annotated[
    str,
    typer.Option(
        "--criteria",
        metavar="NAME|FILE",
        help="Judge by these thresholds: a name of criteria.toml, or a file (FILE:NAME for one "
        "of several sets in it).",
    ),
]


@app.command()
def eligibility(
    out: Out,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Try another threshold, such as caix=85 or washout_days=42; may be repeated.",
        ),
    ] = None,
    criteria: CriteriaName = "",
    planned: Annotated[
        bool,
        typer.Option("--planned", help="Judge at the planned first dose where a letter plans it."),
    ] = False,
    patients: Annotated[
        list[str] | None,
        typer.Option("--patient", metavar="ID", help="Explain this patient; may be repeated."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Write it all, with quotes: .json, .csv or .md."),
    ] = None,
    show_text: Annotated[
        bool, typer.Option("--show-text", help="With --patient: also print the letter's own words.")
    ] = False,
) -> None:
    """Say why each patient is eligible or not, or who changes with other thresholds.

    [bold]python -m extract eligibility extracted --set caix=85 --set washout_days=42[/bold]
    """
    from extract.calculators import what_if
    from extract.calculators.explain import explain
    from extract.calculators.presets import parse_changes
    from extract.outputs.evidence import Evidence
    from extract.outputs.explained import write_explained
    from extract.outputs.one_by_one import OutFiles
    from extract.values.kleene import Truth

    records = OutFiles.opened(out)
    ran = records.criteria
    wanted = _criteria(ran, criteria, parse_changes(settings or ()))
    chosen = frozenset(patients or ())
    found: list[tuple[Explanation, Evidence]] = []
    eligible: Counter[Any] = Counter()
    changes: list[Change] = []

    def told() -> Iterator[tuple[Explanation, Evidence]]:
        """Each patient's verdicts explained; the first are kept, the others counted."""
        quoted = to is not None or show_text
        alone: Iterator[tuple[PatientRecord, list[LetterRecord]]]
        alone = ((patient, []) for patient in records.each_patient(chosen))
        for patient, letters in records.each_person(chosen) if quoted else alone:
            item = explain(patient, wanted, as_planned=planned), Evidence(letters)
            eligible[item[0].eligible] += 1
            if wanted != ran:
                changes.extend(what_if([patient], ran, wanted))
            if chosen or len(found) < _MOST:
                found.append(item)
            yield item

    if chosen:
        _all_known(chosen, {patient.patient_id for patient in records.each_patient(chosen)})
    if to is not None:
        write_explained(to, told())
    else:
        deque(told(), maxlen=0)
    if wanted != ran:
        _changes(changes, ran, wanted)
    if chosen:
        for item, evidence in found:
            _explained(item, evidence if show_text else None)
    elif wanted == ran:
        _table([item for item, _ in found], eligible.total())
    said = ", ".join(f"{eligible[truth]:,} {_words(truth)}" for truth in Truth)
    console().print(f"eligible: {said}")
    if to is not None:
        console().print(f"written to {escape(str(to))}", soft_wrap=True)


def _criteria(ran: Criteria, name: str, changes: dict[str, object]) -> Criteria:
    from extract.calculators.presets import named_criteria

    base = named_criteria(name) if name else ran
    return base.changed(changes, name=f"{base.name}, changed") if changes else base


def _all_known(patients: frozenset[str], known: set[str]) -> None:
    missing = patients - known
    if missing:
        detail = f"{many(len(missing), 'patient')} of these ids are not in the folder."
        raise ExtractError(Problem("--patient", Code.SETTINGS, detail))


def _changes(found: Sequence[Change], before: Criteria, after: Criteria) -> None:
    """Who changes: patient, criterion, before and after."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from extract.calculators.explain import TITLES

    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    told = [
        f"{key} {old[key]} -> {new[key]}" for key in old if key != "name" and old[key] != new[key]
    ]
    screen = console()
    screen.print(escape("; ".join(told) or "the same thresholds"), soft_wrap=True)
    if found:
        table = Table("patient", "criterion", "before", "after", box=SIMPLE_HEAD)
        for change in found[:_MOST]:
            title = TITLES.get(change.name, change.name)
            row = (change.patient_id, title, _words(change.before), _words(change.after))
            table.add_row(*map(escape, row), style=_style(change.after))
        screen.print(table)
    if len(found) > _MOST:
        screen.print(f"and {len(found) - _MOST:,} more; --to FILE has every patient")
    turned = {change.patient_id for change in found if change.name == "eligible"}
    whose = {change.patient_id for change in found}
    screen.print(
        f"{many(len(whose), 'patient')} with a verdict that changes; "
        f"eligibility changes for {len(turned):,}"
    )


def _table(found: Sequence[Explanation], number: int) -> None:
    """A row a patient with a sign for every criterion."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    legend = ", ".join(f"{sign} {name.replace('_', ' ')}" for name, sign in _SIGNS.items())
    table = Table(box=SIMPLE_HEAD, caption=legend, caption_justify="left", pad_edge=False)
    table.add_column("patient")
    for title in _HEADS:
        table.add_column(title, justify="center")
    table.add_column("eligible")
    for item in found:
        signs = [_SIGNS[criterion.verdict.value] for criterion in item.criteria]
        row = (item.patient_id, *signs, _words(item.eligible))
        table.add_row(*map(escape, row), style=_style(item.eligible))
    screen = console()
    screen.print(table)
    if number > len(found):
        screen.print(f"and {number - len(found):,} more; --to FILE has every patient")


def _explained(item: Explanation, evidence: Evidence | None) -> None:
    """One patient, criterion by criterion; the letters' words only where asked for."""
    screen = console()
    at = f", judged at {item.judged_on.edtf}" if item.judged_on else ""
    screen.print()
    screen.print(f"[bold]{escape(item.patient_id)}[/bold] {_words(item.eligible)}{at}")
    if item.as_planned is not None:
        screen.print(f"  by the planned first dose: {_words(item.as_planned)}")
    for criterion in item.criteria:
        for line in _lines(criterion, evidence):
            screen.print(line, soft_wrap=True)


def _lines(criterion: Explained, evidence: Evidence | None) -> list[str]:
    from extract.outputs.explained import disagreement, quoted

    style = _style(criterion.verdict) or "green"
    value = f": {criterion.value}" if criterion.value else ""
    head = f"{criterion.title}{value} (wanted {criterion.threshold})"
    lines = [f"  [{style}]{_words(criterion.verdict)}[/{style}] {escape(head)}"]
    if criterion.why:
        lines.append(f"      {escape(criterion.why)}")
    letters = dict.fromkeys(source.letter_id for source in criterion.sources)
    if evidence is not None:
        lines += [f"      {escape(quoted(quote))}" for quote in evidence.all(criterion.sources)]
    elif letters:
        lines.append(f"      from {escape(', '.join(letters))}")
    lines += [f"      set aside: {escape(disagreement(s))}" for s in criterion.disagreeing]
    for conflict in criterion.conflicts:
        sides = ", ".join(reading.value for reading in conflict.readings)
        lines.append(f"      letters disagree on {escape(f'{conflict.about}: {sides}')}")
    if criterion.chase:
        lines.append(f"      [bold]chase[/bold] {escape(criterion.chase)}")
        lines.append(f"      likely in {escape(criterion.where)}")
    return lines


def _words(verdict: Any) -> str:
    return str(verdict.value).replace("_", " ")


def _style(verdict: Any) -> str:
    return {"met": "", "not_met": "red", "unknown": "yellow"}[verdict.value]
