"""A letter's text as a page shows it: escaped, with its evidence marked, nothing hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from extract.audit.book import Book, Item
from extract.audit.texts import Text, Texts, TextState
from extract.records import Fact, LetterRecord
from extract.store.reviews import Kind, Review, Verdict

#: Characters that turn the direction of what follows, or that nobody sees. Shown by name.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)

#: What the seven criteria are called, in the order of ``eligibility.csv``.
CRITERIA = {
    "histology": "Histology",
    "caix": "CAIX",
    "ecog": "Performance status",
    "stress_echo": "Stress echocardiogram",
    "washout": "Washout",
    "sites": "Sites of disease",
}

VERDICTS = {
    Verdict.RIGHT: ("Right", "1"),
    Verdict.WRONG: ("Wrong", "2"),
    Verdict.CORRECT: ("Correct to …", "3"),
    Verdict.ABSENT: ("Not in the letter", "4"),
    Verdict.UNSURE: ("Cannot tell", "5"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a letter to mark; ``now`` is the one that is asked about."""

    start: int
    end: int
    now: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter on a page.

    Attributes:
        state: whether the text is the one that the facts were read from.
        html: the text, escaped, with its marks; "" where it is missing.
    """

    state: TextState
    html: Markup


def show_letter(texts: Texts, letter: LetterRecord, spans: Iterable[Span] = ()) -> Shown:
    """A letter with some of its words marked; a changed one has no marks."""
    found: Text = texts.of(letter)
    marks = spans if found.state is TextState.HERE else ()
    return Shown(found.state, marked(found.text, marks))


def marked(text: str, spans: Iterable[Span]) -> Markup:
    """The text as HTML. Every character of it stands there once, or by name where unseen."""
    inside = [s for s in spans if 0 <= s.start < s.end <= len(text)]
    edges = sorted({0, len(text), *(s.start for s in inside), *(s.end for s in inside)})
    opened = {s.start for s in inside if s.now}
    parts: list[Markup] = []
    waiting = sorted(inside, key=lambda s: s.start)
    active: list[Span] = []
    for start, end in pairwise(edges):
        active = [s for s in active if s.end > start]
        while waiting and waiting[0].start <= start:
            active.append(waiting.pop(0))
        words = _plain(text[start:end])
        if not active:
            parts.append(words)
            continue
        now = any(s.now for s in active)
        first = Markup(' id="evidence"') if start in opened else Markup()
        name = "now" if now else "other"
        parts.append(Markup('<mark class="{}"{}>{}</mark>').format(name, first, words))
    return Markup().join(parts)


def _plain(text: str) -> Markup:
    out: list[Markup] = []
    at = 0
    for found in _UNSEEN.finditer(text):
        out.append(escape(text[at : found.start()]))
        code = f"U+{ord(found[0]):04X}"
        out.append(Markup('<span class="unseen">‹{}›</span>').format(code))
        at = found.end()
    out.append(escape(text[at:]))
    return Markup().join(out)


def spans_of(letter: LetterRecord, now: Fact | None = None) -> list[Span]:
    """Where the facts of a letter stand."""
    return [Span(fact.evidence.start, fact.evidence.end, fact is now) for fact in letter.facts]


def words(name: str) -> str:
    """A code as a person reads it."""
    return name.replace("_", " ")


def bounds_of(fact: Fact) -> str:
    """The bounds of a value, where they say more than the value itself."""
    if not fact.low and not fact.high:
        return ""
    if fact.low == fact.high:
        return "" if fact.low == fact.value else fact.low
    return f"{fact.low or '…'} to {fact.high or '…'}"


def said(review: Review) -> str:
    """What a review says, in words."""
    if review.verdict is Verdict.CORRECT and review.to:
        return "Correct to " + _stated(review.to)
    if review.verdict is None:
        return "Missed: " + _stated(review.to or ("", "", ""))
    return VERDICTS[review.verdict][0]


def _stated(to: tuple[str, str, str]) -> str:
    return ", ".join(filter(None, (words(to[0]), words(to[1]), to[2])))


def about(review: Review) -> str:
    """What a review says of what, in words: what undoing it would take back."""
    target = review.target
    if review.kind is Kind.COMPLETE:
        return "closed a letter as complete"
    what = " ".join(filter(None, (words(target.field), words(target.item), target.value)))
    return said(review) if review.verdict is None else f"{said(review)}: {what}"


def others(book: Book, item: Item) -> list[Item]:
    """The other facts of the letter, in the order of the text."""
    same = book.of_letter[item.letter.letter_id]
    return sorted(
        (other for other in same if other is not item), key=lambda i: i.fact.evidence.start
    )
