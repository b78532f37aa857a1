"""Organs that hold metastatic disease by this letter, and their number where it gives one.

Every organ named is read where it stands (``sitestatus``); the letter is then gone through
in order, and what a later sentence says of an organ holds: resected, disappeared or found
clear it is no site, nor is any after a complete response.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.fields import death
from extract.fields.captions import captions
from extract.fields.criteria import document, listed
from extract.fields.sitecount import find_counts
from extract.fields.siteplaces import Place, Said, Setting, Standing, marked, places_of
from extract.fields.sitestatus import MOOTED, read
from extract.fields.sitewords import CUES
from extract.fields.subject import Others
from extract.fields.view import Draft, View
from extract.language.gates import Gate
from extract.language.reading import Sentence, UnitKind
from extract.language.trying import trial
from extract.records import Field, Reason

_VOID = frozenset({"criteria", "information"})
_PRIMARIES = (
    "lung", "pancreas", "liver", "bowel", "ovary", "thyroid", "other", "skin", "bone",
    "soft_tissue", "brain", "lymph_node", "pleura", "kidney",
)  # fmt: skip


@dataclass
class _Map:
    """The organs found so far, by organ and part."""

    held: dict[tuple[str, str], tuple[Place, Said]] = field(default_factory=dict)

    def add(self, place: Place, said: Said) -> None:
        for part in place.parts or ("",):
            key = (place.organ, part)
            before = self.held.get(key)
            if before is None or (before[1].weak and not said.weak):
                self.held[key] = (place, said)

    def drop(self, organ: str, parts: tuple[str, ...]) -> None:
        if not parts:
            self.held = {key: kept for key, kept in self.held.items() if key[0] != organ}
        for part in parts:
            self.held.pop((organ, part), None)

    def keep_only(self, organs: set[str]) -> None:
        self.held = {key: kept for key, kept in self.held.items() if key[0] in organs}


def find(view: View) -> Iterator[Draft]:
    """The sites and their stated number; none of a patient who is dead."""
    if document(view) and len(re.findall(r"\b(?:he|she|his|her)\b", view.text, re.I)) < 3:
        return
    others = Others.of(view.reading)
    dead = any(True for _ in death.find(view))
    if not dead:
        yield from _sites(view, others)
    yield from find_counts(view, others)


def _sites(view: View, others: Others) -> Iterator[Draft]:
    story = _Story(view, others)
    best: dict[str, tuple[Place, Said]] = {}
    for (organ, _), (place, said) in story.tell().held.items():
        if organ not in best or (best[organ][1].weak and not said.weak):
            best[organ] = (place, said)
    for organ, (place, said) in best.items():
        yield view.draft(
            Field.SITE,
            "present",
            place.mention,
            place.mention.rule,
            item=organ,
            reasons=_doubts(view, place, said),
        )


def _doubts(view: View, place: Place, said: Said) -> tuple[Reason, ...]:
    """Why a site asks for a review: loose words, or a story that does not say when it ends."""
    doubts: tuple[Reason, ...] = (Reason.INFERRED,) if said.weak else ()
    if view.context.anchor is not None:
        return doubts
    text = place.sentence.text
    again = any(
        mention.value("organ") == place.organ and mention.sentence != place.sentence.index
        for mention in view.mentions("SITE")
    )
    if not CUES["strong"].search(text) or (_TOLD.search(text) and not again):
        doubts += (Reason.NO_LETTER_DATE,)
    return doubts


def _only_talked_of(sentence: Sentence, at: int) -> bool:
    """Whether a response is one that a treatment may give, not one that was had."""
    spoken = (m for m in sentence.of("RESP") if sentence.folded(m.end - 1) >= at)
    near = next(spoken, None)
    return near is not None and bool(near.modifiers & {"discussed", "criteria"})


class _Story:
    """Goes through the letter and keeps what holds at its end."""

    def __init__(self, view: View, others: Others) -> None:
        self.view = view
        self.others = others
        self.captions = captions(view)
        self.metastatic = bool(CUES["metastatic"].search(view.text)) or any(
            True for _ in view.mentions("AGENT")
        )
        self.primary = _primary(view)
        self.closed = False
        self.under: dict[int, Place] = {}
        self.nephrectomy = self._had_nephrectomy()

    def _had_nephrectomy(self) -> bool:
        """Whether the patient's own kidney was taken out."""
        if not _NEPHRECTOMY.search(self.view.text):
            return False
        return any(
            not self.others.at(sentence, cue.start())
            and not self._planned(sentence, cue.start())
            and not _UNDONE.match(sentence.text[cue.end() :])
            for sentence in self.view.sentences
            for cue in _NEPHRECTOMY.finditer(sentence.text)
        )

    def tell(self) -> _Map:
        found = _Map()
        for sentence in self.view.sentences:
            if not self._skipped(sentence):
                self._take(sentence, found)
        return found

    def _skipped(self, sentence: Sentence) -> bool:
        unit = sentence.unit
        return unit.copied or unit.section in _VOID or listed(self.view, unit)

    def _take(self, sentence: Sentence, found: _Map) -> None:
        cleared = self._all_clear(sentence)
        if cleared:
            found.held.clear()
            self.closed = True
        places = self._places(sentence)
        resected = [
            (sentence.folded(m.start), m.value("organ"))
            for m in sentence.of("SITE_RESECTED")
            if not self._planned(sentence, sentence.folded(m.start))
            and not MOOTED.match(sentence.text[sentence.folded(m.end - 1) + 1 :])
        ]
        if places:
            self._take_places(sentence, places, resected, found)
        for _, organ in resected:
            found.drop(organ, ())

    def _take_places(
        self, sentence: Sentence, places: list[Place], resected: list[tuple[int, str]], found: _Map
    ) -> None:
        text = marked(sentence, places)
        if places[0].at == places[0].to:
            text = _THERE.sub("", text)
        setting = self._setting(sentence, text)
        if self.closed and CUES["reopened"].search(text) and not CUES["past_site"].search(text):
            self.closed = False
        exclusive: set[str] = set()
        for place in places:
            while resected and resected[0][0] < place.at:
                found.drop(resected.pop(0)[1], ())
            if self.others.at(sentence, place.at):
                continue
            said = read(text, place, setting)
            if said.standing in (Standing.CLEAR, Standing.GONE):
                if not CUES["demand"].search(text):
                    found.drop(place.organ, said.parts or place.parts)
            elif self._holds(place, said):
                found.add(place, said)
                exclusive |= {place.organ} if said.only else set()
        if exclusive and not re.search(r"\b(?:had|was|were)\b", text):
            found.keep_only(exclusive)

    def _places(self, sentence: Sentence) -> list[Place]:
        """The sentence's organs, that of a heading such as "LIVER:" where it names none."""
        unit = sentence.unit
        found = places_of(sentence)
        label = unit.body if unit.kind is UnitKind.PAIR else unit.end
        if unit.kind in (UnitKind.PAIR, UnitKind.HEADING):
            named = [place for place in found if place.mention.start < label]
            if len(named) == 1 and named[0].kind in ("noun", "node"):
                self.under[unit.index] = named[0]
        if unit.kind is UnitKind.HEADING and not CUES["site_head"].search(
            self.captions[unit.index]
        ):
            return []
        above = self.under.get(unit.index) or self.under.get(unit.heading or -1)
        if found or above is None or not CUES["lesion_after"].match(sentence.text):
            return found
        if CUES["no_before"].match(sentence.text):
            return []
        return [replace(above, sentence=sentence, at=0, to=0)]

    def _setting(self, sentence: Sentence, text: str) -> Setting:
        unit = sentence.unit
        title = self.captions[unit.index]
        if unit.kind is UnitKind.PAIR:
            title += " ; " + unit.label
        elif unit.cells:
            title += " ; " + self.view.text[unit.cells[0][0] : unit.cells[0][1]]
        examined = unit.section in ("examination", "review_of_systems") or bool(
            CUES["exam"].search(text)
        )
        imaged = self._imaged(sentence)
        titled = bool(CUES["site_head"].search(title)) or self._bare(text)
        scanned = imaged or bool(CUES["scan_word"].search(text))
        terse = scanned and not examined and not CUES["verb"].search(text)
        return Setting(titled, terse, examined, imaged)

    def _imaged(self, sentence: Sentence) -> bool:
        """Whether a scan is being told of: by the section, or in one of the three sentences before."""
        if sentence.unit.section == "imaging":
            return True
        start = max(0, sentence.index - 3)
        near = self.view.sentences[start : sentence.index]
        return any(
            CUES["scan_word"].search(s.text) for s in near if s.unit.index == sentence.unit.index
        )

    def _bare(self, text: str) -> bool:
        """Whether the sentence is nothing but organs: "Bone + LN."."""
        rest = re.sub(r"¤+|\b(?:and|both|left|right|L|R|bilateral|mets|only|new)\b|\W|\d", "", text)
        return self.metastatic and not rest and "¤" in text

    def _holds(self, place: Place, said: Said) -> bool:
        """Whether the organ holds disease now: not in what is told after "all clear"."""
        there = said.standing is Standing.PRESENT and not self.closed
        return there and self._counts(place, said)

    def _counts(self, place: Place, said: Said) -> bool:
        """Whether an organ with disease is a site: not the primary's own."""
        if place.kind in ("mass", "primary"):
            return self.primary == "kidney" and (place.kind == "primary" or not self.nephrectomy)
        if place.kind == "local":
            return self.primary == "kidney"
        if (
            place.kind == "station"
            and self.primary == "lung"
            and _HILAR_MASS.search(place.sentence.text[max(0, place.at - 30) : place.to])
        ):
            return False
        if place.organ == self.primary:
            text = place.sentence.text[max(0, place.at - 40) : place.to + 40]
            return bool(re.search(r"\bmetasta|\bmets\b|contralateral|other ", text, re.I))
        if said.weak and place.kind != "whole":
            return self.metastatic
        return True

    def _all_clear(self, sentence: Sentence) -> bool:
        """Whether the sentence says that no disease is left."""
        text = sentence.text
        if not _CLEAR_GATE.is_open(text):
            return False
        organs = bool(sentence.of("SITE")) and "anywhere" not in text
        for name in ("cleared_all", "complete"):
            for cue in CUES[name].finditer(text):
                if self.others.at(sentence, cue.start()):
                    continue
                if organs and (name == "cleared_all" or _OF_ORGAN.match(text[cue.end() :])):
                    continue
                short = cue[0].isupper() and not CUES["scored"].search(text)
                if name == "complete" and short:
                    continue
                lead = re.split(r";|\bbut\b|\band\b", text[: cue.start()])[-1]
                if name == "complete" and CUES["complete_void"].search(lead[-60:]):
                    continue
                if name == "complete" and _only_talked_of(sentence, cue.start()):
                    continue
                return True
        return False

    def _planned(self, sentence: Sentence, at: int) -> bool:
        if self.others.at(sentence, at) or sentence.unit.section == "plan":
            return True
        return bool(_PLANNED.search(sentence.text[max(0, at - 70) : at]))


