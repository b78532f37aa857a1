"""Records as JSON: one a line, keys in the order of the model, or one indented document."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
from pydantic import BaseModel

from extract.outputs.streams import jsonl_stream


def write_jsonl(path: Path, records: Iterable[BaseModel]) -> None:
    """Write one record a line."""
    with jsonl_stream(path) as write:
        for record in records:
            write(record)


def write_json(path: Path, document: BaseModel | dict[str, Any]) -> None:
    """Write one document, indented, with a line end."""
    plain = document.model_dump(mode="json") if isinstance(document, BaseModel) else document
    path.write_bytes(orjson.dumps(plain, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
