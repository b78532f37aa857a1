"""``histology_group``: favourable, intermediate or unfavourable, where the letter says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.fields.histology.common import Slide, box, clause_before, cues
from extract.fields.view import Draft
from extract.language.reading import Mention, Sentence
from extract.language.trying import trial
from extract.records import Field

_EITHER = trial(r"^\s*(?:,|/|and|or|v\.?|versus|vs\.?)\s*(?:un)?(?:fav|inter)", re.IGNORECASE)
_OF_RISK = trial(
    r"[\s-]*(?:\w+ )?(?:risk|response|outcome|prognosis|course|result)"
    r"|\s+(?:MSKCC|IMDC|Motzer|Heng)\b(?!\W*(?:un)?(?:fav|inter|poor|good))",
    re.IGNORECASE,
)
_OR_BEFORE = trial(
    r"(?:fav[o0]u?rab[l1]e|intermediate)\s*(?:,|/|and|or|,? or|versus|vs?\.?)\s*$", re.I
)


def find_groups(slide: Slide) -> Iterator[Draft]:
    """One draft for each statement of the group."""
    for mention in slide.view.mentions("HISTO_GROUP"):
        sentence = slide.sentence(mention)
        start, end = slide.place(sentence, mention)
        if _holds(slide, sentence, mention, start, end):
            yield slide.view.draft(Field.HISTOLOGY_GROUP, mention.value(), mention, mention.rule)


def _holds(slide: Slide, sentence: Sentence, mention: Mention, start: int, end: int) -> bool:
    text = sentence.text
    ticked = box(text, start)
    if ticked is False:
        return False
    if slide.in_criteria_column(sentence, start) or not slide.asserted(sentence, start, end):
        return False
    before = clause_before(text, start)
    if cues()["not_it"].search(before):
        return False
    if _EITHER.match(text[end:]) or _OR_BEFORE.search(text[:start]):
        return False  # a classification named, not applied
    if _is_risk(text, start, end):
        return False
    return _of_histology(slide, sentence, mention)


def _is_risk(text: str, start: int, end: int) -> bool:
    """Whether it is a risk score, a response or the like that is favourable."""
    if _OF_RISK.match(text[end:]):
        return True
    clause = re.split(r"[,;()]|\.\s", text[:start])[-1]
    model = cues()["risk_model"].search(clause)
    if model and not cues()["histology_said"].search(clause, model.start()):
        return True
    after = re.split(r"[,;().]", text[end:])[0][:24]
    if cues()["group_context"].search(clause) or cues()["group_context"].search(after):
        return False
    return bool(cues()["risk"].search(clause) or cues()["risk"].search(after))


def _of_histology(slide: Slide, sentence: Sentence, mention: Mention) -> bool:
    """Whether the sentence, or its unit up to here, speaks of histology."""
    if cues()["group_context"].search(_without(sentence.text, mention)):
        return True
    if sentence.unit.section == "pathology":
        return True
    earlier = slide.view.sentences[max(0, sentence.index - 2) : sentence.index]
    near = [s for s in earlier if s.unit.index == sentence.unit.index or len(sentence.text) <= 60]
    return any(s.of("HISTO", "FEATURE") for s in near)


def _without(text: str, mention: Mention) -> str:
    return text.replace(mention.text, " ", 1)
