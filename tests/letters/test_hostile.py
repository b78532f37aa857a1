"""Files that mean harm: each is rejected with its code, and the run goes on.

The whole archive is run through the command line. ``scripts/bench hostile`` runs the same
with the large kinds as large as they come (``EXTRACT_HOSTILE``), and prints the figures.
"""

from __future__ import annotations

import csv
import ctypes
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from extract.errors import Code
from tests.letters.writers import hostile
from tests.needs import needs

#: How large the large kinds are: 1 in tests, 20 as the programme's promise has them.
SCALE = int(os.environ.get("EXTRACT_HOSTILE", "1"))
#: Megabytes that all processes of a run may take together, whatever lies in the archive.
MOST = 2_500
#: Capabilities by which root reads what it may not.
_OVERRIDES = (1, 2)


@needs(sys.platform == "linux", "pipes, devices and names of bytes as Linux has them")
def test_each_hostile_kind_is_named_and_every_good_letter_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    archive.mkdir()
    rejects, good = hostile.put_all(archive, SCALE)
    began = time.monotonic()
    status, peak, said = _run(archive, out)
    took = time.monotonic() - began
    (archive / "places/closed").chmod(0o700)

    with (out / "rejects.csv").open(newline="", encoding="utf-8") as stream:
        found = {row["path"]: Code(row["code"]) for row in csv.DictReader(stream)}
    lines = (out / "letters.jsonl").read_text("utf-8").splitlines()
    letters = {json.loads(line)["letter_id"] for line in lines}
    counts = json.loads((out / "run.json").read_text("utf-8"))["counts"]
    with capsys.disabled():
        _print(found, took, peak, len(letters))
    assert found == rejects
    assert letters == good
    assert status == 1
    assert counts["files"] == len(rejects) + len(good)
    assert counts["empty"] + counts["rejected"] == len(rejects)
    assert peak < MOST
    for word in ("Clinic date", "renal cell"):
        assert word not in said


def _run(archive: Path, out: Path) -> tuple[int, int, str]:
    """The status of the command, the most memory of all its processes (MB), what it printed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "extract", archive, "--out", out],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=_as_anyone,  # noqa: PLW1509  (no threads yet)
    )
    peak = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, _resident(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    said, _ = process.communicate()
    done.set()
    watcher.join()
    return process.returncode, peak, said


def _as_anyone() -> None:
    """Have the new process, should it be root's, read only what permissions allow."""
    if os.geteuid() == 0:
        for capability in _OVERRIDES:
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


def _resident(root: int) -> int:
    """Megabytes in use by a process and all below it."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            parents[int(entry.name)] = int(stat[1])
            sizes[int(entry.name)] = int(stat[21]) * os.sysconf("SC_PAGE_SIZE")
    family = {root}
    for process in sorted(parents):
        if parents[process] in family:
            family.add(process)
    return sum(sizes.get(process, 0) for process in family) // 1_000_000


def _print(found: dict[str, Code], took: float, peak: int, letters: int) -> None:
    if SCALE > 1:
        print()
        for path, code in sorted(found.items()):
            print(f"  {code.value:20} {path.encode('unicode_escape').decode()}")
    print(f"\n{len(found)} files rejected, {letters} good letters read")
    print(f"{took:.0f} seconds, at most {peak:,} MB of memory in all processes together")
