"""medspaCy's regular expressions, tried only in the sentences in which their anchors stand.

The matches are those of medspaCy's own RegexMatcher on a sentence; what is spared is the
search for rules that cannot match, and the text that spaCy builds anew for every rule.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from extract.language.anchors import anchors_of
from extract.language.lowered import lowered
from extract.language.pages import Page
from extract.language.scan import Scan


@dataclass(frozen=True, slots=True)
class Found:
    """A match: whose, its tokens, and its named groups."""

    rule: str
    start: int
    end: int
    values: dict[str, str]


#: A regex is tried so often before its form for lower case is made, which takes as long as
#: some hundred tries save.
_OFTEN: Final = 64


class Regex:
    """One rule's regex, compiled when a text first needs it.

    Args:
        name: the rule.
        pattern: as medspaCy gets it: case does not count but in ``(?-i:...)``.
    """

    def __init__(self, name: str, pattern: str) -> None:
        self.name = name
        self.pattern = pattern
        self._tries = 0
        self._lower_case: re.Pattern[str] | None = None

    @cached_property
    def _any_case(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    def _try(self) -> None:
        self._tries += 1
        if self._tries == _OFTEN and (made := lowered(self.pattern)) is not None:
            self._lower_case = re.compile(made)

    def finds(self, text: str, low: str) -> Iterable[re.Match[str]]:
        """The matches in ``text``; ``low`` is it in lower case where it is ASCII, else empty."""
        if self._tries < _OFTEN:
            self._try()
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

    def find(self, page: Page) -> list[Found]:
        """Every match within a sentence of the page, widened to whole tokens."""
        low = page.plain
        masks = self._scan.owners_in(low, page.parts)
        blind = low if page.text.isascii() else ""
        found: list[Found] = []
        for sentence, mask in enumerate(masks):
            if mask:
                found += self._found(page, sentence, mask, blind)
        return found

    def find_in(self, page: Page, sentence: int) -> list[Found]:
        """The same within one of the sentences."""
        begin, stop = page.parts[sentence]
        mask = self._scan.owners(page.plain[begin:stop])
        blind = page.plain if page.text.isascii() else ""
        return list(self._found(page, sentence, mask, blind)) if mask else []

    def _found(self, page: Page, sentence: int, mask: int, blind: str) -> Iterator[Found]:
        begin, stop = page.parts[sentence]
        text, low = page.text[begin:stop], blind[begin:stop]
        first, last = page.bounds[sentence]
        while mask:
            bit = mask & -mask
            mask ^= bit
            regex = self._regexes[bit.bit_length() - 1]
            for match in regex.finds(text, low):
                a, b = match.span()
                start = max(first, bisect_right(page.starts, begin + a, first, last) - 1)
                end = bisect_left(page.starts, begin + b, first, last)
                if end > start:
                    yield Found(regex.name, start, end, _groups(match, text))


def _groups(match: re.Match[str], text: str) -> dict[str, str]:
    """The named groups that took part, in the text's own case."""
    if not match.re.groupindex:
        return {}
    return {
        name: text[match.start(name) : match.end(name)]
        for name in match.re.groupindex
        if match.start(name) >= 0
    }
