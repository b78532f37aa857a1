"""The desk through its pages: the way of a review, and who sees what of another's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")
pytest.importorskip("httpx2", reason="the test client needs httpx2")

from extract.audit.book import Book
from extract.audit.desk.app import create_app
from extract.audit.sampling import Plan
from extract.audit.texts import Texts
from extract.records import Field
from extract.store.reviews import Verdict
from extract.store.standing import State
from tests.audit.conftest import FIRST, item_of
from tests.audit.people import PAGES, Person, ann, app, bea, cat, rea, shared

__all__ = ["ann", "app", "bea", "cat", "rea", "shared"]


# -------------------------------------------------------------- the way


def test_every_page_is_there(ann: Person, shared: Book) -> None:
    item = shared.items[0]
    tokens = (
        f"/facts/{item.token}",
        f"/letters/{shared.letter_token(item.letter)}",
        f"/patients/{shared.patient_token('quill')}",
    )
    for path in (*PAGES, *tokens):
        found = ann.get(path)
        assert found.status_code == 200, path
        assert "quill/a" not in str(found.url)


def test_a_fact_is_shown_with_its_evidence_marked(ann: Person, shared: Book) -> None:
    item = item_of(shared, "quill/a", Field.CAIX)
    page = ann.get(f"/facts/{item.token}").text
    assert re.search(r'<mark class="now" id="evidence">90</mark>', page)
    assert "qualified wording" in page
    assert "caix_rule" in page


def test_an_answer_is_kept_and_the_next_fact_comes(ann: Person, shared: Book) -> None:
    first = shared.queue()[0]
    found = ann.post(f"/facts/{first.token}/answer", verdict="right", comment="clear")
    assert found.headers["location"] == f"/facts/{shared.queue()[1].token}"
    standing = shared.standing(first)
    assert standing
    assert standing.answers["Ann"].comment == "clear"
    assert standing.answers["Ann"].rules == "r1"
    kept = standing.answers["Ann"].shown
    assert kept
    assert kept["fact"]["rule"] == "letter_date_rule"


def test_filters_stay_and_choose(ann: Person, shared: Book) -> None:
    ecogs = [item for item in shared.items if item.fact.field is Field.ECOG]
    found = ann.web.get("/check?field=ecog", follow_redirects=False)
    assert found.headers["location"] == f"/facts/{ecogs[0].token}?field=ecog"
    found = ann.post(f"/facts/{ecogs[0].token}/answer?field=ecog", verdict="right")
    assert found.headers["location"] == f"/facts/{ecogs[1].token}?field=ecog"
    assert "2 facts" in ann.get("/facts?show=all&rule=site_rule").text
    assert "No fact fits" in ann.get("/facts?field=nonsense").text


def test_a_correction_is_held_to_the_contract(ann: Person, shared: Book) -> None:
    item = item_of(shared, "quill/b", Field.LETTER_DATE)
    path = f"/facts/{item.token}/answer"
    assert ann.post(path, verdict="correct_to", value="4 March").status_code == 400
    assert ann.post(path, verdict="correct_to", value="2011-06-02").status_code == 400
    assert ann.post(path, verdict="shoe").status_code == 422
    number = f"/facts/{item_of(shared, 'quill/b', Field.ECOG).token}/answer"
    found = ann.post(number, verdict="correct_to", value="two")
    assert found.status_code == 400
    assert "A number is written" in found.text
    assert ann.post(path, verdict="correct_to", value="2011-06").status_code == 303
    standing = shared.standing(item)
    assert standing
    assert standing.answers["Ann"].to == ("letter_date", "", "2011-06")


def test_undo_goes_back_to_the_fact(ann: Person, shared: Book) -> None:
    item = shared.queue()[0]
    ann.post(f"/facts/{item.token}/answer", verdict="wrong")
    found = ann.post("/undo")
    assert found.headers["location"] == f"/facts/{item.token}"
    assert shared.state(item) is State.OPEN


def test_a_missed_fact_is_added_by_selection_or_by_its_words(ann: Person, shared: Book) -> None:
    letter = shared.letters[1]
    path = f"/letters/{shared.letter_token(letter)}/missed"
    said = {"field": "site", "value": "liver"}
    assert ann.post(path, **said, quote="spleen").status_code == 400
    assert ann.post(path, **said, quote="liver").status_code == 303
    ((_, standing),) = shared.missed_in(letter)
    assert standing.target.quote == "liver"
    assert ann.post(path, field="site", value="lung", quote="lung").status_code == 400
    start = FIRST.index("renal")
    path = f"/letters/{shared.letter_token(shared.letters[0])}/missed"
    ann.post(path, field="histology", value="other", start=str(start), end=str(start + 5))
    ((_, standing),) = shared.missed_in(shared.letters[0])
    assert standing.target.quote == "renal"


def test_a_letter_is_closed_when_all_of_it_is_answered(ann: Person, shared: Book) -> None:
    letter = shared.letters[1]
    path = f"/letters/{shared.letter_token(letter)}/complete"
    assert ann.post(path).status_code == 409
    for item in shared.of_letter[letter.letter_id]:
        ann.post(f"/facts/{item.token}/answer", verdict="right")
    assert ann.post(path).status_code == 303
    assert "Ann" in shared.ledger.complete[letter.digest]


def test_search_finds_and_stands_in_no_url(ann: Person) -> None:
    found = ann.post("/search", q="sunitinib")
    assert "sunitinib" not in found.headers["location"]
    assert "1 fact " in ann.get("/facts?show=all").text


def test_what_was_found_is_what_is_checked(ann: Person, shared: Book) -> None:
    lung = [item for item in shared.items if item.fact.value == "lung"]
    found = ann.post("/search?show=all", q="lung")
    assert found.headers["location"] == "/facts?show=all&found=1"
    assert 'href="/check?show=all&amp;found=1"' in ann.get("/facts?show=all").text
    for item in lung:
        going = ann.web.get("/check?show=all&found=1", follow_redirects=False)
        assert going.headers["location"] == f"/facts/{item.token}?show=all&found=1"
        ann.post(f"/facts/{item.token}/answer?show=all&found=1", verdict="right")
    assert "Nothing is left to check here" in ann.get("/check?show=all&found=1").text
    ann.post("/search", q="")
    assert "10 facts" in ann.get("/facts?show=all").text


def test_patients_are_searched_by_name(ann: Person) -> None:
    found = ann.post("/search", q="ZEB", among="patients")
    assert found.headers["location"] == "/patients"
    page = ann.get("/patients").text
    assert "1 patient " in page
    assert ">zeb</a>" in page
    assert ">quill</a>" not in page


def test_undo_says_what_it_would_take_back(ann: Person, shared: Book) -> None:
    item = item_of(shared, "quill/a", Field.CAIX)
    assert "Undo" not in ann.get(f"/facts/{item.token}").text
    ann.post(f"/facts/{item.token}/answer", verdict="correct_to", value="95")
    page = ann.get("/check").text
    assert '<span class="note" role="status">Correct to caix, 95: caix 90</span>' in page


def test_readers_begin_with_the_report_and_others_with_the_queue(ann: Person, rea: Person) -> None:
    assert str(rea.get("/").url).endswith("/report")
    assert "/facts/" in str(ann.get("/").url)
    assert '<a href="/report" aria-current="page">' in rea.get("/report").text


def test_a_rule_is_named_as_its_file_names_it(ann: Person) -> None:
    assert ">caix_rule</a>" in ann.get("/overview").text


def test_a_letter_that_changed_or_went_is_shown_as_such(
    ann: Person, shared: Book, app: Any
) -> None:
    file = shared.out.parent / "letters" / "quill" / "a.txt"
    item = item_of(shared, "quill/a", Field.ECOG)
    file.write_text(FIRST.replace("status 1", "status 3"))
    page = ann.get(f"/facts/{item.token}").text
    assert "changed since it was read" in page
    assert "<mark" not in page
    file.unlink()
    assert "no longer where" in ann.get(f"/facts/{item.token}").text


# ---------------------------------------------------- blind, and adjudicated


def test_answers_stay_apart_until_both_are_given(
    ann: Person, bea: Person, cat: Person, rea: Person, shared: Book
) -> None:
    item = item_of(shared, "quill/b", Field.ECOG)
    path = f"/facts/{item.token}"
    ann.post(f"{path}/answer", verdict="correct_to", value="3", comment="annsremark")
    for person in (bea, cat):
        for page in (path, "/facts?show=all", f"/patients/{shared.patient_token('quill')}",
                     "/disputes", "/stale"):  # fmt: skip
            text = person.get(page).text
            assert "annsremark" not in text
            assert "Correct to ecog" not in text
    assert "annsremark" in rea.get(path).text
    bea.post(f"{path}/answer", verdict="right")
    assert "annsremark" in bea.get(path).text
    assert "Bea: <b>Right" in ann.get(path).text
    assert ann.post(f"{path}/answer", verdict="right").status_code == 409
    assert shared.state(item) is State.DISPUTED
    listed = cat.get("/disputes").text
    (link,) = re.findall(r'href="(/disputes/\w+)"', listed)
    page = cat.get(link).text
    assert "annsremark" in page
    assert cat.post(f"{link}/rule", verdict="wrong").status_code == 303
    assert shared.state(item) is State.SETTLED
    ruled = shared.standing(item)
    assert ruled
    assert ruled.stands
    assert ruled.stands.verdict is Verdict.WRONG


def test_who_answered_does_not_settle(app: Any, ann: Person, cat: Person, shared: Book) -> None:
    item = shared.queue()[0]
    ann.post(f"/facts/{item.token}/answer", verdict="right")
    cat.post(f"/facts/{item.token}/answer", verdict="wrong")
    token = shared.log.opaque("dispute", item.key)
    assert cat.post(f"/disputes/{token}/rule", verdict="right").status_code == 403


def test_the_outputs_are_written_again(ann: Person, bea: Person, shared: Book) -> None:
    item = item_of(shared, "quill/b", Field.ECOG)
    for person in (ann, bea):
        person.post(f"/facts/{item.token}/answer", verdict="correct_to", value="0")
    assert ann.post("/apply").status_code == 303
    assert "corrected:ecog_rule" in (shared.out / "facts.csv").read_text()
    assert "1 corrected" in ann.get("/report").text


# --------------------------------------------------- letters that two read through


def read_through(person: Person, shared: Book, *missed: str) -> str:
    """Answer all facts of the second letter, add sites, and close it; the letter's path."""
    letter = shared.letters[1]
    path = f"/letters/{shared.letter_token(letter)}"
    for item in shared.of_letter[letter.letter_id]:
        person.post(f"/facts/{item.token}/answer", verdict="right")
    for organ in missed:
        found = person.post(f"{path}/missed", field="site", value=organ, quote=organ)
        assert found.status_code == 303
    assert person.post(f"{path}/complete").status_code == 303
    return path


