"""Codes of the FHIR export. Only codes that were checked against a source are here.

Sources: HL7's mCODE (FSH of the implementation guide), the LOINC answer lists it binds,
and field guide E. What has no checked code goes out under the local system with its words.
"""

from __future__ import annotations

from typing import Any, Final

from extract.values.kleene import Truth

LOINC: Final = "http://loinc.org"
SNOMED: Final = "http://snomed.info/sct"
ICD10CM: Final = "http://hl7.org/fhir/sid/icd-10-cm"
ICDO3: Final = "http://terminology.hl7.org/CodeSystem/icd-o-3"
ATC: Final = "http://www.whocc.no/atc"
RXNORM: Final = "http://www.nlm.nih.gov/research/umls/rxnorm"
UCUM: Final = "http://unitsofmeasure.org"
NHS: Final = "https://fhir.nhs.uk/Id/nhs-number"
MCODE: Final = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ABSENT_CODES: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"

#: This program's own codes, identifiers and extensions.
LOCAL: Final = "urn:extract-letters:code"
LETTER_ID: Final = "urn:extract-letters:letter"
PATIENT_ID: Final = "urn:extract-letters:patient"
EVIDENCE: Final = "urn:extract-letters:evidence"
EDTF: Final = "urn:extract-letters:edtf"

Concept = dict[str, Any]

#: mCODE's category of tumour markers, beside US Core's laboratory.
MARKER: Final = ("250724005", "Tumor marker measurement")
#: LOINC LL529-9, the answers of ECOG performance status 0-5.
ECOG_ANSWERS: Final = {
    0: "LA9622-7",
    1: "LA9623-5",
    2: "LA9624-3",
    3: "LA9625-0",
    4: "LA9626-8",
    5: "LA9627-6",
}
#: LOINC LL4986-7, the answers of the Karnofsky index that were checked.
KARNOFSKY_ANSWERS: Final = {
    100: "LA29175-9",
    90: "LA29176-7",
    80: "LA29177-5",
    70: "LA29178-3",
    60: "LA29179-1",
    50: "LA29180-9",
}
#: mCODE's trend of disease beside the RECIST category, which keeps its own code.
TREND: Final = {
    "CR": ("268910001", "Patient's condition improved"),
    "PR": ("268910001", "Patient's condition improved"),
    "SD": ("359746009", "Patient's condition stable"),
    "PD": ("271299001", "Patient's condition worsened"),
    "NE": ("709137006", "Patient condition undetermined"),
}
RECIST: Final = {
    "CR": "complete response",
    "PR": "partial response",
    "SD": "stable disease",
    "PD": "progressive disease",
    "NE": "not evaluable",
    "MR": "mixed response",
}
#: mCODE's reasons for the end of a treatment.
END_REASONS: Final = {
    "progression": ("266721009", "Absent response to treatment"),
    "toxicity": ("407563006", "Treatment not tolerated"),
    "choice": ("105480006", "Refusal of treatment by patient"),
    "completed": ("182992009", "Treatment completed"),
}
MORPHOLOGY: Final = {
    "clear_cell": ("8310/3", "Clear cell adenocarcinoma"),
    "papillary": ("8260/3", "Papillary adenocarcinoma"),
    "chromophobe": ("8317/3", "Renal cell carcinoma, chromophobe type"),
    "unclassified": ("8312/3", "Renal cell carcinoma"),
}
#: Secondary malignant neoplasms by organ, as mCODE lists them.
SITES: Final = {
    "lung": "C78.0",
    "pleura": "C78.2",
    "liver": "C78.7",
    "brain": "C79.31",
    "bone": "C79.51",
    "adrenal": "C79.7",
    "kidney": "C79.0",
}
VERDICTS: Final = {
    Truth.MET: "criterion met",
    Truth.NOT_MET: "criterion not met",
}


def coding(system: str, code: str, display: str = "") -> Concept:
    """A Coding."""
    found = {"system": system, "code": code}
    return {**found, "display": display} if display else found


def concept(text: str, *codings: Concept) -> Concept:
    """A CodeableConcept with its words."""
    return {"coding": list(codings), "text": text} if codings else {"text": text}


def local(code: str, text: str = "") -> Concept:
    """A CodeableConcept of this program's own system."""
    words = text or code.replace("_", " ").replace("-", " ")
    return concept(words, coding(LOCAL, code.replace(" ", "-"), words))
