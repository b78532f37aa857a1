"""Reading letters through: all that a letter says is answered or added, then it is closed.

A share of the letters is read by two, each without the other: only who has closed such a
letter sees what the other added to it, and says whether that is right.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import HTMLResponse

from extract.audit.book import Book, Item
from extract.audit.desk.access import Role, Session, Who
from extract.audit.desk.app import go
from extract.audit.desk.checking import At, Checker, Part, Text, Wanted, letter_of, made_of
from extract.audit.desk.queues import Filter
from extract.audit.desk.showing import Span, show_letter, spans_of
from extract.audit.texts import TextState
from extract.records import LetterRecord
from extract.store.reviews import Kind, Review, Target, Verdict, new_token
from extract.store.standing import Standing, State

router = APIRouter(default_response_class=HTMLResponse)

#: What the other reader can say of an added fact; another value is added as another fact.
OF_ADDED = (Verdict.RIGHT, Verdict.WRONG, Verdict.ABSENT, Verdict.UNSURE)


@router.get("/letters")
def letters(desk: At, who: Who) -> Response:
    """The letters drawn for reading through."""
    book = desk.book
    by_digest = {x.digest: x for x in book.letters}
    rows = []
    for record in map(by_digest.__getitem__, book.drawn):
        wanted = Filter("all", letter=book.letter_token(record))
        progress = desk.queues.progress(wanted, who.name)
        rows.append((record, wanted, progress, _state(book, record, who)))
    return desk.page("letters.html", who, rows=rows)


@router.get("/letters/{token}")
def letter(desk: At, who: Who, token: str) -> Response:
    """A whole letter, to be read through: its facts, and those that were missed."""
    record = letter_of(desk.book, token)
    items = sorted(desk.book.of_letter[record.letter_id], key=lambda item: item.fact.evidence.start)
    reads = who.role is Role.READER
    state = _state(desk.book, record, who)
    closed = state in {"complete", "to answer"}
    added = [
        standing
        for _, standing in desk.book.missed_in(record)
        if reads or who.name in standing.answers or (closed and standing.state is not State.PENDING)
    ]
    asked = _asked(desk.book, record, who)
    shown = (*added, *(standing for _, standing in asked))
    spans = [*spans_of(record), *(Span(s.target.start, s.target.end, now=True) for s in shown)]
    due = _unanswered(desk.book, items, who.name)
    return desk.page(
        "letter.html",
        who,
        record=record,
        token=token,
        patient_token=desk.book.patient_token(record.patient_id),
        letter=show_letter(desk.texts, record, spans),
        items=[(item, desk.queues.state_for(item, who.name)) for item in items],
        added=added,
        asked=asked,
        of_added=OF_ADDED,
        due=due,
        drawn=record.digest in desk.book.drawn,
        twice=desk.book.read_twice(record),
        closed=closed,
        may_check=not reads,
        last=desk.book.ledger.last_of(who.name),
    )


class Words:
    """The words of a letter that somebody selected, or typed."""

    def __init__(
        self,
        quote: Text = "",
        start: Annotated[int, Form(ge=-1, le=100_000_000)] = -1,
        end: Annotated[int, Form(ge=-1, le=100_000_000)] = -1,
    ) -> None:
        self.quote = quote.strip()
        self.start = start
        self.end = end

    def within(self, text: str) -> tuple[int, int]:
        """Where they stand. Raises HTTPException (400) where they do not."""
        start, end = self.start, self.end
        if not 0 <= start < end <= len(text):
            start = text.find(self.quote) if self.quote else -1
            end = start + len(self.quote)
        if start < 0:
            raise HTTPException(400, "Select the words in the letter that say it.")
        if end - start > 500:
            raise HTTPException(400, "Select only the words that say it.")
        return start, end


class Stated:
    """A fact that somebody adds."""

    def __init__(self, field: Part, value: Part, item: Part = "", comment: Text = "") -> None:
        self.key = (field.strip(), item.strip(), value.strip())
        self.comment = comment.strip()


@router.post("/letters/{token}/missed")
def missed(
    desk: At,
    who: Checker,
    wanted: Wanted,
    token: str,
    said: Annotated[Stated, Depends()],
    selected: Annotated[Words, Depends()],
    back: Part = "",
) -> Response:
    """Keep a fact that the program missed, with the words that say it."""
    record = letter_of(desk.book, token)
    found = desk.texts.of(record)
    if found.state is not TextState.HERE:
        raise HTTPException(409, "The letter is not there as it was read.")
    start, end = selected.within(found.text)
    made = made_of(found.text[start:end], start, end, said.key)
    if any(fact.key == made.key for fact in record.facts):
        raise HTTPException(400, "The letter has that fact already.")
    with desk.book.lock:
        target, shown = desk.book.addition(record, made)
        standing = desk.book.ledger.of(target.key)
        if standing and standing.locked(who.name):
            raise HTTPException(409, "Two have answered on that one already.")
        review = Review(
            new_token(), Kind.MISSED, who.name, target, None, made.key,
            said.comment, shown=shown, rules=desk.book.rules, role=who.role.value,
        )  # fmt: skip
        desk.book.add(review)
    at = desk.book.by_token.get(back)
    return go(f"/facts/{back}", wanted) if at else go(f"/letters/{token}")


@router.post("/letters/{token}/complete")
def complete(desk: At, who: Checker, token: str) -> Response:
    """Close a letter: everything in it was read, answered or added."""
    record = letter_of(desk.book, token)
    due = _unanswered(desk.book, desk.book.of_letter[record.letter_id], who.name)
    if due:
        raise HTTPException(409, f"{len(due)} of its facts have no answer of yours yet.")
    review = Review(
        new_token(), Kind.COMPLETE, who.name, Target(record.letter_id, record.digest),
        rules=desk.book.rules, role=who.role.value,
    )  # fmt: skip
    desk.book.add(review)
    return go(f"/letters/{token}" if _asked(desk.book, record, who) else "/letters")


@router.post("/letters/{token}/added/{added}")
def of_added(
    desk: At, who: Checker, token: str, added: str, verdict: Annotated[Verdict, Form()]
) -> Response:
    """Keep what a second reader says of a fact that the first one added."""
    record = letter_of(desk.book, token)
    if verdict not in OF_ADDED:
        raise HTTPException(400, "Add the fact as it should be instead.")
    with desk.book.lock:
        asked = dict(_asked(desk.book, record, who))
        if added not in asked:
            raise HTTPException(409, "That one is not yours to answer now.")
        review = Review(
            new_token(), Kind.ANSWER, who.name, asked[added].target, verdict,
            shown={"second": True}, rules=desk.book.rules, role=who.role.value,
        )  # fmt: skip
        desk.book.add(review)
    return go(f"/letters/{token}")


def _unanswered(book: Book, items: list[Item], who: str) -> list[Item]:
    found = []
    for item in items:
        standing = book.standing(item)
        if standing is None or (who not in standing.answers and standing.ruling is None):
            found.append(item)
    return found


def _asked(book: Book, record: LetterRecord, who: Session) -> list[tuple[str, Standing]]:
    """What another reader added and this one, having closed the letter too, now answers."""
    if who.name not in book.ledger.complete.get(record.digest, {}):
        return []
    return [
        (book.log.opaque("added", key), standing)
        for key, standing in book.missed_in(record)
        if standing.state is State.PENDING and who.name not in standing.answers
    ]


def _state(book: Book, record: LetterRecord, who: Session) -> str:
    """How far a letter has come for somebody."""
    closed = book.ledger.complete.get(record.digest, {})
    if who.name in closed:
        return "to answer" if _asked(book, record, who) else "complete"
    if who.role is Role.READER:
        return "complete" if closed else "open"
    others = bool(closed) and not (book.read_twice(record) and len(closed) == 1)
    return "read by another" if others else "open"
