"""What shows that a symptom was a drug's doing, and what shows that it was not.

A word for a symptom counts where the letter ties it to an anti-cancer drug: under a
heading for toxicity, in the account of an interleukin admission, in a sentence that
blames a drug, or, for what is rarely anything else, in a passage about one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from extract.fields.captions import captions
from extract.fields.criteria import document
from extract.fields.cues import load_cues
from extract.fields.subject import Others
from extract.fields.therapy.groups import find_groups
from extract.fields.therapy.model import Group, Standing
from extract.fields.toxgrade import Term
from extract.fields.view import View
from extract.language.reading import Sentence, Unit, UnitKind
from extract.language.trying import trial

_CUES = load_cues("toxicity")
_VOID = frozenset({"family", "allergies", "criteria", "social", "admin", "information"})
#: Sections in which a symptom needs a drug named as its cause.
_STRICT = frozenset(
    {
        "diagnosis", "past_history", "medication", "review_of_systems", "examination", "plan",
        "checklist", "performance", "cardiac", "pathology", "investigations", "imaging",
    }
)  # fmt: skip
#: Strict sections where a grade is the grade of a toxicity all the same.
_MEASURED = frozenset({"performance", "checklist", "cardiac", "imaging", "investigations"})
#: Sections of a discharge letter that do not tell what happened on the ward.
_NOT_TOLD = (_STRICT | {"family", "social"}) - {"examination", "performance"}
#: What interleukin admissions are not blamed for without a word that does so.
_NOT_WARD = frozenset(
    {
        "hypertension", "pain", "cough", "constipation", "weight loss", "hypothyroidism",
        "hyperglycaemia", "neuropathy", "headache", "hyperthyroidism",
    }
)  # fmt: skip
#: How many sentences a drug may be told of before its effect.
_NEAR = {"sign": 5, "drug": 3, "event": 3, "any": 0}
#: As far where the words look back on a time: "for a month afterwards", "has gone".
_LOOKING_BACK = 6
#: Headings with their text on the same line: they reach no further than that text.
_OWN_LINE = frozenset({"allergies", "family", "social", "medication", "past_history"})


#: Sections that hold lists: a paragraph there has left them.
_LISTS = frozenset({"diagnosis", "past_history", "medication", "allergies", "performance"})
_ONCOLOGY = trial(
    r"\boncolog|\bcycle \d|\bC\d ?D\d|\bRECIST\b|\bIL ?-?2\b|\bbiologic(?:al)? therapy|\bTKIs?\b"
    r"|\brestarted (?:\w+ )?on \d",
    re.IGNORECASE,
)
#: A drug being taken: its common effects need no word that blames it.
_ONGOING = trial(
    r"\b(?:since|now (?:in|on)|currently|current|continu\w+|ongoing|to present|present|remains? on|is on"
    r"|on day|day \d+|cycle \d+|has been on|taking|still on|started|began|into|weeks? of|months? of)\b",
    re.IGNORECASE,
)
#: Words that speak of a treatment's effects by themselves.
_PLAIN = trial(r"side.effect|toxicit|adverse|tolerat|coped", re.IGNORECASE)
#: "After two doses she presented with headache": no illness of before.
_ON_DRUG = trial(r"\b(?:after|following|doses?|cycles?|infusions?)\b", re.IGNORECASE)
#: The cause is named as no more than a drug.
_INDUCED = trial(
    r"\b(?:drug|treatment|therapy|medication|TKI|chemo\w*)[- ](?:induced|related|associated) $",
    re.I,
)
#: It came while a half of the treatment was given.
_IN_COURSE = trial(
    r"\b(?:in|during) the course of (?:the )?(?:first|second|former|latter|each)\b[^.;]{0,90}$",
    re.I,
)
_ON_IT = trial(r"\b(?:on|with|to|from) it\b", re.IGNORECASE)
_PERSON = trial(r"\b(?:he|she|his|her)\b", re.IGNORECASE)


#: "Allergies ...... trimethoprim (rash)".
_ALLERGIC = trial(r"\ballerg(?:y|ies|ic)\b[^;]{0,60}$", re.IGNORECASE)
#: What disease in the brain does by itself.
_OF_BRAIN = frozenset({"seizure", "headache", "confusion", "stroke"})
_BRAIN = trial(
    r"\b(?:metasta\w+|mets|deposits?|secondar(?:y|ies)) in the brain|\b(?:brain|cerebral) "
    r"(?:metasta\w+|mets|deposits?|secondar(?:y|ies))",
    re.IGNORECASE,
)


class Ground(Enum):
    """Why a symptom is taken for a toxicity, surest first."""

    HEADED = "headed"
    NAMED = "named"
    WARD = "ward"
    TOLD = "told"
    GRADED = "graded"
    LIKELY = "likely"


@dataclass(frozen=True)
class Scene:
    """A letter as the toxicity rules see it: its drugs, its people, its captions."""

    view: View
    others: Others

    @cached_property
    def _groups(self) -> dict[int, list[Group]]:
        return find_groups(self.view, self.others)

    @cached_property
    def drugs(self) -> dict[int, list[Group]]:
        """The drugs each sentence names as given or due, by the sentence's index."""
        return {
            index: real
            for index, groups in self._groups.items()
            if (real := [g for g in groups if self._stands(g)])
        }

    def _stands(self, group: Group) -> bool:
        if group.standing is Standing.PLANNED:
            return self.section(self.view.sentences[group.sentence].unit) != "plan"
        return group.standing is Standing.REAL

    @cached_property
    def named(self) -> dict[int, list[tuple[int, int]]]:
        """Every mention of the patient's drugs, whatever is said of it, as folded spans."""
        return {
            index: held
            for index, groups in self._groups.items()
            if (held := [(g.at, g.to) for g in groups if not self._others_drug(g)])
        }

    def _others_drug(self, group: Group) -> bool:
        return self.others.at(self.view.sentences[group.sentence], group.at)

    @cached_property
    def treated(self) -> bool:
        """Whether the letter says that the patient has had an anti-cancer drug."""
        return (
            bool(self.drugs)
            or self.ward
            or any(_CUES["drug_word"].search(s.text) for s in self.view.sentences)
            or bool(_ONCOLOGY.search(self.view.text))
        )

    @cached_property
    def ongoing(self) -> bool:
        """Whether a drug is told of as being taken."""
        return any(
            _ONGOING.search(self.view.sentences[index].text)
            for index in self.drugs
            if self.section(self.view.sentences[index].unit) != "plan"
        )

    @cached_property
    def ward(self) -> bool:
        """Whether the letter is the account of an admission for interleukin-2."""
        if not _CUES["admission"].search(self.view.text[:900]):
            return False
        if not _CUES["doses"].search(self.view.text):
            return False
        return any(
            "aldesleukin" in mention.value("agents").split("|")
            and self.section(self.view.reading.unit(mention)) not in ("past_history", "plan")
            and not self.others.holds(self.view.reading.sentence(mention), mention.start)
            for mention in self.view.mentions("AGENT")
        )

    @cached_property
    def trial(self) -> bool:
        """Whether the text is about a trial and no patient."""
        return document(self.view) and len(_PERSON.findall(self.view.text)) < 3

    def section(self, unit: Unit) -> str:
        """The unit's section, where its heading reaches that far."""
        if unit.heading is None or unit.heading == unit.index:
            return unit.section
        if unit.section == "admin":
            return ""
        heading = self.view.reading.units[unit.heading]
        if heading.kind is UnitKind.PAIR and unit.section in _OWN_LINE:
            return unit.section if unit.kind is UnitKind.ITEM else ""
        below = heading.kind is UnitKind.PAIR and unit.section in _STRICT - {"plan"}
        if below and unit.kind in (UnitKind.PAIR, UnitKind.PROSE):
            return ""  # "Organs: lung" says nothing of the "TKI: ..." below it
        text = self.view.text[unit.start : unit.end]
        told = unit.kind is UnitKind.PROSE and len(text) > 160
        if told and unit.section in _LISTS and _CUES["narrative"].search(text):
            return ""
        return unit.section

    @cached_property
    def captions(self) -> list[str]:
        """What stands over each unit."""
        return captions(self.view)

    def headed(self, unit: Unit) -> bool:
        """Whether the unit stands under a heading for toxicity."""
        if unit.section == "toxicity":
            return True
        own = self.view.text[unit.start : unit.end] if unit.kind is UnitKind.ROW else ""
        return bool(_CUES["head"].search(self.captions[unit.index] + " ; " + own[:40]))

    # -- against ------------------------------------------------------------------

    def voided(self, term: Term) -> bool:
        """Whether somebody else's, only feared, asked about, or of another cause."""
        unit = term.sentence.unit
        text = term.sentence.text
        if self.trial or self.section(unit) in _VOID or self.others.at(term.sentence, term.at):
            return True
        if _ALLERGIC.search(text[: term.at]):
            return True
        if _BRAIN.search(text) and set(term.names) <= _OF_BRAIN:
            return True
        if _CUES["risk_head"].search(self.captions[unit.index]) and unit.section != "toxicity":
            return True
        if _CUES["asked_after"].match(text[term.to :]) or _CUES["asked_before"].search(
            text[: term.at]
        ):
            return True
        if _CUES["other_cause"].match(text[term.to :]):
            return True
        cause = _CUES["other_cause_before"].search(text[: term.at])
        if cause and not _ON_DRUG.search(text[: cause.start()]):
            return True
        return self._feared(term)

    def _feared(self, term: Term) -> bool:
        text = term.sentence.text
        for cue in _CUES["risk_before"].finditer(text, 0, term.at):
            if not _CUES["risk_break"].search(text, cue.end(), term.at):
                return True
        return bool(_CUES["risk_after"].match(text[term.to :]))

    @staticmethod
    def denied(term: Term, graded: bool) -> bool:
        """Whether the letter says that it did not happen."""
        text = term.sentence.text
        if _CUES["no_after"].match(text[term.to :]):
            return True
        for cue in _CUES["no_before"].finditer(text, 0, term.at):
            between = text[cue.end() : term.at]
            if _CUES["no_break"].search(between) or (graded and "," in between):
                continue
            return True
        return False

    # -- for ----------------------------------------------------------------------

    def ground(self, term: Term, graded: bool) -> Ground | None:
        """Why the term is a toxicity, None where nothing shows it."""
        unit = term.sentence.unit
        if self.headed(unit) and self.treated:
            return Ground.HEADED
        if self._named(term):
            return Ground.NAMED
        if self.ward and self._on_ward(term):
            return Ground.WARD
        section = self.section(unit)
        if graded and self.treated and section not in _STRICT - _MEASURED:
            return Ground.LIKELY if section in _STRICT else Ground.GRADED
        if section in _STRICT and not self._problem(unit):
            return None
        if self._told(term):
            return Ground.TOLD
        if unit.kind not in (UnitKind.PROSE, UnitKind.ITEM) or not self.drugs:
            return None
        common = term.kin == "sign" or (term.kin == "drug" and self.ongoing)
        return Ground.LIKELY if common else None

    def explained(self, term: Term) -> bool:
        """Whether it stands where illnesses stand, or is told as one the patient has."""
        text = term.sentence.text[: term.at]
        strict = self.section(term.sentence.unit) in _STRICT and not self._problem(
            term.sentence.unit
        )
        return strict or bool(_CUES["standing"].search(text) or _CUES["illness"].search(text))

    def _problem(self, unit: Unit) -> bool:
        return "problem" in self.captions[unit.index].lower() and self.ward

    def _on_ward(self, term: Term) -> bool:
        unit = term.sentence.unit
        if self.section(unit) in _NOT_TOLD and not self._problem(unit):
            return False
        return not set(term.names) & _NOT_WARD

    def _named(self, term: Term) -> bool:
        """Whether its own sentence blames a drug for it."""
        marked = self._marked(term.sentence)
        before, after = marked[: term.at], marked[term.to :]
        drug = "§" in marked
        strict = self.section(term.sentence.unit) in _STRICT
        apt = term.kin in ("sign", "drug") or (term.kin == "event" and self._happened(term))
        about = term.sentence.index in self.drugs or (drug and term.kin == "sign")
        if apt and about and not strict:
            return True
        if _CUES["cause_after"].match(after) and (drug or self._recent(term, 3)):
            return True
        if drug and _CUES["cause_before"].search(before):
            return True
        recent = self._recent(term, 4) or (self.treated and not self.drugs)
        suffered = _CUES["suffer_before"].search(before)
        if recent and (suffered or _CUES["led_after"].match(after)):
            return True
        plain = term.sentence.text[: term.at]
        if self.treated and (_INDUCED.search(plain) or _IN_COURSE.search(plain)):
            return True
        if self.treated and suffered and _PLAIN.match(suffered[0]):
            return True
        if self.treated and _CUES["spared"].search(before) and _CUES["tolerated"].search(marked):
            return True
        return bool(self._recent(term, 2) and _ON_IT.search(marked))

    @staticmethod
    def _happened(term: Term) -> bool:
        """Whether it is told as an event, not as an illness that the patient has."""
        text = term.sentence.text
        return bool(_CUES["event"].search(text)) and not _CUES["standing"].search(text[: term.at])

    def _marked(self, sentence: Sentence) -> str:
        """The sentence with its drugs, and words for a drug, overwritten by §."""
        text = sentence.text
        spans = self.named.get(sentence.index, [])
        for start, end in spans + [m.span() for m in _CUES["drug_word"].finditer(text)]:
            text = text[:start] + "§" * (end - start) + text[end:]
        return text

    def _recent(self, term: Term, reach: int) -> bool:
        """Whether a drug is named in the sentence or up to ``reach`` before it."""
        return bool(self._before(term, reach))

    def _before(self, term: Term, reach: int) -> list[int]:
        """The sentences up to ``reach`` before the term's, its own too, that tell of a drug."""
        index = term.sentence.index
        return [
            n
            for n in range(max(0, index - reach), index + 1)
            if n in self.drugs or (self.treated and self._about_course(n))
        ]

    def _about_course(self, index: int) -> bool:
        sentence = self.view.sentences[index]
        told = sentence.unit.section not in ("plan", "family", "criteria", "information")
        return told and bool(_CUES["course_word"].search(sentence.text))

    def _told(self, term: Term) -> bool:
        """Whether the passage is about a drug, and the term of a kind that drugs cause."""
        reach = _NEAR[term.kin]
        if reach and _CUES["afterwards"].search(term.sentence.text):
            reach = _LOOKING_BACK
        if not reach or (term.kin == "event" and not self._happened(term)):
            return False
        section = self.section(term.sentence.unit)
        held = self._before(term, reach)
        return any(self.section(self.view.sentences[n].unit) == section for n in held)
