"""The log of reviews: what it keeps, and what it refuses."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extract.errors import ExtractError
from extract.store.reviews import FILE, Kind, Review, ReviewLog, Target, Verdict
from extract.store.standing import Ledger, State

TARGET = Target("quill/a", "d" * 64, "ecog", "", "1", 10, 11, "1")


def said(by: str, verdict: Verdict, token: str = "", **more: object) -> Review:
    values = {"to": None, "shown": {"second": True}, **more}
    token = token or f"{by}-{verdict}-{random.random()}"
    return Review(token, Kind.ANSWER, by, TARGET, verdict, **values)  # type: ignore[arg-type]


def test_entries_come_back_as_they_went_in(tmp_path: Path) -> None:
    with ReviewLog(tmp_path) as log:
        kept = log.append([said("Ann", Verdict.CORRECT, to=("ecog", "", "2"), comment="é <b>")])
        assert log.since() == kept
        assert log.since(kept[0].number) == []
    with ReviewLog(tmp_path) as log:
        assert log.since() == kept


def test_a_token_is_kept_once(tmp_path: Path) -> None:
    with ReviewLog(tmp_path) as log:
        once = said("Ann", Verdict.RIGHT, "t")
        assert len(log.append([once])) == 1
        assert log.append([once]) == []
        assert len(log.since()) == 1


def test_nothing_can_be_changed_or_deleted(tmp_path: Path) -> None:
    with ReviewLog(tmp_path) as log:
        log.append([said("Ann", Verdict.RIGHT)])
        log.set_plan({"seed": 1})
    db = sqlite3.connect(tmp_path / FILE)
    for statement in ("DELETE FROM reviews", "UPDATE reviews SET reviewer='Eve'",
                      "DELETE FROM plans"):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match="only added"):
            db.execute(statement)


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    ReviewLog(tmp_path).close()
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_log_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 400)
    with pytest.raises(ExtractError, match="log of reviews"):
        ReviewLog(tmp_path)


def test_a_ticket_is_good_once_and_not_for_ever(tmp_path: Path) -> None:
    later = datetime.now(UTC) + timedelta(minutes=5)
    with ReviewLog(tmp_path) as log:
        log.add_ticket("good", "Ann", "reviewer", later)
        log.add_ticket("old", "Bea", "reviewer", datetime.now(UTC) - timedelta(seconds=1))
        assert log.spend_ticket("good", spend=False) == ("Ann", "reviewer")
        assert log.spend_ticket("good") == ("Ann", "reviewer")
        assert log.spend_ticket("good") is None
        assert log.spend_ticket("old") is None
        assert log.spend_ticket("other") is None
    assert b"good" not in (tmp_path / FILE).read_bytes()


# ------------------------------------------------------------- what stands


def test_one_answer_settles_a_fact_that_needs_no_second() -> None:
    ledger = Ledger([said("Ann", Verdict.RIGHT, shown=None)])
    standing = ledger.of(TARGET.key)
    assert standing
    assert standing.state is State.SETTLED


def test_two_answers_settle_or_dispute() -> None:
    first = said("Ann", Verdict.RIGHT)
    for other, state in ((Verdict.RIGHT, State.SETTLED), (Verdict.WRONG, State.DISPUTED)):
        ledger = Ledger([first])
        standing = ledger.of(TARGET.key)
        assert standing
        assert standing.state is State.PENDING
        assert standing.seen_by("Bea") == []
        ledger.add([said("Bea", other)])
        assert standing.state is state
        assert len(standing.seen_by("Bea")) == 2


def test_corrections_agree_only_in_what_they_say() -> None:
    one = said("Ann", Verdict.CORRECT, to=("ecog", "", "2"))
    same = said("Bea", Verdict.CORRECT, to=("ecog", "", " 2"))
    other = said("Bea", Verdict.CORRECT, to=("ecog", "", "3"))
    standing = Ledger([one, same]).of(TARGET.key)
    assert standing
    assert standing.state is State.SETTLED
    standing = Ledger([one, other]).of(TARGET.key)
    assert standing
    assert standing.state is State.DISPUTED


def test_an_answer_is_final_once_the_other_was_shown() -> None:
    ledger = Ledger([said("Ann", Verdict.RIGHT, "a"), said("Bea", Verdict.WRONG, "b")])
    ledger.add([said("Ann", Verdict.WRONG)])
    ledger.add([Review("u", Kind.UNDO, "Bea", TARGET, undoes="b")])
    standing = ledger.of(TARGET.key)
    assert standing
    assert standing.state is State.DISPUTED
    assert ledger.last_of("Bea") is None


def test_a_ruling_settles_and_can_be_taken_back() -> None:
    ledger = Ledger([said("Ann", Verdict.RIGHT), said("Bea", Verdict.WRONG)])
    ledger.add([Review("r", Kind.RULING, "Cat", TARGET, Verdict.WRONG)])
    standing = ledger.of(TARGET.key)
    assert standing
    assert standing.stands
    assert standing.stands.verdict is Verdict.WRONG
    ledger.add([Review("u", Kind.UNDO, "Cat", TARGET, undoes="r")])
    assert standing.state is State.DISPUTED


def test_undo_brings_back_the_answer_before() -> None:
    ledger = Ledger([said("Ann", Verdict.RIGHT, "a", shown=None)])
    ledger.add([said("Ann", Verdict.WRONG, "b", shown=None)])
    standing = ledger.of(TARGET.key)
    assert standing
    last = ledger.last_of("Ann")
    assert last
    assert last.token == "b"
    ledger.add([Review("u", Kind.UNDO, "Ann", TARGET, undoes="b")])
    assert standing.answers["Ann"].token == "a"
    ledger.add([Review("v", Kind.UNDO, "Ann", TARGET, undoes="a")])
    assert standing.empty


def test_nobody_takes_back_what_another_said() -> None:
    ledger = Ledger([said("Ann", Verdict.RIGHT, "a")])
    ledger.add([Review("u", Kind.UNDO, "Eve", TARGET, undoes="a")])
    standing = ledger.of(TARGET.key)
    assert standing
    assert "Ann" in standing.answers


# -------------------------------------------------------------------- kills

WRITER = """
import sys
from pathlib import Path
from extract.store.reviews import Kind, Review, ReviewLog, Target, Verdict
log = ReviewLog(Path(sys.argv[1]))
for n in range(100000):
    target = Target("x", "d", "ecog", "", str(n), 0, 1, "1")
    log.append([Review(f"{sys.argv[2]}-{n}", Kind.ANSWER, "Ann", target, Verdict.RIGHT)])
    print(f"{sys.argv[2]}-{n}", flush=True)
"""


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_at_any_moment_loses_nothing_acknowledged(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout
    acknowledged = [process.stdout.readline().strip() for _ in range(chance.randint(1, 40))]
    os.kill(process.pid, signal.SIGKILL)
    acknowledged += process.stdout.read().split("\n")[:-1]
    process.wait()
    with ReviewLog(tmp_path) as log:
        kept = {review.token for review in log.since()}
        assert log.append([said("Bea", Verdict.RIGHT)])
    assert set(acknowledged) <= kept
    assert len(kept) <= len(acknowledged) + 1
