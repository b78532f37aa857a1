"""Letters of one patient together, in order, and what makes the linking doubtful."""

from extract.patients import link
from extract.records import LetterRecord, Reason


def letter(letter_id: str, date: str, *numbers: str, patient: str = "p1") -> LetterRecord:
    return LetterRecord(letter_id=letter_id, patient_id=patient, letter_date=date, numbers=numbers)


def test_letters_come_in_order_of_date_undated_last() -> None:
    records = [
        letter("p1/c", ""),
        letter("p1/b", "2010-03-01"),
        letter("p1/a", "2010-02"),
        letter("p0/z", "2011-01-01", patient="p0"),
    ]
    found = link(records)
    assert [linked.patient_id for linked in found] == ["p0", "p1"]
    assert [x.letter_id for x in found[1].letters] == ["p1/a", "p1/b", "p1/c"]
    assert link(reversed(records)) == found


def test_disagreeing_numbers_ask_for_a_look() -> None:
    one, other = "9990142210", "9990273318"
    (found,) = link([letter("a", "2010", one), letter("b", "2010", other)])
    assert found.reasons == (Reason.IDENTITY,)
    assert found.numbers == (one, other)


def test_letters_with_no_number_or_a_shared_one_agree() -> None:
    one, other = "9990142210", "9990273318"
    (found,) = link([letter("a", "2010", one), letter("b", "2010"), letter("c", "", one, other)])
    assert found.reasons == ()


def test_one_number_under_two_patients_asks_for_a_look_at_both() -> None:
    number = "9990142210"
    found = link([letter("a", "", number), letter("b", "", number, patient="p2")])
    assert [linked.reasons for linked in found] == [(Reason.IDENTITY,)] * 2
