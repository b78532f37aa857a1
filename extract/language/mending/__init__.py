"""A letter as it was before the scanner: misread characters, broken lines, page furniture.

:func:`Mender.mend` gives a text that the rest of the program reads like any other, and for
each of its characters the place in the letter's own text that it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from importlib.resources import files
from itertools import chain
from typing import Final

from extract.language.mending.furniture import clear_furniture
from extract.language.mending.numbers import figures
from extract.language.mending.spacing import broken, spaced_out, stuck
from extract.language.mending.spelling import Spelling
from extract.language.mending.view import Edit, Mended
from extract.language.mending.words import Words, counted, mend_plain, mend_words, misread
from extract.language.rules import RuleSet
from extract.letters.layout.hyphens import vocabulary
from extract.values.agents import Lexicon

__all__ = ["Edit", "Mended", "Mender"]

_MONTHS: Final = """january february march april may june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday""".split()
_WORD: Final = re.compile(r"(?<![\w\\])[a-z]{3,}(?!\w)")
#: Letters of short names of drugs that look like common words.
_DOUBTFUL: Final = 4
#: Months and days are as common as the words that stand here in order.
_FIRST: Final = 200
#: A letter with so many misread words was scanned, or with fewer where it is a short one:
#: so many in a thousand words.
_MANY, _FEWEST, _SHARE = 4, 2, 8


class Mender:
    """Mends letters.

    Args:
        drugs: their names.
        terms: words of the rules, which misread words may have been.
        known: words that are none of them misread.
        doubtful: words that stand for nothing in a damaged letter, whoever lists them.
    """

    def __init__(
        self,
        drugs: Iterable[str],
        terms: Iterable[str],
        known: Iterable[str] = (),
        doubtful: Iterable[str] = (),
    ) -> None:
        self._doubtful = frozenset(doubtful)
        self._drugs = tuple(drugs)
        self._terms = (*self._drugs, *terms)
        self._known = tuple(known)

    @classmethod
    def of(cls, rules: RuleSet, lexicon: Lexicon) -> Mender:
        """A mender that knows the words of the rules and the drugs."""
        # "thal" is far oftener a misread "that" than a drug.
        doubtful = {s for s, _, weak in lexicon.surfaces() if weak and len(s) == _DOUBTFUL}
        named = [s for s, _, _ in lexicon.surfaces()]
        literal = [text for rule in rules.targets for text in rule.literals]
        titles = [text for rule in rules.sections for text in rule.headings]
        said = [text for rule in rules.context for text in rule.literals]
        return cls(_spelt(named), _spelt(literal, titles), _spelt(said), doubtful)

    @cached_property
    def words(self) -> Words:
        """Built when the first letter is read."""
        common, plain = (_listed(name) for name in ("words.txt", "english.txt"))
        listed = chain(common[:_FIRST], _MONTHS, common[_FIRST:], self._terms, sorted(vocabulary()))
        spelling = Spelling(
            (w for w in listed if len(w) > 1 and w not in self._doubtful),
            (w for w in chain(self._known, plain) if w not in self._doubtful),
        )
        return Words(spelling, {*_MONTHS, *self._drugs})

    def mend(self, raw: str) -> Mended:
        """The letter as it is to be read."""
        made = clear_furniture(Mended.whole(raw))
        made = made.with_edits(spaced_out(made.text))
        count, found = counted(made.text)
        if not self._scanned(count, found):
            return made.with_edits(mend_plain(made.text, found, self.words))
        made = made.with_edits(broken(made.text))
        made = made.with_edits(mend_words(made.text, self.words))
        made = made.with_edits(figures(made.text))
        return made.with_edits(stuck(made.text))

    def _scanned(self, count: int, found: frozenset[str]) -> bool:
        """Whether so many words are misread that no typist did it."""
        bad = len(misread(found, self.words))
        return bad >= _MANY or (bad >= _FEWEST and bad * 1000 >= _SHARE * count)


def _listed(name: str) -> list[str]:
    return files("extract.language.mending").joinpath(name).read_text("utf-8").split()


def _spelt(*texts: Iterable[str]) -> list[str]:
    """The words of some texts, each once, in order."""
    found = (word for text in chain(*texts) for word in _WORD.findall(text.lower()))
    return list(dict.fromkeys(found))
