"""medspaCy's matchers and ConText, put to work only where they can find anything.

The classes are medspaCy's own; what is spared is the search for rules that cannot match, and
the comparison of modifiers that stand in different sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extract.language.pages import Page
from extract.language.rules import TargetPattern
from extract.language.searching import Searcher
from extract.language.text import tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extract.language.components import Components

#: Where medspaCy keeps the matcher of a component, and that one its regular expressions.
_HOLDERS = ("_TargetMatcher__matcher", "_ConText__matcher")
_REGEXES = "_MedspacyMatcher__regex_matcher"
_PRUNES = "_prune"


@dataclass(slots=True)
class Match:
    """A rule's match: its tokens, what it yields, and what is said of it."""

    rule: str
    start: int
    end: int
    values: Mapping[str, str] = field(default_factory=dict)
    modifiers: set[str] = field(default_factory=set)


def _without_regexes(component: Any) -> Any:
    """The matcher of a component, made to look for literals and token patterns only."""
    holder = next(held for name in _HOLDERS if (held := getattr(component, name, None)))
    if not hasattr(holder, _REGEXES):
        raise AttributeError("This medspaCy keeps its regular expressions elsewhere.")
    setattr(holder, _REGEXES, _no_matches)
    setattr(holder, _PRUNES, False)
    return holder


def _no_matches(_: Doc) -> list[Any]:
    return []


@dataclass(slots=True)
class _Literal:
    """A literal, its rule's id, the words that a text must hold for it; whether it is looked for."""

    text: str
    rule: str
    words: frozenset[str]
    added: bool = False


class Literals:
    """The literals of some rules, which medspaCy's TargetMatcher looks for.

    A literal is added to the matcher when a text first holds all its words: most never are.

    Args:
        components: that make the matcher.
        patterns: the rules.
    """

    def __init__(self, components: Components, patterns: Iterable[TargetPattern]) -> None:
        self._rule = components.literal
        self._component = components.no_targets()
        self._matcher = _without_regexes(self._component)
        self._needs: dict[str, list[_Literal]] = defaultdict(list)
        for pattern in patterns:
            for literal in pattern.literals:
                low = literal.lower()
                words = frozenset(low[a:b] for a, b in tokens(low, 0, len(low)))
                self._needs[max(sorted(words), key=len)].append(
                    _Literal(literal, pattern.id, words)
                )

    def may_match(self, words: Sequence[str]) -> bool:
        """Whether all the words of some literal are there; those are looked for from now on."""
        held = {word.lower() for word in words}
        found = [
            literal
            for word in held & self._needs.keys()
            for literal in self._needs[word]
            if literal.words <= held
        ]
        new = [literal for literal in found if not literal.added]
        self._component.add([self._rule(literal.text, literal.rule) for literal in new])
        for literal in new:
            literal.added = True
        return bool(found)

    def find(self, doc: Doc) -> Iterator[tuple[Any, int, int]]:
        """(medspaCy's rule, first token, one past the last) of every match."""
        names, rules = doc.vocab.strings, self._matcher.rule_map
        for name, start, end in self._matcher(doc):
            yield rules[names[name]], start, end


class Modifiers:
    """The rules of a ConText, compared within their own sentence.

    Args:
        component: the ConText; from now on it finds no regexes.
        automaton: False to scan without ``pyahocorasick``.
    """

    def __init__(self, component: Any, *, automaton: bool = True) -> None:
        self._matcher = _without_regexes(component)
        rules = self._matcher.rule_map
        self._searcher = Searcher(
            [(name, rule.pattern) for name, rule in rules.items() if isinstance(rule.pattern, str)],
            automaton=automaton,
        )
        self._max_scope = component.max_scope

    def say(self, page: Page, doc: Doc, matches: Sequence[Match]) -> None:
        """Note with each match the categories of the modifiers that reach it."""
        from medspacy.context.context_graph import ConTextGraph
        from medspacy.context.context_modifier import ConTextModifier
        from spacy.tokens import Span

        modifiers: dict[int, list[Any]] = defaultdict(list)
        found = self._found(page, doc)
        block = _blocks(page, found)
        targets: dict[int, dict[tuple[int, int, str], Match]] = defaultdict(dict)
        for match in matches:
            targets[block[page.owner[match.start]]][match.start, match.end, match.rule] = match
        for name, start, end in found:
            if (home := block[page.owner[start]]) in targets:
                rule = self._matcher.rule_map[name]
                made = ConTextModifier(rule, start, end, doc, max_scope=self._max_scope)
                modifiers[home].append(made)
        for home, held in modifiers.items():
            spans = [Span(doc, start, end, label=rule) for start, end, rule in targets[home]]
            graph = ConTextGraph(targets=spans, modifiers=held)
            graph.update_scopes()
            graph.apply_modifiers()
            for target, modifier in graph.edges:
                match = targets[home][target.start, target.end, target.label_]
                match.modifiers.add(modifier.category.lower())

    def _found(self, page: Page, doc: Doc) -> list[tuple[str, int, int]]:
        """(rule, first token, one past the last), pruned as ConText prunes."""
        names = doc.vocab.strings
        found = [(names[name], start, end) for name, start, end in self._matcher(doc)]
        found += [(f.rule, f.start, f.end) for f in self._searcher.find(page.text, page.starts)]
        return [match for cluster in _clusters(found) for match in _pruned(cluster)]


def _clusters(found: list[tuple[str, int, int]]) -> Iterator[list[tuple[str, int, int]]]:
    """Matches that overlap, directly or by others between them."""
    cluster: list[tuple[str, int, int]] = []
    stop = 0
    for match in sorted(found, key=lambda m: (m[1], m[2])):
        if cluster and match[1] >= stop:
            yield cluster
            cluster = []
        cluster.append(match)
        stop = max(stop, match[2])
    if cluster:
        yield cluster


def _pruned(cluster: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    from medspacy.common.util import prune_overlapping_matches

    if len(cluster) == 1:
        return cluster
    kept: list[tuple[str, int, int]] = prune_overlapping_matches(cluster)
    return kept


def _blocks(page: Page, found: Iterable[tuple[str, int, int]]) -> list[int]:
    """For each sentence the first of those that modifiers across their ends tie it to."""
    tied = {
        later
        for _, start, end in found
        for later in range(page.owner[start] + 1, page.owner[end - 1] + 1)
    }
    block: list[int] = []
    for sentence in range(len(page.bounds)):
        block.append(block[-1] if sentence in tied else sentence)
    return block
