"""Carbonic anhydrase IX: the share of tumour cells that stain, or positive, or negative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.fields import cells, criteria, ticks
from extract.fields.cues import Cues, load_cues
from extract.fields.subject import Others
from extract.fields.view import Draft, View
from extract.language.reading import Mention, Sentence, UnitKind
from extract.language.trying import trial
from extract.records import Field, Reason
from extract.values.cardinals import CARDINAL_WORDS, word_value
from extract.values.percentages import RawQuantity, scan_percentages
from extract.values.quantities import Quantity

_WORDS = frozenset({"positive", "negative"})
#: Criteria are written as limits: ">80", "over 80%", "at least 85".
_LIMIT = trial(
    r"[<>\u2265\u2264]"
    r"|\b(?:over|more than|at least|above|exceed\w*|greater|minimum|or more|plus)\b",
    re.IGNORECASE,
)

_PARTS = {4: "4|four", 5: "5|five", 10: "10|ten", 20: "20|twenty", 25: "25|twenty-five",
          50: "50|fifty", 100: "100|(?:a |one |the )?hundred"}  # fmt: skip
_WHOLE = rf"(?P<of>{'|'.join(_PARTS.values())})(?![\w%-]|[.,/]\d)"
_PART = rf"(?P<n>\d{{1,3}}|{CARDINAL_WORDS})"
_CELLS = (
    r"(?: (?:of )?(?:the |his |her )?(?:viable |neoplastic |malignant |tumou?r |cancer )*cells)"
)
_NO_CELLS = (
    r"(?! (?:high|fields?|blocks?|cores?|slides?|patients|people|cases|tumou?rs|specimens)\b)"
)
_OUT_OF = (
    trial(
        rf"\b{_PART}{_CELLS}?(?: out of|(?<=\d) of| of(?= every| each)| in)(?: every| each)? {_WHOLE}"
        rf"{_NO_CELLS}",
        re.IGNORECASE,
    ),
    trial(rf"\b{_PART}(?: of |/){_WHOLE}(?={_CELLS})", re.IGNORECASE),
    trial(rf"\bof (?:every|each) {_WHOLE}{_CELLS}?,? {_PART}(?![\w%])", re.IGNORECASE),
    trial(rf"\ball but {_PART}{_CELLS}? in {_WHOLE}{_NO_CELLS}", re.IGNORECASE),
)
_ANSWERED = trial(r"\W{0,4}(?:yes|no|met|not met|y|n|ok)\b|\W{0,3}\[\s?[xX ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """A result at ``start:end`` of a sentence's text."""

    start: int
    end: int
    value: str
    rule: str
    reasons: tuple[Reason, ...] = ()


def find(view: View) -> Iterator[Draft]:
    """The letter's CAIX rows; words count only where no percentage is given."""
    others: Others | None = None
    drafts: list[Draft] = []
    for mention in view.mentions("CAIX"):
        sentence = _plain(view.reading.sentence(mention))
        others = others or Others.of(view.reading)
        start = sentence.folded(mention.start)
        if others.at(sentence, start) or not _is_stain(sentence, mention):
            continue
        for where, result in _results(view, sentence, mention):
            span = where.raw(result.start, result.end)
            drafts.append(
                view.draft(Field.CAIX, result.value, span, result.rule, reasons=result.reasons)
            )
    counted = any(draft.value not in _WORDS for draft in drafts)
    yield from (d for d in drafts if not (counted and d.value == "positive"))


def _plain(sentence: Sentence) -> Sentence:
    """The sentence with "90 out of every 100" written as a percentage; offsets stay."""
    text = sentence.text
    for pattern in _OUT_OF:
        text = pattern.sub(_as_percent, text)
    return replace(sentence, text=text)


def _as_percent(match: re.Match[str]) -> str:
    words = match["n"].lower()
    number = int(words) if words.isdigit() else word_value(words)
    whole = next(n for n, form in _PARTS.items() if re.fullmatch(form, match["of"], re.IGNORECASE))
    if number is None or number > whole or 100 * number % whole:
        return match.group()
    share = 100 * number // whole
    if match.group().lower().startswith("all but"):
        share = 100 - share
    return f"{share}%".ljust(len(match.group()))


