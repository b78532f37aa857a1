"""Inotropes and intensive care during interleukin-2: yes, no, or not said.

Each mention is judged in its own clause: denied before it ("never required"), denied
after it ("were not used"), answered as in a form ("Pressors: none", a ticked box), or
affirmed. Risks explained, plans, other people and other illnesses say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extract.fields.cues import load_cues
from extract.fields.il2.topic import Drug, Topic
from extract.fields.ticks import boxes, options
from extract.fields.view import Draft, View
from extract.language.reading import Sentence, UnitKind
from extract.records import Field, Reason

#: Sections that tell of other times and people.
_ELSEWHERE = frozenset({"past_history", "family", "social", "allergies", "criteria"})


class Kind(StrEnum):
    """What support a mention is of."""

    PRESSOR = "pressor"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Said:
    """A mention of support at ``start:end`` of a sentence's folded text.

    ``drug`` is a named drug, ``person`` a nurse or doctor of a unit and not the unit.
    """

    kind: Kind
    start: int
    end: int
    drug: bool = False
    person: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a mention comes to: ``yes`` or not, and how plainly."""

    kind: Kind
    yes: bool
    sure: bool
    start: int
    end: int


class Support:
    """Reads one letter."""

    def __init__(self, view: View, topic: Topic) -> None:
        self.view = view
        self.topic = topic
        self.cues = load_cues("il2_support")

    def find(self) -> Iterator[Draft]:
        """``inotropes`` and ``icu``: yes where either was ever needed, no where denied."""
        verdicts = list(self._verdicts())
        for kind, field in ((Kind.PRESSOR, Field.INOTROPES), (Kind.UNIT, Field.ICU)):
            held = [v for v in verdicts if v.kind is kind]
            yes = [v for v in held if v.yes]
            no = [v for v in held if not v.yes]
            if yes and no and not any(v.sure for v in yes) and any(v.sure for v in no):
                yes = []
            chosen = yes or no
            if not chosen:
                continue
            best = next((v for v in chosen if v.sure), chosen[0])
            reasons = [] if best.sure else [Reason.INFERRED]
            if yes and any(v.sure for v in no):
                reasons.append(Reason.CONFLICT)
            value = "yes" if best.yes else "no"
            yield self.view.draft(
                field, value, (best.start, best.end), f"il2_{field.value}", reasons=reasons
            )

    def _verdicts(self) -> Iterator[Verdict]:
        before: tuple[Sentence, set[Kind]] | None = None
        for sentence in self.view.sentences:
            said = self._mentions(sentence)
            if before and before[0].index == sentence.index - 1:
                yield from self._pronoun(sentence, before[1])
            if not said:
                yield from self._ward(sentence)
                before = None
                continue
            open_kinds: set[Kind] = set()
            for group in self._groups(sentence, said):
                form = bool(self._values(sentence.text, group))
                for one, yes, plain in self._judge(sentence, group):
                    if yes is None:
                        open_kinds.add(one.kind)
                        continue
                    sure = plain and self._placed(sentence, one) is Drug.IL2
                    if self._counts(sentence, one, yes, form):
                        yield Verdict(one.kind, yes, sure, *sentence.raw(one.start, one.end))
            if open_kinds:
                yield from self._pronoun(sentence, open_kinds)
            before = (sentence, open_kinds) if open_kinds else None
            yield from self._ward(sentence)

    # -- mentions -------------------------------------------------------------------

    def _mentions(self, sentence: Sentence) -> list[Said]:
        text = sentence.text
        found = [
            Said(Kind.UNIT, m.start(), m.end(), person=self._person(text[m.end() :]))
            for m in self.cues["unit"].finditer(text)
        ]
        found += [
            Said(Kind.PRESSOR, m.start(), m.end()) for m in self.cues["pressor"].finditer(text)
        ]
        if not self.cues["pressor_other"].search(text):
            found += [
                Said(Kind.PRESSOR, m.start(), m.end(), drug=True)
                for m in self.cues["pressor_drug"].finditer(text)
            ]
        others = self.topic.others
        kept = [one for one in found if not others.at(sentence, one.start)]
        return sorted(kept, key=lambda one: one.start)

    def _person(self, after: str) -> bool:
        return bool(self.cues["unit_person"].match(after))

    def _groups(self, sentence: Sentence, said: Sequence[Said]) -> Iterator[list[Said]]:
        """Mentions joined to one another share what is said of them."""
        group: list[Said] = []
        for one in said:
            between = sentence.text[group[-1].end : one.start] if group else ""
            if group and not self.cues["chain"].match(between):
                yield group
                group = []
            group.append(one)
        if group:
            yield group

    # -- judging --------------------------------------------------------------------

    def _judge(
        self, sentence: Sentence, group: Sequence[Said]
    ) -> Iterator[tuple[Said, bool | None, bool]]:
        """Each mention of a group with yes, no or None, and whether that is plain."""
        text = sentence.text
        answers = self._ticked(sentence) or self._values(text, group)
        if answers:
            for position, one in enumerate(group):
                spread = len(answers) == len(group)
                held = [answers[position]] if spread else answers
                yield one, any(held), True
            return
        before, after = self._clause(text, group[0].start, group[-1].end)
        denied = self._denied(before, after, group, text)
        for one in group:
            if self._unsaid(sentence, before, after, one, denied):
                yield one, None, False
            elif denied or self._spared(sentence, one):
                yield one, False, True
            else:
                yes, sure = self._had(text, one, before, after)
                yield one, yes, sure

    def _clause(self, text: str, start: int, end: int) -> tuple[str, str]:
        """The clause's words before and after a group."""
        begin, stop = 0, len(text)
        for match in self.cues["clause"].finditer(text):
            if match.end() <= start:
                begin = match.end()
            elif match.start() >= end:
                stop = match.start()
                break
        return text[begin:start], text[end:stop]

    def _denied(self, before: str, after: str, group: Sequence[Said], text: str) -> bool:
        for match in self.cues["negation"].finditer(before):
            between = before[match.end() :]
            if self.cues["negation_filler"].match(self._masked(between)):
                return True
            if len(between) <= 70 and self.cues["coordinated"].search(between):
                return True
            if len(between.split()) <= 6 and not self.cues["negation_ends"].search(between):
                return True
        if self.cues["denied_after"].match(self._masked(after)):
            return True
        if self.cues["answer_after"].match(after):
            return True
        inner = text[group[0].end : group[-1].start] if len(group) > 1 else ""
        return bool(re.search(r"\b(?:no|neither|nor)\b", inner)) and not before.strip()

    def _masked(self, text: str) -> str:
        """The text with mentions of support as ``X``."""
        for name in ("unit", "pressor", "pressor_drug"):
            text = self.cues[name].sub("X", text)
        return text

    def _unsaid(self, sentence: Sentence, before: str, after: str, one: Said, denied: bool) -> bool:
        """Whether the mention is only talk: a risk, a plan, another time, a name."""
        text = sentence.text
        if one.person and not denied:
            return not self._spared(sentence, one)
        if self.cues["unrelated"].search(text) and not self.cues["during"].search(text):
            return True
        if self.cues["kin"].search(text):
            return True
        if denied:
            return bool(self.cues["uncertain_denied"].search(before))
        if self.cues["uncertain"].search(before):
            return True
        if self.cues["uncertain"].search(after[:40]) and not self._spared(sentence, one):
            return True
        return one.kind is Kind.UNIT and bool(self.cues["routine"].search(after))

    def _spared(self, sentence: Sentence, one: Said) -> bool:
        """Support that was near but not used: metaraminol written up, ITU phoned."""
        rest = sentence.text[one.end :]
        if one.kind is Kind.PRESSOR:
            around = sentence.text[max(0, one.start - 40) :]
            charted = self.cues["charted"].search(around)
            return bool(charted and self.cues["charted_unused"].search(rest))
        return bool(self.cues["unit_declined"].search(rest[:120]))

    def _had(self, text: str, one: Said, before: str, after: str) -> tuple[bool | None, bool]:
        if one.kind is Kind.UNIT:
            had = self.cues["unit_had_before"].search(before)
            had = had or self.cues["unit_had_after"].match(text[one.end :])
            if not had and self.cues["unit_stay"].match(after):
                return True, bool(self.cues["unit_stay_led"].search(before))
            if not had and self.cues["within"].search(before):
                had = self.cues["pressor"].search(before) or self.cues["pressor_drug"].search(
                    before
                )
            return (True, True) if had else (None, False)
        if self.cues["charted"].search(after[:30]):
            return None, False
        plain = self.cues["pressor_had_after"].match(after)
        led = self.cues["pressor_had_before"].search(before)
        if plain or (led and led.group().strip()):
            return True, True
        return (True, False) if one.drug else (None, False)

    # -- forms ----------------------------------------------------------------------

    def _values(self, text: str, group: Sequence[Said]) -> list[bool]:
        """The answers behind a label: "none / none", "No (C1 No)"."""
        rest = text[group[-1].end :]
        match = self.cues["value"].match(rest)
        if not match or not self._labels(text, group):
            return []
        found = [self._yes(match["value"])]
        place = match.end()
        while more := self.cues["more_values"].match(rest[place:]):
            found.append(self._yes(more["value"]))
            place += more.end()
        return found

    def _labels(self, text: str, group: Sequence[Said]) -> bool:
        """Whether the group stands as a label and not in a sentence of its own."""
        lead = re.split(r"[.;:,]|\s-\s", text[: group[0].start])[-1].strip()
        return not re.search(r"\b(?:no|not|never|without|neither|nor|nil)\W*$", lead, re.IGNORECASE)

    def _yes(self, value: str) -> bool:
        return bool(self.cues["value_yes"].match(value.lower()))

    def _ticked(self, sentence: Sentence) -> list[bool]:
        """The answer ticked on the line, or in the column of a form that its head names."""
        text = sentence.text
        held = boxes(text)
        if not held:
            return []
        for words, ticked, _ in options(text):
            answer = re.match(r"(yes|y|no|n|none|nil)\b", words, re.IGNORECASE)
            if ticked and answer:
                return [answer[1].lower() in ("yes", "y")]
        heads = self._column_heads(sentence)
        for number, box in enumerate(held):
            if box.ticked and number < len(heads):
                return [heads[number] in ("yes", "y")] if heads[number] != "n/a" else [False]
        return []

    def _column_heads(self, sentence: Sentence) -> list[str]:
        """The answers along the top of a form: "Yes  No  N/A"."""
        units = self.view.reading.units
        for unit in reversed(units[max(0, sentence.unit.index - 25) : sentence.unit.index]):
            words = self.view.text[unit.start : unit.end].lower()
            if unit.kind is UnitKind.ROW or len(words) < 40:
                found = re.findall(r"\b(yes|no|y|n|n/a)(?![\w/])", words)
                if {"yes", "no"} <= set(found) or {"y", "n"} <= set(found):
                    return found
        return []

    # -- what names no support --------------------------------------------------------

    def _pronoun(self, sentence: Sentence, kinds: Iterable[Kind]) -> Iterator[Verdict]:
        """Support named in the sentence before: "You did not need it last time"."""
        match = self.cues["pronoun_no"].search(sentence.text)
        if not match or self.cues["uncertain"].search(sentence.text[: match.start()][-25:]):
            return
        for kind in sorted(kinds):
            yield Verdict(kind, False, True, *sentence.raw(match.start(), match.end()))

    def _ward(self, sentence: Sentence) -> Iterator[Verdict]:
        """Words that deny intensive care without naming it: "never left the ward"."""
        match = self.cues["ward_only"].search(sentence.text)
        if not match or self.cues["uncertain"].search(sentence.text[: match.start()]):
            return
        one = Said(Kind.UNIT, match.start(), match.end())
        if self._placed(sentence, one) is Drug.IL2 and not self.cues["unrelated"].search(
            sentence.text
        ):
            yield Verdict(Kind.UNIT, False, False, *sentence.raw(match.start(), match.end()))

    # -- whose ------------------------------------------------------------------------

    def _placed(self, sentence: Sentence, one: Said) -> Drug:
        return self.topic.at(sentence, one.start)

    def _counts(self, sentence: Sentence, one: Said, yes: bool, form: bool) -> bool:
        """Whether the mention is about interleukin-2 given to this patient."""
        told = self.topic.treated or self.topic.admission or self.topic.names(sentence) or form
        if not told or (yes and self.cues["unrelated"].search(sentence.text)):
            return False
        drug = self._placed(sentence, one)
        during = bool(self.cues["during"].search(sentence.text))
        if sentence.unit.section in _ELSEWHERE and not (drug is Drug.IL2 and during):
            return self.topic.admission and sentence.unit.section == "allergies"
        if drug is Drug.IL2:
            return True
        if drug is Drug.OTHER:
            return False
        cycles = bool(self.cues["cycle_words"].search(sentence.text))
        return cycles or not yes or drug is Drug.NONE
