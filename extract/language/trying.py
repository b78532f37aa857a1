"""Regexes that fail fast: a sentence's anchors tell which of them cannot match it.

The fields try hundreds of regexes on each sentence, and nearly all fail. A :class:`Trial` does
what a compiled regex does, but those that are tried often learn their anchors: then one pass
over the letter being read tells in which of its sentences each can match, and in the others
it is not tried. Matches are the same either way.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from extract.language.anchors import anchors_of
from extract.language.scan import Scan

#: Anchors are learnt after so many letters, by what was tried so often in them: a few times a
#: letter, for it takes as long as some thousand tries.
_LETTERS, _OFTEN = 24, 96
#: The bits of a text of which nothing is known: everything may match it.
_ANY: Final = -1


class Trial:
    """A regex that is not tried on sentences in which its anchors are wanting.

    It is compiled when it is first tried: of hundreds most letters need less than half.

    Args:
        pattern: the regex as written.
        flags: the regex module's.

    Attributes:
        pattern: the regex as written.
        flags: as given.
        tries: how often it was tried before anchors were learnt.
    """

    __slots__ = ("_bit", "_compiled", "findall", "flags", "pattern", "split", "sub", "tries")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = int(flags)
        self.tries = 0
        self._bit = 0
        _trials.append(self)

    def _compile(self) -> None:
        compiled = re.compile(self.pattern, self.flags)
        self.sub, self.split, self.findall = compiled.sub, compiled.split, compiled.findall
        self._compiled = compiled

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Fill what is empty until the regex is first tried."""
            if name not in Trial.__slots__:
                raise AttributeError(name)
            self._compile()
            return getattr(self, name)

    def learn(self, bit: int) -> None:
        """From now on look at ``bit`` of what is known of a sentence."""
        self._bit = bit

    def _may_match(self, text: str, endpos: int) -> bool:
        if not self._bit:
            self.tries += 1
            return True
        # Where a text is cut off, a word may end that does not.
        return bool(_known.get(text, _ANY) & self._bit) or endpos < len(text)

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """The first match."""
        return self._compiled.search(text, pos, endpos) if self._may_match(text, endpos) else None

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """The match at ``pos``."""
        return self._compiled.match(text, pos, endpos) if self._may_match(text, endpos) else None

    def fullmatch(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """The match of all of the text."""
        if not self._may_match(text, endpos):
            return None
        return self._compiled.fullmatch(text, pos, endpos)

    def finditer(
        self, text: str, pos: int = 0, endpos: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """All matches, one after the other."""
        if not self._may_match(text, endpos):
            return iter(())
        return self._compiled.finditer(text, pos, endpos)


_trials: list[Trial] = []
#: What may match the sentences of the letter that is being read, as bits. Nothing depends on
#: whether a sentence is here, so that several threads may read at once.
_known: dict[str, int] = {}


class _Learning:
    """Counts letters until anchors are learnt, and has what finds them."""

    def __init__(self) -> None:
        self.letters = 0
        self.scan: Scan | None = None

    def learn(self, often: int = _OFTEN) -> None:
        hot = [(t, anchors_of(t.pattern, t.flags)) for t in _trials if t.tries >= often]
        held = [(trial, anchors) for trial, anchors in hot if anchors]
        self.scan = Scan([anchors for _, anchors in held])
        for place, (trial, _) in enumerate(held):
            trial.learn(1 << place)


_learning = _Learning()


def trial(pattern: str, flags: int = 0) -> Trial:
    """A regex to be tried on sentences; arguments as ``re.compile``'s."""
    return Trial(pattern, flags)


def make_ready(plain: str, parts: Sequence[tuple[int, int]], texts: Sequence[str]) -> None:
    """Tell what may match the sentences of a letter that is about to be searched.

    Args:
        plain: the sentences after :func:`extract.language.anchors.plain`.
        parts: the characters of each in it.
        texts: each as the fields see it.
    """
    _known.clear()
    _learning.letters += 1
    if _learning.letters == _LETTERS:
        _learning.learn()
    if _learning.scan is not None:
        _known.update(zip(texts, _learning.scan.owners_in(plain, parts), strict=True))


def learn_now() -> None:
    """Learn the anchors of every regex, tried or not."""
    _learning.letters = _LETTERS
    _known.clear()
    _learning.learn(0)
