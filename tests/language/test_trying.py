"""Regexes that fail fast match what the compiled ones match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.fields.assemble import extract_facts
from extract.language import trying
from extract.language.anchors import plain
from extract.language.pipeline import Reader
from extract.language.trying import Trial, trial

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
REGEXES = (
    r"\bprogress\b",
    r"(?:no|not)\s+given",
    r"cycle\s*(?P<n>\d)",
    r"(?<=last )dose",
    r"stop(?:ped|s)?\b(?! smoking)",
    r"\d+",
)
WORDS = st.sampled_from(
    ["progress", "progression", "no", "not", "given", "cycle", "2", "last", "dose", "stopped",
     "smoking", "STOPS", ".", "\u017ftopped"]
)  # fmt: skip


@pytest.fixture
def unlearnt(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No regex has learnt its anchors, and none learns any for good."""
    held = {made: made._bit for made in trying._trials}
    monkeypatch.setattr(trying, "_learning", trying._Learning())
    for made in held:
        made.learn(0)
    yield
    trying._known.clear()
    for made in trying._trials:
        made.learn(held.get(made, 0))


def _spans(found: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in found]


def _span(match: re.Match[str] | None) -> tuple[int, int] | None:
    return match.span() if match else None


@pytest.mark.usefixtures("unlearnt")
def test_matches_are_those_of_the_compiled_regex() -> None:
    made = [trial(regex, re.IGNORECASE) for regex in REGEXES]
    trying.learn_now()
    assert all(m._bit for m in made[:-1])

    @given(st.lists(WORDS, max_size=7).map(" ".join), st.integers(0, 9), st.integers(0, 40))
    def check(text: str, pos: int, end: int) -> None:
        trying.make_ready(plain(text), [(0, len(text))], [text])
        for one in made:
            true = re.compile(one.pattern, re.IGNORECASE)
            assert _spans(one.finditer(text)) == _spans(true.finditer(text))
            assert _span(one.search(text, pos)) == _span(true.search(text, pos))
            assert _span(one.search(text, pos, end)) == _span(true.search(text, pos, end))
            assert _span(one.match(text, pos)) == _span(true.match(text, pos))
            assert _span(one.fullmatch(text)) == _span(true.fullmatch(text))

    check()


def test_every_regex_of_the_fields_compiles() -> None:
    assert len(trying._trials) > 100
    for made in trying._trials:
        assert re.compile(made.pattern, made.flags).pattern == made.pattern


def test_a_regex_is_compiled_when_it_is_first_tried() -> None:
    made = trial("(")
    trying._trials.remove(made)
    for tried in ("search", "finditer", "sub"):
        with pytest.raises(re.error, match="unterminated subpattern"):
            getattr(made, tried)("", "")
    assert not hasattr(made, "other")


@pytest.mark.usefixtures("unlearnt")
def test_a_regex_is_spared_where_its_anchors_are_wanting() -> None:
    class Counted(Trial):
        seen = 0

        def _may_match(self, text: str, endpos: int) -> bool:
            may = super()._may_match(text, endpos)
            Counted.seen += may
            return may

    made = Counted(r"\bprogress\b")
    trying.learn_now()
    trying.make_ready("well progress", [(0, 4), (5, 13)], ["well", "progress"])
    assert made.search("well") is None
    assert Counted.seen == 0
    assert made.search("progress")
    assert made.search("no sentence of the letter: progress")
    assert Counted.seen == 2


@pytest.mark.usefixtures("unlearnt")
def test_anchors_are_learnt_when_enough_letters_are_read() -> None:
    made = trial(r"progress")
    for _ in range(trying._LETTERS):
        for _ in range(trying._OFTEN // trying._LETTERS + 1):
            made.search("well")
        trying.make_ready("well", [(0, 4)], ["well"])
    assert made._bit
    assert made.search("well") is None


@pytest.mark.usefixtures("unlearnt")
def test_facts_are_the_same_before_and_after_learning() -> None:
    reader = Reader()
    paths = sorted(CORPORA.glob("**/letters/*/*.txt"))[::7]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    before = [extract_facts(reader.read(text), reader.lexicon) for text in texts[:60]]
    for made in trying._trials:
        made.learn(0)
    trying.learn_now()
    after = [extract_facts(reader.read(text), reader.lexicon) for text in texts[:60]]
    assert any(before)
    assert before == after
