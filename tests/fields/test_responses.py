"""Responses and their dates: what is one, of which drug, seen when."""

from __future__ import annotations

import re

import pytest

from extract.fields import letterdate
from extract.fields.cues import load_cues
from extract.fields.therapy import find
from extract.fields.view import View
from extract.language.pipeline import Reader
from extract.values.dates import EdtfDate

#: Sentences of a letter of 14 June 2010, day before month.
SENTENCES: list[tuple[str, str]] = [
    # First principles: links, focus, negation, literature
    (
        "He took sunitinib from May 2009 and the CT of 3 August 2009 showed a partial response.",
        "sunitinib PR=2009-08-03",
    ),
    ("She has had a partial response to pazopanib.", "pazopanib PR"),
    ("Best response to axitinib was stable disease.", "axitinib SD"),
    ("On everolimus the best he managed was stable disease.", "everolimus SD"),
    ("She has had pazopanib since May. I can now report stable disease.", "pazopanib SD"),
    ("She has had pazopanib since May. We can hope for a partial response.", ""),
    (
        "He progressed on sunitinib and was switched to everolimus, with stable disease on the scan of 4 March 2010.",
        "everolimus SD=2010-03-04; sunitinib PD",
    ),
    ("Everolimus was started in March 2010 after progression on sunitinib.", "sunitinib PD"),
    ("Everolimus was started in March 2010 because of progression.", ""),
    (
        "He had sunitinib from May 2009. Everolimus was started in March 2010 because of progression.",
        "sunitinib PD",
    ),
    (
        "She received docetaxel, with progressive disease after two cycles, and then cabazitaxel, to which she had a partial response.",
        "cabazitaxel PR; docetaxel PD",
    ),
    (
        "Sunitinib 05/09-02/10, PR then PD. Everolimus 03/10-05/10, PD.",
        "everolimus PD; sunitinib PD; sunitinib PR",
    ),
    ("There was no evidence of progression on the CT of 3 May 2010 on sunitinib.", ""),
    ("No progression, and a partial response is maintained on sunitinib.", "sunitinib PR"),
    ("This does not amount to a complete response to sunitinib.", ""),
    ("All nodules have resolved on sunitinib in keeping with a CR.", "sunitinib CR"),
    ("Marked shrinkage of the lung nodules on sunitinib.", ""),
    ("Bloods on sunitinib: CR 104, PR 76 reg. He had peritoneal dialysis (PD) for five years.", ""),
    (
        "He is on sunitinib. PR in March, PD on the August scan.",
        "sunitinib PD=2009-08; sunitinib PR=2010-03",
    ),
    ("If there is progression on sunitinib we would use everolimus.", ""),
    ("We will continue sunitinib until progression.", ""),
    ("He was given sunitinib until progression in May 2010.", "sunitinib PD=2010-05"),
    ("Sunitinib was continued until disease progression.", "sunitinib PD"),
    ("Response rates to sunitinib are about 40%, with complete response in 2%.", ""),
    ("His brother had a complete response to interleukin-2. He himself takes sunitinib.", ""),
    ("He takes sunitinib. ?progression on the last scan.", ""),
    ("The scan may represent progression on sunitinib.", ""),
    ("Sunitinib has given him a near-complete response.", ""),
    (
        "The restaging CT on 10 May 2010, after four cycles of sunitinib, showed stable disease.",
        "sunitinib SD=2010-05-10",
    ),
    (
        "He has been on sunitinib since January. The CT was done on 3 May. It shows stable disease.",
        "sunitinib SD=2010-05-03",
    ),
    (
        "He started sunitinib in March 2009. The scans of May, August and November were all stable.",
        "sunitinib SD=2009-05; sunitinib SD=2009-08; sunitinib SD=2009-11",
    ),
    ("Sunitinib: CR (CT 3/5/10).", "sunitinib CR=2010-05-03"),
    (
        "CT 02/03/10: PR by RECIST (sum of target lesions down 46% from baseline) on sunitinib.",
        "sunitinib PR=2010-03-02",
    ),
    ("He came off sunitinib in March. He has disease progression.", "sunitinib PD"),
    (
        "He has had interleukin-2 in January 2010 (two cycles). CT of 1 April: complete response.",
        "aldesleukin CR=2010-04-01",
    ),
    (
        "Interleukin-2 was given in July 2009 and October 2009. He remains in complete remission.",
        "aldesleukin CR",
    ),
    (
        "He had R-CHOP x 6 from May 2009 and PET in October 2009 showed complete metabolic response.",
        "cyclophosphamide CR=2009-10; doxorubicin CR=2009-10; rituximab CR=2009-10; vincristine CR=2009-10",
    ),
    (
        "She completed FOLFOX in May 2009. CT showed no evidence of disease.",
        "fluorouracil CR; oxaliplatin CR",
    ),
    ("He had a nephrectomy in 2007 and there is no evidence of disease.", ""),
    (
        "After 3 cycles of carboplatin and pemetrexed he had a mixed response.",
        "carboplatin MR; pemetrexed MR",
    ),
    ("His response to nivolumab is not evaluable.", "nivolumab NE"),
    ("The disease progressed despite sorafenib.", "sorafenib PD"),
    ("It held him stable for a year, did sorafenib.", "sorafenib SD"),
    ("He was stable on sorafenib for eleven months.", "sorafenib SD"),
    ("He is stable on warfarin and takes sorafenib.", ""),
    ("His weight is stable on sorafenib.", ""),
    ("Sorafenib was stopped on 3 May 2010 for progression.", "sorafenib PD"),
    ("Sorafenib was stopped, progression on CT 1 May 2010.", "sorafenib PD=2010-05-01"),
    ("The April scan showed further growth, and everolimus was stopped.", ""),
    ("Her disease has relapsed on lenalidomide.", ""),
    (
        "He developed progressive disease in February 2010 while on temsirolimus.",
        "temsirolimus PD=2010-02",
    ),
    (
        "Pathological complete response was seen at surgery after neoadjuvant FEC and docetaxel.",
        "cyclophosphamide CR; docetaxel CR; epirubicin CR; fluorouracil CR",
    ),
    # Lists, tables, arrows, talk of what may be
    (
        "Sunitinib (May 2009 - Feb 2010), best response PR (CT 3/8/09), stopped for PD (CT 1/2/10).",
        "sunitinib PD=2010-02-01; sunitinib PR=2009-08-03",
    ),
    (
        "First line: pazopanib, 10/2009-3/2010, SD. Second line: everolimus, 4/2010 onwards, CT pending.",
        "pazopanib SD",
    ),
    (
        "1. Interferon 2005-2006 - PD\n2. Sunitinib 2006-2009 - PR, then PD\n3. Everolimus 2009-2010 - SD",
        "everolimus SD; interferon alfa PD; sunitinib PD; sunitinib PR",
    ),
    (
        "TREATMENT\n- Sunitinib 50 mg from 3 May 2009\n   - CT 3 August 2009: PR\n   - CT 3 February 2010: PD\n- Everolimus from 10 February 2010\n   - CT 10 May 2010: SD",
        "everolimus SD=2010-05-10; sunitinib PD=2010-02-03; sunitinib PR=2009-08-03",
    ),
    (
        "RESPONSE: partial (CT 3 May 2010)\nTREATMENT: sunitinib since January 2010",
        "sunitinib PR=2010-05-03",
    ),
    (
        "Drug: sunitinib\nStart: 3 January 2010\nBest response: stable disease\nReason stopped: progressive disease",
        "sunitinib PD; sunitinib SD",
    ),
    (
        "Line | Drug | Start | Stop | Best response | Reason stopped\n1 | sunitinib | 05/2009 | 02/2010 | partial response | progression\n2 | everolimus | 03/2010 | 05/2010 | stable | toxicity",
        "everolimus SD; sunitinib PD; sunitinib PR",
    ),
    (
        "Date        Scan     Result\n03/08/2009  CT CAP   partial response on sunitinib\n03/02/2010  CT CAP   progressive disease",
        "sunitinib PD=2010-02-03; sunitinib PR=2009-08-03",
    ),
    (
        "He had high dose interleukin-2 in January and February 2010. The first scan on 6 April shows a partial response.",
        "aldesleukin PR=2010-04-06",
    ),
    (
        "I am pleased to report that Mr Jones remains in complete remission two years after interleukin-2.",
        "aldesleukin CR",
    ),
    (
        "Mr Jones had interleukin-2 in 2008. CT of 3 June 2010: no evidence of disease.",
        "aldesleukin CR=2010-06-03",
    ),
    (
        "She was treated with sunitinib and then with everolimus, both of which were stopped for progression.",
        "everolimus PD; sunitinib PD",
    ),
    ("She has progressed on both sunitinib and everolimus.", "everolimus PD; sunitinib PD"),
    (
        "She has progressed through sunitinib, everolimus and axitinib.",
        "axitinib PD; everolimus PD; sunitinib PD",
    ),
    (
        "Sunitinib was changed to pazopanib for hand-foot syndrome, and the CT in May 2010 showed stable disease.",
        "pazopanib SD=2010-05",
    ),
    ("The CT showed progression, so he was switched from sunitinib to everolimus.", "sunitinib PD"),
    ("PD on sunitinib -> everolimus (SD at 3 months) -> axitinib.", "everolimus SD; sunitinib PD"),
    ("Sunitinib -> PD -> everolimus -> SD.", "everolimus SD; sunitinib PD"),
    (
        "Sunitinib gave a PR lasting nine months, followed by PD, and she then had everolimus.",
        "sunitinib PD; sunitinib PR",
    ),
    ("He responded partially to sunitinib.", "sunitinib PR"),
    (
        "Sunitinib produced a partial response, which was maintained on CT in November 2009 and again in February 2010.",
        "sunitinib PR=2009-11; sunitinib PR=2010-02",
    ),
    (
        "The scan of 3 May 2010, compared with that of 4 February, shows stable disease on axitinib.",
        "axitinib SD=2010-05-03",
    ),
    ("CT today (14/6/10): stable disease. He continues axitinib.", "axitinib SD=2010-06-14"),
    ("Today's CT shows progressive disease on axitinib.", "axitinib PD=2010-06-14"),
    ("Axitinib since March. Last week's scan showed stable disease.", "axitinib SD=2010-06-07~"),
    ("In January 2010 he progressed on axitinib.", "axitinib PD=2010-01"),
    ("By RECIST criteria the response to axitinib is partial.", "axitinib PR"),
    ("RECIST PR on axitinib in April 2010.", "axitinib PR=2010-04"),
    (
        "He was found to have progressive disease on 3 April 2010 and axitinib was stopped on 5 April.",
        "axitinib PD=2010-04-03",
    ),
    ("Axitinib stopped 5/4/10 (PD).", "axitinib PD"),
    ("Axitinib 12/09-4/10, SD, stopped for toxicity.", "axitinib SD"),
    (
        "CT March 2010 - SD; CT May 2010 - PD. On axitinib.",
        "axitinib PD=2010-05; axitinib SD=2010-03",
    ),
    (
        "Axitinib from December 2009; SD in March, PD in May.",
        "axitinib PD=2010-05; axitinib SD=2010-03",
    ),
    ("No PR or CR was seen with axitinib; the best response was SD.", "axitinib SD"),
    ("He never achieved a partial response on axitinib, only stable disease.", "axitinib SD"),
    ("He did not have a complete response but a good partial response to axitinib.", "axitinib PR"),
    ("Rather than progression, the CT on axitinib showed stable disease.", "axitinib SD"),
    ("It is not clear whether this is progression. He takes axitinib.", ""),
    ("Were he to progress on axitinib, we would try everolimus.", ""),
    ("Should the scan show PD we will stop axitinib.", ""),
    ("The aim of axitinib is a partial response.", ""),
    ("His axitinib will stop at progression.", ""),
    ("Axitinib is to be continued as long as there is no progression.", ""),
    ("We hope for a partial response to axitinib.", ""),
    ("The disease is now progressing on axitinib.", "axitinib PD"),
    ("Disease control on axitinib.", ""),
    ("CT: no change on axitinib.", ""),
    ("Axitinib: good response.", ""),
    ("Axitinib: minor response.", ""),
    ("Axitinib was given with a very good partial response.", "axitinib PR"),
    # Case reports and North American notes
    (
        "A 62-year-old woman with ovarian cancer received six cycles of carboplatin and paclitaxel and achieved a complete response. Eighteen months later she relapsed and was retreated with carboplatin and gemcitabine, with a partial response. She then progressed and received pegylated liposomal doxorubicin, but the disease progressed after three cycles.",
        "carboplatin CR; carboplatin#2 PD; carboplatin#2 PR; doxorubicin PD; gemcitabine PD; gemcitabine PR; paclitaxel CR",
    ),
    (
        "A 45-year-old man with melanoma was treated with ipilimumab and nivolumab. After four cycles, PET-CT demonstrated a partial response. Nivolumab maintenance was continued, and a complete response was achieved at 12 months.",
        "ipilimumab PR; nivolumab CR; nivolumab PR",
    ),
    (
        "The patient was started on imatinib 400 mg daily. CT after three months revealed stable disease. Eight months later progression was noted and imatinib was increased to 800 mg. Sunitinib was given as second-line therapy, achieving disease stabilisation for six months.",
        "imatinib PD; imatinib SD; sunitinib SD",
    ),
    (
        "Treatment with vemurafenib resulted in a dramatic response, but the disease progressed after five months. Dabrafenib plus trametinib was then given without response.",
        "vemurafenib PD",
    ),
    (
        "He underwent induction chemotherapy with cytarabine and daunorubicin and achieved complete remission.",
        "cytarabine CR; daunorubicin CR",
    ),
    ("Complete remission was achieved after two courses of azacitidine.", "azacitidine CR"),
    (
        "She was in complete remission after ABVD.",
        "bleomycin CR; dacarbazine CR; doxorubicin CR; vinblastine CR",
    ),
    (
        "First-line treatment with FOLFIRINOX led to progressive disease, and second-line gemcitabine and nab-paclitaxel to stable disease.",
        "fluorouracil PD; gemcitabine SD; irinotecan PD; oxaliplatin PD; paclitaxel SD",
    ),
    (
        "Because of progressive disease, treatment was switched from gemcitabine to FOLFOX.",
        "gemcitabine PD",
    ),
    ("Upon disease progression, she was switched to osimertinib.", ""),
    (
        "She was treated with erlotinib. Upon disease progression, she was switched to osimertinib.",
        "erlotinib PD",
    ),
    ("At the time of progression on erlotinib a biopsy showed T790M.", "erlotinib PD"),
    ("Erlotinib was started and the patient remained progression free for 11 months.", ""),
    ("Erlotinib was effective with a progression-free survival of 14 months.", ""),
    ("The tumour did not respond to erlotinib and progressed.", "erlotinib PD"),
    (
        "Pembrolizumab was started but the patient experienced rapid progression.",
        "pembrolizumab PD",
    ),
    ("Hyperprogression was observed after two doses of pembrolizumab.", "pembrolizumab PD"),
    (
        "Letrozole for two years, until bone progression in May 2009; then exemestane, still stable.",
        "letrozole PD=2009-05",
    ),
    ("She has had no progression since starting letrozole in 2008.", ""),
    ("Tamoxifen 2003-2008. NED since.", ""),
    ("Adjuvant FEC in 2006. No evidence of recurrence.", ""),
    ("Chemoradiotherapy with cisplatin gave a complete clinical response.", "cisplatin CR"),
    ("There was a complete response of the skin lesions to radiotherapy. He takes axitinib.", ""),
    ("His rash showed a partial response to steroids. He takes axitinib.", ""),
    ("The trial requires progression on sunitinib. He is on sunitinib.", ""),
    (
        "About one in five patients has a complete response to interleukin-2. He had it in January 2010.",
        "",
    ),
    ("We discussed that PR is seen in 15% with interleukin-2.", ""),
    # Letters to patients; dates of scans and visits
    (
        "Dear Mr Jones,\n\nThe scan you had on 3 June shows that the cancer has shrunk by half, which is a partial response. You have been on sunitinib since March.",
        "sunitinib PR=2010-06-03",
    ),
    (
        "Dear Mrs Smith,\n\nYou asked me what a complete response means. It means that no cancer can be seen. You are on sunitinib.",
        "",
    ),
    (
        "Dear Mrs Smith,\n\nYour scan was stable and you will carry on with sunitinib.",
        "sunitinib SD",
    ),
    (
        "Dear Mrs Smith,\n\nYou remain in complete remission after the interleukin-2 we gave you in 2008.",
        "aldesleukin CR",
    ),
    (
        "Telephone call. Sunitinib day 14. CT last Tuesday reported as SD.",
        "sunitinib SD=2010-06-08~",
    ),
    ("MDT outcome: CT 1/6/10 PD on sunitinib. For everolimus.", "sunitinib PD=2010-06-01"),
    (
        "Imaging: CT 1/6/10 progressive disease.\nTreatment: sunitinib 2/09 - 5/10.",
        "sunitinib PD=2010-06-01",
    ),
    (
        "He had PR on his first CT (11 May 2009) and SD on the second (3 August 2009) on sunitinib.",
        "sunitinib PR=2009-05-11; sunitinib SD=2009-08-03",
    ),
    (
        "The first CT in May 2009 was reported as partial response, the second in August as stable disease; both on sunitinib.",
        "sunitinib PR=2009-05; sunitinib SD=2009-08",
    ),
    (
        "His sunitinib produced a partial response in May 2009 (CT 11/5/09).",
        "sunitinib PR=2009-05-11",
    ),
    (
        "On 3 May 2010 the CT confirmed progressive disease and sunitinib was discontinued the next day.",
        "sunitinib PD=2010-05-03",
    ),
    (
        "The PET-CT performed on 3 May 2010 revealed a complete metabolic response to nivolumab.",
        "nivolumab CR=2010-05-03",
    ),
    (
        "CT of the chest and abdomen (3 May 2010) - stable disease. Continues pazopanib.",
        "pazopanib SD=2010-05-03",
    ),
    (
        "Reviewed on 3 May 2010: clear progression clinically, with new skin nodules on pazopanib.",
        "pazopanib PD=2010-05-03",
    ),
    ("When seen on 3 May 2010 he had progressed on pazopanib.", "pazopanib PD=2010-05-03"),
    ("Progression was documented in May 2010 on pazopanib.", "pazopanib PD=2010-05"),
    ("Progression in May 2010. He had been on pazopanib since January.", "pazopanib PD=2010-05"),
    (
        "He was diagnosed in May 2009, progressed on pazopanib and came to see me in June 2010.",
        "pazopanib PD",
    ),
    ("He had stable disease on pazopanib until May 2010.", "pazopanib SD"),
    (
        "He had stable disease on pazopanib until May 2010, when the CT showed progression.",
        "pazopanib PD=2010-05; pazopanib SD",
    ),
    ("He was in partial remission on pazopanib from March to May 2010.", "pazopanib PR"),
    ("The scan booked for 30 June will show whether there is progression on pazopanib.", ""),
    (
        "The last scan (3 May) was stable; the next is on 3 August. He takes pazopanib.",
        "pazopanib SD=2010-05-03",
    ),
    (
        "CT 3 May 2010, compared with 4 January 2010: progressive disease. Pazopanib stopped.",
        "pazopanib PD=2010-05-03",
    ),
    ("CT 3 May 2010 vs 4 January 2010: SD on pazopanib.", "pazopanib SD=2010-05-03"),
    (
        "Since the scan of 4 January the disease has been stable on pazopanib (CT 3 May 2010).",
        "pazopanib SD=2010-05-03",
    ),
    (
        "Interleukin-2 in January 2010. CT 6 April 2010 SD, repeated on 1 June 2010: PR.",
        "aldesleukin PR=2010-06-01; aldesleukin SD=2010-04-06",
    ),
    (
        "Best response CR (first documented 6 April 2010) to interleukin-2.",
        "aldesleukin CR=2010-04-06",
    ),
    (
        "He achieved a CR with interleukin-2 in 2008, relapsed in 2009 and had a PR to sunitinib.",
        "aldesleukin CR; sunitinib PR",
    ),
    (
        "PR to sunitinib, CR to interleukin-2 (CT 6 April 2010).",
        "aldesleukin CR=2010-04-06; sunitinib PR",
    ),
    # Lookalikes, criteria, relatives, tick boxes
    ("PMH: PD, on Madopar. CR on clopidogrel. He takes sunitinib.", ""),
    ("O/E PR 88 irreg, chest clear. Bowels: PR empty. CR 1.4. Sunitinib continues.", ""),
    ("ER 8/8, PR 7/8, HER2 neg. Letrozole since 2009.", ""),
    ("ER positive/PR positive breast cancer on letrozole.", ""),
    ("Echo on sunitinib: EF 55%, mild MR. ECG: PR interval 180 ms.", ""),
    ("Drugs: sunitinib 50 mg, felodipine MR 5 mg, oxycodone CR 20 mg.", ""),
    ("DEXA T-score -2.3 (SD). Sunitinib.", ""),
    ("Mean 4.2, SD 1.1. Sunitinib.", ""),
    ("Sunitinib day 3. PD catheter in situ, does four exchanges a day.", ""),
    ("Creatinine (CR) 140 on sunitinib.", ""),
    ("CR: 140, CRP 5. Sunitinib.", ""),
    ("Sunitinib. CT: PR interval change.", ""),
    ("NE wing clinic. Sunitinib.", ""),
    ("Anti-PD-1 therapy with nivolumab. PD-L1 50%.", ""),
    ("He works in PR. He takes sunitinib.", ""),
    ("He has made a complete response form request. Sunitinib.", ""),
    ("Pain is stable on MST. Sunitinib continues.", ""),
    ("Stable angina. Sunitinib continues.", ""),
    ("Clinically stable. Sunitinib continues.", ""),
    ("He is stable and well on sunitinib.", ""),
    ("Sunitinib: PSA progression, castrate resistant.", "sunitinib PD"),
    ("His mobility has progressed well with physio on sunitinib.", ""),
    ("Progressive fatigue on sunitinib.", ""),
    ("Progressive weakness and progression of his dementia on sunitinib.", ""),
    ("Sunitinib caused progressive hypothyroidism.", ""),
    ("He progressed to a soft diet. Sunitinib.", ""),
    ("Progress: doing well on sunitinib.", ""),
    ("Progress since last visit on sunitinib: good.", ""),
    ("Follow-up of MS with disease progression in his wife. He takes sunitinib.", ""),
    ("His wife's disease has progressed on letrozole. He takes sunitinib.", ""),
    ("Mother: breast cancer, complete response to tamoxifen. Takes sunitinib.", ""),
    ("Family history: father progressed on interferon. Takes sunitinib.", ""),
    ("The man in the next bed had a complete remission on sunitinib.", ""),
    ("To continue sunitinib until disease progression or unacceptable toxicity.", ""),
    ("Sunitinib, stop if PD.", ""),
    ("Plan: sunitinib; CT in 3/12; if SD or better continue, if PD everolimus.", ""),
    ("Further courses of interleukin-2 only for CR or PR.", ""),
    ("Response (CR/PR/SD/PD): ____ Drug: sunitinib.", ""),
    ("Response: CR [ ] PR [x] SD [ ] PD [ ]. Drug: sunitinib.", "sunitinib PR"),
    ("Reason for stopping sunitinib: [ ] completed [x] progression [ ] toxicity", "sunitinib PD"),
    ("Reason for stopping sunitinib: [ ] completed [ ] PD [x] toxicity", ""),
    ("Sunitinib - PD?", ""),
    ("Query progression on sunitinib.", ""),
    ("Possible progression on sunitinib, rescan in 6 weeks.", ""),
    ("Likely progressive disease on sunitinib.", ""),
    ("Appearances suspicious for progression on sunitinib.", ""),
    ("The CT was done to exclude progression on sunitinib.", ""),
    ("No definite progression on sunitinib.", ""),
    ("Progression on sunitinib has been excluded.", ""),
    ("There is nothing to suggest progression on sunitinib.", ""),
    ("Not progressing on sunitinib.", ""),
    ("He has yet to progress on sunitinib.", ""),
    ("Without any sign of progression he remains on sunitinib.", ""),
    ("Sunitinib stopped, not for progression but toxicity.", ""),
    ("PFS on sunitinib 9 months.", ""),
    # Shorthand, OCR, other cancers
    ("The CT of l4 April 2O10 on sunitinib showed partia1 resp0nse.", "sunitinib PR=2010-04-14"),
    ("CT l4/O4/2O1O: stab1e disease on sunitinib.", "sunitinib SD=2010-04-14"),
    ("Sunitinib, pr0gressive disease on CT 3 May 2010.", "sunitinib PD=2010-05-03"),
    (
        "sunitinib is working by the resist criteria there is a partial response on the CT of the third of May",
        "sunitinib PR=2010-05-03",
    ),
    ("full stop new paragraph CT showed stable disease comma continues sunitinib", "sunitinib SD"),
    ("Sutent 50mg: Mar-Sept 09 SD; PD Oct 09.", "sunitinib PD=2009-10; sunitinib SD"),
    (
        "SUN 1/09-6/09 (SD), SOR 7/09-9/09 (PD), EVE 10/09- (PR).",
        "everolimus PR; sorafenib PD; sunitinib SD",
    ),
    ("Afinitor (best SD), stopped G3 pneumonitis.", "everolimus SD"),
    ("#1 sunitinib x 6/12 PR; #2 pazopanib x 3/12 PD", "pazopanib PD; sunitinib PR"),
    ("Pazopanib -> PR (Mar 10) -> PD (May 10).", "pazopanib PD=2010-05; pazopanib PR=2010-03"),
    (
        "Had nivo, CR on PET Mar 2010, remains NED on CT May 2010.",
        "nivolumab CR=2010-03; nivolumab CR=2010-05",
    ),
    ("ipi/nivo x4 with uCR on CT 3 May 2010.", "ipilimumab CR=2010-05-03; nivolumab CR=2010-05-03"),
    ("Axi/pembro since Jan 2010, iPR.", "axitinib PR; pembrolizumab PR"),
    ("On imatinib with CCyR and MMR.", ""),
    ("AML: 3+7 then CR1.", "cytarabine CR; daunorubicin CR"),
    (
        "Multiple myeloma: VTD x4, VGPR; melphalan autograft, sCR.",
        "bortezomib PR; melphalan CR; thalidomide PR",
    ),
    ("CLL, FCR x6, achieved nPR.", "cyclophosphamide PR; fludarabine PR; rituximab PR"),
    (
        "She had a pCR to neoadjuvant TCH-P.",
        "carboplatin CR; docetaxel CR; pertuzumab CR; trastuzumab CR",
    ),
    (
        "The primary has gone completely and there is no residual disease on CT after carboplatin.",
        "carboplatin CR",
    ),
    (
        "No viable tumour was found in the specimen after neoadjuvant FOLFOX.",
        "fluorouracil CR; oxaliplatin CR",
    ),
    ("Bevacizumab and temozolomide, with pseudoprogression at first.", ""),
    (
        "Prior treatment: sunitinib (PR, 14 months), everolimus (PD, 2 months).",
        "everolimus PD; sunitinib PR",
    ),
    (
        "Two previous lines: sunitinib - responded, PR; everolimus - primary refractory, PD.",
        "everolimus PD; sunitinib PR",
    ),
    ("She had primary progression on everolimus.", "everolimus PD"),
    ("He was primary refractory to everolimus.", ""),
    ("Failed sunitinib.", ""),
    ("Intolerant of sunitinib, SD at the time.", "sunitinib SD"),
    ("Sunitinib was stopped while he was still in partial remission.", "sunitinib PR"),
    ("Sunitinib was stopped in PR to move on to interleukin-2.", "sunitinib PR"),
    (
        "We stopped the sunitinib in order to consolidate his partial response with interleukin-2.",
        "sunitinib PR",
    ),
    (
        "He lost his response to sunitinib, with progression on the CT of 3 May 2010.",
        "sunitinib PD=2010-05-03",
    ),
    ("Complete response to interleukin-2 in 2008, now relapsed in the pancreas.", "aldesleukin CR"),
    ("After a complete response to interleukin-2 he relapsed after 18 months.", "aldesleukin CR"),
    ("His complete response to interleukin-2 has now lasted three years.", "aldesleukin CR"),
    ("The response to interleukin-2 was complete.", "aldesleukin CR"),
    ("The response to interleukin-2 has been a partial one.", "aldesleukin PR"),
    # Whole paragraphs
    ("Topotecan gave no response, progressive disease after two cycles.", "topotecan PD"),
    ("No CR, PR or SD was seen on topotecan.", ""),
    ("Neither a CR nor a PR was seen on topotecan.", ""),
    (
        "He had sunitinib from January 2009 to November 2009 with a partial response. Since then he has been on everolimus.\n\nHe is well in himself and has gained weight. His rash has settled and he is working full time. He no longer needs morphine.\n\nThe CT of 3 June shows stable disease.",
        "everolimus SD=2010-06-03; sunitinib PR",
    ),
    (
        "Diagnosis: metastatic renal cancer\nPrevious treatment: sunitinib, pazopanib\nCurrent treatment: axitinib since February 2010\n\nI saw Mr Jones today. The CT of 3 June shows stable disease and he will carry on.",
        "axitinib SD=2010-06-03",
    ),
    (
        "Diagnosis: metastatic renal cancer\nTreatment: sunitinib January 2009 to February 2010 (PR)\n\nHe came for the result of his CT of 3 June, which I am afraid shows progressive disease. We talked about everolimus, and funding will be sought.",
        "sunitinib PD=2010-06-03; sunitinib PR",
    ),
    (
        "Mrs Jones had two cycles of high-dose interleukin-2, starting on 5 January and 19 January 2010. She had previously had sunitinib, which she took for a year with a partial response and stopped in October 2009 without progression.\n\nThe CT of 6 April shows a further reduction in the lung nodules and is reported as a partial response by RECIST.",
        "aldesleukin PR=2010-04-06; sunitinib PR",
    ),
    (
        "He has had everolimus since March 2010. Before that he had sunitinib for two years with a partial response, until progression in February 2010.",
        "sunitinib PD=2010-02; sunitinib PR",
    ),
    (
        "He has had everolimus since March 2010, having progressed on sunitinib in February. The May CT was stable.",
        "everolimus SD=2010-05; sunitinib PD=2010-02",
    ),
    (
        "She has had three drugs: interferon (PD), sunitinib (PR) and everolimus (SD).",
        "everolimus SD; interferon alfa PD; sunitinib PR",
    ),
    (
        "Interferon in 2005 did nothing and the disease progressed. Sunitinib followed, and gave her a partial response for three years. Everolimus came next, with nothing better than stable disease.",
        "everolimus SD; interferon alfa PD; sunitinib PR",
    ),
    (
        "First she had interferon, with progressive disease. Then came sunitinib: a partial response, lost after a year.",
        "interferon alfa PD; sunitinib PR",
    ),
    (
        "The partial response she had to sunitinib has been lost: CT of 3 June shows progression.",
        "sunitinib PD=2010-06-03; sunitinib PR",
    ),
    (
        "On 3 June 2010 she had a CT which was compared with the CT of 4 March 2010. There is progressive disease. She takes sunitinib.",
        "sunitinib PD=2010-06-03",
    ),
    (
        "Sunitinib since January 2010. I have the CT report of 3 June. The lungs are much the same. The liver lesions are a little smaller. Overall this is stable disease.",
        "sunitinib SD=2010-06-03",
    ),
    (
        "Sunitinib since January 2010. CT 3 June 2010\nLungs: nodules smaller\nLiver: clear\nConclusion: partial response",
        "sunitinib PR=2010-06-03",
    ),
    # Dates
    (
        "He is on axitinib. The CT in April was stable and that in June shows progression.",
        "axitinib PD=2010-06; axitinib SD=2010-04",
    ),
    (
        "He is on axitinib. The April scan showed stable disease and the June one progression.",
        "axitinib PD=2010-06; axitinib SD=2010-04",
    ),
    (
        "He is on axitinib. Scans: 12 Apr - SD; 7 June - PD.",
        "axitinib PD=2010-06-07; axitinib SD=2010-04-12",
    ),
    (
        "He is on axitinib. Stable disease was seen on 12 April, progressive disease on 7 June.",
        "axitinib PD=2010-06-07; axitinib SD=2010-04-12",
    ),
    (
        "He is on axitinib, with stable disease on both the April and the June scans.",
        "axitinib SD=2010-04; axitinib SD=2010-06",
    ),
    (
        "He is on axitinib, with stable disease (12/4/10, 7/6/10).",
        "axitinib SD=2010-04-12; axitinib SD=2010-06-07",
    ),
    (
        "He is on axitinib, SD on CT 12/4/10 and 7/6/10.",
        "axitinib SD=2010-04-12; axitinib SD=2010-06-07",
    ),
    ("He is on axitinib. Yesterday's CT shows PD.", "axitinib PD=2010-06-13~"),
    ("He is on axitinib. A CT two weeks ago showed PD.", "axitinib PD=2010-05-31~"),
    ("He is on axitinib. A CT done last month showed PD.", "axitinib PD=2010-05"),
    ("He is on axitinib. CT done on Friday: PD.", "axitinib PD=2010-06-11~"),
    ("He is on axitinib. In the spring there was stable disease.", "axitinib SD=2010-21"),
    ("He is on axitinib. By Easter he had a partial response.", "axitinib PR=2010-04-04~"),
    ("He is on axitinib. By the end of April there was a partial response.", "axitinib PR=2010-04"),
    (
        "He started axitinib on 3 January 2010, had a CT on 12 April showing stable disease, and was last seen on 7 June.",
        "axitinib SD=2010-04-12",
    ),
    (
        "He started axitinib on 3 January 2010 (CT 12 April: stable disease).",
        "axitinib SD=2010-04-12",
    ),
    (
        "Axitinib 3 January 2010 to 7 June 2010; CT 12 April stable disease, CT 5 June progression.",
        "axitinib PD=2010-06-05; axitinib SD=2010-04-12",
    ),
    (
        "Axitinib 3 January - 7 June 2010, stopped for progression (CT of 5 June).",
        "axitinib PD=2010-06-05",
    ),
    (
        "Axitinib was stopped on 7 June after the CT of 5 June showed progression.",
        "axitinib PD=2010-06-05",
    ),
    (
        "Axitinib was stopped on 7 June because of progression on the CT of 5 June.",
        "axitinib PD=2010-06-05",
    ),
    ("Axitinib: stop date 7 June 2010, reason progression.", "axitinib PD"),
    ("On 7 June axitinib was stopped because the disease had progressed.", "axitinib PD"),
    ("She progressed in June 2010 and axitinib was stopped.", "axitinib PD=2010-06"),
    (
        "She came to clinic on 7 June with progressive disease on axitinib.",
        "axitinib PD=2010-06-07",
    ),
    (
        "MRI brain 5 June 2010: progression of the cerebral metastases on axitinib.",
        "axitinib PD=2010-06-05",
    ),
    (
        "Bone scan of 5 June 2010 shows progressive disease on axitinib, CT of 7 June is stable.",
        "axitinib PD=2010-06-05; axitinib SD=2010-06-07",
    ),
    ("Biopsy on 5 June 2010 confirmed progression on axitinib.", "axitinib PD=2010-06-05"),
    ("Following nephrectomy on 5 June 2010, CT showed stable disease on axitinib.", "axitinib SD"),
    ("CT report (typed 7 June 2010): stable disease on axitinib.", "axitinib SD"),
    ("Progression on axitinib was first documented on 5 June 2010.", "axitinib PD=2010-06-05"),
    ("The date of progression on axitinib was 5 June 2010.", "axitinib PD=2010-06-05"),
    ("Date of progression: 5 June 2010. Drug: axitinib.", "axitinib PD=2010-06-05"),
    (
        "Best response on axitinib PR, achieved 12 April 2010; progressed 5 June 2010.",
        "axitinib PD=2010-06-05; axitinib PR=2010-04-12",
    ),
    (
        "PR at first CT (12 April 2010), maintained at second (5 June 2010), on axitinib.",
        "axitinib PR=2010-04-12; axitinib PR=2010-06-05",
    ),
    # Several drugs
    (
        "She received epirubicin and cyclophosphamide followed by docetaxel before surgery, with a partial clinical response to the former and a complete response to the latter.",
        "cyclophosphamide PR; docetaxel CR; epirubicin PR",
    ),
    (
        "He was on sunitinib from 2008 to 2009, then everolimus, on which he progressed in May 2010.",
        "everolimus PD=2010-05",
    ),
    (
        "He was on sunitinib, on which he progressed in May 2009, then on everolimus.",
        "sunitinib PD=2009-05",
    ),
    (
        "Sunitinib, to which he had a partial response, was replaced by everolimus when he progressed.",
        "sunitinib PD; sunitinib PR",
    ),
    (
        "Sunitinib had to be stopped as the disease had progressed, and everolimus was begun.",
        "sunitinib PD",
    ),
    (
        "As the disease had progressed on sunitinib we changed to everolimus, which has held things stable.",
        "everolimus SD; sunitinib PD",
    ),
    ("The disease progressed and we changed sunitinib to everolimus.", "sunitinib PD"),
    ("We changed from sunitinib to everolimus on progression.", "sunitinib PD"),
    (
        "We changed from sunitinib to everolimus; on the latter the disease is stable.",
        "everolimus SD",
    ),
    ("Progression led to a change from sunitinib to everolimus in March 2010.", "sunitinib PD"),
    (
        "Having had a partial response to sunitinib and stable disease on everolimus he now has progression on axitinib.",
        "axitinib PD; everolimus SD; sunitinib PR",
    ),
    (
        "Of his three drugs only sunitinib worked (partial response); on sorafenib and everolimus he progressed.",
        "everolimus PD; sorafenib PD; sunitinib PR",
    ),
    (
        "Sorafenib: progression. Sunitinib: partial response then progression. Everolimus: too early to say.",
        "sorafenib PD; sunitinib PD; sunitinib PR",
    ),
    ("Everolimus - no scan yet. Sunitinib before that - PD.", "sunitinib PD"),
    (
        "He is to start everolimus, having progressed on sunitinib (CT 3 June 2010).",
        "sunitinib PD=2010-06-03",
    ),
    (
        "He is to start everolimus for progressive disease. Sunitinib was stopped last week.",
        "sunitinib PD",
    ),
    (
        "Stable disease on the CT of 3 June; he stays on everolimus 10 mg.",
        "everolimus SD=2010-06-03",
    ),
    (
        "Mrs Smith's CT of 3 June shows a partial response to the everolimus she began in March.",
        "everolimus PR=2010-06-03",
    ),
    (
        "The CT of 3 June, the first since she began everolimus in March, shows stable disease.",
        "everolimus SD=2010-06-03",
    ),
    # Ways of saying
    (
        "He has now failed two drugs, sunitinib and everolimus, with progression on each.",
        "everolimus PD; sunitinib PD",
    ),
    (
        "On axitinib he had a partial response as judged by the local radiologist (CT 3 May 2010), later confirmed centrally.",
        "axitinib PR=2010-05-03",
    ),
    (
        "Axitinib was begun on 3 January 2010 and the restaging scan nine weeks later showed a partial response.",
        "axitinib PR",
    ),
    ("His scan shows stable disease; I am encouraged. He takes axitinib 5 mg bd.", "axitinib SD"),
    ("His disease has been stable throughout on axitinib.", "axitinib SD"),
    ("The liver metastases have progressed on axitinib but the lung is stable.", "axitinib PD"),
    (
        "There has been slight progression in one node only, not amounting to progressive disease, on axitinib.",
        "axitinib PD",
    ),
    ("Progression-free on axitinib for a year.", ""),
    ("We are seeing early progression on axitinib.", "axitinib PD"),
    ("Mixed response on axitinib: lung better, liver worse.", "axitinib MR"),
    ("Response to axitinib: none, PD.", "axitinib PD"),
    ("Axitinib: PD as best response.", "axitinib PD"),
    ("Axitinib: best response not recorded.", ""),
    ("CT 3/6/10: RECIST SD (+12%). On axitinib.", "axitinib SD=2010-06-03"),
    ("CT 3/6/10: sum 45 mm (60 mm), -25%, SD. On axitinib.", "axitinib SD=2010-06-03"),
    ("CT 3/6/10: -45%, PR. On axitinib.", "axitinib PR=2010-06-03"),
    ("CT 3/6/10: PR (-45%), PR maintained. On axitinib.", "axitinib PR=2010-06-03"),
    ("Restaging: PR. On axitinib.", "axitinib PR"),
    ("RECIST: stable. On axitinib.", "axitinib SD"),
    ("Stable by RECIST on axitinib.", "axitinib SD"),
    ("Radiologically stable on axitinib.", "axitinib SD"),
    ("Clinically and radiologically stable on axitinib.", "axitinib SD"),
    ("CT stable. Continue axitinib.", "axitinib SD"),
    ("Stable CT. Continue axitinib.", "axitinib SD"),
    ("The tumour has progressed radiologically on axitinib.", "axitinib PD"),
    ("The cancer is progressing through axitinib.", "axitinib PD"),
    ("Progressive metastatic disease on axitinib.", "axitinib PD"),
    ("Progressed. Axitinib stopped.", "axitinib PD"),
    ("She is in CR since axitinib.", "axitinib CR"),
    ("She achieved remission on axitinib.", ""),
    ("Disease-free on axitinib.", ""),
    ("Excellent partial response, almost complete, on axitinib.", "axitinib PR"),
    ("Not quite a partial response on axitinib (-28%), so stable disease.", "axitinib SD"),
    ("Stable disease or better on axitinib.", ""),
    ("SD/PR on axitinib.", ""),
    ("Confirmed PR x2 on axitinib.", "axitinib PR"),
    # Cycles counted are not drugs; courses named without a verb; drugs only talked of
    (
        "He had sunitinib and then everolimus, with progression on both. Then four cycles of high-dose interleukin-2 with us. A PR after the first two cycles, and after all four the CT of 17 January 2010 was called a complete response.",
        "aldesleukin CR=2010-01-17; aldesleukin PR; everolimus PD; sunitinib PD",
    ),
    (
        "His interleukin began in 2008. Sorafenib came first and he progressed on it. Interleukin-2 thereafter in four cycles. The scan of 21 July 2008 was a PR and that of 10 November 2008 a CR.",
        "aldesleukin CR=2008-11-10; aldesleukin PR=2008-07-21; sorafenib PD",
    ),
    (
        "The chest, where it all was before your interleukin put her into complete remission, is still clean. I have told her that pazopanib may be mentioned.",
        "aldesleukin CR",
    ),
    (
        "Sunitinib and temsirolimus were both given up on account of progression, as was the interferon which preceded them.",
        "interferon alfa PD; sunitinib PD; temsirolimus PD",
    ),
    (
        "Axitinib was stopped for progressive disease, as indeed was his everolimus.",
        "axitinib PD; everolimus PD",
    ),
    ("He progressed on sunitinib, as his brother had on interferon.", "sunitinib PD"),
    # What is told of others, hoped for, or of something else than the cancer
    (
        "She takes pazopanib. I have told her that roughly one in five have a complete response.",
        "",
    ),
    (
        "He takes sunitinib. I warned him about fatigue and told him of the complete response seen with interleukin-2 in a fifth.",
        "",
    ),
    ("I told him that his scan shows a partial response to sunitinib.", "sunitinib PR"),
    ("I told her that there was a complete response to sunitinib on the CT.", "sunitinib CR"),
    (
        "Nivolumab was stopped for colitis. Methylprednisolone gave only a partial response of the bowel symptoms.",
        "",
    ),
    ("Steroids brought a complete response of the rash that sunitinib had caused.", ""),
    (
        "He has Parkinson's disease (PD) and takes sunitinib. His PD has progressed over the winter.",
        "",
    ),
    ("He takes sunitinib. At progression, everolimus or a trial?", ""),
    (
        "The CT at the end of sunitinib met the criteria for partial response.",
        "sunitinib PR",
    ),
    ("There are strict criteria for partial response. He takes sunitinib.", ""),
    (
        "He had everolimus at half the dose, and the best that could be said of it was stable disease.",
        "everolimus SD",
    ),
    # Dates: the status opens the sentence, the scan follows "until", a form's imaging line
    (
        "First line: sunitinib from 9 April 2009. Best response SD (July 2009). PD in December 2009 with a new bone lesion.",
        "sunitinib PD=2009-12; sunitinib SD=2009-07",
    ),
    (
        "Best response to pazopanib was PR, which lasted until the CT of June 10, 2009 that revealed progression.",
        "pazopanib PD=2009-06-10; pazopanib PR",
    ),
    (
        "He had sorafenib, with disease that remained stable until the CT of 4 March, which I am sorry to say shows progression.",
        "sorafenib PD=2010-03-04; sorafenib SD",
    ),
    (
        "He is on sunitinib. CT 11 March (after cycle 3), v 24 January: PR.",
        "sunitinib PR=2010-03-11",
    ),
    (
        "He is on sunitinib. However in March 2010 he came with a swelling of the scalp, and CT revealed new lesions. In view of progressive disease, sunitinib was stopped on 18/03/2010.",
        "sunitinib PD=2010-03",
    ),
    (
        "He had pazopanib. CT 02/03/2010: changes at the right base. Stable scarring. Remains in complete remission.",
        "pazopanib CR=2010-03-02",
    ),
    (
        "He had pazopanib. She came today for the result of the scan of 8 June. No evidence of disease.",
        "pazopanib CR=2010-06-08",
    ),
    (
        "Her disease, which had been stable on the scan of 11 April that followed her sunitinib, has now progressed on the CT of 7 June.",
        "sunitinib PD=2010-06-07; sunitinib SD=2010-04-11",
    ),
    # A response like the one before, the first course's, rows without rules, forms
    (
        "The scan of 6 June on interleukin-2 is a partial response. You will recall that the pazopanib, to which she had already had a response of the same degree, was given up in January.",
        "aldesleukin PR=2010-06-06; pazopanib PR",
    ),
    (
        "He had a complete response to FOLFOX. He responded just as well to paclitaxel.",
        "fluorouracil CR; oxaliplatin CR; paclitaxel CR",
    ),
    ("He takes sunitinib. It was the same response.", ""),
    (
        "The third line, after a gap in which he went to see his son in Perth, was everolimus, from April 2009; it was stopped on 6 June this year, both because of a pneumonitis, grade three, and because the May scan had shown progression as well.",
        "everolimus PD=2010-05",
    ),
    ("2 everolimus 24/08/09 22/02/10 PD SD", "everolimus PD; everolimus SD"),
    (
        "TEMSIROLIMUS 12/01/09 03/08/09 SD PD",
        "temsirolimus PD; temsirolimus SD",
    ),
    (
        "Everolimus from 24/08/09, CT 22/02/10 PD.",
        "everolimus PD=2010-02-22",
    ),
    (
        "He takes axitinib. Dr Bal pointed out that the unit has given only six patients interleukin-2 so far (2 PR, 1 death).",
        "",
    ),
    ("He takes axitinib. CECT 12/2009 SD.", "axitinib SD=2009-12"),
    ("He takes axitinib. HRCT of 3 May: progressive disease.", "axitinib PD=2010-05-03"),
    (
        "Leuprolide was started in June 2008. Abiraterone was added on 22 February 2009. A bone scan in April 2010 showed progression and the drug was stopped.",
        "abiraterone PD=2010-04",
    ),
    ("Case report: apparent progression after chemoradiotherapy. He had temozolomide.", ""),
    (
        "He had everolimus. The scan of 14 May shows progression, there being twice as many nodules in the right lung as in March.",
        "everolimus PD=2010-05-14",
    ),
    (
        "She started pazopanib in March 2009. The January CT showed new lesions. RECIST PD, no argument.",
        "pazopanib PD=2010-01",
    ),
    ("- pazopanib 3/09-1/10 SD, ceased PD", "pazopanib PD; pazopanib SD"),
    (
        "She was given dacarbazine, nimustine hydrochloride and vincristine and had progressive disease.",
        "dacarbazine PD; nimustine PD; vincristine PD",
    ),
    (
        "I saw her last in clinic on 7 June, when she was weak. Looking back, her pazopanib of 2009 held the disease in partial response.",
        "pazopanib PR",
    ),
]

