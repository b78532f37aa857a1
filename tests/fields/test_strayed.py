"""A page of another patient's letter gives no facts; a page of one's own does."""

from __future__ import annotations

import pytest

from extract.fields.assemble import extract_facts
from extract.language.pipeline import Reader

LETTER = """Clinic: 22/03/2010
Re: Alun PRITCHARD   05/12/1943   NHS 999 471 0362
Dear Dr Holl,
He has kidney cancer and took sunitinib, with a partial response.

{page}
She has had six cycles of docetaxel with a complete response. LVEF 60%. There is no relapse.

Page 3 of 3   Re: Alun PRITCHARD   05/12/1943   NHS 999 471 0362
I would put him at performance status 3.
"""


def told(reader: Reader, page: str) -> set[str]:
    facts = extract_facts(reader.read(LETTER.format(page=page)), reader.lexicon)
    return {f"{f.field.value}:{f.item}={f.value}" for f in facts}


@pytest.mark.parametrize(
    "page",
    [
        "Page 2 of 3   Re: Maud BRACEGIRDLE   02/11/1938   NHS 999 902 1352",
        "Re: BRACEGIRDLE, Maud  d.o.b. 02/11/1938  NHS 999 902 1352    Page 2 of 3",
        "Page 2/3  Re: Maud BRACEGIRDLE  NHS 999 902 1352\n[stamp] NOT THIS PATIENT",
    ],
)
def test_anothers_page(reader: Reader, page: str) -> None:
    facts = told(reader, page)
    assert {"response:sunitinib=PR", "ecog:=3"} <= facts
    assert not [
        fact for fact in facts if "docetaxel" in fact or fact.startswith(("lvef", "relapse"))
    ]


@pytest.mark.parametrize(
    "page",
    [
        "Page 2 of 3   Re: Alun PRITCHARD   05/12/1943   NHS 999 471 0362",
        "Page 2 of 3   Re: A1un PRITCHLARD   O5/l2/1943   NHS 999 471 O362",
        "Page 2 of 3",
        "Page 2 of 3   PRITCHARD",
        "Page 2 of 3   HOSPITAL TRUST   12/03/2010",
    ],
)
def test_ones_own_page(reader: Reader, page: str) -> None:
    assert "response:docetaxel=CR" in told(reader, page)
