"""PDF written by hand: embedded type, wrapped paragraphs, tables, running heads and feet."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.letters.writers.blocks import Table, blocks

A4 = (595.0, 842.0)
MARGIN = 60.0


@dataclass
class Face:
    """A TrueType face: widths and glyphs."""

    data: bytes
    glyphs: dict[int, int]
    widths: list[int]
    unit: float
    ascent: int
    descent: int

    def width(self, text: str, size: float) -> float:
        return sum(self.widths[self.glyph(c)] for c in text) * size / self.unit

    def glyph(self, char: str) -> int:
        return self.glyphs.get(ord(char), 0)


@lru_cache(maxsize=4)
def face(name: str = "DejaVuSans.ttf") -> Face:
    import matplotlib
    from fontTools.ttLib import TTFont

    path = Path(matplotlib.get_data_path(), "fonts", "ttf", name)
    font: Any = TTFont(path)
    order = font.getGlyphOrder()
    index = {glyph: number for number, glyph in enumerate(order)}
    return Face(
        path.read_bytes(),
        {code: index[glyph] for code, glyph in font.getBestCmap().items()},
        [font["hmtx"][glyph][0] for glyph in order],
        float(font["head"].unitsPerEm),
        font["hhea"].ascent,
        font["hhea"].descent,
    )


@dataclass
class Style:
    """How the pages look."""

    font: str = "DejaVuSans.ttf"
    size: float = 10.0
    lines: int = 48
    head: Sequence[str] = ()
    foot: Sequence[str] = ()
    numbers: bool = False
    hyphens: bool = False
    columns: int = 1
    page: tuple[float, float] = A4
    turn: int = 0
    justified: bool = False


@dataclass
class _Line:
    pieces: list[tuple[float, str]] = field(default_factory=list)
    spread: float = 0.0


class Setter:
    """Breaks text into lines and lines into pages."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.face = face(style.font)
        self.width = (style.page[0] - 2 * MARGIN - 24 * (style.columns - 1)) / style.columns

    def measure(self, text: str) -> float:
        return self.face.width(text, self.style.size)

    def set(self, text: str) -> Iterator[_Line]:
        for block in blocks(text):
            if isinstance(block, Table):
                yield from self.table(block)
            else:
                yield from self.paragraph(block)

    def paragraph(self, text: str) -> Iterator[_Line]:
        indent = self.measure(text[: len(text) - len(text.lstrip())])
        words = re.findall(r"\S+(?:\s+)?", text.strip())
        line, at, first = "", indent, True
        hang = indent
        marker = re.match(r"\s*(?:\d{1,2}[.)]|[-*•])\s+", text)
        if marker:
            hang = self.measure(marker[0])
        for word in words:
            if line and at + self.measure((line + word).rstrip()) > self.width:
                cut = self.hyphenated(word, self.width - at - self.measure(line))
                if cut:
                    line, word = line + word[:cut] + "-", word[cut:]
                yield self.full(at, line.rstrip())
                line, at, first = "", hang, False
            line += word
        yield _Line([(at, line.rstrip())] if line else [])
        del first

    def full(self, at: float, line: str) -> _Line:
        blanks = line.count(" ")
        left = self.width - at - self.measure(line)
        spread = left / blanks if self.style.justified and blanks else 0.0
        return _Line([(at, line)], spread)

    def hyphenated(self, word: str, room: float) -> int:
        """How many characters of a word fit before a hyphen; 0 where it is not broken."""
        letters = re.match(r"[a-z]{8,}", word)
        if not self.style.hyphens or not letters:
            return 0
        for cut in range(len(letters[0]) - 3, 2, -1):
            consonant = re.fullmatch(r"[aeiouy][^aeiouy]", letters[0][cut - 1 : cut + 1])
            if consonant and self.measure(word[:cut] + "-") <= room:
                return cut
        return 0

    def table(self, table: Table) -> Iterator[_Line]:
        widths = [max(self.measure(row[i]) for row in table.rows) for i in range(table.width)]
        gap = max(14.0, min(40.0, (self.width - sum(widths)) / max(1, table.width - 1)))
        starts = [sum(widths[:i]) + gap * i for i in range(table.width)]
        for row in table.rows:
            yield _Line([(x, cell) for x, cell in zip(starts, row, strict=True) if cell])


def write_pdf(text: str, style: Style | None = None) -> bytes:
    """The text as a PDF."""
    style = style or Style()
    setter = Setter(style)
    lines = list(setter.set(text))
    room = style.lines * style.columns
    pages = [lines[at : at + room] for at in range(0, len(lines), room)] or [[]]
    streams = [
        _stream(setter, page, number, len(pages)) for number, page in enumerate(pages, start=1)
    ]
    return assemble(setter.face, streams, style)


