"""What a letter says of one organ in one place: diseased, clear, cleared, or nothing.

The words are those of ``patterns/sites.yaml``; each looks at the sentence with all its
organs overwritten by one sign, so that "metastases in the lungs, liver and bones" and
"the liver, bones and adrenals are clear" are read alike whatever the organs.
"""

from __future__ import annotations

import re

from extract.fields.boxed import box_of
from extract.fields.siteplaces import MARK, NOTHING, Place, Said, Setting, Standing
from extract.fields.sitepresent import Spot, present
from extract.fields.sitewords import CUES, governed, lesion_behind, reaches, window
from extract.language.trying import trial

#: How far a word such as "if" or "patients with" reaches.
_SUPPOSED_REACH = 80
#: "If brain has mets ...": a condition right before the organ.
_IF = trial(r"\b(?:if|unless|in case)\s(?:the\s|his\s|her\s|your\s)?$", re.IGNORECASE)
#: "The liver and lungs are clear, as are the ...".
_AS_CLEAR = trial(
    r"\b(?:clear|normal|unremarkable|fine)\b[^.;]{0,20},?\s(?:as|so)\s(?:is|are|were|was)\s"
    r"(?:the\s|his\s|her\s|your\s)?$",
    re.IGNORECASE,
)
#: An operation that was only spoken of: "Resection of the lesion considered".
MOOTED = trial(
    r"[^.;,]{0,30}\b(?:(?:was|were|is|has been|being) )?(?:considered|discussed|declined|mooted|offered"
    r"|proposed|suggested|refused|futile|not (?:possible|feasible|done|offered|advised))\b",
    re.IGNORECASE,
)
_BOX = trial(r"\[\s?[xX]?\s?\]")


def read(text: str, place: Place, setting: Setting) -> Said:
    """What ``text``, the marked sentence, says of ``place``."""
    answer = _answered(text, place)
    if answer is not None:
        return answer
    before, after = text[: place.at], _BOX.split(text[place.to :])[0]
    if _IF.search(before):
        return NOTHING
    if CUES["shown_after"].match(after):
        return Said(Standing.PRESENT)
    if _AS_CLEAR.search(before):
        return _clear(place, before, after, setting)
    if _supposed(before) or _is_primary(before, after, place):
        return NOTHING
    if CUES["procedure"].search(before) or CUES["procedure_after"].match(after):
        clear = _cleared(after, place)
        return _clear(place, before, after, setting) if clear else NOTHING
    if _denied(before):
        return _clear(place, before, after, setting)
    if _benign(before, after, place):
        return NOTHING
    gone = _gone(before, after)
    if gone is not None:
        return gone
    if not governed(before) and _cleared(after, place):
        return _clear(place, before, after, setting)
    return present(Spot(before, after, place, setting))


def _answered(text: str, place: Place) -> Said | None:
    """A form's own answer: a ticked box, or yes or no behind the organ."""
    ticked = None if place.at == place.to else box_of(place.sentence, place.at, place.to)
    if ticked is not None:
        return Said(Standing.PRESENT) if ticked else NOTHING
    answer = CUES["answered"].match(text[place.to :])
    if answer is None:
        return None
    return Said(Standing.PRESENT) if answer["yes"] or answer["yes2"] else NOTHING


def _supposed(before: str) -> bool:
    """Whether only a risk, a rule or a condition speaks of disease there."""
    gaps = (before[match.end() :] for match in CUES["general"].finditer(before))
    return any(len(gap) <= _SUPPOSED_REACH and not re.search(r"[:;.]", gap) for gap in gaps)


def _is_primary(before: str, after: str, place: Place) -> bool:
    """Whether the organ is named as the one the cancer began in."""
    if CUES["primary_after"].match(after):
        return True
    return place.kind == "strict" and bool(CUES["primary_before"].search(before))


def _clear(place: Place, before: str, after: str, setting: Setting) -> Said:
    """A clear organ; not where only hands felt for it, or only part of it is meant."""
    scanned = setting.imaged or CUES["imaging"].search(before)
    if setting.examined or (place.organ == "lung" and not scanned):
        return NOTHING
    where = CUES["elsewhere"].search(after[:50])
    if place.organ == "lymph_node" and not place.parts and where is not None:
        part = where.lastgroup or ""
        return NOTHING if part == "none" else Said(Standing.CLEAR, parts=(part,))
    return Said(Standing.CLEAR)


def _denied(before: str) -> bool:
    if reaches("no_change_before", before, "run_stop"):
        return False
    return reaches("no_before", before, "run_stop", ";:.?()")


def _benign(before: str, after: str, place: Place) -> bool:
    """Whether what is there is not cancer, or not known to be."""
    if CUES["asked_of"].match(after) or before.rstrip().endswith("?"):
        return True
    lead, tail = window(before, after)
    stated = lesion_behind(after)
    if stated is not None and CUES["stated"].search(stated["lesion"]):
        tail = stated["run"]
    if CUES["doubtful"].search(lead) or CUES["doubtful"].search(tail.split(",")[0]):
        return True
    if CUES["late_doubt"].match(tail) or CUES["benign"].search(lead):
        return True
    if CUES["benign"].search(tail.split(", the ")[0]):
        return True
    return place.kind == "node" and bool(CUES["counted_nodes"].search(lead + MARK + tail[:20]))


def _gone(before: str, after: str) -> Said | None:
    """Disease that was there and is no more; some of it gone leaves the rest."""
    if reaches("gone_before", before, "list_stop", ";:.?(),", 70):
        return NOTHING if MOOTED.match(after) else Said(Standing.GONE)
    cue = CUES["gone_after"].match(after)
    if cue is None or CUES["run_turns"].search(cue["run"]):
        return None
    if MARK in cue["run"] and (governed(before) or not CUES["list_run"].match(cue["run"])):
        return None
    partly = CUES["partial"].search(cue["run"] + cue["word"]) or CUES["some_of"].search(before)
    rest = after[cue.end() :]
    if partly or re.match(r"[^.;]{0,12}\bor\b", rest) or re.search(r"\bmore\b", rest[:30]):
        return Said(Standing.PRESENT)
    return Said(Standing.GONE)


def _cleared(after: str, place: Place) -> bool:
    """Whether the organ, alone or in a list, is called clear or normal."""
    cue = CUES["clear_after"].match(after)
    if cue is not None and not CUES["run_turns"].search(cue["run"]):
        other = MARK in cue["run"] and not CUES["list_run"].match(cue["run"])
        sized = CUES["run_sized"].search(cue["run"]) or " with " in cue["run"]
        if not other and not sized:
            return True
    return place.kind in ("node", "station") and bool(CUES["small_node"].match(after))
