"""Sites of metastatic disease and their number, letter by short letter."""

from __future__ import annotations

import pytest

from extract.fields import sites
from extract.fields.view import View
from extract.language.pipeline import Reader
from extract.records import Reason
from extract.values.dates import EdtfDate

#: Organs expected; a number is the stated count.
LETTERS = [
    # the field guide's minimal pairs
    ("RCC: nodules in both lungs, hilar and para-aortic nodes", "lung lymph_node"),
    ("RCC. CT: no disease in liver, bones or adrenals. Lung metastases.", "lung"),
    ("Metastatic RCC. Solitary brain met resected 2008, lungs now.", "lung"),
    # words
    ("Metastatic RCC confined to the lungs.", "lung"),
    ("Metastatic renal cell carcinoma to lung, liver and bone.", "lung liver bone"),
    ("RCC with bilateral lung mets and a left adrenal metastasis.", "lung adrenal"),
    ("Stage IV renal cancer involving the lungs, pleura and T8 vertebra.", "lung pleura bone"),
    (
        "Your kidney cancer has spread to your lungs and the glands in your chest.",
        "lung lymph_node",
    ),
    ("RCC. The cancer in the liver has grown; it has also gone to the bones.", "liver bone"),
    ("Recurrent RCC with local recurrence and a left psoas deposit.", "renal_bed soft_tissue"),
    ("RCC. FDG-avid disease in mediastinum and T11.", "lymph_node bone"),
    ("RCC with lung mets and malignant pleural effusion.", "lung pleura"),
    ("RCC. Multiple lung metastases and a pleural effusion.", "lung"),
    ("RCC. The lungs show multiple metastases.", "lung"),
    ("RCC. There is a 4 cm mass in the left lobe of the liver.", "liver"),
    ("RCC. Pathological fracture of right humerus, fixed.", "bone"),
    ("RCC. There are metastases in the contralateral kidney and thyroid.", "kidney thyroid"),
    ("RCC. The primary is still in situ and there are lung metastases.", "kidney lung"),
    ("Metastatic RCC with a 9 cm left renal mass and lung metastases.", "kidney lung"),
    ("A man with RCC presented with a metastasis to the gallbladder.", "other"),
    # lists, titles, forms
    ("mRCC (lungs, pancreas)", "lung pancreas"),
    ("Met RCC, lungs + mediastinal LN.", "lung lymph_node"),
    ("Dx mRCC lung/LN/liver", "lung lymph_node liver"),
    ("RCC. Bone + LN. Sunitinib from 4/08.", "bone lymph_node"),
    ("Disease sites: lung, LN, bone.", "lung lymph_node bone"),
    ("SITES:  both lungs; left adrenal\nSunitinib", "lung adrenal"),
    (
        "METASTASES           Bone (T9, left acetabulum) and lymph nodes (para-aortic).",
        "bone lymph_node",
    ),
    ("Mets: lungs (bilat), R hilar LN, L3 vertebra", "lung lymph_node bone"),
    ("M1 (PUL, LYM) RCC.", "lung lymph_node"),
    ("pT3 N1 M1 renal cancer", ""),
    (
        "CURRENT DISEASE (CT 16/12/14)\n Lung [x]     Nodes [ ]    Liver [ ]    Bone [x]",
        "lung bone",
    ),
    ("Sites:\n [x] Lung  [ ] Liver  [x] Bone  [ ] Brain", "lung bone"),
    ("RCC\nLung mets: Y\nLiver mets: N\nBone mets: Y", "lung bone"),
    ("CT 1/5: L lung x4, bones L3 + R iliac. On sunitinib.", "lung bone"),
    (
        "Metastatic RCC\nCT chest, abdomen and pelvis\nLUNGS: Several nodules, largest 2 cm.\n"
        "LIVER: Multiple cysts.\nADRENALS: Normal.\nBONES: Lytic lesion in L1.",
        "lung bone",
    ),
    # clear, benign, doubtful
    ("RCC. CT: lung metastases. The liver, adrenals and skeleton look clear.", "lung"),
    ("RCC. Lung metastases. Liver cyst. Left adrenal: 8 mm adenoma, benign.", "lung"),
    ("RCC. Lung mets; 9 mm left adrenal nodule, indeterminate.", "lung"),
    ("RCC. Pancreatic deposit and a nodule that may or may not be a lymph node.", "pancreas"),
    ("RCC. Bilateral nodules in the lungs; mediastinal nodes not enlarged.", "lung"),
    ("RCC. 14 mm hilar node. No lymph node enlargement below the diaphragm.", "lymph_node"),
    ("RCC with lung mets. On examination no nodes palpable, chest clear.", "lung"),
    ("RCC with lung mets and bone mets. Stage T2 at nephrectomy.", "lung bone"),
    ("He has COPD and interstitial lung disease. RCC resected.", ""),
    # gone, resected, exclusive, overridden
    ("RCC. The lung metastases have resolved; the adrenal metastasis persists.", "adrenal"),
    ("RCC. Some of the lung nodules have disappeared.", "lung"),
    ("RCC. Lung metastases 12/07, one resected 2/08, more by 8/08.", "lung"),
    ("RCC. Liver metastases. Right hepatectomy Nov 2014. New lung nodules.", "lung"),
    ("RCC. Lung and bone metastases 2008. What is left is confined to the lungs.", "lung"),
    ("RCC. No new lung lesions. Known liver metastases unchanged.", "lung liver"),
    ("RCC. There is nothing in the liver. New deposits in the liver in May.", "liver"),
    # after a complete response
    ("RCC. Lung and nodal metastases 2007. CT 3/5/10: complete response.", ""),
    ("RCC in complete remission. Lung metastases were diagnosed in 2007.", ""),
    (
        "RCC. Lung metastases. Complete response 2009. RELAPSE right adrenal: a new 31 mm mass "
        "in the right adrenal.",
        "adrenal",
    ),
    ("RCC. Lung metastases. CR 132, Hb 12.9.", "lung"),
    # other cancers: the primary's organ is no site
    ("Metastatic lung adenocarcinoma with brain and liver metastases.", "brain liver"),
    ("Pancreatic cancer with liver and peritoneal metastases.", "liver peritoneum"),
    ("Metastatic melanoma with subcutaneous and lung metastases.", "soft_tissue lung"),
    ("Metastatic breast cancer - bone, liver and skin.", "bone liver skin"),
    ("Dx Ca prostate Gleason 4+5, bone mets at presentation.", "bone"),
    # not the patient's, not so
    ("Her father had lung cancer with brain metastases. She has RCC with lung metastases.", "lung"),
    ("Patients with brain metastases are excluded. He has RCC in the lungs.", "lung"),
    ("RCC with lung metastases. If he develops brain metastases we would stop.", "lung"),
    ("RCC with lung and liver metastases. He died on 29 July at home.", ""),
    # numbers
    ("RCC in the lung and left adrenal only, that is in two organs.", "lung adrenal 2"),
    ("RCC. A single organ is involved.", "1"),
    ("Metastatic ccRCC, 2 organ sites, ECOG 1.", "2"),
    ("RCC. Protocol needs ECOG 0-1, no more than two organs.", ""),
    ("RCC. Number of organs involved :  2", "2"),
    ("RCC. Disease in no more than 2 organs: [x]  2", "2"),
    ("RCC. I count that as two organs and not four.", "2"),
    ("RCC. Four organs at the least, in other words, where two is our rule.", ">=4"),
    ("RCC. It now involves three organs or more.", ">=3"),
    ("RCC. CT: many = four sites", "4"),
    ("RCC. If it is the only site you could hold any drug in reserve.", ""),
    ("RCC. Total organs 4", "4"),
    ("RCC. Crit: PS 0-1, </=2 organs, fav hist.", ""),
    ("Criteria: <= 2 organs. RCC.", ""),
    (
        "He has metastatic renal cell carcinoma on sunitinib. #Cardiac: MET call 07/03, troponin up.",
        "",
    ),
    ("He has metastatic renal cell carcinoma on sunitinib. CARDIAC   Stress echo booked.", ""),
    ("He has metastatic renal cell carcinoma on sunitinib. Cardiac: resting echo normal.", ""),
    (
        "He has metastatic renal cell carcinoma on sunitinib. MRI showed a cardiac metastasis.",
        "heart",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. There is a cardiac mass in keeping with metastasis.",
        "heart",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. There is nothing on the films to suggest a pathological fracture.",
        "",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. Nothing on the bone scan to suggest metastases in the spine.",
        "",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. If brain has mets it is off the table.",
        "",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. The liver and lungs are clear, as are the lymph glands.",
        "",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. Lungs have metastases; the liver is normal, and so are the adrenals.",
        "lung",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. Proceed w/ course 2: C3 admit on Monday.",
        "",
    ),
    ("He has metastatic renal cell carcinoma on sunitinib. Interim PET after C3: response.", ""),
    ("He has metastatic renal cell carcinoma on sunitinib. Metastases in C3 and T9.", "bone"),
    ("He has metastatic renal cell carcinoma on sunitinib. There is a lytic lesion of C5.", "bone"),
    (
        "He has metastatic renal cell carcinoma on sunitinib. Lung metastases. ? adrenalectomy if still only site. Adrenal metastasis.",
        "lung adrenal",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. The disease lies in both lungs and in the left adrenal gland and nowhere else that anyone can see.",
        "lung adrenal",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. There is a solitary 3 cm nodule in the right thyroid lobe, which on needle is clear cell carcinoma.",
        "thyroid",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. There is a nodule in the right thyroid lobe, benign on needle.",
        "",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. The mass in the bed of the old kidney has grown too.",
        "renal_bed",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. CT: L renal mass in situ, lung mets. Nephrectomy no (progressing).",
        "kidney lung",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. L kidney mass 13 cm, bilat lung nodules. Sister had a nephrectomy at 38.",
        "kidney lung",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. Recurrence renal bed + lungs 2012",
        "renal_bed lung",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. A further recurrence was found in both lungs and in the soft tissues of the left buttock.",
        "lung soft_tissue",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. She has two organs with disease, the tail of the pancreas and the left lobe of the thyroid, from a clear cell renal carcinoma.",
        "pancreas thyroid 2",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. Small low density area seg 7 liver = cyst, unchanged.",
        "",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. The bone scan lights up the whole spine and the pelvis.",
        "bone",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. So he has relapsed in the lung.",
        "lung",
    ),
    (
        "He has metastatic renal cell carcinoma on sunitinib. CT: LUL 0.8 cm, RML 0.6 cm, four others tiny; R adrenal 1.5 cm (from 3.2).",
        "lung adrenal",
    ),
    ("He has metastatic renal cell carcinoma on sunitinib. MBC to bone & liver.", "bone liver"),
    ("RCC with lung mets. Depression, in remission.", "lung"),
    (
        "RCC with lung mets. Crohn's disease in complete remission. Adrenal metastasis.",
        "lung adrenal",
    ),
    ("RCC with lung mets. He has been in complete remission since May.", ""),
    ("Metastatic RCC, lung. Resection of RLL considered; not for now.", "lung"),
    ("Metastatic RCC, lung. Resection of RLL lesion in May.", ""),
    (
        "RCC. Pleural effusion disappeared but pleural nodules and adrenal nodule remain.",
        "pleura adrenal",
    ),
    ("RCC. There is a pleural effusion but the lungs hold metastases.", "lung"),
]


@pytest.mark.parametrize(("text", "expected"), LETTERS)
def test_letter(reader: Reader, text: str, expected: str) -> None:
    view = View(reader.read(text), reader.lexicon)
    found = {draft.item or draft.value for draft in sites.find(view)}
    assert found == set(expected.split())


@pytest.mark.parametrize(
    ("text", "date", "asked"),
    [
        ("A man of 60 with RCC had a mass in the liver.", "", True),
        ("A man of 60 with RCC was found to have liver metastases.", "", True),
        ("A man of 60 with RCC has liver metastases.", "", False),
        ("A man of 60 with RCC was found to have liver metastases.", "2010-06-14", False),
        ("RCC. Liver metastases were found in May. The liver metastases are stable.", "", False),
    ],
)
def test_a_story_without_a_date_may_not_tell_the_sites_of_its_end(
    reader: Reader, text: str, date: str, asked: bool
) -> None:
    anchor = EdtfDate.parse(date) if date else None
    view = View(reader.read(text), reader.lexicon).dated(anchor, "dmy")
    (draft,) = [d for d in sites.find(view) if d.item == "liver"]
    assert (Reason.NO_LETTER_DATE in draft.reasons) is asked