def _cues() -> Cues:
    return load_cues("caix")


def _is_stain(sentence: Sentence, mention: Mention) -> bool:
    """Not an antibody, a scan or a drug aimed at CAIX."""
    start, end = sentence.folded(mention.start), sentence.folded(mention.end - 1) + 1
    before, after = sentence.text[:start], sentence.text[end:]
    return not (_cues()["not_stain"].search(before) or _cues()["not_stain_after"].match(after))


def _results(view: View, sentence: Sentence, mention: Mention) -> Iterator[tuple[Sentence, Result]]:
    if criteria.listed(view, sentence.unit) or _cues()["literature"].search(sentence.text):
        return
    start = sentence.folded(mention.start)
    end = sentence.folded(mention.end - 1) + 1
    found = None
    row = cells.whole(view, sentence)
    if row is sentence and row.unit.kind is UnitKind.ROW:
        found = _in_row(view, row, end)
    else:
        found = _behind(sentence.text, end) or _ahead(sentence.text, start, end)
        if found is None and row is not sentence:
            end = row.folded(mention.end - 1) + 1
            found, sentence = _in_row(view, row, end), row
    if found is not None:
        yield from ((sentence, result) for result in found)
        return
    words: list[tuple[Sentence, Result]] = []
    for following, below in _following(view, sentence):
        found = _behind(following.text, 0, fresh=not below)
        held = [(following, result) for result in found or ()]
        if any(result.value not in _WORDS for _, result in held):
            yield from held
            return
        words = words or held
    yield from words


def _following(view: View, sentence: Sentence) -> Iterator[tuple[Sentence, bool]]:
    """Sentences that may go on about the stain, and whether they stand below it as a heading."""
    heading = sentence.unit.kind is UnitKind.HEADING or _is_title(sentence.text)
    for following in view.sentences[sentence.index + 1 : sentence.index + 4]:
        if following.of("CAIX") or _cues()["other_marker"].match(following.text.lstrip()):
            return
        same = following.unit.index == sentence.unit.index
        near = heading and following.unit.index <= sentence.unit.index + 3
        if near or (same and _cues()["goes_on"].match(following.text)):
            yield following, near
        elif not same:
            return


def _is_title(text: str) -> bool:
    """Whether a sentence is the stain's name and little more."""
    return text.rstrip().endswith(":") or len(re.sub(r"\([^()]*\)", "", text)) <= 24


# -- behind the name -------------------------------------------------------------------


def _behind(
    text: str, end: int, *, fresh: bool = False, stop: int | None = None
) -> list[Result] | None:
    """Results behind the stain's name.

    Empty where it is awaited or only required; None where nothing is said. ``fresh`` text
    names no stain itself.
    """
    limit = _limit(text, end, stop)
    if ticked := _ticked_share(text, end):
        return ticked
    shares = [p for p in scan_percentages(text[:limit]) if p.start >= end]
    if fresh and shares and not _cues()["about_stain"].search(text, 0, limit):
        return None
    kept = [p for p in shares if not _required(text, end, shares, p)]
    if kept:
        return _combined(text, end, kept)
    if shares:
        return []
    bare = None if fresh else _cues()["bare"].match(text[end:limit])
    if bare and (quantity := _bare(bare["n"])):
        span = (end + bare.start("n"), end + bare.end("n"))
        if _demanded(text, *span):
            return []
        return [Result(*span, str(quantity), "caix_bare")]
    return _worded(text, end, limit)


def _ticked_share(text: str, end: int) -> list[Result]:
    """The ticked of some printed ranges: ``[ ] 50-80  [x] >80``."""
    if len(ticks.boxes(text[end:])) < 2:
        return []
    for words, marked, at in ticks.options(text[end:]):
        quantity = _bare(words.rstrip(" %")) if marked and len(words) <= 12 else None
        if quantity:
            return [Result(end + at, end + at + len(words), str(quantity), "caix_tick")]
    return []


