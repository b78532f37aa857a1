"""Readings as FHIR Observations and Conditions, with mCODE's codes where it has them.

A profile is claimed only for a resource that meets it: a range of performance status, or
one without a date, is an Observation with the same code and no profile.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any, Final, NamedTuple

from extract.calculators.verdicts import quantity
from extract.outputs.fhir import codes
from extract.outputs.fhir.dates import effective
from extract.records import Assessment, PatientRecord, Reading, Source
from extract.values.kleene import Truth
from extract.values.quantities import APPROXIMATE_BY, Quantity

Resource = dict[str, Any]

_PERCENT: Final = {"unit": "%", "system": codes.UCUM, "code": "%"}


class Item(NamedTuple):
    """A resource without identity, and the facts it was read from.

    ``key`` tells it from its neighbours in the bundle; ``reason`` marks a treatment, which
    gets the primary cancer as its reason.
    """

    key: str
    resource: Resource
    sources: tuple[Source, ...]


def observations(patient: PatientRecord) -> Iterator[Item]:
    """Every reading of a patient as an Observation."""
    for place, reading in enumerate(patient.ecog):
        yield _item("ecog", place, _ecog(reading), reading.sources)
    for place, reading in enumerate(patient.karnofsky):
        yield _item("karnofsky", place, _karnofsky(reading), reading.sources)
    for place, reading in enumerate(patient.caix):
        yield _item("caix", place, _caix(reading), reading.sources)
    yield from _histology(patient)
    for place, test in enumerate(patient.stress_echo):
        resource = _observation(codes.local("stress-echo"), test, codes.local(test.category))
        if test.category == "awaited":
            resource["status"] = "registered"
        yield _item("stress-echo", place, resource, test.sources)
    for place, reading in enumerate(patient.lvef):
        resource = _base(codes.local("lvef", "left ventricular ejection fraction"), reading)
        yield _item("lvef", place, {**resource, **_value(reading.value)}, reading.sources)
    for place, found in enumerate(patient.responses):
        yield _item("response", place, _response(found), found.sources)
    yield from _events(patient)


def _ecog(reading: Reading) -> Resource:
    found = quantity(reading.value)
    code = codes.concept(
        "ECOG performance status", codes.coding(codes.LOINC, "89247-1", "ECOG Performance Status")
    )
    return _status(reading, code, found, codes.ECOG_ANSWERS, "mcode-ecog-performance-status")


def _karnofsky(reading: Reading) -> Resource:
    found = quantity(reading.value)
    code = codes.concept(
        "Karnofsky performance status",
        codes.coding(codes.LOINC, "89243-0", "Karnofsky Performance Status"),
    )
    answers = codes.KARNOFSKY_ANSWERS
    return _status(reading, code, found, answers, "mcode-karnofsky-performance-status")


def _status(
    reading: Reading,
    code: codes.Concept,
    found: Quantity | None,
    answers: dict[int, str],
    profile: str,
) -> Resource:
    resource = _base(code, reading)
    resource["category"] = [codes.concept("survey", codes.coding(codes.CATEGORY, "survey"))]
    if found is None or found.low != found.high or found.approximate:
        return {**resource, **_value(reading.value, unit={})}
    score = int(found.low)
    resource["valueInteger"] = score
    if score in answers:
        answer = codes.coding(codes.LOINC, answers[score])
        resource["interpretation"] = [codes.concept(str(score), answer)]
    if "effectiveDateTime" in resource:
        resource["meta"] = {"profile": [codes.MCODE + profile]}
    return resource


def _caix(reading: Reading) -> Resource:
    resource = _base(
        codes.local("caix", "tumour cells positive for carbonic anhydrase IX"), reading
    )
    if quantity(reading.value) is None:
        resource["valueCodeableConcept"] = codes.local(reading.value)
    else:
        resource.update(_value(reading.value))
    if "valueRange" not in resource and "effectiveDateTime" in resource:
        resource["category"] = [
            codes.concept("laboratory", codes.coding(codes.CATEGORY, "laboratory")),
            codes.concept("tumour marker", codes.coding(codes.SNOMED, *codes.MARKER)),
        ]
        resource["meta"] = {"profile": [codes.MCODE + "mcode-tumor-marker-test"]}
    return resource


def _histology(patient: PatientRecord) -> Iterator[Item]:
    for place, reading in enumerate(patient.histology_groups):
        code = codes.local("histology-group", "histology group for interleukin-2")
        resource = _base(code, reading)
        resource["valueCodeableConcept"] = codes.local(reading.value)
        yield _item("histology-group", place, resource, reading.sources)
    for place, (feature, reading) in enumerate(patient.histology_features):
        resource = _base(codes.local(f"histology-{feature}"), reading)
        if quantity(reading.value) is None:
            resource["valueCodeableConcept"] = codes.local(reading.value)
        else:
            resource.update(_value(reading.value))
        yield _item("histology-feature", place, resource, reading.sources)


def _response(found: Assessment) -> Resource:
    """Disease status: mCODE's trend beside the RECIST category, never instead of it."""
    recist = codes.local(found.category, codes.RECIST.get(found.category, found.category))
    code = codes.concept(
        "Cancer disease status",
        codes.coding(codes.LOINC, "97509-4", "Cancer Disease Progression"),
    )
    resource = _observation(code, found, recist)
    trend = codes.TREND.get(found.category)
    if trend is not None:
        resource["valueCodeableConcept"]["coding"].append(codes.coding(codes.SNOMED, *trend))
        if "effectiveDateTime" in resource:
            resource["meta"] = {"profile": [codes.MCODE + "mcode-cancer-disease-status"]}
    if found.agent:
        resource["note"] = [{"text": f"under or after {found.agent}"}]
    return resource


