"""A run over an archive: plan, read and extract, link, judge, write."""

from extract.archive.extractor import Extractor
from extract.archive.settings import RunSettings

__all__ = ["Extractor", "RunSettings"]