def _limit(text: str, end: int, stop: int | None) -> int:
    """Where the words about the stain end: at another marker, or the next mention."""
    limit = len(text) if stop is None else stop
    other = _cues()["other_marker"].search(text, end, limit)
    return other.start() if other else limit


def _demanded(text: str, start: int, stop: int) -> bool:
    """Whether what stands at ``start:stop`` is what is required, not what was found."""
    if _cues()["must_after"].match(text[stop:]):
        return True
    conditions = list(_cues()["if_before"].finditer(text, 0, start))
    if conditions and not _cues()["resumed"].search(text, conditions[-1].end(), start):
        return True
    limit = bool(_LIMIT.search(text[max(0, start - 2) : stop]))
    before = text[:start] if limit else re.split(r";|\.\s", text[:start])[-1]
    before = re.sub(r"\([^()]*\)", " ", before)  # "CAIX (cut-off 80%): 85%"
    for name in ("must", "soft") if limit else ("must",):
        demands = list(_cues()[name].finditer(before))
        if demands and not _cues()["resumed"].search(before, demands[-1].end()):
            return True
    return False


def _required(text: str, end: int, shares: list[RawQuantity], share: RawQuantity) -> bool:
    earlier = [p.end for p in shares if p.end <= share.start]
    words = text[max([end, *earlier]) : share.start]
    if earlier and _cues()["resumed"].search(words):
        return _cues()["must_after"].match(text[share.end :]) is not None
    if _demanded(text, share.start, share.end):
        return True
    limit = _LIMIT.search(text[max(0, share.start - 2) : share.end])
    if len(shares) > 1 and limit and _ANSWERED.match(text[share.end :]):
        return True  # "CAIX > 80% - yes (90%)"
    return bool(_cues()["supposed"].search(words))


def _combined(text: str, end: int, shares: list[RawQuantity]) -> list[Result]:
    """One share; or a total; or the sum of shares by intensity; or one for each specimen."""
    shares = [p for p in shares if not re.match(r"\s*(?:negative|unstained)", text[p.end :])]
    if not shares:
        return []
    for share in shares[1:]:
        words = text[max(end, share.start - 30) : share.start]
        if _cues()["total"].search(words) or _cues()["total"].match(text[share.end :].lstrip()):
            return [_result(share)]
    graded = [_graded(text, end, shares, i) for i in range(len(shares))]
    if graded[0] and sum(graded) > 1:
        return [_sum([p for p, intensity in zip(shares, graded, strict=True) if intensity])]
    if len(shares) > 1 and any(graded[1:]) and not graded[0]:
        shares = [p for p, intensity in zip(shares, graded, strict=True) if not intensity]
    return [_result(share) for share in shares]


def _graded(text: str, end: int, shares: list[RawQuantity], index: int) -> bool:
    """Whether a share is that of one intensity: "3+ in 80%", "80% 3+"."""
    share = shares[index]
    floor = shares[index - 1].end if index else end
    ceiling = shares[index + 1].start if index + 1 < len(shares) else len(text)
    before = re.split(r"[,;]|\band\b", text[floor : share.start])[-1]
    after = re.split(r"[,;]|\band\b", text[share.end : ceiling])[0]
    return bool(_cues()["intensity"].search(before) or _cues()["intensity"].search(after[:14]))


def _sum(shares: list[RawQuantity]) -> Result:
    low = sum(p.quantity.low for p in shares)
    high = sum(p.quantity.high for p in shares)
    start, end = shares[0].start, shares[-1].end
    plain = all(p.quantity.low == p.quantity.high for p in shares)
    if not plain or high > 100:
        return Result(start, end, str(shares[0].quantity), "caix_percent", (Reason.QUALIFIED,))
    near = any(p.quantity.approximate for p in shares)
    return Result(start, end, str(Quantity(low, high, approximate=near)), "caix_sum")


