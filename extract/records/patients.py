"""Pydantic records for a patient: what all letters together say, and what was judged.

Every derived value lists the facts it came from as :class:`Source`, so that a number in
a report opens to the letters behind it. Dates are intervals of days with their EDTF
form; doubt is a value (:class:`extract.values.kleene.Truth`), never a default.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from extract.records.models import Reason
from extract.records.vocabulary import Field
from extract.values.kleene import Truth


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Frozen):
    """A fact that a derived value came from: its letter, its row, and its place there."""

    letter_id: str
    field: Field
    item: str = ""
    value: str
    start: int
    end: int


class DateSpan(_Frozen):
    """A date as an interval of days, both ends included; ``edtf`` is how it was said."""

    edtf: str
    earliest: date
    latest: date
    sources: tuple[Source, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether only one day is meant."""
        return self.earliest == self.latest

    @property
    def width(self) -> int:
        """Days between the first and the last day allowed: 0 for one day."""
        return (self.latest - self.earliest).days

    @property
    def midpoint(self) -> date:
        """The day in the middle, for point estimates only (field guide C4)."""
        return self.earliest + (self.latest - self.earliest) // 2

    def days_after(self, other: DateSpan) -> tuple[int, int]:
        """Fewest and most days from ``other`` to this date."""
        return (self.earliest - other.latest).days, (self.latest - other.earliest).days

    def compatible(self, other: DateSpan) -> bool:
        """Whether one day could be meant by both."""
        return self.earliest <= other.latest and other.earliest <= self.latest


class Reading(_Frozen):
    """A value that a letter states, and the date of that letter."""

    value: str
    on: DateSpan | None = None
    sources: tuple[Source, ...] = ()


class CycleReading(Reading):
    """A reading of what happened during interleukin-2.

    ``cycles`` are those its letter tells of: the only one it can be about, or all it names;
    none where that is not plain.
    """

    cycles: tuple[int, ...] = ()


class Assessment(_Frozen):
    """A response: its RECIST category, the agent (or "" for none), and when it was seen.

    ``on`` is the date of the scan or visit that showed it; ``reported`` is the date of
    the letter, which the assessment cannot follow.
    """

    category: str
    agent: str = ""
    on: DateSpan | None = None
    reported: DateSpan | None = None
    sources: tuple[Source, ...] = ()


class Episode(_Frozen):
    """One course of one systemic agent, merged over letters.

    ``starts`` and ``ends`` hold every reading of the first and last dose that survives
    (more than one is a conflict); ``start`` and ``end`` span them. ``planned`` are
    intended first doses. ``first_reported`` is the date of the first letter that tells of it;
    ``taken_after_il2``: a letter says it is being taken when interleukin-2 has begun or is over.
    ``half_life_hours`` is the shortest and the longest half-life of the agent, where known.
    """

    agent: str
    course: int = 1
    drug_class: str = ""
    targeted: Truth = Truth.NOT_MET
    washout: bool = False
    half_life_hours: tuple[float, float] | None = None
    status: str
    starts: tuple[DateSpan, ...] = ()
    ends: tuple[DateSpan, ...] = ()
    planned: tuple[DateSpan, ...] = ()
    end_reasons: tuple[Reading, ...] = ()
    responses: tuple[Assessment, ...] = ()
    line_numbers: tuple[Reading, ...] = ()
    first_reported: DateSpan | None = None
    taken_after_il2: bool = False
    sources: tuple[Source, ...] = ()

    @property
    def key(self) -> str:
        """The agent as the facts name it: ``sunitinib`` or ``sunitinib#2``."""
        return self.agent if self.course == 1 else f"{self.agent}#{self.course}"

    @property
    def given(self) -> bool:
        """Whether a dose was given, as far as the letters say."""
        return self.status != "planned"

    @property
    def start(self) -> DateSpan | None:
        """The first dose, spanning every reading."""
        return spanning(self.starts)

    @property
    def end(self) -> DateSpan | None:
        """The last dose, spanning every reading."""
        return spanning(self.ends)


