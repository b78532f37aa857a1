"""A finished run as it is audited: every fact with its place in the plan and its reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any, Self

from extract.audit.sampling import Plan, draw, draw_letters, drawn_twice
from extract.outputs.loading import Finished, load_finished
from extract.records import Fact, LetterRecord, Reason
from extract.store.overlay import Overlaid, Stale, as_read, overlay
from extract.store.reviews import Kind, Review, ReviewLog, Target, Verdict
from extract.store.standing import Ledger, Standing, State

#: Reasons of a letter that touch every fact in it.
_SPREADING = frozenset({Reason.IDENTITY})


@dataclass(frozen=True, slots=True)
class Item:
    """A fact to check.

    Attributes:
        token: its name in URLs.
        key: what reviews of it are bound to.
        place: its place in the book, from 0.
        letter: its letter, as the program read it.
        fact: the fact, as the program read it.
        reasons: why it is flagged, by itself or through its letter.
        sampled: whether it was drawn.
        second: whether two reviewers check it.
    """

    token: str
    key: str
    place: int
    letter: LetterRecord
    fact: Fact
    reasons: tuple[str, ...]
    sampled: bool
    second: bool

    @property
    def flagged(self) -> bool:
        """Whether the program itself asks for a look."""
        return self.fact.review or bool(self.reasons)

    @property
    def target(self) -> Target:
        """What a review of it is bound to."""
        return Target.of(self.letter, self.fact)

    def shown(self) -> dict[str, Any]:
        """What a reviewer sees of it, for the log."""
        return {"fact": self.fact.model_dump(mode="json"), "second": self.second}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many facts there are of each name: in all, drawn, and to be checked."""

    total: Counter[str]
    sampled: Counter[str]
    to_check: Counter[str]

    @classmethod
    def of(cls, items: Iterable[Item], by: str) -> Self:
        """Count by ``field``, ``reason`` or ``rule``."""
        found = cls(Counter(), Counter(), Counter())
        for item in items:
            names = names_of(item, by)
            found.total.update(names)
            if item.sampled:
                found.sampled.update(names)
            if item.sampled or item.flagged:
                found.to_check.update(names)
        return found


def names_of(item: Item, by: str) -> tuple[str, ...]:
    """What a fact counts under."""
    match by:
        case "field":
            return (item.fact.field.value,)
        case "reason":
            return item.reasons
        case _:
            return (item.fact.rule,)


