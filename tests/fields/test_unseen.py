"""Short letters written without a look at the rules: every fact but those of therapy.

Each letter of ``unseen/*.txt`` stands under ``=== name``, its facts below ``---``, one field a
line. A line that begins with ``?`` holds facts that the rules still miss, one with ``!`` facts
that they wrongly give: what is known to be wrong is written down, not left out.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extract.fields.assemble import extract_facts
from extract.language.pipeline import Reader

_FOLDER = Path(__file__).parent / "unseen"
_OTHER = ("therapy", "response", "washout")
Row = tuple[str, str, str]


def _rows(lines: list[str]) -> set[Row]:
    rows: set[Row] = set()
    for line in lines:
        field, values = line.split(":", 1)
        for told in values.split(","):
            item, _, value = told.strip().rpartition(" ")
            rows.add((field.strip(), "" if item == "-" else item, value))
    return rows


def _letters() -> list[tuple[str, str, list[str]]]:
    found = []
    for path in sorted(_FOLDER.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("=== ")[1:]:
            name, rest = block.split("\n", 1)
            text, told = rest.rsplit("\n---\n", 1)
            found.append((name, text + "\n", told.strip().splitlines()))
    return found


def _near(row: Row, other: Row) -> bool:
    """Whether two rows say the same; a date told as worked out may be ten days off."""
    if row[:2] != other[:2] or not row[2].endswith("~"):
        return row == other
    first, second = (r[2].rstrip("~") for r in (row, other))
    return len(first) == len(second) == 10 and abs((_day(first) - _day(second)).days) <= 10


def _day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("name", "text", "told"), _letters(), ids=lambda value: str(value)[:4])
def test_letter(reader: Reader, name: str, text: str, told: list[str]) -> None:
    want = _rows([line for line in told if line[0] not in "?!"])
    missed = _rows([line[1:] for line in told if line[0] == "?"])
    wrong = _rows([line[1:] for line in told if line[0] == "!"])
    found = {
        fact.key
        for fact in extract_facts(reader.read(text), reader.lexicon)
        if not fact.field.value.startswith(_OTHER) and fact.value != "non_renal"
    }
    lacking = {row for row in want if not any(_near(row, other) for other in found)}
    surplus = {
        row for row in found - wrong if not any(_near(other, row) for other in want | missed)
    }
    assert (lacking, surplus) == (set(), set()), name
