"""Toxicity: what the patient suffered from an anti-cancer drug, with its grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.fields.subject import Others
from extract.fields.toxgrade import GRADE, Term, grades, terms_of
from extract.fields.toxground import Ground, Scene
from extract.fields.view import Draft, View
from extract.language.reading import Sentence
from extract.language.trying import trial
from extract.records import Field, Reason

#: How far from its grade a word may stand that is a toxicity only with one.
_BESIDE = 12
#: How far an itch may stand from the rash whose it is.
_SAME_RASH = 25
_LABORATORY = frozenset(
    {"hepatitis", "renal impairment", "thrombocytopenia", "neutropenia", "anaemia"}
)
_DOUBTFUL = frozenset({Ground.LIKELY, Ground.TOLD})
#: What may stand between two members of one list.
_LISTED = trial(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:,\s*[\w-]+\s*){0,2}(?:[,/&+]|and\b|with\b|plus\b|w/)\s*(?:and\s+|also\s+|with\s+|then\s+)?"
    r"(?:(?:an?|some|one|two|mild|severe|moderate|marked|bad|new|slight|intermittent|occasional|"
    r"grade|line|chest|dry|of|episodes?|low-grade|generali[sz]ed|muscle|joint)\s+)*"
)


@dataclass(frozen=True, slots=True)
class _Suffered:
    """One term as suffered: its grades, empty for no more than "present"."""

    name: str
    term: Term
    grades: tuple[int, ...]
    ground: Ground


def find(view: View) -> Iterator[Draft]:
    """The toxicities of one letter; a term with a grade is not also "present"."""
    scene = Scene(view, Others.of(view.reading))
    found = [one for sentence in view.sentences for one in _suffered(scene, sentence)]
    if any(one.name == "pneumonitis" for one in found):
        found = [one for one in found if not _breath_of_it(one)]
    found = [one for one in found if not _itchy_rash(one, found)]
    graded = {one.name for one in found if one.grades}
    for one in found:
        values = [str(grade) for grade in one.grades]
        if not values and one.name not in graded:
            values = ["present"]
        for value in values:
            yield view.draft(
                Field.TOXICITY,
                value,
                one.term.mention,
                one.term.mention.rule,
                item=one.name,
                reasons=(Reason.INFERRED,) if one.ground in _DOUBTFUL else (),
            )


def _breath_of_it(one: _Suffered) -> bool:
    """Respiratory failure is no second toxicity where the pneumonitis behind it is named."""
    return one.name == "dyspnoea" and one.term.mention.text.lower().startswith("respiratory")


def _itchy_rash(one: _Suffered, found: list[_Suffered]) -> bool:
    """Whether an itch is how a rash beside it feels: "Rash on trunk, itchy"."""
    if one.name != "pruritus" or one.term.mention.text.lower() != "itchy":
        return False
    return any(
        other.name == "rash"
        and other.term.sentence is one.term.sentence
        and abs(other.term.at - one.term.at) <= _SAME_RASH
        for other in found
    )


def _suffered(scene: Scene, sentence: Sentence) -> Iterator[_Suffered]:
    terms = terms_of(sentence)
    if not terms:
        return
    headed = scene.headed(sentence.unit)
    held = [
        (term, given)
        for term, given in zip(terms, grades(scene.view, terms, headed), strict=True)
        if _counts(scene, term, given, headed)
    ]
    grounds = [scene.ground(term, bool(given)) for term, given in held]
    for number, (term, given) in enumerate(held):
        ground = grounds[number] or _by_company(scene, held, grounds, number)
        if ground is None:
            continue
        values = tuple(grade for grade in given if grade)
        for name in term.names:
            yield _Suffered(name, term, values, ground)


def _counts(scene: Scene, term: Term, given: list[int], headed: bool) -> bool:
    """Whether the letter says that it happened, and to the patient."""
    if (term.needs_grade and not given) or given == [0] or scene.voided(term):
        return False
    if scene.denied(term, bool(given)):
        return False
    return not term.needs_grade or headed or _beside(term)


def _by_company(
    scene: Scene,
    held: list[tuple[Term, list[int]]],
    grounds: list[Ground | None],
    number: int,
) -> Ground | None:
    """In one list with a drug's doing: "an exfoliative rash, vomiting and a line infection"."""
    term = held[number][0]
    if scene.explained(term):
        return None
    for other in (number - 1, number + 1):
        if not 0 <= other < len(held) or grounds[other] is None:
            continue
        first, second = sorted((held[other][0], term), key=lambda one: one.at)
        if _LISTED.fullmatch(term.sentence.text[first.to : second.at]):
            return Ground.LIKELY
    return None


def _beside(term: Term) -> bool:
    """Whether a grade touches a word that is a toxicity only with one ("Gr1 taste")."""
    text = term.sentence.text
    reach = _BESIDE if _LABORATORY.issuperset(term.names) else 1
    return any(
        0 <= match.start() - term.to <= reach or 0 <= term.at - match.end() <= reach
        for match in GRADE.finditer(text)
    )
