"""Reviews as gold for ``evaluate``: the facts of letters that were read through."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from extract.audit.book import Book, given
from extract.store.reviews import Kind, Verdict

COLUMNS = ("letter_id", "field", "item", "value", "reviewer", "comment")
#: What a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def gold_rows(book: Book) -> Iterator[tuple[str, ...]]:
    """The facts of letters that somebody closed as complete, ordered by letter.

    Only those letters can be gold: of the others nobody knows what was missed. A fact that
    reviewers dispute or could not tell is left out. A letter without facts has one row
    with an empty field, which ``evaluate`` reads as that.
    """
    closed = {digest for digest, by in book.ledger.complete.items() if by}
    for letter in book.letters:
        if letter.digest not in closed:
            continue
        rows: dict[tuple[str, str, str], tuple[str, str]] = {}
        for item in book.of_letter[letter.letter_id]:
            standing = book.standing(item)
            review = given(standing) if standing else None
            if review is None or review.verdict not in (Verdict.RIGHT, Verdict.CORRECT):
                continue
            corrected = review.verdict is Verdict.CORRECT and review.to
            key = review.to if corrected and review.to else item.fact.key
            rows.setdefault(key, (review.reviewer, review.comment))
        for _, standing in book.missed_in(letter):
            review = given(standing)
            if review and (review.kind is Kind.MISSED or review.verdict is not None):
                if review.verdict in (Verdict.WRONG, Verdict.ABSENT, Verdict.UNSURE):
                    continue
                target = standing.target
                key = review.to or (target.field, target.item, target.value)
                rows.setdefault(key, (review.reviewer, review.comment))
        if not rows:
            yield (letter.letter_id, "", "", "", "", "")
        for key, said in sorted(rows.items()):
            yield (letter.letter_id, *key, *said)


def write_gold(path: Path, rows: Iterable[tuple[str, ...]]) -> int:
    """Write gold as CSV that no spreadsheet runs; how many rows."""
    number = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([plain_cell(cell) for cell in row])
            number += 1
    return number


def plain_cell(text: str) -> str:
    """A cell that a spreadsheet shows as it stands: a formula's beginning gets a quote."""
    return f"'{text}" if text.startswith(_FORMULA) else text
