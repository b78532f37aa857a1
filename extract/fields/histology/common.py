"""What the three histology fields share: whose tumour, which tumour, asserted or not."""

from __future__ import annotations

import re
from functools import cached_property

from extract.fields import cells, criteria, ticks
from extract.fields.cues import Cues, load_cues
from extract.fields.subject import Others
from extract.fields.view import View
from extract.language.reading import Mention, Sentence, UnitKind
from extract.language.trying import trial

_BOTH = trial(r"\bboth\b|\b(?:you|he|she|patient) and (?:his|her|your)\b", re.IGNORECASE)
_BOUNDARY = trial(r";|\.\s|\bbut\b|\bhowever\b|\balthough\b", re.IGNORECASE)


def cues() -> Cues:
    """The field's cues."""
    return load_cues("histology")


class Slide:
    """A letter under the histology fields' eye."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.trial = criteria.document(view)

    @cached_property
    def others(self) -> Others:
        """Who else the letter speaks of."""
        return Others.of(self.view.reading)

    @cached_property
    def renal(self) -> bool:
        """Whether the letter can speak of a renal primary of the patient's."""
        named = any(self.view.mentions("HISTO", "HISTO_BARE", "FEATURE", "HISTO_GROUP"))
        if not named:
            return False
        return self.kidneys or not cues()["other_primary"].search(self.view.text)

    @cached_property
    def kidneys(self) -> bool:
        """Whether the patient's cancer of the kidney is named."""
        return any(
            not self.others.at(sentence, match.start())
            for sentence in self.view.sentences
            for match in cues()["renal_cancer"].finditer(sentence.text)
        )

    def sentence(self, mention: Mention) -> Sentence:
        """The mention's sentence; in a table its whole row."""
        return cells.whole(self.view, self.view.reading.sentence(mention))

    def place(self, sentence: Sentence, mention: Mention) -> tuple[int, int]:
        """The mention's characters in its sentence's text."""
        return sentence.folded(mention.start), sentence.folded(mention.end - 1) + 1

    def asserted(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether ``start:end`` is said outright, of this patient's renal tumour."""
        if self.others.at(sentence, start) or criteria.listed(self.view, sentence.unit):
            return False
        if self.trial and sentence.unit.section in ("criteria", ""):
            return False
        if self.of_family(sentence, start) or cues()["rules_line"].search(sentence.text[:start]):
            return False
        before = clause_before(sentence.text, start)
        if cues()["must"].search(before):
            return False
        # "whether his histology (clear cell) matters": a remark in brackets is a fact.
        if cues()["supposed"].search(before.rsplit("(", 1)[-1] if ")" not in before else before):
            return False
        if cues()["queried"].match(sentence.text[end : end + 24]):
            return False
        return not self.elsewhere(sentence, start, end)

    def of_family(self, sentence: Sentence, start: int) -> bool:
        """Whether a relative is named just before, or the section is of the family."""
        kin = cues()["kin"].search(clause_before(sentence.text, start))
        if kin and not _BOTH.search(sentence.text[:start]):
            return True
        heads = [unit.label for unit in self.view.reading.path(sentence.unit)]
        return any(re.search(r"\bfamily\b", label, re.IGNORECASE) for label in heads)

    def elsewhere(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether another organ's tumour is what is named here."""
        reach = (max(0, start - 40), end + 40)
        other = cues()["other_primary"].search(sentence.text, *reach)
        return bool(other) and not cues()["renal"].search(sentence.text, *reach)

    def in_criteria_column(self, sentence: Sentence, start: int) -> bool:
        """Whether a table's column of requirements holds it."""
        if sentence.unit.kind is not UnitKind.ROW:
            return False
        for column, (left, right) in enumerate(cells.cells(sentence)):
            if column and left <= start < right:
                return cells.is_criterion(self.view, sentence, column)
        return False


def clause_before(text: str, start: int) -> str:
    """The text before ``start`` from the last strong boundary on."""
    return _BOUNDARY.split(text[:start])[-1]


def box(text: str, start: int) -> bool | None:
    """Whether the option at ``start`` is ticked; None where the line has no choice."""
    held = ticks.boxes(text)
    if not held:
        return None
    for words, marked, at in ticks.options(text):
        if at <= start < at + len(words) and len(words) <= 40 and (len(held) > 1 or marked):
            return marked if len(held) > 1 else None
    return None
