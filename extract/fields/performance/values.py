"""Numbers that stand at a performance scale: ``PS 0-1``, ``a nought for performance status``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.fields import ticks
from extract.fields.cues import Cues, load_cues
from extract.language.reading import Mention, Sentence
from extract.language.trying import trial

_WORDS = {
    "nought": 0, "naught": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "a hundred": 100, "one hundred": 100,
    "O": 0, "l": 1, "|": 1, "I": 1, "II": 2, "III": 3, "IV": 4,
}  # fmt: skip
_CHOICE = trial(
    r"(?:\s*\([a-z ]+\))?[\s:=]*(?P<all>[\[(*]?\s?0\s?[\])*]?"
    r"(?:[\s/,|]+(?:or |and )?[\[(*]?\s?[1-5]\s?[\])*]?){2,})(?![\w.])",
    re.IGNORECASE,
)
_CHOSEN = trial(
    r"\s*(?:[-=]+>|\u2192|:|\(?\s?(?:circled?|ticked|selected|score[d]?|answer|=)\W{0,3})\s*([0-5])(?!\d)",
    re.IGNORECASE,
)
_OPTION = {
    scale: trial(rf"(?<![\w-])(?:{one})(?![\w-])(?=\W*$)|^(?:{one})(?![\w/-])")
    for scale, one in (("ecog", "[0-5OlI]"), ("karnofsky", "1[0O]{2}|[1-9][0O]"))
}
_CARRYING = frozenset(
    "was were is been now written wrote down today as scored rated recorded put".split()
)
_JUDGED = frozenset(["at", "him", "her", "a", "an", "of"])
_LOOSE = frozenset(["from", "to", "of", "as", "at", "up", "down"])
_REMARK = trial(
    r"['\"]?\s*\([^()]{0,90}\)(?=\s*[:=.|-]|\s+(?:[0-5OlI]|is|was|of|as|at|remains)\b)"
    r"|\s*\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?=\s*[:=])"
)
_SLIPS = str.maketrans("Ol|", "011")


@dataclass(frozen=True, slots=True)
class Score:
    """A number or range at ``start:end`` of a sentence's text.

    Attributes:
        value: as the contract writes it, ``1`` or ``0-1``.
        scale: ``ecog`` or ``karnofsky``.
        link: what stands between the scale's name and the number.
        rule: the cue or layout that found it.
        ocr: read through a scanning slip.
        split: a second number behind a slash was no range and was dropped.
    """

    start: int
    end: int
    value: str
    scale: str
    link: str
    rule: str
    ocr: bool = False
    split: bool = False

    @property
    def ranged(self) -> bool:
        """Whether two numbers are given."""
        return "-" in self.value


def cues() -> Cues:
    """The field's cues."""
    return load_cues("performance")


