"""Courses become facts of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extract.fields import il2
from extract.fields.subject import Others
from extract.fields.therapy import interleukin, interleukinend
from extract.fields.therapy.ending import tie_reasons
from extract.fields.therapy.groups import names_drug
from extract.fields.therapy.lines import tie_lines
from extract.fields.therapy.model import Course, Dated, Outcome, Standing
from extract.fields.therapy.ongoing import go_on
from extract.fields.therapy.responses import tie_responses
from extract.fields.therapy.stillon import still_on
from extract.fields.therapy.story import Story, tell
from extract.fields.view import Draft, View
from extract.language.trying import trial
from extract.records import Field
from extract.values.dates import EdtfDate


def may_tell(view: View) -> bool:
    """Whether the letter names a drug, or may mean interleukin-2."""
    return names_drug(view) or il2.may_be_meant(view)


def find(view: View) -> Iterator[Draft]:
    """Therapy, its dates, ends and lines, and the responses tied to it."""
    others = Others.of(view.reading)
    story = tell(view, others)
    interleukin.given(view, story)
    interleukin.came_in(view, story)
    interleukin.plan(view, story)
    loose = tie_responses(story, others)
    tie_reasons(story, others)
    interleukinend.finish(view, story)
    go_on(story)
    still_on(story)
    tie_lines(story)
    given = any(
        c.agent == "aldesleukin" and c.standing is Standing.REAL and _shown(c, view.context.anchor)
        for c in story.courses
    )
    for course in story.courses:
        if given and course.agent == "aldesleukin" and course.standing is Standing.PLANNED:
            continue  # more of what was begun: the course is current
        if course.standing is Standing.VOID or not _shown(course, view.context.anchor):
            continue  # named, but nothing says that it was had
        yield from _course(view, story, course)
    for outcome in loose:
        yield from _outcome(view, "", outcome)


def _shown(course: Course, anchor: EdtfDate | None) -> bool:
    """Whether anything shows that the drug was had: words beside it, a date, an outcome."""
    if course.standing is not Standing.REAL or course.firm or course.current or course.stopped:
        return True
    told = [d for d in (*course.starts, *course.ends) if d.rank == 0 or d.date != anchor]
    return bool(told or course.outcomes or course.reasons)


def _course(view: View, story: Story, course: Course) -> Iterator[Draft]:
    status = _status(view, story, course)
    yield view.draft(Field.THERAPY, status, course.span, "therapy", item=course.item)
    start = _best(course.starts, course.agent)
    if start is not None:
        yield _dated(view, Field.THERAPY_START, course, start)
    if course.standing is Standing.PLANNED:
        for number, span in course.lines.items():
            yield view.draft(Field.THERAPY_LINE, number, span, "therapy.line", item=course.item)
        return
    end = _last(course) if course.agent == "aldesleukin" else _best(course.ends)
    if end is not None and status == "given":
        yield _dated(view, Field.THERAPY_END, course, end)
    if status == "given":
        for reason, span in course.reasons.items():
            doubt = (course.doubts[reason],) if reason in course.doubts else ()
            yield view.draft(
                Field.THERAPY_END_REASON,
                reason,
                span,
                "therapy.end_reason",
                item=course.item,
                reasons=doubt,
            )
    for number, span in course.lines.items():
        yield view.draft(Field.THERAPY_LINE, number, span, "therapy.line", item=course.item)
    for outcome in course.outcomes:
        yield from _outcome(view, course.item, outcome)


def _status(view: View, story: Story, course: Course) -> str:
    if course.standing is Standing.PLANNED:
        return "planned"
    if course.agent == "aldesleukin" and interleukinend.goes_on(view, story, course):
        return "current"
    if course.current and not course.over:
        return "current"
    return "current" if _still_on(view, story, course) else "given"


def _still_on(view: View, story: Story, course: Course) -> bool:
    """In a dated letter the last drug, begun and not ended, is still being taken."""
    if course.over or course.agent == "aldesleukin":
        return False
    if view.context.anchor is None:
        return _begun_lately(view, course)
    if any(o.value == "PD" for o in course.outcomes) or course.reasons or _had_then(view, course):
        return False
    real = [c for c in story.courses if c.standing is Standing.REAL]
    if not course.starts:
        return course.begun and _last_of_all(view, story, course, real)
    begun = max(s.date.earliest for s in course.starts)
    if any(c.agent == "aldesleukin" and not _before(c, begun) for c in real):
        return False
    later = [
        c
        for c in real
        if c.starts and c is not course and max(s.date.earliest for s in c.starts) > begun
    ]
    return not later and (view.context.anchor.earliest - begun).days < 1500


_LATELY = re.compile(
    r"\b(?:re-?)?(?:started|commenced|began|put (?:him|her) (?:back )?on)\b[^.;]{0,60}\b(?:(?:\w+ )?(?:days?|weeks?) ago|today|yesterday|this morning|last (?:week|night))\b",
    re.IGNORECASE,
)


def _begun_lately(view: View, course: Course) -> bool:
    """In a letter without a date: "we restarted pazopanib five days ago"."""
    sentence = view.sentences[course.unit]
    match = _LATELY.search(sentence.text)
    return match is not None and match.start() <= sentence.folded(course.span[0]) < match.end()


#: "She had docetaxel in 2011": not "since 2011".
_HAD = trial(r"\b(?:had|took|received|underwent|has had)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_IN_YEAR = trial(
    r"^\W*(?:\w+\W+){0,3}?(?:in|during|back in)\s+(?:\w+\s+)?(?P<year>(?:19|20)\d\d)\b(?!\s*(?:and (?:continues|remains|is)|to date|onwards))",
    re.IGNORECASE,
)

#: "nephrectomy, sunitinib 2009": a year that is said and no more.
_YEAR = re.compile(r"\W{1,2}(?P<year>(?:19|20)\d\d)(?=\s*(?:[,;).]|$))")


def _had_then(view: View, course: Course) -> bool:
    """Told of as had in a year that is not the letter's."""
    sentence = view.sentences[course.unit]
    at, to = sentence.folded(course.span[0]), sentence.folded(course.span[1] - 1) + 1
    bare = _YEAR.match(sentence.text[to:])
    match = bare or _IN_YEAR.match(sentence.text[to:])
    anchor = view.context.anchor
    earlier = match is not None and anchor is not None and int(match["year"]) < anchor.earliest.year
    return earlier and (bare is not None or bool(_HAD.search(sentence.text[:at])))


