"""Whether words that look like a disease status are one: abbreviations, progress of what.

CR may be creatinine, PR a pulse, PD Parkinson's disease, SD a standard deviation; pain
progresses and observations are stable. An abbreviation counts only in the company of a
scan, a drug or the words of response, and never beside a figure.
"""

from __future__ import annotations

import re

from extract.fields import ticks
from extract.fields.therapy import tables
from extract.fields.therapy.model import Standing
from extract.fields.therapy.status import Status, cues
from extract.fields.view import View
from extract.language.reading import UnitKind
from extract.language.trying import trial

_NO_SECTIONS = frozenset({"family", "social", "past_history", "allergies", "examination"})
_CLAUSE = trial(r"[;:]|\.\s|\b(?:but|while|although|though|when|because)\b")


def genuine(view: View, status: Status, *, treated: bool = False) -> bool:
    """Whether the mention is a status of this patient's cancer, asserted or not.

    ``treated`` tells that the letter gives the patient an anti-cancer drug.
    """
    if cues()["treated_elsewhere"].search(status.text) and not (
        _drugs(status) or cues()["cancer"].search(status.text)
    ):
        return False
    if cues()["not_cancer"].match(status.after()) and not _drugs_right_after(status):
        return False
    if cues()["other_object"].match(status.after()) or cues()["of_symptom"].match(status.after()):
        return False
    if cues()["slash_run"].search(status.text) and _in_run(status):
        return False
    ticked = ticks.ticked(status.text, status.at, status.to) if ticks.boxes(status.text) else None
    if ticked is not None:
        return ticked
    if status.mention.label == "RESP_CELL":
        return _whole_cell(view, status)
    if status.mention.value("short"):
        return _abbreviation(view, status) or (treated and _spoken(view, status))
    return _long_form(view, status)


def _whole_cell(view: View, status: Status) -> bool:
    """ "Stable" opens a cell of a column of responses, or what a label of response holds."""
    unit = status.sentence.unit
    if unit.kind is UnitKind.PAIR:
        opens = not view.text[unit.body : status.mention.start].strip(" \t:.=|-")
        return opens and bool(
            re.match(r"(?:best |overall |objective |current )*(?:resp|recist)", unit.label, re.I)
        )
    return any(
        cell.column is tables.Column.RESPONSE and cell.start == status.mention.start
        for cell in tables.cells(view, unit)
    )


def _in_run(status: Status) -> bool:
    return any(m.start() <= status.at < m.end() for m in cues()["slash_run"].finditer(status.text))


# -- abbreviations -------------------------------------------------------------------


def _abbreviation(view: View, status: Status) -> bool:
    if _figure(view, status) or _deviation(view, status):
        return False
    if _column(view, status):
        return True
    if _other_meaning(status):
        return False
    unit = status.sentence.unit
    label = unit.label if unit.kind is UnitKind.PAIR else _heading(view, status)
    bracketed = status.scene.groups and re.search(r"\([^()]*$", status.before(40))
    worded = re.match(r"RECIST|(?:ir?|c|u)(?=[A-Z]{2})", status.words)
    near = cues()["status_words"].search(_around(status))
    company = bool(near or bracketed or worded) or _drugs(status)
    if unit.section in _NO_SECTIONS and not company:
        return False
    if company or cues()["status_label"].search(label):
        return bool(_shaped(status))
    alone = re.fullmatch(r"[\W\d]*", status.before()) and re.match(
        r"\s*(?:$|[,.;)]|then|->)", status.after()
    )
    strong = re.search(
        r"\b(?:(?:is|was|remain\w*|still|stopped|left|whil\w+|now|been?|went|gone|again) in|achiev\w+"
        r"|confirmed|durable|sustained|RECIST|best)\s+(?:a\s+)?$",
        status.before(),
    )
    laid_out = unit.kind is not UnitKind.PROSE or unit.section == "treatment"
    opens = alone or _opens_with_date(view, status)
    return bool(strong or (opens and laid_out and unit.section not in _NO_SECTIONS))


