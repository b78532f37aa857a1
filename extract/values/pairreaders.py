"""Two numbers, 27/10 or 09/08: a date, or a dose, a score, a schedule, a fraction, n/52.

No number alone tells; what stands round it does. Where nothing speaks for a date, it is
none.
"""

from __future__ import annotations

import re
from typing import Final

from extract.values import datepatterns as pat
from extract.values.datekinds import Kind, Reading
from extract.values.datepage import Page
from extract.values.rawdates import RawDate

_Match = re.Match[str]
_HEADING: Final = re.compile(
    r"\s?(?::(?!\d)|[-–](?!>)|(?P<clock>,?\s(?:at\s)?\d{1,2}[:.]\d\d(?!\d))|\s{2}|\t)"
)
_DATES: Final = frozenset(
    {Kind.NUMERIC_MY, Kind.DAY_MONTH, Kind.NUMERIC, Kind.FULL, Kind.MONTH_YEAR}
)
_PAIRS: Final = frozenset({Kind.NUMERIC_MY, Kind.DAY_MONTH})
_RANGE_WORDS: Final = frozenset({"-", "–", "—", "to", "until", "till", "->", "→"})
#: Denominators of days, months and weeks: 3/7, 3/12, 6/52.
_NOTATION: Final = frozenset({"7", "12", "52"})


def read_pair(page: Page, match: _Match) -> list[RawDate]:
    """27/10, 09/08 and, in a range, 06.07, where something says that they are dates."""
    first, second = int(match["aa"]), int(match["bb"])
    wide = len(match["bb"]) == 2
    by_month = 1 <= first <= 12 and wide and (second <= 35 or second >= 60)
    by_day = 1 <= min(first, second) <= 12 and 1 <= max(first, second) <= 31
    if not (by_month or by_day) or page.glued(match.start()):
        return []
    if match["as"] == "." and not _dotted(page, match):
        return []
    before = page.before(match.start(), 24)
    reading = _reading(before)
    padded = wide and (match["bb"][0] == "0" or match["aa"][0] == "0")
    if not _dated(page, match, before, reading, padded):
        return []
    if first > 12:
        return [RawDate(*match.span(), Kind.DAY_MONTH, day=first, month=second)]
    return [
        RawDate(
            *match.span(),
            Kind.NUMERIC_MY,
            day=first,
            month=second,
            short_year=by_month,
            padded=padded,
            reading=reading if by_month else "dm",
        )
    ]


def _reading(before: str) -> Reading | None:
    if pat.BY_DAY.search(before):
        return "dm"
    return "my" if pat.BY_MONTH.search(before) else None


def _dated(page: Page, match: _Match, before: str, reading: Reading | None, padded: bool) -> bool:
    """Whether a/b is a date: first what forbids it, then what asks for it."""
    low, second = page.low, match["bb"]
    strong = reading == "dm" or bool(pat.STRONG.search(before))
    if reading == "my" and len(second) == 2:
        strong = strong or padded or second not in _NOTATION
    listed = _listed(page, match.start(), int(second))
    score = not padded and bool(pat.SCORE_AFTER.match(low, match.end()))
    if score or pat.FRACTION_AFTER.match(low, match.end()):
        return False
    if not (strong or listed) and _fraction(before, padded):
        return False
    if strong:
        return True
    event = bool(pat.EVENT.search(before))
    cued = event or bool(pat.DATED.search(before))
    heading = _HEADING.match(low, match.end())
    first = int(match["aa"])
    if second in _NOTATION and not (padded or listed):
        return bool(cued and heading and ":" in heading[0]) or (event and first > 12)
    ranged = len(second) == 2 and bool(pat.RANGE_AFTER.match(low, match.end()))
    # No fraction of more than twelve parts of a few is written so; a day of a month is.
    if padded or ranged or listed or first > 12:
        return True
    if int(second) > 12:
        return event or bool(pat.VISIT_AFTER.match(low, match.end()))
    at_line = not before.rpartition("\n")[2].strip(" \t|*•-")
    return cued or bool(heading and (at_line or heading["clock"]))


def _fraction(before: str, padded: bool) -> bool:
    words = pat.FRACTION_BEFORE.search(before)
    return bool(words) or (not padded and bool(pat.DIGIT_BEFORE.search(before)))


def _listed(page: Page, at: int, second: int) -> bool:
    """Whether the numbers at ``at`` go on a range or a list of numbers that are dates."""
    if not page.adjoins(at) or page.found[-1].kind not in _DATES:
        return False
    last, gap = page.found[-1], page.gap(at)
    if gap in _RANGE_WORDS:
        return True
    like = last.kind in _PAIRS
    if second > 12:  # "11/14" may be doses, whatever was listed before
        return like and (last.month or 0) > 12
    return like and (gap != "" or at - last.end > 1)


def _dotted(page: Page, match: _Match) -> bool:
    """Whether 06.07 is one end of a range of months, and so no decimal and no clock."""
    if len(match["aa"]) != 2 or not 1 <= int(match["bb"]) <= 35 or len(match["bb"]) != 2:
        return False
    if page.adjoins(match.start()) and page.gap(match.start()) in _RANGE_WORDS:
        return page.text[page.found[-1].end - 3] == "."
    leading = match["aa"][0] == "0" and match["bb"][0] in "012"
    if leading and pat.DOTTED_SINCE.search(page.before(match.start(), 24)):
        return pat.DOTTED_END.match(page.low, match.end()) is not None
    if leading and pat.DOTTED_FULL_AFTER.match(page.low, match.end()):
        return True
    other = pat.DOTTED_AFTER.match(page.low, match.end())
    if other is None or "0" not in {match["aa"][0], other["aa"][0]}:
        return False
    return int(match["bb"]) <= int(other["bb"]) <= 35
