"""From a derived value back to the words it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extract.calculators.grounds import Ground
from extract.records import Fact, Field, LetterRecord, Source


class Quote(NamedTuple):
    """The words of a letter behind a fact. ``start`` and ``end`` count characters in it.

    ``where`` is a place in the original file, ``reviewed`` what a person made of the fact.
    """

    letter_id: str
    letter_date: str
    field: str
    item: str
    value: str
    quote: str
    section: str
    start: int
    end: int
    page: int | None = None
    rule: str = ""
    review: bool = False
    reasons: tuple[str, ...] = ()
    where: str = ""
    reviewed: str = ""

    @property
    def about(self) -> str:
        """What the fact is: field, item and value in one phrase."""
        name = f"{self.field} {self.item}".strip().replace("_", " ")
        return f"{name}: {self.value}"


class Evidence:
    """The facts of all letters, to be found by the sources that point at them."""

    def __init__(self, letters: Iterable[LetterRecord]) -> None:
        self._letters = {letter.letter_id: letter for letter in letters}
        self._facts: dict[str, dict[tuple[str, str, str], Fact]] = {}

    def of(self, source: Source) -> Quote | None:
        """The quote behind a source; None where its letter is not here."""
        letter = self._letters.get(source.letter_id)
        fact = self._find(source)
        if letter is None or fact is None:
            return None
        return quote_of(letter, fact)

    def all(self, sources: Iterable[Source]) -> list[Quote]:
        """The quotes behind some sources, in order, each place in a letter once.

        The date of a response brings the words of the response, where its letter has them.
        """
        found = (self.of(each) for source in sources for each in (*_response(source), source))
        return list(dict.fromkeys(quote for quote in found if quote is not None))

    def behind(self, ground: Ground) -> list[Quote]:
        """The quotes behind one patient's share in a number."""
        dates = (quote for letter in ground.letters for quote in self.date_of(letter))
        return list(dict.fromkeys((*self.all(ground.sources), *dates)))

    def date_of(self, letter_id: str) -> list[Quote]:
        """The words that date a letter, where it has a date."""
        letter = self._letters.get(letter_id)
        if letter is None:
            return []
        dates = [
            fact
            for fact in letter.facts
            if fact.field is Field.LETTER_DATE and fact.value == letter.letter_date
        ]
        return [quote_of(letter, fact) for fact in dates]

    def letter(self, letter_id: str) -> LetterRecord | None:
        """A letter by its id."""
        return self._letters.get(letter_id)

    def _find(self, source: Source) -> Fact | None:
        if source.letter_id not in self._facts:
            letter = self._letters.get(source.letter_id)
            facts = letter.facts if letter else ()
            self._facts[source.letter_id] = {fact.key: fact for fact in facts}
        return self._facts[source.letter_id].get((source.field.value, source.item, source.value))


def _response(source: Source) -> tuple[Source, ...]:
    """The fact that a dated response belongs to, in the same letter."""
    if source.field is not Field.RESPONSE_DATE:
        return ()
    category = source.value.partition("=")[0]
    return (source.model_copy(update={"field": Field.RESPONSE, "value": category}),)


def quote_of(letter: LetterRecord, fact: Fact) -> Quote:
    """The quote of a fact."""
    evidence = fact.evidence
    return Quote(
        letter_id=letter.letter_id,
        letter_date=letter.letter_date,
        field=fact.field.value,
        item=fact.item,
        value=fact.value,
        quote=evidence.quote,
        section=evidence.section,
        start=evidence.start,
        end=evidence.end,
        page=evidence.page,
        rule=fact.rule,
        review=fact.review,
        reasons=tuple(reason.value for reason in fact.reasons),
        where=evidence.where,
        reviewed=fact.reviewed.value,
    )