#: Whole letters, dated by themselves or not at all.
LETTERS: list[tuple[str, str]] = [
    # Case reports and North American notes
    (
        "HALVERSON CANCER INSTITUTE\nDate of Service: 05/02/2011\nONCOLOGY HISTORY\n03/15/2010 Started sunitinib 50 mg.\n06/21/2010 CT: PR.\n11/01/2010 CT: PD. Sunitinib discontinued.\n11/22/2010 Everolimus 10 mg daily.\n01/31/2011 CT: SD.",
        "everolimus SD=2011-01-31; sunitinib PD=2010-11-01; sunitinib PR=2010-06-21",
    ),
    (
        "HALVERSON CANCER INSTITUTE\nDate of Service: 05/02/2011\nASSESSMENT: 55 y.o. M with metastatic ccRCC on pazopanib. Restaging CT 04/28/2011 consistent with partial response. Continue pazopanib.",
        "pazopanib PR=2011-04-28",
    ),
    (
        "HALVERSON CANCER INSTITUTE\nDate of Service: 05/02/2011\nIMPRESSION:\n1. RCC, s/p nephrectomy, progressing on axitinib per CT 04/28/2011.\n2. HTN, stable.",
        "axitinib PD=2011-04-28",
    ),
    (
        "HALVERSON CANCER INSTITUTE\nDate of Service: 05/02/2011\nPt with mRCC. s/p HD IL-2 x 2 cycles (Jan 2010), CR per RECIST on 04/10/2010, durable. NED on CT 04/28/2011.",
        "aldesleukin CR=2010-04-10; aldesleukin CR=2011-04-28",
    ),
    (
        "HALVERSON CANCER INSTITUTE\nDate of Service: 05/02/2011\nCurrent regimen: nivolumab q2w. Best response to date: SD.",
        "nivolumab SD",
    ),
    (
        "HALVERSON CANCER INSTITUTE\nDate of Service: 05/02/2011\nDisease status: progressive disease on pembrolizumab/axitinib (CT 4/28/11).",
        "axitinib PD=2011-04-28; pembrolizumab PD=2011-04-28",
    ),
    (
        "HALVERSON CANCER INSTITUTE\nDate of Service: 05/02/2011\nHe was treated with cabozantinib with radiographic progression after 6 months, followed by lenvatinib and everolimus with stable disease.",
        "cabozantinib PD; everolimus SD; lenvatinib SD",
    ),
    # Case reports
    (
        "A 58-year-old woman presented with stage IV colon cancer. She received first-line FOLFOX plus bevacizumab for 8 cycles with partial response, followed by maintenance capecitabine. After 10 months, CT revealed disease progression in the liver, and she was switched to FOLFIRI plus aflibercept. Stable disease was achieved for 5 months. Regorafenib was then administered, but she died of progressive disease two months later.",
        "aflibercept SD; bevacizumab PR; capecitabine PD; fluorouracil PR; fluorouracil#2 SD; irinotecan SD; oxaliplatin PR; regorafenib PD",
    ),
    (
        "We report a 70-year-old man with castration-resistant prostate cancer. Docetaxel was given for ten cycles and PSA fell. Abiraterone was started at progression. He then progressed on abiraterone and received cabazitaxel with stable disease as best response.",
        "abiraterone PD; cabazitaxel SD; docetaxel PD",
    ),
    (
        "A 66-year-old woman with HER2-positive breast cancer had a complete clinical response to neoadjuvant docetaxel, carboplatin and trastuzumab. Mastectomy showed a pathological complete response. Two years later liver metastases appeared; T-DM1 produced a partial response that lasted 14 months. On progression she received lapatinib plus capecitabine, with stabilization of the disease.",
        "capecitabine SD; carboplatin CR; docetaxel CR; lapatinib SD; trastuzumab CR; trastuzumab emtansine PD; trastuzumab emtansine PR",
    ),
    (
        "A 60-year-old man with metastatic melanoma received pembrolizumab. The first scan at 12 weeks showed progressive disease, but pembrolizumab was continued and a subsequent scan demonstrated partial response, which deepened to complete response at one year. Treatment was stopped and he remains disease free.",
        "pembrolizumab CR; pembrolizumab PD; pembrolizumab PR",
    ),
    (
        "The patient received gefitinib, and chest CT revealed a partial response. Eleven months after initiation, progressive disease was observed, with new brain metastases. Whole brain radiotherapy was given and gefitinib was replaced with pemetrexed, which resulted in stable disease.",
        "gefitinib PD; gefitinib PR; pemetrexed SD",
    ),
    (
        "Temozolomide was administered for six cycles. MRI showed no evidence of progression. Three months later, MRI showed tumor progression. Bevacizumab was started with a partial radiographic response.",
        "bevacizumab PR; temozolomide PD",
    ),
    (
        "She was given carboplatin/etoposide x 4 with good partial response and prophylactic cranial irradiation. She relapsed in the liver six months later. Topotecan: no response, progressive disease after two cycles.",
        "carboplatin PR; etoposide PR; topotecan PD",
    ),
    (
        "Sorafenib was initiated for unresectable hepatocellular carcinoma. According to mRECIST, the best response was stable disease. After progression, regorafenib was initiated. Radiological assessment at 8 weeks showed partial response.",
        "regorafenib PR; sorafenib PD; sorafenib SD",
    ),
    (
        "After two cycles of cisplatin and gemcitabine the disease had progressed and treatment was changed to nivolumab. The disease is currently in complete remission.",
        "cisplatin PD; gemcitabine PD; nivolumab CR",
    ),
    (
        "He was treated with imatinib, to which he responded for 5 years. On CT, there was progressive disease with new peritoneal lesions. He was started on sunitinib and had stable disease for 11 months, then regorafenib with disease progression at 3 months.",
        "imatinib PD; regorafenib PD; sunitinib SD",
    ),
    (
        "Response evaluation after three cycles of doxorubicin and ifosfamide revealed stable disease; after six cycles, partial response. The patient underwent resection of the residual tumour. There is no evidence of disease at 24 months.",
        "doxorubicin PR; doxorubicin SD; ifosfamide PR; ifosfamide SD",
    ),
    (
        "Complete remission was confirmed by bone marrow biopsy following induction with daunorubicin and cytarabine.",
        "cytarabine CR; daunorubicin CR",
    ),
    (
        "In patients with EGFR mutations, response rates to gefitinib exceed 60%. Our patient, who received gefitinib, had a partial response.",
        "gefitinib PR",
    ),
    ("Two patients achieved partial response to pazopanib in this series.", ""),
    # Whole paragraphs
    (
        "RADIOLOGY DEPARTMENT\nCT THORAX ABDOMEN PELVIS\nExamination date: 3 June 2010\nReported: 5 June 2010\nClinical details: RCC on sunitinib, ?response\nComparison: 4 March 2010\nFindings: nodules smaller.\nConclusion: Partial response (RECIST 1.1).",
        "sunitinib PR=2010-06-03",
    ),
    (
        "RADIOLOGY DEPARTMENT\nPET-CT REPORT\nScan date: 03/06/2010\nClinical history: DLBCL post R-CHOP x6\nImpression: Complete metabolic response (Deauville 1).",
        "cyclophosphamide CR=2010-06-03; doxorubicin CR=2010-06-03; rituximab CR=2010-06-03; vincristine CR=2010-06-03",
    ),
    (
        "MDT 14/06/2010\nName: Smith\nHx: RCC 2007. Sunitinib 1/09-5/10.\nRadiology: CT 3/6/10 PD lungs and liver.\nOutcome: everolimus.",
        "sunitinib PD=2010-06-03",
    ),
    (
        "MDT 14/06/2010\nCT (3/6/10): SD\nCT (4/3/10): PR\nDrug: sunitinib from 10/09",
        "sunitinib PR=2010-03-04; sunitinib SD=2010-06-03",
    ),
    # Several drugs
    (
        "Clinic 14/06/2010\nDiagnosis: metastatic RCC\nTreatment history:\n1. Sunitinib Jan 2008 - Mar 2009. Best response: PR. Stopped: PD.\n2. Everolimus Apr 2009 - Sep 2009. Best response: SD. Stopped: pneumonitis.\n3. HD IL-2, 2 cycles Jan/Feb 2010.\nCT 10/05/2010: PR.",
        "aldesleukin PR=2010-05-10; everolimus SD; sunitinib PD; sunitinib PR",
    ),
    (
        "Clinic 14/06/2010\nTreatment:\nSunitinib 50 mg 4/2\n  Jan 2008 - Mar 2009\n  response PR\n  stopped for progression\nHD IL-2\n  Jan 2010\n  response CR (CT 10/05/2010)",
        "aldesleukin CR=2010-05-10; sunitinib PD; sunitinib PR",
    ),
    (
        "Clinic 14/06/2010\n| Drug | Dates | Response |\n| sunitinib | 01/08-03/09 | PR then PD |\n| everolimus | 04/09-09/09 | SD |\n| IL-2 | 01/10 | CR 10/05/10 |",
        "aldesleukin CR=2010-05-10; everolimus SD; sunitinib PD; sunitinib PR",
    ),
    (
        "Date of Visit: 06/14/2010\nONC HX:\n- 1/2008: started sunitinib\n- 4/2008: CT with PR\n- 3/2009: PD, switched to everolimus\n- 6/2009: SD\n- 9/2009: PD\n- 1/2010: HD IL-2\n- 5/2010: CR on CT",
        "aldesleukin CR=2010-05; everolimus PD=2009-09; everolimus SD=2009-06; sunitinib PD=2009-03; sunitinib PR=2008-04",
    ),
    (
        "Date of Visit: 06/14/2010\nInterval history: doing great. CT C/A/P 06/10/2010: continued PR. A/P: mRCC on 1L pazopanib, ongoing PR. Continue.",
        "pazopanib PR=2010-06-10",
    ),
    (
        "Date of Visit: 06/14/2010\nImpression: 60M with mRCC s/p L nephrectomy, s/p sunitinib (PD), now on cabozantinib w/ SD on CT 06/10/2010.",
        "cabozantinib SD=2010-06-10; sunitinib PD",
    ),
    # After interleukin-2
    (
        "Clinic 7 March 2011\n\nDear Mr Brown,\n\nIt was good to see you. The scan on 1 March shows that everything has gone, which we call a complete response. You had interleukin-2 in July and October 2010 and need nothing more. Scans will be every three months. If it came back we would think about sunitinib.",
        "aldesleukin CR=2011-03-01",
    ),
    (
        "Clinic 7 March 2011\n\nDear Dr White,\n\nMr Brown is eight months out from high dose interleukin-2. His CT of 1 March shows a continuing complete response. He had previously progressed on sunitinib and everolimus.",
        "aldesleukin CR=2011-03-01; everolimus PD; sunitinib PD",
    ),
    (
        "Clinic 7 March 2011\n\nDear Dr White,\n\nMr Brown had high dose interleukin-2 last summer. I have to report that the CT of 1 March shows that he has relapsed, having been in complete remission since November. We shall start sunitinib next week.",
        "aldesleukin CR=2010-11",
    ),
    (
        "Clinic 7 March 2011\n\nDear Dr White,\n\nFollow-up after HD IL-2 (July 2010). CT 7/9/10: PR. CT 16/11/10: CR. CT 1/3/11: CR maintained.",
        "aldesleukin CR=2010-11-16; aldesleukin CR=2011-03-01; aldesleukin PR=2010-09-07",
    ),
    (
        "Clinic 7 March 2011\n\nDear Dr White,\n\nThe first CT after interleukin-2 (7 September) was a partial response, the second (16 November) a complete response and the third, on 1 March, is again a complete response.",
        "aldesleukin CR=2010-11-16; aldesleukin CR=2011-03-01; aldesleukin PR=2010-09-07",
    ),
    (
        "Clinic 7 March 2011\n\nDear Dr White,\n\nOverall assessment after interleukin-2: partial response (7/9/10), improving to complete response (16/11/10), unchanged on 1/3/11.",
        "aldesleukin CR=2010-11-16; aldesleukin CR=2011-03-01; aldesleukin PR=2010-09-07",
    ),
    (
        "Clinic 7 March 2011\n\nDear Dr White,\n\nSadly interleukin-2 has not worked for him. The CT of 1 March shows progressive disease in the lungs.",
        "aldesleukin PD=2011-03-01",
    ),
    (
        "Clinic 7 March 2011\n\nDear Dr White,\n\nShe finished her interleukin-2 in January. CT 1 March 2011: too early and degraded by movement; response not evaluable.",
        "aldesleukin NE=2011-03-01",
    ),
    (
        "Clinic 7 March 2011\n\nDear Dr White,\n\nThe scan after interleukin-2 done on 1 March was a mixed response, with the lung lesions smaller and the liver lesions larger.",
        "aldesleukin MR=2011-03-01",
    ),
    (
        "Discharge summary\nDischarged 11/07/2010\nBackground: sunitinib 2009 (PR, stopped for IL-2), everolimus nil.\nTreatment: HD IL-2 cycle 1 from 05/07/2010.\nPlan: CT after cycle 2. If CR or PR second course.",
        "sunitinib PR",
    ),
    (
        "Discharge summary\nDischarged 11/07/2010\nHistory: metastatic RCC, previously treated with sunitinib with a partial response followed by progression, and everolimus with stable disease.\nAdmitted for cycle 1 of high dose interleukin-2.",
        "everolimus SD; sunitinib PD; sunitinib PR",
    ),
    (
        "Date of Service: 03/27/2011\nHPI: 58 yo M w/ mRCC, s/p HD IL-2 (course 1 07/2010, course 2 10/2010) with CR. Surveillance CT 03/01/2011: no evidence of disease. ECOG 0.",
        "aldesleukin CR=2011-03-01",
    ),
    (
        "Date of Service: 03/27/2011\nHPI: 58 yo M w/ mRCC. Prior: sunitinib (best response SD; d/c'd 05/2010 for PD), HD IL-2 (best response PR 09/07/2010; PD 01/15/2011). Now on axitinib.",
        "aldesleukin PD=2011-01-15; aldesleukin PR=2010-09-07; sunitinib PD; sunitinib SD",
    ),
    (
        "Date of Service: 03/27/2011\nOnc History:\nLine 1: sunitinib 01/2009-05/2010. Response: PR. Reason for d/c: PD.\nLine 2: HD IL-2 07/2010. Response: CR (11/16/2010).\nStatus: no evidence of disease, CT 03/01/2011.",
        "aldesleukin CR=2010-11-16; aldesleukin CR=2011-03-01; sunitinib PD; sunitinib PR",
    ),
    (
        "Date of Service: 03/27/2011\nRECIST 1.1 assessment (CT 03/01/2011 vs baseline 06/20/2010): target -46%, non-target non-CR/non-PD, no new lesions. Overall response: PR.\nTreatment: nivolumab since 07/2010.",
        "nivolumab PR=2011-03-01",
    ),
    (
        "Date of Service: 03/27/2011\nTumor Board: CT 3/1 with interval progression in lung and liver on nivolumab. Recommend cabozantinib.",
        "nivolumab PD=2011-03-01",
    ),
    (
        "Date of Service: 03/27/2011\nA/P: RCC with progression of disease on 2nd line nivolumab. Start cabozantinib 60 mg.",
        "nivolumab PD",
    ),
    (
        "Date of Service: 03/27/2011\nMs. X presents for C5 of nivolumab. Scans last week reviewed: SD per RECIST.",
        "nivolumab SD=2011-03-20~",
    ),
    (
        "Date of Service: 03/27/2011\nProgression on pazopanib confirmed 03/01/2011; cabozantinib Rx sent.",
        "pazopanib PD=2011-03-01",
    ),
    (
        "IMAGING     CT 13/05/2010, target lesions 46 mm to 27 mm\nRESPONSE TO IL-2    [ ] CR    [X] PR    [ ] SD    [ ] PD    [ ] NE",
        "aldesleukin PR=2010-05-13",
    ),
    (
        "1. PROPOSED TREATMENT\nAldesleukin 600,000 units/kg.\n\n2. SACT HISTORY\nPazopanib 800 mg od. First tablets 08-Jun-2009.\n- Hair lightened.\n- CT 20-Dec-2009: PR (report seen).\n- Also PR at Sept CT per clinic letter.\n- Final tablet 14-Jan-2010.",
        "pazopanib PR=2009-09; pazopanib PR=2009-12-20",
    ),
    (
        "HD IL-2 was given in 2009.\n\nCT C/A/P 04/03/2010: post-op changes RLL. Stable scarring. Remains in complete remission.",
        "aldesleukin CR=2010-03-04",
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(reader: Reader, text: str, expected: str) -> None:
    view = View(reader.read(text), reader.lexicon).dated(EdtfDate.parse("2010-06-14"), "dmy")
    assert _responses(view) == _rows(expected)


@pytest.mark.parametrize(("text", "expected"), LETTERS)
def test_letters(reader: Reader, text: str, expected: str) -> None:
    view = View(reader.read(text), reader.lexicon)
    anchor, order, _ = letterdate.find(view)
    assert _responses(view.dated(anchor, order)) == _rows(expected)


@pytest.mark.parametrize("name", load_cues("response").rules)
def test_cues_match_their_examples(name: str) -> None:
    cue = load_cues("response").rules[name]
    for example in cue.examples.match:
        marked = re.search(r"\[.*\]", example)
        assert marked is not None
        start, stop = marked.start(), marked.end() - 2
        plain = example[:start] + marked.group()[1:-1] + example[marked.end() :]
        text = plain[start:] if cue.regex.startswith("^") else plain
        text = text[: len(text) - (len(plain) - stop)] if cue.regex.endswith("$") else text
        found = cue.compiled().search(text)
        assert found is not None, example
        assert found.group() == plain[start:stop], example
    for example in cue.examples.skip:
        assert not cue.compiled().search(example), example


def _responses(view: View) -> set[str]:
    """Rows as "drug CR", or "drug CR=date" where the status is dated."""
    drafts = [d for d in find(view) if d.field.value.startswith("response")]
    dated = {f"{d.item} {d.value}".strip() for d in drafts if d.field.value == "response_date"}
    bare = {f"{d.item} {d.value}".strip() for d in drafts if d.field.value == "response"}
    return dated | {row for row in bare if not any(d.startswith(row + "=") for d in dated)}


def _rows(expected: str) -> set[str]:
    return {row for row in expected.split("; ") if row}
