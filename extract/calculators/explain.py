"""Why a patient is eligible or not, criterion by criterion, for a person to check.

Beside the verdict of :func:`extract.calculators.judge_eligibility` stand every statement
that bears on it, what it would have decided alone, and why it was set aside where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict

from extract.calculators import verdicts
from extract.calculators.criteria import PUBLISHED, Criteria
from extract.calculators.eligibility import in_time, judge_eligibility, organ_count
from extract.calculators.patient_outcome import INTERLEUKIN
from extract.calculators.washout import Washout, last_targeted, washouts
from extract.records import (
    Clock,
    Conflict,
    Criterion,
    DateSpan,
    PatientRecord,
    Reading,
    SettingLabel,
    Source,
)
from extract.values.kleene import Truth

#: The criteria as a person reads them, in the order in which they are shown.
TITLES: Final[dict[str, str]] = {
    "setting": "setting",
    "histology": "histology",
    "caix": "CAIX",
    "ecog": "performance status",
    "stress_echo": "stress echo",
    "washout": "washout",
    "sites": "organs of disease",
}

#: Where the missing piece is likely to be found.
WHERE: Final[dict[str, str]] = {
    "setting": "the referral letter or the treatment summary, with why each drug was stopped",
    "histology": "the pathology report of the nephrectomy, or its specialist review",
    "caix": "the immunohistochemistry report, often an addendum to the pathology report",
    "ecog": "the pre-assessment clinic, or the clerking of the first admission",
    "stress_echo": "the report of the echocardiography department",
    "washout": "the pharmacy's dispensing record, and the drug chart of the first admission",
    "sites": "the report of the last CT before the first dose",
}

#: Words by which the conflicts of a record are known to bear on a criterion.
_ABOUT: Final[dict[str, tuple[str, ...]]] = {
    "setting": ("why ", "response to "),
    "histology": ("histology",),
    "caix": ("caix",),
    "ecog": ("ecog", "karnofsky"),
    "washout": ("last dose of ", "first dose of interleukin-2"),
}


_LATE: Final = "after the first dose"
_PAST: Final = "said of an earlier time"
#: Statements about another time are no disagreement.
_ANOTHER_TIME: Final = frozenset({_LATE, _PAST, "an older letter"})


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Statement(_Frozen):
    """What letters say on a criterion: the value, when, and what it decides by itself.

    ``counted`` is False where it was set aside, and ``why`` then says for what reason.
    """

    what: str
    value: str
    on: DateSpan | None = None
    alone: Truth = Truth.UNKNOWN
    counted: bool = True
    why: str = ""
    sources: tuple[Source, ...] = ()


class Explained(_Frozen):
    """A criterion as judged, with every statement that bears on it.

    ``where`` names where the missing piece is likely to be found ("" unless unknown).
    """

    name: str
    title: str
    verdict: Truth
    value: str
    threshold: str
    why: str
    chase: str = ""
    where: str = ""
    statements: tuple[Statement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def disagreeing(self) -> tuple[Statement, ...]:
        """Statements of the same time, set aside, that would have decided otherwise."""
        neutral = (self.verdict, Truth.UNKNOWN)
        return tuple(
            s
            for s in self.statements
            if not s.counted and s.alone not in neutral and s.why not in _ANOTHER_TIME
        )


class Explanation(_Frozen):
    """One patient's eligibility, explained; ``as_planned`` is by the other clock.

    ``as_planned`` is the verdict as if the first dose had been given on the day it was
    planned for; None where no letter plans one for a patient who was treated.
    """

    patient_id: str
    clock: Clock
    judged_on: DateSpan | None
    setting: SettingLabel
    lines_failed: str
    eligible: Truth
    criteria: tuple[Explained, ...]
    as_planned: Truth | None = None


def explain(
    patient: PatientRecord, criteria: Criteria = PUBLISHED, *, as_planned: bool = False
) -> Explanation:
    """Judge one patient and say why.

    With ``as_planned``, as if the first dose had been given when it was planned.
    """
    judged = judge_eligibility(patient, criteria, as_planned=as_planned)
    if as_planned and judged.clock is Clock.PLANNED and patient.il2.given:
        il2 = patient.il2.model_copy(update={"first_doses": patient.il2.planned})
        patient = patient.model_copy(update={"il2": il2})
    setting = Criterion(
        name="setting",
        verdict=judged.setting_verdict,
        value=_setting_value(judged.setting, judged.lines_failed),
        threshold=f"consolidation, or 1-{criteria.failed_lines_max} failed targeted lines",
        why=patient.setting.why,
        chase=_setting_chase(judged.setting_verdict, judged.chase),
        sources=patient.setting.sources,
    )
    both = patient.il2.given and patient.il2.planned and not as_planned
    return Explanation(
        patient_id=patient.patient_id,
        clock=judged.clock,
        judged_on=judged.judged_on,
        setting=judged.setting,
        lines_failed=judged.lines_failed,
        eligible=judged.eligible,
        criteria=tuple(_explained(patient, c, criteria) for c in (setting, *judged.criteria)),
        as_planned=(
            judge_eligibility(patient, criteria, as_planned=True).eligible if both else None
        ),
    )


def _setting_value(label: SettingLabel, lines_failed: str) -> str:
    if lines_failed == "unknown":
        return f"{label.value}, failed lines not known"
    return f"{label.value}, {lines_failed} failed"


def _setting_chase(verdict: Truth, chase: Sequence[str]) -> str:
    return chase[0] if verdict is Truth.UNKNOWN and chase else ""


def _explained(patient: PatientRecord, criterion: Criterion, criteria: Criteria) -> Explained:
    name = criterion.name
    about = _ABOUT.get(name, ())
    unknown = criterion.verdict is Truth.UNKNOWN
    return Explained(
        name=name,
        title=TITLES[name],
        verdict=criterion.verdict,
        value=criterion.value,
        threshold=criterion.threshold,
        why=criterion.why,
        chase=criterion.chase,
        where=WHERE[name] if unknown else "",
        statements=tuple(_statements(patient, criterion, criteria)),
        conflicts=tuple(c for c in patient.conflicts if c.about.startswith(about) and about),
        sources=criterion.sources,
    )


def _statements(
    patient: PatientRecord, criterion: Criterion, criteria: Criteria
) -> Iterator[Statement]:
    match criterion.name:
        case "ecog":
            yield from _performance(patient, criterion, criteria)
        case "caix":
            for item in patient.caix:
                yield _reading(
                    "CAIX",
                    item,
                    verdicts.caix_verdict(item.value, criteria),
                    criterion,
                    "a closer number outranks it",
                )
        case "histology":
            yield from _tissue(patient, criterion)
        case "stress_echo":
            yield from _echoes(patient, criterion)
        case "sites":
            yield from _organs(patient, criterion, criteria)
        case "washout":
            yield from _washout(patient, criterion, criteria)
        case _:
            yield from _lines(patient)


def _performance(
    patient: PatientRecord, criterion: Criterion, criteria: Criteria
) -> Iterator[Statement]:
    for item in patient.ecog:
        alone = verdicts.ecog_verdict(item.value, criteria)
        yield _reading("ECOG", item, alone, criterion, _late(patient, item.on, "an older letter"))
    for item in patient.ecog_past:
        alone = verdicts.ecog_verdict(item.value, criteria)
        yield _reading("ECOG", item, alone, criterion, _PAST)
    for item in patient.karnofsky:
        alone = verdicts.karnofsky_verdict(item.value, criteria)
        why = _late(patient, item.on, "ECOG is given")
        yield _reading("Karnofsky", item, alone, criterion, why)


def _tissue(patient: PatientRecord, criterion: Criterion) -> Iterator[Statement]:
    stated = bool(patient.histology_groups)
    outranked = "a stated group outranks what could be derived" if stated else "an older letter"
    for item in patient.histology_groups:
        last = item.on == patient.histology_groups[-1].on
        alone = Truth.of(item.value == "favourable")
        found = _reading("group", item, alone, criterion, "the newest letter is preferred")
        yield (
            found
            if last
            else found.model_copy(
                update={"counted": False, "why": "the newest letter is preferred"}
            )
        )
    for item in patient.histology:
        alone = Truth.UNKNOWN if item.value == "clear_cell" else Truth.NOT_MET
        yield _reading("type", item, alone, criterion, outranked)
    for feature, item in patient.histology_features:
        yield _reading(feature, item, Truth.UNKNOWN, criterion, outranked)


def _echoes(patient: PatientRecord, criterion: Criterion) -> Iterator[Statement]:
    for item in patient.stress_echo:
        when = item.on or item.reported
        why = "a result outranks it" if item.category == "awaited" else "a later test counts"
        reading = Reading(value=item.category, on=when, sources=item.sources)
        alone = verdicts.echo_verdict(item.category)
        yield _reading("stress echo", reading, alone, criterion, _late(patient, when, why))


def _organs(
    patient: PatientRecord, criterion: Criterion, criteria: Criteria
) -> Iterator[Statement]:
    for item in patient.sites:
        fewest, most = organ_count(item)
        count = f"{item.count.value} stated" if item.count else ""
        value = ", ".join(part for part in (*item.organs, count) if part)
        reading = Reading(value=value, on=item.on, sources=item.sources)
        alone = verdicts.organs_verdict(fewest, most, criteria)
        why = _late(patient, item.on, "an older letter")
        yield _reading("organs", reading, alone, criterion, why)


def _washout(
    patient: PatientRecord, criterion: Criterion, criteria: Criteria
) -> Iterator[Statement]:
    dates_decide = criterion.why != "as stated; the dates do not decide"
    found = washouts(patient)
    firsts = patient.il2.first_doses if patient.il2.given else patient.il2.planned
    for episode in last_targeted(patient):
        for span in episode.ends:
            with_it = [w for w in found if w.last_dose == span]
            yield Statement(
                what=f"last dose of {episode.agent}",
                value=span.edtf,
                on=span,
                alone=_together(with_it, criteria),
                counted=bool(with_it),
                why="" if with_it else "a later last dose counts, or the first has no date",
                sources=span.sources,
            )
    for span in firsts:
        with_it = [w for w in found if w.first_dose == span]
        yield Statement(
            what="first interleukin-2" if patient.il2.given else "planned first interleukin-2",
            value=span.edtf,
            on=span,
            alone=_together(with_it, criteria),
            counted=bool(with_it),
            why="" if with_it else "no date of the last targeted dose goes with it",
            sources=span.sources,
        )
    for agent, item in patient.washouts:
        alone = verdicts.stated_washout_verdict(item.value, criteria)
        why = "the dates decide" if dates_decide else "not of the last targeted agent"
        what = f"stated washout of {agent}" if agent else "stated washout"
        yield _reading(what, item, alone, criterion, why)


def _together(found: Iterable[Washout], criteria: Criteria) -> Truth:
    return verdicts.all_readings(
        verdicts.washout_verdict(w.fewest, w.most, criteria) for w in found
    )


def _lines(patient: PatientRecord) -> Iterator[Statement]:
    for line in patient.lines:
        if line.before_il2 is Truth.NOT_MET or INTERLEUKIN in line.agents:
            continue
        failed = {Truth.MET: "ended by progression", Truth.NOT_MET: "did not end by progression"}
        how = failed.get(line.failed, "how it ended is not known")
        kind = "" if line.targeted is Truth.MET else " (not targeted)"
        yield Statement(
            what=f"line {line.number}{kind}",
            value=f"{' + '.join(line.agents)}: {how}",
            on=line.start or line.end,
            counted=line.targeted is not Truth.NOT_MET,
            why="" if line.targeted is not Truth.NOT_MET else "only targeted lines count",
            sources=line.sources,
        )


def _late(patient: PatientRecord, on: DateSpan | None, otherwise: str) -> str:
    return otherwise if in_time(patient, on) else _LATE


def _reading(what: str, item: Reading, alone: Truth, criterion: Criterion, why: str) -> Statement:
    counted = _shares(item.sources, criterion.sources)
    return Statement(
        what=what,
        value=item.value,
        on=item.on,
        alone=alone,
        counted=counted,
        why="" if counted else why,
        sources=item.sources,
    )


def _shares(sources: Iterable[Source], used: Iterable[Source]) -> bool:
    return not set(sources).isdisjoint(used)
