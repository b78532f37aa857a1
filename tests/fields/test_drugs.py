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
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts"), [*GOES_ON])
def test_drugs(reader: Reader, text: str, facts: str) -> None:
    assert read(reader, text) == told(facts)
