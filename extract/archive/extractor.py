"""Text in, a checked record out: the line from a letter to its facts."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from extract.archive.rulefiles import lexicon
from extract.fields.assemble import extract_facts
from extract.language.pipeline import Reader
from extract.language.rules import load_rules
from extract.letters.identity import find_identifiers
from extract.letters.model import IdentifierKind, Letter
from extract.letters.provenance import placed
from extract.letters.trust import doubts, settled_date
from extract.records import Fact, Field, LetterRecord
from extract.settings import EngineName


class Extractor:
    """Reads letters into records. Takes seconds to build; build one and use it for all.

    Args:
        patterns: a folder of rule files; default, the rules that came with the program.
            A folder without ``agents.yaml`` keeps the program's own drugs.
        engine: how mentions are found; both ways find the same, the reference slowly.

    Raises:
        ExtractError: (``bad_pattern``) with everything wrong in the rule files.
    """

    def __init__(
        self, patterns: Path | None = None, engine: EngineName = EngineName.SCANNED
    ) -> None:
        # spaCy tells at the first letter that a matcher without token patterns is empty.
        warnings.filterwarnings("ignore", r"\[W036\]", UserWarning)
        self.lexicon = lexicon(patterns)
        self.reader = Reader(load_rules(patterns), self.lexicon, engine)

    def record(self, letter: Letter, patient_id: str = "") -> LetterRecord:
        """Everything read from one letter; every quote is held against its text.

        The patient is the letter's own id unless given: whose letter it is takes a look
        at all letters (:func:`extract.letters.assign`).
        """
        facts = placed(letter, extract_facts(self.reader.read(letter.text), self.lexicon))
        settled = settled_date(letter, letter_date(facts))
        reasons = settled.reasons if settled.date or facts else ()
        return LetterRecord.checked(
            letter.text,
            letter_id=letter.letter_id,
            patient_id=patient_id or letter.letter_id,
            letter_date=settled.date,
            numbers=tuple(i.value for i in letter.identifiers if i.kind is IdentifierKind.NHS),
            digest=letter.digest,
            paths=(letter.path,) if letter.path else (),
            facts=facts,
            reasons=tuple(dict.fromkeys((*reasons, *doubts(letter)))),
        )

    def text(self, text: str, *, letter_id: str = "letter", patient_id: str = "") -> LetterRecord:
        """The record of a text in hand."""
        letter = Letter(letter_id=letter_id, text=text, identifiers=find_identifiers(text))
        return self.record(letter, patient_id)


def letter_date(facts: Sequence[Fact]) -> str:
    """The letter's date: its surest, then its first; "" where it has none."""
    dates = [fact for fact in facts if fact.field is Field.LETTER_DATE]
    best = min(dates, key=lambda f: (len(f.reasons), f.evidence.start), default=None)
    return best.value if best else ""
