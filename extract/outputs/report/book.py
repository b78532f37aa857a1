"""The material of a report: numbers that open to patients, facts and quotes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from extract.calculators import cohort_outcomes
from extract.calculators.cohort_models import Outcomes
from extract.calculators.explain import Explanation, explain
from extract.calculators.grounds import Ground, Grounds, grounds
from extract.calculators.intervals import Interval, Proportion
from extract.outputs.evidence import Evidence, Quote
from extract.outputs.loading import Finished, by_patient
from extract.outputs.report.spoken import spoken
from extract.records import DateSpan, LetterRecord, PatientRecord, Source

#: Quotes shown for one patient under one number; the rest stand in the patient's section.
QUOTES: Final = 4
#: Patients shown under one number, and in sections of their own.
PEOPLE: Final = 60
PATIENTS: Final = 150

DASH: Final = "–"
#: Between a number and its unit, so that no line breaks there.
THIN: Final = "\u00a0"


@dataclass(frozen=True)
class Share:
    """One patient under a number: the value it brings, and the words behind it."""

    patient_id: str
    anchor: str
    value: str
    quotes: tuple[Quote, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Opened:
    """What a number opens to; ``more`` patients are not listed."""

    shares: tuple[Share, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Row:
    """A row of a table that opens; ``note`` is a caution that goes with it."""

    cells: tuple[str, ...]
    opened: Opened | None = None
    note: str = ""
    head: bool = False


@dataclass(frozen=True)
class Table:
    """A table of the report, the same on the page, in Markdown and in Word."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass
class Book:
    """Everything a report draws on.

    Args:
        finished: the records of a run.
        comparator: doses in the first cycle of patients of another series, if any.
        most_patients: how many patients get a section of their own.
        counted: the outcomes of these records, where they are known already.
    """

    finished: Finished
    comparator: Sequence[float] = ()
    most_patients: int = PATIENTS
    counted: Outcomes | None = None
    _letters: dict[str, list[LetterRecord]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._letters = by_patient(self.finished.letters)

    @cached_property
    def outcomes(self) -> Outcomes:
        """The cohort."""
        if self.counted is not None:
            return self.counted
        return cohort_outcomes(self.finished.patients, self.finished.criteria, self.comparator)

    @cached_property
    def grounds(self) -> Grounds:
        """What stands behind each number."""
        return grounds(self.finished.patients, self.finished.criteria)

    @cached_property
    def evidence(self) -> Evidence:
        """The quotes of all letters."""
        return Evidence(self.finished.letters)

    @cached_property
    def detailed(self) -> tuple[PatientRecord, ...]:
        """The patients with a section of their own: the treated first, then by id."""
        ordered = sorted(
            self.finished.patients,
            key=lambda p: (not (p.outcome and p.outcome.treated), p.patient_id),
        )
        return tuple(ordered[: self.most_patients])

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(patient.patient_id for patient in self.detailed)

    def explained(self, patient: PatientRecord) -> Explanation:
        """A patient's eligibility, criterion by criterion."""
        return explain(patient, self.finished.criteria)

    def letters_of(self, patient_id: str) -> list[LetterRecord]:
        """The letters of a patient."""
        return self._letters.get(patient_id, [])

    def opened(self, *keys: str) -> Opened:
        """What a number opens to: the grounds under one key of the outcomes, or several."""
        shares = [ground for key in keys for ground in self.grounds.get(key, ())]
        return Opened(
            tuple(self._share(ground) for ground in shares[:PEOPLE]), max(0, len(shares) - PEOPLE)
        )

    def _share(self, ground: Ground) -> Share:
        quotes = self.evidence.behind(ground)
        return Share(
            patient_id=ground.patient_id,
            anchor=self.anchor(ground.patient_id),
            value=ground.value,
            quotes=tuple(quotes[:QUOTES]),
            more=max(0, len(quotes) - QUOTES),
        )

    def quotes(self, sources: Sequence[Source]) -> list[Quote]:
        """The quotes behind some sources."""
        return self.evidence.all(sources)

    def anchor(self, patient_id: str) -> str:
        """Where a patient's section is on the page; "" where there is none."""
        return anchor(patient_id) if patient_id in self._shown else ""


def anchor(patient_id: str) -> str:
    """A name for a patient's section that HTML allows, whatever the id holds."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", patient_id).strip("-")[:40]
    if plain == patient_id:
        return f"patient-{plain}"
    # Two ids that look alike once cleaned must not share a place.
    return f"patient-{plain}-{hashlib.sha256(patient_id.encode()).hexdigest()[:8]}"


def percent(rate: float | None, digits: int = 1) -> str:
    """A rate as per cent; a dash where there is none."""
    return DASH if rate is None else f"{100 * rate:.{digits}f}{THIN}%"


def interval(found: Interval | None, digits: int = 1) -> str:
    """A confidence interval in per cent; a dash where there is none."""
    if found is None:
        return DASH
    return f"{100 * found.low:.{digits}f}{DASH}{100 * found.high:.{digits}f}{THIN}%"


def caution(found: Proportion) -> str:
    """The words that go with a rate of too few patients; "" else."""
    if found.warning is None:
        return ""
    return f"fewer than {found.warning.limit} patients: the rate says little"


def number(value: float | None, digits: int = 1) -> str:
    """A number, whole ones without a fraction; a dash where there is none."""
    if value is None:
        return DASH
    return f"{value:.0f}" if value == int(value) else f"{value:.{digits}f}"


def when(span: DateSpan | None) -> str:
    """A date in words; "not dated" where there is none."""
    return spoken(span.edtf) if span else "not dated"
