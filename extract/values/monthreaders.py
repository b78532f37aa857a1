"""Dates with the name of a month: "3 March 2010", "the ninth of March", "Sept 09", "in May"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from extract.values import datepatterns as pat
from extract.values.datekinds import Kind
from extract.values.datepage import Page
from extract.values.datereaders import Year
from extract.values.datewords import MONTH_NUMBER, ordinal_value
from extract.values.rawdates import RawDate

_Match = re.Match[str]
#: Months that are verbs in lower case, and those that are people's names.
_VERBS: Final = frozenset({"may", "march"})
_NAMES: Final = frozenset({"april", "may", "june", "august", "jan"})
_LONG: Final = frozenset(
    {
        "january", "february", "march", "april", "june", "july", "august", "september",
        "october", "november", "december",
    }
)  # fmt: skip
_VERB_AFTER: Final = re.compile(
    r"\s+(?:be|i|we|have|need|not|well|also|want|wish|reflect|represent|cause|require|still|however"
    r"|consider|benefit|contact|he|she|they|you|it)(?![a-z])"
)
#: Words that put "may" and "march" among the months, and what takes them out again.
_SURE_CUE: Final = re.compile(
    r"(?<!\w)(?:in|since|until|till|by|during|last|next|this|early|late|mid|from|of|end|to)"
    r"[\s-]+(?:the\s+)?\Z"
)
_VERB_AFTER_CUE: Final = re.compile(r"\s+(?:be|not|have|of)(?![a-z])")
_MONTH_THEN: Final = re.compile(
    r"[-–/:)]|\s(?:ct|mri|scan|pet|bloods|clinic|echo|letter|xr)(?![a-z])"
)
#: "The May CT": what a month may stand before as an adjective, in capitals.
_OF_MONTH: Final = re.compile(
    r"\s(?:ct|mri|pet|scans?|imaging|x-?rays?|films?|echo|bloods|clinic|visit|letter)(?![a-z])"
)
_SURNAME: Final = re.compile(r"\s[A-Z][a-z]{2,}")
_WRAP_CUE: Final = re.compile(
    r"(?<!\w)(?:on|the|from|to|until|since|of|dated|by|between|and|before|after)\s\Z"
)


def read_day_month(page: Page, match: _Match) -> list[RawDate]:
    """Read "3 March 2010", "3-10 March", "the 3rd and 10th March"; not "cycle 3 March 2010"."""
    start, ordinal = match.start("d"), bool(match["o"])
    month, day = match["dm"], int(match["d"])
    if not 1 <= day <= 31 or not _separated(page, match, ordinal):
        return []
    first = _first_day(page, match, day)
    if first is None and match["d0"] and _tied(page, match):
        return []
    before = page.before(start, 16)
    counted = pat.COUNTED.search(before) and not pat.COUNTED_BEFORE.search(page.before(start, 24))
    if not ordinal and first is None and counted:
        return []
    if first is None and start >= 2 and page.low[start - 1] in "-–/" and not page.adjoins(start):
        return []
    year = Year.behind(page, match.end())
    if _verb(page, match.start("dm"), month) and not (ordinal or year or pat.WHEN.search(before)):
        return []
    made = _with_day(start, match.end(), MONTH_NUMBER[month[:3]], day, year)
    return [made] if first is None else [replace(first, partner=made), made]


def _separated(page: Page, match: _Match, ordinal: bool) -> bool:
    """Whether what lies between day and month joins them."""
    gap = match["sep"]
    if "." in gap and gap.strip() != gap:
        return False  # "2. March 2010" is the second of a list
    wrapped = "\n" in gap and not ordinal
    return not wrapped or bool(_WRAP_CUE.search(page.before(match.start("d"), 10)))


def _first_day(page: Page, match: _Match, day: int) -> RawDate | None:
    """The first day of "3-10 March", or of "the 3rd and 10th March"."""
    if not match["d0"] or not 1 <= int(match["d0"]) < day:
        return None
    before = page.before(match.start(), 16)
    ordinal = bool(match["o0"])
    if not ordinal and pat.COUNTED.search(before):
        return None
    listing = match["j"] in {"and", "&", ",", "or"}
    if listing and not (ordinal or pat.LISTED.search(before)):
        return None
    if match.start() >= 2 and page.low[match.start() - 1] in "-–/":
        return None
    end = match.end("o0") if ordinal else match.end("d0")
    return RawDate(match.start(), end, Kind.DAY_ONLY, day=int(match["d0"]))


def _tied(page: Page, match: _Match) -> bool:
    """Whether a first number that is no day says that the second is none either."""
    dashed = match["j"] in "-–—−/"
    return not match["o"] and (dashed or bool(pat.COUNTED.search(page.before(match.start(), 16))))


def _with_day(start: int, end: int, month: int, day: int, year: Year | None) -> RawDate:
    if year is None:
        return RawDate(start, end, Kind.DAY_MONTH, month=month, day=day)
    if year.value is None:
        return RawDate(start, year.end, Kind.DAY_MONTH, month=month, day=day, year_shift=year.shift)
    return RawDate(
        start, year.end, Kind.FULL, year=year.value, month=month, day=day, short_year=year.short
    )


def read_spelled(page: Page, match: _Match) -> list[RawDate]:
    """Read "The ninth of March two thousand and ten"; "the second March scan" is none."""
    year = Year.behind(page, match.end())
    day = ordinal_value(match["ow"])
    if not 1 <= day <= 31 or not (match["oof"] or (year and year.value)):
        return []
    return [_with_day(match.start(), match.end(), MONTH_NUMBER[match["om"][:3]], day, year)]


def read_month(page: Page, match: _Match) -> list[RawDate]:
    """Read "March 3, 2010", "March the third", "Sept 09", "March last year", "in March"."""
    word, start, end = match["month"], match.start(), match.end()
    month = MONTH_NUMBER[word[:3]]
    day = pat.DAY_AFTER.match(page.low, end)
    if day is not None and (made := _day_behind(page, start, day, month)) is not None:
        return [made]
    verb = _verb(page, start, word)
    year = Year.behind(page, end)
    certain = year is not None and year.value is not None and not year.short
    if year is not None and (not verb or certain):
        return [_with_year(start, month, year)]
    cued = bool(pat.WHEN.search(page.before(start, 20)))
    if year is not None and cued:
        return [_with_year(start, month, year)]
    lone = pat.LONE_DAY.match(page.low, end)
    if lone is not None and page.text[start].isupper():
        return [RawDate(start, lone.end(), Kind.DAY_MONTH, month=month, day=int(lone["d"]))]
    if _stands_alone(page, match, verb=verb, cued=cued):
        return [RawDate(start, end, Kind.MONTH_ONLY, month=month)]
    return []


def _day_behind(page: Page, start: int, found: _Match, month: int) -> RawDate | None:
    day = ordinal_value(found["w"]) if found["w"] else int(found["d"])
    if not 1 <= day <= 31:
        return None
    written = found["y"] or found["ya"]
    if written:
        year: Year | None = Year(found.end(), int(written), short=len(written) == 2)
    else:
        year = Year.behind(page, found.end(), two_digits=False)
    return _with_day(start, found.end(), month, day, year)


def _with_year(start: int, month: int, year: Year) -> RawDate:
    if year.value is None:
        return RawDate(start, year.end, Kind.MONTH_ONLY, month=month, year_shift=year.shift)
    day = year.value if year.loose else None
    return RawDate(
        start, year.end, Kind.MONTH_YEAR, year=year.value, month=month, day=day,
        short_year=year.short,
    )  # fmt: skip


def _verb(page: Page, at: int, word: str) -> bool:
    return word in _VERBS and page.text[at].islower()


def _stands_alone(page: Page, match: _Match, *, verb: bool, cued: bool) -> bool:
    """Whether a month without day or year is one, and not a verb, a name or an acronym."""
    word, start, end = match["month"], match.start(), match.end()
    before = page.before(start)
    if pat.NAMED.search(before) and not _SURE_CUE.search(before):
        return False
    written = page.text[start:end]
    if word == "may" or verb:
        if _SURE_CUE.search(before):
            return not _VERB_AFTER_CUE.match(page.low, end)
        listed = (cued or page.adjoins(start)) and written.istitle()
        heading = written.istitle() and page.low[end : end + 1] == ":"
        adjective = written.istitle() and bool(_OF_MONTH.match(page.low, end))
        return (listed or heading or adjective) and not _VERB_AFTER.match(page.low, end)
    if word in _NAMES and not cued and _SURNAME.match(page.text, end):
        return False
    if word in _LONG:
        return written[0].isupper() or cued
    # "Mar" and "Sep" in a sentence; not OCT, MAR and SEP, which are tests and charts.
    joined = cued or page.adjoins(start) or bool(_MONTH_THEN.match(page.low, end))
    return joined and (written.istitle() or (cued and written.islower()))
