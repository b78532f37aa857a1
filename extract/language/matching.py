"""medspaCy's matchers and ConText, put to work only where they can find anything.

The classes are medspaCy's own; what is spared is the search for rules that cannot match, and
the comparison of modifiers that stand in different sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extract.language.pages import Page
from extract.language.searching import Searcher
from extract.language.text import tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

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
    ask: Callable[[], None] | None = None

    def said(self) -> frozenset[str]:
        """The categories of the modifiers that reach it; all of its sentence are asked at once."""
        if self.ask is not None:
            self.ask()
        return frozenset(self.modifiers)

    def move(self, by: int) -> None:
        """Count its tokens from elsewhere."""
        self.start += by
        self.end += by


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
    """The literals of a component, and the sentences that may hold one.

    Args:
        component: a TargetMatcher or ConText; from now on it finds no regexes.
        literals: (text, id of our rule).
        make: medspaCy's rule for a literal that the component does not have yet: it is added
            when a text first holds all its words, for most never are. None where the
            component has them all.
    """

    def __init__(
        self,
        component: Any,
        literals: Iterable[tuple[str, str]],
        make: Callable[[str, str], Any] | None = None,
    ) -> None:
        self._component = component
        self.matcher = _without_regexes(component)
        self._make = make
        needs: dict[str, list[_Literal]] = defaultdict(list)
        for literal, rule in literals:
            low = literal.lower()
            words = frozenset(low[a:b] for a, b in tokens(low, 0, len(low)))
            made = _Literal(literal, rule, words, added=make is None)
            needs[max(sorted(words), key=len)].append(made)
        self._needs = dict(needs)

    def may_match(self, page: Page, sentence: int) -> bool:
        """Whether a sentence holds all the words of some literal; it is looked for from now on."""
        first, last = page.bounds[sentence]
        held = set(page.lows[first:last])
        found = [
            literal
            for word in held & self._needs.keys()
            for literal in self._needs[word]
            if literal.words <= held
        ]
        if self._make is not None and (new := [literal for literal in found if not literal.added]):
            self._component.add([self._make(literal.text, literal.rule) for literal in new])
            for literal in new:
                literal.added = True
        return bool(found)

    def find(self, doc: Doc) -> Iterator[tuple[Any, str, int, int]]:
        """(medspaCy's rule, its name, first token, one past the last) of every match."""
        names, rules = doc.vocab.strings, self.matcher.rule_map
        for name, start, end in self.matcher(doc):
            yield rules[names[name]], names[name], start, end


class Modifiers:
    """The rules of a ConText, compared within their own sentence.

    Args:
        component: the ConText; from now on it finds no regexes.
        automaton: False to scan without ``pyahocorasick``.
    """

    def __init__(self, component: Any, *, automaton: bool = True) -> None:
        rules = component.rules
        literals = ((r.literal, "") for r in rules if r.pattern is None)
        self._literals = Literals(component, literals)
        self._rules = self._literals.matcher.rule_map
        self._searcher = Searcher(
            [(name, r.pattern) for name, r in self._rules.items() if isinstance(r.pattern, str)],
            automaton=automaton,
        )
        self._max_scope = component.max_scope

    def say(
        self, page: Page, sentence: int, docs: Callable[[int], Doc], matches: Sequence[Match]
    ) -> None:
        """Note with each match of a sentence the categories of the modifiers that reach it."""
        for match in matches:
            match.ask = None
        if not (found := self._found(page, sentence, docs)):
            return
        from medspacy.context.context_graph import ConTextGraph
        from medspacy.context.context_modifier import ConTextModifier
        from spacy.tokens import Span

        doc, first = docs(sentence), page.bounds[sentence][0]
        targets = {(m.start - first, m.end - first, m.rule): m for m in matches}
        spans = [Span(doc, start, end, label=rule) for start, end, rule in targets]
        modifiers = [
            ConTextModifier(self._rules[name], start, end, doc, max_scope=self._max_scope)
            for name, start, end in found
        ]
        graph = ConTextGraph(targets=spans, modifiers=modifiers)
        graph.update_scopes()
        graph.apply_modifiers()
        for target, modifier in graph.edges:
            match = targets[target.start, target.end, target.label_]
            match.modifiers.add(modifier.category.lower())

    def _found(
        self, page: Page, sentence: int, docs: Callable[[int], Doc]
    ) -> list[tuple[str, int, int]]:
        """(rule, first token, one past the last), pruned as ConText prunes."""
        found: list[tuple[str, int, int]] = []
        if self._literals.may_match(page, sentence):
            literals = self._literals.find(docs(sentence))
            found += ((name, start, end) for _, name, start, end in literals)
        first = page.bounds[sentence][0]
        matches = self._searcher.find_in(page, sentence)
        found += ((f.rule, f.start - first, f.end - first) for f in matches)
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
