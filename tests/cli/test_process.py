"""The program as its users start it: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import WriteLetters

NLP = {"spacy", "medspacy", "thinc", "PyRuSH", "quickumls", "nltk"}
HEAVY = NLP | {
    *("pandas", "numpy", "scipy", "pyarrow", "orjson", "matplotlib", "jinja2", "yaml"),
    *("sqlalchemy", "alembic", "fastapi", "uvicorn"),
}
CANARIES = ("Quillfeather", "Zebedee", "999 000 0018", "9990000018", "sea urchin")
LETTER = """\
Date: 4 March 2011
Re: Mr Zebedee Quillfeather, NHS No 999 000 0018

He keeps a sea urchin. ECOG performance status 1.
"""


def start(*words: object, code: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *(["-c", code] if code else ["-m", "extract"])]
    return subprocess.run(
        [*command, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1", **environment},
    )


def imported(*words: object, stand_in: str = "") -> set[str]:
    """What a command that goes well has imported by its end: modules and their packages."""
    code = (
        "import sys\n"
        f"{stand_in}\n"
        "from extract.cli import main\n"
        "try: main()\n"
        "finally: sys.stderr.write(' '.join({*sys.modules}))\n"
    )
    done = start(*words, code=code)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    return {*done.stderr.split(), *(name.partition(".")[0] for name in done.stderr.split())}


@pytest.mark.parametrize(
    "words",
    [["--version"], ["--help"], *([c, "--help"] for c in ("run", "audit", "report", "patterns"))],
    ids=" ".join,
)
def test_help_comes_without_the_heavy_libraries(words: list[str]) -> None:
    rooms = {f"extract.{room}" for room in ("language", "fields", "letters", "values")}
    assert imported(*words) & (HEAVY | rooms) == set()


def test_what_reads_no_letters_comes_without_what_reads_them(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    # Letters are read in a process of its own; a second run has none to read.
    letters = write_letters({"p/a.txt": LETTER})
    for _ in range(2):
        assert imported(letters, "--out", out) & (NLP | {"extract.fields"}) == set()
    assert imported("report", out, "--only", "md") & NLP == set()
    assert imported("eligibility", out) & NLP == set()
    # The desk is built, and a stand-in for its server is told to serve it.
    serve = (
        "import uvicorn\n"
        "uvicorn.Server.run = uvicorn.Server.serve = uvicorn.run = lambda *_, **__: print('served')"
    )
    pytest.importorskip("fastapi")
    assert imported("audit", out, "--port", 0, stand_in=serve) & NLP == set()


def test_importing_the_package_imports_no_other() -> None:
    code = "import sys, extract; print('pydantic' in sys.modules or 'spacy' in sys.modules)"
    assert start(code=code).stdout == "False\n"


def test_nothing_of_a_letter_reaches_the_terminal(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    letters = write_letters(
        {
            "quillfeather/a.txt": LETTER,
            "quillfeather/zebedee.txt": LETTER.replace("4 March", "5 May"),
            "quillfeather/b.bin": b"\0Zebedee",
            "zebedee.txt": "",
            "c.rtf": b"{\\rtf Zebedee}",
        }
    )
    done = start(letters, "--out", tmp_path / "out", "--workers", 2)
    assert done.returncode == 1
    assert done.stderr == ""
    for canary in CANARIES:
        assert canary.lower() not in done.stdout.lower()
    run = (tmp_path / "out" / "run.json").read_text()
    assert not any(canary.lower() in run.lower() for canary in CANARIES)
    assert json.loads(run)["counts"]["letters"] == 3


def test_a_fault_of_our_own_says_where_and_quotes_nothing(
    write_letters: WriteLetters, tmp_path: Path
) -> None:
    letters = write_letters({"a.txt": LETTER})
    code = (
        "import extract.archive.run as r\n"
        "def fault(*_): raise KeyError('Zebedee')\n"
        "r.load_rules = fault\n"
        "from extract.cli import main\n"
        "main()\n"
    )
    done = start(letters, "--out", tmp_path / "out", code=code)
    assert done.returncode == 70
    assert "KeyError at <string>:2" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Zebedee" not in done.stderr
    shown = start(letters, "--out", tmp_path / "out", code=code, EXTRACT_TRACEBACK="1")
    assert "Traceback" in shown.stderr


def test_status_two_without_a_traceback(tmp_path: Path) -> None:
    done = start(tmp_path / "nowhere")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "[path_missing]" in done.stderr
    assert "Traceback" not in done.stderr
