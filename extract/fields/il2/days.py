"""The dates of a sentence on which a cycle of interleukin-2 began.

The nearest words before a date say what happened on it; a bare date counts where it
stands beside the cycle, the drug or the doses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from extract.fields.cues import Cues
from extract.fields.view import View
from extract.language.reading import Sentence
from extract.language.trying import Trial, trial
from extract.values.datekinds import DateContext, Kind
from extract.values.dates import EdtfDate, Precision, shift_days
from extract.values.rawdates import RawDate

_WINDOW = 80
#: A cycle follows the one before within so many days.
_NEXT_CYCLE = range(4, 190)
_YEARLESS = frozenset({Kind.DAY_MONTH, Kind.NUMERIC_MY, Kind.DAY_ONLY, Kind.MONTH_ONLY})
_LONG_AGO = 300
_BARE_DAY = trial(
    r"(?<![\w/.:-])(?<!cycle )(?<!week )(?<!course )(?<!dose )(?<!C)(?<!#)"
    r"(?P<day>\d{1,2})(?P<end>(?:st|nd|rd|th)(?=\s?(?:and|&|,|\+))|(?=\s?(?:and|&|\+)))\s?"
    r"(?:and|&|,|\+)\s?(?:the\s|on\s)?$",
    re.IGNORECASE,
)
_BARE_FIRST = trial(
    r"(?<![\w/.:-])(?P<day>\d{1,2})(?P<end>(?:st|nd|rd|th)?)\s?(?:-|to)\s?(?:the\s)?$",
    re.IGNORECASE,
)
_RANGE = trial(r"(?:st|nd|rd|th)?\s?(?:-+>?|to|until|till|through)\s?(?:the\s)?", re.IGNORECASE)
_BARE_NUMERIC = trial(r"(?<![\w/.:-])(\d{1,2})[/.](\d{1,2})\s?(?:and|&|,|\+)\s?$")


class Role(IntEnum):
    """What a date says of a cycle's beginning, weakest first."""

    ADMITTED = 1
    BESIDE = 2
    BEGAN = 3


@dataclass(frozen=True, slots=True)
class Day:
    """A date at ``start:end`` of a sentence's folded text on which a cycle began.

    ``first_dose`` marks the words "first dose"; ``offset`` a day so many after the one
    before ("a fortnight later"), which has no ``raw``.
    """

    start: int
    end: int
    raw: RawDate | None
    role: Role
    first_dose: bool = False
    offset: int = 0


def find_days(
    view: View, sentence: Sentence, anchors: Iterable[tuple[int, int]], cues: Cues
) -> list[Day]:
    """The dates in a sentence on which cycles seem to have begun, in order.

    Args:
        view: the letter.
        sentence: where to look.
        anchors: spans of its folded text that name a cycle, the drug or a number of doses.
        cues: those of ``patterns/il2.yaml``.
    """
    near = sorted(anchors)
    found: list[Day] = []
    floor, tail = 0, -1
    masked = _masked(sentence.text, near)
    dates = _with_bare(view, sentence, cues)
    dates = sorted([*dates, *_slashed(view, sentence, dates, cues)], key=lambda raw: raw.start)
    for position, raw in enumerate(dates):
        start, end = sentence.folded(raw.start), sentence.folded(raw.end - 1) + 1
        between = masked[floor:start]
        if position and _RANGE.fullmatch(between):
            if found and tail == floor and _PAIR_OF_DOSES.match(masked, end):
                found[-1] = _first_of_range(found[-1], raw)
            tail, floor = (end if tail == floor else tail), end  # the last day of a range
            continue
        stop = sentence.folded(dates[position + 1].start) if position + 1 < len(dates) else None
        day: Day | None
        if found and tail == floor and _JOINS.fullmatch(between):
            day = replace(found[-1], start=start, end=end, first_dose=False)
        else:
            day = _read(masked, start, end, floor, stop, near, cues)
        if day and raw.kind not in (Kind.SEASON, Kind.FEAST):
            found.append(replace(day, raw=raw))
            tail = end
        floor = end
    return sorted([*found, *_later(sentence.text, cues)], key=lambda day: day.start)


def _with_bare(view: View, sentence: Sentence, cues: Cues) -> list[RawDate]:
    """The sentence's dates, and days that share the month of the next ("1 and 15 May")."""
    found: list[RawDate] = []
    for scanned in view.dates_in(sentence.start, sentence.end):
        if scanned.kind is Kind.TOLD and found:
            continue  # "placed 05/16, first dose that evening": one day
        raw = _cycle_day(view.text, sentence.start, scanned, cues)
        bare = _bare(view.text, sentence.start, raw)
        if bare is not None:
            found = [one for one in found if one.end <= bare.start]
            found.append(bare)
        found.append(raw)
    return found


