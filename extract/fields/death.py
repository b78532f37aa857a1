"""Whether, and when, the patient died.

A death is the patient's unless somebody else is the one who died: a relative, other
patients, a person of another name. The date is the one told with it, worked out from the
letter's own where it says "last week"; a death told without one is ``yes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from extract.fields.subject import Others, patient_sex
from extract.fields.ticks import ticked
from extract.fields.view import Draft, View
from extract.language.reading import Mention, Sentence
from extract.records import Field, Reason
from extract.values.datekinds import Kind
from extract.values.dates import EdtfDate
from extract.values.rawdates import RawDate

#: Words before "died" that make it no event of this world.
_UNREAL: Final = re.compile(
    r"\b(?:if|would|could|might|may|nearly|almost|not|never|n't|unless|wish(?:es|ed)?"
    r"|fear(?:s|ed)?|worried|afraid|dreamt|thought|in case|should|whether|had (?:he|she))\b"
    r"[^,.;]{0,30}$",
    re.IGNORECASE,
)
_CROWD: Final = re.compile(
    r"\b(?:patients|people|those|others|them|cases|series|men|women|participants|subjects|controls"
    r"|persons|relatives|friends|animals|mice|individuals|survivors|per cent|percent)\b"
    r"[^,;]{0,50}$|\d\s?%[^,;]{0,30}$|\b(?:one|two|three|four|five|\d+) (?:of|in|out of)\b[^,;]{0,40}$"
    r"|\b(?:one|two|three|four|five|six|\d+) (?:have|had|has)?\s*$",
    re.IGNORECASE,
)
_KIN: Final = re.compile(
    r"\b(?:mother|father|brother|sister|son|daughter|uncle|aunt|cousin|grand(?:father|mother|son"
    r"|daughter|parents?)|nephew|niece|husband|wife|partner|spouse|neighbou?r|friend|colleague|mum"
    r"|mom|dad|parents?|siblings?|twin|dog|cat|horse)(?:[ -]in[ -]law)?(?:'s)?\b"
    r"(?:(?!\b(?:he|she|patient|pt|when|as|that|mr|mrs|and)\b)[^,;])*$",
    re.IGNORECASE,
)
_THE_PATIENT: Final = re.compile(
    r"\b(?:the|this|your|our|a|that) (?:patient|pt|man|woman|lady|gentleman|boy|girl|child|infant)\b"
    r"(?! (?:in|opposite|next|beside|across|from)\b)"
    r"|\b(?:patient|pt)\b(?! of)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Prof|Rev)\b\.?\s+(?:[A-Z][\w'-]*\.?\s+){0,3}?)?"
    r"(?P<name>[A-Z][\w'’-]+)(?:\s*\([^)]*\))?,?(?:\s+(?:who|has|had|have|was|is|sadly|also|then|just"
    r"|recently|unfortunately|now|finally|eventually|peacefully|suddenly|later|since)\b,?)*\s*$"
)
_PRONOUN: Final = re.compile(r"\b(?P<who>he|she|they|you|i|we)\b[^,.;]{0,40}$", re.IGNORECASE)
_YOUR_KIN: Final = re.compile(
    r"\byour (?:\w+ ){0,2}(?:mother|father|husband|wife|partner|son|daughter|brother|sister|mum|dad)\b",
    re.IGNORECASE,
)
_OWN_CARE: Final = re.compile(
    r"\byour (?:own )?(?:\w+ )?(?:scans?|ct|treatment|cancer|tumou?r|blood|kidney|appointment|tablets?"
    r"|chemotherapy|symptoms|results?|disease|family tree|gene\w*|risk|operation|medication)\b",
    re.IGNORECASE,
)
_STARTERS: Final = frozenset(
    """he she they it the this patient pt sadly unfortunately eventually finally then later also
    who having and but regrettably subsequently thereafter tragically ultimately his her male
    female re date hospice condolences""".split()
)
#: Words between the death and a date that give the date to something else.
_ELSEWHERE: Final = re.compile(
    r"\b(?:after|following|since|post|diagnos\w+|began|begun|start\w*|having|had|took|seen|until"
    r"|before|admitted|review\w*|scan|ct|treated|received|resect\w*|operat\w*|surgery)\b|;",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"^\W*(?:(?:sadly|unfortunately|eventually|then|finally|regrettably|ultimately),?\s+)?"
    r"(?:on|in|by|around|about|early|late|during|at)?\W*(?:the\W*)?$",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(
    r"^[,:\s-]*(?:(?!and\b|with\b|then\b|after\b)[\w.'-]+\s+){0,7}$", re.IGNORECASE
)
_REFUSED: Final = re.compile(
    r"^[\s:=.\-)\]]*(?:no\b|n\b(?!/)|n/?a\b|none|nil|alive|not\b|-\s*$|unknown)", re.I
)
_REFUSED_VERB: Final = re.compile(r"^\s*[:=?]\s*(?:no\b|n\b|n/?a\b|none|alive|-|$)", re.IGNORECASE)
_THING: Final = re.compile(
    r"\b(?:prescription|consent|forms?|licen[cs]e|visa|passport|voucher|drugs?|stock|tablets|batch|air"
    r"|volume|approval|funding|insurance|cover|contract|certificate|battery|lesions?|tumou?rs?|cells?"
    r"|nodules?|plants?|engine|interest|hopes?)\b[^,;]{0,16}$",
    re.IGNORECASE,
)
#: How far down the patient's name is looked for, and how long a line of it may be.
_HEAD: Final = 1200
_PARAGRAPH: Final = 160
_REACH: Final = 95
_LABEL_REACH: Final = 34
#: A pronoun's death so long before the letter is a relative's.
_LONG_AGO: Final = 400


@dataclass(frozen=True, slots=True)
class Death:
    """One telling of the patient's death."""

    where: tuple[int, int]
    rule: str
    date: EdtfDate | None
    reasons: tuple[Reason, ...] = ()


