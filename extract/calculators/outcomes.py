"""The cohort: what ``outcomes.json`` holds. Counts, rates, subgroups, time, doses.

The cohort is every patient who was given interleukin-2; planned is not given. Both
denominators, evaluable and all treated, are always there (field guide C2), with the
patients behind each count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from extract.calculators.cohort_models import (
    Flow,
    FollowUp,
    Headline,
    Outcomes,
    Responses,
    Subgroup,
)
from extract.calculators.criteria import PUBLISHED, Basis, Criteria
from extract.calculators.doses import doses
from extract.calculators.intervals import proportion
from extract.calculators.patient_outcome import response_by
from extract.calculators.survival import Subject, kaplan_meier, months, reverse
from extract.calculators.time_to_event import survivals
from extract.calculators.toxicity import first_true, toxicities
from extract.calculators.washout import last_targeted
from extract.calculators.washouts import washout_distribution
from extract.records import Outcome, PatientRecord, SettingLabel
from extract.values.kleene import Truth

_RESPONDED: Final = ("CR", "PR")
_CATEGORIES: Final = ("CR", "PR", "SD", "PD", "MR", "NE")
_NONE: Final = "none"


class Treated(NamedTuple):
    """A treated patient with the outcome judged."""

    patient: PatientRecord
    outcome: Outcome

    @property
    def id(self) -> str:
        """The patient's id."""
        return self.patient.patient_id


@dataclass(slots=True)
class Untreated:
    """Patients who were not treated, as much as the cohort's flow tells of them.

    Attributes:
        patients: how many.
        letters: of how many letters.
        excluded: their ids by the reason why they cannot be assessed.
    """

    patients: int = 0
    letters: int = 0
    excluded: dict[str, list[str]] = field(default_factory=dict)

    def count(self, patient: PatientRecord) -> None:
        """Count one in. Raises ValueError where it has not been judged, or was treated."""
        if patient.outcome is None or patient.outcome.treated:
            raise ValueError(f"patient {patient.patient_id} is not known to be untreated")
        self.patients += 1
        self.letters += len(patient.letters)
        if why := patient.outcome.not_evaluable_because:
            self.excluded.setdefault(why, []).append(patient.patient_id)


def cohort_outcomes(
    patients: Sequence[PatientRecord],
    criteria: Criteria = PUBLISHED,
    comparator: Sequence[float] = (),
    untreated: Untreated | None = None,
) -> Outcomes:
    """The outcomes of all patients; those not treated count in the flow alone.

    Args:
        patients: judged records (:func:`extract.calculators.judge`), any order.
        criteria: whose ``response_basis`` says which response counts.
        comparator: doses in the first cycle of patients of another series, if any.
        untreated: others, of whom only the flow is to tell.

    Raises:
        ValueError: a patient has not been judged.
    """
    treated = _treated(patients)
    evaluable = [t for t in treated if t.outcome.evaluable]
    people = _people(treated, evaluable, criteria.response_basis)
    follow_up = _follow_up(treated)
    headline = Headline(
        **{name: len(people[name]) for name in people},
        longest_follow_up_months=_whole(follow_up.longest_months),
    )
    return Outcomes(
        criteria=criteria.name,
        response_basis=criteria.response_basis.value,
        headline=headline,
        people={name: tuple(ids) for name, ids in people.items()},
        flow=_flow(patients, treated, evaluable, untreated or Untreated()),
        responses=_responses(treated, evaluable, criteria.response_basis),
        by_setting=_subgroups(treated, _setting, criteria.response_basis),
        by_last_class=_subgroups(treated, last_class, criteria.response_basis),
        by_lines_failed=_subgroups(
            treated, lambda t: t.patient.setting.lines_failed, criteria.response_basis
        ),
        survival=survivals([(t.patient, t.outcome) for t in treated]),
        doses=doses([t.patient for t in treated], comparator),
        toxicity=toxicities([t.patient for t in treated]),
        washout=washout_distribution([t.patient for t in treated], criteria),
        follow_up=follow_up,
    )


def _treated(patients: Iterable[PatientRecord]) -> list[Treated]:
    found = []
    for patient in sorted(patients, key=lambda p: p.patient_id):
        if patient.outcome is None:
            raise ValueError(f"patient {patient.patient_id} has not been judged")
        if patient.outcome.treated:
            found.append(Treated(patient, patient.outcome))
    return found


def _people(
    treated: Sequence[Treated], evaluable: Sequence[Treated], basis: Basis
) -> dict[str, list[str]]:
    """Who is behind each count of the headline."""
    complete = [t for t in evaluable if response_by(t.outcome, basis) == "CR"]
    return {
        "treated": [t.id for t in treated],
        "salvage": [t.id for t in treated if _setting(t) == SettingLabel.SALVAGE],
        "consolidation": [t.id for t in treated if _setting(t) == SettingLabel.CONSOLIDATION],
        "evaluable": [t.id for t in evaluable],
        "responders": [t.id for t in evaluable if response_by(t.outcome, basis) in _RESPONDED],
        "complete_responders": [t.id for t in complete],
        "relapsed_after_complete": [t.id for t in complete if t.outcome.relapsed is Truth.MET],
        "inotropes": [t.id for t in treated if first_true(t.patient.inotropes) is Truth.MET],
        "icu": [t.id for t in treated if first_true(t.patient.icu) is Truth.MET],
    }


