"""Histology of the renal primary: subtype, features, group for interleukin-2."""

from __future__ import annotations

from collections.abc import Iterator

from extract.fields.histology.common import Slide
from extract.fields.histology.features import find_features
from extract.fields.histology.groups import find_groups
from extract.fields.histology.subtypes import find_subtypes
from extract.fields.view import Draft, View

__all__ = ["find"]


def find(view: View) -> Iterator[Draft]:
    """The letter's histology rows."""
    slide = Slide(view)
    if not slide.renal:
        return
    yield from find_subtypes(slide)
    yield from find_features(slide)
    yield from find_groups(slide)
