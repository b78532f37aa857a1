"""How every number came about, in the manner of W3C PROV (PROV-JSON).

Letters were read into facts, facts put together into patients, patients judged and
counted: entities, the activities that made them, and from which facts each number is
derived. Facts are named by letter and place; their words stay in ``facts.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from extract.calculators import cohort_outcomes
from extract.calculators.cohort_models import Outcomes
from extract.calculators.grounds import Ground, grounds
from extract.outputs.evidence import Evidence, Quote
from extract.outputs.loading import Finished
from extract.outputs.one_by_one import Records
from extract.version import __version__

_PREFIX: Final = {"ex": "urn:extract-letters:", "prov": "http://www.w3.org/ns/prov#"}
_READ, _JOINED, _COUNTED = "ex:reading", "ex:putting-together", "ex:counting"


def provenance(
    finished: Finished, outcomes: Outcomes | None = None, records: Records | None = None
) -> dict[str, Any]:
    """The record of a run's numbers; the same records give the same document.

    Args:
        finished: the run, with the letters of every treated patient at least.
        outcomes: the cohort's, where they are known already.
        records: where all letters and patients are, if not in ``finished``.
    """
    every = records or finished
    counted = outcomes or cohort_outcomes(finished.patients, finished.criteria)
    document = _Document(Evidence(finished.letters))
    for letter in every.each_letter():
        document.entity(
            _letter(letter.letter_id),
            {"prov:type": "letter", "ex:date": letter.letter_date, "ex:sha256": letter.digest},
        )
    for patient in every.each_patient():
        name = _patient(patient.patient_id)
        document.entity(name, {"prov:type": "patient record"})
        for ref in patient.letters:
            document.derived(name, _letter(ref.letter_id), _JOINED)
    plain = counted.model_dump(mode="json")
    for key, shares in grounds(finished.patients, finished.criteria).items():
        document.number(key, _value(plain, key, len(shares)), shares)
    return {
        "prefix": _PREFIX,
        "agent": {
            "ex:program": {
                "prov:type": "prov:SoftwareAgent",
                "ex:name": "extract",
                "ex:version": __version__,
                "ex:rules-sha256": finished.rules,
            }
        },
        "activity": {
            _READ: {"prov:label": "letters read into facts by rules"},
            _JOINED: {"prov:label": "facts of one patient put together"},
            _COUNTED: {
                "prov:label": "patients judged and counted",
                "ex:criteria": finished.criteria.model_dump(mode="json"),
            },
        },
        "wasAssociatedWith": {
            f"_:with-{number}": {"prov:activity": activity, "prov:agent": "ex:program"}
            for number, activity in enumerate((_READ, _JOINED, _COUNTED), start=1)
        },
        "entity": document.entities,
        "wasDerivedFrom": {
            f"_:from-{number}": link for number, link in enumerate(document.links, start=1)
        },
    }


class _Document:
    """The entities and derivations of a record, each once."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.entities: dict[str, dict[str, Any]] = {}
        self._links: dict[tuple[str, str], str] = {}

    @property
    def links(self) -> list[dict[str, str]]:
        """Every derivation, in the order in which it was told."""
        return [
            {
                "prov:generatedEntity": made,
                "prov:usedEntity": used,
                "prov:activity": activity,
            }
            for (made, used), activity in self._links.items()
        ]

    def entity(self, name: str, attributes: dict[str, Any]) -> None:
        """Add an entity; empty attributes are left out."""
        self.entities.setdefault(name, {k: v for k, v in attributes.items() if v != ""})

    def derived(self, made: str, used: str, activity: str) -> None:
        """Say that one entity was derived from another in an activity."""
        self._links.setdefault((made, used), activity)

    def number(self, key: str, value: Any, shares: Iterable[Ground]) -> None:
        """A number of the outcomes, derived from patients and the facts of each."""
        name = f"ex:number/{key}"
        self.entity(name, {"prov:type": "number", "prov:value": value})
        for share in shares:
            self.derived(name, _patient(share.patient_id), _COUNTED)
            for quote in self.evidence.behind(share):
                self.derived(name, self._fact(quote), _COUNTED)

    def _fact(self, quote: Quote) -> str:
        place = f"{quote.start}-{quote.end}"
        name = f"ex:fact/{quote.letter_id}#{quote.field}/{quote.item}/{quote.value}@{place}"
        self.entity(
            name,
            {
                "prov:type": "fact",
                "ex:field": quote.field,
                "ex:item": quote.item,
                "ex:value": quote.value,
                "ex:start": quote.start,
                "ex:end": quote.end,
                "ex:rule": quote.rule,
            },
        )
        self.derived(name, _letter(quote.letter_id), _READ)
        return name


def _value(plain: dict[str, Any], key: str, shares: int) -> Any:
    """The number under a path of the outcomes; where the path is none, how many share it."""
    found: Any = plain
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found if isinstance(found, int | float) else shares


def _letter(letter_id: str) -> str:
    return f"ex:letter/{letter_id}"


def _patient(patient_id: str) -> str:
    return f"ex:patient/{patient_id}"
