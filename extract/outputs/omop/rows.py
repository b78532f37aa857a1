"""Rows of the OMOP tables from letters and patients.

The model wants whole days. A date that is not one is left out by default, and the row
with it, told in ``left_out.csv``; on request the first day (for an end, the last) that
the letters allow stands in, and the date as given stays in the source value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Final

from extract.calculators.doses import count_of
from extract.calculators.verdicts import quantity
from extract.outputs.omop import concepts
from extract.outputs.omop.schema import Record
from extract.patients.readings import date_span
from extract.records import (
    Assertion,
    Assessment,
    DateSpan,
    Episode,
    Fact,
    LetterRecord,
    Line,
    PatientRecord,
    Reading,
)
from extract.values.agents import Lexicon

NOT_EXPORTED: Final = "[the letter's text was not exported]"
_PERCENT: Final = "%"


@dataclass(frozen=True)
class LeftOut:
    """A row that has no whole day where the model wants one."""

    table: str
    person_id: int
    what: str
    date: str


@dataclass
class Rows:
    """Makes rows and numbers them.

    Args:
        lexicon: for the concepts of drugs.
        nlp_date: the day the letters were read.
        system: the program and its rules, for NOTE_NLP.
        fill_dates: whether the bounds of a date may stand in for it.
        texts: the letters' texts by id, where they are exported.
    """

    lexicon: Lexicon
    nlp_date: date
    system: str
    fill_dates: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    _last: dict[str, int] = field(default_factory=dict)

    def of_patient(
        self, person_id: int, patient: PatientRecord, letters: list[LetterRecord]
    ) -> Iterator[tuple[str, Record]]:
        """Every row of one patient, each with its table."""
        for letter in letters:
            yield from self._letter(person_id, letter)
        yield from self._measurements(person_id, patient)
        yield from self._observations(person_id, patient)
        yield from self._drugs(person_id, patient)
        yield from self._episodes(person_id, patient)

    def _next(self, table: str) -> int:
        self._last[table] = self._last.get(table, 0) + 1
        return self._last[table]

    def _day(self, span: DateSpan | None, *, last: bool = False) -> date | None:
        if span is None or not (span.exact or self.fill_dates):
            return None
        return span.latest if last else span.earliest

    def _missing(self, table: str, person_id: int, what: str, span: DateSpan | None) -> None:
        self.left_out.append(LeftOut(table, person_id, what, span.edtf if span else ""))

    # ------------------------------------------------------------------ letters

    def _letter(self, person_id: int, letter: LetterRecord) -> Iterator[tuple[str, Record]]:
        span = date_span(letter.letter_date)
        day = self._day(span)
        if day is None:
            self._missing("note", person_id, letter.letter_id, span)
            return
        note_id = self._next("note")
        yield (
            "note",
            {
                "note_id": note_id,
                "person_id": person_id,
                "note_date": day,
                "note_type_concept_id": concepts.EHR_NOTE,
                "note_class_concept_id": concepts.NONE,
                "note_title": letter.letter_id[:250],
                "note_text": self.texts.get(letter.letter_id) or NOT_EXPORTED,
                "encoding_concept_id": concepts.NONE,
                "language_concept_id": concepts.ENGLISH,
                "note_source_value": letter.letter_id[-50:],
            },
        )
        for fact in letter.facts:
            yield "note_nlp", self._term(note_id, fact)

    def _term(self, note_id: int, fact: Fact) -> Record:
        parts = {
            "field": fact.field.value,
            "item": fact.item,
            "value": fact.value,
            "low": fact.low,
            "high": fact.high,
            "rule": fact.rule,
            "review": "yes" if fact.review else "",
        }
        modifiers = ";".join(f"{name}={value}" for name, value in parts.items() if value)
        evidence = fact.evidence
        past = fact.assertion is Assertion.PAST or fact.field.value.endswith("_past")
        concept = concepts.ECOG.get(fact.value, concepts.NONE) if fact.field == "ecog" else 0
        if fact.field == "response":
            concept = concepts.RESPONSES.get(fact.value, concepts.NONE)
        return {
            "note_nlp_id": self._next("note_nlp"),
            "note_id": note_id,
            "section_concept_id": concepts.NONE,
            "snippet": evidence.quote[:250],
            "offset": str(evidence.start),
            "lexical_variant": evidence.quote[:250],
            "note_nlp_concept_id": concept,
            "note_nlp_source_concept_id": concepts.NONE,
            "nlp_system": self.system[:250],
            "nlp_date": self.nlp_date,
            "term_exists": "Y",
            "term_temporal": "Past" if past else "Present",
            "term_modifiers": modifiers[:2000],
        }

    # ------------------------------------------------------------- measurements

    def _measurements(self, person_id: int, patient: PatientRecord) -> Iterator[tuple[str, Record]]:
        numbers: list[tuple[str, Reading, str]] = [
            *(("ECOG performance status", item, "") for item in patient.ecog),
            *(("Karnofsky performance status", item, "") for item in patient.karnofsky),
            *(("CAIX positive tumour cells", item, _PERCENT) for item in patient.caix),
            *(("left ventricular ejection fraction", item, _PERCENT) for item in patient.lvef),
            *((f"histology {name}", r, _PERCENT) for name, r in patient.histology_features),
        ]
        for what, item, unit in numbers:
            concept = concepts.NONE
            if what.startswith("ECOG"):
                concept = concepts.ECOG.get(item.value, concepts.NONE)
            found = self._measurement(person_id, what, item, concept, unit)
            if found is not None:
                yield "measurement", found
        for response in patient.responses:
            item = Reading(value=response.category, on=response.on or response.reported)
            words = f"response {response.agent}".strip()
            concept = concepts.RESPONSES.get(response.category, concepts.NONE)
            found = self._measurement(person_id, words, item, concept, "")
            if found is not None:
                yield "measurement", found

    def _measurement(
        self, person_id: int, what: str, item: Reading, concept: int, unit: str
    ) -> Record | None:
        day = self._day(item.on)
        if day is None:
            self._missing("measurement", person_id, what, item.on)
            return None
        record: Record = {
            "measurement_id": self._next("measurement"),
            "person_id": person_id,
            "measurement_concept_id": concept,
            "measurement_date": day,
            "measurement_type_concept_id": concepts.NLP,
            "measurement_source_value": what[:50],
            "measurement_source_concept_id": concepts.NONE,
            "value_source_value": item.value[:50],
        }
        found = quantity(item.value)
        if found is not None and not found.approximate:
            if found.low == found.high:
                record["value_as_number"] = found.low
            elif not isfinite(found.high):
                sign = ">" if found.low_open else ">="
                record["value_as_number"] = found.low
                record["operator_concept_id"] = concepts.OPERATORS[sign]
            elif not isfinite(found.low):
                sign = "<" if found.high_open else "<="
                record["value_as_number"] = found.high
                record["operator_concept_id"] = concepts.OPERATORS[sign]
            if unit:
                record["unit_source_value"] = unit
        return record

    # ------------------------------------------------------------- observations

    def _observations(self, person_id: int, patient: PatientRecord) -> Iterator[tuple[str, Record]]:
        found: list[tuple[str, str, DateSpan | None]] = [
            *(("histology", r.value, r.on) for r in patient.histology),
            *(("histology group", r.value, r.on) for r in patient.histology_groups),
            *(("stress echo", t.category, _when(t)) for t in patient.stress_echo),
            *((f"toxicity {term}", r.value, r.on) for term, r in patient.toxicity),
            *(("inotropes", r.value, r.on) for r in patient.inotropes),
            *(("intensive care", r.value, r.on) for r in patient.icu),
            *((f"relapse {after}".strip(), r.value, r.on) for after, r in patient.relapses),
            *(("organ of disease", organ, s.on) for s in patient.sites for organ in s.organs),
        ]
        judged = patient.eligibility
        if judged is not None:
            on = judged.judged_on
            found += [(f"criterion {c.name}", c.verdict.value, on) for c in judged.criteria]
            found.append(("criterion setting", judged.setting_verdict.value, on))
            found.append(("setting", judged.setting.value, on))
            found.append(("eligible for interleukin-2", judged.eligible.value, on))
        for what, value, span in found:
            day = self._day(span)
            if day is None:
                self._missing("observation", person_id, what, span)
                continue
            yield (
                "observation",
                {
                    "observation_id": self._next("observation"),
                    "person_id": person_id,
                    "observation_concept_id": concepts.NONE,
                    "observation_date": day,
                    "observation_type_concept_id": concepts.NLP,
                    "value_as_string": value[:60],
                    "observation_source_value": what[:50],
                    "observation_source_concept_id": concepts.NONE,
                    "value_source_value": value[:50],
                },
            )

    # -------------------------------------------------------- drugs and episodes

    def _drugs(self, person_id: int, patient: PatientRecord) -> Iterator[tuple[str, Record]]:
        last = _last_letter(patient)
        for episode in patient.episodes:
            if episode.given and episode.agent != "aldesleukin":
                row = self._exposure(person_id, episode, last)
                if row is not None:
                    yield "drug_exposure", row
        for cycle in patient.il2.cycles:
            start = self._day(cycle.start)
            end = self._day(cycle.start, last=True) if self.fill_dates else None
            what = f"aldesleukin cycle {cycle.number}"
            if start is None or end is None:
                self._missing("drug_exposure", person_id, what, cycle.start)
                continue
            row = self._drug_row(person_id, "aldesleukin", start, end, what)
            row["quantity"] = count_of(cycle.doses)
            yield "drug_exposure", row

    def _exposure(self, person_id: int, episode: Episode, last: DateSpan | None) -> Record | None:
        start = self._day(episode.start)
        ends = episode.end or (last if self.fill_dates else None)
        end = self._day(ends, last=True)
        if start is None or end is None or end < start:
            missing = episode.start if start is None else episode.end
            self._missing("drug_exposure", person_id, episode.key, missing)
            return None
        row = self._drug_row(person_id, episode.agent, start, end, episode.key)
        if episode.end is not None and episode.end.exact:
            row["verbatim_end_date"] = end
        reasons = [reading.value for reading in episode.end_reasons]
        row["stop_reason"] = reasons[0][:20] if reasons else None
        dates = [span.edtf for span in (episode.start, episode.end) if span]
        row["sig"] = f"dates as given: {' to '.join(dates)}"
        return row

    def _drug_row(self, person_id: int, agent: str, start: date, end: date, words: str) -> Record:
        known = self.lexicon.agent(agent)
        return {
            "drug_exposure_id": self._next("drug_exposure"),
            "person_id": person_id,
            "drug_concept_id": int(known.omop) if known and known.omop else concepts.NONE,
            "drug_exposure_start_date": start,
            "drug_exposure_end_date": end,
            "drug_type_concept_id": concepts.NLP,
            "drug_source_value": words[:50],
            "drug_source_concept_id": concepts.NONE,
        }

    def _episodes(self, person_id: int, patient: PatientRecord) -> Iterator[tuple[str, Record]]:
        parent: int | None = None
        for line in patient.lines:
            start = self._day(line.start)
            what = " + ".join(line.agents)
            if start is None:
                self._missing("episode", person_id, what, line.start)
                continue
            row = self._episode(person_id, concepts.REGIMEN, start, line, what)
            if "aldesleukin" in line.agents:
                parent = self._last["episode"]
            yield "episode", row
        for cycle in patient.il2.cycles:
            start = self._day(cycle.start)
            what = f"aldesleukin cycle {cycle.number}"
            if start is None:
                self._missing("episode", person_id, what, cycle.start)
                continue
            row = self._episode(person_id, concepts.CYCLE, start, None, what)
            row["episode_number"] = cycle.number
            row["episode_parent_id"] = parent
            yield "episode", row

    def _episode(
        self, person_id: int, concept: int, start: date, line: Line | None, words: str
    ) -> Record:
        end = self._day(line.end, last=True) if line else None
        return {
            "episode_id": self._next("episode"),
            "person_id": person_id,
            "episode_concept_id": concept,
            "episode_start_date": start,
            "episode_end_date": end if end is None or end >= start else None,
            "episode_number": line.number if line else None,
            "episode_object_concept_id": concepts.NONE,
            "episode_type_concept_id": concepts.NLP,
            "episode_source_value": words[:50],
            "episode_source_concept_id": concepts.NONE,
        }


def _when(item: Assessment) -> DateSpan | None:
    return item.on or item.reported


def _last_letter(patient: PatientRecord) -> DateSpan | None:
    dates = [letter.on for letter in patient.letters if letter.on is not None]
    return max(dates, key=lambda span: (span.latest, span.earliest), default=None)
