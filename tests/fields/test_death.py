"""Whose death, and when."""

from __future__ import annotations

import pytest

from extract.fields import death, letterdate
from extract.fields.view import View
from extract.language.pipeline import Reader

#: Stands for ``@`` in a letter below.
HEAD = "Hospice\n14 June 2010\n\nDear Dr Smith\n\nRe: Mr John OAKLEY, DOB 3/4/1948\n\n"

#: Text and what is told: ``-`` for nothing.
LETTERS: list[tuple[str, str]] = [
    (
        "@I am sorry to tell you that this gentleman died on Thursday 10 June 2010.",
        "2010-06-10",
    ),
    (
        "@Mr Oakley passed away peacefully on 10th June with his wife at his side.",
        "2010-06-10",
    ),
    (
        "@He died here this morning at 4 am.",
        "2010-06-14",
    ),
    (
        "@He sadly died last week at home.",
        "2010-06-07~",
    ),
    (
        "@He died yesterday.",
        "2010-06-13~",
    ),
    (
        "@Mr Oakley died ten days ago.",
        "2010-06-04~",
    ),
    (
        "@On 10 June he died peacefully.",
        "2010-06-10",
    ),
    (
        "@RIP 10/6/10",
        "2010-06-10",
    ),
    (
        "@Date of death: 10/06/2010",
        "2010-06-10",
    ),
    (
        "@Date of death\n10 June 2010\nCause of death 1a metastatic renal carcinoma",
        "2010-06-10",
    ),
    (
        "@Deceased: No",
        "-",
    ),
    (
        "@Deceased [ ]   Alive [x]",
        "-",
    ),
    (
        "@[x] Deceased  [ ] Alive",
        "yes",
    ),
    (
        "@His father died of renal cancer in 2003.",
        "-",
    ),
    (
        "@His wife died on 3 May 2010 and he is low. PS 1.",
        "-",
    ),
    (
        "@His brother was on interferon. He died in 2003.",
        "-",
    ),
    (
        "@He would rather have died than have another cycle.",
        "-",
    ),
    (
        "@He nearly died of sepsis in March.",
        "-",
    ),
    (
        "@He wishes to die at home.",
        "-",
    ),
    (
        "@The programmed death ligand 1 was 50%.",
        "-",
    ),
    (
        "@There is a small risk of death with interleukin-2.",
        "-",
    ),
    (
        "@Two patients have died on this trial.",
        "-",
    ),
    (
        "@The pain has died down.",
        "-",
    ),
    (
        "@His prescription expired in May.",
        "-",
    ),
    (
        "@He was in the hospice from 1 June until his death on 10 June 2010.",
        "2010-06-10",
    ),
    (
        "@The late Mr Oakley was a fine man.",
        "yes",
    ),
    (
        "@Mrs Oakley, his wife, died on 3 May 2010.",
        "-",
    ),
    (
        "@He died in March 2010 of progressive disease.",
        "2010-03",
    ),
    (
        "@He progressed in March 2010 and died in April.",
        "2010-04",
    ),
    (
        "@He progressed in March 2010 and died six weeks later.",
        "yes",
    ),
    (
        "@He died six weeks after his CT of 3 May 2010.",
        "yes",
    ),
    (
        "@Family history: father died of bowel cancer 2001. Mother alive.",
        "-",
    ),
    (
        "@FH: mother d. 2001 breast ca",
        "-",
    ),
    (
        "@If he dies at home the GP should be called.",
        "-",
    ),
    (
        "@You will be sad to hear that John died on Monday.",
        "2010-06-07~",
    ),
    (
        "@His friend Peter, who had the same cancer, died last month.",
        "-",
    ),
    (
        "@Vital status: dead (12/06/2010)",
        "2010-06-12",
    ),
    (
        "@Status: deceased 12/06/2010",
        "2010-06-12",
    ),
    (
        "@Outcome: died 12/06/2010",
        "2010-06-12",
    ),
    (
        "@Died: 12/06/2010  Place: hospice",
        "2010-06-12",
    ),
    (
        "@Died: -",
        "-",
    ),
    (
        "A 60-year-old man was given sunitinib. The patient died 3 months later.",
        "yes",
    ),
    (
        (
            "A 60-year-old man was given sunitinib. He eventually died of progressive "
            "disease 14 months after diagnosis."
        ),
        "yes",
    ),
    (
        "A 60-year-old man was given sunitinib in 2010 and died in February 2012.",
        "2012-02",
    ),
    (
        (
            "A 60-year-old man was given sunitinib. Fourteen months later, he succumbed to "
            "his disease."
        ),
        "yes",
    ),
    (
        "A 60-year-old man with RCC. The disease progressed rapidly, resulting in death.",
        "yes",
    ),
    (
        "A 60-year-old man with RCC. Autopsy revealed widespread metastases.",
        "yes",
    ),
    (
        (
            "A 60-year-old man with RCC. In the literature, 5 of 9 patients died. He is "
            "alive at 12 months."
        ),
        "-",
    ),
    (
        "A 60-year-old man with RCC. He is alive at 12 months. The mortality rate is 30%.",
        "-",
    ),
    (
        "A 60-year-old woman with RCC whose father had died of renal cancer.",
        "-",
    ),
    (
        (
            "Dear Mrs Oakley,\n"
            "14 June 2010\n"
            "\n"
            "I was so sorry to hear that your husband died on 10 June. He was a fine man."
        ),
        "2010-06-10",
    ),
    (
        (
            "14 June 2010\n"
            "Dear Mrs Oakley,\n"
            "\n"
            "I was so sorry to hear that your husband died in May. Your scan shows stable "
            "disease and your treatment can go on."
        ),
        "-",
    ),
    (
        "14 June 2010\nDear Mr Oakley,\nYour father died at 80 of a stroke. Your scan is fine.",
        "-",
    ),
    (
        (
            "TELEPHONE ENCOUNTER 06/14/2010\n"
            "MRN 334 DOE, JOHN\n"
            "Wife called, pt died 06/12/2010 at home w/ hospice."
        ),
        "2010-06-12",
    ),
    (
        "Death certificate issued 14 June 2010: 1a renal cell carcinoma",
        "yes",
    ),
    (
        "@Thank you for letting me know of Mr Oakley's death.",
        "yes",
    ),
    (
        "@I was saddened to learn of his death on 10 June.",
        "2010-06-10",
    ),
    (
        "@He is dead against chemotherapy.",
        "-",
    ),
    (
        "@His mother's death in May upset him. PS 1.",
        "-",
    ),
    (
        "@He has not got over the death of his wife.",
        "-",
    ),
    (
        "@He lost his battle with cancer on 10 June 2010.",
        "2010-06-10",
    ),
    (
        "@He was lost to follow-up.",
        "-",
    ),
    (
        "@Admitted 3 June 2010. Died 10 June 2010.",
        "2010-06-10",
    ),
    (
        "@The man in the next bed died, which frightened him.",
        "-",
    ),
    (
        "@His dog died on 3 June.",
        "-",
    ),
    (
        "@He died, aged 62, on 10 June 2010.",
        "2010-06-10",
    ),
    (
        "@It is with regret that I inform you of the death of Mr Oakley on 10 June 2010.",
        "2010-06-10",
    ),
    (
        "@NOTIFICATION OF DEATH\nName: John Oakley\nDate: 10/06/2010",
        "yes",
    ),
    ("@Admitted 3 June 2010. Died on the ward 12 June 2010.", "2010-06-12"),
    ("@He was admitted to Ward 9 June 2010.", "-"),
    ("@Kidney transplant from a deceased donor, 3 May 2010.", "-"),
    ("@Deceased-donor graft in 2004; he is well.", "-"),
]


@pytest.mark.parametrize(("text", "told"), LETTERS)
def test_death(reader: Reader, text: str, told: str) -> None:
    view = View(reader.read(text.replace("@", HEAD)), reader.lexicon)
    anchor, order, _ = letterdate.find(view)
    view = view.dated(anchor, order)
    assert (" ".join(d.value for d in death.find(view)) or "-") == told
    assert death.patient_died(view) == (told != "-")
