"""How long ago a drug was stopped: "off sunitinib for six weeks", "ten weeks since her last dose".

Only what is said of the letter's own day counts: "nine weeks off it by then" is of the day
of an admission.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from extract.fields.therapy.events import Scene
from extract.fields.therapy.model import Group, Standing
from extract.fields.view import View
from extract.language.reading import UnitKind
from extract.language.trying import trial
from extract.values.counts import Bound
from extract.values.datekinds import Kind, Offset
from extract.values.durations import RawDuration
from extract.values.rawdates import RawDate

_OFF_IT = trial(
    r"\b(?:is|am|are|has been|have been|has now been|have now been|'s|been|stayed|remains?)\s+(?:now |still |already )*"
    r"(?:off|clear of|free of|out of)\s+(?:(?:the|his|her|your|all)\s+)*(?P<what>\S.{0,40}?)\W+(?:now\W+)?"
    r"(?:for\s+(?:the last |the past )?|these\s+(?:last |past )?|this last )?\Z",
    re.IGNORECASE,
)
_SINCE_END = trial(
    r"\s+(?:after|since|from|past|on from|out from|following|out of)\s+(?:(?:the|his|her|your|it was when|when)\s+)*"
    r"(?:last|final|end|stopping|finishing|completing|completion|coming off|(?:he|she|you|we) (?:last |finally )?"
    r"(?:stopped|finished|completed|came off|took (?:his|her|your|the) last|had (?:his|her|your|the) last))\b",
    re.IGNORECASE,
)
_TODAY = trial(
    r"\b(?:today|now|this (?:morning|afternoon)|it is|it's|he is|she is|you are|he's|she's|currently|here|comes?|came|seen|saw"
    r"|attend(?:s|ed)|review(?:ed)?|to clinic)\b",
    re.IGNORECASE,
)
_ELSE = trial(
    r"\b(?:by|will|would|had|until|before|if|unless|needs?|must|at least|should|shall|minimum|admi\w+|when|scan|CT|was|were|then|at that|plan\w*|due|await\w*)\b",
    re.IGNORECASE,
)
_IT = trial(r"(?:it|them|this|these|treatment|therapy|(?:the )?(?:drug|tablets|capsules))\b", re.I)


def ended_ago(view: View, made: Scene) -> Iterator[tuple[RawDate, Group | None]]:
    """The ends that a distance from the letter's day gives, each with its drugs.

    None for drugs where the sentence says "it": the drug in focus.
    """
    sentence = made.sentence
    if sentence.unit.copied or sentence.unit.kind is UnitKind.ROW:
        return
    for length in view.durations_in(sentence.start, sentence.end):
        at, to = sentence.folded(length.start), sentence.folded(length.end - 1) + 1
        before, after = sentence.text[:at], sentence.text[to:]
        if re.match(r"\W*(?:ago|later|earlier|on (?:and|/)|into)\b", after, re.IGNORECASE):
            continue
        raw = _raw(length)
        if raw is None:
            continue
        off = _OFF_IT.search(before)
        if off and not _ELSE.search(before[-90:] + " | " + after[:40]):
            group = _named(made, off.start("what"), at)
            if group is not None or _IT.match(off["what"]):
                yield raw, group
            continue
        since = _SINCE_END.match(after)
        if since is None or not _TODAY.search(before) or _ELSE.search(before):
            continue
        if any(w.raw.kind is not Kind.TODAY for w in made.whens if w.at < at):
            continue
        group = _named(made, to, to + since.end() + 40)
        if group is not None or _IT.match(after[since.end() :].lstrip(" of")):
            yield raw, group


def _named(made: Scene, start: int, stop: int) -> Group | None:
    """The real drugs named in a stretch of the sentence."""
    return next(
        (g for g in made.groups if start <= g.at < stop and g.standing is Standing.REAL), None
    )


def _raw(length: RawDuration) -> RawDate | None:
    ends = [n for n in (length.low, length.high) if math.isfinite(n)]
    if not ends or min(ends) <= 0:
        return None
    bound = Bound.ABOUT if length.approximate else Bound.EXACT
    if math.isinf(length.high):
        if not length.low_open:
            return None  # "at least eight weeks": a rule, or no date
        bound = Bound.OVER
    elif math.isinf(length.low):
        bound = Bound.UNDER if length.high_open else Bound.AT_MOST
    offset = Offset(min(ends), max(ends), length.unit, bound)
    return RawDate(length.start, length.end, Kind.OFFSET, offset=offset)
