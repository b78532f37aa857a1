"""Accepted reviews laid over the facts of a run, marked as such, and what no longer fits.

A review holds for the same value at the same place of the same text. Where a re-run reads
another value there, or the letter's text has changed, the review is kept and reported as
stale; it is never applied by guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from extract.records import Evidence, Fact, Field, LetterRecord, Reason, Reviewed
from extract.records.vocabulary import DATE_FIELDS, FIELDS, QUANTITY_FIELDS
from extract.store.reviews import Review, ReviewLog, Target, Verdict
from extract.store.standing import Ledger, Standing, State
from extract.values.dates import EdtfDate
from extract.values.quantities import Quantity

_DATED = DATE_FIELDS | {Field.RESPONSE_DATE, Field.DEATH}
_COUNTED = QUANTITY_FIELDS | {Field.CAIX, Field.HISTOLOGY_FEATURE}
_ORDER = {name: position for position, name in enumerate(FIELDS)}


class Stale(StrEnum):
    """Why a review no longer says anything about this run's facts."""

    LETTER_GONE = "letter_gone"
    TEXT_CHANGED = "text_changed"
    VALUE_CHANGED = "value_changed"
    EVIDENCE_CHANGED = "evidence_changed"
    FACT_GONE = "fact_gone"


@dataclass(slots=True)
class Overlaid:
    """Records with the accepted reviews in them.

    Attributes:
        records: one a letter, in the order given.
        counts: how many facts were confirmed, corrected, added or withdrawn.
        stale: reviews that were not applied, by the key of their target.
    """

    records: tuple[LetterRecord, ...]
    counts: dict[str, int] = field(default_factory=dict)
    stale: dict[str, Stale] = field(default_factory=dict)


def overlay_from(out: Path, records: Iterable[LetterRecord]) -> Overlaid:
    """Lay the reviews kept in an out folder over records; the same ones where there are none."""
    log = ReviewLog.at(out)
    if log is None:
        return Overlaid(tuple(as_read(record) for record in records))
    with log:
        return overlay(records, Ledger(log.since()))


def overlay(records: Iterable[LetterRecord], ledger: Iterable[tuple[str, Standing]]) -> Overlaid:
    """Lay what stands over records, which may hold an earlier overlay."""
    read = [as_read(record) for record in records]
    by_digest: dict[str, list[LetterRecord]] = {}
    for record in read:
        by_digest.setdefault(record.digest, []).append(record)
    ids = {record.letter_id for record in read}
    wanted: dict[str, list[Standing]] = {}
    result = Overlaid(())
    for key, standing in ledger:
        if standing.empty:
            continue
        held = by_digest.get(standing.target.digest)
        if not held:
            known = standing.target.letter_id in ids
            result.stale[key] = Stale.TEXT_CHANGED if known else Stale.LETTER_GONE
            continue
        stale = None if standing.missed else _mismatch(held[0], standing.target)
        if stale:
            result.stale[key] = stale
        elif standing.state is State.SETTLED:
            for record in held:  # a copy of the text says the same
                wanted.setdefault(record.letter_id, []).append(standing)
    counts = dict.fromkeys(("confirmed", "corrected", "added", "withdrawn"), 0)
    result.records = tuple(
        _laid(record, wanted[record.letter_id], counts) if record.letter_id in wanted else record
        for record in read
    )
    result.counts = counts
    return result


def as_read(record: LetterRecord) -> LetterRecord:
    """The record as the program read it, without any review."""
    if not record.withdrawn and not any(fact.reviewed for fact in record.facts):
        return record
    kept = [fact.machine if fact.reviewed else fact for fact in record.facts]
    facts = (*(fact for fact in kept if fact is not None), *record.withdrawn)
    return _with(record, facts, ())


def fact_of(
    text_quote: str, start: int, end: int, to: tuple[str, str, str], rule: str = "review"
) -> Fact:
    """A fact from what a reviewer gave.

    Raises:
        ValueError: the field, the date or the number is none of the contract; the message
            says what was expected.
    """
    name, item, value = (" ".join(part.split()) for part in to)
    if name not in set(Field):
        raise ValueError("There is no such field.")
    if not value:
        raise ValueError("A fact needs a value.")
    low, high = bounds(Field(name), value)
    try:
        evidence = Evidence(start=start, end=end, quote=text_quote)
        return Fact(
            field=Field(name), item=item, value=value, low=low, high=high,
            evidence=evidence, rule=rule,
        )  # fmt: skip
    except ValidationError:
        raise ValueError("Select the words in the letter that say it.") from None


