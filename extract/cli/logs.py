"""The log of a run: plain lines or JSON lines, to a file or to stderr."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from extract.errors import Code, ExtractError, Problem

_LOGGER = logging.getLogger("extract.run")


class LogFormat(StrEnum):
    """How a line of the log looks."""

    PLAIN = "plain"
    JSON = "json"


class _Lines(logging.Formatter):
    """Time, event and its numbers; nothing else that a record may carry."""

    def __init__(self, form: LogFormat) -> None:
        super().__init__()
        self.form = form

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        event: str = getattr(record, "event", "log")
        values: dict[str, Any] = getattr(record, "values", {})
        if self.form is LogFormat.JSON:
            return json.dumps({"time": at, "event": event, **values})
        return " ".join((at, event, *(f"{name}={value}" for name, value in values.items())))


@contextmanager
def logging_to(file: Path | None, form: LogFormat) -> Iterator[None]:
    """Log the events of runs; to stderr where JSON is asked for without a file.

    Raises:
        ExtractError: (``output_not_writable``) the file cannot be written.
    """
    if file is None and form is LogFormat.PLAIN:
        yield
        return
    handler: logging.Handler
    try:
        handler = logging.FileHandler(file, encoding="utf-8") if file else logging.StreamHandler()
    except OSError as error:
        detail = f"The log cannot be written there ({type(error).__name__})."
        raise ExtractError(Problem(str(file), Code.OUTPUT, detail)) from None
    handler.setFormatter(_Lines(form))
    handler.addFilter(lambda record: hasattr(record, "event"))
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False
    try:
        yield
    finally:
        _LOGGER.removeHandler(handler)
        handler.close()
