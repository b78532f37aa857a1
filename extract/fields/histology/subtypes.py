"""``histology``: the subtype of the renal primary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.fields.histology.common import Slide, box, clause_before, cues
from extract.fields.view import Draft
from extract.language.reading import Mention, Sentence
from extract.language.trying import trial
from extract.records import Field

_NON = trial(r"\bnon[- ]?$", re.IGNORECASE)
_ANSWERS = trial(
    r"\b(?:histolog(?:y|ic(?:al)? type)|cell type|subtype|type|RCC|report(?:ed)?(?: as)?|review"
    r"|path(?:ology)?|called)\W*$",
    re.IGNORECASE,
)


def find_subtypes(slide: Slide) -> Iterator[Draft]:
    """One draft for each assertion of a subtype."""
    for mention in slide.view.mentions("HISTO", "HISTO_BARE"):
        sentence = slide.sentence(mention)
        start, end = slide.place(sentence, mention)
        if mention.label == "HISTO_BARE" and not stands_alone(sentence, start, end):
            continue
        if _holds(slide, sentence, mention, start, end):
            value = mention.value()
            yield slide.view.draft(Field.HISTOLOGY, value, mention, mention.rule)


def _holds(slide: Slide, sentence: Sentence, mention: Mention, start: int, end: int) -> bool:
    text = sentence.text
    ticked = box(text, start)
    if ticked is not None:
        return ticked and not slide.others.at(sentence, start)
    if slide.in_criteria_column(sentence, start) or not slide.asserted(sentence, start, end):
        return False
    before = clause_before(text, start)
    if cues()["not_it"].search(before) or _NON.search(before):
        return False
    if (
        mention.value() == "clear_cell"
        and cues()["part"].match(text[end:])
        and _other_named(sentence)
    ):
        return False  # "papillary carcinoma with clear cell areas"
    return slide.kidneys or mention.value() not in ("medullary", "unclassified")


def _other_named(sentence: Sentence) -> bool:
    return any(m.value() != "clear_cell" for m in sentence.of("HISTO"))


def stands_alone(sentence: Sentence, start: int, end: int) -> bool:
    """A bare "papillary" that answers "Histology:", or is an option with a box."""
    text = sentence.text
    if any(m.start <= sentence.raw(start, end)[0] < m.end for m in sentence.of("HISTO")):
        return False
    after = text[end:]
    if box(text, start) is not None and not re.match(r"\s*(?:area|compon|feature|archit)", after):
        return not cues()["part"].search(text[:start])
    if not re.match(r"\s*(?:$|[.;,)\[|]|,? ?(?:type|grade|Fuhrman|ISUP|pT|G[1-4]\b))", after):
        return False
    return bool(_ANSWERS.search(text[:start]))
