"""Which reader reads a file: chosen by content, never by name alone.

A reader is a small object with a ``name``, ``sniff`` and ``read``. The program's own are
listed in :data:`BUILT_IN`; others are found through the entry point group
``extract.readers``, each naming a class or a function that makes a reader::

    [project.entry-points."extract.readers"]
    odt = "my_package.odt:OdtReader"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import Protocol

from extract.errors import Code, ExtractError, Problem
from extract.letters.clean import fault
from extract.letters.guard import Guard
from extract.letters.model import Budget, Letter, Source, too_large
from extract.letters.options import DEFAULTS, ReadOptions
from extract.letters.plain import PlainText

GROUP = "extract.readers"


class Reader(Protocol):
    """What reads one format. A file may hold no letter, one, or several.

    Three attributes may be added, each False where it is missing. ``trusted``: it runs in
    the process of the run, not in the one that is watched and limited. ``streams``: it
    takes files of any size piece by piece. ``opens``: it is there for the files inside.
    """

    @property
    def name(self) -> str:
        """The format, as records and messages call it."""
        ...

    def sniff(self, head: bytes, path: PurePath) -> float:
        """How sure the reader is, from 0 to 1, that a file beginning like this is its own."""
        ...

    def read(self, source: Source) -> Iterable[Letter | Problem | Source]:
        """The letters of the file, made by ``source.letter``; problems as values.

        A file inside, made by ``source.inside``, is read in turn by whichever reader
        knows it. May raise OSError where the file cannot be read and ExtractError for a
        problem that ends it; anything else counts as a fault of the reader.
        """
        ...


#: How files of formats begin that are not letters as they stand.
_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word file or an archive"),
    (b"PK\x05\x06", "an archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word file or a message"),
    (b"{\\rtf", "an RTF file"),
    (b"MSH|", "an HL7 message"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"\x1f\x8b", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ", "an archive"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"Rar!", "an archive"),
    (b"PAR1", "a Parquet table"),
)


class Registry:
    """The readers of this run, the program's own and those installed beside it.

    Args:
        readers: these and no others, all in this process.
        options: how files are read.

    Raises:
        ExtractError: an installed reader cannot be loaded.
    """

    def __init__(
        self, readers: Sequence[Reader] | None = None, options: ReadOptions = DEFAULTS
    ) -> None:
        self.options = options
        self.readers = tuple(installed(options) if readers is None else readers)
        self.guard = Guard(options) if readers is None else None

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
        except ModuleNotFoundError as error:
            yield source.problem(Code.MISSING_READER, f"It needs the library {error.name}.")
        except MemoryError:
            yield source.problem(Code.MEMORY)
        except RecursionError:
            yield source.problem(Code.NESTED, "Its parts lie too deep in each other.")
        except Exception as error:  # noqa: BLE001  (a reader's fault must not end the run)
            yield source.problem(Code.FAILED, f"The reader raised {type(error).__name__}.")
        else:
            if not found:
                yield source.problem(Code.EMPTY)

    def _read(self, source: Source) -> Iterator[Letter | Problem]:
        size = source.size()
        head = source.head()
        if not head:
            return
        reader = self.choose(head, PurePath(source.path))
        if size > source.max_bytes and not getattr(reader, "streams", False):
            yield source.problem(Code.TOO_LARGE, too_large(source.max_bytes))
        elif reader is None:
            yield _unknown(source, head)
        elif getattr(reader, "opens", False) and source.depth >= self.options.max_depth:
            yield source.problem(Code.NESTED)
        else:
            if source.budget is None:
                source = replace(source, budget=Budget(size))
            yield from self._through(reader, source)

    def _through(self, reader: Reader, source: Source) -> Iterator[Letter | Problem]:
        if self.guard and not getattr(reader, "trusted", False):
            yield from self.guard.read(source)
            return
        for item in reader.read(source):
            if isinstance(item, Source):
                yield from self.read(item)
            elif isinstance(item, Letter):
                yield self._checked(source, item)
            else:
                yield item

    def _checked(self, source: Source, letter: Letter) -> Letter | Problem:
        code = fault(letter.text, self.options.max_chars)
        if code is None and not letter.text.strip():
            code = Code.EMPTY
        return source.problem(code) if code else letter

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


def _own(options: ReadOptions) -> Iterator[Reader]:
    from extract.letters import readers

    for make in readers.BUILT_IN:
        yield make(options)


def installed(options: ReadOptions) -> Iterator[Reader]:
    """The program's own readers, then those of the entry point group, in order of name.

    Raises:
        ExtractError: an installed reader cannot be loaded.
    """
    yield from _own(options)
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        try:
            reader: Reader = point.load()()
        except Exception as error:  # noqa: BLE001  (whatever it raises, it cannot be used)
            detail = f"The installed reader {point.name} cannot be loaded: {type(error).__name__}."
            raise ExtractError(Problem(point.value, Code.SETTINGS, detail)) from None
        yield reader


Make = Callable[[ReadOptions], Reader]
