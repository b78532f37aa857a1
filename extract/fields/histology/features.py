"""``histology_feature``: growth pattern, cytoplasm, sarcomatoid change, necrosis."""

from __future__ import annotations

from collections.abc import Iterator

from extract.fields import cells, ticks
from extract.fields.histology.common import Slide, clause_before, cues
from extract.fields.histology.shares import Named, pair
from extract.fields.histology.subtypes import stands_alone
from extract.fields.view import Draft
from extract.language.reading import Mention, Sentence
from extract.records import Field, Reason


def find_features(slide: Slide) -> Iterator[Draft]:
    """One draft for each statement of a feature."""
    if not slide.kidneys and not any(slide.view.mentions("CAIX", "HISTO", "HISTO_GROUP")):
        return
    drafts: list[Draft] = []
    rows: set[int] = set()
    for part in slide.view.sentences:
        sentence = cells.whole(slide.view, part)
        mentions = sentence.of("FEATURE")
        if mentions and (sentence is part or sentence.unit.index not in rows):
            rows.add(sentence.unit.index)
            drafts += _in_sentence(slide, sentence, mentions)
    counted = {d.item for d in drafts if d.value not in ("present", "absent")}
    yield from (d for d in drafts if d.value != "present" or d.item not in counted)


def _in_sentence(slide: Slide, sentence: Sentence, mentions: list[Mention]) -> Iterator[Draft]:
    named = [Named(m, *slide.place(sentence, m)) for m in mentions]
    named = [n for n in named if not _is_subtype(sentence, n) and _can_be(slide, sentence, n)]
    shares = pair(sentence, named)
    for item in named:
        if slide.in_criteria_column(sentence, item.start):
            continue
        if not slide.asserted(sentence, item.start, item.end):
            continue
        share = shares.get(item.start)
        feature = item.mention.value()
        if share is not None:
            if cues()["must"].search(sentence.text, item.end, max(item.end, share.start)):
                continue
            reasons: tuple[Reason, ...] = (Reason.OCR,) if share.ocr else ()
            span = (min(item.start, share.start), max(item.end, share.end))
            yield _draft(slide, sentence, feature, str(share.quantity), span, reasons)
        elif value := _worded(sentence, item):
            yield _draft(slide, sentence, feature, value, (item.start, item.end), ())


def _draft(
    slide: Slide,
    sentence: Sentence,
    feature: str,
    value: str,
    span: tuple[int, int],
    reasons: tuple[Reason, ...],
) -> Draft:
    return slide.view.draft(
        Field.HISTOLOGY_FEATURE,
        value,
        sentence.raw(*span),
        f"feature_{feature}",
        item=feature,
        reasons=reasons,
    )


def _is_subtype(sentence: Sentence, item: Named) -> bool:
    """Whether "papillary" names the tumour: "papillary RCC"."""
    held = [m for m in sentence.of("HISTO") if m.start <= item.mention.start < m.end]
    if item.mention.value() == "papillary" and stands_alone(sentence, item.start, item.end):
        return True
    return bool(held) and not cues()["part"].match(sentence.text[item.end :])


def _can_be(slide: Slide, sentence: Sentence, item: Named) -> bool:
    """Whether the word is of a tumour under the microscope and not of a scan or a toe."""
    if item.mention.value() not in ("necrosis", "granular", "alveolar", "papillary"):
        return True
    text = sentence.text
    if sentence.unit.section == "imaging" or cues()["imaging"].search(
        text, max(0, item.start - 60), item.end + 30
    ):
        return sentence.unit.section == "pathology"
    rest = text[: item.start] + " " + text[item.end :]
    if cues()["context"].search(rest) or sentence.unit.section == "pathology":
        return True
    near = slide.view.sentences[max(0, sentence.index - 3) : sentence.index + 3]
    return any(s.of("HISTO", "FEATURE", "CAIX") for s in near if s.index != sentence.index)


# -- words ------------------------------------------------------------------------------


def _worded(sentence: Sentence, item: Named) -> str:
    """``present``, ``absent``, or nothing where the letter does not know."""
    text = sentence.text
    boxed = _boxed(text, item)
    if boxed is not None:
        return boxed
    after = text[item.end :]
    if cues()["unknown_after"].match(after):
        return ""
    denied = cues()["absent_after"].match(after)
    if denied and item.mention.value() == "alveolar" and "," in denied.group():
        denied = None  # "alveolar, papillary areas absent"
    return "absent" if denied or _negated(text, item.start) else "present"


def _negated(text: str, start: int) -> bool:
    """A denial before the feature whose list it stands in."""
    before = clause_before(text, start)
    for match in reversed(list(cues()["negator"].finditer(before))):
        if cues()["negated_list"].match(before[match.end() :]):
            return True
    return False


_ANSWERS = {
    "y": "present", "yes": "present", "present": "present",
    "n": "absent", "no": "absent", "none": "absent", "absent": "absent",
}  # fmt: skip


def _ends(words: str) -> list[str]:
    """The first and last word of an option: "N   Rhabdoid" before the next feature's boxes."""
    held = words.lower().split()
    return [held[0], held[-1]] if held else []


def _boxed(text: str, item: Named) -> str | None:
    """The answer to ``Necrosis  [x] Y  [ ] N``; empty where neither is ticked."""
    tail = text[item.end :]
    if len(ticks.boxes(tail)) < 2:
        return None
    for words, marked, _ in ticks.options(tail):
        if marked:
            return next((_ANSWERS[word] for word in _ends(words) if word in _ANSWERS), "")
    return ""
