"""Named thresholds from TOML files, and thresholds given as ``key=value``.

The program's own sets are ``patterns/criteria.toml``; a study writes a file with the same
keys. Everything wrong in a file is told at once, by its key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from extract.calculators.criteria import Criteria
from extract.errors import Code, ExtractError, Problem
from extract.resources import patterns_dir

FILE: Final = "criteria.toml"
BASED_ON: Final = "based_on"

#: Short names that ``--set`` takes beside the keys themselves.
SHORT: Final[dict[str, str]] = {
    "ecog": "ecog_max",
    "karnofsky": "karnofsky_met",
    "caix": "caix_above_percent",
    "alveolar": "alveolar_above_percent",
    "granular": "granular_below_percent",
    "washout": "washout_days",
    "organs": "organs_max",
    "sites": "organs_max",
    "lines": "failed_lines_max",
    "response": "response_basis",
}


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Criteria]:
    """The named sets that came with the program.

    Raises:
        ExtractError: (``bad_settings``) the file was changed and no longer fits.
    """
    path = patterns_dir() / FILE
    return _sets(path, {})


def read_criteria(path: Path, name: str = "") -> Criteria:
    """The thresholds of a TOML file (or YAML) over the published ones.

    Keys at the top of the file are one set, named by the file; each table is another.

    Args:
        path: the file.
        name: which set of the file; default, the one at the top, or the only one.

    Raises:
        ExtractError: (``bad_settings``) with one problem for each key that is not known or
            value that will not do, or where it is not plain which set is meant.
    """
    found = _sets(path, shipped())
    if name in found:
        return found[name]
    if not name and len(found) == 1:
        return next(iter(found.values()))
    known = ", ".join(each for each in found if each)
    which = f"no set {name!r}" if name else "more than one set, and none at the top"
    detail = f"The file has {which}; there are {known}. Name one as FILE:NAME."
    raise ExtractError(Problem(str(path), Code.SETTINGS, detail))


def named_criteria(name: str) -> Criteria:
    """A named set of thresholds, or those of a file: ``NAME``, ``FILE`` or ``FILE:NAME``.

    Raises:
        ExtractError: (``bad_settings``) there is no such set or file, or the file holds a
            key that is not known or a value that will not do.
    """
    known = shipped()
    if name in known:
        return known[name]
    if Path(name).is_file():
        return read_criteria(Path(name))
    file, colon, inner = name.rpartition(":")
    if colon and Path(file).is_file():
        return read_criteria(Path(file), inner)
    detail = f"There is no such file, and the presets are {', '.join(known)}."
    raise ExtractError(Problem(name, Code.SETTINGS, detail))


def parse_changes(settings: Iterable[str]) -> dict[str, object]:
    """Thresholds given as ``key=value``; :data:`SHORT` names serve as keys.

    Raises:
        ExtractError: (``bad_settings``) with one problem for each that has no ``=`` or
            gives a key again.
    """
    changes: dict[str, object] = {}
    problems = []
    for text in settings:
        key, equals, value = (part.strip() for part in text.partition("="))
        full = SHORT.get(key, key)
        if not equals or not key or not value:
            problems.append(Problem("--set", Code.SETTINGS, f"{text!r} is not KEY=VALUE."))
        elif full in changes:
            problems.append(Problem("--set", Code.SETTINGS, f"{full} is given twice."))
        else:
            changes[full] = value
    if problems:
        raise ExtractError(*problems)
    return changes


def _sets(path: Path, others: Mapping[str, Criteria]) -> dict[str, Criteria]:
    """The sets of a file by name; the one at its top has its own name and also ""."""
    loaded = _load(path)
    top = {key: value for key, value in loaded.items() if not isinstance(value, dict)}
    tables = {key: value for key, value in loaded.items() if isinstance(value, dict)}
    main = str(top.pop("name", path.stem)) if top else ""
    if main:
        tables = {main: top, **tables}
    if not tables:
        raise ExtractError(Problem(str(path), Code.SETTINGS, "The file holds no thresholds."))
    made: dict[str, Criteria] = {}
    problems: list[Problem] = []
    for each in tables:
        try:
            made[each] = _one(each, tables, others, ())
        except ExtractError as error:
            problems.extend(
                Problem(f"{path}: {problem.path}", problem.code, problem.detail)
                for problem in error.problems
            )
    if problems:
        raise ExtractError(*dict.fromkeys(problems))
    return {"": made[main], **made} if main else made


def _load(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError) as error:
        detail = f"The file cannot be read ({type(error).__name__})."
        raise ExtractError(Problem(str(path), Code.SETTINGS, detail)) from None
    if path.suffix.lower() not in (".yaml", ".yml"):
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ExtractError(Problem(str(path), Code.SETTINGS, f"No TOML: {error}.")) from None
    try:
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as error:
        detail = f"The file cannot be read as YAML ({type(error).__name__})."
        raise ExtractError(Problem(str(path), Code.SETTINGS, detail)) from None
    if not isinstance(loaded, dict):
        detail = "The file is no list of `key: value`."
        raise ExtractError(Problem(str(path), Code.SETTINGS, detail))
    return {str(key): value for key, value in loaded.items()}


def _one(
    name: str,
    tables: Mapping[str, Mapping[str, Any]],
    others: Mapping[str, Criteria],
    seen: tuple[str, ...],
) -> Criteria:
    """A set over the one it is based on."""
    changes = dict(tables[name])
    base = str(changes.pop(BASED_ON, "published"))
    if base in seen or base == name:
        if base != "published":
            detail = f"{BASED_ON}: {' on '.join((*seen, name, base))} goes round."
            raise ExtractError(Problem(name, Code.SETTINGS, detail))
        ground = Criteria()
    elif base in tables:
        ground = _one(base, tables, others, (*seen, name))
    elif base in others:
        ground = others[base]
    elif base == "published":
        ground = Criteria()
    else:
        known = ", ".join(dict.fromkeys((*others, *tables)))
        detail = f"{BASED_ON}: there is no set {base!r}; there are {known}."
        raise ExtractError(Problem(name, Code.SETTINGS, detail))
    try:
        return ground.changed(changes, name=name)
    except ExtractError as error:
        raise ExtractError(*(Problem(name, p.code, p.detail) for p in error.problems)) from None
