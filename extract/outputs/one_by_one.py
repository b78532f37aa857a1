"""The records of a run, one after another: an export need not hold an archive.

:class:`OutFiles` reads an out folder; :class:`extract.outputs.loading.Finished` offers the
same of records that are at hand.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from extract.calculators import Criteria
from extract.outputs.loading import header, plain_lines, record_of, records_of
from extract.records import LetterRecord, PatientRecord


class Records(Protocol):
    """What an export needs of a run."""

    @property
    def rules(self) -> str:
        """The hash of the rules that read the letters; "" where it is not known."""

    @property
    def rejects(self) -> tuple[dict[str, str], ...]:
        """The rows of ``rejects.csv``."""

    def each_letter(self) -> Iterator[LetterRecord]:
        """The letters, in the order of the run."""

    def each_patient(self) -> Iterator[PatientRecord]:
        """The judged patients, in the order of the run."""

    def each_person(self) -> Iterator[tuple[PatientRecord, list[LetterRecord]]]:
        """The patients, each with their own letters."""


@dataclass(frozen=True)
class OutFiles:
    """An out folder whose records are read as they are asked for.

    ``run`` is what ``run.json`` holds. Make it with :meth:`opened`.
    """

    out: Path
    run: dict[str, Any]
    criteria: Criteria
    rejects: tuple[dict[str, str], ...]

    @classmethod
    def opened(cls, out: Path) -> OutFiles:
        """The out folder at a path.

        Raises:
            ExtractError: (``no_out_folder``) it is none; so do the methods, where a file in
                it is cut short or was changed by hand.
        """
        return cls(out, *header(out))

    @property
    def rules(self) -> str:
        """The hash of the rules that read the letters; "" where it is not known."""
        return str(self.run.get("rules", {}).get("sha256", ""))

    def each_letter(self) -> Iterator[LetterRecord]:
        """The letters, in the order of the run."""
        return records_of(self.out / "letters.jsonl", LetterRecord)

    def each_patient(self, only: Collection[str] = ()) -> Iterator[PatientRecord]:
        """The judged patients, in the order of the run; some of them, where these are named."""
        path = self.out / "patients.jsonl"
        if not only:
            yield from records_of(path, PatientRecord)
            return
        for number, line, plain in plain_lines(path):
            if plain.get("patient_id") in only:
                yield record_of(path, number, line, PatientRecord)

    def each_person(
        self, only: Collection[str] = ()
    ) -> Iterator[tuple[PatientRecord, list[LetterRecord]]]:
        """The patients, or those who are named, each with their own letters.

        The letters of one may lie far apart in their file, so that it is gone through once
        for where they begin.
        """
        path = self.out / "letters.jsonl"
        begins = _begins(path)
        with path.open("rb") as stream:
            for patient in self.each_patient(only):
                own = []
                places = iter(begins.get(patient.patient_id, ()))
                for at, number in zip(places, places, strict=True):
                    stream.seek(at)
                    own.append(record_of(path, number, stream.readline(), LetterRecord))
                yield patient, own


def _begins(path: Path) -> dict[str, array[int]]:
    """Where the lines of each patient's letters begin: bytes and line number in turn."""
    found: dict[str, array[int]] = {}
    at = 0
    for number, line, plain in plain_lines(path):
        places = found.setdefault(str(plain.get("patient_id", "")), array("Q"))
        places.extend((at, number))
        at += len(line)
    return found
