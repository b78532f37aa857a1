"""A letter's text becomes a :class:`Reading`: units, sentences, mentions and what is said of them."""

from extract.language.reading import Mention, Reading, Section, Sentence, Unit, UnitKind

__all__ = ["Mention", "Reading", "Section", "Sentence", "Unit", "UnitKind"]
