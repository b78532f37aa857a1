"""How a source, letters and problems pass between two processes: frames of plain JSON.

Not pickle: the process that reads hostile files must not be able to make the other one
run anything.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extract.errors import Code, Problem
from extract.letters.model import (
    Budget,
    Identifier,
    IdentifierKind,
    Letter,
    Place,
    Source,
    Stated,
)
from extract.letters.options import ReadOptions

#: Before each frame: the length of its JSON and of the bytes after it.
HEADER = struct.Struct("<II")


def frame(message: dict[str, Any], content: bytes = b"") -> bytes:
    """A message and the bytes that go with it, as sent."""
    body = json.dumps(message).encode("ascii")
    return HEADER.pack(len(body), len(content)) + body + content


def plain_options(options: ReadOptions) -> dict[str, Any]:
    """The options as JSON."""
    return {**asdict(options), "named": sorted(options.named)}


def read_options(plain: dict[str, Any]) -> ReadOptions:
    """The options from JSON."""
    return ReadOptions(**{**plain, "named": frozenset(plain["named"])})


def plain_source(source: Source) -> dict[str, Any]:
    """A source as JSON, without its content."""
    return {
        "letter_id": source.letter_id,
        "path": source.path,
        "file": str(source.file),
        "folder": source.folder,
        "max_bytes": source.max_bytes,
        "alone": source.alone,
        "depth": source.depth,
        "stated": asdict(source.stated),
        "left": source.budget.left if source.budget else None,
        "packed": source.content is not None,
    }


def read_source(plain: dict[str, Any], content: bytes) -> Source:
    """A source from JSON and its content."""
    left = plain.pop("left")
    packed = plain.pop("packed")
    budget = None
    if left is not None:
        budget = Budget(0)
        budget.left = left
    plain["file"] = Path(plain["file"])
    plain["stated"] = _stated(plain["stated"])
    return Source(**plain, content=content if packed else None, budget=budget)


def plain_item(item: Letter | Problem) -> dict[str, Any]:
    """What a reader found as JSON."""
    if isinstance(item, Problem):
        return {"problem": [item.path, item.code.value, item.detail]}
    letter = {name: getattr(item, name) for name in Letter.__slots__}
    letter["stated"] = asdict(item.stated)
    letter["identifiers"] = [[i.kind.value, i.value] for i in item.identifiers]
    letter["places"] = [[p.start, p.end, p.page, p.box, p.where] for p in item.places]
    return {"letter": letter}


def read_item(plain: dict[str, Any]) -> Letter | Problem:
    """What a reader found from JSON."""
    if "problem" in plain:
        path, code, detail = plain["problem"]
        return Problem(path, Code(code), detail)
    letter = plain["letter"]
    letter["stated"] = _stated(letter["stated"])
    letter["identifiers"] = _identifiers(letter["identifiers"])
    letter["places"] = tuple(
        Place(start, end, page, tuple(box) if box else None, where)
        for start, end, page, box, where in letter["places"]
    )
    letter["scanned"] = tuple((start, end) for start, end in letter["scanned"])
    return Letter(**letter)


def _stated(plain: dict[str, Any]) -> Stated:
    numbers = [(i["kind"], i["value"]) for i in plain["identifiers"]]
    names = tuple(plain["names"])
    return Stated(**{**plain, "identifiers": _identifiers(numbers), "names": names})


def _identifiers(pairs: list[Any]) -> tuple[Identifier, ...]:
    return tuple(Identifier(IdentifierKind(kind), value) for kind, value in pairs)
