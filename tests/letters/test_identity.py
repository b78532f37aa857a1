"""NHS numbers and their check digit, hospital numbers, and whose letter it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.letters.identity import (
    Claim,
    assign,
    find_identifiers,
    is_nhs_number,
)
from extract.letters.model import Identifier, IdentifierKind
from extract.records import Reason
from extract.settings import PatientFrom

NHS, HOSPITAL = IdentifierKind.NHS, IdentifierKind.HOSPITAL


def complete(nine: str) -> str:
    """Nine digits with their check digit, "" where none is ever issued."""
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
    return "" if check == 10 else nine + str(check % 11)


NUMBERS = [number for n in range(200) if (number := complete(f"999{n * 4877 % 1_000_000:06d}"))]
A, B, C, D = NUMBERS[1:5]


def spaced(number: str, by: str = " ") -> str:
    return by.join((number[:3], number[3:6], number[6:]))


# ------------------------------------------------------------------ numbers


@given(st.text("0123456789", min_size=9, max_size=9))
def test_one_check_digit_at_most_is_right(nine: str) -> None:
    right = [digit for digit in "0123456789" if is_nhs_number(nine + digit)]
    expected = complete(nine)
    repeated = expected and len(set(expected)) == 1
    assert right == ([expected[-1]] if expected and not repeated else [])


@given(st.sampled_from(NUMBERS), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(number: str, place: int, more: int) -> None:
    changed = str((int(number[place]) + more) % 10)
    assert not is_nhs_number(number[:place] + changed + number[place + 1 :])


@given(st.text(max_size=12))
def test_anything_else_is_no_number(text: str) -> None:
    if is_nhs_number(text):
        assert len(text) == 10
        assert text.isascii()


@pytest.mark.parametrize("digit", "0123456789")
def test_a_digit_repeated_is_no_number(digit: str) -> None:
    assert not is_nhs_number(digit * 10)


@pytest.mark.parametrize(
    "line",
    [
        f"NHS No: {spaced(A)}",
        f"NHS number {A}, DOB 01/02/1950",
        f"| NHS no               | {spaced(A)}   |",
        f"Desmond SAMPLE, born 22 July 1951, NHS {spaced(A, '-')}",
        f"CHI/NHS {spaced(A)}",
        spaced(A),
        f"Mr A Sample   3/2/58   {spaced(A)}",
    ],
)
def test_nhs_numbers_are_found(line: str) -> None:
    assert find_identifiers(line) == (Identifier(NHS, A),)


@pytest.mark.parametrize(
    "line",
    [
        f"NHS No: {A[:-1]}{(int(A[-1]) + 1) % 10}",
        f"Tel. {spaced(A)}",
        f"Telephone: 01234 567890, fax {spaced(A)}",
        f"+{spaced(A)}",
        A,
        f"sample {A}",
        f"{spaced(A)} 44",
        "NHS Trust, seen 4 March 2011",
    ],
)
def test_what_may_be_another_number_is_left(line: str) -> None:
    assert find_identifiers(line) == ()


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Hosp No. N104477", "N104477"),
        ("MRN: 00418827        DOB: 07/19/1955", "00418827"),
        ("MRN CL-20418", "CL20418"),
        ("MRN 00-502-1190", "005021190"),
        ("hospital no. d 66120", "D66120"),
        ("Hosp no.\tH0228814", "H0228814"),
        ("Patient ID: 443322", "443322"),
        ("Unit number H230518", "H230518"),
    ],
)
def test_hospital_numbers_are_found(line: str, number: str) -> None:
    assert find_identifiers(line) == (Identifier(HOSPITAL, number),)


@pytest.mark.parametrize(
    "line",
    [
        "Hosp No: 12/03/2011",
        "Hosp no: 2011-03-12",
        "Hosp no DOB 23/08/1958",
        "74 mrn tumour, upper pole",
        "the hospital 104477",
        "Patient: SAMPLE, A",
    ],
)
def test_dates_and_words_are_no_hospital_numbers(line: str) -> None:
    assert find_identifiers(line) == ()


def test_every_number_stands_once_nhs_numbers_first() -> None:
    text = f"Hosp no H104477, NHS {A}\nNHS No {spaced(A)}\nMRN H104477\nNHS {B}"
    assert [i.value for i in find_identifiers(text)] == [A, B, "H104477"]


# ----------------------------------------------------------------- patients


def claim(letter_id: str, *numbers: str, folder: str | None = None) -> Claim:
    """A letter; numbers of ten digits are NHS numbers."""
    kinds = (Identifier(NHS if len(n) == 10 else HOSPITAL, n) for n in numbers)
    where = letter_id.rpartition("/")[0].partition("/")[0] if folder is None else folder
    return Claim(letter_id, where, tuple(kinds))


def owners(*claims: Claim, rule: PatientFrom = PatientFrom.AUTO) -> dict[str, str]:
    return {letter: owner.patient_id for letter, owner in assign(claims, rule).items()}


def doubtful(*claims: Claim, rule: PatientFrom = PatientFrom.AUTO) -> set[str]:
    found = assign(claims, rule)
    return {letter for letter, owner in found.items() if owner.reasons == (Reason.IDENTITY,)}


LETTERS = (claim("p1/2011/a", A), claim("p1/b"), claim("c", A), claim("d", "H104477"), claim("e"))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (PatientFrom.AUTO, ["p1", "p1", A, "H104477", "e"]),
        (PatientFrom.FOLDER, ["p1", "p1", "c", "d", "e"]),
        (PatientFrom.NUMBER, [A, "p1/b", A, "H104477", "e"]),
        (PatientFrom.LETTER, ["p1/2011/a", "p1/b", "c", "d", "e"]),
    ],
)
def test_the_rule_says_whose_letter_it_is(rule: PatientFrom, expected: list[str]) -> None:
    found = owners(*LETTERS, rule=rule)
    assert [found[letter.letter_id] for letter in LETTERS] == expected


@given(st.permutations(LETTERS))
def test_the_order_of_letters_does_not_matter(letters: list[Claim]) -> None:
    assert assign(letters) == assign(LETTERS)


def test_a_hospital_number_leads_to_the_nhs_number_of_another_letter() -> None:
    found = owners(claim("a", A, "H104477"), claim("b", "H104477"), claim("c", "H999999"))
    assert found == {"a": A, "b": A, "c": "H999999"}


def test_a_hospital_number_of_two_people_leads_to_neither() -> None:
    found = owners(claim("a", A, "H104477"), claim("b", B, "H104477"), claim("c", "H104477"))
    assert found == {"a": A, "b": B, "c": "H104477"}


def test_a_shelf_of_many_people_is_no_patient() -> None:
    shelf = [claim(f"2011/{n}", number) for n, number in enumerate((A, B, C, D, A))]
    loose = claim("2011/unnumbered")
    assert owners(*shelf, loose) == {
        "2011/0": A,
        "2011/1": B,
        "2011/2": C,
        "2011/3": D,
        "2011/4": A,
        "2011/unnumbered": "2011/unnumbered",
    }
    assert doubtful(*shelf, loose) == set()
    assert set(owners(*shelf, loose, rule=PatientFrom.FOLDER).values()) == {"2011"}


def test_one_stray_letter_in_a_patient_s_folder_asks_for_review() -> None:
    folder = [claim("p/1", A), claim("p/2", A), claim("p/3", B), claim("p/4")]
    assert set(owners(*folder).values()) == {"p"}
    assert doubtful(*folder) == {"p/3"}


def test_without_a_majority_every_numbered_letter_asks_for_review() -> None:
    assert doubtful(claim("p/1", A), claim("p/2", B), claim("p/3")) == {"p/1", "p/2"}


def test_a_letter_with_two_nhs_numbers_asks_for_review() -> None:
    assert doubtful(claim("mdt", A, B), claim("a", A)) == {"mdt"}


def test_another_hospital_s_number_is_no_disagreement() -> None:
    assert doubtful(claim("p/1", "H104477"), claim("p/2", "RX5511"), claim("p/3", A)) == set()
    assert doubtful(claim("p/1", "H104477"), claim("p/2", "H104478")) == {"p/1", "p/2"}
    assert doubtful(claim("p/1", A, "H104477"), claim("p/2", A, "H104478")) == set()
