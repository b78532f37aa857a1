"""One FHIR Bundle a patient: records, decisions, and for each the words it stands on.

The shapes are FHIR R4's (checked with the models of R4B, which are the same for these
resources), the codes mCODE's. Every reference points into the bundle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from extract.outputs.evidence import Evidence, Quote
from extract.outputs.fhir import codes
from extract.outputs.fhir.dates import effective, plain
from extract.outputs.fhir.observations import Item, Resource, conditions, observations
from extract.outputs.fhir.therapies import therapies
from extract.records import Criterion, LetterRecord, PatientRecord, Source
from extract.values.agents import Lexicon
from extract.values.kleene import Truth
from extract.version import __version__

if TYPE_CHECKING:
    from fhir.resources.R4B.bundle import Bundle

_SPACE: Final = UUID("6f0b1f0e-52f5-5f2a-9f7e-3a1c8f7f2c11")
_AGENT: Final = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"


class Maker:
    """Makes the bundle of one patient.

    Args:
        patient: a judged patient.
        letters: the letters of the patient.
        evidence: where quotes are found.
        lexicon: for the codes of drugs.
        recorded: when the provenance is recorded (an instant of FHIR); "" says unknown.
    """

    def __init__(
        self,
        patient: PatientRecord,
        letters: Sequence[LetterRecord],
        evidence: Evidence,
        lexicon: Lexicon,
        recorded: str = "",
    ) -> None:
        self.patient = patient
        self.letters = letters
        self.evidence = evidence
        self.lexicon = lexicon
        self.recorded = recorded
        self.entries: list[dict[str, Any]] = []

    def bundle(self) -> Resource:
        """The bundle as plain data, in FHIR's JSON."""
        self.entries = []
        self._add("patient", _patient(self.patient))
        self._add("device", _device())
        for letter in self.letters:
            self._add(f"letter-{letter.letter_id}", self._document(letter))
        made = [self._state(item) for item in conditions(self.patient)]
        primary = made[0] if made and self.patient.renal is Truth.MET else ""
        for item in observations(self.patient):
            self._state(item)
        for item in therapies(self.patient, self.lexicon):
            self._treat(item, primary)
        self._decide()
        return {
            "resourceType": "Bundle",
            "id": self._id("bundle"),
            "identifier": {"system": codes.PATIENT_ID, "value": self.patient.patient_id},
            "type": "collection",
            "entry": self.entries,
        }

    def _id(self, key: str) -> str:
        return str(uuid5(_SPACE, f"{self.patient.patient_id}\n{key}"))

    def _url(self, key: str) -> str:
        return f"urn:uuid:{self._id(key)}"

    def _add(self, key: str, resource: Resource) -> str:
        url = self._url(key)
        self.entries.append({"fullUrl": url, "resource": {**resource, "id": self._id(key)}})
        return url

    def _document(self, letter: LetterRecord) -> Resource:
        identifiers = [{"system": codes.LETTER_ID, "value": letter.letter_id}]
        if letter.digest:
            identifiers.append({"system": "urn:extract-letters:sha256", "value": letter.digest})
        resource: Resource = {
            "resourceType": "DocumentReference",
            "status": "current",
            "identifier": identifiers,
            "type": {"text": "letter"},
            "subject": {"reference": self._url("patient")},
            "content": [{"attachment": {"contentType": "text/plain", "title": letter.letter_id}}],
        }
        if plain(letter.letter_date):
            dates = {"start": letter.letter_date, "end": letter.letter_date}
            resource["context"] = {"period": dates}
        return resource

    def _state(self, item: Item) -> str:
        resource = {**item.resource, "subject": {"reference": self._url("patient")}}
        url = self._add(item.key, resource)
        self._evidence(item.key, item.sources)
        return url

    def _treat(self, item: Item, primary: str) -> None:
        resource = dict(item.resource)
        if primary:
            resource["reasonReference"] = [{"reference": primary}]
            kind = (
                "request" if resource["resourceType"] == "MedicationRequest" else "administration"
            )
            if kind == "administration":
                profile = f"{codes.MCODE}mcode-cancer-related-medication-{kind}"
                resource["meta"] = {"profile": [profile]}
        self._state(Item(item.key, resource, item.sources))

    def _decide(self) -> None:
        """Each criterion and the whole, as observations of this program's own."""
        judged, outcome = self.patient.eligibility, self.patient.outcome
        if judged is None:
            return
        members = [self._criterion(criterion) for criterion in self._criteria()]
        whole = _verdict(codes.local("eligible", "eligible for interleukin-2"), judged.eligible)
        whole.update(effective(judged.judged_on))
        whole["hasMember"] = [{"reference": url} for url in members]
        if judged.chase:
            whole["note"] = [{"text": f"to chase: {'; '.join(judged.chase)}"}]
        self._state(Item("eligible", whole, ()))
        if outcome is not None and outcome.treated:
            best = outcome.best_response
            resource: Resource = {
                "resourceType": "Observation",
                "status": "final",
                "code": codes.local("best-response", "best response to interleukin-2 as reported"),
            }
            if best:
                resource["valueCodeableConcept"] = codes.local(best, codes.RECIST.get(best, best))
            else:
                resource["dataAbsentReason"] = _absent("not-performed")
            self._state(Item("best-response", resource, outcome.sources))

    def _criteria(self) -> Iterator[Criterion]:
        judged = self.patient.eligibility
        if judged is None:
            return
        yield Criterion(
            name="setting",
            verdict=judged.setting_verdict,
            value=judged.setting.value,
            why=self.patient.setting.why,
            chase=judged.chase[0] if judged.setting_verdict is Truth.UNKNOWN else "",
            sources=self.patient.setting.sources,
        )
        yield from judged.criteria

    def _criterion(self, criterion: Criterion) -> str:
        code = codes.local(f"criterion-{criterion.name}")
        resource = _verdict(code, criterion.verdict)
        judged = self.patient.eligibility
        resource.update(effective(judged.judged_on if judged else None))
        parts = (("value", criterion.value), ("threshold", criterion.threshold))
        components = [
            {"code": codes.local(f"criterion-{name}"), "valueString": said}
            for name, said in parts
            if said
        ]
        if components:
            resource["component"] = components
        notes = [criterion.why, f"to chase: {criterion.chase}" if criterion.chase else ""]
        said = [{"text": note} for note in notes if note]
        if said:
            resource["note"] = said
        return self._state(Item(f"criterion-{criterion.name}", resource, criterion.sources))

    def _evidence(self, key: str, sources: Sequence[Source]) -> None:
        """Where a resource was read: letters, places and quotes."""
        quotes = self.evidence.all(sources)
        known = {letter.letter_id for letter in self.letters}
        entities = [self._entity(quote) for quote in quotes if quote.letter_id in known]
        if not entities:
            return
        resource: Resource = {
            "resourceType": "Provenance",
            "target": [{"reference": self._url(key)}],
            "agent": [
                {
                    "type": codes.concept("assembler", codes.coding(_AGENT, "assembler")),
                    "who": {"reference": self._url("device")},
                }
            ],
            "entity": entities,
        }
        if self.recorded:
            resource["recorded"] = self.recorded
        else:
            absent = {"url": codes.ABSENT, "valueCode": "unknown"}
            resource["_recorded"] = {"extension": [absent]}
        self._add(f"provenance-{key}", resource)

    def _entity(self, quote: Quote) -> Resource:
        parts: list[dict[str, Any]] = [
            {"url": "field", "valueString": quote.field},
            {"url": "value", "valueString": quote.value},
            {"url": "quote", "valueString": quote.quote},
            {"url": "start", "valueInteger": quote.start},
            {"url": "end", "valueInteger": quote.end},
        ]
        if quote.item:
            parts.insert(1, {"url": "item", "valueString": quote.item})
        return {
            "role": "source",
            "what": {"reference": self._url(f"letter-{quote.letter_id}")},
            "extension": [{"url": codes.EVIDENCE, "extension": parts}],
        }


