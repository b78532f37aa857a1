"""The templates, and what all of them know."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from extract.audit.desk import showing
from extract.audit.desk.access import Role
from extract.audit.desk.queues import SHOW
from extract.records import FIELDS, Reason


@cache
def environment() -> Environment:
    """The templates; everything that goes into one is escaped."""
    pages = Environment(
        loader=PackageLoader("extract.audit.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"words": showing.words, "said": showing.said, "about": showing.about}
    pages.globals |= {
        "verdicts": showing.VERDICTS,
        "bounds_of": showing.bounds_of,
        "criteria_names": showing.CRITERIA,
        "shows": SHOW,
        "fields": [field.value for field in FIELDS],
        "reasons": [reason.value for reason in Reason],
        "Role": Role,
    }
    return pages
