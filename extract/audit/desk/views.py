"""Looking: facts as a list, patients, overview, what went stale, report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Response
from fastapi.responses import HTMLResponse

from extract.audit.apply import apply_reviews, judged, patterns_of
from extract.audit.book import Book, names_of
from extract.audit.desk.access import Role, Session, Who, may
from extract.audit.desk.app import Desk, go
from extract.audit.desk.checking import At, Wanted
from extract.audit.desk.queues import Filter
from extract.audit.report import report_values
from extract.records import LetterRecord, PatientRecord, Source
from extract.store.overlay import overlay
from extract.store.reviews import Target
from extract.store.standing import Standing

router = APIRouter(default_response_class=HTMLResponse)

PAGE = 50
Writer = Annotated[Session, Depends(may(Role.REVIEWER, Role.ADJUDICATOR))]
Page = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get("/facts")
def facts(desk: At, who: Who, wanted: Wanted, page: Page = 1) -> Response:
    """The facts of a filter, as a list."""
    wanted = replace(wanted, q=who.q)
    chosen = desk.queues.chosen(wanted).items
    last = max(1, -(-len(chosen) // PAGE))
    page = min(page, last)
    rows = [
        (item, desk.queues.state_for(item, who.name))
        for item in chosen[(page - 1) * PAGE : page * PAGE]
    ]
    return desk.page(
        "facts.html", who, wanted=wanted, rows=rows, total=len(chosen), page=page,
        last=last, progress=desk.queues.progress(wanted, who.name),
    )  # fmt: skip


@router.get("/overview")
def overview(desk: At, who: Who) -> Response:
    """By field, by reason code and by rule: how much there is, and how far it is checked."""
    tables = [
        ("field", "By field", _tally(desk, who, "field")),
        ("reason", "By reason code", _tally(desk, who, "reason")),
        ("rule", "By rule", _tally(desk, who, "rule")),
    ]
    return desk.page("overview.html", who, tables=tables)


@router.get("/patients")
def patients(desk: At, who: Who, page: Page = 1) -> Response:
    """All patients, with what asks for a look."""
    q = who.q.lower()
    found = [p for p in desk.book.finished.patients if not q or q in p.patient_id.lower()]
    last = max(1, -(-len(found) // PAGE))
    page = min(page, last)
    rows = [
        (p, desk.book.patient_token(p.patient_id)) for p in found[(page - 1) * PAGE : page * PAGE]
    ]
    return desk.page(
        "patients.html", who, rows=rows, page=page, last=last, total=len(found), q=who.q
    )


@router.get("/patients/{token}")
def patient(desk: At, who: Who, token: str) -> Response:
    """One patient, built again with the reviews that the reader of the page may see."""
    book = desk.book
    name = book.patient_tokens.get(token)
    if name is None:
        raise HTTPException(404)
    own = [letter for letter in book.letters if letter.patient_id == name]
    laid = overlay(own, visible(book, who))
    run = book.finished.run
    (built,) = judged(laid.records, book.finished.criteria, patterns_of(run))
    return desk.page(
        "patient.html",
        who,
        patient=built,
        token=token,
        links=_links(book, built, laid.records),
        letter_tokens={x.letter_id: book.letter_token(x) for x in own},
        changed=sum(laid.counts.values()),
    )


@router.get("/stale")
def stale(desk: At, who: Who) -> Response:
    """Reviews of facts that are no longer as they were; kept, and not applied."""
    reads = who.role is Role.READER
    rows = [
        (standing, why, [r for r in standing.answers.values() if reads or r.reviewer == who.name])
        for standing, why in desk.book.stale()
        if reads or who.name in standing.answers
    ]
    return desk.page("stale.html", who, rows=rows)


@router.get("/report")
def report(desk: At, who: Who) -> Response:
    """The audit report, to be printed."""
    return desk.page("report_page.html", who, **report_values(desk.book))


@router.post("/apply")
def apply(desk: At, who: Writer) -> Response:  # noqa: ARG001  (who may, not who)
    """Lay what stands over the outputs, and write them again."""
    with desk.book.lock:
        apply_reviews(desk.book.out)
    return go("/report")


# ------------------------------------------------------------------ inside


def visible(book: Book, who: Session) -> Iterator[tuple[str, Standing]]:
    """What stands, as far as somebody may know it: a reviewer, where they answered too."""
    for key, standing in book.ledger:
        if who.role is Role.READER or standing.ruling or who.name in standing.answers:
            yield key, standing


def _tally(desk: Desk, who: Session, by: str) -> list[tuple[str, int, int, int, str]]:
    """Name, facts, those to check, those done, and the query that shows them."""
    found = desk.book.tally[by]
    done: Counter[str] = Counter()
    everything = Filter()
    for item, _ in desk.book.reviewed():
        if (item.flagged or item.sampled) and not desk.queues.is_due(item, everything, who.name):
            done.update(names_of(item, by))
    order = sorted(found.total, key=lambda name: (-found.to_check[name], name))
    return [
        (name, found.total[name], found.to_check[name], done[name], _query(by, name))
        for name in order
    ]


def _query(by: str, name: str) -> str:
    match by:
        case "field":
            return Filter(field=name).query
        case "reason":
            return Filter(reason=name).query
        case _:
            return Filter(rule=name).query


def _links(
    book: Book, patient: PatientRecord, records: tuple[LetterRecord, ...]
) -> dict[Source, tuple[str, str]]:
    """For each source of a patient: the page of its fact, and the words it quotes."""
    facts = {(r.letter_id, f.key): (r, f) for r in records for f in r.facts}
    found: dict[Source, tuple[str, str]] = {}
    judged_by = patient.eligibility.criteria if patient.eligibility else ()
    sources = [
        *(s for c in judged_by for s in c.sources),
        *(s for event in patient.timeline for s in event.sources),
        *(s for c in patient.conflicts for r in c.readings for s in r.sources),
    ]
    for source in sources:
        held = facts.get((source.letter_id, (source.field.value, source.item, source.value)))
        if held is None:
            continue
        record, fact = held
        read = fact.machine if fact.machine is not None else fact
        item = book.by_token.get(
            book.log.opaque("fact", f"{record.letter_id}\x1f{Target.of(record, read).key}")
        )
        url = f"/facts/{item.token}" if item else f"/letters/{book.letter_token(record)}"
        found[source] = (url, fact.evidence.quote)
    return found
