"""The audit report: as text for a terminal, and as one page to print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extract.audit.book import Book
from extract.audit.statistics import Statistics, statistics
from extract.calculators.intervals import Proportion


def rate(found: Proportion) -> str:
    """``95 % (90 - 98 %), 70 of 74``; ``-`` where there is nothing to count."""
    if found.rate is None or found.wilson is None:
        return "–"
    low, high = (100 * end for end in found.wilson)
    return f"{100 * found.rate:.0f} % ({low:.0f}–{high:.0f} %), {found.k} of {found.n}"


def number(value: float | None, interval: tuple[float, float] | None = None) -> str:
    """A coefficient with its interval."""
    if value is None:
        return "not defined"
    between = f" ({interval[0]:.2f} to {interval[1]:.2f})" if interval else ""
    return f"{value:.2f}{between}"


def report_values(book: Book) -> dict[str, Any]:
    """What the page of the report is made from."""
    return {
        "stats": statistics(book),
        "plan": book.plan,
        "rules": book.rules,
        "counts": book.laid().counts,
        "letters": len(book.letters),
        "facts": len(book.items),
        "rate": rate,
        "number": number,
    }


def text_report(book: Book) -> str:
    """The report as plain text."""
    found = statistics(book)
    return "\n".join([*_head(book, found), "", *_fields(found), "", *_rest(found)]) + "\n"


def html_report(book: Book) -> str:
    """The report as one page that needs nothing else."""
    from extract.audit.desk.pages import environment

    style = (Path(__file__).parent / "desk" / "static" / "desk.css").read_text(encoding="utf-8")
    page = environment().get_template("report_file.html")
    return page.render(style=style, **report_values(book))


def _head(book: Book, found: Statistics) -> list[str]:
    done = found.progress
    lines = [
        f"Audit of {len(book.items):,} facts in {len(book.letters):,} letters",
        (
            f"Rules {book.rules[:12] or 'unknown'}; seed {book.plan.seed}, "
            f"±{100 * book.plan.margin:g} % around {100 * book.plan.expected:g} %"
        ),
        (
            f"To check {done['to_check']}: {done['sampled']} drawn, {done['flagged']} flagged; "
            f"settled {done['settled']}, awaiting a second {done['awaits_second']}, "
            f"disputed {done['disputed']}, open {done['open']}"
        ),
    ]
    if found.overall:
        o = found.overall
        lines.append(
            f"Precision of all facts {100 * o.rate:.1f} % "
            f"({100 * o.low:.1f}–{100 * o.high:.1f} %), {o.checked} checked"
        )
    lines.append(
        f"Recall {rate(found.recall)}; {found.letters_read} of {found.letters_drawn} letters read"
    )
    a = found.agreement
    lines.append(
        f"Two reviewers: {a.same} of {a.n} the same; kappa {number(a.kappa, a.kappa_interval)}, "
        f"AC1 {number(a.ac1, a.ac1_interval)}"
    )
    if found.found_by_both.n:
        both = found.found_by_both
        lines.append(f"Missed facts in letters that two read: both found {both.k} of {both.n}")
    return lines


def _fields(found: Statistics) -> list[str]:
    lines = [f"{'field':<20}{'facts':>7}{'drawn':>7}  {'precision':<30}recall"]
    lines += [
        f"{s.name:<20}{s.found:>7}{s.drawn:>7}  {rate(s.precision):<30}{rate(s.recall)}"
        for s in found.fields
    ]
    return lines


def _rest(found: Statistics) -> list[str]:
    lines = [f"{'rule to mend':<32}{'checked':>8}{'mistakes':>9}  right"]
    lines += [
        f"{s.name:<32}{s.checked.n:>8}{s.mistakes:>9}  {rate(s.checked)}"
        for s in found.rules
        if s.mistakes
    ]
    if found.stale:
        listed = ", ".join(f"{name} {count}" for name, count in found.stale.items())
        lines += ["", f"Stale reviews, not applied: {listed}"]
    return lines
