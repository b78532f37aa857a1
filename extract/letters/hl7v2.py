"""HL7 version 2: documents (MDM) and reports (ORU), the text and what is packed in them.

One message is one letter: its text lines in order, each under the title of its report.
A file packed into the message is read by whichever reader knows it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from extract.errors import Code, Problem
from extract.letters.clean import tidy
from extract.letters.model import Identifier, Letter, Source, Stated
from extract.letters.numbers import identifier, iso_day
from extract.letters.options import ReadOptions
from extract.letters.plain import decode, why_not
from extract.letters.sheet import Sheet

_MESSAGE = re.compile(r"(?:\A|[\r\n\x0b\x1c])(?=MSH[^\w\s])")
_START = re.compile(rb"[\s\x0b]*(?:MSH|FHS|BHS)([^\w\s])([^\w\s])")
#: What holds letters: documents, and reports of observations.
_KINDS = frozenset({"MDM", "ORU"})
_SAFE = re.compile(r"[A-Z0-9]{3}(?:\^[A-Z0-9]{3})?")
_NUMERIC = frozenset({"NM", "SN"})
_WORDS = frozenset({"TX", "FT", "ST", "CE", "CWE", "CF"})
_NAMES = {
    "application": {"pdf": "pdf", "rtf": "rtf", "msword": "doc"},
    "image": {"tiff": "tif", "jpeg": "jpg", "png": "png"},
    "text": {"html": "html", "plain": "txt", "rtf": "rtf"},
}


class Hl7Messages:
    """The reader for HL7 version 2 messages, one or many in a file.

    Args:
        options: limits.
    """

    name = "hl7v2"

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """A message, batch or file header."""
        return 0.9 if _START.match(head.removeprefix(b"\xef\xbb\xbf")) else 0.0

    def read(self, source: Source) -> Iterator[Letter | Problem | Source]:
        """A letter a message, then what is packed in it."""
        data = source.data().lstrip(b"\x0b \r\n").replace(b"\x1c\r", b"\r").replace(b"\x0b", b"")
        decoded = decode(data)
        if decoded is None:
            yield source.problem(why_not(data))
            return
        text, encoding = decoded
        messages = [part for part in _MESSAGE.split(text) if part.startswith("MSH")]
        if not messages:
            yield source.problem(Code.NO_LETTER, "It holds no message.")
        used: set[str] = set()
        for number, message in enumerate(messages, start=1):
            try:
                read = _Message(message)
            except Exception:  # noqa: BLE001  (the library raises what it likes)
                yield source.problem(Code.DAMAGED, f"Message {number} cannot be parsed.")
                continue
            part = _part(read.document, number, used) if len(messages) > 1 else ""
            yield from read.letters(source, part, encoding)


def _part(document: str, number: int, used: set[str]) -> str:
    """What tells the letters of one file apart: the document's own number, once."""
    part = document if document and document not in used else f"{document}~{number}".strip("~")
    used.add(part)
    return part