def _opens_with_date(view: View, status: Status) -> bool:
    """ "PD 08/16/2010, off 08/20/2010": the status opens the sentence, its date right behind."""
    gap = re.match(r"\s*(?:\(|(?:on|in|at|by|from)\s|:)?\s*", status.after(8))
    if gap is None or re.search(r"\w", status.before()):
        return False
    place = status.sentence.raw(status.to + gap.end(), status.to + gap.end() + 1)[0]
    return bool(view.dates_in(place, place + 1))


def _spoken(view: View, status: Status) -> bool:
    """In a letter about treatment, "he had a PR" needs no scan to be one."""
    if status.sentence.unit.section in _NO_SECTIONS or cues()["examined"].search(status.text):
        return False
    if _figure(view, status) or _deviation(view, status) or _other_meaning(status):
        return False
    alone = re.fullmatch(
        r"\W*(?:(?:best|good|initial|confirmed)\W+)?", status.before(), re.IGNORECASE
    )
    if alone and re.fullmatch(r"\W*", status.after()):
        return True
    return bool(cues()["said_as_status"].search(status.before(60)))


def _around(status: Status) -> str:
    return status.text[max(0, status.at - 110) : status.at] + " | " + status.after(80)


def _shaped(status: Status) -> bool:
    return bool(
        cues()["status_before"].search(status.before())
        or cues()["status_after"].match(status.after())
        or (status.value in ("CR", "PR", "SD", "PD") and re.search(r"\w\s+$", status.before()))
    )


def _figure(view: View, status: Status) -> bool:
    """A number of the abbreviation's own follows: creatinine, a pulse, a deviation."""
    after = status.after(30)
    if not cues()["number_after"].match(after) or cues()["number_of_time"].match(after):
        return False
    if re.match(r"\s*\(?\d{1,2}/\d{2}(?!\d|/\d)(?:\d\d)?\b", after):
        return False  # a month and year
    digit = re.search(r"\d", after)
    assert digit is not None
    place = status.sentence.raw(status.to + digit.start(), status.to + digit.end())[0]
    return not any(d.start <= place < d.end for d in view.dates_in(place - 12, place + 1))


def _deviation(view: View, status: Status) -> bool:
    """ "-1.4 SD": a number that is no date stands before."""
    match = re.search(r"\d\s*$", status.before(12))
    if re.search(r"\d{1,2}/\d{2}(?:\d\d)?\s*$", status.before(12)):
        return False  # a month and year
    if status.value != "SD" or match is None:
        return False
    place = status.sentence.raw(status.at - len(status.before(12)) + match.start(), status.at)[0]
    return not any(d.start <= place < d.end for d in view.dates_in(place - 24, place + 1))


def _other_meaning(status: Status) -> bool:
    if status.words.endswith("MR") and len(status.words) > 2:  # PMR and CMR: only of a PET
        return not re.search(r"\b(?:PET|FDG|metabolic|deauville)\b", status.text, re.IGNORECASE)
    after, letters = status.after(40), status.words[-2:].lower()
    name = f"other_after_{letters}"
    if name in cues().rules and cues()[name].match(after):
        return True
    if cues()["other_before"].search(status.before(60)):
        return (
            not re.search(r"\b(?:had|has|on)\s+(?:a|an|in)?\s*$", status.before(60))
            or status.value == "PD"
        )
    if status.value == "PD" and re.search(
        r"parkinson|dialysis|madopar|sinemet", _around(status), re.I
    ):
        return True
    if status.value in {"MR", "NE"}:
        return not re.search(r"\b(?:resp\w*|best|RECIST|outcome|as)\b", status.before(60), re.I)
    return False


def _column(view: View, status: Status) -> bool:
    """In a table with titles: whether the column is one of statuses or reasons."""
    if status.sentence.unit.kind is not UnitKind.ROW:
        return False
    return any(
        cell.start <= status.mention.start < cell.end
        and cell.column in (tables.Column.RESPONSE, tables.Column.REASON)
        for cell in tables.cells(view, status.sentence.unit)
    )


