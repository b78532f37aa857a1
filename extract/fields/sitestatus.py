"""What a letter says of one organ in one place: diseased, clear, cleared, or nothing.

The words are those of ``patterns/sites.yaml``; each looks at the sentence with all its
organs overwritten by one sign, so that "metastases in the lungs, liver and bones" and
"the liver, bones and adrenals are clear" are read alike whatever the organs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from extract.fields.cues import load_cues
from extract.fields.ticks import boxes, ticked
from extract.language.reading import Mention, Sentence

CUES = load_cues("sites")
MARK = "¤"
_STRONG = re.compile(
    r"metasta|mets?\b|secondar|deposit|implant|disease|recurr|relaps|spread|involv|infiltrat"
    r"|carcinomatosis|disseminat",
    re.IGNORECASE,
)
_CHRONIC = re.compile(
    r"\b(?:chronic|interstitial|obstructive|fatty|isch(?:a)?emic|inflammatory|polycystic"
    r"|underlying|coronary|valvular|diverticular|peptic|restrictive)\W+$",
    re.IGNORECASE,
)
_LARGE = re.compile(
    r"\b(?:enlarg\w+|bulky|pathological|cluster|mass|conglomerate|new|matted|massive|multiple)\b"
    r"|\b(?:1[1-9]|[2-9]\d|1\d\d)\s?(?:mm|millimet)|\b\d(?:\.\d)?\s?cm",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d\s?/\s?\d+|\bsentinel\b|\bnode[\s-](?:negative|positive)\b", re.IGNORECASE)
_BONE_LESION = re.compile(r"lesion|lytic|hot|deposit|uptake|metasta|bon[ey]|sclerotic", re.IGNORECASE)
_OF = re.compile(r"\s(?:of|in)\s(?:the\s)?", re.IGNORECASE)
_SIZED = re.compile(r"\b\d+(?:\.\d)?\s?(?:mm|cm)\s(?:\w+\s){0,2}$")
_STATED = re.compile(r"metasta|mets?\b|secondar|deposit", re.IGNORECASE)
_ANSWER = re.compile(
    r"\s?[(:=]\s?(?:(?P<yes>Y|Yes|YES|\+{1,3}|pos\w*)|(?P<no>N|No|NO|-|neg\w*))\s?\)?(?=[\s,;.)|]|$)"
)
_NOW = re.compile(r"\W{0,2}(?:now|at present|currently|today)\b", re.IGNORECASE)
_STAGE = re.compile(r"T[1-4]$")
_SPINE = re.compile(r"spin\w+|vertebr\w+|bon[ey]s?\b|compression|body of|deposits? (?:at|in)", re.IGNORECASE)
_OTHER_KIDNEY = re.compile(r"contralateral|other|opposite|remaining|solitary|residual", re.IGNORECASE)


class Standing(Enum):
    """What is said of an organ."""

    PRESENT = "present"
    CLEAR = "clear"
    GONE = "gone"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Place:
    """An organ named in a sentence, in characters of its folded text."""

    sentence: Sentence
    mention: Mention
    at: int
    to: int
    organ: str
    kind: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a place; ``weak`` where only the layout or a loose word says so."""

    standing: Standing
    weak: bool = False
    only: bool = False
    parts: tuple[str, ...] = ()


_NOTHING = Said(Standing.NOTHING)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a sentence stands: under a title for sites, in an examination, in a scan's list."""

    titled: bool = False
    terse: bool = False
    examined: bool = False
    imaged: bool = False


def places_of(sentence: Sentence) -> list[Place]:
    """The organs of a sentence; stations that go with the word "nodes" are one place."""
    found: list[Place] = []
    for mention in sentence.of("SITE"):
        at, to = sentence.folded(mention.start), sentence.folded(mention.end - 1) + 1
        part = mention.value("part") or _side(mention.value("side"))
        place = Place(
            sentence, mention, at, to, mention.value("organ"), mention.value("kind"),
            (part,) if part else (),
        )  # fmt: skip
        before = found[-1] if found else None
        if before is not None and place.kind == "node" and before.kind in ("station", "node"):
            between = sentence.text[before.to : place.at]
            if re.fullmatch(r"\W{0,3}(?:lymph\W?)?", between):
                found[-1] = _joined(before, place)
                continue
        if before is not None and before.organ == place.organ and _OF.fullmatch(
            sentence.text[before.to : place.at]
        ):
            found[-1] = _joined(before, place)
            continue
        found.append(place)
    return _stations(sentence, found)


