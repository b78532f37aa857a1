"""What a caller may say about how files are read."""

from __future__ import annotations

from dataclasses import dataclass

from extract.settings import MEMORY, SECONDS


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read; plain data, so that it can be handed to another process.

    Attributes:
        text_column: the column of a table that holds the letters' text.
        id_column: the column with the letters' ids.
        patient_column: the column that says whose letter it is.
        date_column: the column with the letters' dates.
        named: the columns that the caller named; the others may be missing.
        ocr: whether pictures are read by text recognition where it is installed.
        hidden: a mark of the key that identifiers are replaced under; where there is one,
            quotes leave out names, addresses and numbers.
        seconds: how long one file, or one page of a scan, may take.
        memory: bytes that the process which reads risky formats may use.
        max_pages: pages of a PDF with text above which it is no letter.
        max_scans: pages to recognise above which a scan is no letter.
        max_chars: characters above which a text is no letter.
        max_depth: how deep archives, mails and messages may lie in each other.
    """

    text_column: str = "text"
    id_column: str = "letter_id"
    patient_column: str = "patient_id"
    date_column: str = "letter_date"
    named: frozenset[str] = frozenset()
    ocr: bool = True
    hidden: str = ""
    seconds: float = SECONDS
    memory: int = MEMORY
    max_pages: int = 500
    max_scans: int = 100
    max_chars: int = 1_000_000
    max_depth: int = 3

    @classmethod
    def of(
        cls,
        *,
        text_column: str | None = None,
        id_column: str | None = None,
        patient_column: str | None = None,
        date_column: str | None = None,
        hidden: str = "",
        seconds: float | None = None,
        memory: int | None = None,
    ) -> ReadOptions:
        """The options from what a caller named; None keeps what is usual."""
        usual = cls()
        columns = (text_column, id_column, patient_column, date_column)
        return cls(
            text_column=text_column or usual.text_column,
            id_column=id_column or usual.id_column,
            patient_column=patient_column or usual.patient_column,
            date_column=date_column or usual.date_column,
            named=frozenset(filter(None, columns)),
            hidden=hidden,
            seconds=usual.seconds if seconds is None else seconds,
            memory=usual.memory if memory is None else memory,
        )


DEFAULTS = ReadOptions()
