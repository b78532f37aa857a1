"""Cue words of one field: regexes that its module tries on the sentences it cares for.

A rule file may hold ``cues`` beside its ``rules``: each with an ``id``, a ``regex`` and
``examples`` like a rule's. Cues are no mentions: a word such as "today" or "must" stands
in every letter and matters only near the field's own mention, so the reader never looks
for it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from extract.language.rules import Examples, expand
from extract.language.trying import Trial
from extract.resources import SafeLoader, patterns_dir


class Cue(BaseModel):
    """One cue: what it is called, what it matches, what it must and must not match."""

    model_config = ConfigDict(extra="forbid")
    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    regex: str
    case: bool = False
    examples: Examples = Examples()

    @property
    def flags(self) -> int:
        """The regex module's: case counts only where the cue says so."""
        return 0 if self.case else int(re.IGNORECASE)

    def compiled(self) -> re.Pattern[str]:
        """The cue's regex, with its case rule."""
        return re.compile(self.regex, self.flags)


class Cues:
    """The cues of one rule file by id."""

    def __init__(self, cues: dict[str, Cue]) -> None:
        self.rules = cues
        self._trials: dict[str, Trial] = {}

    def __getitem__(self, name: str) -> Trial:
        """The cue's regex, compiled when first tried."""
        found = self._trials.get(name)
        if found is None:
            rule = self.rules[name]
            found = self._trials[name] = Trial(rule.regex, rule.flags)
        return found


@lru_cache(maxsize=32)
def load_cues(field: str) -> Cues:
    """The cues of ``patterns/<field>.yaml``.

    Raises:
        ValueError: a cue is not as it should be, or two have one id.
    """
    path = patterns_dir() / f"{field}.yaml"
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader)  # noqa: S506
    parts = loaded.get("parts", {})
    found: dict[str, Cue] = {}
    for entry in loaded.get("cues", []):
        entry["regex"] = expand(entry["regex"], parts)
        cue = Cue.model_validate(entry)
        if cue.id in found:
            raise ValueError(f"{path.name}: two cues are called {cue.id}")
        found[cue.id] = cue
    return Cues(found)
