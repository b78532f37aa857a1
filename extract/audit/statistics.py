"""What the reviews say of a run: precision, recall, agreement, and the rules to mend first.

Precision is counted over the random sample alone: flagged facts are checked because they
are doubtful, and would make it look worse than it is. Recall is counted over the letters
that were drawn at random and closed as read through.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from extract.audit.agreement import Agreement, Pair, agreement
from extract.audit.book import Book, Item, given, is_right
from extract.calculators.intervals import Proportion, proportion, wilson
from extract.records import LetterRecord
from extract.records.vocabulary import FIELDS
from extract.store.reviews import Kind, Review, Verdict
from extract.store.standing import Standing, State, opinion


@dataclass(frozen=True, slots=True)
class FieldScore:
    """One field: how much of the sample was checked and what that says.

    Attributes:
        name: the field.
        found: facts of it in the run.
        drawn: facts of it in the sample.
        unsure: checked ones that nobody could tell, left out of the precision.
        precision: right ones of those checked.
        recall: found ones of those there are, in letters read through.
    """

    name: str
    found: int
    drawn: int
    unsure: int
    precision: Proportion
    recall: Proportion


@dataclass(frozen=True, slots=True)
class RuleScore:
    """One rule, over everything that was checked, flagged or drawn."""

    name: str
    found: int
    checked: Proportion
    wrong: int
    corrected: int
    absent: int
    unsure: int

    @property
    def mistakes(self) -> int:
        """Facts of it that do not stand as read."""
        return self.wrong + self.corrected + self.absent


@dataclass(frozen=True, slots=True)
class Swap:
    """A value that reviewers replaced, and by what, with how often."""

    rule: str
    field: str
    read: str
    meant: str
    times: int


@dataclass(frozen=True, slots=True)
class Overall:
    """Precision over all fields, each weighted by its share of the facts.

    ``effective`` is what the sample is worth after weighting; the interval is Wilson's on it.
    """

    rate: float
    low: float
    high: float
    checked: int
    effective: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything the audit report tells."""

    fields: tuple[FieldScore, ...]
    overall: Overall | None
    recall: Proportion
    letters_drawn: int
    letters_read: int
    agreement: Agreement
    agreement_by_field: Mapping[str, Agreement]
    rules: tuple[RuleScore, ...]
    swaps: tuple[Swap, ...]
    missed: tuple[tuple[str, int], ...]
    found_by_both: Proportion
    progress: Mapping[str, int]
    reviewers: Mapping[str, int]
    stale: Mapping[str, int]


def statistics(book: Book) -> Statistics:
    """Count everything that was said of a run."""
    found, drawn = book.tally["field"].total, book.tally["field"].sampled
    closed = _drawn_and_read(book)
    read = [x for x in book.letters if x.digest in closed]
    checked, unsure = _checked(book)
    right, missed = _read_through(book, read)
    fields = tuple(
        FieldScore(
            name=name.value,
            found=found[name],
            drawn=drawn[name],
            unsure=unsure[name],
            precision=proportion(sum(checked[name]), len(checked[name])),
            recall=proportion(right[name], right[name] + missed[name]),
        )
        for name in FIELDS
        if found[name] or missed[name]
    )
    pairs = list(_pairs(book))
    by_field: dict[str, list[Pair]] = defaultdict(list)
    for name, pair in pairs:
        by_field[name].append(pair)
    return Statistics(
        fields=fields,
        overall=_overall(fields),
        recall=proportion(right.total(), right.total() + missed.total()),
        letters_drawn=len(book.drawn),
        letters_read=len(read),
        agreement=agreement([pair for _, pair in pairs]),
        agreement_by_field={name: agreement(some) for name, some in sorted(by_field.items())},
        rules=_rules(book),
        swaps=_swaps(book),
        missed=tuple(missed.most_common()),
        found_by_both=_found_by_both(book),
        progress=progress(book),
        reviewers=_reviewers(book),
        stale=dict(sorted(Counter(why.value for _, why in book.stale()).items())),
    )


def progress(book: Book) -> dict[str, int]:
    """How much of the plan is done."""
    states = Counter(
        standing.state for item, standing in book.reviewed() if item.flagged or item.sampled
    )
    states[State.OPEN] = book.to_check - states.total()
    return {
        "to_check": book.to_check,
        "flagged": book.flagged,
        "sampled": book.sampled,
        **{state.value: states[state] for state in State},
    }


# ------------------------------------------------------------------ inside


def _final(book: Book, item: Item) -> Review | None:
    standing = book.standing(item)
    return given(standing) if standing else None


def _checked(book: Book) -> tuple[dict[str, list[bool]], Counter[str]]:
    """By field: whether each checked fact of the sample is right, and how many nobody knew."""
    checked: dict[str, list[bool]] = defaultdict(list)
    unsure: Counter[str] = Counter()
    for item, standing in book.reviewed():
        review = given(standing) if item.sampled else None
        if review is None:
            continue
        if review.verdict is Verdict.UNSURE:
            unsure[item.fact.field.value] += 1
        else:
            checked[item.fact.field.value].append(is_right(review))
    return checked, unsure


