"""Plain text: a byte order mark, else UTF-8, else UTF-16, else Windows-1252.

No guessing library: on short letters they take Windows-1252 for its neighbours and turn
``mg/m²`` into something else.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import PurePath

from extract.errors import Code, Problem
from extract.letters.model import Letter, Source
from extract.letters.options import DEFAULTS, ReadOptions

#: Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Share of bytes at even or odd places that are NUL in UTF-16 of a western language.
_WIDE = 0.6
#: Control characters per character above which a file is no text.
_NOISE = 0.01
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f]")


class PlainText:
    """The reader for files that hold text and nothing else."""

    name = "text"
    trusted = True

    def __init__(self, options: ReadOptions = DEFAULTS) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """A small claim on whatever looks like text, so that any other reader wins."""
        if decode(head, whole=False) is not None:
            return 0.1
        return 0.0 if why_not(head, whole=False) is Code.NOT_TEXT else 0.05

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        """The one letter of the file."""
        data = source.data()
        decoded = decode(data)
        if decoded is None:
            yield source.problem(why_not(data))
        else:
            text, encoding = decoded
            yield source.letter(text, format=self.name, encoding=encoding)


def decode(data: bytes, *, whole: bool = True) -> tuple[str, str] | None:
    """The text of ``data`` and its encoding; None where it is no text.

    Args:
        data: the bytes.
        whole: False where they are only the beginning of a file, which may end inside
            a character.
    """
    encoding, body = _encoding(data)
    text = None
    if encoding:
        text = _strict(body, encoding, whole)
    elif b"\0" not in data:
        encoding, text = "utf-8", _strict(data, "utf-8", whole)
        if text is None and _strict(data, "utf-8", whole, "surrogatepass") is None:
            encoding, text = "cp1252", western(data)
    if text is None or len(_CONTROL.findall(text)) > _NOISE * len(text) or "\0" in text:
        return None
    return text, encoding


def encoding_of(head: bytes) -> str:
    """The encoding that a mark or the places of NUL bytes show; "" where nothing does."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return "utf-8-sig" if name == "utf-8" else name.rpartition("-")[0]
    return _encoding(head)[0]


def why_not(data: bytes, *, whole: bool = True) -> Code:
    """Why bytes that :func:`decode` does not take are no text, as far as can be told."""
    encoding, body = _encoding(data)
    text = _strict(body, encoding or "utf-8", whole, "surrogatepass")
    if text is None:
        if encoding:
            return Code.NOT_TEXT
        text = western(data)
    plain = text.replace("\0", "")
    if not plain or len(_CONTROL.findall(plain)) > _NOISE * len(plain):
        return Code.NOT_TEXT
    if len(plain) < len(text):
        return Code.NUL_BYTES
    return Code.SURROGATES if re.search("[\ud800-\udfff]", text) else Code.NOT_TEXT


def _encoding(data: bytes) -> tuple[str, bytes]:
    """The encoding that a mark or the places of NUL bytes show, and the bytes after the mark."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, data[len(mark) :]
    even, odd = data[::2].count(0), data[1::2].count(0)
    half = max(len(data) // 2, 1)
    if odd > _WIDE * half and even == 0:
        return "utf-16-le", data
    if even > _WIDE * half and odd == 0:
        return "utf-16-be", data
    return "", data


def _strict(data: bytes, encoding: str, whole: bool, errors: str = "strict") -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)(errors).decode(data, whole)
    except UnicodeDecodeError:
        return None


def western(data: bytes) -> str:
    """Windows-1252 as browsers read it: its five unused bytes are control characters."""
    return data.decode("cp1252", "extract.controls")


def _as_controls(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("extract.controls", _as_controls)
