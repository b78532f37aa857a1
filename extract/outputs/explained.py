"""Eligibility explained, as a file: JSON, CSV or Markdown, with the letters' words."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import orjson

from extract.calculators.explain import Explained, Explanation, Statement
from extract.errors import Code, ExtractError, Problem
from extract.outputs.evidence import Evidence, Quote
from extract.outputs.report.plain import escaped

COLUMNS: Final = (
    "patient_id",
    "criterion",
    "verdict",
    "value",
    "threshold",
    "why",
    "disagreeing",
    "chase",
    "where",
    "quotes",
)


#: A patient's verdicts explained, and the letters that their words are in.
Told = tuple[Explanation, Evidence]


def write_explained(path: Path, found: Iterable[Told]) -> None:
    """Write explanations by the file's ending, one after the other.

    Raises:
        ExtractError: (``bad_settings``) the ending is none of .json, .csv and .md;
            (``output_not_writable``).
    """
    forms = {".json": _json, ".csv": _csv, ".md": _markdown}
    form = forms.get(path.suffix.lower())
    if form is None:
        detail = "The file's name must end in .json, .csv or .md."
        raise ExtractError(Problem(str(path), Code.SETTINGS, detail))
    aside = path.with_name(f".writing-{path.name}")
    try:
        with aside.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(form(found))
        aside.replace(path)
    except OSError as error:
        detail = f"The file cannot be written ({type(error).__name__})."
        raise ExtractError(Problem(str(path), Code.OUTPUT, detail)) from None
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def quoted(quote: Quote) -> str:
    """A quote with its letter and date, on one line."""
    words = " ".join(quote.quote.split())
    return f"“{words}” ({quote.letter_id}, {quote.letter_date or 'not dated'})"


def disagreement(statement: Statement) -> str:
    """A statement that would have decided otherwise, and why it was set aside."""
    on = f" ({statement.on.edtf})" if statement.on else ""
    return f"{statement.what} {statement.value}{on}: {statement.why}"


def _json(found: Iterable[Told]) -> Iterator[str]:
    """A list of documents, indented as one."""
    before = "["
    for item, evidence in found:
        document = item.model_dump(mode="json")
        for criterion, shown in zip(item.criteria, document["criteria"], strict=True):
            shown["quotes"] = [_plain(quote) for quote in evidence.all(criterion.sources)]
        # No string holds a line end of its own: JSON escapes them.
        lines = orjson.dumps(document, option=orjson.OPT_INDENT_2).decode().split("\n")
        yield "\n  ".join((before, *lines))
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _plain(quote: Quote) -> dict[str, Any]:
    keys = ("letter_id", "letter_date", "field", "item", "value", "quote", "start", "end")
    return {key: getattr(quote, key) for key in keys}


def _csv(found: Iterable[Told]) -> Iterator[str]:
    lines: list[str] = []
    writer = csv.DictWriter(_Lines(lines), COLUMNS, lineterminator="\n")
    writer.writeheader()
    for item, evidence in found:
        for criterion in item.criteria:
            writer.writerow(_row(item.patient_id, criterion, evidence))
        yield "".join(lines)
        lines.clear()
    yield "".join(lines)


class _Lines:
    """What a writer of CSV takes for a file."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def _row(patient_id: str, criterion: Explained, evidence: Evidence) -> dict[str, str]:
    return {
        "patient_id": patient_id,
        "criterion": criterion.name,
        "verdict": criterion.verdict.value,
        "value": criterion.value,
        "threshold": criterion.threshold,
        "why": criterion.why,
        "disagreeing": "; ".join(map(disagreement, criterion.disagreeing)),
        "chase": criterion.chase,
        "where": criterion.where,
        "quotes": " | ".join(map(quoted, evidence.all(criterion.sources))),
    }


def _markdown(found: Iterable[Told]) -> Iterator[str]:
    yield "# Eligibility, explained\n"
    for item, evidence in found:
        for line in _section(item, evidence):
            yield f"{line}\n"


def _section(item: Explanation, evidence: Evidence) -> Iterator[str]:
    yield ""
    yield f"## {escaped(item.patient_id)}: {item.eligible.value.replace('_', ' ')}"
    for criterion in item.criteria:
        yield ""
        verdict = criterion.verdict.value.replace("_", " ")
        value = f": {escaped(criterion.value)}" if criterion.value else ""
        wanted = escaped(criterion.threshold)
        yield f"**{criterion.title}** {verdict}{value} (wanted {wanted})"
        yield ""
        if criterion.why:
            yield f"- {escaped(criterion.why)}"
        for quote in evidence.all(criterion.sources):
            yield f"- {escaped(quoted(quote))}"
        for statement in criterion.disagreeing:
            yield f"- set aside: {escaped(disagreement(statement))}"
        for conflict in criterion.conflicts:
            sides = ", ".join(reading.value for reading in conflict.readings)
            yield f"- letters disagree on {escaped(f'{conflict.about}: {sides}')}"
            yield f"  ({escaped(conflict.why)})"
        if criterion.chase:
            yield f"- to chase: {escaped(criterion.chase)}, in {escaped(criterion.where)}"
