"""Short letters about one turn of phrase each: when a drug ended, and what is still going on.

Each is a first line with the date, the letter, and a line for each course, as in
``therapy_narrative``.
"""

from __future__ import annotations

HEAD = "Clinic date: 13 August 2012"

CASES: list[tuple[str, str]] = [
    # "That month", "the same day": counted from the date told before.
    (
        "The scan in June showed that the disease had progressed, and the sunitinib was given up "
        "at the end of that month.",
        "sunitinib given; end 2012-06; why progression",
    ),
    (
        "Everolimus was started in March 2011. It was stopped in the same month for pneumonitis.",
        "everolimus given; start 2011-03; end 2011-03; why toxicity",
    ),
    (
        "He was put on sunitinib in June 2010 and everolimus the following month.",
        "sunitinib given; start 2010-06\neverolimus current; start 2010-07",
    ),
    # How long ago it ended, at the letter's day.
    ("He has been off sunitinib for six weeks.", "sunitinib given; end 2012-07-02~"),
    (
        "She took sorafenib for a year. She has now been off it for two months.",
        "sorafenib given; end 2012-06-13~",
    ),
    (
        "It is now ten weeks since he stopped pazopanib.",
        "pazopanib given; end 2012-06-04~",
    ),
    (
        "Here he is today, six weeks after his last dose of everolimus.",
        "everolimus given; end 2012-07-02~",
    ),
    (
        "He came up today, four weeks after the last of his interleukin-2.",
        "aldesleukin given; end 2012-07-16~",
    ),
    # Not at the letter's day: a rule, a plan, a day long past.
    ("She must be off sunitinib for eight weeks.", ""),
    ("By then he will have been off sunitinib for nine weeks.", "sunitinib given"),
    ("He had been off sunitinib for ten weeks when we began.", "sunitinib given"),
    ("Seven weeks off axitinib by the day of admission.", "axitinib given"),
    # A drug of a combination that goes on after it.
    (
        "She had carboplatin and pemetrexed from 3 January 2012, four cycles, the last on 20 March. "
        "Pemetrexed alone was continued as maintenance.",
        "carboplatin given; start 2012-01-03; end 2012-03-20\npemetrexed current; start 2012-01-03",
    ),
    (
        "He had FOLFIRI and bevacizumab from January 2012 to May 2012. He carries on with "
        "bevacizumab maintenance.",
        "fluorouracil given; start 2012-01; end 2012-05\n"
        "irinotecan given; start 2012-01; end 2012-05\nbevacizumab current; start 2012-01",
    ),
    (
        "She has had four cycles of cisplatin and gemcitabine. We will continue gemcitabine alone.",
        "cisplatin given\ngemcitabine current",
    ),
    (
        "He had paclitaxel with carboplatin from May to August 2010. Carboplatin alone was restarted "
        "in May 2012.",
        "paclitaxel given; start 2010-05; end 2010-08\ncarboplatin given; start 2010-05; end 2010-08\n"
        "carboplatin#2 current; start 2012-05",
    ),
    # It is the response that holds, not the drug.
    ("He is still in complete remission after interleukin-2.", "aldesleukin given"),
    ("She remains well and disease-free following her interleukin-2.", "aldesleukin given"),
    # Interleukin-2 remembered.
    ("He did not regret the interleukin.", "aldesleukin given"),
    ("She remembers the interleukin as the worst fortnight of her life.", "aldesleukin given"),
    ("I found the interleukin leaflet useful.", ""),
    # The course is over.
    (
        "Cycle 2 of interleukin-2 began on 2 July 2012: 9 doses. That concludes the planned course.",
        "aldesleukin given; why completed",
    ),
    (
        "You came through the interleukin-2 well. It can go on working long after the last "
        "dose in March.",
        "aldesleukin given; end 2012-03",
    ),
    # The cause of an end is not what passed when it ended.
    (
        "Sunitinib, first line, May 2010 to June 2012. The rash went within a week of stopping.",
        "sunitinib given; line 1; start 2010-05; end 2012-06",
    ),
    (
        "TREATMENT\nSunitinib, December 2010 until 5 June 2012. Best response PR. No progression; "
        "withdrawn to make way for interleukin-2.",
        "sunitinib given; start 2010-12; end 2012-06-05; why switch",
    ),
    # A form asks for the last dose of a kind of drug.
    (
        "Previous TKI: sunitinib; PR\nLast TKI dose: 27.06.12",
        "sunitinib given; end 2012-06-27",
    ),
    # What is only talked of.
    (
        "Discussed:\n(1) axitinib, side effects gone through\n(2) no treatment\nDecision: axitinib "
        "5 mg bd.\nTo start on Mon 20/08 under Dr Ash.",
        "axitinib planned; start 2012-08-20",
    ),
    (
        "Options explained to the patient: (a) Tab. Everolimus (Afinitor) (b) Inj. Interleukin-2 "
        "(c) supportive care.",
        "",
    ),
    ("If the funders say no, she'll start everolimus straight away.", ""),
    ("PLAN\n1. Refer to Dr Moss for consideration of IL-2.", ""),
    ("Pre-chemotherapy cardiac assessment today. Echo normal.", ""),
    # Why a drug was stopped, and what is to follow.
    (
        "She has had sunitinib since May 2010. We stopped at the end of June 2012 in order to "
        "consolidate with interleukin-2. You are admitting her on 8 September.",
        "sunitinib given; start 2010-05; end 2012-06; why switch\n"
        "aldesleukin planned; start 2012-09-08",
    ),
    (
        "PLAN\nConsolidation with HD IL-2, cycle 1 admit 10/12/2012.\nSunitinib discontinued.",
        "sunitinib given\naldesleukin planned; start 2012-12-10",
    ),
    # One of many injections, a day in a heading, a capsule of a cycle.
    (
        "The 3-monthly Zoladex is due with us on 29th August and I will give it as usual.",
        "goserelin current",
    ),
    (
        "Treatment to date: adjuvant capecitabine after surgery in 2009; FOLFIRI from 30/01/12, "
        "six cycles completed 16/04/12.",
        "capecitabine given\n"
        "fluorouracil given; start 2012-01-30; end 2012-04-16; why completed\n"
        "irinotecan given; start 2012-01-30; end 2012-04-16; why completed",
    ),
    (
        "Sunitinib since March 2012. She finished the last capsule of cycle 3 on 7 August 2012 and "
        "it is stopped now before interleukin-2.",
        "sunitinib given; start 2012-03; end 2012-08-07; why switch",
    ),
    # Acronyms with a dose or a label.
    (
        "MDT outcome\nSUN: last cap 14/03/12, stopped in PR.\n-> EVE 10 od from 20/8/12.",
        "sunitinib given; end 2012-03-14\neverolimus planned; start 2012-08-20",
    ),
    # His function was off; he was not taken off anything.
    (
        "His first scan after interleukin-2 was on 6 January 2012, without contrast because his "
        "kidney function was off (creatinine 188) after an illness over Christmas.",
        "aldesleukin given",
    ),
    # Interleukin-2 in the shortest of notes.
    ("HD IL-2 Jul-Oct 09, 4 cycles, CR Dec 09.", "aldesleukin given; start 2009-07; end 2009-10"),
    (
        "We did not give it: he had been in for IL-2 at the Infirmary last month.",
        "aldesleukin given",
    ),
    # Lines in so many words.
    (
        "Line 1 - sunitinib, Sep-28-2009 to Nov-22-2010.\nLine 2 - everolimus, Dec-06-2010 to "
        "Feb-14-2011.",
        "sunitinib given; line 1; start 2009-09-28; end 2010-11-22\n"
        "everolimus given; line 2; start 2010-12-06; end 2011-02-14",
    ),
    (
        "Everolimus, which followed from 1st December 2011 and which was therefore her second line "
        "of treatment, was stopped on 3 May 2012 for a rash.",
        "everolimus given; line 2; start 2011-12-01; end 2012-05-03; why toxicity",
    ),
    (
        "Her first was interferon, which she had in 2006.",
        "interferon alfa given; line 1; start 2006",
    ),
    (
        "He has chosen cabazitaxel, the first cycle of which will be on 20-Aug-2012, line 3 for "
        "resistant disease.",
        "cabazitaxel planned; line 3; start 2012-08-20",
    ),
    ("ASSESSMENT/PLAN\n1. mRCC, PR to first-line pazopanib.", "pazopanib given; line 1"),
    # A drug had before, and now again.
    (
        "Sunitinib again, 37.5 mg, from 01/09/2012, since she left it responding.",
        "sunitinib given\nsunitinib#2 planned; start 2012-09-01",
    ),
    (
        "Resume Sutent 37.5 mg. First dose given in office today.",
        "sunitinib current; start 2012-08-13",
    ),
    # Why it ended: completed, grown, in so many words.
    (
        "She had six cycles of docetaxel from 1 December 2011, and that was always the plan, the last "
        "of them being on 16 March 2012.",
        "docetaxel given; start 2011-12-01; end 2012-03-16; why completed",
    ),
    (
        "She took tamoxifen from January 2005 until January 2010, the full five years.",
        "tamoxifen given; start 2005-01; end 2010-01; why completed",
    ),
    (
        "Metastatic RCC, progressed on sunitinib & axitinib.",
        "sunitinib given; why progression\naxitinib given; why progression",
    ),
    (
        "Everolimus from June 2011 until 6 May 2012 was stopped both because the disease had "
        "progressed and because of pneumonitis.",
        "everolimus given; start 2011-06; end 2012-05-06; why progression; why toxicity",
    ),
    (
        "Sunitinib and temsirolimus were both given up on account of progression, as was the "
        "interferon which came before.",
        "sunitinib given; why progression\ntemsirolimus given; why progression\n"
        "interferon alfa given; why progression",
    ),
    (
        "You will recall that after a good response to pazopanib we moved to high dose "
        "interleukin-2, which she had in May 2012.",
        "pazopanib given; why switch\naldesleukin given; start 2012-05",
    ),
    (
        "I stopped the sunitinib earlier in March 2012 so as to be able to give interleukin-2, not "
        "because it had failed.",
        "sunitinib given; end 2012-03; why switch",
    ),
    # Not why it ended.
    (
        "Last everolimus 2 May 2012. Feels well off drug, appetite back.",
        "everolimus given; end 2012-05-02",
    ),
    # One drug left out of a combination that went on.
    (
        "Twelve cycles of FOLFOX, 20 June to 28 November 2011, all given as planned although the "
        "oxaliplatin was dropped after cycle 9 because of neuropathy.",
        "fluorouracil given; start 2011-06-20; end 2011-11-28; why completed\n"
        "oxaliplatin given; start 2011-06-20; why toxicity",
    ),
    # Interleukin-2 given up.
    (
        "He had interleukin-2 in May 2012, 11 doses. A second course was offered. He has thought it "
        "over and will not have it.",
        "aldesleukin given; start 2012-05; why choice",
    ),
    (
        "She was given interleukin-2 on 3 May 2012. After dose 7 she went into fast atrial "
        "fibrillation. IL-2 was stopped at that point and she came back to the ward.",
        "aldesleukin given; start 2012-05-03; why toxicity",
    ),
    (
        "Having got a complete response to interleukin-2 he needs no more. There was a plan for a "
        "second course but there is nothing to be gained.",
        "aldesleukin given; why response",
    ),
    (
        "IL-2 course summary\nC1 began 3/5/12, 9 doses\nCourse stopped because  [ ] completed  "
        "[x] toxicity (pulmonary oedema)  [ ] PD",
        "aldesleukin given; start 2012-05-03; why toxicity",
    ),
    # Other people, conditions, the literature.
    (
        "You will not be able to join if you have been treated with interleukin-2 before.",
        "",
    ),
    ("Median PFS on sunitinib was 11 months in the pivotal trial.", ""),
    ("PLAN\n1. Cabazitaxel later if PS holds.", ""),
    ("PLAN\n1. HTN: hold lisinopril 48 h before any IL-2.", ""),
    ("Of interferon he has had none.", ""),
    ("Dx: diffuse large B-cell lymphoma, IPI 2, April 2012.", ""),
    (
        "He died at home. (prev IFN/Su/sora)",
        "interferon alfa given\nsunitinib given\nsorafenib given",
    ),
    (
        "His interleukin-2 has been put back to Monday 3 September.",
        "aldesleukin planned; start 2012-09-03",
    ),
    # A stop under its date, or at once.
    (
        "KD clinic 20/06/12: clinical PD, sunitinib stopped.",
        "sunitinib given; end 2012-06-20; why progression",
    ),
    (
        "He had sunitinib from 9 February 2011. A scan on 17 May 2012 showed progressive disease. We "
        "stopped there and then.",
        "sunitinib given; start 2011-02-09; end 2012-05-17; why progression",
    ),
    # A plan with its day.
    (
        "Gemcitabine and capecitabine are scheduled to begin 10/09/2012.",
        "gemcitabine planned; start 2012-09-10\ncapecitabine planned; start 2012-09-10",
    ),
    # The first and the fourth of a course told before.
    (
        "She has had four cycles of carboplatin with pemetrexed. She had the first on 8 January. "
        "It is now nine weeks since she finished them.",
        "carboplatin given; start 2012-01-08; end 2012-06-11~\n"
        "pemetrexed given; start 2012-01-08; end 2012-06-11~",
    ),
    # Days of other drugs; a schedule; a form.
    (
        "Sunitinib 50 mg, four weeks on and two off, from 8 January 2012.",
        "sunitinib current; start 2012-01-08",
    ),
    (
        "Interleukin-2 began on 2 July 2012, seven doses. Noradrenaline was run from 4/7 to 6/7.",
        "aldesleukin given; start 2012-07-02",
    ),
    (
        "No Sutent since the end of May. The form was completed today.",
        "sunitinib given; end 2012-05",
    ),
    # What led to an end, and growth in spite of a drug.
    (
        "Protracted neutropenia led to discontinuation of oxaliplatin after the ninth cycle.",
        "oxaliplatin given; why toxicity",
    ),
    (
        "Despite treatment with interferon, multiple liver metastases appeared. She now has "
        "sunitinib, since May 2012.",
        "interferon alfa given; why progression\nsunitinib current; start 2012-05",
    ),
    # Forms that need company, beside a drug in no doubt.
    (
        "She was treated with oral S-1 and intravenous oxaliplatin from May to July 2011.",
        "tegafur given; start 2011-05; end 2011-07\noxaliplatin given; start 2011-05; end 2011-07",
    ),
    # What might be done; other patients' treatment.
    ("If there is growth he would look at sunitinib.", ""),
    ("We went through what remains: sunitinib, everolimus, or neither.", ""),
    ("The unit has given only six patients HD IL-2 so far.", ""),
    # A table that lost its lines; a last dose still to come.
    ("SUNITINIB 50 mg FEB 2009 DEC 2009 PR", "sunitinib given; start 2009-02; end 2009-12"),
    ("2 everolimus 24/08/09 22/02/10 SD", "everolimus given; start 2009-08-24; end 2010-02-22"),
    ("She will take her last pazopanib capsule on 30 August.", "pazopanib current"),
    # How two lines share one word.
    (
        "She had first- and second-line treatment with sunitinib and everolimus respectively.",
        "sunitinib given; line 1\neverolimus given; line 2",
    ),
    (
        "Metastatic RCC: pazopanib 2010, everolimus 2011. Progressed through pazopanib then "
        "everolimus, good PS.",
        "pazopanib given; start 2010; why progression\n"
        "everolimus given; start 2011; why progression",
    ),
]
LETTERS = [(HEAD, text, lines) for text, lines in CASES]
