"""One file becomes records, with a pipeline that is built once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import Code, Problem
from extract.letters import Claim, Identifier, IdentifierKind, Letter, Registry, Source
from extract.letters.copies import sketch
from extract.letters.names import without_names
from extract.letters.options import DEFAULTS, ReadOptions
from extract.records import LetterRecord
from extract.settings import EngineName
from extract.store.model import Item, LetterRow

if TYPE_CHECKING:
    from extract.archive.extractor import Extractor


@dataclass(frozen=True, slots=True)
class Read:
    """One letter as read: whose it claims to be, and its record."""

    claim: Claim
    record: LetterRecord
    sketch: str = ""

    def row(self) -> LetterRow:
        """The letter as the store keeps it and as it passes between processes."""
        return LetterRow(
            letter_id=self.claim.letter_id,
            path=self.record.paths[0] if self.record.paths else "",
            folder=self.claim.folder,
            identifiers=tuple((i.kind.value, i.value) for i in self.claim.identifiers),
            digest=self.record.digest,
            record=self.record.model_dump_json(),
            sketch=self.sketch,
        )

    @classmethod
    def of(cls, row: LetterRow) -> Read:
        """The letter from what :meth:`row` made of it."""
        return cls(claim_of(row), LetterRecord.model_validate_json(row.record), row.sketch)


def claim_of(row: LetterRow) -> Claim:
    """Whose letter it claims to be."""
    numbers = tuple(Identifier(IdentifierKind(kind), value) for kind, value in row.identifiers)
    return Claim(row.letter_id, row.folder, numbers)


@dataclass(frozen=True, slots=True)
class Done:
    """All that became of one file."""

    path: str
    letters: tuple[Read, ...] = ()
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, path: str, items: Collection[Item]) -> Done:
        """From what a worker sent."""
        return cls(
            path,
            tuple(Read.of(item) for item in items if isinstance(item, LetterRow)),
            tuple(item for item in items if isinstance(item, Problem)),
        )


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know before its first file; plain data.

    Attributes:
        patterns: a folder of rules instead of the program's own.
        options: how files are read; ``seconds`` also bounds the work on one letter.
        memory: bytes that a worker may take beyond what its pipeline takes.
        engine: how mentions are found.
    """

    patterns: Path | None = None
    options: ReadOptions = DEFAULTS
    memory: int = 2_000_000_000
    engine: EngineName = EngineName.SCANNED


class Worker:
    """Reads files into records with one pipeline.

    Args:
        extractor: the pipeline.
        registry: the readers; default, all that are installed.
    """

    def __init__(self, extractor: Extractor, registry: Registry | None = None) -> None:
        self.extractor = extractor
        self.registry = registry or Registry()

    def do(self, source: Source) -> Done:
        """Read one file. A letter that raises becomes a problem, and the rest goes on."""
        items = list(self.items(source))
        return Done(
            source.path,
            tuple(item for item in items if isinstance(item, Read)),
            tuple(item for item in items if isinstance(item, Problem)),
        )

    def items(
        self, source: Source, start: int = 0, skip: Collection[int] = ()
    ) -> Iterator[Read | Problem | None]:
        """What the file gives, one after the other.

        Args:
            source: the file.
            start: leave out as many, which are known already.
            skip: places of letters that ended a worker; None is given for each.
        """
        for place, item in enumerate(self.registry.read(source)):
            if place < start:
                continue
            if place in skip:
                yield None
            else:
                yield self._record(item) if isinstance(item, Letter) else item

    def _record(self, letter: Letter) -> Read | Problem:
        try:
            record = self.extractor.record(letter)
        except MemoryError:
            return Problem(letter.path, Code.MEMORY)
        except Exception as error:  # noqa: BLE001  (one letter must not end the run)
            # The class only: the message may quote the letter.
            detail = f"Reading the letter raised {type(error).__name__}."
            return Problem(letter.path, Code.FAILED, detail)
        hidden = self.registry.options.hidden
        tells = sketch(letter, record.facts, record.letter_date, hidden).packed()
        if hidden:
            record = without_names(record, letter)
        return Read(Claim(letter.letter_id, letter.folder, letter.identifiers), record, tells)


def worker_here(setup: Setup) -> Worker | None:  # noqa: ARG001
    """A worker in this process, without limits. None, unless a test puts one here."""
    return None
