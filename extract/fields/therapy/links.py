"""How the words between a status and a drug tie the two, or do not."""

from __future__ import annotations

import re

from extract.fields.therapy.status import Status, cues


def joins(gap: str, words: str) -> bool:
    """Whether the words between a status and a drug after it make the status the drug's."""
    if cues()["ends_in_link"].search(words):
        return bool(cues()["object_gap"].match(gap + " ") or not gap.strip())
    match = cues()["link_after"].match(gap)
    if match is None:
        return False
    rest = gap[match.end("link") :]
    return bool(cues()["object_gap"].match(rest.rstrip() + " ") or not rest.strip())


def begun_for(status: Status, at: int, to: int) -> bool:
    """Whether the drug at ``text[at:to]`` before a status is what was begun because of it."""
    gap, lead = status.text[to : status.at], status.text[:at]
    if len(gap) > 110 or not cues()["because"].search(gap) or cues()["drug_stopping"].search(gap):
        return False
    if re.search(r"\bwith\W+(?:\w+\W+){0,4}$", gap):
        return False
    lead = re.sub(r"\bfrom (?:the |his |her )?[\w-]+(?: [\w-]+)? (?=to\b)", "", lead[-100:])
    begun = cues()["drug_beginning"].search(lead[-60:]) and cues()["begun_before"].search(
        lead[-80:]
    )
    return bool(cues()["begun_after"].match(gap) or begun)


def counted(status: Status) -> int:
    """How many of the drugs before it a status is of: "both", "all three"; 0 for one."""
    near = status.text[max(0, status.at - 60) : status.at] + " | " + status.after(40)
    match = cues()["both"].search(near)
    if match is None or _of_cycles(status, near, match.start()):
        return 0
    return 2 if match.group().lower() == "both" else 9


def _of_cycles(status: Status, near: str, at: int) -> bool:
    """ "After the first two cycles and after all four": of cycles, not of drugs."""
    told = re.search(r"\b(?:cycles?|courses?|doses|weeks|infusions)\b", status.before())
    return bool(told and re.search(r"\b(?:after|over|with|following)\W+$", near[:at]))


def begins_next(status: Status, at: int, to: int) -> bool:
    """Whether a drug after a status is what was begun next, or for all one can tell may be."""
    gap, tail = status.text[status.to : at], status.text[to : to + 50]
    begins = cues()["begun_before"].search(gap) or cues()["begun_after"].match(tail)
    return bool(begins) or status.value == "PD"
