"""A run over an archive: plan, read and extract, link, judge, write.

Each is imported when it is first asked for: a text in hand needs no settings, and a run reads
no letter itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.archive.extractor import Extractor
    from extract.archive.settings import RunSettings

__all__ = ["Extractor", "RunSettings"]


def __getattr__(name: str) -> Any:
    if name == "RunSettings":
        from extract.archive.settings import RunSettings

        return RunSettings
    if name == "Extractor":
        from extract.archive.extractor import Extractor

        return Extractor
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