class Line(_Frozen):
    """One line of therapy: the agents given together, by the rules of field guide A3.

    ``failed`` is met where the line ended by progression, unknown where the letters do
    not say how it ended; ``rechallenge`` marks a drug that had been given before.
    """

    number: int
    agents: tuple[str, ...]
    classes: tuple[str, ...]
    targeted: Truth
    failed: Truth
    rechallenge: bool = False
    before_il2: Truth = Truth.MET
    start: DateSpan | None = None
    end: DateSpan | None = None
    best_response: str = ""
    sources: tuple[Source, ...] = ()


class Event(_Frozen):
    """One thing on the timeline. ``on`` is None only where no letter dates it."""

    on: DateSpan | None
    kind: str
    what: str
    sources: tuple[Source, ...] = ()


class Sites(_Frozen):
    """The organs that one letter says hold disease, and the number it gives, if any."""

    on: DateSpan | None
    organs: tuple[str, ...] = ()
    count: Reading | None = None
    sources: tuple[Source, ...] = ()


class Cycle(_Frozen):
    """One cycle of interleukin-2: its first day and the doses given."""

    number: int
    start: DateSpan | None = None
    doses: Reading | None = None
    sources: tuple[Source, ...] = ()


class Interleukin(_Frozen):
    """High-dose interleukin-2, or the plan of it.

    ``first_doses`` holds every surviving reading of the first dose, ``planned`` the
    intended one of the newest letter that plans it. ``first_reported`` is the date of the
    first letter that says it was given.
    """

    given: bool = False
    first_reported: DateSpan | None = None
    first_doses: tuple[DateSpan, ...] = ()
    planned: tuple[DateSpan, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    total_doses: Reading | None = None
    sources: tuple[Source, ...] = ()

    @property
    def first_dose(self) -> DateSpan | None:
        """The first dose given, spanning every reading."""
        return spanning(self.first_doses)


class Conflict(_Frozen):
    """Statements that cannot all be true, kept side by side, and why one was preferred."""

    about: str
    readings: tuple[Reading, ...]
    chosen: str
    why: str


class SettingLabel(StrEnum):
    """The treatment setting of ``eligibility.csv``."""

    SALVAGE = "salvage"
    CONSOLIDATION = "consolidation"
    NONE = "none"
    UNKNOWN = "unknown"


class Setting(_Frozen):
    """Salvage or consolidation, and how many targeted lines ended by progression.

    ``failed_low`` and ``failed_high`` differ where the letters leave a line open.
    """

    label: SettingLabel = SettingLabel.UNKNOWN
    failed_low: int = 0
    failed_high: int = 0
    why: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def lines_failed(self) -> str:
        """The number of failed targeted lines, or ``unknown``."""
        return str(self.failed_low) if self.failed_low == self.failed_high else "unknown"


class Criterion(_Frozen):
    """One criterion as judged: the verdict, the value decided on, and what to chase.

    ``chase`` is "" unless the verdict is unknown; ``why`` says in a phrase how the value
    was chosen.
    """

    name: str
    verdict: Truth
    value: str = ""
    threshold: str = ""
    why: str = ""
    chase: str = ""
    sources: tuple[Source, ...] = ()


class Clock(StrEnum):
    """What a patient is judged at."""

    FIRST_DOSE = "first_dose"
    PLANNED = "planned_first_dose"
    LAST_LETTER = "last_letter"


class Eligibility(_Frozen):
    """The row of ``eligibility.csv`` with what stands behind it.

    ``setting_verdict`` is the seventh criterion of the field guide (C1): met for one to
    three failed targeted lines or for consolidation.
    """

    clock: Clock
    judged_on: DateSpan | None
    setting: SettingLabel
    setting_verdict: Truth
    lines_failed: str
    criteria: tuple[Criterion, ...]
    eligible: Truth
    chase: tuple[str, ...] = ()

    def criterion(self, name: str) -> Criterion:
        """The criterion of this name. Raises KeyError where there is none."""
        for criterion in self.criteria:
            if criterion.name == name:
                return criterion
        raise KeyError(name)

    @model_validator(mode="after")
    def _unknown_says_what_to_chase(self) -> Self:
        if any(c.verdict is Truth.UNKNOWN and not c.chase for c in self.criteria):
            raise ValueError("an unknown criterion must say what would settle it")
        return self


class Outcome(_Frozen):
    """What became of a patient after the first dose of interleukin-2.

    ``best_response`` is the best one the letters report ("" where none);
    ``unconfirmed`` and ``confirmed`` are RECIST 1.1's from the dated assessments.
    ``progression`` and ``death`` are the first dates that show them (None for a
    ``progressed`` or ``dead`` patient where no letter dates it), ``last_contact``
    the last day the patient is known of, ``next_therapy`` the start of the first systemic
    therapy after interleukin-2. ``relapsed`` is after a complete response.
    """

    treated: bool
    best_response: str = ""
    evaluable: bool = False
    not_evaluable_because: str = ""
    unconfirmed: str = ""
    confirmed: str = ""
    first_response: DateSpan | None = None
    first_complete: DateSpan | None = None
    progressed: bool = False
    progression: DateSpan | None = None
    relapsed: Truth = Truth.UNKNOWN
    dead: bool = False
    death: DateSpan | None = None
    next_therapy: DateSpan | None = None
    last_contact: DateSpan | None = None
    last_assessment: DateSpan | None = None
    follow_up_days: tuple[int, int] | None = None
    sources: tuple[Source, ...] = ()


class LetterRef(_Frozen):
    """A letter of the patient and its date."""

    letter_id: str
    on: DateSpan | None = None


class PatientRecord(_Frozen):
    """One patient over all letters. One line of ``patients.jsonl``.

    Lists of readings are in the order of their letters. ``reasons`` say why a person
    should look; ``eligibility`` and ``outcome`` are filled by the calculators.
    """

    patient_id: str
    letters: tuple[LetterRef, ...]
    numbers: tuple[str, ...] = ()
    renal: Truth = Truth.UNKNOWN
    episodes: tuple[Episode, ...] = ()
    lines: tuple[Line, ...] = ()
    setting: Setting = Setting()
    timeline: tuple[Event, ...] = ()
    ecog: tuple[Reading, ...] = ()
    ecog_past: tuple[Reading, ...] = ()
    karnofsky: tuple[Reading, ...] = ()
    caix: tuple[Reading, ...] = ()
    histology: tuple[Reading, ...] = ()
    histology_features: tuple[tuple[str, Reading], ...] = ()
    histology_groups: tuple[Reading, ...] = ()
    stress_echo: tuple[Assessment, ...] = ()
    lvef: tuple[Reading, ...] = ()
    sites: tuple[Sites, ...] = ()
    washouts: tuple[tuple[str, Reading], ...] = ()
    il2: Interleukin = Interleukin()
    responses: tuple[Assessment, ...] = ()
    toxicity: tuple[tuple[str, CycleReading], ...] = ()
    inotropes: tuple[CycleReading, ...] = ()
    icu: tuple[CycleReading, ...] = ()
    relapses: tuple[tuple[str, Reading], ...] = ()
    deaths: tuple[Reading, ...] = ()
    death: DateSpan | None = None
    follow_up: tuple[Reading, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    reasons: tuple[Reason, ...] = ()
    eligibility: Eligibility | None = None
    outcome: Outcome | None = None


def spanning(spans: tuple[DateSpan, ...]) -> DateSpan | None:
    """One interval over all readings of a date; None where there is none."""
    if not spans:
        return None
    if len(spans) == 1:
        return spans[0]
    return DateSpan(
        edtf="/".join(span.edtf for span in spans),
        earliest=min(span.earliest for span in spans),
        latest=max(span.latest for span in spans),
        sources=tuple(source for span in spans for source in span.sources),
    )
