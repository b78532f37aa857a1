"""The invented 16-patient cohort of field guide C6, as letters' facts."""

from collections.abc import Callable, Iterator

import pytest

from extract.calculators import Criteria, judge
from extract.evaluation import letter_of
from extract.patients import build_patients
from extract.records import LetterRecord, PatientRecord
from extract.values.agents import load_agents

# id, setting, failed lines, last class, last dose, first interleukin-2, doses of cycles 1
# and 2, evaluable, best response, first response or assessment, progression, last seen, alive
TABLE = """\
S01,salvage,1,VEGFR-TKI,2009-06-30,2009-09-07,12,9,1,PR,2009-12-14,2010-08-16,2010-12-06,1
S02,salvage,2,mTOR,2008-11-24,2009-01-26,11,10,1,CR,2009-07-13,,2011-01-26,1
S03,salvage,2,VEGFR-TKI,2009-11-02,2010-01-11,10,8,1,SD,2010-04-06,2010-06-28,2010-11-22,1
S04,salvage,3,mTOR,2009-08-17,2009-10-12,13,9,1,CR,2010-04-12,,2011-01-10,1
S05,salvage,2,mTOR,2009-12-21,2010-03-01,12,11,1,CR,2010-08-23,,2011-01-17,1
S06,salvage,1,VEGFR-TKI,2009-03-09,2009-05-18,9,7,1,PD,2009-08-10,2009-08-10,2010-03-15,0
S07,salvage,2,mTOR,2010-01-25,2010-04-06,11,9,1,PR,2010-07-12,,2010-12-20,1
S08,salvage,1,VEGFR-TKI,2010-09-20,2010-12-06,10,9,0,NE,,,2011-01-24,1
C09,consolidation,0,VEGFR-TKI,2009-05-11,2009-07-20,13,11,1,CR,2010-01-18,,2011-01-03,1
C10,consolidation,0,VEGFR-TKI,2009-10-05,2009-12-07,12,10,1,CR,2010-06-07,,2011-01-24,1
C11,consolidation,0,VEGFR-TKI,2009-12-14,2010-02-15,10,10,1,PR,2010-05-17,2010-12-13,2011-01-10,1
C12,consolidation,0,VEGFR-TKI,2010-02-08,2010-04-19,11,8,1,CR,2010-10-04,,2010-12-13,1
C13,consolidation,0,VEGFR-TKI,2010-03-22,2010-05-24,12,9,1,SD,2010-08-16,2010-11-15,2011-01-17,1
C14,consolidation,0,VEGFR-TKI,2010-01-04,2010-03-15,9,6,1,PD,2010-06-14,2010-06-14,2010-12-01,0
C15,consolidation,0,VEGFR-TKI,2010-08-30,2010-11-08,11,9,0,NE,,,2011-01-24,1
C16,consolidation,0,VEGFR-TKI,2010-09-27,2010-11-29,12,10,0,NE,,,2011-01-17,1
"""

#: The lines of targeted therapy behind a number of failed lines and the last class.
_LINES = {
    (0, "VEGFR-TKI"): ["sunitinib"],
    (1, "VEGFR-TKI"): ["sunitinib"],
    (2, "VEGFR-TKI"): ["everolimus", "sunitinib"],
    (2, "mTOR"): ["sunitinib", "everolimus"],
    (3, "mTOR"): ["sorafenib", "sunitinib", "everolimus"],
}

#: Doses of the first cycle in the invented first-line comparator.
COMPARATOR = (12, 11, 13, 10, 12, 11, 12, 9, 13, 11)


def letters(row: str) -> Iterator[LetterRecord]:
    """One patient as three letters: before interleukin-2, its discharge, the last seen."""
    (pid, setting, failed, last_class, last_dose, first, c1, c2, *rest) = row.split(",")
    evaluable, best, seen, progressed, last_seen, alive = rest
    agents = _LINES[int(failed), last_class]
    before: list[tuple[str, str, str]] = [("letter_date", "", last_dose)]
    for year, agent in enumerate(agents, start=2005):
        before.append(("therapy", agent, "given"))
        before.append(("therapy_start", agent, f"{year}-01-10"))
        if agent == agents[-1]:
            before.append(("therapy_end", agent, last_dose))
        if setting == "salvage":
            before.append(("therapy_end_reason", agent, "progression"))
        else:
            before.append(("therapy_end_reason", agent, "switch"))
            before.append(("response", agent, "PR"))
    yield letter_of(f"{pid}/before", before)
    yield letter_of(
        f"{pid}/discharge",
        [
            ("letter_date", "", first),
            ("therapy", "aldesleukin", "current"),
            ("therapy_start", "aldesleukin", first),
            ("il2_cycle_start", "1", first),
            ("il2_doses", "1", c1),
            ("il2_doses", "2", c2),
            ("inotropes", "", "no"),
            ("icu", "", "no"),
        ],
    )
    last: list[tuple[str, str, str]] = [("therapy", "aldesleukin", "given")]
    if evaluable == "1":
        last.append(("response", "aldesleukin", best))
        last.append(("response_date", "aldesleukin", f"{best}={seen}"))
    if progressed and progressed != seen:
        last.append(("response", "aldesleukin", "PD"))
        last.append(("response_date", "aldesleukin", f"PD={progressed}"))
    if alive == "1":
        last.append(("letter_date", "", last_seen))
    else:
        last.append(("death", "", last_seen))
    yield letter_of(f"{pid}/last", last)


def cohort(criteria: Criteria | None = None) -> list[PatientRecord]:
    """The judged records of the fixture."""
    chosen = criteria or Criteria()
    return [judge(patient, chosen) for patient in build_patients(c6_letters(), load_agents())]


def c6_letters() -> list[LetterRecord]:
    """The letters of the fixture."""
    return [letter for row in TABLE.splitlines() for letter in letters(row)]


@pytest.fixture(scope="session")
def c6() -> list[PatientRecord]:
    """The 16 judged patients of field guide C6."""
    return cohort()


@pytest.fixture(scope="session")
def c6_by() -> Callable[[Criteria], list[PatientRecord]]:
    """The same 16 patients judged by other criteria."""
    return cohort


@pytest.fixture(scope="session")
def c6_records() -> list[LetterRecord]:
    """The letters behind the 16 patients."""
    return c6_letters()


@pytest.fixture(scope="session")
def comparator() -> tuple[int, ...]:
    """First-cycle doses of the invented comparator."""
    return COMPARATOR
