"""What the log of reviews comes to: for each fact, who said what and what stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from extract.store.reviews import Kind, Review, Target, Verdict


class State(StrEnum):
    """How far a fact has come."""

    OPEN = "open"
    PENDING = "awaits_second"
    DISPUTED = "disputed"
    SETTLED = "settled"


@dataclass(slots=True)
class Standing:
    """All that was said of one fact.

    Attributes:
        target: the fact as it was when first reviewed.
        answers: the answer of each reviewer that holds, in order.
        ruling: what an adjudicator settled, if any did.
        comments: remarks, in order.
        missed: whether a reviewer added the fact; the program had not found it.
    """

    target: Target
    answers: dict[str, Review] = field(default_factory=dict)
    ruling: Review | None = None
    comments: list[Review] = field(default_factory=list)
    missed: bool = False

    @property
    def state(self) -> State:
        """How far it has come."""
        if self.ruling:
            return State.SETTLED
        given = list(self.answers.values())
        if not given:
            return State.OPEN
        if len(given) == 1:
            return State.PENDING if (given[0].shown or {}).get("second") else State.SETTLED
        same = all(opinion(given[0]) == opinion(other) for other in given[1:])
        return State.SETTLED if same else State.DISPUTED

    @property
    def stands(self) -> Review | None:
        """The ruling, or the answer that all gave; None where nothing is settled."""
        if self.state is not State.SETTLED:
            return None
        return self.ruling or next(iter(self.answers.values()))

    @property
    def empty(self) -> bool:
        """Whether everything that was said was taken back."""
        return not self.answers and self.ruling is None

    def seen_by(self, reviewer: str) -> list[Review]:
        """The answers that a reviewer may see: one's own; others' when both have answered.

        With one's own and another's answer given, both are open and final.
        """
        if reviewer not in self.answers:
            return []
        return list(self.answers.values())

    def locked(self, reviewer: str) -> bool:
        """Whether the reviewer's answer can no longer change: others' were shown, or ruled."""
        return self.ruling is not None or (reviewer in self.answers and len(self.answers) > 1)


def opinion(review: Review) -> tuple[str, ...]:
    """What a review says, as far as two of them can agree."""
    to = review.to if review.verdict is Verdict.CORRECT else None
    said = " ".join(part.strip().lower() for part in to or ())
    verdict = review.verdict or (Verdict.RIGHT if review.kind is Kind.MISSED else None)
    return (verdict.value if verdict else "", said)


class Ledger:
    """The log folded up; give it entries in the order of the log."""

    def __init__(self, reviews: Iterable[Review] = ()) -> None:
        self.last = 0
        self._by_key: dict[str, Standing] = {}
        self._by_token: dict[str, Review] = {}
        self._own: dict[str, list[str]] = {}
        #: Letters read through: the digest of each, and by whom.
        self.complete: dict[str, dict[str, Review]] = {}
        self.add(reviews)

    def add(self, reviews: Iterable[Review]) -> None:
        """Take in more of the log."""
        for review in reviews:
            self.last = max(self.last, review.number)
            self._by_token[review.token] = review
            if review.kind is Kind.UNDO:
                self._undo(review)
            else:
                self._take(review)

    def __iter__(self) -> Iterator[tuple[str, Standing]]:
        return iter(self._by_key.items())

    def __len__(self) -> int:
        return len(self._by_key)

    def of(self, key: str) -> Standing | None:
        """What was said of a fact, by the key of its target."""
        return self._by_key.get(key)

    def last_of(self, reviewer: str) -> Review | None:
        """The newest entry of a reviewer that can still be taken back."""
        for token in reversed(self._own.get(reviewer, [])):
            review = self._by_token[token]
            standing = self._by_key.get(review.target.key)
            if review.kind is Kind.RULING or standing is None or not standing.locked(reviewer):
                return review
        return None

    def find(self, token: str) -> Review | None:
        """An entry by its token."""
        return self._by_token.get(token)

    def _take(self, review: Review) -> None:
        if review.kind is Kind.COMPLETE:
            self.complete.setdefault(review.target.digest, {})[review.reviewer] = review
        else:
            standing = self._by_key.setdefault(review.target.key, Standing(review.target))
            match review.kind:
                case Kind.COMMENT:
                    standing.comments.append(review)
                    return
                case Kind.RULING:
                    standing.ruling = review
                case _:
                    if standing.locked(review.reviewer):
                        return  # too late: another's answer was open by then
                    standing.missed |= review.kind is Kind.MISSED
                    standing.answers[review.reviewer] = review
        self._own.setdefault(review.reviewer, []).append(review.token)

    def _undo(self, undo: Review) -> None:
        gone = self._by_token.get(undo.undoes)
        own = self._own.get(undo.reviewer, [])
        if gone is None or gone.reviewer != undo.reviewer or gone.token not in own:
            return
        if gone.kind is Kind.COMPLETE:
            own.remove(gone.token)
            self.complete.get(gone.target.digest, {}).pop(gone.reviewer, None)
            return
        standing = self._by_key[gone.target.key]
        if gone.kind is not Kind.RULING and standing.locked(undo.reviewer):
            return
        own.remove(gone.token)
        if gone.kind is Kind.RULING:
            if standing.ruling is gone:
                standing.ruling = self._before(gone, own)
        elif standing.answers.get(gone.reviewer) is gone:
            earlier = self._before(gone, own)
            if earlier:
                standing.answers[gone.reviewer] = earlier
            else:
                del standing.answers[gone.reviewer]
        if standing.missed and not standing.answers:
            standing.missed = False

    def _before(self, gone: Review, own: list[str]) -> Review | None:
        """The same reviewer's entry about the same fact that holds again."""
        key, rulings = gone.target.key, gone.kind is Kind.RULING
        for token in reversed(own):
            review = self._by_token[token]
            if review.target.key == key and (review.kind is Kind.RULING) is rulings:
                return review
        return None
