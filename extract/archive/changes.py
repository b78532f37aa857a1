"""Which facts of a corpus change between two folders of rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extract.archive.run import read_letters
from extract.archive.settings import RunSettings
from extract.records import LetterRecord


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A fact that only one of two sets of rules reads from a letter."""

    letter_id: str
    field: str
    item: str
    value: str
    what: Literal["lost", "new"]


def changes(letters: Path, old: Path, new: Path) -> list[Change]:
    """Read the letters with both folders of rules and compare the facts, ordered by letter.

    Raises:
        ExtractError: the letters or one of the folders cannot be used.
    """
    before, after = (
        _keys(read_letters(RunSettings.checked(letters=letters, patterns=folder)).records)
        for folder in (old, new)
    )
    lost = [Change(*key, "lost") for key in before - after]
    return sorted(lost + [Change(*key, "new") for key in after - before])


def _keys(records: Iterable[LetterRecord]) -> set[tuple[str, str, str, str]]:
    return {(record.letter_id, *fact.key) for record in records for fact in record.facts}
