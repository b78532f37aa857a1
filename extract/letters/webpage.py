"""HTML: the text that a browser shows, blocks on lines of their own, tables row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from extract.errors import Code, Problem
from extract.letters.model import Letter, Source
from extract.letters.options import ReadOptions
from extract.letters.plain import decode, western
from extract.letters.sheet import Sheet
from extract.letters.tabletext import Cell, write_row

_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
#: Pieces of a page that letter systems store without the page around them.
_PIECE = re.compile(
    rb"\s*<(?:div|p|table|span|h[1-6]|pre|font|b|center)(?:\s[^<>]*)?>", re.IGNORECASE
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_UNSEEN = frozenset(
    "head script style template noscript title meta link svg math iframe object select "
    "option button textarea audio video canvas datalist".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol "
    "p pre section summary ul table thead tbody tfoot tr caption".split()
)
#: Blocks with white above and below.
_APART = frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl table hr".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
#: White space inside a line with which its writer made columns; browsers show one blank of it.
_COLUMN = re.compile(r"(?<=\S)([ \t]{2,})[ \t\n\r\f]*(?=\S)")
_DEEPEST = 400


class WebPage:
    """The reader for HTML.

    Args:
        options: limits.
    """

    name = "html"

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """A page, or a piece of one."""
        start = _narrow(head[:4096])
        if _START.match(start):
            return 0.8
        return 0.6 if _PIECE.match(start) and b"</" in start else 0.0

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        """The one letter of the file."""
        data = source.data()
        if _ENTITY.search(data[:65536]):
            yield source.problem(Code.XML_ENTITIES)
            return
        decoded = decode_page(data)
        if decoded is None:
            yield source.problem(Code.NUL_BYTES if b"\0" in data else Code.NOT_TEXT)
            return
        sheet = write_page(decoded[0])
        yield source.letter(
            sheet.text(), format=self.name, encoding=decoded[1], places=sheet.places
        )


def decode_page(data: bytes) -> tuple[str, str] | None:
    """The page's text and encoding: its mark, what it declares, else as plain text."""
    declared = _CHARSET.search(data[:4096])
    if declared and b"\0" not in data[:200] and not data.startswith(b"\xef\xbb\xbf"):
        name = declared[1].decode("ascii").lower()
        if name in ("iso-8859-1", "latin1", "windows-1252", "us-ascii", "cp1252"):
            return (western(data), "cp1252") if b"\0" not in data else None
    return decode(data)


def write_page(html: str) -> Sheet:
    """The text of a page or a piece of one, each block with its path in the document."""
    from selectolax.lexbor import LexborHTMLParser

    writer = _Writer()
    root = LexborHTMLParser(html).body
    if root is not None:
        writer.inside(root, "/html/body", 0)
    writer.sheet.end_line()
    return writer.sheet


def _narrow(head: bytes) -> bytes:
    """The beginning of a page without a mark and the zero bytes of UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


class _Writer:
    """Walks the document and writes what is shown."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self.space = False  # white space waits to be written, if anything follows it

    def inside(self, element: Any, path: str, depth: int, *, pre: bool = False) -> None:
        """Everything in an element."""
        if depth > _DEEPEST:
            raise RecursionError
        count: dict[str, int] = {}
        number = _first(element)
        child = element.child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                self._text(child.text_content or "", path, pre=pre)
            elif tag and not tag.startswith(("-", "_", "!")):
                count[tag] = count.get(tag, 0) + 1
                self._element(child, f"{path}/{tag}[{count[tag]}]", depth, number, pre=pre)
                number += tag == "li"
            child = child.next

    def _element(self, element: Any, path: str, depth: int, number: int, *, pre: bool) -> None:
        tag, style = element.tag, element.attributes
        if tag in _UNSEEN or "hidden" in style or _HIDDEN.search(style.get("style") or ""):
            return
        if tag == "br":
            self.sheet.new_line()
            self.space = False
        elif tag == "input":
            self._box(style, path)
        elif tag == "img":
            return
        elif tag == "table":
            self._block(tag)
            self._table(element, path, depth)
            self._block(tag)
        else:
            nested = tag in ("ul", "ol") and _lists(element) > 0
            if tag in _BLOCKS:
                self._block("div" if nested else tag)
            if tag == "li":
                marker = f"{number}. " if element.parent and element.parent.tag == "ol" else "- "
                self.sheet.add("   " * max(0, _lists(element) - 1) + marker)
            elif tag in ("del", "s", "strike"):
                return
            self.inside(element, path, depth + 1, pre=pre or tag == "pre")
            if tag in _BLOCKS:
                self._block("div" if nested else tag)
            elif tag in ("td", "th"):
                self._text(" ", path, pre=False)

    def _text(self, text: str, path: str, *, pre: bool) -> None:
        if pre:
            self.sheet.add(text.replace("\r\n", "\n"), where=path)
            return
        text = "".join(
            piece[:3].replace("\t", " ") if part % 2 else _SPACE.sub(" ", piece)
            for part, piece in enumerate(_COLUMN.split(text))
        )
        parted = (self.space or text.startswith(" ")) and bool(text.strip())
        if parted and self.sheet.line and not self.sheet.line.endswith((" ", "\t")):
            self.sheet.blank()
        self.space = text.endswith(" ") or (self.space and not text.strip())
        self.sheet.add(text.strip(" "), where=path)

    def _box(self, attributes: Any, path: str) -> None:
        kind = (attributes.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            self._text(" ☒ " if "checked" in attributes else " ☐ ", path, pre=False)
        elif kind not in ("hidden", "submit", "button", "reset", "image", "password"):
            self._text(f" {attributes.get('value') or ''} ", path, pre=False)

    def _block(self, tag: str) -> None:
        self.space = False
        if tag in _APART:
            self.sheet.gap()
        else:
            self.sheet.end_line()

    def _table(self, table: Any, path: str, depth: int) -> None:
        for caption in _children(table, ("caption",)):
            self.inside(caption, f"{path}/caption[1]", depth + 1)
            self.sheet.end_line()
        rows: list[list[Cell]] = []
        for number, row in enumerate(_rows(table), 1):
            where = f"{path}//tr[{number}]"
            cells = []
            for element in _children(row, ("td", "th")):
                inner = _Writer()
                inner.inside(element, where, depth + 4)
                lines = inner.sheet.text().splitlines()
                nested = element.css_first("table") is not None
                cells.append(Cell(tuple(lines), where, nested=nested))
                cells += [Cell((), where)] * (_span(element) - 1)
            rows.append(cells)
        widths: dict[int, int] = {}
        for cells in rows:
            for index, cell in enumerate(cells):
                widths[index] = max(widths.get(index, 0), len(cell.line))
        for cells in rows:
            if cells:
                write_row(self.sheet, cells, widths)


def _children(element: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    child = element.child
    while child is not None:
        if child.tag in tags:
            yield child
        child = child.next


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table and not of tables in it."""
    child = table.child
    while child is not None:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _children(child, ("tr",))
        child = child.next


def _span(cell: Any) -> int:
    value = cell.attributes.get("colspan") or "1"
    return min(int(value), 50) if value.isascii() and value.isdigit() and value != "0" else 1


def _first(element: Any) -> int:
    """The number of a list's first item."""
    value = (element.attributes.get("start") or "1") if element.tag == "ol" else "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _lists(element: Any) -> int:
    """How many lists an item lies in."""
    count, steps, above = 0, 0, element.parent
    while above is not None and steps < _DEEPEST:
        count += above.tag in ("ul", "ol")
        above, steps = above.parent, steps + 1
    return count
