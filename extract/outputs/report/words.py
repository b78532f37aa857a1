"""The sentences of a report: the headline, the counts, how it was made."""

from __future__ import annotations

from extract.calculators.intervals import Proportion
from extract.outputs.report.book import Book, interval, percent


def counts(book: Book) -> str:
    """How many letters and patients there were."""
    flow = book.outcomes.flow
    said = f"{many(flow.letters, 'letter')} of {many(flow.patients, 'patient')}"
    rejected = len(book.finished.rejects)
    return f"{said}; {many(rejected, 'file')} gave no letter" if rejected else said


def sentences(book: Book) -> list[str]:
    """The headline in a few sentences, as an abstract would say it."""
    head, found = book.outcomes.headline, book.outcomes.responses
    tox = book.outcomes.toxicity
    if not head.treated:
        return ["No patient was given high-dose interleukin-2, as far as these letters tell."]
    other = head.treated - head.salvage - head.consolidation
    first = (
        f"{many(head.treated, 'patient')} {_was(head.treated)} given high-dose interleukin-2, "
        f"{head.salvage} as salvage after targeted therapy had failed and {head.consolidation} as "
        "consolidation after a response to it"
        + (
            f"; {other} in another setting, or one that the letters do not settle."
            if other
            else "."
        )
    )
    if not head.evaluable:
        return [first, "None could be assessed for response."]
    responded = found.response_of_evaluable
    complete = found.complete_of_evaluable
    second = (
        f"{head.evaluable} could be assessed: {responded.k} responded ({_rate(responded)}), "
        f"{complete.k} of them completely ({_rate(complete)})."
    )
    if complete.k:
        relapsed = found.relapse_of_complete.k
        said = f"{relapsed} of the {complete.k}" if relapsed else f"None of the {complete.k}"
        second += f" {said} complete responders {'have' if relapsed > 1 else 'has'} relapsed."
    stated = [
        f"{item.yes} of {item.yes + item.no} needed {name}"
        for name, item in (("inotropes", tox.inotropes), ("intensive care", tox.icu))
        if item.yes + item.no
    ]
    third = f"The longest follow-up is {many(head.longest_follow_up_months, 'month')}."
    if stated:
        third += f" As far as letters say, {' and '.join(stated)}."
    return [first, second, third]


def made(book: Book, version: str, *, quotes: bool = True) -> str:
    """How the report came about: program, rules, criteria; no date, so that it repeats.

    With ``quotes``, also that it holds words of letters.
    """
    rules = book.finished.rules
    parts = [f"Made by extract {version}"]
    if rules:
        parts.append(f"rules {rules[:16]}")
    parts.append(f"criteria {book.finished.criteria.name}")
    said = f"{', '.join(parts)}. A research tool, not a medical device."
    kept = " The page holds words of letters: keep it where the letters may be kept."
    return said + kept if quotes else said


def many(number: int, what: str) -> str:
    """A number with its noun."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _rate(found: Proportion) -> str:
    return f"{percent(found.rate, 0)}, exact 95 % interval {interval(found.exact, 0)}"
