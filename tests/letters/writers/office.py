"""Word, rich text and web pages, as programs that letters are typed in write them."""

from __future__ import annotations

import html
from io import BytesIO
from typing import Any

from tests.letters.writers.blocks import Table, blocks


def write_docx(text: str, head: str = "", foot: str = "") -> bytes:
    """A paragraph a line, tables as tables."""
    import docx

    document: Any = docx.Document()
    for block in blocks(text):
        if isinstance(block, Table):
            table = document.add_table(rows=len(block.rows), cols=block.width)
            for row, cells in zip(table.rows, block.rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
        else:
            document.add_paragraph(block)
    section = document.sections[0]
    if head:
        section.header.paragraphs[0].text = head
    if foot:
        section.footer.paragraphs[0].text = foot
    return saved(document)


def saved(document: Any) -> bytes:
    """A Word document's bytes."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _rtf(text: str) -> str:
    """Text in the seven bits of RTF."""
    out = []
    for char in text:
        if char in "\\{}":
            out.append("\\" + char)
        elif char == "\t":
            out.append("\\tab ")
        elif ord(char) < 128:
            out.append(char)
        elif char in "’‘“”–—•é£²":
            out.append("".join(f"\\'{byte:02x}" for byte in char.encode("cp1252")))
        else:
            data = char.encode("utf-16-le")
            units = [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]
            out += [f"\\u{unit - 0x10000 if unit > 0x7FFF else unit}?" for unit in units]
    return "".join(out)


def write_rtf(text: str, head: str = "", foot: str = "") -> bytes:
    """Paragraphs and table rows, codes for all that is not plain."""
    out = [
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}"
        r"{\colortbl;\red0\green0\blue0;}{\*\generator Dictator 3;}\f0\fs20",
    ]
    if head:
        out.append(rf"{{\header \pard {_rtf(head)}\par}}")
    if foot:
        out.append(rf"{{\footer \pard {_rtf(foot)}\par}}")
    for block in blocks(text):
        if isinstance(block, Table):
            for row in block.rows:
                ends = "".join(rf"\cellx{1500 * (n + 1)}" for n in range(len(row)))
                cells = "".join(rf"\intbl {_rtf(cell)}\cell " for cell in row)
                out.append(rf"\trowd{ends} {cells}\row")
            out.append(r"\pard")
        else:
            out.append(rf"{_rtf(block)}\par")
    return "\r\n".join([*out, "}"]).encode("ascii")


def write_html(text: str) -> bytes:
    """Paragraphs with line breaks in them, tables as tables, white space kept where it counts."""
    out = [
        "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Letter</title>"
        "<style>p { margin: 0 }</style></head><body>"
    ]
    for block in blocks(text):
        if isinstance(block, Table):
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block.rows)
            out.append("<table>" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        elif block.strip():
            kept = html.escape(block).replace("\t", "&nbsp;" * 4).replace("  ", "&nbsp; ")
            if kept.startswith(" "):
                kept = "&nbsp;" + kept[1:]
            out.append(f"<div>{kept}</div>")
        else:
            out.append("<div><br></div>")
    return "\n".join([*out, "</body></html>"]).encode()