def come_to(shared: Book) -> State:
    """How far the one addition to the second letter has come."""
    ((_, standing),) = shared.missed_in(shared.letters[1])
    return standing.state


def added(page: str) -> list[str]:
    return re.findall(r'action="(/letters/\w+/added/\w+)"', page)


def test_what_one_adds_the_other_sees_only_when_through(
    ann: Person, bea: Person, cat: Person, shared: Book
) -> None:
    path = read_through(ann, shared, "liver")
    assert come_to(shared) is State.PENDING
    assert shared.laid().counts["added"] == 0
    assert not added(bea.get(path).text)
    assert 'class="now"' not in bea.get(path).text
    read_through(bea, shared)
    (link,) = added(bea.get(path).text)
    assert "to answer" in bea.get("/letters").text
    assert bea.post(link, verdict="correct_to").status_code == 400
    assert cat.post(link, verdict="right").status_code == 409
    assert bea.post(link, verdict="right").status_code == 303
    assert come_to(shared) is State.SETTLED
    assert shared.laid().counts["added"] == 1
    assert bea.post(link, verdict="wrong").status_code == 409
    assert "to answer" not in bea.get("/letters").text


def test_an_addition_that_the_other_denies_is_settled_by_an_adjudicator(
    ann: Person, bea: Person, cat: Person, shared: Book
) -> None:
    path = read_through(ann, shared, "liver")
    read_through(bea, shared)
    (link,) = added(bea.get(path).text)
    bea.post(link, verdict="not_in_letter")
    assert come_to(shared) is State.DISPUTED
    (dispute,) = re.findall(r'href="(/disputes/\w+)"', cat.get("/disputes").text)
    cat.post(f"{dispute}/rule", verdict="right")
    assert shared.laid().counts["added"] == 1


def test_the_same_addition_by_two_is_one(ann: Person, bea: Person, shared: Book) -> None:
    read_through(ann, shared, "liver")
    path = f"/letters/{shared.letter_token(shared.letters[1])}/missed"
    bea.post(path, field="site", value="liver", quote="and liver")
    ((_, standing),) = shared.missed_in(shared.letters[1])
    assert list(standing.answers) == ["Ann", "Bea"]
    assert come_to(shared) is State.SETTLED
    assert ann.post(path, field="site", value="liver", quote="liver").status_code == 409


def test_a_letter_that_one_reads_needs_no_second(out: Path) -> None:
    alone = Book(out, Plan(double=0.0))
    people = create_app(alone, Texts(out.parent / "letters"))
    path = read_through(Person(people, "Ann"), alone, "liver")
    assert alone.laid().counts["added"] == 1
    other = Person(people, "Bea")
    assert "read by another" in other.get("/letters").text
    assert not added(other.get(path).text)
