"""The columns of the OMOP Common Data Model 5.4 tables that are exported.

Names, types and which columns are required are those of OHDSI's definition of CDM 5.4.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple


class Kind(StrEnum):
    """The types of the model."""

    INTEGER = "integer"
    NUMBER = "float"
    DATE = "date"
    DATETIME = "datetime"
    TEXT = "varchar"


class Column(NamedTuple):
    """A column; ``length`` is the most characters a text may have, 0 for any number."""

    name: str
    kind: Kind
    required: bool = False
    length: int = 0


Value = int | float | str | date | None
Record = dict[str, Value]

_KINDS: Final = {"i": Kind.INTEGER, "n": Kind.NUMBER, "d": Kind.DATE, "t": Kind.DATETIME}


def _columns(text: str) -> tuple[Column, ...]:
    """Columns written as ``name:kind``, a kind being i, n, d, t or a length of text.

    An exclamation mark means required; length 0 means any.
    """
    found = []
    for word in text.split():
        name, _, kind = word.partition(":")
        required = kind.endswith("!")
        plain = kind.rstrip("!")
        if plain in _KINDS:
            found.append(Column(name, _KINDS[plain], required))
        else:
            found.append(Column(name, Kind.TEXT, required, int(plain)))
    return tuple(found)


TABLES: Final[dict[str, tuple[Column, ...]]] = {
    "note": _columns(
        "note_id:i! person_id:i! note_date:d! note_datetime:t note_type_concept_id:i! "
        "note_class_concept_id:i! note_title:250 note_text:0! encoding_concept_id:i! "
        "language_concept_id:i! provider_id:i visit_occurrence_id:i visit_detail_id:i "
        "note_source_value:50 note_event_id:i note_event_field_concept_id:i"
    ),
    "note_nlp": _columns(
        "note_nlp_id:i! note_id:i! section_concept_id:i snippet:250 offset:50 "
        "lexical_variant:250! note_nlp_concept_id:i note_nlp_source_concept_id:i nlp_system:250 "
        "nlp_date:d! nlp_datetime:t term_exists:1 term_temporal:50 term_modifiers:2000"
    ),
    "measurement": _columns(
        "measurement_id:i! person_id:i! measurement_concept_id:i! measurement_date:d! "
        "measurement_datetime:t measurement_time:10 measurement_type_concept_id:i! "
        "operator_concept_id:i value_as_number:n value_as_concept_id:i unit_concept_id:i "
        "range_low:n range_high:n provider_id:i visit_occurrence_id:i visit_detail_id:i "
        "measurement_source_value:50 measurement_source_concept_id:i unit_source_value:50 "
        "unit_source_concept_id:i value_source_value:50 measurement_event_id:i "
        "meas_event_field_concept_id:i"
    ),
    "observation": _columns(
        "observation_id:i! person_id:i! observation_concept_id:i! observation_date:d! "
        "observation_datetime:t observation_type_concept_id:i! value_as_number:n "
        "value_as_string:60 value_as_concept_id:i qualifier_concept_id:i unit_concept_id:i "
        "provider_id:i visit_occurrence_id:i visit_detail_id:i observation_source_value:50 "
        "observation_source_concept_id:i unit_source_value:50 qualifier_source_value:50 "
        "value_source_value:50 observation_event_id:i obs_event_field_concept_id:i"
    ),
    "drug_exposure": _columns(
        "drug_exposure_id:i! person_id:i! drug_concept_id:i! drug_exposure_start_date:d! "
        "drug_exposure_start_datetime:t drug_exposure_end_date:d! drug_exposure_end_datetime:t "
        "verbatim_end_date:d drug_type_concept_id:i! stop_reason:20 refills:i quantity:n "
        "days_supply:i sig:0 route_concept_id:i lot_number:50 provider_id:i "
        "visit_occurrence_id:i visit_detail_id:i drug_source_value:50 drug_source_concept_id:i "
        "route_source_value:50 dose_unit_source_value:50"
    ),
    "episode": _columns(
        "episode_id:i! person_id:i! episode_concept_id:i! episode_start_date:d! "
        "episode_start_datetime:t episode_end_date:d episode_end_datetime:t episode_parent_id:i "
        "episode_number:i episode_object_concept_id:i! episode_type_concept_id:i! "
        "episode_source_value:50 episode_source_concept_id:i"
    ),
}


def faults(table: str, record: Record) -> list[str]:
    """What of a row does not fit the table; empty where all does."""
    columns = {column.name: column for column in TABLES[table]}
    found = [f"{table}.{name} is no column" for name in record.keys() - columns.keys()]
    for name, column in columns.items():
        value = record.get(name)
        if value is None:
            if column.required:
                found.append(f"{table}.{name} is required")
        elif not _fits(column, value):
            found.append(f"{table}.{name} is no {column.kind} of its length")
    return found


def _fits(column: Column, value: Value) -> bool:
    match column.kind:
        case Kind.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case Kind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Kind.DATE | Kind.DATETIME:
            return isinstance(value, date)
        case _:
            return isinstance(value, str) and (not column.length or len(value) <= column.length)
