"""Histology: sentences and short reports with the facts they must give."""

from __future__ import annotations

import pytest

from extract.fields import histology
from extract.fields.view import View
from extract.language.pipeline import Reader

#: Sentences, and what they give: a subtype, a group, ``feature=value``.
SENTENCES: list[tuple[str, str]] = [
    ("ccRCC", "clear_cell"),
    ("clear cell RCC", "clear_cell"),
    ("clear-cell carcinoma of kidney", "clear_cell"),
    ("conventional RCC", "clear_cell"),
    ("Renal cell carcinoma, clear cell type", "clear_cell"),
    ("hypernephroma", ""),
    ("Metastatic renal cell carcinoma", ""),
    ("RCC NOS", ""),
    ("papillary RCC", "papillary"),
    ("papillary renal cell carcinoma type 2", "papillary"),
    ("type 2 papillary renal carcinoma", "papillary"),
    ("RCC, papillary type 1", "papillary"),
    ("Renal cell carcinoma (papillary), pT3a", "papillary"),
    ("Histology: papillary", "papillary"),
    ("pRCC type 2, metastatic renal cancer", "papillary"),
    ("chromophobe RCC", "chromophobe"),
    ("Renal cell carcinoma, chromophobe", "chromophobe"),
    ("collecting duct carcinoma of kidney", "collecting_duct"),
    ("Bellini duct carcinoma of the kidney", "collecting_duct"),
    ("renal medullary carcinoma", "medullary"),
    ("unclassified RCC", "unclassified"),
    ("renal cell carcinoma, unclassified", "unclassified"),
    ("Xp11.2 translocation renal cell carcinoma", "other"),
    ("TFE3 translocation RCC", "other"),
    ("clear cell papillary RCC", "other"),
    ("mucinous tubular and spindle cell carcinoma of kidney", "other"),
    ("non-clear cell RCC", ""),
    ("non clear cell renal cancer", ""),
    ("clear cell RCC with papillary areas", "clear_cell papillary=present"),
    ("clear cell RCC, papillary component 20%", "clear_cell papillary=20"),
    ("clear cell RCC with 20% papillary", "clear_cell papillary=20"),
    ("clear cell RCC with sarcomatoid differentiation (30%)", "clear_cell sarcomatoid=30"),
    ("sarcomatoid RCC", "sarcomatoid=present"),
    ("RCC with sarcomatoid features", "sarcomatoid=present"),
    ("RCC with rhabdoid features in 10%", "rhabdoid=10"),
    ("clear cell RCC, no sarcomatoid change", "clear_cell sarcomatoid=absent"),
    (
        "clear cell RCC without sarcomatoid or rhabdoid features",
        "clear_cell rhabdoid=absent sarcomatoid=absent",
    ),
    (
        "RCC, clear cell: alveolar 80%, granular 10%, no papillary",
        "alveolar=80 clear_cell granular=10 papillary=absent",
    ),
    (
        "RCC. Predominantly alveolar, granular cells 20%, papillary nil.",
        "alveolar=present granular=20 papillary=absent",
    ),
    ("RCC. 80% alveolar, 15% granular and 5% papillary", "alveolar=80 granular=15 papillary=5"),
    (
        "clear cell RCC, >50% alveolar, no granular or papillary features",
        "alveolar=>50 clear_cell granular=absent papillary=absent",
    ),
    (
        "kidney tumour: neither papillary nor granular areas were seen",
        "granular=absent papillary=absent",
    ),
    ("Nephrectomy: papillary areas not identified.", "papillary=absent"),
    (
        (
            "Nephrectomy histology: Sarcomatoid features: not identified. Rhabdoid features: "
            "absent. Necrosis: present."
        ),
        "necrosis=present rhabdoid=absent sarcomatoid=absent",
    ),
    ("Kidney, nephrectomy. Tumor necrosis: Present, 10%", "necrosis=10"),
    ("Kidney tumour necrosis: not identified", "necrosis=absent"),
    ("RCC with extensive necrosis", "necrosis=present"),
    ("RCC, necrosis in 30% of the tumour", "necrosis=30"),
    ("Renal cancer. CT shows a necrotic mediastinal node.", ""),
    ("Renal cancer. CT: necrotic lung metastasis.", ""),
    ("Renal cancer. Avascular necrosis of the hip.", ""),
    ("Renal cancer; her papillary thyroid cancer was cured in 1994", ""),
    ("clear cell carcinoma of the ovary", ""),
    ("serous papillary carcinoma of the ovary", ""),
    ("Her brother has papillary RCC. She has clear cell RCC.", "clear_cell"),
    ("FH: mother clear cell RCC", ""),
    ("?papillary RCC", ""),
    ("RCC, possible papillary", ""),
    ("not a papillary RCC", ""),
    ("Patients with clear cell RCC do better with IL-2.", ""),
    ("RCC: favourable histology", "favourable"),
    ("RCC, favourable group", "favourable"),
    ("RCC. Histology favourable.", "favourable"),
    ("RCC. Histology group: favorable", "favourable"),
    ("RCC. Favourable by Upton", "favourable"),
    ("RCC. Upton: intermediate", "intermediate"),
    ("RCC. Pathology in the unfavourable group.", "unfavourable"),
    ("clear cell RCC, favourable type", "clear_cell favourable"),
    ("RCC; MSKCC favourable", ""),
    ("RCC; favourable risk", ""),
    ("RCC, IMDC intermediate risk", ""),
    ("Motzer intermediate, RCC", ""),
    ("RCC. Favourable response to sunitinib", ""),
    ("RCC. not in the favourable group", ""),
    ("RCC. NOT favourable on review", ""),
    ("RCC: histology favourable, MSKCC intermediate", "favourable"),
    ("RCC: histology intermediate; IMDC favourable risk", "intermediate"),
    ("RCC. The pathologist calls it unfavourable.", "unfavourable"),
    ("RCC. Reviewed by Dr X: favourable", "favourable"),
    ("RCC. histology must be favourable", ""),
    ("RCC; if the histology is favourable we will proceed", ""),
    ("RCC; awaiting path review, ?favourable", ""),
    ("RCC; he has not been classified as favourable or unfavourable", ""),
    (
        ("RCC. clear cell, grade 3, alveolar architecture in 60%, solid 30% and papillary in 10%"),
        "alveolar=60 clear_cell papillary=10",
    ),
    ("RCC: solid 70%, alveolar 30%", "alveolar=30"),
    ("RCC: alveolar pattern in over 90 per cent of the tumour", "alveolar=>90"),
    ("RCC: alveolar pattern approximately 70%, solid 30%", "alveolar=~70"),
    ("RCC: granular cytoplasm in about a third", "granular=~33"),
    ("RCC: granular cells make up less than 5%", "granular=<5"),
    ("RCC: granular (eosinophilic) cells 30-40%", "granular=30-40"),
    ("RCC: focal papillary architecture", "papillary=present"),
    ("RCC: sarcomatoid component: 0%", "sarcomatoid=0"),
    ("RCC clear cell, Fuhrman 3, sarcomatoid change present", "clear_cell sarcomatoid=present"),
    ("RCC clear cell with focal (5%) sarcomatoid change", "clear_cell sarcomatoid=5"),
    ("RCC clear cell with coagulative necrosis", "clear_cell necrosis=present"),
    ("RCC clear cell, no necrosis", "clear_cell necrosis=absent"),
    ("RCC clear cell, no vascular invasion or necrosis", "clear_cell necrosis=absent"),
    (
        "RCC clear cell; no lymphovascular invasion, sarcomatoid change or necrosis",
        "clear_cell necrosis=absent sarcomatoid=absent",
    ),
    (
        "RCC: no papillary or sarcomatoid areas but 10% granular cells",
        "granular=10 papillary=absent sarcomatoid=absent",
    ),
    ("RCC with a 20% granular component", "granular=20"),
    ("RCC, granular change absent", "granular=absent"),
    ("RCC: growing in alveoli", "alveolar=present"),
    ("RCC: solid-alveolar pattern", "alveolar=present"),
    ("RCC. Pattern not stated. Granular cells not commented on.", ""),
    ("RCC. Lungs: alveolar shadowing", ""),
    ("RCC. Urine: granular casts", ""),
    ("Histology confirmed clear cell renal carcinoma", "clear_cell"),
    ("Renal biopsy consistent with clear cell RCC", "clear_cell"),
    ("biopsy suspicious for clear cell RCC", ""),
    ("Renal biopsy: suggestive of chromophobe RCC", ""),
    ("mixed clear cell and papillary renal cell carcinoma", "clear_cell papillary"),
    (
        ("The lung biopsy showed metastatic clear cell carcinoma in keeping with a renal primary."),
        "clear_cell",
    ),
    ("papillary carcinoma of the kidney", "papillary"),
    ("Adjacent kidney: one papillary adenoma of 2 mm", ""),
    ("bladder: papillary urothelial carcinoma; kidney normal", ""),
    (
        "RCC clear cell (grade 3), alveolar: 80 %, papillary: 0 %, granular: < 5 %",
        "alveolar=80 clear_cell granular=<5 papillary=0",
    ),
    ("Clear cell renal ca", "clear_cell"),
    ("Clear cell Ca L kidney", "clear_cell"),
    ("mRCC (clear cell)", "clear_cell"),
    ("RCC clear cell subtype", "clear_cell"),
    ("kidney cancer of the clear cell kind", "clear_cell"),
    ('kidney cancer called "clear cell"', "clear_cell"),
    (
        "RCC. papillary component ~20% and focal sarcomatoid change",
        "papillary=~20 sarcomatoid=present",
    ),
    ("RCC. Sarcomatoid, 30%; rhabdoid none", "rhabdoid=absent sarcomatoid=30"),
    ("RCC. No sarcomatoid differentiation; necrosis 15%", "necrosis=15 sarcomatoid=absent"),
    ("RCC, clear cell with granular cytoplasm", "clear_cell granular=present"),
    (
        (
            "Clinic 14 February 2012\n"
            'Histology from Leeds, reviewed by Dr Patel: "clear cell renal carcinoma with '
            "approx 10% papillary architecture; eosinophilic granular cytoplasm in 40%; not "
            'in the favourable category".'
        ),
        "clear_cell granular=40 papillary=~10",
    ),
    (
        (
            "Clinic 14 February 2012\n"
            "He would like to know whether his histology (clear cell with sarcomatoid "
            "change) makes a difference. I told him that people with sarcomatoid change do "
            "less well. PS remains 1."
        ),
        "clear_cell sarcomatoid=present",
    ),
    ("MDT 14/2/12. Renal biopsy - oncocytic neoplasm, cannot exclude chromophobe RCC. PS 0.", ""),
    (
        (
            "Clinic 14/2/12. Renal cancer. On the review the figure for carbonic anhydrase "
            "IX was eighty-five per cent, comfortably over our threshold of eighty."
        ),
        "",
    ),
    (
        ("Clinic 14/2/12. Renal cancer. Histology now reported as favourable.  MSKCC: poor."),
        "favourable",
    ),
    ("Clinic 14/2/12. Renal cancer. Group (Manchester): Favourable", "favourable"),
    ("Clinic 14/2/12. Renal cancer. Histological subgroup = intermediate", "intermediate"),
    (
        (
            "Clinic 14/2/12. Renal cancer. Classified as unfavourable because of papillary "
            "areas (25%)."
        ),
        "papillary=25 unfavourable",
    ),
    (
        (
            "Clinic 14/2/12. Renal cancer. The growth pattern was mainly alveolar, with no "
            "granular cells, and so he falls in the good (favourable) group."
        ),
        "alveolar=present favourable granular=absent",
    ),
    (
        "Clear cell renal carcinoma. He regards the growth as alveolar in some seventy per cent of it, has looked for papillary structures and for sarcomatoid change and has found neither.",
        "alveolar=~70 clear_cell papillary=absent sarcomatoid=absent",
    ),
    (
        'Clear cell renal carcinoma. He cannot call it favourable; "intermediate" was his word.',
        "clear_cell intermediate",
    ),
    ("Clear cell renal carcinoma. He could not put it in the favourable group.", "clear_cell"),
    ("Papillary renal carcinoma. IL-2 criteria = clear cell, CAIX >80%, PS 0-1.", "papillary"),
    ("Papillary renal carcinoma. Crit: PS 0-1, fav hist.", "papillary"),
    (
        "Clear cell renal carcinoma. Architecture: alveolar / nested 70%, solid 30%",
        "alveolar=70 clear_cell",
    ),
    (
        "Clear cell renal carcinoma. I have asked for the alveolar / granular percentages.",
        "clear_cell",
    ),
    (
        "Clear cell renal carcinoma. FAVOURABLE. Alveolar 80. CAIX 95%",
        "alveolar=80 clear_cell favourable",
    ),
    (
        "Clear cell renal carcinoma. Sarcomatoid ( ) Y  (x) N        Rhabdoid ( ) Y  (x) N       Necrosis ..... present",
        "clear_cell necrosis=present rhabdoid=absent sarcomatoid=absent",
    ),
    (
        "Clear cell renal carcinoma. Sarcomatoid Y [ ] N [x]   Rhabdoid Y [x] N [ ]",
        "clear_cell rhabdoid=present sarcomatoid=absent",
    ),
    (
        "Clear cell renal carcinoma. Growth      alveolar ...... 80 %     solid ...... 20 %     papillary ...... none",
        "alveolar=80 clear_cell papillary=absent",
    ),
    (
        "The pathological diagnosis was alveolar soft part sarcoma (ASPS) with ASPSCR1-TFE3 fusion.",
        "",
    ),
    (
        "Clear cell renal carcinoma. Dr Finch finds 40% alveolar, 30% granular and no papillary, which she puts in the intermediate group.",
        "alveolar=40 clear_cell granular=30 intermediate papillary=absent",
    ),
    (
        "Dx: mRCC, cc. L neph 08/07. Path: alv >60%, no pap, no gran.",
        "alveolar=>60 clear_cell granular=absent papillary=absent",
    ),
    (
        "RCC. R/V today: cc, sarcomatoid 30%, gran ~50%, no alv.",
        "alveolar=absent clear_cell granular=~50 sarcomatoid=30",
    ),
    ("R radical neph 11/09, pT3b G3 cc RCC.", "clear_cell"),
    ("RCC, cc: GP, file", ""),
    ("10 cc of saline. RCC.", ""),
    ("L partial neph 05/08. Pap RCC type 2, 3.1cm, margins clear", "papillary"),
    ("RCC. I have to say that there is 40% alveolar growth, clear cell.", "alveolar=40 clear_cell"),
    ("RCC. One needs a favourable clear cell histology for it.", ""),
]

