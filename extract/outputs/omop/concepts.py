"""Concept ids of the OMOP vocabularies that were checked; everything else is 0.

0 is the model's own "no matching concept"; the words stand in the source values.
Sources: field guide E (ECOG findings, Cancer Modifier, drugs), OHDSI's documentation for
the type concepts (32858 NLP, 32831 EHR note) and the episodes (32531, 32532).
"""

from __future__ import annotations

from typing import Final

NONE: Final = 0
#: Type concepts.
NLP: Final = 32858
EHR_NOTE: Final = 32831
#: English.
ENGLISH: Final = 4180186
#: Episodes of treatment.
REGIMEN: Final = 32531
CYCLE: Final = 32532

ECOG: Final = {
    "0": 4175026,
    "1": 4173614,
    "2": 4172043,
    "3": 4174241,
    "4": 4174251,
    "5": 4173456,
}
#: Cancer Modifier: response to treatment.
RESPONSES: Final = {"CR": 32946, "PR": 32947, "SD": 32948, "PD": 32949}
#: Operators of a measurement.
OPERATORS: Final = {">": 4172704, ">=": 4171755, "<": 4171756, "<=": 4171754}
