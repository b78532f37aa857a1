"""Generated cohorts against a second, plain reckoning that shares no code with the first.

Nobody, one patient, all and none with the event, ties, and dates known to the year only
are in the generator, and pinned as examples below. Exact intervals are found by bisection
of binomial tails, quartiles and product-limit curves by their definitions.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extract.calculators import cohort_outcomes
from extract.calculators.cohort_models import Outcomes, Summary
from extract.calculators.criteria import PUBLISHED
from extract.calculators.intervals import Proportion
from extract.calculators.washout import washout_criterion
from extract.records import (
    Cycle,
    CycleReading,
    DateSpan,
    Episode,
    Interleukin,
    LetterRef,
    Line,
    Outcome,
    PatientRecord,
    Reading,
    Setting,
    SettingLabel,
)
from extract.values.kleene import Truth

MONTH = Fraction("30.4375")
BASE = date(2008, 1, 1)


class Days(NamedTuple):
    """A date as the days it may be, counted from ``BASE``."""

    low: int
    high: int


class Case(NamedTuple):
    """One patient of a generated cohort; ``treated`` False leaves all but the letters out."""

    treated: bool
    setting: str
    first: Days
    last_dose: Days | None
    doses: tuple[int | None, ...]
    best: str
    evaluable: bool
    response: int | None
    progressed: Days | None
    died: Days | None
    seen: Days
    inotropes: str
    relapsed: bool


def day(number: int) -> date:
    return BASE + timedelta(days=number)


def span(days: Days | None) -> DateSpan | None:
    if days is None:
        return None
    low, high = day(days.low), day(days.high)
    return DateSpan(edtf=f"{low}/{high}", earliest=low, latest=high)


@st.composite
def dates(draw: st.DrawFn, low: int, high: int) -> Days:
    """A day, a month or a year that a day between the two lies in."""
    at = day(draw(st.integers(low, high)))
    match draw(st.sampled_from(["day", "day", "month", "year"])):
        case "day":
            first, last = at, at
        case "month":
            length = calendar.monthrange(at.year, at.month)[1]
            first, last = at.replace(day=1), at.replace(day=length)
        case _:
            first, last = date(at.year, 1, 1), date(at.year, 12, 31)
    return Days((first - BASE).days, (last - BASE).days)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    first = draw(dates(300, 500))
    best = draw(st.sampled_from(["CR", "PR", "SD", "PD", "NE", ""]))
    responded = best in ("CR", "PR")
    after = first.high + draw(st.integers(0, 3)) * 30  # few values, so that times tie
    return Case(
        treated=draw(st.sampled_from([True, True, True, False])),
        setting=draw(st.sampled_from(["salvage", "consolidation", "unknown"])),
        first=first,
        last_dose=draw(st.none() | dates(200, 420)),
        doses=tuple(draw(st.lists(st.none() | st.integers(0, 14), max_size=3))),
        best=best,
        evaluable=best in ("CR", "PR", "SD", "PD"),
        response=after if responded else None,
        progressed=draw(st.none() | dates(first.high, first.high + 400)),
        died=draw(st.none() | dates(first.high, first.high + 600)),
        seen=draw(dates(first.high, first.high + 700)),
        inotropes=draw(st.sampled_from(["yes", "no", ""])),
        relapsed=draw(st.booleans()) and best == "CR",
    )


cohorts = st.lists(cases(), max_size=9)


def record(number: int, case: Case) -> PatientRecord:
    """The case as a judged record."""
    name = f"p{number:02}"
    if not case.treated:
        return PatientRecord(
            patient_id=name,
            letters=(LetterRef(letter_id=f"{name}/a"),),
            outcome=Outcome(treated=False, not_evaluable_because="not treated"),
        )
    first, end = span(case.first), span(case.last_dose)
    seen = span(case.died) if case.died else span(case.seen)
    assert first is not None and seen is not None  # noqa: PT018
    targeted = Episode(
        agent="sunitinib",
        drug_class="VEGFR-TKI",
        targeted=Truth.MET,
        washout=True,
        half_life_hours=(80, 110) if number % 2 else None,
        status="given",
        ends=(end,) if end else (),
    )
    line = Line(
        number=1,
        agents=("sunitinib",),
        classes=("VEGFR-TKI",),
        targeted=Truth.MET,
        failed=Truth.MET,
    )
    response = span(Days(case.response, case.response)) if case.response is not None else None
    return PatientRecord(
        patient_id=name,
        letters=(LetterRef(letter_id=f"{name}/a"), LetterRef(letter_id=f"{name}/b")),
        episodes=(targeted,),
        lines=(line,),
        setting=Setting(label=SettingLabel(case.setting), failed_low=1, failed_high=1),
        il2=Interleukin(
            given=True,
            first_doses=(first,),
            cycles=tuple(
                Cycle(number=n, doses=Reading(value=str(doses)) if doses is not None else None)
                for n, doses in enumerate(case.doses, start=1)
            ),
        ),
        inotropes=(CycleReading(value=case.inotropes),) if case.inotropes else (),
        outcome=Outcome(
            treated=True,
            best_response=case.best,
            evaluable=case.evaluable,
            not_evaluable_because="" if case.evaluable else "no assessment after the first dose",
            first_response=response,
            first_complete=response if case.best == "CR" else None,
            progressed=case.progressed is not None,
            progression=span(case.progressed),
            relapsed=Truth.of(case.relapsed) if case.best == "CR" else Truth.UNKNOWN,
            dead=case.died is not None,
            death=span(case.died),
            last_contact=seen,
            follow_up_days=seen.days_after(first),
        ),
    )


# ------------------------------------------------------------ the second reckoning


def tail(k: int, n: int, p: Fraction) -> Fraction:
    """The chance of k or more of n."""
    return sum(
        (Fraction(math.comb(n, i)) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1)),
        Fraction(0),
    )


@cache
def exact_interval(k: int, n: int) -> tuple[float, float]:
    """Clopper and Pearson's limits by bisection: 2.5 % in each tail."""

    def solve(chance: object, target: Fraction) -> float:
        low, high = Fraction(0), Fraction(1)
        for _ in range(40):
            # Rounded, so that the fractions stay small.
            middle = ((low + high) / 2).limit_denominator(10**12)
            if chance(middle) < target:  # type: ignore[operator]
                low = middle
            else:
                high = middle
        return float((low + high) / 2)

    limit = Fraction(25, 1000)
    lower = 0.0 if k == 0 else solve(lambda p: tail(k, n, p), limit)
    upper = 1.0 if k == n else solve(lambda p: tail(k + 1, n, p), 1 - limit)
    return lower, upper


