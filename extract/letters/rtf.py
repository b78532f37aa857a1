"""Rich text (.rtf), as old dictation systems write it.

striprtf takes the text out. Before that, what it would lose is put where it finds it
(headers, list numbers drawn as text, where cells and rows end), and what was hidden or
deleted is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from extract.errors import Code, Problem
from extract.letters.clean import tidy
from extract.letters.layout.running import is_page_number
from extract.letters.model import Letter, Source
from extract.letters.options import ReadOptions
from extract.letters.plain import western
from extract.letters.sheet import Sheet
from extract.letters.tabletext import Cell, write_row

_BRACE = re.compile(r"\\[\\{}]|[{}]")
#: Groups that are taken out of the text: stories of their own, and doubles of shapes.
_APART = re.compile(r"\{\\(?:\*\\)?(header|footer|shprslt|fonttbl|pict)[flr]?(?![a-z])")
_HIDDEN = re.compile(
    r"\\(?:v|deleted)1?(?![a-z\d])[^{}]*?(?:\\(?:v|deleted)0(?!\d)|\\plain(?![a-z]))"
)
#: The same, up to the end of its group.
_HIDES = re.compile(r"\\(?:v|deleted)1?(?![a-z\d])")
#: List numbers as old writers draw them, which striprtf leaves out.
_DRAWN = re.compile(r"\\pntext(?![a-z])")
_MARKER = re.compile(r"^(\s*(?:\(?\w{1,3}[.)]|[•·\-*]))\t", re.MULTILINE)
#: Where a row's definition stands, a cell ends, a row ends.
_TABLE, _CELL, _ROW = "\ue000", "\ue001", "\ue002"
_MARKS = (
    (re.compile(r"\\trowd(?![a-z])"), _TABLE),
    (re.compile(r"\\(?:nest)?cell(?![a-z])"), _CELL),
    (re.compile(r"\\(?:nest)?row(?![a-z])"), _ROW),
)
_DEEPEST = 1000


class RichText:
    """The reader for RTF.

    Args:
        options: limits.
    """

    name = "rtf"

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """RTF begins with a brace and its own name."""
        return 0.9 if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf") else 0.0

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        """The one letter of the file."""
        rtf = western(source.data()).removeprefix("ï»¿")
        parts = _Parts(rtf)
        if parts.deepest > _DEEPEST:
            yield source.problem(Code.NESTED, "Its groups lie too deep in each other.")
            return
        if parts.open:
            yield source.problem(Code.DAMAGED, "The file ends before the text does.")
            return
        try:
            texts = [(where, _text(part)) for where, part in parts.stories()]
        except (ValueError, TypeError, IndexError, OverflowError):  # striprtf on what is no RTF
            yield source.problem(Code.DAMAGED)
            return
        sheet = Sheet()
        seen: set[str] = set()
        for where, text in texts:
            if where == "body":
                _write(sheet, text)
                continue
            for line in text.splitlines():
                if line.strip() and line not in seen and not is_page_number(line):
                    seen.add(line)
                    sheet.end_line()
                    sheet.add(line.replace(_CELL, "\t"), where=where)
                    sheet.end_line()
        yield source.letter(sheet.text(), format=self.name, places=sheet.places)


class _Parts:
    """The groups of a document that want to be read apart."""

    def __init__(self, rtf: str) -> None:
        self.found: dict[str, list[str]] = {}
        self.deepest = 0
        kept: list[str] = []
        at = 0  # where what is kept goes on
        stack: list[int] = []
        apart: tuple[int, int, str] | None = None  # depth, start and name of an open group
        for brace in _BRACE.finditer(rtf):
            if brace[0] == "{":
                stack.append(brace.start())
                self.deepest = max(self.deepest, len(stack))
                named = None if apart else _APART.match(rtf, brace.start())
                if named:
                    apart = (len(stack), brace.start(), named[1])
            elif brace[0] == "}" and stack:
                if apart and apart[0] == len(stack):
                    self.found.setdefault(apart[2], []).append(rtf[apart[1] : brace.end()])
                    kept.append(rtf[at : apart[1]])
                    at = brace.end()
                    apart = None
                stack.pop()
                if not stack:
                    break  # what follows the document's own group is not part of it
        self.open = len(stack)
        self.body = "".join(kept) + rtf[at:]
        page = re.search(r"\\ansicpg\d+", rtf[:2000])
        self.start = "{\\rtf1\\ansi" + (page[0] if page else "")
        self.fonts = "".join(self.found.get("fonttbl", [])[:1])

    def stories(self) -> Iterator[tuple[str, str]]:
        """Headers, the body and footers, each a document of its own."""
        for where in ("header", "body", "footer"):
            if where == "body":
                cut = self.body.find("\\rtf") + 4
                yield (
                    where,
                    self.body[:cut] + "1" + self.fonts + self.body[cut:].lstrip("0123456789"),
                )
                continue
            for group in self.found.get(where, []):
                inner = _APART.sub("{", group, count=1)
                yield where, f"{self.start}{self.fonts}{inner}}}"


def _text(rtf: str) -> str:
    """The text of a document, with marks where rows begin and end and cells end."""
    from striprtf.striprtf import rtf_to_text

    rtf = _HIDES.sub(r"\\*\\gone ", _DRAWN.sub(r"\\drawn", _HIDDEN.sub("", rtf)))
    for word, mark in _MARKS:
        # In a group, so that the count of characters to skip after \u stays what it was.
        rtf = word.sub(rf"{{\\uc0\\u{ord(mark)} }}", rtf)
    text: str = rtf_to_text(rtf, errors="replace")  # type: ignore[no-untyped-call]
    return _MARKER.sub(r"\1 ", tidy(text))


def _write(sheet: Sheet, text: str) -> None:
    """Write the text, tables row by row."""
    rows: list[list[Cell]] = []
    cells: list[Cell] = []
    pending, in_row = "", False
    for piece in re.split(f"([{_TABLE}{_CELL}{_ROW}])", text):
        if piece == _CELL:
            if not in_row:  # a row without a definition of its own
                before, newline, pending = pending.rpartition("\n")
                rows = _prose(sheet, rows, before + newline)
            cells.append(Cell(tuple(pending.strip("\n").split("\n"))))
            pending, in_row = "", True
        elif piece == _TABLE:
            if not in_row:
                rows = _prose(sheet, rows, pending)
                pending, in_row = "", True
        elif piece == _ROW:
            rows.append(cells)
            cells, pending, in_row = [], "", False
        else:
            pending += piece
    rows = _prose(sheet, [*rows, cells] if cells else rows, pending)
    _rows(sheet, rows)


def _prose(sheet: Sheet, rows: list[list[Cell]], text: str) -> list[list[Cell]]:
    """Write what stands between tables, the table before it first; rows not yet written."""
    if not text:
        return rows
    _rows(sheet, rows)
    sheet.add(text)
    return []


def _rows(sheet: Sheet, rows: list[list[Cell]]) -> None:
    widths: dict[int, int] = {}
    for cells in rows:
        for index, cell in enumerate(cells):
            widths[index] = max(widths.get(index, 0), len(cell.line))
    for cells in rows:
        sheet.end_line()
        write_row(sheet, cells, widths)
