"""From letters as read to the records of a run: one a letter, each with its patient.

This looks at all letters at once, so it is the step between reading files (which may be
done anywhere, in any order, and kept) and everything about patients.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from extract.archive.work import Done, Read
from extract.errors import Code, Problem
from extract.letters import Owner, PatientFrom, assign
from extract.records import LetterRecord


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every file accounted for.

    Attributes:
        records: one a letter, ordered by letter.
        problems: one for each file or letter that gave no record, ordered by path.
        duplicates: letters that stand in more than one file, beyond the first.
        owners: how many letters got their patient from what.
    """

    records: tuple[LetterRecord, ...]
    problems: tuple[Problem, ...]
    duplicates: int
    owners: Counter[PatientFrom] = field(default_factory=Counter)


@dataclass(slots=True)
class _Kept:
    read: Read
    paths: list[str]


def gather(
    done: Iterable[Done],
    problems: Iterable[Problem] = (),
    rule: PatientFrom = PatientFrom.AUTO,
) -> Gathered:
    """Put the letters of a run together, in any order, with the same result.

    The same text under one id, or twice for one patient, is one letter that keeps all
    its paths; another text under an id that is taken is rejected.
    """
    rejected = list(problems)
    reads: list[Read] = []
    for one in done:
        rejected += one.problems
        reads += one.letters
    by_id, clashes = _by_id(reads)
    owners = assign((kept.read.claim for kept in by_id.values()), rule)
    unique = _unique(by_id, owners, rule)
    records = tuple(_owned(kept, owners[letter_id]) for letter_id, kept in unique.items())
    return Gathered(
        records=records,
        problems=tuple(sorted(rejected + clashes, key=lambda p: (p.path, p.code, p.detail))),
        duplicates=len(reads) - len(clashes) - len(records),
        owners=Counter(owners[letter_id].by for letter_id in unique),
    )


def _by_id(reads: Iterable[Read]) -> tuple[dict[str, _Kept], list[Problem]]:
    kept: dict[str, _Kept] = {}
    clashes: list[Problem] = []
    for read in sorted(reads, key=lambda r: (r.claim.letter_id, r.record.paths)):
        held = kept.setdefault(read.claim.letter_id, _Kept(read, []))
        if read.record.digest == held.read.record.digest:
            held.paths += read.record.paths
        else:
            detail = f"Its text differs from that of {held.paths[0]}."
            clashes.append(Problem(read.record.paths[0], Code.DUPLICATE_ID, detail))
    return kept, clashes


def _unique(
    by_id: dict[str, _Kept], owners: dict[str, Owner], rule: PatientFrom
) -> dict[str, _Kept]:
    """The letters without those whose text is already there for the same patient."""
    unique: dict[str, _Kept] = {}
    first: dict[tuple[str, str], _Kept] = {}
    for letter_id, kept in by_id.items():
        owner = owners[letter_id]
        # Copies of a letter that names nobody cannot be told from each other.
        whose = owner.patient_id
        if owner.by is PatientFrom.LETTER and rule is not PatientFrom.LETTER:
            whose = ""
        held = first.setdefault((whose, kept.read.record.digest), kept)
        if held is kept:
            unique[letter_id] = kept
        else:
            held.paths += kept.paths
    return unique


def _owned(kept: _Kept, owner: Owner) -> LetterRecord:
    record = kept.read.record
    return record.model_copy(
        update={
            "patient_id": owner.patient_id,
            "paths": tuple(sorted(kept.paths)),
            "reasons": tuple(dict.fromkeys((*record.reasons, *owner.reasons))),
        }
    )
