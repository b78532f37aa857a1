"""Which reader reads a file: chosen by content, never by name alone.

A reader is a small object with a ``name``, ``sniff`` and ``read``. The program's own are
listed in :data:`BUILT_IN`; others are found through the entry point group
``extract.readers``, each naming a class or a function that makes a reader::

    [project.entry-points."extract.readers"]
    odt = "my_package.odt:OdtReader"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import Protocol

from extract.errors import Code, ExtractError, Problem
from extract.letters.model import Letter, Source
from extract.letters.plain import PlainText

GROUP = "extract.readers"


class Reader(Protocol):
    """What reads one format. A file may hold no letter, one, or several."""

    @property
    def name(self) -> str:
        """The format, as records and messages call it."""
        ...

    def sniff(self, head: bytes, path: PurePath) -> float:
        """How sure the reader is, from 0 to 1, that a file beginning like this is its own."""
        ...

    def read(self, source: Source) -> Iterable[Letter | Problem]:
        """The letters of the file, made by ``source.letter``; problems as values.

        May raise OSError where the file cannot be read and ExtractError for a problem
        that ends it; anything else counts as a fault of the reader.
        """
        ...


BUILT_IN: tuple[Callable[[], Reader], ...] = (PlainText,)

#: How files of formats begin that are not letters as they stand.
_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word file or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word file or a message"),
    (b"{\\rtf", "an RTF file"),
    (b"MSH|", "an HL7 message"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"\x1f\x8b", "an archive"),
)


class Registry:
    """The readers of this run, the program's own and those installed beside it.

    Args:
        readers: these and no others.

    Raises:
        ExtractError: an installed reader cannot be loaded.
    """

    def __init__(self, readers: Sequence[Reader] | None = None) -> None:
        self.readers = tuple(_installed() if readers is None else readers)

    def read(self, source: Source) -> Iterator[Letter | Problem]:
        """Everything in the file, at least one thing: its letters, or why there are none.

        Never raises for what a file holds. A reader's fault gives the code ``failed``
        with the exception's class, and nothing of its message, which may quote a letter.
        """
        found = False
        try:
            for item in self._read(source):
                found = True
                yield item
        except OSError as error:
            yield source.problem(Code.UNREADABLE, f"{type(error).__name__}.")
        except ExtractError as error:
            yield from error.problems
        except Exception as error:  # noqa: BLE001  (a reader's fault must not end the run)
            yield source.problem(Code.FAILED, f"The reader raised {type(error).__name__}.")
        else:
            if not found:
                yield source.problem(Code.EMPTY)

    def _read(self, source: Source) -> Iterator[Letter | Problem]:
        head = source.head()
        if not head:
            return
        reader = self.choose(head, PurePath(source.path))
        if reader is None:
            yield _unknown(source, head)
            return
        for item in reader.read(source):
            if isinstance(item, Letter) and not item.text.strip():
                yield source.problem(Code.EMPTY)
            else:
                yield item

    def choose(self, head: bytes, path: PurePath) -> Reader | None:
        """The surest reader for a file that begins with ``head``; None where none claims it.

        The plain reader's claim does not hold for what is known to be another format.
        """
        known = bool(_format(head))
        best: tuple[float, Reader] | None = None
        for reader in self.readers:
            if known and isinstance(reader, PlainText):
                continue
            claim = reader.sniff(head, path)
            if claim > 0 and (best is None or claim > best[0]):
                best = (claim, reader)
        return best[1] if best else None


def _unknown(source: Source, head: bytes) -> Problem:
    name = _format(head)
    if name:
        return source.problem(Code.UNSUPPORTED, f"The file is {name}.")
    return source.problem(Code.NOT_TEXT)


def _format(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:32].lower()
    return next((name for magic, name in _FORMATS if start.startswith(magic.lower())), "")


def _installed() -> Iterator[Reader]:
    for make in BUILT_IN:
        yield make()
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        try:
            reader: Reader = point.load()()
        except Exception as error:  # noqa: BLE001  (whatever it raises, it cannot be used)
            detail = f"The installed reader {point.name} cannot be loaded: {type(error).__name__}."
            raise ExtractError(Problem(point.value, Code.SETTINGS, detail)) from None
        yield reader
