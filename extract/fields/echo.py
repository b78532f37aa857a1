"""Stress echocardiograms (result, or awaited; date) and the latest ejection fraction.

Each mention of a stress echo is a topic. Its result, or that it is awaited, is read in
its own sentence first, then in the sentences that go on about it; in a letter that is
itself the report, anywhere after it. A "negative" stress echo is a good one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.fields.cues import load_cues
from extract.fields.ejection import find_lvef
from extract.fields.subject import Others
from extract.fields.ticks import options
from extract.fields.view import Draft, View
from extract.language.reading import Mention, Sentence, UnitKind
from extract.records import Field, Reason
from extract.values.datekinds import Kind
from extract.values.dates import EdtfDate
from extract.values.rawdates import RawDate

_CUES = load_cues("echo")
_VALUE = {"good": "satisfactory", "bad": "unsatisfactory", "unsure": "inconclusive"}
_VOID_SECTIONS = frozenset({"criteria", "family", "information"})
#: How many sentences after a topic may still be about it.
_REACH = 3

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Topic:
    """One mention of a stress echo, in characters of its sentence's folded text."""

    sentence: Sentence
    mention: Mention
    at: int
    to: int

    @property
    def text(self) -> str:
        return self.sentence.text


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a topic amounts to, and the sentence that says so."""

    topic: _Topic
    value: str
    source: Sentence
    reasons: tuple[Reason, ...] = ()


def find(view: View) -> Iterator[Draft]:
    """Stress echo results and dates, then the ejection fraction."""
    others = Others(view.reading)
    yield from _stress(view, others)
    yield from find_lvef(view, others)


def _stress(view: View, others: Others) -> Iterator[Draft]:
    readings = [r for t in _topics(view, others) if (r := _read(view, t, others)) is not None]
    results = [r for r in readings if r.value != "awaited"]
    waits = [r for r in readings if r.value == "awaited"]
    if results:
        waits = [r for r in waits if _CUES["again"].search(r.topic.text)]
    dated: list[tuple[_Reading, RawDate, EdtfDate]] = []
    for reading in results + waits:
        yield view.draft(
            Field.STRESS_ECHO,
            reading.value,
            reading.topic.mention,
            reading.topic.mention.rule,
            reasons=reading.reasons,
        )
        when = _booked(view, reading) if reading.value == "awaited" else _done(view, reading)
        if when is not None:
            dated.append((reading, *when))
    for reading, raw, date in dated:
        if not any(_finer(other, date) for _, _, other in dated):
            yield view.draft(
                Field.STRESS_ECHO_DATE,
                str(date),
                (raw.start, raw.end),
                reading.topic.mention.rule,
                reasons=(*reading.reasons, *((Reason.OCR,) if raw.ocr else ())),
                date=date,
            )


def _finer(other: EdtfDate, date: EdtfDate) -> bool:
    """Whether ``other`` is the same date told more exactly."""
    if other == date or str(other) == str(date):
        return False
    inside = date.earliest <= other.earliest and other.latest <= date.latest
    return inside and other.precision is not date.precision


def _topics(view: View, others: Others) -> Iterator[_Topic]:
    for mention in view.mentions("STRESS_ECHO"):
        sentence = view.reading.sentence(mention)
        at = sentence.folded(mention.start)
        if sentence.unit.section in _VOID_SECTIONS or others.at(sentence, at):
            continue
        yield _Topic(sentence, mention, at, sentence.folded(mention.end - 1) + 1)


# ------------------------------------------------------------------ results


def _read(view: View, topic: _Topic, others: Others) -> _Reading | None:
    masked = _unticked(topic.sentence)
    if any(a <= topic.at < b for a, b in masked):
        return None
    text = topic.text
    firm = _hit("firm", text, masked)
    criterion = _CUES["criterion"].search(text)
    if criterion and not (firm and not topic.sentence.unit.copied):
        return None
    denied = bool(_CUES["denied"].search(text[: topic.at]))
    if denied and not firm:
        return None
    value = None if criterion or denied else _outcome(view, topic, masked)
    if value:
        return _Reading(topic, value, topic.sentence)
    if _not_done(topic, masked) and not firm:
        return None
    later = list(_later(view, topic, others))
    for sentence in later:
        if found := _outcome_in(sentence):
            return _Reading(topic, found, sentence)
    if _is_report(view, topic) and not firm and (report := _report(view, topic, others)):
        return report
    return None if topic.sentence.unit.copied else _awaited(topic, masked, later)


def _outcome(view: View, topic: _Topic, masked: list[Span]) -> str | None:
    """The result said of the topic in its own sentence."""
    masked = masked + _criterion_cells(view, topic)
    found = []
    for kind, start, stop in _matches(topic.text, masked):
        if start < topic.at:
            if not _leads(topic.text[stop : topic.at]) or _other_test(topic.text, 0, start):
                continue
        elif _other_test(topic.text, topic.to, start):
            continue
        if not _conditional(topic, start):
            found.append(kind)
    return _verdict(found)


def _matches(text: str, masked: list[Span]) -> list[tuple[str, int, int]]:
    """Result words, a word inside a longer one of another kind left out."""
    mute = [m.span() for m in _CUES["purpose"].finditer(text)] + masked
    found = [
        (kind, *match.span())
        for kind in _VALUE
        for match in _CUES[kind].finditer(text)
        if not any(a < match.end() and match.start() < b for a, b in mute)
    ]
    return [
        one
        for one in found
        if not any(
            other[1] <= one[1] and one[2] <= other[2] and other[2] - other[1] > one[2] - one[1]
            for other in found
        )
    ]


def _verdict(kinds: list[str]) -> str | None:
    """A bad finding outweighs doubt, and doubt a good one."""
    return next((_VALUE[kind] for kind in ("bad", "unsure", "good") if kind in kinds), None)


def _leads(between: str) -> bool:
    """"normal stress echo", "passed his stress echo": the result right before the test."""
    words = between.split()
    return len(words) <= 3 and not any(c in between for c in ",;:(") and "and" not in words


def _other_test(text: str, start: int, stop: int) -> bool:
    """Whether another test is named between, so that a result is that test's."""
    last = None
    for last in _CUES["other_test"].finditer(text, start, stop):
        pass
    return last is not None


