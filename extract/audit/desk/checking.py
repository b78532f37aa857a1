"""Checking facts: the queue, one fact with its letter, answers, undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import HTMLResponse

from extract.audit.book import Book, Item
from extract.audit.desk.access import Role, Session, Who, honest, may
from extract.audit.desk.app import Desk, desk_of, filter_of, go
from extract.audit.desk.queues import Filter
from extract.audit.desk.showing import others, show_letter, spans_of
from extract.records import Fact, LetterRecord
from extract.store.overlay import fact_of
from extract.store.reviews import Kind, Review, Verdict, new_token

router = APIRouter(default_response_class=HTMLResponse)

Wanted = Annotated[Filter, Depends(filter_of)]
At = Annotated[Desk, Depends(desk_of)]
Checker = Annotated[Session, Depends(may(Role.REVIEWER, Role.ADJUDICATOR))]
Text = Annotated[str, Form(max_length=2000)]
Part = Annotated[str, Form(max_length=200)]


@router.get("/")
def start(who: Who) -> Response:
    """To the queue, or for those who only read to the report."""
    return go("/report" if who.role is Role.READER else "/check")


@router.get("/check")
def check(desk: At, who: Who, wanted: Wanted) -> Response:
    """To the next fact that is due."""
    item = desk.queues.next(wanted, who.name)
    if item is None:
        progress = desk.queues.progress(wanted, who.name)
        return desk.page("done.html", who, wanted=wanted, progress=progress)
    return go(f"/facts/{item.token}", wanted)


@router.get("/facts/{token}")
def fact(desk: At, who: Who, wanted: Wanted, token: str) -> Response:
    """One fact, with its letter beside it."""
    item = item_of(desk.book, token)
    standing = desk.book.standing(item)
    before, behind = desk.queues.beside(wanted, item.place)
    # The one that comes next is read now, so that it is there at once.
    coming = desk.queues.next(wanted, who.name, item.place)
    if coming is not None:
        desk.texts.of(coming.letter)
    reads = who.role is Role.READER
    return desk.page(
        "fact.html",
        who,
        item=item,
        wanted=wanted,
        letter=show_letter(desk.texts, item.letter, spans_of(item.letter, item.fact)),
        letter_token=desk.book.letter_token(item.letter),
        patient_token=desk.book.patient_token(item.letter.patient_id),
        others=others(desk.book, item),
        mine=standing.answers.get(who.name) if standing else None,
        seen=_seen(desk.book, item, who),
        comments=[c for c in standing.comments if reads or c.reviewer == who.name]
        if standing
        else [],
        locked=bool(standing and standing.locked(who.name)),
        ruling=standing.ruling if standing else None,
        before=before,
        behind=behind,
        coming=coming,
        progress=desk.queues.progress(wanted, who.name),
        last=desk.book.ledger.last_of(who.name),
        may_check=not reads,
        error="",
    )


@router.post("/facts/{token}/answer")
def answer(
    desk: At,
    who: Checker,
    wanted: Wanted,
    token: str,
    verdict: Annotated[Verdict, Form()],
    item: Part = "",
    value: Part = "",
    comment: Text = "",
) -> Response:
    """Keep an answer; then the next fact."""
    asked = item_of(desk.book, token)
    target = asked.target
    to: tuple[str, str, str] | None = None
    if verdict is Verdict.CORRECT:
        to = (target.field, item.strip(), value.strip())
        made_of(target.quote, target.start, target.end, to)
        if to == asked.fact.key:
            raise HTTPException(400, "The correction is what was read: answer right, then.")
    with desk.book.lock:
        standing = desk.book.standing(asked)
        if standing and standing.locked(who.name):
            raise HTTPException(409, "Both have answered: an adjudicator settles this one.")
        review = Review(
            new_token(), Kind.ANSWER, who.name, target, verdict, to, comment.strip(),
            shown=asked.shown(), rules=desk.book.rules, role=who.role.value,
        )  # fmt: skip
        desk.book.add(review)
    coming = desk.queues.next(wanted, who.name, asked.place)
    return go(f"/facts/{coming.token}" if coming else "/check", wanted)


@router.post("/facts/{token}/comment")
def comment_on(desk: At, who: Checker, wanted: Wanted, token: str, comment: Text = "") -> Response:
    """Keep a remark, without an answer."""
    asked = item_of(desk.book, token)
    if comment.strip():
        review = Review(
            new_token(), Kind.COMMENT, who.name, asked.target, comment=comment.strip(),
            rules=desk.book.rules, role=who.role.value,
        )  # fmt: skip
        desk.book.add(review)
    return go(f"/facts/{token}", wanted)


@router.post("/undo")
def undo(desk: At, who: Checker, wanted: Wanted) -> Response:
    """Take back one's newest entry, and go to what it was about."""
    with desk.book.lock:
        last = desk.book.ledger.last_of(who.name)
        if last is None:
            return go("/check", wanted)
        review = Review(
            new_token(), Kind.UNDO, who.name, last.target, undoes=last.token,
            rules=desk.book.rules, role=who.role.value,
        )  # fmt: skip
        desk.book.add(review)
    item = desk.book.by_key.get(last.target.key)
    if item is not None:
        return go(f"/facts/{item.token}", wanted)
    letter = next((x for x in desk.book.letters if x.digest == last.target.digest), None)
    return go(f"/letters/{desk.book.letter_token(letter)}" if letter else "/check")


@router.post("/search")
def search(
    who: Annotated[Session, Depends(honest)], wanted: Wanted, q: Part = "", among: Part = ""
) -> Response:
    """Keep what was searched for in the session: it may be a name, so it stands in no URL."""
    who.q = q.strip()
    return go("/patients") if among == "patients" else go("/facts", replace(wanted, q=who.q))


def item_of(book: Book, token: str) -> Item:
    """A fact by its name in URLs. Raises HTTPException (404)."""
    item = book.by_token.get(token)
    if item is None:
        raise HTTPException(404)
    return item


def letter_of(book: Book, token: str) -> LetterRecord:
    """A letter by its name in URLs. Raises HTTPException (404)."""
    record = book.letter_tokens.get(token)
    if record is None:
        raise HTTPException(404)
    return record


def _seen(book: Book, item: Item, who: Session) -> list[Review]:
    standing = book.standing(item)
    if standing is None:
        return []
    if who.role is Role.READER:
        return list(standing.answers.values())
    return standing.seen_by(who.name)


def made_of(quote: str, start: int, end: int, to: tuple[str, str, str]) -> Fact:
    """A fact from what a reviewer gave. Raises HTTPException (400) where it is none."""
    try:
        return fact_of(quote, start, end, to)
    except ValueError as error:
        raise HTTPException(400, str(error)) from None
