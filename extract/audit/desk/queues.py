"""Which facts come next, and how far the work has come: no web in here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from extract.audit.book import Book, Item, names_of
from extract.store.standing import Standing, State

SHOW = ("queue", "flagged", "sample", "second", "all")
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Filter:
    """Which facts; "" for all. Letters and patients go by their names in URLs.

    What was searched for, ``q``, may be a name: a URL says only that there was a search.
    """

    show: str = "queue"
    field: str = ""
    reason: str = ""
    rule: str = ""
    patient: str = ""
    letter: str = ""
    q: str = ""

    @property
    def query(self) -> str:
        """As a query string; what was searched for is never part of it."""
        said = [(f.name, getattr(self, f.name)) for f in fields(self) if f.name != "q"]
        said.append(("found", "1" if self.q else ""))
        return urlencode([(k, v) for k, v in said if v and (k, v) != ("show", "queue")])


@dataclass(frozen=True, slots=True)
class Chosen:
    """The facts of a filter, in order, and the keys reviews of them are bound to."""

    items: tuple[Item, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many facts of a filter need nothing more from a reviewer."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """In whole percent, 100 only when all is done."""
        return 100 * self.done // self.total if self.total else 100


class Queues:
    """The queues of a book, for all reviewers."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._chosen: OrderedDict[Filter, Chosen] = OrderedDict()
        self._words: tuple[str, ...] = ()
        self._named: dict[str, dict[str, list[Item]]] = {}

    def chosen(self, wanted: Filter) -> Chosen:
        """The facts of a filter."""
        with self.book.lock:
            held = self._chosen.get(wanted)
            if held is None:
                items = tuple(self._matching(wanted))
                held = Chosen(items, frozenset(item.key for item in items))
                self._chosen[wanted] = held
                if len(self._chosen) > _KEPT:
                    self._chosen.popitem(last=False)
            else:
                self._chosen.move_to_end(wanted)
            return held

    def is_due(self, item: Item, wanted: Filter, who: str) -> bool:
        """Whether a reviewer still has something to say of a fact.

        Who reads a letter through answers all of it, whatever others have said.
        """
        key, second = item.key, item.second
        standing = self.book.ledger.of(key)
        if standing is None or standing.empty:
            return True
        if standing.ruling or who in standing.answers:
            return False
        return bool(wanted.letter) or (second and len(standing.answers) < 2)

    def next(self, wanted: Filter, who: str, after: int = -1) -> Item | None:
        """The next fact that is due behind a place in the book, then from the beginning."""
        items = self.chosen(wanted).items
        start = _first_behind(items, after)
        for item in (*items[start:], *items[:start]) if start else items:
            if item.place != after and self.is_due(item, wanted, who):
                return item
        return None

    def beside(self, wanted: Filter, place: int) -> tuple[Item | None, Item | None]:
        """The facts before and behind a place, whether due or not."""
        items = self.chosen(wanted).items
        behind = _first_behind(items, place)
        before = behind - 1
        while before >= 0 and items[before].place >= place:
            before -= 1
        return (
            items[before] if before >= 0 else None,
            items[behind] if behind < len(items) else None,
        )

    def progress(self, wanted: Filter, who: str) -> Progress:
        """How far a reviewer is with a filter."""
        chosen = self.chosen(wanted)
        done = 0
        for key, _ in self.book.ledger:
            if key in chosen.keys:
                done += not self.is_due(self.book.by_key[key], wanted, who)
        return Progress(done, len(chosen.items))

    def state_for(self, item: Item, who: str) -> str:
        """How far a fact has come, as one reviewer may know it."""
        return visible_state(self.book.standing(item), who)

    def _matching(self, wanted: Filter) -> Iterator[Item]:
        book = self.book
        letter = book.letter_tokens.get(wanted.letter) if wanted.letter else None
        patient = book.patient_tokens.get(wanted.patient) if wanted.patient else None
        if (wanted.letter and letter is None) or (wanted.patient and patient is None):
            return
        needle = wanted.q.strip().lower()
        words = self._haystack() if needle else ()
        candidates = book.of_letter[letter.letter_id] if letter else self._fewest(wanted)
        for item in candidates:
            if (
                _shown(item, wanted.show)
                and (not wanted.field or item.fact.field.value == wanted.field)
                and (not wanted.reason or wanted.reason in item.reasons)
                and (not wanted.rule or item.fact.rule == wanted.rule)
                and (patient is None or item.letter.patient_id == patient)
                and (not needle or needle in words[item.place])
            ):
                yield item

    def _fewest(self, wanted: Filter) -> Sequence[Item]:
        """The facts of the narrowest name the filter gives, so that not all are looked at."""
        if not self._named:
            for by in ("field", "reason", "rule"):
                lists: dict[str, list[Item]] = {}
                for item in self.book.items:
                    for name in names_of(item, by):
                        lists.setdefault(name, []).append(item)
                self._named[by] = lists
        asked = (("field", wanted.field), ("reason", wanted.reason), ("rule", wanted.rule))
        named = [self._named[by].get(name, []) for by, name in asked if name]
        return min(named, key=len) if named else self.book.items

    def warm(self) -> None:
        """Make now what the first pages would wait for."""
        with self.book.lock:
            self._fewest(Filter())
            self._haystack()
        for show in SHOW:
            self.chosen(Filter(show))

    def _haystack(self) -> tuple[str, ...]:
        if not self._words:
            self._words = tuple(
                " ".join(
                    (x.letter.letter_id, x.letter.patient_id, *x.fact.key, x.fact.evidence.quote)
                ).lower()
                for x in self.book.items
            )
        return self._words


def visible_state(standing: Standing | None, who: str) -> str:
    """``open``, ``answered`` by oneself, or, when both have answered, what came of it."""
    if standing is None or standing.empty:
        return "open"
    if standing.ruling:
        return State.SETTLED.value
    if who not in standing.answers:
        return "open"
    if len(standing.answers) > 1:
        return standing.state.value
    return "answered"


def _shown(item: Item, show: str) -> bool:
    match show:
        case "flagged":
            return item.flagged
        case "sample":
            return item.sampled
        case "second":
            return item.second
        case "all":
            return True
        case _:
            return item.flagged or item.sampled


def _first_behind(items: tuple[Item, ...], place: int) -> int:
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle].place <= place:
            low = middle + 1
        else:
            high = middle
    return low
