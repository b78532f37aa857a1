"""Scores against gold: the contract's matching, tolerances and averages."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import Code, ExtractError
from extract.evaluation import (
    Comparison,
    Difference,
    compare,
    facts_of,
    letter_of,
    read_facts,
    same_date,
)

GOLD = """\
letter_id,field,item,value
P1/a,ecog,,0-1
p1/a,therapy,Sunitinib,given
p1/a,therapy,axitinib,planned
p1/a,therapy_start,sunitinib,2010-03-04~
p1/a,therapy_end,sunitinib,2010-09~
p1/a,response_date,sunitinib,CR=2011-05-02~
p1/a,washout,,≥56
p1/a,histology,,non_renal
p1/a,lvef,,~60
p1/b,,,
p1/c,death,,2012~
p1/c,death,,yes
p1/c,response_date,,PR=2011-05-02
"""
FOUND = """\
letter_id,field,item,value,quote
p1/a,ecog,, 0–1 ,x
p1/a,therapy,sunitinib,GIVEN,x
p1/a,therapy,everolimus,given,x
p1/a,therapy_start,sunitinib,2010-03-14,x
p1/a,therapy_start,sunitinib,2010-03-10,x
p1/a,therapy_end,sunitinib,2010-10,x
p1/a,response_date,sunitinib,CR=2011-05-12~,x
p1/a,washout,,>=56,x
p1/a,histology,,non_renal,x
p1/a,lvef,,60,x
p1/b,toxicity,rash,present,x
p1/c,death,,2013,x
p1/c,response_date,,PR=2011-05-03,x
p1/unknown,ecog,,1,x
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    gold, found = tmp_path / "gold.csv", tmp_path / "found.csv"
    gold.write_text(GOLD, encoding="utf-8")
    found.write_text(FOUND, encoding="utf-8-sig")
    return gold, found


@pytest.fixture
def comparison(files: tuple[Path, Path]) -> Comparison:
    gold, found = files
    return compare(read_facts(gold), read_facts(found))


def test_each_field_is_counted(comparison: Comparison) -> None:
    assert {s.name: (s.right, s.missed, s.wrong) for s in comparison.scores()} == {
        "death": (1, 1, 0),
        "ecog": (1, 0, 0),
        "lvef": (1, 0, 0),
        "response_date": (1, 1, 1),
        "therapy": (1, 1, 1),
        "therapy_end": (1, 0, 0),
        "therapy_start": (1, 0, 1),
        "toxicity": (0, 0, 1),
        "washout": (1, 0, 0),
        "CORE": (6, 2, 3),
        "ALL": (8, 3, 4),
    }


def test_precision_recall_and_f1(comparison: Comparison) -> None:
    score = comparison.scores()[-1]
    assert score.gold == 11
    assert score.precision == pytest.approx(8 / 12)
    assert score.recall == pytest.approx(8 / 11)
    assert score.f1 == pytest.approx(2 * 8 / (2 * 8 + 3 + 4))


def test_every_difference_is_listed(comparison: Comparison) -> None:
    assert comparison.missed == (
        Difference("p1/a", ("therapy", "axitinib", "planned")),
        Difference("p1/c", ("death", "", "yes")),
        Difference("p1/c", ("response_date", "", "pr=2011-05-02")),
    )
    assert [d.row[0] for d in comparison.wrong] == [
        "therapy",
        "therapy_start",
        "toxicity",
        "response_date",
    ]


def test_a_field_without_facts_is_perfect_and_one_with_only_extra_ones_is_not() -> None:
    nothing = compare({"a": set()}, {}).scores()
    assert [(s.name, s.f1) for s in nothing] == [("CORE", 1.0), ("ALL", 1.0)]
    extra = compare({"a": set()}, {"a": {("ecog", "", "1")}}).scores()[0]
    assert (extra.precision, extra.recall, extra.f1) == (0.0, 1.0, 0.0)


def test_chosen_fields_alone_are_scored(files: tuple[Path, Path]) -> None:
    gold, found = files
    comparison = compare(read_facts(gold), read_facts(found), {"ecog", "toxicity"})
    assert [score.name for score in comparison.scores()] == ["ecog", "toxicity", "CORE", "ALL"]


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("2011-01-31", "2011-01-31~", True),
        ("2011-01-31", "2011-02-01", False),
        ("2011-01-31~", "2011-02-10", True),
        ("2011-01-31~", "2011-02-11", False),
        ("2011-01-31~", "2011-01", False),
        ("2010-12~", "2011-01", True),
        ("2010-12~", "2011-02", False),
        ("2010-12", "2010-11~", False),
        ("2010-21~", "2010-22", False),
        ("2010-21~", "2010-21", True),
        ("2010~", "2011", True),
        ("2010~", "2012", False),
        ("2010-02-30~", "2010-02-28", False),
    ],
)
def test_dates_that_are_about_right(gold: str, found: str, same: bool) -> None:
    assert same_date(gold, found) is same


def test_records_are_scored_like_files() -> None:
    record = letter_of("P1/A", [("ecog", "", "0-1"), ("histology", "", "non_renal")])
    assert facts_of([record]) == {"p1/a": {("ecog", "", "0-1")}}


def test_a_corpus_folder_may_hold_its_gold_in_parts(tmp_path: Path) -> None:
    head = "letter_id,field,item,value\n"
    (tmp_path / "part-a-facts.csv").write_text(head + "a,ecog,,1\n")
    (tmp_path / "part-b-facts.csv").write_text(head + "b,ecog,,2\na,lvef,,60\n")
    assert read_facts(tmp_path) == {
        "a": {("ecog", "", "1"), ("lvef", "", "60")},
        "b": {("ecog", "", "2")},
    }


@pytest.mark.parametrize("content", ["letter_id,field,value\na,ecog,1\n", "", "\x00\xff"])
def test_what_is_no_gold_is_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / "facts.csv"
    path.write_bytes(content.encode("latin-1"))
    for gold in (path, tmp_path / "nowhere.csv", tmp_path / "a"):
        (tmp_path / "a").mkdir(exist_ok=True)
        with pytest.raises(ExtractError) as raised:
            read_facts(gold)
        assert raised.value.problems[0].code is Code.GOLD
