"""Which drugs count, as given, current or planned, and of which line: classes of writing.

Each case is a text and the facts it must give, no more and no less: ``item value`` joined by
semicolons. A case that begins with ``REPORT`` stands without a date, as case reports do.
"""

from __future__ import annotations

import pytest

from extract.fields.assemble import extract_facts
from extract.language.pipeline import Reader

LETTER = "Clinic date: 13 August 2012\n\nDear Dr Ash\n\n{}\n"
REPORT = "~"
FIELDS = frozenset({"therapy", "therapy_line"})


def read(reader: Reader, text: str) -> list[str]:
    text = text[1:] + "\n" if text.startswith(REPORT) else LETTER.format(text)
    facts = extract_facts(reader.read(text), reader.lexicon)
    return sorted(f"{f.item} {f.value}" for f in facts if f.field.value in FIELDS)


def told(facts: str) -> list[str]:
    return sorted(fact.strip() for fact in facts.split(";") if fact.strip())


#: What is still being taken, said away from the drug's name or in another tense.
GOES_ON = [
    (REPORT + "A 40-year-old woman began cediranib in August 2016, and SD has been maintained up to now.", "cediranib current"),
    (REPORT + "She began tucatinib, capecitabine and trastuzumab in May 2018. Hand-foot syndrome led to dose reduction of capecitabine. Serial MRIs have shown stable disease, and she remains on all three drugs.", "tucatinib current; capecitabine current; trastuzumab current"),
    (REPORT + "Lenalidomide maintenance was started in June 2017 and has been continuing till date.", "lenalidomide current"),
    (REPORT + "Leuprolide was started in June 2014. Abiraterone was added in February 2016 and stopped in August 2017 for progression. Leuprolide is continued.", "leuprorelin current; abiraterone given"),
    (REPORT + "Bevacizumab, initiated in February 2016, has given stable disease for 7 months and is still being infused.", "bevacizumab current"),
    (REPORT + "Pneumonitis occurred on the 60th day of everolimus in a 61-year-old man; the drug was reduced to 5 mg and continued, and disease is stable since then.", "everolimus current"),
    (REPORT + "She completed four cycles of doxorubicin and was then given paclitaxel for 12 weeks, also completed, with trastuzumab, which continues every 3 weeks.", "doxorubicin given; paclitaxel given; trastuzumab current"),
    (REPORT + "He was treated with goserelin from November 2014. Enzalutamide was added in March 2017 and is being taken with goserelin now.", "goserelin current; enzalutamide current"),
    (REPORT + "Carboplatin, etoposide and atezolizumab were started on 3 June 2020 and he has had two cycles.", "carboplatin current; etoposide current; atezolizumab current"),
    (REPORT + "A man was treated with panitumumab as third-line therapy. The response was SD, and the antibody therapy could be continued.", "panitumumab current; panitumumab 3"),
    (REPORT + "Treated with sunitinib but switched to nivolumab due to intolerance. Imaging on nivolumab has shown stable disease.", "sunitinib given; nivolumab current"),
    (REPORT + "Pazopanib was started in March 2014. In November 2016 a CT showed new nodes, in keeping with progression on pazopanib.", "pazopanib given"),
    (REPORT + "Sunitinib was begun in May. On sunitinib the best result was SD. In September CT showed PD and regorafenib was given from October.", "sunitinib given; regorafenib given"),
    (REPORT + "Interferon was given. Despite continuing interferon during radiotherapy, liver metastases appeared. Axitinib was initiated.", "interferon alfa given; axitinib given"),
    (REPORT + "He developed pneumonitis 6 months into vemurafenib. Outcome was favourable after drug discontinuation.", "vemurafenib given"),
    ("He is on sunitinib.", "sunitinib current"),
    ("On sunitinib he has been well.", "sunitinib current"),
    ("Sunitinib was started in May 2011. He remains on the tablets.", "sunitinib current"),
    ("He started pazopanib in June 2011. It is continued at 600 mg.", "pazopanib current"),
    ("He started pazopanib in June 2011 and it was continued until May 2012, when he progressed.", "pazopanib given"),
    ("She began docetaxel in May 2012 and has had three cycles.", "docetaxel current"),
    ("He had sunitinib and then everolimus, both stopped for progression. He remains on treatment for hypertension.", "sunitinib given; everolimus given"),
    ("She began lenvatinib and pembrolizumab in March 2012. She is still on both.", "lenvatinib current; pembrolizumab current"),
    ("He took sunitinib for a year and stopped in May 2012 for progression. The treatment was well tolerated.", "sunitinib given"),
    ("Nivolumab was started in March 2012. Treatment continues.", "nivolumab current"),
    ("Nivolumab was started in March 2012. Treatment continues to be effective.", "nivolumab current"),
    ("Nivolumab was stopped in March 2012. Follow-up continues.", "nivolumab given"),
    ("Resume Sutent 37.5 mg. First dose given in the office today.", "sunitinib current"),
    ("PLAN\nStart axitinib 5 mg bd. He took the first tablet this morning.", "axitinib current"),
    ("PLAN\nStart axitinib 5 mg bd. First dose to be given next week.", "axitinib planned"),
    (REPORT + "Cediranib was started in August 2016 as second-line, and SD has been maintained up to now, with hypertension controlled by amlodipine. Conventional chemotherapy such as doxorubicin was never used.", "cediranib current; cediranib 2"),
    (REPORT + "VRd was completed after 6 cycles, followed by high dose melphalan. Lenalidomide maintenance 10 mg was started thereafter and has been continuing till date. Daratumumab based quadruplets may be considered.", "bortezomib given; lenalidomide given; melphalan given; lenalidomide#2 current"),
    (REPORT + "Leuprolide was started in June 2014. He was begun on olaparib in August 2018. Leuprolide is continued. The most recent CT shows a partial response.", "leuprorelin current; olaparib given"),
    ("WEEKLY INFUSION RECORD\nDrug ...... TEMSIROLIMUS 25 mg IV weekly\nWk 1 16/07/12 yes\nWk 2 23/07/12 yes\nNext due 20/08/12", "temsirolimus current"),
    ("He started pazopanib on 11 January 2012 and continues on it. He will take his last pazopanib capsule on 30 August and be admitted on 6 November.", "pazopanib current"),
    ("TREATMENT: PAZOPANIB 800 MG DAILY FROM 11/01/2012\nThis lady continues on pazopanib. She will take her last pazopanib capsule on 30 August.", "pazopanib current"),
    ("Rx: Sutent 50mg 4/2 since 02/05/11.\nIf goes ahead: stop Sutent, min 8/52 off, then in.\nPlan: continue Sutent. Back 6/52.", "sunitinib current"),
    ("He is on pazopanib. If IL-2 goes ahead we shall stop pazopanib eight weeks before.", "pazopanib current"),
    ("He is on pazopanib, which will be stopped at the end of August.", "pazopanib current"),
    ("He is on pazopanib and the last tablet will be on 30 August.", "pazopanib current"),
    ("He is on pazopanib and is to finish it on 30 August.", "pazopanib current"),
    ("She has had four cycles of FEC and will have docetaxel for the next four.", "fluorouracil given; epirubicin given; cyclophosphamide given; docetaxel planned"),
    ("Oxaliplatin was stopped for good on account of neuropathy, last given on 25 July 2012. Fluorouracil carries on with the next cycle from 24 August.", "oxaliplatin given; fluorouracil current"),
    ("She began FOLFOX in March 2012. The oxaliplatin was dropped in July for neuropathy and she goes on with fluorouracil alone.", "fluorouracil current; oxaliplatin given"),
]  # fmt: skip