def _before(course: Course, day: date) -> bool:
    """Whether a course was begun before a day, by the dates the letter gives."""
    return bool(course.starts) and max(s.date.latest for s in course.starts) < day


_OFF_ALL = trial(
    r"\b(?:no (?:current |further |active )?(?:treatment|therapy)|off (?:all )?(?:treatment|therapy)|surveillance|under observation|died|passed away|deceased|death|R\.?I\.?P|hospice|best supportive)\b",
    re.IGNORECASE,
)


def _last_of_all(view: View, story: Story, course: Course, real: list[Course]) -> bool:
    """Whether a drug begun on no known day is the last the letter tells of, and not over."""
    if any(c.agent == "aldesleukin" for c in real) or _OFF_ALL.search(view.text):
        return False
    if any(c.standing is Standing.PLANNED and c is not course for c in story.courses):
        return False
    return all(c.order <= course.order or c.span == course.span for c in real)


def _best(dates: list[Dated], agent: str = "") -> Dated | None:
    """What a verb says before what stands beside; the first said, or one that refines it.

    Of interleukin-2's cycles the first counts.
    """
    if not dates:
        return None
    rank = min(d.rank for d in dates)
    ranked = [d for d in dates if d.rank == rank]
    if agent == "aldesleukin":
        return min(
            ranked, key=lambda d: (len(d.reasons), -len(str(d.date).rstrip("~")), d.date.earliest)
        )
    sure = [d for d in ranked if not d.reasons] or ranked
    first = sure[0]
    if str(first.date).endswith("~"):  # "a fortnight ago, on 28 September"
        plain = [d for d in sure if not str(d.date).endswith("~") and near(first.date, d.date)]
        first = plain[0] if plain else first
    for other in dates:
        if other.date.refines(first.date) and len(str(other.date)) > len(str(first.date)):
            return other
    return first


def near(guess: EdtfDate, plain: EdtfDate) -> bool:
    """Whether a plain date may be what a worked-out one means."""
    return abs((plain.earliest - guess.earliest).days) <= 16 and len(str(plain)) >= 10


def _last(course: Course) -> Dated | None:
    """Interleukin-2 ends with its last cycle's last dose."""
    return max(course.ends, key=lambda d: (not d.reasons, d.date.latest), default=None)


def _dated(view: View, field: Field, course: Course, dated: Dated) -> Draft:
    return view.draft(
        field,
        str(dated.date),
        dated.span,
        field.value.replace("_", "."),
        item=course.item,
        reasons=dated.reasons,
        date=dated.date,
    )


def _outcome(view: View, item: str, outcome: Outcome) -> Iterator[Draft]:
    yield view.draft(
        Field.RESPONSE, outcome.value, outcome.span, "response", item=item, reasons=outcome.reasons
    )
    if outcome.date is not None and outcome.date_span is not None:
        yield view.draft(
            Field.RESPONSE_DATE,
            f"{outcome.value}={outcome.date}",
            outcome.date_span,
            "response.date",
            item=item,
            reasons=outcome.reasons,
            date=outcome.date,
        )