def find(view: View) -> Iterator[Draft]:
    """The day of death where one is told, else ``yes``."""
    told = list(_deaths(view))
    dated = [one for one in told if one.date is not None]
    if not dated:
        if told:
            best = min(told, key=lambda one: len(one.reasons))
            yield view.draft(Field.DEATH, "yes", best.where, best.rule, reasons=best.reasons)
        return
    kept = _finest(dated)
    doubt = (Reason.CONFLICT,) if len({str(one.date) for one in kept}) > 1 else ()
    for one in kept:
        yield view.draft(
            Field.DEATH,
            str(one.date),
            one.where,
            one.rule,
            reasons=(*one.reasons, *doubt),
            date=one.date,
        )


def patient_died(view: View) -> bool:
    """Whether the letter tells of its patient's death."""
    return any(True for _ in _deaths(view))


def _finest(dated: list[Death]) -> list[Death]:
    """Without the dates that another says more closely or outright."""

    def covered(one: Death) -> bool:
        return any(
            other is not one
            and other.date is not None
            and one.date is not None
            and (
                other.date.refines(one.date)
                or (one.date.approximate and not other.date.approximate)
            )
            for other in dated
        )

    return [one for one in dated if not covered(one)] or dated[:1]


def _deaths(view: View) -> Iterator[Death]:
    mentions = list(view.mentions("DEATH"))
    if not mentions:
        return
    teller = _Teller(view)
    for mention in mentions:
        found = teller.read(mention)
        if found is not None:
            yield found