def _conditional(topic: _Topic, start: int) -> bool:
    cue = None
    for cue in _CUES["condition"].finditer(topic.text, 0, max(start, topic.at)):
        pass
    if cue is None:
        return False
    gap = topic.text[cue.end() : max(start, topic.at)]
    return ";" not in gap and " but " not in gap


def _criterion_cells(view: View, topic: _Topic) -> list[Span]:
    """The cells of a row that stand under a title such as "Criterion" or "Required"."""
    unit = topic.sentence.unit
    if unit.header is None or len(unit.cells) < 3:
        return []
    titles = view.reading.units[unit.header].cells
    if len(titles) != len(unit.cells):
        return []
    named = [view.text[a:b].lower() for a, b in titles]
    return [
        (topic.sentence.folded(a), topic.sentence.folded(b - 1) + 1)
        for (a, b), title in zip(unit.cells, named, strict=True)
        if any(word in title for word in ("criteri", "requir", "must", "needed", "target"))
    ]


def _unticked(sentence: Sentence) -> list[Span]:
    """The options of a form's line that are not ticked."""
    if "[" not in sentence.text and "(" not in sentence.text:
        return []
    return [
        (start, start + len(words))
        for words, ticked, start in options(sentence.text)
        if not ticked and words
    ]


def _hit(cue: str, text: str, masked: list[Span]) -> bool:
    return any(
        not any(a <= match.start() < b for a, b in masked) for match in _CUES[cue].finditer(text)
    )


def _not_done(topic: _Topic, masked: list[Span]) -> bool:
    for match in _CUES["not_done"].finditer(topic.text):
        if any(a <= match.start() < b for a, b in masked):
            continue
        if match.start() >= topic.to and match.start() - topic.to < 60:
            return True
        if match.start() < topic.at and topic.at - match.end() < 40:
            return True
    return False


# --------------------------------------------------------- sentences further on


def _later(view: View, topic: _Topic, others: Others) -> Iterator[Sentence]:
    """The sentences that go on about the topic: of its unit, or below its heading."""
    sentences = view.sentences
    unit = topic.sentence.unit
    for sentence in sentences[topic.sentence.index + 1 : topic.sentence.index + 1 + _REACH]:
        same = sentence.unit.index == unit.index
        below = unit.kind is UnitKind.HEADING and sentence.unit.heading == unit.index
        hangs = sentence.unit.parent == unit.index
        if not (same or below or hangs) or sentence.of("STRESS_ECHO"):
            return
        if not others.at(sentence, 0):
            yield sentence


_ABOUT = (
    "echo", "study", "test", "peak", "ischaem", "ischem", "stress", "dobutamine", " lv", "target",
    "segment", "wall motion", "images", "windows",
)  # fmt: skip


