"""What makes a reading good for another run: the bytes, the rules and the program.

The program's state is taken from its code and not from its version alone, so that a
changed checkout never passes off an old reading as its own.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

import extract
from extract.archive.rulefiles import rules_hash
from extract.archive.work import Setup
from extract.errors import Code
from extract.letters import Source
from extract.letters.registry import GROUP
from extract.resources import patterns_dir

#: The rooms that make a record from a file; the others only use records.
_READING = ("fields", "language", "letters", "records", "values")
_READING_FILES = (
    "archive/extractor.py",
    "archive/rulefiles.py",
    "archive/work.py",
    "errors.py",
    "resources.py",
    "settings.py",
)
#: Libraries that a reading or an output may depend on.
LIBRARIES = ("medspacy", "spacy", "pydantic", "numpy", "scipy")
_READERS = (
    "hl7",
    "pypdfium2",
    "python-docx",
    "selectolax",
    "striprtf",
    "tesserocr",
    "pyarrow",
)
#: Problems that may lie in the machine or its load: the next run tries such files again.
PASSING = frozenset(
    {
        Code.CRASHED,
        Code.FAILED,
        Code.MEMORY,
        Code.MISSING_READER,
        Code.NEEDS_OCR,
        Code.TIMED_OUT,
        Code.UNREADABLE,
    }
)
_BLOCK = 1 << 20


def reader_key(setup: Setup) -> str:
    """Everything but the file itself that decides what is read from it."""
    options = asdict(setup.options)
    # How long and how much a letter may take does not change what it says.
    options = {k: v for k, v in options.items() if k not in {"seconds", "memory"}}
    installed = sorted(
        f"{point.name}={point.value} {point.dist.version if point.dist else ''}"
        for point in entry_points(group=GROUP)
    )
    return _digest(
        _code_of_reading(),
        setup.engine.value,
        rules_hash(setup.patterns),
        rules_hash(None) if setup.patterns else "",
        json.dumps(options, sort_keys=True, default=sorted),
        _platform((*LIBRARIES, *_READERS)),
        *installed,
    )


def program_key() -> str:
    """Everything but letters and settings that decides what the out folder holds."""
    criteria = sorted(path.read_text("utf-8") for path in patterns_dir().glob("*.toml"))
    code = (p for p in _package().rglob("*") if p.suffix in {".py", ".j2", ".css"})
    return _digest(_code(code), _platform((*LIBRARIES, "pyarrow", "matplotlib")), *criteria)


def file_key(reader: str, source: Source) -> str:
    """The name under which the reading of a file is kept. Raises OSError."""
    digest = hashlib.sha256()
    # Unbuffered: most files are smaller than a buffer takes to make.
    packed = source.content is not None
    with source.open() if packed else source.file.open("rb", buffering=0) as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    place = (source.letter_id, source.path, source.folder, str(source.alone))
    return _digest(reader, digest.hexdigest(), str(source.max_bytes), *place)


def library_version(name: str) -> str:
    """The version of an installed library; "" where it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@cache
def _code_of_reading() -> str:
    package = _package()
    paths = [package / name for name in _READING_FILES]
    for room in _READING:
        paths += (package / room).rglob("*.py")
    return _code(paths)


def _package() -> Path:
    return Path(extract.__file__).parent


def _code(paths: Iterable[Path]) -> str:
    package = _package()
    digest = hashlib.sha256()
    for path in sorted(paths):
        for part in (path.relative_to(package).as_posix().encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _platform(libraries: Iterable[str]) -> str:
    known = [f"{name} {library_version(name)}" for name in libraries]
    return " ".join((extract.__version__, platform.python_version(), *known))


def _digest(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