def bounds(name: Field, value: str) -> tuple[str, str]:
    """The bounds of a value as ``facts.csv`` gives them. Raises ValueError for others."""
    if name in _DATED:
        text = value.rpartition("=")[2]
        if name is Field.DEATH and not text[:1].isdigit():
            return "", ""
        try:
            day = EdtfDate.parse(text)
        except ValueError:
            raise ValueError("A date is written 2011, 2011-03 or 2011-03-04.") from None
        return day.earliest.isoformat(), day.latest.isoformat()
    if name in _COUNTED:
        try:
            quantity = Quantity.parse(value)
        except ValueError:
            if name in QUANTITY_FIELDS:
                raise ValueError("A number is written 2, 80-90, >80, <=5 or ~90.") from None
            return "", ""  # a word: positive, absent
        return f"{quantity.low:g}", f"{quantity.high:g}"
    return "", ""


# ------------------------------------------------------------------ inside


def _mismatch(record: LetterRecord, target: Target) -> Stale | None:
    """Why a review does not fit what was read; None where it does."""
    overlapping = False
    for fact in record.facts:
        evidence = fact.evidence
        same_value = fact.key == (target.field, target.item, target.value)
        if same_value and (evidence.start, evidence.end) == (target.start, target.end):
            return None
        if same_value:
            return Stale.EVIDENCE_CHANGED
        overlapping |= (
            fact.field.value == target.field
            and evidence.start < target.end
            and target.start < evidence.end
        )
    return Stale.VALUE_CHANGED if overlapping else Stale.FACT_GONE


def _laid(record: LetterRecord, standings: list[Standing], counts: dict[str, int]) -> LetterRecord:
    facts = {fact.key: fact for fact in record.facts}
    withdrawn: list[Fact] = []
    for standing in sorted(standings, key=lambda s: s.missed):  # additions come last
        for fact, out, what in _changes(standing, facts):
            if out is not None:
                withdrawn += [facts.pop(out)] if fact is None else []
                facts.pop(out, None)
            if fact is not None:
                facts[fact.key] = fact
            counts[what] += 1
    return _with(record, facts.values(), withdrawn)


def _changes(
    standing: Standing, facts: dict[tuple[str, str, str], Fact]
) -> Iterator[tuple[Fact | None, tuple[str, str, str] | None, str]]:
    """What a review does: a fact that comes in, the key of one that goes, and its name."""
    review, target = standing.stands, standing.target
    assert review is not None  # noqa: S101  (only settled ones come here)
    key = (target.field, target.item, target.value)
    held = facts.get(key)
    if standing.missed:
        added = _made(review, target, None)
        if added and held is None and added.key not in facts and _keeps(review):
            yield added, None, "added"
        return
    if held is None or held.reviewed:
        return
    match review.verdict:
        case Verdict.RIGHT:
            update = {"reviewed": Reviewed.RIGHT, "machine": held, "review": False, "reasons": ()}
            yield held.model_copy(update=update), key, "confirmed"
        case Verdict.WRONG | Verdict.ABSENT:
            yield None, key, "withdrawn"
        case Verdict.CORRECT:
            made = _made(review, target, held)
            if made is None or (made.key != key and made.key in facts):
                yield None, key, "withdrawn"  # what it should say stands there already
            else:
                yield made, key, "corrected"


def _keeps(review: Review) -> bool:
    return review.verdict in (None, Verdict.RIGHT, Verdict.CORRECT)


def _made(review: Review, target: Target, held: Fact | None) -> Fact | None:
    """The fact that a correction or addition makes; None where it is none of the contract."""
    to = review.to or (target.field, target.item, target.value)
    rule = f"corrected:{held.rule}" if held else "added:review"
    try:
        made = fact_of(target.quote, target.start, target.end, to, rule)
    except ValueError:
        return None
    reviewed = Reviewed.CORRECTED if held else Reviewed.ADDED
    update: dict[str, object] = {"reviewed": reviewed, "machine": held}
    if held:
        update |= {"evidence": held.evidence, "assertion": held.assertion}
    return made.model_copy(update=update)


def _with(record: LetterRecord, facts: Iterable[Fact], withdrawn: Iterable[Fact]) -> LetterRecord:
    """The record with other facts, in the order of the contract, and the date they give."""
    ordered = tuple(
        sorted(facts, key=lambda f: (_ORDER[f.field], f.item, f.evidence.start, f.value))
    )
    update: dict[str, object] = {"facts": ordered, "withdrawn": tuple(withdrawn)}
    # A date that came with the message, beside the letter's text, is not the facts' to change.
    if record.letter_date == _date_of(record.facts):
        day = update["letter_date"] = _date_of(ordered)
        reasons = [reason for reason in record.reasons if reason is not Reason.NO_LETTER_DATE]
        update["reasons"] = (*reasons, *(() if day or not ordered else (Reason.NO_LETTER_DATE,)))
    return record.model_copy(update=update)


def _date_of(facts: Iterable[Fact]) -> str:
    """The letter's date by its facts: the surest, then the first; "" where there is none."""
    dates = [fact for fact in facts if fact.field is Field.LETTER_DATE]
    best = min(dates, key=lambda f: (len(f.reasons), f.evidence.start), default=None)
    return best.value if best else ""
