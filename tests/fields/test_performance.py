"""Performance status: sentences and short letters with the facts they must give."""

from __future__ import annotations

import pytest

from extract.fields import performance
from extract.fields.view import View
from extract.language.pipeline import Reader
from extract.records import Reason
from extract.values.datekinds import DateContext
from extract.values.dates import EdtfDate

#: Sentences of a letter of 14 June 2010, and the rows they give.
SENTENCES: list[tuple[str, str]] = [
    ("ECOG 1 (2 when I saw him in March)", "ecog=1 ecog_past=2"),
    ("He would need to be PS 0 or 1; today he is a 2", "ecog=2"),
    ("P.S. 1 further CT is booked", ""),
    ("Her husband is PS 3 and she cares for him", ""),
    ("WHO grade 2 tumour, WHO PS 1", "ecog=1"),
    ("Karnofsky 70", "karnofsky=70"),
    ("PS1", "ecog=1"),
    ("PS: 1", "ecog=1"),
    ("PS=1", "ecog=1"),
    ("PS-1", "ecog=1"),
    ("PS of 1", "ecog=1"),
    ("PS one", "ecog=1"),
    ("ECOG-PS 1", "ecog=1"),
    ("ECOG score 1", "ecog=1"),
    ("WHO 1", "ecog=1"),
    ("Zubrod 1", "ecog=1"),
    ("Perf status 1", "ecog=1"),
    ("PF status 1", "ecog=1"),
    ("performace status 1", "ecog=1"),
    ("PS l", "ecog=1"),
    ("PS I", "ecog=1"),
    ("performance status remains 1", "ecog=1"),
    ("I would put him at PS 1.", "ecog=1"),
    ("Lives with his wife, PS 1.", "ecog=1"),
    ("His wife reports that he is PS 1", "ecog=1"),
    ("Reviewed with his wife and his performance status is 1", "ecog=1"),
    ("Will return in 6 weeks, PS 1 today", "ecog=1"),
    ("PS 0/1", "ecog=0-1"),
    ("PS 0 to 1", "ecog=0-1"),
    ("PS borderline 1/2", "ecog=1-2"),
    ("E.C.O.G. of zero", "ecog=0"),
    ("WHO PS nought", "ecog=0"),
    ("W.H.O. PS 2", "ecog=2"),
    ("preformance status O", "ecog=0"),
    ("KPS 90%", "karnofsky=90"),
    ("KPS 70-80", "karnofsky=70-80"),
    ("PS has improved from 2 to 1", "ecog=1 ecog_past=2"),
    ("PS 1 (was 2)", "ecog=1 ecog_past=2"),
    ("PS ?3", ""),
    ("if his PS improves to 1 we will treat", ""),
    ("patients must be PS 0-1", ""),
    ("Performance status 0-1 required for entry.", ""),
    ("The trial is open to patients with an ECOG of 0 to 2.", ""),
    ("She meets all criteria: PS 1, CAIX 90%, 2 organs.", "ecog=1"),
    ("He would be eligible with a PS of 1.", ""),
    ("PS 0 before surgery, 1 now.", "ecog=1 ecog_past=0"),
    ("PS is currently 1 (was 2 when he came to us).", "ecog=1 ecog_past=2"),
    ("Her performance status has deteriorated to 3.", "ecog=3"),
    ("His ECOG performance status has gone from 1 to 0.", "ecog=0 ecog_past=1"),
    ("He was ECOG 0 at diagnosis and is ECOG 1 today.", "ecog=1 ecog_past=0"),
    ("PS at diagnosis 0", "ecog_past=0"),
    ("Performance status on admission: 1", "ecog_past=1"),
    ("Performance status on discharge: 2", "ecog=2"),
    ("ECOG PS was 1 on 14 June 2010.", "ecog=1"),
    ("ECOG PS was 1 on 1 June 2010.", "ecog_past=1"),
    ("At his last visit his PS was 1.", "ecog_past=1"),
    ("Three months ago she was PS 0.", "ecog_past=0"),
    ("PS 1 three weeks ago; today 2.", "ecog=2 ecog_past=1"),
    ("He was performance status 2 for most of the winter.", "ecog_past=2"),
    ("If his performance status is still 1 in May we will go ahead.", ""),
    ("Should his PS fall to 3 we would stop.", ""),
    ("We would only treat if PS 0.", ""),
    ("I hope he will be PS 1 by then.", ""),
    ("Once she is back to PS 1 we will restart.", ""),
    ("PS >2 would exclude him.", ""),
    ("ECOG <=1", ""),
    ("not fit (PS 3)", "ecog=3"),
    ("Not a candidate as PS 3.", "ecog=3"),
    ("not for chemotherapy, PS 3", "ecog=3"),
    ("Her mother's performance status is 3.", ""),
    ("She cares for her husband (PS 3).", ""),
    ("Her own performance status is one.", "ecog=1"),
    ("performance status of 1, having been 2", "ecog=1 ecog_past=2"),
    ("PS 1 having been 2 in January", "ecog=1 ecog_past=2"),
    ("performance status 1/2", "ecog=1-2"),
    ("PS 1 to 2 at present", "ecog=1-2"),
    ("WHO PS=0-1", "ecog=0-1"),
    ("PS: Zero", "ecog=0"),
    ("ECOG performance status is zero.", "ecog=0"),
    ("A fit man with an ECOG of nought.", "ecog=0"),
    ("WHO grade II", ""),
    ("WHO ladder step 2", ""),
    ("WHO performance status grade 1", "ecog=1"),
    ("ECOG grade 1", "ecog=1"),
    ("Performance status: grade 2", "ecog=2"),
    ("PS (ECOG): 1", "ecog=1"),
    ("Performance Status: ECOG 1 - Symptomatic, ambulatory", "ecog=1"),
    ("KPS=80", "karnofsky=80"),
    ("KPS 70 (ECOG 1)", "ecog=1 karnofsky=70"),
    ("Karnofsky score 90-100", "karnofsky=90-100"),
    ("Karnofsky performance status of seventy", "karnofsky=70"),
    ("Lansky score 90", ""),
    ("palliative performance scale 60%", ""),
    ("PPS 50%", ""),
    ("PS 60%", "karnofsky=60"),
    ("ASA 2, NYHA 1", ""),
    ("PSA 1.2", ""),
    ("PS 1.", "ecog=1"),
    ("P.S. He is PS 1.", "ecog=1"),
    ("PS: lives alone, well", ""),
    ("GPS 1", ""),
    ("MAPS 2", ""),
    ("ECOG E2805 study", ""),
    ("ECOG-ACRIN 2810", ""),
    ("ecog 1", "ecog=1"),
    ("ps 1 today", "ecog=1"),
    ("Ps1", "ecog=1"),
    ("pt well, ps0", "ecog=0"),
    ("perf. status: 1", "ecog=1"),
    ("Perf stat 2", "ecog=2"),
    ("PS - 1", "ecog=1"),
    ("PS is 1.", "ecog=1"),
    ("PS now 3 (bedbound mostly)", "ecog=3"),
    ("PS approx 1", "ecog=1"),
    ("PS probably 1", "ecog=1"),
    ("PS 1?", ""),
    ("PS 2 or worse is a contraindication", ""),
    ("ECOG 2 per the referring oncologist", "ecog=2"),
    ("ECOG per referral letter 1; I make him 2.", "ecog=2 ecog_past=1"),
    ("PS: 1 (unchanged)", "ecog=1"),
    ("ECOG PS 1 (0 = fully active, 1 = restricted)", "ecog=1"),
    ("ECOG 0 (fully active)", "ecog=0"),
    ("He has an ECOG PS of 0, KPS 100.", "ecog=0 karnofsky=100"),
    ("PS 0 → 1 → 2", "ecog=2 ecog_past=0 ecog_past=1"),
    ("PS 0 (Jan), 1 (April), 2 (today)", "ecog=2 ecog_past=0 ecog_past=1"),
    ("He is neither PS 0 nor 1.", ""),
    ("No change in performance status (1).", "ecog=1"),
    ("no longer PS 0", ""),
    ("ECOG performance status remained at 1 throughout.", "ecog=1"),
    ("Performance status maintained at 0-1.", "ecog=0-1"),
    ("between PS 1 and 2", "ecog=1-2"),
    ("performance status between 1 and 2", "ecog=1-2"),
    ("PS somewhere between 1 and 2", "ecog=1-2"),
    ("I judged her performance status to be 2.", "ecog=2"),
    ("On my assessment performance status 2.", "ecog=2"),
    ("WHO performance score: 1", "ecog=1"),
    ("Performance Score 1", "ecog=1"),
    ("PS of about 2", "ecog=2"),
    ("his PS had been 0", "ecog_past=0"),
    ("his PS has been 0", "ecog=0"),
    ("ECOG performance status one-two", "ecog=1-2"),
    ("patient is performance status two", "ecog=2"),
    ("PS 1 for HD-IL2", "ecog=1"),
    ("Suitable for trial, ECOG 1.", "ecog=1"),
    ("we discussed the trial; her PS is 1", "ecog=1"),
    ("Trial entry requires PS 0-1 and she is PS 2.", "ecog=2"),
    ("(PS 2)", "ecog=2"),
    ("[PS 1]", "ecog=1"),
    ("ECOG performance status (circle): 0 (1) 2 3 4", "ecog=1"),
    ("ECOG: 0 1 [2] 3 4", "ecog=2"),
    ("PS 0 1 2 3 4", ""),
    ("PS 0/1/2/3/4", ""),
    ("ECOG 0 / 1 / 2 / 3", ""),
    ("Performance status: ____", ""),
    ("PS not recorded", ""),
    ("PS: n/k", ""),
    ("P S 1", "ecog=1"),
    ("Perfomance status= 1", "ecog=1"),
    ("Perforrnance status l", "ecog=1"),
    ("ECOG O", "ecog=0"),
    ("WH0 1", "ecog=1"),
    ("PS O-l", "ecog=0-1"),
    ("ECOG PS: l-2", "ecog=1-2"),
    ("KPS 9O", "karnofsky=90"),
    ("Karnofsky 8O%", "karnofsky=80"),
    ("e-cog 1", "ecog=1"),
    ("eco G one", "ecog=1"),
    ("Karnovsky 80", "karnofsky=80"),
    ("Karnofski eighty", "karnofsky=80"),
    ("In general oncologists use the WHO scale 0-4.", ""),
    ("WHO criteria, PR", ""),
    ("Alive, PS 1 at 24 months", "ecog=1"),
    ("She declined. PS 1. Lives with husband.", "ecog=1"),
    ("his PS will be 1", ""),
    ("expected PS 1", ""),
    (
        (
            "He was bedbound with a PS of 4 until the steroids; he is now up and about with "
            "a PS of 2."
        ),
        "ecog=2 ecog_past=4",
    ),
    ("Her Eastern Cooperative Oncology Group (ECOG) performance status (PS) was 1.", "ecog=1"),
    ("with a Karnofsky Performance Status of 80%", "karnofsky=80"),
    ("He was frail (ECOG PS = 3).", "ecog=3"),
    ("performance status (PS) of 3 according to the ECOG scale", "ecog=3"),
    ("World Health Organization (WHO) performance status 1", "ecog=1"),
    ("WHO performance status: grade 1", "ecog=1"),
    ("KPS score of 60", "karnofsky=60"),
    ("PS: 0–1", "ecog=0-1"),
    ("Zubrod performance status of 2", "ecog=2"),
    ("an ECOG status of 1", "ecog=1"),
    ("an ECOG of 1", "ecog=1"),
    ("performance status 1 (Eastern Cooperative Oncology Group)", "ecog=1"),
    ("Karnofsky performance status (KPS), 70", "karnofsky=70"),
    (
        ("The patient's performance status (Eastern Cooperative Oncology Group scale) was 2."),
        "ecog=2",
    ),
    ("performance status according to ECOG was 1", "ecog=1"),
    ("According to the ECOG scale, her performance status was 1.", "ecog=1"),
    ("ECOG performance status score: 1", "ecog=1"),
    ("ECOG (Eastern Cooperative Oncology Group): 1", "ecog=1"),
    ("ECOG-performance status 1", "ecog=1"),
    ("performance status ECOG 0", "ecog=0"),
    ("ECOG Performance Score of 2", "ecog=2"),
    ("ECOG performance status is 1 (ambulatory, able to do light work).", "ecog=1"),
    ("ECOG Performance Status = 0 (asymptomatic)", "ecog=0"),
    ("ECOG performance status of 1; Karnofsky performance score of 80.", "ecog=1 karnofsky=80"),
    ("GENERAL: NAD, ECOG 1", "ecog=1"),
    ("ECOG Performance Status: 1, 14/06/2010", "ecog=1"),
    ("Performance Status: ECOG=2", "ecog=2"),
    ("ECOG performance status: [1]", "ecog=1"),
    ("Fully ambulatory, ECOG zero.", "ecog=0"),
    ("He's a PS1 gentleman", "ecog=1"),
    ("a PS 0 patient", "ecog=0"),
    ("This PS 1 gentleman came to clinic", "ecog=1"),
    ("this 63 year old PS0 lady", "ecog=0"),
    ("She is fit and well, performance status zero.", "ecog=0"),
    ("His performance status is nought.", "ecog=0"),
    ("I would estimate his performance status as 1.", "ecog=1"),
    ("I'd rate him as a performance status of 2", "ecog=2"),
    ("I think his performance status is now 2 rather than 1", "ecog=2"),
    ("PS 2 rather than 1", "ecog=2"),
    ("Performance status has slipped to two.", "ecog=2"),
    ("PS has dropped to 2", "ecog=2"),
    ("PS has gone down from 1 to 2", "ecog=2 ecog_past=1"),
    ("her PS is at best 2", "ecog=2"),
    ("PS 2 (previously 1)", "ecog=2 ecog_past=1"),
    ("PS 2 (prev. 1)", "ecog=2 ecog_past=1"),
    ("PS 2 (baseline 1)", "ecog=2 ecog_past=1"),
    ("ECOG 1 (from 2)", "ecog=1 ecog_past=2"),
    ("ECOG 1, up from 2 a month ago", "ecog=1 ecog_past=2"),
    ("ECOG 1, improved from 2", "ecog=1 ecog_past=2"),
    ("He has improved from PS 3 to PS 1.", "ecog=1 ecog_past=3"),
    ("ECOG PS 0 at baseline and 1 now", "ecog=1 ecog_past=0"),
    ("Baseline ECOG 0; current ECOG 1", "ecog=1 ecog_past=0"),
    ("Pre-treatment PS 0, post-treatment PS 1", "ecog=1 ecog_past=0"),
    ("PS 1 at last clinic, PS 2 today", "ecog=2 ecog_past=1"),
    ("was PS 0 last month, is PS 1 this morning", "ecog=1 ecog_past=0"),
    ("He was PS 0 when sunitinib started", "ecog_past=0"),
    ("He had a PS of 0 before his hip fracture", "ecog_past=0"),
    (
        "His performance status fell to 3 during the admission but he is now PS 1",
        "ecog=1 ecog_past=3",
    ),
    ("Prior to the admission she was PS 1", "ecog_past=1"),
    ("premorbid PS 0", "ecog_past=0"),
    ("PS 1 pre-op", "ecog_past=1"),
    ("On 1 May 2010 ECOG was 2", "ecog_past=2"),
    ("ECOG 2 on 1/5/10", "ecog_past=2"),
    ("PS 1 (1/5/10)", "ecog_past=1"),
    ("PS 1 (14/6/10)", "ecog=1"),
    ("PS 1 14/6/10", "ecog=1"),
    ("14/6/10 PS 1", "ecog=1"),
    ("clinic 14/6: PS 1", "ecog=1"),
    ("PS: 1 on 14th June", "ecog=1"),
    ("Seen 14/06/10, PS 1, wt 70", "ecog=1"),
    ("PS 1 in May, 1 in June", "ecog=1 ecog_past=1"),
    ("Eligible: ECOG 0, 1 or 2", ""),
    ("inclusion criteria: ECOG <2", ""),
    ("ECOG ≤ 2", ""),
    ("ECOG 0-2 allowed", ""),
    ("She would have needed to be PS 0 or 1.", ""),
    ("PS must be 0/1 on the day of admission.", ""),
    ("The protocol asks for a performance status of 0 or 1.", ""),
    ("as long as she stays PS 0-1", ""),
    ("provided his PS holds at 1", ""),
    ("so long as PS remains 0-1 we will continue", ""),
    ("Continue if PS 0-2", ""),
    ("stop if PS deteriorates to 3", ""),
    ("He is PS 1 so is eligible", "ecog=1"),
    ("As he is PS 1 he can have it", "ecog=1"),
    ("Given his PS of 3 I would not offer treatment", "ecog=3"),
    ("because of PS 3, not for SACT", "ecog=3"),
    ("not suitable because PS 3", "ecog=3"),
    ("too frail, PS 3-4", "ecog=3-4"),
    ("PS 4 and in the last days of life", "ecog=4"),
    ("bed bound (PS 4)", "ecog=4"),
    ("Her husband, who is himself PS 2 with COPD, is her carer.", ""),
    ("He is carer for his wife (PS 3 after a stroke).", ""),
    ("his brother died at PS 4", ""),
    ("carer for mother, PS 4", ""),
    ("wife (MS, PS 3)", ""),
    ("PS from a colleague: ring me", ""),
    ("P.S. 3 blood forms enclosed", ""),
    ("P.S. I will be away", ""),
    ("PS I shall be away", ""),
    ("PS: please send the slides", ""),
    ("p.s. 2 tickets", ""),
    ("NPS 1", ""),
    ("ePS 2", ""),
    ("CAPS 2", ""),
    ("ISUP grade 1, WHO grade 2", ""),
    ("WHO Class II", ""),
    ("WHO stage III", ""),
    ("WHO analgesic ladder step 1", ""),
    ("pain 1/10, ECOG 1", "ecog=1"),
    ("ECOG 1, pain 3/10", "ecog=1"),
    ("ECOG 1 KPS 80 Wt 70", "ecog=1 karnofsky=80"),
    ("KPS 80 / ECOG 1", "ecog=1 karnofsky=80"),
    ("KPS 80/100", "karnofsky=80"),
    ("Karnofsky: 80-90%", "karnofsky=80-90"),
    ("Karnofsky 90 per cent", "karnofsky=90"),
    ("KPS of at least 70 is required", ""),
    ("KPS improved from 60 to 80", "karnofsky=80"),
    ("his Karnofsky fell to 50", "karnofsky=50"),
    ("Karnofsky index 0.9", ""),
    ("PS (Karnofsky) 90", "karnofsky=90"),
    ("PS Karnofsky 90%", "karnofsky=90"),
    ("PS (KPS): 90", "karnofsky=90"),
    ("performance status: KPS 90", "karnofsky=90"),
    ("Karnofsky performance status 9O", "karnofsky=90"),
    ("ECOG PS l (fully ambulatory)", "ecog=1"),
    ("EC0G 1", "ecog=1"),
    ("ECOG PS O-1", "ecog=0-1"),
    ("Perforrnance status 0", "ecog=0"),
    ("Performance slatus: 2", "ecog=2"),
    ("Perfomance Status of 1", "ecog=1"),
    ("performance staus 1", "ecog=1"),
    ("peformance status 2", "ecog=2"),
    ("perfrmance status 1", "ecog=1"),
    ("perform status 1", "ecog=1"),
    ("Perf. Status = 2", "ecog=2"),
    ("P.S.1", "ecog=1"),
    ("PS -1", "ecog=1"),
    ("PS ~1", "ecog=1"),
    ("PS 1-2/4", "ecog=1-2"),
    ("PS 1ish", "ecog=1"),
    ("ECOG one", "ecog=1"),
    ("ECOG of one", "ecog=1"),
    ("she's about a one on the ECOG scale", "ecog=1"),
    ("ECOG: Level 1", "ecog=1"),
    ("ECOG level 2", "ecog=2"),
    ("ECOG performance level 1", "ecog=1"),
    ("he scores PS 1", "ecog=1"),
    ("he's scoring 1 for PS", "ecog=1"),
    ("rates his own PS as 1", "ecog=1"),
    ("PS self-reported 1", "ecog=1"),
    ("PS stable at 1", "ecog=1"),
    ("PS good (0)", "ecog=0"),
    ("excellent PS (0)", "ecog=0"),
    ("PS poor at 3", "ecog=3"),
    ("performance status poor (ECOG 3)", "ecog=3"),
    ("PS unchanged, 1", "ecog=1"),
    ("PS unchanged - 1", "ecog=1"),
    ("PS unchanged from last visit (1)", "ecog=1"),
    ("PS same as before, 1", "ecog=1"),
    ("PS remains excellent at 0", "ecog=0"),
    ("his performance status remains excellent at zero", "ecog=0"),
    ("performance status has remained at 1", "ecog=1"),
    ("she has maintained a performance status of 1", "ecog=1"),
    ("PS 1, was PS 0", "ecog=1 ecog_past=0"),
    ("PS 0 today compared with 2 in April", "ecog=0 ecog_past=2"),
    ("PS 0 cf 1 last time", "ecog=0 ecog_past=1"),
    ("performance status of 1 as opposed to 2 at the last visit", "ecog=1 ecog_past=2"),
]

