"""Kept letters as records, with what linking gave them."""

from __future__ import annotations

from typing import Any

import orjson

from extract.records import LetterRecord
from extract.store import KeptLetter


def plain_record(kept: KeptLetter) -> dict[str, Any]:
    """The record of a kept letter as JSON, with its patient, all its paths and its reasons.

    It is not checked again: it was when it was made, and is when its patient is built.
    """
    plain: dict[str, Any] = orjson.loads(kept.record)
    reasons = dict.fromkeys((*plain["reasons"], *kept.reasons))
    plain.update(patient_id=kept.patient_id, paths=kept.paths, reasons=tuple(reasons))
    return plain


def record_of(kept: KeptLetter) -> LetterRecord:
    """The record of a kept letter, with its patient."""
    return LetterRecord.model_validate_json(orjson.dumps(plain_record(kept)))