#: Drugs of others, of studies, of leaflets, of options.
NOT_HAD = [
    (REPORT + "A 46-year-old woman had lung cancer. Maternal aunt had been treated with tamoxifen for a breast tumour. She was treated with crizotinib.", "crizotinib given"),
    (REPORT + "A woman of 63 with familiarity for breast cancer (two aunts; one treated with anastrozole) had tamoxifen for five years.", "tamoxifen given"),
    ("He has been on sunitinib since May 2011. 62-yr-old brother here - he has prostate ca on Zoladex, PS 2, in the chair.", "sunitinib current"),
    ("R-CHOP started in May 2012. Husband's colon cancer was treated here in 2006 (FOLFOX) - he comes along.", "rituximab current; cyclophosphamide current; doxorubicin current; vincristine current"),
    ("Pt asks whether her mother-in-law may stay (m-i-l is on chemo for breast cancer - advised fine).", ""),
    ("She had sunitinib in 2011. Mother in Laredo with \"a cancer of the bile\" had gemcitabine, passed in May.", "sunitinib given"),
    ("She had sunitinib in 2011. Dad, who had lung cancer, got carboplatin.", "sunitinib given"),
    ("She had sunitinib in 2011. Her late husband had docetaxel here.", "sunitinib given"),
    ("She had sunitinib in 2011. Two of her sisters have had tamoxifen.", "sunitinib given"),
    ("She had sunitinib in 2011. Both grandmothers took tamoxifen.", "sunitinib given"),
    ("Wife's breast cancer was treated with trastuzumab. He is on pazopanib.", "pazopanib current"),
    ("Sister's ovarian cancer: carboplatin. He is on pazopanib.", "pazopanib current"),
    ("Wife present. He is on pazopanib.", "pazopanib current"),
    ("Daughter drove him. Continues sunitinib.", "sunitinib current"),
    (REPORT + "Hypersensitivity to carboplatin is frequent at re-treatment. A 54-year-old woman received paclitaxel.", "paclitaxel given"),
    (REPORT + "Imatinib rechallenge is sometimes used when other drugs have been exhausted. A 57-year-old woman had sunitinib.", "sunitinib given"),
    (REPORT + "A man of 58 had encorafenib plus cetuximab. Single-agent vemurafenib gives responses in only 5% of such patients.", "encorafenib given; cetuximab given"),
    (REPORT + "A man of 58 had nivolumab. Cetuximab + platinum + 5-FU was the standard for fit patients.", "nivolumab given"),
    (REPORT + "A man of 58 had nivolumab. Docetaxel is rarely used in such patients.", "nivolumab given"),
    (REPORT + "A man of 58 had nivolumab. Pemetrexed is the usual partner of cisplatin.", "nivolumab given"),
    ("He has had sunitinib. Trial: foretinib study closed.", "sunitinib given"),
    ("He has had sunitinib. The cabozantinib trial is closed to recruitment.", "sunitinib given"),
    ("He has had sunitinib. The axitinib study is no longer open.", "sunitinib given"),
    ("He has had sunitinib. The axitinib study was full.", "sunitinib given"),
    ("He has had sunitinib. Everolimus leaflet was given to her in error; never dispensed.", "sunitinib given"),
    ("He has had sunitinib. Axitinib information sheet given.", "sunitinib given"),
    ("He has had sunitinib. An everolimus booklet was handed to him.", "sunitinib given"),
    ("I have told her that pazopanib, or even more interleukin, may be mentioned when she sees you.", ""),
    ("There remains everolimus, of which we have talked at length today; he would like Christmas first.", ""),
    ("There is always everolimus.", ""),
    ("There remained axitinib, which he began in May 2012.", "axitinib current"),
    ("He had sunitinib until May 2012. Sunitinib not to be restarted.", "sunitinib given"),
    ("He had sunitinib until May 2012. Sunitinib will not be restarted.", "sunitinib given"),
    ("He had sunitinib until May 2012. No plans to rechallenge with sunitinib.", "sunitinib given"),
    ("PLAN\nCabazitaxel later if PS holds.", ""),
    ("PLAN\nAxitinib next, if he progresses.", ""),
    ("PLAN\nEverolimus after that should funding come.", ""),
    ("PLAN\nAxitinib 5 mg bd to start on Monday.", "axitinib planned"),
    ("He stopped pazopanib in May 2012 with a view to HD IL-2.", "pazopanib given"),
    ("He takes methotrexate weekly for his arthritis, and sunitinib.", "sunitinib current"),
    ("Sunitinib is not funded for him.", ""),
    ("Funding for axitinib was refused.", ""),
    ("He had sunitinib. We have asked for funding of axitinib.", "sunitinib given"),
    ("He declined sorafenib.", ""),
    ("He was offered temsirolimus but chose against it.", ""),
]  # fmt: skip