#: Letters of the same day, for what their layout says.
LAYOUTS: list[tuple[str, str]] = [
    (
        (
            "DISCHARGE SUMMARY\n"
            "Admitted 10/06/2010   Discharged 14/06/2010\n"
            "Pre-treatment: ECOG 1. Wt 82.0 kg.\n"
            "Condition on discharge: tired, PS 2, expected to recover."
        ),
        "ecog=2 ecog_past=1",
    ),
    (
        (
            "Discharge summary\n"
            "Presenting history: 62 year old man, PS 1, admitted with fever.\n"
            "Examination: T 38\n"
            "Discharge status: PS 2"
        ),
        "ecog=2 ecog_past=1",
    ),
    ("Performance status\n   0 [ ]\n   1 [x]\n   2 [ ]\n", "ecog=1"),
    (
        ("Performance status:\n  [ ] 0 fully active\n  [x] 1 restricted\n  [ ] 2 ambulatory\n"),
        "ecog=1",
    ),
    (
        (
            "Date      12/03/10    14/04/10   14/06/10\n"
            "ECOG      1           2          0\n"
            "Wt        70          71         72\n"
        ),
        "ecog=0 ecog_past=1 ecog_past=2",
    ),
    ("| Visit | Baseline | Week 6 | Today |\n| PS | 1 | 1 | 2 |\n", "ecog=2 ecog_past=1"),
    ("PERFORMANCE STATUS\nKarnofsky: 80\nECOG: 1\n", "ecog=1 karnofsky=80"),
    (
        (
            "Vitals\n"
            "ECOG Performance Status\n"
            "1 - Restricted in physically strenuous activity but ambulatory\n"
        ),
        "ecog=1",
    ),
    ("WHO PS:\n1\n", "ecog=1"),
    ("Assessment\n- ECOG 1\n- 2 sites of disease\n", "ecog=1"),
    ("Eligibility criteria:\n- ECOG 0-1\n- CAIX > 80%\nThis patient: ECOG 1.\n", "ecog=1"),
    ("PS: 1    Wt: 70 kg    Ht: 170\n", "ecog=1"),
    ("Dear Dr\nHe is well with a performance\nstatus of 1 and is back at work.\n", "ecog=1"),
    ("Yours sincerely\nDr A\nPS 2 copies of the form enclosed\n", ""),
    (
        ("Karnofsky performance status ......... 90%\nECOG ................................. 0\n"),
        "ecog=0 karnofsky=90",
    ),
    ("He died at home on 3 June. When I last saw him he was PS 3.", "ecog_past=3"),
    ("Mr Smith sadly passed away. His performance status was 2 in clinic.", "ecog_past=2"),
    ("Her husband died last year. She is PS 1.", "ecog=1"),
    ("ECOG      [ ]0  [X]1  [ ]2  [ ]3", "ecog=1"),
    ("ECOG: ( ) 0  (x) 1  ( ) 2", "ecog=1"),
    ("PS (please tick)  0 ☐  1 ☒  2 ☐  3 ☐", "ecog=1"),
    ("ECOG PS  0☐ 1☑ 2☐", "ecog=1"),
    ("On examination\nPS 1, well\n", "ecog=1"),
    ("Toxicity: nausea 1, fatigue 2, PS 1\n", "ecog=1"),
    ("15/03/2010: ECOG 2, started sunitinib\n14/06/2010: ECOG 1\n", "ecog=1 ecog_past=2"),
    ("PS\t1\nWeight\t70", "ecog=1"),
    ("Performance Status: 1 (Restricted in physically strenuous activity)\n", "ecog=1"),
    ("HPI: 55M. At diagnosis, ECOG 0.\nA/P: ECOG 1\n", "ecog=1 ecog_past=0"),
    ("PS at start  1       PS at end   2", "ecog=2 ecog_past=1"),
    ("PS on admission  1       PS on discharge   2", "ecog=2 ecog_past=1"),
    ("She was seen in clinic on 14 June 2010. Her performance status was 1.", "ecog=1"),
    (
        (
            "A 55-year-old man presented with haematuria. His ECOG performance status was 1. "
            "He was treated with sunitinib and progressed."
        ),
        "ecog=1",
    ),
    (
        (
            "A 55-year-old man presented with haematuria. At presentation the ECOG "
            "performance status was 2. After chemotherapy the performance status improved to "
            "1."
        ),
        "ecog=1 ecog_past=2",
    ),
    ("KPS at baseline 70, now 90", "karnofsky=90"),
    ("The patient's performance status improved from ECOG 3 to ECOG 1.", "ecog=1 ecog_past=3"),
    (
        ("The patient's performance status improved from 3 to 1 within two weeks of starting."),
        "ecog=1 ecog_past=3",
    ),
    ("Performance status: WHO 1. ECOG 1.", "ecog=1"),
    ("He was admitted on 1 June with PS 3.", "ecog_past=3"),
    ("PRE-TREATMENT CHECKLIST\nPS 1\n", "ecog=1"),
    ("PS 0 in March, 1 in April", "ecog_past=0 ecog_past=1"),
    ("TEMPLATE: ECOG ___\n", ""),
]