def _slashed(
    view: View, sentence: Sentence, dates: Sequence[RawDate], cues: Cues
) -> Iterable[RawDate]:
    """Days such as "4/10" behind a cycle's name, which elsewhere are fractions."""
    for match in cues["slashed_day"].finditer(sentence.text):
        day, month = int(match["day"]), int(match["month"])
        start, end = sentence.raw(match.start("day"), match.end("month"))
        if not (1 <= day <= 31 and 1 <= month <= 12):
            continue
        if view.context.order == "mdy":
            day, month = month, day
        if month <= 12 and not any(raw.start < end and start < raw.end for raw in dates):
            yield RawDate(start, end, Kind.DAY_MONTH, day=day, month=month)


def _cycle_day(text: str, floor: int, raw: RawDate, cues: Cues) -> RawDate:
    """The day of "second cycle 18 Oct", which a scan takes for the cycle's number."""
    if raw.kind not in (Kind.MONTH_ONLY, Kind.MONTH_YEAR) or raw.day is not None:
        return raw
    begin = max(floor, raw.start - 24)
    match = cues["cycle_day"].search(text[begin : raw.start])
    if match is None or not 1 <= int(match["day"]) <= 31:
        return raw
    kind = Kind.FULL if raw.has_year else Kind.DAY_MONTH
    return replace(raw, start=begin + match.start("day"), kind=kind, day=int(match["day"]))


def _bare(text: str, floor: int, raw: RawDate) -> RawDate | None:
    """The day before ``raw`` that borrows its month or year, None without one."""
    if not raw.day or not raw.month:
        return None
    begin = max(floor, raw.start - 20)
    before = text[begin : raw.start]
    if match := _BARE_NUMERIC.search(before):
        day, month = int(match[1]), int(match[2])
        end = begin + match.end(2)
    elif match := _BARE_DAY.search(before) or _BARE_FIRST.search(before):
        day, month = int(match[1]), raw.month
        end = begin + match.end("end")
    else:
        return None
    if not (1 <= day <= 31 and 1 <= month <= 31):
        return None
    return replace(raw, start=begin + match.start(1), end=end, day=day, month=month, weekday=None)


#: "7 June - 25 June 2010; doses 12 and 10": both cycles of a course; counts are blanked out.
_PAIR_OF_DOSES = trial(r"[\s);:,]*doses?\s+(?:and|&|,|\+|\s)+", re.IGNORECASE)
_OF_DAY = trial(r"(?:[a-z]{3,9},?\s)?\d", re.IGNORECASE)


def _first_of_range(day: Day, last: RawDate) -> Day:
    """The first day of a course, with the year that only its last day has."""
    raw = day.raw
    if raw is not None and raw.kind is Kind.DAY_MONTH and last.kind is Kind.FULL:
        raw = replace(raw, kind=Kind.FULL, year=last.year)
    return replace(day, raw=raw, first_dose=True)


#: What ties a date to the doses told right behind it: "on 12 March you managed 11 doses".
_MANAGED = trial(
    r"\s?[(:]\s?|,?\s(?:when\s|and\s)?(?:you|he|she|we)?\s?(?:only\s)?"
    r"(?:managed|had|received|got|took|tolerated|gave)\s(?:only\s|just\s)?",
    re.IGNORECASE,
)
_JOINS = trial(
    r"[\s()]*(?:,|and|&|\+|;)?[\s()]*(?:and|then)?\s*(?:then|again)?\s*(?:on|from)?\s*(?:the)?\s*",
    re.IGNORECASE,
)


def _masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with cycles, drugs and counts blanked out, so that words between show."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _read(
    text: str,
    start: int,
    end: int,
    floor: int,
    stop: int | None,
    near: Sequence[tuple[int, int]],
    cues: Cues,
) -> Day | None:
    begin = max(floor, start - _WINDOW)
    window = text[begin:start]
    places = {
        "start": _last(cues["date_start"], window),
        "end": _last(cues["date_end"], window),
        "admit": _last(cues["date_admit"], window),
        "other": _last(cues["date_other"], window),
    }
    anchored = max((b - begin for _, b in near if begin <= b <= start), default=-1)
    cue = max(places, key=lambda name: places[name])
    first = _last(cues["date_first_dose"], window)
    if first >= max(places["end"], places["other"], 0):  # "the first dose went in on"
        cue, places["start"] = "start", first
    lightly = places[cue] >= 0 and light(window[places[cue] :], cues)
    if anchored > places[cue] and not (cue == "start" and lightly):
        return _beside(text, start, end, begin, anchored, stop, near, cues)
    if places[cue] < 0:
        return _beside(text, start, end, begin, anchored, stop, near, cues)
    if cue == "start" and lightly:
        return Day(start, end, None, Role.BEGAN, first_dose=first >= 0 and first >= places[cue])
    if cue == "admit" and lightly:
        return Day(start, end, None, Role.ADMITTED)
    if cue == "end" and _starts_after(text, end, stop, cues):
        return Day(start, end, None, Role.BEGAN)
    return None