#: Lines in words, in lists, in tables.
LINES = [
    ("Sorafenib, to which he was changed that September, was the second-line treatment and a disappointment, there being progressive disease on the first scan.", "sorafenib given; sorafenib 2"),
    ("The third line, after a gap in which he went to see his son, was everolimus, from April 2009; it was stopped on 6 September 2010.", "everolimus given; everolimus 3"),
    ("Everolimus, which followed from 1st December 2009 and which was therefore his second line of treatment, was stopped on the 28th of May 2010.", "everolimus given; everolimus 2"),
    (REPORT + "There was PD on FOLFOX (first line) and again on FOLFIRI (second line), each within three months.", "fluorouracil given; oxaliplatin given; fluorouracil#2 given; irinotecan given; fluorouracil 1; oxaliplatin 1; fluorouracil#2 2; irinotecan 2"),
    (REPORT + "Imatinib was stopped and replaced by sunitinib 37.5 mg daily (second line).", "imatinib given; sunitinib given; sunitinib 2"),
    (REPORT + "Her disease progressed despite second and third line chemotherapy with DHAP (dexamethasone, cisplatin and cytarabine) and ICE (ifosfamide, carboplatin and etoposide) respectively.", "cisplatin given; cytarabine given; ifosfamide given; carboplatin given; etoposide given; cisplatin 2; cytarabine 2; ifosfamide 3; carboplatin 3; etoposide 3"),
    (REPORT + "She had first- and second-line treatment with sunitinib and everolimus, respectively.", "sunitinib given; everolimus given; sunitinib 1; everolimus 2"),
    (REPORT + "He was treated with low dose chemotherapy. A partial but temporary response led to a second line of treatment with six cycles of chemotherapy.", "chemotherapy given; chemotherapy#2 given; chemotherapy#2 2"),
    ("Previous Rx ............. 1. Sunitinib (Jan 10 to mid-July 11)  best: SD", "sunitinib given; sunitinib 1"),
    ("SACT HISTORY\nLine 1   interferon alfa 9 MU tiw s.c.   Mar-2009 to Jun-2009.   Stopped: his decision.\nLine 2   sunitinib 50 mg 4/2   06-Jul-2009 to 15-Aug-2011.   Stopped: progression.", "interferon alfa given; sunitinib given; interferon alfa 1; sunitinib 2"),
    ("TREATMENT\n- Line 1 - sunitinib, Sep-28-2009 to Nov-22-2010.\n- Line 2 - everolimus, Dec-06-2010 to Feb-14-2011.", "sunitinib given; everolimus given; sunitinib 1; everolimus 2"),
    ("PREVIOUS SYSTEMIC TREATMENT\nLine  Drug  Start  Stop  Why stopped  Best response\n1 sunitinib 03/09/08 11/08/09 PD PR\n2 everolimus 24/08/09 22/02/10 PD SD", "sunitinib given; everolimus given; sunitinib 1; everolimus 2"),
    ("Sunitinib (1st line) 2009-10, then everolimus (2nd line) to May 2011.", "sunitinib given; everolimus given; sunitinib 1; everolimus 2"),
    ("He had sunitinib as first-line and axitinib as second-line therapy, both stopped.", "sunitinib given; axitinib given; sunitinib 1; axitinib 2"),
    ("His second-line drug was everolimus, stopped in May.", "everolimus given; everolimus 2"),
    ("Second line: everolimus, stopped in May 2011.", "everolimus given; everolimus 2"),
    ("2nd-line TKI with axitinib was stopped in May 2011.", "axitinib given; axitinib 2"),
    ("Axitinib was given in the second line and stopped in May 2011.", "axitinib given; axitinib 2"),
    ("Axitinib was given in the second-line setting and stopped in May 2011.", "axitinib given; axitinib 2"),
    ("Everolimus was used third line and stopped in May 2011.", "everolimus given; everolimus 3"),
    ("Everolimus, our third-line choice, was stopped in May 2011.", "everolimus given; everolimus 3"),
    ("He received three lines of treatment: sunitinib, everolimus and sorafenib.", "sunitinib given; everolimus given; sorafenib given"),
    ("He has had two lines, sunitinib then everolimus, both stopped for progression.", "sunitinib given; everolimus given; sunitinib 1; everolimus 2"),
    ("She failed two prior lines.", ""),
    ("This is his third line of defence. She takes pazopanib.", "pazopanib current"),
    ("He has a PICC line 2 cm out. He is on pazopanib.", "pazopanib current"),
    ("He started on nivolumab as his second line of systemic therapy in May 2012.", "nivolumab current; nivolumab 2"),
    ("Line one was sunitinib and line two everolimus; both have been stopped.", "sunitinib given; everolimus given; sunitinib 1; everolimus 2"),
    ("1st line sunitinib, stopped May 2010. 2nd line everolimus, stopped June 2011.", "sunitinib given; everolimus given; sunitinib 1; everolimus 2"),
    ("If he progresses, second-line axitinib. He is on sunitinib.", "sunitinib current"),
    ("Everolimus would be second line. He is on sunitinib.", "sunitinib current"),
    ("Third-line: axitinib (named pt), to start on Monday. He has had sunitinib and everolimus.", "sunitinib given; everolimus given; axitinib planned; axitinib 3"),
    ("Good response to first-line sunitinib, now on second-line axitinib.", "sunitinib given; axitinib current; sunitinib 1; axitinib 2"),
    ("Sunitinib was stopped in May 2011. Second-line treatment, with everolimus, began in June 2011.", "sunitinib given; everolimus current; everolimus 2"),
]  # fmt: skip


