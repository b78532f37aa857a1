"""Requests that nobody thought of: no page of the desk fails on any, whoever sends it.

``EXTRACT_AUDIT_FUZZ`` says how many a page (default 40).
"""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("schemathesis", reason="the fuzzer of this test")
pytest.importorskip("fastapi", reason="the extra web is not installed")

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Err

from extract.audit.book import Book
from extract.audit.desk.access import COOKIE, Role
from extract.audit.desk.app import create_app
from extract.audit.sampling import Plan
from extract.audit.texts import Texts
from extract.store.reviews import Kind, Review, Target, Verdict, new_token
from tests.audit.conftest import answer

if TYPE_CHECKING:
    from fastapi import FastAPI
    from schemathesis import Case

HOST = "http://127.0.0.1:8321"
MANY = settings(
    max_examples=int(os.environ.get("EXTRACT_AUDIT_FUZZ", "40")),
    deadline=None,
    derandomize="EXTRACT_AUDIT_FUZZ" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
#: What a form may well hold, so that requests get past the first check that refuses them.
LIKELY: dict[str, tuple[str, ...]] = {
    "field": ("site", "ecog", "letter_date", "therapy"),
    "quote": ("lung", "1", "ECOG performance status 1"),
    "verdict": tuple(Verdict),
    "value": ("2011", "1", "<b>"),
}


@pytest.fixture
def app(out: Path) -> FastAPI:
    """The desk over a run with a disputed fact, and one that Bea added."""
    book = Book(out, Plan(double=1.0, letters=3))
    letter = book.letters[1]
    liver = Target(letter.letter_id, letter.digest, "site", "", "liver", 60, 65, "liver")
    book.add(
        Review(
            new_token(), Kind.MISSED, "Bea", liver, to=("site", "", "liver"),
            shown={"second": True},
        )
    )  # fmt: skip
    book.add(Review(new_token(), Kind.COMPLETE, "Ann", Target(letter.letter_id, letter.digest)))
    disputed = book.queue()[0]
    book.add(answer(disputed, Verdict.RIGHT), answer(disputed, Verdict.WRONG, by="Bea"))
    return create_app(book, Texts(out.parent / "letters"))


def fuzz(app: FastAPI, send: Callable[[Case], None]) -> int:
    """Send many cases to each page of the desk, by its own description, which is served nowhere.

    Returns:
        The number of pages.
    """
    described = schemathesis.openapi.from_dict(app.openapi())
    described.app = app
    pages = 0
    for found in described.get_all_operations():
        assert not isinstance(found, Err), "a page that cannot be described"
        MANY(given(case=found.ok().as_strategy())(send))()
        pages += 1
    return pages


def names(book: Book) -> dict[str, tuple[str, ...]]:
    """The names in URLs that mean something, by the first part of the path."""
    return {
        "facts": tuple(book.by_token),
        "letters": tuple(book.letter_tokens),
        "patients": tuple(book.patient_tokens),
        "disputes": tuple(book.log.opaque("dispute", key) for key, _ in book.ledger),
    }


def likelier(case: Case, book: Book) -> int:
    """Replace most of what was made up by what there is.

    Returns:
        The number that it went by, the same for the same case.
    """
    chance = zlib.crc32(repr((case.path_parameters, case.body)).encode())
    known = names(book).get(case.path.split("/")[1], ())
    if known and chance % 4:
        case.path_parameters["token"] = known[chance % len(known)]
    if "added" in case.path_parameters:
        keys = [key for key, standing in book.ledger if standing.missed]
        case.path_parameters["added"] = book.log.opaque("added", keys[chance % len(keys)])
    if isinstance(case.body, dict) and chance >> 8 & 3:
        for name, values in LIKELY.items():
            if name in case.body:
                case.body[name] = values[(chance >> 10) % len(values)]
    return chance


def sent(case: Case, **values: Any) -> int:
    """Send it; the status, which is never the server's fault."""
    found = case.call(base_url=HOST, allow_redirects=False, **values)
    assert found.status_code < 500, f"{case.method} {case.path}: {found.status_code}"
    return int(found.status_code)


def test_no_stranger_gets_in_or_breaks_anything(app: FastAPI) -> None:
    book = app.state.desk.book
    before = book.ledger.last

    def send(case: Case) -> None:
        likelier(case, book)
        allowed = {401, 404, 422} if case.path == "/signin" else {401, 403, 404, 413, 422}
        assert sent(case) in allowed
        assert book.ledger.last == before

    assert fuzz(app, send) >= 20


def test_nobody_signed_in_breaks_anything(app: FastAPI) -> None:
    sessions = app.state.sessions
    book = app.state.desk.book
    seen: Counter[int] = Counter()

    def send(case: Case) -> None:
        role = list(Role)[likelier(case, book) % len(Role)]
        cookie = sessions.begin("Ann", role)
        if isinstance(case.body, dict):
            case.body["csrf"] = sessions.of(cookie).csrf
        seen[sent(case, cookies={COOKIE: cookie})] += 1

    fuzz(app, send)
    assert book.ledger.last > 10, "no form got through, so nothing was tried"
    assert seen[200] > 10
