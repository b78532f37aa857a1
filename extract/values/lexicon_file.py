"""Reading ``agents.yaml``: its shape, its checks, and the forms each entry allows.

Every fault is collected and reported as "file: entry: reason"; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from extract.errors import Code, ExtractError, Problem
from extract.resources import SafeLoader

_LISTS: Final = ("brands", "codes", "also", "typos", "context", "names")
_CODES: Final = ("atc", "rxnorm", "omop")
_FLAGS: Final = ("targeted", "washout", "other_cancers")
_HALF_LIFE: Final = "half_life_hours"
_AGENT_KEYS: Final = frozenset((*_LISTS, *_CODES, *_FLAGS, _HALF_LIFE, "note"))
_REGIMEN_KEYS: Final = frozenset(("drugs", "also", "typos", "context", "note"))
_TOP_KEYS: Final = frozenset(("classes", "agents", "unnamed", "regimens", "not_agents"))
#: A form made by dropping a hyphen must have this many letters, or a digit, to be safe.
_SAFE_LETTERS: Final = 5
_UNNAMED: Final = "unnamed"
_DASHES: Final = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "\xa0": " "})


@dataclass(frozen=True, slots=True)
class AgentEntry:
    """One drug as the file has it."""

    name: str
    drug_class: str
    targeted: bool
    washout: bool
    other_cancers: bool
    atc: str
    rxnorm: str
    omop: str
    half_life_hours: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an agent or a regimen, in lower case, and whose it is."""

    text: str
    generics: tuple[str, ...]
    needs_context: bool
    entry: str


@dataclass(frozen=True, slots=True)
class LexiconFile:
    """What the file says, checked."""

    agents: tuple[AgentEntry, ...]
    regimens: tuple[tuple[str, tuple[str, ...]], ...]
    supportive: tuple[str, ...]
    forms: tuple[Form, ...]
    first_names: frozenset[str]


