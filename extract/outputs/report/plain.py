"""``report.md``: the report as Markdown, for a wiki, a pull request or a pipe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from extract.outputs.figures import data
from extract.outputs.report.book import Book, Share, Table
from extract.outputs.report.doubts import doubts
from extract.outputs.report.people import Section, sections
from extract.outputs.report.tables import key_numbers, tables
from extract.outputs.report.words import counts, made, sentences
from extract.values.kleene import Truth
from extract.version import __version__

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_SIGNS: Final = {Truth.MET: "met", Truth.NOT_MET: "**not met**", Truth.UNKNOWN: "*unknown*"}


def markdown_report(book: Book) -> str:
    """The report as Markdown. The same records give the same bytes."""
    return "\n".join(_lines(book)) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _lines(book: Book) -> Iterator[str]:
    yield "# High-dose interleukin-2: what the letters say"
    yield ""
    criteria = escaped(book.finished.criteria.name)
    yield f"{counts(book)}. Judged by the criteria “{criteria}”."
    for sentence in sentences(book):
        yield ""
        yield escaped(sentence)
    yield from _doubts(book)
    yield from _flow(book)
    yield ""
    yield "## Results"
    for table in tables(book):
        yield from markdown_table(table)
    yield ""
    yield "## Patients"
    for section in sections(book):
        yield from _patient(section)
    more = len(book.finished.patients) - len(book.detailed)
    if more:
        yield ""
        yield f"{more} more are in eligibility.csv and patients.jsonl."
    yield ""
    yield "## Where the headline comes from"
    for key, label, number, _ in key_numbers(book):
        yield ""
        yield f"### {escaped(label)}: {escaped(number)}"
        opened = book.opened(f"headline.{key}")
        yield ""
        yield from _shares(opened.shares) if opened.shares else ["No patients."]
        if opened.more:
            yield f"- and {opened.more} more patients"
    yield ""
    yield escaped(made(book, __version__))


def markdown_table(table: Table) -> Iterator[str]:
    """A table with its title and notes."""
    yield ""
    yield f"### {escaped(table.title)}"
    yield ""
    yield from _table(
        table.columns,
        (
            (*row.cells, *[""] * (len(table.columns) - len(row.cells)))
            if not row.head
            else (f"**{row.cells[0]}**", *[""] * (len(table.columns) - 1))
            for row in table.rows
        ),
        {row.cells[0] for row in table.rows if row.head},
    )
    cautions = dict.fromkeys(f"{row.cells[0]}: {row.note}" for row in table.rows if row.note)
    for note in (*cautions, *table.notes):
        yield ""
        yield escaped(note)


def _table(
    columns: Iterable[str], rows: Iterable[Iterable[str]], heads: set[str] | None = None
) -> Iterator[str]:
    names = list(columns)
    yield f"| {' | '.join(escaped(name) for name in names)} |"
    yield f"|{'|'.join(['---', *['---:'] * (len(names) - 1)])}|"
    for row in rows:
        cells = [cell if heads and cell.strip("*") in heads else escaped(cell) for cell in row]
        yield f"| {' | '.join(cells)} |"


def _doubts(book: Book) -> Iterator[str]:
    found = doubts(book)
    yield ""
    yield "## Doubts first"
    if found.none:
        yield ""
        yield "Nothing to chase, no letters that disagree, no fact marked for review."
    if found.chase:
        yield ""
        yield "To chase:"
        yield ""
        for item in found.chase:
            who = ", ".join(item.patients[:20])
            who += " and others" if len(item.patients) > 20 else ""
            text = f"{item.criterion} of {len(item.patients)}: {item.what} (likely in {item.where})"
            yield f"- {escaped(text)}: {escaped(who)}"
    clashes = (*found.clashes, *found.minor_clashes)
    if clashes:
        yield ""
        yield "Letters that disagree:"
        yield ""
        for clash in clashes:
            sides = ", ".join(side.value for side in clash.sides)
            text = f"{clash.patient_id}, {clash.about}: {sides} ({clash.settled})"
            yield f"- {escaped(text)}"
    if found.flags:
        yield ""
        yield "Facts marked for a person's eye:"
        yield ""
        for flag in found.flags:
            yield f"- {flag.number} {flag.what}: {escaped(flag.meaning)} ({escaped(flag.reason)})"
    for note in found.notes:
        yield ""
        yield escaped(note)


def _flow(book: Book) -> Iterator[str]:
    yield ""
    yield "## Flow of patients"
    yield ""
    boxes = data.flow(book.outcomes)
    for place, box in enumerate(boxes):
        parts = ", ".join(f"{number} {name}" for name, number in box.parts)
        yield f"- **{box.number}** {box.what}" + (f": {parts}" if parts else "")
        if place < len(boxes) - 1:
            for why, number in box.left:
                if number:
                    yield f"    - left: {number} {escaped(why)}"


def _patient(section: Section) -> Iterator[str]:
    yield ""
    yield f"### {escaped(section.patient_id)}: {_SIGNS[section.eligible]}"
    yield ""
    best = f"best response {section.best}" if section.treated else "not given interleukin-2"
    yield f"{escaped(section.setting)}; {escaped(best)}; judged {section.clock}."
    yield ""
    yield from _rows(section)


def _rows(section: Section) -> Iterator[str]:
    yield "| criterion | verdict | value | wanted | why | to chase |"
    yield "|---|---|---|---|---|---|"
    for item in section.criteria:
        chase = f"{item.chase} (likely in {item.where})" if item.chase else ""
        cells = (item.title, item.value, item.threshold, item.why, chase)
        title, *rest = map(escaped, cells)
        yield f"| {title} | {_SIGNS[item.verdict]} | {' | '.join(rest)} |"


def _shares(shares: Iterable[Share]) -> Iterator[str]:
    for share in shares:
        yield f"- {escaped(share.patient_id)}: {escaped(share.value)}"
        for quote in share.quotes:
            where = f"{quote.about}; {quote.letter_id}, {quote.letter_date or 'not dated'}"
            yield f"    - “{escaped(quote.quote)}” ({escaped(where)})"
        if share.more:
            yield f"    - and {share.more} more facts"
