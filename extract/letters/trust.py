"""Whose letter, of which day: who is believed, and when a person should look.

The day is the one that the caller's table gives, else the one in the letter's head, else
the message's, else the one in the file's name. The head comes before the message because
messages are dated when they are sent, and letters when the patient was seen. Days that lie
further apart than typing and posting take are a reason to look, whichever was taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extract.letters.identity import find_identifiers
from extract.letters.model import Identifier, IdentifierKind, Letter
from extract.records import Reason
from extract.values.dates import EdtfDate

#: Days between a letter's own date and that of its message that need no explanation.
TYPING_AND_POSTING = 31

_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)(?P<s>[-_. ]?)(?P<m>0[1-9]|1[0-2])(?P=s)"
    r"(?P<d>0[1-9]|[12]\d|3[01])"
    r"|(?P<d2>0?[1-9]|[12]\d|3[01])(?P<s2>[-_.])(?P<m2>0?[1-9]|1[0-2])(?P=s2)(?P<y2>(?:19|20)\d\d))"
    r"(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Settled:
    """The letter's date (EDTF, "" where nothing dates it) and the reasons to look at it."""

    date: str
    reasons: tuple[Reason, ...] = ()


def settled_date(letter: Letter, head: str) -> Settled:
    """The date of a letter whose own head says ``head`` ("" where it says nothing)."""
    stated, named = letter.stated.date, day_in_path(letter.path)
    order = (stated, head) if letter.stated.firm else (head, stated)
    best = next(filter(None, order), "")
    reasons: tuple[Reason, ...] = ()
    if head and stated and not _near(head, stated):
        reasons += (Reason.IDENTITY,)
    if best and named and not _near(best, named):
        reasons += (Reason.CONFLICT,)
    # A file's name says when it was filed as often as when the patient was seen.
    return Settled(best or named, reasons if best else (Reason.NO_LETTER_DATE,))


def day_in_path(path: str) -> str:
    """The one full day in a file's name as an ISO day; "" where there is none or several.

    Day and month are not guessed: ``04-03-2011`` is no day, ``14-03-2011`` is one.
    """
    found = set()
    for match in _DAY.finditer(path.rpartition("/")[2]):
        year, month, day = (
            int(match[a] or match[b]) for a, b in (("y", "y2"), ("m", "m2"), ("d", "d2"))
        )
        if match["d2"] and day <= 12 and day != month:
            return ""
        try:
            found.add(date(year, month, day).isoformat())
        except ValueError:
            return ""
    return found.pop() if len(found) == 1 else ""


def _near(one: str, other: str) -> bool:
    """Whether two dates may be those of one letter."""
    try:
        a, b = EdtfDate.parse(one), EdtfDate.parse(other)
    except ValueError:
        return True
    gap = max((a.earliest - b.latest).days, (b.earliest - a.latest).days)
    return gap <= TYPING_AND_POSTING


def doubts(letter: Letter) -> tuple[Reason, ...]:
    """``identity_mismatch`` where the message and the text give other hospital numbers.

    Two NHS numbers are seen where the letter's patient is found; hospitals give a patient
    numbers of several kinds, so that only those written alike can disagree.
    """
    said = _hospital(letter.stated.identifiers)
    if not said:
        return ()
    own = _hospital(find_identifiers(letter.text))
    if said & own or not {_shape(n) for n in said} & {_shape(n) for n in own}:
        return ()
    return (Reason.IDENTITY,)


def _hospital(numbers: Iterable[Identifier]) -> set[str]:
    return {number.value for number in numbers if number.kind is IdentifierKind.HOSPITAL}


def _shape(number: str) -> str:
    """How a number is written: ``H104477`` and ``H228104`` are written alike."""
    return re.sub(r"\d", "9", number)
