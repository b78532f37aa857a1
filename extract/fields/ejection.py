"""The most recent ejection fraction, by any method."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from extract.fields.cues import load_cues
from extract.fields.subject import Others
from extract.fields.view import Draft, View
from extract.language.reading import Sentence
from extract.language.trying import trial
from extract.records import Field, Reason
from extract.values.cardinals import CARDINAL_WORDS, fold, word_value
from extract.values.counts import Bound, bound_after, bound_before
from extract.values.dates import EdtfDate
from extract.values.quantities import Quantity

_CUES = load_cues("echo")
_NUMBER = rf"(?:[1-9]\d(?:\.\d+)?|[1-9l|][\doli|]|{CARDINAL_WORDS})"
#: A number of two digits or in words, with its range and its per cent.
_FRACTION = trial(
    rf"(?<![\w/.-])(?P<a>{_NUMBER})(?:\s?(?:%|per\s?cent)?\s?(?P<join>-|to|/)\s?(?P<b>{_NUMBER}))?"
    r"(?P<sign>\s?(?:%|per\s?cent|percent))?(?![\d/.]*\d|\w|\s?(?:mm|ml|kg|bpm|years?|mg|weeks|months))"
)
#: What ends the stretch in which a number is still that of the fraction.
_STOP = trial(
    r"[;]|(?<!\.)\.\s|\b(?:BP|pulse|heart rate|HR|TR|RVSP|FEV1?|gradient|CAIX|weight|wt|creat\w*"
    r"|aged?|score|sats|RR|PR)\b",
    re.IGNORECASE,
)
#: "; it was 60% six months later".
_IT_WAS = trial(r"[;,] (?:and |but )?(?:it|this) was (?:\w+ )?$", re.IGNORECASE)
_LATER = trial(r"[^.;]{0,24}\b(?:later|afterwards|thereafter)\b", re.IGNORECASE)
_REACH = 70
_SLIPS = str.maketrans("oli|", "0111")
_LOWEST, _HIGHEST = 10, 90


@dataclass(frozen=True, slots=True)
class _Fraction:
    """A fraction as read: its value, where, its date if given, and its place in the letter."""

    value: Quantity
    start: int
    end: int
    date: EdtfDate | None
    past: bool
    rule: str
    ocr: bool = False
    early: bool = False  # at baseline, or at peak stress


def find_lvef(view: View, others: Others) -> Iterator[Draft]:
    """The letter's latest ejection fraction, where it gives one."""
    found = [one for sentence in view.sentences for one in _in_sentence(view, sentence, others)]
    latest = _latest(found, story=view.context.anchor is None)
    if latest is None:
        return
    yield view.draft(
        Field.LVEF,
        str(latest.value),
        (latest.start, latest.end),
        latest.rule,
        reasons=(Reason.OCR,) if latest.ocr else (),
    )


def _latest(found: list[_Fraction], *, story: bool) -> _Fraction | None:
    """The last by date; what has none is of the letter's time, and what was is no more.

    A text without a date tells a ``story``: what it tells last is the latest.
    """
    if story and found:
        return ([one for one in found if not one.early] or found)[-1]
    now = [one for one in found if not one.past] or found
    if not now:
        return None
    undated = [one for one in now if one.date is None]
    if undated:
        return undated[-1]
    return max(now, key=lambda one: (one.date.latest if one.date else date.max, one.start))


def _in_sentence(view: View, sentence: Sentence, others: Others) -> Iterator[_Fraction]:
    if sentence.unit.section == "criteria":
        return
    for mention in sentence.of("EF"):
        at = sentence.folded(mention.start)
        to = sentence.folded(mention.end - 1) + 1
        if others.at(sentence, at) or _CUES["ef_unread"].search(sentence.text[:at]):
            continue
        window = _window(sentence, to)
        for one in _numbers(view, sentence, to, window, mention.rule):
            first = _CUES["ef_first"].search(sentence.text[:at]) or _at_peak(view, sentence, at)
            yield replace(one, past=True, early=True) if first else one
    yield from _carried(view, sentence, others)


def _at_peak(view: View, sentence: Sentence, at: int) -> bool:
    """Whether the fraction is that at peak stress: "Peak: all segments augment. EF 70%."."""
    before = view.sentences[max(0, sentence.index - 2) : sentence.index]
    same = [s.text for s in before if s.unit.index == sentence.unit.index]
    told = " ".join([*same, sentence.text[:at]]).lower()
    peak = max((m.start() for m in _CUES["ef_peak"].finditer(told)), default=-1)
    return peak > max((m.start() for m in _CUES["ef_rest"].finditer(told)), default=-1)


