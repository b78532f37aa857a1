"""Python's own parser of regular expressions and its words; it comes without types."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

op: Final[Any] = import_module("re._constants")
parser: Final[Any] = import_module("re._parser")