def _outcome_in(sentence: Sentence) -> str | None:
    """A result in a sentence that does not name the test but goes on about it."""
    low = " " + sentence.text.lower()
    if not any(word in low for word in _ABOUT) and not low.startswith((" it ", " this ", " that ")):
        if not _CUES["unsure"].search(sentence.text) and " through it" not in low:
            return None
    if _CUES["condition"].search(sentence.text) or _CUES["criterion"].search(sentence.text):
        return None
    kinds = []
    for kind, start, stop in _matches(sentence.text, []):
        if _other_test(sentence.text, 0, start):
            continue
        whole = kind == "good" and not _CUES["strong_good"].search(sentence.text[start:stop])
        if whole and not low.startswith((" it ", " this ")) and "through it" not in low:
            continue
        kinds.append(kind)
    return _verdict(kinds)


def _is_report(view: View, topic: _Topic) -> bool:
    """Whether the letter is the report of the test: its title or its sender says so."""
    head = view.text[: min(600, topic.mention.end)]
    return bool(_CUES["heart_letter"].search(head))


def _report(view: View, topic: _Topic, others: Others) -> _Reading | None:
    closing: list[tuple[str, Sentence]] = []
    body: list[tuple[str, Sentence]] = []
    for sentence in view.sentences[topic.sentence.index + 1 :]:
        if others.at(sentence, 0) or not (value := _outcome_in(sentence)):
            continue
        last = sentence.unit.section == "impression" or _CUES["conclusion"].search(sentence.text)
        (closing if last else body).append((value, sentence))
    for found in (closing, body):
        for kind in ("bad", "unsure", "good"):
            for value, sentence in found:
                if value == _VALUE[kind]:
                    return _Reading(topic, value, sentence)
    return None


def _awaited(topic: _Topic, masked: list[Span], later: list[Sentence]) -> _Reading | None:
    for match in _CUES["awaited"].finditer(topic.text):
        if not any(a <= match.start() < b for a, b in masked):
            firm = _hit("firm", topic.text, masked)
            return _Reading(topic, "awaited", topic.sentence, () if firm else (Reason.QUALIFIED,))
    for sentence in later:
        if _CUES["anaphor"].search(sentence.text):
            return _Reading(topic, "awaited", sentence)
    if topic.sentence.unit.section == "plan" and not _CUES["condition"].search(topic.text):
        return _Reading(topic, "awaited", topic.sentence, (Reason.QUALIFIED,))
    return None


# -------------------------------------------------------------------- dates


def _done(view: View, reading: _Reading) -> tuple[RawDate, EdtfDate] | None:
    """When a test with a result was done: the date nearest to it that is not ahead."""
    topic = reading.topic
    near = _by_distance(view, topic.sentence, topic)
    if not near and _CUES["sitting"].search(topic.text) and topic.sentence.index:
        before = view.sentences[topic.sentence.index - 1]
        near = list(reversed(view.dates_in(before.start, before.end)))
    if not near and reading.source is not topic.sentence:
        near = view.dates_in(reading.source.start, reading.source.end)
    if not near and _is_report(view, topic):
        near = [
            raw
            for raw in view.dates
            if _CUES["date_of"].search(view.text[max(0, raw.start - 40) : raw.start])
        ]
    for raw in near:
        date = view.resolve(raw)
        if date is not None and not _ahead(view, date):
            return raw, date
    return None


def _booked(view: View, reading: _Reading) -> tuple[RawDate, EdtfDate] | None:
    """When an awaited test is to be: a date from the letter's on, not that of the request."""
    topic = reading.topic
    near = _by_distance(view, topic.sentence, topic)
    if reading.source is not topic.sentence:
        near = near + view.dates_in(reading.source.start, reading.source.end)
    for raw in near:
        lead = view.text[max(0, raw.start - 24) : raw.start].lower().rstrip()
        asked = lead.removesuffix(" on").endswith(("requested", "ordered", "sent", "referred", "asked"))
        if raw.kind is Kind.TODAY or asked:
            continue
        date = view.resolve(raw, future=True)
        if date is not None and not _behind(view, date):
            return raw, date
    return None


def _by_distance(view: View, sentence: Sentence, topic: _Topic) -> list[RawDate]:
    """The dates of a sentence nearest first, those of other tests left out."""
    start, end = topic.mention.start, topic.mention.end
    found = []
    for raw in view.dates_in(sentence.start, sentence.end):
        after = raw.start >= end
        between = view.text[end : raw.start] if after else view.text[raw.end : start]
        if _CUES["other_test"].search(between) or "\n\n" in between:
            continue
        # A date before the test may belong to what stands before it.
        found.append((len(between) * (1.0 if after else 1.5), raw))
    return [raw for _, raw in sorted(found, key=lambda pair: pair[0])]


def _ahead(view: View, date: EdtfDate) -> bool:
    anchor = view.context.anchor
    return anchor is not None and date.earliest > anchor.latest


def _behind(view: View, date: EdtfDate) -> bool:
    anchor = view.context.anchor
    return anchor is not None and date.latest < anchor.earliest
