"""The tables of a report: responses, subgroups, times, doses, toxicity, washout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from extract.calculators.cohort_models import Subgroup, Summary
from extract.calculators.criteria import Basis
from extract.calculators.intervals import Proportion
from extract.calculators.survival import MONTH
from extract.calculators.washouts import ENOUGH
from extract.outputs.report.book import DASH, Book, Row, Table, caution, interval, number, percent
from extract.outputs.report.spoken import BASES

_CATEGORIES: Final = ("CR", "PR", "SD", "PD", "MR", "NE", "none")
#: Columns for cycles: two courses of two.
CYCLES: Final = 4
TIMES: Final = {
    "overall": "overall survival",
    "progression_free": "progression-free survival",
    "response_duration": "duration of response",
    "complete_response_duration": "duration of complete response",
}


def tables(book: Book) -> list[Table]:
    """Every table, in the order of the report."""
    return [
        response_table(book),
        best_table(book),
        subgroup_table(book),
        time_table(book),
        dose_table(book),
        support_table(book),
        toxicity_table(book),
        washout_table(book),
    ]


def response_table(book: Book) -> Table:
    """Responses with both denominators, exact and Wilson intervals."""
    found = book.outcomes.responses
    rows: tuple[tuple[str, str, Proportion, str], ...] = (
        ("responded (CR or PR)", "evaluable", found.response_of_evaluable, "responders"),
        ("responded (CR or PR)", "treated", found.response_of_treated, "responders"),
        ("complete response", "evaluable", found.complete_of_evaluable, "complete_responders"),
        ("complete response", "treated", found.complete_of_treated, "complete_responders"),
        (
            "relapse after complete response",
            "complete responders",
            found.relapse_of_complete,
            "relapsed_after_complete",
        ),
    )
    return Table(
        name="responses",
        title="Response to interleukin-2",
        columns=("", "patients", "of", "rate", "exact 95 %", "Wilson 95 %"),
        rows=tuple(
            Row(
                (name, str(p.k), f"{p.n} {of}", percent(p.rate), interval(p.exact),
                 interval(p.wilson)),
                book.opened(f"headline.{key}"),
                caution(p),
            )
            for name, of, p, key in rows
        ),
        notes=(
            (f"Responses as {BASES[Basis(book.outcomes.response_basis)]}. Exact: "
            "Clopper-Pearson. No comparison with other series is implied."),
        ),
    )  # fmt: skip


def best_table(book: Book) -> Table:
    """Best responses of the treated on each basis."""
    table = book.outcomes.responses.table
    return Table(
        name="best",
        title="Best response, by how it is judged",
        columns=("", *_CATEGORIES),
        rows=tuple(
            Row(
                (name, *(str(table[basis.value][category]) for category in _CATEGORIES)),
                book.opened(*(f"responses.table.{basis.value}.{c}" for c in _CATEGORIES)),
            )
            for basis, name in BASES.items()
        ),
        notes=(
            (
                "RECIST 1.1 from the dated assessments; confirmed: shown again by a later scan, as "
                "a study without a control arm needs. MR, mixed response, is none of RECIST's."
            ),
        ),
    )


def subgroup_table(book: Book) -> Table:
    """Responses among the evaluable by setting, last class and failed lines."""
    out = book.outcomes
    groups: tuple[tuple[str, str, Mapping[str, Subgroup]], ...] = (
        ("setting", "by_setting", out.by_setting),
        ("last targeted class", "by_last_class", out.by_last_class),
        ("failed targeted lines", "by_lines_failed", out.by_lines_failed),
    )
    rows: list[Row] = []
    for title, key, found in groups:
        rows.append(Row((title,), head=True))
        for name, group in found.items():
            p = group.response
            cells = (
                name, str(group.treated), str(group.evaluable), str(p.k), percent(p.rate),
                interval(p.exact), str(group.complete.k),
            )  # fmt: skip
            rows.append(Row(cells, book.opened(f"{key}.{name}"), caution(p)))
    return Table(
        name="subgroups",
        title="Subgroups",
        columns=("", "treated", "evaluable", "responded", "rate", "exact 95 %", "completely"),
        rows=tuple(rows),
        notes=("Rates are of the evaluable. Subgroups were not chosen beforehand: no tests.",),
    )


def time_table(book: Book) -> Table:
    """Survival and follow-up in months."""
    out = book.outcomes
    rows = []
    for name, title in TIMES.items():
        found = out.survival[name]
        early, late = (_months(value) for value in found.median_range)
        cells = (
            title, str(found.curve.n), str(found.curve.events), _months(found.curve.median),
            early if early == late else f"{early} to {late}", str(len(found.not_dated)),
        )  # fmt: skip
        rows.append(Row(cells, book.opened(f"survival.{name}")))
    follow = out.follow_up
    rows.append(
        Row(
            ("follow-up (reverse Kaplan-Meier)", str(follow.patients), DASH,
             _months(follow.median_months), DASH, str(len(follow.not_dated))),
            book.opened("follow_up"),
        )
    )  # fmt: skip
    living = f"; the longest of the living is {number(follow.longest_months)} months"
    return Table(
        name="times",
        title="Survival and follow-up, months",
        columns=("", "patients", "events", "median", "median over open dates", "not dated"),
        rows=tuple(rows),
        notes=(
            (
                f"From the first dose (durations: from the first response), in months of {MONTH} "
                "days; Kaplan-Meier, log-log intervals. Open dates: the medians with every event"
                " at its earliest and at its latest day."
            ),
            (
                f"Deaths: {follow.deaths}. Follow-up from {number(follow.shortest_months)} months"
                f"{living if follow.longest_months is not None else ''}."
            ),
        ),
    )


def _months(value: float | None) -> str:
    return "not reached" if value is None else f"{value:.1f}"


def dose_table(book: Book) -> Table:
    """Doses of interleukin-2 by cycle and in all."""
    found = book.outcomes.doses
    rows = [
        Row(_summary(f"cycle {cycle}", sample), book.opened(f"doses.by_cycle.{cycle}"))
        for cycle, sample in found.by_cycle.items()
    ]
    rows.append(Row(_summary("all cycles", found.total), book.opened("doses.total")))
    notes = []
    if found.first_course_percent is not None:
        notes.append(
            f"First course: {found.first_course_percent:.1f} % of 28 planned doses were given."
        )
    if found.not_stated:
        notes.append(f"Not stated for every cycle: {_people(found.not_stated)}.")
    if found.comparison is not None:
        other = found.comparison
        low, high = other.interval
        notes.append(
            f"First cycle against the other series (n {other.other.n}, mean "
            f"{number(other.other.mean)}): difference {other.difference:+.2f} doses (Welch 95 % "
            f"{low:.2f} to {high:.2f}, p {other.welch_p:.2f}; Mann-Whitney p "
            f"{other.mann_whitney_p:.2f}). "
            + (
                "Similar: the interval lies within two doses either way."
                if other.similar
                else "Not shown to be similar within two doses."
            )
        )
    return Table(
        name="doses",
        title="Doses of interleukin-2 given",
        columns=("", "patients", "mean", "SD", "median", "quartiles", "range"),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def _summary(name: str, sample: Summary) -> tuple[str, ...]:
    def span(low: float | None, high: float | None) -> str:
        return DASH if low is None else f"{number(low)}{DASH}{number(high)}"

    return (
        name,
        str(sample.n),
        number(sample.mean),
        DASH if sample.sd is None else f"{sample.sd:.2f}",
        number(sample.median),
        span(sample.q1, sample.q3),
        span(sample.minimum, sample.maximum),
    )


def support_table(book: Book) -> Table:
    """Inotropes and intensive care; silence stands apart."""
    found = book.outcomes.toxicity
    rows = []
    for name, title in (("inotropes", "inotropes or vasopressors"), ("icu", "intensive care")):
        item = found.inotropes if name == "inotropes" else found.icu
        cells = (
            title, str(item.yes), str(item.no), str(item.unknown), percent(item.of_known.rate),
            interval(item.of_known.exact), interval(item.of_treated.exact),
        )  # fmt: skip
        keys = (f"toxicity.{name}.{said}" for said in ("yes", "no", "unknown"))
        rows.append(Row(cells, book.opened(*keys), caution(item.of_known)))
    for cycle, given in found.by_cycle.items():
        for name, title in (("inotropes", "inotropes"), ("icu", "intensive care")):
            item = given.inotropes if name == "inotropes" else given.icu
            cells = (
                f"{title}, cycle {cycle}", str(item.yes), str(item.no), str(item.unknown),
                percent(item.of_known.rate), interval(item.of_known.exact),
                interval(item.of_treated.exact),
            )  # fmt: skip
            keys = (f"toxicity.by_cycle.{cycle}.{name}.{s}" for s in ("yes", "no", "unknown"))
            rows.append(Row(cells, book.opened(*keys), caution(item.of_known)))
    return Table(
        name="support",
        title="Support during interleukin-2",
        columns=("", "yes", "no", "not stated", "of stated", "exact 95 %", "exact, of treated"),
        rows=tuple(rows),
        notes=(
            (
                "No and yes only where a letter says so; silence is not a no. By cycle, of the "
                "patients known to have begun it: a letter about several cycles can deny for "
                "all of them, but not tell in which one support was needed."
            ),
        ),
    )


def toxicity_table(book: Book) -> Table:
    """Toxicities named by letters from the first dose until the next therapy, by cycle."""
    found = book.outcomes.toxicity
    cycles = list(found.by_cycle.items())[:CYCLES]
    ordered = sorted(found.terms, key=lambda term: (-found.terms[term], term))
    return Table(
        name="toxicity",
        title="Toxicity named in letters, from the first dose until the next therapy",
        columns=(
            "",
            "patients",
            "grade 3 or more",
            *(f"cycle {name}" for name, _ in cycles),
            "cycle not told",
        ),
        rows=tuple(
            Row(
                (
                    term,
                    str(found.terms[term]),
                    str(found.severe.get(term, 0)),
                    *(str(cycle.terms.get(term, 0)) for _, cycle in cycles),
                    str(found.cycle_not_told.get(term, 0)),
                ),
                book.opened(f"toxicity.terms.{term}"),
            )
            for term in ordered
        ),
        notes=(
            "A patient whose letters do not name a toxicity is not known to be without it.",
            (
                "A cycle counts where the letter can be about that one alone; a letter about "
                "several, such as one discharge letter for both, does not tell which."
            ),
        ),
    )


def washout_table(book: Book) -> Table:
    """Days from the last targeted dose to the first of interleukin-2."""
    found = book.outcomes.washout
    limit = book.finished.criteria.washout_days
    passed = [found.half_lives, *(found.half_lives_by_agent.get(a) for a in found.by_agent)]
    days = {"all": found.days, **found.by_agent}
    rows = [
        Row(
            (*_summary(name, sample), number(gap.minimum if gap else None)),
            book.opened("washout.days") if name == "all" else None,
        )
        for (name, sample), gap in zip(days.items(), passed, strict=True)
    ]
    return Table(
        name="washout",
        title="Washout before interleukin-2, days",
        columns=(
            "",
            "patients",
            "mean",
            "SD",
            "median",
            "quartiles",
            "range",
            "half-lives, fewest",
        ),
        rows=tuple(rows),
        notes=(
            (
                f"Shorter than {limit} days: {_people(found.too_short)}. Not settled by the dates: "
                f"{_people(found.undecided)}. A date is missing: {_people(found.missing)}."
            ),
            (
                "Half-lives: the shortest washout that the dates allow, over the longest "
                "half-life of the last targeted agent or its active form. Fewer than "
                f"{ENOUGH}: {_people(found.few_half_lives)}. Not on file: "
                f"{_people(found.no_half_life)}."
            ),
        ),
    )


def _people(ids: tuple[str, ...]) -> str:
    shown = ", ".join(ids[:12]) or "none"
    return f"{shown} and {len(ids) - 12} more" if len(ids) > 12 else shown


def key_numbers(book: Book) -> Iterator[tuple[str, str, str, str]]:
    """The headline as (key, label, number, what goes with it)."""
    head, found = book.outcomes.headline, book.outcomes.responses
    tox = book.outcomes.toxicity
    yield (
        "treated",
        "given interleukin-2",
        str(head.treated),
        (f"{head.salvage} salvage, {head.consolidation} consolidation"),
    )
    yield "salvage", "salvage", str(head.salvage), "after targeted therapy had failed"
    yield "consolidation", "consolidation", str(head.consolidation), "after a response to it"
    yield "evaluable", "evaluable", str(head.evaluable), "assessed after the first dose"
    rate = found.response_of_evaluable
    yield "responders", "responded", f"{rate.k} of {rate.n}", _rate(rate)
    rate = found.complete_of_evaluable
    yield "complete_responders", "completely", f"{rate.k} of {rate.n}", _rate(rate)
    rate = found.relapse_of_complete
    yield "relapsed_after_complete", "relapsed since", f"{rate.k} of {rate.n}", _rate(rate)
    yield (
        "longest_follow_up_months", "longest follow-up",
        f"{head.longest_follow_up_months} months", "of a patient alive when last seen",
    )  # fmt: skip
    for key, label, item in (
        ("inotropes", "needed inotropes", tox.inotropes),
        ("icu", "needed intensive care", tox.icu),
    ):
        stated = item.yes + item.no
        silent = f", {item.unknown} not stated" if item.unknown else ""
        yield key, label, f"{item.yes} of {stated}", f"as letters state{silent}"


def _rate(rate: Proportion) -> str:
    if rate.rate is None:
        return "no patients"
    return f"{percent(rate.rate, 0)}, 95 % {interval(rate.exact, 0)}"
