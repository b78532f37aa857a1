"""Lines of therapy: stated in words, or shown by a numbered list of treatments."""

from __future__ import annotations

import re
from itertools import groupby

from extract.fields.therapy.events import Scene, gap_cost
from extract.fields.therapy.lineorder import numbered_rows, only_one, respectively
from extract.fields.therapy.model import Course, Group, Standing
from extract.fields.therapy.storycues import OBJECT_GAP
from extract.fields.therapy.walk import Story
from extract.language.reading import Mention, Unit, UnitKind
from extract.language.trying import trial

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
        _line_marker(story, made)
    respectively(story)
    _numbered_lists(story)
    _numbered_in_line(story)
    numbered_rows(story)
    _told_in_order(story)


_ROW_ORDINAL = trial(
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


_MARKED = trial(r"\W*line\W{0,2}(?P<n>[1-7])\b\W*", re.IGNORECASE)


def _line_marker(story: Story, made: Scene) -> None:
    """ "Line 2 - everolimus": an item whose mark is the line's number."""
    unit = made.sentence.unit
    if unit.kind is not UnitKind.ITEM or not made.groups:
        return
    group = made.groups[0]
    match = _MARKED.fullmatch(story.view.text[unit.start : group.start])
    if match is None:
        return
    for course in group.courses:
        course.lines.setdefault(match["n"], group.span)


def _number(mention: Mention) -> str | None:
    raw = next((v for k in ("value", "v2", "v3", "v4") if (v := mention.value(k))), "").lower()
    return _ORDINALS.get(raw) or (raw if raw.isdigit() else None)


#: "sunitinib as first-line", "Sorafenib, to which he was changed, was the second-line treatment".
_AS = trial(
    r"[^.;,:]{0,40}?(?<!well )(?<!\w as )\bas (?:a |an |the |his |her |our )?|[^;:]{0,90}?(?:,|\)) (?:was|is|became|had been|being) (?:then |therefore |thus )?(?:a |the |his |her |our )?",
    re.IGNORECASE,
)
#: "The third line, after a gap of a year, was everolimus".
_IS = trial(
    r"(?: (?:treatment|therapy|drug|choice|agent))?(?:,[^;:]{0,90},)? (?:was|is|has been|being|consisted of|comprised) (?:with |the |a |in the form of )?",
    re.IGNORECASE,
)


def _says_which(text: str, end: int, at: int, to: int) -> bool:
    """Whether a line's words speak of the drug before them, whatever stands after."""
    if text[to:].lstrip().startswith(")") and _bracket(text[end:at]):
        return True
    return bool(_AS.fullmatch(text[end:at]))


def _bracket(gap: str) -> bool:
    return bool(re.fullmatch(r"(?:[^.;()]|\.(?=\d)){0,50}\(\s*(?:as |his |her |now )?", gap))


_WHICH_WAS = trial(
    r"[^.;]*\b(?:which|and|this|it) (?:was|is|has been|became)\b[^.;]{0,30}", re.IGNORECASE
)


def _courses(story: Story, made: Scene, mention: Mention) -> list[Course]:
    text = made.sentence.text
    at = made.sentence.folded(mention.start)
    to = made.sentence.folded(mention.end - 1) + 1
    live = [g for g in made.groups if g.standing is not Standing.VOID]
    after = [g for g in live if g.at >= to]
    before = [g for g in live if g.to <= at]
    if before and _says_which(text, before[-1].to, at, to):
        return before[-1].courses
    if after and _IS.fullmatch(text[to : after[0].at]):
        return after[0].courses
    if after and (
        OBJECT_GAP.match(text[to : after[0].at] + " ") or re.match(r"^\s*[:=-]", text[to:])
    ):
        return after[0].courses
    reach = 14.0 if re.search(r"\bas (?:the |a |his |her )?$", text[:at], re.IGNORECASE) else 6.0
    if before and gap_cost(text[before[-1].to : at]) < reach and not _next_line(text, at):
        return before[-1].courses
    if before and _bracketed_with(text, before[-1], at):
        return before[-1].courses
    if before and not after and _WHICH_WAS.fullmatch(text[before[-1].to : at]):
        return before[-1].courses
    if len(live) == 1 and before and re.match(r"line\b", mention.text, re.IGNORECASE):
        return before[0].courses  # "cabazitaxel, the first cycle on 20 October, line 3"
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


_TREATMENTS = trial(
    r"\b(?:lines?(?: of (?:therapy|treatment))?|treatments?|therap(?:y|ies)|regimens?|systemic|drugs?|agents?|SACT|Rx|Tx|prior|previous)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_MARK = trial(r"(?:^|[\s(;,:])\(?(?P<n>[1-6])[.)]\s*$")


def _numbered_in_line(story: Story) -> None:
    """ "Prior lines: (1) pazopanib 2013, PD (2) everolimus ...": numbers before drugs."""
    by_unit: dict[int, list[tuple[int, Group, str]]] = {}
    for made in story.scenes:
        unit = made.sentence.unit
        for group in made.groups:
            if group.standing is Standing.VOID or not group.courses:
                continue
            lead = story.view.text[max(unit.start, group.start - 14) : group.start]
            lead = re.sub(r"(?:high[- ]dose|HD|adjuvant|the)\s*$", "", lead, flags=re.IGNORECASE)
            if mark := _MARK.search(lead):
                before = story.view.text[unit.start : group.start - len(lead) + mark.start() + 1]
                by_unit.setdefault(unit.index, []).append((int(mark["n"]), group, before))
    for run in by_unit.values():
        numbers = [n for n, _, _ in run]
        single = len(run) == 1 and only_one(run[0][2])
        if (len(run) < 2 and not single) or numbers != list(range(1, len(run) + 1)):
            continue
        if not single and not _TREATMENTS.search(run[0][2]) and run[0][2].strip():
            continue
        for number, group, _ in run:
            for course in group.courses:
                if not course.lines:
                    course.lines[str(number)] = group.span


_COUNTED = trial(
    r"\b(?P<n>two|three|four|2|3|4) (?:previous |prior |systemic |different |separate )*(?:lines?|treatments?|drugs|therapies|agents)\b(?P<gap>[^.;]{0,40}?)[:,(–-]",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_TURN = trial(
    r"\b(?:first|firstly|then|followed by|next|after(?:wards| that)?|second(?:ly)?|third(?:ly)?|subsequently|lastly|finally|initially|->)\b|->|→|>",
    re.IGNORECASE,
)
_ORDINAL_OF = trial(
    r"\b(?:(?:the|his|her|your) )?(?P<n>first|second|third|fourth|fifth)(?: (?:one|drug|agent|treatment|therapy|of (?:these|them|which)))?(?: (?:was|being|were))?\W{1,3}$",
    re.IGNORECASE,
)
_ORDINAL_FOR = trial(
    r"^\W*(?:is|was|has been|being|will be)\W+(?:[\w'’.]+\W+){0,3}?(?P<n>first|second|third|fourth|fifth) (?:systemic |drug |anti-?cancer |kind of |form of |type of )*(?:treatment|drug|agent|therapy|line)\b",
    re.IGNORECASE,
)


def _told_in_order(story: Story) -> None:
    """ "Two lines: sunitinib first, then everolimus"; "axitinib is her third treatment"."""
    turns = _narrated_ordinals(story)
    told = {number for number, _ in turns}
    if len(turns) >= 2 or told & {"2", "3", "4", "5"} or any(_hers(s) for s in story.scenes):
        for number, group in turns:
            for course in group.courses:
                if not course.lines:
                    course.lines[number] = group.span
    for made in story.scenes:
        match = _COUNTED.search(made.sentence.text)
        if match is None:
            continue
        groups = [
            g
            for g in made.groups
            if g.at >= match.end("gap") and g.standing is Standing.REAL and g.courses
        ]
        text = made.sentence.text[match.end("gap") :]
        if len(groups) == _COUNTS[match["n"].lower()] and _TURN.search(text):
            for place, group in enumerate(groups, 1):
                for course in group.courses:
                    if not course.lines:
                        course.lines[str(place)] = group.span


_HER_FIRST = trial(r"\b(?:his|her|your) first (?:drug |treatment |therapy )?was\W+$", re.IGNORECASE)


def _hers(made: Scene) -> bool:
    """ "Her first was interferon"."""
    return any(_HER_FIRST.search(made.sentence.text[: g.at]) for g in made.groups)


def _narrated_ordinals(story: Story) -> list[tuple[str, Group]]:
    found = []
    for made in story.scenes:
        for group in made.groups:
            if group.standing is Standing.VOID or not group.courses:
                continue
            text = made.sentence.text
            match = _ORDINAL_FOR.match(text[group.to : group.to + 80]) or _ORDINAL_OF.search(
                text[max(0, group.at - 40) : group.at]
            )
            if match:
                found.append((_ORDINALS[match["n"].lower()], group))
    return found


def _bracketed_with(text: str, group: Group, at: int) -> bool:
    """ "Axitinib 5 mg bd from 1/13 (third line; ...": the bracket speaks of the drug before it."""
    return _bracket(text[group.to : at])


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


_FIRST_OF_LIST = trial(r"^[^.\n]{3,40}?[:\s]\s*1[.)]\s+(?=\w)")
_BEFORE_DRUG = trial(r"^\W*(?:\d[.)]?|[a-z][.)])?\W*(?:high[- ]dose\s|HD\s)?$", re.IGNORECASE)


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
