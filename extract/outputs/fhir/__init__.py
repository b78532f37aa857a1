"""FHIR R4 bundles after mCODE, one a patient, checked with fhir.resources (``ingest``)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from extract.outputs.evidence import Evidence
from extract.outputs.fhir.bundle import Maker, validated
from extract.outputs.loading import need
from extract.outputs.one_by_one import Records
from extract.values.agents import load_agents

__all__ = ["Maker", "bundles", "file_name", "validated", "write_bundles"]


def bundles(records: Records, recorded: str = "") -> Iterator[tuple[str, str]]:
    """The patients of a run and their bundles as JSON, checked.

    Args:
        records: the records of a run; one patient is held at a time.
        recorded: when the provenance is recorded; "" marks it as unknown, so that the
            same records give the same bytes.

    Raises:
        ExtractError: (``extra_not_installed``) fhir.resources is missing.
    """
    need("fhir.resources", "ingest", "The FHIR export")
    lexicon = load_agents()
    for patient, own in records.each_person():
        made = Maker(patient, own, Evidence(own), lexicon, recorded).bundle()
        yield patient.patient_id, validated(made).model_dump_json(indent=1)


def write_bundles(folder: Path, records: Records, recorded: str = "") -> int:
    """Write one file a patient into a folder that exists; how many were written."""
    count = 0
    for patient_id, text in bundles(records, recorded):
        (folder / file_name(patient_id)).write_text(f"{text}\n", encoding="utf-8")
        count += 1
    return count


def file_name(patient_id: str) -> str:
    """A file name for a patient that every system takes, never the same for two."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", patient_id).strip("-")[:60]
    if plain and plain == patient_id and plain.lower() == plain:
        return f"{plain}.json"
    return f"{plain or 'patient'}-{hashlib.sha256(patient_id.encode()).hexdigest()[:8]}.json"
