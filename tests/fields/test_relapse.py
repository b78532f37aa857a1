"""Whether disease came back, and after what."""

from __future__ import annotations

import pytest

from extract.fields import relapse, therapy
from extract.fields.view import View
from extract.language.pipeline import Reader

#: Text and what is told: ``-`` for nothing, else ``item=value`` of each fact.
LETTERS: list[tuple[str, str]] = [
    ("Nephrectomy 2005. If it relapses we would use axitinib.", "-"),  # field guide A13
    (
        "Left nephrectomy 2005. Relapsed in the lungs in 2008.",
        "surgery=yes",
    ),
    (
        "He had a left nephrectomy in 2005 and relapsed in the lungs in 2008.",
        "surgery=yes",
    ),
    (
        (
            "She underwent a right radical nephrectomy in 2005. In 2008 recurrence was "
            "found in the mediastinal nodes."
        ),
        "surgery=yes",
    ),
    (
        "Prostatectomy 2010, no recurrence.",
        "surgery=no",
    ),
    (
        "He had a colectomy in 2010 and there is no evidence of recurrence.",
        "surgery=no",
    ),
    (
        "No sign of recurrence following surgery.",
        "surgery=no",
    ),
    (
        "Nephrectomy 2005. If the disease were to recur we would consider sunitinib.",
        "-",
    ),
    (
        "Nephrectomy 2005. There is a risk of recurrence.",
        "-",
    ),
    (
        "Nephrectomy 2005. ?recurrence in the renal bed.",
        "-",
    ),
    (
        "Nephrectomy 2005. CT suspicious for recurrence.",
        "-",
    ),
    (
        "Nephrectomy 2005. His brother relapsed in 2008.",
        "-",
    ),
    (
        "Nephrectomy 2005. We will monitor for recurrence.",
        "-",
    ),
    (
        "Nephrectomy 2005. There was no recurrence of the pneumonitis.",
        "-",
    ),
    (
        "Nephrectomy 2005. The rash recurred on rechallenge.",
        "-",
    ),
    (
        "Nephrectomy 2005. Recurrent chest infections.",
        "-",
    ),
    (
        (
            "High-dose interleukin-2 was given in 2010 with a complete response. He "
            "remains free of relapse."
        ),
        "aldesleukin=no",
    ),
    (
        (
            "High-dose interleukin-2 was given in 2010 with a complete response. He has "
            "now relapsed in the brain."
        ),
        "aldesleukin=yes",
    ),
    (
        "Complete response to sunitinib in 2010. The disease has come back in the lungs.",
        "sunitinib=yes",
    ),
    (
        "Relapse since complete response to interleukin-2.",
        "aldesleukin=yes",
    ),
    (
        "He relapsed after sunitinib.",
        "=yes",
    ),
    (
        "Recurrent renal cell carcinoma. Left nephrectomy 2005.",
        "surgery=yes",
    ),
    (
        "Nephrectomy 2005. Biopsy of lung nodule 2008: recurrent renal cell carcinoma.",
        "surgery=yes",
    ),
    (
        "Nephrectomy 2005. The cancer came back in 2008.",
        "surgery=yes",
    ),
    (
        "Nephrectomy 2005. Unfortunately your cancer has returned.",
        "surgery=yes",
    ),
    (
        "Nephrectomy 2005. He came back to clinic. He returned to work.",
        "-",
    ),
    (
        "Nephrectomy 2005. He has not relapsed.",
        "surgery=no",
    ),
    (
        "Nephrectomy 2005. He remains relapse-free.",
        "surgery=no",
    ),
    (
        "Nephrectomy 2005. Relapse-free survival in the trial was 30 months.",
        "-",
    ),
    (
        "Nephrectomy 2005.\nRecurrence: none",
        "surgery=no",
    ),
    (
        "Nephrectomy 2005.\nRelapse: Yes, lung 2008",
        "surgery=yes",
    ),
    (
        "Nephrectomy 2005.\nRelapse after CR: N/A",
        "-",
    ),
    (
        "Nephrectomy 2005. At relapse we would use sunitinib.",
        "-",
    ),
    (
        (
            "Nephrectomy 2005. Metastatic disease in lungs progressing. No local "
            "recurrence in the renal bed."
        ),
        "-",
    ),
    (
        "Mastectomy 2005. No local recurrence.",
        "surgery=no",
    ),
    (
        "Patients who relapse after nephrectomy do badly.",
        "-",
    ),
    (
        "Nephrectomy planned. Recurrence rates are 30%.",
        "-",
    ),
    (
        "Cholecystectomy 2005. Lymphoma relapsed in 2008.",
        "=yes",
    ),
    (
        "No adjuvant treatment was given after nephrectomy and the cancer recurred in 2008.",
        "surgery=yes",
    ),
    (
        "He was disease free until 2008 when he relapsed, three years after nephrectomy.",
        "surgery=yes",
    ),
    (
        "There is nothing to suggest recurrence after her nephrectomy.",
        "surgery=no",
    ),
    (
        "Excision of melanoma 2005. Nodal recurrence 2007.",
        "surgery=yes",
    ),
    (
        "Metastatic relapse occurred 3 years post nephrectomy.",
        "surgery=yes",
    ),
    (
        "No relapse. R-CHOP x6 gave complete remission.",
        "=no",
    ),
    (
        "Nephrectomy 2005. He fears a recurrence.",
        "-",
    ),
    (
        "Recurrence of the disease was excluded by PET after her hysterectomy.",
        "surgery=no",
    ),
    (
        "Nephrectomy 2005. His depression has relapsed.",
        "-",
    ),
    (
        "Relapsing-remitting MS. Nephrectomy 2005.",
        "-",
    ),
    (
        "Nephrectomy 2005. He is being seen for relapsed/refractory disease in a trial.",
        "-",
    ),
    (
        "Lobectomy in 2012 was followed by local recurrence and brain metastases in 2013.",
        "surgery=yes",
    ),
    (
        "She was treated surgically. Two years later, the tumor recurred.",
        "surgery=yes",
    ),
    (
        "After resection, the tumour recurred locally within 6 months.",
        "surgery=yes",
    ),
    (
        "Complete response to interleukin-2. I fear that his disease has now come back.",
        "aldesleukin=yes",
    ),
    ("Nephrectomy 2005. He fears that it has come back.", "-"),
    # Plain words of return, months that are no modals, what an operation had cleared
    (
        "The scan is a complete response after interleukin-2. Nothing has come back anywhere.",
        "aldesleukin=no",
    ),
    ("Since her complete response to interleukin nothing has reappeared.", "aldesleukin=no"),
    (
        "Kidney out in 2006, back in the lungs in 2008. Interleukin-2 gave a complete response. No relapse.",
        "surgery=yes aldesleukin=no",
    ),
    (
        "Her surveillance CT on 21 November shows that the disease has returned. The chest, where it all was before interleukin put her into complete remission, is clean.",
        "aldesleukin=yes",
    ),
    (
        "Wide local excision in October 2009. Tamoxifen since. No recurrence clinically, and the mammogram is clear.",
        "surgery=no",
    ),
    (
        "She had a 14-cm gastric GIST removed in 2009, followed by adjuvant imatinib. Later she relapsed with liver masses.",
        "surgery=yes",
    ),
    (
        "He received cisplatin. PET-CT showed a complete metabolic response. A needle was positive for recurrent SCC.",
        "cisplatin=yes",
    ),
    (
        "Cystoprostatectomy on 08/07/2011. In May 2012 he was found to have recurrent disease in the nodes.",
        "surgery=yes",
    ),
    (
        "His melanoma was excised in 2005. He received adjuvant interferon. In 2008 there was recurrence in the lungs. Interleukin-2 led to a complete response in 2009. In June 2010 he relapsed with new lung nodules.",
        "surgery=yes aldesleukin=yes",
    ),
    (
        "He had a complete response to BEP. Discuss the role of high-dose chemotherapy in relapse.",
        "-",
    ),
    ("Nephrectomy 2007. At relapse we would use axitinib.", "-"),
    ("Nephrectomy 2007. It may recur.", "-"),
    ("Nephrectomy 2007. The disease may have returned.", "-"),
    (
        "Nephrectomy 2007. Interleukin-2 brought a complete response. It came back in the liver in 2012.",
        "aldesleukin=yes",
    ),
    ("Nephrectomy 2007. There is nothing to suggest that it has come back since.", "surgery=no"),
    ("The pathologist says that nothing came back from the laboratory. Nephrectomy 2007.", "-"),
]


@pytest.mark.parametrize(("text", "told"), LETTERS)
def test_relapse(reader: Reader, text: str, told: str) -> None:
    view = View(reader.read(text), reader.lexicon)
    drafts = relapse.find(view, list(therapy.find(view)))
    found = " ".join(f"{d.item}={d.value}" for d in drafts)
    assert (found or "-") == told
