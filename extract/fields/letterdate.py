"""The letter's own date: of the clinic, meeting or discharge, else of the page.

Every date with a year near the head or the foot is a candidate. The words beside it say
what it is the date of (``kind_`` cues), and that ranks it: a clinic before a report, a
report before a bare date under the letterhead, that before what was typed, dictated or
printed. Dates of birth, of other letters and of treatment are no candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from extract.fields.datebeside import Beside, Page
from extract.fields.dateorder import Order, date_order
from extract.fields.view import Draft, View
from extract.language.trying import trial
from extract.records import Field, Reason
from extract.values.datekinds import DateContext, Kind
from extract.values.dates import EdtfDate, shift_days
from extract.values.rawdates import RawDate

#: Rank of a date by what the words beside it say; the lowest is the letter's.
_RANK: Final = {
    "discharge": 8,
    "visit": 10,
    "today": 12,
    "exam": 13,
    "session": 14,
    "report": 20,
    "saw": 22,
    "plain": 30,
    "bare": 32,
    "foot": 38,
    "dictated": 40,
    "typed": 42,
    "signed": 44,
    "admitted": 60,
    "printed": 70,
    "received": 74,
}
#: What a form may label anywhere on the page.
_FORM: Final = frozenset({"visit", "discharge", "exam", "report", "today"})
#: A case told from its beginning: the month in its first sentence is no letter's.
_AGED: Final = trial(r"\b\d{1,3}[- ]?(?:years?|yrs?)[- ]?old\b", re.IGNORECASE)
#: Where a visit was outside the head of the letter, its rank suffers by this.
_BELOW: Final = 5
_PAGE: Final = frozenset({"dictated", "typed", "signed", "printed", "received"})
_LETTERHEAD: Final = frozenset({"plain", "bare", "foot"})
#: A date so many years from all others of the letter is a birthday.
_LIFETIME: Final = 10
#: A clinic may precede the typing of its letter by so many days.
_LAG: Final = 75
#: The same where the letterhead may bear the date of the clinic itself.
_HEAD_LAG: Final = 21
#: So far into a line a date in brackets is an aside.
_ASIDE: Final = 20
#: Relative dates are wider by so many days where only the typing is dated.
_TYPED_MARGIN: Final = 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that may be the letter's; the lower the rank, the likelier."""

    raw: RawDate
    date: EdtfDate
    kind: str
    rank: int

    @property
    def order(self) -> tuple[int, int]:
        """Sorts candidates, likeliest first; of several discharges or reports the last."""
        day = self.date.start.toordinal()
        return (self.rank, -day if self.kind in {"discharge", "report"} else self.raw.start)


def find(view: View) -> tuple[EdtfDate | None, Order, list[Draft]]:
    """The letter's date, the order of its numeric dates, and the drafts of facts."""
    order, sure = date_order(view)
    page = Page(view)
    found = _candidates(page, DateContext(None, order))
    found += _yearless(page, order, found)
    found = _without_old_visits(found)
    if not found:
        return None, order, []
    best = min(found, key=lambda c: c.order)
    draft = view.draft(
        Field.LETTER_DATE,
        str(best.date),
        (best.raw.start, best.raw.end),
        f"letterdate.{best.kind}",
        reasons=_doubts(best, found, sure),
        date=best.date,
    )
    return _anchor(best), order, [draft]


def _anchor(best: Candidate) -> EdtfDate:
    """What relative dates count from: wider where only the typing is dated."""
    if best.kind not in _PAGE:
        return best.date
    return best.date.spanning(shift_days(best.date.earliest, -_TYPED_MARGIN), best.date.latest)


def _doubts(best: Candidate, found: list[Candidate], sure: bool) -> list[Reason]:
    reasons = []
    rivals = {str(c.date) for c in found if c.rank == best.rank}
    if len(rivals) > 1 and best.kind != "discharge":
        reasons.append(Reason.CONFLICT)
    if best.raw.kind is Kind.NUMERIC and best.raw.ambiguous and not sure:
        reasons.append(Reason.AMBIGUOUS_DATE)
    if best.raw.ocr:
        reasons.append(Reason.OCR)
    return reasons


