"""Whether, and when, the patient died.

A death is the patient's unless somebody else is the one who died: a relative, other
patients, a person of another name. The date is the one told with it, worked out from the
letter's own where it says "last week"; a death told without one is ``yes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from extract.fields.boxed import box_of
from extract.fields.cues import Cues, load_cues
from extract.fields.subject import Others, patient_sex
from extract.fields.view import Draft, View
from extract.language.reading import Mention, Sentence
from extract.records import Field, Reason
from extract.values.datekinds import Kind
from extract.values.dates import EdtfDate
from extract.values.rawdates import RawDate

_STARTERS: Final = frozenset(
    """he she they it the this patient pt sadly unfortunately eventually finally then later also
    who having and but regrettably subsequently thereafter tragically ultimately his her male
    female re date hospice condolences""".split()
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


def find(view: View) -> tuple[Draft, ...]:
    """The day of death where one is told, else ``yes``."""
    return view.once(_found)


def _found(view: View) -> tuple[Draft, ...]:
    return tuple(_drafts(view))


def _drafts(view: View) -> Iterator[Draft]:
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


@cache
def _cues() -> Cues:
    return load_cues("death")


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
        self.others = Others.of(view.reading)
        self.sex = patient_sex(view.text)
        self.condoling = any(True for _ in view.mentions("CONDOLENCE"))
        self.to_patient = bool(_cues()["own_care"].search(view.text))

    def read(self, mention: Mention) -> Death | None:
        """The death that a mention tells of, None where it is nobody's or another's."""
        sentence = self.view.reading.sentence(mention)
        if self.others.aside(sentence):
            return None
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
        raw = self._date(mention, sentence) if how in {"verb", "noun"} else None
        date = self._resolved(raw)
        named = _cues()["the_patient"].search(before) or self._named_patient(before)
        if date is not None and how == "verb" and not named and self._long_ago(date):
            return None
        where = (mention.start, mention.end)
        if raw is not None and date is not None:
            where = (min(mention.start, raw.start), max(mention.end, raw.end))
        return Death(where, mention.rule, date, reasons)

    # -- whose ------------------------------------------------------------------------

    def _of_patient(self, mention: Mention, sentence: Sentence, before: str) -> bool:
        if _cues()["unreal"].search(before) and mention.value("how") == "verb":
            return False
        clause = re.split(r"[;]|\bbut\b", before)[-1]
        near = clause[-90:]
        patient = _cues()["the_patient"].search(near)
        if _cues()["crowd"].search(near) and not (patient and patient.end() > len(near) - 25):
            return False
        if _cues()["your_kin"].search(near):
            return self.condoling and not self.to_patient
        if _cues()["kin"].search(near) and not patient:
            return False
        if _cues()["thing"].search(near) or _cues()["refused_verb"].match(
            self._after(mention, sentence)
        ):
            return False
        if mention.value("how") in {"noun", "notice"}:
            return not self._other(mention, sentence)
        name = _cues()["named"].search(clause)
        if name and name["name"].lower().strip("'’") not in _STARTERS and not patient:
            return self._known(name["name"]) or (self.condoling and not self.to_patient)
        if patient:
            return True
        if self._other(mention, sentence):
            return False
        pronoun = _cues()["pronoun"].search(clause)
        if pronoun:
            if pronoun.start() <= 14 and self._goes_on(sentence):
                return False
            said = {"he": "m", "she": "f"}.get(pronoun["who"].lower(), "")
            return not (said and self.sex in {"m", "f"} and said != self.sex)
        return True

    def _after(self, mention: Mention, sentence: Sentence) -> str:
        return sentence.text[sentence.folded(mention.end - 1) + 1 :]

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether the sentence before ends on somebody else: its pronoun may be theirs."""
        before = self.view.sentences[sentence.index - 1] if sentence.index else None
        if before is None or before.unit.index != sentence.unit.index:
            return False
        return self.others.at(before, len(before.text) - 1)

    def _other(self, mention: Mention, sentence: Sentence) -> bool:
        return sentence.unit.section == "family" or self.others.holds(sentence, mention.start)

    def _named_patient(self, before: str) -> bool:
        name = _cues()["named"].search(before)
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

    def _date(self, mention: Mention, sentence: Sentence) -> RawDate | None:
        for raw in self.view.dates_in(mention.end, min(sentence.end, mention.end + _REACH)):
            gap = self.view.text[mention.end : raw.start]
            if _cues()["elsewhere"].search(gap):
                break
            if self._usable(raw):
                return self._plainer(raw, sentence)
        earlier = self.view.dates_in(sentence.start, mention.start)
        if not earlier:
            return None
        raw = earlier[-1]
        lead = self.view.text[sentence.start : raw.start]
        gap = self.view.text[raw.end : mention.start]
        if (
            self._usable(raw)
            and _cues()["opening"].match(lead)
            and _cues()["between"].match(re.sub(r"\s+", " ", gap))
        ):
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
        box = box_of(sentence, len(before), len(sentence.text) - len(after))
        if _cues()["refused"].match(after) or box is False:
            return None
        if self._other(mention, sentence) or _cues()["crowd"].search(before[-60:]):
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
