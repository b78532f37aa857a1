"""The letters' texts, read again from the archive; a text that changed is never shown as read."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from extract.letters import Letter, Registry, Source
from extract.letters.model import stem
from extract.letters.options import DEFAULTS, ReadOptions
from extract.records import LetterRecord
from extract.settings import MAX_BYTES

_KEPT = 256


class TextState(StrEnum):
    """Whether a letter can be shown."""

    HERE = "here"
    MISSING = "missing"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a letter, as it is in the archive now.

    Attributes:
        state: whether it is the text that the facts were read from.
        text: the words; those of a changed letter too, "" where it is missing.
    """

    state: TextState
    text: str = ""


class Texts:
    """Reads letters when they are asked for and keeps the last few.

    Args:
        root: the archive: a folder of letters, or one file.
        max_bytes: the largest file that is read.
        options: how files are read; as the run read them.
    """

    def __init__(
        self, root: Path, max_bytes: int = MAX_BYTES, options: ReadOptions = DEFAULTS
    ) -> None:
        self.root = root if root.is_dir() or not root.exists() else root.parent
        self.max_bytes = max_bytes
        self.options = options
        self._lock = threading.Lock()
        self._registry: Registry | None = None
        self._kept: OrderedDict[tuple[str, str], Text] = OrderedDict()

    def of(self, record: LetterRecord) -> Text:
        """The text of a letter."""
        key = (record.letter_id, record.digest)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            found = self._read(record)
            if found.state is TextState.HERE:
                self._kept[key] = found
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return found

    def _read(self, record: LetterRecord) -> Text:
        changed: Text | None = None
        for path in record.paths:
            source = self._source(path)
            if source is None:
                continue
            if self._registry is None:
                self._registry = Registry(options=self.options)
            for item in self._registry.read(source):
                if not isinstance(item, Letter):
                    continue
                if item.digest == record.digest:
                    return Text(TextState.HERE, item.text)
                if item.letter_id == record.letter_id:
                    changed = Text(TextState.CHANGED, item.text)
        return changed or Text(TextState.MISSING)

    def _source(self, path: str) -> Source | None:
        """The file that holds a letter; None where it is gone or does not lie in the archive."""
        relative = PurePosixPath(path)
        if relative.is_absolute() or ".." in relative.parts:
            return None
        # A letter inside another file has a path that goes on behind that file's name.
        for depth in range(1, len(relative.parts) + 1):
            part = PurePosixPath(*relative.parts[:depth])
            file = self.root / part
            if file.is_file():
                if not file.resolve().is_relative_to(self.root.resolve()):
                    return None
                return Source(
                    letter_id=stem(part.as_posix()),
                    path=part.as_posix(),
                    file=file,
                    folder=part.parts[0] if len(part.parts) > 1 else "",
                    max_bytes=self.max_bytes,
                )
        return None
