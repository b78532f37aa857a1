"""What a library does with a file, hang or crash or fill the memory, costs that file only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.errors import Code, Problem
from extract.letters import Letter, Registry, Source
from extract.letters.options import ReadOptions
from tests.letters.writers import office

READER = '''\
import os, sys, time


class Faulty:
    """Does what its file says."""

    name = "faulty"

    def sniff(self, head, path):
        return 1.0 if head.startswith(b"DO ") else 0.0

    def read(self, source):
        from extract.letters.pulse import alive

        what = source.data().decode()[3:]
        if what == "hang":
            while True:
                pass
        if what == "sleep":
            time.sleep(60)
        if what == "abort":
            os.abort()
        if what == "exit":
            os._exit(3)
        if what == "fill":
            held = [bytes(100_000_000) for _ in range(1000)]
        if what == "raise":
            raise ValueError("ECOG 1")
        if what == "print":
            print("ECOG 1")
            os.write(1, b"ECOG 1")
            os.write(2, b"ECOG 1")
        if what == "crawl":
            for _ in range(20):
                time.sleep(0.2)
                alive()
        yield source.letter("ECOG 1", format=self.name)
        if what == "half":
            os.abort()
'''


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """The program's readers and one that goes wrong, with a short limit of time."""
    package = tmp_path_factory.mktemp("installed")
    info = package / "faulty-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: faulty\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[extract.readers]\nfaulty = faulty_reader:Faulty\n")
    (package / "faulty_reader.py").write_text(READER)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(package))
        made = Registry(options=ReadOptions(seconds=3, memory=1_000_000_000))
        yield made
        if made.guard:
            made.guard.close()


def read(registry: Registry, data: bytes) -> list[Letter | Problem]:
    return list(registry.read(Source("a", "a", Path("a"), content=data)))


@pytest.mark.parametrize(
    ("what", "codes"),
    [
        ("hang", [Code.TIMED_OUT]),
        ("sleep", [Code.TIMED_OUT]),
        ("abort", [Code.CRASHED]),
        ("exit", [Code.CRASHED]),
        ("fill", [Code.MEMORY]),
        ("raise", [Code.FAILED]),
        ("half", [None, Code.CRASHED]),
        ("print", [None]),
        ("crawl", [None]),  # longer than the limit, with signs of life
    ],
)
def test_a_fault_costs_one_file_and_the_next_is_read(
    registry: Registry, what: str, codes: list[Code | None], capfd: pytest.CaptureFixture[str]
) -> None:
    found = read(registry, f"DO {what}".encode())
    assert [item.code if isinstance(item, Problem) else None for item in found] == codes
    for item in found:
        if isinstance(item, Problem):
            assert "ECOG" not in item.sentence()
    (letter,) = read(registry, office.write_rtf("ECOG 2"))
    assert isinstance(letter, Letter)
    assert "ECOG" not in "".join(capfd.readouterr())


def test_the_process_ends_with_the_registry(registry: Registry) -> None:
    read(registry, office.write_rtf("ECOG 2"))
    guard = registry.guard
    assert guard
    process = guard._process
    assert process
    guard.close()
    assert process.poll() is not None
