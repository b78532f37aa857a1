"""Who may: sign-in by a link that works once, sessions that expire, roles, forged requests."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Form, HTTPException, Request, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extract.store.reviews import ReviewLog

COOKIE = "extract_audit"
TICKET_MINUTES = 30
IDLE_SECONDS = 60 * 60
LONGEST_SECONDS = 10 * 60 * 60
#: No form of the desk is longer.
MOST_BYTES = 100_000

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Role(StrEnum):
    """What somebody may do."""

    REVIEWER = "reviewer"
    ADJUDICATOR = "adjudicator"
    READER = "reader"


@dataclass(slots=True)
class Session:
    """Somebody who signed in.

    Attributes:
        name: under which reviews are kept.
        role: what they may do.
        csrf: what every form must bring back.
        q: what they last searched for; kept here so that it stands in no URL.
    """

    name: str
    role: Role
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    q: str = ""
    began: float = field(default_factory=time.monotonic)
    seen: float = field(default_factory=time.monotonic)

    @property
    def expired(self) -> bool:
        """Whether it is too old, or was left alone for too long."""
        now = time.monotonic()
        return now - self.began > LONGEST_SECONDS or now - self.seen > IDLE_SECONDS


class Sessions:
    """The sessions of this server; they end with it."""

    def __init__(self) -> None:
        self._held: dict[str, Session] = {}
        self._lock = threading.Lock()

    def begin(self, name: str, role: Role) -> str:
        """A new session; the value of its cookie, which is kept nowhere."""
        cookie = secrets.token_urlsafe(32)
        with self._lock:
            self._held = {k: s for k, s in self._held.items() if not s.expired}
            self._held[_hash(cookie)] = Session(name, role)
        return cookie

    def of(self, cookie: str | None) -> Session | None:
        """The session of a cookie, if it is good."""
        with self._lock:
            session = self._held.get(_hash(cookie)) if cookie else None
            if session is None or session.expired:
                return None
            session.seen = time.monotonic()
            return session

    def end(self, cookie: str | None) -> None:
        """Sign out."""
        with self._lock:
            self._held.pop(_hash(cookie or ""), None)


def new_ticket(log: ReviewLog, name: str, role: Role) -> str:
    """A ticket that lets its holder sign in once, within half an hour."""
    ticket = secrets.token_urlsafe(24)
    expires = datetime.now(UTC) + timedelta(minutes=TICKET_MINUTES)
    log.add_ticket(ticket, name, role.value, expires)
    return ticket


def signed_in(request: Request) -> Session:
    """The session of a request.

    Raises:
        HTTPException: 401 where there is none.
    """
    sessions: Sessions = request.app.state.sessions
    session = sessions.of(request.cookies.get(COOKIE))
    if session is None:
        raise HTTPException(401)
    return session


Who = Annotated[Session, Depends(signed_in)]


def honest(who: Who, csrf: Annotated[str, Form(max_length=100)] = "") -> Session:
    """The session of a form that this desk itself had shown.

    Raises:
        HTTPException: 401 without a session; 403 where the form came from elsewhere.
    """
    if not hmac.compare_digest(csrf.encode(), who.csrf.encode()):
        raise HTTPException(403, "The form was not shown by this desk, or is too old.")
    return who


def may(*roles: Role) -> Callable[..., Session]:
    """The session of an honest form from somebody of one of these roles."""

    def checked(who: Annotated[Session, Depends(honest)]) -> Session:
        if who.role not in roles:
            raise HTTPException(403, f"A {who.role.value} may not do that.")
        return who

    return checked


def see(*roles: Role) -> Callable[..., Session]:
    """The session of somebody of one of these roles, for looking."""

    def checked(who: Who) -> Session:
        if who.role not in roles:
            raise HTTPException(403, f"A {who.role.value} may not see that.")
        return who

    return checked


class Guarded:
    """Around the application: headers, the size of forms, and where a request came from."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers(scope["path"])]
            await send(message)

        status = _refused(scope)
        if status:
            await Response(status_code=status)(scope, receive, sending)
            return
        await self.app(scope, _limited(receive), sending)

    def _headers(self, path: str) -> list[tuple[bytes, bytes]]:
        kept = "no-cache" if path.startswith("/static/") else "no-store"
        named = {**HEADERS, "Cache-Control": kept}
        if self.secure:
            named["Strict-Transport-Security"] = "max-age=31536000"
        return [(name.lower().encode(), value.encode()) for name, value in named.items()]


def _refused(scope: Scope) -> int:
    """The status for a request that is not even looked at; 0 for others."""
    if scope["method"] in {"GET", "HEAD"}:
        return 0
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if headers.get("content-length", "0").isdigit():
        if int(headers.get("content-length", "0")) > MOST_BYTES:
            return 413
    else:
        return 400
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return 403
    origin = headers.get("origin", "")
    if origin and urlsplit(origin).netloc != headers.get("host"):
        return 403
    return 0


def _limited(receive: Receive) -> Callable[[], Awaitable[Message]]:
    taken = 0

    async def receiving() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            return {"type": "http.disconnect"}
        return message

    return receiving


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
