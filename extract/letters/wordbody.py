"""The text of a Word document's parts: what a reader of the final version sees.

Insertions stand, deletions do not; hidden text is left out; a text box is read after the
paragraph it hangs on, a table where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from extract.letters.clean import tidy
from extract.letters.sheet import Sheet
from extract.letters.tabletext import Cell, write_row
from extract.letters.wordlists import Numbering, W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}instrText", f"{W}delText"})
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_AS_TEXT = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
#: Ticks and boxes of the symbol fonts that forms are made with.
_SYMBOLS = {
    "FC": "✓", "FE": "☑", "FD": "☒", "A8": "☐", "6F": "☐", "72": "☐", "78": "☒", "71": "☐",
    "B7": "•", "A7": "•", "50": "✓", "52": "☑", "A3": "☐", "B3": "≥", "A2": "≤",
}  # fmt: skip


@dataclass
class Body:
    """Writes parts of a document to a sheet.

    Attributes:
        sheet: what has been written.
        numbering: the lists of the document.
        page: the page, as far as Word's own marks say; None until there is a mark.
    """

    sheet: Sheet
    numbering: Numbering
    page: int | None = None
    paragraphs: int = 0
    tables: int = 0
    _merging: bool = False

    def write(self, root: Any, where: str = "") -> None:
        """Everything in ``root``: a body, a header, a text box, a note."""
        for element in blocks(root):
            if element.tag == f"{W}tbl":
                self._table(element, where)
            else:
                self._paragraph(element, where)

    # ------------------------------------------------------------- paragraphs

    def _paragraph(self, element: Any, where: str) -> None:
        self.paragraphs += 1
        place = where or f"paragraph {self.paragraphs}"
        properties = element.find(f"{W}pPr")
        marker = self.numbering.marker(properties)
        boxes: list[Any] = []
        text = self._text(element, boxes)
        if text.strip() or not marker:
            if not self._merging:
                self.sheet.add(marker, page=self.page)
            for index, line in enumerate(text.split("\n")):
                if index:
                    self.sheet.new_line()
                self.sheet.add(line, page=self.page, where=place)
        # A deleted end joins the paragraph with the next one.
        self._merging = _has(properties, f"{W}rPr/{W}del") and bool(text)
        if not self._merging:
            self.sheet.new_line()
        for box in boxes:
            self.write(box, where or f"text box at {place}")

    def _text(self, element: Any, boxes: list[Any]) -> str:
        return "".join(self._pieces(element, boxes))

    def _pieces(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        if element.tag == f"{W}r" and _has(element, f"{W}rPr/{W}vanish"):
            return
        for child in element:
            tag = child.tag
            if tag in (f"{W}t", f"{_MATH}t"):
                yield child.text or ""
            elif tag in _AS_TEXT:
                yield _AS_TEXT[tag]
            elif tag in _GONE or not isinstance(tag, str):
                continue
            elif tag == f"{W}br":
                self._turn(child.get(f"{W}type") == "page")
                yield "\n"
            elif tag == f"{W}lastRenderedPageBreak":
                self._turn(turned=True)
            elif tag == f"{W}sym":
                code = (child.get(f"{W}char") or "").upper()
                yield _SYMBOLS.get(code[-2:], "") if code.startswith("F0") else ""
            elif tag == f"{W}fldChar":
                yield _checkbox(child)
            elif tag == f"{_MC}AlternateContent" or tag in _DRAWN:
                boxes += _boxes(child)
            else:
                yield from self._pieces(child, boxes)

    def _turn(self, turned: bool) -> None:
        if turned:
            self.page = (self.page or 1) + 1

    # ----------------------------------------------------------------- tables

    def _table(self, element: Any, where: str) -> None:
        self.tables += 1
        table = self.tables
        rows = [row for row in _rows(element) if not _has(row, f"{W}trPr/{W}del")]
        self.sheet.end_line()
        widths: dict[int, int] = {}
        drawn = [
            self._row(row, where or f"table {table}, row {n}") for n, row in enumerate(rows, 1)
        ]
        for cells in drawn:
            for index, cell in enumerate(cells):
                widths[index] = max(widths.get(index, 0), len(cell.line))
        for cells in drawn:
            write_row(self.sheet, cells, widths)
        self.sheet.end_line()

    def _row(self, row: Any, where: str) -> list[Cell]:
        cells = []
        for element in _cells(row):
            pieces: list[str] = []
            nested = False
            for block in blocks(element):
                if block.tag == f"{W}tbl":
                    nested = True
                    inner = Body(Sheet(), self.numbering, self.page)
                    inner._table(block, where)
                    pieces += inner.sheet.text().splitlines()
                else:
                    marker = self.numbering.marker(block.find(f"{W}pPr"))
                    boxes: list[Any] = []
                    text = tidy(self._text(block, boxes))
                    pieces += (marker + text).split("\n") if text.strip() else []
                    for box in boxes:
                        inner = Body(Sheet(), self.numbering, self.page)
                        inner.write(box, where)
                        pieces += inner.sheet.text().splitlines()
            cells.append(Cell(tuple(pieces), where, self.page, nested))
            cells += [Cell((), where, self.page)] * (_span(element) - 1)
        return cells


def blocks(root: Any) -> Iterator[Any]:
    """The paragraphs and tables of a part, through whatever is wrapped around them."""
    for child in root:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            yield from blocks(_choice(child))
        elif child.tag not in _GONE and isinstance(child.tag, str) and child.tag != f"{W}sectPr":
            yield from blocks(child)


def _through(root: Any, tag: str, last: Callable[[Any], bool]) -> Iterator[Any]:
    for child in root:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE and not last(child):
            yield from _through(child, tag, last)


def _rows(table: Any) -> Iterator[Any]:
    return _through(table, f"{W}tr", lambda child: child.tag in (f"{W}tblPr", f"{W}tblGrid"))


def _cells(row: Any) -> Iterator[Any]:
    return _through(row, f"{W}tc", lambda child: child.tag == f"{W}trPr")


def _span(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = (span.get(f"{W}val") or "1") if span is not None else "1"
    return min(int(value), 50) if value.isascii() and value.isdigit() else 1


def _choice(alternatives: Any) -> Any:
    """The first of several renderings of one thing."""
    choice = alternatives.find(f"{_MC}Choice")
    if choice is not None and next(choice.iter(f"{W}txbxContent", f"{W}p"), None) is not None:
        return choice
    fallback = alternatives.find(f"{_MC}Fallback")
    return fallback if fallback is not None else ()


def _boxes(element: Any) -> list[Any]:
    """The contents of the text boxes in a drawing, each once."""
    if element.tag == f"{_MC}AlternateContent":
        chosen = _choice(element)
        return [box for child in chosen for box in _boxes(child)]
    if element.tag == f"{W}txbxContent":
        return [element]
    return [box for child in element if isinstance(child.tag, str) for box in _boxes(child)]


def _checkbox(character: Any) -> str:
    box = character.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ""
    state = box.find(f"{W}checked")
    if state is None:
        state = box.find(f"{W}default")
    return "☒" if _is_on(state) else "☐"


def _has(element: Any, path: str) -> bool:
    return element is not None and _is_on(element.find(path))


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")
