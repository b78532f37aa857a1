"""Parts of a run that processes of their own do: the same outputs, whatever becomes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.archive import RunSettings, apart, export
from extract.archive import page as pages
from extract.archive.people import Span, spans
from extract.archive.run import run
from extract.errors import ExtractError
from tests.conftest import WriteLetters

pytestmark = pytest.mark.usefixtures("quick")

LOADED = "import os, sys; sys.path[:] = {path!r}; import {module} as m; "


def outputs(out: Path) -> dict[str, bytes]:
    """Every output but the store and what names the folder itself."""
    found = {p.name: p.read_bytes() for p in out.iterdir() if not p.name.startswith("store.")}
    document = json.loads(found["run.json"])
    del document["settings"]["out"]
    found["run.json"] = json.dumps(document).encode()
    return found


@pytest.fixture
def settings(write_letters: WriteLetters, tmp_path: Path) -> RunSettings:
    """Nine patients, of whom the first and the last, and two others, share a number."""
    shared = {0: "999 000 0018", 8: "999 000 0018", 3: "999 000 0026", 4: "999 000 0026"}
    letters = {
        f"p{n}/{k}.txt": f"Clinic {k + 1} March 2011. NHS {shared.get(n, 'not known')}. PS {n % 4}."
        for n in range(9)
        for k in range(3)
    }
    settings = RunSettings.checked(letters=write_letters(letters), out=tmp_path / "calm", workers=2)
    result = run(settings)
    assert [bool(p.reasons) for p in result.patients] == [n in shared for n in range(9)]
    return settings


def again(settings: RunSettings, name: str) -> dict[str, bytes]:
    """The outputs of the same run in another folder, in parts of a patient or two."""
    out = settings.out.with_name(name)
    run(settings.model_copy(update={"out": out}))
    assert not list(out.glob(".writing-*"))
    return outputs(out)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two patients, and a page apart."""
    monkeypatch.setattr(export, "PART", 4)
    monkeypatch.setattr(pages, "AT_HAND", 2)


@pytest.mark.usefixtures("small")
def test_parts_built_by_processes_make_the_same_outputs(settings: RunSettings) -> None:
    assert again(settings, "apart") == outputs(settings.out)


@pytest.mark.usefixtures("small")
def test_the_parts_of_processes_that_are_killed_are_built_here(
    settings: RunSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each process is killed the first time that it is started: one in the middle of its parts."""
    kill = (
        f"flag = os.path.join({str(tmp_path)!r}, '{{module}}')\n"
        "def die(): os.path.exists(flag) or (open(flag, 'w').close(), os.kill(os.getpid(), 9))\n"
        "tell = getattr(m, '_tell', None)\n"
        "if tell: m._tell = lambda said: (tell(said), die())\n"
        "else: die()\n"
        "m.main()"
    )
    monkeypatch.setattr(apart, "_START", LOADED + "\n" + kill)
    assert again(settings, "killed") == outputs(settings.out)
    assert (tmp_path / "extract.archive.people").exists()
    assert (tmp_path / "extract.archive.page").exists()


@pytest.mark.usefixtures("small")
def test_what_fails_in_a_process_is_told_without_a_letter_s_words(
    settings: RunSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail = "def fail(*_): raise ValueError('canary')\nm.eligibility_row = fail\nm.main()"
    monkeypatch.setattr(apart, "_START", LOADED + "\n" + fail)
    with pytest.raises(ExtractError, match="put together: ValueError at") as raised:
        again(settings, "broken")
    assert "canary" not in str(raised.value)
    assert not (settings.out.with_name("broken") / "facts.csv").exists()


def test_parts_are_cut_between_patients() -> None:
    sizes = [("a", 1), ("b", 5), ("c", 2), ("d", 1), ("e", 1)]
    assert list(spans(iter(sizes), 3)) == [Span(0, "a", "b"), Span(1, "c", "d"), Span(2, "e", "e")]
    assert list(spans(iter([]), 3)) == []
