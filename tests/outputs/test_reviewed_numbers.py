"""An accepted review of one fact moves the numbers that stand on it, and no other file line."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.audit.apply import apply_reviews
from extract.audit.book import Book
from extract.audit.sampling import Plan
from extract.records import Field, LetterRecord
from extract.store.reviews import Verdict
from tests.audit.conftest import answer, item_of, write_run
from tests.calculators.conftest import c6_letters
from tests.outputs.conftest import quoted_letter


def letters() -> list[LetterRecord]:
    """The C6 cohort with a place of its own for every fact."""
    made = []
    for letter in c6_letters():
        keys = [fact.key for fact in letter.facts]
        again = quoted_letter(letter.letter_id, keys, letter.patient_id)
        digest = hashlib.sha256(letter.letter_id.encode()).hexdigest()
        made.append(again.model_copy(update={"digest": digest}))
    return made


def flat(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(f"{path}.{key}" if path else key, inner)
    else:
        yield path, value


def numbers(out: Path) -> dict[str, Any]:
    found = dict(flat("", json.loads((out / "outcomes.json").read_text())))
    with (out / "eligibility.csv").open(newline="") as stream:
        for row in csv.DictReader(stream):
            found |= {f"{row['patient_id']}.{key}": value for key, value in row.items()}
    return found


@pytest.mark.parametrize(
    ("letter_id", "field", "value", "moved"),
    [
        (
            "S03/discharge",
            Field.INOTROPES,
            "yes",
            # The letter is about both cycles: a yes leaves open in which one it was.
            {"headline.inotropes", "people.inotropes", "toxicity.inotropes",
             "toxicity.by_cycle.1.inotropes", "toxicity.by_cycle.2.inotropes"},
        ),
        ("C09/discharge", Field.IL2_DOSES, "5", {"doses.by_cycle.1", "doses.total",
                                                 "doses.first_course_percent"}),
        (
            "S02/last",
            Field.RESPONSE,
            "",
            set(),
        ),
    ],
)  # fmt: skip
def test_a_review_moves_its_own_numbers(
    tmp_path: Path, letter_id: str, field: Field, value: str, moved: set[str]
) -> None:
    out = tmp_path / "out"
    write_run(out, tmp_path, letters())
    before = numbers(out)
    book = Book(out, Plan(double=0.0))
    if not value:
        # A review that confirms what was read moves nothing at all.
        item = item_of(book, letter_id, Field.RESPONSE)
        book.add(answer(item, Verdict.RIGHT))
    else:
        item = item_of(book, letter_id, field)
        book.add(answer(item, Verdict.CORRECT, (field.value, item.fact.item, value)))
    assert apply_reviews(out)
    after = numbers(out)
    changed = {key for key in before | after if before.get(key) != after.get(key)}
    assert {key for key in changed if not key.startswith(tuple(moved or {"-"}))} == set()
    for prefix in moved:
        assert any(key.startswith(prefix) for key in changed), prefix
