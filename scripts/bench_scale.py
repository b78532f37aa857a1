"""How a run grows: the parent's memory and the pace, over an archive made for it.

    scripts/bench scale 20000 2

The archive is like a hospital's: one patient in twenty has letters of the project's own
corpus, with interleukin-2; the rest are letters of other clinics. Every letter differs.
With EXTRACT_BENCH_FAKE=1 the pipeline is the tests' quick one, so that what is measured
is everything around it.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
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
        for n, text in enumerate(letters[: number - written]):
            (home / f"{n:02}.txt").write_text(f"{text}\nTyped by secretary {written + n}.\n")
        written += min(len(letters), number - written)


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


def measure(letters: Path, out: Path, workers: int) -> None:
    """Run the main job and print its pace and the parent's memory as they go."""
    log = out.with_suffix(".log")
    start = ["-m", "extract"]
    if os.environ.get("EXTRACT_BENCH_FAKE"):
        sys.path.insert(0, str(TOP / "tests" / "archive"))
        from faults import MAIN  # type: ignore[import-not-found]

        start = ["-c", MAIN]
    words = [sys.executable, *start, letters, "--out", out, "--workers", workers]
    words += ["--log-file", log, "--log-format", "json"]
    began = time.monotonic()
    run = subprocess.Popen(list(map(str, words)), stdout=subprocess.DEVNULL)
    seen: list[tuple[float, int]] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            try:
                status = Path(f"/proc/{run.pid}/status").read_text()
            except OSError:
                return
            lines = [line for line in status.splitlines() if line.startswith("VmRSS")]
            if lines:
                seen.append((time.monotonic() - began, int(lines[0].split()[1]) // 1024))

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = run.wait()
    done.set()
    watcher.join()
    took = time.monotonic() - began
    events = [json.loads(line) for line in log.read_text().splitlines()]
    paces = [event for event in events if event["event"] == "progress" and event["read"]]
    linked = [event["time"] for event in events if event["event"] == "linked"]
    written = [event["time"] for event in events if event["event"] == "written"]
    print(f"exit {status}, {took:.0f} s, linked {linked}, written {written}")
    for event in paces[:: max(1, len(paces) // 10)]:
        print(f"  {event['done']:>8,} done, {event['per_second']:.0f} a second")
    tenth = max(1, len(seen) // 10)
    print(
        "parent, MB:",
        *(f"{max(mb for _, mb in seen[n : n + tenth])}" for n in range(0, len(seen), tenth)),
    )
    print(f"parent, most: {max(mb for _, mb in seen)} MB")


def main() -> None:
    """Make, run, run again unchanged."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        letters, out = Path(folder) / "letters", Path(folder) / "out"
        make(letters, number)
        print(f"{number:,} letters, {workers} workers", flush=True)
        measure(letters, out, workers)
        print("again, unchanged")
        measure(letters, out, workers)
        size = (out / "store.sqlite").stat().st_size
        print(f"store: {size / number / 1000:.1f} kB a letter")


if __name__ == "__main__":
    main()
