"""Holds every rule against its own examples, and looks for rules that cannot be right.

This is ``python -m extract patterns check``. Sentences are read by the pipeline itself,
so that an example shows what a letter would show.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from extract.errors import ExtractError
from extract.language.pipeline import Reader
from extract.language.reading import Mention
from extract.language.regexes import anchored, nested_repeats, slow_on
from extract.language.rules import (
    ContextPattern,
    RuleSet,
    SectionPattern,
    TargetPattern,
    load_rules,
)
from extract.language.text import fold
from extract.resources import patterns_dir
from extract.values.agents import Lexicon, load_agents

_AGENTS = "agents.yaml"
_CONTEXT = "context.yaml"
_SECTIONS = "sections.yaml"
#: The label of the stand-in mentions that context examples are tried on.
_STAND_IN = "EXAMPLE"


class Level(StrEnum):
    """Whether a finding fails the check."""

    ERROR = "error"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong with, or to know about, a rule."""

    file: str
    line: int
    rule: str
    level: Level
    reason: str


@dataclass(frozen=True, slots=True)
class _Example:
    """A sentence without its marks; ``spans`` are the marked characters."""

    text: str
    spans: tuple[tuple[int, int], ...]


def check(folder: Path | None = None) -> list[Finding]:
    """Everything wrong with the rules of ``folder`` (default: those of the program).

    A folder whose files cannot be loaded gives its problems as findings and no more.
    """
    root = folder or patterns_dir()
    agents = root / _AGENTS
    try:
        lexicon = load_agents(agents if agents.is_file() else None)
        rules = load_rules(root)
    except ExtractError as error:
        return [_loading(Path(p.path).name, p.detail) for p in error.problems]
    return sorted(set(_Check(root, rules, lexicon).run()))


def _loading(file: str, detail: str) -> Finding:
    line = re.search(r"line (\d+)", detail)
    rule = re.search(r"rule ([\w.]+):", detail)
    reason = re.sub(r"^(?:line \d+: )?(?:rule [\w.]+: )?", "", detail)
    return Finding(file, int(line[1]) if line else 0, rule[1] if rule else "", Level.ERROR, reason)


