"""How many doses of interleukin-2 a sentence says were given.

A number is a count of doses because of the noun behind it ("eleven doses"), the words
before it ("Doses administered 11", "managed 9"), what it is out of ("11/14"), or the
count it is joined to ("12+9 doses"). Dose numbers, planned doses and omitted ones are
none. Numbers inside dates, lengths of time and other measures are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from extract.fields.cues import Cues
from extract.language.trying import trial
from extract.values.cardinals import word_value
from extract.values.datewords import ordinal_value

#: Most doses that one cycle, and one patient, can have had.
MOST_IN_CYCLE = 16
_MOST_EVER = 70
#: Doses planned for a cycle: what "11 of 14" can be out of.
_PLANNED = range(8, 17)
_DOZEN = 12
_SLIPS = str.maketrans("loi|", "1011")

#: "3L" is a volume; a scanner's "l2" has its slip in small letters or first.
_LITRES = trial(r"\d+L")
#: "Seven given (7/14)": the same count, said again.
_AGAIN = trial(r"[^.;,()\d]{0,16}\($")
_ABOUT_DOSES = trial(r"\b(?:dos(?:es?|ing)|total|given|received|managed|got|had)\b", re.IGNORECASE)
_DOSES_OF = trial(r"[(;,]\s?doses\s$", re.IGNORECASE)
_NOT_GIVEN = trial(r"\b(?:omit|held|miss|not given|skip|left out|withheld)", re.IGNORECASE)
_NUMBERS = trial(
    r"(?<![\d/.])(?P<run>\d{1,2}(?:\s?(?:,|and|&|-)\s?\d{1,2}){1,5})(?![\d/.])"
    r"(?P<fate>\s(?:given|held|omitted|not given)\b)?",
    re.IGNORECASE,
)
_AND_ANOTHER = trial(r"\s?(?:and|&|\+|,)\s?\d{1,2}\W*(?:$|[).;])")


class Sure(IntEnum):
    """How plainly a number is a count of doses."""

    NONE = 0  # any number
    WEAK = 1  # only beside another count or a cycle: "and nine in the second"
    VERB = 2  # "managed 9"
    NOUN = 3  # "eleven doses", "11 of 14"


@dataclass(frozen=True, slots=True)
class Count:
    """A number of doses given at ``start:end`` of a sentence's folded text.

    ``total`` marks a sum over cycles; ``stopped`` one read from "stopped after dose 10";
    ``chained`` one joined to the count before it; ``unplaced`` one of which no cycle is
    said; ``out_of`` is the number planned, 0 without one.
    """

    start: int
    end: int
    value: int
    sure: Sure
    out_of: int = 0
    total: bool = False
    stopped: bool = False
    chained: bool = False
    unplaced: bool = False


def find_counts(
    text: str, cues: Cues, taken: Iterable[tuple[int, int]] = (), *, told: bool = False
) -> list[Count]:
    """The counts of doses given in a sentence's folded text, in order.

    Args:
        text: the sentence.
        cues: those of ``patterns/il2.yaml``.
        taken: spans that are dates, durations and the like.
        told: the sentence stands where "11/14" can only be doses.
    """
    spans = sorted([*taken, *_numbered(text)])
    told = told or bool(cues["doses_word"].search(text))
    raw = [
        (match, _judge(text, match, cues, told, spans))
        for match in cues["count"].finditer(text)
        if not any(a < match.end("n") and match.start("n") < b for a, b in spans)
    ]
    return sorted(
        [*_keep(text, _chain(text, raw, cues), cues), *_stopped(text, cues)],
        key=lambda count: count.start,
    )


def _numbered(text: str) -> Iterable[tuple[int, int]]:
    """Numbers of doses, not counts of them: "3, 4, 5 given", "6, 7 given; 8 held"."""
    for match in _NUMBERS.finditer(text):
        held = [int(number) for number in re.findall(r"\d+", match["run"])]
        if all(b - a == 1 for a, b in pairwise(held)) and (len(held) > 2 or match["fate"]):
            yield match.span()


def _stopped(text: str, cues: Cues) -> Iterable[Count]:
    """Counts read from "stopped after the sixth dose", right if none before was left out."""
    for match in cues["stopped_ordinal"].finditer(text):
        value = int(match["n"]) if match["n"].isdigit() else ordinal_value(match["n"].lower())
        if 0 < value <= MOST_IN_CYCLE:
            yield Count(match.start("n"), match.end(), value, Sure.VERB, stopped=True)


@dataclass(slots=True)
class _Number:
    count: Count
    noun: bool
    excluded: bool


def _judge(
    text: str, match: re.Match[str], cues: Cues, told: bool, taken: Iterable[tuple[int, int]]
) -> _Number | None:
    value = number(match["n"])
    if value is None or not 0 < value <= _MOST_EVER:
        return None
    out_of, end = _out_of(match, value, taken)
    noun = bool(match["noun"]) and end >= match.end("noun")
    before, after = text[: match.start()], text[end:]
    if out_of and not noun:
        likely = value >= 4 and out_of >= 12 and (told or value > MOST_IN_CYCLE)
        out_of = out_of if likely and not cues["score"].search(before) else 0
    if out_of > MOST_IN_CYCLE and not noun:  # "7/21" is more often a day
        near = text[max(0, match.start() - 40) : end + 20]
        out_of = out_of if _ABOUT_DOSES.search(near) else 0
    excluded = bool(cues["planned_before"].search(before))
    excluded = excluded or _measured(after, noun, bool(out_of), cues)
    given = bool(cues["told_given"].match(after))
    excluded = excluded or (not (noun or out_of or given) and _left_out(before, cues))
    headed = not excluded and (bool(cues["count_head"].search(before)) or _of_both(before, after))
    stopped = bool(cues["count_stopped"].search(before))
    if not headed and not stopped and cues["not_count_before"].search(before):
        excluded = True
    if noun and not out_of and cues["planned_noun"].search(match["noun"]):
        excluded = True
    if noun and value == 1 and not out_of and not cues["only_one"].search(text):
        excluded = True
    total = bool(cues["total_before"].search(before)) or bool(cues["total_after"].match(after))
    if total and out_of in _PLANNED:
        total = False  # "Total given: 10 / 14" is one cycle's
    sure = _sureness(before, after, value, noun or headed or bool(out_of) or total, cues)
    if given and sure is Sure.WEAK and told:
        sure = Sure.VERB  # "3 omitted, 11 given"
    total = total or max(value, out_of) > MOST_IN_CYCLE
    if stopped and not noun:
        sure = max(sure, Sure.VERB)
    made = Count(match.start(), end, value, sure, out_of, total, stopped and not noun)
    return _Number(made, noun or bool(out_of) or headed, excluded)


def _of_both(before: str, after: str) -> bool:
    """Whether it is the first of two cycles' doses: "7 June - 25 June; doses 12 and 10"."""
    if not _DOSES_OF.search(before) or _NOT_GIVEN.search(before[-40:] + after[:60]):
        return False
    return bool(_AND_ANOTHER.match(after))


