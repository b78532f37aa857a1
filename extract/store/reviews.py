"""What reviewers said: an append-only log in ``reviews.sqlite``, beside a run's outputs.

A review is bound to the content of its letter (a digest of the text) and to its evidence,
never to a row of some run, so it outlives every re-run. Rows are only ever added: the
database itself refuses to change or delete one. A review that was acknowledged is on the
disk. Nothing here needs a library beyond Python's own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from extract.errors import Code, ExtractError, Problem
from extract.records import Fact, LetterRecord

FILE = "reviews.sqlite"
_BUSY_SECONDS = 30.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reviews (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS plans (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS tickets (
  hash TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, expires TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS spent (hash TEXT PRIMARY KEY, at TEXT NOT NULL);
"""
_KEPT = ("reviews", "plans", "tickets", "spent")


class Kind(StrEnum):
    """What an entry of the log is."""

    ANSWER = "answer"  # a reviewer's verdict on a fact
    MISSED = "missed"  # a fact that the program had not found
    RULING = "ruling"  # an adjudicator's verdict, which settles a fact
    COMMENT = "comment"
    COMPLETE = "complete"  # a letter read through: everything in it is answered or added
    UNDO = "undo"


class Verdict(StrEnum):
    """What a reviewer says of a fact."""

    RIGHT = "right"
    WRONG = "wrong"
    CORRECT = "correct_to"
    ABSENT = "not_in_letter"
    UNSURE = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Target:
    """What a review is bound to: the letter's content, the words, and the value read there."""

    letter_id: str
    digest: str
    field: str = ""
    item: str = ""
    value: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""

    @classmethod
    def of(cls, letter: LetterRecord, fact: Fact) -> Target:
        """The binding of a fact as the program read it."""
        evidence = fact.evidence
        return cls(
            letter.letter_id,
            letter.digest,
            fact.field.value,
            fact.item,
            fact.value,
            evidence.start,
            evidence.end,
            evidence.quote,
        )

    @property
    def key(self) -> str:
        """The same for the same value at the same place of the same text."""
        parts = (self.digest, self.field, self.item, self.value, self.start, self.end)
        return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Review:
    """One entry of the log.

    Attributes:
        token: made by whoever made the entry; the same token is never kept twice.
        kind: what it is.
        reviewer: who.
        target: what it is about; for a letter, its content only.
        verdict: for answers and rulings.
        to: field, item and value that should stand instead, or that were missed.
        comment: free text.
        undoes: the token of the entry that this one takes back.
        shown: what the reviewer saw: the fact as it was read, with its rule and doubts.
        rules: the hash of the rules that had read it.
        role: as what the reviewer signed in.
        origin: ``desk`` or ``sheet``.
        at: when, UTC.
        number: its place in the log; 0 before it is kept.
    """

    token: str
    kind: Kind
    reviewer: str
    target: Target
    verdict: Verdict | None = None
    to: tuple[str, str, str] | None = None
    comment: str = ""
    undoes: str = ""
    shown: dict[str, Any] | None = None
    rules: str = ""
    role: str = "reviewer"
    origin: str = "desk"
    at: str = ""
    number: int = 0

    def body(self) -> str:
        """Everything about it as JSON."""
        plain = asdict(self)
        del plain["number"]
        return json.dumps(plain, ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, body: str, number: int = 0) -> Self:
        """An entry from its JSON. Raises KeyError, TypeError or ValueError for another text."""
        plain = json.loads(body)
        verdict, to = plain["verdict"], plain["to"]
        return cls(
            **{
                **plain,
                "kind": Kind(plain["kind"]),
                "verdict": Verdict(verdict) if verdict else None,
                "target": Target(**plain["target"]),
                "to": (str(to[0]), str(to[1]), str(to[2])) if to else None,
                "number": number,
            }
        )


