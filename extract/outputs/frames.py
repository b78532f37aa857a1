"""Records as pandas frames: one call for facts, letters, patients, eligibility, timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extract.calculators.judging import eligibility_row
from extract.outputs.loading import load_finished
from extract.outputs.tables import ELIGIBILITY_COLUMNS, FACT_COLUMNS, fact_rows
from extract.records import LetterRecord, PatientRecord

if TYPE_CHECKING:
    import pandas as pd

_LETTERS: Final = ("letter_id", "patient_id", "letter_date", "facts", "review", "reasons")
_TIMELINE: Final = ("patient_id", "date", "earliest", "latest", "kind", "what")
_OUTCOMES: Final = (
    "patient_id",
    "treated",
    "setting",
    "best_response",
    "unconfirmed",
    "confirmed",
    "evaluable",
    "first_dose",
    "first_response",
    "progression",
    "death",
    "last_contact",
    "follow_up_days_fewest",
    "follow_up_days_most",
)

#: What :func:`to_frame` can show, and of which records it is made.
KINDS: Final = ("facts", "letters", "eligibility", "outcomes", "timeline")


def to_frame(source: Any, what: str = "") -> pd.DataFrame:
    """Records as a pandas frame, one row a fact, a letter or a patient.

    Args:
        source: an out folder, the result of a run, or letter or patient records.
        what: ``facts`` (default), ``letters``, ``eligibility``, ``outcomes`` or
            ``timeline``; of patient records the default is ``eligibility``.

    Raises:
        ValueError: there is no such view, or not of these records.
    """
    import pandas as pd

    letters, patients = _records(source)
    kind = what or ("facts" if letters or not patients else "eligibility")
    rows: Iterable[dict[str, Any]]
    columns: tuple[str, ...]
    match kind:
        case "facts":
            rows, columns = fact_rows(letters), FACT_COLUMNS
        case "letters":
            rows, columns = _letters(letters), _LETTERS
        case "eligibility":
            rows, columns = map(eligibility_row, patients), ELIGIBILITY_COLUMNS
        case "outcomes":
            rows, columns = _outcomes(patients), _OUTCOMES
        case "timeline":
            rows, columns = _timeline(patients), _TIMELINE
        case _:
            raise ValueError(f"there is no view {kind!r}; there are {', '.join(KINDS)}")
    if not (letters if kind in ("facts", "letters") else patients) and (letters or patients):
        raise ValueError(f"these records hold no {kind}")
    return pd.DataFrame(list(rows), columns=list(columns))


def _records(source: Any) -> tuple[tuple[LetterRecord, ...], tuple[PatientRecord, ...]]:
    if isinstance(source, str | Path):
        finished = load_finished(Path(source))
        return finished.letters, finished.patients
    if isinstance(source, LetterRecord):
        return (source,), ()
    if isinstance(source, PatientRecord):
        return (), (source,)
    if hasattr(source, "records") and hasattr(source, "patients"):
        return tuple(source.records), tuple(source.patients)
    if hasattr(source, "letters") and hasattr(source, "patients"):
        return tuple(source.letters), tuple(source.patients)
    items = tuple(source)
    letters = tuple(item for item in items if isinstance(item, LetterRecord))
    patients = tuple(item for item in items if isinstance(item, PatientRecord))
    if len(letters) + len(patients) != len(items):
        raise ValueError("only letter and patient records make a frame")
    return letters, patients


def _letters(letters: Iterable[LetterRecord]) -> Iterator[dict[str, Any]]:
    for letter in letters:
        yield {
            "letter_id": letter.letter_id,
            "patient_id": letter.patient_id,
            "letter_date": letter.letter_date,
            "facts": len(letter.facts),
            "review": sum(fact.review for fact in letter.facts),
            "reasons": ";".join(reason.value for reason in letter.reasons),
        }


def _outcomes(patients: Iterable[PatientRecord]) -> Iterator[dict[str, Any]]:
    for patient in patients:
        found = patient.outcome
        if found is None:
            raise ValueError(f"patient {patient.patient_id} has not been judged")
        fewest, most = found.follow_up_days or (None, None)
        dates = {
            "first_dose": patient.il2.first_dose,
            "first_response": found.first_response,
            "progression": found.progression,
            "death": found.death,
            "last_contact": found.last_contact,
        }
        yield {
            "patient_id": patient.patient_id,
            "treated": found.treated,
            "setting": patient.setting.label.value,
            "best_response": found.best_response,
            "unconfirmed": found.unconfirmed,
            "confirmed": found.confirmed,
            "evaluable": found.evaluable,
            **{name: span.edtf if span else "" for name, span in dates.items()},
            "follow_up_days_fewest": fewest,
            "follow_up_days_most": most,
        }


def _timeline(patients: Iterable[PatientRecord]) -> Iterator[dict[str, Any]]:
    for patient in patients:
        for event in patient.timeline:
            yield {
                "patient_id": patient.patient_id,
                "date": event.on.edtf if event.on else "",
                "earliest": event.on.earliest if event.on else None,
                "latest": event.on.latest if event.on else None,
                "kind": event.kind,
                "what": event.what,
            }
