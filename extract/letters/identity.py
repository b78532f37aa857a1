"""Whose letter it is: numbers in the text, and the rule that gives a letter its patient.

An NHS number counts with a right check digit, and only beside its label or in its usual
grouping away from a telephone's label: one ten-digit number in eleven passes the check by
chance. Hospital numbers have no check digit and count only beside a label.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from extract.letters.model import Identifier, IdentifierKind
from extract.records import Reason
from extract.settings import PatientFrom

# ------------------------------------------------------------------ numbers

_TEN = r"(\d{3})[ \u00a0-]?(\d{3})[ \u00a0-]?(\d{4})(?!\d)"
_LABELLED = re.compile(r"\b(?:NHS|CHI|H&C)\b[^\d\n]{0,40}?" + _TEN, re.IGNORECASE)
_GROUPED = re.compile(
    r"(?<![\d+(] )(?<![\d+(./-])(\d{3})([ \u00a0-])(\d{3})\2(\d{4})(?![\d/]| ?\d)"
)
_TELEPHONE = re.compile(
    r"\b(?:tel|telephone|phone|fax|mob|mobile|bleep|pager|ext|direct|switchboard|ph)\b[^\n]*$",
    re.IGNORECASE,
)
#: How far before a number the label of a telephone may stand.
_REACH = 80
_HOSPITAL = re.compile(
    r"\b(?:MRN|medical record(?: (?:no|number|num))?"
    r"|(?:hosp(?:ital)?\.?|unit|chart|case ?note|record|patient|CRN|PAS) *(?:no|number|num|ID)\b)"
    r"[.:#\s|=-]{0,24}?(?<!\w)"
    r"(?![ -]?\d{4}-\d\d-\d\d\b)([A-Z]{0,4}[ -]?\d[\d-]{3,12}\d[A-Z]?)\b(?![\d/]| ?\d{3,})",
    re.IGNORECASE,
)
#: What the digits are multiplied by for the check digit.
_WEIGHTS = range(10, 1, -1)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the NHS check digit and are not one digit repeated.

    The check digit is eleven minus the sum of the first nine digits times ten to two,
    modulo eleven; a result of ten is never issued.
    """
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit() or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    check = -total % 11
    return check != 10 and check == int(digits[9])


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """The patient's numbers in a letter, each once, NHS numbers first, in order of place."""
    nhs = sorted(_nhs(text))
    hospital = [
        (match.start(1), Identifier(IdentifierKind.HOSPITAL, _plain(match[1])))
        for match in _HOSPITAL.finditer(text)
    ]
    numbers = {identifier.value for _, identifier in nhs}
    kept = [identifier for _, identifier in nhs]
    kept += [identifier for _, identifier in hospital if identifier.value not in numbers]
    return tuple(dict.fromkeys(kept))


def _nhs(text: str) -> Iterator[tuple[int, Identifier]]:
    for match in _LABELLED.finditer(text):
        digits = "".join(match.groups())
        if is_nhs_number(digits):
            yield match.start(1), Identifier(IdentifierKind.NHS, digits)
    for match in _GROUPED.finditer(text):
        digits = match[1] + match[3] + match[4]
        before = text[max(0, match.start() - _REACH) : match.start()]
        if is_nhs_number(digits) and not _TELEPHONE.search(before):
            yield match.start(1), Identifier(IdentifierKind.NHS, digits)


def _plain(number: str) -> str:
    return re.sub(r"[\s-]", "", number).upper()


# ----------------------------------------------------------------- patients


