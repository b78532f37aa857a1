"""Gold facts of every corpus judged, against the truth by reading."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.calculators import judge
from extract.calculators.judging import eligibility_row
from extract.evaluation import read_gold, read_truth
from extract.patients import build_patients
from extract.values.agents import load_agents

CORPORA = Path(__file__).resolve().parents[2] / "corpora"

#: Truth read from prose that no fact of the contract carries: organs of disease told only
#: as past, in letters that all come after interleukin-2 and its response or relapse.
BEYOND_FACTS = {
    ("fo1", "sites"),
    ("fo1", "eligible"),
    ("fo4", "sites"),
    ("oc5", "sites"),
}


def folders() -> Iterator[Path]:
    for truth in sorted(CORPORA.rglob("patients.csv")):
        if (truth.parent / "facts.csv").exists():
            yield truth.parent


@pytest.mark.parametrize("folder", list(folders()), ids=lambda folder: str(folder.name))
def test_gold_facts_give_the_truth(folder: Path) -> None:
    patients = build_patients(read_gold(folder / "facts.csv"), load_agents())
    rows = {patient.patient_id: eligibility_row(judge(patient)) for patient in patients}
    wrong = [
        (patient, column, wanted, rows[patient][column])
        for patient, truth in read_truth(folder / "patients.csv").items()
        for column, wanted in truth.items()
        if rows[patient][column] != wanted and (patient, column) not in BEYOND_FACTS
    ]
    assert wrong == []
