"""Which places of a letter speak of the patient's interleukin-2.

A drug named is the topic until another is named. In a letter about an admission for
interleukin-2 every paragraph begins with it; elsewhere a paragraph goes on with the drug
of the one before, and a new heading begins with none.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from extract.fields.cues import load_cues
from extract.fields.subject import Others
from extract.fields.view import View
from extract.language.gates import Gate
from extract.language.pipeline import AGENT
from extract.language.reading import Mention, Sentence, Unit
from extract.language.trying import trial

INTERLEUKIN = "aldesleukin"
#: Sections that never speak of the treatment unless they name it.
_ELSEWHERE = frozenset({"past_history", "family", "social", "allergies", "medication"})
#: Sections in which interleukin-2 is named for another reason than this admission.
#: The last year in which interleukin-2 was an immunotherapy unit's own treatment.
_LAST_ALONE = 2013
_NOT_THE_REASON = _ELSEWHERE | {"plan", "outcome", "impression", "information", "criteria"}
#: What ConText says of a drug that is not (yet) the patient's treatment.
_VOID = frozenset({"hypothetical", "discussed", "planned", "family", "criteria", "negated"})
#: Classes of drugs taken by mouth: "doses" said after one of them are another's.
_TABLETS = frozenset({"VEGFR-TKI", "mTOR", "EGFR-TKI", "kinase inhibitor", "HIF-2a inhibitor"})


#: What a letter that never names interleukin-2 must speak of to mean it.
_SIGNS = ("unit_name", "support", "doses_or_cycles")


@cache
def _gates() -> tuple[Gate, ...]:
    return tuple(Gate(load_cues("il2")[name]) for name in _SIGNS)


def may_be_meant(view: View) -> bool:
    """Whether the letter names interleukin-2, or may mean it without naming it."""
    named = any(INTERLEUKIN in m.value("agents").split("|") for m in view.mentions(AGENT))
    return named or all(gate.is_open_to(view.flat) for gate in _gates())


#: "The last capsule of cycle 5": interleukin-2 is not swallowed.
_SWALLOWED = trial(
    r"\b(?:capsules?|tablets?|pills?) (?:of|in|from|for) (?:his |her |the )?cycle", re.I
)


class Drug(StrEnum):
    """What a place speaks of."""

    IL2 = "il2"
    OTHER = "other"
    TABLET = "tablet"  # another drug, which is not counted in doses
    NONE = ""


class Topic:
    """Answers what drug a place speaks of, and what kind of letter this is.

    Attributes:
        named: interleukin-2 is named as the patient's, given or not.
        treated: a sentence speaks of it as given.
        admission: the letter is about an admission for it, a chart or a discharge.
        implied: the letter never names it and can mean nothing else.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.cues = load_cues("il2")
        self.others = Others.of(view.reading)
        self._spots: dict[int, list[tuple[int, Drug]]] = {}
        self._start: dict[int, Drug] = {}
        self.named = self.treated = False
        reasons = [s for s in view.sentences if self._scan(s)]
        self.implied = not self.named and self._unnamed()
        self.named |= self.implied
        self.admission = bool(reasons) and self._about_admission(reasons)
        if self.named:
            self._walk()

    def at(self, sentence: Sentence, position: int) -> Drug:
        """The drug that ``position`` of the sentence's folded text speaks of."""
        spots = self._spots.get(sentence.index, [])
        before = [drug for place, drug in spots if place <= position]
        if before:
            return before[-1]
        if spots and spots[0][1] is Drug.IL2:  # "11 and 9 doses of IL-2"
            return Drug.IL2
        if not spots and _SWALLOWED.search(sentence.text):
            return Drug.TABLET
        return self._start.get(sentence.index, Drug.NONE)

    def names(self, sentence: Sentence) -> bool:
        """Whether the sentence itself names interleukin-2 as the patient's."""
        return any(drug is Drug.IL2 for _, drug in self._spots.get(sentence.index, ()))

    def places(self, sentence: Sentence) -> list[int]:
        """Where the sentence's folded text names interleukin-2."""
        spots = self._spots.get(sentence.index, ())
        return [place for place, drug in spots if drug is Drug.IL2]

    # -- building -------------------------------------------------------------------

    def _scan(self, sentence: Sentence) -> bool:
        """Note the sentence's drugs; whether it may say what the admission was for."""
        spots: list[tuple[int, Drug]] = []
        reason = False
        for mention in sentence.of(AGENT):
            drug = self._drug(sentence, mention)
            if drug is Drug.NONE:
                continue
            spots.append((sentence.folded(mention.start), drug))
            if drug is Drug.IL2:
                self.named = True
                place = sentence.folded(mention.start)
                void = set(mention.modifiers & _VOID)
                if self.cues["during_before"].search(sentence.text[:place]):
                    void.discard("negated")  # "no arrhythmia during IL-2"
                    self.treated |= not void
                asserted = not void
                given = bool(self.cues["given"].search(sentence.text))
                given |= sentence.unit.section == "treatment"
                rest = sentence.text[sentence.folded(mention.end - 1) + 1 :]
                given |= bool(self.cues["given_after"].match(rest))
                self.treated |= asserted and given
                reason |= sentence.unit.section not in _NOT_THE_REASON
        if spots:
            self._spots[sentence.index] = spots
        return reason

    def _drug(self, sentence: Sentence, mention: Mention) -> Drug:
        place = sentence.folded(mention.start)
        if self.others.at(sentence, place) or "family" in mention.modifiers:
            return Drug.NONE
        agents = mention.value("agents").split("|")
        if INTERLEUKIN in agents:
            rest = sentence.text[sentence.folded(mention.end - 1) + 1 :]
            return Drug.NONE if self.cues["not_il2"].match(rest) else Drug.IL2
        lexicon = self.view.lexicon
        if mention.value("weak") or mention.modifiers & _VOID:
            return Drug.NONE
        if all(lexicon.drug_class(a) == "unnamed" and a != "chemotherapy" for a in agents):
            return Drug.NONE
        tablet = all(lexicon.drug_class(a) in _TABLETS for a in agents)
        return Drug.TABLET if tablet else Drug.OTHER

    def _about_admission(self, reasons: list[Sentence]) -> bool:
        """A document of an admission in which interleukin-2 is what it was for."""
        head = [s for s in self.view.sentences if s.index < 14 or s.unit.label == s.text]
        if not any(self.cues["document"].search(s.text) for s in head):
            return False
        return any(self._states_reason(s) for s in reasons)

    def _unnamed(self) -> bool:
        """An immunotherapy unit's letter of pressors, intensive care and cycles, no drug named.

        Before checkpoint inhibitors only interleukin-2 needed these.
        """
        anchor, text = self.view.context.anchor, self.view.text
        if anchor is None or anchor.latest.year > _LAST_ALONE:
            return False
        classes = {
            self.view.lexicon.drug_class(agent)
            for mention in self.view.mentions(AGENT)
            if not mention.value("weak")
            for agent in mention.value("agents").split("|")
        }
        if classes & {"checkpoint inhibitor", "cytokine", "cell therapy", "vaccine"}:
            return False
        return all(self.cues[name].search(text) for name in _SIGNS)

    def _states_reason(self, sentence: Sentence) -> bool:
        path = self.view.reading.path(sentence.unit)
        words = " ".join([sentence.text, *(u.label for u in path)])
        return bool(self.cues["reason"].search(words))

    def _walk(self) -> None:
        """The topic each sentence begins with."""
        units: dict[int, Drug] = {}
        last: Unit | None = None
        topic = Drug.NONE
        for sentence in self.view.sentences:
            unit = sentence.unit
            if last is None or unit.index != last.index:
                topic = self._enter(unit, last, topic, units)
            self._start[sentence.index] = topic
            spots = self._spots.get(sentence.index, [])
            lasting = [d for place, d in spots if not self._passing(sentence, place, d)]
            topic = lasting[-1] if lasting else topic
            units[unit.index] = topic
            last = unit

    def _passing(self, sentence: Sentence, place: int, drug: Drug) -> bool:
        """Whether another drug is only named as what went before interleukin-2."""
        if drug is Drug.IL2:
            return False
        return bool(self.cues["passing"].search(sentence.text[:place]))

    def _enter(self, unit: Unit, last: Unit | None, topic: Drug, units: dict[int, Drug]) -> Drug:
        if unit.parent is not None and units.get(unit.parent, Drug.NONE) is not Drug.NONE:
            return units[unit.parent]
        if self.admission or self.implied:
            return Drug.NONE if unit.section in _ELSEWHERE else Drug.IL2
        heading = units.get(unit.heading, Drug.NONE) if unit.heading is not None else Drug.NONE
        if last is None or unit.heading != last.heading:
            if unit.section in _ELSEWHERE or topic in (Drug.OTHER, Drug.TABLET):
                return heading
            return heading if heading is not Drug.NONE else topic
        return topic
