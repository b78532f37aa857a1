"""A database by its URL: opened, brought up to date, and its faults said in a sentence."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from extract.errors import Code, ExtractError, Problem

#: The last migration this program knows.
HEAD = "0001"
#: Seconds that SQLite waits for another connection to finish writing.
_BUSY_SECONDS = 60


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{path.resolve()}"


def shown(url: str) -> str:
    """A URL without its password, for messages."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return "--store"
    return parsed.database or "" if parsed.drivername == "sqlite" else parsed.render_as_string()


@contextmanager
def faults(url: str) -> Iterator[None]:
    """Say a database's fault in a sentence, without what was to be written."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        said = str(cause).lower()
        if "disk is full" in said or "disk i/o" in said or "no space left" in said:
            detail = "The disk of the store is full or fails."
        elif "malformed" in said or "not a database" in said:
            detail = "The store is damaged; remove it, and the next run reads everything again."
        else:
            detail = f"The store cannot be used ({type(cause).__name__})."
        raise ExtractError(Problem(shown(url), Code.OUTPUT, detail)) from None


def open_engine(url: str) -> Engine:
    """Connect to a database and bring its tables up to date.

    Raises:
        ExtractError: the URL is none, its driver is not installed, there is no such
            database, or a later version of the program has written to it.
    """
    try:
        engine = _engine(url)
    except (ArgumentError, NoSuchModuleError):
        detail = "It is no database's URL; try postgresql+psycopg://user@host/name."
        raise ExtractError(Problem("--store", Code.SETTINGS, detail)) from None
    except ModuleNotFoundError as error:
        detail = f"It needs {error.name}: `pip install 'extract-letters[postgres]'`."
        raise ExtractError(Problem("--store", Code.SETTINGS, detail)) from None
    with faults(url), engine.begin() as connection:
        _migrate(connection, url)
    return engine


def _engine(url: str) -> Engine:
    # Parameters are letters' records: they must not stand in an exception.
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True, pool_pre_ping=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": _BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _: Any) -> None:
        for setting in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "temp_store=FILE",
        ):
            connection.execute(f"PRAGMA {setting}")

    return engine


def _migrate(connection: Connection, url: str) -> None:
    """Apply the migrations that the database lacks; Alembic is imported only then."""
    if connection.dialect.name == "postgresql":
        # Two programs that start at once must not both make the tables.
        connection.execute(text("SELECT pg_advisory_xact_lock(72093041)"))
    if inspect(connection).has_table("alembic_version"):
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if found == HEAD:
            return
        if found is not None and str(found) > HEAD:
            detail = "A later version of the program has written to this store; use that one."
            raise ExtractError(Problem(shown(url), Code.OUTPUT, detail))
    from alembic import command
    from alembic.config import Config

    spec = importlib.util.find_spec("extract.store.migrations")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the migrations did not come with this installation")
    config = Config()
    config.set_main_option("script_location", spec.submodule_search_locations[0].replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
