"""The tables at the end of a run, for a terminal: counts and rates, never a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rich.box import SIMPLE_HEAD
from rich.table import Table

from extract.calculators.cohort_models import Outcomes
from extract.calculators.intervals import Proportion
from extract.outputs.tables import ELIGIBILITY_COLUMNS
from extract.values.kleene import Truth

#: The criteria as a person reads them, in the order of ``eligibility.csv``.
_CRITERIA = {
    "histology": "histology",
    "caix": "CAIX",
    "ecog": "performance status",
    "stress_echo": "stress echo",
    "washout": "washout",
    "sites": "sites of disease",
}

_STYLE: Final[Any] = {
    "box": SIMPLE_HEAD,
    "pad_edge": False,
    "title_justify": "left",
    "caption_justify": "left",
}


def cohort_table(outcomes: Outcomes) -> Table:
    """The headline counts of patients given interleukin-2, with rates and exact intervals."""
    table = Table(title="Patients given high-dose interleukin-2", **_STYLE)
    table.add_column("")
    table.add_column("patients", justify="right")
    table.add_column("rate", justify="right")
    table.add_column("95 % interval", justify="right")
    table.add_column("of", style="dim")
    head, responses, toxicity = outcomes.headline, outcomes.responses, outcomes.toxicity
    rows: Sequence[tuple[str, int, Proportion | None, str]] = (
        ("treated", head.treated, None, ""),
        ("  salvage", head.salvage, None, ""),
        ("  consolidation", head.consolidation, None, ""),
        ("evaluable", head.evaluable, None, ""),
        ("responded", head.responders, responses.response_of_evaluable, "evaluable"),
        ("  completely", head.complete_responders, responses.complete_of_evaluable, "evaluable"),
        (
            "  relapsed after it",
            head.relapsed_after_complete,
            responses.relapse_of_complete,
            "complete responders",
        ),
        ("inotropes", head.inotropes, toxicity.inotropes.of_known, "stated"),
        ("intensive care", head.icu, toxicity.icu.of_known, "stated"),
    )
    for name, number, rate, of in rows:
        table.add_row(name, str(number), *_rate(rate), f"{rate.n} {of}" if rate else "")
    table.add_section()
    table.add_row("longest follow-up", f"{head.longest_follow_up_months} months", "", "", "")
    return table


def _rate(rate: Proportion | None) -> tuple[str, str]:
    if rate is None or rate.rate is None or rate.exact is None:
        return "", ""
    low, high = (100 * end for end in rate.exact)
    return f"{100 * rate.rate:.0f} %", f"{low:.0f} - {high:.0f} %"


def eligibility_table(rows: Iterable[Mapping[str, str]]) -> Table:
    """How many patients met each criterion, did not, or cannot be told.

    Args:
        rows: those of ``eligibility.csv``.
    """
    verdicts: dict[str, Counter[str]] = {name: Counter() for name in (*_CRITERIA, "eligible")}
    settings: Counter[str] = Counter()
    for row in rows:
        settings[row["setting"]] += 1
        for name, count in verdicts.items():
            count[row[name]] += 1
    said = ", ".join(f"{name} {number}" for name, number in sorted(settings.items()))
    table = Table(title="Eligibility of all patients", caption=f"setting: {said}", **_STYLE)
    table.add_column("")
    for name in ("met", "not met", "unknown"):
        table.add_column(name, justify="right")
    for column in (name for name in ELIGIBILITY_COLUMNS if name in verdicts):
        if column == "eligible":
            table.add_section()
        count = verdicts[column]
        numbers = (str(count[truth.value]) for truth in Truth)
        table.add_row(_CRITERIA.get(column, column), *numbers)
    return table
