"""What some tests need beside Python: skipped with a reason where it is missing.

Under CI nothing is skipped: a test whose needs are not met fails there.
"""

from __future__ import annotations

import os

import pytest


def needs(met: object, reason: str) -> pytest.MarkDecorator:
    """A mark for tests that cannot run unless ``met``, ``reason`` saying what is missing."""
    return pytest.mark.skipif(not met and not os.environ.get("CI"), reason=reason)