def _result(share: RawQuantity) -> Result:
    reasons: tuple[Reason, ...] = (Reason.OCR,) if share.ocr else ()
    reasons += (Reason.QUALIFIED,) if share.worded else ()
    return Result(share.start, share.end, str(share.quantity), "caix_percent", reasons)


def _bare(words: str) -> Quantity | None:
    """The quantity of "90", "> 80", "80-90": a number that lacks its per cent sign."""
    found = scan_percentages(f"{words.strip()}%")
    return found[0].quantity if len(found) == 1 else None


# -- words ------------------------------------------------------------------------------


def _worded(text: str, end: int, limit: int) -> list[Result] | None:
    """``positive`` or ``negative`` behind the name, whichever stands first."""
    boxed = _boxed(text, end, limit)
    if boxed is not None:
        return boxed
    for name in ("sign", "list_after"):
        if match := _cues()[name].match(text[end:]):
            value = match.lastgroup or ""
            return [Result(end, end + match.end(), value, f"caix_{name}")]
    found = []
    for name in ("negative", "positive", "pending", "must", "supposed"):
        match = _cues()[name].search(text, end, limit)
        if match and name in _WORDS and re.match(r"\s+for\b", text[match.end() :]):
            continue  # "..., and negative for CK7"
        if match:
            found.append((match.start(), match.end(), name))
    if not found:
        return None
    start, stop, name = min(found)
    if name in ("negative", "positive"):
        if _demanded(text, start, stop):
            return []
        return [Result(start, stop, name, f"caix_{name}")]
    return []


def _boxed(text: str, end: int, limit: int) -> list[Result] | None:
    held = ticks.boxes(text)
    if len(held) < 2:
        return None
    return [
        Result(match.start(), match.end(), name, "caix_tick")
        for name in ("negative", "positive")
        for match in _cues()[name].finditer(text, end, limit)
        if ticks.ticked(text, match.start(), match.end(), held)
    ]


def _ahead(text: str, start: int, end: int) -> list[Result] | None:
    """Results before the name: "90% of cells are positive for CAIX", "strong CAIX staining"."""
    if _demanded(text, start, end):
        return []
    shares = [p for p in scan_percentages(text[:start]) if p.end <= start]
    if shares and _cues()["percent_before"].match(text[shares[-1].end : start]):
        return [_result(shares[-1])]
    before = text[max(0, start - 80) : start]
    for name in ("negative", "positive"):
        match = _cues()[f"{name}_before"].search(before)
        if match and not _cues()["supposed"].search(before):
            at = start - len(before) + match.start()
            return [Result(at, end, name, f"caix_{name}")]
    return None


# -- tables -----------------------------------------------------------------------------


def _in_row(view: View, sentence: Sentence, end: int) -> list[Result] | None:
    text = sentence.text
    spans = cells.cells(sentence)
    number = next((i for i, (a, b) in enumerate(spans) if a < end <= b), None)
    if number is None:
        return _behind(text, end)
    own = _behind(text, end, stop=spans[number][1])
    if own and not _is_label(text, spans[number], end):
        return own
    read: list[list[Result]] = []
    for column in range(number + 1, len(spans)):
        start, stop = spans[column]
        if cells.is_criterion(view, sentence, column):
            continue
        found = _behind(text, start, stop=stop) if start < stop else None
        if not found and (bare := _cues()["bare"].match(text[start:stop])):
            quantity = _bare(bare["n"])
            at = (start + bare.start("n"), start + bare.end("n"))
            found = [Result(*at, str(quantity), "caix_bare")] if quantity else None
        if found:
            read.append(found)
        elif found is not None or _cues()["other_marker"].search(text, start, stop):
            break
    if not read:
        return own
    exact = [found for found in read if not found[0].value.startswith((">", "<"))]
    return exact[0] if exact and len(read) > 1 else read[0]


def _is_label(text: str, span: tuple[int, int], end: int) -> bool:
    """Whether a cell only names the stain: "CAIX (% tumour cells)"."""
    return not re.search(r"\d{2}", text[end : span[1]])