def _flow(
    patients: Sequence[PatientRecord],
    treated: Sequence[Treated],
    evaluable: Sequence[Treated],
    untreated: Untreated,
) -> Flow:
    reasons = {why: list(ids) for why, ids in untreated.excluded.items()}
    for patient in patients:
        why = patient.outcome.not_evaluable_because if patient.outcome else ""
        if why:
            reasons.setdefault(why, []).append(patient.patient_id)
    return Flow(
        letters=sum(len(patient.letters) for patient in patients) + untreated.letters,
        patients=len(patients) + untreated.patients,
        treated=len(treated),
        evaluable=len(evaluable),
        excluded={why: tuple(sorted(ids)) for why, ids in sorted(reasons.items())},
    )


def _responses(treated: Sequence[Treated], evaluable: Sequence[Treated], basis: Basis) -> Responses:
    def count(group: Sequence[Treated], wanted: Sequence[str]) -> int:
        return sum(response_by(t.outcome, basis) in wanted for t in group)

    complete = [t for t in evaluable if response_by(t.outcome, basis) == "CR"]
    relapses = sum(t.outcome.relapsed is Truth.MET for t in complete)
    table = {
        each.value: {
            category: sum((response_by(t.outcome, each) or _NONE) == category for t in treated)
            for category in (*_CATEGORIES, _NONE)
        }
        for each in Basis
    }
    return Responses(
        table=table,
        response_of_evaluable=proportion(count(evaluable, _RESPONDED), len(evaluable)),
        response_of_treated=proportion(count(evaluable, _RESPONDED), len(treated)),
        complete_of_evaluable=proportion(count(evaluable, ("CR",)), len(evaluable)),
        complete_of_treated=proportion(count(evaluable, ("CR",)), len(treated)),
        relapse_of_complete=proportion(relapses, len(complete)),
        look_again=tuple(t.id for t in treated if _graded_otherwise(t.outcome)),
    )


def _graded_otherwise(outcome: Outcome) -> bool:
    """Whether the best response by the dates is not the best one reported."""
    reported = outcome.best_response
    return bool(outcome.unconfirmed) and reported not in (outcome.unconfirmed, "MR")


def _subgroups(
    treated: Sequence[Treated], group_of: Callable[[Treated], str], basis: Basis
) -> dict[str, Subgroup]:
    groups: dict[str, list[Treated]] = {}
    for t in treated:
        groups.setdefault(group_of(t), []).append(t)
    found = {}
    for name in sorted(groups):
        evaluable = [t for t in groups[name] if t.outcome.evaluable]
        said = [response_by(t.outcome, basis) for t in evaluable]
        found[name] = Subgroup(
            treated=len(groups[name]),
            evaluable=len(evaluable),
            response=proportion(sum(r in _RESPONDED for r in said), len(said)),
            complete=proportion(said.count("CR"), len(said)),
            patients=tuple(t.id for t in groups[name]),
        )
    return found


def _setting(t: Treated) -> str:
    return t.patient.setting.label.value


def last_class(t: Treated) -> str:
    """The class of the last targeted line; a mixed line is a bucket of its own."""
    classes = sorted({e.drug_class for e in last_targeted(t.patient) if e.drug_class})
    return " + ".join(classes) or _NONE


def _follow_up(treated: Sequence[Treated]) -> FollowUp:
    """Months from the first dose to the last contact; the longest is of the living."""
    known = [
        (t, months(sum(t.outcome.follow_up_days) / 2))
        for t in treated
        if t.outcome.follow_up_days is not None and sum(t.outcome.follow_up_days) >= 0
    ]
    living = [time for t, time in known if not t.outcome.dead] or [time for _, time in known]
    times = sorted(time for _, time in known)
    dated = {t.id for t, _ in known}
    curve = kaplan_meier(reverse([Subject(time, t.outcome.dead) for t, time in known]))
    longest = max(living, default=None)
    return FollowUp(
        patients=len(known),
        not_dated=tuple(t.id for t in treated if t.id not in dated),
        deaths=sum(t.outcome.dead for t in treated),
        longest_months=longest,
        longest_patients=tuple(t.id for t, time in known if time == longest),
        shortest_months=times[0] if times else None,
        naive_median_months=_median(times),
        median_months=curve.median,
    )


def _median(values: Sequence[float]) -> float | None:
    if not values:
        return None
    half, odd = divmod(len(values), 2)
    return values[half] if odd else (values[half - 1] + values[half]) / 2


def _whole(value: float | None) -> int:
    """Months rounded to the nearest whole one, halves up; 0 where there is no follow-up.

    The published cohort says 24 months of 23.98.
    """
    return 0 if value is None else int(value + 0.5)