class _UniqueKeys(SafeLoader):
    """YAML that does not let a second entry of the same name replace the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Make a mapping, or say which key stands twice and on which line."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise yaml.constructor.ConstructorError(
                    None, None, f"line {line}: {key!r} stands twice", None
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


@dataclass(slots=True)
class _Reader:
    """Collects entries and faults of one file."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    agents: dict[str, AgentEntry] = field(default_factory=dict)
    regimens: dict[str, tuple[str, ...]] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    first_names: set[str] = field(default_factory=set)

    def fault(self, entry: str, reason: str) -> None:
        """Note one thing that is wrong."""
        self.problems.append(Problem(self.name, Code.PATTERN, f"{self.name}: {entry}: {reason}."))

    def strings(self, entry: str, key: str, value: object) -> list[str]:
        """A list of words; anything else is a fault."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(entry, f"{key} must be a list")
            return []
        good = [item for item in value if isinstance(item, str) and item.strip()]
        for item in value:
            if item not in good:
                self.fault(entry, f"{key} holds {item!r}, which is no word; put it in quotes")
        return good

    def mapping(self, entry: str, value: object) -> dict[str, Any]:
        """A mapping with words for keys; anything else is a fault."""
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(entry, "must be a mapping of names")
            return {}
        for key in value:
            if not isinstance(key, str):
                self.fault(entry, f"the name {key!r} is no word; put it in quotes")
        return {key: item for key, item in value.items() if isinstance(key, str)}

    def known_keys(self, entry: str, value: dict[str, Any], allowed: frozenset[str]) -> None:
        """Every key that nobody reads is a fault, most likely a slip of the pen."""
        for key in value:
            if key not in allowed:
                self.fault(entry, f"unknown key {key!r} (known: {', '.join(sorted(allowed))})")

    def add_form(self, text: str, generics: tuple[str, ...], context: bool, entry: str) -> None:
        """Keep a form; two meanings for one form are a fault, and caution wins over ease."""
        old = self.forms.get(text)
        if old is None:
            self.forms[text] = Form(text, generics, context, entry)
        elif old.generics != generics:
            self.fault(entry, f"{text!r} already stands for {' + '.join(old.generics)}")
        elif context and not old.needs_context:
            self.forms[text] = Form(text, generics, True, entry)


def read_lexicon(path: Path) -> LexiconFile:
    """Read and check one lexicon file.

    Raises:
        ExtractError: with a ``bad_pattern`` problem for each fault, or one where the
            file cannot be read at all.
    """
    data = _loaded(path)
    reader = _Reader(path.name)
    top = reader.mapping("the file", data)
    reader.known_keys("the file", top, _TOP_KEYS)
    _read_agents(reader, top)
    _read_unnamed(reader, top)
    _read_regimens(reader, top)
    supportive = tuple(_read_supportive(reader, top))
    if not reader.agents:
        reader.fault("agents", "there is no drug")
    if reader.problems:
        raise ExtractError(*reader.problems)
    return LexiconFile(
        tuple(reader.agents.values()),
        tuple(reader.regimens.items()),
        supportive,
        tuple(reader.forms.values()),
        frozenset(reader.first_names),
    )


def _loaded(path: Path) -> object:
    try:
        text = path.read_text(encoding="utf-8")
        return yaml.load(text, Loader=_UniqueKeys)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError) as error:
        reason = f"cannot be read ({type(error).__name__})"
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}: " if mark else ""
        reason = f"{where}{error.problem or 'not YAML'}"
    except yaml.YAMLError:
        reason = "not YAML"
    raise ExtractError(Problem(str(path), Code.PATTERN, f"{path.name}: the file: {reason}."))


def _read_agents(reader: _Reader, top: dict[str, Any]) -> None:
    classes = reader.mapping("classes", top.get("classes"))
    for name, flags in classes.items():
        entry = f"classes: {name}"
        if not isinstance(flags, dict) or not _is_bool(flags, "targeted", "washout"):
            reader.fault(entry, "needs targeted and washout, each true or false")
        else:
            reader.known_keys(entry, flags, frozenset(_FLAGS))
    for drug_class, drugs in reader.mapping("agents", top.get("agents")).items():
        flags = classes.get(drug_class)
        if not isinstance(flags, dict):
            reader.fault(drug_class, "this class is not explained under classes")
            flags = {}
        for name, body in reader.mapping(drug_class, drugs).items():
            _read_agent(reader, name, drug_class, flags, reader.mapping(name, body))


def _read_agent(
    reader: _Reader, name: str, drug_class: str, flags: dict[str, Any], body: dict[str, Any]
) -> None:
    reader.known_keys(name, body, _AGENT_KEYS)
    generic = name.lower()
    if generic in reader.agents:
        reader.fault(name, "the drug stands under two classes")
    for key in _FLAGS:
        if key in body and not isinstance(body[key], bool):
            reader.fault(name, f"{key} must be true or false")
    for key in _CODES:
        if not isinstance(body.get(key, ""), str):
            reader.fault(name, f"{key} must be in quotes")

    def flagged(key: str) -> bool:
        return bool(body.get(key, flags.get(key, False)))

    reader.agents[generic] = AgentEntry(
        generic,
        drug_class,
        targeted=flagged("targeted"),
        washout=flagged("washout"),
        other_cancers=flagged("other_cancers"),
        atc=str(body.get("atc", "")),
        rxnorm=str(body.get("rxnorm", "")),
        omop=str(body.get("omop", "")),
        half_life_hours=_half_life(reader, name, body.get(_HALF_LIFE)),
    )
    _add_forms(reader, name, (generic,), body)


def _half_life(reader: _Reader, name: str, value: object) -> tuple[float, float] | None:
    """The shortest and the longest half-life; anything but two such numbers is a fault."""
    if value is None:
        return None
    pair = value if isinstance(value, list) else []
    numbers = [float(each) for each in pair if isinstance(each, int | float) and each > 0]
    if len(pair) == len(numbers) == 2 and numbers[0] <= numbers[1]:
        return numbers[0], numbers[1]
    reader.fault(name, f"{_HALF_LIFE} must be two numbers of hours, the smaller first")
    return None


def _add_forms(reader: _Reader, name: str, generics: tuple[str, ...], body: dict[str, Any]) -> None:
    words = {key: reader.strings(name, key, body.get(key)) for key in _LISTS}
    names = {folded(word) for word in words["names"]}
    reader.first_names |= names
    context = names | {folded(word) for word in words["context"]}
    reader.add_form(folded(name), generics, folded(name) in context, name)
    for key in ("brands", "also", "typos"):
        for word in words[key]:
            for form in spellings(word):
                reader.add_form(form, generics, False, name)
    for word in words["codes"]:
        for form in code_spellings(word):
            reader.add_form(form, generics, False, name)
    for form in sorted(context):
        reader.add_form(form, generics, True, name)


def _read_unnamed(reader: _Reader, top: dict[str, Any]) -> None:
    for name, value in reader.mapping(_UNNAMED, top.get(_UNNAMED)).items():
        body = reader.mapping(name, value)
        _read_agent(reader, name, _UNNAMED, {}, body)


def _read_regimens(reader: _Reader, top: dict[str, Any]) -> None:
    for name, value in reader.mapping("regimens", top.get("regimens")).items():
        body = {"drugs": value} if isinstance(value, list) else reader.mapping(name, value)
        reader.known_keys(name, body, _REGIMEN_KEYS)
        drugs = tuple(drug.lower() for drug in reader.strings(name, "drugs", body.get("drugs")))
        if not drugs:
            reader.fault(name, "a regimen needs its drugs")
            continue
        for drug in drugs:
            if drug not in reader.agents:
                reader.fault(name, f"its drug {drug!r} is not under agents")
        ambiguous = body.get("context", False)
        if not isinstance(ambiguous, bool):
            reader.fault(name, "context must be true or false")
        reader.regimens[name] = drugs
        for form in spellings(name):
            reader.add_form(form, drugs, ambiguous is True, name)
        for key in ("also", "typos"):
            for word in reader.strings(name, key, body.get(key)):
                for form in spellings(word):
                    short = ambiguous is True and _letters(form) < _SAFE_LETTERS
                    reader.add_form(form, drugs, short, name)


def _read_supportive(reader: _Reader, top: dict[str, Any]) -> Iterator[str]:
    for group, value in reader.mapping("not_agents", top.get("not_agents")).items():
        for word in reader.strings(group, "not_agents", value):
            form = folded(word)
            if form in reader.forms:
                reader.fault(group, f"{word!r} is also an agent")
            yield form


def spellings(word: str) -> Iterator[str]:
    """A word and, where it stays safe, the word with its hyphens open and closed.

    ``IL-2`` gives ``il-2``, ``il 2``, ``il2``; ``AC-T`` gives itself alone, since "act"
    is a word.
    """
    base = folded(word)
    yield base
    if "-" in base and (_letters(base) >= _SAFE_LETTERS or any(c.isdigit() for c in base)):
        yield base.replace("-", " ")
        yield base.replace("-", "")


def code_spellings(code: str) -> Iterator[str]:
    """A development code in the ways it is written: su11248, su-11248, su 11248."""
    base = folded(code)
    yield base
    parts = [part for part in re.split(r"[- ]", base) if part]
    if len(parts) == 1:
        parts = [part for part in re.split(r"(?<=[a-z])(?=\d)", base, maxsplit=1) if part]
    if len(parts) > 1:
        for joint in ("", "-", " "):
            yield joint.join(parts)


def folded(word: str) -> str:
    """The form under which a surface is kept: lower case, plain dashes, single spaces."""
    return " ".join(word.translate(_DASHES).lower().split())


def _letters(word: str) -> int:
    return sum(character.isalnum() for character in word)


def _is_bool(flags: dict[str, Any], *keys: str) -> bool:
    return all(isinstance(flags.get(key), bool) for key in keys)
