"""From the letters of many patients to one record a patient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.patients import observations as seen
from extract.patients.conflicts import changed, conflicts, proportions
from extract.patients.cycles import during
from extract.patients.episodes import episodes
from extract.patients.interleukin import interleukin
from extract.patients.lines import lines
from extract.patients.linking import Linked, link
from extract.patients.mentions import assessment, assessments
from extract.patients.readings import letter_span
from extract.patients.setting import setting
from extract.patients.timeline import timeline
from extract.records import (
    Assessment,
    Conflict,
    Episode,
    Field,
    LetterRecord,
    LetterRef,
    PatientRecord,
    Reason,
    Sites,
)
from extract.values.agents import Lexicon

#: Fields about the tumour itself, which two letters should not state differently.
_TISSUE = (Field.HISTOLOGY, Field.HISTOLOGY_GROUP)
_EACH_DAY = (Field.ECOG, Field.KARNOFSKY, Field.LVEF)


def build_patients(records: Iterable[LetterRecord], lexicon: Lexicon) -> list[PatientRecord]:
    """One record a patient, sorted by patient; letters may come in any order.

    The records hold no judgement yet: :func:`extract.calculators.judge` adds it.
    """
    return [_patient(linked, lexicon) for linked in link(records)]


def _patient(linked: Linked, lexicon: Lexicon) -> PatientRecord:
    letters = linked.letters
    il2 = interleukin(letters)
    courses = episodes(letters, lexicon, il2.first_dose)
    therapy_lines = lines(courses, il2)
    histology = seen.readings(letters, Field.HISTOLOGY)
    renal = seen.renal(histology, courses, lexicon)
    responses = _responses(courses, letters)
    said = [(e.key, r.category) for e in courses for r in e.responses]
    echoes = seen.echoes(letters)
    deaths = seen.readings(letters, Field.DEATH)
    death = seen.death(deaths, letters)
    organs = seen.sites(letters)
    refs = tuple(LetterRef(letter_id=x.letter_id, on=letter_span(x)) for x in letters)
    found = (
        *conflicts(courses, il2, [(f, seen.readings(letters, f)) for f in _EACH_DAY]),
        *proportions(Field.CAIX, seen.readings(letters, Field.CAIX)),
        *(c for f in _TISSUE for c in changed(f, seen.readings(letters, f))),
    )
    return PatientRecord(
        patient_id=linked.patient_id,
        letters=refs,
        numbers=linked.numbers,
        renal=renal,
        episodes=courses,
        lines=therapy_lines,
        setting=setting(therapy_lines, renal, said),
        timeline=timeline(refs, courses, il2, responses, echoes, death),
        ecog=seen.readings(letters, Field.ECOG),
        ecog_past=seen.readings(letters, Field.ECOG_PAST),
        karnofsky=seen.readings(letters, Field.KARNOFSKY),
        caix=seen.readings(letters, Field.CAIX),
        histology=histology,
        histology_features=seen.itemised(letters, Field.HISTOLOGY_FEATURE),
        histology_groups=seen.readings(letters, Field.HISTOLOGY_GROUP),
        stress_echo=echoes,
        lvef=seen.readings(letters, Field.LVEF),
        sites=organs,
        washouts=seen.itemised(letters, Field.WASHOUT),
        il2=il2,
        responses=responses,
        toxicity=tuple(during(letters, Field.TOXICITY, il2)),
        inotropes=tuple(said for _, said in during(letters, Field.INOTROPES, il2)),
        icu=tuple(said for _, said in during(letters, Field.ICU, il2)),
        relapses=seen.itemised(letters, Field.RELAPSE),
        deaths=deaths,
        death=death,
        follow_up=seen.readings(letters, Field.FOLLOW_UP),
        conflicts=found,
        reasons=_reasons(linked, found, organs),
    )


def _responses(
    courses: Sequence[Episode], letters: Sequence[LetterRecord]
) -> tuple[Assessment, ...]:
    """Every response of the patient, those tied to no agent among them."""
    loose = [assessment(letter, fact) for letter, fact in seen.unassigned_responses(letters)]
    return (*(r for e in courses for r in e.responses), *assessments(loose))


def _reasons(
    linked: Linked, found: Sequence[Conflict], organs: Sequence[Sites]
) -> tuple[Reason, ...]:
    """Why a person should look: at the patient, at a letter, or at a fact."""
    reasons = list(linked.reasons)
    if seen.list_disagrees(organs):
        reasons.append(Reason.LIST)
    if found:
        reasons.append(Reason.CONFLICT)
    if any(not letter.letter_date for letter in linked.letters):
        reasons.append(Reason.NO_LETTER_DATE)
    reasons.extend(reason for letter in linked.letters for reason in letter.reasons)
    reasons.extend(
        reason
        for letter in linked.letters
        for fact in letter.facts
        if fact.review
        for reason in fact.reasons
    )
    return tuple(dict.fromkeys(reasons))
