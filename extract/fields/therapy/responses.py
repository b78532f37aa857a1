"""Which drug did it, and when was it seen: tying RECIST statuses to courses and dates."""

from __future__ import annotations

import re

from extract.fields.subject import Others
from extract.fields.therapy.claims import stated
from extract.fields.therapy.events import Role, Scene, When, gap_cost
from extract.fields.therapy.model import Course, Group, Outcome, Standing
from extract.fields.therapy.story import _OBJECT_GAP, Story
from extract.fields.view import View
from extract.language.reading import Mention, UnitKind
from extract.records import Reason
from extract.values.dates import EdtfDate

_LINK = re.compile(
    r"^\W*(?:by RECIST\W*(?:1\.[01])?|[(\[][^)\]]{0,30}[)\]]|achieved|obtained|seen|documented|noted|reported|again|both|initially|\w+ly)?\W*"
    r"(?:to|on|with|after|under|following|during|through|despite|from|while on|whilst on|while taking|in spite of|post|of|since)\b",
    re.IGNORECASE,
)
_SHOWED = re.compile(r"^\W*(?:this|these|it|they|which|there|the (?:scan|report|ct|radiologist|result)|we (?:saw|have)|our radiologist|he has|she has|unfortunately|happily|sadly|overall|impression|conclusion|comparison|compared)\b", re.IGNORECASE)


def tie_responses(story: Story, others: Others) -> list[Outcome]:
    """Put each stated response on its courses; returns those tied to no drug."""
    loose: list[tuple[Scene, Outcome]] = []
    before: Scene | None = None
    for made in story.scenes:
        for mention in made.sentence.of("RESP"):
            if not stated(made.sentence, mention, others) or _overruled(made, mention):
                continue
            courses, reasons = _courses(story, made, mention)
            dates = _dates(story.view, made, mention, before)
            if dates and not _linked(made, mention):
                courses, reasons = _by_time(story, made, courses, reasons, dates[0][0])
            found = _outcomes(mention, dates, reasons)
            if courses:
                for course in courses:
                    course.outcomes += found
            else:
                loose += [(made, outcome) for outcome in found]
        before = made
    return [outcome for made, outcome in loose if not _claimed(story, outcome)]


def _claimed(story: Story, outcome: Outcome) -> bool:
    """A response said before any drug is named belongs to the drug of its time, or the only one."""
    real = [c for c in story.courses if c.standing is Standing.REAL]
    if not real:
        return False
    chosen = _at_time(real, outcome.date) if outcome.date is not None else []
    if not chosen:
        first = min(c.order for c in real)
        together = [c for c in real if c.unit == next(r.unit for r in real if r.order == first)]
        chosen = together if len(together) == len(real) else []
    if not chosen:
        return False
    placed = Outcome(
        outcome.value, outcome.span, outcome.date, outcome.date_span, (*outcome.reasons, Reason.DISTANT)
    )
    for course in chosen:
        course.outcomes.append(placed)
    return True


def _at_time(courses: list[Course], date: EdtfDate) -> list[Course]:
    """The courses begun last on or before ``date``."""
    begun = [(min(s.date.earliest for s in c.starts), c) for c in courses if c.starts]
    fits = [pair for pair in begun if pair[0] <= date.latest]
    latest = max((day for day, _ in fits), default=None)
    return [c for day, c in fits if day == latest]


def _overruled(made: Scene, mention: Mention) -> bool:
    """A lookalike the rule alone cannot tell: PD beside Parkinson's, relapse of something else."""
    text = made.sentence.text
    at = made.sentence.folded(mention.start)
    around = text[max(0, at - 40) : at + 50]
    if mention.text.isupper() and len(mention.text) <= 3:
        if re.search(r"parkinson|dialysis|peritoneal|creat|eGFR|umol|mmol|pulse|bpm|rectal|prostate|her2|\bER\b|T-score|DEXA|audiogram|implant|PSA\b|dermosc|probing|tablets? \d|panic|mitral", around, re.IGNORECASE):
            return True
    return False


def _outcomes(
    mention: Mention, dates: list[tuple[EdtfDate, When]], reasons: tuple[Reason, ...]
) -> list[Outcome]:
    span = (mention.start, mention.end)
    value = mention.value()
    if not dates:
        return [Outcome(value, span, None, None, reasons)]
    return [
        Outcome(value, span, date, (when.raw.start, when.raw.end), reasons) for date, when in dates
    ]


def _linked(made: Scene, mention: Mention) -> Group | None:
    text = made.sentence.text
    to = made.sentence.folded(mention.end - 1) + 1
    tail = mention.text.lower()
    for group in made.groups:
        if group.at < to:
            continue
        gap = text[to : group.at]
        if _LINK.match(gap) or tail.endswith((" to", " on")):
            return group if _OBJECT_GAP.match(_LINK.sub("", gap) + " ") else None
        return None
    return None


