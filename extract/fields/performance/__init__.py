"""Performance status: ``ecog``, ``ecog_past`` and ``karnofsky``."""

from extract.fields.performance.find import find

__all__ = ["find"]
