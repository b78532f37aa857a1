"""What tests of several rooms share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from extract.archive import Extractor
from extract.archive.work import Worker
from tests.postgres import postgres, server

__all__ = ["WriteLetters", "extractor", "postgres", "quick", "server", "write_letters"]

WriteLetters = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The program's own pipeline, built once for all tests of a process."""
    return Extractor()


@pytest.fixture
def quick(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs in this process, with the program's own rules, use the pipeline above."""
    monkeypatch.setattr(
        "extract.archive.work.worker_here",
        lambda setup: Worker(Extractor(setup.patterns) if setup.patterns else extractor),
    )


@pytest.fixture
def write_letters(tmp_path: Path) -> WriteLetters:
    """Write letters by path below a folder, and give the folder."""

    def write(letters: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "letters"
        folder.mkdir(exist_ok=True)
        for name, content in letters.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write
