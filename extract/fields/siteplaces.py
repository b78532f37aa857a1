"""The organs that a sentence names, as the site rules see them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from extract.language.reading import Mention, Sentence
from extract.language.trying import trial

#: Overwrites an organ, so that rules for what is said of one fit them all.
MARK = "¤"
_OF = trial(r"\s(?:of|in)\s(?:the\s)?", re.IGNORECASE)
_NODES = trial(r"\W{0,3}(?:lymph\W?)?", re.IGNORECASE)
_COUPLED = trial(r"\s?(?:,|/|&|\+|and|or|,\s?and)\s?(?:\w+\s)?", re.IGNORECASE)
_LOBE = trial(r"\blobes?$", re.IGNORECASE)
#: Organs with lobes of their own: "the thyroid, left lobe" is no lung.
_LOBED = frozenset({"thyroid", "liver"})
_LOBE_REACH = 12
_SIDES = {"left": "left", "l": "left", "right": "right", "r": "right"}


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
    """What is said of a place.

    Attributes:
        standing: diseased, clear, cleared of disease, or nothing of the kind.
        weak: only the layout or a loose word says so.
        only: the disease is said to be there and nowhere else.
        parts: which part is meant, where not the place's own.
    """

    standing: Standing
    weak: bool = False
    only: bool = False
    parts: tuple[str, ...] = ()


NOTHING = Said(Standing.NOTHING)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a sentence stands.

    Attributes:
        titled: under a title such as "Sites of disease".
        terse: in the list that a scan's report is.
        examined: in the findings of hands and ears.
        imaged: a scan is being told of.
    """

    titled: bool = False
    terse: bool = False
    examined: bool = False
    imaged: bool = False


def places_of(sentence: Sentence) -> list[Place]:
    """The organs of a sentence; stations that go with the word "nodes" are one place."""
    found: list[Place] = []
    for mention in sentence.of("SITE"):
        place = _place(sentence, mention)
        before = found[-1] if found else None
        if before is None:
            found.append(place)
        elif _one(sentence, before, place):
            found[-1] = _joined(before, place)
        elif not _lobe_of(before, place):
            found.append(place)
    return _stations(sentence, found)


def marked(sentence: Sentence, places: Sequence[Place]) -> str:
    """The sentence's text with its organs overwritten."""
    text = sentence.text
    for place in places:
        text = text[: place.at] + MARK * (place.to - place.at) + text[place.to :]
    return text


def _place(sentence: Sentence, mention: Mention) -> Place:
    part = mention.value("part") or _SIDES.get(mention.value("side").lower(), "")
    return Place(
        sentence,
        mention,
        sentence.folded(mention.start),
        sentence.folded(mention.end - 1) + 1,
        mention.value("organ"),
        mention.value("kind"),
        (part,) if part else (),
    )


def _one(sentence: Sentence, before: Place, place: Place) -> bool:
    """Whether two mentions name one place: "hilar nodes", "segment VI of the liver"."""
    between = sentence.text[before.to : place.at]
    nodal = place.kind == "node" and before.kind in ("station", "node")
    if nodal and _NODES.fullmatch(between):
        return True
    joined = _OF.fullmatch(between) or (between == " " and before.kind != "node")
    return before.organ == place.organ and bool(joined)


def _lobe_of(before: Place, place: Place) -> bool:
    near = place.at - before.to < _LOBE_REACH
    return near and before.organ in _LOBED and bool(_LOBE.search(place.mention.text))


def _joined(first: Place, last: Place) -> Place:
    kind = last.kind if first.kind == "station" else first.kind
    return replace(first, to=last.to, kind=kind, parts=first.parts or last.parts)


def _stations(sentence: Sentence, found: list[Place]) -> list[Place]:
    """Make nodes of a station that is coupled with nodes: "hilar and para-aortic nodes"."""
    made = list(found)
    for index in range(len(made) - 2, -1, -1):
        place, after = made[index], made[index + 1]
        between = sentence.text[place.to : after.at]
        if place.kind == "station" and after.kind == "node" and _COUPLED.fullmatch(between):
            made[index] = replace(place, kind="node")
    return made
