"""medspaCy, imported without what it brings along and never uses here."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final

#: medspaCy imports it only so that spaCy knows it as a component.
_QUICKUMLS: Final = "quickumls"


def import_medspacy() -> Any:
    """The package with its matchers; the warnings that it switches off are switched on again."""
    with warnings.catch_warnings(), _without_quickumls():
        warnings.simplefilter("ignore")
        import medspacy.context
        import medspacy.section_detection
        import medspacy.target_matcher
        from loguru import logger

    logger.disable("PyRuSH")
    # medspaCy asks spaCy's token matcher first, which warns when no rule is a token pattern.
    warnings.filterwarnings("ignore", message=r"\[W036\]")
    return medspacy


@contextmanager
def _without_quickumls() -> Iterator[None]:
    """Spare what QuickUMLS imports, NLTK and SciPy's statistics: more than all the rest.

    A program that wants medspaCy's component for it in the same process imports
    ``quickumls.spacy_component`` itself, before or after.
    """
    if _QUICKUMLS in sys.modules or "medspacy" in sys.modules:
        yield
        return
    stand_in = ModuleType(_QUICKUMLS)
    stand_in.__dict__["spacy_component"] = None
    sys.modules[_QUICKUMLS] = stand_in
    try:
        yield
    finally:
        del sys.modules[_QUICKUMLS]
