"""Tables with a letter a row: CSV and JSON Lines, read row by row, whatever their size.

A table is known by its text column. A file that looks like one and lacks a column that the
caller named is rejected; without named columns it is a letter like any other text.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from extract.errors import Code, ExtractError, Problem
from extract.letters.clean import tidy
from extract.letters.model import IdentifierKind, Letter, Source, Stated
from extract.letters.numbers import identifier, iso_day
from extract.letters.options import ReadOptions
from extract.letters.plain import decode, encoding_of

_MARKS = ",\t;|"
_NAMES = (".csv", ".tsv", ".jsonl", ".ndjson")
_OBJECT = re.compile(rb'\s*\{\s*"')


class Rows:
    """Makes a letter of each row: what its columns say.

    Args:
        options: the columns' names.
        name: the format, as records call it.
    """

    def __init__(self, options: ReadOptions, name: str) -> None:
        self.options = options
        self.name = name
        self.columns = (
            options.text_column,
            options.id_column,
            options.patient_column,
            options.date_column,
        )

    def missing(self, columns: object) -> list[str]:
        """The columns that must be there and are not."""
        have = set(columns) if isinstance(columns, (list, tuple)) else set()
        needed = self.options.named | {self.options.text_column}
        return sorted(name for name in needed if name not in have)

    def letter(self, source: Source, number: int, row: Mapping[str, Any]) -> Letter | Problem:
        """The letter of a row; a row without text is an empty letter."""
        text, key, patient, day = (_plain(row.get(name)) for name in self.columns)
        if not text.strip():
            return Problem(f"{source.path}/{number}", Code.EMPTY)
        key, patient = _one_line(key), _one_line(patient)
        known = identifier(patient)
        national = known is not None and known.kind is IdentifierKind.NHS
        stated = Stated(
            patient=known.value if known and national else patient,
            identifiers=(known,) if known and national else (),
            date=iso_day(day),
            firm=bool(iso_day(day)),
        )
        part = "" if key else str(number)
        return source.letter(text, format=self.name, part=part, letter_id=key, stated=stated)


def _one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value)


def no_column(source: Source, missing: list[str]) -> Problem:
    """The problem of a table without the columns it needs; it names them."""
    return source.problem(Code.NO_COLUMN, f"It has no column {', '.join(missing)}.")


class Csv:
    """The reader for CSV and its kin with tabs, semicolons or bars.

    Args:
        options: the columns' names.
    """

    name = "csv"
    trusted = True
    streams = True

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.rows = Rows(options, self.name)

    def sniff(self, head: bytes, path: PurePath) -> float:
        """A first line of column names, the text's among them."""
        header = self._header(head)
        if header and self.options.text_column in header:
            return 0.6
        named = self.options.text_column in self.options.named
        return 0.3 if header and named and path.suffix.lower() in _NAMES[:2] else 0.0

    @staticmethod
    def _header(head: bytes) -> list[str] | None:
        decoded = decode(head, whole=False)
        if decoded is None:
            return None
        line = decoded[0].lstrip("\ufeff").partition("\n")[0].rstrip("\r")
        try:
            row = next(csv.reader([line], delimiter=_mark(line)), [])
        except csv.Error:
            return None
        return [cell.strip() for cell in row]

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        """A letter a row."""
        csv.field_size_limit(source.max_bytes)
        head = source.head()
        encoding = _encoding(source, head)
        header = self._header(head) or []
        missing = self.rows.missing(header)
        if missing:
            yield no_column(source, missing)
            return
        with source.open() as raw:
            errors = "extract.controls" if encoding == "cp1252" else "strict"
            stream = io.TextIOWrapper(raw, encoding, errors=errors, newline="")
            mark = _mark(stream.readline())
            rows = csv.reader(_lines(source, stream), delimiter=mark)
            number = 0
            try:
                for number, row in enumerate(rows, start=1):
                    if row:
                        yield self.rows.letter(source, number, dict(zip(header, row, strict=False)))
            except csv.Error:
                detail = f"Row {number + 1} cannot be read; it and what follows are left out."
                yield source.problem(Code.DAMAGED, detail)
            except UnicodeDecodeError:
                detail = f"Its text is not {encoding} from row {number + 1} on."
                yield source.problem(Code.DAMAGED, detail)


def _mark(line: str) -> str:
    """What parts the columns: the mark that the header holds most of."""
    return max(_MARKS, key=line.count)


def _encoding(source: Source, head: bytes) -> str:
    """The encoding of the whole table, found without holding it in memory."""
    known = encoding_of(head)
    if known:
        return known
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as stream:
        try:
            while block := stream.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _lines(source: Source, stream: io.TextIOWrapper) -> Iterator[str]:
    while line := stream.readline(source.max_bytes + 1):
        if len(line) > source.max_bytes:
            raise ExtractError(source.problem(Code.TOO_LARGE, "It has a line without an end."))
        yield line.replace("\0", "")


class JsonLines:
    """The reader for JSON Lines: an object a line, its keys the columns.

    Args:
        options: the columns' names.
    """

    name = "jsonl"
    trusted = True
    streams = True

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.rows = Rows(options, self.name)

    def sniff(self, head: bytes, path: PurePath) -> float:
        """A first line that is an object with the text's key.

        Other JSON is claimed too, so that it is not read as a letter's text.
        """
        head = head.removeprefix(b"\xef\xbb\xbf")
        if not _OBJECT.match(head) and not re.match(rb'\s*\[\s*(?:\{|"|\])', head):
            return 0.0
        key = json.dumps(self.options.text_column).encode()
        if re.search(rb"[{,]\s*" + re.escape(key) + rb"\s*:", head):
            return 0.6
        return 0.5 if path.suffix.lower() in (*_NAMES[2:], ".json") else 0.2

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        """A letter a line."""
        first = True
        with source.open() as stream:
            number = 0
            while line := stream.readline(source.max_bytes + 1):
                number += 1
                if len(line) > source.max_bytes:
                    detail = f"Line {number} is longer than {source.max_bytes:,} bytes."
                    yield source.problem(Code.TOO_LARGE, detail)
                    return
                if not line.strip():
                    continue
                row = _object(line)
                if row is None and first:
                    yield source.problem(Code.UNSUPPORTED, "The file is JSON of another kind.")
                    return
                if first and (missing := self.rows.missing(list(row or ()))):
                    yield no_column(source, missing)
                    return
                first = False
                yield (
                    Problem(f"{source.path}/{number}", Code.DAMAGED)
                    if row is None
                    else self.rows.letter(source, number, row)
                )


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(row, dict):
        return None
    return {tidy(str(key)): value for key, value in row.items()}
