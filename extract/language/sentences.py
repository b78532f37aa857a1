"""Where sentences end in a clinic letter.

A stop ends a sentence when white space and the start of another follow, unless it closes
an abbreviation, an initial or a number in a list. Line ends inside a unit do not end one:
the layout has already judged them.
"""

from __future__ import annotations

import re

_END = re.compile(r"[.?!]+['\")\]]*(?=\s+[^\s]|$)|;(?=\s)")
_NEXT = re.compile(r"\s+([\"'(\[]*)(\S)")
_ABBREVIATIONS = frozenset(
    """dr mr mrs ms miss prof sr st p.s o.d b.d t.d.s q.d.s p.r.n e.g i.e wt ht approx c ca vs v no nos
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun
    fig figs ref resp rt lt bil inc incl excl tel ext hosp dept pt pts max min yrs yr mths mth wks wk
    hrs hr i.v s.c p.o a.m p.m am pm cf viz et al rev gen hon messrs sgt col asst neg pos est
    d.o.b temp esp poss prob susp w.h.o e.c.o.g perf ps prev cf""".split()
)
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z.]*)$")


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentence spans in ``text[start:end]``, without white space at their edges."""
    spans = []
    at = start
    for match in _END.finditer(text, start, end):
        if _ends(text, match, end):
            spans.append((at, match.end()))
            at = match.end()
    spans.append((at, end))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))]


def _ends(text: str, match: re.Match[str], end: int) -> bool:
    follow = _NEXT.match(text, match.end(), end)
    if follow is None:
        return True
    if match.group() == ";":
        return False
    opener, char = follow.groups()
    stop = match.group()
    if stop[0] in "?!":
        return not char.islower()
    if len(stop) > 3:
        return False  # a dotted leader: "Stress echo ........ Done"
    before = _WORD_BEFORE.search(text, max(0, match.start() - 12), match.start())
    word = before.group(1) if before else ""
    if word == "CA" and char.isupper():
        return True  # "Dad had colon CA. Tolerated well"
    if word.lower().strip(".") in _ABBREVIATIONS or word.lower() in _ABBREVIATIONS:
        # "Dr. Smith", "3 Mar. 2010"; but "seen in Nov. He was" ends.
        return char.isupper() and len(word) == 3 and word[0].isupper() and _pronoun(text, follow)
    if len(word) == 1 and word.isupper() and text[match.start() - 2 : match.start() - 1] in " .\n":
        return False  # an initial
    if char.isdigit():
        return not (match.start() > 0 and text[match.start() - 1].isdigit() and not opener)
    return not char.islower() or bool(opener and char.isupper())


def _pronoun(text: str, follow: re.Match[str]) -> bool:
    return bool(
        re.match(
            r"(?:He|She|I|We|The|It|They|His|Her|On|In|At|This)\b", text[follow.start(2) :][:6]
        )
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None