@dataclass(frozen=True, slots=True)
class Claim:
    """What a letter says about whose it is."""

    letter_id: str
    folder: str = ""
    identifiers: tuple[Identifier, ...] = ()

    @property
    def patient(self) -> str:
        """Whose it is, as its table or message says outright; "" where neither does."""
        return next(iter(self.numbers(IdentifierKind.STATED)), "")

    def numbers(self, kind: IdentifierKind) -> tuple[str, ...]:
        """Its numbers of one kind, in the letter's order."""
        return tuple(i.value for i in self.identifiers if i.kind is kind)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose letter it is, what decided, and why a person should look."""

    patient_id: str
    by: PatientFrom
    reasons: tuple[Reason, ...] = ()


def assign(claims: Iterable[Claim], rule: PatientFrom = PatientFrom.AUTO) -> dict[str, Owner]:
    """Give every letter its patient; claims may come in any order.

    ``auto`` takes what a table's patient column or a message without numbers says, else
    the folder directly below the archive where letters lie in a folder a patient, else the
    NHS or hospital number, else the letter's own id. A folder whose letters carry the
    numbers of many people is a shelf, not a patient.

    Where the numbers of one patient's letters disagree, the letters in the minority (all
    of them, where there is none) ask for review; so does a letter with several NHS numbers.
    """
    claims = sorted(claims, key=lambda claim: claim.letter_id)
    by_hospital = dict(hospital_owners(sorted(pair for c in claims for pair in hospital_pairs(c))))
    shelved: frozenset[str] = frozenset()
    if rule is PatientFrom.AUTO:
        shelved = frozenset(shelves(sorted(pair for c in claims for pair in folder_numbers(c))))
    found: dict[str, Owner] = {}
    patients: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        patient, by = patient_of(claim, rule, shelved, by_hospital.get)
        found[claim.letter_id] = Owner(patient, by)
        patients[patient].append(claim)
    for patient, letters in patients.items():
        for letter_id in doubtful(letters):
            found[letter_id] = Owner(patient, found[letter_id].by, (Reason.IDENTITY,))
    return found


# The steps of it, for who cannot hold all letters at once: each looks at one letter, or at
# what belongs together in an order that brings it together.


def patient_of(
    claim: Claim,
    rule: PatientFrom,
    shelved: Container[str],
    nhs_of: Callable[[str], str | None],
) -> tuple[str, PatientFrom]:
    """Whose letter it is and what decided.

    Args:
        claim: what the letter says.
        rule: what may decide.
        shelved: folders that are no patient's (:func:`shelves`).
        nhs_of: the NHS number that goes with a hospital number (:func:`hospital_owners`).
    """
    if claim.patient and rule in (PatientFrom.AUTO, PatientFrom.MESSAGE):
        return claim.patient, PatientFrom.MESSAGE
    if rule not in (PatientFrom.LETTER, PatientFrom.MESSAGE):
        folder = claim.folder if claim.folder not in shelved else ""
        if folder and rule is not PatientFrom.NUMBER:
            return folder, PatientFrom.FOLDER
        number = _number(claim, nhs_of)
        if number and rule is not PatientFrom.FOLDER:
            return number, PatientFrom.NUMBER
    return claim.letter_id, PatientFrom.LETTER


def _number(claim: Claim, nhs_of: Callable[[str], str | None]) -> str:
    nhs = claim.numbers(IdentifierKind.NHS)
    if nhs:
        return nhs[0]
    hospital = claim.numbers(IdentifierKind.HOSPITAL)
    return (nhs_of(hospital[0]) or hospital[0]) if hospital else ""


def hospital_pairs(claim: Claim) -> Iterator[tuple[str, str]]:
    """Each hospital number of a letter with its NHS number, where it has just one."""
    nhs = claim.numbers(IdentifierKind.NHS)
    if len(nhs) == 1:
        for number in claim.numbers(IdentifierKind.HOSPITAL):
            yield number, nhs[0]


def hospital_owners(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Of hospital numbers with NHS numbers, sorted, those that always go with the same one."""
    for number, same in groupby(pairs, key=itemgetter(0)):
        nhs = {other for _, other in same}
        if len(nhs) == 1:
            yield number, nhs.pop()


#: A folder with this many people's numbers, none in most of its letters, is no patient's.
_SHELF = 4


def folder_numbers(claim: Claim) -> Iterator[tuple[str, str]]:
    """The folder of a letter with the first number in it, where it has both."""
    if claim.folder:
        for kind in IdentifierKind:
            if first := claim.numbers(kind)[:1]:
                yield claim.folder, first[0]
                return


def shelves(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Of folders with their letters' numbers, sorted, those that hold many people's letters."""
    for folder, same in groupby(pairs, key=itemgetter(0)):
        count = Counter(number for _, number in same)
        if len(count) >= _SHELF and max(count.values()) * 2 <= count.total():
            yield folder


def doubtful(letters: Sequence[Claim]) -> set[str]:
    """The letters of one patient that do not fit the others by their numbers."""
    found = {c.letter_id for c in letters if len(c.numbers(IdentifierKind.NHS)) > 1}
    found |= _minority(letters, [c.numbers(IdentifierKind.NHS) for c in letters])
    # One patient has a number a hospital, so only numbers of one shape can disagree.
    shapes = defaultdict(list)
    for index, claim in enumerate(letters):
        if not claim.numbers(IdentifierKind.NHS):
            for number in claim.numbers(IdentifierKind.HOSPITAL):
                shapes[_written(number)].append((index, number))
    for pairs in shapes.values():
        found |= _minority([letters[i] for i, _ in pairs], [(number,) for _, number in pairs])
    return found


def _written(number: str) -> str:
    """How a number is written; a pseudonym says so behind a colon."""
    return re.sub(r"\d", "9", number.rpartition(":")[2])


def _minority(letters: Sequence[Claim], numbers: Sequence[tuple[str, ...]]) -> set[str]:
    count = Counter(number for held in numbers for number in set(held))
    if len(count) < 2:
        return set()
    (top, often), (_, next_often) = count.most_common(2)
    return {
        letter.letter_id
        for letter, held in zip(letters, numbers, strict=True)
        if held and (top not in held or often == next_often)
    }
