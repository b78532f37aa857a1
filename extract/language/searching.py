"""medspaCy's regular expressions, tried only where their anchors stand in the text.

The matches are those of medspaCy's own RegexMatcher in the same order; what is spared is
the search for rules that cannot match, and the text that spaCy builds anew for every rule.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.language.anchors import anchors_of, plain
from extract.language.lowered import lowered
from extract.language.scan import Scan


@dataclass(frozen=True, slots=True)
class Found:
    """A match: whose, its tokens, and its named groups."""

    rule: str
    start: int
    end: int
    values: dict[str, str]


class Regex:
    """One rule's regex, compiled when a text first needs it.

    Args:
        name: the rule.
        pattern: as medspaCy gets it: case does not count but in ``(?-i:...)``.
    """

    def __init__(self, name: str, pattern: str) -> None:
        self.name = name
        self.pattern = pattern

    @cached_property
    def _any_case(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    @cached_property
    def _lower_case(self) -> re.Pattern[str] | None:
        made = lowered(self.pattern)
        return re.compile(made) if made is not None else None

    def finds(self, text: str, low: str) -> Iterable[re.Match[str]]:
        """The matches in ``text``; ``low`` is it in lower case where it is ASCII, else empty."""
        if low and self._lower_case is not None:
            return self._lower_case.finditer(low)
        return self._any_case.finditer(text)


class Searcher:
    """Finds the matches of many regexes in a text of known tokens.

    Args:
        rules: (name, regex) in the order of the matches.
        automaton: False to scan without ``pyahocorasick``.
    """

    def __init__(self, rules: Iterable[tuple[str, str]], *, automaton: bool = True) -> None:
        self._regexes = [Regex(*rule) for rule in rules]
        self._scan = Scan([anchors_of(r.pattern) for r in self._regexes], automaton=automaton)

    def owners(self, low: str) -> int:
        """The rules that may match, as bits by place; ``low`` is :func:`plain` text."""
        return self._scan.owners(low)

    def find(self, text: str, starts: Sequence[int]) -> list[Found]:
        """Every match, widened to whole tokens.

        Args:
            text: words with single spaces, as a Doc's text.
            starts: where each token begins.
        """
        low = plain(text)
        mask = self.owners(low)
        if not text.isascii():
            low = ""
        found: list[Found] = []
        while mask:
            bit = mask & -mask
            mask ^= bit
            regex = self._regexes[bit.bit_length() - 1]
            for match in regex.finds(text, low):
                first, last = match.span()
                start = max(0, bisect_right(starts, first) - 1)
                end = bisect_left(starts, last)
                if end > start:
                    found.append(Found(regex.name, start, end, _groups(match, text)))
        return found


def _groups(match: re.Match[str], text: str) -> dict[str, str]:
    """The named groups that took part, in the text's own case."""
    if not match.re.groupindex:
        return {}
    return {
        name: text[match.start(name) : match.end(name)]
        for name in match.re.groupindex
        if match.start(name) >= 0
    }
