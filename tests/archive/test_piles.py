"""Rows in order outside of memory, and pages made by a process of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.archive import apart
from extract.archive import page as pages
from extract.archive.piles import Piles
from extract.archive.run import run
from extract.archive.settings import RunSettings
from extract.errors import Code, ExtractError
from tests.conftest import WriteLetters

NAMES = ["b", "B", "a", "Ä", "a/é", "ß", "10", "9", "\U0001f600", "ﬁ"]


@pytest.mark.parametrize("file", ["", "piles"])
def test_rows_come_back_in_order_of_code_points(tmp_path: Path, file: str) -> None:
    with Piles(tmp_path / file if file else None) as piles:
        for number in range(1200):
            piles.put("some", NAMES[number % 10], f"{number:04}", "x")
        found = list(piles.sorted("some"))
        assert found == sorted(found)
        assert len(found) == 1200
        assert [key for key, _ in piles.pairs("some")][::120] == sorted(NAMES)
        assert piles.find("some", "a") == "0002"
        assert piles.find("some", "c") is None
        assert piles.find("nothing", "a") is None
        assert list(piles.sorted("nothing")) == []
        piles.drop("some")
        assert list(piles.sorted("some")) == []


def test_a_pile_may_grow_while_another_is_taken_up(tmp_path: Path) -> None:
    with Piles(tmp_path / "piles") as piles:
        for name in NAMES:
            piles.put("first", name)
        for name, *_ in piles.sorted("first"):
            piles.put("second", name * 2)
        assert [key for key, _ in piles.pairs("second")] == sorted(2 * name for name in NAMES)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExtractError) as raised:
        Piles(tmp_path / "nowhere" / "piles")
    assert raised.value.problems[0].code is Code.OUTPUT


@pytest.mark.usefixtures("quick")
def test_a_page_made_apart_is_the_same(
    write_letters: WriteLetters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = {f"p{n}/a.txt": f"Clinic 4 March 2011. ECOG PS {n}." for n in range(3)}
    settings = RunSettings.checked(letters=write_letters(letters), out=tmp_path / "here")
    run(settings)
    monkeypatch.setattr(pages, "AT_HAND", 2)
    run(settings.model_copy(update={"out": tmp_path / "apart"}))
    both = [(tmp_path / name / "report.html").read_bytes() for name in ("here", "apart")]
    assert both[0] == both[1]
    monkeypatch.setattr(apart, "_START", "raise SystemExit(3)")
    with pytest.raises(ExtractError, match="status 3"):
        run(settings.model_copy(update={"out": tmp_path / "broken"}))
    assert not (tmp_path / "broken" / "run.json").exists()
