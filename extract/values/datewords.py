"""The words letters date things with, and the calendar behind them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from extract.values.cardinals import YEAR_WORDS, word_value

#: Regex of the first two digits of a year that letters write about.
CENTURY: Final = r"(?:19|20)"
#: Regex of a month's name, without groups, for lower-case text.
MONTH: Final = (
    r"(?:jan(?:uary|uray|urary)?|feb(?:ruary|uary|urary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:e(?:m|rn)ber|mber)?|oct(?:ober)?|nov(?:e(?:m|rn)ber)?|dec(?:e(?:m|rn)ber)?)(?![a-z])"
)
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
#: Month number by the first three letters of its name.
MONTH_NUMBER: Final = {name: number for number, name in enumerate(_MONTHS, 1)}

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: Weekday number (Monday 0, as ``date.weekday``) by the first three letters of its name.
WEEKDAY_NUMBER: Final = {name: number for number, name in enumerate(_WEEKDAYS)}
#: Regex of a weekday's name, full or short, for lower-case text.
WEEKDAY: Final = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)(?![a-z])"
)

#: EDTF season number by name.
SEASON_NUMBER: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

#: Day of a month by its name, compounds such as "twenty-first" excepted.
ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_ordinals: Final = "|".join(sorted(ORDINALS, key=len, reverse=True))
#: Regex of the day of a month in words, for lower-case text.
ORDINAL: Final = (
    rf"(?:(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    rf"|{_ordinals})(?![a-z])"
)
#: Regex of a year in words: "two thousand and ten", "twenty ten", "nineteen ninety-eight".
YEAR_IN_WORDS: Final = (
    rf"(?:two\s+thousand(?:\s+and)?(?:\s+(?:{YEAR_WORDS}|one|two|three|four|five|six|seven|eight"
    rf"|nine)(?![a-z]))?|(?:nineteen|twenty)[\s-]+{YEAR_WORDS})"
)
_SPLIT: Final = re.compile(r"[\s-]+")


def ordinal_value(words: str) -> int:
    """The day that a match of :data:`ORDINAL` names: "ninth" 9, "twenty-first" 21."""
    total = 0
    for word in _SPLIT.split(words.strip()):
        total += ORDINALS.get(word) or word_value(word) or 0
    return total


def year_value(words: str) -> int | None:
    """The year that a match of :data:`YEAR_IN_WORDS` names; None where it names none."""
    parts = [part for part in _SPLIT.split(words.strip()) if part != "and"]
    thousands = parts[1:2] == ["thousand"]
    rest = parts[2:] if thousands else parts[1:]
    value = word_value(" ".join(rest)) if rest else 0
    century = 2000 if thousands or parts[0] == "twenty" else 1900
    return None if value is None or value > 99 else century + value


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


#: Feast by name: its day in a year, and how many days before and after may be meant.
FEASTS: Final[dict[str, tuple[Callable[[int], date], int, int]]] = {
    "christmas eve": (_fixed(12, 24), 0, 0),
    "christmas day": (_fixed(12, 25), 0, 0),
    "christmas": (_fixed(12, 25), 1, 7),
    "boxing day": (_fixed(12, 26), 0, 0),
    "new year's eve": (_fixed(12, 31), 0, 0),
    "new year's day": (_fixed(1, 1), 0, 0),
    "new year": (_fixed(1, 1), 1, 7),
    "good friday": (_from_easter(-2), 0, 0),
    "easter sunday": (_from_easter(0), 0, 0),
    "easter monday": (_from_easter(1), 0, 0),
    "easter": (_from_easter(0), 4, 4),
}
#: Regex of a feast's name in lower-case text, without groups.
FEAST: Final = (
    r"(?:(?:christ|x)mas(?:\s+(?:eve|day))?|boxing\s+day|new\s+year(?:['’]?s\s+(?:eve|day))?"
    r"|good\s+friday|easter(?:\s+(?:sunday|monday))?)(?![a-z])"
)


def feast_name(words: str) -> str:
    """The key of :data:`FEASTS` that a match of :data:`FEAST` names."""
    name = _SPLIT.sub(" ", words).replace("’", "'").replace("xmas", "christmas")
    return name.replace("years ", "year's ")
