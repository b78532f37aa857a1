"""Grades of toxicity: beside the term, in a graded list, in the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.fields.cues import load_cues
from extract.fields.view import View
from extract.language.reading import Mention, Sentence, UnitKind
from extract.language.trying import trial

_CUES = load_cues("toxicity")
GRADE = _CUES["grade"]
_WORDS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
#: How far a grade may stand behind its term, and before it.
_BEHIND, _AHEAD = 60, 28
#: More columns than two (now and worst, or two cycles) are a chart of one course.
_COLUMNS = 2
#: The same for the one term of a sentence that ends with the grade in brackets.
_FAR = 110
#: "..., all grade 1", "..., each (grade 2)".
_ALL_OF = trial(r"\W*(?:both|all|each)\b", re.IGNORECASE)
_LIST_STEP = trial(r"\s*(?:\([^()]*\)\s*)?(?:,|,?\s*and|&|\+)\s*(?:an?\s|some\s|mild\s)?")
#: A bracket's grade is of the noun that follows it: "(grade 3 hypersensitivity)".
_OTHER_NOUN = trial(
    r"\s(?!(?:worst|best|during|after|with|when|once|then|from|only|until|initially|which|throughout"
    r"|toxicity|maximum|despite|requir\w+|needing|resolved|settled|overall|today|both|cycle)\b)"
    r"[a-z]{6,}(?=[)\s])"
)
_BARE = trial(
    r"\s*(?:[:=-]|\.{2,})?\s*([0-5])(?![\w%]|/\S|\.\d|\s?(?:x|days?|kg|doses?|times|/(?!\s*[A-Za-z])|mg))"
)
_CELL = trial(r"[\[(<*]?\s*(?:[Gg]r?(?:ade)?\.?\s?)?([0-5])\s*[\])>*]?(?=$|\s*[-(]|\s+[a-z])")
_CIRCLED = trial(r"(?:[(\[<*]|>>)\s*([0-5])\s*(?:[)\]>*]|<<)")
_ABSENT = trial(r"\W*(?:no|nil|none|absent|n|n/a|-|neg(?:ative)?|never)\W*(?=$|\()", re.IGNORECASE)
_TICK = trial(r"\W*[x✓]\W*", re.IGNORECASE)

#: Grades said of a term; an empty list where none is, [0] where it is said not to have been.
Grades = list[int]


@dataclass(frozen=True, slots=True)
class Term:
    """A toxicity word in a sentence: its terms, its kin, its place in the folded text."""

    sentence: Sentence
    mention: Mention
    at: int
    to: int

    @property
    def names(self) -> list[str]:
        """The toxicity terms it stands for."""
        return self.mention.value("term").split("|")

    @property
    def kin(self) -> str:
        """How far the word alone points to a drug: sign, drug or any."""
        return self.mention.value("kin")

    @property
    def needs_grade(self) -> bool:
        """Whether it is a toxicity only where a grade stands beside it."""
        return bool(self.mention.value("need"))


def terms_of(sentence: Sentence) -> list[Term]:
    """The toxicity words of a sentence, those inside a longer one left out."""
    found = []
    for mention in sentence.of("TOX"):
        at = sentence.folded(mention.start)
        found.append(Term(sentence, mention, at, sentence.folded(mention.end - 1) + 1))
    return found


def grades(view: View, terms: Sequence[Term], listed: bool) -> list[Grades]:
    """The grades of each of a sentence's terms; ``listed`` where bare numbers are grades."""
    if not terms:
        return []
    sentence = terms[0].sentence
    found = _in_text(sentence.text, terms)
    if sentence.unit.kind is UnitKind.ROW:
        for number, term in enumerate(terms):
            found[number] = _in_row(view, term, terms, listed) or found[number]
    if listed or _CUES["grade_list"].search(sentence.text):
        for number, term in enumerate(terms):
            bare = _BARE.match(sentence.text, term.to)
            if bare and not found[number]:
                found[number] = [int(bare[1])]
    return found


def _in_text(text: str, terms: Sequence[Term]) -> list[Grades]:
    found: list[Grades] = [[] for _ in terms]
    for match in _CUES["grade"].finditer(text):
        values = _values(match)
        before = [n for n, t in enumerate(terms) if t.to <= match.start()]
        after = [n for n, t in enumerate(terms) if t.at >= match.end()]
        if after and re.match(r"\s*:\s", text[match.end() :]):  # "Grade 1: nausea, fatigue"
            stop = GRADE.search(text, match.end())
            for number in after:
                if stop is None or terms[number].at < stop.start():
                    found[number] = list(values)
            continue
        owner = _owner(text, match, terms, before, after)
        if owner is None:
            continue
        if found[owner] and re.match(r"\s*,", text[terms[owner].to : match.start()]):
            continue  # "G2 HTN, G1 hair depigmentation": of what is no term
        found[owner] += [v for v in values if v not in found[owner]]
        if owner in before:
            for other in _shared(text, match, terms, owner):
                found[other] = found[other] or list(values)
        elif not text[match.end() : terms[owner].at].strip():
            for other in _list_from(text, terms, owner):
                found[other] = found[other] or list(values)
    return found


