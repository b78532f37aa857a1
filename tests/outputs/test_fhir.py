"""FHIR bundles: valid, closed, as precise as the letters, and with their evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from extract.errors import Code, ExtractError
from extract.outputs.fhir import bundles, codes, file_name, validated
from extract.outputs.fhir.dates import course, effective, partial
from extract.outputs.loading import Finished
from extract.patients.readings import date_span
from extract.records import LetterRecord

pytest.importorskip("fhir.resources")
Resource = dict[str, Any]


@pytest.fixture(scope="module")
def made(gold: Finished) -> dict[str, Resource]:
    return {patient: json.loads(text) for patient, text in bundles(gold)}


def resources(bundle: Resource, kind: str = "") -> list[Resource]:
    found = [entry["resource"] for entry in bundle["entry"]]
    return [item for item in found if not kind or item["resourceType"] == kind]


def coded(bundle: Resource, code: str) -> list[Resource]:
    """The observations under a code, of whatever system."""
    return [
        item
        for item in resources(bundle, "Observation")
        if code in {coding["code"] for coding in item["code"].get("coding", [])}
    ]


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "reference":
                yield inner
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


@pytest.fixture(scope="module")
def example(
    quoted: Callable[..., LetterRecord], make_finished: Callable[..., Finished]
) -> Resource:
    """One patient with everything that a bundle can hold and much left open."""
    before = quoted(
        "p1/a",
        [
            ("letter_date", "", "2010-01-04"),
            ("ecog", "", "1"),
            ("ecog", "", "0-1"),
            ("karnofsky", "", "80"),
            ("caix", "", ">80"),
            ("caix", "", "~90"),
            ("histology", "", "clear_cell"),
            ("therapy", "sunitinib", "given"),
            ("therapy_start", "sunitinib", "2008-23"),
            ("therapy_end", "sunitinib", "2009-11"),
            ("therapy_end_reason", "sunitinib", "progression"),
            ("therapy", "axitinib", "planned"),
            ("therapy_start", "axitinib", "2010-05"),
            ("response", "sunitinib", "CR"),
            ("response_date", "sunitinib", "CR=2009-03"),
            ("stress_echo", "", "awaited"),
            ("lvef", "", "55-60"),
            ("site", "lung", "present"),
            ("site", "lymph_node", "present"),
        ],
    )
    after = quoted(
        "p1/b",
        [
            ("letter_date", "", "2010-09"),
            ("therapy", "aldesleukin", "given"),
            ("therapy_start", "aldesleukin", "2010-02-10"),
            ("il2_cycle_start", "1", "2010-02-10"),
            ("il2_doses", "1", "11"),
            ("response", "aldesleukin", "MR"),
            ("response_date", "aldesleukin", "MR=2010-08-01~"),
            ("toxicity", "rash", "3"),
            ("inotropes", "", "no"),
            ("death", "", "2010"),
        ],
    )
    ((_, text),) = bundles(make_finished([before, after]))
    found: Resource = json.loads(text)
    return found


# ----------------------------------------------------------------- valid and closed


def test_every_bundle_is_valid_and_comes_back_the_same(made: dict[str, Resource]) -> None:
    assert len(made) == 16
    for bundle in made.values():
        again = validated(bundle)
        assert json.loads(again.model_dump_json()) == bundle


def test_a_bundle_refers_only_to_what_it_contains(
    made: dict[str, Resource], example: Resource
) -> None:
    for bundle in (*made.values(), example):
        urls = [entry["fullUrl"] for entry in bundle["entry"]]
        assert len(urls) == len(set(urls))
        assert set(references(bundle)) <= set(urls)
        for entry in bundle["entry"]:
            assert entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}"


def test_every_resource_is_of_the_bundle_s_patient(made: dict[str, Resource]) -> None:
    for bundle in made.values():
        (patient,) = [
            entry["fullUrl"]
            for entry in bundle["entry"]
            if entry["resource"]["resourceType"] == "Patient"
        ]
        for item in resources(bundle):
            if item["resourceType"] not in ("Patient", "Device", "Provenance"):
                assert item["subject"] == {"reference": patient}


def test_the_same_records_give_the_same_bundle(gold: Finished) -> None:
    assert dict(bundles(gold)) == dict(bundles(gold))


def test_what_is_no_fhir_is_refused() -> None:
    with pytest.raises(ValueError, match="valid"):
        validated({"resourceType": "Bundle", "type": "shoebox", "entry": "none"})


# ----------------------------------------------------------------------- the codes


def test_performance_status_has_its_loinc_code_and_answer(example: Resource) -> None:
    exact, span = coded(example, "89247-1")
    assert exact["valueInteger"] == 1
    assert exact["interpretation"][0]["coding"][0]["code"] == "LA9623-5"
    assert exact["meta"]["profile"] == [codes.MCODE + "mcode-ecog-performance-status"]
    assert "valueInteger" not in span
    assert (span["valueRange"]["low"]["value"], span["valueRange"]["high"]["value"]) == (0, 1)
    assert "meta" not in span
    (index,) = coded(example, "89243-0")
    assert index["valueInteger"] == 80


def test_a_response_keeps_its_recist_category_beside_the_trend(example: Resource) -> None:
    found = {item["valueCodeableConcept"]["coding"][0]["code"]: item
             for item in coded(example, "97509-4")}  # fmt: skip
    trend = found["CR"]["valueCodeableConcept"]["coding"][1]
    assert (trend["system"], trend["code"]) == (codes.SNOMED, "268910001")
    assert found["CR"]["meta"]["profile"] == [codes.MCODE + "mcode-cancer-disease-status"]
    assert len(found["MR"]["valueCodeableConcept"]["coding"]) == 1
    assert "meta" not in found["MR"]


def test_percentages_keep_their_open_ends(example: Resource) -> None:
    above, about = coded(example, "caix")
    assert above["valueQuantity"] == {
        "value": 80.0, "comparator": ">", "unit": "%", "system": codes.UCUM, "code": "%",
    }  # fmt: skip
    assert (about["valueRange"]["low"]["value"], about["valueRange"]["high"]["value"]) == (85, 95)
    assert "~90" in about["note"][0]["text"]


def test_given_is_administered_and_planned_is_requested(example: Resource) -> None:
    drugs = {
        item["medicationCodeableConcept"]["text"]: item
        for item in resources(example, "MedicationAdministration")
        if "note" not in item
    }
    assert drugs.keys() == {"sunitinib", "aldesleukin"}
    ended = drugs["sunitinib"]["extension"][0]
    assert ended["url"].endswith("mcode-treatment-termination-reason")
    assert ended["valueCodeableConcept"]["coding"][0]["code"] == "266721009"
    assert drugs["sunitinib"]["medicationCodeableConcept"]["coding"][0]["code"] == "L01EX01"
    (plan,) = resources(example, "MedicationRequest")
    assert plan["medicationCodeableConcept"]["text"] == "axitinib"
    assert plan["dosageInstruction"][0]["timing"]["event"] == ["2010-05"]


def test_the_cancer_is_the_reason_for_its_treatment(example: Resource) -> None:
    conditions = resources(example, "Condition")
    primary = conditions[0]
    assert primary["code"]["coding"][0]["code"] == "254915003"
    assert {"C78.0", "site-lymph_node"} <= {
        coding["code"] for item in conditions for coding in item["code"]["coding"]
    }
    for drug in resources(example, "MedicationAdministration"):
        assert drug["reasonReference"] == [{"reference": f"urn:uuid:{primary['id']}"}]


# ------------------------------------------------------------------------ the dates


def test_no_date_is_padded(example: Resource) -> None:
    (sunitinib,) = (
        drug["effectivePeriod"]
        for drug in resources(example, "MedicationAdministration")
        if drug["medicationCodeableConcept"]["text"] == "sunitinib"
    )
    assert sunitinib["end"] == "2009-11"
    assert sunitinib["start"] == "2008"  # autumn 2008: the year is all that its days share
    assert sunitinib["extension"][0]["valueString"] == "2008-23"
    (patient,) = resources(example, "Patient")
    assert patient["deceasedDateTime"] == "2010"
    (seen,) = [item for item in coded(example, "97509-4") if "effectivePeriod" in item]
    assert seen["effectivePeriod"]["extension"][0]["valueString"] == "2010-08-01~"


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2010-03-04", {"effectiveDateTime": "2010-03-04"}),
        ("2010-03", {"effectiveDateTime": "2010-03"}),
        ("2010", {"effectiveDateTime": "2010"}),
    ],
)
def test_a_plain_date_is_itself(edtf: str, said: Resource) -> None:
    assert effective(date_span(edtf)) == said
    assert effective(None) == {}


@pytest.mark.parametrize("edtf", ["2010-21", "2010-03~", "2009-12-25~"])
def test_any_other_date_is_a_period_of_its_bounds(edtf: str) -> None:
    span = date_span(edtf)
    assert span is not None
    found = effective(span)["effectivePeriod"]
    assert (found["start"], found["end"]) == (span.earliest.isoformat(), span.latest.isoformat())
    assert found["extension"] == [{"url": codes.EDTF, "valueString": edtf}]
    shared = partial(span)
    assert shared == "" or span.earliest.isoformat().startswith(shared)
    assert span.latest.isoformat().startswith(shared)


def test_a_course_without_dates_says_so() -> None:
    found = course(None, None)["effectivePeriod"]
    assert found == {"extension": [{"url": codes.ABSENT, "valueCode": "unknown"}]}


# --------------------------------------------------------------- doubt and evidence


def test_an_unknown_criterion_has_no_value_but_a_reason(example: Resource) -> None:
    (item,) = coded(example, "criterion-stress_echo")
    assert "valueCodeableConcept" not in item
    assert item["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert any("to chase" in note["text"] for note in item["note"])
    (whole,) = coded(example, "eligible")
    assert len(whole["hasMember"]) == 7


def test_all_sixteen_are_eligible_in_their_bundles(made: dict[str, Resource]) -> None:
    for bundle in made.values():
        (whole,) = coded(bundle, "eligible")
        assert whole["valueCodeableConcept"]["coding"][0]["code"] == "met"


def test_every_reading_has_its_quote_and_letter(example: Resource) -> None:
    documents = {f"urn:uuid:{d['id']}": d for d in resources(example, "DocumentReference")}
    told = {p["target"][0]["reference"]: p for p in resources(example, "Provenance")}
    for item in resources(example):
        kind = item["resourceType"]
        if kind in ("Patient", "Device", "DocumentReference", "Provenance"):
            continue
        found = told.get(f"urn:uuid:{item['id']}")
        if found is None:
            # A criterion that no letter speaks of, or the verdict over all criteria.
            assert "dataAbsentReason" in item or "hasMember" in item, item["code"]
            continue
        for entity in found["entity"]:
            letter = documents[entity["what"]["reference"]]
            assert letter["identifier"][0]["value"] in ("p1/a", "p1/b")
            parts = {e["url"]: e for e in entity["extension"][0]["extension"]}
            quote = parts["quote"]["valueString"]
            assert parts["end"]["valueInteger"] - parts["start"]["valueInteger"] == len(quote)
            assert parts["field"]["valueString"] in quote


def test_the_moment_of_recording_is_told_or_said_to_be_unknown(gold: Finished) -> None:
    one = Finished(letters=gold.letters, patients=gold.patients[:1])
    ((_, text),) = bundles(one, "2026-01-01T00:00:00Z")
    assert {p["recorded"] for p in resources(json.loads(text), "Provenance")} == {
        "2026-01-01T00:00:00Z"
    }
    ((_, text),) = bundles(one)
    for item in resources(json.loads(text), "Provenance"):
        assert item["_recorded"]["extension"][0]["valueCode"] == "unknown"


def test_hostile_words_are_only_words(hostile: Finished) -> None:
    ((_, text),) = bundles(hostile)
    assert json.loads(text)["entry"]


def test_files_have_names_that_every_system_takes() -> None:
    ids = ["s01", "S01", "a/b", "a b", "../x", "", "ä", "a" * 300]
    names = [file_name(one) for one in ids]
    assert len({name.lower() for name in names}) == len(ids)
    assert all(re.fullmatch(r"[\w-]{1,80}\.json", name, re.ASCII) for name in names)


def test_without_the_library_it_says_what_to_install(
    gold: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ExtractError) as raised:
        next(bundles(gold))
    assert raised.value.problems[0].code is Code.MISSING_EXTRA
