"""Every file of a folder is a source or a problem, in a fixed order."""

from __future__ import annotations

import inspect
import os
import sys
from pathlib import Path

import pytest

from extract.errors import Code, Problem
from extract.letters import Registry, Source, find_sources
from extract.letters.plain import PlainText
from tests.conftest import WriteLetters


def sources(root: Path, **options: object) -> list[Source]:
    return [s for s in find_sources(root, **options) if isinstance(s, Source)]  # type: ignore[arg-type]


def problems(root: Path, **options: object) -> list[Problem]:
    return [p for p in find_sources(root, **options) if isinstance(p, Problem)]  # type: ignore[arg-type]


def test_the_letter_s_id_is_its_path_without_the_last_extension(
    write_letters: WriteLetters,
) -> None:
    names = ["b.txt", "a", "p01/2009.01.08_clinic.txt", "p01/sub/x.tar.gz", ".hidden", "p01/é .txt"]
    root = write_letters(dict.fromkeys(names, "x"))
    found = {s.path: (s.letter_id, s.folder) for s in sources(root)}
    assert found == {
        ".hidden": (".hidden", ""),
        "a": ("a", ""),
        "b.txt": ("b", ""),
        "p01/2009.01.08_clinic.txt": ("p01/2009.01.08_clinic", "p01"),
        "p01/sub/x.tar.gz": ("p01/sub/x.tar", "p01"),
        "p01/é .txt": ("p01/é ", "p01"),
    }


def test_the_order_is_that_of_the_names(write_letters: WriteLetters) -> None:
    root = write_letters(dict.fromkeys(["c/z.txt", "c/a.txt", "b.txt", "d.txt", "a/x/y.txt"], "x"))
    assert [s.path for s in sources(root)] == ["a/x/y.txt", "b.txt", "c/a.txt", "c/z.txt", "d.txt"]


def test_one_file_is_an_archive_of_one(write_letters: WriteLetters) -> None:
    root = write_letters({"p01/a.txt": "x", "p01/b.txt": "y"})
    (only,) = sources(root / "p01" / "a.txt")
    assert (only.letter_id, only.path, only.folder) == ("a", "a.txt", "")


def test_the_out_folder_is_not_part_of_the_archive(write_letters: WriteLetters) -> None:
    root = write_letters({"a.txt": "x", "out/facts.csv": "y", "out2/b.txt": "z"})
    assert [s.path for s in sources(root, leave_out=root / "out")] == ["a.txt", "out2/b.txt"]


def test_how_large_a_file_may_be_is_left_to_its_reader(write_letters: WriteLetters) -> None:
    root = write_letters({"a.txt": "x" * 11, "b.txt": "x" * 10})
    assert problems(root, max_bytes=10) == []
    codes = [
        getattr(item, "code", "letter")
        for source in sources(root, max_bytes=10)
        for item in Registry([PlainText()]).read(source)
    ]
    assert codes == [Code.TOO_LARGE, "letter"]


def test_links_pipes_and_odd_names(write_letters: WriteLetters, tmp_path: Path) -> None:
    root = write_letters({"p/a.txt": "x"})
    (tmp_path / "outside.txt").write_text("secret")
    (root / "b-out.txt").symlink_to(tmp_path / "outside.txt")
    (root / "c-inside.txt").symlink_to(root / "p" / "a.txt")
    (root / "d-round").symlink_to(root, target_is_directory=True)
    (root / "e-broken.txt").symlink_to(root / "nowhere")
    (root / "e-circle.txt").symlink_to(root / "e-circle.txt")
    (root / "e-folder").symlink_to(root / "p", target_is_directory=True)
    os.mkfifo(root / "f-pipe.txt")
    (root / os.fsdecode(b"g-\xff.txt")).touch()
    (root / "h-\u202egpj.txt").write_text("x")
    assert {p.path: p.code for p in problems(root)} == {
        "b-out.txt": Code.OUTSIDE,
        "d-round": Code.LINK_LOOP,
        "e-broken.txt": Code.LINK_BROKEN,
        "e-circle.txt": Code.LINK_LOOP,
        "e-folder": Code.LINK_FOLDER,
        "f-pipe.txt": Code.NOT_A_FILE,
        "g-\\xff.txt": Code.BAD_NAME,
        "h-\\u202egpj.txt": Code.BAD_NAME,
    }
    assert [s.path for s in sources(root)] == ["c-inside.txt", "p/a.txt"]


def test_what_may_not_be_read_is_a_problem(
    write_letters: WriteLetters, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_letters({"a.txt": "x", "p/b.txt": "y"})
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "p":
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert [(p.path, p.code) for p in problems(root)] == [
        ("a.txt", Code.UNREADABLE),
        ("p", Code.UNREADABLE),
    ]


def test_a_tree_deeper_than_python_s_stack_is_walked(tmp_path: Path) -> None:
    (tmp_path / "/".join("d" * 200)).mkdir(parents=True)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        assert list(find_sources(tmp_path)) == []
    finally:
        sys.setrecursionlimit(limit)
