"""A module that is not run on a letter would have found nothing in it."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.fields.assemble import MODULES, extract_facts
from extract.fields.view import View
from extract.language.pipeline import Reader

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
PLAIN = (
    "I saw Mr Oakes on 3 May 2011 with gout of the left toe.\n",
    "Follow-up (months): 24\n",
    "He is alive and well 14 months after the first dose.\n",
    "Organs: 2\n",
    "Single site of disease.\n",
    "Immunotherapy unit. Noradrenaline was given on the ICU; 11 doses in the first cycle.\n",
)


@cache
def sentences() -> list[str]:
    """Lines of the corpora's letters, most of them of one field or none."""
    texts = [p.read_text(encoding="utf-8", errors="replace") for p in CORPORA.glob("**/*.txt")]
    return sorted({line for text in texts for line in text.splitlines(keepends=True)})


def same(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert extract_facts(reading, reader.lexicon) == extract_facts(
        reader.read(text), reader.lexicon, everywhere=True
    )


@pytest.mark.parametrize("part", range(4))
def test_corpora_give_the_same_facts(reader: Reader, part: int) -> None:
    for path in sorted(CORPORA.glob("**/*.txt"))[part::4]:
        same(reader, path.read_text(encoding="utf-8", errors="replace"))


def test_short_letters_give_the_same_facts(reader: Reader) -> None:
    draw = random.Random(4)
    for _ in range(120):
        lines = draw.sample(sentences(), draw.randint(1, 4)) + draw.sample(PLAIN, 2)
        draw.shuffle(lines)
        same(reader, "".join(lines))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_pieces_of_letters_give_the_same_facts(reader: Reader, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from([*sentences(), *PLAIN]), min_size=1, max_size=5))
    same(reader, "".join(chosen))


def test_a_letter_of_nothing_opens_no_module(reader: Reader) -> None:
    view = View(reader.read(PLAIN[0]), reader.lexicon)
    assert not [module.find.__module__ for module in MODULES if module.opens(view)]
