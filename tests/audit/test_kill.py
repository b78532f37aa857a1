"""The server killed at random moments: no review that it acknowledged is lost.

``EXTRACT_AUDIT_KILLS`` says how often (default 3, as each start takes seconds).
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra web is not installed")
pytest.importorskip("httpx2", reason="the client of this test")

import httpx2

from extract.audit.book import Book
from extract.store.reviews import ReviewLog

KILLS = int(os.environ.get("EXTRACT_AUDIT_KILLS", "3"))
TOP = Path(__file__).parents[2]


def test_a_killed_server_loses_nothing_acknowledged(out: Path) -> None:
    chance = random.Random(5)
    tokens = [item.token for item in Book(out).queue()]
    acknowledged = 0
    for kill in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-m", "extract", "audit", str(out), "--port", "0",
             "--reviewer", f"Ann{'abcdefghij'[kill % 10]}", "--double", "1"],
            stdout=subprocess.PIPE, text=True, cwd=TOP,
        )  # fmt: skip
        assert process.stdout
        found = re.search(r"(http://\S+?)/signin\?t=(\S+)", process.stdout.readline())
        assert found
        process.stdout.readline()
        with httpx2.Client(base_url=found[1], trust_env=False, timeout=30) as web:
            _wait(web)
            web.post("/signin", data={"t": found[2]})
            page = web.get("/facts").text
            secret = re.search(r'name="csrf" value="([^"]+)"', page)
            assert secret
            killer = threading.Timer(chance.uniform(0.05, 0.8), process.kill)
            killer.start()
            while True:  # until it is killed, in the middle of whatever it does
                form = {"csrf": secret[1], "verdict": chance.choice(("right", "wrong"))}
                path = f"/facts/{chance.choice(tokens)}/answer"
                try:
                    acknowledged += web.post(path, data=form).status_code == 303
                except httpx2.TransportError:
                    break
        process.wait()
        with ReviewLog(out) as log:
            kept = len(log.since())
        # At most the one it was keeping when it was killed is there beyond them.
        assert acknowledged <= kept <= acknowledged + kill + 1
    assert acknowledged


def _wait(web: httpx2.Client) -> None:
    for _ in range(300):
        try:
            web.get("/signin")
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not come up")