def _side(word: str) -> str:
    low = word.lower()
    return {"left": "left", "l": "left", "right": "right", "r": "right"}.get(low, "")


def _joined(first: Place, last: Place) -> Place:
    kind = last.kind if first.kind == "station" else first.kind
    parts = first.parts or last.parts
    return Place(first.sentence, first.mention, first.at, last.to, first.organ, kind, parts)


def _stations(sentence: Sentence, found: list[Place]) -> list[Place]:
    """"Hilar and para-aortic nodes": a station coupled with nodes is one of nodes."""
    made = list(found)
    for index in range(len(made) - 2, -1, -1):
        place, after = made[index], made[index + 1]
        between = sentence.text[place.to : after.at]
        coupled = re.fullmatch(r"\s?(?:,|/|&|\+|and|or|,\s?and)\s?(?:\w+\s)?", between)
        if place.kind == "station" and after.kind == "node" and coupled:
            made[index] = Place(
                place.sentence, place.mention, place.at, place.to, place.organ, "node", place.parts
            )
    return made


def marked(sentence: Sentence, places: Sequence[Place]) -> str:
    """The sentence's text with its organs overwritten."""
    text = sentence.text
    for place in places:
        text = text[: place.at] + MARK * (place.to - place.at) + text[place.to :]
    return text


def read(text: str, place: Place, setting: Setting) -> Said:
    """What ``text``, the marked sentence, says of ``place``."""
    box = _boxed(place)
    if box is not None:
        return box
    answer = _ANSWER.match(text[place.to :])
    if answer is not None:
        return Said(Standing.PRESENT) if answer["yes"] else _NOTHING
    before, after = text[: place.at], _before_boxes(text[place.to :])
    if CUES["shown_after"].match(after):
        return Said(Standing.PRESENT)
    if CUES["general"].search(before) or _is_primary(before, after, place):
        return _NOTHING
    if CUES["procedure"].search(before) or CUES["procedure_after"].match(after):
        clear = _cleared(before, after, place)
        return _clear(place, before, after, setting) if clear else _NOTHING
    if _denied(before):
        return _clear(place, before, after, setting)
    if _benign(before, after, place):
        return _NOTHING
    gone = _gone(before, after)
    if gone is not None:
        return gone
    if not _governed(before) and _cleared(before, after, place):
        return _clear(place, before, after, setting)
    return _present(before, after, place, setting)


def _boxed(place: Place) -> Said | None:
    held = boxes(place.sentence.text)
    if not held or place.at == place.to:
        return None
    answer = ticked(place.sentence.text, place.at, place.to, held)
    if answer is None:
        return None
    return Said(Standing.PRESENT) if answer else _NOTHING


def _is_primary(before: str, after: str, place: Place) -> bool:
    """Whether the organ is named as the one the cancer began in."""
    if CUES["primary_after"].match(after):
        return True
    return place.kind == "strict" and bool(CUES["primary_before"].search(before))


def _before_boxes(after: str) -> str:
    """The text up to a form's boxes."""
    return re.split(r"\[\s?[xX]?\s?\]", after)[0]


def _clear(place: Place, before: str, after: str, setting: Setting) -> Said:
    """A clear organ; not where only hands felt for it, or only part of it is meant."""
    scanned = setting.imaged or CUES["imaging"].search(before)
    if setting.examined or (place.organ == "lung" and not scanned):
        return _NOTHING
    if place.organ == "lymph_node" and not place.parts:
        where = CUES["elsewhere"].search(after[:50])
        if where is not None:
            part = where.lastgroup or ""
            return _NOTHING if part == "none" else Said(Standing.CLEAR, parts=(part,))
    return Said(Standing.CLEAR)


# ------------------------------------------------------------------- not there


def _denied(before: str) -> bool:
    if any(True for _ in _heads("no_change_before", before, "run_stop", ";:.?")):
        return False
    return any(True for _ in _heads("no_before", before, "run_stop", ";:.?()"))


