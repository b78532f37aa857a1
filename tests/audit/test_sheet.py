"""The page without a server, its way back, and the commands."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extract.audit.book import Book
from extract.audit.sampling import Plan
from extract.audit.serve import ADDRESS, Serving, reviewer
from extract.audit.sheet import import_decisions, write_sheet
from extract.audit.texts import Texts
from extract.cli import app
from extract.errors import ExtractError
from extract.records import Field
from extract.store.reviews import Verdict
from tests.audit.conftest import SECOND, answer, item_of
from tests.conftest import WriteLetters


@pytest.fixture
def sheet(book: Book, tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "sheet.html"
    texts = Texts(tmp_path / "letters")
    assert write_sheet(path, book, texts, "Ann", 200) == len(book.queue())
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>',
                      path.read_text(), re.S)  # fmt: skip
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def decisions(sheet: dict[str, Any], *entries: dict[str, Any]) -> dict[str, Any]:
    head = {name: sheet[name] for name in ("format", "sheet", "rules", "reviewer")}
    return {**head, "entries": list(entries)}


def entry(target: dict[str, Any], number: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "token": f"token-{number:020}", "at": "2026-11-24T10:00:00Z", "kind": "answer",
        "target": target, "verdict": "right", "to": None, "comment": "", **more,
    }  # fmt: skip


def saved(tmp_path: Path, document: dict[str, Any]) -> Path:
    path = tmp_path / "decisions.json"
    path.write_text(json.dumps(document))
    return path


def test_a_sheet_needs_nothing_else_and_escapes_everything(
    sheet: dict[str, Any], tmp_path: Path
) -> None:
    page = (tmp_path / "sheet.html").read_text()
    assert "default-src &#39;none&#39;; script-src &#39;sha256-" in page
    assert not re.search(r"https?://|<link|<img", page)
    assert "<script>document" not in page
    assert "<script>document" in sheet["letters"][-1]["text"]
    assert page.count("<script") == 2
    assert page.count("</script") == 2


def test_decisions_come_in_once(
    sheet: dict[str, Any], book: Book, out: Path, tmp_path: Path
) -> None:
    ecog = next(f["target"] for f in sheet["facts"] if f["target"]["letter_id"] == "quill/b"
                and f["target"]["field"] == "ecog")  # fmt: skip
    start = SECOND.index("liver")
    liver = {**ecog, "field": "site", "item": "", "value": "liver", "start": start,
             "end": start + 5, "quote": "liver"}  # fmt: skip
    path = saved(
        tmp_path,
        decisions(
            sheet,
            entry(ecog, 1, verdict="correct_to", to=["ecog", "", "0"]),
            entry(liver, 2, kind="missed", verdict=None, to=["site", "", "liver"]),
        ),
    )
    assert import_decisions(out, path) == (2, 0)
    assert import_decisions(out, path) == (0, 2)
    book.refresh()
    standing = book.standing(item_of(book, "quill/b", Field.ECOG))
    assert standing
    assert standing.answers["Ann"].origin == "sheet"
    assert standing.answers["Ann"].at.startswith("2026-11-24T10:00:00")
    assert book.laid().counts == {"confirmed": 0, "corrected": 1, "added": 1, "withdrawn": 0}


def test_decisions_on_facts_that_changed_are_kept_as_stale(
    sheet: dict[str, Any], book: Book, out: Path, tmp_path: Path
) -> None:
    target = {**sheet["facts"][0]["target"], "value": "1999"}
    assert import_decisions(out, saved(tmp_path, decisions(sheet, entry(target)))) == (1, 0)
    book.refresh()
    assert len(book.stale()) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"sheet": "other"},
        {"reviewer": "Eve"},
        {"format": "other"},
        {"more": 1},
        {"entries": [{"token": "x"}]},
        {"entries": "x"},
    ],
)
def test_another_file_is_refused(
    sheet: dict[str, Any], book: Book, out: Path, tmp_path: Path, change: dict[str, Any]
) -> None:
    path = saved(tmp_path, {**decisions(sheet, entry(sheet["facts"][0]["target"])), **change})
    with pytest.raises(ExtractError, match="bad_settings"):
        import_decisions(out, path)
    book.refresh()
    assert book.ledger.last == 0


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "missed", "to": ["site", "", "liver"]},
        {"kind": "missed", "to": None},
        {"kind": "ruling"},
        {"verdict": None},
        {"verdict": "correct_to", "to": None},
        {"verdict": "correct_to", "to": ["letter_date", "", "soon"]},
    ],
)
def test_one_bad_entry_and_nothing_is_taken(
    sheet: dict[str, Any], book: Book, out: Path, tmp_path: Path, change: dict[str, Any]
) -> None:
    target = sheet["facts"][0]["target"]
    bad = {**entry({**target, "start": 1, "end": 3}, 2), **change}
    with pytest.raises(ExtractError, match="bad_settings"):
        import_decisions(out, saved(tmp_path, decisions(sheet, entry(target, 1), bad)))
    book.refresh()
    assert book.ledger.last == 0


def test_a_sheet_leaves_out_what_is_answered_or_gone(book: Book, tmp_path: Path) -> None:
    book.add(answer(item_of(book, "quill/a", Field.CAIX), Verdict.RIGHT))
    (tmp_path / "letters" / "quill" / "b.txt").unlink()
    texts = Texts(tmp_path / "letters")
    number = write_sheet(tmp_path / "s.html", book, texts, "Ann", 200)
    gone = sum(item.letter.letter_id == "quill/b" for item in book.queue())
    assert number == len(book.queue()) - gone - 1


# ------------------------------------------------------------- commands


def call(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_commands_of_a_whole_audit(out: Path, tmp_path: Path) -> None:
    book = Book(out, Plan(double=0))
    assert "nobody has reviewed" in call("audit", "apply", out).stdout
    book.add(answer(item_of(book, "quill/b", Field.ECOG), Verdict.CORRECT, ("ecog", "", "0")))
    page = tmp_path / "report.html"
    said = call("audit", "report", out, "--html", page)
    assert re.search(r"ecog +3 +3 +0 % ", said.stdout), said.stdout
    assert "<h1>Audit report</h1>" in page.read_text()
    assert "1 corrected" in call("audit", "apply", out).stdout
    assert "corrected:ecog_rule" in (out / "facts.csv").read_text()
    written = call("audit", "sheet", out, "--to", tmp_path / "s.html", "--reviewer", "Bea")
    assert "facts written" in written.stdout
    assert call("audit", "export", out, "--gold", tmp_path / "g.csv").exit_code == 0
    (out / ADDRESS).write_text("http://127.0.0.1:8321\n")
    linked = call("audit", "link", out, "--reviewer", "Ann=reader")
    assert re.search(r"Ann, reader: .*/signin\?t=[\w-]{20,}", linked.stdout)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["audit", "nowhere"], "no_out_folder"),
        (["audit", "report", "nowhere"], "no_out_folder"),
        (["audit", "OUT", "--host", "0.0.0.0"], "bad_settings"),
        (["audit", "OUT", "--reviewer", "Ann=boss"], "bad_settings"),
        (["audit", "OUT", "--reviewer", "<b>"], "bad_settings"),
        (["audit", "OUT", "--letters", "nowhere"], "path_missing"),
        (["audit", "OUT", "--tls-cert", "nowhere"], "path_missing"),
        (["audit", "import", "OUT", "nowhere"], "path_missing"),
        (["audit", "import", "OUT", __file__], "bad_settings"),
        (["audit", "apply", "nowhere"], "no_out_folder"),
        (["audit", "link", "OUT"], "bad_settings"),
        (["audit", "report", "OUT", "--html", "nowhere/x.html"], "output_not_writable"),
        (["audit", "sheet", "OUT", "--to", "nowhere/x.html"], "output_not_writable"),
        (["audit", "export", "OUT", "--gold", "nowhere/x.csv"], "output_not_writable"),
    ],
)
def test_what_cannot_be_done_says_so(out: Path, words: list[str], code: str) -> None:
    pytest.importorskip("fastapi", reason="the extra web is not installed")
    found = call(*[out if word == "OUT" else word for word in words])
    assert found.exit_code == 2
    assert f"[{code}]" in found.stderr


@pytest.mark.parametrize("command", [(), ("sheet",)])
def test_a_run_of_pseudonyms_has_no_letters_to_show(out: Path, command: tuple[str, ...]) -> None:
    pytest.importorskip("fastapi", reason="the extra web is not installed")
    run = json.loads((out / "run.json").read_text())
    run["settings"] |= {"pseudonymise": "f-1", "letters": "f-2"}
    (out / "run.json").write_text(json.dumps(run))
    found = call("audit", *command, out)
    assert found.exit_code == 2
    assert "without it" in " ".join(found.stderr.split())


def test_names_and_roles() -> None:
    assert reviewer("Ann O'Neil") == ("Ann O'Neil", "reviewer")
    assert reviewer("Bea = adjudicator") == ("Bea", "adjudicator")


def test_loopback_needs_no_tls_and_the_network_does(tmp_path: Path) -> None:
    for host in ("127.0.0.1", "localhost", "::1", "127.1.2.3"):
        assert not Serving(host=host).checked().secure
    for host in ("0.0.0.0", "::", "10.0.0.1", "ward.example"):
        with pytest.raises(ExtractError, match="in the clear"):
            Serving(host=host).checked()
    file = tmp_path / "file.pem"
    file.write_text("")
    assert Serving(host="10.0.0.1", certificate=file, key=file).checked().secure


@pytest.mark.usefixtures("quick")
def test_a_run_lays_over_what_was_settled_before(write_letters: WriteLetters) -> None:
    letters = write_letters({"quill/a.txt": "Date: 4 March 2011\n\nECOG performance status 1.\n"})
    out = letters.parent / "run"
    assert call(letters, "--out", out).exit_code == 0
    book = Book(out, Plan(double=0))
    book.add(answer(item_of(book, "quill/a", Field.ECOG), Verdict.CORRECT, ("ecog", "", "2")))
    for _ in range(2):
        again = call(letters, "--out", out)
        assert "1 corrected" in again.stdout
        assert "ecog,,2,2,2" in (out / "facts.csv").read_text()
    letters.joinpath("quill/a.txt").write_text("Date: 4 March 2011\n\nECOG status: 1.\n")
    again = call(letters, "--out", out)
    assert "0 corrected" in again.stdout
    assert "1 stale" in again.stdout
