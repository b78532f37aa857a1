"""Hashes under a key for who is meant, and quotes without names, addresses and numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import Code, ExtractError, Problem
from extract.letters import Letter
from extract.letters.model import Stated
from extract.letters.names import names_in, redacted
from extract.letters.pseudonyms import Pseudonyms

ONE, OTHER = Pseudonyms(b"k" * 16), Pseudonyms(b"l" * 16)


def test_a_person_has_one_name_under_one_key() -> None:
    assert ONE.person("9990000018") == ONE.person("9990000018")
    assert ONE.person("9990000018") != ONE.person("9990000026")
    assert ONE.person("9990000018") != OTHER.person("9990000018")
    assert "9990000018" not in ONE.person("9990000018")
    assert ONE.person("") == ""


def test_how_a_number_is_written_stays() -> None:
    assert ONE.person("H104477").endswith(":A999999")
    assert ":" not in ONE.person("QUILLFEATHER Zebedee")


def test_a_file_keeps_its_ending_and_a_problem_its_code() -> None:
    problem = ONE.problem(Problem("Finch/a.DOCX", Code.DAMAGED, "It is cut."))
    assert problem.path.startswith("f-")
    assert problem.path.endswith(".docx")
    assert (problem.code, problem.detail) == (Code.DAMAGED, "It is cut.")


def test_the_mark_of_a_key_is_not_the_key() -> None:
    assert ONE.mark != OTHER.mark
    assert "k" * 4 not in ONE.mark


@pytest.mark.parametrize("content", [None, b"", b"   short   \n"])
def test_a_key_that_will_not_do_is_said(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ExtractError) as raised:
        Pseudonyms.from_file(file)
    (problem,) = raised.value.problems
    assert problem.code is Code.SETTINGS
    assert "short" not in problem.sentence()


def test_white_space_around_a_key_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\n " + b"k" * 16 + b"\r\n")
    assert Pseudonyms.from_file(tmp_path / "key").mark == ONE.mark


# ------------------------------------------------------------------------ quotes

LETTER = """\
Re: Mrs Beatrice FINCH-DOBBS, 4 Old Mill Lane, Fairwater, NHS No 999 000 0026

Dear Dr Okonkwo-Price

Finch-Dobbs was seen with her daughter Imogen. ECOG 1.

Yours sincerely

Lucinda Applegarth
"""


@pytest.mark.parametrize(
    ("quote", "left"),
    [
        ("Mrs Finch-Dobbs has progressed", "[name] has progressed"),
        ("FINCH-DOBBS'S performance status", "[name]'S performance status"),
        ("Beatrice says that Imogen agrees", "[name] says that [name] agrees"),
        ("Dr Quincy Unheard-Of thinks PD", "[name] thinks PD"),
        ("as Applegarth wrote, PR", "as [name] wrote, PR"),
        ("ring 01632 960983 or x.y@z.example", "ring [number] or [number]"),
        ("at 4 Old Mill Lane, ZZ9 4QF", "at [address], [address]"),
        ("NHS 999 000 0026, PS 1", "NHS [number], PS 1"),
        ("DOB 02/01/1950, PS 1", "[birth date], PS 1"),
        ("born on 2nd January 1950", "[birth date]"),
        ("block K88/1234 shows CAIX 95%", "block [number] shows CAIX 95%"),
        ("Karnofsky 80, Fuhrman 3, Bruce stage 2", "Karnofsky 80, Fuhrman 3, Bruce stage 2"),
        ("sunitinib from 2 January 2010 to 03/04/2011", "sunitinib from 2 January 2010 to 03/04/2011"),
        ("14 doses, 50 mg 4/2, 120/80", "14 doses, 50 mg 4/2, 120/80"),
        ("finch-like cells", "finch-like cells"),
    ],
)  # fmt: skip
def test_a_quote_names_nobody_and_keeps_the_fact(quote: str, left: str) -> None:
    letter = Letter("a", LETTER, stated=Stated(names=("Canary",)))
    assert redacted(quote, names_in(letter), frozenset({"9990000026"})) == left


def test_who_the_message_names_is_known() -> None:
    letter = Letter("a", "PS 1", stated=Stated(names=("Canary",)))
    assert redacted("Canary is well", names_in(letter)) == "[name] is well"
