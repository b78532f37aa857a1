"""``patterns check``: rules are held against their own examples, and bad ones named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from extract.errors import ExtractError
from extract.language.check import Finding, Level, check, failed
from extract.language.rules import load_rules

Check = Callable[..., list[Finding]]
SECTIONS = [{"category": "plan", "headings": ["plan", "next steps"]}]


def target(**changes: object) -> dict[str, object]:
    """A rule with nothing wrong; ``changes`` make it worse."""
    rule: dict[str, object] = {
        "id": "ps",
        "label": "PS",
        "literals": ["performance status", "ECOG"],
        "examples": {"match": ["[ECOG] 1", "His [performance status] is 1."], "skip": ["PS 1"]},
    }
    return rule | changes


def context(**changes: object) -> dict[str, object]:
    rule: dict[str, object] = {
        "id": "ctx_neg",
        "category": "negated",
        "direction": "FORWARD",
        "literals": ["no", "not"],
        "examples": {"match": ["There was no [progression]."], "skip": ["He has [progression]."]},
    }
    return rule | changes


@pytest.fixture
def checked(tmp_path: Path) -> Check:
    """Check rules given as data; the drugs are the program's own."""

    def run(
        targets: list[dict[str, object]],
        contexts: list[dict[str, object]] | None = None,
        sections: list[dict[str, object]] | None = None,
    ) -> list[Finding]:
        files = {"things": targets, "context": contexts or [context()], "sections": sections or []}
        for name, rules in files.items():
            (tmp_path / f"{name}.yaml").write_text(
                yaml.safe_dump({"rules": rules}, sort_keys=False)
            )
        return check(tmp_path)

    return run


def reasons(findings: list[Finding]) -> list[str]:
    return [finding.reason for finding in findings]


def test_good_rules_are_let_be(checked: Check) -> None:
    assert checked([target()], [context()], list(SECTIONS)) == []


@pytest.mark.parametrize(
    ("regex", "reason"),
    [
        ("ecog (", "missing ), unterminated subpattern at position 5"),
        ("(?<=ecog|ps) 1", "look-behind requires fixed-width pattern"),
        ("ecog(?i)", "global flags not at the start of the expression at position 4"),
        ("(?P<a>x)(?P<a>y)", "redefinition of group name 'a'"),
    ],
)
@pytest.mark.parametrize("case", [False, True])
def test_a_regex_that_does_not_compile_is_told_before_anything_is_read(
    tmp_path: Path, regex: str, reason: str, case: bool
) -> None:
    bad = target(id="bad", literals=[], regex=regex, case=case)
    (tmp_path / "things.yaml").write_text(yaml.safe_dump({"rules": [target(), bad]}))
    with pytest.raises(ExtractError) as caught:
        load_rules(tmp_path)
    (problem,) = caught.value.problems
    assert problem.path == "things.yaml"
    assert "line 13: rule bad: " in problem.detail
    assert f"regex does not compile: {reason}" in problem.detail
    (finding,) = check(tmp_path)
    assert (finding.file, finding.line, finding.rule) == ("things.yaml", 13, "bad")


def test_a_finding_names_file_line_rule_and_reason(checked: Check) -> None:
    bad = target(id="kps", literals=["karnofsky"], examples={"match": ["KPS 90"], "skip": ["PS"]})
    (finding,) = checked([target(), bad])
    assert (finding.file, finding.rule, finding.level) == ("things.yaml", "kps", Level.ERROR)
    assert finding.line == 13
    assert finding.reason == "does not match: 'KPS 90'"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"examples": {}}, "has no example that must match"),
        ({"examples": {"match": ["ECOG 1"]}}, "has no example that must not match"),
        ({"examples": {"match": ["ECOG 1"], "skip": ["ECOG 2"]}}, "must skip: 'ECOG 2'"),
        ({"examples": {"match": ["ECOG [1]"], "skip": ["PS"]}}, "'ECOG' instead of the marks"),
        ({"literals": ["ECOG", "ecog", "performance  status"]}, "the literal 'ecog' twice"),
    ],
)
def test_what_is_wrong_with_one_rule(
    checked: Check, changes: dict[str, object], reason: str
) -> None:
    found = checked([target(**changes)])
    assert failed(found)
    assert any(reason in said for said in reasons(found))


def test_brackets_may_be_the_letter_s_own(checked: Check) -> None:
    tick = target(
        regex=r"fit \[x\]", literals=[], examples={"match": ["Is fit [x]"], "skip": ["fit [ ]"]}
    )
    assert checked([tick]) == []


