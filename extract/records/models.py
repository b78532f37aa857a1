"""Pydantic records for evidence, facts and letters.

A fact is one row of ``facts.csv``. Its evidence is a slice of its letter, checked when
the :class:`LetterRecord` is made, so that no output can quote what the letter does not
say.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)

from extract.records.vocabulary import Field


class Assertion(StrEnum):
    """What the letter says of a mention; only PRESENT and PAST become facts."""

    PRESENT = "present"
    PAST = "historical"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    PLANNED = "planned"
    FAMILY = "family"
    CRITERIA = "criteria"
    COPIED = "copied_forward"


class Reason(StrEnum):
    """Why a person is asked to look at a fact or a patient."""

    CONFLICT = "conflict"
    DISTANT = "distant_link"
    OCR = "ocr_damage"
    AMBIGUOUS_DATE = "ambiguous_date"
    INFERRED = "inferred"
    QUALIFIED = "qualified_wording"
    LOOKALIKE = "lookalike"
    NO_LETTER_DATE = "no_letter_date"
    IDENTITY = "identity_mismatch"
    RANGE = "range_straddles"
    LIST = "list_disagrees"


class Reviewed(StrEnum):
    """What a person's accepted review made of a fact."""

    NOT = ""
    RIGHT = "right"
    CORRECTED = "corrected"
    ADDED = "added"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Frozen):
    """Where a fact is read: ``text[start:end] == quote`` of its letter, characters from 0.

    ``page`` counts from 1. ``where`` names a paragraph, row or element of a Word file, a
    web page or a message. ``boxes`` are places on pages, one a line: the page, then left,
    top, right and bottom from the top left corner of the page as it is read, in points
    (dots for a picture).
    """

    start: int
    end: int
    quote: Annotated[str, StringConstraints(min_length=1)]
    section: str = ""
    page: int | None = None
    where: str = ""
    boxes: tuple[tuple[int, float, float, float, float], ...] = ()


class Fact(_Frozen):
    """One fact of the annotation contract.

    ``low`` and ``high`` are the bounds of a number or of a date (ISO days), as text, empty
    where the value has none. ``rule`` names the rule that found it. ``reviewed`` marks what
    an accepted review confirmed, corrected or added; ``machine`` is then the fact as the
    program read it (None for one it had missed).
    """

    field: Field
    item: str = ""
    value: str
    low: str = ""
    high: str = ""
    assertion: Assertion = Assertion.PRESENT
    evidence: Evidence
    rule: str
    review: bool = False
    reasons: tuple[Reason, ...] = ()
    reviewed: Reviewed = Reviewed.NOT
    machine: Fact | None = None

    @model_serializer(mode="wrap")
    def _only_reviews_made(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        plain: dict[str, Any] = handler(self)
        if not plain.get("reviewed"):
            plain.pop("reviewed", None)
        if plain.get("machine") is None:
            plain.pop("machine", None)
        return plain

    @property
    def key(self) -> tuple[str, str, str]:
        """What the annotation guide calls the same fact: field, item and value."""
        return (self.field.value, self.item, self.value)


class LetterRecord(_Frozen):
    """One letter: who, when, and the facts read from it.

    Attributes:
        letter_id: path below the archive without the last extension, POSIX slashes.
        patient_id: the person, by the archive's rule for whose letter it is.
        letter_date: EDTF date, empty where the letter has none.
        numbers: identifiers in the letter that passed their check digit.
        digest: SHA-256 of the text, for re-runs and reviews.
        withdrawn: facts as the program read them that an accepted review took out.
    """

    letter_id: str
    patient_id: str
    letter_date: str = ""
    numbers: tuple[str, ...] = ()
    digest: str = ""
    paths: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    reasons: tuple[Reason, ...] = ()
    withdrawn: tuple[Fact, ...] = ()

    @model_serializer(mode="wrap")
    def _only_withdrawals_made(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        plain: dict[str, Any] = handler(self)
        if not plain.get("withdrawn"):
            plain.pop("withdrawn", None)
        return plain

    @classmethod
    def checked(cls, text: str, **values: object) -> Self:
        """Make a record and hold every quote against ``text``.

        Raises:
            ValueError: a quote is not the slice it claims to be (the message gives the
                field and the offsets, never the text).
        """
        record = cls.model_validate(values)
        for fact in record.facts:
            evidence = fact.evidence
            if text[evidence.start : evidence.end] != evidence.quote:
                raise ValueError(
                    f"evidence of {fact.field} is not text[{evidence.start}:{evidence.end}]"
                )
        return record

    @model_validator(mode="after")
    def _one_fact_once(self) -> Self:
        keys = [fact.key for fact in self.facts]
        if len(keys) != len(set(keys)):
            raise ValueError("the same fact stands twice in one letter")
        return self
