"""Whose fact is it: stretches of a letter that speak of somebody else than the patient.

A relative, a neighbour or another patient becomes the subject by being named with a verb
of their own ("her brother had ...", "a man with ..."). The stretch ends where the patient
is named again, or with the sentence; a following sentence that goes on with a pronoun of
the relative's sex, and not the patient's, still speaks of the relative. What a case report
says of other cases and of studies counts with them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from extract.fields.asides import asides
from extract.fields.strayed import strayed
from extract.language.gates import Gate
from extract.language.reading import Reading, Sentence, UnitKind
from extract.language.trying import Trial, trial

_MALE = "father|brother|fatber|brotber|son|uncle|grandfather|grandson|nephew|husband|dad|father-in-law|f-i-l|brother-in-law|son-in-law|stepfather|boyfriend|grandad|gentleman in|man in"
_FEMALE = "mother|rnother|motber|sister|sistcr|daughter|aunt|grandmother|granddaughter|niece|wife|mum|mom|mother-in-law|m-i-l|sister-in-law|daughter-in-law|stepmother|girlfriend|granny|lady in|woman in"
_EITHER = "cousin|partner|neighbour|neighbor|friend|colleague|parent|sibling|relative|twin|spouse|child|workmate|boss|lodger|half-brother|half-sister|other patient|another patient|fellow patient"
_KIN = rf"(?:{_MALE}|{_FEMALE}|{_EITHER})"
_OWNER = r"(?:his|her|your|their|my|the patient's|patient's|whose|a|an|the|another|one|this|both|two|three)"
_NAMED = trial(
    rf"\b{_OWNER}\s+(?:(?!sister hospital)[\w'-]+\s+){{0,3}}?(?P<kin>{_KIN})s?\b(?!-in-law|'s\s+(?:death|funeral|name|help|wedding)|\s+hospital|\s+centre)",
    re.IGNORECASE,
)
_BRACKETED = trial(
    rf"\b(?P<kin>{_KIN})\s*\((?=[^)]*\b(?:on|PS|had|has|died|with)\b)", re.IGNORECASE
)
#: "(m-i-l is on chemo)", "(two aunts; one treated with tamoxifen)".
_INSIDE = trial(
    rf"\(\s*(?:(?:his|her|your|a|an|one|two|both|three|maternal|paternal|late)\s+){{0,3}}(?P<kin>{_KIN})s?\b(?=[^)]*\b(?:on|has|had|was|is|treated|took|takes|having)\b)",
    re.IGNORECASE,
)
#: "Brother here - he has prostate cancer": come along, with an illness of his own.
_ALONG = trial(
    rf"\b(?P<kin>{_KIN})\s+(?:(?:is |was )?(?:here|present|along|there)|with (?:him|her|them))(?: today)?\s*(?:[-,;(]|who\b)\s*(?:and )?(?:(?P<said>he|she)\s+)?(?:has|had|is (?:on|having|taking)|takes)\b",
    re.IGNORECASE,
)
_NAME = trial(r"^,?\s+(?:Mr\.?\s+|Mrs\.?\s+|Dr\.?\s+)?(?P<name>[A-Z][a-z]+)\b")
#: "your brother, Mr Edmund Farrier, have had"
_FULL_NAME = trial(r"^,\s+(?:Mr|Mrs|Ms|Miss)\.?\s+(?P<name>[A-Z][a-z]+) [A-Z][\w'-]+,")
#: Words that may stand before a relative who opens a sentence.
_WHICH = r"(?:(?:maternal|paternal|late|elder|younger|older|both|two|three|one|\d\d\W?(?:yr|year)s?\W?old)\s+){0,2}"
_ILLNESS = (
    r"(?:cancer|carcinoma|tumou?r|lymphoma|leuk\w+|melanoma|myeloma|ca|treatment|chemo\w*|illness)"
)
_LISTED = trial(
    rf"^\W*(?:FH|FHx|family history)?\W*{_WHICH}(?P<kin>{_KIN})s?(?:'s\s+(?:[\w-]+\s+){{0,3}}{_ILLNESS}\b|\b\s*(?:[-:,(]|\b(?!(?:present|here|attend\w*|came|comes|with (?:him|her|pt)|in attendance|drives?|drove|works?|rang|rings?|called|phoned|says?|said|reports?|reported|tells?|told|thinks?|feels?|helps?|and (?:he|she|pt)|to (?:be|ring|bring)|aware|is (?:aware|with|here|his|her|the)|collect\w*|hospital)\b)\w+))",
    re.IGNORECASE,
)
_FH = trial(r"\b(?P<kin>FHx?|F/H)\b\s*[:-]")
#: The kin noun is only company or a witness: what follows is the patient's.
_COMPANY = trial(
    r"(?:\bwith|\band|\bby|\bto|\bfrom|\btells? me|\bboth|\balongside|\baccompanied by|\band both|\bof|\bfor|\bsaw|\bmet|\bagainst|\bfollowing|\bsee|\bseeing|\bvisit(?:ing|ed)?|\bjoin(?:ing|ed)?|\bhelp(?:ing)?|\bnursing|\blook(?:ing)? after|\brang|\bring)\s+$",
    re.IGNORECASE,
)
#: "Two of her sisters have had it".
_SOME_OF = re.compile(r"\b(?:one|two|three|both|several|some|all) of\s+$", re.IGNORECASE)
_WITNESS = trial(
    r"^(?:'s)?[^.;]{0,40}?(?<!\bI )(?<!\bwe )(?<!\byou )\b(?:reports?|says?|said|tells?|told|thinks?|thought|feels?|felt|confirms?|confirmed|notes?|noticed|reminded|drove|came|comes|attended|attends|was present|is present|were present|helps?|takes notes|asked|asks|wondered|worries|wants|wanted|is anxious|is worried|understands?|understood|and (?:he|she)|phoned|rang|called|brought)\b",
    re.IGNORECASE,
)
_OWN_VERB = trial(
    r"^[^.;]{0,80}?\b(?:had|has|have|was|were|is|are|died|d\.|took|takes|received|developed|underwent|lost|suffered|responded|did|got|went|quit|stopped|started|tried|also|on|with|being|who|whose|diagnosed|treated|d\s?\d|in (?:complete )?remission)\b",
    re.IGNORECASE,
)
_PATIENT_AGAIN = trial(
    r"(?:[;]|\bbut|\bwhereas|\bwhile|\balthough|\bso that|,\s*and|\band)\s+(?:he himself|she herself|(?P<pronoun>he|she)|you|I|we|mr|mrs|ms|miss|the patient)\b|\b(?:(?P<self>himself|herself))\b|\bthe patient\b(?!'s)",
    re.IGNORECASE,
)
_PRONOUN = trial(
    r"^\W*(?:(?:sadly|unfortunately|then|later|apparently|in \d{4}),?\s+)?(?P<pronoun>he|she|his|her|they|both)\b",
    re.IGNORECASE,
)
_FIRST_NAME = trial(r"\W*(?P<name>[A-Z][a-z]+)\b")
#: Shut where no relative can be named, which most sentences are without.
_KIN_GATE = Gate(_LISTED, _FH, _BRACKETED, _INSIDE, _ALONG, _NAMED)
_TITLES = (("m", trial(r"\b(?:Mr|gentleman|man|male|father of|M)\b\.?(?! Justice)")), ("f", trial(r"\b(?:Mrs|Ms|Miss|lady|woman|female|mother of|Sister)\b\.?")))  # fmt: skip


class Others:
    """Answers whether a place in a letter speaks of somebody else."""

    def __init__(self, reading: Reading) -> None:
        self._sex = patient_sex(reading.text)
        self._spans: dict[int, list[tuple[int, int]]] = {}
        self._names: set[str] = set()
        carried = ""
        self._asides = asides(reading)
        for sentence in reading.sentences:
            if sentence.index in self._asides:
                self._spans[sentence.index] = [(0, len(sentence.text) + 1)]
                continue
            spans, carried = self._scan(sentence, carried)
            if sentence.unit.section == "family" and _below_heading(reading, sentence):
                spans = [(0, len(sentence.text) + 1)]
            if spans:
                self._spans[sentence.index] = spans
        for start, end in strayed(reading):
            self._close(reading, start, end)

    def _close(self, reading: Reading, start: int, end: int) -> None:
        """Give a stretch of the letter's own text, before any mending, to somebody else."""
        for sentence in reading.sentences:
            places = range(sentence.start, sentence.end)
            first, last, _ = reading.origin(sentence.start, sentence.end)
            if last <= start or first >= end:
                continue
            inside = [p for p in places if start <= reading.origin(p, p + 1)[0] < end]
            if inside:
                span = sentence.folded(inside[0]), sentence.folded(inside[-1]) + 1
                self._spans.setdefault(sentence.index, []).append(span)

    @classmethod
    def of(cls, reading: Reading) -> Others:
        """The same for every field of a letter, worked out once."""
        if cls not in reading.notes:
            reading.notes[cls] = cls(reading)
        held: Others = reading.notes[cls]
        return held

    def at(self, sentence: Sentence, position: int) -> bool:
        """Whether ``position`` in the sentence's folded text is said of somebody else."""
        return any(a <= position < b for a, b in self._spans.get(sentence.index, ()))

    def aside(self, sentence: Sentence) -> bool:
        """Whether a case report speaks of other cases or of studies in the sentence."""
        return sentence.index in self._asides

    def holds(self, sentence: Sentence, start: int) -> bool:
        """The same for a character of the letter."""
        return bool(self._spans.get(sentence.index)) and self.at(sentence, sentence.folded(start))

    def _scan(self, sentence: Sentence, carried: str) -> tuple[list[tuple[int, int]], str]:
        text = sentence.text
        spans: list[tuple[int, int]] = []
        sex = ""
        self._names.update(_introduced(text))
        named = _FIRST_NAME.match(text) if self._names else None
        if named and named["name"] in self._names:
            return [(0, self._until(text, named.end(), "?"))], carried or "?"
        for match in _subjects(text) if _KIN_GATE.is_open(text) else ():
            if name := _NAME.match(text[match.end() :]):
                self._names.add(name["name"])
            end = self._until(text, match.end(), _sex_of(match["kin"]))
            if match.group().startswith("("):
                end = text.index(")", match.end())
            spans.append((match.start(), end))
            sex = _sex_of(match["kin"]) if end >= len(text) else ""
        if spans:
            return spans, sex
        pronoun = _PRONOUN.match(text) if carried else None
        if pronoun:
            said = {"he": "m", "his": "m", "she": "f", "her": "f"}.get(
                pronoun["pronoun"].lower(), ""
            )
            if said and said != self._sex and carried in (said, "?"):
                return [(0, self._until(text, pronoun.end(), said))], carried
        return [], ""

    def _until(self, text: str, position: int, sex: str) -> int:
        for match in _PATIENT_AGAIN.finditer(text, position):
            said = {"he": "m", "she": "f"}.get((match["pronoun"] or "").lower(), "")
            own = {"himself": "m", "herself": "f"}.get((match["self"] or "").lower(), "")
            if own and own == sex:
                continue
            if said and said == sex and said == self._sex:
                continue  # "his brother had it and he died": still the brother
            if said and self._sex and said != self._sex:
                continue
            return match.start()
        return len(text) + 1