def check_rate(found: Proportion, k: int, n: int) -> None:
    assert (found.k, found.n) == (k, n)
    assert (found.warning is not None) is (n < 5)
    if n == 0:
        assert (found.rate, found.exact, found.wilson) == (None, None, None)
        return
    assert found.rate == pytest.approx(k / n)
    assert found.exact == pytest.approx(exact_interval(k, n), abs=1e-8)
    z, p = 1.959963984540054, k / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    assert found.wilson == pytest.approx((max(centre - half, 0), min(centre + half, 1)), abs=1e-8)


def quantile(values: Sequence[float], share: Fraction) -> float:
    """Linear between the two nearest, as R's default."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    part = float(at - low)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] * (1 - part) + ordered[high] * part


def check_summary(found: Summary, values: Sequence[float]) -> None:
    assert found.n == len(values)
    if not values:
        assert found.mean is None
        return
    mean = sum(values) / len(values)
    assert found.mean == pytest.approx(mean)
    assert (found.minimum, found.maximum) == (min(values), max(values))
    thirds = [quantile(values, Fraction(i, 4)) for i in (1, 2, 3)]
    assert [found.q1, found.median, found.q3] == pytest.approx(thirds)
    if len(values) > 1:
        square = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
        assert found.sd == pytest.approx(math.sqrt(square), abs=1e-9)


def product_limit(rows: Sequence[tuple[Fraction, bool]]) -> list[tuple[Fraction, Fraction, int]]:
    """Time, survival just after it and numbers at risk, at every time with an event."""
    survival, found = Fraction(1), []
    for time in sorted({time for time, event in rows if event}):
        at_risk = sum(other >= time for other, _ in rows)
        events = sum(event for other, event in rows if other == time)
        survival *= Fraction(at_risk - events, at_risk)
        found.append((time, survival, at_risk))
    return found


def median(rows: Sequence[tuple[Fraction, bool]]) -> Fraction | None:
    half = Fraction(1, 2)
    return next((time for time, survival, _ in product_limit(rows) if survival <= half), None)


def check_curve(found: object, rows: Sequence[tuple[Fraction, bool]]) -> None:
    curve = found.curve  # type: ignore[attr-defined]
    assert (curve.n, curve.events) == (len(rows), sum(event for _, event in rows))
    expected = product_limit(rows)
    assert [step.months for step in curve.steps] == pytest.approx(
        [float(t) for t, _, _ in expected]
    )
    assert [s.survival for s in curve.steps] == pytest.approx([float(s) for _, s, _ in expected])
    assert [step.at_risk for step in curve.steps] == [n for _, _, n in expected]
    middle = median(rows)
    assert curve.median == (None if middle is None else pytest.approx(float(middle)))


def middle(days: Days) -> int:
    return days.low + (days.high - days.low) // 2


def time(start: int, end: int) -> Fraction:
    return Fraction(max(end - start, 0)) / MONTH


def event_of(case: Case) -> Days | None:
    """Progression or death, whichever may be first."""
    known = [found for found in (case.progressed, case.died) if found]
    return min(known) if known else None


def check(cohort: Sequence[Case]) -> Outcomes:
    found = cohort_outcomes([record(n, case) for n, case in enumerate(cohort)])
    treated = [case for case in cohort if case.treated]
    evaluable = [case for case in treated if case.evaluable]
    responders = [case for case in evaluable if case.best in ("CR", "PR")]
    complete = [case for case in responders if case.best == "CR"]
    relapsed = sum(case.relapsed for case in complete)

    head = found.headline
    assert (head.treated, head.evaluable) == (len(treated), len(evaluable))
    assert (head.responders, head.complete_responders) == (len(responders), len(complete))
    assert head.relapsed_after_complete == relapsed
    assert head.salvage == sum(case.setting == "salvage" for case in treated)
    assert head.consolidation == sum(case.setting == "consolidation" for case in treated)
    rates = found.responses
    check_rate(rates.response_of_evaluable, len(responders), len(evaluable))
    check_rate(rates.response_of_treated, len(responders), len(treated))
    check_rate(rates.complete_of_evaluable, len(complete), len(evaluable))
    check_rate(rates.complete_of_treated, len(complete), len(treated))
    check_rate(rates.relapse_of_complete, relapsed, len(complete))
    for name, group in found.by_setting.items():
        inside = [case for case in evaluable if case.setting == name]
        check_rate(group.response, sum(case.best in ("CR", "PR") for case in inside), len(inside))

    said = [case.inotropes for case in treated]
    item = found.toxicity.inotropes
    assert (item.yes, item.no, item.unknown) == tuple(map(said.count, ("yes", "no", "")))
    check_rate(item.of_known, said.count("yes"), len(said) - said.count(""))

    times = [
        (time(middle(case.first), middle(case.died or case.seen)), case.died is not None)
        for case in treated
    ]
    check_curve(found.survival["overall"], times)
    check_curve(
        found.survival["progression_free"],
        [
            (time(middle(case.first), middle(event_of(case) or case.seen)), bool(event_of(case)))
            for case in evaluable
        ],
    )
    check_curve(
        found.survival["response_duration"],
        [
            (time(case.response or 0, middle(event_of(case) or case.seen)), bool(event_of(case)))
            for case in responders
        ],
    )

    follow = [
        (
            Fraction(2 * end.low + 2 * end.high - 2 * case.first.low - 2 * case.first.high, 4)
            / MONTH,
            case.died is not None,
        )
        for case in treated
        for end in [case.died or case.seen]
    ]
    kept = [(length, dead) for length, dead in follow if length >= 0]
    swapped = median([(length, not dead) for length, dead in kept])
    assert found.follow_up.patients == len(kept)
    wanted = None if swapped is None else pytest.approx(float(swapped))
    assert found.follow_up.median_months == wanted
    longest = [length for length, dead in kept if not dead] or [length for length, _ in kept]
    if longest:
        assert found.follow_up.longest_months == pytest.approx(float(max(longest)))
        assert head.longest_follow_up_months == math.floor(max(longest) + Fraction(1, 2))
    else:
        assert found.follow_up.longest_months is None

    for cycle in (1, 2, 3):
        given_ = [c.doses[cycle - 1] for c in treated if len(c.doses) >= cycle]
        known = [float(doses) for doses in given_ if doses is not None]
        if known:
            check_summary(found.doses.by_cycle[str(cycle)], known)
        else:
            assert str(cycle) not in found.doses.by_cycle
    totals = [float(sum(c.doses)) for c in treated if c.doses and None not in c.doses]  # type: ignore[arg-type]
    check_summary(found.doses.total, totals)

    washouts = [
        (case.first.low + case.first.high - case.last_dose.low - case.last_dose.high) / 2
        for case in treated
        if case.last_dose
    ]
    check_summary(found.washout.days, washouts)
    assert len(found.washout.missing) == len(treated) - len(washouts)
    shortest = [
        max(case.first.low - case.last_dose.high, 0) * 24 / 110
        for n, case in enumerate(cohort)
        if case.treated and case.last_dose and n % 2
    ]
    check_summary(found.washout.half_lives, shortest)
    assert len(found.washout.few_half_lives) == sum(passed < 5 for passed in shortest)
    assert len(found.washout.no_half_life) == len(washouts) - len(shortest)
    return found


def one(**values: object) -> Case:
    plain = Case(
        True, "salvage", Days(366, 366), Days(300, 300), (11, 9), "CR", True, 456, None, None,
        Days(800, 800), "no", False,
    )  # fmt: skip
    return plain._replace(**values)  # type: ignore[arg-type]


YEAR = Days(366, 730)  # all of 2009

QUICK = settings(
    max_examples=1000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@QUICK
@given(cohorts)
@example([])
@example([one()])
@example([one(treated=False)])
@example([one(died=Days(500, 500)), one(died=Days(500, 500)), one(died=Days(500, 500))])
@example([one(died=None), one(died=None)])
@example([one(first=YEAR, seen=YEAR, response=548, last_dose=YEAR, died=YEAR)])
@example([one(best="", evaluable=False, response=None)] * 3)
@example([one(progressed=Days(500, 500)), one(died=Days(500, 500)), one(seen=Days(500, 500))])
def test_outcomes_agree_with_the_second_reckoning(cohort: list[Case]) -> None:
    check(cohort)


# ------------------------------------------------------------- single verdicts


@settings(max_examples=150, deadline=None)
@given(dates(200, 520), dates(300, 600))
@example(Days(0, 365), Days(366, 730))
@example(Days(305, 335), Days(391, 391))
def test_the_washout_is_judged_as_by_trying_every_pair_of_days(last: Days, first: Days) -> None:
    case = one(first=first, last_dose=last)
    verdicts = {
        second - earlier >= 56
        for earlier in range(last.low, last.high + 1)
        for second in range(first.low, first.high + 1)
    }
    expected = Truth.UNKNOWN if len(verdicts) == 2 else Truth.of(verdicts.pop())
    assert washout_criterion(record(0, case), PUBLISHED).verdict is expected


# ---------------------------------------------------- published survival curves


def test_the_leukaemia_trial_of_freireich() -> None:
    """Remission under 6-mercaptopurine, 21 patients (Freireich 1963, in every textbook)."""
    weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    still = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    from extract.calculators.survival import Subject, kaplan_meier

    found = kaplan_meier(
        [Subject(float(t), True) for t in weeks] + [Subject(float(t), False) for t in still]
    )
    printed = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert [step.months for step in found.steps] == [6, 7, 10, 13, 16, 22, 23]
    assert [step.at_risk for step in found.steps] == [21, 17, 15, 12, 11, 7, 6]
    assert [step.survival for step in found.steps] == pytest.approx(printed, abs=0.0005)
    assert found.median == 23