def _courses(story: Story, made: Scene, mention: Mention) -> tuple[list[Course], tuple[Reason, ...]]:
    linked = _linked(made, mention)
    if linked is not None:
        return (linked.courses if linked.standing is Standing.REAL else []), ()
    sentence = made.sentence
    text = sentence.text
    at = sentence.folded(mention.start)
    to = sentence.folded(mention.end - 1) + 1
    real = [g for g in made.groups if g.standing is Standing.REAL and g.courses]
    before = [g for g in real if g.to <= at]
    after = [g for g in real if g.at >= to]
    if before and gap_cost(text[before[-1].to : at]) < 24:
        return _several(before, text, at), ()
    focus = story.focus_at.get(sentence.index, [])
    if after and not focus and gap_cost(text[to : after[0].at]) < 5 and not _starts_next(made, to, after[0]):
        return after[0].courses, ()
    if focus:
        return focus, _distance(story, made, focus)
    if sentence.unit.kind is UnitKind.PROSE and after and not _starts_next(made, to, after[0]):
        return after[0].courses, (Reason.DISTANT,)
    return [], ()


def _several(before: list[Group], text: str, at: int) -> list[Course]:
    """ "Sunitinib and then everolimus, with progression on both" is about both."""
    if len(before) > 1 and re.match(r"\W*(?:on|through|despite) (?:both|each|all)\b", text[at:][20:60]):
        return [c for g in before for c in g.courses]
    return before[-1].courses


def _starts_next(made: Scene, to: int, group: Group) -> bool:
    """Whether the drug after the response is what was begun next ("PD, so axitinib was started")."""
    gap = made.sentence.text[to : group.at]
    tail = made.sentence.text[group.to : group.to + 40]
    return bool(
        re.search(r"switch|chang|start|commenc|began|begun|then|next|moved|went on|so\b|->|→|follow", gap, re.IGNORECASE)
        or re.match(r"\W*(?:was|were) (?:then )?(?:start|commenc|begun|given|initiat|introduc)", tail, re.IGNORECASE)
    )


def _distance(story: Story, made: Scene, focus: list[Course]) -> tuple[Reason, ...]:
    """Far from the drug it is tied to: another paragraph, or several sentences on."""
    origin = max(c.unit for c in focus)
    here = made.sentence
    there = story.view.sentences[origin]
    if here.unit.index != there.unit.index and here.index - origin > 3:
        return (Reason.DISTANT,)
    return ()


def _dates(
    view: View, made: Scene, mention: Mention, before: Scene | None
) -> list[tuple[EdtfDate, When]]:
    at = made.sentence.folded(mention.start)
    to = made.sentence.folded(mention.end - 1) + 1
    mine = [w for w in made.whens if _is_assessment(w) and _nearest_response(made, w) is mention]
    hung = [w for w in mine if w.head is not None and w.head.mention is mention]
    chosen = hung or [w for w in mine if _gap(made, w, at, to) < 16]
    if not chosen and not made.whens and before is not None and _follows(made, before):
        chosen = [w for w in before.whens if w.head and w.head.role is Role.ASSESS and w.head.mention is None]
        chosen = chosen[-1:]
    chosen = _drop_apposed(made, chosen)
    resolved = [(date, w) for w in chosen if (date := view.resolve(w.raw)) is not None]
    return resolved


def _drop_apposed(made: Scene, whens: list[When]) -> list[When]:
    """ "Last week's scan (20 April)" is one date, the exact one."""
    exact = [w for w in whens if w.raw.kind not in ("offset", "weekday", "today")]
    return exact if exact and len(whens) > 1 else whens


def _is_assessment(when: When) -> bool:
    return when.head is not None and when.head.role is Role.ASSESS and when.until is None


def _gap(made: Scene, when: When, at: int, to: int) -> float:
    text = made.sentence.text
    return gap_cost(text[when.to : at]) if when.to <= at else gap_cost(text[to : when.at])


def _nearest_response(made: Scene, when: When) -> Mention | None:
    """The response a scan date belongs to: its head, else the nearest in the sentence."""
    if when.head is not None and when.head.mention is not None:
        return when.head.mention
    best, least = None, 1e9
    for mention in made.sentence.of("RESP"):
        at = made.sentence.folded(mention.start)
        to = made.sentence.folded(mention.end - 1) + 1
        cost = _gap(made, when, at, to) + (0 if at >= when.to else 1.5)
        if cost < least:
            best, least = mention, cost
    return best


def _follows(made: Scene, before: Scene) -> bool:
    same = made.sentence.unit.index == before.sentence.unit.index
    near = made.sentence.index - before.sentence.index == 1
    return near and (same and bool(_SHOWED.match(made.sentence.text)) or made.sentence.unit.section == "impression")


def _by_time(
    story: Story,
    made: Scene,
    courses: list[Course],
    reasons: tuple[Reason, ...],
    date: EdtfDate,
) -> tuple[list[Course], tuple[Reason, ...]]:
    """A scan dated before its drug began, or after another began, is about the other."""
    if any(g.standing is Standing.REAL for g in made.groups):
        return courses, reasons
    if made.sentence.unit.kind is not UnitKind.PROSE:
        return courses, reasons
    begun = [
        (min(s.date.earliest for s in c.starts), c)
        for c in story.courses
        if c.starts and c.standing is Standing.REAL
    ]
    fits = [pair for pair in begun if pair[0] <= date.latest]
    if not fits:
        return courses, reasons
    latest = max(day for day, _ in fits)
    chosen = [c for day, c in fits if day == latest]
    if courses and any(c in chosen for c in courses):
        return courses, reasons
    held = [min(s.date.earliest for s in c.starts) for c in courses if c.starts]
    if courses and not held and not any(c.over for c in courses):
        return courses, reasons
    if held and max(held) <= date.latest and max(held) >= latest:
        return courses, reasons
    return chosen, (*reasons, Reason.DISTANT) if Reason.DISTANT not in reasons else reasons
