"""The drug-free interval before interleukin-2, where a letter states it for this patient.

A length of time counts where words beside it say that it was free of a drug, and where
its far end is interleukin-2: the sentence names it, its first dose or its admission, or
the letter is about that admission. A rule ("at least eight weeks are required"), an
interval up to the clinic or a scan, and a tick-box left empty are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.fields.cues import load_cues
from extract.fields.il2.rows import with_labels
from extract.fields.il2.topic import INTERLEUKIN, Topic
from extract.fields.ticks import boxes
from extract.fields.view import Draft, View
from extract.language.pipeline import AGENT
from extract.language.reading import Sentence, UnitKind
from extract.records import Field, Reason
from extract.values.counts import Bound
from extract.values.durations import RawDuration
from extract.values.quantities import Quantity

#: Shortest and longest interval that is a washout, in days.
_PLAUSIBLE = (5, 1100)
#: How many sentences back the drug may be named.
_BACK, _BACK_IN_FORM = 4, 14
_BRACKETS = re.compile(r"\([^()]*\)")


def find(view: View) -> Iterator[Draft]:
    """The drafts of ``washout``."""
    view = with_labels(view)
    topic = Topic(view)
    if not topic.named:
        return
    yield from _Washout(view, topic).find()


class _Washout:
    def __init__(self, view: View, topic: Topic) -> None:
        self.view = view
        self.topic = topic
        self.cues = load_cues("washout")

    def find(self) -> Iterator[Draft]:
        for sentence in self.view.sentences:
            for raw in self.view.durations_in(sentence.start, sentence.end):
                if not self.topic.others.holds(sentence, raw.start):
                    yield from self._read(sentence, raw)
            yield from self._labelled(sentence)
            yield from self._counted(sentence)

    def _counted(self, sentence: Sentence) -> Iterator[Draft]:
        """The day of interleukin-2 counted from the last dose: "3 October is day 49"."""
        match = self.cues["day_count"].search(sentence.text)
        if match is None or self._rule(sentence, match.start(), match.end()):
            return
        before = [s.text for s in self.view.sentences[max(0, sentence.index - 1) : sentence.index]]
        if not self.cues["last_dose"].search(" ".join([*before, sentence.text[: match.start()]])):
            return
        number = "n" if match["n"] else "m"
        agents, _ = self._agents(sentence, match.start())
        where = sentence.raw(match.start(number), match.end(number))
        for agent in agents or [""]:
            yield self.view.draft(
                Field.WASHOUT, match[number], where, "washout", item=agent,
                reasons=(Reason.INFERRED,),
            )  # fmt: skip

    def _labelled(self, sentence: Sentence) -> Iterator[Draft]:
        """A number whose unit stands in its label: "Washout (days): 63"."""
        match = self.cues["labelled"].search(sentence.text)
        if not match or self._rule(sentence, match.end("n"), match.end()):
            return
        factor = 7 if match["unit"].lower().startswith("w") else 1
        days = Quantity.parse(match["n"]).scaled(factor)
        agents, _ = self._agents(sentence, match.start())
        where = sentence.raw(match.start("n"), match.end("n"))
        for agent in agents or self._below(sentence) or [""]:
            yield self.view.draft(Field.WASHOUT, str(days), where, "washout", item=agent)

    def _below(self, sentence: Sentence) -> list[str]:
        """The drug that the next lines of a form name."""
        for other in self.view.sentences[sentence.index + 1 : sentence.index + 3]:
            named = self._named(other)
            if named and self.cues["last_dose"].search(other.text):
                return named[0][1]
        return []

    def _read(self, sentence: Sentence, raw: RawDuration) -> Iterator[Draft]:
        text = sentence.text
        start, end = sentence.folded(raw.start), sentence.folded(raw.end - 1) + 1
        before, after = text[:start], text[end:]
        free = self._free(before, after) or self._row(sentence, before)
        if not (free or self._gap(sentence, before, after)) or self._rule(sentence, start, end):
            return
        sure = self._reaches(sentence, before, after)
        if sure is None:
            return
        days = self._days(raw, before)
        if days is None:
            return
        agents, near = self._agents(sentence, start)
        plain = sure and near and not self.topic.implied
        reasons = () if plain else (Reason.INFERRED,)
        for agent in agents or [""]:
            yield self.view.draft(
                Field.WASHOUT, str(days), (raw.start, raw.end), "washout", item=agent,
                reasons=reasons,
            )  # fmt: skip

    def _days(self, raw: RawDuration, before: str) -> Quantity | None:
        days = raw.days()
        ends = [x for x in (days.low, days.high) if abs(x) != float("inf")]
        if not all(_PLAUSIBLE[0] <= x <= _PLAUSIBLE[1] for x in ends):
            return None
        if self.cues["exactly"].search(before) and days.low == days.high:
            return Quantity.bounded(Bound.EXACT, days.low)
        return days

    # -- free of what, until when -----------------------------------------------------

    def _free(self, before: str, after: str) -> bool:
        """Whether the length of time is one without the drug."""
        return bool(self.cues["free_before"].search(before) or self.cues["free_after"].match(after))

    def _gap(self, sentence: Sentence, before: str, after: str) -> bool:
        """Whether it lies between a drug and interleukin-2 ("ten weeks before starting")."""
        cues = self.cues
        if not (cues["gap_before"].search(before) or cues["gap_after"].match(after)):
            return False
        if not (
            self._named(sentence)
            or cues["drug_word"].search(sentence.text)
            or self._carried(sentence)
        ):
            return False
        return self.topic.names(sentence) or bool(cues["until_il2"].search(sentence.text))

    def _carried(self, sentence: Sentence) -> bool:
        """Whether the sentence before speaks of a gap after a drug: "In her case it will be ..."."""
        before = self.view.sentences[sentence.index - 1] if sentence.index else None
        return (
            before is not None
            and self._same(before, sentence)
            and bool(self.cues["gap_word"].search(before.text) and self._named(before))
        )

    def _row(self, sentence: Sentence, before: str) -> bool:
        """A form's line "Interval ..... 84 days" below the last dose of a drug."""
        if not self.cues["interval_label"].match(before):
            return False
        sentences = self.view.sentences
        above = sentences[max(0, sentence.index - _BACK) : sentence.index + 1]
        return any(self.cues["last_dose"].search(s.text) or self._named(s) for s in above)

    def _rule(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether it is a unit's or trial's rule, a wish, or about something else."""
        if sentence.unit.section in ("criteria", "family"):
            return True
        if self.cues["rule"].search(self._clause(sentence.text, start)):
            return True
        before, after = sentence.text[:end], sentence.text[end:]
        if self.cues["schedule"].search(before[: before.rfind(" ") + 1] or before):
            return True
        if self.cues["not_washout"].search(after[:40]) or self.cues["elapsed_today"].match(after):
            return True
        line = self._line(sentence)
        held = boxes(line)
        return bool(held) and not any(box.ticked for box in held)

    def _clause(self, text: str, at: int) -> str:
        """The part of a sentence that tells of the length at ``at``: no asides, no rule before."""
        plain = _BRACKETS.sub(
            lambda m: m.group() if m.start() <= at < m.end() else " " * len(m.group()), text
        )
        begin, stop = plain.rfind(";", 0, at) + 1, plain.find(";", at)
        for match in self.cues["own"].finditer(plain, begin, at):
            if not self.cues["own_if"].search(plain[: match.start()]):
                begin = match.start()
        return plain[begin : stop if stop >= 0 else len(plain)]

    def _line(self, sentence: Sentence) -> str:
        """The sentence and what stands behind it on its line."""
        stop = self.view.text.find("\n", sentence.end)
        return self.view.text[sentence.start : stop if stop >= 0 else len(self.view.text)]

    def _reaches(self, sentence: Sentence, before: str, after: str) -> bool | None:
        """Whether the interval ends with interleukin-2: plainly, likely, or None."""
        text = sentence.text
        if self.cues["until_other"].search(before[-60:] + " | " + after[:50]):
            return None
        if self.cues["washout_word"].search(text) or self.cues["until_il2"].search(text):
            return True
        if self.topic.names(sentence):
            return True
        if self.topic.admission and not self.cues["now"].search(text):
            return True
        if self.cues["on_date"].match(after) or self.cues["by_date"].search(before):
            return True
        if self.cues["interval_row"].search(text):
            return False
        return None if self.cues["now"].search(text) else self._near_il2(sentence)

    def _near_il2(self, sentence: Sentence) -> bool | None:
        """The sentence before or behind is of interleukin-2's first dose or its bed."""
        sentences = self.view.sentences
        for index in (sentence.index - 1, sentence.index - 2, sentence.index + 1):
            if not 0 <= index < len(sentences):
                continue
            other = sentences[index]
            same = (
                other.unit.index == sentence.unit.index
                or other.unit.heading == sentence.unit.heading
            )
            if (
                same
                and self.cues["until_il2"].search(other.text)
                and (self.topic.names(other) or self.cues["bed"].search(other.text))
            ):
                return False
        return None

    # -- which drug -------------------------------------------------------------------

    def _agents(self, sentence: Sentence, place: int) -> tuple[list[str], bool]:
        """The drug that was washed out, and whether the sentence itself names it."""
        here = self._named(sentence)
        if here:
            after = [names for at, names in here if at >= place]
            before = [names for at, names in here if at < place]
            follows = re.match(r"[^.;]{0,40}", sentence.text[place:])
            direct = [
                names
                for at, names in here
                if place <= at < place + len(follows[0] if follows else "")
            ]
            chosen = direct[0] if direct else before[-1] if before else after[0]
            return chosen, True
        sentences = self.view.sentences
        counted = self.cues["day_count"].search(sentence.text)
        laid_out = sentence.unit.kind is not UnitKind.PROSE
        back = _BACK_IN_FORM if laid_out or counted else _BACK
        for index in range(sentence.index - 1, max(-1, sentence.index - 1 - back), -1):
            other = sentences[index]
            named = self._named(other)
            told = counted and self.view.dates_in(other.start, other.end)
            if named and (told or self._together(other, sentence)):
                return named[-1][1], self._same(other, sentence)
        return [], True

    def _named(self, sentence: Sentence) -> list[tuple[int, list[str]]]:
        found = []
        for mention in sentence.of(AGENT):
            names = [n for n in mention.value("agents").split("|") if n != INTERLEUKIN]
            place = sentence.folded(mention.start)
            void = self.topic.others.at(sentence, place)
            unnamed = all(self.view.lexicon.drug_class(n) == "unnamed" for n in names)
            weak = mention.value("weak") and not self.cues["free_of"].search(sentence.text[:place])
            if names and not void and not unnamed and not weak:
                found.append((place, names))
        return found

    def _same(self, one: Sentence, other: Sentence) -> bool:
        return one.unit.index == other.unit.index

    def _together(self, one: Sentence, other: Sentence) -> bool:
        return self._same(one, other) or one.unit.heading == other.unit.heading
