"""Readers are chosen by content, and nothing they do ends a run."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path, PurePath

import pytest

from extract.errors import Code, ExtractError, Problem
from extract.letters import Letter, Registry, Source
from extract.letters.plain import PlainText


def source(tmp_path: Path, data: bytes, name: str = "a.txt", limit: int = 10**6) -> Source:
    file = tmp_path / name
    file.write_bytes(data)
    return Source(Path(name).stem, name, file, max_bytes=limit)


class Pages:
    """A reader for a format of the test's own: letters between form feeds."""

    name = "pages"

    def sniff(self, head: bytes, path: PurePath) -> float:
        return 0.9 if head.startswith(b"PAGES") else 0.0

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        for number, text in enumerate(source.data().decode().split("\f")[1:], start=1):
            if "fault" in text:
                raise KeyError(text)
            yield source.letter(text, format=self.name, part=str(number))


REGISTRY = Registry([PlainText(), Pages()])


def read(made: Source, registry: Registry = REGISTRY) -> list[Letter | Problem]:
    return list(registry.read(made))


def test_a_letter_is_read_whatever_its_name(tmp_path: Path) -> None:
    (letter,) = read(source(tmp_path, b"PS 1\r\nand\rwell\n", "a.pdf"))
    assert isinstance(letter, Letter)
    assert (letter.text, letter.format, letter.encoding) == ("PS 1\nand\nwell\n", "text", "utf-8")
    assert (letter.letter_id, letter.path) == ("a", "a.pdf")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.EMPTY),
        (b" \r\n\t ", Code.EMPTY),
        (b"\xef\xbb\xbf", Code.EMPTY),
        (bytes(range(256)), Code.NOT_TEXT),
        (b"PS 1\0\0\0\0", Code.NUL_BYTES),
        (b"PS 1 " * 3000 + b"\0", Code.NUL_BYTES),
        (b"PS 1 \xed\xa0\x80", Code.SURROGATES),
        ("PS 1 \u202e2".encode(), Code.BIDI),
        (b"%PDF-1.7 and so on", Code.UNSUPPORTED),
        (b"PK\x03\x04\x14\0\0\0", Code.UNSUPPORTED),
        (b"{\\rtf1\\ansi PS 1}", Code.UNSUPPORTED),
        (b"  <!DOCTYPE HTML><p>PS 1", Code.UNSUPPORTED),
        (b"MSH|^~\\&|A|B", Code.UNSUPPORTED),
        (b"x" * 101, Code.TOO_LARGE),
    ],
)
def test_what_is_no_letter_is_a_problem_with_its_code(
    tmp_path: Path, data: bytes, code: Code
) -> None:
    (problem,) = read(source(tmp_path, data, limit=100 if data[:1] == b"x" else 10**6))
    assert isinstance(problem, Problem)
    assert (problem.path, problem.code) == ("a.txt", code)
    assert "PS" not in problem.sentence()


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    (problem,) = read(Source("a", "a.txt", tmp_path / "a.txt"))
    assert isinstance(problem, Problem)
    assert problem.code is Code.UNREADABLE


def test_the_surest_reader_reads(tmp_path: Path) -> None:
    letters = read(source(tmp_path, b"PAGES\fPS 1\f\fPS 2"))
    assert [x.letter_id if isinstance(x, Letter) else x.code for x in letters] == [
        "a/1",
        Code.EMPTY,
        "a/3",
    ]


def test_a_fault_keeps_what_was_read_and_quotes_nothing(tmp_path: Path) -> None:
    letter, problem = read(source(tmp_path, b"PAGES\fPS 1\fMrs Canary, fault"))
    assert isinstance(letter, Letter)
    assert isinstance(problem, Problem)
    assert problem.code is Code.FAILED
    assert "KeyError" in problem.sentence()
    assert "Canary" not in problem.sentence()


def test_a_reader_that_finds_nothing_leaves_an_empty_file(tmp_path: Path) -> None:
    (problem,) = read(source(tmp_path, b"PAGES"))
    assert isinstance(problem, Problem)
    assert problem.code is Code.EMPTY


def test_installed_readers_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "installed"
    info = package / "pages_reader-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pages-reader\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[extract.readers]\npages = pages_reader:Pages\n")
    lines, _ = inspect.getsourcelines(Pages)
    (package / "pages_reader.py").write_text(
        "from __future__ import annotations\n" + "".join(lines)
    )
    monkeypatch.syspath_prepend(str(package))
    registry = Registry()
    assert len(read(source(tmp_path, b"PAGES\fone\ftwo"), registry)) == 2
    assert registry.guard
    registry.guard.close()


def test_an_installed_reader_that_cannot_be_loaded_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    point = EntryPoint("broken", "no_such_package:Reader", "extract.readers")
    monkeypatch.setattr("extract.letters.registry.entry_points", lambda group: [point])
    with pytest.raises(ExtractError, match="broken") as raised:
        Registry()
    assert raised.value.problems[0].code is Code.SETTINGS


def test_the_same_text_has_the_same_digest(tmp_path: Path) -> None:
    dos, unix = (read(source(tmp_path, data))[0] for data in (b"PS 1\r\n", b"PS 1\n"))
    assert isinstance(dos, Letter)
    assert isinstance(unix, Letter)
    assert dos.digest == unix.digest
