"""Identifiers and dates as messages give them, made into those of letters."""

from __future__ import annotations

import re
from datetime import date

from extract.letters.identity import is_nhs_number
from extract.letters.model import Identifier, IdentifierKind

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
#: What names an authority that numbers the whole country.
_NATIONAL = re.compile(r"\b(?:NHS|NH|NHSNMBR|nhs-number|2\.16\.840\.1\.113883\.2\.1\.4\.1)\b", re.I)


def identifier(value: str, authority: str = "") -> Identifier | None:
    """A patient's number from a message; None where it is empty.

    An NHS number is one by its check digit and by its authority, or by either where the
    other is silent: a wrong check digit makes it a hospital's number, not nobody's.
    """
    plain = re.sub(r"[\s-]", "", value).upper()
    if not plain or len(plain) > 40:
        return None
    national = bool(_NATIONAL.search(authority))
    if is_nhs_number(plain) and (national or not authority):
        return Identifier(IdentifierKind.NHS, plain)
    return Identifier(IdentifierKind.HOSPITAL, plain)


def iso_day(text: str) -> str:
    """The day at the beginning of a timestamp, ``2011-03-04`` or ``20110304…``; else ""."""
    match = _DAY.match(text.strip())
    if not match:
        return ""
    try:
        found = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return ""
    return found.isoformat() if 1900 < found.year < 2200 else ""
