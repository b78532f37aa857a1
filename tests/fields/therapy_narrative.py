"""Letters as British clinics dictate them, with what they tell of drugs.

Each is a first line with the date, the letter, and a line for each course: the drug and its
status, then ``start``, ``end``, ``why``, ``line`` and ``wash`` (washout).
"""

from __future__ import annotations

LETTERS: list[tuple[str, str, str]] = [
    (
        "Clinic date: 14 March 2011",
        "Dear Dr Penrose\n"
        "Thank you for referring this man. He was started on sunitinib in Truro in June "
        "2009 and had a partial response, but by the following summer his lung nodules "
        "were enlarging again and the drug was abandoned in July 2010. Everolimus took "
        "its place at the beginning of August and was given up in November when he "
        "became breathless with pneumonitis. He has had nothing since.\n"
        "We talked through what might come next. Axitinib would be one possibility and "
        "sorafenib another, though neither is funded locally. He had read about "
        "interleukin-2 in the newspaper. I have asked my colleague Dr Fenn whether he "
        "might be a candidate for it.",
        "sunitinib given; start 2009-06; end 2010-07; why progression\n"
        "everolimus given; start 2010-08; end 2010-11; why toxicity",
    ),
    (
        "Clinic 3 September 2012",
        "Dear Colleague\n"
        "I saw Mrs Tamblyn today. She has now completed four months of pazopanib, which "
        "she began on 30 April. She is managing it well apart from loose motions and "
        "will carry on. Her sister was treated with pazopanib too but had to stop it. "
        "Should the next scan show growth we would turn to axitinib.",
        "pazopanib current; start 2012-04-30",
    ),
    (
        "12 October 2010",
        "Dear Dr Quill\n"
        "This lady's tablets (sunitinib 50 mg) were stopped a fortnight ago on 28 "
        "September so that interleukin-2 can go ahead. She started them in February "
        "2009. A bed has been kept for 29 November for her first cycle and a second will "
        "follow two weeks later. She knows that treatment may need to be cut short.",
        "sunitinib given; start 2009-02; end 2010-09-28; why switch\n"
        "aldesleukin planned; start 2010-11-29",
    ),
    (
        "Clinic: 9th May 2013",
        "Dear Paul,\n"
        "He had interferon in 2004 for about five months, which did not help, and then "
        "nothing until 2008 when sunitinib became available. It kept him going for "
        "almost three years. In January 2011 it had to be withdrawn as his heart "
        "function had fallen, and he was moved over to everolimus in March that year. "
        "That in turn failed him by Christmas.\n"
        "I do not think chemotherapy has anything to offer. He enquired about a vaccine. "
        "I have explained that nivolumab is still experimental.",
        "interferon alfa given; start 2004\n"
        "sunitinib given; start 2008; end 2011-01; why toxicity\n"
        "everolimus given; start 2011-03; why progression",
    ),
    (
        "Seen 21 June 2011",
        "Dear Dr Moss\n"
        "High-dose interleukin-2 was completed in March (two cycles of eleven and nine "
        "doses), and I am delighted to tell you that he remains in complete remission. "
        "Before that he had had fifteen months of sunitinib, with a partial response, "
        "and had stopped it electively in November to make way for the interleukin.",
        "aldesleukin given; end 2011-03; why completed\nsunitinib given; end 2010-11; why switch",
    ),
    (
        "Clinic 6 August 2010",
        "Dear Geoff\n"
        "You will remember that we had planned to give Mr Rowe temsirolimus. In the "
        "event he became too unwell with a chest infection and it was never given. He is "
        "better, and today I have started him on everolimus 10 mg. He came off sunitinib "
        "at the end of May after two years, when there was unequivocal progression.",
        "everolimus current; start 2010-08-06\nsunitinib given; end 2010-05; why progression",
    ),
    (
        "Date of clinic: 30 November 2009",
        "Dear Dr Hale\n"
        "Ten weeks have now gone by since his last sunitinib on 21 September and there "
        "is no sign of growth. He is due in on Monday for cycle one of interleukin-2. "
        "The risks were gone over again, including the chance of intensive care. If this "
        "does not work we still have everolimus to fall back on.",
        "sunitinib given; end 2009-09-21\naldesleukin planned; start 2009-12-07~",
    ),
    (
        "2 March 2015",
        "Dear Dr Lyle\n"
        "Axitinib was Mrs Pym's third treatment. The first was sunitinib (May 2012 to "
        "April 2013, stopped when new liver lesions appeared), the second everolimus "
        "from May 2013, which she could not tolerate because of mouth ulcers and gave up "
        "after seven weeks. Axitinib itself was begun in October 2013 and it is still "
        "holding her.",
        "axitinib current; start 2013-10; line 3\n"
        "sunitinib given; start 2012-05; end 2013-04; why progression; line 1\n"
        "everolimus given; start 2013-05; why toxicity; line 2",
    ),
    (
        "Clinic date 25 July 2011",
        "Dear Dr Boon\n"
        "He did not proceed to his second course of interleukin-2 as the scan after the "
        "first, given in March and April, showed that the disease had grown. I have "
        "recommended pazopanib and he takes the first tablet tomorrow.",
        "aldesleukin given; start 2011-03; why progression\npazopanib planned; start 2011-07-26~",
    ),
    (
        "18 April 2011",
        "Dear Dr Bray\n"
        "I was asked to advise on whether immunotherapy might help. On balance I would "
        "not favour it. He has had two lines of treatment to date: sunitinib first "
        "(progressed after nine months) and then everolimus, on which he remains with "
        "stable disease.",
        "sunitinib given; why progression; line 1\neverolimus current; line 2",
    ),
    (
        "Clinic 5 December 2011",
        "Dear Liz\n"
        "She asked me why her neighbour with the same illness was on cabozantinib and I "
        "explained that it was part of a trial. For her part she has been taking "
        "pazopanib since February without a break until last week, when I suggested that "
        "she leave it off for ten days because of her liver tests. We shall resume at "
        "600 mg on the 12th.",
        "pazopanib current; start 2011-02",
    ),
    (
        "20 May 2010",
        "Dear Dr Crewe\n"
        "Mr Voss tells me that the sunitinib ran out on 1 May and that he has not asked "
        "for any more because it made life miserable. I did not press him. He has had "
        "two years out of it. Should he change his mind we could try a lower dose.",
        "sunitinib given; end 2010-05-01; why toxicity",
    ),
    (
        "Clinic 22 Feb 2011",
        "Dear Dr Dyer\n"
        "We have now had the results of the CT scan done on 14 February which reports "
        "progression in the adrenal. I have therefore discontinued Mr Flack's "
        "temsirolimus after 11 weekly infusions, the last of them on 8 February. He was "
        "keen to be considered for the PD-1 study and I have referred him.",
        "temsirolimus given; end 2011-02-08; why progression",
    ),
    (
        "Clinic 10 June 2011",
        "Dear Dr Platt\n"
        "Following a long discussion Mrs Orme has opted for sunitinib rather than "
        "pazopanib. The first packet was dispensed this morning. She understands it is "
        "four weeks on and two weeks off.",
        "sunitinib planned",
    ),
    (
        "15 November 2010",
        "Dear Dr Rees\n"
        "Interleukin-2: two courses (March and July 2009), complete response. Now in his "
        "second year off all treatment. Before interleukin he had failed both sunitinib "
        "and sorafenib.",
        "aldesleukin given; start 2009-03\n"
        "sunitinib given; why progression\n"
        "sorafenib given; why progression",
    ),
    (
        "Clinic 2 June 2014",
        "Dear Dr Tate\n"
        "The capecitabine and oxaliplatin which he had after his bowel operation in 2011 "
        "finished in May 2012. He has recently been found to have liver metastases and "
        "will have FOLFIRI with cetuximab, beginning on 16 June.",
        "capecitabine given; end 2012-05\n"
        "oxaliplatin given; end 2012-05\n"
        "irinotecan planned; start 2014-06-16\n"
        "fluorouracil planned; start 2014-06-16\n"
        "cetuximab planned; start 2014-06-16",
    ),
    (
        "Clinic 6 May 2014",
        "Dear Mrs Lark\n"
        "It was good to see you. As we agreed, you will stay on your pazopanib tablets "
        "for now. You asked about immunotherapy. A drug called nivolumab is being tested "
        "but it is not yet available here. If your next scan shows that the cancer is "
        "growing, we would stop pazopanib and change to axitinib.",
        "pazopanib current",
    ),
    (
        "Date of clinic 14 January 2013",
        "Dear Mr Reed\n"
        "Thank you for coming today. Your sunitinib came to an end on Christmas Eve, and "
        "I explained that we would like you to be free of it for at least eight weeks. "
        "We have booked you in for interleukin-2 treatment on 25 February, which will be "
        "nine weeks after your last capsule. The second week starts on 11 March.",
        "sunitinib given; end 2012-12-24~; wash 63\naldesleukin planned; start 2013-02-25",
    ),
    (
        "Clinic 19 July 2010",
        "Dear Dr Shaw (GP)\n"
        "Could you please stop prescribing interferon for Mr Tull; his last injection "
        "was on 12 July. He starts sunitinib with us on 26 July. He should not have "
        "grapefruit.",
        "interferon alfa given; end 2010-07-12\nsunitinib planned; start 2010-07-26",
    ),
    (
        "28 August 2012",
        "Dear Dr Hurst\n"
        "Cardiology opinion: no inducible ischaemia. This man with kidney cancer has "
        "previously been on sunitinib which can affect the heart, and is being "
        "considered for interleukin-2. I see no cardiac reason why he should not have "
        "it. He takes aspirin and ramipril.",
        "sunitinib given",
    ),
    (
        "Clinic 1 March 2012",
        "Dear Dr Ure\n"
        "This lady takes methotrexate for her rheumatoid. She had a course of topical "
        "5-FU for a keratosis in 2010. For her renal cancer she is having weekly "
        "temsirolimus (number 14 today).",
        "temsirolimus current",
    ),
    (
        "Clinic 26 April 2013",
        "Dear Dr Law\n"
        "RESPONSE ASSESSMENT: CT shows SD on axitinib.\n"
        "TREATMENT: Axitinib 5 mg bd from 1/13 (third line; prior sunitinib, prior "
        "everolimus).\n"
        "PLAN: continue, no change. Consider nivolumab EAP in future.",
        "axitinib current; start 2013-01; line 3\nsunitinib given\neverolimus given",
    ),
    (
        "Date of clinic 19 April 2012",
        "Dear Dr Foy\n"
        "It is now eleven weeks since Mrs Tresize came off pazopanib on 2 February (she "
        "was in partial response and we wished to go on to interleukin-2). She came into "
        "Ward 5 on Monday 16 April and has so far had eight doses.",
        "pazopanib given; end 2012-02-02; why switch\naldesleukin current; start 2012-04-16",
    ),
    (
        "Clinic 23 October 2009",
        "Dear Dr Pask\n"
        "There has been some confusion about this lady's treatment. To be clear: she has "
        "never received interleukin-2. She had sunitinib from July 2008 to June 2009, "
        "when it was stopped on account of a fall in her ejection fraction, and has "
        "since then been under observation alone. The everolimus mentioned in the letter "
        "from the cardiac clinic belongs to another patient.",
        "sunitinib given; start 2008-07; end 2009-06; why toxicity",
    ),
    (
        "12 May 2011",
        "Dear Colleague\n"
        "Diagnosis: Metastatic renal cell carcinoma\n"
        "Treatment: 1. Left nephrectomy 2006\n"
        "2. Sunitinib, June 2009 to December 2010 (progression)\n"
        "3. Everolimus since January 2011\n"
        "She continues to cope with the everolimus, albeit at 5 mg because of mouth "
        "ulcers. Her CT shows no change. I did warn her that sooner or later it would "
        "stop working; at that point the ASCENT trial of axitinib against sorafenib may "
        "be open.",
        "sunitinib given; start 2009-06; end 2010-12; why progression\n"
        "everolimus current; start 2011-01",
    ),
    (
        "18 January 2010",
        "Dear Dr Ivey\n"
        "Interferon had to be stopped as long ago as 2005 because it depressed him "
        "terribly; he had taken it for ten weeks. He then did without treatment of any "
        "kind until sunitinib was licensed. That was commenced in March 2007 and he is "
        "on it to this day.",
        "interferon alfa given; end 2005; why toxicity\nsunitinib current; start 2007-03",
    ),
    (
        "Clinic 30 March 2011",
        "Dear Dr Luke\n"
        "She was randomised on 11 January to receive either pazopanib or a dummy tablet "
        "and we do not know which. She has had no side effects to speak of.\n"
        "Her previous adjuvant treatment was with vinblastine and interferon, in 2002.",
        "vinblastine given; start 2002\ninterferon alfa given; start 2002",
    ),
    (
        "Clinic date 10 October 2014",
        "Dear Mr Hocking\n"
        "I am pleased that you are feeling better since finishing the interleukin-2 on "
        "12 September. As you know you had two weeks of it, starting on 25 August. You "
        "managed eleven injections the first week and eight the second. Before that you "
        "took sunitinib tablets (from January 2013 until 9 June this year). Your next "
        "scan is on 3 November. We will not decide about any other treatment until then.",
        "aldesleukin given; start 2014-08-25; end 2014-09-12; why completed\n"
        "sunitinib given; start 2013-01; end 2014-06-09",
    ),
    (
        "Clinic date 3 June 2011",
        "Dear Mrs Oates\n"
        "You told me how tired you have been on everolimus and that your mouth is very "
        "sore. We talked about whether to carry on at a lower dose or stop, and you "
        "decided to stop today. We shall see how you feel in a month. If you feel up to "
        "it then we could think about sorafenib.",
        "everolimus given; end 2011-06-03; why choice",
    ),
    (
        "Clinic 9 July 2013",
        "Dear Dr Rule\n"
        "Melanoma clinic. He had dacarbazine (six doses, January to May 2012) with "
        "progression, then ipilimumab, four infusions completed on 10 September 2012, "
        "with a lasting partial response. He is well on no treatment.",
        "dacarbazine given; start 2012-01; end 2012-05; why progression\n"
        "ipilimumab given; end 2012-09-10; why completed",
    ),
    (
        "16 August 2010",
        "Dear Dr Toms\n"
        "I am grateful to you for seeing this man with a view to interleukin-2. He has "
        "been off all drugs since the last capsule of sunitinib on 12 July. His response "
        "to it was partial and lasted until we stopped, which we did purely to allow him "
        "to come to you. He is keen, though frightened by what he has read. His uncle "
        "had interleukin in America.",
        "sunitinib given; end 2010-07-12; why switch",
    ),
    (
        "Clinic 25 May 2012",
        "Dear Dr Maddern\n"
        "Unfortunately axitinib has not worked. He has been taking it for three months, "
        "since 20 February, and there are new deposits in the liver. He will not be "
        "having any more. I can offer him everolimus, for which the application has gone "
        "in, but it is up to him.",
        "axitinib given; start 2012-02-20; why progression",
    ),
    (
        "Clinic 11 January 2012",
        "Dear Dr Hicks\n"
        "Diagnosis: renal cancer, lung metastases\n"
        "Current treatment: pazopanib 600 mg (reduced from 800 mg in October)\n"
        "Previous treatment: sunitinib, 2 cycles only, April to June 2011, neutropenia\n"
        "He is a little better on the lower dose. For CT in March. We'll carry on "
        "meanwhile.",
        "pazopanib current\nsunitinib given; start 2011-04; end 2011-06; why toxicity",
    ),
    (
        "8 April 2011",
        "Dear Dr Opie\n"
        "She finished the second of her two weeks of interleukin-2 on Saturday 2 April, "
        "having had nine doses, and went home on the Tuesday. The first week, which "
        "began on 14 March, had run to twelve. The scan to see whether it has helped "
        "will be on 16 May. No other treatment is planned.",
        "aldesleukin given; start 2011-03-14; end 2011-04-02; why completed",
    ),
    (
        "Clinic 18 June 2014",
        "Dear Dr Vosper\n"
        "Whilst on nivolumab (first infusion 3 March 2014, sixth today) his nodes have "
        "almost vanished. He has previously failed ipilimumab, dacarbazine and, long "
        "ago, an autologous vaccine.",
        "nivolumab current; start 2014-03-03\n"
        "ipilimumab given; why progression\n"
        "dacarbazine given; why progression",
    ),
    (
        "Clinic 2 December 2009",
        "Dear Dr Yeo\n"
        "The plan to give this patient temsirolimus has been overtaken by events: she "
        "has broken her hip. Once she is walking we will look at it again. She remains "
        "off treatment, having had her last sorafenib on 30 September when the liver "
        "metastases progressed.",
        "sorafenib given; end 2009-09-30; why progression",
    ),
    (
        "14 October 2013",
        "Dear Dr Keast\n"
        "Cabozantinib: the company has agreed to supply it on a named-patient basis and "
        "he will have his first dose on 21 October. Axitinib: discontinued 2 October, as "
        "his disease had got the better of it after fourteen months. Everolimus and "
        "sunitinib, his earlier drugs, are not to be repeated.",
        "cabozantinib planned; start 2013-10-21\n"
        "axitinib given; end 2013-10-02; why progression\n"
        "everolimus given\n"
        "sunitinib given",
    ),
    (
        "Clinic 2 July 2013",
        "Dear Miss Lobb\n"
        "You have now taken sunitinib for a little over a year and your latest scan (24 "
        "June) again shows that everything is stable. You told me that the two weeks off "
        "are the only time you feel yourself. I suggested that we lengthen the break to "
        "three weeks. Please start the next packet on Monday 15 July.",
        "sunitinib current",
    ),
    (
        "Discharge 30/01/2012",
        "Diagnosis: Pulmonary embolism\n"
        "PMH: metastatic breast ca - on exemestane and everolimus (since Nov 2011), prev "
        "anastrozole, docetaxel\n"
        "Plan: tinzaparin. Everolimus withheld pending oncology advice; exemestane to "
        "continue.",
        "exemestane current; start 2011-11\n"
        "everolimus current; start 2011-11\n"
        "anastrozole given\n"
        "docetaxel given",
    ),
]
