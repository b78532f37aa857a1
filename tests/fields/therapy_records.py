"""Notes of American and Canadian records, with what they tell of drugs.

Each is a first line with the date, the letter, and a line for each course: the drug and its
status, then ``start``, ``end``, ``why``, ``line`` and ``wash`` (washout).
"""

from __future__ import annotations

LETTERS: list[tuple[str, str, str]] = [
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 09/14/2011",
        "HISTORY OF PRESENT ILLNESS: 61 y.o. male with metastatic RCC s/p L nephrectomy "
        "2/2008. Started sunitinib 3/12/2009 with PR; progressed 8/2010. Switched to "
        "everolimus 9/1/2010, d/c'd 1/2011 due to grade 3 pneumonitis. Most recently on "
        "axitinib via expanded access since 2/15/2011, tolerating well.\n"
        "ASSESSMENT/PLAN:\n"
        "# Metastatic RCC - stable. Continue axitinib 5 mg BID. RTC 6 wks.\n"
        "# HTN - on lisinopril.",
        "sunitinib given; start 2009-03-12; why progression\n"
        "everolimus given; start 2010-09-01; end 2011-01; why toxicity\n"
        "axitinib current; start 2011-02-15",
    ),
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 06/02/2014",
        "ONCOLOGIC HISTORY:\n"
        "- 04/2012: R nephrectomy, ccRCC\n"
        "- 06/2012 - 11/2012: sunitinib 50 mg 4/2, best response SD, stopped for "
        "hand-foot syndrome\n"
        "- 12/2012 - 10/2013: pazopanib, PD\n"
        "- 11/2013 - present: everolimus 10 mg daily\n"
        "PLAN: Pt interested in HD IL-2 but not a candidate given EF 45%. Would consider "
        "nivolumab trial at progression.",
        "sunitinib given; start 2012-06; end 2012-11; why toxicity\n"
        "pazopanib given; start 2012-12; end 2013-10; why progression\n"
        "everolimus current; start 2013-11",
    ),
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 11/20/2012",
        "CC: Pre-admission for IL-2\n"
        "HPI: Ms. Vance is a 52F with mRCC. Last sunitinib dose 09/17/2012 (held in "
        "anticipation of IL-2; best response PR). Scheduled admission 11/26/2012 for "
        "course 1 week 1 HD IL-2, 600,000 IU/kg q8h x 14. 10-week washout from sunitinib.\n"
        "Family hx: father died of RCC, received interferon.",
        "sunitinib given; end 2012-09-17; why switch; wash 70\n"
        "aldesleukin planned; start 2012-11-26",
    ),
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 03/08/2013",
        "INTERVAL HISTORY: Completed cycle 4 of gemcitabine/cisplatin on 02/25/2013. CT "
        "03/05/2013 PR per RECIST. No new complaints.\n"
        "A/P: Urothelial ca - good PR. Plan 2 more cycles (C5 03/11/2013). Growth factor "
        "support w/ pegfilgrastim.",
        "gemcitabine current\ncisplatin current",
    ),
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 08/09/2012",
        "Treatment Hx:\n"
        "1. Nephrectomy 01/2010\n"
        "2. HD IL-2 x 1 course (03/2010 - 04/2010), SD then PD 09/2010\n"
        "3. Sunitinib 10/2010 - 06/2012, d/c PD\n"
        "Current Rx: axitinib C2 (started 07/05/2012)\n"
        "Allergies: sorafenib (rash), sulfa",
        "aldesleukin given; start 2010-03; end 2010-04\n"
        "sunitinib given; start 2010-10; end 2012-06; why progression\n"
        "axitinib current",
    ),
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 07/16/2010",
        "DISCHARGE SUMMARY\n"
        "Admitted 07/12/2010 for C2 W1 HD IL-2. Received 8 of 14 doses; terminated for "
        "hypotension requiring neosynephrine. Prior: C1 03/2010 (11+9 doses) with PR.\n"
        "Discharge meds: acetaminophen prn, hydroxyzine prn.\n"
        "F/U: return 07/26/2010 for week 2.",
        "aldesleukin current; start 2010-03",
    ),
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 01/09/2014",
        "IMPRESSION: Metastatic melanoma, BRAF V600E. Progressed on "
        "dabrafenib/trametinib (started 3/2013). Recommend ipilimumab; discussed vs. "
        "pembrolizumab trial vs HD IL-2. Pt elects ipilimumab, to start 1/16/2014, "
        "pending insurance auth.",
        "dabrafenib given; start 2013-03; why progression\n"
        "trametinib given; start 2013-03; why progression\n"
        "ipilimumab planned; start 2014-01-16",
    ),
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 04/04/2011",
        "Meds: sunitinib 37.5 mg PO daily (ON HOLD since 3/28), levothyroxine, "
        "amlodipine, ondansetron prn\n"
        "Assessment: PD on most recent CT (3/30). Will d/c sunitinib permanently. Start "
        "everolimus 10 mg daily once authorised.",
        "sunitinib given; why progression\neverolimus planned",
    ),
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 02/20/2012",
        "S: Here for C3D1 paclitaxel/carboplatin. Neuropathy gr 1.\n"
        "O: VSS.\n"
        "A: Stage IIIC ovarian s/p debulking.\n"
        "P: Proceed w/ C3 today. 3 more cycles planned.",
        "paclitaxel current\ncarboplatin current",
    ),
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 03/03/2015",
        "Heme/Onc f/u: RCC w/ mets to lung/bone. Nivolumab 3 mg/kg q2w - C6 given today. "
        "Prior lines: (1) pazopanib 1/2013-12/2013, PD (2) everolimus 1/2014-6/2014, "
        "intolerance (stomatitis) (3) nivo since 12/15/2014.",
        "nivolumab current; start 2014-12-15; line 3\n"
        "pazopanib given; start 2013-01; end 2013-12; why progression; line 1\n"
        "everolimus given; start 2014-01; end 2014-06; why toxicity; line 2",
    ),
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 06/27/2012",
        "Tumor board note. 58M mRCC, first-line pazopanib (Jan 2012-May 2012): PD. TB "
        "recommends: HD IL-2 not advised (brain mets). 2nd-line axitinib agreed; start "
        "date 7/9/2012.",
        "pazopanib given; start 2012-01; end 2012-05; why progression; line 1\n"
        "axitinib planned; start 2012-07-09; line 2",
    ),
    (
        "LAKESHORE CANCER CENTER, Madison, WI 53703\n"
        "MRN: 4471823  DOB: 03/27/1950\n"
        "Date of Service: 08/28/2014",
        "Medication reconciliation:\n"
        " - Votrient 800 mg tab: patient NOT taking (stopped 08/01/2014 per onc)\n"
        " - Afinitor 10 mg tab: taking\n"
        " - dexamethasone mouthwash: taking",
        "pazopanib given; end 2014-08-01\neverolimus current",
    ),
    (
        "ST. BRENDAN REGIONAL CANCER INSTITUTE, Duluth, MN 55802\n"
        "MRN 0093417   Visit date: 11/14/2012",
        "Oncology history: Dx 6/2010 RCC. Sutent 7/2010-5/2011 (discontinued, PD in "
        "lung). Afinitor 6/2011-9/2011 (discontinued, pneumonitis). Inlyta started "
        "4/16/2012.\n"
        "Interval: tolerating Inlyta, mild diarrhea. CT 11/10: stable disease.\n"
        "Plan: 1. Continue Inlyta 5 mg BID. 2. Reviewed clinical trial options incl. "
        "cabozantinib and nivolumab; none for now.",
        "sunitinib given; start 2010-07; end 2011-05; why progression\n"
        "everolimus given; start 2011-06; end 2011-09; why toxicity\n"
        "axitinib current; start 2012-04-16",
    ),
    (
        "ST. BRENDAN REGIONAL CANCER INSTITUTE, Duluth, MN 55802\n"
        "MRN 0093417   Visit date: 05/29/2014",
        "Mr. Dorsey returns. He took Votrient for 13 mos (stopped 3/28/2014, POD). He is "
        "currently not on any therapy. He met with Dr. Shah yesterday re: the "
        "CheckMate-025 study (nivolumab vs everolimus) and signed consent; C1D1 6/9/2014 "
        "if randomised. Wife had questions about Medicare.",
        "pazopanib given; end 2014-03-28; why progression",
    ),
    (
        "ST. BRENDAN REGIONAL CANCER INSTITUTE, Duluth, MN 55802\n"
        "MRN 0093417   Visit date: 12/12/2011",
        "Patient called: out of sunitinib x 6 days, pharmacy delay. Will resume cycle 4 "
        "tomorrow when delivered. Denies fever.",
        "sunitinib current",
    ),
    (
        "ST. BRENDAN REGIONAL CANCER INSTITUTE, Duluth, MN 55802\n"
        "MRN 0093417   Visit date: 07/09/2014",
        "65M mRCC. 1st line: HD IL-2 (2 courses, 9/2011-1/2012) -> CR, relapsed 5/2013. "
        "2nd line: pazopanib 6/2013 -> ongoing, PR. Pt wants to stop for a trip to "
        "Alaska; OK to hold 7/15-7/29.",
        "aldesleukin given; start 2011-09; end 2012-01; line 1\n"
        "pazopanib current; start 2013-06; line 2",
    ),
    (
        "NORTH SHORE ONCOLOGY ASSOCIATES, Evanston, IL 60201\n"
        "MRN 55-10233   Date of visit: 10/02/2014",
        "SYSTEMIC THERAPY HISTORY\n"
        "1) Sunitinib - 03/05/2012 to 01/22/2013. Best response: SD. Reason for d/c: PD.\n"
        "2) Everolimus - 02/04/2013 to 05/20/2013. Best response: SD. Reason for d/c: "
        "pneumonitis.\n"
        "3) Axitinib - 06/10/2013 to present. Best response: PR.",
        "sunitinib given; start 2012-03-05; end 2013-01-22; why progression; line 1\n"
        "everolimus given; start 2013-02-04; end 2013-05-20; why toxicity; line 2\n"
        "axitinib current; start 2013-06-10; line 3",
    ),
    (
        "PRAIRIE CANCER AGENCY, Regina SK\nChart 771203   Clinic: March 8, 2013",
        "This 63-year-old gentleman started first-line pazopanib on June 18, 2012. His "
        "January CT demonstrated progression and he was changed to axitinib on January "
        "28, 2013. He is tolerating this reasonably well with the exception of "
        "hoarseness. We will continue with axitinib at the current dose. He is aware "
        "that third-line options would include everolimus.",
        "pazopanib given; start 2012-06-18; why progression; line 1\n"
        "axitinib current; start 2013-01-28",
    ),
    (
        "NORTH SHORE ONCOLOGY ASSOCIATES, Evanston, IL 60201\n"
        "MRN 55-10233   Date of visit: 05/05/2014",
        "Admit date 04/28/2014. Dx: metastatic melanoma, HD IL-2 cycle 2. Hospital "
        "course: pt received 7/14 doses; stopped for delirium. Prior: cycle 1 04/07/2014 "
        "(10 doses). Ipilimumab 3 mg/kg x4, 9/2013-12/2013, with PD. Disposition: home. "
        "F/u CT in 6 wks.",
        "aldesleukin given; start 2014-04-07; why toxicity\n"
        "ipilimumab given; start 2013-09; end 2013-12; why progression",
    ),
]
