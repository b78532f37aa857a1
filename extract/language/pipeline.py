"""The way from a letter's text to a :class:`Reading`: layout, sentences, mentions.

Overlapping matches of different labels are kept; among matches of one label the longest
wins, and what runs over a sentence's end is no match.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache, partial

from extract.language import layout
from extract.language.components import AGENT, Components
from extract.language.drugnames import DrugNames
from extract.language.engines import Engine, Reference, Scanned
from extract.language.matching import Match
from extract.language.mending import Mended, Mender
from extract.language.pages import Page, paginate, sections_of
from extract.language.reading import Mention, Places, Reading, Sentence, Unit
from extract.language.rules import RuleSet, load_rules
from extract.language.text import fold, unquote
from extract.language.trying import make_ready
from extract.settings import EngineName
from extract.values.agents import Lexicon, load_agents

__all__ = ["AGENT", "EngineName", "Reader"]


class Reader:
    """Turns a letter's text into a :class:`Reading`. Build once, use for many letters.

    Args:
        rules: the rule set; default, the shipped ``patterns/``.
        lexicon: the drug lexicon; default, the shipped one.
        engine: how mentions are found; both ways find the same.
    """

    def __init__(
        self,
        rules: RuleSet | None = None,
        lexicon: Lexicon | None = None,
        engine: EngineName = EngineName.SCANNED,
    ) -> None:
        self.rules = rules or load_rules()
        self.lexicon = lexicon or load_agents()
        self._spelling = DrugNames(self.lexicon)
        self._mender = Mender.of(self.rules, self.lexicon)
        components = Components(self.rules, self.lexicon)
        self._patterns = components.patterns
        self._engine: Engine = (
            Scanned(components) if engine is EngineName.SCANNED else Reference(components)
        )
        self.heading = lru_cache(maxsize=20_000)(components.heading)

    def read(self, raw: str) -> Reading:
        """Read one letter. Linear in its length but for the pairs within one sentence."""
        mended = self._mender.mend(raw)
        text = mended.text
        folded = fold(text)
        units = layout.lay_out(folded, self.heading)
        page = paginate(unquote(folded), units)
        matches = self._engine.find(page) if page.where else []
        return self._made(mended, folded, units, page, matches)

    def _made(
        self,
        mended: Mended,
        folded: str,
        units: tuple[Unit, ...],
        page: Page,
        matches: Iterable[Match],
    ) -> Reading:
        found: list[list[Mention]] = [[] for _ in page.bounds]
        for match in matches:
            mention = self._mention(page, match)
            found[mention.sentence].append(mention)
        made = tuple(self._sentence(page, index, held) for index, held in enumerate(found))
        if self._spelling.may_find(page.text):
            made = tuple(map(self._with_damaged, made))
        make_ready(page.plain, page.parts, [s.text for s in made])
        return Reading(mended.text, units, made, sections_of(folded, units), mended=mended)

    def _mention(self, page: Page, match: Match) -> Mention:
        return Mention(
            label=self._patterns[match.rule].label,
            start=page.where[match.start][0],
            end=page.where[match.end - 1][1],
            text=page.text_of(match.start, match.end),
            rule=match.rule,
            values=match.values,
            sentence=page.owner[match.start],
            tell=match.said,
        )

    def _sentence(self, page: Page, index: int, mentions: list[Mention]) -> Sentence:
        first, last = page.bounds[index]
        start, end = page.sentences[index]
        places = Places(partial(page.places, index))
        return Sentence(
            index,
            start,
            end,
            page.text_of(first, last),
            page.owners[index],
            places,
            _ordered(mentions),
        )

    def _with_damaged(self, sentence: Sentence) -> Sentence:
        """The sentence with drug names that only their damage kept the rules from matching."""
        found: list[Mention] = []
        for at, to, generics in self._spelling.find(sentence.text):
            start, end = sentence.raw(at, to)
            named = sentence.of(AGENT)
            if any(m.start < end and start < m.end for m in named):
                continue
            values = {"agents": "|".join(generics), "weak": "", "damaged": "1"}
            text, rule = sentence.text[at:to], "agents.spelling"
            found.append(Mention(AGENT, start, end, text, rule, values, sentence.index))
        return replace(sentence, mentions=_ordered([*sentence.mentions, *found]))


def _ordered(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.label)))
