"""A sample on one page, checked without a server, and the way back of what was decided."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import orjson
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from extract.audit.book import Book, Item
from extract.audit.desk.pages import environment
from extract.audit.desk.showing import VERDICTS
from extract.audit.serve import letters_of
from extract.audit.texts import Texts, TextState
from extract.errors import Code, ExtractError, Problem
from extract.records import FIELDS, Fact
from extract.store.overlay import fact_of
from extract.store.reviews import Kind, Review, Target, Verdict

FORMAT: Literal["extract-audit-1"] = "extract-audit-1"
_STATIC = Path(__file__).parent / "desk" / "static"
_MOST_BYTES = 50_000_000

_Short = Annotated[str, StringConstraints(max_length=500)]


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SheetTarget(_Plain):
    """What an entry is bound to; as :class:`extract.store.reviews.Target`."""

    letter_id: Annotated[str, StringConstraints(max_length=4000)]
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    field: _Short
    item: _Short
    value: _Short
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    quote: Annotated[str, StringConstraints(max_length=20_000)]


class Entry(_Plain):
    """One decision of a sheet."""

    token: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,80}$")]
    at: datetime
    kind: Literal["answer", "missed"]
    target: SheetTarget
    verdict: Verdict | None = None
    to: tuple[_Short, _Short, _Short] | None = None
    comment: Annotated[str, StringConstraints(max_length=2000)] = ""


class Decisions(_Plain):
    """The file that a sheet saves."""

    format: Literal["extract-audit-1"]
    sheet: str
    rules: str
    reviewer: str
    entries: tuple[Entry, ...]


def write_sheet(path: Path, book: Book, texts: Texts, reviewer: str, most: int) -> int:
    """Write the page: drawn facts first, then flagged ones, those of a letter together.

    Returns:
        How many facts are on it. Facts whose letter is missing or has changed are left out.
    """
    queue = sorted(book.queue(), key=lambda item: (not item.sampled, item.place))
    open_to = [item for item in queue if _is_open(book, item, reviewer)]
    chosen = sorted(open_to[:most], key=lambda item: item.place)
    letters: dict[str, int] = {}
    shown: list[dict[str, str]] = []
    facts: list[dict[str, Any]] = []
    for item in chosen:
        found = texts.of(item.letter)
        if found.state is not TextState.HERE:
            continue
        if item.letter.letter_id not in letters:
            letters[item.letter.letter_id] = len(shown)
            letter = item.letter
            shown.append(
                {"text": found.text, "date": letter.letter_date, "patient": letter.patient_id,
                 "letter_id": letter.letter_id, "digest": letter.digest}
            )  # fmt: skip
        facts.append(
            {"letter": letters[item.letter.letter_id], "target": asdict(item.target),
             "rule": item.fact.rule, "section": item.fact.evidence.section,
             "low": item.fact.low, "high": item.fact.high, "reasons": item.reasons}
        )  # fmt: skip
    data = {
        "format": FORMAT,
        "sheet": _sheet_id(book, reviewer, book.rules),
        "rules": book.rules,
        "reviewer": reviewer,
        "facts": facts,
        "letters": shown,
        "fields": [field.value for field in FIELDS],
        "verdicts": [[v.value, name, key] for v, (name, key) in VERDICTS.items()],
    }
    path.write_text(_page(data), encoding="utf-8")
    return len(facts)


def import_decisions(out: Path, path: Path, letters: Path | None = None) -> tuple[int, int]:
    """Take in what was decided on a sheet.

    Returns:
        How many entries were new, and how many known already.

    Raises:
        ExtractError: (``bad_settings``) the file is none of a sheet of this out folder, or
            an entry in it does not hold; nothing is taken in then.
    """
    decisions = _read(path)
    book = Book(out)
    if decisions.sheet != _sheet_id(book, decisions.reviewer, decisions.rules):
        detail = "It is no sheet of this out folder and this reviewer."
        raise ExtractError(Problem(str(path), Code.SETTINGS, detail))
    texts = (
        letters_of(book, letters) if any(e.kind == "missed" for e in decisions.entries) else None
    )
    reviews = []
    for number, entry in enumerate(decisions.entries, start=1):
        try:
            reviews.append(_review(book, decisions, entry, texts))
        except ValueError as error:
            detail = f"Entry {number}: {error}"
            raise ExtractError(Problem(str(path), Code.SETTINGS, detail)) from None
    kept = book.add(*reviews)
    return len(kept), len(reviews) - len(kept)


# ------------------------------------------------------------------ inside


def _is_open(book: Book, item: Item, reviewer: str) -> bool:
    standing = book.standing(item)
    if standing is None or standing.empty:
        return True
    if standing.ruling or reviewer in standing.answers:
        return False
    return item.second and len(standing.answers) < 2


def _sheet_id(book: Book, reviewer: str, rules: str) -> str:
    return book.log.opaque("sheet", f"{reviewer}\x1f{rules}")


def _page(data: dict[str, Any]) -> str:
    style = (_STATIC / "desk.css").read_text(encoding="utf-8")
    script = (_STATIC / "sheet.js").read_text(encoding="utf-8")
    # In a script element only "<" could end it; JSON may hold it as an escape.
    plain = orjson.dumps(data).decode().replace("<", "\\u003c")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment().get_template("sheet.html").render(
        style=Markup(style), script=Markup(script), data=Markup(plain), policy=policy,  # noqa: S704  (our own files; the data is escaped above)
        reviewer=data["reviewer"], number=len(data["facts"]),
    )  # fmt: skip


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _read(path: Path) -> Decisions:
    if not path.is_file():
        raise ExtractError(Problem(str(path), Code.PATH_MISSING, "There is no such file."))
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ExtractError(Problem(str(path), Code.TOO_LARGE))
        return Decisions.model_validate_json(path.read_bytes())
    except OSError as error:
        detail = f"It cannot be read ({type(error).__name__})."
        raise ExtractError(Problem(str(path), Code.SETTINGS, detail)) from None
    except ValidationError as error:
        # Names and places only: a message would quote what the file holds.
        places = sorted({".".join(map(str, item["loc"][:3])) for item in error.errors()})
        wrong = ", ".join(filter(None, places[:5])) or "no JSON"
        detail = f"It is not what a sheet saves ({wrong})."
        raise ExtractError(Problem(str(path), Code.SETTINGS, detail)) from None


def _review(book: Book, decisions: Decisions, entry: Entry, texts: Texts | None) -> Review:
    target = Target(**entry.target.model_dump())
    item = book.by_key.get(target.key)
    shown: dict[str, Any] = item.shown() if item else {"second": False}
    if entry.kind == "missed":
        if entry.to is None or texts is None:
            raise ValueError("A missed fact needs its field and value.")
        made = fact_of(target.quote, target.start, target.end, entry.to)
        target, shown = _found(book, texts, target, made)
    elif entry.verdict is None:
        raise ValueError("An answer needs a verdict.")
    elif entry.verdict is Verdict.CORRECT:
        if entry.to is None:
            raise ValueError("A correction needs its value.")
        fact_of(target.quote or "?", target.start, target.end, entry.to)
    missed = entry.kind == "missed"
    return Review(
        token=entry.token,
        kind=Kind(entry.kind),
        reviewer=decisions.reviewer,
        target=target,
        verdict=None if missed else entry.verdict,
        to=entry.to if missed or entry.verdict is Verdict.CORRECT else None,
        comment=entry.comment,
        shown=shown,
        rules=decisions.rules,
        origin="sheet",
        at=entry.at.isoformat(timespec="milliseconds"),
    )


def _found(book: Book, texts: Texts, target: Target, made: Fact) -> tuple[Target, dict[str, Any]]:
    """The binding of a missed fact, held against the letter. Raises ValueError."""
    letter = next((x for x in book.letters if x.digest == target.digest), None)
    if letter is None:
        raise ValueError("Its letter is not part of this run.")
    found = texts.of(letter)
    if found.state is not TextState.HERE:
        raise ValueError("Its letter is not there as it was read.")
    if found.text[target.start : target.end] != target.quote:
        raise ValueError("The words do not stand there in the letter.")
    return book.addition(letter, made)