#: Drugs that were had or are planned, and second courses.
HAD = [
    (REPORT + "She was treated with systemic chemotherapy using PTX.", "paclitaxel given"),
    (REPORT + "He was treated by CAG regimen and decitabine, but died of pneumonia.", "cytarabine given; aclarubicin given; decitabine given"),
    (REPORT + "VRd was completed after 6 cycles, followed by high dose melphalan.", "bortezomib given; lenalidomide given; melphalan given"),
    (REPORT + "She received CBDCA and PTX for six cycles.", "carboplatin given; paclitaxel given"),
    (REPORT + "He received DTX 75 mg/m2 for six cycles.", "docetaxel given"),
    (REPORT + "He had DA-EPOCH x 6.", "etoposide given; vincristine given; cyclophosphamide given; doxorubicin given"),
    ("He had everolimus as third-line treatment from 14 December 2011, taking the last one on 12 February 2012. I gather sunitinib went before it.", "everolimus given; everolimus 3; sunitinib given"),
    (REPORT + "Interferon (no use), sorafenib, then sunitinib, the latter giving him a partial response before it too failed.", "interferon alfa given; sorafenib given; sunitinib given"),
    ("METASTATIC CLEAR CELL RENAL CANCER. PREVIOUSLY TREATED WITH SUNITINIB AND EVEROLIMUS.", "sunitinib given; everolimus given"),
    ("He had hoped that the sunitinib could be tried a second time. I am not willing.", "sunitinib given"),
    ("We talked about a rechallenge with sunitinib; no decision.", ""),
    ("55M w/ metastatic ccRCC, progressed through pazopanib then everolimus.", "pazopanib given; everolimus given"),
    ("Pazopanib 10/2009 - 08/2010. Everolimus 09/2010 - 03/2011. He has progressed through pazopanib then everolimus.", "pazopanib given; everolimus given"),
    ("Sunitinib hand-foot all gone.", "sunitinib given"),
    ("He still has some numbness from the oxaliplatin.", "oxaliplatin given"),
    ("Everolimus followed.", "everolimus given"),
    ("Before that he had had axitinib.", "axitinib given"),
    ("Axitinib had preceded it.", "axitinib given"),
    ("He got nothing from sorafenib.", "sorafenib given"),
    ("Sorafenib did nothing for him.", "sorafenib given"),
    ("He has been through sunitinib, axitinib and everolimus.", "sunitinib given; axitinib given; everolimus given"),
    ("He has already had the benefit of sunitinib.", "sunitinib given"),
    ("He lasted three weeks on sorafenib.", "sorafenib given"),
    ("He could not get on with pazopanib.", "pazopanib given"),
    ("Pazopanib did not suit him.", "pazopanib given"),
    ("Sunitinib had stopped working by the summer of 2011.", "sunitinib given"),
    ("The disease grew through sunitinib.", "sunitinib given"),
    ("His last drug was axitinib.", "axitinib given"),
    ("He had been off sunitinib for eight weeks by then.", "sunitinib given"),
    ("She is TKI-refractory (sunitinib, axitinib).", "sunitinib given; axitinib given"),
    ("Prior systemic therapy: sunitinib, axitinib, nivolumab.", "sunitinib given; axitinib given; nivolumab given"),
    ("Prev Rx: Su -> Axi -> Eve.", "sunitinib given; axitinib given; everolimus given"),
    ("PMH: ccRCC 2007 (nephrectomy, sunitinib 2009, everolimus 2010).", "sunitinib given; everolimus given"),
    ("CXR: no PTX. She had paclitaxel until May 2012.", "paclitaxel given"),
    ("We discussed starting sunitinib.", ""),
    (REPORT + "She had undergone surgery, RT, and tamoxifen therapy 8 years previously.", "tamoxifen given"),
]  # fmt: skip


