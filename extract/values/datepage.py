"""The text a scan runs on, and the words before a date that belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from extract.values.cardinals import fold
from extract.values.counts import windows
from extract.values.datekinds import Kind, Part
from extract.values.datepatterns import PREFIX, PREFIX_FILLERS, PREFIX_WORDS
from extract.values.datewords import MONTH, WEEKDAY_NUMBER
from extract.values.rawdates import RawDate

_WINDOW: Final = 40
_DIRECTION: Final = {"last": -1, "previous": -1, "this": 0, "next": 1}
_TAKES_PART: Final = frozenset(
    {Kind.MONTH_YEAR, Kind.MONTH_ONLY, Kind.YEAR, Kind.SEASON, Kind.TOLD}
)
_TAKES_DIRECTION: Final = frozenset({Kind.MONTH_ONLY, Kind.SEASON, Kind.FEAST, Kind.WEEKDAY})
_TAKES_WEEKDAY: Final = frozenset({Kind.FULL, Kind.NUMERIC, Kind.DAY_MONTH, Kind.NUMERIC_MY})

_C: Final = "[0-9OoIl|]"
_SLIP_HINT: Final = re.compile(r"\d(?:[/.-]?[OoIl|c]|(?<=[OoIliur|]\d)|(?<=[OoIl|][/.-]\d))")
#: A day of two letters: "On ll May".
_LETTER_DAY: Final = re.compile(r" l[lOI](?=[\s-])")
_SLIPPED: Final = re.compile(
    rf"(?<![A-Za-z0-9|/])(?:{_C}{{1,2}}([/.-]){_C}{{1,2}}\1(?:{_C}{{4}}|{_C}{{2}})"
    rf"|{_C}{{4}}-{_C}{{2}}-{_C}{{2}}|[12Il][0-9OoIl|]{{3}}|{_C}{{1,2}}/{_C}{{2}}(?!/)"
    rf"|(?:\d[OoIl|]|[OoIl|]\d)(?=(?:st|nd|rd|th)\b|(?:st|nd|rd|th)?[\s-](?i:{MONTH}))"
    rf"|l[lOI](?=[\s-](?i:{MONTH}))|Apri1|Apr1l|Ju1y|0ct(?:ober)?)(?![A-Za-z0-9|])"
    r"|(?<![A-Za-z0-9|])(?:\d[OoIl|]|[OoIl|]\d)(?=(?:st|nd|rd|th)\b)"
)
_SLIPS: Final = str.maketrans("OoIl|", "00111")


@dataclass(slots=True)
class Page:
    """A text being scanned.

    ``text`` is as given but for scanning slips inside dates, ``low`` the same in lower
    case, both character for character as long as the original. ``found`` grows in order.
    """

    original: str
    text: str
    low: str
    found: list[RawDate] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Page:
        """A page of ``text``, its scanning slips mended where they stand in a date."""
        mended = text
        if _SLIP_HINT.search(text) or _LETTER_DAY.search(text):
            mended = _without_slips(text)
        return cls(text, mended, fold(mended))

    def before(self, at: int, width: int = _WINDOW) -> str:
        """Up to ``width`` characters before ``at``, in lower case."""
        return self.low[max(0, at - width) : at]

    def adjoins(self, at: int) -> bool:
        """Whether only a joining word or mark lies between the last date and ``at``."""
        if not self.found or at - self.found[-1].end > 12:
            return False
        return self.gap(at) in _JOINS

    def gap(self, at: int) -> str:
        """What lies between the last date and ``at``, outer spaces aside."""
        return self.low[self.found[-1].end : at].strip() if self.found else ""

    def glued(self, at: int) -> bool:
        """Whether a hyphen or slash joins the number at ``at`` to something that is no date."""
        low = self.low
        joined = at >= 2 and low[at - 1] in "-–/" and low[at - 2].isalnum()
        return joined and not self.adjoins(at)

    def add(self, raw: RawDate) -> None:
        """Keep ``raw``, with the words before it that belong to it."""
        raw = self._prefixed(raw)
        if self.text is not self.original and self._mended(raw):
            raw = replace(raw, ocr=True)
        while self.found and self.found[-1].end > raw.start:
            weekday = self.found.pop()  # which turned out to begin a fuller date
            raw = replace(raw, start=min(raw.start, weekday.start))
        self.found.append(raw)

    def _mended(self, raw: RawDate) -> bool:
        return self.text[raw.start : raw.end] != self.original[raw.start : raw.end]

    def _prefixed(self, raw: RawDate) -> RawDate:
        begin = max(0, raw.start - _WINDOW)
        nearest = self.low[begin : raw.start].rstrip(" .,:-(\n\t\xa0")
        last = nearest[1 + max(nearest.rfind(" "), nearest.rfind("\n"), nearest.rfind("-")) :]
        if last not in PREFIX_WORDS:
            return raw
        # Most dates have "on" or "the" before them; that alone is no prefix.
        if last in PREFIX_FILLERS:
            words = nearest.translate(_SPACED).split()[-5:-1]
            if not any(word in PREFIX_WORDS and word not in PREFIX_FILLERS for word in words):
                return raw
        for earlier in reversed(self.found[-2:]):
            if earlier.kind is not Kind.WEEKDAY:
                begin = max(begin, earlier.end)
                break
        window = self.low[begin : raw.start]
        match = PREFIX.search(window)
        if match is None:
            return raw
        return _with_prefix(raw, match, begin)


_SPACED: Final = str.maketrans(dict.fromkeys("-(,:.", " "))
_JOINS: Final = frozenset(
    {
        "",
        ",",
        ";",
        "-",
        "–",
        "—",
        "−",
        "/",
        "&",
        "+",
        "and",
        "or",
        "to",
        "until",
        "till",
        "->",
        "→",
        ", and",
    }
)


def _with_prefix(raw: RawDate, match: re.Match[str], begin: int) -> RawDate:
    starts = [raw.start]
    if match["part"] and raw.kind in _TAKES_PART:
        raw = replace(raw, part=read_part(match["part"]))
        starts.append(begin + match.start("part"))
    if match["dir"] and raw.kind in _TAKES_DIRECTION and raw.year is None:
        if raw.direction is None and raw.year_shift is None:
            raw = replace(raw, direction=_DIRECTION[match["dir"]])
        starts.append(begin + match.start("dir"))
    if match["wc"] and raw.kind in _TAKES_WEEKDAY:
        reading = "dm" if raw.kind is Kind.NUMERIC_MY else raw.reading
        raw = replace(raw, part=Part.WEEK, reading=reading)
        starts.append(begin + match.start("wc"))
    if match["wd"] and match["wd"] != "sun" and raw.kind in _TAKES_WEEKDAY:  # sunitinib
        reading = "dm" if raw.kind is Kind.NUMERIC_MY else raw.reading
        raw = replace(raw, weekday=WEEKDAY_NUMBER[match["wd"][:3]], reading=reading)
        starts.append(begin + match.start("wd"))
    return replace(raw, start=min(starts)) if len(starts) > 1 else raw


def read_part(words: str) -> Part:
    """The part of a month or year that a prefix such as "towards the end of" names."""
    if "week" in words:
        for word, part in _WEEKS:
            if word in words:
                return part
    if "half" in words or "part" in words:
        return Part.FIRST_HALF if "first" in words or "1st" in words else Part.SECOND_HALF
    if "early" in words:
        return Part.EARLY_TO_MID if "mid" in words else Part.EARLY
    if "mid" in words:
        return Part.MID_TO_LATE if "late" in words else Part.MID
    if "late" in words:
        return Part.LATE
    return Part.END if "end" in words else Part.START


_WEEKS: Final = (
    ("first", Part.WEEK_1),
    ("1st", Part.WEEK_1),
    ("second", Part.WEEK_2),
    ("2nd", Part.WEEK_2),
    ("third", Part.WEEK_3),
    ("3rd", Part.WEEK_3),
    ("fourth", Part.WEEK_4),
    ("4th", Part.WEEK_4),
    ("last", Part.LAST_WEEK),
    ("final", Part.LAST_WEEK),
)


def _without_slips(text: str) -> str:
    """``text`` with the slips in its dates mended, character for character."""
    parts, done = [], 0
    stretches = [*windows(_SLIP_HINT, text, 16, 24), *windows(_LETTER_DAY, text, 2, 24)]
    for begin, end in sorted(stretches):
        for match in _SLIPPED.finditer(text, begin, end):
            if match.start() >= done:
                parts += [text[done : match.start()], _mend(match)]
                done = match.end()
    return "".join([*parts, text[done:]]) if parts else text


def _mend(match: re.Match[str]) -> str:
    found = match[0]
    if found in _MONTH_SLIPS:
        return _MONTH_SLIPS[found]
    digits = sum(char.isdigit() for char in found)
    # A year needs two true digits ("2O1O"); a word such as "lol" has none.
    if digits == len(found) or (digits < min(2, len(found) - 1) and len(found) > 2):
        return found
    mended = found.translate(_SLIPS)
    if len(found) == 4 and mended.isdigit() and mended[:2] not in {"19", "20"}:
        return found
    return mended


_MONTH_SLIPS: Final = {
    "Apri1": "April",
    "Apr1l": "April",
    "Ju1y": "July",
    "0ct": "Oct",
    "0ctober": "October",
}
