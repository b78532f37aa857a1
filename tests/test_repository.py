"""What must hold for every file of the repository, whatever it is about."""

import re
import shlex
import subprocess
from functools import cache
from pathlib import Path

import pytest
import typer.main

ROOT = Path(__file__).resolve().parent.parent
MODULE_LINES = 420

# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("registry", "npmjs"),
            ("registry", "yarnpkg"),
            ("deb", "debian"),
            ("files", "conda"),
            ("proxy", "golang"),
        )
    ),
    re.IGNORECASE,
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home)/\w")
ADDRESS = re.compile(r"\w://")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is in git or would be added to it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


@cache
def lines() -> tuple[tuple[str, str], ...]:
    """Every line of every text file, each with `path:number` in front."""
    found = []
    for path in files():
        data = path.read_bytes()
        if b"\0" in data[:8192]:
            continue
        where = path.relative_to(ROOT).as_posix()
        text = data.decode("utf-8", errors="replace")
        found += [(f"{where}:{n}", line) for n, line in enumerate(text.split("\n"), 1)]
    return tuple(found)


def where(pattern: re.Pattern[str], suffixes: tuple[str, ...] = ()) -> list[str]:
    """Return the places that hold the pattern: never the line, which may be a letter's."""
    return [
        place
        for place, line in lines()
        if pattern.search(line) and (not suffixes or place.rpartition(":")[0].endswith(suffixes))
    ]


def test_no_file_names_a_package_registry() -> None:
    assert where(REGISTRIES) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert where(MACHINE_PATHS) == []


def test_no_lock_or_settings_file_holds_an_address() -> None:
    assert where(ADDRESS, (".lock", ".toml", ".cfg", "requirements.txt")) == []


def test_no_module_is_too_long() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in (ROOT / "extract").rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES
    }
    assert long == {}


def test_scripts_are_executable_and_stop_at_the_first_failure() -> None:
    for name in ("scripts/demo", "scripts/test", "scripts/lint", ".ci/run"):
        path = ROOT / name
        assert path.stat().st_mode & 0o111, name
        assert re.search(r"^set -e?uo pipefail$", path.read_text(encoding="utf-8"), re.M), name


# ------------------------------------------------------------- NHS numbers

LABELLED = re.compile(r"\bNHS\b[^\d\n]{0,24}(\d{3}[ -]?\d{3}[ -]?\d{4})(?!\d)")
GROUPED = re.compile(r"(?<![\d+] )(?<!\d)(\d{3} \d{3} \d{4})(?! ?\d)")


def has_nhs_check_digit(number: str) -> bool:
    """Tell whether the tenth digit is the weighted sum of the first nine, modulo eleven."""
    digits = [int(d) for d in number if d.isdigit()]
    check = -sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check == digits[9]


def nhs_numbers(line: str) -> set[str]:
    """Return the numbers on a line that a reader would take for NHS numbers."""
    labelled = {m[1] for m in LABELLED.finditer(line)}
    return labelled | {m[1] for m in GROUPED.finditer(line) if has_nhs_check_digit(m[1])}


def test_every_nhs_number_in_the_corpora_is_one_that_is_never_issued() -> None:
    wrong = [
        place
        for place, line in lines()
        if place.startswith("corpora/")
        and any(not number.startswith("999") for number in nhs_numbers(line))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("NHS No: 943 476 5919", 1),
        ("NHS number 9434765919, hospital number RX123", 1),
        ("943 476 5919", 1),
        ("943 476 5918", 0),
        ("Tel. 020 7946 0018", 0),
        ("NHS Trust, seen 2011", 0),
    ],
)
def test_nhs_numbers_are_seen(line: str, count: int) -> None:
    assert len(nhs_numbers(line)) == count


# ------------------------------------------------------------------ README


def readme_commands() -> list[list[str]]:
    """Return the commands in the README's shell blocks, as words."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)
    return [words for line in "".join(blocks).splitlines() if (words := shlex.split(line, True))]


def test_the_readme_opens_with_its_two_commands() -> None:
    assert [words[0] for words in readme_commands()[:2]] == ["scripts/demo", "scripts/test"]


@pytest.mark.parametrize("words", readme_commands(), ids=" ".join)
def test_each_command_of_the_readme_exists(words: list[str]) -> None:
    if words[0].startswith("scripts/"):
        assert (ROOT / words[0]).is_file()
    elif words[:3] == ["python", "-m", "extract"]:
        check_extract_command(words[3:])
    else:
        assert words == ["source", ".venv/bin/activate"]


def check_extract_command(words: list[str]) -> None:
    """Follow the words down the command line's own tree, then look for the options."""
    from extract.cli import app

    command = typer.main.get_command(app)
    rest = list(words)
    while rest and (commands := getattr(command, "commands", None)):
        if rest[0] in commands:
            command = commands[rest.pop(0)]
        elif "/" in rest[0] or rest[0] == "letters":
            command = commands.get("run", command)  # LETTERS alone is the main job
            break
        else:
            pytest.fail(f"extract has no command {rest[0]!r}")
    known = {name for param in command.params for name in param.opts}
    assert {word for word in rest if word.startswith("-")} <= known


def test_the_readme_points_at_files_that_are_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^):#]+)\)", text):
        assert (ROOT / target).exists(), target