#: What is planned, and what is not.
PLANNED = [
    ("He stopped sunitinib in May 2012. It was put to the meeting on Thursday, where nobody dissented, that he should have high dose interleukin-2, the first week of which will begin on Monday 17 September.", "sunitinib given; aldesleukin planned"),
    ("We have settled with her that we shall press home the advantage and give high-dose IL-2 as consolidation, and she will be admitted on 6 September.", "aldesleukin planned"),
    ("Everolimus to start on 3 September.", "everolimus planned"),
    ("I have prescribed axitinib, which he will begin on Monday.", "axitinib planned"),
    ("We agreed on axitinib and he will collect it next week.", "axitinib planned"),
    ("He is keen on axitinib and we shall apply for it.", ""),
    ("He will think about everolimus.", ""),
    ("He would be a candidate for nivolumab.", ""),
    ("He is scheduled to begin rituximab with intensive chemotherapy tomorrow morning.", "rituximab planned; chemotherapy planned"),
    ("He is due to start docetaxel on 20 August.", "docetaxel planned"),
    ("Docetaxel has been booked for 20 August.", "docetaxel planned"),
    ("We plan to start carboplatin and gemcitabine.", "carboplatin planned; gemcitabine planned"),
    ("She starts capecitabine next week.", "capecitabine planned"),
    ("Her first capecitabine is on 20 August.", "capecitabine planned"),
    ("I have put him down for axitinib.", "axitinib planned"),
    ("If the scan shows growth we shall start axitinib.", ""),
    ("Once the echo is done he will start trastuzumab.", "trastuzumab planned"),
    ("He has consented to axitinib and starts on Monday.", "axitinib planned"),
    ("Refer for consideration of nivolumab.", ""),
    ("Consider everolimus next.", ""),
    ("He will need everolimus one day.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts"), [*GOES_ON, *NOT_HAD, *LINES, *HAD, *PLANNED])
def test_drugs(reader: Reader, text: str, facts: str) -> None:
    assert read(reader, text) == told(facts)
