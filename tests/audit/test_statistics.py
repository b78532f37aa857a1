"""Sampling, agreement, and what the reviews say of a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.audit.agreement import agreement, cohen_kappa, gwet_ac1
from extract.audit.book import Book
from extract.audit.gold import gold_rows, plain_cell, write_gold
from extract.audit.sampling import Plan, draw, draw_letters, drawn_twice, sample_size
from extract.audit.statistics import statistics, wilson_of
from extract.evaluation import compare, facts_of, read_facts
from extract.records import Field
from extract.store.reviews import Kind, Review, Target, Verdict, new_token
from tests.audit.conftest import answer, item_of


@pytest.mark.parametrize(
    ("margin", "expected", "population", "size"),
    [(0.05, 0.95, None, 73), (0.05, 0.5, None, 385), (0.03, 0.95, None, 203),
     (0.05, 0.95, 91, 41), (0.05, 0.95, 3, 3), (0.05, 0.95, 0, 0)],
)  # fmt: skip
def test_the_size_of_a_sample(
    margin: float, expected: float, population: int | None, size: int
) -> None:
    assert sample_size(margin, expected, population) == size


def test_no_size_for_no_margin() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        sample_size(0)


def test_the_draw_is_seeded_stratified_and_steady() -> None:
    keys = {"ecog": [f"e{n}" for n in range(900)], "caix": [f"c{n}" for n in range(9)]}
    drawn = draw(Plan(), keys)
    assert drawn == draw(Plan(), {name: reversed(some) for name, some in keys.items()})
    assert drawn != draw(Plan(seed=2), keys)
    assert sum(key.startswith("c") for key in drawn) == 5
    assert 65 <= len(drawn) <= 73
    fewer = draw(Plan(), {**keys, "ecog": keys["ecog"][1:]})
    assert len(drawn - fewer) <= 2
    assert len(draw(Plan(by_field=True), keys)) == sample_size(0.05, 0.95, 900) + 9


def test_letters_and_second_readings_are_drawn() -> None:
    assert len(draw_letters(Plan(letters=3), map(str, range(9)))) == 3
    twice = sum(drawn_twice(Plan(), str(n)) for n in range(5000))
    assert 900 < twice < 1100


# ---------------------------------------------------------------- agreement


def table(cells: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    return [pair for pair, times in cells.items() for _ in range(times)]


def test_kappa_and_ac1_of_a_published_table() -> None:
    # Gwet 2008, the paradox of kappa: 118 + 2 agree, 5 + 0 differ.
    pairs = table({("+", "+"): 118, ("+", "-"): 5, ("-", "+"): 2, ("-", "-"): 0})
    assert cohen_kappa(pairs) == pytest.approx(-0.0234, abs=1e-4)
    assert gwet_ac1(pairs) == pytest.approx(0.9408, abs=1e-3)


def test_kappa_of_a_textbook_table() -> None:
    pairs = table({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15})
    assert cohen_kappa(pairs) == pytest.approx(0.4)
    # both use "yes" 55 of 100 times: chance 2 * .55 * .45
    assert gwet_ac1(pairs) == pytest.approx((0.7 - 0.495) / (1 - 0.495))


def test_agreement_that_is_not_defined() -> None:
    assert agreement([]).kappa is None
    same = agreement([("right", "right")] * 8)
    assert (same.share, same.kappa, same.ac1) == (1.0, None, 1.0)


def test_intervals_are_the_same_every_time() -> None:
    pairs = table({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15})
    found = agreement(pairs)
    assert found == agreement(pairs)
    assert found.kappa_interval
    low, high = found.kappa_interval
    assert low < 0.4 < high


def test_wilson_of_a_worth_that_is_not_whole() -> None:
    assert wilson_of(9 / 13, 13) == pytest.approx((0.4237, 0.8732), abs=1e-4)
    low, high = wilson_of(0.95, 40.5)
    assert 0.83 < low < 0.95 < high < 1


# --------------------------------------------------------------- statistics


def check_all(book: Book) -> None:
    for item in book.items:
        if item.fact.field is Field.ECOG and item.letter.letter_id == "quill/b":
            book.add(answer(item, Verdict.CORRECT, ("ecog", "", "3")))
        elif item.fact.field is Field.CAIX:
            book.add(answer(item, Verdict.UNSURE))
        else:
            book.add(answer(item, Verdict.RIGHT))


def missed_liver(book: Book) -> Review:
    record = book.letters[1]
    target = Target(record.letter_id, record.digest, "site", "", "liver", 60, 65, "liver")
    return Review(new_token(), Kind.MISSED, "Ann", target, None, ("site", "", "liver"), shown={})


def close(book: Book, *places: int) -> None:
    for place in places:
        record = book.letters[place]
        target = Target(record.letter_id, record.digest)
        book.add(Review(new_token(), Kind.COMPLETE, "Ann", target))


def test_precision_recall_and_rules(book: Book) -> None:
    assert statistics(book).overall is None
    check_all(book)
    book.add(missed_liver(book))
    close(book, 0, 1, 2)
    found = statistics(book)
    ecog = next(score for score in found.fields if score.name == "ecog")
    assert (ecog.precision.k, ecog.precision.n) == (2, 3)
    assert (ecog.recall.k, ecog.recall.n) == (2, 3)
    assert ecog.precision.wilson
    caix = next(score for score in found.fields if score.name == "caix")
    assert (caix.unsure, caix.precision.n) == (1, 0)
    site = next(score for score in found.fields if score.name == "site")
    assert (site.recall.k, site.recall.n) == (2, 3)
    assert found.rules[0].name == "ecog_rule"
    assert found.swaps[0].read == "2"
    assert found.letters_read == 3
    assert found.overall
    assert found.overall.rate == pytest.approx((3 + 2 + 1 + 2) / 9)


def test_an_undone_addition_is_no_missed_fact(book: Book) -> None:
    (kept,) = book.add(missed_liver(book))
    close(book, 1)
    assert statistics(book).missed == (("site", 1),)
    book.add(Review(new_token(), Kind.UNDO, "Ann", kept.target, undoes=kept.token))
    assert statistics(book).missed == ()


def test_what_both_readers_missed_and_found_is_counted(book: Book) -> None:
    assert statistics(book).found_by_both.n == 0
    record = book.letters[1]
    bone = missed_liver(book)
    bone = replace(bone, target=replace(bone.target, value="bone"), to=("site", "", "bone"))
    book.add(missed_liver(book), replace(missed_liver(book), reviewer="Bea"), bone)
    for name in ("Ann", "Bea"):
        target = Target(record.letter_id, record.digest)
        book.add(Review(new_token(), Kind.COMPLETE, name, target))
    both = statistics(book).found_by_both
    assert (both.k, both.n) == (1, 2)


def test_two_corrections_to_other_values_do_not_agree(out: Path) -> None:
    book = Book(out, Plan(double=1.0))
    ecog, caix = item_of(book, "quill/b", Field.ECOG), item_of(book, "quill/a", Field.CAIX)
    book.add(answer(ecog, Verdict.CORRECT, ("ecog", "", "0")))
    book.add(answer(ecog, Verdict.CORRECT, ("ecog", "", "1"), by="Bea"))
    book.add(answer(caix, Verdict.CORRECT, ("caix", "", "95")))
    book.add(answer(caix, Verdict.CORRECT, ("caix", "", "95"), by="Bea"))
    found = statistics(book).agreement
    assert (found.same, found.n) == (1, 2)


def test_disputed_facts_count_only_when_settled(out: Path) -> None:
    book = Book(out, Plan(double=1.0))
    item = item_of(book, "quill/b", Field.ECOG)
    book.add(answer(item, Verdict.RIGHT), answer(item, Verdict.WRONG, by="Bea"))
    ecog = next(score for score in statistics(book).fields if score.name == "ecog")
    assert ecog.precision.n == 0
    assert statistics(book).agreement.n == 1
    assert book.disputed() == [item]
    book.add(answer(item, Verdict.WRONG, by="Cat", kind=Kind.RULING))
    ecog = next(score for score in statistics(book).fields if score.name == "ecog")
    assert (ecog.precision.k, ecog.precision.n) == (0, 1)


# --------------------------------------------------------------------- gold


def test_gold_holds_letters_read_through(book: Book, tmp_path: Path) -> None:
    check_all(book)
    book.add(missed_liver(book))
    close(book, 1)
    path = tmp_path / "gold.csv"
    write_gold(path, gold_rows(book))
    gold = read_facts(path)
    assert list(gold) == ["quill/b"]
    comparison = compare(gold, facts_of(book.letters))
    assert {d.row for d in comparison.missed} == {("ecog", "", "3"), ("site", "", "liver")}
    assert {d.row for d in comparison.wrong} == {("ecog", "", "2")}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_begins_a_formula(cell: str, book: Book, tmp_path: Path) -> None:
    assert plain_cell(cell) == f"'{cell}"
    item = book.items[0]
    book.add(replace(answer(item, Verdict.CORRECT, ("ecog", "", "1")), comment=cell))
    close(book, 0)
    write_gold(tmp_path / "gold.csv", gold_rows(book))
    assert f",{cell}" not in (tmp_path / "gold.csv").read_text()
