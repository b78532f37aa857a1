"""The program's own readers; :mod:`extract.letters.registry` chooses among them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from extract.letters.pdf import Pdf
from extract.letters.plain import PlainText
from extract.letters.options import ReadOptions
from extract.letters.registry import Reader
from extract.letters.word import Word

BUILT_IN: Final[tuple[Callable[[ReadOptions], Reader], ...]] = (PlainText, Word, Pdf)
