"""Accepted reviews in the outputs, and reviews that no longer fit."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from extract.audit.apply import apply_reviews
from extract.audit.book import Book
from extract.evaluation import read_facts
from extract.records import Field, LetterRecord, Reviewed
from extract.store.overlay import Stale, as_read, bounds, fact_of, overlay, overlay_from
from extract.store.reviews import FILE, Kind, Review, Verdict, new_token
from extract.store.standing import Ledger
from tests.audit.conftest import FIRST, SECOND, answer, item_of, letter, records, write_run


def rows(out: Path) -> dict[tuple[str, str, str], dict[str, str]]:
    with (out / "facts.csv").open(newline="") as stream:
        return {(r["letter_id"], r["field"], r["value"]): r for r in csv.DictReader(stream)}


def ecogs(out: Path) -> dict[str, str]:
    with (out / "eligibility.csv").open(newline="") as stream:
        return {row["patient_id"]: row["ecog"] for row in csv.DictReader(stream)}


def test_without_reviews_nothing_is_written(out: Path) -> None:
    assert apply_reviews(out) is None
    assert overlay_from(out, records()).records == tuple(records())


def test_a_correction_changes_facts_and_verdicts_and_can_be_taken_back(
    out: Path, book: Book
) -> None:
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.suffix != ".json"}
    assert ecogs(out)["quill"] == "not_met"
    item = item_of(book, "quill/b", Field.ECOG)
    (kept,) = book.add(answer(item, Verdict.CORRECT, ("ecog", "", "0")))
    laid = apply_reviews(out)
    assert laid
    assert laid.counts["corrected"] == 1
    row = rows(out)["quill/b", "ecog", "0"]
    assert (row["rule"], row["low"], row["quote"]) == ("corrected:ecog_rule", "0", "2")
    assert ecogs(out)["quill"] == "met"
    assert json.loads((out / "run.json").read_text())["reviews"]["corrected"] == 1
    again = {path.name: path.read_bytes() for path in out.glob("*.csv")}
    apply_reviews(out)
    assert {path.name: path.read_bytes() for path in out.glob("*.csv")} == again
    book.add(Review(new_token(), Kind.UNDO, "Ann", item.target, undoes=kept.token))
    apply_reviews(out)
    for name, content in before.items():
        if not name.startswith(FILE):
            assert (out / name).read_bytes() == content, name


def test_wrong_facts_go_and_are_kept_aside(out: Path, book: Book) -> None:
    book.add(answer(item_of(book, "quill/a", Field.SITE), Verdict.ABSENT))
    apply_reviews(out)
    assert ("quill/a", "site", "lung") not in rows(out)
    again = Book(out)
    assert len(again.items) == len(book.items)
    assert [f.value for f in again.finished.letters[0].withdrawn] == ["lung"]


def test_a_confirmed_fact_asks_for_no_review(out: Path, book: Book) -> None:
    assert rows(out)["quill/a", "caix", "90"]["review"] == "yes"
    book.add(answer(item_of(book, "quill/a", Field.CAIX), Verdict.RIGHT))
    apply_reviews(out)
    row = rows(out)["quill/a", "caix", "90"]
    assert (row["review"], row["reason"], row["rule"]) == ("no", "", "caix_rule")


def test_cannot_tell_changes_nothing(out: Path, book: Book) -> None:
    before = (out / "facts.csv").read_bytes()
    book.add(answer(item_of(book, "quill/a", Field.CAIX), Verdict.UNSURE))
    apply_reviews(out)
    assert (out / "facts.csv").read_bytes() == before


def missed(book: Book, letter_id: str, words: str, to: tuple[str, str, str]) -> Review:
    record = next(x for x in book.letters if x.letter_id == letter_id)
    text = {"quill/a": FIRST, "quill/b": SECOND}[letter_id]
    start = text.index(words)
    made = fact_of(words, start, start + len(words), to)
    from extract.store.reviews import Target

    target = Target.of(record, made)
    return Review(new_token(), Kind.MISSED, "Ann", target, None, to, shown={})


def test_a_missed_fact_is_added_and_marked(out: Path, book: Book) -> None:
    book.add(missed(book, "quill/b", "liver", ("site", "", "liver")))
    apply_reviews(out)
    assert rows(out)["quill/b", "site", "liver"]["rule"] == "added:review"
    assert ("quill/b", "site", "liver") in {("quill/b", *f[:1], f[2]) for f in
                                            read_facts(out / "facts.csv")["quill/b"]}  # fmt: skip


def test_a_corrected_letter_date_moves_the_letter(out: Path, book: Book) -> None:
    item = item_of(book, "quill/b", Field.LETTER_DATE)
    book.add(answer(item, Verdict.CORRECT, ("letter_date", "", "2011-02")))
    laid = overlay(book.letters, book.ledger)
    record = next(x for x in laid.records if x.letter_id == "quill/b")
    assert record.letter_date == "2011-02"
    assert as_read(record) == next(x for x in book.letters if x.letter_id == "quill/b")


def test_the_page_is_written_again_and_other_reports_go(out: Path, book: Book) -> None:
    (out / "report.html").write_text("old")
    (out / "report.md").write_text("old")
    book.add(answer(item_of(book, "quill/b", Field.ECOG), Verdict.CORRECT, ("ecog", "", "0")))
    apply_reviews(out)
    assert "<html" in (out / "report.html").read_text()
    assert not (out / "report.md").exists()


# -------------------------------------------------------------------- stale


def changed(record: LetterRecord, **update: object) -> LetterRecord:
    return record.model_copy(update=update)


def test_reviews_outlive_a_run_and_go_stale_with_text_or_value(out: Path, book: Book) -> None:
    item = item_of(book, "quill/b", Field.ECOG)
    book.add(answer(item, Verdict.CORRECT, ("ecog", "", "0")))
    fresh = records()
    assert overlay(fresh, book.ledger).stale == {}
    ecog = fresh[1].facts[1]
    moved = ecog.evidence.model_copy(update={"start": ecog.evidence.start - 1})
    cases = {
        Stale.TEXT_CHANGED: changed(fresh[1], digest="other"),
        Stale.LETTER_GONE: changed(fresh[1], digest="other", letter_id="quill/c"),
        Stale.VALUE_CHANGED: changed(fresh[1], facts=(ecog.model_copy(update={"value": "1"}),)),
        Stale.EVIDENCE_CHANGED: changed(
            fresh[1], facts=(ecog.model_copy(update={"evidence": moved}),)
        ),
        Stale.FACT_GONE: changed(fresh[1], facts=()),
    }
    for why, record in cases.items():
        laid = overlay([fresh[0], record], book.ledger)
        assert list(laid.stale.values()) == [why]
        assert laid.records == (fresh[0], record)
        assert sum(laid.counts.values()) == 0


def test_a_rerun_with_other_rules_keeps_the_review(out: Path, book: Book) -> None:
    book.add(answer(item_of(book, "quill/b", Field.ECOG), Verdict.CORRECT, ("ecog", "", "0")))
    apply_reviews(out)
    write_run(out, out.parent / "letters", records(), rules="r2")
    laid = apply_reviews(out)
    assert laid
    assert laid.counts["corrected"] == 1
    assert ("quill/b", "ecog", "0") in rows(out)


def test_a_copy_of_the_text_is_corrected_too() -> None:
    first = records()[1]
    copy = changed(first, letter_id="other/b", patient_id="other")
    from extract.store.reviews import Target

    target = Target.of(first, first.facts[1])
    review = Review("t", Kind.ANSWER, "Ann", target, Verdict.WRONG)
    laid = overlay([first, copy], Ledger([review]))
    assert [len(record.facts) for record in laid.records] == [2, 2]


def test_a_correction_to_what_stands_there_already_only_withdraws() -> None:
    text = "Lung, liver."
    from tests.audit.conftest import fact

    record = letter(
        "x/a",
        text,
        "",
        [
            fact(text, (Field.SITE, "", "liver", "liver", "liver")),
            fact(text, (Field.SITE, "", "lung", "Lung", "Lung")),
        ],
    )
    from extract.store.reviews import Target

    target = Target.of(record, record.facts[0])
    review = Review("t", Kind.ANSWER, "Ann", target, Verdict.CORRECT, ("site", "", "lung"))
    laid = overlay([record], Ledger([review]))
    assert [f.value for f in laid.records[0].facts] == ["lung"]
    assert laid.records[0].facts[0].reviewed is Reviewed.NOT


# ------------------------------------------------------------------- values


def test_values_get_their_bounds() -> None:
    assert bounds(Field.LETTER_DATE, "2011-03") == ("2011-03-01", "2011-03-31")
    assert bounds(Field.RESPONSE_DATE, "CR=2011-05-02") == ("2011-05-02", "2011-05-02")
    assert bounds(Field.CAIX, ">80")[0] == "80"
    assert bounds(Field.CAIX, "positive") == ("", "")


@pytest.mark.parametrize(
    "to", [("shoe", "", "1"), ("ecog", "", " "), ("letter_date", "", "4 March")]
)
def test_values_of_no_contract_are_refused(to: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        fact_of("x", 0, 1, to)
