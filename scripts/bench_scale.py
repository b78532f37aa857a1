"""How a run grows: the parent's memory and the pace, over an archive made for it.

    scripts/bench scale 20000 2

The archive is like a hospital's: one patient in twenty has letters of the project's own
corpus, with interleukin-2; the rest are letters of other clinics. Every letter differs.
With EXTRACT_BENCH=replay the records of the corpus are read once and given again, so that
what is measured is everything around the reading, with records of their true size.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import bench_replay

TOP = Path(__file__).resolve().parent.parent
REPLAY = os.environ.get("EXTRACT_BENCH") == "replay"
OTHER = """\
Clinic {day} {month} {year}
Re: patient {n}

He was seen in the {clinic} clinic. His blood pressure was {a}/{b} and his weight {w} kg.
We talked about his {thing}, which has been {how} since {month} {before}. He takes no new
medicines. Bloods were sent today. I will see him again in {m} months' time.

Consultant in {clinic}
"""
CLINICS = ("rheumatology", "cardiology", "dermatology", "diabetes", "orthopaedic")
THINGS = ("knee", "sleep", "breathing", "diet", "rash", "shoulder", "hearing")
#: The NHS numbers of the corpus, which all begin alike.
NUMBER = re.compile(r"\b999 \d{3} \d{4}\b")
MONTHS = ("January", "March", "May", "July", "September", "November")


def make(folder: Path, number: int, seed: int = 1) -> None:
    """Write an archive of ``number`` letters, a folder a patient."""
    draw = random.Random(seed)
    corpus = sorted((TOP / "corpora" / "hd-il2" / "letters").glob("*/"))
    texts = [[p.read_text() for p in sorted(patient.glob("*.txt"))] for patient in corpus]
    written, patient = 0, 0
    while written < number:
        patient += 1
        home = folder / f"{patient:07}"
        home.mkdir(parents=True)
        if draw.random() < 0.05 and texts:
            letters = list(draw.choice(texts))
        else:
            letters = [_other(draw, patient) for _ in range(draw.randint(1, 12))]
        letters = [NUMBER.sub(nhs_number(patient), text) for text in letters]
        for n, text in enumerate(letters[: number - written]):
            (home / f"{n:02}.txt").write_text(f"{text}\nTyped by secretary {written + n}.\n")
        written += min(len(letters), number - written)


def nhs_number(patient: int) -> str:
    """A number of its own for each patient, from the range that nobody has."""
    first = f"999{patient:06}"
    check = (
        -sum(int(digit) * weight for digit, weight in zip(first, range(10, 1, -1), strict=True))
        % 11
    )
    number = f"{first[:3]} {first[3:6]} {first[6:]}{check}"
    return number if check < 10 else nhs_number(patient + 500_000)


def _other(draw: random.Random, patient: int) -> str:
    return OTHER.format(
        day=draw.randint(1, 28),
        month=draw.choice(MONTHS),
        year=draw.randint(2008, 2020),
        before=draw.randint(2001, 2007),
        n=patient,
        clinic=draw.choice(CLINICS),
        thing=draw.choice(THINGS),
        how=draw.choice(("better", "worse", "the same")),
        a=draw.randint(110, 170),
        b=draw.randint(60, 95),
        w=draw.randint(50, 120),
        m=draw.randint(2, 12),
    )


def command(letters: Path, out: Path, workers: int) -> list[str]:
    """The main job's words, its log beside the out folder."""
    start = ["-m", "extract"]
    if REPLAY:
        start = ["-c", bench_replay.MAIN]
    words = [sys.executable, *start, letters, "--out", out, "--workers", workers]
    words += ["--log-file", out.with_suffix(".log"), "--log-format", "json"]
    return list(map(str, words))


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, and of the processor: the run's own and its processes'."""

    clock: float
    processor: float

    def share_of(self, whole: Cost) -> str:
        """This as parts of a hundred of another."""
        clock, processor = self.clock / whole.clock, self.processor / whole.processor
        return f"{100 * clock:.1f} % of the run by the clock, {100 * processor:.1f} % of the work"


def worked() -> float:
    """Seconds of the processor that processes which have ended took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(letters: Path, out: Path, workers: int) -> Cost:
    """Run the main job, print its pace and the parent's memory as they go; what it took."""
    log = out.with_suffix(".log")
    log.unlink(missing_ok=True)
    began, before = time.monotonic(), worked()
    run = subprocess.Popen(command(letters, out, workers), stdout=subprocess.DEVNULL)
    seen: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            try:
                status = Path(f"/proc/{run.pid}/status").read_text()
            except OSError:
                return
            lines = [line for line in status.splitlines() if line.startswith("VmRSS")]
            if lines:
                seen.append(int(lines[0].split()[1]) // 1024)

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = run.wait()
    done.set()
    watcher.join()
    took = Cost(time.monotonic() - began, worked() - before)
    events = [json.loads(line) for line in log.read_text().splitlines()]
    at = {event["event"]: datetime.fromisoformat(event["time"]) for event in events}
    stages = [name for name in ("started", "linked", "written", "unchanged") if name in at]
    spans = (
        f"{after} {(at[after] - at[before]).total_seconds():.0f} s after {before}"
        for before, after in pairwise(stages)
    )
    print(f"exit {status}, {took.clock:.0f} s: {', '.join(spans)}")
    print(f"  of the processor: {took.processor:.0f} s")
    paces = [event for event in events if event["event"] == "progress" and event["read"]]
    for event in paces[:: max(1, len(paces) // 10)]:
        print(f"  {event['done']:>8,} done, {event['per_second']:.0f} a second")
    tenth = max(1, len(seen) // 10)
    most = (str(max(seen[n : n + tenth])) for n in range(0, len(seen), tenth))
    print("  parent, MB, by tenths of the time:", *most)
    print(f"  parent, most: {max(seen)} MB", flush=True)
    return took


def stopped_at(letters: Path, out: Path, workers: int, number: int) -> None:
    """Run the main job and kill it when it has kept so many letters."""
    run = subprocess.Popen(command(letters, out, workers), stdout=subprocess.DEVNULL)
    kept = 0
    while kept < number and run.poll() is None:
        time.sleep(0.2)
        with suppress(sqlite3.Error), closing(sqlite3.connect(out / "store.sqlite")) as store:
            (kept,) = store.execute("SELECT count(*) FROM run_files").fetchone()
    run.kill()
    run.wait()
    print(f"killed with {kept:,} letters kept", flush=True)


def main() -> None:
    """Make, run, run again unchanged, and go on with a run that was killed at 99 %."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        letters, out, again = (Path(folder) / name for name in ("letters", "out", "again"))
        make(letters, number)
        if REPLAY:
            bench_replay.keep(Path(folder) / "records.json")
        print(f"{number:,} letters, {workers} workers{', replayed' if REPLAY else ''}", flush=True)
        took = measure(letters, out, workers)
        size = (out / "store.sqlite").stat().st_size
        print(f"store: {size / number / 1000:.1f} kB a letter")
        print("again, unchanged")
        print(f"  {measure(letters, out, workers).share_of(took)}")
        shutil.rmtree(out)
        again.mkdir()
        stopped_at(letters, again, workers, number * 99 // 100)
        print(f"  {measure(letters, again, workers).share_of(took)}")


if __name__ == "__main__":
    main()
