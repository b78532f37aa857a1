"""A run over an archive: plan, read and extract, link, judge, write.

:class:`RunSettings` is imported when it is first asked for: a text in hand needs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extract.archive.extractor import Extractor

if TYPE_CHECKING:
    from extract.archive.settings import RunSettings

__all__ = ["Extractor", "RunSettings"]


def __getattr__(name: str) -> Any:
    if name == "RunSettings":
        from extract.archive.settings import RunSettings

        return RunSettings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