def _heading(view: View, status: Status) -> str:
    path = view.reading.path(status.sentence.unit)
    return path[0].label if path else ""


def _drugs(status: Status) -> bool:
    return any(g.standing is Standing.REAL for g in status.scene.groups)


def _drugs_right_after(status: Status) -> bool:
    return any(0 <= g.at - status.to < 30 for g in status.scene.groups)


# -- whole words ---------------------------------------------------------------------


def _long_form(view: View, status: Status) -> bool:
    kind = status.mention.value("kind")
    words = status.words.lower()
    if status.mention.value() == "SAID":
        return _said(status)
    if status.value == "CR" and cues()["residue"].match(status.after()):
        return False
    if kind == "none":
        return _nothing_left(view, status)
    if kind == "held":
        return _held(status)
    if kind == "bare":
        return _bare(status)
    if kind == "ne":
        return bool(cues()["status_words"].search(_around(status)))
    if words.startswith(("progress", "continued")) and status.value == "PD":
        return _progress(status)
    if words.startswith("progressive") and re.search(
        r"cancer|lymphoma|melanoma|carcinoma|sarcoma|myeloma|leuk", words
    ):
        return bool(
            re.search(
                r"\b(?:show\w*|reveal\w*|confirm\w*|demonstrat\w*|developed|with|despite)\b",
                status.clause()[-60:],
                re.I,
            )
        )
    return True


def _nothing_left(view: View, status: Status) -> bool:
    """No disease to be found: a response where a scan or a drug says so, not surgery alone."""
    text = status.text
    if cues()["surgical"].search(text) and not re.search(r"pathol", text, re.IGNORECASE):
        return False
    if cues()["staging"].search(text) or re.search(r"\badjuvant", text, re.IGNORECASE):
        return False
    if cues()["scan_word"].search(text) or _drugs(status):
        return True
    return not status.before().strip() and _after_scan(view, status)


def _after_scan(view: View, status: Status) -> bool:
    """Whether the sentence before in the same paragraph speaks of a scan's result."""
    here = status.sentence
    above = view.sentences[here.index - 1] if here.index else None
    return (
        above is not None
        and above.unit.index == here.unit.index
        and bool(cues()["scan_word"].search(above.text))
    )


def _said(status: Status) -> bool:
    """ "Response: partial" is one; "Result: stable" only among scans and drugs."""
    if re.match(r"resp|best", status.words, re.IGNORECASE):
        return True
    near = status.before(80) + status.after(60)
    return bool(cues()["status_words"].search(near) or _drugs(status))


def _bare(status: Status) -> bool:
    """ "... were all stable": of scans or of the disease, and of nothing else."""
    before = status.before()
    verb = cues()["remained"].search(before)
    if verb is None:
        return False
    subject = _CLAUSE.split(before[: verb.start()])[-1]
    return bool(cues()["cancer"].search(subject)) and not cues()["other_subject"].search(subject)


def _held(status: Status) -> bool:
    """ "Stable on it": of the patient or the disease, on a drug of the letter."""
    words = status.words.lower()
    if not words.startswith("stab"):
        return True
    if not cues()["stable_subject"].search(status.before(90)):
        return False
    if re.search(r"\bon$|\bwith$|\bunder$|\bafter$|\bduring$|\bsince$|\bfrom$", words):
        after = [g for g in status.scene.groups if g.at >= status.to]
        named = bool(after) and bool(
            cues()["object_gap"].match(status.text[status.to : after[0].at] + " ")
        )
        return named or bool(cues()["pronoun_after"].match(status.after()))
    return True


def _progress(status: Status) -> bool:
    """Of the disease, not of symptoms, physiotherapy or another illness."""
    return not (
        cues()["other_progress_after"].match(status.after())
        or cues()["other_progress_before"].search(status.before(90))
    )
