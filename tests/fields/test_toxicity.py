"""Toxicity, sentence by sentence: what a drug did, its grade, and what was none of its doing."""

from __future__ import annotations

import pytest

from extract.fields import toxicity
from extract.fields.view import View
from extract.language.pipeline import Reader

_WARD = (
    "WARD DISCHARGE SUMMARY\nAdmitted 1/2/10 for high dose IL-2, cycle 1. 12 of 14 doses given.\n"
)

#: Facts as "term value", separated by semicolons, in any order.
SENTENCES = [
    # the field guide's minimal pairs
    ("dobutamine stress echo negative", ""),
    ("Sunitinib stopped for hand-foot; pazopanib from May", "hand-foot syndrome present"),
    # named, blamed, spared
    (
        "He has been on sunitinib since May and has developed grade 2 fatigue, "
        "grade 1 hand-foot syndrome and mild diarrhoea.",
        "fatigue 2; hand-foot syndrome 1; diarrhoea present",
    ),
    (
        "Sunitinib was stopped because of grade 3 hypertension and proteinuria.",
        "hypertension 3; proteinuria present",
    ),
    ("She tolerated pazopanib well apart from white hair and some nausea.", "nausea present"),
    ("Apart from mild fatigue he has tolerated the pazopanib well.", "fatigue present"),
    ("No significant toxicities on sunitinib other than grade 1 fatigue.", "fatigue 1"),
    ("Pembrolizumab was discontinued after grade 3 colitis.", "colitis 3"),
    ("Pembrolizumab x4, stopped - colitis G3", "colitis 3"),
    ("Nivolumab-induced hypothyroidism; on levothyroxine.", "hypothyroidism present"),
    ("Lost 12 lb on everolimus.", "weight loss present"),
    ("She had a pulmonary embolism on bevacizumab, which was stopped.", "thrombosis present"),
    ("Oxaliplatin was dropped at cycle 8 for neuropathy (grade 2).", "neuropathy 2"),
    ("Numbness of the fingertips persists from the paclitaxel.", "neuropathy present"),
    ("On everolimus, Hb fell to 8.9 and he was transfused for anaemia.", "anaemia present"),
    ("His mouth is sore since he started the Sutent.", "mucositis present"),
    (
        "She was admitted with neutropenic sepsis after docetaxel.",
        "neutropenia present; infection present",
    ),
    (
        "She had febrile neutropenia after her second cycle of docetaxel.",
        "neutropenia present; fever present",
    ),
    ("HTN - on amlodipine since starting Sutent.", "hypertension present"),
    (
        "DIAGNOSIS\n1. Renal cancer\n2. Hypothyroidism secondary to IL-2",
        "hypothyroidism present",
    ),
    # words of a letter to the patient
    (
        "You have now been on sunitinib for three months. You have been tired and your mouth "
        "has been sore.",
        "fatigue present; mucositis present",
    ),
    ("Your blood pressure went up on the tablets and needed treatment.", "hypertension present"),
    (
        "Your thyroid gland has become underactive because of the interleukin.",
        "hypothyroidism present",
    ),
    ("The itching you had after the interleukin has settled.", "pruritus present"),
    # grades
    ("Everolimus: sore mouth as well, grade l.", "mucositis 1"),
    ("Sunitinib: Gd 1 fatigue, gd 2 mucositis now gone.", "fatigue 1; mucositis 2"),
    ("On sunitinib: Rash gd 2 over trunk. Loose stools gd 1.", "rash 2; diarrhoea 1"),
    ("Pazopanib: G3 ALT rise 5/14, settled.", "hepatitis 3"),
    ("Nausea and vomiting, grade 1, on temsirolimus.", "nausea 1; vomiting 1"),
    (
        "Grades (CTC v3) on interleukin-2: hypotension 4, oliguria 3, infection 3.",
        "hypotension 4; oliguria 3; infection 3",
    ),
    (
        "Grade 1: nausea, fatigue; Grade 2: diarrhoea. On pazopanib.",
        "nausea 1; fatigue 1; diarrhoea 2",
    ),
    ("Sunitinib held for thrombocytopenia (plt 41, gr 3).", "thrombocytopenia 3"),
    ("Skin disorder on panitumumab was grade 2 and improved to grade 1.", "rash 2; rash 1"),
    # lists and tables
    (
        "Sunitinib\nTOXICITY\n  Nausea: 1\n  Vomiting: 0\n  Fatigue: 2\n",
        "nausea 1; fatigue 2",
    ),
    (
        "Sunitinib cycle 3\n| Toxicity | Grade |\n| Fatigue | 2 |\n| Rash | 0 |\n| Diarrhoea | 1 |",
        "fatigue 2; diarrhoea 1",
    ),
    (
        "Nivolumab\nTOXICITY (circle grade)     0    1    2    3    4\n"
        "  rash                     (0)   1    2    3    4\n"
        "  itch                      0   (1)   2    3    4\n",
        "pruritus 1",
    ),
    (
        "Drug         SUNITINIB\n\nTOXICITY     Grade today     Worst ever\n"
        "Fatigue      2               2\nSore mouth   0               0\nTaste        1               1\n",
        "fatigue 2; taste change 1",
    ),
    (
        "Sunitinib cycle 3 toxicity assessment\nFatigue ........ 1\nDiarrhoea ...... 0\n",
        "fatigue 1",
    ),
    # an interleukin admission
    (
        _WARD + "He became hypotensive on day 3 and oliguric, and confused. Rigors. Weight +6 kg.\n"
        "ON DISCHARGE\nTired.\nPMH: hypertension, AF 2005.",
        "hypotension present; oliguria present; confusion present; rigors present; "
        "weight gain present; fatigue present",
    ),
    (_WARD + "No arrhythmia or confusion. Pulmonary oedema? - CXR clear, no.", ""),
    (
        _WARD + "| Hypotension | Yes. Nadir 84/50 |\n| Arrhythmia | No |\n| Vomiting | Grade 2 |",
        "hypotension present; vomiting 2",
    ),
    # denied
    ("She is on axitinib. She has no diarrhoea, rash or sore mouth.", ""),
    ("Everolimus: no pneumonitis, hyperglycaemia G2.", "hyperglycaemia 2"),
    ("There has been no rash on sorafenib, but he has had diarrhoea.", "diarrhoea present"),
    ("Toxicities on sunitinib: nil of note. Mucositis: none.", ""),
    ("Denies mouth sores, diarrhea, rash. On cabozantinib.", ""),
    # feared, explained, asked about
    ("We talked about the side effects of sunitinib, including fatigue and sore mouth.", ""),
    ("I warned him about mouth ulcers, rash and pneumonitis with everolimus.", ""),
    ("He should ring us as pneumonitis can happen with everolimus.", ""),
    ("?pneumonitis on everolimus - CT booked", ""),
    ("If he develops a rash on nivolumab he should ring the ward.", ""),
    # other causes, other people
    ("PMH: hypertension, hypothyroidism, atrial fibrillation. On sunitinib.", ""),
    ("He has been on everolimus since May. He has AF for which he takes warfarin.", ""),
    ("BMs up to 24 on the dexamethasone, hyperglycaemia. Everolimus held.", ""),
    ("On sunitinib. Numbness of the toes came later, and is put down to your diabetes.", ""),
    ("He presented with fatigue, anorexia and weight loss. He was started on sunitinib.", ""),
    ("Patient had dyspnea and cough before treatment with sunitinib.", ""),
    ("Her sister had a rash with sunitinib.", ""),
    ("Allergies: penicillin (rash). On nivolumab.", ""),
    ("Hb 9.8, plt 88, ALT 77 on pazopanib.", ""),
    ("Zoledronic acid caused fever and bone pain.", ""),
    (
        "He has metastatic renal cell carcinoma and started sunitinib in May 2010. Adverse effects, sunitinib: hypothyroidism (levothyroxine 125 mcg), fatigue, diarrhoea, all grade 1.",
        "hypothyroidism 1; fatigue 1; diarrhoea 1",
    ),
    (
        "He has metastatic renal cell carcinoma and started sunitinib in May 2010. Sunitinib gave him a rash, nausea and fatigue, each grade 2.",
        "rash 2; nausea 2; fatigue 2",
    ),
    (
        "During the carboplatin infusion she presented flushing, hypotension and bronchospasm (grade 3 hypersensitivity).",
        "hypotension present",
    ),
    (
        "He has metastatic renal cell carcinoma and started sunitinib in May 2010. On it he had rash (grade 2) and diarrhoea.",
        "rash 2; diarrhoea present",
    ),
    (
        "He has metastatic renal cell carcinoma and started sunitinib in May 2010. 17-May-2010 withheld 12 days, ALT 4 x ULN (CTCAE 2).",
        "hepatitis 2",
    ),
    (
        "He has metastatic renal cell carcinoma and started sunitinib in May 2010. Toxicity (CTCAE v4): diarrhoea grade 1.",
        "diarrhoea 1",
    ),
    (
        "He has metastatic renal cell carcinoma and started sunitinib in May 2010. Allergies ...... trimethoprim (rash) ......",
        "",
    ),
    (
        "He has metastatic renal cell carcinoma and started sunitinib in May 2010. Allergic to penicillin (rash, diarrhoea).",
        "",
    ),
    (
        "He has metastatic renal cell carcinoma and started sunitinib in May 2010. On Christmas Eve he had a fit; the CT there found two metastases in the brain.",
        "",
    ),
    ("Admitted for high dose IL-2, 9 doses. Rash trunk, itchy.", "rash present"),
    ("PE: BP 110/70, wt 61 kg. He is on sunitinib.", ""),
    (
        "She came to clinic. High-dose interleukin-2 she has now had in two halves. In the course of the first she became breathless, and was found to have some pulmonary oedema.",
        "dyspnoea present; pulmonary oedema present",
    ),
    (
        "High-dose interleukin-2 she has now had in two halves. The second was, by comparison with this, uneventful, if one leaves out the rash and the vomiting.",
        "rash present; vomiting present",
    ),
    (
        "He has metastatic renal cell carcinoma and started sunitinib in May 2010. He is warned that if there is vomiting he must ring.",
        "",
    ),
    (
        "She finished interleukin-2 last June.\n\nLeft over from the treatment:\n- dry skin on the shins\n- a bit of neuropathy in her fingertips",
        "dry skin present; neuropathy present",
    ),
    (
        "Rx: Sutent 50mg 4/2 since 02/05/09. Now 37.5 (hypertension; sore mouth).",
        "hypertension present; mucositis present",
    ),
    (
        "He took everolimus for five weeks. I do not believe that it did anything, except that it made his mouth raw and took the last of his appetite.",
        "mucositis present; anorexia present",
    ),
    (
        "She started cediranib, and SD has been maintained up to now, with hypertension controlled by amlodipine.",
        "hypertension present",
    ),
    ("He has hypertension controlled by amlodipine, and started cediranib.", ""),
    (
        "Miss B had methotrexate for three courses, stopped for severe mucositis and serositis.",
        "mucositis present",
    ),
    (
        "We report fatal myocarditis in a 74-yr-old man on ipilimumab plus nivolumab.",
        "myocarditis present",
    ),
    (
        "A man of 64 is on adjuvant capecitabine, cycle 3. Palms and soles are red, swollen and painful and he is not able to button his shirt (grade 3).",
        "hand-foot syndrome 3",
    ),
    (
        "He is seven weeks into interferon. He finds the interferon days hard. He has fevers after each injection.",
        "fever present",
    ),
    (
        "He has metastatic renal cell carcinoma and started sunitinib in May 2010. Drug-induced hypothyroidism.",
        "hypothyroidism present",
    ),
    (
        "She started on Sutent in March and came down to 37.5 in May on account of hand-foot syndrome, with blood pressure that needed amlodipine and a thyroid that has become underactive.",
        "hand-foot syndrome present; hypothyroidism present; hypertension present",
    ),
    (
        "Pazopanib followed. That bought her stable disease, at the price of a fair bit of nausea, diarrhoea (never worse than grade 1) and a lot of tiredness.",
        "nausea present; diarrhoea 1; fatigue present",
    ),
    (
        "He had interleukin-2 in March. The second week was tougher and he was confused for a day and a half, and he was bone tired until Easter.",
        "confusion present; fatigue present",
    ),
    ("He has had two cycles of docetaxel. Subjective: Tired on days 3-6.", "fatigue present"),
    (
        "Side effects on the way were hypertension, for which he was given amlodipine, hypothyroidism picked up in June 2008 (he remains on levothyroxine), a sore mouth, and fatigue in the third and fourth weeks of sunitinib.",
        "hypertension present; hypothyroidism present; mucositis present; fatigue present",
    ),
    ("I do not recommend any more interleukin because of the rash it gave him.", "rash present"),
    ("I do not recommend any more interleukin.", ""),
    ("Hypertension is common on sunitinib.", ""),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentence(reader: Reader, text: str, expected: str) -> None:
    view = View(reader.read(text), reader.lexicon)
    found = {f"{draft.item} {draft.value}" for draft in toxicity.find(view)}
    assert found == {fact.strip() for fact in expected.split(";") if fact.strip()}
