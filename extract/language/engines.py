"""Two ways to the same mentions, sentence by sentence: no rule looks over a sentence's end.

``reference`` hands every sentence to medspaCy's TargetMatcher and ConText as they come.
``scanned`` looks where a match can be: a regex is tried in the sentences in which its anchors
stand, drugs where their words do, and ConText where there is something to say it of. A test
holds both equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from extract.language.components import AGENT_RULE, GROUP, Components, key
from extract.language.matching import Literals, Match, Modifiers
from extract.language.pages import Page
from extract.language.searching import Searcher

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Engine(Protocol):
    """Finds the mentions of a page; none runs over a sentence's end."""

    def find(self, page: Page) -> list[Match]:
        """In order of place; among those of one label and place the longest only."""


class Reference:
    """medspaCy's components over every sentence."""

    def __init__(self, components: Components) -> None:
        self._components = components
        self._regexes = {p.id: p.compiled() for p in components.rules.targets if p.regex}

    def find(self, page: Page) -> list[Match]:
        """See :class:`Engine`."""
        return [m for sentence in range(len(page.bounds)) for m in self._find(page, sentence)]

    def _find(self, page: Page, sentence: int) -> list[Match]:
        doc = self._components.document(page, sentence)
        self._components.targets(doc)
        self._components.context(doc)
        matches = longest(
            (Match(span.label_, span.start, span.end) for span in doc.spans[GROUP]),
            self._components,
        )
        said: dict[tuple[int, int, str], set[str]] = defaultdict(set)
        for target, modifier in doc._.context_graph.edges:
            said[target.start, target.end, target.label_].add(modifier.category.lower())
        for match in matches:
            match.values = self._values(match, doc)
            match.modifiers = said[match.start, match.end, match.rule]
            match.move(page.bounds[sentence][0])
        return matches

    def _values(self, match: Match, doc: Doc) -> dict[str, str]:
        pattern = self._components.patterns[match.rule]
        if pattern.id == AGENT_RULE:
            words = [token.text for token in doc[match.start : match.end]]
            return self._components.surfaces[key(words)]
        values = dict(pattern.yields)
        if pattern.regex:
            found = self._regexes[pattern.id].match(doc.text, doc[match.start].idx)
            if found:
                values |= {k: v for k, v in found.groupdict().items() if v is not None}
        return values


class Scanned:
    """medspaCy's matchers and context rules, where a match can be.

    Args:
        components: with the rules, for this engine alone.
        automaton: False to scan without ``pyahocorasick``.
    """

    def __init__(self, components: Components, *, automaton: bool = True) -> None:
        self._components = components
        self._patterns = components.patterns
        self._searcher = Searcher(
            [(p.id, p.inline()) for p in self._patterns.values() if p.regex], automaton=automaton
        )
        literals = ((text, p.id) for p in components.patterns.values() for text in p.literals)
        self._literals = Literals(components.no_targets(), literals, components.literal)
        self._context = Modifiers(components.context, automaton=automaton)

    def find(self, page: Page) -> list[Match]:
        """See :class:`Engine`."""
        docs = _Documents(self._components, page).of
        by_sentence: dict[int, list[Match]] = defaultdict(list)
        for match in chain(self._named(page, docs), self._matched(page)):
            by_sentence[page.owner[match.start]].append(match)
        kept: list[Match] = []
        for sentence in sorted(by_sentence):
            held = longest(by_sentence[sentence], self._components)
            ask = partial(self._context.say, page, sentence, docs, held)
            for match in held:
                match.ask = ask
            kept += held
        return kept

    def _named(self, page: Page, docs: Callable[[int], Doc]) -> Iterator[Match]:
        """Literals: the drugs' names and the rules' own."""
        for sentence, (first, _) in enumerate(page.bounds):
            if not self._literals.may_match(page, sentence):
                continue
            for rule, _, a, b in self._literals.find(docs(sentence)):
                start, end = first + a, first + b
                if rule.category == AGENT_RULE:
                    values = self._components.surfaces[key(page.words[start:end])]
                else:
                    values = self._patterns[rule.category].yields
                yield Match(rule.category, start, end, values)

    def _matched(self, page: Page) -> Iterator[Match]:
        """Regexes."""
        for found in self._searcher.find(page):
            yields = self._patterns[found.rule].yields
            values = yields | found.values if found.values else yields
            yield Match(found.rule, found.start, found.end, values)


class _Documents:
    """The documents of a letter's sentences, each made when first asked for."""

    def __init__(self, components: Components, page: Page) -> None:
        self._components, self._page = components, page
        self._made: dict[int, Doc] = {}

    def of(self, sentence: int) -> Doc:
        """The document of a sentence."""
        made = self._made.get(sentence)
        if made is None:
            made = self._made[sentence] = self._components.document(self._page, sentence)
        return made


def longest(matches: Iterable[Match], components: Components) -> list[Match]:
    """Matches in order, none inside or overlapping a longer one of the same label."""
    kept: dict[int, Match] = {}
    last: dict[str, Match] = {}
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        label = components.patterns[match.rule].label
        before = last.get(label)
        if before is not None and match.start < before.end:
            if match.end - match.start <= before.end - before.start:
                continue
            del kept[id(before)]
        kept[id(match)] = last[label] = match
    return list(kept.values())
