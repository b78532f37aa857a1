"""When a score was true, and whether it is the patient's and asserted at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from extract.fields import criteria
from extract.fields.performance.values import Score, cues, scales
from extract.fields.subject import Others, patient_sex
from extract.fields.view import View
from extract.language.reading import Sentence, Unit, UnitKind
from extract.language.trying import Trial, trial
from extract.values.dates import shift_days

_HARD = trial(r"[;()]|\b(?:but|however|although|though|whereas|while)\b|\s-\s", re.IGNORECASE)
_CLOSING = trial(
    r"^\s*(?:yours\b|(?:with |kind |kindest |best |warm |warmest )+(?:regards|wishes)|sincerely)",
    re.IGNORECASE | re.MULTILINE,
)
_RESUMED = trial(
    r"[,:]\s*(?:(?:and|but|so|then)\s+)?(?:he|she|you|I|we|today|now|so|at present"
    r"|with \w+ (?:at|being|of|now|still))\b",
    re.IGNORECASE,
)
_FROM = trial(r"\bfrom (?:an? )?[A-Z][\w.]+(?: [\w.]+){0,2} (?:of )?$", re.IGNORECASE)
_TO = trial(r"\bto (?:an? )?[A-Z][\w.]+(?: [\w.]+){0,2} (?:of )?$", re.IGNORECASE)
#: Words that begin what is said of the next score, not of the one before it.
_NEXT = trial(
    r"[,(]|\b(?:was|were|having|had|previous\w*|prev|formerly|initially|originally|now|today|from"
    r"|down|up|then|pre\w*|compared|cf|versus|vs|against|opposed)\b",
    re.IGNORECASE,
)
_AFTER = trial(
    r"[;():]|\.\s|,|\b(?:and|but|however|although|whereas|while|since|compared|versus|than)\b"
    r"|\bas (?:he|she|they|it|in|at)\b|\s-\s"
)
#: What is said of the present in a text that has no date.
_PRESENT = trial(r"\b(?:is|are|remains?|continues|stays)\b", re.IGNORECASE)
_TOLD = trial(r"\b(?:was|were|had|found|underwent|came|presented)\b", re.IGNORECASE)
#: A letter whose date is lost is written at its end all the same.
_DEAR = trial(r"\b(?:dear|yours|MDT|NHS|MRN)\b", re.IGNORECASE)
#: An event with its date in brackets: "(half marathon in October)".
_EVENT = trial(r"\([a-z-]{3,}(?: [a-z-]+){0,4} (?:in|on|last|this) ", re.IGNORECASE)
_MONTHS_AGO = 60  # days
_PRONOUN = trial(r"\b(he|she|his|her)\b(?! own)", re.IGNORECASE)


class Role(IntEnum):
    """What time a score speaks of; the weak ones only hint."""

    NOW = 0
    WEAK_NOW = 1
    WEAK_PAST = 2
    PAST = 3
    SPARE = 4  # a requirement ticked as met, of use where nothing better is said
    LEFT = 5  # on leaving the ward: now, where nothing is said of today


@dataclass(frozen=True, slots=True)
class Window:
    """The words that can speak of one score: its own clause, split into nearer and further."""

    clause: str  # from the last hard boundary or score
    near: str  # from the last comma
    lead: str  # an opening phrase before that comma, "On admission, "
    after: str


class Judge:
    """Judges the scores of one letter."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.others = Others.of(view.reading)
        self.sex = patient_sex(view.text)
        closing = _CLOSING.search(view.text)
        self.closed = closing is not None
        self.end = closing.start() if closing else len(view.text) * 9 // 10
        self.rules = criteria.document(view)
        self.discharge = bool(cues()["discharge_letter"].search(view.text[:1500])) or any(
            section.category == "discharge" for section in view.reading.sections
        )

    # -- is it a fact -------------------------------------------------------------

    def asserted(self, sentence: Sentence, score: Score, window: Window) -> bool:
        """Whether the score is said of the patient, outright."""
        text = sentence.text
        if re.search(r"\?\W{0,3}$", text[: score.start]) or re.match(r"\s?\?", text[score.end :]):
            return False
        if self.another(sentence, score, window):
            return False
        return not (self._criteria(sentence, score, window) or self._supposed(score, window))

    def postscript(self, sentence: Sentence) -> bool:
        """Whether a sentence's "PS" opens what stands below the letter: "P.S. 2 copies"."""
        if self.closed and sentence.start > self.end and re.match(r"\W*P\. ?S\.", sentence.text):
            return True
        return bool(cues()["postscript"].match(sentence.text)) and self._closing(sentence)

    def _closing(self, sentence: Sentence) -> bool:
        """Whether "PS" can open a postscript here: dotted, or below the letter's end."""
        return "." in sentence.text[:5] or sentence.start > self.end

    def another(self, sentence: Sentence, score: Score, window: Window) -> bool:
        """Whether the score is somebody else's."""
        text = sentence.text
        if self.others.at(sentence, score.start):
            return True
        if self._kin_is_subject(sentence, window) or cues()["cared_for"].search(window.clause):
            return True
        opened = text.rfind("(", 0, score.start)
        if opened > text.rfind(")", 0, score.start) and opened >= 0:
            word = re.search(r"[\w'-]+\W*$", text[:opened])
            if word and cues()["kin"].match(word.group()):
                return True
        said = [m.group(1).lower() for m in _PRONOUN.finditer(window.near)]
        subject = {"he": "m", "his": "m", "she": "f", "her": "f"}.get(said[-1], "") if said else ""
        return bool(subject and self.sex and subject != self.sex)

    def _kin_is_subject(self, sentence: Sentence, window: Window) -> bool:
        """A relative named right before the scale: "her husband PS 3", "wife's PS is 3"."""
        kin = _last(cues()["kin"], window.near)
        if kin is None or cues()["company"].search(window.near[: kin.start()]):
            return False
        named = [start for start, _, _ in scales(sentence)]
        offset = sentence.text.find(window.near)
        between = window.near[kin.end() : max(kin.end(), max(named, default=0) - offset)]
        if ":" in between or _PRONOUN.search(between) or re.search(r"\b(?:I|you)\b", between):
            return False
        if "'s" in kin.group() + between[:2]:
            return len(between.split()) <= 1
        return len(between.split()) <= 2 or bool(re.search(r"\b(?:is|was|has|had|who)\b", between))

    def _criteria(self, sentence: Sentence, score: Score, window: Window) -> bool:
        """Whether the score is a requirement, not this patient's."""
        text = sentence.text
        before = cues()["fact_would"].sub(" ", window.clause)
        after = text[score.end :]
        if cues()["must"].search(before) or cues()["must_after"].match(after):
            return True
        if score.ranged:
            wide = cues()["fact_would"].sub(" ", text[max(0, score.start - 90) : score.start])
            if cues()["must"].search(wide) or cues()["soft_criteria"].search(wide):
                return True
            if self.rules or self._unmet(sentence, after):
                return True
        return criteria.listed(self.view, sentence.unit)

    def _unmet(self, sentence: Sentence, after: str) -> bool:
        """A checklist's requirement whose box is empty or whose answer is no."""
        box = self._box_behind(sentence)
        return bool(re.match(r"\W{0,3}[\[(]\s?[\])]|\W{0,4}(?:no|not met|n)\b", after, re.I)) or (
            box is not None and not box
        )

    def _met(self, sentence: Sentence, score: Score) -> bool:
        """A checklist's requirement that is ticked: "PS 0-1: [x]", "PS 0 or 1 - yes"."""
        after = sentence.text[score.end :]
        ticked = re.match(
            r"\W{0,4}(?:[\[(]\s?[xX]\s?[\])]|(?:met|yes|y|ok)\b)", after, re.IGNORECASE
        )
        return score.ranged and bool(ticked or self._box_behind(sentence))

    def _box_behind(self, sentence: Sentence) -> bool | None:
        """Whether a box behind a heading's words, read as an item of its own, is ticked."""
        following = self.view.sentences[sentence.index + 1 : sentence.index + 2]
        if sentence.unit.kind is not UnitKind.HEADING or not following:
            return None
        marker = following[0].unit.marker
        if not marker.startswith("[") or "\n" in self.view.text[sentence.end : following[0].start]:
            return None
        return "x" in marker.lower()

    def _supposed(self, score: Score, window: Window) -> bool:
        clause = cues()["fact_would"].sub(" I say ", window.clause)
        near = cues()["fact_would"].sub(" ", window.near)
        if cues()["negated"].search(near[-40:]):
            return True
        supposed = _last(cues()["if_before"], clause)
        if supposed and not _RESUMED.search(clause[supposed.end() :]):
            return True
        return bool(cues()["may_be"].search(near)) and score.link not in ("->", "\u2192")

    # -- when ---------------------------------------------------------------------

    def role(self, sentence: Sentence, score: Score, window: Window) -> Role:
        """When the score was true, by its own words, then its place in the letter."""
        if sentence.unit.copied:
            return Role.PAST
        if self._met(sentence, score):
            return Role.SPARE
        if score.link == "from" or _FROM.search(window.near):
            return Role.PAST
        dated = self._dated(sentence, score, window)
        if dated is not None:
            return dated
        if self.view.context.anchor is None and cues()["last_report"].search(window.clause):
            return Role.NOW
        if cues()["referred"].match(window.after.lstrip(" (")):
            return Role.WEAK_PAST  # undated: the latest that is known, where nothing else is
        said = self._said(window)
        if said is not None:
            return said
        if score.link == "to" or _TO.search(window.near):
            return Role.NOW
        placed = self._placed(sentence)
        if placed is not None:
            return placed
        link = f"{window.near} {score.link}"
        if re.match(r"\W*(?:at present|currently|presently)\b", sentence.text, re.IGNORECASE):
            return Role.NOW
        if self._goes_on(sentence) and not _present(sentence.text[: score.start]):
            return Role.PAST
        return Role.WEAK_PAST if cues()["was"].search(link) else Role.WEAK_NOW

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a text without a date tells of dated events after this sentence."""
        if self.view.context.anchor is not None or _DEAR.search(self.view.text):
            return False
        later = self.view.dates_in(sentence.end, len(self.view.text))
        return any(
            raw.has_year and not self.others.holds(self._holder(raw.start), raw.start)
            for raw in later
        )

    def _holder(self, position: int) -> Sentence:
        return next(s for s in reversed(self.view.sentences) if s.start <= position)

    def dated_early(self, position: int) -> bool:
        """Whether the last date before ``position``, in its unit, is months before the letter's."""
        anchor = self.view.context.anchor
        unit = self._holder(position).unit
        told = [self.view.resolve(raw) for raw in self.view.dates_in(unit.start, position)]
        dates = [date for date in told if date is not None]
        return bool(
            anchor and dates and dates[-1].latest < shift_days(anchor.earliest, -_MONTHS_AGO)
        )

    def _said(self, window: Window) -> Role | None:
        """The nearest word of time in the score's clause."""
        before = window.near
        nearest: list[tuple[int, Role]] = []
        for name, role in (("past", Role.PAST), ("now", Role.NOW)):
            nearest += [(len(before) - m.end(), role) for m in cues()[name].finditer(before)]
            nearest += [(m.start() + 2, role) for m in cues()[name].finditer(window.after)]
        if nearest:
            role = min(nearest, key=lambda pair: pair[0])[1]
            left = role is Role.NOW and cues()["leaving"].search(f"{before} {window.after}")
            return Role.LEFT if left else role
        if cues()["been"].search(before):
            return Role.PAST
        for name, role in (("now", Role.NOW), ("past", Role.PAST)):
            if cues()[name].search(window.lead):
                return role
        return None

    def _dated(self, sentence: Sentence, score: Score, window: Window) -> Role | None:
        """A date tied to the score: the letter's own is now, an earlier one past."""
        anchor = self.view.context.anchor
        start = max(0, score.start - len(window.near) - len(window.lead))
        stop = min(len(sentence.text), score.end + len(window.after))
        for low, high, words in (
            (score.end, stop, window.after),
            (start, score.start, window.lead + window.near),
        ):
            if low >= high or cues()["other_date"].search(words):
                continue
            for raw in self.view.dates_in(*sentence.raw(low, high)):
                date = self.view.resolve(raw)
                if date is None or anchor is None:
                    continue
                if date.earliest <= anchor.latest and anchor.earliest <= date.latest:
                    return Role.NOW if date.earliest == date.latest else Role.WEAK_PAST
                return Role.PAST if date.latest < anchor.earliest else None
        return self._line_date(sentence, window)

    def _line_date(self, sentence: Sentence, window: Window) -> Role | None:
        """A line of a chronology begins with its date; "this am" further on is another."""
        unit, anchor = sentence.unit, self.view.context.anchor
        if anchor is None or unit.kind is UnitKind.HEADING:
            return None
        if sentence.start > unit.start and cues()["now"].search(window.clause):
            return None
        first = self.view.dates_in(unit.start, min(unit.body + 3, unit.end))
        date = self.view.resolve(first[0]) if first else None
        return Role.PAST if date is not None and date.latest < anchor.earliest else None

    def _scale_in(self, span: tuple[int, int]) -> bool:
        mentions = self.view.mentions("PS_SCALE", "KPS_SCALE")
        return any(span[0] <= m.start < span[1] for m in mentions)

    def _placed(self, sentence: Sentence) -> Role | None:
        """What the headings above say: "ON DISCHARGE", "Before treatment"."""
        unit: Unit = sentence.unit
        labels = [unit.label] if unit.kind is UnitKind.PAIR else []
        if unit.kind is UnitKind.ROW and not self._scale_in(unit.cells[0]):
            labels.append(self.view.text[slice(*unit.cells[0])])
        labels += [above.label for above in self.view.reading.path(unit) if above.label]
        for label in labels:
            if unit.section == "discharge" or cues()["now"].search(label):
                return Role.NOW
            if cues()["past"].search(label):
                return Role.PAST
            if re.search(r"\bbefore\b|\badmission\b", label, re.IGNORECASE) and self.discharge:
                return Role.WEAK_PAST
        return None


