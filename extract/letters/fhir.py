"""FHIR R4 as JSON: documents, reports and compositions, alone, in bundles or a line each.

Read leniently, field by field: a resource with one element too many still holds its
letter. Resources that are no letters (patients, observations) lend what they know of whose
letter it is and are otherwise passed over.
"""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from extract.errors import Code, ExtractError, Problem
from extract.letters.clean import tidy
from extract.letters.model import Identifier, Letter, Source, Stated, too_large
from extract.letters.numbers import identifier, iso_day
from extract.letters.options import ReadOptions
from extract.letters.plain import decode
from extract.letters.pulse import alive
from extract.letters.webpage import write_page

_RESOURCE = re.compile(rb'\s*\{.{0,4000}?"resourceType"\s*:\s*"[A-Z]', re.DOTALL)
_LINE = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
#: Renderings of one document, the one that keeps most of its text first.
_BEST = ("text/plain", "text/html", "application/xhtml+xml", "application/vnd.openxml", "text/rtf",
         "application/rtf", "application/pdf", "image/")  # fmt: skip
_ENDINGS = {
    "plain": "txt",
    "html": "html",
    "rtf": "rtf",
    "pdf": "pdf",
    "jpeg": "jpg",
    "tiff": "tif",
}
_WRONG = frozenset({"entered-in-error", "cancelled"})

Resource = dict[str, Any]


class Fhir:
    """The reader for FHIR R4 JSON: resources, bundles, and files with a resource a line.

    Args:
        options: limits.
    """

    name = "fhir"
    streams = True

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """A JSON object that names its resource type."""
        return 0.8 if _RESOURCE.match(head.removeprefix(b"\xef\xbb\xbf")) else 0.0

    def read(self, source: Source) -> Iterator[Letter | Problem | Source]:
        """The letters of all resources in the file."""
        known = _Known(whole=source.size() <= source.max_bytes)
        found = False
        try:
            for resource in _resources(source):
                known.learn(resource)
            single = known.count == 1
            for resource in _resources(source):
                alive()
                for item in _Document(source, resource, known, single).read():
                    found = True
                    yield item
        except (ValueError, UnicodeDecodeError):
            yield source.problem(Code.DAMAGED, "It is no whole JSON document.")
            return
        if not found:
            yield source.problem(Code.NO_LETTER, "None of its resources holds a letter.")


def _resources(source: Source) -> Iterator[Resource]:
    """Every resource of the file, those in bundles and in other resources included."""
    if _LINE.match(source.head()):
        with source.open() as stream:
            while line := stream.readline(source.max_bytes + 1):
                if len(line) > source.max_bytes:
                    raise ExtractError(source.problem(Code.TOO_LARGE, too_large(source.max_bytes)))
                if line.strip():
                    yield from _inside(json.loads(line.decode("utf-8-sig")), "")
    else:
        yield from _inside(json.loads(source.data().decode("utf-8-sig")), "")


def _inside(resource: Any, url: str) -> Iterator[Resource]:
    if not isinstance(resource, dict):
        return
    if resource.get("resourceType") == "Bundle":
        for entry in _list(resource, "entry"):
            yield from _inside(entry.get("resource"), _text(entry, "fullUrl"))
    else:
        yield {**resource, "_url": url}


# ------------------------------------------------- JSON of which nothing is sure


def _dict(holder: Any, name: str) -> Resource:
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, dict) else {}


def _list(holder: Any, name: str) -> list[Resource]:
    value = holder.get(name) if isinstance(holder, dict) else None
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(holder: Any, *names: str) -> str:
    """The text at a path of names; "" where there is none."""
    for name in names[:-1]:
        holder = _dict(holder, name)
    value = holder.get(names[-1]) if isinstance(holder, dict) else None
    return value if isinstance(value, str) else ""


# --------------------------------------------------------------------- context


@dataclass
class _Known:
    """What the resources of a file say of each other.

    Files that lie beside their documents are kept where the whole file fits the memory.
    """

    whole: bool
    count: int = 0
    patients: dict[str, Resource] = field(default_factory=dict)
    binaries: dict[str, Resource] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)

    def learn(self, resource: Resource) -> None:
        """Remember a patient or a file, and which file is part of a document."""
        kind = _text(resource, "resourceType")
        self.count += kind in _LETTERS
        if kind == "Patient":
            self.patients.update(dict.fromkeys(_names(resource), resource))
        elif kind == "Binary" and self.whole:
            self.binaries.update(dict.fromkeys(_names(resource), resource))
        for content in _list(resource, "content"):
            self.used.add(_text(content, "attachment", "url"))

    def part(self, resource: Resource) -> str:
        """What tells the letters of the file apart: the resource's id, once."""
        own = re.sub(r"[^\w.-]", "", _text(resource, "id"))[:80].strip(".")
        part = own or _text(resource, "resourceType").lower()
        while part in self.parts:
            part += "~"
        self.parts.add(part)
        return part


def _names(resource: Resource) -> set[str]:
    """What a reference to a resource may say."""
    own = f"{_text(resource, 'resourceType')}/{_text(resource, 'id')}"
    return {name for name in (own, _text(resource, "_url")) if name.strip("/")}


# ------------------------------------------------------------------- documents

_LETTERS = frozenset({"DocumentReference", "DiagnosticReport", "Composition", "Binary"})


