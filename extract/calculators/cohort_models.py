"""The shape of ``outcomes.json``. Months are of 30.4375 days, doses are counts."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from extract.calculators.intervals import Interval, Proportion, SmallSample
from extract.calculators.survival import Curve


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Headline(_Frozen):
    """The numbers of the published table.

    ``longest_follow_up_months`` is rounded to whole months (the published 24 is 23.98);
    the exact one stands under ``follow_up``.
    """

    treated: int
    salvage: int
    consolidation: int
    evaluable: int
    responders: int
    complete_responders: int
    relapsed_after_complete: int
    longest_follow_up_months: int
    inotropes: int
    icu: int


class Flow(_Frozen):
    """From letters to evaluable patients; ``excluded`` gives who fell out, by reason."""

    letters: int
    patients: int
    treated: int
    evaluable: int
    excluded: dict[str, tuple[str, ...]]


class Responses(_Frozen):
    """Best responses: the table on each basis, and the rates on the one chosen.

    ``look_again`` names patients whose best response by the dated assessments is not the
    best one reported.
    """

    table: dict[str, dict[str, int]]
    response_of_evaluable: Proportion
    response_of_treated: Proportion
    complete_of_evaluable: Proportion
    complete_of_treated: Proportion
    relapse_of_complete: Proportion
    look_again: tuple[str, ...] = ()


class Subgroup(_Frozen):
    """A subgroup and its rates among the evaluable."""

    treated: int
    evaluable: int
    response: Proportion
    complete: Proportion
    patients: tuple[str, ...]


class Summary(_Frozen):
    """A sample of numbers. ``sd`` needs two of them; quartiles are linear."""

    n: int
    mean: float | None = None
    sd: float | None = None
    minimum: float | None = None
    q1: float | None = None
    median: float | None = None
    q3: float | None = None
    maximum: float | None = None
    warning: SmallSample | None = None


class Comparison(_Frozen):
    """First-cycle doses against another series: difference of means, Welch's interval.

    ``similar`` is true only where the whole interval lies within two doses either way.
    """

    other: Summary
    difference: float
    interval: Interval
    welch_p: float
    mann_whitney_p: float
    similar: bool


class Doses(_Frozen):
    """Doses of interleukin-2 given: by cycle, in the first two cycles, and in all."""

    by_cycle: dict[str, Summary]
    first_course_percent: float | None
    total: Summary
    not_stated: tuple[str, ...]
    comparison: Comparison | None = None


class Support(_Frozen):
    """A yes-or-no event: silence is unknown, and stands apart."""

    yes: int
    no: int
    unknown: int
    of_known: Proportion
    of_treated: Proportion
    patients: tuple[str, ...]


class CycleToxicity(_Frozen):
    """One cycle of the ``given`` patients known to have begun it, as far as letters tell.

    A letter that could be about several cycles gives no yes and no term to any of them.
    """

    given: int
    inotropes: Support
    icu: Support
    terms: dict[str, int]
    severe: dict[str, int]


class Toxicity(_Frozen):
    """Inotropes, intensive care, and the toxicities that letters name.

    Of letters from the first dose until the next therapy. ``terms`` gives the patients with
    each term, ``severe`` those with grade 3 or more; patients whose letters do not name a
    term are not known to be without it. ``cycle_not_told`` gives those of ``terms`` whose
    letters do not tell in which cycle.
    """

    inotropes: Support
    icu: Support
    terms: dict[str, int]
    severe: dict[str, int]
    by_cycle: dict[str, CycleToxicity]
    cycle_not_told: dict[str, int]


class Washouts(_Frozen):
    """Days from the last targeted dose to the first of interleukin-2.

    Each patient at the middle of what the letters allow; ``by_agent`` is by the last
    targeted agent. ``half_lives`` is the fewest half-lives of the last agent that the dates
    allow, patient by patient, by the longest half-life known; ``few_half_lives`` had fewer
    than five, ``no_half_life`` an agent whose half-life is not on file.
    """

    days: Summary
    too_short: tuple[str, ...]
    undecided: tuple[str, ...]
    missing: tuple[str, ...]
    by_agent: dict[str, Summary]
    half_lives: Summary
    half_lives_by_agent: dict[str, Summary]
    few_half_lives: tuple[str, ...]
    no_half_life: tuple[str, ...]


class FollowUp(_Frozen):
    """Months from the first dose to the last contact or death.

    ``median_months`` is by reverse Kaplan-Meier, None where it is not reached.
    """

    patients: int
    not_dated: tuple[str, ...]
    deaths: int
    longest_months: float | None
    longest_patients: tuple[str, ...]
    shortest_months: float | None
    naive_median_months: float | None
    median_months: float | None


class Survival(_Frozen):
    """Time to an event, with the sensitivity to dates known only within an interval.

    ``median_range`` holds the medians with every event at its earliest and at its latest
    day; None where not reached. ``not_dated`` are left out: a date is missing.
    """

    curve: Curve
    median_range: tuple[float | None, float | None]
    patients: tuple[str, ...]
    not_dated: tuple[str, ...] = ()


class Outcomes(_Frozen):
    """All of ``outcomes.json``. ``people`` names the patients behind each headline count."""

    criteria: str
    response_basis: str
    headline: Headline
    people: dict[str, tuple[str, ...]]
    flow: Flow
    responses: Responses
    by_setting: dict[str, Subgroup]
    by_last_class: dict[str, Subgroup]
    by_lines_failed: dict[str, Subgroup]
    survival: dict[str, Survival]
    doses: Doses
    toxicity: Toxicity
    washout: Washouts
    follow_up: FollowUp
