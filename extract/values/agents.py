"""The drug lexicon: which words mean which systemic anti-cancer drug.

The data is ``patterns/agents.yaml``, which a clinician edits; this module reads it,
says what is wrong with it, and answers questions. Names are the annotation guide's:
lower-case INN, each drug of a regimen its own, an unnamed drug by its class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from extract.errors import ExtractError, Problem
from extract.resources import patterns_dir
from extract.values.lexicon_file import LexiconFile, folded, read_lexicon

_COURSE: Final = re.compile(r"#\d+$")


class Surface(NamedTuple):
    """A way to write an agent: a literal in lower case, what it means, whether it is safe.

    ``needs_context``: also an ordinary word or another abbreviation, so that it counts
    only where the sentence speaks of treatment.
    """

    text: str
    generics: tuple[str, ...]
    needs_context: bool


@dataclass(frozen=True, slots=True)
class Agent:
    """A drug of the lexicon.

    ``targeted``: a line of it counts as targeted therapy. ``washout``: its last dose
    counts for the drug-free weeks before interleukin-2. ``other_cancers``: not given for
    renal cancer, so that a patient who had it has another cancer. Codes are "" where none was
    verified (field guide, table B). ``half_life_hours`` is the shortest and the longest in
    plasma, of the active form that stays longest; None where none was verified.
    """

    name: str
    drug_class: str
    targeted: bool
    washout: bool
    other_cancers: bool = False
    atc: str = ""
    rxnorm: str = ""
    omop: str = ""
    half_life_hours: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The agents, and every way to write them. Immutable; made by :func:`load_agents`."""

    agents: Mapping[str, Agent]
    regimens: Mapping[str, tuple[str, ...]]
    supportive: frozenset[str]
    _surfaces: Mapping[str, Surface]
    _first_names: frozenset[str] = frozenset()

    def lookup(self, surface: str) -> tuple[str, ...]:
        """The generic names a word or phrase stands for; empty where it is no agent.

        Case, the kind of dash and runs of spaces do not matter. A regimen gives all its
        drugs; a supportive drug (prednisolone, Zometa) gives none.
        """
        found = self._surfaces.get(folded(surface))
        return found.generics if found else ()

    def needs_context(self, surface: str) -> bool:
        """Whether a form counts only beside words of treatment (``len``, ``tem``)."""
        found = self._surfaces.get(folded(surface))
        return found.needs_context if found else False

    def is_first_name(self, surface: str) -> bool:
        """Whether a form is, with a capital, a person's first name (``Bev``)."""
        return folded(surface) in self._first_names

    def drug_class(self, generic: str) -> str:
        """The class of a generic name, with or without ``#2``; "" for an unlisted one."""
        agent = self.agent(generic)
        return agent.drug_class if agent else ""

    def is_targeted(self, generic: str) -> bool:
        """Whether a line of this drug is targeted therapy; False for an unlisted one."""
        agent = self.agent(generic)
        return agent.targeted if agent else False

    def counts_for_washout(self, generic: str) -> bool:
        """Whether this drug's last dose counts for the washout before interleukin-2."""
        agent = self.agent(generic)
        return agent.washout if agent else False

    def half_life_hours(self, generic: str) -> tuple[float, float] | None:
        """The shortest and the longest half-life of a drug; None where it is not known."""
        agent = self.agent(generic)
        return agent.half_life_hours if agent else None

    def for_other_cancers(self, generic: str) -> bool:
        """Whether this drug is given for other cancers than renal only."""
        agent = self.agent(generic)
        return agent.other_cancers if agent else False

    def agent(self, generic: str) -> Agent | None:
        """The entry of a generic name, with or without ``#2``."""
        low = generic.lower()
        return self.agents.get(_COURSE.sub("", low) if "#" in low else low)

    def surfaces(self) -> Iterator[Surface]:
        """Every form, in order: literals for token-bounded, case-insensitive search."""
        yield from self._surfaces.values()

    def is_supportive(self, surface: str) -> bool:
        """Whether the lexicon says outright that this drug is never an agent."""
        return folded(surface) in self.supportive


@lru_cache(maxsize=4)
def load_agents(path: Path | None = None) -> Lexicon:
    """Read the lexicon from ``path``, or the one that came with the program.

    Raises:
        ExtractError: with one ``bad_pattern`` problem for everything wrong in the file,
            each "file: entry: reason".
    """
    source = path if path is not None else patterns_dir() / "agents.yaml"
    return _built(read_lexicon(source))


def check_agents(path: Path) -> tuple[Problem, ...]:
    """Everything wrong with a lexicon file; empty where it can be used."""
    try:
        load_agents(path)
    except ExtractError as error:
        return error.problems
    return ()


def _built(file: LexiconFile) -> Lexicon:
    agents = {
        entry.name: Agent(
            entry.name,
            entry.drug_class,
            entry.targeted,
            entry.washout,
            entry.other_cancers,
            entry.atc,
            entry.rxnorm,
            entry.omop,
            entry.half_life_hours,
        )
        for entry in file.agents
    }
    surfaces = {
        form.text: Surface(form.text, form.generics, form.needs_context) for form in file.forms
    }
    return Lexicon(
        MappingProxyType(agents),
        MappingProxyType(dict(file.regimens)),
        frozenset(folded(name) for name in file.supportive),
        MappingProxyType(surfaces),
        file.first_names,
    )
