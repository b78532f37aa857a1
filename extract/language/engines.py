"""Two ways to the same mentions.

``reference`` hands the whole letter to medspaCy's TargetMatcher and ConText as they come.
``scanned`` looks where a match can be: a regex is tried where its anchors stand, drugs where
their words do, and ConText compares modifiers within their own sentence. A test holds both
equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from extract.language.components import AGENT_RULE, GROUP, Components, inline, key
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
    """medspaCy's components over the whole letter."""

    def __init__(self, components: Components) -> None:
        self._components = components
        self._regexes = {p.id: p.compiled() for p in components.rules.targets if p.regex}

    def find(self, page: Page) -> list[Match]:
        """See :class:`Engine`."""
        doc = self._components.document(page)
        self._components.targets(doc)
        self._components.context(doc)
        matches = longest(
            (
                Match(span.label_, span.start, span.end)
                for span in doc.spans[GROUP]
                if page.within(span.start, span.end)
            ),
            self._components,
        )
        said: dict[tuple[int, int, str], set[str]] = defaultdict(set)
        for target, modifier in doc._.context_graph.edges:
            said[target.start, target.end, target.label_].add(modifier.category.lower())
        for match in matches:
            match.values = self._values(match, page)
            match.modifiers = said[match.start, match.end, match.rule]
        return matches

    def _values(self, match: Match, page: Page) -> dict[str, str]:
        pattern = self._components.patterns[match.rule]
        if pattern.id == AGENT_RULE:
            return self._components.surfaces[key(page.words[match.start : match.end])]
        values = dict(pattern.yields)
        if pattern.regex:
            found = self._regexes[pattern.id].match(page.text, page.starts[match.start])
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
            [(p.id, inline(p)) for p in self._patterns.values() if p.regex], automaton=automaton
        )
        self._literals = Literals(components, components.patterns.values())
        self._context = Modifiers(components.context, automaton=automaton)

    def find(self, page: Page) -> list[Match]:
        """See :class:`Engine`."""
        doc: Doc | None = None
        matches: list[Match] = []
        if self._literals.may_match(page.words):
            doc = self._components.document(page)
            matches += (Match(rule.category, a, b) for rule, a, b in self._literals.find(doc))
        for found in self._searcher.find(page.text, page.starts):
            values = self._patterns[found.rule].yields | found.values
            matches.append(Match(found.rule, found.start, found.end, values))
        kept = longest((m for m in matches if page.within(m.start, m.end)), self._components)
        for match in kept:
            if match.rule == AGENT_RULE:
                words = key(page.words[match.start : match.end])
                match.values = self._components.surfaces[words]
            elif not match.values:
                match.values = self._patterns[match.rule].yields
        if kept:
            self._context.say(page, doc or self._components.document(page), kept)
        return kept


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
