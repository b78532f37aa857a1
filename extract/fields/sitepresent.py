"""Whether an organ neither denied nor cleared holds disease, by the kind of word that names it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extract.fields.siteplaces import MARK, NOTHING, Place, Said, Setting, Standing
from extract.fields.sitewords import CUES, lesion, only, plain, reaches, runs
from extract.language.trying import trial


@dataclass(frozen=True, slots=True)
class Spot:
    """An organ in its sentence: the marked text before and behind it, and where it stands."""

    before: str
    after: str
    place: Place
    setting: Setting

    @property
    def lesion(self) -> bool:
        """Whether a word for a lesion goes with it."""
        return lesion(self.before, self.after)

    @property
    def alone(self) -> bool:
        """Whether it is said to be the only site."""
        return only(self.before, self.after)


_Rule = Callable[[Spot], Said]


def present(spot: Spot) -> Said:
    """What speaks for disease there: words, a list, a title."""
    return _RULES.get(spot.place.kind, _noun)(spot)


def _said(*, weak: bool = False, alone: bool = False) -> Said:
    return Said(Standing.PRESENT, weak=weak, only=alone)


def _whole(spot: Spot) -> Said:
    """A word that says both the organ and the disease."""
    return _said(weak=spot.place.kind == "mass", alone=spot.alone)


def _kidney(spot: Spot) -> Said:
    """The other kidney: the primary's own is another rule's."""
    other = CUES["other_kidney"].search(spot.place.mention.text)
    return _said(alone=spot.alone) if other and spot.lesion else NOTHING


def _code(spot: Spot) -> Said:
    """The organ codes of a TNM stage, which it alone makes readable."""
    return _said() if "M1" in spot.before else NOTHING


def _strict(spot: Spot) -> Said:
    """An organ that is rarely a site needs a plain word or a list of sites."""
    if spot.place.mention.text.lower() in ("cardiac", "myocardial", "pericardial"):
        # "Cardiac" heads what is said of the heart's health
        return _said() if _HEART_LESION.match(spot.after) else NOTHING
    if spot.lesion and (plain(spot.before, spot.after) or _PROVEN.search(spot.after)):
        return _said()
    listed = spot.setting.titled or runs("listed_before", spot.before)
    return _said(weak=True) if listed else NOTHING


def _adjective(spot: Spot) -> Said:
    """An adjective needs its noun ("pulmonary nodules"), but in a list of sites."""
    if spot.lesion or CUES["sized_before"].search(spot.before):
        return _said(alone=spot.alone)
    listed = spot.setting.titled or runs("listed_before", spot.before)
    return _said(weak=not spot.setting.titled) if listed else NOTHING


def _region(spot: Spot) -> Said:
    """A region of the body: disease must be said to be in it."""
    labelled = spot.place.organ != "bone" and spot.after.lstrip().startswith(":")
    if labelled and spot.lesion:
        return _said()
    if reaches("lesion_before", spot.before, "list_stop"):
        bony = spot.place.organ != "bone" or CUES["bone_lesion"].search(spot.before)
        return _said(alone=spot.alone) if bony else NOTHING
    return _said(weak=True) if spot.setting.titled else NOTHING


def _level(spot: Spot) -> Said:
    """A vertebra's number: not a stage or a cycle, and near bone or other sites."""
    if _CYCLE.fullmatch(spot.place.mention.text):
        near = spot.before[-60:] + " " + spot.after[:40]
        if not any(CUES[name].search(near) for name in ("spine_before", "strong", "bone_lesion")):
            return NOTHING
    if spot.lesion:
        return _said(alone=spot.alone)
    staged = spot.place.mention.text in ("T1", "T2", "T3", "T4")
    if staged and not CUES["spine_before"].search(spot.before):
        return NOTHING
    if _listed(spot):
        return _said(weak=not spot.setting.titled)
    near = spot.before[-30:]
    return _said(weak=True) if MARK in near and CUES["bone_near"].search(near) else NOTHING


def _station(spot: Spot) -> Said:
    """A station without the word nodes: "the mediastinum"."""
    if spot.lesion:
        return _said(alone=spot.alone)
    alone = spot.alone
    return _said(alone=alone) if alone or spot.setting.titled else NOTHING


def _node(spot: Spot) -> Said:
    """Nodes are spoken of because they are large; those that hands find must be."""
    if spot.lesion or _listed(spot):
        strong = spot.lesion or spot.setting.titled
        return _said(weak=not strong, alone=spot.alone)
    large = CUES["large"].search(spot.before[-30:] + spot.after[:60])
    return NOTHING if spot.setting.examined and not large else _said(weak=not large)


def _noun(spot: Spot) -> Said:
    """An organ by its name: with a word for a lesion, in a list, or as what goes on."""
    alone = spot.alone
    if spot.lesion or CUES["sized_before"].search(spot.before):
        return _said(alone=alone)
    if alone or _listed(spot):
        return _said(weak=not (alone or spot.setting.titled), alone=alone)
    if CUES["at_present"].match(spot.after):
        return _said(weak=True)
    cue = CUES["persists"].match(spot.after)
    lasts = cue is not None and not CUES["run_turns"].search(cue["run"])
    return _said(weak=True) if lasts else NOTHING


def _listed(spot: Spot) -> bool:
    """Whether the organ stands in a list of sites, or in the list that a scan's report is."""
    if spot.setting.titled or spot.setting.terse:
        return True
    if runs("listed_before", spot.before) or runs("scan_before", spot.before):
        return True
    return runs("comma_list", spot.before) and bool(CUES["list_only"].match(spot.after))


#: A nodule that was sampled.
_PROVEN = trial(
    r"\b(?:needle|biops\w+|FNA|cytology|histology|proved|proven|confirmed)\b[^.;]{0,40}"
    r"\b(?:clear[ -]cell|renal|carcinoma|metasta\w+|malignan\w+)\b(?!\sof\sthe\sthyroid)",
    re.IGNORECASE,
)
_HEART_LESION = trial(
    r"\s(?:\w+\s)?(?:metast|deposit|mass\b|involvement|lesion|tumou?r|infiltrat|recurr|mets\b)",
    re.IGNORECASE,
)
_CYCLE = trial(r"C[1-7]", re.IGNORECASE)


_RULES: dict[str, _Rule] = {
    "whole": _whole,
    "primary": _whole,
    "mass": _whole,
    "local": _whole,
    "kidney": _kidney,
    "code": _code,
    "strict": _strict,
    "adj": _adjective,
    "region": _region,
    "level": _level,
    "station": _station,
    "node": _node,
}
