"""Scores of a letter, put together: one present, others past, copied or another's left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.fields import cells, death
from extract.fields.performance import layouts
from extract.fields.performance.roles import Judge, Role, window
from extract.fields.performance.values import (
    Score,
    cues,
    more,
    predicates,
    said,
    scales,
    scores,
    walk,
)
from extract.fields.view import Draft, View
from extract.language.reading import Sentence, UnitKind
from extract.records import Assertion, Field, Reason


@dataclass(frozen=True, slots=True)
class Found:
    """A score of the patient's with its role and its characters in the letter."""

    score: Score
    role: Role
    start: int
    end: int
    reasons: tuple[Reason, ...] = ()


def find(view: View) -> Iterator[Draft]:
    """The letter's performance status rows."""
    judge = Judge(view)
    found = list(_collect(view, judge))
    if not found:
        return
    dead = any(True for _ in death.find(view))
    for scale in ("ecog", "karnofsky"):
        held = [f for f in found if f.score.scale == scale]
        yield from _drafts(view, scale, *_settle(held, judge, dead))


def _collect(view: View, judge: Judge) -> Iterator[Found]:
    reach = -1  # index of the last sentence that may go on about a score
    given = False
    for sentence in view.sentences:
        kept: list[Found] = []
        if not scales(sentence):
            held = said(sentence)
            held = held or (more(sentence.text) if sentence.index <= reach else [])
            held = held or (predicates(sentence.text) if given else [])
            kept = list(_sentence(judge, sentence, held))
        elif not judge.postscript(sentence):
            kept = list(_named(view, judge, sentence))
        if kept:
            reach, given = sentence.index + 2, True
        yield from kept


def _named(view: View, judge: Judge, sentence: Sentence) -> Iterator[Found]:
    """The scores of a sentence that names a scale."""
    row = cells.whole(view, sentence)
    in_row = sentence.unit.kind is UnitKind.ROW
    held = [] if in_row and row is sentence else scores(sentence)
    if held:
        yield from _sentence(judge, sentence, held)
    elif in_row and (told := list(_row(view, judge, row))):
        yield from told
    else:
        yield from _below(view, judge, sentence)


def _sentence(judge: Judge, sentence: Sentence, held: list[Score]) -> Iterator[Found]:
    for score, left, right in walk(sentence, held):
        words = window(sentence, score, left, right)
        if not judge.asserted(sentence, score, words):
            continue
        reasons = _reasons(score)
        if cues()["good_day"].match(sentence.text[score.end :]):
            if len(held) > 1:
                continue
            reasons += (Reason.QUALIFIED,)
        role = judge.role(sentence, score, words)
        following = sentence.text[score.end : right + 1]
        if re.match(r"\s*(?:->|\u2192)", following) and len(held) > 1:
            role = Role.PAST
        where = sentence.raw(score.start, score.end)
        yield Found(score, role, *where, reasons)
        if cues()["same_as"].match(sentence.text[score.end :]):
            yield Found(score, Role.PAST, *where, reasons)


def _row(view: View, judge: Judge, sentence: Sentence) -> Iterator[Found]:
    for cell in layouts.row(view, sentence):
        if not judge.asserted(sentence, cell.score, cell.window):
            continue
        role = cell.role
        if role is None:
            role = judge.role(sentence, cell.score, cell.window)
        where = sentence.raw(cell.score.start, cell.score.end)
        yield Found(cell.score, role, *where, _reasons(cell.score))


def _below(view: View, judge: Judge, sentence: Sentence) -> Iterator[Found]:
    if told := layouts.below(view, sentence):
        yield from _sentence(judge, *told)
    elif numbered := layouts.marker(view, sentence):
        score, where = numbered
        words = window(sentence, score, 0, len(sentence.text))
        if judge.asserted(sentence, score, words):
            yield Found(score, judge.role(sentence, score, words), *where)


def _reasons(score: Score) -> tuple[Reason, ...]:
    reasons: tuple[Reason, ...] = ()
    if score.ocr:
        reasons += (Reason.OCR,)
    if score.split:
        reasons += (Reason.QUALIFIED,)
    if score.rule in ("percent_scale", "said"):
        reasons += (Reason.INFERRED,)
    return reasons


def _drafts(view: View, scale: str, now: list[Found], past: list[Found]) -> Iterator[Draft]:
    if scale == "ecog":
        yield from (_draft(view, Field.ECOG, item) for item in now)
        yield from (_draft(view, Field.ECOG_PAST, item) for item in past)
    else:  # the contract has no past Karnofsky: where it is all there is, it is the fact
        told = [item for item in past if not _copied(view, item)]
        yield from (_draft(view, Field.KARNOFSKY, item) for item in now or told)


def _copied(view: View, item: Found) -> bool:
    """Whether a score stands in text copied from an older letter."""
    return any(unit.copied for unit in view.reading.units if unit.start <= item.start < unit.end)


def _settle(held: list[Found], judge: Judge, dead: bool) -> tuple[list[Found], list[Found]]:
    """Present and past scores: a hint of the past counts where the present is known."""
    spare = [
        replace(f, reasons=(*f.reasons, Reason.QUALIFIED)) for f in held if f.role is Role.SPARE
    ]
    held = [f for f in held if f.role is not Role.SPARE] or spare
    if dead:
        return [], held
    by_role = {role: [f for f in held if f.role is role] for role in Role}
    now, weak, once = by_role[Role.NOW], by_role[Role.WEAK_NOW], by_role[Role.WEAK_PAST]
    past = by_role[Role.PAST]
    left = by_role[Role.LEFT]
    goes_on = not judge.discharge and any(f.start > g.end for f in weak for g in left)
    if now or goes_on:  # said of today, which comes after the ward was left
        past, weak, once = _before_now(judge, now, past + left, weak, once)
    else:
        now = left
    undated = judge.view.context.anchor is None
    if now and (judge.discharge or undated):
        # What comes before the state at discharge, or at a story's end, is of the past.
        first = min(f.start for f in now)
        once = once + [f for f in weak if f.start < first]
        weak = [f for f in weak if f.start >= first]
    elif undated and weak + once:
        # A report without a date tells a story: its last word is the latest.
        told = sorted(weak + once, key=lambda f: f.start)
        weak, once = [f for f in told if f.score.value == told[-1].score.value], told
    present = now + weak
    if not present:
        return once + by_role[Role.SPARE], past
    values = {f.score.value for f in present}
    return present, past + [f for f in once if f.score.value not in values]


def _before_now(
    judge: Judge, now: list[Found], past: list[Found], weak: list[Found], once: list[Found]
) -> tuple[list[Found], list[Found], list[Found]]:
    """Past and weak scores beside one of today: those of a story's earlier date are past."""
    values = {f.score.value for f in now}
    past = [f for f in past if f.role is not Role.LEFT or f.score.value not in values]
    early = [f for f in weak if f.score.value not in values and judge.dated_early(f.start)]
    return past, [f for f in weak if f not in early], once + early


def _draft(view: View, field: Field, item: Found) -> Draft:
    gone = Assertion.PAST if field is Field.ECOG_PAST else Assertion.PRESENT
    return view.draft(
        field,
        item.score.value,
        (item.start, item.end),
        item.score.rule,
        reasons=item.reasons,
        assertion=gone,
    )