class _Message:
    """One message, parsed."""

    def __init__(self, text: str) -> None:
        import hl7

        lines = [line.strip("\n") for line in re.split(r"\r\n?|\n", text)]
        self.parsed = hl7.parse("\r".join(line for line in lines if line.strip()) + "\r")
        self.separators = _Separators(text)
        self.kind = self.field("MSH", 9)
        self.document = _plain_id(self.field("TXA", 12).split("^")[0])

    def letters(
        self, source: Source, part: str, encoding: str
    ) -> Iterator[Letter | Problem | Source]:
        """The letter of the message and the files in it."""
        if self.kind[:3] not in _KINDS:
            kind = _SAFE.match(self.kind)
            yield source.problem(Code.NO_LETTER, f"A message {kind[0] if kind else 'of its kind'}.")
            return
        stated = self.stated(source)
        sheet = self.text()
        found = False
        if sheet.text().strip():
            found = True
            yield source.letter(
                sheet.text(),
                format=Hl7Messages.name,
                encoding=encoding,
                part=part,
                stated=stated,
                places=sheet.places,
            )
        for number, (name, content) in enumerate(self.files(), start=1):
            found = True
            label = f"{part}/file{number}" if part else f"file{number}"
            if content is None:
                yield source.problem(Code.DAMAGED, f"File {number} in it is not whole.")
            else:
                yield source.inside(f"{label}.{name}", content, stated=stated)
        if not found:
            yield source.problem(Code.EMPTY, "The message holds no text.")

    # --------------------------------------------------------------- its parts

    def segments(self, name: str) -> list[Any]:
        """The segments of a name, in order."""
        return [segment for segment in self.parsed if str(segment[0]) == name]

    def field(self, name: str, number: int) -> str:
        """A field of the first segment of a name; "" where there is none."""
        for segment in self.segments(name):
            return _field(segment, number)
        return ""

    def stated(self, source: Source) -> Stated:
        """What the message says beside its text: whose letter, of which day, who is named."""
        known = source.stated
        numbers: list[Identifier] = list(known.identifiers)
        for name, number in (("PID", 2), ("PID", 3), ("PID", 4)):
            for one in self.field(name, number).split(self.separators.repeat):
                parts = one.split(self.separators.component)
                authority = " ".join(parts[3:5])
                found = identifier(self.separators.unescape(parts[0]), authority)
                if found:
                    numbers.append(found)
        days = (("TXA", 4), ("OBR", 7), ("TXA", 6), ("OBR", 22), ("MSH", 7))
        day = next(filter(None, (iso_day(self.field(*place)) for place in days)), known.date)
        names = [self.field("PID", 5), self.field("PID", 9), self.field("PV1", 7)]
        people = (word for field in names for word in re.split(r"[\^~&\s]+", field))
        return Stated(
            known.patient,
            tuple(dict.fromkeys(numbers)),
            day,
            known.firm,
            tuple(dict.fromkeys((*known.names, *(tidy(w) for w in people if len(w) > 1)))),
        )

    def text(self) -> Sheet:
        """The lines of text, numbers and comments, in the order of the message."""
        sheet = Sheet()
        for index, segment in enumerate(self.parsed):
            name, where = str(segment[0]), f"segment {index + 1}"
            if name == "OBR" and self.kind.startswith("ORU"):
                title = self.said(_field(segment, 4))
                if title:
                    sheet.gap()
                    self._lines(sheet, title, where)
            elif name == "OBX":
                self._lines(sheet, self._observation(segment), where)
            elif name == "NTE":
                self._lines(sheet, self._unescaped(_field(segment, 3)), where)
        return sheet

    @staticmethod
    def _lines(sheet: Sheet, text: str | None, where: str) -> None:
        if text is None:
            return
        for line in text.split("\n"):
            sheet.add(line.rstrip(), where=where)
            sheet.new_line()

    def _observation(self, segment: Any) -> str | None:
        kind, value = _field(segment, 2), _field(segment, 5)
        if kind in _NUMERIC:
            sign = self.separators.component if kind == "SN" else "\0"
            number = " ".join(part for part in value.split(sign) if part)
            said = f"{self.said(_field(segment, 3))}: {number} {self.said(_field(segment, 6))}"
            return said.strip()
        if kind in ("CE", "CWE", "CF"):
            return f"{self.said(_field(segment, 3))}: {self.said(value)}"
        return self._unescaped(value) if kind in _WORDS or not kind else None

    def said(self, coded: str) -> str:
        """The words of a coded element, its code where it has none."""
        parts = coded.split(self.separators.component)
        words = parts[1] if len(parts) > 1 and parts[1] else parts[0]
        return self.separators.unescape(words)

    def _unescaped(self, value: str) -> str:
        lines = value.split(self.separators.repeat)
        return "\n".join(self.separators.unescape(line) for line in lines)

    def files(self) -> Iterator[tuple[str, bytes | None]]:
        """The files packed into the message: an extension and the bytes, None where broken."""
        for segment in self.segments("OBX"):
            if _field(segment, 2) != "ED":
                continue
            parts = _field(segment, 5).split(self.separators.component)
            parts += [""] * (5 - len(parts))
            extension = _extension(parts[1], parts[2])
            coded = parts[4] or parts[-1]
            if parts[3].lower() == "hex":
                yield extension, _decoded(bytes.fromhex, coded)
            elif parts[3].lower() == "a":
                yield extension, self.separators.unescape(coded).encode()
            else:
                yield extension, _decoded(_base64, coded)


class _Separators:
    """The characters that part a message, and what its escapes stand for."""

    def __init__(self, message: str) -> None:
        marks = re.match(r"MSH(.)([^\r\n]*?)\1", message)
        own = marks[2] if marks else ""
        self.field = marks[1] if marks else "|"
        # Those that a message leaves out have their usual characters.
        marks_of = own + "^~\\&"[len(own) :]
        self.component, self.repeat = marks_of[0], marks_of[1]
        self.escape, self.sub = marks_of[2], marks_of[3]
        said = re.escape(self.escape)
        self.pattern = re.compile(rf"{said}([^{said}\r\n]{{1,200}}){said}")

    def unescape(self, text: str) -> str:
        """``text`` with its escapes written out, lines broken where they say so."""
        if self.escape not in text:
            return text
        return self.pattern.sub(self._escape, text)

    def _escape(self, match: re.Match[str]) -> str:
        code = match[1]
        single = {
            "F": self.field,
            "S": self.component,
            "R": self.repeat,
            "E": self.escape,
            "T": self.sub,
            "H": "",
            "N": "",
        }
        if code in single:
            return single[code]
        if code.startswith((".br", ".sp", ".ce")):
            return "\n"
        if code.startswith((".in", ".ti", ".sk")):
            return " "
        if code.startswith((".fi", ".nf", "Z", "C", "M")):
            return ""
        if code.startswith("X"):
            try:
                data = bytes.fromhex(code[1:])
            except ValueError:
                return match[0]
            found = decode(data)
            return found[0] if found else "\n" if set(data) <= {10, 13} else ""
        return match[0]  # no escape: the sender did not escape a backslash


def _field(segment: Any, number: int) -> str:
    """A field as sent; "" where the segment ends before it."""
    return str(segment[number]) if number < len(segment) else ""


def _plain_id(text: str) -> str:
    return re.sub(r"[^\w.-]", "", text)[:80].strip(".")


def _extension(kind: str, subtype: str) -> str:
    subtype = subtype.lower().removeprefix("x-")
    kind = kind.lower()
    own = subtype if subtype.isalnum() and len(subtype) < 6 else "bin"
    return _NAMES.get(kind, {}).get(subtype, own)


def _base64(coded: str) -> bytes:
    return base64.b64decode(re.sub(r"\\\.br\\|\\X0[DA](?:0A)?\\|\s", "", coded), validate=True)


def _decoded(decoder: Any, coded: str) -> bytes | None:
    try:
        content: bytes = decoder(coded)
    except (ValueError, binascii.Error):
        return None
    return content or None
