"""Which facts of treatment ask for a person's look."""

from __future__ import annotations

import pytest

from extract.fields.assemble import extract_facts
from extract.language.pipeline import Reader

HEAD = "Clinic date: 13 August 2012\n\nDear Dr Ash\n\n"
#: What is said, and the facts of it in doubt.
SAID = [
    ("He had sunitinib from May 2011 to June 2012.", set()),
    ("He has had sunitinib.", {("therapy", "given")}),
    ("Sunitinib was stopped in June 2012 because of progression.", set()),
    (
        "Everolimus will start on 20 August 2012.",
        {("therapy", "planned"), ("therapy_start", "2012-08-20")},
    ),
    (
        "He took pazopanib from May 2011. The liver tests rose and it was stopped for that.",
        {("therapy_end_reason", "toxicity")},
    ),
    ("Pazopanib, from May 2011, was stopped for hepatitis.", set()),
]


@pytest.mark.parametrize(("text", "doubted"), SAID)
def test_doubts(reader: Reader, text: str, doubted: set[tuple[str, str]]) -> None:
    facts = extract_facts(reader.read(HEAD + text + "\n"), reader.lexicon)
    therapy = [f for f in facts if f.field.value.startswith("therapy")]
    assert therapy
    assert {(f.field.value, f.value) for f in therapy if f.review} == doubted