def scales(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Where the sentence names a scale: (start, end, ``ecog`` or ``karnofsky``)."""
    karnofsky = sentence.of("KPS_SCALE")
    found = [(*_folded(sentence, mention), "karnofsky") for mention in karnofsky]
    for mention in sentence.of("PS_SCALE"):
        inside = any(k.start < mention.end and mention.start < k.end for k in karnofsky)
        if not inside:
            found.append((*_folded(sentence, mention), "ecog"))
    return sorted(found)


def scores(sentence: Sentence) -> list[Score]:
    """The scores of one sentence in order of place, beside or before their scale's name."""
    text = sentence.text
    found: list[Score] = []
    for start, end, scale in scales(sentence):
        marked = ticked(text, end, scale)
        if marked is None:
            marked = beside(text, end, scale) or _before(text, start, scale)
        found += marked
    for scale in dict.fromkeys(score.scale for score in found):
        found += _more(text, found, scale)
    return _apart(found)


def leading(text: str, scale: str, start: int = 0) -> Score | None:
    """A score at the beginning of ``text[start:]``, as in a cell or below a heading."""
    name = "kps_value" if scale == "karnofsky" else "ps_value"
    match = cues()[name].match(text, start)
    if match is None or re.search(r"[a-z]", match["link"], re.IGNORECASE):
        match = _bare(text, scale, start)
    return next(iter(_read(match, scale, "layout")), None) if match else None


def further(text: str, first: Score) -> list[Score]:
    """Scores behind the first of a line: "1 (2 in May)"."""
    return _more(text, [first], first.scale)


def more(text: str) -> list[Score]:
    """Scores in a sentence that follows one about the performance status."""
    judged = bool(cues()["judged"].search(text))
    links = _CARRYING | _JUDGED if judged else _CARRYING
    return [s for s in _more(text, []) if s.link.strip().lower() in links]


def said(sentence: Sentence) -> list[Score]:
    """Scores told as a judgement, without their scale: "I should call it a three"."""
    found = []
    for mention in sentence.of("PS_SAID"):
        end = _folded(sentence, mention)[1]
        words = mention.value("a")
        value, slip = _number(words)
        found.append(Score(end - len(words), end, str(value), "ecog", "", "said", slip))
    return [*found, *_more(sentence.text, found)] if found else []


def predicates(text: str) -> list[Score]:
    """Scores in a sentence that names no scale: "he goes home a two", "On this visit, 2."."""
    matches = [m for name in ("predicate", "bare_then") for m in cues()[name].finditer(text)]
    return [s for m in matches if not _elsewhere(text, m) for s in _read(m, "ecog", "predicate")]


def _elsewhere(text: str, match: re.Match[str]) -> bool:
    return bool(cues()["other_score"].search(text, 0, match.start()))


def _folded(sentence: Sentence, mention: Mention) -> tuple[int, int]:
    return sentence.folded(mention.start), sentence.folded(mention.end - 1) + 1


def _bare(text: str, scale: str, start: int) -> re.Match[str] | None:
    name = "kps_value" if scale == "karnofsky" else "ps_value"
    lead = trial(r"[\s:=>(\[~|.-]*").match(text, start)
    return cues()[name].match(text, lead.end() if lead else start)


def beside(text: str, end: int, scale: str) -> list[Score]:
    """The scores behind a scale's name that ends at ``end``."""
    if scale == "ecog" and (choice := _CHOICE.match(text, end)):
        return _chosen(choice)
    remark = _REMARK.match(text, end)
    names = ["kps_value"] if scale == "karnofsky" else ["ps_value"]
    for name in names:
        match = cues()[name].match(text, end)
        if not match and remark:
            match = cues()[name].match(text, remark.end())
        if match:
            if match["b"] and _is_span(match):
                return beside(text, match.end("b"), scale)  # "ECOG (0-5): 1"
            graded = scale == "ecog" and re.search(r"\bgrade", match["link"], re.IGNORECASE)
            return [] if graded and text[:end].endswith("WHO") else _read(match, scale, name)
    percent = cues()["kps_value"].match(text, end) if scale == "ecog" else None
    if percent and re.match(r"0|\s?(?:%|per)", text[percent.end("a") - 1 :]):
        return _read(percent, "karnofsky", "percent_scale")  # "performance status 80%"
    return []


def _chosen(choice: re.Match[str]) -> list[Score]:
    """The one number marked in a printed choice: ``0 (1) 2 3 4``; none where none is."""
    marked = list(re.finditer(r"[\[(*]\s?([0-5])\s?[\])*]", choice["all"]))
    arrow = _CHOSEN.match(choice.string, choice.end())
    if arrow:
        return [Score(arrow.start(1), arrow.end(1), arrow[1], "ecog", "", "choice")]
    if len(marked) != 1:
        return []
    at = choice.start("all") + marked[0].start(1)
    return [Score(at, at + 1, marked[0][1], "ecog", "", "choice")]


def _is_span(match: re.Match[str]) -> bool:
    """Whether a range is the scale's own: 0 to 4 or 5, 0 to 100."""
    low, high = _number(match["a"])[0], _number(match["b"])[0]
    if high >= 100:
        return low <= 10
    return high in (4, 5) and (low == 0 or (low == 1 and match["join"] != "/"))


def _before(text: str, start: int, scale: str) -> list[Score]:
    name = "kps_before" if scale == "karnofsky" else "ps_before"
    match = cues()[name].search(text, max(0, start - 40), start)
    return _read(match, scale, name) if match else []


def ticked(text: str, end: int, scale: str) -> list[Score] | None:
    """The ticked number among boxes: ``PS 0 [ ] 1 [x] 2 [ ]``.

    Empty where not one box is plainly ticked; None where no boxes follow the scale.
    """
    stop = trial(r"\s{3}|\|").search(text, end)
    tail = text[end : stop.start()] if stop else text[end:]
    if not ticks.boxes(tail):
        return None
    options = [(_OPTION[scale].search(words), on, at) for words, on, at in ticks.options(tail)]
    numbered = [(digit, on, end + at + digit.start()) for digit, on, at in options if digit]
    if len(numbered) < 2:
        return None
    chosen = [(digit.group(), at) for digit, on, at in numbered if on]
    if len(chosen) != 1:
        return []
    digit, at = chosen[0]
    number, slip = _number(digit)
    return [Score(at, at + len(digit), str(number), scale, "", "tick", slip)]


def _more(text: str, found: list[Score], scale: str = "ecog") -> list[Score]:
    extra: list[Score] = []
    for match in cues()["kps_more" if scale == "karnofsky" else "ps_more"].finditer(text):
        at = match.start("a")
        if any(score.start <= at < score.end for score in found):
            continue
        held = [s.end for s in found if s.end <= at] or [0]
        first = found and not any(s.end <= at for s in found)
        if first and (match["open"] or match["verb"].lower() in _LOOSE):
            continue
        told = re.match(r"\s?(?:today|now)\b", text[match.end() :])
        if not told and cues()["other_score"].search(text, max(held), at):
            continue
        if match["b"] and _is_span(match):
            continue  # "a scale from 0 to 5"
        read = _read(match, scale, "more")
        if found and match["open"] and _between(text, found[-1], read):
            found[-1] = replace(found[-1], value=f"{found[-1].value}-{read[0].value}")
        else:
            extra += read
    return extra


def _between(text: str, first: Score, read: list[Score]) -> bool:
    """Whether two scores are one range: "between PS 1 and 2"."""
    return (
        len(read) == 1
        and not (first.ranged or read[0].ranged)
        and first.value < read[0].value
        and text[first.end : read[0].start].strip() == "and"
        and bool(re.search(r"\bbetween\b[^,;.]{0,20}$", text[: first.start]))
    )


def _read(match: re.Match[str], scale: str, rule: str) -> list[Score]:
    """The score or scores of a cue's match; "from 2 to 1" holds two."""
    parts = match.groupdict()
    link = parts.get("link") or parts.get("verb") or parts.get("open") or ""
    low, slip = _number(match["a"])
    first = Score(match.start("a"), match.end("a"), str(low), scale, link, rule, slip)
    if scale == "karnofsky" and not 10 <= low <= 100:
        return []
    if not parts.get("b"):
        return [first]
    high, slipped = _number(match["b"])
    words = link.lower()
    if re.search(r"\bfrom\b", words) and parts["join"] == "to":
        then = replace(first, link="from")
        now = Score(match.start("b"), match.end("b"), str(high), scale, "to", rule, slipped)
        return [then, now]
    if parts["join"] == "and" and "between" not in words:
        return [first]
    wide = scale == "ecog" and parts["join"] == "/" and high - low >= 2
    of_hundred = scale == "karnofsky" and parts["join"] == "/" and high >= 100
    if high <= low or wide or of_hundred or high > 100:
        return [replace(first, split=parts["join"] == "/" and not of_hundred)]
    return [replace(first, value=f"{low}-{high}", end=match.end("b"), ocr=slip or slipped)]


def _number(words: str) -> tuple[int, bool]:
    """The number and whether it was read through a scanning slip."""
    if words.isdigit():
        return int(words), False
    if words in _WORDS and len(words) <= 3 and words not in ("one", "two", "ten"):
        return _WORDS[words], words in "Ol|"
    plain = re.sub(r"\s+", " ", words.lower())
    if plain in _WORDS:
        return _WORDS[plain], False
    return int(words.translate(_SLIPS)), True


def _apart(found: list[Score]) -> list[Score]:
    kept: list[Score] = []
    for score in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or score.start >= kept[-1].end:
            kept.append(score)
    return kept


def walk(sentence: Sentence, found: list[Score]) -> Iterator[tuple[Score, int, int]]:
    """Each score with where the one before it ends and the one after it begins."""
    for number, score in enumerate(found):
        left = found[number - 1].end if number else 0
        right = found[number + 1].start if number + 1 < len(found) else len(sentence.text)
        yield score, left, right
