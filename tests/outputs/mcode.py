"""What mCODE's profiles ask of the resources that claim them, as facts in a table.

From the implementation guide's published profiles (STU 3 and 4): cardinalities, fixed codes,
types of a value, required bindings. This is our own check and no certificate: it does not
follow references to the profiles of their targets (mCODE's patient, by US Core, needs a
name and a gender, which a bundle of pseudonyms does not have), does not expand value sets
beyond the codes that we use, and does not replace HL7's validator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Resource = dict[str, Any]

BASE = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
Codes = frozenset[tuple[str, str]]


def _loinc(*codes: str) -> Codes:
    return frozenset((LOINC, code) for code in codes)


@dataclass(frozen=True)
class Profile:
    """The rules of one profile.

    Attributes:
        kind: the resource it is a profile of.
        needs: elements that must be there; a tuple is a choice of one.
        unused: elements that must not.
        code: codings of ``code``, one of which must be there.
        categories: codings of ``category``, all of which must be there.
        value: the types that ``value[x]`` may have.
        effective: the types that ``effective[x]`` may have.
        bound: element and the codes of its required binding.
    """

    kind: str
    needs: tuple[str | tuple[str, ...], ...]
    unused: tuple[str, ...] = ()
    code: Codes = frozenset()
    categories: Codes = frozenset()
    value: tuple[str, ...] = ()
    effective: tuple[str, ...] = ()
    bound: tuple[tuple[str, Codes], ...] = ()


_STATUS_UNUSED = ("bodySite", "specimen", "device", "hasMember", "component")
_SURVEY = frozenset({(CATEGORY, "survey")})

PROFILES = {
    f"{BASE}ecog-performance-status": Profile(
        "Observation", ("status", "code", "subject"), _STATUS_UNUSED, _loinc("89247-1"), _SURVEY,
        ("valueInteger",), ("effectiveDateTime", "effectivePeriod"),
        (("interpretation", _loinc("LA9622-7", "LA9623-5", "LA9624-3", "LA9625-0", "LA9626-8",
                                   "LA9627-6")),),
    ),
    f"{BASE}karnofsky-performance-status": Profile(
        "Observation", ("status", "code", "subject"), _STATUS_UNUSED, _loinc("89243-0"), _SURVEY,
        ("valueInteger",), ("effectiveDateTime", "effectivePeriod"),
        (("interpretation", _loinc("LA29175-9", "LA29176-7", "LA29177-5", "LA29178-3",
                                   "LA29179-1", "LA29180-9")),),
    ),
    f"{BASE}cancer-disease-status": Profile(
        "Observation", ("status", "code", "subject"),
        ("specimen", "device", "referenceRange", "hasMember", "component"), _loinc("97509-4"),
        frozenset(), ("valueCodeableConcept",), ("effectiveDateTime",),
        (("valueCodeableConcept",
          frozenset((SNOMED, code) for code in
                    ("268910001", "359746009", "271299001", "709137006"))),),
    ),
    f"{BASE}tumor-marker-test": Profile(
        "Observation", ("status", "code", "subject"), (), frozenset(),
        frozenset({(CATEGORY, "laboratory"), (SNOMED, "250724005")}),
        ("valueQuantity", "valueRatio", "valueString", "valueCodeableConcept"),
        ("effectiveDateTime", "effectivePeriod"),
    ),
    f"{BASE}cancer-related-medication-administration": Profile(
        "MedicationAdministration",
        ("status", "subject", ("medicationCodeableConcept", "medicationReference"),
         ("effectiveDateTime", "effectivePeriod"), ("reasonCode", "reasonReference")),
    ),
}  # fmt: skip


def breaches(resource: Resource) -> Iterator[str]:
    """What a resource lacks, or has too much, for the profiles that it claims."""
    for url in resource.get("meta", {}).get("profile", []):
        profile = PROFILES.get(url)
        if profile is None:
            yield f"{url}: not in the table"
            continue
        yield from (f"{url}: {what}" for what in _breaches(resource, profile))


def _breaches(resource: Resource, profile: Profile) -> Iterator[str]:
    if resource["resourceType"] != profile.kind:
        yield f"is no {profile.kind}"
    for need in profile.needs:
        choice = (need,) if isinstance(need, str) else need
        if not any(resource.get(name) for name in choice):
            yield f"lacks {' or '.join(choice)}"
    yield from (f"has {name}" for name in profile.unused if name in resource)
    if profile.code and not _codings(resource.get("code")) & profile.code:
        yield "code"
    if not profile.categories <= _codings(resource.get("category")):
        yield "category"
    for name, allowed in (("value", profile.value), ("effective", profile.effective)):
        there = {key for key in resource if key.startswith(name)}
        if allowed and not (len(there) == 1 and there <= set(allowed)):
            yield name
    for name, codes in profile.bound:
        if name in resource and not _codings(resource[name]) & codes:
            yield f"{name} is outside its value set"


def _codings(found: Any) -> set[tuple[str, str]]:
    concepts = found if isinstance(found, list) else [found] if found else []
    return {(c["system"], c["code"]) for concept in concepts for c in concept.get("coding", [])}
