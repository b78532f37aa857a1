"""Whether a letter's numeric dates put the day or the month first.

Day first unless the letter shows otherwise: a number above 12 where a month would stand
settles it; else the sender's habits are weighed (``mdy_`` and ``dmy_`` cues), and an American one
must clearly outweigh.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final, Literal

from extract.fields.datecues import cues
from extract.fields.view import View
from extract.language.gates import Gates
from extract.language.trying import Trial, trial

Order = Literal["dmy", "mdy"]

_NUMERIC: Final = trial(
    r"(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:19\d\d|20\d\d|\d\d)(?![\w/-]|\.\d)"
)
_SHORT: Final = trial(
    r"\b(?:on|by|from|since|until|the|for|due|next|last|appt|ct|mri|pet|scan|echo|dose|seen|booked"
    r"|started|stopped|given|admit(?:ted)?)\s(\d{1,2})/(\d{1,2})"
    r"(?![\w/%-]|[.,]\d)(?!\s+(?:doses?|nodes?|cycles?|of))",
    re.IGNORECASE,
)
#: "Mon 05/02/2011": the weekday fits one order only.
_WEEKDAY: Final = trial(
    r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s(?:the\s)?(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d|\d\d)(?!\d)",
    re.IGNORECASE,
)
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: What a sender's spelling can weigh at most.
_SPELLING: Final = 2
#: How far the signs of an American sender must outweigh those of another.
_MARGIN: Final = 3


def date_order(view: View) -> tuple[Order, bool]:
    """The order of the letter's numeric dates, and whether the letter leaves no doubt.

    Without doubt means: a date shows it, or nothing speaks against the day first.
    """
    shown = Counter(_order(*pair) for pair in _pairs(_NUMERIC, view.text))
    shown.update(_weekdays(view.text))
    if shown["mdy"] != shown["dmy"]:
        return ("mdy" if shown["mdy"] > shown["dmy"] else "dmy"), not (
            shown["mdy"] and shown["dmy"]
        )
    hints = Counter(_order(*pair) for pair in _pairs(_SHORT, view.text))
    weights = _weights(view)
    us = weights["mdy"] + 2 * min(hints["mdy"], 2)
    other = weights["dmy"] + 2 * min(hints["dmy"], 2)
    if us >= other + _MARGIN:
        return "mdy", other == 0
    return "dmy", us <= 1 or other >= us + _MARGIN


def _pairs(pattern: Trial, text: str) -> list[tuple[int, int]]:
    groups = (1, 3) if pattern is _NUMERIC else (1, 2)
    return [(int(m[groups[0]]), int(m[groups[1]])) for m in pattern.finditer(text)]


def _order(first: int, second: int) -> str:
    """Which order two numbers show: ``dmy``, ``mdy`` or neither (empty)."""
    if 12 < first <= 31 and 1 <= second <= 12:
        return "dmy"
    if 12 < second <= 31 and 1 <= first <= 12:
        return "mdy"
    return ""


def _weekdays(text: str) -> Iterator[str]:
    """The orders that weekdays beside numeric dates show."""
    for match in _WEEKDAY.finditer(text):
        number = _DAYS.index(match[1].lower())
        first, second, year = int(match[2]), int(match[3]), int(match[4])
        year += 2000 if year < 100 else 0
        fits = {
            order
            for order, month, day in (("dmy", second, first), ("mdy", first, second))
            if _weekday(year, month, day) == number
        }
        if len(fits) == 1:
            yield fits.pop()


def _weekday(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None


def _weights(view: View) -> Counter[str]:
    """The sender's signs by order, each sign counted once; spelling alone settles nothing."""
    text = _SPACES.sub(" ", view.text)
    found: Counter[str] = Counter()
    for sign, cue in _signs().open_to(text):
        seen = {match[0].lower() for match in cue.finditer(text)}
        count = min(len(seen), _SPELLING) if "spelling" in sign.string else len(seen)
        found[sign["order"]] += count * int(sign["weight"])
    return found


@cache
def _signs() -> Gates[re.Match[str]]:
    held = ((_SIGN.match(name), cues()[name]) for name in cues().rules)
    return Gates((sign, cue) for sign, cue in held if sign is not None)


_SIGN: Final = trial(r"(?P<order>dmy|mdy)_(?P<weight>\d)_")
_SPACES: Final = trial(r"\s+")
