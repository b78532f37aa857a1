"""To be written: the letter's own date and the order of its numeric dates."""

from __future__ import annotations

from extract.fields.view import Draft, View
from extract.values.dates import EdtfDate


def find(view: View) -> tuple[EdtfDate | None, str, list[Draft]]:
    """Nothing yet: (date, "dmy" or "mdy", drafts)."""
    return None, "dmy", []