def _candidates(page: Page, ctx: DateContext) -> list[Candidate]:
    """The dates with a year that may be the letter's."""
    inpatient = page.inpatient
    ends = {pair[1].start: pair[0] for pair in page.view.ranges}
    begins = {pair[0].start for pair in page.view.ranges}
    found: list[Candidate] = []
    for raw in page.dates:
        if not raw.has_year or raw.start in begins or page.copied(raw):
            continue
        date = raw.resolve(ctx)
        if date is None:
            continue
        if raw.start in ends:  # "Admitted 10/01/11 - 16/01/11"
            if page.in_head(raw) and page.beside(ends[raw.start]).kind in {"admitted", "discharge"}:
                found.append(Candidate(raw, date, "discharge", _RANK["discharge"]))
            continue
        kind, rank = _judged(page, raw, page.beside(raw), inpatient)
        if kind and not _birthday(page, raw, date, ctx, kind):
            coarse = 60 if raw.kind is Kind.MONTH_YEAR else 0
            found.append(Candidate(raw, date, kind, rank + coarse))
    return found


def _judged(page: Page, raw: RawDate, beside: Beside, inpatient: bool) -> tuple[str, int]:
    """What a date is the date of, and its rank; empty for none of the letter's."""
    kind = _kind(beside, inpatient)
    line = page.line_at(raw.start)
    if raw.kind is Kind.MONTH_YEAR and _AGED.search(page.view.text[line.start : raw.start]):
        return "", 0  # "A 60-year-old woman visited our hospital in April 2009"
    if raw.kind is Kind.MONTH_YEAR and not (
        page.in_head(raw) and (beside.labelled or page.alone(raw) or kind in {"visit", "session"})
    ):
        return "", 0
    if page.in_head(raw):
        return _judged_head(page, raw, kind, beside)
    if kind == "today":
        return kind, _RANK[kind]
    if beside.labelled and kind in _FORM:
        return kind, _RANK[kind] + _BELOW
    if kind == "report" and page.is_report:
        return kind, _RANK[kind]
    if inpatient and kind == "discharge" and raw.kind is not Kind.MONTH_YEAR:
        return kind, _RANK[kind] + _BELOW
    if page.saw(raw) and kind not in {"other", "admitted", "discharge"}:
        return "saw", _RANK["saw"] + (0 if page.saw(raw) == "i" else 1)
    if page.in_foot(raw):
        return _judged_foot(page, raw, kind)
    if beside.labelled and kind in _PAGE:
        return kind, _RANK[kind] + _BELOW
    if page.alone(raw, whole_line=True) and page.near_top(raw, 16):
        return "bare", _RANK["bare"] + 3
    return "", 0


def _judged_head(page: Page, raw: RawDate, kind: str, beside: Beside) -> tuple[str, int]:
    if kind == "other":
        return "", 0
    if kind == "plain" and not (
        beside.labelled or page.headline(raw) or beside.cue not in {"date", "letter"}
    ):
        return "", 0
    if kind == "visit" and not beside.labelled and page.in_prose(raw):
        kind = ""  # "A man of 61 was seen on 12 March 2009 with a lump"
    if kind:
        return kind, _RANK[kind]
    if page.saw(raw):
        return "saw", _RANK["saw"] + (0 if page.saw(raw) == "i" else 1)
    if page.alone(raw, whole_line=True) and page.near_top(raw, 20):
        return "bare", _RANK["bare"]
    if not page.near_top(raw, 8):
        return "", 0
    if page.alone(raw):
        return "bare", _RANK["bare"]
    if page.headline(raw) or page.opens(raw):
        return "bare", _RANK["bare"] + (3 if page.names_patient(raw) else 1)
    return "", 0


def _judged_foot(page: Page, raw: RawDate, kind: str) -> tuple[str, int]:
    line = page.line_at(raw.start)
    short = line.end - line.start < 100 or len(line.cells) > 1
    if kind in _PAGE and (short or kind != "received"):  # "the last dose was taken on 4 May"
        return kind, _RANK[kind]
    if kind in {"visit", "session"} and page.titles(raw):
        return kind, _RANK[kind] + _BELOW
    if (kind == "plain" and short) or (not kind and page.alone(raw, whole_line=True)):
        return "foot", _RANK["foot"]
    if not kind and page.alone(raw) and page.signed(raw):
        return "foot", _RANK["foot"]
    return "", 0


