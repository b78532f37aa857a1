"""What can be told of a regex before it meets a letter."""

from __future__ import annotations

import re

import pytest

from extract.language.regexes import anchored, nested_repeats, slow_on


@pytest.mark.parametrize(
    "regex",
    [
        r"(a+)+",
        r"(?:a*)*b",
        r"(?:\s*\w+)*z",
        r"(?:x|\w+)*!",
        r"ecog(?:(?:\d+)){2,}",
        r"(?=(\w+)+!)",
    ],
)
def test_repeats_whose_turns_are_alike(regex: str) -> None:
    assert nested_repeats(regex)


@pytest.mark.parametrize(
    "regex",
    [
        r"(?: and \w+)*",
        r"(?:late\s+|own\s+)*father",
        r"(?:a+)?",
        r"(?:a+){2,3}",
        r"\w+\s*\d+",
        r"(?:ab)+",
        r"(?:[a-z],)*[a-z]+",
    ],
)
def test_repeats_whose_turns_are_told_apart(regex: str) -> None:
    assert not nested_repeats(regex)


@pytest.mark.parametrize(
    ("regex", "expected"),
    [
        (r"ps", True),
        (r"\b(?:ecog|who)\b", True),
        (r"P(?:O)?D", True),
        (r"(?:ecog)?\s*\d", False),
        (r"(?:ecog|\d\d)", False),
        (r"\d+\s*%", False),
        (r"(?<=ecog)\d", False),
        (r"(?:ab){0,3}\d", False),
        (r"(?:a){2}\d", True),
    ],
)
def test_letters_that_every_match_must_hold(regex: str, expected: bool) -> None:
    assert anchored(regex) is expected


def test_a_slow_regex_is_told_without_waiting_for_it() -> None:
    assert slow_on(re.compile(r"(?:a|aa)+!"), ["aaaa!"])
    assert not slow_on(re.compile(r"\bperformance status\s*\d", re.IGNORECASE), ["PS 1"])
