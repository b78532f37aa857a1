"""The application: what all pages share. The pages themselves are in its neighbours."""

from __future__ import annotations

import gc
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Form, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from extract.audit.book import Book
from extract.audit.desk.access import COOKIE, Guarded, Role, Session, Sessions, honest, signed_in
from extract.audit.desk.pages import environment
from extract.audit.desk.queues import SHOW, Filter, Queues
from extract.audit.texts import Texts
from extract.errors import ExtractError

_SENTENCES = {
    400: "That cannot be done as asked.",
    401: "You are not signed in, or your session has ended. Ask for a new link.",
    403: "That may not be done.",
    404: "There is no such page.",
    405: "That cannot be done here.",
    409: "Somebody was faster: look again.",
    413: "That is too long.",
    422: "Something in the form will not do.",
}
_Short = Query(max_length=80)


class Desk:
    """What the pages work with.

    Args:
        book: the run that is audited.
        texts: its letters.
    """

    def __init__(self, book: Book, texts: Texts) -> None:
        self.book = book
        self.texts = texts
        self.queues = Queues(book)

    def warm(self) -> None:
        """Make now, and load now, what the first pages would wait for."""
        from extract.audit.report import report_values
        from extract.calculators.intervals import proportion

        self.queues.warm()
        proportion(1, 2)  # loads scipy
        report_values(self.book)
        # The book stays for good: the collector need not look through it again and again.
        gc.collect()
        gc.freeze()

    def page(
        self, template: str, who: Session | None, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """A page from its template."""
        html = environment().get_template(template).render(who=who, **values)
        return HTMLResponse(html, status)


def desk_of(request: Request) -> Desk:
    """The desk of a request, with what other processes have said meanwhile."""
    desk: Desk = request.app.state.desk
    desk.book.refresh()
    return desk


def filter_of(
    request: Request,
    show: Annotated[str, _Short] = "queue",
    field: Annotated[str, _Short] = "",
    reason: Annotated[str, _Short] = "",
    rule: Annotated[str, _Short] = "",
    patient: Annotated[str, _Short] = "",
    letter: Annotated[str, _Short] = "",
    found: Annotated[bool, Query()] = False,
) -> Filter:
    """The filter of a URL; with ``found``, also what the session last searched for."""
    show = show if show in SHOW else "queue"
    session = request.app.state.sessions.of(request.cookies.get(COOKIE)) if found else None
    return Filter(show, field, reason, rule, patient, letter, session.q if session else "")


def go(path: str, wanted: Filter | None = None) -> RedirectResponse:
    """To another page, after a form."""
    query = wanted.query if wanted else ""
    return RedirectResponse(f"{path}?{query}" if query else path, 303)


def create_app(
    book: Book, texts: Texts, *, hosts: tuple[str, ...] = (), secure: bool = False
) -> FastAPI:
    """The application over a book.

    Args:
        book: the run that is audited.
        texts: its letters.
        hosts: names it is reached by, beside those of this machine.
        secure: whether it is served with TLS.
    """
    from extract.audit.desk import checking, reading, settling, views

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, title="extract audit")
    app.state.desk = Desk(book, texts)
    app.state.sessions = Sessions()
    app.state.secure = secure
    for part in (checking, reading, settling, views):
        app.include_router(part.router)
    _add_sign_in(app)
    _add_problems(app)
    static = Path(str(files("extract.audit.desk").joinpath("static")))
    app.mount("/static", StaticFiles(directory=static), name="static")
    allowed = ["127.0.0.1", "localhost", *hosts]
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=allowed, www_redirect=False)
    app.add_middleware(Guarded, secure=secure)
    return app


def _add_sign_in(app: FastAPI) -> None:
    @app.get("/signin", response_class=HTMLResponse)
    def ask(request: Request, t: Annotated[str, Query(max_length=100)] = "") -> Response:
        """Looking at the link does not use it up: only the button does."""
        desk = desk_of(request)
        found = desk.book.log.spend_ticket(t, spend=False) if t else None
        if found is None:
            return desk.page("signin.html", None, status=401, name="", role="", ticket="")
        return desk.page("signin.html", None, name=found[0], role=found[1], ticket=t)

    @app.post("/signin", response_class=HTMLResponse)
    def enter(request: Request, t: Annotated[str, Form(max_length=100)] = "") -> Response:
        desk = desk_of(request)
        found = desk.book.log.spend_ticket(t) if t else None
        if found is None:
            return desk.page("signin.html", None, status=401, name="", role="", ticket="")
        sessions: Sessions = request.app.state.sessions
        sessions.end(request.cookies.get(COOKIE))
        answer = go("/")
        answer.set_cookie(
            COOKIE,
            sessions.begin(found[0], Role(found[1])),
            httponly=True,
            samesite="strict",
            secure=request.app.state.secure,
        )
        return answer

    @app.post("/signout", response_class=HTMLResponse)
    def leave(request: Request, csrf: Annotated[str, Form(max_length=100)] = "") -> Response:
        honest(signed_in(request), csrf)
        request.app.state.sessions.end(request.cookies.get(COOKIE))
        answer = go("/signin")
        answer.delete_cookie(COOKIE)
        return answer


def _add_problems(app: FastAPI) -> None:
    def problem(request: Request, status: int, sentence: str = "") -> Response:
        desk: Desk = request.app.state.desk
        who = request.app.state.sessions.of(request.cookies.get(COOKIE))
        said = sentence or _SENTENCES.get(status, "That did not work.")
        return desk.page("problem.html", who, status=status, sentence=said)

    @app.exception_handler(StarletteHTTPException)
    def refused(request: Request, error: StarletteHTTPException) -> Response:
        own = isinstance(error, HTTPException) and error.status_code in (400, 403, 409)
        plain = error.detail if own and error.detail.endswith(".") else ""
        return problem(request, error.status_code, plain)

    @app.exception_handler(RequestValidationError)
    def unusable(request: Request, _: RequestValidationError) -> Response:
        return problem(request, 422)

    @app.exception_handler(ExtractError)
    def failed(request: Request, error: ExtractError) -> Response:
        return problem(request, 503, " ".join(p.sentence() for p in error.problems))