def _kind(beside: Beside, inpatient: bool) -> str:
    """The kind of ``_RANK`` that a cue stands for."""
    kind, cue = beside.kind, beside.cue
    if inpatient and kind == "other" and cue.startswith("died"):
        return "discharge"  # the stay ended so
    if kind == "discharge" and not inpatient:
        # Outside a discharge letter DOD is a death, "out" nothing, "discharged" history.
        form = beside.labelled and cue.startswith(("date", "disch", "d/c date"))
        return kind if form else "other"
    if kind == "typed":
        if "dict" in cue or cue in {"d", "dd"}:
            return "dictated"
        return "signed" if _SIGNING.search(cue) else "typed"
    if kind == "printed":
        if cue.startswith("arriv"):
            return "admitted"
        return "printed" if cue.startswith(_PRINTING) else "received"
    return kind


_SIGNING: Final = trial(r"sign|verif|approv|fil|status|authent|check")
_PRINTING: Final = ("print", "fax", "f a x", "page", "date print", "generated", "run")


def _birthday(page: Page, raw: RawDate, date: EdtfDate, ctx: DateContext, kind: str) -> bool:
    """Whether a date is too far from all others of the letter to be its own."""
    others = [
        year
        for other in page.view.dates
        if other.has_year and other.start != raw.start
        if (year := other.resolve(ctx)) is not None
        if str(year) != str(date)
    ]
    years = [other.start.year for other in others if 1960 <= other.start.year <= 2035]
    named = kind == "bare" and page.names_patient(raw)
    if not years:
        return named and date.start.year < 1990
    if named and date.start.year - max(years) > _LIFETIME:
        return True  # 30/1/34
    if kind in {"visit", "discharge", "today", "exam", "session", "saw"} and page.in_head(raw):
        return max(years) - date.start.year >= 2 * _LIFETIME
    return max(years) - date.start.year >= _LIFETIME


def _yearless(page: Page, order: Order, found: list[Candidate]) -> list[Candidate]:
    """Visits dated without a year ("Clinic 8/3, typed 12/3/10"), read by the dates around."""
    pages = [c for c in found if c.kind in _PAGE or c.kind in _LETTERHEAD]
    if not pages or min(c.rank for c in found) <= _RANK["session"]:
        return []
    later = min(pages, key=lambda c: c.order)
    inpatient = page.inpatient
    made: list[Candidate] = []
    for raw in page.dates:
        if raw.kind not in {Kind.DAY_MONTH, Kind.NUMERIC_MY} or page.copied(raw):
            continue
        line = page.text[page.line_at(raw.start).start : raw.start]
        if len(line) > _ASIDE and line.endswith("("):
            continue  # "PS 2 in the referral (10 Feb), today 3"
        kind = _kind(page.beside(raw), inpatient)
        if not page.in_head(raw) or kind not in {"visit", "session", "discharge", "today"}:
            if page.saw(raw) != "i" or raw.kind is Kind.NUMERIC_MY:
                continue
            kind = "saw"
        date = raw.resolve(DateContext(later.date, order), prefer="dm")
        if date is not None and 0 <= (later.date.start - date.start).days <= _LAG:
            made.append(Candidate(raw, date, kind, _RANK[kind]))
    return made


def _without_old_visits(found: list[Candidate]) -> list[Candidate]:
    """Leave out visits told of in the opening that are not the one the letter reports."""
    heads = [c for c in found if c.kind in _LETTERHEAD]
    pages = [c for c in found if c.kind in _PAGE]
    kept = []
    for one in found:
        if one.kind == "saw":
            near = [
                0 <= (other.date.start - one.date.start).days <= lag
                for others, lag in ((heads, _HEAD_LAG), (pages, _LAG))
                for other in others
            ]
            sure = one.rank == _RANK["saw"]
            if (near and not any(near)) or (not near and not sure):
                continue
        kept.append(one)
    return kept
