"""Courses of drugs in short letters of many hands: given, current or planned, when, and why over.

The letters were written before the rules were tried on them. Responses are left out here.
"""

from __future__ import annotations

import pytest

from extract.fields import letterdate, therapy, washout
from extract.fields.view import View
from extract.language.pipeline import Reader
from tests.fields import therapy_clauses, therapy_narrative, therapy_notes, therapy_records

_FIELDS = {
    "start": "therapy_start",
    "end": "therapy_end",
    "why": "therapy_end_reason",
    "line": "therapy_line",
    "wash": "washout",
}
LETTERS = [
    *therapy_narrative.LETTERS,
    *therapy_records.LETTERS,
    *therapy_notes.LETTERS,
    *therapy_clauses.LETTERS,
]


def expected(lines: str) -> set[str]:
    """The rows of "sunitinib given; start 2009-06", as "field item value"."""
    rows = set()
    for line in filter(None, lines.splitlines()):
        head, *rest = [part.strip() for part in line.split(";")]
        agent, status = head.rsplit(" ", 1)
        rows.add(f"therapy {agent} {status}")
        for part in rest:
            name, value = part.split(" ", 1)
            rows.add(f"{_FIELDS[name]} {agent} {value}")
    return rows


@pytest.mark.parametrize(("head", "text", "lines"), LETTERS)
def test_courses_of_a_letter(reader: Reader, head: str, text: str, lines: str) -> None:
    view = View(reader.read(f"{head}\n\n{text}\n"), reader.lexicon)
    anchor, order, _ = letterdate.find(view)
    dated = view.dated(anchor, order)
    drafts = [*therapy.find(dated), *washout.find(dated)]
    told = {
        f"{d.field.value} {d.item} {d.value}"
        for d in drafts
        if not d.field.value.startswith("response")
    }
    assert told == expected(lines)