#: Reports without a date.
UNDATED: list[tuple[str, str]] = [
    (
        (
            "A 55-year-old man presented with haematuria. His ECOG performance status was 1. "
            "He was treated with sunitinib."
        ),
        "ecog=1",
    ),
    (
        (
            "At presentation the ECOG performance status was 2. After chemotherapy the "
            "performance status improved to 1."
        ),
        "ecog=1 ecog_past=2",
    ),
    (
        (
            "He had a good performance status (ECOG 0). Nivolumab was given. At last "
            "follow-up his ECOG PS was 1."
        ),
        "ecog=1 ecog_past=0",
    ),
    (
        (
            "He had an ECOG performance status of 1. Sunitinib was given. He died 14 months "
            "after diagnosis."
        ),
        "ecog_past=1",
    ),
    ("Inclusion Criteria:\n* ECOG performance status 0 or 1\n* Life expectancy over 6 months", ""),
]


def _rows(reader: Reader, text: str, date: str | None) -> str:
    context = DateContext(EdtfDate.parse(date) if date else None)
    view = View(reader.read(text), reader.lexicon, context)
    return " ".join(sorted({f"{d.field.value}={d.value}" for d in performance.find(view)}))


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_gives_its_scores(reader: Reader, text: str, expected: str):
    assert _rows(reader, text, "2010-06-14") == expected


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_layout_ties_a_score_to_its_scale_and_time(reader: Reader, text: str, expected: str):
    assert _rows(reader, text, "2010-06-14") == expected


@pytest.mark.parametrize(("text", "expected"), UNDATED)
def test_a_report_without_a_date_ends_with_the_latest(reader: Reader, text: str, expected: str):
    assert _rows(reader, text, None) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("PS l today", Reason.OCR),
        ("ECOG PS O-1", Reason.OCR),
        ("PS 1/4", Reason.QUALIFIED),
        ("PS 0-1: [x]", Reason.QUALIFIED),
        ("performance status 80%", Reason.INFERRED),
    ],
)
def test_a_doubtful_score_asks_for_a_review(reader: Reader, text: str, reason: Reason):
    view = View(reader.read(text), reader.lexicon, DateContext(EdtfDate.parse("2010-06-14")))
    drafts = list(performance.find(view))
    assert drafts
    assert all(reason in draft.reasons for draft in drafts)


def test_the_quote_is_the_number(reader: Reader):
    text = "Seen today.\nPerformance   status:  WHO\n  1 (2 in May)"
    view = View(reader.read(text), reader.lexicon, DateContext(EdtfDate.parse("2010-06-14")))
    assert {text[d.start : d.end] for d in performance.find(view)} == {"1", "2"}