class _Document:
    """One resource that may hold a letter."""

    def __init__(self, source: Source, resource: Resource, known: _Known, single: bool) -> None:
        self.source = source
        self.resource = resource
        self.known = known
        self.single = single
        self.kind = _text(resource, "resourceType")

    def read(self) -> Iterator[Letter | Problem | Source]:
        """The letter of the resource; nothing where it is of another kind."""
        if self.kind not in _LETTERS:
            return
        if self.kind == "Binary":
            if not self.known.used & _names(self.resource):
                yield from self._file(self.resource, self._stated())
            return
        if _text(self.resource, "status") in _WRONG:
            yield self.source.problem(Code.NO_LETTER, "A document that was entered in error.")
            return
        files = [_dict(each, "attachment") for each in _list(self.resource, "content")]
        files += _list(self.resource, "presentedForm")
        held = [each for each in files if _text(each, "data") or self._binary(each)]
        if held:
            yield from self._file(min(held, key=_rank), self._stated())
        elif page := self._page():
            sheet = write_page(page)
            yield self.source.letter(
                sheet.text(),
                format=Fhir.name,
                part=self._part(),
                stated=self._stated(),
                places=sheet.places,
            )
        elif files:
            yield self.source.problem(Code.NO_LETTER, "The document itself lies elsewhere.")
        else:
            yield self.source.problem(Code.EMPTY, "The resource holds no text.")

    def _part(self) -> str:
        return "" if self.single else self.known.part(self.resource)

    def _binary(self, attachment: Resource) -> bool:
        return _text(attachment, "url") in self.known.binaries

    def _file(self, attachment: Resource, stated: Stated) -> Iterator[Letter | Problem | Source]:
        data = _text(attachment, "data")
        kind = _text(attachment, "contentType").lower()
        if not data:
            found = self.known.binaries[_text(attachment, "url")]
            data, kind = _text(found, "data"), kind or _text(found, "contentType").lower()
        try:
            content = base64.b64decode(re.sub(r"\s", "", data), validate=True)
        except (binascii.Error, ValueError):
            yield self.source.problem(Code.DAMAGED, "A file in it is not whole.")
            return
        part = self._part()
        if kind.startswith("text/plain") and (decoded := decode(content)):
            yield self.source.letter(
                decoded[0], format=Fhir.name, encoding=decoded[1], part=part, stated=stated
            )
            return
        ending = re.sub(r"\W", "", kind.partition(";")[0].rpartition("/")[2])[-12:] or "bin"
        name = f"{part or 'document'}.{_ENDINGS.get(ending, ending)}"
        yield self.source.inside(name, content, part=part, stated=stated)

    def _page(self) -> str:
        """The resource's own words as a page."""
        parts = []
        if self.kind == "DiagnosticReport":
            title = _text(self.resource, "code", "text")
            parts += [_heading(title, 1), _text(self.resource, "text", "div")]
            conclusion = _text(self.resource, "conclusion")
            parts.append(f"<pre>{html.escape(conclusion)}</pre>" if conclusion else "")
        elif self.kind == "Composition":
            parts += [_heading(_text(self.resource, "title"), 1)]
            parts += list(_sections(self.resource, 2))
            if len(parts) == 1:
                parts.append(_text(self.resource, "text", "div"))
        else:
            parts.append(_text(self.resource, "text", "div"))
        return "".join(parts)

    # ---------------------------------------------------------------- whose it is

    def _stated(self) -> Stated:
        known = self.source.stated
        subject = _dict(self.resource, "subject")
        reference = _text(subject, "reference")
        patient = self._patient(reference)
        numbers: list[Identifier] = list(known.identifiers)
        for each in (_dict(subject, "identifier"), *_list(patient, "identifier")):
            found = identifier(_text(each, "value"), _text(each, "system"))
            if found:
                numbers.append(found)
        days = (
            ("context", "period", "start"), ("period", "start"), ("effectiveDateTime",),
            ("effectivePeriod", "start"), ("date",), ("issued",),
        )  # fmt: skip
        day = next(
            filter(None, (iso_day(_text(self.resource, *path)) for path in days)), known.date
        )
        opaque = "" if numbers else reference.rpartition("/")[2].strip("#")
        names = tuple(dict.fromkeys((*known.names, *self._names(subject, patient))))
        return Stated(
            known.patient or opaque, tuple(dict.fromkeys(numbers)), day, known.firm, names
        )

    def _patient(self, reference: str) -> Resource:
        for each in _list(self.resource, "contained"):
            if reference == f"#{_text(each, 'id')}" and _text(each, "resourceType") == "Patient":
                return each
        return self.known.patients.get(reference, {})

    def _names(self, subject: Resource, patient: Resource) -> Iterator[str]:
        people = [subject, *_list(self.resource, "author"), *_list(self.resource, "performer")]
        said = [_text(each, "display") for each in people]
        for name in _list(patient, "name"):
            said += [_text(name, "family"), _text(name, "text")]
            given = name.get("given")
            said += (
                [each for each in given if isinstance(each, str)] if isinstance(given, list) else []
            )
        for words in said:
            yield from (tidy(word) for word in re.split(r"[\s,]+", words) if len(word) > 1)


def _rank(attachment: Resource) -> int:
    kind = _text(attachment, "contentType").lower()
    return next((place for place, best in enumerate(_BEST) if kind.startswith(best)), len(_BEST))


def _heading(text: str, level: int) -> str:
    return f"<h{level}>{html.escape(text)}</h{level}>" if text else ""


def _sections(holder: Resource, level: int) -> Iterator[str]:
    for section in _list(holder, "section"):
        yield _heading(_text(section, "title"), min(level, 6))
        yield _text(section, "text", "div")
        yield from _sections(section, level + 1)