#: Reports, for what their layout says.
LAYOUTS: list[tuple[str, str]] = [
    (
        (
            "Histology        [x] clear cell  [ ] papillary  [ ] chromophobe  [ ] other\n"
            "Sarcomatoid      [ ] Y  [x] N\n"
            "Necrosis         [x] Y  [ ] N\n"
            "Kidney removed 2006"
        ),
        "clear_cell necrosis=present sarcomatoid=absent",
    ),
    (
        (
            "Kidney cancer\n"
            "Histology: clear cell [ ]  papillary [x]  chromophobe [ ]\n"
            "Group: favourable [ ]  intermediate [x]  unfavourable [ ]"
        ),
        "intermediate papillary",
    ),
    (
        (
            "SYNOPTIC REPORT - KIDNEY: Nephrectomy\n"
            "Histologic Type: Clear cell renal cell carcinoma\n"
            "Sarcomatoid Features: Not identified\n"
            "Rhabdoid Features: Not identified\n"
            "Tumor Necrosis: Present (10%)\n"
            "Histologic Grade: G3"
        ),
        "clear_cell necrosis=10 rhabdoid=absent sarcomatoid=absent",
    ),
    (
        (
            "PATHOLOGY\n"
            "Renal cell carcinoma\n"
            "Histologic type: papillary, type 2\n"
            "Tumor necrosis: absent"
        ),
        "necrosis=absent papillary",
    ),
    (
        (
            "| Histology | clear cell |\n"
            "| Alveolar | 80% |\n"
            "| Papillary | none |\n"
            "| Granular | <5% |\n"
            "| Group | favourable |\n"
            "RCC"
        ),
        "alveolar=80 clear_cell favourable granular=<5 papillary=absent",
    ),
    (
        (
            "RCC path review:\n - clear cell\n - alveolar 70%\n - granular 20%\n - "
            "papillary: nil\n => FAVOURABLE"
        ),
        "alveolar=70 clear_cell favourable granular=20 papillary=absent",
    ),
    ("Diagnosis: metastatic RCC\nHistological group\n  favourable", "favourable"),
    (
        "Dx RCC. Hist ref opinion: ccRCC, favourable (solid/alveolar, no pap, no sarc).",
        "alveolar=present clear_cell favourable papillary=absent sarcomatoid=absent",
    ),
    ("RCC\nRISK\nMSKCC intermediate; IMDC favourable", ""),
    ("RCC\nHistology: clear cell\nPrognostic group: IMDC intermediate", "clear_cell"),
    ("A 62-year-old woman with ovarian clear cell carcinoma. No renal disease.", ""),
    ("A 45-year-old man with medullary thyroid carcinoma. Renal function normal.", ""),
    (
        (
            "A 60-year-old man had a right nephrectomy. Pathology revealed collecting duct "
            "carcinoma with sarcomatoid differentiation and extensive necrosis."
        ),
        "collecting_duct necrosis=present sarcomatoid=present",
    ),
    (
        (
            "A 50-year-old woman underwent nephrectomy. Histopathology showed papillary "
            "renal cell carcinoma type 2 with necrosis."
        ),
        "necrosis=present papillary",
    ),
    (
        ("Diagnosis: Renal cell carcinoma (local report papillary, central review clear cell)"),
        "clear_cell papillary",
    ),
    (
        (
            "Metastatic kidney cancer. The growth pattern is alveolar in approximately 70% "
            "of the tumour and solid in the remainder. Granular cytoplasm in 10% of the "
            "area. There is no papillary architecture and no sarcomatoid or rhabdoid "
            "differentiation."
        ),
        "alveolar=~70 granular=10 papillary=absent rhabdoid=absent sarcomatoid=absent",
    ),
    (
        (
            "RCC. Architecture:\n   alveolar        60 %\n   solid           30 %\n   "
            "papillary       10 %\n   sarcomatoid     none\n   necrosis        focal"
        ),
        "alveolar=60 necrosis=present papillary=10 sarcomatoid=absent",
    ),
    (
        (
            "RCC\n"
            "Alveolar:      75%\n"
            "Granular:      15%\n"
            "Papillary:     0%\n"
            "Sarcomatoid:   No\n"
            "Necrosis:      Yes"
        ),
        "alveolar=75 granular=15 necrosis=present papillary=0 sarcomatoid=absent",
    ),
    (
        (
            "Renal ca. Histology clear cell, favourable by our criteria (alveolar > 50 %, no "
            "papillary, granular < 50 %)."
        ),
        "alveolar=>50 clear_cell favourable granular=<50 papillary=absent",
    ),
    ("Renal cancer. To be favourable the alveolar pattern must exceed 50%.", ""),
    ("RCC. In the Upton series favourable tumours responded in 39%.", ""),
    ("RCC. We discussed that patients with favourable histology respond better.", ""),
    ("Thank you for sending slides of this renal tumour. Favourable group? CAIX %?", ""),
    ("RCC. Histology: favourable group (alveolar); CAIX 90%", "alveolar=present favourable"),
    ("RCC: Histology: intermediate-risk by MSKCC", ""),
    ("Renal cell carcinoma - clear cell - Fuhrman grade III, good-risk", "clear_cell"),
]


def _rows(reader: Reader, text: str) -> str:
    view = View(reader.read(text), reader.lexicon)
    drafts = histology.find(view)
    return " ".join(sorted({f"{d.item}={d.value}" if d.item else d.value for d in drafts}))


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_gives_its_histology(reader: Reader, text: str, expected: str):
    assert _rows(reader, text) == expected


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_layout_ties_answers_to_questions(reader: Reader, text: str, expected: str):
    assert _rows(reader, text) == expected
