"""The medspaCy pipeline: TargetMatcher, Sectionizer and ConText with our own rules.

PyRuSH never runs: sentences come from the layout. Overlapping matches of different
labels are kept (span groups, not ``doc.ents``); among matches of one label the longest
wins. ConText sees sentences that hold a mention only.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extract.language import layout, sentences
from extract.language.drugnames import DrugNames
from extract.language.onetext import search_text_once
from extract.language.reading import Mention, Reading, Section, Sentence, Unit, UnitKind
from extract.language.rules import ContextPattern, RuleSet, TargetPattern, load_rules
from extract.language.text import fold, tokens, word
from extract.values.agents import Lexicon, load_agents

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_GROUP = "mentions"
AGENT = "AGENT"
_AGENT_RULE = "agents"
_REMARK = re.compile(r"\s*\([^()]*\)$")


class Reader:
    """Turns a letter's text into a :class:`Reading`. Build once, use for many letters.

    Args:
        rules: the rule set; default, the shipped ``patterns/``.
        lexicon: the drug lexicon; default, the shipped one.
    """

    def __init__(self, rules: RuleSet | None = None, lexicon: Lexicon | None = None) -> None:
        spacy, medspacy = _import_quietly()
        self.rules = rules or load_rules()
        self.lexicon = lexicon or load_agents()
        self._spelling = DrugNames(self.lexicon)
        self._nlp = spacy.blank("en")
        self._nlp.tokenizer = self._tokenise
        self._names: dict[str, TargetPattern] = {}
        self._regexes: dict[str, re.Pattern[str]] = {}
        self._surfaces: dict[str, dict[str, str]] = {}
        self._targets = self._build_targets(medspacy)
        self._context = self._build_context(medspacy)
        search_text_once(self._targets)
        search_text_once(self._context)
        self._sectionizer = self._build_sectionizer(medspacy)
        self.heading = lru_cache(maxsize=20_000)(self._heading)

    # -- building -----------------------------------------------------------------

    def _tokenise(self, text: str) -> Doc:
        spans = list(tokens(text, 0, len(text)))
        return self._doc(text, spans, None)

    def _doc(
        self, text: str, spans: Sequence[tuple[int, int]], starts: list[bool | int | None] | None
    ) -> Doc:
        from spacy.tokens import Doc

        words = [word(text, a, b) for a, b in spans]
        spaces = [spans[i + 1][0] > spans[i][1] for i in range(len(spans) - 1)] + [False]
        if starts:
            for i in range(1, len(spans)):
                if starts[i]:
                    spaces[i - 1] = True
        return Doc(self._nlp.vocab, words=words, spaces=spaces, sent_starts=starts)

    def _build_targets(self, medspacy: Any) -> Any:
        matcher = medspacy.target_matcher.TargetMatcher(
            self._nlp, result_type="group", span_group_name=_GROUP, prune=False
        )
        rule = medspacy.target_matcher.TargetRule
        for pattern in self.rules.targets:
            matcher.add(self._target_rules(rule, pattern))
        matcher.add(self._target_rules(rule, self._agents()))
        return matcher

    def _agents(self) -> TargetPattern:
        for surface, generics, needs_context in self.lexicon.surfaces():
            words = _words(self._nlp(fold(surface)))
            self._surfaces[words] = {
                "agents": "|".join(generics),
                "weak": "1" if needs_context else "",
            }
        return TargetPattern.model_construct(
            id=_AGENT_RULE, label=AGENT, literals=list(self._surfaces), regex="", yields={}
        )

    def _target_rules(self, rule: Any, pattern: TargetPattern) -> list[Any]:
        made = []
        if pattern.regex:
            compiled = pattern.compiled()
            made.append(rule(pattern.id, pattern.id, pattern=_inline(pattern)))
            self._regexes[pattern.id] = compiled
        made += [rule(text, pattern.id) for text in pattern.literals]
        self._names[pattern.id] = pattern
        return made

    def _build_context(self, medspacy: Any) -> Any:
        context = medspacy.context.ConText(
            self._nlp, rules=None, span_attrs=None, input_span_type="group", span_group_name=_GROUP
        )
        for pattern in self.rules.context:
            context.add(list(self._context_rules(medspacy.context.ConTextRule, pattern)))
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
        return {name.upper() for name, rule in self._names.items() if rule.label in labels}

    def _build_sectionizer(self, medspacy: Any) -> Any:
        module = medspacy.section_detection
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

    # -- reading ------------------------------------------------------------------

    def read(self, text: str) -> Reading:
        """Read one letter. Linear in its length but for the pairs within one sentence."""
        folded = fold(text)
        units = layout.lay_out(folded, self.heading)
        spans, sents = self._sentences(folded, units)
        doc, where, bounds = self._document(folded, sents)
        if doc is None:
            return Reading(text, units, (), _sections(folded, units))
        self._targets(doc)
        self._context(doc)
        mentions = self._mentions(doc, where, bounds)
        made = tuple(
            self._sentence(index, doc, where, bounds[index], sents[index], spans, mentions[index])
            for index in range(len(sents))
        )
        return Reading(text, units, made, _sections(folded, units))

    def _sentences(
        self, folded: str, units: tuple[Unit, ...]
    ) -> tuple[list[Unit], list[tuple[int, int]]]:
        owners: list[Unit] = []
        spans: list[tuple[int, int]] = []
        for unit in units:
            begin = unit.body if unit.kind is UnitKind.ITEM else unit.start
            if unit.kind is UnitKind.ROW:
                found = _of_row(folded, unit)
            else:
                found = sentences.split(folded, begin, unit.end)
            for span in found:
                owners.append(unit)
                spans.append(span)
        return owners, spans

    def _document(
        self, folded: str, sents: list[tuple[int, int]]
    ) -> tuple[Doc | None, list[tuple[int, int]], list[tuple[int, int]]]:
        """The Doc of all sentences, each token's place, each sentence's tokens."""
        where: list[tuple[int, int]] = []
        starts: list[bool | int | None] = []
        bounds: list[tuple[int, int]] = []
        for start, end in sents:
            first = len(where)
            where += tokens(folded, start, end)
            starts += [True] + [False] * (len(where) - first - 1)
            bounds.append((first, len(where)))
        if not where:
            return None, where, bounds
        return self._doc(folded, where, starts), where, bounds

    def _mentions(
        self, doc: Doc, where: list[tuple[int, int]], bounds: list[tuple[int, int]]
    ) -> list[list[Mention]]:
        owner = [0] * len(where)
        for index, (first, last) in enumerate(bounds):
            for token in range(first, last):
                owner[token] = index
        said: dict[tuple[int, int, str], set[str]] = defaultdict(set)
        for target, modifier in doc._.context_graph.edges:
            said[target.start, target.end, target.label_].add(modifier.category.lower())
        found: list[list[Mention]] = [[] for _ in bounds]
        # What runs over a sentence's end is no match, and must not oust one that is.
        within = (s for s in doc.spans[_GROUP] if owner[s.start] == owner[s.end - 1])
        for span, pattern in self._longest(within):
            index = owner[span.start]
            found[index].append(
                Mention(
                    label=pattern.label,
                    start=where[span.start][0],
                    end=where[span.end - 1][1],
                    text=span.text,
                    rule=pattern.id,
                    values=self._values(pattern, doc, span),
                    sentence=index,
                    modifiers=frozenset(said[span.start, span.end, span.label_]),
                )
            )
        return found

    def _longest(self, spans: Iterable[Span]) -> list[tuple[Span, TargetPattern]]:
        """Spans in order, none inside or overlapping a longer one of the same label."""
        kept: list[tuple[Span, TargetPattern]] = []
        last: dict[str, tuple[Span, TargetPattern]] = {}
        for span in sorted(spans, key=lambda s: (s.start, -s.end)):
            entry = (span, self._names[span.label_])
            before = last.get(entry[1].label)
            if before is not None and span.start < before[0].end:
                if len(span) <= len(before[0]):
                    continue
                kept.remove(before)
            kept.append(entry)
            last[entry[1].label] = entry
        return kept

    def _values(self, pattern: TargetPattern, doc: Doc, span: Span) -> dict[str, str]:
        values = dict(pattern.yields)
        if pattern.id == _AGENT_RULE:
            values |= self._surfaces[_words(span)]
        elif pattern.regex:
            match = self._regexes[pattern.id].match(doc.text, span.start_char)
            if match:
                values |= {k: v for k, v in match.groupdict().items() if v is not None}
        return values

    def _sentence(
        self,
        index: int,
        doc: Doc,
        where: list[tuple[int, int]],
        bound: tuple[int, int],
        span: tuple[int, int],
        owners: list[Unit],
        mentions: list[Mention],
    ) -> Sentence:
        first, last = bound
        origin = doc[first].idx
        offsets = tuple((doc[i].idx - origin, where[i][0]) for i in range(first, last))
        bare = Sentence(index, span[0], span[1], doc[first:last].text, owners[index], offsets)
        mentions = [*mentions, *self._damaged(bare, mentions)]
        return replace(
            bare, mentions=tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.label)))
        )

    def _damaged(self, sentence: Sentence, mentions: list[Mention]) -> Iterable[Mention]:
        """Drug names that only their damage kept the rules from matching."""
        for at, to, generics in self._spelling.find(sentence.text):
            start, end = sentence.raw(at, to)
            if any(m.label == AGENT and m.start < end and start < m.end for m in mentions):
                continue
            values = {"agents": "|".join(generics), "weak": "", "damaged": "1"}
            yield Mention(
                AGENT, start, end, sentence.text[at:to], "agents.spelling", values, sentence.index
            )

    def _heading(self, label: str) -> str | None:
        """Category of a heading's text: a rule must match from its first word on."""
        words = label.strip().strip("*_#").strip()
        words = _REMARK.sub("", words) or words  # "PATHOLOGY REVIEW (Dr Lindqvist, blocks A-D)"
        if not words or len(words) > 70:
            return None
        doc = self._sectionizer(self._nlp(words))
        sections = [s for s in doc._.sections if s.category]
        if not sections:
            return None
        first = sections[0]
        start, end = first.title_span
        covers = (end - start) * 2 >= len(doc) or len(doc) - end <= 2
        return str(first.category) if start <= 1 and covers else None


