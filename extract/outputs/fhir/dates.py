"""Dates for FHIR: as precise as the letters are, and never more.

A dateTime of FHIR may stop at the year or the month. A date that is an interval of
another shape (about a day, a season, two readings) becomes a Period of its bounds where a
time is asked for, or the longest part that all its days share where one date is.
"""

from __future__ import annotations

import re
from typing import Any, Final

from extract.outputs.fhir import codes
from extract.records import DateSpan

_PLAIN: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")


def plain(edtf: str) -> bool:
    """Whether an EDTF date is a year, a month or a day, which FHIR can say as it is."""
    return _PLAIN.fullmatch(edtf) is not None


def partial(span: DateSpan) -> str:
    """The date to the part that all its days share: day, month, year, or ""."""
    first, last = span.earliest, span.latest
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first:%Y}" if first.year == last.year else ""


def effective(span: DateSpan | None) -> dict[str, Any]:
    """``effective[x]`` of an observation; nothing where there is no date."""
    if span is None:
        return {}
    if plain(span.edtf):
        return {"effectiveDateTime": span.edtf}
    period = {"start": span.earliest.isoformat(), "end": span.latest.isoformat()}
    return {"effectivePeriod": {**period, "extension": [edtf(span)]}}


def course(start: DateSpan | None, end: DateSpan | None) -> dict[str, Any]:
    """``effectivePeriod`` of a therapy: its first and last dose, each as far as known."""
    period: dict[str, Any] = {}
    notes = []
    for name, span in (("start", start), ("end", end)):
        if span is None:
            continue
        said = span.edtf if plain(span.edtf) else partial(span)
        if said:
            period[name] = said
        if said != span.edtf:
            notes.append({**edtf(span), "id": name})
    if not period:
        notes.append({"url": codes.ABSENT, "valueCode": "unknown"})
    if notes:
        period["extension"] = notes
    return {"effectivePeriod": period}


def edtf(span: DateSpan) -> dict[str, str]:
    """The date as its letters give it, in an extension."""
    return {"url": codes.EDTF, "valueString": span.edtf}