def _heads(
    cue: str, before: str, stop: str, breaks: str, reach: int = 130
) -> Iterator[tuple[str, str]]:
    """Each match of a cue that nothing stops, and what runs from it to the end of ``before``."""
    for match in CUES[cue].finditer(before):
        run = before[match.end() :]
        if len(run) > reach or any(c in breaks for c in _ends(run)) or CUES[stop].search(run):
            continue
        yield match[0], run


def _ends(run: str) -> str:
    """The run without the stops of decimals and abbreviations."""
    return re.sub(r"\d\.\d|\b(?:approx|c|e\.g|i\.e|seg|R|L)\.", "", run)


def _window(before: str, after: str) -> tuple[str, str]:
    """The noun phrase round an organ: back to a comma or another organ, on to the next."""
    lead = re.split(rf"[,;.:(]|{MARK}|\band\b|\bwith\b", before)[-1][-60:]
    tail = re.split(rf"[;?]|\.\s|{MARK}|\bbut\b|\band (?:there|the|he|she|an?|one|several|some|new)\b", after)[0][:80]
    return lead, tail


def _benign(before: str, after: str, place: Place) -> bool:
    lead, tail = _window(before, after)
    if after.lstrip().startswith("?") or before.rstrip().endswith("?"):
        return True
    stated = CUES["lesion_after"].match(after)
    if stated and _STATED.search(stated["lesion"]) and not CUES["noun_stop"].search(stated["run"]):
        tail = stated["run"]
    if CUES["doubtful"].search(lead) or CUES["doubtful"].search(tail.split(",")[0]):
        return True
    late = re.match(r"[^,]{0,40},\s?(?:\w+\s){0,2}?(?:indeterminate|equivocal|benign|non-?spec|suspicious|concerning|possibl|\?|of uncertain|query)", tail)
    if late or CUES["benign"].search(lead) or CUES["benign"].search(tail.split(", the ")[0]):
        return True
    return bool(place.kind == "node" and _COUNTED.search(lead + MARK + tail[:20]))


def _gone(before: str, after: str) -> Said | None:
    if any(True for _ in _heads("gone_before", before, "list_stop", ";:.?(),", 70)):
        return Said(Standing.GONE)
    cue = CUES["gone_after"].match(after)
    if cue is None or re.search(r"\b(?:but|and there|and he|and she|no|not)\b", cue["run"]):
        return None
    if MARK in cue["run"] and (_governed(before) or not CUES["list_run"].match(cue["run"])):
        return None
    lead = before[-40:]
    partly = CUES["partial"].search(cue["run"] + cue["word"]) or re.search(
        r"\b(?:some|several|many|most|two|three|four|half|few|one) (?:of )?(?:the )?(?:\w+ )?$", lead, re.IGNORECASE
    )
    rest = after[cue.end() :]
    if partly or re.match(r"[^.;]{0,12}\bor\b", rest) or re.search(r"\bmore\b", rest[:30]):
        return Said(Standing.PRESENT)
    return Said(Standing.GONE)


def _cleared(before: str, after: str, place: Place) -> bool:
    cue = CUES["clear_after"].match(after)
    if cue is not None:
        run = cue["run"]
        stop = re.search(r"\b(?:but|and there|and he|and she|with|which|who)\b", run)
        other = MARK in run and not CUES["list_run"].match(run)
        if not stop and not other and not _measured(run):
            return True
    return place.kind in ("node", "station") and bool(CUES["small_node"].match(after))


def _measured(run: str) -> bool:
    """Whether a size stands before the word "clear": it is then of something else."""
    return bool(re.search(r"\b(?:1[1-9]|[2-9]\d)\s?mm\b|\bnew\b|\blarger\b|\bbigger\b", run))


def _governed(before: str) -> bool:
    """Whether "metastases in" and its like stand right before the organ."""
    runs = _heads("lesion_before", before, "list_stop", ";:.?")
    return any(MARK not in run and "," not in run for _, run in runs)


# ----------------------------------------------------------------------- there