def _present(words: str) -> bool:
    return bool(_PRESENT.search(words)) and not _TOLD.search(words)


def _last(cue: Trial, text: str) -> re.Match[str] | None:
    return next(reversed(list(cue.finditer(text))), None)


def window(sentence: Sentence, score: Score, left: int, right: int) -> Window:
    """The words that speak of ``score``, between the scores before and after it."""
    text = sentence.text
    start = left
    for stop in _HARD.finditer(text, left, score.start):
        if stop.group() == ")" and text.count("(", left, stop.start()) > 0:
            continue  # a remark inside the clause
        start = stop.end()
    clause = text[start : score.start]
    comma = max((m.end() for m in re.finditer(r",", clause)), default=0)
    lead = ""
    if comma and (start > left or not left):
        chunk = clause[:comma].rsplit(",", 2)[-2] + ","
        lead = chunk if cues()["opener"].match(chunk) else ""
    return Window(clause, clause[comma:], lead, _after(text, score.end, right))


def _after(text: str, end: int, right: int) -> str:
    """What follows a score up to its clause's end; a remark in brackets counts with it."""
    rest = text[end:right]
    if cues()["same_as"].match(rest):
        return ""
    if match := re.match(r"\s?[\"')]{0,2}\s?\([^()]*", rest):
        closed = match.end() < len(rest) or right == len(text)
        if (
            closed
            and _EVENT.search(match.group())
            and not cues()["assessing"].search(match.group())
        ):
            return ""
        return match.group() if closed else ""  # else the remark is the next score's
    stop = _AFTER.search(rest)
    if stop is None:
        following = _NEXT.search(rest) if right < len(text) else None
        return rest[: following.start()] if following else rest
    if stop.group() == ",":
        follows = rest[stop.end() :]
        if cues()["follower"].match(follows):
            further = re.search(r"[;():,]|\.\s|\b(?:but|however)\b", follows)
            if further:
                return rest[: stop.end()] + follows[: further.start()]
            return rest if right == len(text) else rest[: stop.start()]
    return rest[: stop.start()]