#: A cell this long holds sentences of its own.
_LONG_CELL = 60


def _of_row(folded: str, unit: Unit) -> list[tuple[int, int]]:
    """A table row is one sentence, unless a cell holds prose: then each cell has its own."""
    if not any(end - start > _LONG_CELL for start, end in unit.cells):
        return [(unit.start, unit.end)]
    return [span for start, end in unit.cells for span in sentences.split(folded, start, end)]


def _import_quietly() -> tuple[Any, Any]:
    """Import spaCy and medspaCy; restore the warnings that medspaCy switches off."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import medspacy.context
        import medspacy.section_detection
        import medspacy.target_matcher
        import spacy
        from loguru import logger

    logger.disable("PyRuSH")
    # medspaCy asks spaCy's token matcher first, which warns when no rule is a token pattern.
    warnings.filterwarnings("ignore", message=r"\[W036\]")
    return spacy, medspacy


def _words(tokens: Iterable[Any]) -> str:
    """Tokens in lower case with one space between: a line broken at a hyphen is no matter."""
    return " ".join(token.lower_ for token in tokens)


def _inline(pattern: TargetPattern) -> str:
    return pattern.regex if not pattern.case else f"(?-i:{pattern.regex})"


def _sections(folded: str, units: tuple[Unit, ...]) -> tuple[Section, ...]:
    heads = [u for u in units if u.heading == u.index]
    if not heads:
        return ()
    stops = [*(u.start for u in heads[1:]), len(folded)][: len(heads)]
    return tuple(
        Section(u.section, u.label, u.start, u.body, stop)
        for u, stop in zip(heads, stops, strict=True)
    )
