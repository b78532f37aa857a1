"""The out folder: all files or none, and a clear sentence where it cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import Code, ExtractError
from extract.outputs import OutFolder


def test_files_take_their_places_at_the_end(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    with OutFolder(out).writing(gone=("old.txt", "new.txt")) as stage:
        (stage / "new.txt").write_text("new")
        assert [path for path in out.iterdir() if path != stage] == []
    assert [path.name for path in out.iterdir()] == ["new.txt"]
    assert (out / "new.txt").read_text() == "new"


def test_what_is_no_longer_true_goes(tmp_path: Path) -> None:
    (tmp_path / "facts.parquet").write_text("old")
    (tmp_path / "notes.txt").write_text("mine")
    with OutFolder(tmp_path).writing(gone=("facts.parquet",)) as stage:
        (stage / "facts.csv").write_text("new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.csv", "notes.txt"]


def test_a_fault_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "facts.csv").write_text("old")

    def write(path: Path) -> None:
        with OutFolder(path).writing(gone=("facts.csv",)) as stage:
            (stage / "facts.csv").write_text("new")
            raise KeyError

    with pytest.raises(KeyError):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["facts.csv"]
    assert (tmp_path / "facts.csv").read_text() == "old"


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".writing-killed").mkdir()
    (tmp_path / ".writing-killed" / "facts.csv").write_text("half")
    OutFolder(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_place_that_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExtractError) as raised:
        OutFolder(tmp_path / name)
    assert raised.value.problems[0].code is Code.OUTPUT


def test_a_folder_that_may_not_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryDirectory", refuse)
    with pytest.raises(ExtractError, match="PermissionError") as raised:
        OutFolder(tmp_path)
    assert raised.value.problems[0].code is Code.OUTPUT
