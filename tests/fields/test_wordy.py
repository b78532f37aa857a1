"""What consultants dictate at length: a fact told round a corner, in a subordinate clause."""

from __future__ import annotations

import pytest

from extract.fields.assemble import extract_facts
from extract.language.pipeline import Reader

LETTER = "Clinic date: 13 August 2012\n\nDear Dr Ash\n\n{}\n"
GIVEN = "High-dose interleukin-2 was given in May 2012. "


def read(reader: Reader, text: str, fields: str) -> set[str]:
    facts = extract_facts(reader.read(LETTER.format(text)), reader.lexicon)
    return {f"{f.field.value} {f.value}" for f in facts if f.field.value in fields.split()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He can do what he likes short of running for a bus, which would make his performance status 1.", "ecog 1"),
        ("He is in bed or a chair most of the day and I would not quarrel with a performance status of 3.", "ecog 3"),
        ("He had a pneumonitis, at the height of which I gather that his performance status had fallen to 2.", "ecog_past 2"),
        ("One more fall would make him a performance status 3.", ""),
    ],
)  # fmt: skip
def test_performance(reader: Reader, text: str, found: str) -> None:
    assert read(reader, text, "ecog ecog_past") == ({found} if found else set())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I would take his case to our meeting once a stress echocardiogram, for which I have written to Dr Mall, has been done.", {"stress_echo awaited"}),
        ("Stress echo on 20 September with Dr Mall. If that is not right then it is all off.", {"stress_echo awaited", "stress_echo_date 2012-09-20"}),
        ("The stress echocardiogram which you had kindly arranged for the 10th showed, to nobody's surprise, ischaemia.", {"stress_echo unsatisfactory", "stress_echo_date 2012-08-10"}),
        ("The stress echo, on 3 August, showed no ischaemia.", {"stress_echo satisfactory", "stress_echo_date 2012-08-03"}),
    ],
)  # fmt: skip
def test_stress_echo(reader: Reader, text: str, found: set[str]) -> None:
    assert read(reader, text, "stress_echo stress_echo_date") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He never had a sniff of an inotrope.", "inotropes no"),
        ("He was given not a drop of noradrenaline.", "inotropes no"),
        ("His pressure did not respond to noradrenaline.", "inotropes yes"),
        ("His pressure did not come up with fluid and noradrenaline was begun.", "inotropes yes"),
    ],
)  # fmt: skip
def test_inotropes(reader: Reader, text: str, found: str) -> None:
    assert read(reader, GIVEN + text, "inotropes") == {found}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The lungs have half a dozen nodules left, none over a centimetre, and the pancreatic lesion is 14 mm.", {"lung", "pancreas"}),
        ("There were half a dozen liver deposits, none of them large.", {"liver"}),
        ("There are nodules in the lungs. I explained that it is a treatment which gives a complete response in perhaps a fifth.", {"lung"}),
        ("There were nodules in the lungs. The CT of 3 May shows a complete response.", set()),
        ("Lungs: none. Liver: clear.", set()),
    ],
)  # fmt: skip
def test_sites(reader: Reader, text: str, found: set[str]) -> None:
    facts = extract_facts(reader.read(LETTER.format(text)), reader.lexicon)
    assert {f.item for f in facts if f.field.value == "site"} == found


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Dr Moss's secretary: Bev, 0000 555 0147", False),
        ("Bev rang to say that he is well.", False),
        ("FOLFOX + bev x6 from May 2010, PR.", True),
        ("He had bev in 2009 and progressed.", True),
        ("Started Bev/IFN in May 2010.", True),
    ],
)
def test_a_first_name_is_no_drug(reader: Reader, text: str, given: bool) -> None:
    facts = extract_facts(reader.read(LETTER.format(text)), reader.lexicon)
    assert any(f.item == "bevacizumab" for f in facts) == given


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In published series high CAIX expression was defined as >85% positive tumor cells.", set()),
        ("Carbonic anhydrase IX: membranous, 3+, in greater than 85% of tumor cells.", {"caix >85"}),
    ],
)  # fmt: skip
def test_caix_of_the_literature(reader: Reader, text: str, found: set[str]) -> None:
    assert read(reader, text, "caix") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. Options discussed: rechallenge with sunitinib; pazopanib; everolimus.", set()),
        ("Options: pazopanib; everolimus; temsirolimus weekly.", set()),
        ("Pazopanib was started in May 2012.", {"therapy current"}),
    ],
)
def test_options_are_not_treatment(reader: Reader, text: str, found: set[str]) -> None:
    assert read(reader, text, "therapy") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Stress echo therefore not requested.", set()),
        ("A repeat stress echo is not felt to be needed.", set()),
        ("Stress echo requested.", {"stress_echo awaited"}),
    ],
)
def test_a_stress_echo_that_is_not_asked_for(reader: Reader, text: str, found: set[str]) -> None:
    assert read(reader, text, "stress_echo") == found
