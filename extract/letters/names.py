"""Quotes without names, addresses and numbers: who is meant is not part of a fact.

Names are learnt from the letter itself, from where letters give them: after a title, in
the head, before "Dear" and after the sign-off, beside a birth date or number, and from what
the message around it says. Then every place where a quote repeats one is replaced. A quote
may lose a word too many; it must not keep a name.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator

from extract.letters.layout.hyphens import vocabulary
from extract.letters.model import Letter
from extract.records import LetterRecord
from extract.values.datewords import MONTH

_PROPER = r"(?:[A-Z][\w’'-]*|d[eu]|van|von|der|la|le|di)"
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Master|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Sister|Sr|Nurse|Matron"
    rf"|Rev|Revd|Father|Messrs)\b\.?[ \t]+((?:{_PROPER}\.?[ \t]+){{0,3}}{_PROPER})"
)
_KIN = re.compile(
    r"\b(?:wife|husband|son|daughter|partner|mother|father|mum|dad|sister|brother|friend|carer"
    rf"|niece|nephew|grand\w+|neighbour|fianc\w+)(?:'s name is|,| called| is)?[ \t]+({_PROPER})"
)
#: A line that says who the letter is about, or where that person lives.
_ABOUT = re.compile(
    r"(?i:\b(?:re|patient|name|surname|forename|address|d\.?o\.?b|date of birth|born|NHS|MRN"
    r"|hosp(?:ital)?\.? ?(?:no|number)|next of kin|NOK|cc|copy to|consultant|GP|referr\w+"
    r"|dictated|typed|signed|seen by|completed by|clinic of|ward)\b)"
)
_BIRTH = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:19\d\d|[3-9]\d)\b|\b\d{3} ?\d{3} ?\d{4}\b")
_DEAR = re.compile(r"^[ \t]*dear\b", re.IGNORECASE | re.MULTILINE)
_SIGN_OFF = re.compile(
    r"^\s*(?:yours\b|(?:with )?(?:kind(?:est)?|best|warm)\b.{0,30}(?:regards|wishes)|sincerely"
    r"|regards|many thanks|thank you|signed|dictated)",
    re.IGNORECASE | re.MULTILINE,
)
_CAPITAL = re.compile(r"\b[A-Z][\w’'-]+")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b")
_STREET = re.compile(
    r"\b(?:\d{1,4}[A-Za-z]?,? )?(?:[A-Z][\w’'-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln"
    r"|Close|Drive|Way|Court|Crescent|Gardens|Terrace|Square|Row|Grove|Park|Mews|Quay|Cottage|Farm"
    r"|Surgery|Practice|(?:Medical|Health) (?:Centre|Center|Practice))\b"
)
_CONTACT = re.compile(
    r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?i:\b(?:tel|telephone|phone|fax|ext|mobile|bleep)\b[.: ]*)"
    r"(?:\d[\d ()-]{3,}\d)|\+?\b0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}\b"
)
#: A birth date beside what says that it is one; the other dates are facts.
_BORN = re.compile(
    r"(?i:\b(?:d\.?o\.?b\b\.?|date of birth|birth ?date|born(?: on)?)[ \t:]*)"
    rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)? (?i:{MONTH}),? \d{{2,4}})"
)
#: What laboratories number specimens by.
_SPECIMEN = re.compile(r"\b[A-Z]{1,3}\d{2,}[/-]\d{3,}\b")
#: Words that head a line or a sentence and name nobody, and eponyms of tests and grades.
_COMMON = frozenset(
    """the dear re yours sincerely faithfully regards kind best wishes thank thanks many with signed
    dictated typed copy cc gp nhs dob mrn hospital hosp clinic ward department dept centre center
    oncology medical consultant registrar specialist nurse professor trust foundation royal general
    university infirmary surgery practice health house street road patient name address date born
    number unit discharge summary admission admitted discharged case letter report mdt
    bruce fuhrman furhman karnofsky gleason clavien barthel child pugh heng motzer memorial sloan
    kettering leibovich doppler hickman groshong lansky breslow clark dukes ann arbor bosniak
    raynaud crohn parkinson alzheimer hodgkin gelofusine hartmann english welsh scottish
    irish""".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTH = re.compile(rf"(?i:{MONTH})")


def names_in(letter: Letter) -> frozenset[str]:
    """The words of a letter, in lower case, that name a person or the place of one."""
    found = set(_words(letter.stated.names))
    for pattern in (_TITLE, _KIN):
        for match in pattern.finditer(letter.text):
            found |= set(_words([match[1]]))
    for line in _naming_lines(letter.text):
        # Two or three capitals are more often an abbreviation than somebody's initials.
        likely = [word for word in _CAPITAL.findall(line) if len(word) > 3 or not word.isupper()]
        found |= {word for word in _words(likely) if not _is_common(word)}
    return frozenset(word for word in found if word not in _COMMON and len(word) > 1)


def _naming_lines(text: str) -> Iterator[str]:
    """The lines that letters give names and addresses on."""
    dear = _DEAR.search(text)
    off = next(iter(deque(_SIGN_OFF.finditer(text), maxlen=1)), None)
    for match in re.finditer(r"[^\n]+", text):
        line = match[0]
        head = match.start() < (dear.start() if dear else 0)
        foot = off is not None and off.start() <= match.start() and match.start() - off.end() < 400
        short = len(line.split()) <= 9
        top = match.start() < 600 and (_ABOUT.search(line) or _BIRTH.search(line))
        if (
            ((head or foot) and short)
            or top
            or _POSTCODE.search(line)
            or (dear and match.start() == dear.start())
        ):
            yield line


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for word in re.split(r"[^\w’'-]+", text):
            plain = word.strip("-'’").casefold().removesuffix("'s").removesuffix("’s")
            if not any(char.isdigit() for char in plain):
                yield from (part for part in {plain, *plain.split("-")} if len(part) > 1)


def _is_common(word: str) -> bool:
    return word in vocabulary() or word in _DAYS or bool(_MONTH.fullmatch(word)) or word.isdigit()


def without_names(record: LetterRecord, letter: Letter) -> LetterRecord:
    """The record, its quotes without names, addresses, telephone and patients' numbers.

    Offsets stay those of the letter, so that who may see it still finds the place.
    """
    names = names_in(letter)
    numbers = frozenset(identifier.value for identifier in letter.identifiers)
    facts = tuple(
        fact.model_copy(
            update={
                "evidence": fact.evidence.model_copy(
                    update={"quote": redacted(fact.evidence.quote, names, numbers)}
                )
            }
        )
        for fact in record.facts
    )
    return record.model_copy(update={"facts": facts})


def redacted(quote: str, names: frozenset[str], numbers: frozenset[str] = frozenset()) -> str:
    """A quote with ``[name]``, ``[address]``, ``[number]``, ``[birth date]`` for what they are."""
    quote = _SPECIMEN.sub("[number]", _CONTACT.sub("[number]", _BORN.sub("[birth date]", quote)))
    quote = _POSTCODE.sub("[address]", _STREET.sub("[address]", quote))
    quote = re.sub(r"\b[A-Z]{0,4}\d[\d -]{3,14}\d[A-Z]?\b", lambda m: _number(m[0], numbers), quote)
    quote = _TITLE.sub(lambda match: match[0].replace(match[1], "[name]"), quote)
    quote = re.sub(
        r"(?<![\w])[^\W\d_]+(?:[’'-][^\W\d_]+)*(?![\w-])",
        lambda match: _name(match[0], names),
        quote,
    )
    return re.sub(r"\[name\](?:[ \t]+\[name\])+", "[name]", quote)


def _number(text: str, numbers: frozenset[str]) -> str:
    return "[number]" if re.sub(r"[\s-]", "", text).upper() in numbers else text


def _name(word: str, names: frozenset[str]) -> str:
    plain = word.casefold().removesuffix("'s").removesuffix("’s")
    if word[0].isupper() and (plain in names or any(part in names for part in plain.split("-"))):
        return "[name]" + word[len(plain) :]
    return word
