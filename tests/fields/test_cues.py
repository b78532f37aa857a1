"""The cues that rule files hold beside their rules, and their examples."""

from __future__ import annotations

import re

import pytest
import yaml

from extract.fields.cues import Cue, load_cues
from extract.resources import patterns_dir


def _files() -> list[str]:
    return [
        path.stem
        for path in sorted(patterns_dir().glob("*.yaml"))
        if isinstance(held := yaml.safe_load(path.read_text(encoding="utf-8")), dict)
        and held.get("cues")
    ]


CUES = [(name, cue) for name in _files() for cue in load_cues(name).rules.values()]
IDS = [f"{name}:{cue.id}" for name, cue in CUES]


@pytest.mark.parametrize(("name", "cue"), CUES, ids=IDS)
def test_each_cue_matches_its_examples(name: str, cue: Cue):
    """A cue may be tried on the words behind or before a mention: the mark tells which."""
    rule = cue.compiled()
    for example in cue.examples.match:
        marked = re.search(r"\[(.*)\]", example)
        if marked is None:
            assert rule.search(example), example
            continue
        plain = example.replace(marked[0], marked[1])
        begin, end = marked.start(), marked.start() + len(marked[1])
        assert any(
            m.start() < max(end - cut, 1) and m.end() > begin - cut
            for text, cut in (
                (plain, 0),
                (plain[begin:], begin),
                (plain[:end], 0),
                (marked[1], begin),
            )
            for m in rule.finditer(text)
        ), example


@pytest.mark.parametrize(("name", "cue"), CUES, ids=IDS)
def test_each_cue_leaves_what_it_must_skip(name: str, cue: Cue):
    rule = cue.compiled()
    for example in cue.examples.skip:
        found = rule.search(example)
        assert not found or not found.group(), (example, found)


OWN = [(n, c) for n, c in CUES if n in ("performance", "caix", "histology")]


@pytest.mark.parametrize(("name", "cue"), OWN, ids=[f"{n}:{c.id}" for n, c in OWN])
def test_each_cue_has_both_kinds_of_example(name: str, cue: Cue):
    assert cue.examples.match
    assert cue.examples.skip