class _Check:
    def __init__(self, root: Path, rules: RuleSet, lexicon: Lexicon) -> None:
        # spaCy tells at the first sentence that a matcher without token patterns is empty.
        warnings.filterwarnings("ignore", r"\[W036\]", UserWarning)
        self.rules = rules
        self.lines = _lines(root)
        self.labels = {rule.id: rule for rule in rules.targets}
        self.reader = Reader(_with_stand_in(rules), lexicon)

    def run(self) -> Iterator[Finding]:
        for rule in self.rules.targets:
            yield from self.shape(rule)
            for sentence in rule.examples.match:
                yield from self.found(rule, sentence)
            for sentence in rule.examples.skip:
                if any(m.rule == rule.id for m in self.mentions(sentence)):
                    yield self.finding(rule, f"matches what it must skip: {sentence!r}")
        for context in self.rules.context:
            yield from self.shape(context)
            yield from self.reaches(context)
        for section in self.rules.sections:
            yield from self.headings(section)
        yield from self.twice()

    def finding(
        self, rule: TargetPattern | ContextPattern, reason: str, level: Level = Level.ERROR
    ) -> Finding:
        file = self.rules.files[rule.id]
        return Finding(file, self.lines.get((file, rule.id), 0), rule.id, level, reason)

    def mentions(self, sentence: str) -> tuple[Mention, ...]:
        return self.reader.read(sentence).mentions

    # -- any rule -----------------------------------------------------------------

    def shape(self, rule: TargetPattern | ContextPattern) -> Iterator[Finding]:
        """What can be said of a rule without reading: its examples and its regex."""
        if not rule.examples.match:
            yield self.finding(rule, "has no example that must match")
        if not rule.examples.skip:
            yield self.finding(rule, "has no example that must not match")
        words = [_words(literal) for literal in rule.literals]
        for literal in sorted({word for word in words if words.count(word) > 1}):
            yield self.finding(rule, f"holds the literal {literal!r} twice")
        if not rule.regex:
            return
        if nested_repeats(rule.regex):
            yield self.finding(rule, "repeats a repeat: this can take for ever on some letters")
        else:
            samples = [_marked(sentence).text for sentence in rule.examples.match]
            length = slow_on(rule.compiled(), samples)
            if length:
                yield self.finding(rule, f"takes too long on a text of {length} characters")
        if not anchored(rule.regex):
            reason = "requires no letters of its own, so every letter must be searched for it"
            yield self.finding(rule, reason, Level.NOTE)

    def twice(self) -> Iterator[Finding]:
        """Literals that stand in two rules of a label, or in any two context rules.

        Of two modifiers in one place ConText keeps one, whatever their categories.
        """
        seen: dict[tuple[str, ...], list[TargetPattern | ContextPattern]] = defaultdict(list)
        for target in self.rules.targets:
            for literal in set(map(_words, target.literals)):
                seen[target.label, literal].append(target)
        for context in self.rules.context:
            for literal in set(map(_words, context.literals)):
                seen[_CONTEXT, literal].append(context)
        for (*_, literal), rules in seen.items():
            for rule in rules[1:]:
                yield self.finding(rule, f"{literal!r} stands in the rule {rules[0].id} too")

    # -- rules for mentions -------------------------------------------------------

    def found(self, rule: TargetPattern, sentence: str) -> Iterator[Finding]:
        """A sentence that must match, read with its marks taken off.

        A rule that is itself about brackets is also tried on the sentence as it stands.
        """
        example = _marked(sentence)
        bracketed = r"\[" in rule.regex or any("[" in literal for literal in rule.literals)
        if self.fits(rule, example) or (bracketed and self.fits(rule, _Example(sentence, ()))):
            return
        mentions = self.mentions(example.text)
        own = [example.text[m.start : m.end] for m in mentions if m.rule == rule.id]
        if own:
            yield self.finding(rule, f"matches {own[0]!r} instead of the marks: {sentence!r}")
            return
        other = next((m for m in mentions if m.label == rule.label and _at(m, example)), None)
        if other is None:
            yield self.finding(rule, f"does not match: {sentence!r}")
            return
        same = self.labels[other.rule].yields == rule.yields if other.rule in self.labels else False
        yield self.finding(
            rule,
            f"leaves its example to the rule {other.rule}: {sentence!r}",
            Level.NOTE if same else Level.ERROR,
        )

    def fits(self, rule: TargetPattern, example: _Example) -> bool:
        spans = {(m.start, m.end) for m in self.mentions(example.text) if m.rule == rule.id}
        return bool(spans) and spans >= set(example.spans)

    # -- rules for what is said of them -------------------------------------------

    def reaches(self, rule: ContextPattern) -> Iterator[Finding]:
        """The rule's words must stand in its examples, and reach or not reach the target."""
        stops = rule.direction in {"TERMINATE", "PSEUDO"}
        for sentence in rule.examples.match:
            example = _marked(sentence)
            if not example.spans:
                yield self.finding(rule, f"marks no target in [brackets]: {sentence!r}")
            elif not _occurs(rule, example.text):
                yield self.finding(rule, f"has none of its words in: {sentence!r}")
            elif self.said(rule, example) is stops:
                reason = "still reaches" if stops else "does not reach"
                yield self.finding(rule, f"{reason} the target: {sentence!r}")
        for sentence in rule.examples.skip:
            example = _marked(sentence)
            if not example.spans:
                yield self.finding(rule, f"marks no target in [brackets]: {sentence!r}")
            elif not stops and self.said(rule, example):
                yield self.finding(rule, f"reaches what it must not: {sentence!r}")

    def said(self, rule: ContextPattern, example: _Example) -> bool:
        """Whether the category (for a stop, any category) reaches the marked target."""
        found = [m.modifiers for m in self.mentions(example.text) if _at(m, example)]
        if rule.direction in {"TERMINATE", "PSEUDO"}:
            return any(found)
        return any(rule.category in modifiers for modifiers in found)

    # -- headings -----------------------------------------------------------------

    def headings(self, section: SectionPattern) -> Iterator[Finding]:
        """Every heading must open its own section."""
        line = self.lines.get((_SECTIONS, section.category), 0)
        for heading in section.headings:
            found = self.reader.heading(heading)
            if found != section.category:
                reason = f"the heading {heading!r} opens {found or 'no section'}"
                yield Finding(_SECTIONS, line, section.category, Level.ERROR, reason)


def _lines(root: Path) -> dict[tuple[str, str], int]:
    """The line each rule begins on, by file and id (category in ``sections.yaml``)."""
    found: dict[tuple[str, str], int] = {}
    for path in root.glob("*.yaml"):
        key = "category" if path.name == _SECTIONS else "id"
        begins = re.compile(rf"\s*(?:-\s+)?{key}:\s*['\"]?([a-z0-9_.]+)")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if match := begins.match(line):
                found.setdefault((path.name, match[1]), number)
    return found


def _with_stand_in(rules: RuleSet) -> RuleSet:
    """The rules, and one more that makes the targets of context examples mentions."""
    marked = (
        example.text[start:end]
        for rule in rules.context
        for sentence in (*rule.examples.match, *rule.examples.skip)
        for example in (_marked(sentence),)
        for start, end in example.spans
    )
    literals = sorted({_words(text) for text in marked} - {""})
    if not literals:
        return rules
    stand_in = TargetPattern.model_construct(
        id=_STAND_IN.lower(), label=_STAND_IN, literals=literals, regex="", yields={}
    )
    return replace(rules, targets=[*rules.targets, stand_in])


def _marked(sentence: str) -> _Example:
    text = ""
    spans = []
    at = 0
    for match in re.finditer(r"\[([^\[\]]+)\]", sentence):
        text += sentence[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return _Example(text + sentence[at:], tuple(spans))


def _at(mention: Mention, example: _Example) -> bool:
    return any(mention.start < end and start < mention.end for start, end in example.spans)


def _occurs(rule: ContextPattern, text: str) -> bool:
    folded = fold(text)
    if rule.regex:
        return rule.compiled().search(folded) is not None
    return any(_word_search(literal, folded) for literal in rule.literals)


def _word_search(literal: str, text: str) -> bool:
    words = r"\s*".join(map(re.escape, fold(literal).split()))
    return re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) is not None


def _words(literal: str) -> str:
    return " ".join(literal.lower().split())


def failed(findings: Iterable[Finding]) -> bool:
    """Whether any finding is more than a note."""
    return any(finding.level is Level.ERROR for finding in findings)
