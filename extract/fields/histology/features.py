"""``histology_feature``: growth pattern, cytoplasm, sarcomatoid change, necrosis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.fields import cells, ticks
from extract.fields.histology.common import Slide, clause_before, cues
from extract.fields.histology.subtypes import stands_alone
from extract.fields.view import Draft
from extract.language.reading import Mention, Sentence, UnitKind
from extract.records import Field, Reason
from extract.values.percentages import RawQuantity, scan_percentages

_SPLIT = re.compile(
    r"[,;:()]|\band\b|\bwith\b|\bbut\b|\bthe (?:remainder|rest)\b|\.\s", re.IGNORECASE
)
#: "Half" as long as "50 %", so that offsets stay.
_HALF = re.compile(r" half\b(?! (?:an?|of (?:the|a) (?:day|time|hour)|life)\b)", re.IGNORECASE)
_BARE = re.compile(
    r"^(?: (?:areas?|pattern|component|architecture|cells?|cytoplasm))?[ :=]*"
    r"(?P<n>(?:[~><] ?)?\d{1,3})(?![\w%/.]| ?(?:%|per ?cent|mm|cm|of|foci|blocks|years))"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A feature named at ``start:end`` of the sentence's text."""

    mention: Mention
    start: int
    end: int


def find_features(slide: Slide) -> Iterator[Draft]:
    """One draft for each statement of a feature."""
    if not slide.kidneys and not any(slide.view.mentions("CAIX", "HISTO", "HISTO_GROUP")):
        return
    drafts: list[Draft] = []
    for sentence in slide.view.sentences:
        mentions = sentence.of("FEATURE")
        if mentions:
            drafts += _in_sentence(slide, sentence, mentions)
    counted = {d.item for d in drafts if d.value not in ("present", "absent")}
    yield from (d for d in drafts if d.value != "present" or d.item not in counted)


def _in_sentence(slide: Slide, sentence: Sentence, mentions: list[Mention]) -> Iterator[Draft]:
    named = [Named(m, *slide.place(sentence, m)) for m in mentions]
    named = [n for n in named if not _is_subtype(sentence, n) and _can_be(slide, sentence, n)]
    shares = _paired(slide, sentence, named)
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


# -- per cent ---------------------------------------------------------------------------


def _paired(slide: Slide, sentence: Sentence, named: list[Named]) -> dict[int, RawQuantity]:
    """Which percentage is whose, by the feature's start."""
    text = sentence.text
    shares = scan_percentages(_HALF.sub(" 50 %", text))
    found: dict[int, RawQuantity] = {}
    segments = _segments(sentence, named, shares)
    bare: list[RawQuantity] = []
    last: Named | None = None
    carried: RawQuantity | None = None
    for start, stop in segments:
        inside = [n for n in named if start <= n.start < stop]
        held = [p for p in shares if start <= p.start < stop]
        for item in inside:
            if number := _bare(text, item, stop):
                found[item.start] = number
                bare.append(number)
        free = [n for n in inside if n.start not in found]
        if free and carried and not held:
            found[free[0].start] = carried  # "focal (5%) sarcomatoid change"
        carried = None
        if free and held:
            _match(text, free, held, found)
        elif held and last is not None and last.start not in found:
            words = text[start:stop]
            if not cues()["other_part"].search(words) and not cues()["part"].search(" " + words):
                found[last.start] = held[0]
        elif (
            held
            and text[start - 1 : start] == "("
            and not cues()["other_part"].search(text, start, stop)
        ):
            carried = held[0]
        if inside:
            last = inside[-1]
        elif cues()["other_part"].search(text, start, stop):
            last = None
    exact = {n.mention.value() for n in named if n.start in found and found[n.start] in bare}
    for item in named:  # "solid and alveolar 70% (alveolar 60, solid 10)"
        if item.mention.value() in exact and found.get(item.start) not in bare:
            found.pop(item.start, None)
    return found


def _match(
    text: str, free: list[Named], held: list[RawQuantity], found: dict[int, RawQuantity]
) -> None:
    """Pair the features and percentages of one segment."""
    for item in free:
        options = [p for p in held if p not in found.values()]
        behind = [p for p in options if p.start >= item.end]
        ahead = [p for p in options if p.end <= item.start]
        following = min((n.start for n in free if n.start > item.start), default=len(text))
        behind = [p for p in behind if p.start < following]
        if behind and not cues()["other_part"].search(text, item.end, behind[0].start):
            found[item.start] = behind[0]
        elif ahead and not cues()["other_part"].search(text, ahead[-1].end, item.start):
            found[item.start] = ahead[-1]


def _segments(
    sentence: Sentence, named: list[Named], shares: list[RawQuantity]
) -> list[tuple[int, int]]:
    """The sentence cut at commas, "and", and cells that name a feature."""
    text = sentence.text
    cuts = {0, len(text)}
    for stop in _SPLIT.finditer(text):
        if any(p.start < stop.end() and stop.start() < p.end for p in shares):
            continue  # "between 60 and 70 per cent"
        cuts.add(stop.end())
    if sentence.unit.kind is UnitKind.ROW:
        for start, end in cells.cells(sentence):
            if any(start <= n.start < end for n in named):
                cuts.add(start)
    ordered = sorted(cuts)
    return list(zip(ordered, ordered[1:], strict=False))


def _bare(text: str, item: Named, stop: int) -> RawQuantity | None:
    """``(alveolar 60, solid 10)``: a number without its sign, in a sentence that has one."""
    match = _BARE.match(text[item.end : stop])
    if not match or "%" not in text and "cent" not in text.lower():
        return None
    read = scan_percentages(f"{match['n']}%")
    if len(read) != 1:
        return None
    start = item.end + match.start("n")
    return RawQuantity(start, item.end + match.end("n"), read[0].quantity)


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


def _boxed(text: str, item: Named) -> str | None:
    """The answer to ``Necrosis  [x] Y  [ ] N``; empty where neither is ticked."""
    tail = text[item.end :]
    if len(ticks.boxes(tail)) < 2:
        return None
    for words, marked, _ in ticks.options(tail):
        if marked:
            answer = words.lower().split()[-1] if words else ""
            if answer in ("y", "yes", "present"):
                return "present"
            return "absent" if answer in ("n", "no", "none", "absent") else ""
    return ""
