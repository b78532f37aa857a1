"""Behind each number stand patients and facts; a changed fact moves only what stands on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from extract.calculators import judge
from extract.calculators.grounds import Ground, Grounds, grounds
from extract.calculators.judging import eligibility_row
from extract.calculators.outcomes import cohort_outcomes
from extract.evaluation import read_gold
from extract.patients import build_patients
from extract.records import Fact, Field, LetterRecord, PatientRecord
from extract.values.agents import load_agents

GOLD = Path(__file__).resolve().parents[2] / "corpora" / "hd-il2" / "facts.csv"


@pytest.fixture(scope="module")
def letters() -> list[LetterRecord]:
    return read_gold(GOLD)


def patients_of(letters: Sequence[LetterRecord]) -> list[PatientRecord]:
    return [judge(patient) for patient in build_patients(letters, load_agents())]


@pytest.fixture(scope="module")
def patients(letters: list[LetterRecord]) -> list[PatientRecord]:
    return patients_of(letters)


@pytest.fixture(scope="module")
def found(patients: list[PatientRecord]) -> Grounds:
    return grounds(patients)


# ------------------------------------------------------ every number has grounds


def test_each_headline_number_is_the_patients_behind_it(
    patients: list[PatientRecord], found: Grounds
) -> None:
    out = cohort_outcomes(patients)
    for name, ids in out.people.items():
        shares = found.get(f"headline.{name}", ())
        assert tuple(share.patient_id for share in shares) == ids
    (longest,) = found["headline.longest_follow_up_months"]
    assert (longest.patient_id,) == out.follow_up.longest_patients


def test_the_tables_are_the_patients_behind_them(
    patients: list[PatientRecord], found: Grounds
) -> None:
    out = cohort_outcomes(patients)
    counts: dict[str, int] = {
        **{f"toxicity.terms.{term}": n for term, n in out.toxicity.terms.items()},
        **{f"toxicity.severe.{term}": n for term, n in out.toxicity.severe.items()},
        **{f"toxicity.cycle_not_told.{term}": n for term, n in out.toxicity.cycle_not_told.items()},
        **{
            f"toxicity.by_cycle.{number}.{kind}.{name}": n
            for number, cycle in out.toxicity.by_cycle.items()
            for kind, tally in (("terms", cycle.terms), ("severe", cycle.severe))
            for name, n in tally.items()
        },
        **{
            f"toxicity.by_cycle.{number}.{name}.{said}": getattr(getattr(cycle, name), said)
            for number, cycle in out.toxicity.by_cycle.items()
            for name in ("inotropes", "icu")
            for said in ("yes", "no", "unknown")
        },
        **{
            f"toxicity.by_cycle.{number}.given": c.given
            for number, c in out.toxicity.by_cycle.items()
        },
        **{f"doses.by_cycle.{cycle}": s.n for cycle, s in out.doses.by_cycle.items()},
        "doses.total": out.doses.total.n,
        "washout.days": out.washout.days.n,
        "follow_up": out.follow_up.patients,
        **{f"survival.{name}": s.curve.n for name, s in out.survival.items()},
        **{
            f"responses.table.{basis}.{category}": n
            for basis, table in out.responses.table.items()
            for category, n in table.items()
        },
        **{
            f"{kind}.{name}": group.treated
            for kind in ("by_setting", "by_last_class", "by_lines_failed")
            for name, group in getattr(out, kind).items()
        },
    }
    for name in ("inotropes", "icu"):
        item = getattr(out.toxicity, name)
        counts |= {f"toxicity.{name}.{said}": getattr(item, said) for said in ("yes", "no")}
        counts[f"toxicity.{name}.unknown"] = item.unknown
    assert {key: len(found.get(key, ())) for key in counts} == counts


def test_every_share_in_the_headline_names_facts(found: Grounds) -> None:
    for key, shares in found.items():
        if key.startswith("headline."):
            assert all(share.sources or share.letters for share in shares), key


def test_every_ground_is_a_fact_of_its_patient_s_letters(
    letters: list[LetterRecord], found: Grounds
) -> None:
    facts = {(x.letter_id, *fact.key): x.patient_id for x in letters for fact in x.facts}
    owners = {letter.letter_id: letter.patient_id for letter in letters}
    for shares in found.values():
        for share in shares:
            for s in share.sources:
                assert facts[s.letter_id, s.field.value, s.item, s.value] == share.patient_id
            assert {owners[letter] for letter in share.letters} <= {share.patient_id}


def test_an_unjudged_patient_is_refused(patients: list[PatientRecord]) -> None:
    with pytest.raises(ValueError, match="not been judged"):
        grounds([patients[0].model_copy(update={"outcome": None})])


def test_nobody_stands_behind_nothing() -> None:
    assert not any(grounds([]).values())


# --------------------------------------------- what a changed fact can move


def numbers(patients: Sequence[PatientRecord]) -> dict[str, Any]:
    """Every number and verdict by its path."""
    flat = dict(_flat("", cohort_outcomes(patients).model_dump(mode="json")))
    for patient in patients:
        for column, value in eligibility_row(patient).items():
            flat[f"eligibility.{patient.patient_id}.{column}"] = value
    return flat


def _flat(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{path}.{key}" if path else key, inner)
    else:
        yield path, value


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    gone = object()
    return {key for key in before | after if before.get(key, gone) != after.get(key, gone)}


def with_fact(
    letters: Sequence[LetterRecord], letter_id: str, old: tuple[str, str, str], value: str
) -> list[LetterRecord]:
    """The letters with one fact's value corrected, as an accepted review does it."""

    def corrected(fact: Fact) -> Fact:
        return fact.model_copy(update={"value": value}) if fact.key == old else fact

    made = []
    for letter in letters:
        if letter.letter_id == letter_id:
            assert old in {fact.key for fact in letter.facts}
            facts = tuple(corrected(fact) for fact in letter.facts)
            made.append(letter.model_copy(update={"facts": facts}))
        else:
            made.append(letter)
    return made


