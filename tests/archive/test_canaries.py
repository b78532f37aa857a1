"""No word of a letter and no name is told, whatever goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.archive.faults import MAIN
from tests.archive.test_resume import children, finish, start
from tests.conftest import WriteLetters

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")

#: What no log, terminal, exception or table of rejects may hold.
CANARIES = ("Quillfeather", "Zebedee", "999 000 0018", "9990000018", "sea urchin")
LETTER = "Re: Mr Zebedee Quillfeather, NHS No 999 000 0018. He keeps a sea urchin. {}\n"


def test_nothing_of_a_letter_is_told_whatever_goes_wrong(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    wrong = ("HANG", "DIE", "MEMORY", "RAISE")
    letters: dict[str, str | bytes] = {
        f"p/{n}.txt": LETTER.format(word) for n, word in enumerate(wrong)
    }
    letters["p/nul.txt"] = LETTER.format("\0\0\0\0")
    letters["p/noise.pdf"] = b"%PDF-1.7 " + LETTER.encode()
    letters["p/noise.docx"] = b"PK\x03\x04" + LETTER.encode()
    letters["p/good.txt"] = LETTER.format("status 1")
    root, out, log = write_letters(letters), tmp_path / "out", tmp_path / "log"
    seen: list[str] = []
    words = ("--seconds", 1, "--memory", 400, "--log-file", log, "--log-format", "json")
    run = start(root, "--out", out, *words)
    while run.poll() is None:
        for pid in (run.pid, *children(run.pid)):
            try:
                seen.append(Path(f"/proc/{pid}/cmdline").read_text())
            except OSError:
                continue
        time.sleep(0.1)
    status, said = finish(run)
    assert status == 1, said
    seen += [said, log.read_text(), (out / "run.json").read_text()]
    seen.append((out / "rejects.csv").read_text())
    assert log.read_text().count('"event": "rejected"') == len(letters) - 1
    check_canaries(seen)


def check_canaries(seen: list[str]) -> None:
    for canary in CANARIES:
        assert not any(canary.lower() in text.lower() for text in seen), canary


#: What goes wrong in the program itself, each with letters' words in its exception, and the
#: exit status: the store, linking, writing, the disk while the page is written, the rules.
BROKEN = {
    "store": ("import extract.store.runs as r; r.json = None\n", 70),
    "link": (
        "import extract.archive.run as r\n"
        "def fail(entries, *_): raise KeyError([e.identifiers for e in entries])\n"
        "r.settle = fail\n",
        70,
    ),
    "write": (
        "import extract.archive.export as e\n"
        "def fail(self, *_): raise ValueError([x.record for x in self.store.letters(self.run)])\n"
        "e.Export._letters = fail\n",
        70,
    ),
    "page": (
        "import extract.archive.run as r\n"
        "def fail(stage, *_): raise OSError(28, (stage / 'letters.jsonl').read_text())\n"
        "r.page = fail\n",
        2,
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_nothing_of_a_letter_is_told_when_the_program_fails(
    write_letters: WriteLetters, tmp_path: Path, what: str
) -> None:
    root = write_letters({"p/good.txt": LETTER.format("status 1")})
    code, status = BROKEN[what]
    log, out = tmp_path / "log", tmp_path / "out"
    failed = subprocess.run(
        [sys.executable, "-c", code + MAIN, str(root), "--out", str(out), "--log-file", str(log)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert failed.returncode == status, failed.stderr
    check_canaries([failed.stdout, failed.stderr, log.read_text()])
    assert not (out / "run.json").exists(), "nothing is put in its place by halves"
