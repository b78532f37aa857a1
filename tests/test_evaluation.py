"""Gold files: read as records, refused with every bad line named."""

from pathlib import Path

import pytest

from extract.errors import Code, ExtractError
from extract.evaluation import letter_of, read_gold, read_truth


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "facts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_one_record_a_letter(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "letter_id,field,item,value\n"
        "p1/a,letter_date,,2010-03-04\n"
        "p1/a,ecog,,1\n"
        "p1/a,ecog,,1\n"
        "p1/b,,,\n"
        "loose,ecog,,0-1\n",
    )
    first, second, third = read_gold(path)
    assert (first.patient_id, first.letter_date, len(first.facts)) == ("p1", "2010-03-04", 2)
    assert (second.letter_id, second.facts) == ("p1/b", ())
    assert third.patient_id == "loose"


def test_every_bad_line_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "letter_id,field,item,value\na,ecgo,,1\nb,ecog,,1\nc,siet,lung,x\n")
    with pytest.raises(ExtractError) as caught:
        read_gold(path)
    assert [problem.detail for problem in caught.value.problems] == [
        "Line 2: no field 'ecgo'.",
        "Line 4: no field 'siet'.",
    ]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", ""])
def test_columns_are_needed(tmp_path: Path, text: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read_gold(write(tmp_path, text))
    assert caught.value.problems[0].code is Code.GOLD


def test_missing_file(tmp_path: Path) -> None:
    for read in (read_gold, read_truth):
        with pytest.raises(ExtractError):
            read(tmp_path / "none.csv")


def test_truth_by_patient(tmp_path: Path) -> None:
    path = write(tmp_path, "patient_id,setting\np1,salvage\n")
    assert read_truth(path)["p1"]["setting"] == "salvage"
    with pytest.raises(ExtractError):
        read_truth(write(tmp_path, "id,setting\np1,salvage\n"))


def test_letter_of_needs_known_fields() -> None:
    with pytest.raises(ValueError, match="no such field"):
        letter_of("p1/a", [("no such field", "", "1")])
