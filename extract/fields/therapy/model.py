"""The parts of a treatment story: groups of drugs, events, courses."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from extract.records import Reason
from extract.values.dates import EdtfDate

Span = tuple[int, int]


class Standing(StrEnum):
    """What a mention of drugs amounts to."""

    REAL = "real"
    PLANNED = "planned"
    VOID = "void"


@dataclass(slots=True)
class Group:
    """Drugs named together in one place: one drug, a combination, or a regimen.

    ``start`` and ``end`` are characters of the letter, ``at`` and ``to`` of the folded
    sentence. ``courses`` is filled when the story reaches the group.
    """

    agents: tuple[str, ...]
    start: int
    end: int
    at: int
    to: int
    sentence: int
    standing: Standing
    current: bool = False
    firm: bool = False  # the words round it show that it was had
    courses: list[Course] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """Its characters in the letter."""
        return (self.start, self.end)


@dataclass(slots=True)
class Dated:
    """A date said of a course, where it stands, and how sure its tie is."""

    date: EdtfDate
    span: Span
    reasons: tuple[Reason, ...] = ()
    rank: int = 0  # 0: a verb, a range or a column says so; 1: it only stands beside the drug
    shared: bool = False  # the day of an assessment too: "progressed in April and I stopped it"


@dataclass(slots=True)
class Outcome:
    """A response under or after a course: RECIST category, when seen, where said."""

    value: str
    span: Span
    date: EdtfDate | None = None
    date_span: Span | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class Course:
    """One course of one drug, as one letter tells it."""

    agent: str
    number: int
    span: Span
    order: int
    standing: Standing
    unit: int
    current: bool = False
    firm: bool = False
    begun: bool = False  # a verb of starting or changing says so
    stopped: bool = False
    superseded: bool = False
    continues: bool = False
    held: bool = False  # stopped for a while only
    dropped: bool = False  # left out of a combination that went on
    stopped_by_cycle: bool = False  # "completed" may be said of a cycle only
    ended_firmly: bool = False  # a range, a column or a verb of stopping says so
    stopped_in: int | None = None  # the sentence that says so
    starts: list[Dated] = field(default_factory=list)
    ends: list[Dated] = field(default_factory=list)
    reasons: dict[str, Span] = field(default_factory=dict)
    doubts: dict[str, Reason] = field(default_factory=dict)  # why a reason asks for a review
    lines: dict[str, Span] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def item(self) -> str:
        """The item column: the agent, ``#2`` and on for a second course."""
        return self.agent if self.number == 1 else f"{self.agent}#{self.number}"

    @property
    def over(self) -> bool:
        """Whether the letter shows that it has ended."""
        return not self.continues and (self.stopped or bool(self.ends) or self.superseded)
