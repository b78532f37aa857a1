"""The store on both databases: what it is given comes back, whole or not at all."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text

from extract.errors import Code, ExtractError, Problem
from extract.store import LetterRow, Store
from extract.store.engine import HEAD, open_engine
from extract.store.model import LETTER_COLUMNS, Entry, Settled
from extract.store.runs import KEEP
from extract.store.schema import letters, metadata

NUMBERS = (("nhs", "9990000018"), ("hospital", "K12"))


def letter(letter_id: str, path: str = "", digest: str = "d") -> LetterRow:
    path = path or f"{letter_id}.txt"
    return LetterRow(letter_id, path, "p", NUMBERS, digest, f'{{"id":"{letter_id}"}}')


def fill(store: Store, run: int, *given: tuple[str, Any]) -> None:
    """Files with what they give, each under its own key."""
    numbers = store.open_files(run, [(key, f"{key}.txt") for key, _ in given])
    pairs = zip(numbers, given, strict=True)
    items = [(number, item) for number, (_, items) in pairs for item in items]
    again = {
        number
        for number, item in items
        if isinstance(item, Problem) and item.code is Code.TIMED_OUT
    }
    store.keep(run, items, [(number, number in again) for number in numbers])


def test_letters_are_given_by_patient(url: str) -> None:
    names = ["B", "a", "b", "é"]
    with Store(url) as store:
        run = store.begin("/out", "1", "r")
        fill(store, run, *((name, [letter(f"{name}/{n}") for n in (1, 2)]) for name in names))
        settled = (
            Settled(e.number, e.letter_id, e.letter_id[0], (), ()) for e in store.entries(run)
        )
        store.settle(run, settled, ())
        assert list(store.patients(run)) == [(name, 2) for name in names]
        for between in (("B", "a"), ("a", "b"), ("b", "é"), ("é", "é")):
            kept = store.letters(run, by_patient=True, between=between)
            first, last = (names.index(name) for name in between)
            wanted = [name for name in names[first : last + 1] for _ in range(2)]
            assert [one.patient_id for one in kept] == wanted


def test_the_migrations_make_the_tables_the_program_uses(url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    open_engine(url).dispose()
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == HEAD
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_letter_has_a_column_for_all_that_is_read_of_it() -> None:
    assert tuple(letter("a").columns()) == LETTER_COLUMNS
    assert {"id", "file_id", *LETTER_COLUMNS} == {column.name for column in letters.columns}


def test_what_is_kept_comes_back_in_order_of_code_points(url: str) -> None:
    names = ["b", "B", "a", "Ä", "a/é", "a b", "z", "ß", "10", "9", "\U0001f600", "ﬁ"]
    with Store(url) as store:
        run = store.begin("/out", "1", "r")
        fill(store, run, *((f"k{n}", [letter(name)]) for n, name in enumerate(names)))
        entries = list(store.entries(run))
        assert [entry.letter_id for entry in entries] == sorted(names)
        assert {entry.identifiers for entry in entries} == {NUMBERS}
        store.settle(run, [settled(entry) for entry in entries], [])
        kept = list(store.letters(run))
        assert [one.record for one in kept] == [f'{{"id":"{name}"}}' for name in sorted(names)]
        assert kept[0].paths == (f"{min(names)}.txt", "x")
        by_patient = [one.patient_id for one in store.letters(run, by_patient=True)]
        assert by_patient == sorted(by_patient)


def settled(entry: Entry) -> Settled:
    reasons = ("identity_mismatch",)
    return Settled(entry.number, entry.letter_id, entry.letter_id[:1], (entry.path, "x"), reasons)


def test_problems_of_files_and_of_the_run_stand_together(url: str) -> None:
    mine = Problem("b.txt", Code.EMPTY, "")
    own = Problem("a", Code.LINK_LOOP, "detail ’")
    with Store(url) as store:
        run = store.begin("/out", "1", "r")
        fill(store, run, ("k1", [mine]), ("k2", [letter("c")]))
        store.settle(run, [], [own])
        assert list(store.problems(run)) == [own, mine]
        assert store.file_count(run) == 2


def test_a_file_is_known_by_its_key_to_all_runs_that_follow(url: str) -> None:
    with Store(url) as store:
        first = store.begin("/out", "1", "r")
        fill(store, first, ("k1", [letter("a")]), ("k2", [Problem("b", Code.TIMED_OUT)]))
        assert set(store.known(first, ["k1", "k2", "k3"])) == {"k1", "k2"}
        store.finish(first, "f", "{}", "{}")
        second = store.begin("/out", "1", "r")
        assert second > first
        known = store.known(second, ["k1", "k2", "k3"])
        assert set(known) == {"k1"}, "a file that ran out of time is tried again"
        store.use(second, list(known.values()))
        assert [entry.letter_id for entry in store.entries(second)] == ["a"]
        assert not store.same_files(first, second)


def test_an_unfinished_run_goes_on_and_half_files_are_forgotten(url: str) -> None:
    with Store(url) as store:
        run = store.begin("/out", "1", "r")
        fill(store, run, ("k1", [letter("a")]))
        (half,) = store.open_files(run, [("k2", "b.txt")])
        store.keep(run, [(half, letter("b"))], [])
    with Store(url) as store:
        assert store.begin("/elsewhere", "1", "r") != run
        assert store.begin("/out", "2", "r") == run
        assert set(store.known(run, ["k1", "k2"])) == {"k1"}
        assert store.file_count(run) == 0
        (info,) = store.runs("/out")
        assert (info.state, info.version) == ("running", "2")


def test_old_runs_are_forgotten_with_what_only_they_used(url: str) -> None:
    with Store(url) as store:
        other = store.begin("/other", "1", "r")
        fill(store, other, ("other", [letter("o")]))
        numbers: list[int] = []
        for n in range(KEEP + 2):
            run = store.begin("/out", "1", "r")
            fill(store, run, (f"k{n}", [letter(f"l{n}")]))
            known = store.known(run, ["k0"]) if n < 2 else {}
            store.use(run, [number for key, number in known.items() if n])
            store.finish(run, "f", "{}", "{}")
            numbers.append(run)
        assert [run.number for run in store.runs("/out")] == numbers[-KEEP:]
        left = store.known(numbers[-1], ["other", *(f"k{n}" for n in range(KEEP + 2))])
        assert set(left) == {"other", *(f"k{n}" for n in range(2, KEEP + 2))}


def test_answers_of_patients_come_back(url: str) -> None:
    with Store(url) as store:
        run = store.begin("/out", "1", "r")
        store.answers(run, [{"patient_id": p, "eligible": "met"} for p in ("b", "a", "Ä")])
        assert [row["patient_id"] for row in store.read_answers(run)] == ["a", "b", "Ä"]


def test_a_write_that_fails_leaves_nothing_and_quotes_nothing(url: str) -> None:
    with Store(url) as store:
        run = store.begin("/out", "1", "r")
        (number,) = store.open_files(run, [("k", "a.txt")])
        with pytest.raises(ExtractError) as raised:
            store.keep(run, [(number, letter("canary")), (number + 9, letter("b"))], [])
        assert "canary" not in str(raised.value)
        assert raised.value.__cause__ is None
        assert list(store.entries(run)) == []


def test_a_later_program_s_store_is_refused(url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(ExtractError, match="later version"):
        Store(url)


def test_sqlite_does_not_wait_for_readers(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 's'}") as store, store.engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "no database's URL"),
        ("mystery://here", "no database's URL"),
        ("sqlite:////nowhere/at/all", "cannot be used"),
        ("postgresql+psycopg://extract:secret@127.0.0.1:9/none", "cannot be used"),
    ],
)
def test_a_store_that_is_not_there_is_said_without_its_password(url: str, said: str) -> None:
    if url.startswith("postgresql"):
        pytest.importorskip("psycopg")
    with pytest.raises(ExtractError) as raised:
        Store(url)
    assert said in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_damaged_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(b"no database at all" * 300)
    with pytest.raises(ExtractError, match="damaged"):
        Store(f"sqlite:///{tmp_path / 's'}")


def test_tables_can_be_looked_at_with_any_tool(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 's'}") as store:
        names = set(inspect(store.engine).get_table_names())
    assert {"runs", "files", "letters", "rejects", "run_letters", "run_patients"} <= names
    assert sqlite3.connect(tmp_path / "s").execute("SELECT count(*) FROM runs").fetchone() == (0,)