def now() -> str:
    """The time as the log writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def new_token() -> str:
    """A token for a new entry."""
    return secrets.token_urlsafe(18)


class ReviewLog:
    """The open log of an out folder; several processes and threads may use it at once.

    Args:
        out: the out folder.

    Raises:
        ExtractError: it cannot be opened; so may every method.
    """

    def __init__(self, out: Path) -> None:
        self.path = out / FILE
        self._lock = threading.Lock()
        with self._faults():
            self._db = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            # WAL lets readers go on; FULL has the system write each commit to the disk.
            for name, value in (("journal_mode", "WAL"), ("synchronous", "FULL")):
                self._db.execute(f"PRAGMA {name}={value}").fetchone()
            self._db.executescript(_SCHEMA)
            for table in _KEPT:
                for what in ("UPDATE", "DELETE"):
                    self._db.execute(
                        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{what.lower()} BEFORE {what} ON "
                        f"{table} BEGIN SELECT RAISE(ABORT, 'reviews are only added'); END"
                    )
            self._db.execute(
                "INSERT OR IGNORE INTO meta VALUES ('secret', ?)", (secrets.token_hex(32),)
            )
            (secret,) = self._db.execute("SELECT value FROM meta WHERE key='secret'").fetchone()
        self.path.chmod(0o600)
        self._secret = bytes.fromhex(secret)

    @classmethod
    def at(cls, out: Path) -> Self | None:
        """The log of an out folder; None where nobody has reviewed it yet."""
        return cls(out) if (out / FILE).is_file() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def opaque(self, kind: str, name: str) -> str:
        """A name for URLs that says nothing of what it stands for, the same every time."""
        return hmac.new(self._secret, f"{kind}\x1f{name}".encode(), "sha256").hexdigest()[:20]

    def append(self, reviews: Iterable[Review]) -> list[Review]:
        """Add entries, all or none; back on the disk when this returns.

        Returns:
            Those that were new, as kept. An entry whose token is known already is not added.
        """
        kept: list[Review] = []
        with self._writing() as db:
            for review in reviews:
                dated = review if review.at else replace(review, at=now())
                values = (
                    dated.token, dated.at, dated.reviewer, dated.kind.value,
                    dated.target.digest, dated.body(),
                )  # fmt: skip
                cursor = db.execute(
                    "INSERT OR IGNORE INTO reviews (token, at, reviewer, kind, digest, body) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    values,
                )
                if cursor.rowcount:
                    kept.append(replace(dated, number=cursor.lastrowid or 0))
        return kept

    def since(self, number: int = 0) -> list[Review]:
        """The entries after one, in order."""
        with self._lock, self._faults():
            rows = self._db.execute(
                "SELECT id, body FROM reviews WHERE id > ? ORDER BY id", (number,)
            ).fetchall()
        return [Review.read(body, number) for number, body in rows]

    def plan(self) -> dict[str, Any] | None:
        """The sampling plan in force."""
        with self._lock, self._faults():
            row = self._db.execute("SELECT body FROM plans ORDER BY id DESC LIMIT 1").fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def set_plan(self, plan: dict[str, Any]) -> None:
        """Put a plan in force; those before it stay in the log."""
        with self._writing() as db:
            body = json.dumps(plan, sort_keys=True)
            db.execute("INSERT INTO plans (at, body) VALUES (?, ?)", (now(), body))

    def add_ticket(self, ticket: str, name: str, role: str, expires: datetime) -> None:
        """Let whoever holds ``ticket`` sign in once under this name."""
        values = (_hash(ticket), name, role, expires.astimezone(UTC).isoformat())
        with self._writing() as db:
            db.execute("INSERT INTO tickets VALUES (?, ?, ?, ?)", values)

    def spend_ticket(self, ticket: str, *, spend: bool = True) -> tuple[str, str] | None:
        """Name and role of a ticket that is good; it is not good again. None for others."""
        found = _hash(ticket)
        with self._writing() as db:
            row = db.execute(
                "SELECT name, role, expires FROM tickets WHERE hash = ? "
                "AND hash NOT IN (SELECT hash FROM spent)",
                (found,),
            ).fetchone()
            if row is None or datetime.fromisoformat(row[2]) < datetime.now(UTC):
                return None
            if spend:
                db.execute("INSERT INTO spent VALUES (?, ?)", (found, now()))
        return str(row[0]), str(row[1])

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._faults():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            detail = f"The log of reviews cannot be used ({type(error).__name__})."
            raise ExtractError(Problem(str(self.path), Code.OUTPUT, detail)) from None


def _hash(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()
