"""Stress echocardiograms (result, or awaited; date) and the latest ejection fraction.

Each mention of a stress echo is a topic. Its result, or that it is awaited, is read in
its own sentence first, then in the sentences that go on about it; in a letter that is
itself the report, anywhere after it. A "negative" stress echo is a good one.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.fields.cues import load_cues
from extract.fields.echodates import (
    Topic,
    Verdict,
    booked_for,
    by_distance,
    done_on,
    finer,
    is_report,
    lies_ahead,
)
from extract.fields.ejection import find_lvef
from extract.fields.subject import Others
from extract.fields.ticks import options
from extract.fields.view import Draft, View
from extract.language.reading import Mention, Sentence, UnitKind
from extract.records import Field, Reason
from extract.values.dates import EdtfDate
from extract.values.rawdates import RawDate

_CUES = load_cues("echo")
_VALUE = {"good": "satisfactory", "bad": "unsatisfactory", "unsure": "inconclusive"}
_VOID_SECTIONS = frozenset({"criteria", "family", "information"})
#: How many sentences after a topic may still be about it.
_REACH = 3
#: How far before "the stress one" the other echocardiogram may stand.
_ONE_REACH = 200

Span = tuple[int, int]


def find(view: View) -> Iterator[Draft]:
    """Stress echo results and dates, then the ejection fraction."""
    others = Others.of(view.reading)
    yield from _stress(view, others)
    yield from find_lvef(view, others)


def _stress(view: View, others: Others) -> Iterator[Draft]:
    readings = [r for topic in _topics(view, others) for r in _read(view, topic, others)]
    results = [r for r in readings if r.value != "awaited"]
    waits = [r for r in readings if r.value == "awaited"]
    if results:
        waits = [r for r in waits if r.repeat or _CUES["again"].search(r.topic.text)]
    dated: list[tuple[Verdict, RawDate, EdtfDate]] = []
    for reading in results + waits:
        yield view.draft(
            Field.STRESS_ECHO,
            reading.value,
            reading.topic.mention,
            reading.topic.mention.rule,
            reasons=reading.reasons,
        )
        when = booked_for(view, reading) if reading.value == "awaited" else done_on(view, reading)
        if when is not None:
            dated.append((reading, *when))
    for reading, raw, date in dated:
        if not any(finer(other, date) for _, _, other in dated):
            yield view.draft(
                Field.STRESS_ECHO_DATE,
                str(date),
                (raw.start, raw.end),
                reading.topic.mention.rule,
                reasons=(*reading.reasons, *((Reason.OCR,) if raw.ocr else ())),
                date=date,
            )


def _topics(view: View, others: Others) -> Iterator[Topic]:
    for mention in view.mentions("STRESS_ECHO", "STRESS_ONE"):
        sentence = view.reading.sentence(mention)
        if mention.label == "STRESS_ONE" and not _after_an_echo(view, mention):
            continue
        at = sentence.folded(mention.start)
        if sentence.unit.section in _VOID_SECTIONS or others.at(sentence, at):
            continue
        yield Topic(sentence, mention, at, sentence.folded(mention.end - 1) + 1)


def _after_an_echo(view: View, mention: Mention) -> bool:
    """Whether "the stress one" stands beside an echocardiogram of another kind."""
    before = view.text[max(0, mention.start - _ONE_REACH) : mention.start]
    return "echo" in before.lower()


# ------------------------------------------------------------------ results


def _read(view: View, topic: Topic, others: Others) -> Iterator[Verdict]:
    later = list(_later(view, topic, others))
    first = _first(view, topic, others, later)
    if first is None:
        return
    yield first
    if first.value != "awaited":
        if ahead := _CUES["repeat_ahead"].search(topic.text, topic.to):
            at = topic.sentence.raw(ahead.start(), ahead.end())[0]
            yield Verdict(topic, "awaited", topic.sentence, repeat=True, after=at)
        for sentence in later:
            if _CUES["anaphor"].search(sentence.text) and _CUES["again"].search(sentence.text):
                yield Verdict(topic, "awaited", sentence, repeat=True)


def _first(view: View, topic: Topic, others: Others, later: list[Sentence]) -> Verdict | None:
    masked = _unticked(topic.sentence)
    text = topic.text
    firm = _hit("firm", text, masked)
    copied = topic.sentence.unit.copied
    criterion = bool(_CUES["criterion"].search(text)) or _listed_criterion(view, topic.sentence)
    denied = bool(_CUES["denied"].search(text[: topic.at]))
    if any(a <= topic.at < b for a, b in masked) or (criterion and not firm):
        return None
    value = None if criterion or denied else _outcome(view, topic, masked)
    if value:
        return Verdict(topic, value, topic.sentence)
    if (denied or _not_done(topic, masked)) and not firm:
        return _asked_for(topic, later)
    for sentence in later:
        if found := _outcome_in(sentence):
            return Verdict(topic, found, sentence)
    if is_report(view, topic) and not firm and (report := _report(view, topic, others)):
        return report
    return None if copied else _awaited(view, topic, masked, later)


def _listed_criterion(view: View, sentence: Sentence) -> bool:
    """An item of a list that "patients must have" or "you may be able to join if" leads in."""
    unit = sentence.unit
    if unit.kind is not UnitKind.ITEM:
        return False
    lead = unit.index
    while lead and view.reading.units[lead].kind is UnitKind.ITEM:
        lead -= 1
    above = view.reading.units[lead]
    return bool(_CUES["criterion"].search(view.text[above.start : above.end]))


def _outcome(view: View, topic: Topic, masked: list[Span]) -> str | None:
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
    return [one for one in found if not any(_ousts(other, one) for other in found)]


def _ousts(other: tuple[str, int, int], one: tuple[str, int, int]) -> bool:
    """Whether ``other`` overlaps ``one`` and reads it: "no" before, "un" within, what is longer."""
    if other is one or other[1] >= one[2] or one[1] >= other[2]:
        return False
    return (other[1], -other[2]) < (one[1], -one[2])


def _verdict(kinds: list[str]) -> str | None:
    """A bad finding outweighs doubt, and doubt a good one."""
    return next((_VALUE[kind] for kind in ("bad", "unsure", "good") if kind in kinds), None)


def _leads(between: str) -> bool:
    """Whether a result stands right before the test: "passed his stress echo"."""
    words = between.split()
    return len(words) <= 3 and not any(c in between for c in ",;:(") and "and" not in words


def _other_test(text: str, start: int, stop: int) -> bool:
    """Whether another test is named between, so that a result is that test's."""
    return bool(_CUES["other_test"].search(text, start, stop))


