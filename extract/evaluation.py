"""How well facts are found: gold facts and patients, and scores against them.

A found fact is right when letter, field, item and value are those of a gold fact, after
case and white space are made alike. A gold date that ends in ``~`` allows a found one
within ten days, one month or one year, by how closely it is given. Precision, recall and
F1 are counted over all letters that the gold names; ``non_renal`` is never scored.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from extract.errors import Code, ExtractError, Problem
from extract.records import Evidence, Fact, Field, LetterRecord

_COLUMNS = ("letter_id", "field", "item", "value")
_FIELDS = frozenset(field.value for field in Field)

#: What a fact is scored by: field, item, value.
Row = tuple[str, str, str]
#: The facts of each letter, by its id; a letter without facts has an empty set.
Facts = dict[str, set[Row]]

#: The fields that decide about a patient and his therapy, averaged by themselves.
CORE = frozenset(
    {
        "ecog",
        "caix",
        "therapy",
        "therapy_start",
        "therapy_end",
        "washout",
        "response",
        "response_date",
    }
)
#: How far a found day may lie from one that gold only gives about.
_ABOUT_DAYS = 10
_NEVER_SCORED = "non_renal"


def read_gold(path: Path) -> list[LetterRecord]:
    """Read a gold ``facts.csv`` into one record a letter, in the file's order.

    The columns are ``letter_id, field, item, value``; more are ignored. The patient is
    the first folder of the letter's id, or the id itself where it lies in none. A row
    with an empty field names a letter without facts.

    Raises:
        ExtractError: (``bad_gold``) the file cannot be read, lacks a column, or holds a
            row that is no fact; every bad row is named by its line.
    """
    numbered = _read_csv(path, _COLUMNS)
    letters: dict[str, list[tuple[str, str, str]]] = {}
    problems: list[Problem] = []
    for line, row in numbered:
        facts = letters.setdefault((row["letter_id"] or "").strip(), [])
        field, item, value = ((row[name] or "").strip() for name in _COLUMNS[1:])
        if not field:
            continue
        if field not in _FIELDS:
            problems.append(Problem(str(path), Code.GOLD, f"Line {line}: no field {field!r}."))
        elif (field, item, value) not in facts:
            facts.append((field, item, value))
    if problems:
        raise ExtractError(*problems)
    return [letter_of(letter_id, facts) for letter_id, facts in letters.items()]


def letter_of(
    letter_id: str, facts: Iterable[tuple[str, str, str]], patient_id: str = ""
) -> LetterRecord:
    """A record without a letter: facts as (field, item, value), with stand-in evidence.

    For gold facts and tests; the offsets point nowhere. Raises ValueError for an unknown
    field.
    """
    rows = [(Field(field), item, value) for field, item, value in facts]
    dates = [value for field, _, value in rows if field is Field.LETTER_DATE]
    try:
        return LetterRecord(
            letter_id=letter_id,
            patient_id=patient_id or letter_id.partition("/")[0],
            letter_date=dates[0] if dates else "",
            facts=tuple(
                Fact(
                    field=field,
                    item=item,
                    value=value,
                    evidence=Evidence(start=0, end=1, quote="?"),
                    rule="gold",
                )
                for field, item, value in rows
            ),
        )
    except ValidationError as error:
        raise ValueError(f"the facts of {letter_id} make no record: {error}") from None


def read_truth(path: Path) -> dict[str, Mapping[str, str]]:
    """Read a gold ``patients.csv``: the row of ``eligibility.csv`` expected of each patient.

    Raises:
        ExtractError: (``bad_gold``) the file cannot be read or has no ``patient_id``.
    """
    return {row["patient_id"]: row for _, row in _read_csv(path, ("patient_id",))}


def _read_csv(path: Path, columns: Collection[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file, each with its line, after a check of its columns."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as handle:
            rows = csv.DictReader(handle)
            missing = [name for name in columns if name not in (rows.fieldnames or ())]
            if missing:
                detail = f"{path.name} has no column {', '.join(missing)}."
                raise ExtractError(Problem(str(path), Code.GOLD, detail))
            return [(rows.line_num, row) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        detail = f"{path.name} cannot be read ({type(error).__name__})."
        raise ExtractError(Problem(str(path), Code.GOLD, detail)) from None


# ------------------------------------------------------------------ scores


def read_facts(path: Path) -> Facts:
    """The facts of a table with the gold columns, or of all ``*facts.csv`` of a folder.

    Raises:
        ExtractError: (``bad_gold``) there is none, it cannot be read, or lacks a column.
    """
    paths = sorted(path.glob("*facts.csv")) if path.is_dir() else [path]
    if not paths:
        detail = "The folder holds no file whose name ends in facts.csv."
        raise ExtractError(Problem(str(path), Code.GOLD, detail))
    facts: Facts = {}
    for each in paths:
        for _, row in _read_csv(each, _COLUMNS):
            held = facts.setdefault(normal(row["letter_id"]), set())
            _hold(held, row["field"], row["item"], row["value"])
    return facts


def facts_of(records: Iterable[LetterRecord]) -> Facts:
    """The facts of records, as they are scored."""
    facts: Facts = {}
    for record in records:
        held = facts.setdefault(normal(record.letter_id), set())
        for fact in record.facts:
            _hold(held, *fact.key)
    return facts


def _hold(held: set[Row], field: str, item: str, value: str) -> None:
    row = (normal(field), normal(item), normal(value))
    if row[0] and row[2] != _NEVER_SCORED:
        held.add(row)


def normal(text: str | None) -> str:
    """Lower case, single spaces, and one way to write signs."""
    plain = " ".join((text or "").lower().split())
    return plain.replace("≥", ">=").replace("≤", "<=").replace("–", "-")


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of one field, or of several together."""

    name: str
    right: int
    missed: int
    wrong: int

    @property
    def gold(self) -> int:
        """Facts there are to find."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Share of the found facts that are right; where none was found, of none missed."""
        found = self.right + self.wrong
        return self.right / found if found else float(not self.missed)

    @property
    def recall(self) -> float:
        """Share of the gold facts that were found."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def plain(self) -> dict[str, int | float]:
        """Everything about it, for JSON; names as in the project's scoring contract."""
        return {
            "gold": self.gold,
            "tp": self.right,
            "fn": self.missed,
            "fp": self.wrong,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
        }


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A gold fact that was missed, or a found one that is wrong."""

    letter_id: str
    row: Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """Found facts held against gold: what is right by field, and every difference."""

    right: Counter[str]
    missed: tuple[Difference, ...]
    wrong: tuple[Difference, ...]

    def scores(self) -> list[Score]:
        """One score a field, by name, then ``CORE`` and ``ALL``, averaged over facts."""
        missed = Counter(item.row[0] for item in self.missed)
        wrong = Counter(item.row[0] for item in self.wrong)
        fields = sorted({*self.right, *missed, *wrong})

        def over(name: str, some: Collection[str]) -> Score:
            each = ((self.right[f], missed[f], wrong[f]) for f in some)
            return Score(name, *map(sum, zip((0, 0, 0), *each, strict=True)))

        core = [field for field in fields if field in CORE]
        return [over(f, [f]) for f in fields] + [over("CORE", core), over("ALL", fields)]


def compare(gold: Facts, found: Facts, fields: Collection[str] = ()) -> Comparison:
    """Hold found facts against gold, over the letters that gold names.

    Args:
        gold: the truth.
        found: what was read.
        fields: score these only; default, all.
    """
    right: Counter[str] = Counter()
    missed: list[Difference] = []
    wrong: list[Difference] = []
    for letter_id in sorted(gold):
        want, have = (
            {row for row in facts.get(letter_id, ()) if not fields or row[0] in fields}
            for facts in (gold, found)
        )
        right.update(row[0] for row in want & have)
        left = sorted(have - want)
        for row in sorted(want - have):
            match = next((other for other in left if _same(row, other)), None)
            if match is None:
                missed.append(Difference(letter_id, row))
            else:
                right[row[0]] += 1
                left.remove(match)
        wrong += [Difference(letter_id, row) for row in left]
    return Comparison(right, tuple(missed), tuple(wrong))


_YEAR_FIRST = re.compile(r"\d{4}(?:-|~|$)")


def _same(gold: Row, found: Row) -> bool:
    if gold[:2] != found[:2]:
        return False
    field, value, other = gold[0], gold[2], found[2]
    if "=" in value and "=" in other and value[0] not in "<>":
        (what, on), (other_what, other_on) = value.split("=", 1), other.split("=", 1)
        return what == other_what and same_date(on, other_on)
    dated = field == "death" or field.endswith(("_date", "_start", "_end"))
    if dated and _YEAR_FIRST.match(value):
        return same_date(value, other)
    return value.lstrip("~") == other.lstrip("~")


def same_date(gold: str, found: str) -> bool:
    """Whether a found date is the gold one, or near enough to one that is only about."""
    about = gold.endswith("~")
    gold, found = gold.rstrip("~"), found.rstrip("~")
    if gold == found or not about or len(gold) != len(found):
        return gold == found
    try:
        if len(gold) == len("2011-05-02"):
            apart = date.fromisoformat(gold) - date.fromisoformat(found)
            return abs(apart.days) <= _ABOUT_DAYS
        if len(gold) == len("2011-05"):
            return abs(_months(gold) - _months(found)) <= 1
        return abs(int(gold) - int(found)) <= 1
    except ValueError:
        return False


def _months(text: str) -> int:
    """Months since the year 0. Raises ValueError for seasons, which are no months."""
    year, month = text.split("-")
    if int(month) > 12:
        raise ValueError("a season is no month")
    return int(year) * 12 + int(month)
