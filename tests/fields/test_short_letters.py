"""Short letters of many hands: performance status, CAIX and histology together."""

from __future__ import annotations

import pytest

from extract.fields import caix, histology, letterdate, performance
from extract.fields.view import View
from extract.language.pipeline import Reader
from extract.records import Field

_SHORT = {Field.HISTOLOGY: "", Field.HISTOLOGY_GROUP: "group=", Field.CAIX: "caix="}

#: A letter, and what it gives: ``ecog=1``, ``caix=90``, ``clear_cell``, ``alveolar=80``.
LETTERS: list[tuple[str, str]] = [
    (
        "Northgate Cancer Centre\n"
        "Clinic date: 12 April 2011\n"
        "Dear Dr Pell\n\n"
        "Re: Mr John HARBOTTLE, dob 3.4.1950\n\n"
        "Diagnosis: Metastatic clear cell carcinoma of the left kidney (T3a N0 M1), "
        "grade 3\n           Left radical nephrectomy May 2008\n\n"
        "I reviewed this gentleman with his wife. When he was first seen here in January "
        "he was managing poorly and I recorded a performance status of 2, but he has "
        "since picked up remarkably and is now playing bowls twice a week. I would put "
        "him at 1.\n\n"
        "The pathology has been looked at again by Dr Singh, who feels that the tumour "
        "is of the clear cell type with an alveolar growth pattern in approximately 60%, "
        "granular cells in less than 10% and no papillary or sarcomatoid elements. She "
        "has placed him in the favourable group. Carbonic anhydrase IX was expressed by "
        "85% of tumour cells.\n\n"
        "For high-dose IL-2 we ask that patients be performance status 0 or 1, and that "
        "CAIX exceed 80%.\n",
        "alveolar=~60 caix=85 clear_cell ecog=1 ecog_past=2 granular=<10 group=favourable papillary=absent sarcomatoid=absent",
    ),
    (
        "ONCOLOGY CLINIC NOTE\n"
        "DATE OF SERVICE: 05/12/2014\n"
        "PATIENT: DOE, JANE  MRN 12345\n\n"
        "CHIEF COMPLAINT: Metastatic RCC follow up.\n\n"
        "ONCOLOGIC HISTORY:\n"
        "1. Clear cell RCC, Fuhrman grade 4 with focal sarcomatoid features (10%), s/p "
        "right radical nephrectomy 02/11/2012, pT3a. Necrosis present.\n"
        "2. Pazopanib 04/2012 - 01/2013, PD.\n\n"
        "REVIEW OF SYSTEMS: negative\n\n"
        "PHYSICAL EXAM:\n"
        "VITALS: BP 130/80  Pulse 72\n"
        "ECOG performance status: 1 - Symptomatic but ambulatory\n"
        "KPS: 80%\n\n"
        "PATHOLOGY: CA-IX (IHC): positive, >90% of tumor cells.\n\n"
        "ASSESSMENT AND PLAN:\n"
        "64 y.o. F with mRCC, ECOG 1, IMDC intermediate risk.\n"
        "If ECOG declines to 2 or greater will hold therapy.\n",
        "caix=>90 clear_cell ecog=1 karnofsky=80 necrosis=present sarcomatoid=10",
    ),
    (
        "Consultation Report\n"
        "Date of Consultation: 2013-09-03\n\n"
        "Thank you for referring this pleasant 58-year-old gentleman with metastatic "
        "renal cell carcinoma, clear cell histology.\n"
        "He lives with his spouse. His father had papillary RCC.\n"
        "On examination, he looks well. ECOG is 0. KPS is 100.\n"
        "Pathology from the nephrectomy was reviewed: renal cell carcinoma, conventional "
        "clear cell type, Fuhrman 2, no sarcomatoid or rhabdoid features, no tumour "
        "necrosis.\n",
        "clear_cell ecog=0 karnofsky=100 necrosis=absent rhabdoid=absent sarcomatoid=absent",
    ),
    (
        "A 54-year-old man presented with gross hematuria and weight loss. He had an "
        "Eastern Cooperative Oncology Group (ECOG) performance status of 1. CT showed a "
        "10 cm left renal mass with lung metastases. He underwent cytoreductive "
        "nephrectomy. Pathology revealed type 2 papillary renal cell carcinoma with "
        "extensive necrosis. Sunitinib was given, with a partial response. He died 14 "
        "months after diagnosis.\n",
        "ecog_past=1 necrosis=present papillary",
    ),
    (
        "We report a 61-year-old woman with metastatic chromophobe renal cell carcinoma "
        "with sarcomatoid transformation. Her performance status was 2 at presentation. "
        "She received temsirolimus; after three months her performance status had "
        "improved to 1.\n",
        "chromophobe ecog=1 ecog_past=2 sarcomatoid=present",
    ),
    (
        "  R0YAL INFlRMARY          Dept of 0ncology\n  2l.3.08\n  Dear Dr Bell,\n  re  "
        "Mrs  A  Hurst  dob 2/2/44\n  Dx  Renal ce1l carcinoma, c1ear cell, R "
        "nephrect0my 2OO5\n  She is perf0rmance status l and has lung depos1ts only.\n  "
        "CAlX was positive in 9O% of ce11s; histology group FAV0URABLE.\n",
        "caix=90 clear_cell ecog=1 group=favourable",
    ),
    (
        "DISCHARGE LETTER\n"
        "Ward 12\n"
        "Admitted: 04/05/2010  Discharged: 11/05/2010\n"
        "Diagnosis: metastatic renal cell ca (clear cell, favourable)\n"
        "HD IL-2 cycle 1. ECOG on admission 0.\n"
        "Tolerated 10 doses. On discharge he was weak, performance status 2.\n"
        "Please recheck U&E.\n",
        "clear_cell ecog=2 ecog_past=0 group=favourable",
    ),
    (
        "SPECIALIST RENAL MDT  18/02/2013\n"
        "1. SMITH, Alan   dob 1/1/50\n   Met RCC, clear cell. PS 1. CAIX 75%. Histology "
        "intermediate (alveolar 40%, granular 30%).\n   Outcome: not for IL-2, offer "
        "axitinib.\n",
        "alveolar=40 caix=75 clear_cell ecog=1 granular=30 group=intermediate",
    ),
    (
        "Telephone clinic 3 June 2015\n"
        "Mrs Patel rang. She feels tired but is managing the house: performance status "
        "1. She was 0 before starting axitinib.\n",
        "ecog=1 ecog_past=0",
    ),
    (
        "Clinic 01/06/2012\n"
        "Dear Mr Jones\n"
        "Thank you for coming to clinic. You told me you are back at work and I have "
        "written down that your performance status (a measure of fitness from 0 to 4) is "
        "0. At your last visit in March it was 1.\n",
        "ecog=0 ecog_past=1",
    ),
    (
        "Oncology review 7/7/2011\n"
        "PS 1 (0 at baseline). Wt stable.\n"
        "Path: ccRCC, Upton good prognosis group not stated. CA9 strong, 3+ in 70% & 2+ "
        "in 20%.\n",
        "caix=90 clear_cell ecog=1 ecog_past=0",
    ),
    (
        "Pathology report\n"
        "Specimen: left kidney\n"
        "Diagnosis: Renal cell carcinoma, clear cell type, ISUP/WHO grade 3.\n "
        "Sarcomatoid differentiation: not identified\n Rhabdoid differentiation: not "
        "identified\n Tumour necrosis: present, approximately 20%\n"
        "Immunohistochemistry: CAIX diffuse membranous positivity; CK7 negative; CD10 "
        "positive.\n"
        "Comment: growth pattern predominantly solid/alveolar; no papillary component. \n",
        "alveolar=present caix=positive clear_cell necrosis=~20 papillary=absent rhabdoid=absent sarcomatoid=absent",
    ),
    (
        "Letter 10/10/2010\n"
        "DIAGNOSES: 1. Renal cell carcinoma, papillary type I, R nephrectomy 2008. 2. "
        "Papillary thyroid carcinoma 1999.\n"
        "Performance status 0.\n",
        "ecog=0 papillary",
    ),
    (
        "Clinic letter 5 May 2016\n"
        "62M metastatic melanoma BRAF mutant. ECOG PS 1. His mother had clear cell "
        "kidney cancer.\n",
        "ecog=1",
    ),
    (
        "Visit 14 Sept 2012. Mr B is fully active, and I'd score him as 0 on the ECOG "
        "scale (1 in July when he had shingles). \n",
        "ecog=0 ecog_past=1",
    ),
    (
        "Clinic: 02/02/2012\nPerformance status: 1 (down from 2 at the last appointment)\n",
        "ecog=1 ecog_past=2",
    ),
    ("Date of clinic 2 Feb 2012\nECOG   Feb 2012: 1    Nov 2011: 2\n", "ecog=1 ecog_past=2"),
    (
        "NEW PATIENT CLINIC 2/2/12\n"
        "ECOG PS - 1\n"
        "Histology - clear cell RCC\n"
        "CAIX - 85%\n"
        "Group - favourable\n",
        "caix=85 clear_cell ecog=1 group=favourable",
    ),
    (
        "ASSESSMENT FORM   Date 03/04/2012\n"
        "Karnofsky score:      [ ] 100  [x] 90  [ ] 80  [ ] 70\n"
        "ECOG:                 [x] 0    [ ] 1   [ ] 2\n",
        "ecog=0 karnofsky=90",
    ),
    (
        "SURREY ONCOLOGY UNIT\n"
        "Telephone consultation 11/03/2014\n"
        "Diagnosis\n"
        "Metastatic RCC (clear cell), right nephrectomy 2011\n"
        "Performance status\n"
        "1\n"
        "Treatment to date\n"
        "1) Pazopanib 4/2012 to 1/2014, PD\n"
        "CAIX: 95% (3+)\n"
        "Histology grouping: Favourable\n",
        "caix=95 clear_cell ecog=1 group=favourable",
    ),
    (
        "Toronto Regional Cancer Centre - Progress Note\n"
        "Visit Date: 2015-06-09\n"
        "DIAGNOSIS: Metastatic renal cell carcinoma - clear cell with rhabdoid features\n"
        "ECOG PS: 1  (previous visit: 0)\n"
        "KPS: 80\n"
        "Current therapy: sunitinib 37.5 mg\n",
        "clear_cell ecog=1 ecog_past=0 karnofsky=80 rhabdoid=present",
    ),
    (
        "Registrar clinic. 4/4/13\n"
        "59F mRCC cc. L nephrect '10. PS1->2 over last 6/52.\n"
        "CAIX +ve, no %. Histo intermed.\n",
        "caix=positive clear_cell ecog=2 ecog_past=1",
    ),
    (
        "To: GP\n"
        "12 Jan 2011\n"
        "In the clinic today he told me that he is walking the dog and gardening, PS 0 - "
        "1.\n"
        "Our pathologist, Dr Lee, says: clear cell; 70% alveolar; 10% granular; no "
        "papillary. That is favourable.\n"
        "CA IX staining is present in over 80% of the cells.\n",
        "alveolar=70 caix=>80 clear_cell ecog=0-1 granular=10 group=favourable papillary=absent",
    ),
    (
        "Hospice letter 3 Feb 2012\n"
        "I am sorry to tell you that Mr Cole died on 30 January. His performance status "
        "had been 4 for a week, and 3 before that.\n",
        "ecog_past=3 ecog_past=4",
    ),
    (
        "Discharge summary. Date of admission 2/3/11. Date of discharge 9/3/11.\n"
        "Summary: ECOG 1 lady with RCC admitted for HD IL2. \n"
        "Discharged home: ECOG 2.\n",
        "ecog=2 ecog_past=1",
    ),
    ("Pre-assessment clinic 2 Mar 2011\nPre-treatment assessment: PS 1, BP 130/70.\n", "ecog=1"),
    (
        "A 70-year-old man with a good performance status (ECOG PS 0) and a history of "
        "clear cell RCC was referred. Biopsy of the pancreas showed metastatic clear "
        "cell RCC. He received nivolumab and ipilimumab. At last follow-up his ECOG PS "
        "was 1.\n",
        "clear_cell ecog=1 ecog_past=0",
    ),
    (
        "We describe a 45-year-old woman with Xp11.2 translocation renal cell carcinoma "
        "(TFE3 positive). Karnofsky performance status was 90%.\n",
        "karnofsky=90 other",
    ),
    (
        "A 66-year-old man was diagnosed with collecting duct carcinoma (Bellini) of the "
        "right kidney. ECOG performance status was 2 and he declined chemotherapy. \n",
        "collecting_duct ecog=2",
    ),
    (
        "A 23-year-old man with sickle cell trait presented with renal medullary "
        "carcinoma. ECOG PS: 1.\n",
        "ecog=1 medullary",
    ),
    (
        "Clinic 5/5/2015. Unclassified renal cell carcinoma with 60% sarcomatoid "
        "component. WHO PS 2, was 1 before the spinal radiotherapy.\n",
        "ecog=2 ecog_past=1 sarcomatoid=60 unclassified",
    ),
    (
        "MDT 5/5/2015\n"
        "Mr X, PS 1 at clinic 20/4/2015.\n"
        "Histology review: mixed clear cell and chromophobe? favour chromophobe.\n",
        "ecog_past=1",
    ),
    (
        "Clinic 12/06/2014\n"
        "WHO performance status of 1 (symptomatic but ambulatory).\n"
        "Pathology: CAIX heterogeneous, 40-60%. Group: unfavourable, papillary 30%.\n"
        "Renal cell carcinoma.\n",
        "caix=40-60 ecog=1 group=unfavourable papillary=30",
    ),
    (
        "Clinic 12/06/2014\n"
        "O/E: PS=2, chest clear\n"
        "RCC, sarcomatoid component 5-10 %; granular cytoplasm minimal; alveolar "
        "architecture predominates.\n",
        "alveolar=present ecog=2 granular=present sarcomatoid=5-10",
    ),
    ("Name: X   Date: 01 Aug 2013\nPS: 0 1 2 3 4   (circled: 1)\n", "ecog=1"),
    (
        "CLINIC PROFORMA  Date 1.8.13\n"
        "Performance Status (please circle)   0   (1)   2   3   4\n"
        "CAIX  90  %\n",
        "caix=90 ecog=1",
    ),
    (
        "IL-2 eligibility assessment 1/8/13\n"
        "Criterion                     Required        Patient        Met\n"
        "Performance status            0-1             1              Y\n"
        "CAIX                          >80%            85%            Y\n"
        "Histology group               favourable      favourable     Y\n"
        "Cell type                     clear cell      clear cell     Y\n",
        "caix=85 clear_cell ecog=1 group=favourable",
    ),
    (
        "IL-2 eligibility 1/8/13\n"
        "1. Clear cell histology - yes\n"
        "2. PS 0 or 1 - yes (PS 0)\n"
        "3. CAIX > 80% - yes (90%)\n"
        "RCC\n",
        "caix=90 clear_cell ecog=0",
    ),
    (
        "Ward round 3/3/2011 day 2 IL-2. PS 3 at present, was PS 1 when he came in on Monday.\n",
        "ecog=3 ecog_past=1",
    ),
    (
        "GREENFIELD HOSPITAL      ONCOLOGY OUTPATIENTS\n"
        "Clinic 14.2.2012\n"
        "Dear Dr Hale\n"
        "Mrs Edith CARLOW 1/1/1948\n"
        "This lady's performance status is now 2, having been 1 in the autumn; she is "
        "breathless on the stairs. Her son is her main carer. Her husband, who had been "
        "performance status 4, died in December.\n",
        "ecog=2 ecog_past=1",
    ),
    (
        "Clinic 14.2.2012\n"
        "He is well. He told me that his brother-in-law with the same disease was PS 0 "
        "until the week he died. Tom himself is PS 1.\n",
        "ecog=1",
    ),
    (
        "14 Feb 2012. Eligibility for phase I: ECOG 0-1, adequate marrow. Mr T is ECOG "
        "1, so we can screen him.\n",
        "ecog=1",
    ),
    ("Admission clerking 14/02/2012\nHPC: ...\nFunctional status: PS 1, lives alone\n", "ecog=1"),
    (
        "Discharge note 14/02/2012\n"
        "Functional status prior to admission: PS 1\n"
        "Functional status at discharge: PS 3\n",
        "ecog=3 ecog_past=1",
    ),
    (
        "Palliative care letter 14/02/2012\nShe is largely bedbound (ECOG 3 to 4), AKPS 40.\n",
        "ecog=3-4 karnofsky=40",
    ),
    (
        "Clinic 14 February 2012\n"
        "Kidney cancer, favourable-risk (IMDC), clear cell, PS zero. CAIX staining "
        "strongly positive throughout.\n",
        "caix=positive clear_cell ecog=0",
    ),
    (
        "Clinic 14 February 2012\n"
        'Histology from Leeds, reviewed by Dr Patel: "clear cell renal carcinoma with '
        "approx 10% papillary architecture; eosinophilic granular cytoplasm in 40%; not "
        'in the favourable category".\n',
        "clear_cell granular=40 papillary=~10",
    ),
    (
        "Clinic 14 February 2012\n"
        "He would like to know whether his histology (clear cell with sarcomatoid "
        "change) makes a difference. I told him that people with sarcomatoid change do "
        "less well. PS remains 1.\n",
        "clear_cell ecog=1 sarcomatoid=present",
    ),
    (
        "Clinic 14 February 2012\n"
        "Biopsy of the renal mass: features favour papillary RCC over clear cell. PS 1.\n",
        "ecog=1",
    ),
    (
        "MDT 14/2/12. Renal biopsy - oncocytic neoplasm, cannot exclude chromophobe RCC. PS 0.\n",
        "ecog=0",
    ),
    (
        "Clinic 14/2/12. DIAGNOSIS: Left renal cell carcinoma - clear cell / sarcomatoid\n",
        "clear_cell sarcomatoid=present",
    ),
    (
        "Clinic 14/2/12. Renal cancer. Ref lab: CAIX IHC 3+ 60%, 2+ 25%, 1+ 5%. Alv 70% "
        "gran 15% pap 0.\n",
        "alveolar=70 caix=90 granular=15 papillary=0",
    ),
    (
        "Clinic 14/2/12. Renal cancer. Two blocks were stained for CA9: block A 95%, "
        "block B 80%.\n",
        "caix=80 caix=95",
    ),
    (
        "Clinic 14/2/12. Renal cancer. CAIX expression by immunohistochemistry was high at 92%.\n",
        "caix=92",
    ),
    (
        "Clinic 14/2/12. Renal cancer. The CAIX came back at more than ninety per cent.\n",
        "caix=>90",
    ),
    (
        "Clinic 14/2/12. Renal cancer. His CAIX result is back: 88 per cent of the "
        "tumour stains.\n",
        "caix=88",
    ),
    (
        "Clinic 14/2/12. Renal cancer. His CAIX result is back. 88 per cent of the "
        "tumour cells stain.\n",
        "caix=88",
    ),
    (
        "Clinic 14/2/12. Renal cancer. On the review the figure for carbonic anhydrase "
        "IX was eighty-five per cent, comfortably over our threshold of eighty.\n",
        "caix=85",
    ),
    (
        "Clinic 14/2/12. Renal cancer. CAIX staining: membranous pattern, score 3, 100% "
        "of cells.\n",
        "caix=100",
    ),
    ("Clinic 14/2/12. Renal cancer. CA-IX status: Positive (H-score 270).\n", "caix=positive"),
    ("Clinic 14/2/12. Renal cancer. CAIX failed, to be repeated.\n", ""),
    ("Clinic 14/2/12. Renal cancer. CAIX not expressed.\n", "caix=negative"),
    ("Clinic 14/2/12. Renal cancer. CAIX 85% (threshold >80%).\n", "caix=85"),
    ("Clinic 14/2/12. Renal cancer. CAIX (cut off 80%): 85%\n", "caix=85"),
    ("Clinic 14/2/12. Renal cancer. CAIX 85%, PD-L1 <1%, Ki67 20%.\n", "caix=85"),
    ("Clinic 14/2/12. Renal cancer. PD-L1 5%; CAIX: >80\n", "caix=>80"),
    (
        "Clinic 14/2/12. Renal cancer. Discussed the SELECT data (CAIX high in 90% of "
        "ccRCC, response 25%).\n",
        "",
    ),
    (
        "Clinic 14/2/12. Renal cancer. CAIX is expressed in over 90% of clear cell "
        "tumours, and his was no exception at 95%.\n",
        "caix=95",
    ),
    (
        "Clinic 14/2/12. Renal cancer. Histology now reported as favourable.  MSKCC: poor.\n",
        "group=favourable",
    ),
    ("Clinic 14/2/12. Renal cancer. Group (Manchester): Favourable\n", "group=favourable"),
    ("Clinic 14/2/12. Renal cancer. Histological subgroup = intermediate\n", "group=intermediate"),
    (
        "Clinic 14/2/12. Renal cancer. Classified as unfavourable because of papillary "
        "areas (25%).\n",
        "group=unfavourable papillary=25",
    ),
    (
        "Clinic 14/2/12. Renal cancer. The growth pattern was mainly alveolar, with no "
        "granular cells, and so he falls in the good (favourable) group.\n",
        "alveolar=present granular=absent group=favourable",
    ),
    (
        "Clinic 3 March 2014\n"
        "Dear Mr Lee\n"
        "At this visit I noted your 'performance status' (how active you are, where 0 is "
        "fully active and 4 is confined to bed) as 1. In December it was 2.\n"
        "Your tumour is of a type called clear cell kidney cancer. Our pathologist found "
        "that it has the favourable pattern, and that 90 out of every 100 cells carried "
        "the CAIX marker.\n",
        "caix=90 clear_cell ecog=1 ecog_past=2 group=favourable",
    ),
    (
        "Clinic 3 March 2014\n"
        "Dear Mrs Lee\n"
        "We score fitness from 0 (fully fit) to 4; you are at 1 (performance status 1).\n",
        "ecog=1",
    ),
    (
        "RENAL MDT LIST 03/03/2014\n"
        "Pt 4: LEE, J. 61M. mRCC (ccRCC), lungs. ECOG1. ?HD-IL2. CAIX-90%, alv 80% pap "
        "nil gran 10% -> fav. Echo booked.\n"
        "Pt 5: MOSS, K.\n",
        "alveolar=80 caix=90 clear_cell ecog=1 granular=10 group=favourable papillary=absent",
    ),
    (
        "Consultation 2014-03-03. Functional inquiry: independent for ADLs and IADLs. "
        "ECOG performance status is 1. He was an ECOG 0 prior to his surgery. PPS 80%.\n",
        "ecog=1 ecog_past=0",
    ),
    (
        "Registrar clinic 3/3/14. Pt well. PS0. (PS1 Dec 13). Path- RCC clear cell "
        "Fuhrman III, sarc -ve, necrosis +. CAIX: awaited\n",
        "clear_cell ecog=0 ecog_past=1 necrosis=present sarcomatoid=absent",
    ),
    ("Clinic 3/3/14. On arrival today he was PS 2, in a wheelchair.\n", "ecog=2"),
    (
        "Clinic 3/3/14. On examination today: PS 1; at the start of sunitinib he was PS 0.\n",
        "ecog=1 ecog_past=0",
    ),
    (
        "Clinic 3/3/14. Performance status has deteriorated over the past month from 1 to 3.\n",
        "ecog=3 ecog_past=1",
    ),
    ("Clinic 3/3/14. Since his admission he has been performance status 3.\n", "ecog=3"),
    ("Clinic 3/3/14. He has been PS 2 since Christmas.\n", "ecog=2"),
    ("Clinic 3/3/14. Until Christmas he was PS 0 but now he is PS 2.\n", "ecog=2 ecog_past=0"),
    ("Clinic 3/3/14. Over the last few weeks PS 2.\n", "ecog=2"),
    ("Clinic 3/3/14. She remains PS 1 as she was in January.\n", "ecog=1 ecog_past=1"),
    (
        "Clinic 3/3/14. Her PS is again 1, having dropped to 3 during the chest infection.\n",
        "ecog=1 ecog_past=3",
    ),
    (
        "Clinic 3/3/14. After the second cycle his performance status was 2 and it is "
        "now back to 1.\n",
        "ecog=1 ecog_past=2",
    ),
    ("Clinic 3/3/14. PS at last visit 1. Today 0.\n", "ecog=0 ecog_past=1"),
    ("Clinic 3/3/14. Previous PS: 1. Current PS: 2.\n", "ecog=2 ecog_past=1"),
    (
        "Discharged 3/3/14\n"
        "PS pre-admission 1\n"
        "PS at discharge 2\n"
        "PS expected to recover to 1 in two weeks\n",
        "ecog=2 ecog_past=1",
    ),
    ("Day unit 3/3/14\nECOG (pre-dose 1): 0\nECOG (now): 1\n", "ecog=1 ecog_past=0"),
    ("Letter 3/3/14. In 2011, when he was PS 1, he had nephrectomy. \n", "ecog_past=1"),
    ("Clinic 3/3/14. He came alone, walking with a stick: PS 1-2.\n", "ecog=1-2"),
    ("Clinic 3/3/14. PS 2, which would exclude him from the trial.\n", "ecog=2"),
    ("Clinic 3/3/14. His PS of 2 excludes him from the trial, which needs PS 0-1.\n", "ecog=2"),
    ("Clinic 3/3/14. Should remain PS 1 for now.\n", ""),
    ("Clinic 3/3/14. ECOG 1 and he is fit for HD-IL2 (criteria: ECOG 0-1, CAIX >80%).\n", "ecog=1"),
    ("Clinic 3/3/14. He would be PS 2 if it were not for his wife.\n", ""),
]


@pytest.mark.parametrize(("text", "expected"), LETTERS)
def test_a_letter_gives_its_facts(reader: Reader, text: str, expected: str):
    view = View(reader.read(text), reader.lexicon)
    anchor, order, _ = letterdate.find(view)
    view = view.dated(anchor, order)
    found = set()
    for find in (performance.find, caix.find, histology.find):
        for draft in find(view):
            name = f"{draft.item}=" if draft.item else _SHORT.get(draft.field, f"{draft.field}=")
            found.add(f"{name}{draft.value}")
    found.discard("non_renal")
    assert " ".join(sorted(found)) == expected