def _below_heading(reading: Reading, sentence: Sentence) -> bool:
    """Whether the family heading reaches the sentence: ``FH: ...`` reaches its own line only."""
    unit = sentence.unit
    if unit.heading is None or unit.heading == unit.index or unit.kind is UnitKind.ITEM:
        return True
    return reading.units[unit.heading].kind is UnitKind.HEADING and unit.kind is not UnitKind.PAIR


def _introduced(text: str) -> Iterable[str]:
    """The first names of relatives who are said to share a thing with the patient."""
    if not _KIN_GATE.is_open(text):
        return
    for match in _NAMED.finditer(text):
        full = _FULL_NAME.match(text[match.end() :])
        if full:
            yield full["name"]


def _subjects(text: str) -> Iterable[re.Match[str]]:
    listed = _LISTED.match(text)
    if listed:
        yield listed
        return
    yield from _FH.finditer(text)
    yield from _BRACKETED.finditer(text)
    yield from _INSIDE.finditer(text)
    for match in _ALONG.finditer(text):
        if not match["said"] or match["said"].lower() == {"m": "he", "f": "she"}.get(
            _sex_of(match["kin"])
        ):
            yield match
    for match in _NAMED.finditer(text):
        rest = text[match.end() :]
        if (
            _COMPANY.search(text[: match.start()])
            and not _SOME_OF.search(text[: match.start()])
            and not re.match(
                r",?\s+(?:[A-Z][\w'-]+,?\s+)?(?:who\b|(?:her|him)self\s+(?:on|a|taking|having|with|being)\b)",
                rest,
            )
        ):
            continue
        if _WITNESS.match(rest) or not _OWN_VERB.match(rest):
            continue
        yield match


