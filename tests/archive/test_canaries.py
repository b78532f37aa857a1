"""No word of a letter and no name is told, whatever goes wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.archive.faults import MAIN
from tests.archive.test_resume import children, finish, start, wait_for_files
from tests.conftest import WriteLetters

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")

#: What no log, terminal, exception or table of rejects may hold.
CANARIES = ("Quillfeather", "Zebedee", "999 000 0018", "9990000018", "sea urchin")
LETTER = "Re: Mr Zebedee Quillfeather, NHS No 999 000 0018. He keeps a sea urchin. {}\n"


#: A table without a head: its first row must not be told as the columns' names.
TABLE = "Zebedee Quillfeather,999 000 0018,He keeps a sea urchin\n" * 3
#: Files of every kind that fail, each with the canaries in it.
BROKEN_FILES: dict[str, str | bytes] = {
    "nul.txt": LETTER.format("\0\0\0\0"),
    "override.txt": LETTER.format("\u202e"),
    "noise.pdf": b"%PDF-1.7 " + LETTER.encode(),
    "noise.docx": b"PK\x03\x04" + LETTER.encode(),
    "noise.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + LETTER.encode(),
    "noise.png": b"\x89PNG\r\n\x1a\n" + LETTER.encode(),
    "cut.jsonl": '{"letter_id": "1", "text": "' + LETTER.format("") + "\n",
    "cut.parquet": b"PAR1" + LETTER.encode() + b"PAR1",
}


@pytest.mark.parametrize("kind", ["json", "plain"])
def test_nothing_of_a_letter_is_told_whatever_goes_wrong(
    write_letters: WriteLetters, tmp_path: Path, kind: str
) -> None:
    wrong = ("HANG", "DIE", "ABORT", "MEMORY", "RAISE")
    letters = {f"p/{name}": content for name, content in BROKEN_FILES.items()}
    letters |= {f"p/{n}.txt": LETTER.format(word) for n, word in enumerate(wrong)}
    good = {"p/good.txt": LETTER.format("status 1"), "p/table.csv": TABLE}
    root, out, log = write_letters({**letters, **good}), tmp_path / "out", tmp_path / "log"
    (root / "p" / "loop").symlink_to("loop")
    seen: list[str] = []
    words = ("--seconds", 1, "--memory", 400, "--log-file", log, "--log-format", kind)
    run = start(root, "--out", out, *words)
    while run.poll() is None:
        seen += [told for pid in (run.pid, *below(run.pid)) for told in listed(pid)]
        time.sleep(0.1)
    status, said = finish(run)
    assert status == 1, said
    rejects = (out / "rejects.csv").read_text()
    told = {line.partition(",")[0] for line in rejects.splitlines()[1:]}
    assert {path.partition("#")[0] for path in told} == {*letters, "p/loop"}
    assert log.read_text().count("rejected code=" if kind == "plain" else '"rejected", "code"') > 12
    seen += [said, rejects, log.read_text(), (out / "run.json").read_text()]
    check_canaries(seen)


def below(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    found = children(pid)
    return [*found, *(other for child in found for other in below(child))]


def listed(pid: int) -> list[str]:
    """What may be seen of a process in a list of them."""
    told = []
    for name in ("cmdline", "comm", "environ"):
        try:
            told.append(Path(f"/proc/{pid}/{name}").read_text(errors="replace"))
        except OSError:
            continue
    return told


def check_canaries(seen: list[str]) -> None:
    for canary in CANARIES:
        assert not any(canary.lower() in text.lower() for text in seen), canary


#: A process of a run in which something fails with letters' words.
_APART = (
    "import sys; sys.path[:] = {{path!r}}; import {{module}} as m\n"
    "def fail(some, *_):\n"
    "    if hasattr(some, 'joinpath'): raise KeyError((some / 'letters.jsonl').read_text())\n"
    "    raise KeyError([letter.model_dump_json() for letter in some])\n"
    "m.{broken} = fail; m.main()"
)
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
        "def fail(self, *_): raise ValueError([x.record for x in self.store.letters(self.task.run)])\n"
        "e.Export._letters = fail\n",
        70,
    ),
    "patients": (
        "import extract.archive.people as p\n"
        "def fail(letters, _): raise ValueError([x.model_dump_json() for x in letters])\n"
        "p.build_patients = fail\n",
        70,
    ),
    "patients, in processes": (
        f"import extract.archive.apart as a, extract.archive.export as e\n"
        f"e.PART, a._START = 1, {_APART.format(broken='build_patients')!r}\n",
        2,
    ),
    "page": (
        "import extract.archive.run as r\n"
        "def fail(stage, *_): raise OSError(28, (stage / 'letters.jsonl').read_text())\n"
        "r.page = fail\n",
        2,
    ),
    "page, in a process": (
        f"import extract.archive.apart as a, extract.archive.page as p\n"
        f"p.AT_HAND, a._START = 0, {_APART.format(broken='write_cohort')!r}\n",
        2,
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_nothing_of_a_letter_is_told_when_the_program_fails(
    write_letters: WriteLetters, tmp_path: Path, what: str
) -> None:
    root = write_letters({f"p{n}/good.txt": LETTER.format(f"status {n}") for n in range(3)})
    code, status = BROKEN[what]
    log, out = tmp_path / "log", tmp_path / "out"
    words = ["-c", code + MAIN, root, "--out", out, "--workers", 2, "--log-file", log]
    failed = python(*words)
    assert failed.returncode == status, failed.stderr
    check_canaries([failed.stdout, failed.stderr, log.read_text()])
    assert not (out / "run.json").exists(), "nothing is put in its place by halves"
    if status == 70 and what != "store":
        # The exception does hold them, as who asks for it may see.
        told = python(*words, EXTRACT_TRACEBACK="1").stderr
        assert "9990000018" in told


def python(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, words)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_of_a_letter_is_told_when_a_run_is_stopped_or_refused(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    root = write_letters({f"p/{n}.txt": LETTER.format(f"status {n % 4}") for n in range(60)})
    out = tmp_path / "out"
    run = start(root, "--out", out, "--workers", 1, EXTRACT_TEST_DELAY="1")
    wait_for_files(out, 1)
    seen = [finish(start(root, "--out", out))[1]]
    run.send_signal(signal.SIGINT)
    status, said = finish(run)
    assert status == 130
    assert finish(start(root, "--out", out))[0] == 0
    records = out / "letters.jsonl"
    records.write_bytes(records.read_bytes()[:-40])
    for words in (("report", out), ("export", "excel", out)):
        status, told = finish(start(*words))
        assert status == 2, told
        seen.append(told)
    store = out / "store.sqlite"
    store.write_bytes(LETTER.encode() + store.read_bytes()[len(LETTER) :])
    status, told = finish(start(root, "--out", out))
    assert status == 2, told
    check_canaries([*seen, said, told])