def _beside(
    text: str,
    start: int,
    end: int,
    begin: int,
    anchored: int,
    stop: int | None,
    near: Sequence[tuple[int, int]],
    cues: Cues,
) -> Day | None:
    """A date without words of its own, read by what stands next to it."""
    if _starts_after(text, end, stop, cues):
        first = bool(cues["date_first_dose"].match(text[end:].lstrip(" :,(-")))
        return Day(start, end, None, Role.BEGAN, first_dose=first)
    if anchored >= 0 and light(text[begin + anchored : start], cues):
        return Day(start, end, None, Role.BESIDE)
    follows = min((a for a, _ in near if a >= end), default=-1)
    reaches = follows >= 0 and (stop is None or follows < stop)
    opens = not text[begin:start].strip(" ([-*:,;") or begin + anchored == start
    if reaches and opens and light(text[end:follows], cues):
        return Day(start, end, None, Role.BESIDE)
    if reaches and _OF_DAY.match(text[start:end]) and _MANAGED.fullmatch(text[end:follows]):
        return Day(start, end, None, Role.BESIDE)
    return None


def _starts_after(text: str, end: int, stop: int | None, cues: Cues) -> bool:
    """Whether "first dose" or "started" stands behind a date, and not before the next one."""
    match = cues["date_after_start"].match(text[end:])
    if match is None:
        return False
    return stop is None or not light(text[end + match.end() : stop], cues)


def light(between: str, cues: Cues) -> bool:
    """Whether only small words and numbers stand between two things."""
    plain = between.lower() if between.isupper() else between  # names begin with a capital
    return not between or bool(cues["light"].fullmatch(plain))


def _last(pattern: Trial, window: str) -> int:
    """Where the last match of ``pattern`` in ``window`` ends, -1 without one."""
    place = -1
    for match in pattern.finditer(window):
        place = match.end()
    return place


def _later(text: str, cues: Cues) -> Iterable[Day]:
    for match in cues["later"].finditer(text):
        count = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}.get(match["n"].lower(), 0)
        count = count or (int(match["n"]) if match["n"].isdigit() else 0)
        unit = match["unit"].lower()
        days = count * (14 if unit == "fortnight" else 7 if unit.startswith("week") else 1)
        if days:
            yield Day(match.start(), match.end(), None, Role.BESIDE, offset=days)


def resolve(
    view: View, day: Day, before: EdtfDate | None, after: EdtfDate | None
) -> EdtfDate | None:
    """The date meant, by the letter's date and those of the cycles next to it.

    Args:
        view: the letter.
        day: what is written.
        before: when the cycle before began, where that is known.
        after: a later date of the same sentence that has a year.
    """
    if day.raw is None:
        if before is None or before.precision is not Precision.DAY:
            return None
        return EdtfDate.of(shift_days(before.start, day.offset), approximate=True)
    if day.raw.has_year or day.raw.kind not in _YEARLESS or day.raw.year_shift is not None:
        return view.resolve(day.raw)
    order = view.context.order
    if before is not None:
        made = day.raw.resolve(DateContext(before, order), True)
        if made and (made.start - before.start).days in _NEXT_CYCLE and not _ahead(view, made):
            return made
    if after is not None:
        return day.raw.resolve(DateContext(after, order))
    return view.resolve(day.raw)


def _ahead(view: View, made: EdtfDate) -> bool:
    anchor = view.context.anchor
    return anchor is not None and made.earliest > anchor.latest


def to_come(view: View, day: Day, made: EdtfDate, planned: bool, recent: bool) -> bool:
    """Whether the date lies ahead of the letter, or is a plan that no year tells from the past.

    Args:
        view: the letter.
        day: what is written.
        made: the date it was read as.
        planned: the sentence speaks of a plan.
        recent: nothing tells of the past, or the letter is about an admission, so that a
            day of almost a year ago is none.
    """
    anchor = view.context.anchor
    if anchor is None:
        return planned
    if made.earliest > anchor.latest:
        return True
    if day.raw is None or day.raw.has_year:
        return planned and made.latest >= anchor.earliest
    long_ago = (anchor.earliest - made.latest).days > _LONG_AGO
    return planned or (recent and long_ago)
