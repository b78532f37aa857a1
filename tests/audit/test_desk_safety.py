"""Who may do what at the desk, and what an attacker would try."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")
pytest.importorskip("httpx2", reason="the test client needs httpx2")

from starlette.testclient import TestClient

from extract.audit.book import Book
from extract.audit.desk.access import COOKIE, Role, Sessions, new_ticket
from extract.audit.texts import Texts
from extract.records import Field
from extract.store.reviews import Verdict
from tests.audit.conftest import answer, item_of
from tests.audit.people import HOST, PAGES, Person, ann, app, bea, cat, rea, shared

__all__ = ["ann", "app", "bea", "cat", "rea", "shared"]


# ---------------------------------------------------------------- who may


def test_nothing_is_shown_to_strangers(app: Any, shared: Book) -> None:
    web = TestClient(app, base_url=HOST, raise_server_exceptions=False)
    item = shared.items[0]
    for path in (*PAGES, f"/facts/{item.token}", "/disputes", "/"):
        found = web.get(path, follow_redirects=False)
        assert found.status_code == 401, path
        assert "quill" not in found.text
    assert web.post(f"/facts/{item.token}/answer", data={"verdict": "right"}).status_code == 401
    assert shared.ledger.last == 0


def test_readers_only_read(rea: Person, shared: Book) -> None:
    item = shared.queue()[0]
    letter = shared.letter_token(item.letter)
    tries: tuple[tuple[str, dict[str, str]], ...] = (
        (f"/facts/{item.token}/answer", {"verdict": "right"}),
        (f"/facts/{item.token}/comment", {"comment": "x"}),
        (f"/letters/{letter}/missed", {"field": "site", "value": "x", "quote": "lung"}),
        (f"/letters/{letter}/complete", {}),
        ("/undo", {}),
        ("/apply", {}),
    )
    for path, values in tries:
        assert rea.post(path, **values).status_code == 403, path
    assert shared.ledger.last == 0
    assert rea.get(f"/facts/{item.token}").status_code == 200


def test_reviewers_do_not_adjudicate(ann: Person, bea: Person, shared: Book) -> None:
    item = shared.queue()[0]
    ann.post(f"/facts/{item.token}/answer", verdict="right")
    bea.post(f"/facts/{item.token}/answer", verdict="wrong")
    token = shared.log.opaque("dispute", item.key)
    assert ann.get("/disputes").status_code == 403
    assert ann.get(f"/disputes/{token}").status_code == 403
    assert ann.post(f"/disputes/{token}/rule", verdict="right").status_code == 403


def test_a_link_signs_in_once_and_only_by_its_button(app: Any) -> None:
    ticket = new_ticket(app.state.desk.book.log, "Ann", Role.REVIEWER)
    web = TestClient(app, base_url=HOST)
    for _ in range(2):
        assert web.get(f"/signin?t={ticket}").status_code == 200
    assert COOKIE not in web.cookies
    assert web.post("/signin", data={"t": ticket}, follow_redirects=False).status_code == 303
    again = TestClient(app, base_url=HOST)
    assert again.post("/signin", data={"t": ticket}).status_code == 401
    assert again.get(f"/signin?t={ticket}").status_code == 401


def test_a_session_planted_before_is_not_the_one_after(app: Any) -> None:
    web = TestClient(app, base_url=HOST)
    web.cookies.set(COOKIE, "planted")
    ticket = new_ticket(app.state.desk.book.log, "Ann", Role.REVIEWER)
    found = web.post("/signin", data={"t": ticket}, follow_redirects=False)
    given = found.headers["set-cookie"]
    assert "planted" not in given
    assert "HttpOnly" in given
    assert "SameSite=strict" in given
    assert app.state.sessions.of("planted") is None


def test_signing_in_again_ends_the_session_before(app: Any, ann: Person) -> None:
    old = ann.web.cookies[COOKIE]
    ticket = new_ticket(app.state.desk.book.log, "Ann", Role.REVIEWER)
    ann.web.post("/signin", data={"t": ticket}, follow_redirects=False)
    assert app.state.sessions.of(old) is None


def test_sessions_expire(monkeypatch: pytest.MonkeyPatch, ann: Person) -> None:
    assert ann.get("/facts").status_code == 200
    monkeypatch.setattr("extract.audit.desk.access.IDLE_SECONDS", -1)
    assert ann.get("/facts").status_code == 401


def test_sessions_do_not_live_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = Sessions()
    cookie = sessions.begin("Ann", Role.REVIEWER)
    monkeypatch.setattr("extract.audit.desk.access.LONGEST_SECONDS", -1)
    assert sessions.of(cookie) is None


def test_signing_out_ends_it(ann: Person) -> None:
    ann.post("/signout")
    assert ann.get("/facts").status_code == 401


# ------------------------------------------------------------------ attacks


def test_a_form_without_its_secret_does_nothing(ann: Person, bea: Person, shared: Book) -> None:
    path = f"/facts/{shared.queue()[0].token}/answer"
    for csrf in ("", "x", bea.csrf):
        found = ann.web.post(path, data={"verdict": "right", "csrf": csrf})
        assert found.status_code == 403
    assert shared.ledger.last == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_does_nothing(
    ann: Person, shared: Book, headers: dict[str, str]
) -> None:
    path = f"/facts/{shared.queue()[0].token}/answer"
    found = ann.web.post(path, data={"verdict": "right", "csrf": ann.csrf}, headers=headers)
    assert found.status_code == 403
    assert shared.ledger.last == 0


def test_another_host_name_is_refused(ann: Person) -> None:
    found = ann.web.get("/facts", headers={"Host": "evil.example"})
    assert found.status_code == 400


def test_headers_close_the_page(ann: Person) -> None:
    headers = ann.get("/facts").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert ann.get("/static/desk.css").headers["content-security-policy"]


def test_pages_hold_no_script_or_style_of_their_own(ann: Person, shared: Book) -> None:
    for path in (*PAGES, f"/facts/{shared.items[0].token}"):
        text = ann.get(path).text
        assert not re.search(r"<script(?! src)|<style|\son\w+=|\sstyle=|https?://", text), path


def test_letters_show_as_text(ann: Person, shared: Book) -> None:
    item = item_of(shared, "zeb/<nasty>", Field.ECOG)
    pages = (
        f"/facts/{item.token}",
        f"/letters/{shared.letter_token(item.letter)}",
        f"/patients/{shared.patient_token('zeb')}",
        "/facts?show=all",
    )
    texts = [ann.get(page).text for page in pages]
    for text in texts:
        assert "<script>document" not in text
        assert "<img src=x" not in text
        assert "<nasty>" not in text
    assert "&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt; {{ 7*7 }}" in texts[0]
    assert "‹U+200F›" in texts[0]
    assert "DROP TABLE" in texts[0]


def test_what_a_reviewer_types_shows_as_text(ann: Person, shared: Book) -> None:
    item = shared.queue()[0]
    nasty = "<script>alert(1)</script>{{ 7*7 }}"
    ann.post(f"/facts/{item.token}/answer", verdict="wrong", comment=nasty)
    text = ann.get(f"/facts/{item.token}").text
    assert "<script>alert" not in text
    assert "{{ 7*7 }}" in text
    ann.post("/search", q=nasty)
    assert "<script>alert" not in ann.get("/facts").text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fbook.py",
        "/letters/..%2f..%2fetc%2fpasswd",
        "/facts/%00",
        "/patients/quill",
        "/letters/quill%2Fa",
        "/openapi.json",
        "/docs",
    ],
)
def test_nothing_else_can_be_fetched(ann: Person, path: str) -> None:
    found = ann.get(path)
    assert found.status_code == 404
    assert "import" not in found.text
    assert "quill/a" not in found.text


def test_a_record_cannot_lead_out_of_the_archive(shared: Book, tmp_path: Path) -> None:
    secret = "Date: 4 March 2011\n\nA secret.\n"
    (tmp_path / "secret.txt").write_text(secret)
    digest = hashlib.sha256(secret.encode()).hexdigest()
    (tmp_path / "letters" / "link.txt").symlink_to(tmp_path / "secret.txt")
    texts = Texts(tmp_path / "letters")
    for path in ("../secret.txt", str(tmp_path / "secret.txt"), "link.txt"):
        record = shared.letters[0].model_copy(update={"paths": (path,), "digest": digest})
        assert texts.of(record).text == ""


def test_forms_have_a_size(ann: Person, shared: Book) -> None:
    path = f"/facts/{shared.queue()[0].token}/answer"
    assert ann.post(path, verdict="right", comment="x" * 3000).status_code == 422
    assert ann.post(path, verdict="right", comment="x" * 200_000).status_code == 413
    assert shared.ledger.last == 0


def test_a_fault_says_nothing(ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Quillfeather")

    monkeypatch.setattr("extract.audit.desk.views.report_values", broken)
    found = ann.get("/report")
    assert found.status_code == 500
    assert "Quillfeather" not in found.text


def test_a_long_line_is_shown(ann: Person, shared: Book, out: Path) -> None:
    from extract.audit.desk.showing import Span, marked

    text = "x" * 200_000 + "\u202e ECOG 1"
    html = marked(text, [Span(200_002, 200_006, now=True), Span(0, 200_007)])
    assert str(html).count("x") == 200_000
    assert "‹U+202E›" in html
    assert '<mark class="now" id="evidence">ECOG</mark>' in html


def test_what_another_process_adds_is_seen(ann: Person, shared: Book, out: Path) -> None:
    item = item_of(shared, "quill/a", Field.ECOG)
    Book(out).add(answer(item, Verdict.RIGHT))
    assert "You said" in ann.get(f"/facts/{item.token}").text