def _events(patient: PatientRecord) -> Iterator[Item]:
    for place, (term, reading) in enumerate(patient.toxicity):
        resource = _base(codes.local(f"toxicity-{term}", f"toxicity: {term}"), reading)
        if reading.value.isdigit():
            resource["valueInteger"] = int(reading.value)
            resource["note"] = [{"text": "grade as the letter gives it"}]
        else:
            resource["valueCodeableConcept"] = codes.local(reading.value)
        yield _item("toxicity", place, resource, reading.sources)
    for name, readings in (("inotropes", patient.inotropes), ("icu", patient.icu)):
        words = {"icu": "intensive care during interleukin-2"}
        code = codes.local(name, words.get(name, "inotropes or vasopressors during interleukin-2"))
        for place, reading in enumerate(readings):
            resource = {**_base(code, reading), "valueBoolean": reading.value == "yes"}
            yield _item(name, place, resource, reading.sources)
    for place, (after, relapse) in enumerate(patient.relapses):
        words_ = f"relapse after {after}" if after else "relapse"
        resource = {
            **_base(codes.local("relapse", words_), relapse),
            "valueBoolean": relapse.value == "yes",
        }
        yield _item("relapse", place, resource, relapse.sources)


def conditions(patient: PatientRecord) -> Iterator[Item]:
    """The primary cancer, where the letters say it is renal, and the organs of disease."""
    if patient.renal is Truth.MET:
        yield _primary(patient)
    last = patient.sites[-1] if patient.sites else None
    for organ in last.organs if last else ():
        words = f"metastatic or recurrent disease: {organ.replace('_', ' ')}"
        code = (codes.coding(codes.ICD10CM, codes.SITES[organ]),) if organ in codes.SITES else ()
        resource: Resource = {
            "resourceType": "Condition",
            "clinicalStatus": _status_of("active"),
            "code": codes.concept(words, *code, codes.coding(codes.LOCAL, f"site-{organ}")),
        }
        if last and last.on is not None and "effectiveDateTime" in (on := effective(last.on)):
            resource["recordedDate"] = on["effectiveDateTime"]
        sources = tuple(s for s in last.sources if s.item in (organ, "")) if last else ()
        yield Item(f"site-{organ}", resource, sources)


def _primary(patient: PatientRecord) -> Item:
    kinds = tuple(dict.fromkeys(reading.value for reading in patient.histology))
    clear = kinds == ("clear_cell",)
    named = (
        codes.coding(codes.SNOMED, "254915003", "Clear cell carcinoma of kidney")
        if clear
        else codes.coding(codes.SNOMED, "702391001", "Renal cell carcinoma")
    )
    resource: Resource = {
        "resourceType": "Condition",
        "clinicalStatus": _status_of("active"),
        "code": codes.concept("renal cell carcinoma", named),
    }
    if len(kinds) == 1 and kinds[0] in codes.MORPHOLOGY:
        found = codes.MORPHOLOGY[kinds[0]]
        resource["extension"] = [
            {
                "url": codes.MCODE + "mcode-histology-morphology-behavior",
                "valueCodeableConcept": codes.concept(
                    kinds[0].replace("_", " "), codes.coding(codes.ICDO3, *found)
                ),
            }
        ]
    sources = tuple(s for reading in patient.histology for s in reading.sources)
    return Item("primary", resource, sources)


def _status_of(code: str) -> codes.Concept:
    system = "http://terminology.hl7.org/CodeSystem/condition-clinical"
    return codes.concept(code, codes.coding(system, code))


def _observation(code: codes.Concept, found: Assessment, value: codes.Concept) -> Resource:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": code,
        **effective(found.on or found.reported),
        "valueCodeableConcept": value,
    }


def _base(code: codes.Concept, reading: Reading) -> Resource:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": code,
        **effective(reading.on),
    }


def _value(text: str, unit: dict[str, str] | None = None) -> Resource:
    """``value[x]`` of a quantity: a number, a number with a comparator, or a range."""
    found = quantity(text)
    units = _PERCENT if unit is None else unit
    if found is None:
        return {"valueString": text}
    if not isfinite(found.high):
        sign = ">" if found.low_open else ">="
        return {"valueQuantity": {"value": found.low, "comparator": sign, **units}}
    if not isfinite(found.low):
        sign = "<" if found.high_open else "<="
        return {"valueQuantity": {"value": found.high, "comparator": sign, **units}}
    margin = APPROXIMATE_BY if found.approximate else 0.0
    if found.low == found.high and not margin:
        return {"valueQuantity": {"value": found.low, **units}}
    resource: Resource = {
        "valueRange": {
            "low": {"value": found.low - margin, **units},
            "high": {"value": found.high + margin, **units},
        }
    }
    if margin:
        resource["note"] = [{"text": f"the letter says {text}"}]
    return resource


def _item(name: str, place: int, resource: Resource, sources: tuple[Source, ...]) -> Item:
    return Item(f"{name}-{place}", resource, sources)