def _owner(
    text: str, match: re.Match[str], terms: Sequence[Term], before: list[int], after: list[int]
) -> int | None:
    """Which term a grade belongs to: the one it touches, else the one before it."""
    behind = text[terms[before[-1]].to : match.start()] if before else None
    ahead = text[match.end() : terms[after[0]].at] if after else None
    if behind is not None and not behind.strip():
        return before[-1]
    if ahead is not None and not ahead.strip():
        return after[0]
    if behind is not None and behind.endswith("(") and _OTHER_NOUN.match(text[match.end() :]):
        return None
    if behind is not None and re.fullmatch(r"[\s(:-]*", behind):
        return before[-1]
    touches = (
        ahead is not None and len(ahead) <= _AHEAD and not re.search(r"[,;.()]|\band\b", ahead)
    )
    if touches:
        return after[0]
    alone = len(terms) == 1 and re.fullmatch(r"[^()]*\(", behind or "")
    if alone and len(behind or "") <= _FAR:
        return before[-1]
    if behind is not None and len(behind) <= _BEHIND and not re.search(r"[;]|\.\s|\bbut\b", behind):
        return before[-1]
    return None


def _shared(text: str, match: re.Match[str], terms: Sequence[Term], owner: int) -> list[int]:
    """Terms coupled with the one that is graded: "nausea and vomiting, grade 1".

    A bracket grades what it follows alone, but for the one pair that is told as one:
    "rash and hypertension (grade 2)", "nausea and vomiting (grade 2)".
    """
    if owner == 0:
        return []
    if _ALL_OF.match(text[terms[owner].to : match.end()]):
        return _list_back(text, terms, owner)
    between = text[terms[owner - 1].to : terms[owner].at]
    if not re.fullmatch(r"\s*(?:and|/|&|\+|or)\s*", between):
        return []
    pair = {*terms[owner - 1].names, *terms[owner].names} == {"nausea", "vomiting"}
    said = text[terms[owner].to : match.start()]
    return [owner - 1] if pair or re.match(r"\W*(?:both|all|each)\b|\s*,", said, re.I) else []


def _list_back(text: str, terms: Sequence[Term], owner: int) -> list[int]:
    """The list before a term that ends it: "rash, nausea (mild) and fatigue, all grade 1"."""
    first = owner
    while first and _LIST_STEP.fullmatch(text[terms[first - 1].to : terms[first].at]):
        first -= 1
    return list(range(first, owner))


def _list_from(text: str, terms: Sequence[Term], owner: int) -> list[int]:
    """The rest of a closed list behind a grade: "grade 3 fatigue, anorexia and neutropenia"."""
    reached = []
    closed = False
    for number in range(owner + 1, len(terms)):
        between = text[terms[number - 1].to : terms[number].at]
        if not re.fullmatch(r"\s*(?:,|,?\s*and|&)\s*", between):
            break
        reached.append(number)
        closed = closed or "," not in between or "and" in between
    if not closed or len(reached) < 2:
        return []
    return reached if not GRADE.match(text[terms[reached[-1]].to :].lstrip(" (,")) else []


def _values(match: re.Match[str]) -> Grades:
    names = ("a", "c", "e")
    first = next((match[name] for name in names if match[name]), "")
    second = match["b"] or match["d"] or ""
    read = [_number(word) for word in (first, second) if word]
    return [value for value in read if value is not None]


def _number(word: str) -> int | None:
    low = word.lower()
    if low.isdigit():
        return int(low)
    if low == "l":
        return 1
    return _WORDS.get(low, _ROMAN.get(low.replace("l", "i")))


# ------------------------------------------------------------------- tables


def _in_row(view: View, term: Term, terms: Sequence[Term], listed: bool) -> Grades:
    """The grades in the cells behind a term, up to the next term's cell."""
    cells = term.sentence.unit.cells
    own = _cell_of(cells, term.mention)
    if own is None:
        return []
    stops = [n for t in terms if t.at > term.at and (n := _cell_of(cells, t.mention)) is not None]
    stop = min([n for n in stops if n > own], default=len(cells))
    if stop == own + 1 and not view.text[term.mention.end : cells[own][1]].strip(" .:"):
        return []
    row = view.text[cells[own][0] : cells[stop - 1][1]]
    behind = view.text[term.mention.end : cells[stop - 1][1]]
    circled = _CIRCLED.findall(behind)
    if circled and len(re.findall(r"(?<!\d)[0-5](?!\d)", row)) > 2:
        return [int(value) for value in circled]
    crossed = _crossed(view, term, own, stop)
    if crossed is not None:
        return [crossed]
    read: Grades = []
    for start, end in cells[own + 1 : stop]:
        cell = view.text[start:end].strip()
        if _ABSENT.match(cell):
            return [0]
        found = _CELL.match(cell)
        if found is None or (not listed and not re.fullmatch(r"\W*(?:[Gg]\w*\W*)?[0-5]\W*", cell)):
            break
        read.append(int(found[1]))
    if len(read) >= 5 and read == list(range(read[0], read[0] + len(read))):
        return []  # the scale itself, nothing circled
    positive = sorted({value for value in read if value}, reverse=True)
    if len(read) > _COLUMNS:
        return positive[:1] or read[:1]  # a chart by the day: the worst
    return positive or read[:1]


def _crossed(view: View, term: Term, own: int, stop: int) -> int | None:
    """The number above the one cell that is crossed: columns titled 0 1 2 3 4."""
    unit = term.sentence.unit
    if unit.header is None:
        return None
    header = view.reading.units[unit.header]
    titles = [
        (start - header.start + header.indent, int(view.text[start:end]))
        for start, end in header.cells
        if view.text[start:end].strip() in {"0", "1", "2", "3", "4", "5"}
    ]
    ticks = [
        start - unit.start + unit.indent
        for start, end in unit.cells[own + 1 : stop]
        if _TICK.fullmatch(view.text[start:end])
    ]
    if len(titles) < 2 or len(ticks) != 1:
        return None
    return min(titles, key=lambda title: abs(title[0] - ticks[0]))[1]


def _cell_of(cells: Sequence[tuple[int, int]], mention: Mention) -> int | None:
    for number, (start, end) in enumerate(cells):
        if start <= mention.start < end:
            return number
    return None
