"""The desk, and people at it, for the tests of its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from extract.audit.book import Book
from extract.audit.desk.access import COOKIE, Role, new_ticket
from extract.audit.desk.app import create_app
from extract.audit.sampling import Plan
from extract.audit.texts import Texts

__all__ = ["HOST", "PAGES", "Person", "ann", "app", "bea", "cat", "rea", "shared"]

PAGES = ("/check", "/facts", "/letters", "/patients", "/overview", "/stale", "/report")
HOST = "http://127.0.0.1:8321"


@pytest.fixture
def shared(out: Path) -> Book:
    """A run of which every drawn fact is checked twice."""
    return Book(out, Plan(double=1.0, letters=3))


@pytest.fixture
def app(shared: Book) -> Any:
    return create_app(shared, Texts(shared.out.parent / "letters"))


class Person:
    """Somebody at a browser."""

    def __init__(self, app: Any, name: str, role: Role = Role.REVIEWER) -> None:
        self.web = TestClient(app, base_url=HOST, raise_server_exceptions=False)
        self.ticket = new_ticket(app.state.desk.book.log, name, role)
        self.name = name
        found = self.web.post("/signin", data={"t": self.ticket}, follow_redirects=False)
        assert found.status_code == 303
        self.csrf = app.state.sessions.of(self.web.cookies[COOKIE]).csrf

    def get(self, path: str) -> Any:
        return self.web.get(path)

    def post(self, path: str, **values: str) -> Any:
        return self.web.post(path, data={"csrf": self.csrf, **values}, follow_redirects=False)


@pytest.fixture
def ann(app: Any) -> Person:
    return Person(app, "Ann")


@pytest.fixture
def bea(app: Any) -> Person:
    return Person(app, "Bea")


@pytest.fixture
def cat(app: Any) -> Person:
    return Person(app, "Cat", Role.ADJUDICATOR)


@pytest.fixture
def rea(app: Any) -> Person:
    return Person(app, "Rea", Role.READER)
