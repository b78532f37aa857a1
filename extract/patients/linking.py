"""Which letters are about one person, in order of their dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extract.patients.readings import letter_span
from extract.records import LetterRecord, Reason


@dataclass(frozen=True, slots=True)
class Linked:
    """The letters of one patient in order of date, and why the linking needs a look."""

    patient_id: str
    letters: tuple[LetterRecord, ...]
    numbers: tuple[str, ...]
    reasons: tuple[Reason, ...]


def link(records: Iterable[LetterRecord]) -> list[Linked]:
    """Group letters by ``patient_id``; patients and letters in a fixed order.

    Two letters of one patient that share no identifier although both have one, and one
    identifier under two patients, ask for review (``identity_mismatch``). Nothing is
    moved from one patient to another.
    """
    groups: dict[str, list[LetterRecord]] = defaultdict(list)
    owners: dict[str, set[str]] = defaultdict(set)
    for record in records:
        groups[record.patient_id].append(record)
        for number in record.numbers:
            owners[number].add(record.patient_id)
    shared = {number for number, patients in owners.items() if len(patients) > 1}
    return [_linked(patient, groups[patient], shared) for patient in sorted(groups)]


def _linked(patient_id: str, letters: list[LetterRecord], shared: set[str]) -> Linked:
    numbers = sorted({number for letter in letters for number in letter.numbers})
    doubtful = _disagree(letters) or not shared.isdisjoint(numbers)
    return Linked(
        patient_id,
        tuple(sorted(letters, key=_by_date)),
        tuple(numbers),
        (Reason.IDENTITY,) if doubtful else (),
    )


def _disagree(letters: list[LetterRecord]) -> bool:
    known = [set(letter.numbers) for letter in letters if letter.numbers]
    return any(a.isdisjoint(b) for i, a in enumerate(known) for b in known[i + 1 :])


def _by_date(letter: LetterRecord) -> tuple[date, date, str]:
    span = letter_span(letter)
    if span is None:
        return date.max, date.max, letter.letter_id
    return span.earliest, span.latest, letter.letter_id
