"""Read clinic letters into validated records that quote their evidence.

>>> import extract
>>> record = extract.extract_text("Clinic 4 March 2011. ECOG performance status 1.")
>>> result = extract.run("letters", out="extracted")
>>> frame = extract.to_frame(result)

:func:`load` builds the pipeline once, for many texts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extract.version import __version__

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

    from extract.archive import Extractor
    from extract.archive.run import RunResult
    from extract.records import LetterRecord

__all__ = ["__version__", "extract_text", "load", "run", "to_frame"]


def load(patterns: str | PathLike[str] | None = None) -> Extractor:
    """Build the pipeline, which takes seconds; its ``text`` reads a text into a record.

    Args:
        patterns: a folder of rules; default, those that came with the program.

    Raises:
        ExtractError: with everything wrong in the rules.
    """
    from pathlib import Path

    from extract.archive import Extractor

    return Extractor(Path(patterns) if patterns is not None else None)


def extract_text(text: str, *, letter_id: str = "letter", patient_id: str = "") -> LetterRecord:
    """Read the text of one letter with the program's own rules, loaded at first use.

    The patient is the letter itself unless named.
    """
    return _loaded().text(text, letter_id=letter_id, patient_id=patient_id)


@lru_cache(maxsize=1)
def _loaded() -> Extractor:
    return load()


def run(
    letters: str | PathLike[str], out: str | PathLike[str] = "extracted", **settings: Any
) -> RunResult:
    """Do the main job: read letters, judge patients, write the out folder.

    Args:
        letters: a folder of letters, or one letter.
        out: where the outputs go.
        settings: any other of :class:`extract.archive.RunSettings`.

    Raises:
        ExtractError: it cannot be done as asked; nothing is written then.
    """
    from extract.archive import RunSettings
    from extract.archive.run import run as run_archive

    return run_archive(RunSettings.checked(letters=letters, out=out, **settings))


def to_frame(source: Any, what: str = "") -> pd.DataFrame:
    """Records as a pandas frame, one row a fact, a letter, a patient or an event.

    Args:
        source: the result of a run, an out folder, or letter or patient records.
        what: ``facts`` (the default where there are letters), ``letters``, ``eligibility``
            (the default of patients alone), ``outcomes`` or ``timeline``.

    Raises:
        ValueError: there is no such view, or these records do not hold it.
        ExtractError: the path is no out folder.
    """
    from extract.outputs.frames import to_frame as frame

    return frame(source, what)
