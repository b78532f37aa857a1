"""The fast way of finding mentions against the full pipeline: the same answer, always."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.language import searching
from extract.language.pipeline import Reader
from extract.language.reading import Reading
from extract.language.rules import RuleSet, load_rules
from extract.settings import EngineName
from extract.values.agents import load_agents

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
LETTERS = sorted(CORPORA.glob("**/*.txt"))
#: Where things go wrong: edges of words, lines, sentences, and letters with two cases or none.
ODD = (
    " ",
    "\n",
    "-\n",
    "\t",
    ". ",
    ": ",
    "?",
    "/",
    "(",
    "no ",
    "\u0130",
    "\u017f",
    "\u212a",
    "\u00a0",
    "1",
    "x",
)


@pytest.fixture(scope="module", autouse=True)
def _lowered_at_once() -> Iterator[None]:
    """What is tried often is tried in lower case: here from the first try."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "_OFTEN", 1)
        yield


def test_regexes_find_the_same_before_and_after_they_are_lowered() -> None:
    one, often = searching.Regex("r", r"(?P<a>PS|status)\s?(\d)"), 64
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "_OFTEN", often)
        text = "ps 1, PS 2, Status 3"
        found = [[m.span() for m in one.finds(text, text.lower())] for _ in range(often + 1)]
        assert one._lower_case is not None
    assert found[0] == [(0, 4), (6, 10), (12, 20)]
    assert all(spans == found[0] for spans in found)


@cache
def rules() -> RuleSet:
    return load_rules()


@cache
def reader(engine: EngineName) -> Reader:
    return Reader(rules(), load_agents(), engine)


def same(text: str) -> None:
    alike(reader(EngineName.SCANNED).read(text), reader(EngineName.REFERENCE).read(text))


def alike(first: Reading, second: Reading) -> None:
    assert first == second
    said = [[m.modifiers for m in reading.mentions] for reading in (first, second)]
    assert said[0] == said[1]


@cache
def texts() -> list[str]:
    return [path.read_text(encoding="utf-8", errors="replace") for path in LETTERS]


def test_the_corpora_hold_letters() -> None:
    assert len(texts()) > 100
    assert any(reader(EngineName.SCANNED).read(text).mentions for text in texts())


@pytest.mark.parametrize("part", range(8))
def test_every_letter_of_the_corpora_reads_alike(part: int) -> None:
    for text in texts()[part::8]:
        same(text)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Pieces of letters, cut and joined anywhere, with odd characters between."""
    held = texts()
    pieces = []
    for _ in range(draw(st.integers(1, 5))):
        text = held[draw(st.integers(0, len(held) - 1))]
        start = draw(st.integers(0, max(0, len(text) - 1)))
        piece = text[start : start + draw(st.integers(5, 500))]
        pieces += [_cased(piece, draw(st.integers(0, 3))), draw(st.sampled_from(ODD))]
    return "".join(pieces)


def _cased(text: str, how: int) -> str:
    return (text, text.upper(), text.lower(), text.swapcase())[how]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated())
def test_mutated_letters_read_alike(text: str) -> None:
    same(text)


@st.composite
def examples(draw: st.DrawFn) -> str:
    """Examples of rules in a row, as sentences, lines or neither."""
    held = [
        sentence
        for rule in (*rules().targets, *rules().context)
        for sentence in (*rule.examples.match, *rule.examples.skip)
    ]
    chosen = draw(st.lists(st.sampled_from(held), min_size=1, max_size=6))
    return (
        draw(st.sampled_from(["\n", ". ", " ", ""])).join(chosen).replace("[", "").replace("]", "")
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(examples())
def test_the_rules_own_examples_read_alike(text: str) -> None:
    same(text)


def test_without_the_automaton_the_answers_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.language.scan._automaton", lambda found: None)
    plain = Reader(rules(), load_agents())
    for text in texts()[::9]:
        alike(plain.read(text), reader(EngineName.SCANNED).read(text))
