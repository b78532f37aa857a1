"""Workers: a letter that hangs, dies or swells is rejected alone, and the run goes on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extract.archive.pool import Pool, answers, whole
from extract.archive.work import Done, Setup
from extract.errors import Code, ExtractError
from extract.letters import find_sources
from extract.letters.model import Source
from extract.letters.options import DEFAULTS
from tests.archive.faults import START
from tests.conftest import WriteLetters

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX processes and limits")

GOOD = {f"p{n:02}/a.txt": f"Letter {n}. ECOG performance status {n % 3}." for n in range(12)}


@pytest.fixture(autouse=True)
def faulty_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.archive.pool._START", START)
    monkeypatch.setattr("extract.archive.pool._GRACE", 0.5)


def sources(root: Path) -> Iterator[Source]:
    return (item for item in find_sources(root) if isinstance(item, Source))


def read(root: Path, processes: int = 2, seconds: float = 60, memory: int = 400) -> dict[str, Done]:
    setup = Setup(None, replace(DEFAULTS, seconds=seconds), memory * 1_000_000)
    return {done.path: done for done in whole(answers(sources(root), processes, setup))}


def check(done: dict[str, Done], bad: str, code: Code) -> str:
    """All letters but one are there; the sentence about that one."""
    assert set(done) == {*GOOD, bad}
    for path in GOOD:
        assert [r.record.facts[0].value for r in done[path].letters] == [str(int(path[1:3]) % 3)]
    assert done[bad].letters == ()
    (problem,) = done[bad].problems
    assert problem.code is code
    return problem.sentence()


@pytest.mark.parametrize("word", ["HANG", "SLEEP"])
def test_a_letter_that_hangs_is_rejected_and_the_run_goes_on(
    write_letters: WriteLetters, word: str
) -> None:
    root = write_letters({**GOOD, "p05/bad.txt": f"canary {word}"})
    said = check(read(root, seconds=1), "p05/bad.txt", Code.TIMED_OUT)
    assert "more than 1 seconds" in said
    assert "canary" not in said


@pytest.mark.parametrize("word", ["DIE", "ABORT"])
@pytest.mark.parametrize("processes", [1, 2])
def test_a_letter_that_kills_its_workers_is_rejected(
    write_letters: WriteLetters, word: str, processes: int
) -> None:
    root = write_letters({**GOOD, "p05/bad.txt": f"canary {word}"})
    said = check(read(root, processes), "p05/bad.txt", Code.FAILED)
    assert "canary" not in said


def test_a_letter_that_takes_all_memory_is_rejected(write_letters: WriteLetters) -> None:
    root = write_letters({**GOOD, "p05/bad.txt": "MEMORY"})
    check(read(root), "p05/bad.txt", Code.MEMORY)


def test_a_letter_that_raises_is_rejected_without_the_message(write_letters: WriteLetters) -> None:
    root = write_letters({**GOOD, "p05/bad.txt": "canary RAISE"})
    said = check(read(root), "p05/bad.txt", Code.FAILED)
    assert "RuntimeError" in said
    assert "canary" not in said


def test_a_worker_killed_from_outside_costs_no_letter(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    again = {f"p{n}/once.txt": f"DIE_ONCE {tmp_path / f'flag{n}'}\nstatus 1" for n in range(3)}
    done = read(write_letters({**GOOD, **again}))
    assert set(done) == {*GOOD, *again}
    assert not any(one.problems for one in done.values())


def test_one_letter_of_many_in_a_file_is_rejected_and_the_others_kept(
    write_letters: WriteLetters,
) -> None:
    texts = ["status 0", "status 1", "DIE here", "status 2", "HANG there", "status 3"]
    rows = "".join(f"n{n},{text}\n" for n, text in enumerate(texts))
    root = write_letters({"table.csv": f"letter_id,text\n{rows}", **GOOD})
    done = read(root, seconds=1)["table.csv"]
    assert [letter.record.facts[0].value for letter in done.letters] == ["0", "1", "2", "3"]
    assert [problem.code for problem in done.problems] == [Code.FAILED, Code.TIMED_OUT]


def test_rules_that_cannot_be_used_end_the_run(
    write_letters: WriteLetters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extract.archive import pool

    monkeypatch.undo()
    assert "faults" not in pool._START
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ecog.yaml").write_text("rules: 3")
    setup = Setup(tmp_path / "rules")
    with pytest.raises(ExtractError) as raised:
        list(Pool(2, setup).run(sources(write_letters(GOOD))))
    assert raised.value.problems[0].code is Code.PATTERN


def test_processes_end_with_the_run(write_letters: WriteLetters) -> None:
    pool = Pool(2, Setup(None, DEFAULTS, 10**9))
    found = pool.run(sources(write_letters(GOOD)))
    next(found)
    processes = [worker.process for worker in pool.workers]
    assert len(processes) == 2
    found.close()  # type: ignore[attr-defined]
    assert all(process.poll() is not None for process in processes)


def test_nothing_of_a_letter_is_in_the_process_list(write_letters: WriteLetters) -> None:
    if not Path("/proc").is_dir():
        pytest.skip("reads /proc")
    root = write_letters({"quillfeather/a.txt": "SLEEP zebedee", **GOOD})
    pool = Pool(1, Setup(None, replace(DEFAULTS, seconds=3), 10**9))
    found = pool.run(sources(root))
    next(found)
    time.sleep(0.5)
    (worker,) = pool.workers
    for name in ("cmdline", "environ"):
        seen = Path(f"/proc/{worker.process.pid}/{name}").read_bytes().lower()
        assert b"quillfeather" not in seen
        assert b"zebedee" not in seen
    found.close()  # type: ignore[attr-defined]
