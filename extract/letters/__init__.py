"""A file becomes letters: found in a folder, read by its format, with whose it is."""

from extract.letters.folder import find_sources
from extract.letters.identity import Claim, Owner, assign
from extract.letters.model import Identifier, IdentifierKind, Letter, Source
from extract.letters.registry import Reader, Registry
from extract.settings import PatientFrom

__all__ = [
    "Claim",
    "Identifier",
    "IdentifierKind",
    "Letter",
    "Owner",
    "PatientFrom",
    "Reader",
    "Registry",
    "Source",
    "assign",
    "find_sources",
]