def _stream(setter: Setter, lines: Sequence[_Line], number: int, count: int) -> bytes:
    style = setter.style
    width, height = style.page
    step = style.size * 1.3
    out = ["BT", f"/F1 {style.size} Tf"]

    def put(x: float, y: float, words: str, spread: float = 0.0) -> None:
        if not spread:
            codes = "".join(f"{setter.face.glyph(c):04X}" for c in words)
            out.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm <{codes}> Tj")
            return
        for word in re.findall(r"\S+\s*", words):
            put(x, y, word)
            x += setter.measure(word) + spread * (len(word) - len(word.rstrip()))

    # What runs is often drawn first, the foot before the head.
    for place, words in enumerate(reversed(style.foot)):
        put(MARGIN, 24 + place * step, words)
    if style.numbers:
        put(width / 2, 12, f"Page {number} of {count}")
    for place, words in enumerate(style.head):
        put(MARGIN, height - 20 - place * step, words)
    for index, line in enumerate(lines):
        column, row = divmod(index, style.lines)
        for x, words in line.pieces:
            left = MARGIN + column * (setter.width + 24)
            put(left + x, height - 60 - step * row, words, line.spread)
    out.append("ET")
    return "\n".join(out).encode()


def assemble(shape: Face, streams: Sequence[bytes], style: Style) -> bytes:
    """The file around the pages' drawing."""
    used = {int(code, 16) for s in streams for hexes in re.findall(rb"<([0-9A-F]+)>", s)
            for code in re.findall(r"....", hexes.decode())}  # fmt: skip
    back = {glyph: code for code, glyph in sorted(shape.glyphs.items(), reverse=True)}
    widths = " ".join(f"{g} [{shape.widths[g] * 1000 / shape.unit:.0f}]" for g in sorted(used))
    chars = "".join(
        f"<{g:04X}> <{chr(back[g]).encode('utf-16-be').hex()}>\n" for g in sorted(used) if g in back
    )
    count = chars.count("\n")
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def "
        "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        f"{count} beginbfchar\n{chars}endbfchar endcmap end end"
    ).encode()
    first = 8
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(streams)))
    box = f"[0 0 {style.page[0]} {style.page[1]}]"
    scale = 1000 / shape.unit
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(streams)}>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H"
        b"/DescendantFonts[4 0 R]/ToUnicode 7 0 R>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Own/CIDSystemInfo<</Registry(Adobe)"
        f"/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/CIDToGIDMap/Identity"
        f"/W[{widths}]>>".encode(),
        f"<</Type/FontDescriptor/FontName/Own/Flags 4/FontBBox[-500 -300 1500 1000]/ItalicAngle 0"
        f"/Ascent {shape.ascent * scale:.0f}/Descent {shape.descent * scale:.0f}/CapHeight 700"
        f"/StemV 80/FontFile2 6 0 R>>".encode(),
        packed(shape.data),
        packed(cmap),
    ]
    for index, stream in enumerate(streams):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Rotate {style.turn}"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {first + 2 * index + 1} 0 R>>".encode()
        )
        objects.append(packed(stream))
    return file_of(objects)


def packed(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)


def file_of(objects: Sequence[bytes]) -> bytes:
    out = BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(
        b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    )
    return out.getvalue()


def scan(pdf: bytes, dpi: int = 300, kind: str = "PDF") -> bytes:
    """The pages as pictures: a PDF of scans, a TIFF of many pages, or one PNG or JPEG."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    pages = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    document.close()
    out = BytesIO()
    if kind in ("PDF", "TIFF"):
        more = {"resolution": dpi} if kind == "PDF" else {"compression": "tiff_lzw"}
        pages[0].save(out, kind, save_all=True, append_images=pages[1:], dpi=(dpi, dpi), **more)
    else:
        pages[0].save(out, kind, dpi=(dpi, dpi))
    return out.getvalue()


def write_form(label: str, value: str) -> bytes:
    """A page with a form: a label on the page, a value in a field, and a comment beside it."""

    def stream(data: str, more: str = "") -> bytes:
        return f"<<{more}/Length {len(data)}>>stream\n{data}\nendstream".encode()

    font = "/Resources<</Font<</F1 5 0 R>>>>"
    field = (
        f"/Subtype/Widget/FT/Tx/T(a)/V({value})/Rect[200 695 400 712]/F 4/AP<</N 7 0 R>>/P 3 0 R"
    )
    comment = "/Subtype/Text/Contents(not for reading)/Rect[500 695 520 712]"
    return file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{font}/Contents 4 0 R"
            "/Annots[6 0 R 8 0 R]>>".encode(),
            stream(f"BT /F1 10 Tf 60 700 Td ({label}) Tj ET"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            f"<</Type/Annot{field}>>".encode(),
            stream(
                f"/Tx BMC BT /F1 10 Tf 2 5 Td ({value}) Tj ET EMC",
                f"/Type/XObject/Subtype/Form/BBox[0 0 200 17]{font}",
            ),
            f"<</Type/Annot{comment}>>".encode(),
        ]
    )
