"""Word documents (.docx): headers, the body with tables in place, notes, footers.

Headers and footers are read once: headers before the text, footers after it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from extract.errors import Code, ExtractError, Problem
from extract.letters.identity import find_identifiers
from extract.letters.layout.running import is_page_number
from extract.letters.model import Letter, Source, Stated
from extract.letters.options import ReadOptions
from extract.letters.sheet import Sheet
from extract.letters.wordbody import Body
from extract.letters.wordlists import Numbering, W

#: Bytes that the parts of a document may unpack to, and the ratio above which one is a bomb.
_UNPACKED, _RATIO = 300_000_000, 500
#: A part is no letter's text above this.
_PART = 60_000_000
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NOTES = ("footnotes", "endnotes")
#: Each story of a section: the property of python-docx, and what places call it.
_HEADS = (("first_page_header", "header"), ("header", "header"), ("even_page_header", "header"))
_FEET = (("first_page_footer", "footer"), ("footer", "footer"), ("even_page_footer", "footer"))


class Word:
    """The reader for Word documents.

    Args:
        options: limits.
    """

    name = "docx"

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    def sniff(self, head: bytes, path: PurePath) -> float:  # noqa: ARG002
        """A package with the parts of a Word document."""
        return 0.9 if head.startswith(b"PK") and b"word/document.xml" in head else 0.0

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        """The one letter of the file."""
        import docx
        from docx.opc.exceptions import PackageNotFoundError
        from docx.oxml.exceptions import InvalidXmlError
        from lxml.etree import XMLSyntaxError

        data = source.data()
        check_package(source, data)
        try:
            document = docx.Document(io.BytesIO(data))
            yield self._letter(source, document)
        except (PackageNotFoundError, KeyError, XMLSyntaxError, zipfile.BadZipFile):
            yield source.problem(Code.DAMAGED)
        except (InvalidXmlError, AttributeError):  # python-docx on parts that are not what they say
            yield source.problem(Code.DAMAGED, "Its parts do not fit each other.")
        except ValueError:  # another kind of Office document, or a template
            yield source.problem(Code.UNSUPPORTED, "The file is an Office document, not a letter.")

    def _letter(self, source: Source, document: Any) -> Letter:
        numbering = Numbering.read(_root(document.part, "numbering"), document.styles.element)
        body = Body(Sheet(), numbering)
        seen: set[str] = set()
        _stories(body, document, _HEADS, seen)
        body.page = (
            1
            if next(document.element.body.iter(f"{W}lastRenderedPageBreak"), None) is not None
            else None
        )
        body.paragraphs = 0
        body.tables = 0
        body.write(document.element.body)
        for kind in _NOTES:
            _notes(body, document, kind)
        body.page = None
        _stories(body, document, _FEET, seen)
        sheet = body.sheet
        return source.letter(
            sheet.text(),
            format=self.name,
            places=sheet.places,
            stated=_properties(source, document),
        )


def check_package(source: Source, data: bytes) -> None:
    """Look at a package before a library unpacks it.

    Raises:
        ExtractError: it is locked, cut short, unpacks to too much or defines XML entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise ExtractError(source.problem(Code.ENCRYPTED))
            total = sum(part.file_size for part in parts)
            packed = max(1, sum(part.compress_size for part in parts))
            if total > _UNPACKED or (total > 20_000_000 and total > _RATIO * packed):
                raise ExtractError(source.problem(Code.BOMB))
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_part(source, package, part)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, zlib_error()):
        raise ExtractError(source.problem(Code.DAMAGED)) from None


def _check_part(source: Source, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with package.open(part) as stream:
        start = stream.read(4096)
        if _DOCTYPE.search(start.replace(b"\0", b"")):  # in UTF-16 as well
            raise ExtractError(source.problem(Code.XML_ENTITIES))
        size = len(start)
        # What the directory says of a part's size need not be true.
        while block := stream.read(1 << 20):
            size += len(block)
            if size > _PART:
                raise ExtractError(source.problem(Code.BOMB))


def zlib_error() -> type[Exception]:
    """What unpacking raises for a damaged stream."""
    import zlib

    return zlib.error


def _root(part: Any, kind: str) -> Any:
    """The root element of a part related to the document, None where there is none."""
    from docx.oxml.parser import parse_xml

    for relation in part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _stories(body: Body, document: Any, kinds: Any, seen: set[str]) -> None:
    """The headers or footers of all sections, each text once, page numbers left out."""
    for section in document.sections:
        for name, where in kinds:
            if name.startswith("first") and not section.different_first_page_header_footer:
                continue
            if name.startswith("even") and not document.settings.odd_and_even_pages_header_footer:
                continue
            story = getattr(section, name)
            if story.is_linked_to_previous:
                continue
            inner = Body(Sheet(), body.numbering)
            inner.write(story.part.element, where)
            for line in inner.sheet.text().splitlines():
                if line.strip() and line not in seen and not is_page_number(line):
                    seen.add(line)
                    body.sheet.end_line()
                    body.sheet.add(line, where=where)
                    body.sheet.end_line()


def _notes(body: Body, document: Any, kind: str) -> None:
    root = _root(document.part, kind)
    for note in root if root is not None else ():
        if note.get(f"{W}type") is None:  # not the separator
            body.sheet.end_line()
            body.write(note, kind[:-1])


def _properties(source: Source, document: Any) -> Stated:
    """The numbers that the document's title, subject and keywords give."""
    try:
        core = document.core_properties
        text = "\n".join(filter(None, (core.title, core.subject, core.keywords)))
    except (KeyError, ValueError):
        return source.stated
    known = source.stated
    numbers = (*known.identifiers, *find_identifiers(text))
    return Stated(known.patient, tuple(dict.fromkeys(numbers)), known.date, known.firm, known.names)
