"""What looks like a date and is none: scores, doses, measures, names, verbs."""

import pytest

from extract.values import scan_dates

NO_DATE = [
    # fractions, doses, schedules, n/52
    "received 11/14 doses", "managed 11/14", "50 mg 4/2", "sunitinib 4/2 schedule", "for 2/52",
    "every 3/7", "omeprazole 20 mg 5/7", "review 2/52", "6/12 nodes positive", "24/7",
    "BP 134/80", "BP 12/8", "PS 0/1", "PS 1/2", "ECOG 0/1", "power 5/5 throughout", "power 4/5",
    "12/9 power", "grade 2/3", "grade 1/2 fatigue", "0/1", "1/15 nodes", "Gleason 3/4", "pain 7/10",
    "score 3/10", "MRC 4/5", "VA 6/9", "strong in 2/3 of cells", "half, 1/2", "4/2 -> 2/1",
    "stage 3/4", "rated 8/10", "GCS 15/15", "1/3 of the tumour", "in 3/12", "for 6/52",
    # measures, ranges, ratios, versions
    "CAIX 80-90%", "PSA 12.10", "Hb 12.8, WCC 6.1", "1500 ml", "2000 units", "2000 ml", "2010 mg",
    "creatinine 2010", "CA-125 2010", "platelets 1980", "ferritin of 2015", "ratio 1:2000",
    "in 2000 ml saline", "over 2000 steps", "20/40", "RECIST 1.1", "CTCAE v4.03", "AJCC 2010",
    "WHO 2016 classification", "Ki-67 20%", "T2 N0 M0", "T1a", "IL-2", "IL-2/3", "CA19-9 1990",
    "pT3a N0", "L5/S1", "T10-12", "54 MU", "600,000 IU/kg", "84.2 kg", "2,010 cells", "HER2 3+",
    "the 1990s", "2-3-1", "50/25/12", "1.2", "version 1.2.10", "5-FU 2000 mg", "x 2010",
    # telephone, hospital and NHS numbers, clocks, references
    "tel 0161 446 2010", "020 7946 2010", "NHS 943 476 2010", "NHS no 9434762010",
    "Hospital no 20100303", "bleep 1999", "ext 2010", "at 2010 hrs", "at 2015", "16.20", "10:30",
    "A40917", "H0093318", "ref 12/2010/xyz", "Box 2010", "et al 2010", "0900-2030", "#13-000942",
    "99-10-2009x", "123/45/10",
    # verbs and other words
    "we may see him", "he may be well", "May I thank you", "May be", "it may", "they marched on",
    "grade 3 may be", "cycle 3 may be delayed", "the 14 may have", "marching", "we may, in time,",
    "dismay", "the march of time", "augmented", "decided", "septic", "sunitinib", "suns",
    "sat on the bed", "O2 sats 98", "he sat", "SUN", "on SUN since", "on Sun", "month", "wedge",
    "a fall", "since his last fall", "fall in 2", "spring in his step", "Spring Ward", "summers",
    "OCT scan", "OCT of the retina", "MAR chart", "DEC", "sep", "mar the", "Mr Easter was",
    "Dr May", "Mrs May was", "Mrs Theresa May", "Sister June", "Miss April Jones", "Dr J. May",
    "April Smith", "Christmas disease", "Happy Christmas", "wish him a merry Christmas",
    # habits, lists, ordinals
    "Monday to Friday", "Thursday clinic", "Mondays", "every Monday", "Mon-Fri", "each Tuesday",
    "the 5th cycle", "the 2nd dose", "the 2nd and 3rd doses", "the 12th rib", "1st line",
    "3rd line", "the 3rd", "first-line", "12th thoracic vertebra",
    "60 miles on a Sunday", "\n2000   37.2   100   101/61", "\n2000 alert, orientated",
    # lengths of time
    "for the last six weeks", "in the past 3 months", "over the last month", "for the next week",
    "within 4 weeks", "8 weeks", "a fortnight apart", "two weeks prior to admission",
    "progressed in 3 months", "six weeks before surgery", "a 3-month history",
    "6 weeks earlier than", "in two weeks he lost", "the last week of treatment", "6-weekly",
    "every 3 months",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_DATE)
def test_no_date(text):
    assert [text[raw.start : raw.end] for raw in scan_dates(text)] == []


ONLY_PART = [
    ("27/6  D1\n 28/6  D2 D3", ["27/6", "28/6"]),
    ("C1 17/05/10 13/14; C2 01/06/10 11/14 (held)", ["17/05/10", "01/06/10"]),
    ("#1 06/04/10, 11/14\n#2 20/04/10, 9/14", ["06/04/10", "20/04/10"]),
    ("Sun 09/08-06/09, PR", ["09/08", "06/09"]),
    ("cycle 3 March 2010", ["March 2010"]),
    ("the second March scan", ["March"]),
    ("1. March 2010: sunitinib", ["March 2010"]),
    ("PS 1\nMarch 2010: CT", ["March 2010"]),
    ("in March 3 cycles", ["March"]),
    ("stopped 12 March 50 mg", ["12 March"]),
    ("seen 3 March 10.30", ["3 March"]),
    ("seen 3 March 0930", ["3 March"]),
    ("due Monday 10 am", ["Monday"]),
    ("in 2010 he managed 11/14", ["2010"]),
    ("Lung metastases Oct 2008; mediastinal nodes Oct 2009", ["Oct 2008", "Oct 2009"]),
    ("2008, 2009 and 2010", ["2008", "2009", "2010"]),
    ("He may see us in May, May I add", ["May"]),
    ("T2 March 2010", ["March 2010"]),
    ("Mrs May was seen in May 2010", ["May 2010"]),
]


@pytest.mark.parametrize(("text", "dates"), ONLY_PART)
def test_only_the_date(text, dates):
    assert [text[raw.start : raw.end] for raw in scan_dates(text)] == dates
