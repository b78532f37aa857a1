"""medspaCy's components with the program's own rules.

PyRuSH never runs: sentences come from the layout.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from extract.language.medspacy_import import import_medspacy
from extract.language.pages import Page
from extract.language.rules import ContextPattern, RuleSet, TargetPattern
from extract.language.text import fold, tokens, word
from extract.values.agents import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

GROUP = "mentions"
AGENT = "AGENT"
AGENT_RULE = "agents"
_REMARK = re.compile(r"\s*\([^()]*\)$")


class Components:
    """TargetMatcher, ConText and Sectionizer, each built when first asked for.

    Attributes:
        patterns: the rules for mentions by id, the drugs' among them.
        surfaces: what a drug's name yields, by its words in lower case.
    """

    def __init__(self, rules: RuleSet, lexicon: Lexicon) -> None:
        self._medspacy = import_medspacy()
        from spacy.lang.en import English

        self.rules = rules
        # With a tokenizer of its own spaCy does not build the one that it would come with.
        self._nlp = English(create_tokenizer=lambda _: self._tokenise)
        self.surfaces: dict[str, dict[str, str]] = {}
        agents = self._agents(lexicon)
        self.patterns = {pattern.id: pattern for pattern in [*rules.targets, agents]}

    # -- documents ----------------------------------------------------------------

    def _tokenise(self, text: str) -> Doc:
        spans = list(tokens(text, 0, len(text)))
        words = [word(text, a, b) for a, b in spans]
        spaces = [spans[i + 1][0] > spans[i][1] for i in range(len(spans) - 1)] + [False]
        return self._doc(words, spaces if spans else [], None)

    def document(self, page: Page, sentence: int) -> Doc:
        """The spaCy document of one of a letter's sentences."""
        first, last = page.bounds[sentence]
        begins: list[bool | int | None] = [False] * (last - first)
        begins[0] = True
        return self._doc(page.words[first:last], page.spaces[first:last], begins)

    def _doc(
        self, words: list[str], spaces: list[bool], starts: list[bool | int | None] | None
    ) -> Doc:
        from spacy.tokens import Doc

        return Doc(self._nlp.vocab, words=words, spaces=spaces, sent_starts=starts)

    # -- components ---------------------------------------------------------------

    @cached_property
    def targets(self) -> Any:
        """The TargetMatcher: mentions go to the span group ``mentions``, overlaps and all."""
        matcher = self.no_targets()
        rule = self._medspacy.target_matcher.TargetRule
        for pattern in self.patterns.values():
            made = [rule(pattern.id, pattern.id, pattern=pattern.inline())] if pattern.regex else []
            made += [rule(text, pattern.id) for text in pattern.literals]
            matcher.add(made)
        return matcher

    def no_targets(self) -> Any:
        """A TargetMatcher without rules, for an engine that adds those that it needs."""
        return self._medspacy.target_matcher.TargetMatcher(
            self._nlp, result_type="group", span_group_name=GROUP, prune=False
        )

    def literal(self, text: str, rule: str) -> Any:
        """The rule of medspaCy for one literal of one of our rules."""
        return self._medspacy.target_matcher.TargetRule(text, rule)

    def _agents(self, lexicon: Lexicon) -> TargetPattern:
        for surface, generics, needs_context in lexicon.surfaces():
            folded = fold(surface)
            words = key(word(folded, *span) for span in tokens(folded, 0, len(folded)))
            self.surfaces[words] = {
                "agents": "|".join(generics),
                "weak": "1" if needs_context else "",
            }
        return TargetPattern.model_construct(
            id=AGENT_RULE, label=AGENT, literals=list(self.surfaces), regex="", yields={}
        )

    @cached_property
    def context(self) -> Any:
        """ConText over the mentions' span group."""
        module = self._medspacy.context
        context = module.ConText(
            self._nlp, rules=None, span_attrs=None, input_span_type="group", span_group_name=GROUP
        )
        for pattern in self.rules.context:
            context.add(list(self._context_rules(module.ConTextRule, pattern)))
        return context

    def _context_rules(self, rule: Any, pattern: ContextPattern) -> Iterable[Any]:
        shared = {
            "direction": pattern.direction,
            "max_scope": pattern.scope,
            "allowed_types": self._ids(pattern.types),
            "excluded_types": self._ids(pattern.excluded),
        }
        for text in pattern.literals:
            yield rule(text, pattern.category, **shared)
        if pattern.regex:
            yield rule(pattern.id, pattern.category, pattern=pattern.regex, **shared)

    def _ids(self, labels: set[str] | None) -> set[str] | None:
        """The ids of the rules with one of ``labels``: spans are labelled by rule."""
        if labels is None:
            return None
        return {name.upper() for name, rule in self.patterns.items() if rule.label in labels}

    @cached_property
    def _sectionizer(self) -> Any:
        module = self._medspacy.section_detection
        sectionizer = module.Sectionizer(self._nlp, rules=None, span_attrs=None)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sectionizer.add(
                [
                    module.SectionRule(text, pattern.category)
                    for pattern in self.rules.sections
                    for text in pattern.headings
                ]
            )
        return sectionizer

    @cached_property
    def _openings(self) -> frozenset[str]:
        """The first words of all headings."""
        titles = (text.lower() for pattern in self.rules.sections for text in pattern.headings)
        return frozenset(found[0] for text in titles if (found := _words(text)))

    def heading(self, label: str) -> str | None:
        """Category of a heading's text: a rule must match from its first word on."""
        words = label.strip().strip("*_#").strip()
        words = _REMARK.sub("", words) or words  # "PATHOLOGY REVIEW (Dr Lindqvist, blocks A-D)"
        if not words or len(words) > 70:
            return None
        if self._openings.isdisjoint(_words(words.lower())[:2]):
            return None
        doc = self._sectionizer(self._nlp(words))
        sections = [s for s in doc._.sections if s.category]
        if not sections:
            return None
        first = sections[0]
        start, end = first.title_span
        covers = (end - start) * 2 >= len(doc) or len(doc) - end <= 2
        return str(first.category) if start <= 1 and covers else None


def _words(text: str) -> list[str]:
    return [word(text, *span) for span in tokens(text, 0, len(text))]


def key(words: Iterable[str]) -> str:
    """Words in lower case with one space between: a line broken at a hyphen is no matter."""
    return " ".join(w.lower() for w in words)
