"""Anchors are derived from the regex: no match may be without one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extract.language.anchors import EDGE, anchors_of, plain
from extract.language.lowered import lowered
from extract.language.scan import Scan

E = EDGE


@pytest.mark.parametrize(
    ("regex", "anchors"),
    [
        (r"\bsunitinib\b", {f"{E}sunitinib{E}"}),
        (r"\b(?:stable|partial) response", {f"{E}stable response", f"{E}partial response"}),
        (r"IL-?2", {"il2", "il-2"}),
        (r"PS\s*[0-4]", {f"ps{n}" for n in "01234"} | {f"ps {n}" for n in "01234"}),
        (r"\w+ lesions?", {f"{E}lesion"}),
        (r"(?:no )?fever", {"fever"}),
        (r"(?<!\w)CT(?!\w)", {f"{E}ct{E}"}),
        (r"x{0,3}", set()),
        (r"\d+", set()),
        (r"(?:a|\d)b?", set()),
        (r"(?i:Mets)", {"mets"}),
        (r"\w{2}ib\b", {f"ib{E}"}),
    ],
)
def test_anchors(regex: str, anchors: set[str]) -> None:
    assert anchors_of(regex) == anchors


PIECES = (r"\b", "a", "ab", "[ab]", r"\s", r"\s*", r"\w", r"\d?", "b{2}", "(?:a|bb)", "(?:ab)?",
          "(?:a b|c)", "c+", "[^a]", r"(?!\w)", r"(?<!\w)", "(?:a|)", "C", "1", "(?=a)", "-", ".")  # fmt: skip


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join),
    st.text("abcAB1- .\u0130\u017f", max_size=30),
)
def test_every_match_holds_an_anchor(regex: str, text: str) -> None:
    text = " ".join(text.split())  # as rules see it
    found = list(re.finditer(regex, text, re.IGNORECASE))
    scans = [Scan([anchors_of(regex)], automaton=which) for which in (True, False)]
    answers = {scan.owners(plain(text)) for scan in scans}
    assert len(answers) == 1
    if any(match.group() for match in found):
        assert answers == {1}


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from((*PIECES, "[A-C]", "[^A-C]", r"[^\WA]", "(?P<n>A)", r"\W")),
        min_size=1,
        max_size=7,
    ),
    st.text("abcABC1- ._", max_size=30),
)
def test_lowered_regexes_match_the_same_places(pieces: list[str], text: str) -> None:
    regex = "".join(dict.fromkeys(pieces))
    made = lowered(regex)
    assert made is not None
    blind = [m.span() for m in re.finditer(regex, text, re.IGNORECASE)]
    assert [m.span() for m in re.finditer(made, text.lower())] == blind


@pytest.mark.parametrize("regex", [r"(?-i:PS) 1", r"[A-z]", r"\x41"])
def test_what_cannot_be_told_stays_as_it_is(regex: str) -> None:
    assert lowered(regex) is None


SCRAPS = (*PIECES, "(", ")", "(?:", "(?P<a>", "(?P=a)", "(?<=", "(?<!", "(?=", "(?>", "[", "]",
          "{2,1}", "*", "+", "++", "?", "|", "\\", r"\1", r"\g", r"\N{DASH}", "(?x)", "(?i:", "(?-i:",
          "(?#", "(?1", "(?(1)a|b)", "(?(a)b)", "[b-a]", "(?<a", "(?L)", "(a)")  # fmt: skip


@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=8).map("".join))
@example("(?<=a|bb)c")
@example("(?=(?<!a*)b)c")
@example("(?<=(?:ab){2})c")
@example("(a)(?(1)(?<=b?)|c)")
@example("(?<!(?P<a>a)+)")
@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning")
def test_what_does_not_compile_is_told_without_compiling(regex: str) -> None:
    def fault(does: Callable[[str], object]) -> str:
        try:
            does(regex)
        except re.error as error:
            return str(error)
        return ""

    assert fault(anchors_of) == fault(re.compile)


def test_a_rule_without_anchors_is_always_tried() -> None:
    scan = Scan([{"ab"}, set(), {f"{E}cd{E}"}])
    assert scan.owners("") == 0b010
    assert scan.owners("xaby") == 0b011
    assert scan.owners("acd cde") == 0b010
    assert scan.owners("a cd.") == 0b110
