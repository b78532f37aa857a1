"""From letters as read to the letters of a run: each once, each with its patient.

This looks at all letters at once, so it is the step between reading files (which may be
done anywhere, in any order, and kept) and everything about patients. It needs no record,
only what a letter claims about whose it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.archive.work import Done, Read
from extract.errors import Code, Problem
from extract.letters import Claim, Identifier, IdentifierKind, Owner, PatientFrom, assign
from extract.letters.copies import Sketch, is_copy
from extract.records import LetterRecord, Reason
from extract.store.model import Entry, Settled


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


@dataclass(frozen=True, slots=True)
class Settlement:
    """The letters of a run with their patients, ordered by letter, and those that clash.

    Attributes:
        letters: one a letter.
        clashes: a problem for each letter whose id another text has.
        duplicates: letters that stand in more than one file, beyond the first.
        owners: how many letters got their patient from what.
        together: for a patient that shares a number with others, the first of them all.
    """

    letters: Sequence[Settled]
    clashes: Sequence[Problem]
    duplicates: int
    owners: Counter[PatientFrom]
    together: Mapping[str, str]


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
    reads.sort(key=lambda read: (read.claim.letter_id, read.record.paths))
    found = settle(map(_entry, range(len(reads)), reads), rule)
    return Gathered(
        records=tuple(owned(reads[one.number].record, one) for one in found.letters),
        problems=tuple(
            sorted((*rejected, *found.clashes), key=lambda p: (p.path, p.code, p.detail))
        ),
        duplicates=found.duplicates,
        owners=found.owners,
    )


def owned(record: LetterRecord, settled: Settled) -> LetterRecord:
    """The record of a letter with its patient, all its paths and the owner's reasons."""
    reasons = (*record.reasons, *map(Reason, settled.reasons))
    return record.model_copy(
        update={
            "patient_id": settled.patient_id,
            "paths": settled.paths,
            "reasons": tuple(dict.fromkeys(reasons)),
        }
    )


def settle(entries: Iterable[Entry], rule: PatientFrom = PatientFrom.AUTO) -> Settlement:
    """Decide which letters there are and whose they are.

    Args:
        entries: every letter as read, in order of id and path.
        rule: what decides whose letter it is.
    """
    kept, clashes, read = _by_id(entries)
    owners = assign((one.claim for one in kept), rule)
    unique = _unique(kept, owners, rule)
    together = _together(unique, owners)
    return Settlement(
        letters=[_settled(one, owners[one.claim.letter_id]) for one in unique],
        clashes=clashes,
        duplicates=read - len(clashes) - len(unique),
        owners=Counter(owners[one.claim.letter_id].by for one in unique),
        together=together,
    )


@dataclass(slots=True)
class _Kept:
    number: int
    claim: Claim
    tells: str  # the letter's sketch, packed
    paths: list[str]

    @property
    def sketch(self) -> Sketch:
        return Sketch.unpacked(self.tells)

    @property
    def words(self) -> str:
        """The same for the same words in the same order, however they are laid out."""
        return self.tells.partition("|")[0]


def _entry(number: int, read: Read) -> Entry:
    claim, record = read.claim, read.record
    numbers = tuple((i.kind.value, i.value) for i in claim.identifiers)
    path = record.paths[0] if record.paths else ""
    tells = (record.digest, read.sketch)
    return Entry(number, claim.letter_id, path, claim.folder, numbers, *tells)


def _by_id(entries: Iterable[Entry]) -> tuple[list[_Kept], list[Problem], int]:
    kept: list[_Kept] = []
    clashes: list[Problem] = []
    read = 0
    for entry in entries:
        read += 1
        new = _Kept(entry.number, _claim(entry), _tells(entry), [entry.path] if entry.path else [])
        if not kept or kept[-1].claim.letter_id != entry.letter_id:
            kept.append(new)
            continue
        held = kept[-1]
        if is_copy(new.sketch, held.sketch):
            held.paths += new.paths
        elif is_copy(held.sketch, new.sketch):
            new.paths += held.paths
            kept[-1] = new
        else:
            detail = f"Its text differs from that of {held.paths[0]}."
            clashes.append(Problem(entry.path, Code.DUPLICATE_ID, detail))
    return kept, clashes, read


def _tells(entry: Entry) -> str:
    """What tells a letter from others; its text alone where no sketch was made of it."""
    return entry.sketch or Sketch(entry.digest).packed()


def _claim(entry: Entry) -> Claim:
    numbers = tuple(Identifier(IdentifierKind(kind), value) for kind, value in entry.identifiers)
    return Claim(entry.letter_id, entry.folder, numbers)


def _unique(
    letters: Sequence[_Kept], owners: Mapping[str, Owner], rule: PatientFrom
) -> list[_Kept]:
    """The letters without those that are already there for the same patient.

    The same words are the same letter. Another rendering of a letter is looked for among
    the patient's of the same day; the one that says most is kept, a scan the last.
    """
    first: dict[tuple[str, str], _Kept] = {}
    days: dict[tuple[str, str], list[_Kept]] = defaultdict(list)
    for kept in letters:
        owner = owners[kept.claim.letter_id]
        # Copies of a letter that names nobody cannot be told from each other.
        whose = owner.patient_id
        if owner.by is PatientFrom.LETTER and rule is not PatientFrom.LETTER:
            whose = ""
        held = first.setdefault((whose, kept.words), kept)
        if held is not kept:
            held.paths += kept.paths
        elif whose:
            days[whose, kept.sketch.date].append(kept)
    gone = {id(copy) for day in days.values() if len(day) > 1 for copy in _copies(day)}
    return [kept for kept in first.values() if id(kept) not in gone]


def _copies(letters: Sequence[_Kept]) -> Iterator[_Kept]:
    """Of one day's letters, those that are another rendering of one that stays."""
    stay: list[tuple[_Kept, Sketch]] = []
    drawn = [(kept, kept.sketch) for kept in letters]
    drawn.sort(key=lambda pair: (pair[1].scanned, -len(pair[1].said), pair[0].claim.letter_id))
    for kept, sketch in drawn:
        original = next((held for held, its in stay if is_copy(sketch, its)), None)
        if original is None:
            stay.append((kept, sketch))
        else:
            original.paths += kept.paths
            yield kept


def _settled(kept: _Kept, owner: Owner) -> Settled:
    return Settled(
        number=kept.number,
        letter_id=kept.claim.letter_id,
        patient_id=owner.patient_id,
        paths=tuple(sorted(kept.paths)),
        reasons=tuple(reason.value for reason in owner.reasons),
    )


def _together(letters: Iterable[_Kept], owners: Mapping[str, Owner]) -> dict[str, str]:
    """Patients whose letters carry a number of another's, by the first of each such group."""
    holders: dict[str, str | set[str]] = {}
    for number, patient in _numbers(letters, owners):
        held = holders.setdefault(number, patient)
        if isinstance(held, set):
            held.add(patient)
        elif held != patient:
            holders[number] = {held, patient}
    linked: dict[str, set[str]] = defaultdict(set)
    for group in holders.values():
        if isinstance(group, set):
            for patient in group:
                linked[patient] |= group
    first: dict[str, str] = {}
    for patient in sorted(linked):
        waiting = [patient] if patient not in first else []
        while waiting:
            one = waiting.pop()
            if one not in first:
                first[one] = patient
                waiting += linked[one]
    return first


def _numbers(letters: Iterable[_Kept], owners: Mapping[str, Owner]) -> Iterator[tuple[str, str]]:
    for kept in letters:
        for number in kept.claim.numbers(IdentifierKind.NHS):
            yield number, owners[kept.claim.letter_id].patient_id
