"""The program's own readers; :mod:`extract.letters.registry` chooses among them."""

from __future__ import annotations

from typing import Final

from extract.letters.compound import Compound
from extract.letters.fhir import Fhir
from extract.letters.hl7v2 import Hl7Messages
from extract.letters.mail import Mail
from extract.letters.parquet import Parquet
from extract.letters.pdf import Pdf
from extract.letters.picture import Picture
from extract.letters.plain import PlainText
from extract.letters.registry import Make
from extract.letters.rtf import RichText
from extract.letters.table import Csv, JsonLines
from extract.letters.tarred import Tarred
from extract.letters.webpage import WebPage
from extract.letters.word import Word
from extract.letters.zipped import Zipped

BUILT_IN: Final[tuple[Make, ...]] = (
    PlainText,
    Word,
    Pdf,
    Picture,
    RichText,
    WebPage,
    Hl7Messages,
    Fhir,
    Mail,
    Csv,
    JsonLines,
    Parquet,
    Zipped,
    Tarred,
    Compound,
)
