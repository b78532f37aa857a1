"""Tests on the words before and behind an organ, its sentence's organs overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.fields.cues import load_cues
from extract.fields.siteplaces import MARK
from extract.language.trying import trial

CUES = load_cues("sites")
#: What ends the reach of a word that stands before an organ.
_BREAKS = ";:.?"
_REACH = 130
_ABBREVIATED = trial(r"\d\.\d|\b(?:approx|c|e\.g|i\.e|seg|R|L)\.")


def heads(
    cue: str, before: str, stop: str, breaks: str = _BREAKS, reach: int = _REACH
) -> Iterator[tuple[str, str]]:
    """Each match of ``cue`` that reaches the organ, and the words between.

    Args:
        cue: the name of the cue.
        before: the text up to the organ.
        stop: the cue that, found between, ends the reach.
        breaks: marks that end it.
        reach: the most characters between.
    """
    for match in CUES[cue].finditer(before):
        run = before[match.end() :]
        ended = any(mark in breaks for mark in _ABBREVIATED.sub("", run))
        if len(run) <= reach and not ended and not CUES[stop].search(run):
            yield match[0], run


def reaches(cue: str, before: str, stop: str, breaks: str = _BREAKS, reach: int = _REACH) -> bool:
    """Whether any match of ``cue`` reaches the organ."""
    return any(True for _ in heads(cue, before, stop, breaks, reach))


def runs(cue: str, before: str) -> bool:
    """Whether ``cue``, which takes in all up to the organ, matches with nothing to stop it."""
    found = CUES[cue].search(before)
    if found is None:
        return False
    groups = found.groupdict()
    return not CUES["list_stop"].search(groups.get("run") or groups.get("run2") or "")


def only(before: str, after: str) -> bool:
    """Whether the disease is said to be there alone: "confined to the lungs"."""
    found = CUES["only_after"].match(after)
    if found is not None and not CUES["list_stop"].search(found["run"]):
        return True
    return reaches("only_before", before, "list_stop", reach=90)


def lesion_behind(after: str) -> re.Match[str] | None:
    """The word for a lesion that the organ belongs to: "lung and liver metastases"."""
    cue = CUES["lesion_after"].match(after)
    return None if cue is None or CUES["noun_stop"].search(cue["run"]) else cue


def lesion(before: str, after: str) -> bool:
    """Whether a word for a lesion goes with the organ."""
    cue = lesion_behind(after)
    if cue is not None:
        disease = cue["lesion"].lower() == "disease"
        if not disease or not (
            CUES["chronic"].search(before) or CUES["chronic"].search(cue["run"])
        ):
            return True
    return bool(CUES["shows_after"].match(after)) or reaches("lesion_before", before, "list_stop")


def plain(before: str, after: str) -> bool:
    """Whether a word that only metastases have goes with the organ."""
    cue = lesion_behind(after)
    if cue is not None and CUES["strong"].search(cue["lesion"]):
        return True
    return any(
        CUES["strong"].search(head) for head, _ in heads("lesion_before", before, "list_stop")
    )


def governed(before: str) -> bool:
    """Whether "metastases in" and its like stand right before the organ."""
    found = heads("lesion_before", before, "list_stop")
    return any(MARK not in run and "," not in run for _, run in found)


def window(before: str, after: str) -> tuple[str, str]:
    """The noun phrase round an organ: back to a comma or another organ, on to the next."""
    lead = re.split(rf"[,;.:(]|{MARK}|\band\b|\bwith\b|\bbut\b", before)[-1][-60:]
    tail = _NEXT_PHRASE.split(after)[0][:80]
    return lead, tail


_NEXT_PHRASE = trial(
    rf"[;?]|\.\s|{MARK}|\bbut\b|\band (?:there|the|he|she|an?|one|several|some|new)\b"
)
