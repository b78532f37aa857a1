"""Therapy as FHIR: given is administered, planned is requested, and doubt stays open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extract.outputs.fhir import codes
from extract.outputs.fhir.dates import course, edtf, partial, plain
from extract.outputs.fhir.observations import Item, Resource
from extract.records import DateSpan, Episode, PatientRecord
from extract.values.agents import Lexicon


def therapies(patient: PatientRecord, lexicon: Lexicon) -> Iterator[Item]:
    """Every course of every agent, and every cycle of interleukin-2."""
    for place, episode in enumerate(patient.episodes):
        resource = (
            _administration(episode, lexicon) if episode.given else _request(episode, lexicon)
        )
        yield Item(f"therapy-{place}", resource, episode.sources)
    for cycle in patient.il2.cycles:
        drug = _drug("aldesleukin", lexicon)
        resource = {
            "resourceType": "MedicationAdministration",
            "status": "completed",
            "medicationCodeableConcept": drug,
            **course(cycle.start, None),
            "note": [{"text": f"cycle {cycle.number}"}],
        }
        if cycle.doses is not None:
            resource["note"].append({"text": f"doses given: {cycle.doses.value}"})
        yield Item(f"cycle-{cycle.number}", resource, cycle.sources)


def _administration(episode: Episode, lexicon: Lexicon) -> Resource:
    reasons = [reading.value for reading in episode.end_reasons]
    status = "in-progress" if episode.status == "current" else "completed"
    if status == "completed" and "toxicity" in reasons:
        status = "stopped"
    resource: Resource = {
        "resourceType": "MedicationAdministration",
        "status": status,
        "medicationCodeableConcept": _drug(episode.agent, lexicon),
        **course(episode.start, episode.end),
    }
    if episode.course > 1:
        resource["note"] = [{"text": f"course {episode.course}"}]
    if reasons:
        resource["extension"] = [
            {
                "url": codes.MCODE + "mcode-treatment-termination-reason",
                "valueCodeableConcept": _reason(reason),
            }
            for reason in dict.fromkeys(reasons)
        ]
    return resource


def _request(episode: Episode, lexicon: Lexicon) -> Resource:
    resource: Resource = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "plan",
        "medicationCodeableConcept": _drug(episode.agent, lexicon),
    }
    timing = [_instruction(span) for span in episode.planned]
    if timing:
        resource["dosageInstruction"] = timing
    return resource


def _instruction(span: DateSpan) -> dict[str, Any]:
    """The intended first dose: a date as far as it is known, with its EDTF form."""
    said = span.edtf if plain(span.edtf) else partial(span)
    found: dict[str, Any] = {"text": f"intended first dose {span.edtf}"}
    if said:
        found["timing"] = {"event": [said]}
    if said != span.edtf:
        found["extension"] = [edtf(span)]
    return found


def _drug(agent: str, lexicon: Lexicon) -> codes.Concept:
    known = lexicon.agent(agent)
    codings = []
    if known and known.atc:
        codings.append(codes.coding(codes.ATC, known.atc))
    if known and known.rxnorm:
        codings.append(codes.coding(codes.RXNORM, known.rxnorm, known.name))
    return codes.concept(agent, *codings)


def _reason(reason: str) -> codes.Concept:
    own = codes.coding(codes.LOCAL, reason)
    if reason not in codes.END_REASONS:
        return codes.concept(reason, own)
    return codes.concept(reason, codes.coding(codes.SNOMED, *codes.END_REASONS[reason]), own)
