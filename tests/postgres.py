"""A PostgreSQL server of the tests' own, started when a test first asks for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest


def _binaries() -> Path | None:
    """The newest PostgreSQL server of the system's packages, or that on the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).parent if on_path else None


def _version(path: Path) -> float:
    return float(path.parts[-3])


def _end_left_behind(binaries: Path) -> None:
    """End the servers of test runs that were killed before they could."""
    for owner in Path("/tmp").glob("pg-*/owner"):
        folder = owner.parent
        try:
            os.kill(int(owner.read_text()), 0)
        except ProcessLookupError:
            stop = [binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"]
            user = "postgres" if os.geteuid() == 0 else None
            subprocess.run(list(map(str, stop)), user=user, capture_output=True, check=False)
            shutil.rmtree(folder, ignore_errors=True)
        except (OSError, ValueError):  # another's
            continue


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a server of our own, on a socket in a folder of its own."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    if find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed (pip install 'extract-letters[postgres]')")
    _end_left_behind(binaries)
    # A server does not run as root.
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        if user:
            shutil.chown(folder, user)

        def do(*words: object) -> None:
            command = [str(binaries / str(words[0])), *map(str, words[1:])]
            subprocess.run(command, check=True, user=user, capture_output=True, timeout=120)

        data = folder / "data"
        do("initdb", "-D", data, "-U", "extract", "-A", "trust", "--no-sync", "-E", "UTF8")
        (folder / "owner").write_text(str(os.getpid()))
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        log = folder / "log"
        do("pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
        try:
            yield f"postgresql+psycopg://extract@/{{}}?host={folder}"
        finally:
            do("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(server: str) -> str:
    """The URL of a fresh database."""
    from sqlalchemy import create_engine, text

    name = f"t{next(_number)}"
    with create_engine(server.format("postgres"), isolation_level="AUTOCOMMIT").connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name}"))
    return server.format(name)


_number = iter(range(1, 10_000))
