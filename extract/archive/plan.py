"""What lies in an archive, without holding it: found again as often as it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.archive.hide import hidden_walk
from extract.archive.settings import RunSettings
from extract.errors import Code, ExtractError, Problem
from extract.letters import Source, find_sources
from extract.letters.folder import count_files


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the letters are, and how much there is.

    Attributes:
        settings: those of the run.
        out: the folder that outputs go to, if any; it is not part of the archive.
        total: how many files there are, those that cannot be read among them.
    """

    settings: RunSettings
    out: Path | None
    total: int

    def walk(self) -> Iterator[Source | Problem]:
        """Everything that lies in the archive, in order of name."""
        return _walk(self.settings, self.out)


def _walk(settings: RunSettings, out: Path | None) -> Iterator[Source | Problem]:
    found = find_sources(settings.letters, leave_out=out, max_bytes=settings.max_bytes)
    return hidden_walk(found, settings.names)


def plan(settings: RunSettings, out: Path | None = None) -> Plan:
    """Look at what is to be read.

    Args:
        settings: where the letters are.
        out: the folder that outputs go to, if any.

    Raises:
        ExtractError: there is nothing at the path, nothing in it, or the out folder would
            hold the letters.
    """
    letters = settings.letters
    if not letters.exists():
        raise ExtractError(Problem(str(letters), Code.PATH_MISSING, "There is no such path."))
    if out is not None and letters.resolve().is_relative_to(out.resolve()):
        detail = "The letters lie in the out folder."
        raise ExtractError(Problem(str(out), Code.OUTPUT, detail))
    total = count_files(letters, leave_out=out)
    if not total:
        raise ExtractError(Problem(str(letters), Code.NO_LETTERS, "The folder is empty."))
    return Plan(settings, out, total)