def _out_of(match: re.Match[str], value: int, taken: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """What the number is out of, if that makes sense, and where the count ends."""
    for name, end in (("t2", "of2"), ("t", "of")):
        if not match[name]:
            continue
        if any(a < match.end(name) and match.start(name) < b for a, b in taken):
            continue  # "9 from 18 June"
        planned = number(match[name]) or 0
        if value <= planned and (planned in _PLANNED or planned in range(17, _MOST_EVER)):
            return planned, match.end()
        if name == "t":
            return 0, match.end("n")
        return 0, match.start(end)
    return 0, match.end("noun") if match["noun"] else match.end("n")


def _measured(after: str, noun: bool, of: bool, cues: Cues) -> bool:
    """Whether what follows makes it doses missed, planned, or something else altogether."""
    match = cues["not_count_after"].match(after)
    if match:
        # "11 doses (omitted: 6, 8 and 12)": what was left out comes after.
        apart = (noun or of) and re.search(r"[(,]", match.group())
        return not apart or bool(cues["planned_after"].search(match.group()))
    if not noun and cues["unit_after"].match(after):
        return True
    return noun and bool(cues["of_other"].match(after))


def _left_out(before: str, cues: Cues) -> bool:
    """Whether a bare number stands in a list of the doses that were left out."""
    ends = [match.end() for match in cues["left_out"].finditer(before)]
    if not ends:
        return False
    between = before[ends[-1] :]
    return ")" not in between and not cues["doses_word"].search(between)


def _sureness(before: str, after: str, value: int, plain: bool, cues: Cues) -> Sure:
    follows = bool(cues["weak_after"].match(after))
    if plain or (follows and value >= 10 and cues["count_all"].search(before)):
        return Sure.NOUN
    if value >= 4 and follows and cues["count_verb"].search(before):
        return Sure.VERB
    if value >= 2 and follows and cues["weak_before"].search(before):
        return Sure.WEAK
    return Sure.NONE


def _chain(text: str, raw: list[tuple[re.Match[str], _Number | None]], cues: Cues) -> list[_Number]:
    """Numbers joined by "and" or "+" share their noun, and their being no count."""
    numbers = [number for _, number in raw if number is not None]
    for left, right in pairwise(numbers):
        between = text[left.count.end : right.count.start]
        if not cues["count_join"].match(between):
            continue
        right.count = replace(right.count, chained=True)
        told = cues["told_given"].match(text, right.count.end)
        if left.excluded and not left.noun and not right.noun and not told:
            right.excluded = True
    for right, left in pairwise(numbers[::-1]):
        if right.count.chained:
            _shared_back(text, left, right, cues)
    for left, right in pairwise(numbers):
        if right.count.chained:
            _shared_on(text, left, right, cues)
    return numbers


def _shared_back(text: str, left: _Number, right: _Number, cues: Cues) -> None:
    """What a number takes from the one that it is joined to, behind it."""
    if right.excluded and not right.noun and not left.noun and left.count.sure is Sure.NONE:
        left.excluded = True
    if right.excluded or left.excluded:
        return
    if right.count.sure == Sure.NOUN:
        _raise(left)
    elif right.count.sure and cues["weak_before"].search(text[: left.count.start]):
        _raise(left, right.count.sure)  # "(ten and then five, ...)"


def _shared_on(text: str, left: _Number, right: _Number, cues: Cues) -> None:
    """What a number takes from the one before it."""
    told = cues["told_given"].match(text, right.count.end)
    if told and left.noun and left.count.value >= right.count.value:
        left.excluded = not left.count.out_of  # "14 doses, 11 given"
    if left.excluded or left.count.sure != Sure.NOUN:
        return
    if right.count.sure is not Sure.NONE or not left.count.total:
        _raise(right, Sure.VERB)


def _raise(number: _Number, to: Sure = Sure.NOUN) -> None:
    if number.count.sure < to:
        number.count = replace(number.count, sure=to)


def _told_once(text: str, counts: list[Count]) -> list[Count]:
    """The counts without those that a bracket repeats; what they are out of is kept."""
    kept: list[Count] = []
    for count in counts:
        last = kept[-1] if kept else None
        if last and last.value == count.value and _AGAIN.fullmatch(text[last.end : count.start]):
            kept[-1] = replace(last, out_of=last.out_of or count.out_of)
        else:
            kept.append(count)
    return kept


def _keep(text: str, numbers: list[_Number], cues: Cues) -> list[Count]:
    counts = _told_once(text, [n.count for n in numbers if not n.excluded and n.count.sure])
    plain = any(count.sure > Sure.WEAK for count in counts)
    summed = any(c.chained for c in counts) and cues["sum_context"].search(text)
    if plain or summed:
        return [replace(c, sure=max(c.sure, Sure.VERB)) for c in counts]
    return counts


def with_sums(counts: list[Count]) -> list[Count]:
    """The same counts; the first or last of three or more that is the others' sum is a total.

    Several that are joined ("11 and 10 doses in the two cycles") are none.
    """
    made = [
        replace(count, total=False) if _one_of_several(counts, place) else count
        for place, count in enumerate(counts)
    ]
    if len(made) > 2 and not any(count.total for count in made):
        for place in (0, -1):
            if 2 * made[place].value == sum(count.value for count in made):
                made[place] = replace(made[place], total=True)
                break
    return made


def _one_of_several(counts: list[Count], place: int) -> bool:
    count = counts[place]
    if not count.total or max(count.value, count.out_of) > MOST_IN_CYCLE:
        return False
    if count.chained and place and counts[place - 1].value <= MOST_IN_CYCLE:
        return True
    after = counts[place + 1] if place + 1 < len(counts) else None
    return after is not None and after.chained and after.value <= MOST_IN_CYCLE


def number(words: str) -> int | None:
    """A number in digits, in words, or in digits through a scanner ("l2")."""
    low = words.lower()
    value = _DOZEN if low == "dozen" else word_value(low)
    if value is not None:
        return value
    if _LITRES.fullmatch(words):
        return None
    plain = low.translate(_SLIPS)
    return int(plain) if plain.isdigit() else None
