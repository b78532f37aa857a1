"""Rules are data: YAML files of patterns, each rule with its own examples.

A rule file is a mapping with ``rules``, a list. Each rule has

``id``
    a name, unique over all files;
``label``
    what a match is a mention of;
``literals`` or ``regex``
    what to match: literals ignore case and white space runs; a regex is Python's, sees
    text with white space runs folded to one space, ignores case unless ``case: true``;
``yields``
    values every match carries (named groups of the regex are added);
``examples``
    ``match`` and ``skip``: sentences that must and must not match. In a ``match`` sentence
    square brackets may mark the match.

A file may hold ``parts``, regexes by name: ``{name}`` in a regex stands for the part.

Context rules add ``category``, ``direction``, ``scope`` and ``types`` (see
``patterns/context.yaml``); heading rules add ``category`` (``patterns/sections.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extract.errors import Code, ExtractError, Problem
from extract.language.anchors import anchors_of
from extract.resources import SafeLoader, patterns_dir

Direction = Literal["FORWARD", "BACKWARD", "BIDIRECTIONAL", "TERMINATE", "PSEUDO"]


class Examples(BaseModel):
    """Sentences that must (``match``) and must not (``skip``) match."""

    model_config = ConfigDict(extra="forbid")
    match: list[str] = []
    skip: list[str] = []


class _Base(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    id: Annotated[str, Field(pattern=r"^[a-z0-9_.]+$")]
    literals: list[str] = []
    regex: str = ""
    case: bool = False
    examples: Examples = Examples()

    @model_validator(mode="after")
    def _pattern_compiles(self) -> _Base:
        if bool(self.literals) == bool(self.regex):
            raise ValueError("give either literals or a regex")
        if self.regex:
            try:
                # Compiled when a letter needs it: few ever are. Cased ones are also used inside a group.
                anchors_of(self.regex)
                anchors_of(self.inline())
            except re.error as error:
                raise ValueError(f"regex does not compile: {error}") from error
        return self

    def inline(self) -> str:
        """The regex for medspaCy, which takes every regex as blind to case."""
        return f"(?-i:{self.regex})" if self.case else self.regex

    def compiled(self) -> re.Pattern[str]:
        """The rule's regex, with its case rule."""
        return re.compile(self.regex, 0 if self.case else re.IGNORECASE)


class TargetPattern(_Base):
    """A rule for mentions."""

    label: Annotated[str, Field(pattern=r"^[A-Z0-9_]+$")]
    yields: dict[str, str] = {}


class ContextPattern(_Base):
    """A rule for what is said of mentions (medspaCy ConText)."""

    category: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    direction: Direction = "FORWARD"
    scope: int | None = None
    types: set[str] | None = None
    excluded: set[str] | None = None


class SectionPattern(BaseModel):
    """A heading category and the texts that open it."""

    model_config = ConfigDict(extra="forbid")
    category: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    headings: list[str]


@dataclass(frozen=True)
class RuleSet:
    """Every rule, by kind, with the file that each rule id came from."""

    targets: list[TargetPattern] = field(default_factory=list)
    context: list[ContextPattern] = field(default_factory=list)
    sections: list[SectionPattern] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


def load_rules(folder: Path | None = None) -> RuleSet:
    """Load every rule file of ``folder`` (default: the shipped ``patterns/``).

    Raises:
        ExtractError: with every problem found, each naming file, line, rule and reason.
    """
    root = folder or patterns_dir()
    problems: list[Problem] = []
    rules = RuleSet()
    for path in sorted(root.glob("*.yaml")):
        if path.name == "agents.yaml":  # the drug lexicon has a loader of its own
            continue
        for line, kind, entry in _entries(path, problems):
            _add(rules, path, line, kind, entry, problems)
    if not rules.targets and not problems:
        problems.append(Problem(str(root), Code.PATTERN, "The folder holds no rule file."))
    if problems:
        raise ExtractError(*problems)
    return rules


def _entries(path: Path, problems: list[Problem]) -> Iterable[tuple[int, str, dict[str, Any]]]:
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_LineLoader)  # noqa: S506
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        problems.append(Problem(path.name, Code.PATTERN, f"{where}not readable as YAML."))
        return
    kind = {"context.yaml": "context", "sections.yaml": "sections"}.get(path.name, "targets")
    entries = loaded.get("rules") if isinstance(loaded, dict) else None
    parts = _plain(loaded.get("parts") or {}) if isinstance(loaded, dict) else {}
    if not isinstance(entries, list):
        problems.append(Problem(path.name, Code.PATTERN, "A rule file is a mapping with `rules`."))
        return
    for entry in entries:
        if not isinstance(entry, dict):
            problems.append(Problem(path.name, Code.PATTERN, "Each rule is a mapping."))
            continue
        if isinstance(entry.get("regex"), str):
            entry["regex"] = expand(entry["regex"], parts)
        yield entry.pop("__line__", 0), kind, _plain(entry)


def expand(regex: str, parts: dict[str, str]) -> str:
    """``regex`` with each ``{name}`` of ``parts`` put in; parts may use earlier parts."""
    for name in reversed(list(parts)):
        regex = regex.replace("{" + name + "}", parts[name])
    return regex


def _add(
    rules: RuleSet,
    path: Path,
    line: int,
    kind: str,
    entry: dict[str, Any],
    problems: list[Problem],
) -> None:
    name = str(entry.get("id") or entry.get("category") or "?")
    try:
        if kind == "sections":
            rules.sections.append(SectionPattern.model_validate(entry))
            return
        if name in rules.files:
            raise ValueError(f"the id is already used in {rules.files[name]}")
        if kind == "context":
            rules.context.append(ContextPattern.model_validate(entry))
        else:
            rules.targets.append(TargetPattern.model_validate(entry))
        rules.files[name] = path.name
    except ValidationError as error:
        for item in error.errors():
            where = ".".join(str(part) for part in item["loc"])
            problems.append(
                Problem(
                    path.name, Code.PATTERN, f"line {line}: rule {name}: {where} {item['msg']}."
                )
            )
    except ValueError as error:
        problems.append(Problem(path.name, Code.PATTERN, f"line {line}: rule {name}: {error}."))


class _LineLoader(SafeLoader):
    """Safe YAML that remembers the line each mapping began on."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping = super().construct_mapping(node, deep=deep)
        mapping["__line__"] = node.start_mark.line + 1
        return mapping


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if key != "__line__"}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
