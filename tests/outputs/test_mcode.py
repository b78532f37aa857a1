"""Resources that claim a profile of mCODE keep its rules, and the check can tell."""

from __future__ import annotations

import copy
import json
from collections import Counter
from typing import Any

import pytest

from extract.outputs.fhir import bundles
from extract.outputs.loading import Finished
from tests.outputs.mcode import PROFILES, Resource, breaches

pytest.importorskip("fhir.resources")


@pytest.fixture(scope="module")
def claiming(gold: Finished) -> list[Resource]:
    """Every resource of the sixteen bundles that claims a profile."""
    found = [entry["resource"] for _, text in bundles(gold) for entry in json.loads(text)["entry"]]
    return [resource for resource in found if resource.get("meta", {}).get("profile")]


def of(claiming: list[Resource], profile: str) -> Resource:
    return next(r for r in claiming if r["meta"]["profile"] == [profile])


def test_every_resource_keeps_the_rules_of_the_profiles_it_claims(claiming: list[Resource]) -> None:
    assert [breach for resource in claiming for breach in breaches(resource)] == []
    claimed = Counter(profile for r in claiming for profile in r["meta"]["profile"])
    assert {name.rpartition("mcode-")[2] for name in claimed} >= {
        "ecog-performance-status",
        "cancer-disease-status",
        "tumor-marker-test",
        "cancer-related-medication-administration",
    }
    assert sum(claimed.values()) > 200


@pytest.mark.parametrize(
    ("profile", "change", "breach"),
    [
        ("ecog-performance-status", {"subject": None}, "lacks subject"),
        ("ecog-performance-status", {"category": None}, "category"),
        ("ecog-performance-status", {"code": {"coding": [], "text": "ECOG"}}, "code"),
        ("ecog-performance-status", {"valueInteger": None, "valueString": "1"}, "value"),
        ("ecog-performance-status", {"effectiveDateTime": None}, "effective"),
        ("ecog-performance-status", {"component": []}, "has component"),
        (
            "ecog-performance-status",
            {"interpretation": [{"coding": [{"system": "x", "code": "1"}]}]},
            "interpretation is outside its value set",
        ),
        ("cancer-disease-status", {"effectiveDateTime": None, "effectivePeriod": {}}, "effective"),
        ("cancer-disease-status", {"valueCodeableConcept": {"text": "PR"}}, "value set"),
        ("tumor-marker-test", {"category": None}, "category"),
        ("tumor-marker-test", {"valueQuantity": None, "valueRange": {}}, "value"),
        (
            "cancer-related-medication-administration",
            {"reasonReference": None},
            "lacks reasonCode or reasonReference",
        ),
        ("cancer-related-medication-administration", {"resourceType": "Observation"}, "is no"),
    ],
)
def test_a_broken_rule_is_told(
    claiming: list[Resource], profile: str, change: dict[str, Any], breach: str
) -> None:
    (name,) = [url for url in PROFILES if url.endswith(profile)]
    resource = copy.deepcopy(of(claiming, name))
    resource.update(change)
    for key, value in change.items():
        if value is None:
            del resource[key]
    assert any(breach in told for told in breaches(resource)), list(breaches(resource))
