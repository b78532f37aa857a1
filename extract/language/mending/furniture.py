"""What the page and the post room put between a letter's lines.

Running heads, page numbers, fax headers and stamps stand wherever a page ended, often in the
middle of a sentence. They are moved behind the letter's text, and what they parted is joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extract.language.mending.view import Edit, Mended

_NUMBER = r"[\dlIOo]{1,2}"
#: "Page 2 of 3", "P.02/03", "- 2 -", "(continued on page 2)", "contd."
_PAGE: Final = re.compile(
    rf"\bp(?:age|g)\.?\s?{_NUMBER}\b|\bp\.?\s?{_NUMBER}/{_NUMBER}\b"
    rf"|(?:^|\s)[-–—]\s?{_NUMBER}\s?[-–—](?:\s|$)",
    re.IGNORECASE,
)
_TURN = r"(?:\s+(?:on|over|from)(?:\s?leaf|\s+(?:the\s+)?(?:next\s+|previous\s+)?(?:page|sheet|p\.?)(?:\s?\d)?)?)?"
_PAGE_ALONE: Final = re.compile(
    rf"[^\w%]*page\s?{_NUMBER}(?:\s?(?:of|/)\s?{_NUMBER})?[^\w%]*"
    rf"|[-–—]\s?{_NUMBER}\s?[-–—]"
    rf"|\W*(?:con(?:t|ti)[a-z0-9]{{0,7}}|cor[il]{{1,3}})(?:[.d]|{_TURN}){_TURN}\W*"
    r"|\W*(?:p\.?\s?t\.?\s?o\.?|over\s?leaf|\(over\)|over/)\W*",
    re.IGNORECASE,
)
#: "[STAMP: RECEIVED 12 JUN]", "[stamp] ...", "*** SCANNED 3/4/09 ***", "RECEIVED 3 MAY 2008"
_STAMP: Final = re.compile(
    r"\s*\[[^\[\]]{0,12}\b(?i:stamp|sticker|label|barcode|rubber)\b[^\[\]]{0,90}\]?[^a-z]{0,50}$"
    r"|\s*[*=#|<\[( ]*(?:RECEIVED|REC'?D|SCANNED|FAXED|FILED|COPY|COPIED|TYPED|APPT MADE|ENTERED"
    r"|CHECKED|CONFIDENTIAL|IN CONFIDENCE|PRIVATE|DUPLICATE|MEDICAL RECORDS)\b[^a-z]{0,60}$"
)
_FAX: Final = re.compile(
    r"\bFAX\b|\bfrom:.{0,60}\bto:|\bF[A4]X:|\b[\dIlO]{1,2}:[\dIlO]{2}\b.{0,60}\bP\.?\s?[\dIlO]{1,2}"
)
_NUMBERED: Final = re.compile(r"\b[A-Z]{0,3}\d[\dlIOS]{4,}[A-Z]?\b|\b\d{3} \d{3} \d{4}\b")
_END: Final = re.compile(r"[.?!:]['\")\]]*\s*$")
_WORDS: Final = re.compile(r"[a-z]{2,}")
_TAIL: Final = re.compile(rf"\s{{3,}}{_NUMBER}$")
#: Lines at the top, where running heads are a letterhead; characters of the longest head.
_HEAD, _WIDEST = 4, 130
_BREAK: Final = re.compile(r"(?<=[a-z]{2})-$")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def clear_furniture(made: Mended) -> Mended:
    """The text with running heads, page numbers and stamps behind it."""
    lines = _lines(made.text)
    spans: list[tuple[int, int]] = []
    joints: list[Edit] = []
    gone = 0
    for above, block, below in _blocks(lines):
        joint = _joint(made.text, above, below) if _broken(above, below) else None
        spans.append((block[0].start, block[-1].end + 1))
        size = spans[-1][1] - spans[-1][0]
        if joint is not None:
            joints.append(Edit(joint.start - gone, joint.end - gone - size, joint.new, slip=False))
        gone += size
    return made.with_moved(spans).with_edits(joints) if spans else made


def _lines(text: str) -> list[_Line]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append(_Line(at, at + len(line), line))
        at += len(line) + 1
    return found


def _letterhead(lines: Sequence[_Line]) -> set[str]:
    """The first lines of the letter, as their letters."""
    first = [line.text.strip() for line in lines if not line.blank][:_HEAD]
    return {_letters(text) for text in first if len(_letters(text)) >= 8 and text.upper() == text}


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def _blocks(lines: Sequence[_Line]) -> Iterator[tuple[_Line, Sequence[_Line], _Line]]:
    """Lines of furniture with the written line above and below; blank ones among them count."""
    head = _letterhead(lines)
    at = 0
    while at < len(lines):
        if not _is_furniture(lines[at]):
            at += 1
            continue
        first = last = at
        while first > 0 and (lines[first - 1].blank or _goes_with(lines[first - 1], head)):
            first -= 1
        while last + 1 < len(lines) and (
            lines[last + 1].blank
            or _is_furniture(lines[last + 1])
            or _goes_with(lines[last + 1], head)
        ):
            last += 1
        at = last + 1
        while lines[first].blank:
            first += 1
        while lines[last].blank:
            last -= 1
        above = next((n for n in range(first - 1, -1, -1) if not lines[n].blank), None)
        below = next((n for n in range(last + 1, len(lines)) if not lines[n].blank), None)
        if above is not None and below is not None and first > _HEAD:
            yield lines[above], lines[first : last + 1], lines[below]


def _is_furniture(line: _Line) -> bool:
    text = line.text.strip()
    if not text or len(text) > _WIDEST:
        return False
    if _PAGE_ALONE.fullmatch(text) or _STAMP.match(text):
        return True
    if _FAX.search(text) and _PAGE.search(text):
        return True
    if _PAGE.search(text) and len(_WORDS.findall(text)) <= 8 and not _END.search(text):
        return True
    # "GRIMSTHWAITE INFIRMARY   H095521  TINDLOW         2"
    tail = _TAIL.search(text)
    return bool(tail and _NUMBERED.search(text) and text.upper() == text)


def _goes_with(line: _Line, head: set[str]) -> bool:
    """Whether a line beside a page's number is of its running head: a letterhead, a patient."""
    text = line.text.strip()
    if not text or len(text) > _WIDEST or _END.search(text):
        return False
    if _letters(text) in head:
        return True
    return bool(_NUMBERED.search(text)) and len(_WORDS.findall(text)) <= 3


def _broken(above: _Line, below: _Line) -> bool:
    """Whether one sentence runs from the line above to the line below."""
    if not above.text.strip() or not below.text.strip():
        return False
    first = below.text.strip()[0]
    if first.islower():
        return True
    ended = bool(_END.search(above.text)) or len(above.text.strip()) < 35
    return not ended and (first.isalnum() or first in "([\"'")


def _joint(text: str, above: _Line, below: _Line) -> Edit:
    """What makes the two lines one."""
    start = above.start + len(above.text.rstrip())
    end = below.start + len(below.text) - len(below.text.lstrip())
    if _BREAK.search(text[above.start : start]) and text[end].islower():
        return Edit(start, end, "\n", slip=False)
    return Edit(start, end, " ", slip=False)