def _conditional(topic: Topic, start: int) -> bool:
    stop = max(start, topic.at)
    cues = list(_CUES["condition"].finditer(topic.text, 0, stop))
    gap = topic.text[cues[-1].end() : stop] if cues else ";"
    return ";" not in gap and " but " not in gap


def _criterion_cells(view: View, topic: Topic) -> list[Span]:
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


def _not_done(topic: Topic, masked: list[Span]) -> bool:
    for match in _CUES["not_done"].finditer(topic.text):
        if any(a <= match.start() < b for a, b in masked):
            continue
        if match.start() >= topic.to and match.start() - topic.to < 60:
            return True
        if match.start() < topic.at and topic.at - match.end() < 40:
            return True
    return False


# --------------------------------------------------------- sentences further on


def _later(view: View, topic: Topic, others: Others) -> Iterator[Sentence]:
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
    "segment", "wall motion", "rwma", "kine", "images", "windows",
)  # fmt: skip


def _outcome_in(sentence: Sentence) -> str | None:
    """A result in a sentence that does not name the test but goes on about it."""
    low = " " + sentence.text.lower()
    pointing = low.startswith((" it ", " this ", " that ")) or "through it" in low
    about = pointing or any(word in low for word in _ABOUT)
    if not about and not _CUES["unsure"].search(sentence.text):
        return None
    if _CUES["condition"].search(sentence.text) or _CUES["criterion"].search(sentence.text):
        return None
    kinds = []
    for kind, start, stop in _matches(sentence.text, []):
        if _other_test(sentence.text, 0, start):
            continue
        whole = kind == "good" and not _CUES["strong_good"].search(sentence.text[start:stop])
        if whole and not pointing:
            continue
        kinds.append(kind)
    return _verdict(kinds)


def _report(view: View, topic: Topic, others: Others) -> Verdict | None:
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
                    return Verdict(topic, value, sentence)
    return None


def _awaited(view: View, topic: Topic, masked: list[Span], later: list[Sentence]) -> Verdict | None:
    for match in _CUES["awaited"].finditer(topic.text):
        if not any(a <= match.start() < b for a, b in masked):
            firm = _hit("firm", topic.text, masked)
            return Verdict(topic, "awaited", topic.sentence, () if firm else (Reason.QUALIFIED,))
    if (asked := _asked_for(topic, later)) is not None:
        return asked
    if any(lies_ahead(view, raw) for raw in by_distance(view, topic.sentence, topic)):
        return Verdict(topic, "awaited", topic.sentence, (Reason.INFERRED,))
    if topic.sentence.unit.section == "plan" and not _CUES["condition"].search(topic.text):
        return Verdict(topic, "awaited", topic.sentence, (Reason.QUALIFIED,))
    return None


def _asked_for(topic: Topic, later: list[Sentence]) -> Verdict | None:
    """A request that a following sentence tells of: "I have asked for one"."""
    for sentence in later:
        if _CUES["anaphor"].search(sentence.text):
            return Verdict(topic, "awaited", sentence)
    return None