class _Teller:
    """Reads the mentions of death in one letter."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.others = Others(view.reading)
        self.sex = patient_sex(view.text)
        self.condoling = any(True for _ in view.mentions("CONDOLENCE"))
        self.to_patient = bool(_OWN_CARE.search(view.text))

    def read(self, mention: Mention) -> Death | None:
        """The death that a mention tells of, None where it is nobody's or another's."""
        sentence = self.view.reading.sentence(mention)
        before = sentence.text[: sentence.folded(mention.start)]
        how = mention.value("how")
        if how == "label":
            return self._label(mention, sentence, before)
        reasons: tuple[Reason, ...] = ()
        if how == "late":
            if not self._known(mention.text.split()[-1]):
                return None
        elif how == "autopsy":
            if "copied" in sentence.unit.section or self.others.holds(sentence, mention.start):
                return None
            reasons = (Reason.INFERRED,)
        elif not self._of_patient(mention, sentence, before):
            return None
        raw = self._date(mention, sentence, before) if how in {"verb", "noun"} else None
        date = self._resolved(raw)
        if date is not None and self._long_ago(date) and how == "verb":
            if not (_THE_PATIENT.search(before) or self._named_patient(before)):
                return None
        where = (mention.start, mention.end)
        if raw is not None and date is not None:
            where = (min(mention.start, raw.start), max(mention.end, raw.end))
        return Death(where, mention.rule, date, reasons)

    # -- whose ------------------------------------------------------------------------

    def _of_patient(self, mention: Mention, sentence: Sentence, before: str) -> bool:
        if _UNREAL.search(before) and mention.value("how") == "verb":
            return False
        clause = re.split(r"[;]|\bbut\b", before)[-1]
        near = clause[-90:]
        patient = _THE_PATIENT.search(near)
        if _CROWD.search(near) and not (patient and patient.end() > len(near) - 25):
            return False
        if _YOUR_KIN.search(near):
            return self.condoling and not self.to_patient
        if _KIN.search(near) and not patient:
            return False
        if _THING.search(near) or _REFUSED_VERB.match(self._after(mention, sentence)):
            return False
        if mention.value("how") in {"noun", "notice"}:
            return not self._other(mention, sentence)
        name = _NAMED.search(clause)
        if name and name["name"].lower().strip("'’") not in _STARTERS and not patient:
            return self._known(name["name"]) or (self.condoling and not self.to_patient)
        if patient:
            return True
        if self._other(mention, sentence):
            return False
        pronoun = _PRONOUN.search(clause)
        if pronoun:
            said = {"he": "m", "she": "f"}.get(pronoun["who"].lower(), "")
            return not (said and self.sex in {"m", "f"} and said != self.sex)
        return True

    def _after(self, mention: Mention, sentence: Sentence) -> str:
        return sentence.text[sentence.folded(mention.end - 1) + 1 :]

    def _other(self, mention: Mention, sentence: Sentence) -> bool:
        return sentence.unit.section == "family" or self.others.holds(sentence, mention.start)

    def _named_patient(self, before: str) -> bool:
        name = _NAMED.search(before)
        return bool(name and self._known(name["name"]))

    def _known(self, name: str) -> bool:
        """Whether a name stands in the head of the letter or on the patient's line."""
        word = name.strip("'’").removesuffix("'s")
        return len(word) > 2 and bool(
            re.search(rf"\b{re.escape(word)}\b", self._head, re.IGNORECASE)
        )

    @cached_property
    def _head(self) -> str:
        """The letter's first lines, paragraphs left out."""
        return "\n".join(
            self.view.text[unit.start : unit.end]
            for unit in self.view.reading.units
            if unit.start < _HEAD and unit.end - unit.start < _PARAGRAPH
        )

    # -- when -------------------------------------------------------------------------

    def _date(self, mention: Mention, sentence: Sentence, before: str) -> RawDate | None:
        for raw in self.view.dates_in(mention.end, min(sentence.end, mention.end + _REACH)):
            gap = self.view.text[mention.end : raw.start]
            if _ELSEWHERE.search(gap):
                break
            if self._usable(raw):
                return self._plainer(raw, sentence)
        earlier = self.view.dates_in(sentence.start, mention.start)
        if not earlier:
            return None
        raw = earlier[-1]
        lead = self.view.text[sentence.start : raw.start]
        gap = self.view.text[raw.end : mention.start]
        if self._usable(raw) and _OPENING.match(lead) and _BETWEEN.match(re.sub(r"\s+", " ", gap)):
            return raw
        return None

    def _plainer(self, raw: RawDate, sentence: Sentence) -> RawDate:
        """A full date that follows "this morning" or "on Sunday" at once, else ``raw``."""
        if raw.kind not in {Kind.TODAY, Kind.WEEKDAY, Kind.OFFSET}:
            return raw
        for other in self.view.dates_in(raw.end, min(sentence.end, raw.end + 30)):
            gap = self.view.text[raw.end : other.start]
            if other.kind in {Kind.FULL, Kind.NUMERIC, Kind.DAY_MONTH} and not re.search(
                r"\w{4}", gap
            ):
                return other
        return raw

    @staticmethod
    def _usable(raw: RawDate) -> bool:
        if raw.kind is Kind.OFFSET:
            return bool(raw.offset and not raw.offset.narrative and not raw.offset.forward)
        return not raw.forward

    def _resolved(self, raw: RawDate | None) -> EdtfDate | None:
        if raw is None:
            return None
        date = self.view.resolve(raw)
        anchor = self.view.context.anchor
        if date is not None and anchor is not None and date.earliest > anchor.latest:
            return None
        return date

    def _long_ago(self, date: EdtfDate) -> bool:
        anchor = self.view.context.anchor
        return anchor is not None and (anchor.earliest - date.latest).days > _LONG_AGO

    # -- forms ------------------------------------------------------------------------

    def _label(self, mention: Mention, sentence: Sentence, before: str) -> Death | None:
        after = self._after(mention, sentence)
        box = ticked(sentence.text, len(before), len(sentence.text) - len(after))
        if _REFUSED.match(after) or box is False:
            return None
        if self._other(mention, sentence) or _CROWD.search(before[-60:]):
            return None
        where = (mention.start, mention.end)
        for raw in self.view.dates_in(mention.end, mention.end + _LABEL_REACH):
            gap = self.view.text[mention.end : raw.start]
            if re.search(r"[A-Za-z]{5}", gap) or "\n\n" in gap:
                break
            date = self._resolved(raw)
            if date is not None:
                return Death((mention.start, raw.end), mention.rule, date)
        if mention.text.lower().startswith(("date", "death date")) and not after.strip(" :.-"):
            return None  # an empty line of a form
        return Death(where, mention.rule, None)