#: The primary of the lung where it meets the mediastinum.
_HILAR_MASS = trial(r"\b(?:mass|tumou?r) (?:at|in|of) (?:the )?(?:\w+ )?hil", re.IGNORECASE)
#: What was so at some time of a story.
_TOLD = trial(r"\b(?:had|was|were|presented|revealed|showed|found|appeared)\b", re.IGNORECASE)
_THERE = trial(r"^(?:there (?:is|are)|shows?|contains?|demonstrates?)\s", re.IGNORECASE)
_OF_ORGAN = trial(r"\s(?:in|of|at)\s(?:the\s|both\s|his\s|her\s|your\s)?(?!RECIST|CT|IL)", re.I)
_NEPHRECTOMY = trial(
    r"nephrect|\bneph\b|\brad nx\b|\b[RL] nx\b|kidney (?:\w+ ){0,3}(?:out|removed|taken)|cyto\b",
    re.I,
)
#: "Nephrectomy no", "Nephrectomy?".
_UNDONE = trial(r"[a-z]*\s?(?:[?]|:?\s?(?:no\b|not\b|declined|deferred|planned|if\b))", re.I)
_PLANNED = trial(
    r"\b(?:for|considered? (?:for|a)|referred|would|could|if|consult|view to|option|discuss\w*|plan\w*"
    r"|possible|candidate|no|not|hope)\b[^.;]*$|\?\s*$",
    re.IGNORECASE,
)


_PRIMARY_GATE = Gate(CUES["primary_of"])
_CLEAR_GATE = Gate(CUES["cleared_all"], CUES["complete"])


def _primary(view: View) -> str:
    """The organ the letter's cancer began in, empty where it does not say."""
    if not _PRIMARY_GATE.is_open_to(view.flat):
        return ""
    counts: dict[str, int] = {}
    for cue in CUES["primary_of"].finditer(view.text):
        name = next(organ for organ in _PRIMARIES if cue[organ])
        counts[name] = counts.get(name, 0) + 1
    if not counts:
        return ""
    first = CUES["primary_of"].search(view.text)
    lead = next(organ for organ in _PRIMARIES if first and first[organ])
    return max(counts, key=lambda name: (counts[name], name == lead))
