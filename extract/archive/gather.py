"""From letters as read to the letters of a run: each once, each with its patient.

This looks at all letters at once, so it is the step between reading files (which may be
done anywhere, in any order, and kept) and everything about patients. It needs no record,
only what a letter claims about whose it is, and holds no more than one patient's letters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import attrgetter, itemgetter

import orjson

from extract.archive.piles import Piles
from extract.archive.work import Done, Read
from extract.errors import Code, Problem
from extract.letters import Claim, Identifier, IdentifierKind, PatientFrom
from extract.letters.copies import Sketch, date_of, is_copy
from extract.letters.identity import (
    doubtful,
    folder_numbers,
    hospital_owners,
    hospital_pairs,
    patient_of,
    shelves,
)
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
    """The letters of a run with their patients, and those that clash.

    Attributes:
        piles: where the letters are.
        count: how many letters there are.
        clashes: a problem for each letter whose id another text has.
        duplicates: letters that stand in more than one file, beyond the first.
        owners: how many letters got their patient from what.
        together: for a patient that shares a number with others, the first of them all.
    """

    piles: Piles
    count: int
    clashes: Sequence[Problem]
    duplicates: int
    owners: Counter[PatientFrom]
    together: Mapping[str, str]

    def letters(self) -> Iterator[Settled]:
        """Each letter once, in order of its id."""
        for letter_id, patient_id, what in self.piles.sorted("letters"):
            number, paths, reasons = orjson.loads(what)
            yield Settled(number, letter_id, patient_id, tuple(paths), tuple(reasons))


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
    with Piles() as piles:
        found = settle(map(_entry, range(len(reads)), reads), piles, rule)
        records = tuple(owned(reads[one.number].record, one) for one in found.letters())
    return Gathered(
        records=records,
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


def settle(
    entries: Iterable[Entry], piles: Piles, rule: PatientFrom = PatientFrom.AUTO
) -> Settlement:
    """Decide which letters there are and whose they are, holding one patient's at a time.

    Args:
        entries: every letter as read, in order of id and path.
        piles: room for what must be put in order; the result lies there.
        rule: what decides whose letter it is.
    """
    clashes: list[Problem] = []
    read = sum(_lay_out(entries, piles, clashes))
    _give_patients(piles, rule)
    owners: Counter[PatientFrom] = Counter()
    for one in _each_once(piles, rule):
        owners[one.by] += 1
        told = orjson.dumps([one.number, sorted(one.paths), one.reasons])
        piles.put("letters", one.claim.letter_id, one.patient, told.decode())
        for number in one.claim.numbers(IdentifierKind.NHS):
            piles.put("numbers", number, one.patient)
    return Settlement(
        piles=piles,
        count=owners.total(),
        clashes=clashes,
        duplicates=read - len(clashes) - owners.total(),
        owners=owners,
        together=_together(piles.pairs("numbers")),
    )


@dataclass(slots=True)
class _Kept:
    """A letter on its way through the piles."""

    number: int
    claim: Claim
    tells: str  # the letter's sketch, packed
    paths: list[str]
    patient: str = ""
    by: PatientFrom = PatientFrom.LETTER
    reasons: tuple[str, ...] = ()

    @property
    def sketch(self) -> Sketch:
        return Sketch.unpacked(self.tells)

    @property
    def words(self) -> str:
        """The same for the same words in the same order, however they are laid out."""
        return self.tells.partition("|")[0]

    def packed(self) -> str:
        """All but its id and its patient, which are the keys that it lies under."""
        claim = self.claim
        numbers = [(i.kind.value, i.value) for i in claim.identifiers]
        plain = [self.number, claim.folder, numbers, self.tells, self.paths, self.by, self.reasons]
        return orjson.dumps(plain).decode()

    @classmethod
    def unpacked(cls, letter_id: str, patient: str, text: str) -> _Kept:
        number, folder, numbers, tells, paths, by, reasons = orjson.loads(text)
        identifiers = tuple(Identifier(IdentifierKind(kind), value) for kind, value in numbers)
        claim = Claim(letter_id, folder, identifiers)
        return cls(number, claim, tells, paths, patient, PatientFrom(by), tuple(reasons))


def _entry(number: int, read: Read) -> Entry:
    claim, record = read.claim, read.record
    numbers = tuple((i.kind.value, i.value) for i in claim.identifiers)
    path = record.paths[0] if record.paths else ""
    tells = (record.digest, read.sketch)
    return Entry(number, claim.letter_id, path, claim.folder, numbers, *tells)


def _lay_out(entries: Iterable[Entry], piles: Piles, clashes: list[Problem]) -> Iterator[int]:
    """Put down each letter id once, and the numbers in it; 1 for every entry."""
    for letter_id, same in groupby(entries, key=attrgetter("letter_id")):
        held: _Kept | None = None
        for entry in same:
            paths = [entry.path] if entry.path else []
            new = _Kept(entry.number, _claim(entry), _tells(entry), paths)
            held = _one_of(held, new, clashes)
            yield 1
        if held is not None:
            piles.put("read", letter_id, "", held.packed())
            for pair in hospital_pairs(held.claim):
                piles.put("hospital", *pair)
            for pair in folder_numbers(held.claim):
                piles.put("folder", *pair)


def _one_of(held: _Kept | None, new: _Kept, clashes: list[Problem]) -> _Kept:
    """Of two letters with one id the one that stays: the same letter, or the first."""
    if held is None:
        return new
    if is_copy(new.sketch, held.sketch):
        held.paths += new.paths
        return held
    if is_copy(held.sketch, new.sketch):
        new.paths += held.paths
        return new
    detail = f"Its text differs from that of {held.paths[0]}."
    clashes.append(Problem(new.paths[0] if new.paths else "", Code.DUPLICATE_ID, detail))
    return held


def _give_patients(piles: Piles, rule: PatientFrom) -> None:
    """Put down each letter under its patient."""
    for hospital, nhs in hospital_owners(piles.pairs("hospital")):
        piles.put("nhs", hospital, nhs)
    shelved: frozenset[str] = frozenset()
    if rule is PatientFrom.AUTO:
        shelved = frozenset(shelves(piles.pairs("folder")))
    for letter_id, _, packed in piles.sorted("read"):
        one = _Kept.unpacked(letter_id, "", packed)
        patient, one.by = patient_of(one.claim, rule, shelved, partial(piles.find, "nhs"))
        piles.put("owned", patient, letter_id, one.packed())
    for pile in ("hospital", "folder", "nhs", "read"):
        piles.drop(pile)


def _each_once(piles: Piles, rule: PatientFrom) -> Iterator[_Kept]:
    """The letters without those that are already there for the same patient.

    The same words are the same letter. Another rendering of a letter is looked for among
    the patient's of the same day; the one that says most is kept, a scan the last.
    """
    for patient, rows in groupby(piles.sorted("owned"), key=itemgetter(0)):
        letters = [_Kept.unpacked(letter_id, patient, packed) for _, letter_id, packed in rows]
        odd = doubtful([one.claim for one in letters])
        named: list[_Kept] = []
        for one in letters:
            one.reasons = (Reason.IDENTITY.value,) if one.claim.letter_id in odd else ()
            # Copies of a letter that names nobody cannot be told from each other.
            if one.by is PatientFrom.LETTER and rule is not PatientFrom.LETTER:
                piles.put("nameless", one.words, one.claim.letter_id, one.packed())
            else:
                named.append(one)
        yield from _without_copies(named)
    piles.drop("owned")
    for _, rows in groupby(piles.sorted("nameless"), key=itemgetter(0)):
        # A letter that names nobody is its own patient.
        (first, *others) = (_Kept.unpacked(whose, whose, packed) for _, whose, packed in rows)
        first.paths += [path for other in others for path in other.paths]
        yield first
    piles.drop("nameless")


def _without_copies(letters: Iterable[_Kept]) -> Iterator[_Kept]:
    """One patient's letters, each once, with the paths of its copies."""
    first: dict[str, _Kept] = {}
    days: dict[str, list[_Kept]] = defaultdict(list)
    for kept in letters:
        held = first.setdefault(kept.words, kept)
        if held is not kept:
            held.paths += kept.paths
        else:
            days[date_of(kept.tells)].append(kept)
    gone = {id(copy) for day in days.values() if len(day) > 1 for copy in _copies(day)}
    yield from (kept for kept in first.values() if id(kept) not in gone)


def _tells(entry: Entry) -> str:
    """What tells a letter from others; its text alone where no sketch was made of it."""
    return entry.sketch or Sketch(entry.digest).packed()


def _claim(entry: Entry) -> Claim:
    numbers = tuple(Identifier(IdentifierKind(kind), value) for kind, value in entry.identifiers)
    return Claim(entry.letter_id, entry.folder, numbers)


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


def _together(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Patients whose letters carry a number of another's, by the first of each such group.

    Args:
        pairs: NHS numbers with the patients whose letters carry them, sorted.
    """
    linked: dict[str, set[str]] = defaultdict(set)
    for _, same in groupby(pairs, key=itemgetter(0)):
        group = {patient for _, patient in same}
        if len(group) > 1:
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
