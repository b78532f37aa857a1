"""What a case report says of others is none of its patient's; a letter's discussion is."""

from __future__ import annotations

import pytest

from extract.fields.assemble import extract_facts
from extract.language.pipeline import Reader

CASE = (
    "A 58-year-old woman with clear cell renal carcinoma was given pazopanib from March 2014. "
    "The scan of June 2014 showed a partial response.\n\n"
)
OF_CASE = "pazopanib=PR"


def responses(reader: Reader, text: str) -> str:
    facts = extract_facts(reader.read(text), reader.lexicon)
    return " ".join(
        sorted(
            f"{f.item}={f.value}" if f.field.value == "response" else f"{f.field.value}={f.value}"
            for f in facts
            if f.field.value in ("response", "death", "relapse", "follow_up")
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "Discussion\n\nSunitinib gave a complete response in an earlier report.",
        "Discussion. An identical tumour in a man of 60 progressed on axitinib and he died.",
        "Comment: a similar patient had progressive disease on axitinib. She died within a year.",
        "Review of the literature: one patient achieved CR with interferon.",
        "Literature: in the pivotal study axitinib produced two complete responses.",
        "Learning points: sorafenib may be tried when there is progressive disease on pazopanib.",
        "[Conclusion] Four such cases are known; all died, two after stable disease on sorafenib.",
        "Commentary\n\nA colleague's patient, a man of 34, had a complete response to axitinib.",
        "Take-home message: stable disease on sorafenib can last for years.",
        "In the randomised trial of axitinib most complete responders were free of relapse.",
        "Historically, interferon brought a complete response and freedom from relapse at ten years.",
        "Of 22 cases in the registry, three had a complete response to sorafenib and 12 have died.",
    ],
)
def test_others_in_a_report_give_nothing(reader: Reader, text: str) -> None:
    assert responses(reader, CASE + text) == OF_CASE


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Discussion\n\nOur patient had progressive disease on axitinib.", "axitinib=PD pazopanib=PR"),
        ("Discussion. In this case axitinib, given later, led to a complete response.",
         "axitinib=CR pazopanib=PR"),
        ("Comment: she later received axitinib with stable disease.", "axitinib=SD pazopanib=PR"),
        ("Discussion. Such tumours are rare.\n\nOutcome. She died in May 2016.",
         "death=2016-05 pazopanib=PR"),
        ("She then received axitinib in a trial, with stable disease.", "axitinib=SD pazopanib=PR"),
    ],
)  # fmt: skip
def test_its_own_patient_stays(reader: Reader, text: str, facts: str) -> None:
    assert responses(reader, CASE + text) == facts


@pytest.mark.parametrize(
    "head",
    ["Dear Dr Ash,\n\n", "GU MDT\nNHS 999 123 4567\n", "Progress note  MRN 12345\n"],
)
def test_a_letters_discussion_is_of_its_patient(reader: Reader, head: str) -> None:
    text = head + "Discussion: progressive disease on sunitinib, CT of 3 May 2010.\n"
    assert "sunitinib=PD" in responses(reader, text)