class Book:
    """The facts of an out folder and all that was said of them.

    Args:
        out: the out folder.
        plan: a plan to put in force; default, the one in force already.

    Raises:
        ExtractError: the folder is none of a finished run, or cannot be written to.
    """

    def __init__(self, out: Path, plan: Plan | None = None) -> None:
        self.out = out
        self.lock = RLock()
        self.finished: Finished = load_finished(out)
        self.letters = tuple(as_read(letter) for letter in self.finished.letters)
        self.log = ReviewLog(out)
        kept = self.log.plan()
        self.plan = plan or Plan.of(kept)
        if kept is None or Plan.of(kept) != self.plan:
            self.log.set_plan(self.plan.plain())
        self.items = tuple(self._items())
        self.tally = {by: Tally.of(self.items, by) for by in ("field", "reason", "rule")}
        self.flagged = sum(item.flagged for item in self.items)
        self.sampled = sum(item.sampled for item in self.items)
        self.to_check = sum(item.flagged or item.sampled for item in self.items)
        self.by_token = {item.token: item for item in self.items}
        self.by_key = {item.key: item for item in self.items}
        self.of_letter: dict[str, list[Item]] = {x.letter_id: [] for x in self.letters}
        for item in self.items:
            self.of_letter[item.letter.letter_id].append(item)
        self.letter_tokens = {
            self.log.opaque("letter", letter.letter_id): letter for letter in self.letters
        }
        self.patient_tokens = {
            self.log.opaque("patient", letter.patient_id): letter.patient_id
            for letter in self.letters
        }
        self.drawn = draw_letters(self.plan, (x.digest for x in self.letters if x.facts))
        self.ledger = Ledger()
        self._laid: tuple[int, Overlaid] | None = None
        self.refresh()

    @property
    def rules(self) -> str:
        """The hash of the rules that read these facts."""
        return self.finished.rules

    def refresh(self) -> None:
        """Take in what other processes added to the log."""
        with self.lock:
            self.ledger.add(self.log.since(self.ledger.last))

    def add(self, *reviews: Review) -> list[Review]:
        """Add to the log; on the disk when this returns."""
        with self.lock:
            self.refresh()
            kept = self.log.append(reviews)
            self.ledger.add(kept)
            return kept

    def standing(self, item: Item) -> Standing | None:
        """What was said of a fact."""
        return self.ledger.of(item.key)

    def state(self, item: Item) -> State:
        """How far a fact has come."""
        standing = self.ledger.of(item.key)
        return standing.state if standing else State.OPEN

    def laid(self) -> Overlaid:
        """The facts with what stands now; kept until something new is said."""
        with self.lock:
            if self._laid is None or self._laid[0] != self.ledger.last:
                self._laid = (self.ledger.last, overlay(self.letters, self.ledger))
            return self._laid[1]

    def stale(self) -> list[tuple[Standing, Stale]]:
        """What was said of facts that are no longer there as they were."""
        found = [(self.ledger.of(key), why) for key, why in self.laid().stale.items()]
        return [(standing, why) for standing, why in found if standing is not None]

    def read_twice(self, letter: LetterRecord) -> bool:
        """Whether a letter is one of those that two read through."""
        drawn = letter.digest in self.drawn
        return drawn and drawn_twice(self.plan, f"letter {letter.digest}")

    def addition(self, letter: LetterRecord, made: Fact) -> tuple[Target, dict[str, Any]]:
        """What the review of a missed fact is bound to, and what it says was shown.

        The same fact added by two is one, whatever words each of them took it from.
        """
        same = (
            standing.target
            for _, standing in self.missed_in(letter)
            if (standing.target.field, standing.target.item, standing.target.value) == made.key
        )
        return next(same, Target.of(letter, made)), {"second": self.read_twice(letter)}

    def missed_in(self, letter: LetterRecord) -> list[tuple[str, Standing]]:
        """Facts that reviewers added to a letter."""
        return [
            (key, standing)
            for key, standing in self.ledger
            if standing.missed and standing.target.digest == letter.digest
        ]

    def disputed(self) -> list[Item | Standing]:
        """What waits for an adjudicator: found facts first, then added ones."""
        waiting = [
            (self.by_key.get(key), standing)
            for key, standing in self.ledger
            if standing.state is State.DISPUTED
        ]
        found = [item for item, _ in waiting if item is not None]
        added = [standing for item, standing in waiting if item is None and standing.missed]
        return [*sorted(found, key=lambda item: item.place), *added]

    def letter_token(self, letter: LetterRecord) -> str:
        """The name of a letter in URLs."""
        return self.log.opaque("letter", letter.letter_id)

    def patient_token(self, patient_id: str) -> str:
        """The name of a patient in URLs."""
        return self.log.opaque("patient", patient_id)

    def queue(self) -> tuple[Item, ...]:
        """What to check: flagged and drawn facts, those of a letter together."""
        return tuple(item for item in self.items if item.flagged or item.sampled)

    def reviewed(self) -> Iterator[tuple[Item, Standing]]:
        """The facts of which something was said."""
        for key, standing in self.ledger:
            item = self.by_key.get(key)
            if item is not None and not standing.empty:
                yield item, standing

    def _items(self) -> Iterable[Item]:
        keyed = [
            (Target.of(letter, fact).key, letter, fact)
            for letter in self.letters
            for fact in letter.facts
        ]
        population: dict[str, list[str]] = {}
        for key, _, fact in keyed:
            population.setdefault(fact.field.value, []).append(key)
        sampled = draw(self.plan, population)
        for place, (key, letter, fact) in enumerate(keyed):
            spread = (reason for reason in letter.reasons if reason in _SPREADING)
            reasons = dict.fromkeys((*fact.reasons, *spread))
            yield Item(
                token=self.log.opaque("fact", f"{letter.letter_id}\x1f{key}"),
                key=key,
                place=place,
                letter=letter,
                fact=fact,
                reasons=tuple(reason.value for reason in reasons),
                sampled=key in sampled,
                second=key in sampled and drawn_twice(self.plan, key),
            )


def given(standing: Standing) -> Review | None:
    """The answer that counts: what stands, or the one answer that awaits a second."""
    if standing.state is State.PENDING:
        return next(iter(standing.answers.values()))
    return standing.stands


def is_right(review: Review) -> bool:
    """Whether an answer lets the fact stand as it is; a reviewer who added it says so too."""
    return review.verdict is Verdict.RIGHT or (
        review.kind is Kind.MISSED and review.verdict is None
    )
