"""The page of scores is what a fresh run over the shipped letters gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_page_is_what_a_fresh_run_gives() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/accuracy.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