def _present(before: str, after: str, place: Place, setting: Setting) -> Said:
    only = _run_ok("only_after", after, "list_stop", match=True) or any(
        True for _ in _heads("only_before", before, "list_stop", ";:.?", 90)
    )
    strong = _lesion(before, after, place) or (
        bool(_SIZED.search(before)) and place.kind in ("noun", "adj")
    )
    if place.kind == "whole":
        return Said(Standing.PRESENT, only=only)
    if place.kind in ("primary", "mass", "local"):
        return Said(Standing.PRESENT, weak=place.kind == "mass", only=only)
    if place.kind == "kidney":
        other = bool(_OTHER_KIDNEY.search(place.mention.text))
        return Said(Standing.PRESENT, only=only) if other and strong else _NOTHING
    if place.kind == "code":
        return Said(Standing.PRESENT) if re.search(r"\bM1", before) else _NOTHING
    if place.kind == "strict":
        listed = setting.titled or _run_ok("listed_before", before, "list_stop")
        plain = strong and _plainly(before, after)
        return Said(Standing.PRESENT, weak=not plain) if plain or listed else _NOTHING
    if strong:
        if place.kind == "region" and not _within(before, place):
            return _NOTHING
        return Said(Standing.PRESENT, only=only)
    if place.kind == "adj":
        return _NOTHING
    if place.kind == "region":
        return Said(Standing.PRESENT, weak=True) if setting.titled else _NOTHING
    listed = (
        setting.titled
        or setting.terse
        or _run_ok("listed_before", before, "list_stop")
        or _run_ok("scan_before", before, "list_stop")
        or (_run_ok("comma_list", before, "list_stop") and CUES["list_only"].match(after))
        or only
    )
    if place.kind == "level" and _STAGE.match(place.mention.text) and not _SPINE.search(before):
        return _NOTHING
    if listed and (place.kind != "station" or setting.titled or only):
        return Said(Standing.PRESENT, weak=not (only or setting.titled), only=only)
    if place.kind == "node":
        large = bool(_LARGE.search(before[-30:] + after[:60]))
        return _NOTHING if setting.examined and not large else Said(Standing.PRESENT, weak=not large)
    if place.kind == "level":
        near = re.search(r"\b(?:bon[ey]s?|vertebr\w+|compression|destruction|spine)\b|¤\W{0,3}$", before[-30:])
        return Said(Standing.PRESENT, weak=True) if near and MARK in before[-30:] else _NOTHING
    if _NOW.match(after):
        return Said(Standing.PRESENT, weak=True)
    cue = CUES["persists"].match(after)
    if cue is not None and not re.search(r"\b(?:but|and there|no|not)\b", cue["run"]):
        return Said(Standing.PRESENT, weak=True)
    return _NOTHING


def _within(before: str, place: Place) -> bool:
    """Whether disease is said to be in a region, and of a kind that its organ has."""
    if not any(True for _ in _heads("lesion_before", before, "list_stop", ";:.?")):
        return False
    return place.organ != "bone" or bool(_BONE_LESION.search(before))


def _lesion(before: str, after: str, place: Place) -> bool:
    """Whether a word for a lesion goes with the organ."""
    cue = CUES["lesion_after"].match(after)
    if cue is not None and not CUES["noun_stop"].search(cue["run"]):
        chronic = cue["lesion"].lower() == "disease" and (
            _CHRONIC.search(before) or _CHRONIC.search(cue["run"])
        )
        if not chronic:
            return True
    if CUES["shows_after"].match(after):
        return True
    return any(True for _ in _heads("lesion_before", before, "list_stop", ";:.?"))


def _plainly(before: str, after: str) -> bool:
    """Whether a word that only metastases have goes with the organ."""
    cue = CUES["lesion_after"].match(after)
    if cue is not None and not CUES["noun_stop"].search(cue["run"]):
        if _STRONG.search(cue["lesion"]):
            return True
    heads = _heads("lesion_before", before, "list_stop", ";:.?")
    return any(_STRONG.search(head) for head, _ in heads)


def _run_ok(cue: str, text: str, stop: str, *, match: bool = False) -> bool:
    found = CUES[cue].match(text) if match else CUES[cue].search(text)
    if found is None:
        return False
    groups = found.groupdict()
    run = groups.get("run") or groups.get("run2") or ""
    return not CUES[stop].search(run)