def where(letters: Sequence[LetterRecord], patient: str, field: str, item: str) -> tuple[str, str]:
    """The letter and value of the patient's only fact of a kind, or of the first of them."""
    return next(
        (letter.letter_id, fact.value)
        for letter in letters
        if letter.patient_id == patient
        for fact in letter.facts
        if (fact.field.value, fact.item) == (field, item)
    )


SUPPORT = {
    "headline.icu",
    "people.icu",
    "toxicity.icu.yes",
    "toxicity.icu.no",
    "toxicity.icu.patients",
    *(
        f"toxicity.icu.{of}.{part}"
        for of in ("of_known", "of_treated")
        for part in ("k", "rate", "exact", "wilson")
    ),
    # The letter is about both cycles, so that a yes leaves open in which one it was.
    *(
        f"toxicity.by_cycle.{cycle}.icu.{part}"
        for cycle in "12"
        for part in ("no", "unknown", "of_known.n", "of_known.exact", "of_known.wilson")
    ),
}


def test_intensive_care_moves_its_own_numbers_and_no_other(
    letters: list[LetterRecord], patients: list[PatientRecord]
) -> None:
    letter_id, value = where(letters, "s03", "icu", "")
    assert value == "no"
    after = with_fact(letters, letter_id, ("icu", "", "no"), "yes")
    assert changed(numbers(patients), numbers(patients_of(after))) == SUPPORT


def test_doses_move_the_dose_tables_and_no_other(
    letters: list[LetterRecord], patients: list[PatientRecord]
) -> None:
    letter_id, value = where(letters, "c09", "il2_doses", "1")
    after = with_fact(letters, letter_id, ("il2_doses", "1", value), "2")
    moved = changed(numbers(patients), numbers(patients_of(after)))
    assert moved
    assert {path.split(".")[0] for path in moved} == {"doses"}
    assert all(path.split(".")[1] in {"by_cycle", "total", "first_course_percent", "not_stated"}
               for path in moved)  # fmt: skip
    assert not any(path.startswith("doses.by_cycle.2") for path in moved)


