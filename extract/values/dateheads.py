"""The regexes that find where a date begins.

A cheap one (``anchors``) runs over the text and stops at every number and word that may
begin a date; there ``HEAD_DIGIT`` or ``HEAD_WORD`` is matched, whose outermost named
group says what kind of date it is. The cheap one is built from the same parts and may
stop too often but never pass a date by; a test holds the two together.
"""

from __future__ import annotations

import re
from typing import Final

from extract.values.counts import COUNT, UNIT
from extract.values.datewords import (
    CENTURY,
    FEAST,
    MONTH,
    ORDINAL,
    ORDINALS,
    SEASON_NUMBER,
    WEEKDAY,
)

_DASH: Final = r"\-–—−"
_TH: Final = r"(?:st|nd|rd|th)(?![a-z])"
_AGO_WORD: Final = r"(?:ago|back(?=\s*[.,;)]|\s*$)|earlier(?!\s+than)|previously)(?![a-z])"
_AGO: Final = rf"(?:\s+or\s+so)?\s+(?P<ago>{_AGO_WORD})"


def _span(prefix: str) -> str:
    """A count and a unit of time, with groups named ``prefix`` + a, b, per, half, unit, late."""
    return (
        rf"(?P<{prefix}a>{COUNT})(?:\s?(?:-|–|to|or)\s?(?P<{prefix}b>{COUNT}))?"
        rf"(?:/(?P<{prefix}per>52|12|7)(?!\d)"
        rf"|(?:\s(?P<{prefix}half>and\s+a\s+half))?[\s-]{{0,3}}(?P<{prefix}unit>{UNIT})"
        rf"(?P<{prefix}late>\s+and\s+a\s+half)?)"
    )


_OFFSET: Final = _span("p") + _AGO
_FORWARD: Final = (
    rf"in\s+(?:about\s+|approximately\s+|another\s+)?{_span('f')}(?:['’]?s?['’]?)"
    r"(?P<time>\s+time|\s+from\s+now)?(?![a-z])"
)
_DAY_MONTH: Final = (
    rf"(?:(?P<d0>\d{{1,2}})(?P<o0>{_TH})?\s?(?P<j>[{_DASH}/&,]|to|until|till|and|or)\s?(?:the\s)?)?"
    rf"(?P<d>\d{{1,2}})\s?(?P<o>st|nd|rd|th)?(?P<sep>\s{{0,2}}|\s?[./{_DASH}]\s?)"
    rf"(?:(?:day\s+)?of\s+(?:the\s+month\s+of\s+)?)?(?P<dm>{MONTH})"
)
_TODAY: Final = (
    r"(?:today|tonight|tomorrow|yesterday|this\s+(?:morning|afternoon|evening)"
    r"|last\s+(?:night|evening))(?![a-z])"
)
_TIME_OF_DAY: Final = r"(?:day|night|morning|afternoon|evening)"
_BACK_UNIT: Final = rf"\s+(?:very\s+|same\s+)?(?:{_TIME_OF_DAY}|month|year)(?![a-z'’])"
_NO_PLACE: Final = (
    r"(?!\s+(?:units?|wards?|case|cent(?:re|er)|surgery|care|service|list|old)(?![a-z]))"
)
#: "That month", "the same day", "the following year", "the next day": said of a date told before.
_POINTS_BACK: Final = (
    rf"(?:(?:that|same|(?<=the\s)following){_BACK_UNIT}"
    rf"|(?<=the\s)next\s+{_TIME_OF_DAY}(?![a-z'’]))"
    rf"{_NO_PLACE}"
)
_RELATIVE: Final = r"(?:last|this|next)\s+(?:week|month|year)(?![a-z])"