@pytest.mark.parametrize("regex", [r"ecog (?:\s*\w+)*!", r"ecog (?:[a-z]+)+\d"])
def test_a_repeat_of_a_repeat_is_found(checked: Check, regex: str) -> None:
    rule = target(regex=regex, literals=[], examples={"match": ["ecog a!1"], "skip": ["PS"]})
    assert any("repeats a repeat" in reason for reason in reasons(checked([rule])))


def test_a_slow_regex_is_found_by_timing_it(checked: Check) -> None:
    rule = target(
        regex=r"ecog(?:a|aa)+!", literals=[], examples={"match": ["[ecogaaa!]"], "skip": ["PS"]}
    )
    rule["regex"] = r"(?:a|aa)+ecog"
    rule["examples"] = {"match": ["[aaaecog]"], "skip": ["PS"]}
    assert any("takes too long" in reason for reason in reasons(checked([rule])))


def test_a_regex_without_letters_is_a_note_and_no_error(checked: Check) -> None:
    rule = target(regex=r"\d+ ?%", literals=[], examples={"match": ["[80 %]"], "skip": ["80"]})
    found = checked([rule])
    assert [finding.level for finding in found] == [Level.NOTE]
    assert not failed(found)


def test_a_literal_in_two_rules_of_a_label_is_found(checked: Check) -> None:
    second = target(
        id="ps2", literals=["ECOG PS", "ecog"], examples={"match": ["[ECOG PS] 1"], "skip": ["x"]}
    )
    assert "'ecog' stands in the rule ps too" in reasons(checked([target(), second]))
    other = second | {"label": "OTHER"}
    assert checked([target(), other]) == []


def test_an_example_that_goes_to_another_rule_is_found(checked: Check) -> None:
    longer = target(
        id="ps2", literals=["ECOG performance"], yields={"value": "x"},
        examples={"match": ["[ECOG performance] 1"], "skip": ["x"]},
    )  # fmt: skip
    short = target(examples={"match": ["[ECOG] performance 1"], "skip": ["PS"]})
    (finding,) = checked([short, longer])
    assert finding.level is Level.ERROR
    assert "to the rule ps2" in finding.reason
    del longer["yields"]
    (finding,) = checked([short, longer])
    assert finding.level is Level.NOTE


@pytest.mark.parametrize(
    ("examples", "reason"),
    [
        ({"match": ["No progression."], "skip": ["[x]"]}, "marks no target"),
        ({"match": ["Without [progression]."], "skip": ["[x]"]}, "none of its words"),
        ({"match": ["[Progression], no doubt."], "skip": ["[x]"]}, "does not reach the target"),
        ({"match": ["No [x]."], "skip": ["No [progression]."]}, "reaches what it must not"),
    ],
)
def test_what_is_wrong_with_a_context_rule(
    checked: Check, examples: dict[str, object], reason: str
) -> None:
    found = checked([target()], [context(examples=examples)])
    assert [reason in said for said in reasons(found)] == [True]


def test_a_stop_must_stop(checked: Check) -> None:
    stop = {
        "id": "ctx_stop",
        "category": "any",
        "direction": "TERMINATE",
        "literals": ["but"],
        "examples": {"match": ["No pain but [progression]."], "skip": ["No [progression]."]},
    }
    assert checked([target()], [context(), stop]) == []
    stop["examples"] = {"match": ["But no [progression]."], "skip": ["No [progression]."]}
    assert "still reaches" in reasons(checked([target()], [context(), stop]))[0]


def test_a_literal_in_two_context_rules_is_found(checked: Check) -> None:
    second = context(
        id="ctx_family", category="family", direction="BACKWARD", literals=["no", "his father"],
        examples={"match": ["[Interferon] for his father."], "skip": ["[Interferon] for him."]},
    )  # fmt: skip
    assert reasons(checked([target()], [context(), second])) == [
        "'no' stands in the rule ctx_neg too"
    ]


def test_a_heading_must_open_its_section(checked: Check) -> None:
    twice = [*SECTIONS, {"category": "outcome", "headings": ["plan"]}]
    found = checked([target()], None, twice)
    assert [f.rule for f in found] == ["outcome"] or [f.rule for f in found] == ["plan"]
    assert "the heading 'plan' opens" in found[0].reason


def test_files_that_cannot_be_loaded_are_findings(tmp_path: Path) -> None:
    rules = [target(regex="(", literals=[]), target(label="lower")]
    (tmp_path / "things.yaml").write_text(yaml.safe_dump({"rules": rules}))
    (tmp_path / "broken.yaml").write_text("rules: [")
    found = check(tmp_path)
    assert failed(found)
    assert {finding.file for finding in found} == {"things.yaml", "broken.yaml"}
    assert all(finding.line > 0 for finding in found)
    assert any("regex" in finding.reason for finding in found)


def test_an_empty_folder_is_a_finding(tmp_path: Path) -> None:
    assert failed(check(tmp_path))