def _overall(fields: Iterable[FieldScore]) -> Overall | None:
    known = [score for score in fields if score.precision.n]
    total = sum(score.found for score in known)
    if not known or not total:
        return None
    rate = spread = 0.0
    for score in known:
        share = score.found / total
        rate += share * (score.precision.rate or 0.0)
        spread += share * share / score.precision.n
    effective = 1 / spread
    low, high = wilson_of(rate, effective)
    return Overall(rate, low, high, sum(score.precision.n for score in known), effective)


def wilson_of(rate: float, n: float, z: float = 1.959963984540054) -> tuple[float, float]:
    """Wilson's interval for a rate on a sample worth ``n``, which need not be whole."""
    if n == int(n) and rate * n == int(rate * n):
        interval = wilson(int(rate * n), int(n))
        return interval.low, interval.high
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (rate * (1 - rate) / n + z * z / (4 * n * n)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def _drawn_and_read(book: Book) -> frozenset[str]:
    closed = {digest for digest, by in book.ledger.complete.items() if by}
    return frozenset(closed.intersection(book.drawn))


def _read_through(book: Book, letters: Iterable[LetterRecord]) -> tuple[Counter[str], Counter[str]]:
    """By field: facts that were found right, and facts that were not, in these letters."""
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    by_digest: dict[str, list[Standing]] = defaultdict(list)
    for _, standing in book.ledger:
        if standing.missed:
            by_digest[standing.target.digest].append(standing)
    for letter in letters:
        for item in book.of_letter[letter.letter_id]:
            review = _final(book, item)
            if review and is_right(review):
                right[item.fact.field.value] += 1
            elif review and review.verdict is Verdict.CORRECT:
                missed[review.to[0] if review.to else item.fact.field.value] += 1
        for standing in by_digest[letter.digest]:
            review = given(standing)
            if review and review.verdict in (None, Verdict.RIGHT, Verdict.CORRECT):
                missed[standing.target.field] += 1
    return right, missed


def _pairs(book: Book) -> Iterable[tuple[str, Pair]]:
    for _, standing in book.ledger:
        if len(standing.answers) > 1 and not standing.missed:
            first, second = list(standing.answers.values())[:2]
            yield standing.target.field, _categories(first, second)


def _categories(first: Review, second: Review) -> Pair:
    """The verdicts of two; corrections to another value are not the same verdict."""
    one, other = opinion(first), opinion(second)
    if one[0] == other[0] and one != other:
        return one[0], f"{other[0]} another"
    return one[0], other[0]


def _found_by_both(book: Book) -> Proportion:
    """Of the facts added to letters that two have read through, those that both added."""
    twice = {digest for digest, by in book.ledger.complete.items() if len(by) > 1}
    added = [
        [review.kind for review in standing.answers.values()]
        for _, standing in book.ledger
        if standing.missed and standing.target.digest in twice
    ]
    both = sum(kinds.count(Kind.MISSED) > 1 for kinds in added)
    return proportion(both, len(added))


def _rules(book: Book) -> tuple[RuleScore, ...]:
    found = book.tally["rule"].total
    said: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for item, standing in book.reviewed():
        review = given(standing)
        if review and review.verdict:
            said[item.fact.rule][review.verdict] += 1
    scores = [
        RuleScore(
            name=rule,
            found=found[rule],
            checked=proportion(n[Verdict.RIGHT], n.total() - n[Verdict.UNSURE]),
            wrong=n[Verdict.WRONG],
            corrected=n[Verdict.CORRECT],
            absent=n[Verdict.ABSENT],
            unsure=n[Verdict.UNSURE],
        )
        for rule, n in said.items()
    ]
    return tuple(sorted(scores, key=lambda s: (-s.mistakes, s.checked.rate or 0.0, s.name)))


def _swaps(book: Book) -> tuple[Swap, ...]:
    seen: Counter[tuple[str, str, str, str]] = Counter()
    for item, standing in book.reviewed():
        review = given(standing)
        if review and review.verdict is Verdict.CORRECT and review.to:
            fact = item.fact
            read, meant = (" ".join(filter(None, p)) for p in (fact.key[1:], review.to[1:]))
            seen[fact.rule, fact.field.value, read, meant] += 1
    return tuple(Swap(*swap, times) for swap, times in seen.most_common(50))


def _reviewers(book: Book) -> dict[str, int]:
    count: Counter[str] = Counter()
    for _, standing in book.ledger:
        count.update(standing.answers.keys())
        if standing.ruling:
            count[standing.ruling.reviewer] += 1
    return dict(sorted(count.items()))


def plain(found: Statistics) -> dict[str, Any]:
    """The statistics as JSON."""
    return {
        "precision": {s.name: s.precision.model_dump(mode="json") for s in found.fields},
        "recall": {s.name: s.recall.model_dump(mode="json") for s in found.fields},
        "progress": dict(found.progress),
        "stale": dict(found.stale),
    }