#: Matches a date that begins with a digit.
HEAD_DIGIT: Final = re.compile(
    r"(?<!\w)(?:"
    # 2010-03-03, 2010/3/3; 2010-Mar-03; 20100303; then 2010-03, 2008-10, 2009/10
    rf"(?P<iso>(?P<iy>{CENTURY}\d\d)(?:(?P<is>[-/.])(?P<im>\d{{1,2}})(?P=is)(?P<id>\d{{1,2}})"
    rf"|-(?P<in>{MONTH})-(?P<ie>\d{{1,2}})|(?P<cm>\d\d)(?P<cd>\d\d))(?!\d))"
    rf"|(?P<ym>(?P<yy>{CENTURY}\d\d)(?P<ys>[-–/])(?P<yn>\d\d)(?![\w/]|[.-]\d))"
    # 12/03/10, 12.3.2010, 12-03-10, 12 / 03 / 10
    r"|(?P<dmy>(?<!\d[/.:,])(?P<na>\d{1,2})\s?(?P<ns>[/.–-])\s?(?P<nb>\d{1,2})\s?(?P=ns)\s?"
    r"(?P<ny>\d{4}|\d{2})(?!\d|[/.]\d))"
    # 03/2010
    rf"|(?P<my4>(?<!\d[/.:,])(?P<fm>\d{{1,2}})\s?[/.-]\s?(?P<fy>{CENTURY}\d\d)(?!\w|[/.]\d))"
    # 3 March, 3rd of March, 03-MAR, 3-10 March, 3rd and 10th March
    rf"|(?P<dmon>{_DAY_MONTH})"
    # 6 weeks ago, 6/52 ago
    rf"|(?P<offset>{_OFFSET})"
    # 27/10, 09/08
    r"|(?P<ab>(?<!\d[/.:,])(?P<aa>\d{1,2})(?P<as>[/.])(?P<bb>\d{1,2})(?![\d%]|/\w|\.\d))"
    rf"|(?P<day>(?P<dd>\d{{1,2}})\s?{_TH})"
    rf"|(?P<year>{CENTURY}\d\d(?![\w%])))"
)
#: Matches a date that begins with a letter.
HEAD_WORD: Final = re.compile(
    rf"(?<!\w)(?:(?P<month>{MONTH})"
    rf"|(?P<weekday>{WEEKDAY})"
    rf"|(?P<season>(?:{'|'.join(SEASON_NUMBER)})(?![a-z]))"
    rf"|(?P<feast>{FEAST})"
    rf"|(?P<today>{_TODAY})"
    rf"|(?P<rel>{_RELATIVE})"
    rf"|(?P<told>{_POINTS_BACK})"
    rf"|(?P<fwd>{_FORWARD})"
    rf"|(?P<offset>{_OFFSET})"
    # the ninth of March
    rf"|(?P<ord>(?P<ow>{ORDINAL})\s+(?P<oof>(?:day\s+)?of\s+)?(?P<om>{MONTH}))"
    rf"|(?P<day>(?<=the\s)(?P<dd>{ORDINAL})))"
)


def _trie(tails: dict[str, str]) -> str:
    """A regex for any of the words, each with the regex that must follow it.

    It branches letter by letter, as ``re`` does not by itself: a text is passed over in
    half the time.
    """
    branches: dict[str, dict[str, str]] = {}
    for word, tail in tails.items():
        if word:
            branches.setdefault(word[0], {})[word[1:]] = tail
    parts = [re.escape(letter) + _trie(rest) for letter, rest in sorted(branches.items())]
    if "" in tails:
        parts.append(tails[""])
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


_FIRST_WORDS: Final = (
    "jan january januray janurary feb february febuary feburary mar march apr april may jun june "
    "jul july aug august sep sept september septmber septernber oct october nov november "
    "novernber dec december decernber mon monday tue tues tuesday wed weds wednesday thu thur "
    "thurs thursday fri friday sat saturday sun sunday christmas xmas boxing new good easter "
    "today tonight tomorrow yesterday"
).split()
_TAILS: Final = (
    dict.fromkeys((*_FIRST_WORDS, *SEASON_NUMBER, *ORDINALS), "(?![a-z])")
    | dict.fromkeys(("twenty", "thirty"), rf"[\s-](?:{'|'.join(ORDINALS)})")
    | dict.fromkeys(
        ("last", "this", "next"),
        r"\s+(?:week|month|year|day|morning|afternoon|evening|night)",
    )
    | dict.fromkeys(("that", "same", "following"), _BACK_UNIT)
    | {"in": rf"\s+(?:about\s+|approximately\s+|another\s+)?{COUNT}"}
)
_DAY_THEN: Final = (
    rf"(?:\s?(?:st|nd|rd|th)?\s?[./{_DASH}]?\s?"
    rf"(?:(?:day\s+)?of\s+(?:the\s+month\s+of\s+)?)?{MONTH})"
)
_DIGITS_THEN: Final = (
    rf"\d(?:\d?(?:\s?[/.–-]\s?\d|\s?{_TH}|{_DAY_THEN}"
    rf"|\s?(?:[{_DASH}/&,]|to|until|till|and|or)\s?(?:the\s)?\d\d?{_DAY_THEN})"
    r"|(?<=[12])[09]\d\d(?:(?!\w)|\d{4}))"
)
_COMMON: Final = f"{_DIGITS_THEN}|{_trie(_TAILS)[3:-1]}"
#: Stops where a date may begin, one character before it.
ANCHOR: Final = re.compile(rf"[^a-z0-9](?:{_COMMON})")
#: The same for a text that :data:`HAS_OFFSET`.
ANCHOR_OFFSET: Final = re.compile(
    rf"[^a-z0-9](?:{_COMMON}|{re.sub('[?]P<[a-z]+>', '?:', _OFFSET)})"
)
#: The words that :data:`HAS_OFFSET` needs one of.
AGO_WORDS: Final = ("ago", "back", "earlier", "previously")
#: Whether a text says "six weeks ago" or its like anywhere.
HAS_OFFSET: Final = re.compile(
    rf"(?:day|week|wk|month|mth|mo|year|yr|fortnight|/52|/12|/7|half)s?(?:\s+or\s+so)?\s+{_AGO_WORD}"
)
