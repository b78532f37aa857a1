"""Runs that are stopped, killed, repeated and compared, in processes of their own."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from extract.store import Store
from tests.archive.faults import MAIN
from tests.conftest import WriteLetters

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")

#: How much the chaos test does; scripts/bench chaos does what the issue asks for.
KILLS = int(os.environ.get("EXTRACT_CHAOS_KILLS", "5"))
LETTERS = int(os.environ.get("EXTRACT_CHAOS_LETTERS", "120"))
SEED = int(os.environ.get("EXTRACT_CHAOS_SEED", "1"))
WAIT = 240


def archive(number: int, seed: int = 0) -> dict[str, str | bytes]:
    """Letters of patients by folder, some empty, some twice, some wrong."""
    draw = random.Random(seed)
    made: dict[str, str | bytes] = {}
    for n in range(number):
        name = f"p{draw.randrange(number // 6 + 1):04}/{n:05}.txt"
        made[name] = f"Letter {n}. ECOG performance status {draw.randrange(4)}.\n"
        if draw.random() < 0.05:
            wrong: list[str | bytes] = ["", "\n \n", b"\1\2\3\4" * 9, "the same\n"]
            made[name] = draw.choice(wrong)
    return made


def start(*words: object, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **environment},
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, error = process.communicate(timeout=WAIT)
    return process.returncode, out + error


def do(letters: Path, out: Path, *words: object, **environment: str) -> tuple[int, str]:
    return finish(start(letters, "--out", out, *words, **environment))


def contents(out: Path) -> dict[str, bytes]:
    """Every output but what names the folder itself."""
    found = {p.name: p.read_bytes() for p in out.iterdir() if not p.name.startswith("store.")}
    document = json.loads(found["run.json"])
    del document["settings"]["out"]
    found["run.json"] = json.dumps(document).encode()
    return found


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(path.parent.name))
    return found


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


# ------------------------------------------------------------------------- chaos


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
def test_killed_at_random_moments_a_run_gives_the_same(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    root = write_letters(archive(LETTERS))
    status, said = do(root, tmp_path / "calm", "--workers", 1)
    assert status in {0, 1}, said
    expected = contents(tmp_path / "calm")
    out = tmp_path / "out"
    draw = random.Random(SEED)
    kills, resumed = 0, 0
    while kills < KILLS:
        began = time.monotonic()
        run = start(root, "--out", out, "--workers", 2, EXTRACT_TEST_DELAY="0.02")
        # Some moments lie in the start, most in the reading, some in the writing.
        reading = out / "store.sqlite"
        while not reading.exists() and run.poll() is None and time.monotonic() - began < 60:
            time.sleep(0.05)
        time.sleep(draw.uniform(0, 0.02 * LETTERS))
        target = draw.choice(["parent", "worker", "both"])
        workers = children(run.pid)
        if run.poll() is None:
            kills += 1
            if target != "parent" and workers:
                kill(draw.choice(workers))
            if target != "worker" or not workers:
                kill(run.pid)
        status, said = finish(run)
        if status in {0, 1}:
            assert contents(out) == expected
            shutil.rmtree(out)
        else:
            assert status == -signal.SIGKILL, said
            resumed += 1
            end = time.monotonic() + 20
            while any(Path(f"/proc/{pid}").exists() for pid in workers):
                assert time.monotonic() < end, "a worker outlived its run"
                time.sleep(0.05)
    status, said = do(root, out, "--workers", 2)
    assert status in {0, 1}, said
    assert contents(out) == expected
    assert not list(out.glob(".writing-*"))


def test_killed_while_it_writes_the_next_run_writes_all(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    root, out = write_letters(archive(40)), tmp_path / "out"
    do(root, tmp_path / "calm")
    die = (
        "import extract.archive.export as e, os; real = e.write_rejects\n"
        "e.write_rejects = lambda *a: os.kill(os.getpid(), 9)\n"
    )
    died = subprocess.run(
        [sys.executable, "-c", die + MAIN, str(root), "--out", str(out)],
        capture_output=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    assert not (out / "facts.csv").exists()
    assert list(out.glob(".writing-*"))
    assert do(root, out)[0] == 1
    assert contents(out) == contents(tmp_path / "calm")


# ------------------------------------------------------------------ stop, resume


def test_interrupted_it_says_how_to_go_on_and_reads_nothing_twice(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    root, out = write_letters(archive(200)), tmp_path / "out"
    run = start(root, "--out", out, "--workers", 1, EXTRACT_TEST_DELAY="0.05")
    wait_for_files(out, 20)
    run.send_signal(signal.SIGINT)
    status, said = finish(run)
    assert status == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    kept = files_kept(out)
    assert 20 <= kept < 200
    log = tmp_path / "log"
    assert do(root, out, "--log-file", log, "--log-format", "json")[0] == 1
    events = [json.loads(line) for line in log.read_text().splitlines()]
    (linked,) = [event for event in events if event["event"] == "linked"]
    assert linked["read"] == 200 - kept
    do(root, tmp_path / "calm")
    assert contents(out) == contents(tmp_path / "calm")


def wait_for_files(out: Path, number: int) -> None:
    end = time.monotonic() + WAIT
    while files_kept(out) < number:
        assert time.monotonic() < end
        time.sleep(0.1)


def files_kept(out: Path) -> int:
    if not (out / "store.sqlite").exists():
        return 0
    engine = create_engine(f"sqlite:///{out / 'store.sqlite'}")
    try:
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM run_files")).scalar_one())
    except OperationalError:  # the tables are not there yet
        return 0
    finally:
        engine.dispose()


def test_a_second_run_on_the_same_folder_is_refused(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    root, out = write_letters(archive(150)), tmp_path / "out"
    first = start(root, "--out", out, "--workers", 1, EXTRACT_TEST_DELAY="0.1")
    wait_for_files(out, 1)
    status, said = do(root, out)
    first.kill()
    finish(first)
    assert status == 2
    assert "Another run is writing to this folder" in said
    assert do(root, out)[0] == 1, "a killed run holds no lock"


@pytest.mark.parametrize("kind", ["hang", "die", "memory"])
def test_a_letter_that_fails_its_worker_stands_in_the_rejects(
    write_letters: WriteLetters, tmp_path: Path, kind: str
) -> None:
    letters = archive(30)
    letters["p0001/bad.txt"] = f"A letter. {kind.upper()}"
    root, out = write_letters(letters), tmp_path / "out"
    status, said = do(root, out, "--seconds", 1, "--memory", 400)
    assert status == 1, said
    code = {"hang": "timed_out", "die": "failed", "memory": "out_of_memory"}[kind]
    assert f"1 {code}: " in said
    assert f"p0001/bad.txt,{code}," in (out / "rejects.csv").read_text()
    document = json.loads((out / "run.json").read_text())
    assert document["counts"]["files"] == 31


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("may not mount a small disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=False)


def test_a_full_disk_is_said_and_the_run_goes_on_when_there_is_room(
    write_letters: WriteLetters, tmp_path: Path, small_disk: Path
) -> None:
    root, out = write_letters(archive(200)), small_disk / "out"
    (small_disk / "ballast").write_bytes(b"0" * 1_850_000)
    status, said = do(root, out)
    assert status == 2, said
    assert "[output_not_writable]" in said
    assert "Traceback" not in said
    (small_disk / "ballast").unlink()
    assert do(root, out)[0] == 1
    do(root, tmp_path / "calm")
    assert contents(out) == contents(tmp_path / "calm")


# --------------------------------------------------------------------- run again


def test_an_unchanged_archive_is_read_and_hashed_and_nothing_more(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    root, out = write_letters({f"p/{n}.txt": f"status {n % 4}" for n in range(20)}), tmp_path / "o"
    assert do(root, out)[0] == 0
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.csv")}
    code = MAIN.replace("main()", "").rstrip("; ") + (
        "\nimport sys, extract.archive.pool\n"
        "def none(*_): raise SystemExit('a worker was started')\n"
        "extract.archive.pool._Process = none\n"
        "try: main()\n"
        "finally: print(sorted({'spacy', 'medspacy', 'PyRuSH'} & set(sys.modules)))\n"
    )
    again = subprocess.run(
        [sys.executable, "-c", code, str(root), "--out", str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 0, again.stderr
    assert again.stdout.rstrip().endswith("[]")
    assert "nothing has changed" in again.stdout
    assert {path.name: path.stat().st_mtime_ns for path in out.glob("*.csv")} == before


def test_only_what_changed_is_read_again(write_letters: WriteLetters, tmp_path: Path) -> None:
    letters = {f"p/{n}.txt": f"Letter {n}, status {n % 4}" for n in range(20)}
    root, out, log = write_letters(letters), tmp_path / "out", tmp_path / "log"

    def read_now() -> int:
        log.unlink(missing_ok=True)
        assert do(root, out, "--log-file", log)[0] == 0
        lines = [line for line in log.read_text().splitlines() if " linked " in line]
        return int(lines[0].rpartition("read=")[2]) if lines else -1

    assert read_now() == 20
    assert read_now() == -1
    (root / "p" / "3.txt").write_text("Letter 3, status 2, changed")
    (root / "p" / "4.txt").unlink()
    (root / "p" / "new.txt").write_text("Letter new, status 1")
    assert read_now() == 2
    (out / "facts.csv").write_text("broken")
    assert read_now() == 0
    do(root, tmp_path / "calm")
    assert contents(out) == contents(tmp_path / "calm")
    shutil.rmtree(out)
    out.mkdir()
    assert read_now() == 20


def test_outputs_are_the_same_with_any_number_of_workers(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    root = write_letters(archive(80))
    for workers in (1, 2, 4):
        status, said = do(root, tmp_path / str(workers), "--workers", workers)
        assert status == 1, said
        assert contents(tmp_path / str(workers)) == contents(tmp_path / "1")


def test_outputs_are_the_same_in_any_order_of_files(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    root = write_letters(archive(80))
    do(root, tmp_path / "calm", "--workers", 1)
    shuffle = (
        "import extract.archive.plan as p, random; walk = p._walk\n"
        "def shuffled(*a):\n"
        "    found = list(walk(*a)); random.Random(7).shuffle(found); return iter(found)\n"
        "p._walk = shuffled\n"
    )
    out = tmp_path / "out"
    words = [sys.executable, "-c", shuffle + MAIN, root, "--out", out, "--workers", "2"]
    done = subprocess.run(list(map(str, words)), capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    assert contents(out) == contents(tmp_path / "calm")


def test_outputs_are_the_same_from_postgresql(
    write_letters: WriteLetters, tmp_path: Path, postgres: str
) -> None:
    root = write_letters(archive(40))
    do(root, tmp_path / "calm")
    status, said = do(root, tmp_path / "out", "--store", postgres)
    assert status == 1, said
    assert contents(tmp_path / "out") == contents(tmp_path / "calm")
    assert not (tmp_path / "out" / "store.sqlite").exists()
    assert "nothing has changed" in do(root, tmp_path / "out", "--store", postgres)[1]


# -------------------------------------------------------------------------- diff


def test_two_runs_are_compared_as_folders_and_by_number(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    root = write_letters({f"p{n}/a.txt": f"Letter {n}, status {n}" for n in range(4)})
    out = tmp_path / "out"
    do(root, out)
    shutil.copytree(out, tmp_path / "before")
    (root / "p1" / "a.txt").write_text("Letter 1, status 3")
    (root / "p3" / "a.txt").unlink()
    do(root, out)
    with Store(f"sqlite:///{out / 'store.sqlite'}") as store:
        numbers = [run.number for run in store.runs()]
    expected: list[dict[str, Any]] | None = None
    for words in ((tmp_path / "before", out), (*numbers, "--store", out)):
        status, said = finish(start("diff", *words, "--json"))
        assert status == 0, said
        changes = [json.loads(line) for line in said.splitlines()]
        assert expected is None or changes == expected
        expected = changes
    assert expected is not None
    facts = [(c["what"], c["letter_id"], c["value"]) for c in expected if c["kind"] == "fact"]
    assert facts == [("lost", "p1/a", "1"), ("new", "p1/a", "3"), ("lost", "p3/a", "3")]
    answers = [
        (c["patient_id"], c["before"], c["after"])
        for c in expected
        if c["kind"] == "answer" and c["column"] == "ecog"
    ]
    assert answers == [("p1", "met", "not_met"), ("p3", "not_met", "")]
    status, said = finish(start("diff", *numbers, "--store", out))
    assert "2 facts lost, 1 fact new" in said
    assert finish(start("diff", 1, 99, "--store", out))[0] == 2
    assert finish(start("diff", 1, 2))[0] == 2