def validated(bundle: Resource) -> Bundle:
    """The bundle as a model of fhir.resources.

    Raises:
        pydantic.ValidationError: it is not FHIR, which would be a fault of this program.
    """
    from fhir.resources.R4B.bundle import Bundle

    found: Bundle = Bundle.model_validate(bundle)
    return found


def _patient(patient: PatientRecord) -> Resource:
    identifiers = [{"system": codes.PATIENT_ID, "value": patient.patient_id}]
    identifiers += [{"system": codes.NHS, "value": number} for number in patient.numbers]
    resource: Resource = {"resourceType": "Patient", "identifier": identifiers}
    if patient.death is not None and plain(patient.death.edtf):
        resource["deceasedDateTime"] = patient.death.edtf
    elif patient.deaths:
        resource["deceasedBoolean"] = True
    return resource


def _device() -> Resource:
    return {
        "resourceType": "Device",
        "deviceName": [{"name": "extract", "type": "model-name"}],
        "version": [{"value": __version__}],
    }


def _verdict(code: codes.Concept, verdict: Truth) -> Resource:
    resource: Resource = {"resourceType": "Observation", "status": "final", "code": code}
    if verdict is Truth.UNKNOWN:
        return {**resource, "dataAbsentReason": _absent("unknown")}
    words = codes.VERDICTS[verdict]
    return {**resource, "valueCodeableConcept": codes.local(verdict.value, words)}


def _absent(reason: str) -> codes.Concept:
    return codes.concept(reason, codes.coding(codes.ABSENT_CODES, reason))
