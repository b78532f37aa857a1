"""Lines of therapy: stated in words, or shown by a numbered list of treatments."""

from __future__ import annotations

import re
from itertools import groupby

from extract.fields.therapy.events import Scene, gap_cost
from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.storycues import OBJECT_GAP
from extract.fields.therapy.walk import Story
from extract.language.reading import Mention, Unit, UnitKind

_ORDINALS = {
    "first": "1", "1st": "1", "one": "1", "second": "2", "2nd": "2", "two": "2", "third": "3",
    "3rd": "3", "three": "3", "fourth": "4", "4th": "4", "four": "4", "fifth": "5", "5th": "5",
    "five": "5", "sixth": "6", "6th": "6", "seventh": "7", "7th": "7",
}  # fmt: skip


def tie_lines(story: Story) -> None:
    """Give courses the line numbers the letter states or its list shows."""
    for made in story.scenes:
        for mention in made.sentence.of("LINE"):
            number = _number(mention)
            if number is None:
                continue
            for course in _courses(story, made, mention):
                course.lines.setdefault(number, (mention.start, mention.end))
        _ordinal_row(made)
    _numbered_lists(story)


_ROW_ORDINAL = re.compile(
    r"^\W*(?P<n>[1-7](?=[\s|.)]+[A-Za-z])|1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth)\b(?!\s+(?:cycle|dose|course))",
    re.IGNORECASE,
)


def _ordinal_row(made: Scene) -> None:
    """ "2nd   sunitinib   12/15   01/17": a row that begins with the line's ordinal."""
    match = _ROW_ORDINAL.match(made.sentence.text)
    if made.sentence.unit.kind is not UnitKind.ROW or not match or not made.groups:
        return
    group = made.groups[0]
    bare = match["n"].isdigit() and made.sentence.unit.section != "treatment" and not made.whens
    if group.at - match.end() < 6 and not bare and group.standing is not Standing.VOID:
        for course in group.courses:
            course.lines.setdefault(_ORDINALS.get(match["n"].lower(), match["n"]), group.span)


def _number(mention: Mention) -> str | None:
    raw = next((v for k in ("value", "v2", "v3", "v4") if (v := mention.value(k))), "").lower()
    return _ORDINALS.get(raw) or (raw if raw.isdigit() else None)


def _courses(story: Story, made: Scene, mention: Mention) -> list[Course]:
    text = made.sentence.text
    at = made.sentence.folded(mention.start)
    to = made.sentence.folded(mention.end - 1) + 1
    live = [g for g in made.groups if g.standing is not Standing.VOID]
    after = [g for g in live if g.at >= to]
    before = [g for g in live if g.to <= at]
    if after and (
        OBJECT_GAP.match(text[to : after[0].at] + " ") or re.match(r"^\s*[:=-]", text[to:])
    ):
        return after[0].courses
    reach = 14.0 if re.search(r"\bas (?:the |a |his |her )?$", text[:at], re.IGNORECASE) else 6.0
    if before and gap_cost(text[before[-1].to : at]) < reach and not _next_line(text, at):
        return before[-1].courses
    if after and gap_cost(text[to : after[0].at]) < 5:
        return after[0].courses
    real = [c for c in story.courses if c.standing is Standing.REAL]
    if (
        not live
        and len(real) == 1
        and re.match(
            r"\s*(?:TKI|tyrosine|therapy|treatment|drug|agent|VEGF|targeted)",
            text[to:],
            re.IGNORECASE,
        )
    ):
        return real
    if not live and re.search(
        r"\b(?:that|this|it|these)\b[^.]{0,30}\b(?:was|were)\b[^.]{0,20}$", text[:at], re.IGNORECASE
    ):
        return story.focus_at.get(made.sentence.index, [])
    return []


def _next_line(text: str, at: int) -> bool:
    return bool(re.search(r"\b(?:then|and|next|followed by|;)\s*$", text[:at], re.IGNORECASE))


def _numbered_lists(story: Story) -> None:
    """Items 1, 2, 3 under a heading of treatment, each a drug: their numbers are lines."""
    units = story.view.reading.units
    first_of: dict[int, Group] = {}
    for made in story.scenes:
        unit = made.sentence.unit
        for group in made.groups:
            if unit.kind is UnitKind.ITEM and group.standing is not Standing.VOID:
                first_of.setdefault(unit.index, group)
    items = [u for u in units if u.kind is UnitKind.ITEM and u.number is not None]
    for _, run in groupby(items, key=lambda u: (u.heading, u.parent)):
        listed = list(run)
        opener = _opener(story, listed[0])
        if opener is not None:
            first_of.setdefault(listed[0].index - 1, opener)
        numbers = ([] if opener is None else [(1, opener)]) + [
            (u.number or 0, first_of[u.index]) for u in listed if u.index in first_of
        ]
        in_order = [n for n, _ in numbers] == list(range(1, len(numbers) + 1))
        treated = listed[0].section == "treatment"
        if not treated and not (
            len(numbers) > 1
            and len(numbers) == len(listed) + (opener is not None)
            and all(_opens(story, group) for _, group in numbers)
        ):
            continue
        if not in_order:
            numbers = [pair for n, pair in enumerate(numbers, 1) if pair[0] == n]
        for number, group in numbers:
            for course in group.courses:
                if not course.lines:
                    course.lines[str(number)] = group.span


_FIRST_OF_LIST = re.compile(r"^[^.\n]{3,40}?[:\s]\s*1[.)]\s+(?=\w)")
_BEFORE_DRUG = re.compile(r"^\W*(?:\d[.)]?|[a-z][.)])?\W*(?:high[- ]dose\s|HD\s)?$", re.IGNORECASE)


def _opener(story: Story, second: Unit) -> Group | None:
    """The drug of "SYSTEMIC TREATMENT   1. Sunitinib ...", on the line of the heading itself."""
    if second.number != 2:
        return None
    for made in story.scenes:
        unit = made.sentence.unit
        if unit.index == second.index - 1 and made.groups:
            match = _FIRST_OF_LIST.match(story.view.text[unit.start : unit.end])
            group = made.groups[0]
            if match and group.standing is not Standing.VOID:
                return group if group.span[0] - (unit.start + match.end()) < 12 else None
    return None


def _opens(story: Story, group: Group) -> bool:
    """Whether the drug is the first word of its item."""
    for made in story.scenes:
        if group in made.groups:
            start = made.sentence.unit.start
            before = story.view.text[start : group.span[0]]
            return bool(_BEFORE_DRUG.match(before) or _FIRST_OF_LIST.match(before + "x"))
    return False
