"""What a run needs to know of its rules without reading a letter."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from extract.resources import patterns_dir
from extract.values.agents import Lexicon, load_agents

AGENTS: Final = "agents.yaml"


def lexicon(patterns: Path | None) -> Lexicon:
    """The drugs of a folder of rules, or the program's own where it has none."""
    own = patterns / AGENTS if patterns else None
    return load_agents(own if own and own.is_file() else None)


def rules_hash(patterns: Path | None) -> str:
    """SHA-256 over every rule file, by name and content."""
    folder = patterns or patterns_dir()
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        for part in (path.relative_to(folder).as_posix().encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