def _window(sentence: Sentence, start: int) -> int:
    """Where the stretch that may hold the number ends."""
    stop = min(len(sentence.text), start + _REACH)
    found = _STOP.search(sentence.text, start, stop)
    return found.start() if found else stop


def _numbers(
    view: View, sentence: Sentence, start: int, stop: int, rule: str
) -> Iterator[_Fraction]:
    text = sentence.text
    low = fold(text)
    read = []
    for match in _FRACTION.finditer(low, start, stop):
        bare = not match["sign"]
        if bare and (
            match.start() - start > 24 or re.search(r"\d\s*$", low[start : match.start()])
        ):
            continue
        value = _value(low, match, start)
        if value is None:
            continue
        lead = text[max(start, match.start() - 24) : match.start()]
        falls = match["join"] == "to" and lead.rstrip().lower().endswith("from")
        past = not falls and bool(
            _CUES["ef_past_before"].search(lead)
            or _CUES["ef_past_after"].match(text[match.end() : match.end() + 24])
        )
        place = sentence.raw(match.start(), match.end())
        ocr = bool(re.search(r"\d[oli|]|[oli|]\d", match["a"]))
        read.append(_Fraction(value, *place, _date(view, sentence), past, rule, ocr))
        if _CUES["ef_now"].search(lead):
            yield read[-1]
            return
    present = [one for one in read if not one.past]
    if read and (back := _recovered(sentence, (present or read)[0])):
        yield replace(
            (present or read)[0], past=False, value=back[0], start=back[1], end=back[2], date=None
        )
        return
    yield from present[:1] or read[:1]


def _recovered(sentence: Sentence, fallen: _Fraction) -> tuple[Quantity, int, int] | None:
    """The number it came back to, later in the sentence: "45%, back to 57% last week"."""
    low = fold(sentence.text)
    for match in _FRACTION.finditer(low, sentence.folded(fallen.end - 1) + 1):
        before, after = sentence.text[: match.start()], sentence.text[match.end() :]
        later = _IT_WAS.search(before) and _LATER.match(after)
        if match["sign"] and (later or _CUES["ef_back"].search(before)):
            value = _value(low, match, 0)
            if value is not None:
                return (value, *sentence.raw(match.start(), match.end()))
    return None


def _value(low: str, match: re.Match[str], floor: int) -> Quantity | None:
    first = _number(match["a"])
    second = _number(match["b"]) if match["b"] else None
    if first is None or not _LOWEST <= first <= _HIGHEST:
        return None
    if second is not None and not _LOWEST <= second <= _HIGHEST:
        return None
    if (
        second is not None
        and match["join"] == "to"
        and low[: match.start()].rstrip().endswith("from")
    ):
        return Quantity.exact(second)  # "fell from 62 to 41 %"
    if second is not None and second < first:
        return Quantity.exact(second)
    bound, begin = bound_before(low, match.start(), floor)
    if bound is Bound.ABOUT and "estimated" in low[begin : match.start()]:
        bound = Bound.EXACT  # every ejection fraction is an estimate
    if bound is Bound.EXACT:
        bound, _ = bound_after(low, match.end())
    return Quantity.bounded(bound, first, second)


def _number(words: str) -> float | None:
    plain = words.translate(_SLIPS) if any(c.isdigit() for c in words) else words
    if plain[0].isdigit():
        return float(plain)
    value = word_value(plain)
    return None if value is None else float(value)


def _date(view: View, sentence: Sentence) -> EdtfDate | None:
    for raw in view.dates_in(sentence.start, sentence.end):
        when = view.resolve(raw)
        if when is not None:
            return when
    return None


def _carried(view: View, sentence: Sentence, others: Others) -> Iterator[_Fraction]:
    """A recovery told some sentences after the fall: "it has come up again, to 56%"."""
    if sentence.of("EF", "STRESS_ECHO") or others.at(sentence, 0):
        return
    before = view.sentences[max(0, sentence.index - 3) : sentence.index]
    if not any(s.of("EF") and s.unit.index == sentence.unit.index for s in before):
        return
    low = fold(sentence.text)
    for match in _FRACTION.finditer(low):
        if match["sign"] and _CUES["ef_back"].search(sentence.text[: match.start()]):
            value = _value(low, match, 0)
            if value is not None:
                place = sentence.raw(match.start(), match.end())
                yield _Fraction(value, *place, None, False, "ejection_fraction")
