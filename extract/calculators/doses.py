"""Doses of interleukin-2: by cycle, as a share of the planned, against another series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.calculators.cohort_models import Doses
from extract.calculators.samples import compared, summary
from extract.calculators.verdicts import quantity
from extract.records import PatientRecord, Reading

#: Doses planned in one cycle (field guide A10).
PLANNED: Final = 14
#: Cycles of one course.
COURSE: Final = 2


def doses(patients: Sequence[PatientRecord], comparator: Sequence[float] = ()) -> Doses:
    """The doses of treated patients; a count that is not one number is left out.

    ``first_course_percent`` is of 28 planned doses over patients with both cycles known.
    """
    cycles: dict[int, list[float]] = {}
    totals: list[float] = []
    courses: list[float] = []
    silent: list[str] = []
    for patient in patients:
        given = {
            cycle.number: count
            for cycle in patient.il2.cycles
            if (count := count_of(cycle.doses)) is not None
        }
        for number, count in given.items():
            cycles.setdefault(number, []).append(count)
        total = count_of(patient.il2.total_doses)
        if total is None and given and len(given) == len(patient.il2.cycles):
            total = sum(given.values())
        if total is None:
            silent.append(patient.patient_id)
        else:
            totals.append(total)
        if all(number in given for number in range(1, COURSE + 1)):
            courses.append(sum(given[number] for number in range(1, COURSE + 1)))
    planned = PLANNED * COURSE * len(courses)
    return Doses(
        by_cycle={str(number): summary(cycles[number]) for number in sorted(cycles)},
        first_course_percent=100 * sum(courses) / planned if planned else None,
        total=summary(totals),
        not_stated=tuple(silent),
        comparison=compared(cycles.get(1, []), comparator),
    )


def count_of(reading: Reading | None) -> float | None:
    """The number of doses a letter states; None where it is not one number."""
    found = quantity(reading.value) if reading else None
    return found.low if found and found.low == found.high else None
