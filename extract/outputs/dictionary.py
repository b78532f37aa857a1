"""The data dictionary and the JSON Schemas, made from the models that check the records."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, Final, get_args

from pydantic import BaseModel

from extract.calculators.cohort_models import Outcomes
from extract.calculators.criteria import Criteria
from extract.calculators.explain import Explanation
from extract.outputs.tables import ELIGIBILITY_COLUMNS, FACT_COLUMNS, REJECT_COLUMNS
from extract.records import FIELDS, Assertion, Field, LetterRecord, PatientRecord, Reason
from extract.records import vocabulary as words

#: Every model that is written to a file, by the name that ``extract schema`` takes.
MODELS: Final[dict[str, type[BaseModel]]] = {
    "letter": LetterRecord,
    "patient": PatientRecord,
    "outcomes": Outcomes,
    "criteria": Criteria,
    "explanation": Explanation,
}
_FILES: Final = {
    "letter": "`letters.jsonl`, one a line",
    "patient": "`patients.jsonl`, one a line",
    "outcomes": "`outcomes.json`",
    "criteria": "`run.json` (settings) and `criteria.toml`",
    "explanation": "`extract eligibility OUT --to FILE.json`, a list",
}

FACTS: Final[dict[str, str]] = {
    "letter_id": "the letter's path below the archive, without its last extension",
    "patient_id": "the person, by the archive's rule for whose letter it is",
    "letter_date": "EDTF date of the clinic, meeting or discharge; empty where there is none",
    "field": "what the fact is about; the fields are below",
    "item": "which drug, organ, feature, cycle or toxicity; empty where the field has none",
    "value": "the value, as the annotation guide writes it",
    "low": "lower bound of a number, or first day of a date; empty where there is none",
    "high": "upper bound of a number, or last day of a date; empty where there is none",
    "assertion": "how the letter says it: " + ", ".join(item.value for item in Assertion),
    "section": "the section of the letter it stands in; empty where it has none",
    "start": "first character of the quote in the letter's text, from 0",
    "end": "the character after the quote's last",
    "quote": "the words: the text from start to end",
    "rule": "the rule that found it",
    "review": "yes where a person should look, else no",
    "reason": "why: " + ", ".join(item.value for item in Reason),
    "page": "the page of the original, from 1; empty where the format has none",
    "place": "where on it: the paragraph, row or element, or boxes (page left top right bottom)",
}
ELIGIBILITY: Final[dict[str, str]] = {
    "patient_id": "the person",
    "setting": "salvage, consolidation, none or unknown",
    "lines_failed": "targeted lines that ended by progression, or unknown",
    "histology": "favourable histology: met, not_met or unknown",
    "caix": "CAIX above the threshold: met, not_met or unknown",
    "ecog": "performance status at most the limit: met, not_met or unknown",
    "stress_echo": "stress echocardiogram satisfactory: met, not_met or unknown",
    "washout": "days since the last targeted dose at least the limit: met, not_met or unknown",
    "sites": "organs with disease at most the limit: met, not_met or unknown",
    "eligible": "all of these and the setting: met, not_met or unknown",
    "il2_best_response": "best response to interleukin-2 as reported, or none",
    "evaluable": "yes where an assessment after the first dose exists and is not NE, else no",
    "chase": "what would settle the unknown criteria",
}
REJECTS: Final[dict[str, str]] = {
    "path": "the file below the archive",
    "code": "why it gave no record; stable across versions",
    "sentence": "the same in words, with what to do",
}

#: What each field means and what its values are.
MEANINGS: Final[dict[Field, tuple[str, str]]] = {
    Field.LETTER_DATE: ("date of the clinic, meeting or discharge", "EDTF date"),
    Field.ECOG: ("performance status at the letter's date", "0-5 or a range"),
    Field.ECOG_PAST: ("performance status at an earlier time", "0-5 or a range"),
    Field.KARNOFSKY: ("Karnofsky index, per cent", "10-100 or a range"),
    Field.CAIX: ("tumour cells positive for CAIX, per cent", "quantity, positive, negative"),
    Field.THERAPY: ("systemic anti-cancer treatment; item: the agent", "THERAPY_STATUS"),
    Field.THERAPY_START: ("first dose; item: the agent", "EDTF date"),
    Field.THERAPY_END: ("last dose; item: the agent", "EDTF date"),
    Field.THERAPY_END_REASON: ("why it ended; item: the agent", "END_REASONS"),
    Field.THERAPY_LINE: ("number of the line; item: the agent", "whole number"),
    Field.RESPONSE: ("response under or after; item: the agent or empty", "RESPONSES"),
    Field.RESPONSE_DATE: ("scan or visit that showed it", "`CR=2011-05-02`"),
    Field.HISTOLOGY: ("type of the renal primary", "HISTOLOGIES"),
    Field.HISTOLOGY_FEATURE: ("item: the feature", "per cent, present, absent"),
    Field.HISTOLOGY_GROUP: ("group as the letter says it", "HISTOLOGY_GROUPS"),
    Field.STRESS_ECHO: ("stress echocardiogram", "STRESS_ECHO_RESULTS"),
    Field.STRESS_ECHO_DATE: ("date done, or booked", "EDTF date"),
    Field.LVEF: ("left ventricular ejection fraction, per cent", "quantity"),
    Field.SITE: ("organ with disease; item: the organ", "present"),
    Field.SITE_COUNT: ("number of organs, as stated", "quantity"),
    Field.WASHOUT: ("drug-free interval before interleukin-2, days", "quantity"),
    Field.IL2_CYCLE_START: ("first day of a cycle; item: its number", "EDTF date"),
    Field.IL2_DOSES: ("doses given; item: the cycle, or empty for all", "quantity"),
    Field.INOTROPES: ("vasopressors or inotropes during interleukin-2", "yes, no"),
    Field.ICU: ("intensive or high-dependency care during interleukin-2", "yes, no"),
    Field.TOXICITY: ("toxicity suffered; item: the term", "grade 1-5 or present"),
    Field.RELAPSE: ("return after surgery or a complete response", "yes, no"),
    Field.DEATH: ("death", "EDTF date or yes"),
    Field.FOLLOW_UP: ("length of follow-up as stated, months", "quantity"),
}
_SPACES: Final = re.compile(r"\s+")


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a model, by its name in :data:`MODELS`."""
    return MODELS[name].model_json_schema()


