"""Whether any of some regexes can match, told from their anchors before they are tried."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, TypeAlias, TypeVar

from extract.language.anchors import anchors_of, plain
from extract.language.scan import Scan
from extract.language.trying import Trial

Regex: TypeAlias = re.Pattern[str] | Trial

K = TypeVar("K")


def flat(text: str) -> str:
    """``text`` in lower case with single spaces, as a gate is asked about it."""
    return plain(" ".join(text.split()))


class Gate:
    """Open to texts that one of its regexes may match.

    Args:
        patterns: regexes; case does not count, which opens the gate too often rather than
            too seldom.
    """

    def __init__(self, *patterns: Regex) -> None:
        self._scan = Scan([anchors_of(pattern.pattern, pattern.flags) for pattern in patterns])

    def is_open(self, text: str) -> bool:
        """Whether a regex may match a sentence's text, or any other with single spaces."""
        return bool(self._scan.owners(plain(text)))

    def is_open_to(self, flat_text: str) -> bool:
        """The same for a text of any white space after :func:`flat`."""
        return bool(self._scan.owners(flat_text))


class Gates(Generic[K]):
    """Tells which of many named regexes may match.

    Args:
        patterns: names and regexes, in the order in which they are to be tried.
    """

    def __init__(self, patterns: Iterable[tuple[K, Regex]]) -> None:
        self._patterns = list(patterns)
        self._scan = Scan([anchors_of(p.pattern, p.flags) for _, p in self._patterns])

    def open_to(self, text: str) -> list[tuple[K, Regex]]:
        """Those that may match a text with single spaces, in order."""
        mask = self._scan.owners(plain(text))
        found = []
        while mask:
            bit = mask & -mask
            mask ^= bit
            found.append(self._patterns[bit.bit_length() - 1])
        return found