def test_caix_moves_one_patient_s_verdicts_and_no_other(
    letters: list[LetterRecord], patients: list[PatientRecord]
) -> None:
    changed_letters = letters
    for letter in letters:
        for fact in letter.facts:
            if letter.patient_id == "s01" and fact.field is Field.CAIX:
                changed_letters = with_fact(changed_letters, letter.letter_id, fact.key, "70")
    assert changed(numbers(patients), numbers(patients_of(changed_letters))) == {
        "eligibility.s01.caix",
        "eligibility.s01.eligible",
    }


#: What else a field may be worth, to be put in its place.
OTHER: dict[Field, tuple[str, ...]] = {
    Field.ECOG: ("2", "0"),
    Field.CAIX: ("70", "95"),
    Field.RESPONSE: ("SD", "PR"),
    Field.INOTROPES: ("yes", "no"),
    Field.ICU: ("yes", "no"),
    Field.IL2_DOSES: ("3", "4"),
    Field.STRESS_ECHO: ("unsatisfactory", "satisfactory"),
    Field.THERAPY_END_REASON: ("toxicity", "progression"),
    Field.HISTOLOGY_GROUP: ("unfavourable", "favourable"),
    Field.TOXICITY: ("4", "1"),
    Field.RELAPSE: ("yes", "no"),
    Field.IL2_CYCLE_START: ("2010-03-03", "2010-03-04"),
    Field.THERAPY_END: ("2009-02-02", "2009-02-03"),
    Field.DEATH: ("2011-02-02", "2011-02-03"),
    Field.WASHOUT: ("10", "90"),
}

#: Which grounds a part of the outcomes stands on, beyond its own path.
ALSO: dict[str, tuple[str, ...]] = {
    "people": ("headline",),
    "flow": ("flow", "headline"),
    "responses": ("responses", "headline"),
    "by_setting": ("by_setting", "headline"),
    "by_last_class": ("by_last_class", "headline"),
    "by_lines_failed": ("by_lines_failed", "headline"),
}


def standing(path: str, *found: Grounds) -> Iterator[Ground]:
    """The grounds of the part of the outcomes that a path lies in."""
    part = path.split(".", maxsplit=1)[0]
    for prefix in ALSO.get(part, (part,)):
        for known in found:
            for key, shares in known.items():
                if key == prefix or key.startswith(f"{prefix}."):
                    yield from shares


def test_no_number_moves_that_does_not_stand_on_the_fact(
    letters: list[LetterRecord], patients: list[PatientRecord], found: Grounds
) -> None:
    """One fact of every kind of every third patient, corrected: what moves stands on it."""
    before = numbers(patients)
    moved_at_all = set()
    for patient_id in ("c09", "c12", "s02", "s05", "s08"):
        for field, values in OTHER.items():
            own = [
                (letter.letter_id, fact)
                for letter in letters
                if letter.patient_id == patient_id
                for fact in letter.facts
                if fact.field is field
            ]
            if not own:
                continue
            letter_id, fact = own[-1]
            value = values[0] if fact.value != values[0] else values[1]
            keys = {f.key for x in letters if x.letter_id == letter_id for f in x.facts}
            if (field.value, fact.item, value) in keys:
                continue
            again = patients_of(with_fact(letters, letter_id, fact.key, value))
            now = grounds(again)
            for path in changed(before, numbers(again)):
                head = path.split(".")
                if head[0] == "eligibility":
                    assert head[1] == patient_id, path
                    continue
                moved_at_all.add(head[0])
                shares = [s for s in standing(path, found, now) if s.patient_id == patient_id]
                fields = {source.field for share in shares for source in share.sources}
                related = {field, Field.RESPONSE_DATE} if field is Field.RESPONSE else {field}
                assert fields & related, (path, field)
    assert {"headline", "responses", "survival", "doses", "toxicity", "washout"} <= moved_at_all
