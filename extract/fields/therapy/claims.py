"""Whether a response or a reason is said of this patient, as a fact.

"No evidence of progression", "further course only if CR or PR", "response rates of 50 %"
and "to continue until progression" say nothing of what happened.
"""

from __future__ import annotations

import re

from extract.fields import criteria, ticks
from extract.fields.subject import Others
from extract.fields.therapy.events import Scene
from extract.fields.therapy.status import Status, cues, statuses
from extract.fields.view import View
from extract.language.reading import Mention, Sentence
from extract.language.trying import trial

_VOID_SECTIONS = frozenset({"family", "allergies", "criteria", "information"})


def asserted(view: View, status: Status, others: Others, *, trial: bool = False) -> bool:
    """Whether a genuine status is a fact about this patient."""
    unit = status.sentence.unit
    ticked = ticks.ticked(status.text, status.at, status.to) if ticks.boxes(status.text) else None
    if ticked is not None:
        return ticked
    if unit.section in _VOID_SECTIONS or others.at(status.sentence, status.at):
        return False
    if trial or (criteria.listed(view, unit) and not cues()["happened"].search(status.text)):
        return False
    return not (_denied(status) or _supposed(status) or _general(status))


_NOT_STOPPED_FOR = trial(
    r"\bnot (?:been )?(?:stopped|discontinued|withdrawn|abandoned|given up)\W+(?:\w+\W+){0,4}$|\bnot because\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)


def _denied(status: Status) -> bool:
    before = status.before(130)
    if status.mention.value("kind") == "none":
        before = before.rstrip()
        return bool(re.search(r"\bnot (?:yet )?$", before + " "))
    if cues()["neg_before"].search(before) or _NOT_STOPPED_FOR.search(before):
        return True
    if status.value in ("CR", "PR") and cues()["near_before"].search(before):
        return True
    return bool(cues()["neg_after"].match(status.after()))


def _supposed(status: Status) -> bool:
    """Hoped for, feared, asked, planned for, or still to come."""
    before, after, clause = status.text[: status.at], status.after(), status.clause()
    if re.search(r"\bapparent\W+(?:disease\W+)?$", before, re.IGNORECASE):
        return True
    if cues()["ask_before"].search(before) or cues()["ask_after"].match(after):
        return True
    if cues()["rate_after"].match(after) or cues()["of_kin"].match(after):
        return True
    if _until(status):
        return True
    at = cues()["at_before"].search(before)
    if (
        at
        and status.value == "PD"
        and (cues()["ahead"].search(status.text) or status.text.rstrip().endswith("?"))
        and not cues()["happened"].search(before)
    ):
        return True
    if cues()["inverted"].search(clause) or cues()["inverted"].search(before[-70:]):
        return True
    return any(_reaches(status, match) for match in cues()["sup_before"].finditer(clause))


def _reaches(status: Status, match: re.Match[str]) -> bool:
    """Whether a word of supposing in the clause before governs the status."""
    clause = status.clause()
    lead = clause[: match.start()]
    if match.group().lower() == "criteria for" and cues()["met_criteria"].search(lead):
        return False
    if match.group().lower() == "could" and cues()["best_said"].search(lead):
        return False
    word, gap = match.group().lower(), clause[match.end() :]
    if word == "may":
        start = len(status.text[: status.at]) - len(clause) + match.start()
        around = status.text[max(0, start - 14) : start + 6]
        if cues()["may_month"].search(around):
            return False
    if word in ("will", "can", "shall") and cues()["safe_will"].match(clause[match.start() :]):
        return False
    if re.search(
        r"\b(?:show(?:s|ed)|reveal(?:s|ed)|confirm(?:s|ed)|demonstrat(?:es|ed)|report(?:s|ed))\b",
        gap,
    ):
        return word in ("if", "unless", "whether", "provided that", "in case", "until")
    return len(gap.split()) <= (14 if word in ("if", "unless", "whether") else 7)


def _until(status: Status) -> bool:
    before = status.text[: status.at]
    match = cues()["until_before"].search(before)
    if not match:
        return False
    lead = before[: match.start()]
    if cues()["ongoing_plan"].search(lead) and not re.search(
        r"\b(?:was|were) continu|\bcontinued\b", lead
    ):
        return True
    past = (
        cues()["happened"].search(lead)
        or cues()["then_word"].match(status.words + status.after(40))
        or cues()["then_word"].match(status.after(40))
    )
    return not past


def _general(status: Status) -> bool:
    """Said of patients, trials or odds in general."""
    told = cues()["told_that"].search(status.before()) if status.value in ("CR", "PR") else None
    if told and not cues()["own_case"].search(told["gap"]):
        return True
    if cues()["headcount"].search(status.text) and re.search(r"\b\d{1,3} $", status.before()):
        return True  # "six patients so far (2 PR, 1 death)"
    if cues()["generic"].search(status.text):
        own = re.search(
            r"\b(?:he|she|his|her|you|your|(?:this|our|the) patient)\b",
            status.clause(),
            re.IGNORECASE,
        )
        near = cues()["generic"].search(status.before(90) + " | " + status.after(60))
        return bool(near) and not (
            own and not cues()["generic"].search(status.clause() + status.after(40))
        )
    return False


# -- for reasons of ending -----------------------------------------------------------


def stated(sentence: Sentence, mention: Mention, others: Others) -> bool:
    """Whether a mention of progression is asserted of the patient."""
    status = _as_status(sentence, mention)
    if sentence.unit.section in _VOID_SECTIONS or others.at(sentence, status.at):
        return False
    return not (_denied(status) or _supposed(status) or _general(status))


def denied(sentence: Sentence, _mention: Mention, at: int) -> bool:
    """Whether a negation reaches the mention with nothing of weight between."""
    clause = re.split(r"\b(?:when|but)\b", sentence.text[max(0, at - 130) : at])[-1]
    return bool(cues()["neg_before"].search(clause))


def _as_status(sentence: Sentence, mention: Mention) -> Status:
    at, to = sentence.folded(mention.start), sentence.folded(mention.end - 1) + 1
    return Status(Scene(sentence, []), mention, "PD", at, to)


__all__ = ["asserted", "denied", "stated", "statuses"]
