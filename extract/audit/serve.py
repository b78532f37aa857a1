"""Serving the desk: on this machine alone, unless asked otherwise with TLS."""

from __future__ import annotations

import getpass
import ipaddress
import os
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.archive import RunSettings
from extract.audit.book import Book
from extract.audit.desk.access import Role, new_ticket
from extract.audit.sampling import Plan
from extract.audit.texts import Texts
from extract.errors import Code, ExtractError, Problem
from extract.store.reviews import ReviewLog

_NAME = re.compile(r"[^\W\d_][\w .'\-]{0,59}")


@dataclass(frozen=True, slots=True)
class Serving:
    """How the desk is served.

    Attributes:
        host: the address it listens on.
        port: 0 takes a free one.
        certificate: of TLS, with its key; needed for any host but this machine.
        key: the key of the certificate.
        letters: where the letters lie now, if not where the run read them.
    """

    host: str = "127.0.0.1"
    port: int = 8321
    certificate: Path | None = None
    key: Path | None = None
    letters: Path | None = None

    @property
    def secure(self) -> bool:
        """Whether it is served with TLS."""
        return self.certificate is not None and self.key is not None

    def checked(self) -> Serving:
        """The same.

        Raises:
            ExtractError: it would be open to the network without TLS, or a file is missing.
        """
        for path in (self.certificate, self.key):
            if path is not None and not path.is_file():
                raise ExtractError(Problem(str(path), Code.PATH_MISSING, "There is no such file."))
        if not _is_loopback(self.host) and not self.secure:
            detail = (
                "Letters would cross the network in the clear: give --tls-cert and --tls-key, "
                "or leave out --host."
            )
            raise ExtractError(Problem("--host", Code.SETTINGS, detail))
        return self


def reviewer(said: str) -> tuple[str, Role]:
    """A name with its role, from ``Ann`` or ``Ann=adjudicator``.

    Raises:
        ExtractError: (``bad_settings``) the name or the role will not do.
    """
    name, _, role = (part.strip() for part in said.partition("="))
    if not _NAME.fullmatch(name):
        detail = "A reviewer's name begins with a letter and has at most 60 of them."
        raise ExtractError(Problem("--reviewer", Code.SETTINGS, detail))
    if role and role not in set(Role):
        known = ", ".join(Role)
        raise ExtractError(Problem("--reviewer", Code.SETTINGS, f"The roles are {known}."))
    return name, Role(role or Role.REVIEWER)


def somebody() -> str:
    """The name of whoever runs this, for a link where none is given."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = ""
    return name if _NAME.fullmatch(name) else "reviewer"


def letters_of(book: Book, named: Path | None) -> Texts:
    """The letters of a run.

    Raises:
        ExtractError: (``path_missing``) they are not where the run read them;
            (``bad_settings``) the run knows them by pseudonyms only.
    """
    settings = book.finished.run.get("settings", {})
    if settings.get("pseudonymise"):
        detail = (
            "The run was made with --pseudonymise, so no letter can be found for a fact: "
            "audit a run of the same letters without it."
        )
        raise ExtractError(Problem(str(book.out), Code.SETTINGS, detail))
    root = named or Path(str(settings.get("letters", "")))
    if not root.exists():
        detail = "The letters are not where the run read them; say where with --letters."
        raise ExtractError(Problem(str(root), Code.PATH_MISSING, detail))
    try:
        read = RunSettings.checked(**settings)
    except (ExtractError, TypeError):  # the run of another version: its letters may still do
        return Texts(root)
    return Texts(root, read.max_bytes, read.setup.options)


def links(log: ReviewLog, people: Sequence[tuple[str, Role]], base: str) -> list[tuple[str, str]]:
    """For each reviewer a link that signs in once."""
    return [
        (f"{name}, {role.value}", f"{base}/signin?t={new_ticket(log, name, role)}")
        for name, role in people
    ]


def serve(
    out: Path,
    serving: Serving,
    people: Sequence[tuple[str, Role]],
    plan: Plan | None,
    tell: Callable[[str], None],
) -> None:
    """Serve the desk until it is stopped.

    Raises:
        ExtractError: it cannot be served as asked.
    """
    import uvicorn

    from extract.audit.desk.app import create_app

    serving.checked()
    book = Book(out, plan)
    texts = letters_of(book, serving.letters)
    listening = _listen(serving)
    port = listening.getsockname()[1]
    scheme = "https" if serving.secure else "http"
    base = f"{scheme}://{serving.host}:{port}"
    _remember(out, base)
    app = create_app(book, texts, hosts=(serving.host,), secure=serving.secure)
    threading.Thread(target=app.state.desk.warm, daemon=True).start()
    for who, link in links(book.log, people, base):
        tell(f"{who}: {link}")
    tell("Each link works once, for half an hour. Stop with Ctrl+C.")
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        server_header=False,
        ssl_certfile=serving.certificate,
        ssl_keyfile=serving.key,
        h11_max_incomplete_event_size=32_768,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


def base_of(out: Path) -> str:
    """Where the desk of an out folder was last served.

    Raises:
        ExtractError: (``bad_settings``) it never was.
    """
    path = out / ADDRESS
    if not path.is_file():
        detail = "Its desk was never opened: links lead nowhere. Open it: extract audit OUT."
        raise ExtractError(Problem(str(out), Code.SETTINGS, detail))
    return path.read_text(encoding="utf-8").strip()


#: Keeps the desk's last address in the out folder, for ``audit link``.
ADDRESS = ".audit-address"


def _remember(out: Path, base: str) -> None:
    (out / ADDRESS).write_text(f"{base}\n", encoding="utf-8")


def _listen(serving: Serving) -> socket.socket:
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((serving.host, serving.port))
    except OSError as error:
        listening.close()
        detail = f"It cannot be served there ({type(error).__name__}); try another --port."
        raise ExtractError(Problem("--port", Code.SETTINGS, detail)) from None
    return listening


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
