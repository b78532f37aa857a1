"""Readings of a date beside a drug: which year, which of two forms, and to this day."""

from __future__ import annotations

import re

from extract.fields.therapy.events import Role, Scene
from extract.fields.therapy.model import Group
from extract.fields.therapy.storycues import ends
from extract.language.trying import trial
from extract.values.datekinds import Kind
from extract.values.dates import EdtfDate
from extract.values.rawdates import RawDate


def month_of_earlier_year(raw: RawDate) -> bool:
    """Whether 6/06 in "6/06 to 9/3/09" is a month: as a day it would make the course too short.

    The other end gives its year, so two figures here are a month and a year when that year
    is not later and the month is written as years are, with a nought.
    """
    other = raw.partner
    if raw.kind != "numeric_my" or not raw.short_year or other is None or not raw.partner_is_later:
        return False
    if not other.short_year or other.year is None or raw.month is None or raw.day is None:
        return False
    if other.kind not in {"full", "numeric"} or not raw.padded:
        return False
    return (raw.month, raw.day) <= (other.year, other.month or 12) and other.year - raw.month <= 12


_DETERMINED = trial(r"\W*(?:(?:the|her|his|your|my|all|taking|with|on)\W+){0,2}", re.IGNORECASE)


def object_of_end(made: Scene, group: Group) -> bool:
    """Whether the drug is what was stopped: "came off her sunitinib last month"."""
    return any(
        head.role is Role.END
        and head.mention is not None
        and head.to <= group.at
        and _DETERMINED.fullmatch(made.sentence.text[head.to : group.at])
        and ends(made, head)
        for head in made.heads
    )


SOME_TIME_AFTER = trial(
    r"\b(?:days?|weeks?|months?|years?|fortnight)\s+(?:after|since|from|following|off)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
AND_STOPPED = trial(
    r"^\s*(?:,?\s*(?:and|&|so|when)\s+)(?:(?:I|we|it|this|was|were|therefore|so|he|she|had|been|the drug)\s+)*$",
    re.IGNORECASE,
)


PAST = trial(
    r"\b(?:stopped|finished|was|were|discontinued|ended|had|came|ran|taken|took)\b", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_LISTED_YEAR = trial(
    rf"\s*(?:,|and|&|then|/)\s*(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\.?\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def year_behind(text: str, raw: RawDate) -> EdtfDate | None:
    """The end of the year of "March and July 2009" for the month that has none of its own."""
    if raw.kind not in (Kind.MONTH_ONLY, Kind.DAY_MONTH):
        return None
    match = _LISTED_YEAR.match(text, raw.end)
    return EdtfDate.day(int(match["year"]), 12, 31) if match else None


PRESENT = trial(
    r"\s*(?:-+>?|[–—→>]|to|until|till|through|thru)\s*(?:the\s+)?(?:present|date|now|current(?:ly)?|ongoing|today|continu\w+)\b",
    re.IGNORECASE,
)


def within(month: EdtfDate, anchor: EdtfDate | None) -> bool:
    """Whether a month lies in the dozen years before the letter."""
    if anchor is None:
        return True
    return month.earliest <= anchor.latest and anchor.latest.year - month.earliest.year <= 12


WILL = trial(
    r"\b(?:will|shall|is to|are to|is due|to (?:start|begin|commence)|booked|is expected)\b(?![^;]{0,60}\b(?:had|was|were|started|began)\b)",
    re.IGNORECASE,
)
LASTED = trial(
    r"\b(?:respon\w+|remission|benefit\w*|control\w*|stable|stability|disease[- ]free|well|held|lasted|maintained|kept)\b[^,;]{0,30}$",
    re.IGNORECASE,
)
ON_HOLD = trial(
    r"\b(?:on hold|held|withheld|paused|suspended|interrupted|omitted|reduced|well|stable|tolerat\w+)\W*$",
    re.IGNORECASE,
)
NOTHING = trial(
    r"\b(?:nothing|no (?:further |other )?(?:treatment|therapy|drugs?)|untreated|off (?:all )?treatment|without treatment|observ\w+|surveillance|watched|well)\b[^.;]{0,30}$",
    re.IGNORECASE,
)

#: A form's question about the last dose of a kind of drug.
LAST_OF_A_KIND = trial(
    r"\W*(?:date (?:of )?)?(?:(?:last|final) (?:dose |day |tablet |taken )?(?:of |on )?(?:the |any |his |her )?"
    r"(?:TKI|targeted (?:agent|therapy|drug|treatment)|mTOR(?: inhibitor)?|VEGF\w*(?: inhibitor)?|tyrosine kinase inhibitor|tablets?)"
    r"|(?:TKI|targeted (?:agent|therapy|drug)) (?:last (?:dose|taken)?|stopped|ended|stop date|end date|finished))\b",
    re.IGNORECASE,
)
FIRST_GIVEN = re.compile(
    r"\bfirst (?:dose|injection|infusion|tablet|capsule)s? (?:was |were )?(?:given|taken|administered|received)\b",
    re.IGNORECASE,
)
AT_ONCE = re.compile(
    r"\W*(?:(?:it|them|the (?:drug|tablets|capsules)|treatment|sunitinib|[a-z]+nib|[a-z]+mus)\W+)?"
    r"(?:there and then|then and there|at that point|at once|immediately|straight away|straightaway|forthwith|on the spot)\b",
    re.IGNORECASE,
)
#: Drugs beside the treatment, whose days are their own: "noradrenaline was run from 10/9 to 12/9".
OTHER_DRUG = re.compile(
    r"\b(?:noradrenaline|norepinephrine|metaraminol|dopamine|dobutamine|phenylephrine|adrenaline|inotropes?|pressors?|vasopressors?"
    r"|predniso\w+|dexamethasone|steroids?|methylpred\w*|antibiotics?|teicoplanin|vancomycin|tazocin|amiodarone|heparin|oxygen|CPAP)\b",
    re.IGNORECASE,
)
ON_AND_OFF = re.compile(
    r"\bon\W+(?:and\W+)?(?:\d|one|two|three|four)\W+(?:(?:weeks?|wks?)\W+)?off\b\W*$", re.IGNORECASE
)
#: Between a drug and the dates of its table row: a dose, a schedule, a remark in brackets.
DOSE_ONLY = re.compile(
    r"(?:\W|\d|\b(?:mg|mcg|g|MU|od|bd|tds|daily|weekly|oral|iv|po|q\dw)\b|\([^()]{0,30}\))*",
    re.IGNORECASE,
)
TO_TAKE = re.compile(
    r"\b(?:will|shall|is to|are to|due to|going to) (?:\w+ )?(?:take|have|receive|get|be given)\b[^.;]*$",
    re.IGNORECASE,
)