def _sex_of(kin: str) -> str:
    word = kin.lower()
    if re.fullmatch(_MALE, word):
        return "m"
    return "f" if re.fullmatch(_FEMALE, word) else "?"


_HE, _SHE = ("he", "his", "him"), ("she", "her")
_PERSONS = re.compile(r"\b(?:you|your|he|his|him|she|her)\b")


@lru_cache(maxsize=256)
def patient_sex(text: str) -> str:
    """ "m", "f", "y" where the letter is to the patient, or "": titles and nouns first, then the commoner pronoun."""
    said = Counter(_PERSONS.findall(text.lower()))
    you = said["you"] + said["your"]
    he, she = (sum(said[word] for word in words) for words in (_HE, _SHE))
    if you >= 8 and you > 2 * (he + she):
        return "y"
    head = text[:1500]
    first = {sex: m.start() for sex, rule in _TITLES if (m := _patient_title(rule, head))}
    if he + she >= 3 and max(he, she) >= 2 * min(he, she):
        return "m" if he > she else "f"
    if first:
        return min(first, key=lambda sex: first[sex])
    return "" if he == she else ("m" if he > she else "f")


def _patient_title(rule: Trial, head: str) -> re.Match[str] | None:
    for match in rule.finditer(head):
        before = head[max(0, match.start() - 30) : match.start()]
        if not re.search(r"(?:dear|cc|consultant|surgeon)\W*$", before, re.IGNORECASE):
            return match
    return None
