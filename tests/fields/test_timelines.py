"""Oncologic histories laid out as timelines: dates in one column, what was done in the next."""

from __future__ import annotations

import pytest

from extract.fields.assemble import extract_facts
from extract.language.pipeline import Reader

HEAD = """\
Encounter: Established Patient    Date of Service: 07/14/2011     Provider: M. Koch, MD

ONCOLOGIC HISTORY
"""


def read(reader: Reader, text: str) -> set[str]:
    facts = extract_facts(reader.read(HEAD + text), reader.lexicon)
    kept = ("therapy_start", "therapy_end", "response", "response_date")
    return {f"{f.field.value} {f.item} {f.value}" for f in facts if f.field.value in kept}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "  05/2007      R nephrectomy, clear cell RCC\n"
            "  10/05/2009   Pazopanib start. PR 01/11/2010. PD 08/16/2010, off 08/20/2010\n"
            "  09/07/2010   Everolimus start. SD 11/29/2010. PD 02/28/2011, off 03/01/2011\n",
            {
                "therapy_start pazopanib 2009-10-05",
                "therapy_end pazopanib 2010-08-20",
                "response pazopanib PR",
                "response pazopanib PD",
                "response_date pazopanib PR=2010-01-11",
                "response_date pazopanib PD=2010-08-16",
                "therapy_start everolimus 2010-09-07",
                "therapy_end everolimus 2011-03-01",
                "response everolimus SD",
                "response everolimus PD",
                "response_date everolimus SD=2010-11-29",
                "response_date everolimus PD=2011-02-28",
            },
        ),
        (
            "  10/05/2009 - 08/20/2010   1L pazopanib 800 mg daily, reduced 12/2009. Liver, G2.\n"
            "  09/07/2010 - 03/01/2011   2L everolimus 10 mg daily. Mouth sores.\n",
            {
                "therapy_start pazopanib 2009-10-05",
                "therapy_end pazopanib 2010-08-20",
                "therapy_start everolimus 2010-09-07",
                "therapy_end everolimus 2011-03-01",
            },
        ),
        ("  05/2007   R nephrectomy; path clear cell\n  06/12/2011   PR 84, BP 120/80\n", set()),
    ],
)
def test_timeline(reader: Reader, text: str, found: set[str]) -> None:
    assert read(reader, text) == found
