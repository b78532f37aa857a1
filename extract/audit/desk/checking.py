"""Checking facts: the queue, one fact with its letter, answers, additions, undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import HTMLResponse

from extract.audit.book import Book, Item
from extract.audit.desk.access import Role, Session, Who, honest, may
from extract.audit.desk.app import Desk, desk_of, filter_of, go
from extract.audit.desk.queues import Filter
from extract.audit.desk.showing import Span, others, show_letter, spans_of
from extract.audit.texts import TextState
from extract.records import Fact, LetterRecord
from extract.store.overlay import fact_of
from extract.store.reviews import Kind, Review, Target, Verdict, new_token

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
        _made(target.quote, target.start, target.end, to)
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


@router.get("/letters/{token}")
def letter(desk: At, who: Who, token: str) -> Response:
    """A whole letter, to be read through: its facts, and those that were missed."""
    record = letter_of(desk.book, token)
    items = sorted(desk.book.of_letter[record.letter_id], key=lambda item: item.fact.evidence.start)
    reads = who.role is Role.READER
    by = desk.book.ledger.complete.get(record.digest, {})
    added = [
        standing
        for _, standing in desk.book.missed_in(record)
        if reads or who.name in standing.answers
    ]
    spans = [*spans_of(record), *(Span(s.target.start, s.target.end, now=True) for s in added)]
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
        due=due,
        drawn=record.digest in desk.book.drawn,
        closed=who.name in by or (reads and bool(by)),
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
    made = _made(found.text[start:end], start, end, said.key)
    if any(fact.key == made.key for fact in record.facts):
        raise HTTPException(400, "The letter has that fact already.")
    review = Review(
        new_token(), Kind.MISSED, who.name, Target.of(record, made), None, made.key,
        said.comment, shown={"second": False}, rules=desk.book.rules, role=who.role.value,
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
    return go("/letters")


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


def _unanswered(book: Book, items: list[Item], who: str) -> list[Item]:
    found = []
    for item in items:
        standing = book.standing(item)
        if standing is None or (who not in standing.answers and standing.ruling is None):
            found.append(item)
    return found


def _seen(book: Book, item: Item, who: Session) -> list[Review]:
    standing = book.standing(item)
    if standing is None:
        return []
    if who.role is Role.READER:
        return list(standing.answers.values())
    return standing.seen_by(who.name)


def _made(quote: str, start: int, end: int, to: tuple[str, str, str]) -> Fact:
    try:
        return fact_of(quote, start, end, to)
    except ValueError as error:
        raise HTTPException(400, str(error)) from None
