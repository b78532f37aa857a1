"""Adjudication: what two reviewers say differently, side by side, and a ruling."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import HTMLResponse

from extract.audit.book import Book
from extract.audit.desk.access import Role, Session, may, see
from extract.audit.desk.app import go
from extract.audit.desk.checking import At, Part, Text
from extract.audit.desk.showing import Span, show_letter
from extract.records import LetterRecord
from extract.store.overlay import fact_of
from extract.store.reviews import Kind, Review, Verdict, new_token
from extract.store.standing import Standing, State

router = APIRouter(default_response_class=HTMLResponse)

Settler = Annotated[Session, Depends(may(Role.ADJUDICATOR))]
Looker = Annotated[Session, Depends(see(Role.ADJUDICATOR))]


@router.get("/disputes")
def disputes(desk: At, who: Looker) -> Response:
    """What waits for a ruling."""
    waiting = [
        (desk.book.log.opaque("dispute", key), standing)
        for key, standing in desk.book.ledger
        if standing.state is State.DISPUTED
    ]
    ruled = [
        (desk.book.log.opaque("dispute", key), standing)
        for key, standing in desk.book.ledger
        if standing.ruling is not None
    ]
    return desk.page("disputes.html", who, waiting=waiting, ruled=ruled)


@router.get("/disputes/{token}")
def dispute(desk: At, who: Looker, token: str) -> Response:
    """One dispute: both answers beside the letter."""
    standing = _standing(desk.book, token)
    target = standing.target
    record = _letter(desk.book, standing)
    span = Span(target.start, target.end, now=True)
    return desk.page(
        "dispute.html",
        who,
        token=token,
        standing=standing,
        letter=show_letter(desk.texts, record, [span]) if record else None,
        answers=list(standing.answers.values()),
        own=who.name in standing.answers,
        last=desk.book.ledger.last_of(who.name),
    )


@router.post("/disputes/{token}/rule")
def rule(
    desk: At,
    who: Settler,
    token: str,
    verdict: Annotated[Verdict, Form()],
    item: Part = "",
    value: Part = "",
    comment: Text = "",
) -> Response:
    """Keep a ruling; then the next dispute."""
    with desk.book.lock:
        standing = _standing(desk.book, token)
        target = standing.target
        if who.name in standing.answers:
            raise HTTPException(403, "Somebody who answered cannot settle it.")
        to: tuple[str, str, str] | None = None
        if verdict is Verdict.CORRECT:
            to = (target.field, item.strip(), value.strip())
            try:
                fact_of(target.quote, target.start, target.end, to)
            except ValueError as error:
                raise HTTPException(400, str(error)) from None
        first = next(iter(standing.answers.values()))
        review = Review(
            new_token(), Kind.RULING, who.name, target, verdict, to, comment.strip(),
            shown={"answers": [a.token for a in standing.answers.values()],
                   "fact": (first.shown or {}).get("fact")},
            rules=desk.book.rules, role=who.role.value,
        )  # fmt: skip
        desk.book.add(review)
    coming = next((s for _, s in desk.book.ledger if s.state is State.DISPUTED), None)
    if coming is None:
        return go("/disputes")
    return go(f"/disputes/{desk.book.log.opaque('dispute', coming.target.key)}")


def _standing(book: Book, token: str) -> Standing:
    for key, standing in book.ledger:
        if (standing.state is State.DISPUTED or standing.ruling) and (
            book.log.opaque("dispute", key) == token
        ):
            return standing
    raise HTTPException(404)


def _letter(book: Book, standing: Standing) -> LetterRecord | None:
    return next((x for x in book.letters if x.digest == standing.target.digest), None)
