"""Toxicity of treated patients, with what is not known apart from what did not happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from extract.calculators.cohort_models import CycleToxicity, Support, Toxicity
from extract.calculators.cycles import since_first_dose, sole_cycle
from extract.calculators.intervals import proportion
from extract.records import CycleReading, PatientRecord
from extract.values.kleene import Truth

SEVERE: Final = frozenset({"3", "4", "5"})
_SUPPORTS: Final = ("inotropes", "icu")


def toxicities(patients: Sequence[PatientRecord]) -> Toxicity:
    """Support needed and toxicities named, over treated patients."""
    everywhere = [told for patient in patients for told in terms_of(patient).items()]
    numbers = sorted({cycle.number for p in patients for cycle in p.il2.cycles})
    return Toxicity(
        inotropes=support([(p.patient_id, first_true(p.inotropes)) for p in patients]),
        icu=support([(p.patient_id, first_true(p.icu)) for p in patients]),
        terms=_tally(term for term, _ in everywhere),
        severe=_tally(term for term, items in everywhere if severe(items)),
        by_cycle={str(number): _cycle(patients, number) for number in numbers},
        cycle_not_told=_tally(
            term for term, items in everywhere if all(sole_cycle(item) is None for item in items)
        ),
    )


def _cycle(patients: Sequence[PatientRecord], number: int) -> CycleToxicity:
    given = [p for p in patients if begun(p, number)]
    told = [(term, items) for patient in given for term, items in terms_of(patient, number).items()]
    supports = {
        name: support([(p.patient_id, support_in(p, name, number)[0]) for p in given])
        for name in _SUPPORTS
    }
    return CycleToxicity(
        given=len(given),
        inotropes=supports["inotropes"],
        icu=supports["icu"],
        terms=_tally(term for term, _ in told),
        severe=_tally(term for term, items in told if severe(items)),
    )


def terms_of(patient: PatientRecord, cycle: int | None = None) -> dict[str, list[CycleReading]]:
    """The toxicities that letters name from the first dose on, or those of one cycle."""
    found: dict[str, list[CycleReading]] = {}
    for term, item in patient.toxicity:
        if not since_first_dose(patient, item):
            continue
        if cycle is None or sole_cycle(item) == cycle:
            found.setdefault(term, []).append(item)
    return found


def begun(patient: PatientRecord, cycle: int) -> bool:
    """Whether letters tell that a cycle was begun."""
    return any(each.number == cycle for each in patient.il2.cycles)


def support_in(patient: PatientRecord, name: str, cycle: int) -> tuple[Truth, list[CycleReading]]:
    """Whether ``inotropes`` or ``icu`` was needed in one cycle, and the readings that tell."""
    said: Sequence[CycleReading] = getattr(patient, name)
    yes = {sole_cycle(item): item for item in said if item.value == "yes"}
    no = [
        item
        for item in said
        # Where it was needed in some cycle, a denial of several at once is not believed.
        if item.value == "no" and cycle in ({sole_cycle(item)} if None in yes else item.cycles)
    ]
    found = [yes[cycle]] if cycle in yes else no
    return first_true(found), found


def severe(items: Iterable[CycleReading]) -> bool:
    """Whether a grade of 3 or more is among some readings of one toxicity."""
    return any(item.value in SEVERE for item in items)


def first_true(readings: Sequence[CycleReading]) -> Truth:
    """Whether any letter says yes; not met where one says no and none yes; else unknown."""
    said = {item.value for item in readings}
    if "yes" in said:
        return Truth.MET
    return Truth.NOT_MET if "no" in said else Truth.UNKNOWN


def support(verdicts: Sequence[tuple[str, Truth]]) -> Support:
    """Yes, no and unknown over patients, with rates of the known and of all."""
    yes = [patient for patient, verdict in verdicts if verdict is Truth.MET]
    unknown = sum(verdict is Truth.UNKNOWN for _, verdict in verdicts)
    known = len(verdicts) - unknown
    return Support(
        yes=len(yes),
        no=known - len(yes),
        unknown=unknown,
        of_known=proportion(len(yes), known),
        of_treated=proportion(len(yes), len(verdicts)),
        patients=tuple(yes),
    )


def _tally(terms: Iterable[str]) -> dict[str, int]:
    count = Counter(terms)
    return {term: count[term] for term in sorted(count)}
