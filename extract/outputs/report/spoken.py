"""Dates, thresholds and subjects of conflicts in plain words, for a reader of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from extract.calculators.criteria import Basis, Criteria
from extract.calculators.explain import TITLES

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}

#: How a response is judged, by the basis of a set of criteria.
BASES: Final[Mapping[Basis, str]] = {
    Basis.REPORTED: "best reported",
    Basis.UNCONFIRMED: "RECIST 1.1, unconfirmed",
    Basis.CONFIRMED: "RECIST 1.1, confirmed",
}
_SUBJECTS: Final = {
    **TITLES,
    "karnofsky": "Karnofsky index",
    "lvef": "ejection fraction",
    "histology_group": "histology group",
}


def spoken(edtf: str) -> str:
    """A date of the contract as a person says it: ``2009-12-25~`` is "about 25 December 2009".

    Text that is no such date comes back as it is.
    """
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return f"between {spoken(first)} and {spoken(last)}"
    about = "about " if edtf.endswith("~") else ""
    year, *rest = edtf.removesuffix("~").split("-")
    if not all(part.isdigit() for part in (year, *rest)) or len(rest) > 2:
        return edtf
    if not rest:
        return f"{about}{year}"
    if rest[0] in _SEASONS:
        return f"{about}{_SEASONS[rest[0]]} {year}"
    if not 1 <= int(rest[0]) <= 12:
        return edtf
    day = f"{int(rest[1])} " if len(rest) == 2 else ""
    return f"{about}{day}{_MONTHS[int(rest[0]) - 1]} {year}"


def subject(about: str) -> str:
    """What a conflict is about, in the words of the rest of the page."""
    return _SUBJECTS.get(about, about.replace("_", " "))


def thresholds(criteria: Criteria) -> list[tuple[str, str]]:
    """The criteria as (what, limit), every limit with its unit."""
    c = criteria
    return [
        ("ECOG performance status", f"at most {c.ecog_max}"),
        (
            "Karnofsky index, where no ECOG is given",
            f"at least {c.karnofsky_met}; below {c.karnofsky_not_met} not met, between unknown",
        ),
        ("tumour cells positive for CAIX", f"more than {c.caix_above_percent:g} %"),
        (
            "favourable histology, where no letter states the group",
            (
                f"clear cell, more than {c.alveolar_above_percent:g} % alveolar, less than "
                f"{c.granular_below_percent:g} % granular, no papillary"
            ),
        ),
        (
            "from the last targeted dose to the first interleukin-2",
            f"at least {c.washout_days} days",
        ),
        ("organs with disease", f"at most {c.organs_max}"),
        ("failed targeted lines, for salvage", f"1 to {c.failed_lines_max}"),
        ("response that counts", BASES[c.response_basis]),
        ("stable disease by RECIST counts", f"from day {c.stable_after_days}"),
        (
            "confirmation of a response by RECIST",
            (
                f"shown again at least {c.confirm_after_days} days later, with at most "
                f"{c.confirm_over} stable and {c.confirm_over} not evaluable in between"
            ),
        ),
    ]
