"""The tutorial's examples are run, and print what the page says they print."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import extract
from extract.archive import Extractor
from extract.archive.work import Worker
from extract.cli import app

ROOT = Path(__file__).resolve().parent.parent
TUTORIAL = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(pycon|sh)\n(.*?)^```$", re.M | re.S)


def blocks() -> list[tuple[str, int, str]]:
    """The kind, line and text of each block that can be run."""
    text = TUTORIAL.read_text(encoding="utf-8")
    return [(m[1], text[: m.start()].count("\n") + 1, m[2]) for m in BLOCK.finditer(text)]


def test_every_example_does_what_it_says(
    extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.archive.work.worker_here", lambda setup: Worker(extractor))
    monkeypatch.setattr(extract, "_loaded", lambda: extractor)
    monkeypatch.setattr(extract, "load", lambda patterns=None: extractor)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpora").symlink_to(ROOT / "corpora", target_is_directory=True)
    names: dict[str, Any] = {}
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.REPORT_NDIFF)
    failed: list[str] = []
    for kind, line, text in blocks():
        if kind == "pycon":
            found = doctest.DocTestParser().get_doctest(
                text, names, f"tutorial.md:{line}", str(TUTORIAL), line
            )
            runner.run(found, out=failed.append, clear_globs=False)
            names = found.globs
            continue
        for command in text.splitlines():
            words = shlex.split(command)
            assert words[:3] == ["python", "-m", "extract"]
            result = CliRunner().invoke(app, words[3:])
            assert result.exit_code == 0, (command, result.output)
    assert not failed, "".join(failed)


def test_the_pictures_of_the_tutorial_are_there() -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^):#]+)\)", text):
        path = TUTORIAL.parent / target
        assert path.is_file(), target
        assert path.stat().st_size < 400_000, target
