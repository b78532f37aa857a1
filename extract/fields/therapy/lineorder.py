"""Lines told by order: "second- and third-line, with A and B respectively"; rows that are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.walk import Story
from extract.language.trying import trial

_ORDINAL: Final = r"(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th)"
_NUMBERS: Final = {
    word: str(place)
    for place, words in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th"), 1
    )
    for word in words.split()
}
_SERIES: Final = trial(
    rf"\b(?P<all>{_ORDINAL}(?:[- ]lines?|-)?(?:(?:\s*(?:,|/|&|\band\b)\s*)+{_ORDINAL}(?:[- ]lines?|-)?)+)(?<=line)s?\b",
    re.IGNORECASE,
)
#: The number before a drug that opens a row: 1, or a one misread.
_ROW: Final = re.compile(r"(?:^|[\s|])(?P<n>[1-7lI])[ .)|]{1,4}$")
_TITLES: Final = trial(
    r"\bline\b[ |,:]{1,9}(?:no\.?[ |]{1,4})?(?:drugs?|regimens?|agents?|treatments?|therapy|SACT)\b",
    re.IGNORECASE,
)
#: "Previous Rx: 1. Sunitinib": the first and only one of a list.
_ONLY: Final = trial(
    r"\W*(?:previous|prior|past|earlier)\s+(?:systemic |anti-?cancer |drug |cancer )*(?:Rx|Tx|treatments?|therap(?:y|ies)|SACT|drugs?|lines?|systemic)(?: (?:treatments?|therapy|to date))?\W*",
    re.IGNORECASE,
)


def only_one(lead: str) -> bool:
    """Whether the words before a lone "1." are a title of earlier treatments."""
    return bool(_ONLY.fullmatch(lead))


def respectively(story: Story) -> None:
    """ "Second- and third-line therapy with A and B, respectively": a number each, in order."""
    for made in story.scenes:
        text = made.sentence.text
        match = _SERIES.search(text)
        if match is None or "respectively" not in text.lower():
            continue
        numbers = [_NUMBERS[w.lower()] for w in re.findall(_ORDINAL, match["all"], re.IGNORECASE)]
        groups = [g for g in made.groups if g.standing is not Standing.VOID and g.at >= match.end()]
        parts = _parts(groups)
        if len(parts) != len(numbers):
            continue
        for number, courses in zip(numbers, parts, strict=True):
            for course in courses:
                course.lines = {number: groups[0].span}


def _parts(groups: list[Group]) -> list[list[Course]]:
    """The courses of each group; a group told twice is one; a lone pair is taken apart."""
    parts: list[list[Course]] = []
    for group in groups:
        courses = list(group.courses)
        if not parts or {id(c) for c in parts[-1]} != {id(c) for c in courses}:
            parts.append(courses)
    if len(parts) == 1:
        return [[course] for course in parts[0]]
    return parts


def numbered_rows(story: Story) -> None:
    """Rows under "Line  Drug  Start  Stop" that a form runs together: their numbers are lines."""
    for run in _runs(story):
        numbers = [number for number, _ in run]
        if numbers != list(range(1, len(numbers) + 1)):
            continue
        for number, group in run:
            for course in group.courses:
                course.lines = course.lines or {str(number): group.span}


def _runs(story: Story) -> Iterator[list[tuple[int, Group]]]:
    text = story.view.text
    for title in _TITLES.finditer(text):
        end = text.find("\n\n", title.end())
        run: list[tuple[int, Group]] = []
        for made in story.scenes:
            for group in made.groups:
                inside = title.end() <= group.start < (end if end >= 0 else len(text))
                mark = _ROW.search(text[max(title.end(), group.start - 6) : group.start])
                if inside and mark and group.standing is Standing.REAL and group.courses:
                    run.append((int(mark["n"].translate(_ONE)), group))
        if run:
            yield run


_ONE: Final = str.maketrans("lI", "11")

__all__ = ["numbered_rows", "only_one", "respectively"]
