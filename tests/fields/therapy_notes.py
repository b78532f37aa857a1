"""Clinic notes, lists and forms, typed in haste or scanned, with what they tell of drugs.

Each is a first line with the date, the letter, and a line for each course: the drug and its
status, then ``start``, ``end``, ``why``, ``line`` and ``wash`` (washout).
"""

from __future__ import annotations

LETTERS: list[tuple[str, str, str]] = [
    (
        "Ward round 5/7/10",
        "D3 C1 HD lL-2 (Proleukin). 6 doses so far. BP 88/50, bolus x1. Continue. Last "
        "sunitinlb 26/4/10.",
        "aldesleukin current\nsunitinib given; end 2010-04-26",
    ),
    (
        "Clinic 12/5/09",
        "PC: feels well on Sutent (day 10 c5). Started 10/08. No PD on last CT. Dad had "
        "IFN. Cont same.",
        "sunitinib current; start 2008-10",
    ),
    (
        "TREATMENT SUMMARY   Date: 19/08/11",
        "Line | Regimen | Start | Stop | Response | Reason off\n"
        "1 | Sunitinib | 11/03/09 | 02/02/10 | PR | Progression\n"
        "2 | Everolimus | 01/03/10 | 14/06/10 | SD | Pneumonitis\n"
        "3 | HD IL-2 | 06/09/10 | 25/09/10 | CR | Completed\n"
        "Comments: pt asked about pazopanib if relapse.",
        "sunitinib given; start 2009-03-11; end 2010-02-02; why progression; line 1\n"
        "everolimus given; start 2010-03-01; end 2010-06-14; why toxicity; line 2\n"
        "aldesleukin given; start 2010-09-06; end 2010-09-25; why completed; line 3",
    ),
    (
        "REFERRAL FORM   Date: 01/10/2012",
        "Reason for referral ..... consideration of HD IL-2\n"
        "Current treatment ....... pazopanib 800mg (from 14/05/2012)\n"
        "Previous treatment ...... nil\n"
        "Best response ........... PR\n"
        "Planned last dose ....... 15/10/2012\n"
        "Comments ................ If accepted we will stop pazopanib 8/52 before.",
        "pazopanib current; start 2012-05-14",
    ),
    (
        "Typed 3.6.10. Seen 28.5.10",
        "Mr Gant. Sunitinib finally stopped by me today - nothing more to be got out of "
        "it. It had gone on since Jan 08! Scan worse (PD). His brother, also a renal pt, "
        "did well on Torisel. I'll write to Prof re IL-2. cc GP",
        "sunitinib given; start 2008-01; end 2010-05-28; why progression",
    ),
    (
        "Clinic 09-Feb-2011",
        "Drugs tried so far -\n"
        "a) sunitinib, eleven months, ended Aug 2009 (progressive disease)\n"
        "b) sorafenib, Sept 2009, only three wks (rash)\n"
        "c) everolimus, started 4 Jan 2010, going strong\n"
        "To be tried - axitinib (named pt)",
        "sunitinib given; end 2009-08; why progression\n"
        "sorafenib given; start 2009-09; why toxicity\n"
        "everolimus current; start 2010-01-04",
    ),
    (
        "Telephone note 11/3/13",
        "Wife rang. Off axitinib since Fri 1/3/13 - diarrhoea. Told to restart @ 3mg bd "
        "tomorrow. Not keen on ipi. No IL-2 (heart).",
        "axitinib current",
    ),
    (
        "Date dictated 22/9/08",
        "H0PE, Margaret. Her Avastin + lFN was stopped in July after 5 months "
        "(progression in bone). I have put her in for the RAD001 trial; first tablets to "
        "be issued Oct 6th. Previous chemo for Hodgkins 1988 (ABVD x 6).",
        "bevacizumab given; end 2008-07; why progression\n"
        "interferon alfa given; end 2008-07; why progression\n"
        "everolimus planned; start 2008-10-06\n"
        "doxorubicin given\n"
        "bleomycin given\n"
        "vinblastine given\n"
        "dacarbazine given",
    ),
    (
        "Ward summary 17.8.12",
        "1L-2 cycle 2 : 13.8.12 -> 17.8.12 , 9 doses , stopped early (low BP, raised "
        "creat).\n"
        "Cycle 1 30.7.12 12 doses.\n"
        "Axitinib last taken 30.4.12.\n"
        "Home tomorrow. CT 6/52. No further IL-2 unless response.",
        "aldesleukin given; start 2012-07-30; end 2012-08-17; why toxicity\n"
        "axitinib given; end 2012-04-30",
    ),
    (
        "Clinic 07/06/11",
        "Current meds: Everolimus 10mg od, Levothyroxine 75mcg, Simvastatin 40mg\n"
        "Allergies: Sunitinib (severe hand foot)\n"
        "Prev Rx: Sunitinib (4 mths 2009), Sorafenib 2010 (PD)",
        "everolimus current\n"
        "sunitinib given; start 2009\n"
        "sorafenib given; start 2010; why progression",
    ),
    (
        "Clinic 14.3.08",
        "OPD   Ca kidney, mets\n"
        "Sutent #4 finished 9/3. CT - improved, PR. For #5 from 24/3.\n"
        "BP up 170/100, amlodipine.  PS 1\n"
        "Brother asking re Nexavar - no.",
        "sunitinib current",
    ),
    (
        "DATE 3 JAN 2011",
        "RE: BRAY, T.   62 YR\n"
        "SUMMARY OF ONC TREATMENT\n"
        " IFN-ALPHA   AUG 2005 - JAN 2006   STABLE THEN PROG\n"
        " SORAFENIB   MAR 2006 - FEB 2008   PR THEN PROG\n"
        " SUNITINIB   MAR 2008 - NOV 2O10   PR  -  STOPPED, TO HAVE IL-2\n"
        " IL-2        BOOKED 24 JAN 2011",
        "interferon alfa given; start 2005-08; end 2006-01; why progression\n"
        "sorafenib given; start 2006-03; end 2008-02; why progression\n"
        "sunitinib given; start 2008-03; end 2010-11; why switch\n"
        "aldesleukin planned; start 2011-01-24",
    ),
    (
        "MDT 9 May 2012",
        "HOSKIN Mary 55F.  mRCC.  \n"
        "1st line: pazopanib Feb 11-Apr 12, PD.\n"
        "Suitable for 2nd line. Options axitinib trial / everolimus. \n"
        "MDT advice: axitinib if trial open, otherwise everolimus. \n"
        "Key worker to inform pt.",
        "pazopanib given; start 2011-02; end 2012-04; why progression; line 1",
    ),
]
