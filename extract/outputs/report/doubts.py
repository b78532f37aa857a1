"""What a person should look at first: what to chase, what disagrees, what was flagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extract.calculators.explain import TITLES, WHERE
from extract.errors import ADVICE, Code
from extract.outputs.evidence import Quote, quote_of
from extract.outputs.report.book import Book, when
from extract.outputs.report.spoken import spoken, subject
from extract.outputs.report.words import many
from extract.records import Conflict, Fact, LetterRecord, Reading, Reason, SettingLabel
from extract.values.kleene import Truth

#: More than this of one kind are counted, not listed.
MOST: Final = 60
#: Conflicts that are shown at once; the others are folded away.
AT_ONCE: Final = 8
_LIGHT: Final = 2

#: What a reason to look again means, for a person.
MEANING: Final[dict[Reason, str]] = {
    Reason.CONFLICT: "statements that cannot all be true",
    Reason.DISTANT: "the words that belong together stand far apart",
    Reason.OCR: "the letter was damaged in scanning",
    Reason.AMBIGUOUS_DATE: "a date that can be read in more than one way",
    Reason.INFERRED: "read from the context, not stated outright",
    Reason.QUALIFIED: "said with a reservation",
    Reason.LOOKALIKE: "words that often mean something else",
    Reason.NO_LETTER_DATE: "the letter has no date",
    Reason.IDENTITY: "the letter may be another patient's",
    Reason.RANGE: "a range that lies on both sides of a threshold",
    Reason.LIST: "a list and the number given with it disagree",
}


@dataclass(frozen=True)
class Chase:
    """A missing piece: what, where it is likely to be found, and for whom."""

    criterion: str
    what: str
    where: str
    patients: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """One side of a conflict."""

    value: str
    on: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Clash:
    """Letters of one patient that disagree, and in a phrase what came of it."""

    patient_id: str
    anchor: str
    about: str
    sides: tuple[Side, ...]
    settled: str


@dataclass(frozen=True)
class Flag:
    """Facts or letters (``what``) of one reason that want a person's eye; ``more`` are not listed.

    ``reason`` is as in ``facts.csv``.
    """

    reason: str
    what: str
    meaning: str
    number: int
    quotes: tuple[Quote, ...]
    more: int = 0


@dataclass(frozen=True)
class Doubts:
    """Everything that a person should look at, most decisive first."""

    chase: tuple[Chase, ...]
    clashes: tuple[Clash, ...]
    minor_clashes: tuple[Clash, ...]
    more_clashes: int
    flags: tuple[Flag, ...]
    notes: tuple[str, ...]

    @property
    def none(self) -> bool:
        """Whether there is nothing to look at."""
        clashes = self.clashes or self.minor_clashes
        return not (self.chase or clashes or self.flags or self.notes)


def doubts(book: Book) -> Doubts:
    """Collect the doubts of a report."""
    heavy, light = _clashes(book)
    minor = [*heavy[AT_ONCE:], *light]
    return Doubts(
        chase=tuple(_chases(book)),
        clashes=tuple(heavy[:AT_ONCE]),
        minor_clashes=tuple(minor[:MOST]),
        more_clashes=max(0, len(minor) - MOST),
        flags=tuple(_flags(book)),
        notes=tuple(_notes(book)),
    )


def _chases(book: Book) -> Iterator[Chase]:
    """What would settle an unknown criterion of a patient that nothing yet excludes.

    A patient who fails one criterion stays not eligible whatever the others are.
    """
    wanted: dict[tuple[str, str], list[str]] = {}
    for patient in book.finished.patients:
        judged = patient.eligibility
        if judged is None or judged.eligible is not Truth.UNKNOWN:
            continue
        if judged.setting_verdict is Truth.UNKNOWN:
            wanted.setdefault(("setting", judged.chase[0]), []).append(patient.patient_id)
        for criterion in judged.criteria:
            if criterion.verdict is Truth.UNKNOWN:
                key = (criterion.name, criterion.chase)
                wanted.setdefault(key, []).append(patient.patient_id)
    order = list(TITLES)
    ranked = sorted(wanted.items(), key=lambda item: (-len(item[1]), order.index(item[0][0])))
    for (name, what), patients in ranked:
        yield Chase(TITLES[name], what, WHERE[name], tuple(patients))


def _clashes(book: Book) -> tuple[list[Clash], list[Clash]]:
    """Conflicts that a date or a verdict hangs on, first those, and the others."""
    found = [
        (_weight(conflict), patient.patient_id, conflict)
        for patient in book.finished.patients
        for conflict in patient.conflicts
    ]
    ranked = sorted(found, key=lambda item: (item[0], item[1]))
    heavy = [clash(book, whose, conflict) for weight, whose, conflict in ranked if weight < _LIGHT]
    light = [clash(book, whose, conflict) for weight, whose, conflict in ranked if weight >= _LIGHT]
    return heavy, light


def _weight(conflict: Conflict) -> int:
    """0 where the readings must agree to decide, 1 where one was chosen, 2 for words only."""
    if "interleukin-2" in conflict.about or conflict.about.startswith("last dose"):
        return 0
    if conflict.about.startswith("why ") and "progression" not in conflict.chosen:
        return _LIGHT
    return 1 if conflict.chosen else 0


def clash(book: Book, patient_id: str, conflict: Conflict) -> Clash:
    """A conflict with the words of each side."""
    return Clash(
        patient_id=patient_id,
        anchor=book.anchor(patient_id),
        about=subject(conflict.about),
        sides=tuple(
            Side(
                value=_value(reading),
                on=when(reading.on) if reading.on and reading.value != reading.on.edtf else "",
                quotes=tuple(book.quotes(reading.sources)),
            )
            for reading in conflict.readings
        ),
        settled=_settled(conflict),
    )


def _value(reading: Reading) -> str:
    """What one side says; a date in words."""
    date = reading.on is not None and reading.value == reading.on.edtf
    return spoken(reading.value) if date else reading.value


def _settled(conflict: Conflict) -> str:
    every = conflict.chosen == "/".join(reading.value for reading in conflict.readings)
    if every or not conflict.chosen:
        return conflict.why
    return f"preferred {conflict.chosen}: {conflict.why}"


def _flags(book: Book) -> Iterator[Flag]:
    """Facts marked for review, by reason; a letter's own reasons count as its facts'."""
    found: dict[Reason, list[tuple[LetterRecord, Fact | None]]] = {}
    for letter in book.finished.letters:
        for reason in letter.reasons:
            found.setdefault(reason, []).append((letter, None))
        for fact in letter.facts:
            for reason in fact.reasons if fact.review else ():
                found.setdefault(reason, []).append((letter, fact))
    for reason in Reason:
        items = found.get(reason, [])
        elsewhere = book.finished.flagged[reason.value]
        if items or elsewhere:
            quotes = [_quote(letter, fact) for letter, fact in items[:MOST]]
            yield Flag(
                reason=reason.value,
                what=_what([fact for _, fact in items], len(items) + elsewhere),
                meaning=MEANING[reason],
                number=len(items) + elsewhere,
                quotes=tuple(quotes),
                more=max(0, len(items) - MOST) + elsewhere,
            )


def _what(facts: Sequence[Fact | None], number: int) -> str:
    """What was flagged, in the plural where there are several."""
    kinds = {"letter" if fact is None else "fact" for fact in facts} or {"fact"}
    return " and ".join(kind if number == 1 else f"{kind}s" for kind in sorted(kinds))


def _quote(letter: LetterRecord, fact: Fact | None) -> Quote:
    if fact is None:
        place = (letter.letter_id, letter.letter_date, "letter", "", "the whole letter", "", "")
        return Quote(*place, 0, 0)
    return quote_of(letter, fact)


def _notes(book: Book) -> Iterator[str]:
    """What the numbers leave out."""
    out = book.outcomes
    other = Counter(
        patient.setting.label.value
        for patient in book.finished.patients
        if patient.outcome
        and patient.outcome.treated
        and patient.setting.label in (SettingLabel.UNKNOWN, SettingLabel.NONE)
    )
    for label, number in sorted(other.items()):
        said = "not settled by the letters" if label == "unknown" else "neither of the two"
        yield f"Setting {said} for {number} of the treated, who are in no setting's rate."
    if out.responses.look_again:
        yield (
            "The best response reported is not the best by the dated assessments for "
            f"{_few(out.responses.look_again)}."
        )
    if out.follow_up.not_dated:
        yield f"No dated follow-up for {_few(out.follow_up.not_dated)}."
    for name, item in (("inotropes", out.toxicity.inotropes), ("intensive care", out.toxicity.icu)):
        if item.unknown:
            silent = f"Letters of {many(item.unknown, 'treated patient')} do not say"
            yield f"{silent} whether {name} was needed."
    codes = Counter(row.get("code", "") for row in book.finished.rejects)
    for code, number in sorted(codes.items()):
        advice = ADVICE[Code(code)] if code in set(Code) else ""
        yield f"{many(number, 'file')} gave no letter ({code}). {advice}".strip()


def _few(ids: tuple[str, ...]) -> str:
    shown = ", ".join(ids[:12])
    return f"{shown} and {len(ids) - 12} more" if len(ids) > 12 else shown
