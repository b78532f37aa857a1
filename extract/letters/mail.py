"""E-mail: the message's own words as a letter, and every attachment as a file inside.

Pictures that only decorate the message are passed over, and so are signatures; a message
that is forwarded whole is read as a message of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from email.utils import getaddresses
from pathlib import PurePath
from typing import Any

from extract.errors import Code, Problem
from extract.letters.clean import tidy, unsafe_name
from extract.letters.identity import find_identifiers
from extract.letters.model import Letter, Source, Stated
from extract.letters.options import ReadOptions
from extract.letters.plain import decode
from extract.letters.webpage import write_page

_HEADER = re.compile(rb"(?:[A-Za-z][\w-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
#: What a machine writes and a person who types "From: ... To: ..." does not.
_SENT = re.compile(rb"^(?:Message-ID|MIME-Version|Received|Return-Path|X-MS-[\w-]+):", re.I | re.M)
_LOCKED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_PASSED = frozenset(
    {
        "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
        "text/calendar", "text/vcard", "text/x-vcard", "message/delivery-status",
        "message/disposition-notification",
    }
)  # fmt: skip
_PARTS = 2000


class Mail:
    """The reader for e-mail messages (RFC 5322, files named .eml).

    Args:
        options: limits.
    """

    name = "email"
    opens = True

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """Header lines, one of them of the kind that only a mail program writes."""
        head = head.removeprefix(b"\xef\xbb\xbf")
        found = _HEADER.match(head)
        return 0.8 if found and _SENT.search(found[0]) else 0.0

    def read(self, source: Source) -> Iterator[Letter | Problem | Source]:
        """The message, then what is attached to it."""
        message: Any = BytesParser(policy=default).parsebytes(source.data())
        parts = _Parts()
        parts.gather(message)
        if parts.locked:
            yield source.problem(Code.ENCRYPTED)
        if parts.cut:
            yield source.problem(Code.DAMAGED, "The message ends before its last part does.")
            return
        stated = _stated(source, message)
        letter = _body(source, parts.body, stated)
        empty = not letter.text.strip()
        if not empty:
            yield letter
        # What is attached is of another day than the message that brings it.
        inner = Stated(stated.patient, stated.identifiers, names=stated.names)
        used: set[str] = set()
        for number, part in enumerate(parts.attached, start=1):
            content = _content(part)
            if content is not None:
                yield source.inside(_name(part, number, used), content, stated=inner)
        if empty and not parts.attached and not parts.locked:
            yield source.problem(Code.EMPTY)


@dataclass
class _Parts:
    """The parts of a message: its own words, and what is attached."""

    body: list[EmailMessage] = field(default_factory=list)
    attached: list[EmailMessage] = field(default_factory=list)
    locked: bool = False
    cut: bool = False
    count: int = 0

    def gather(self, part: EmailMessage, *, related: bool = False) -> None:
        """Sort a part and those in it. Raises RecursionError where they lie too deep."""
        self.count += 1
        if self.count > _PARTS:
            raise RecursionError
        kind = part.get_content_type()
        if kind in _LOCKED:
            self.locked = True
        elif kind == "message/rfc822":
            self.attached.append(part)
        elif part.is_multipart():
            self.cut = self.cut or any("Boundary" in type(each).__name__ for each in part.defects)
            self._several(part, kind)
        elif kind in _PASSED or (related and kind.startswith("image/")):
            return
        elif kind in ("text/plain", "text/html") and not _is_file(part):
            self.body.append(part)
        else:
            self.attached.append(part)

    def _several(self, part: EmailMessage, kind: str) -> None:
        inner: list[Any] = list(part.iter_parts())
        if kind == "multipart/alternative":
            # The same words several times: the plainest that is there.
            kinds = [each.get_content_type() for each in inner]
            plain = next((k for k, each in enumerate(inner) if kinds[k] == "text/plain"), None)
            if plain is not None and _words(inner[plain]).strip():
                others = [each for each in inner if each.is_multipart()]
                self.gather(inner[plain])
                for each in others:
                    self._attachments(each)
                return
            for each in inner:
                if each.get_content_type() != "text/plain":
                    self.gather(each)
            return
        for each in inner:
            self.gather(each, related=kind == "multipart/related")

    def _attachments(self, part: EmailMessage) -> None:
        """What is attached inside a rendering that is not read."""
        kept = self.body
        self.body = []
        self.gather(part)
        self.body = kept


def _is_file(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _bytes(part: EmailMessage) -> bytes:
    found: Any = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _words(part: EmailMessage) -> str:
    """The text of a part, whatever its charset is called."""
    data = _bytes(part)
    name = part.get_content_charset() or ""
    try:
        if name and name not in ("us-ascii", "iso-8859-1"):
            return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        pass
    decoded = decode(data)
    return decoded[0] if decoded else data.decode("latin-1")


def _body(source: Source, parts: list[EmailMessage], stated: Stated) -> Letter:
    if len(parts) == 1 and parts[0].get_content_type() == "text/html":
        sheet = write_page(_words(parts[0]))
        return source.letter(sheet.text(), format=Mail.name, stated=stated, places=sheet.places)
    texts = []
    for part in parts:
        words = _words(part).replace("\r\n", "\n")
        if part.get_content_type() == "text/html":
            words = write_page(words).text()
        elif str(part.get_param("format")).lower() == "flowed":
            words = _unfolded(words, stuffed=str(part.get_param("delsp")).lower() == "yes")
        texts.append(words)
    return source.letter("\n".join(texts), format=Mail.name, stated=stated)


def _unfolded(text: str, *, stuffed: bool) -> str:
    """Lines that a mail program broke, whole again (RFC 3676)."""
    text = re.sub(r"^ (?=[ >]|From )", "", text, flags=re.MULTILINE)
    blank = "" if stuffed else " "
    return re.sub(r"(?<!^--)(?<!\n--) \n(?![>\n])", blank, text)


def _stated(source: Source, message: Any) -> Stated:
    known = source.stated
    subject = tidy(str(message["subject"] or ""))
    numbers = (*known.identifiers, *find_identifiers(subject))
    sent: Any = getattr(message["date"], "datetime", None)
    day = sent.date().isoformat() if isinstance(sent, datetime) else ""
    headers = [str(message[name] or "") for name in ("from", "to", "cc")]
    names = [
        tidy(word)
        for name, address in getaddresses(headers)
        for word in re.split(r"[\s,.@]+", name or address.partition("@")[0])
        if len(word) > 2
    ]
    return Stated(
        known.patient,
        tuple(dict.fromkeys(numbers)),
        known.date or day,
        known.firm,
        tuple(dict.fromkeys((*known.names, *names))),
    )


def _name(part: EmailMessage, number: int, used: set[str]) -> str:
    """A name for an attachment: its own where it has a harmless one, each once."""
    own = tidy(part.get_filename() or "").replace("\\", "/").rpartition("/")[2].strip()
    if not own or unsafe_name(own) or own.strip(".") == "":
        own = f"part{number}.{'eml' if part.get_content_type() == 'message/rfc822' else 'bin'}"
    name = own if own not in used else f"{number}-{own}"
    used.add(name)
    return name


def _content(part: EmailMessage) -> bytes | None:
    if part.get_content_type() == "message/rfc822":
        inner: Any = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner else None
    return _bytes(part)