def dictionary() -> str:
    """The data dictionary as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Made by `python -m extract schema --dictionary`; a test fails when it is out of date."
    yield "JSON Schemas: `python -m extract schema NAME`, NAME being " + ", ".join(MODELS) + "."
    yield ""
    yield "A **date** is EDTF (ISO 8601-2): `2010`, `2010-03`, `2010-03-04`, `2010-23` (autumn),"
    yield "with `~` where it was worked out. A **quantity** is `90`, `80-90`, `>80`, `>=80`, `<5`"
    yield "or `~90` (within 5 either way). **Months** are of 30.4375 days."
    yield from _table("facts.csv", FACT_COLUMNS, FACTS)
    yield from _table("eligibility.csv", ELIGIBILITY_COLUMNS, ELIGIBILITY)
    yield from _table("rejects.csv", REJECT_COLUMNS, REJECTS)
    yield ""
    yield "## Fields of a fact"
    yield ""
    yield "| field | meaning | value |"
    yield "|---|---|---|"
    for field in FIELDS:
        meaning, value = MEANINGS[field]
        yield f"| `{field.value}` | {meaning} | {_values(value)} |"
    yield ""
    yield "Organs: " + ", ".join(f"`{name}`" for name in sorted(words.ORGANS)) + "."
    yield ""
    yield "Toxicities: " + ", ".join(sorted(words.TOXICITIES)) + "."
    yield ""
    yield "## Records"
    for name, model in MODELS.items():
        for part in _reached(model):
            yield from _model(part, f" ({_FILES[name]})" if part is model else "")


def _table(name: str, columns: Sequence[str], meanings: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield f"## `{name}`"
    yield ""
    yield "| column | meaning |"
    yield "|---|---|"
    for column in columns:
        yield f"| `{column}` | {meanings[column]} |"


def _values(text: str) -> str:
    known = getattr(words, text, None)
    return ", ".join(f"`{value}`" for value in sorted(known)) if known else text


def _reached(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The model and every model its fields hold, each once, in the order of need."""
    found: list[type[BaseModel]] = []

    def visit(each: type[BaseModel]) -> None:
        if each in found or each in _shown_before(model):
            return
        found.append(each)
        for info in each.model_fields.values():
            for part in _parts(info.annotation):
                visit(part)

    visit(model)
    return found


def _shown_before(model: type[BaseModel]) -> set[type[BaseModel]]:
    """Models that the records before this one have explained already."""
    seen: set[type[BaseModel]] = set()
    for other in MODELS.values():
        if other is model:
            return seen
        stack = [other]
        while stack:
            each = stack.pop()
            if each not in seen:
                seen.add(each)
                for info in each.model_fields.values():
                    stack.extend(_parts(info.annotation))
    return seen


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


def _model(model: type[BaseModel], where: str) -> Iterator[str]:
    yield ""
    yield f"### {model.__name__}{where}"
    yield ""
    yield from _prose(model)
    yield ""
    yield "| field | type | default |"
    yield "|---|---|---|"
    for name, info in model.model_fields.items():
        default = "required" if info.is_required() else f"`{_default(info.default)}`"
        yield f"| `{name}` | {_type(info.annotation)} | {default} |"


def _prose(model: type[BaseModel]) -> Iterator[str]:
    """The docstring, its list of attributes as a list."""
    head, _, attributes = inspect.getdoc(model).partition("\nAttributes:\n")  # type: ignore[union-attr]
    for paragraph in head.strip().split("\n\n"):
        yield _markdown(_SPACES.sub(" ", paragraph))
        yield ""
    entries = re.split(r"\n(?=    \w)", attributes.rstrip()) if attributes else []
    for entry in entries:
        name, _, meaning = entry.strip().partition(":")
        yield f"- `{name}`: {_markdown(_SPACES.sub(' ', meaning.strip()))}"


def _markdown(text: str) -> str:
    plain = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text)
    return plain.replace("``", "`")


def _type(annotation: Any) -> str:
    if inspect.isclass(annotation) and issubclass(annotation, Enum):
        return ", ".join(f"`{item.value}`" for item in annotation)
    text = str(annotation) if get_args(annotation) else getattr(annotation, "__name__", "")
    plain = re.sub(r"[\w.]+\.(\w+)", r"\1", text or str(annotation))
    return f"`{plain}`".replace("|", "\\|")


def _default(value: Any) -> str:
    if isinstance(value, BaseModel):
        return f"{type(value).__name__}()"
    if isinstance(value, Enum):
        return str(value.value)
    return repr(value)
